//! Escalation, authority, causes, remedies: when it goes wrong.

use super::Voice;
use super::lines::Line;
use super::page::{Body, Said};
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Voice<'_> {
    pub(super) fn escalate(&self, escalate: &Escalate) -> Said {
        let (promise, event) = (self.name(&escalate.promise), self.path(&escalate.seen_as));
        let head = self.row(
            "escalate",
            [format!("escalate {promise}, seen as {event}")],
            [format!("升级 {promise}，以 {event} 为凭")],
        );
        Said { head, body: Some(Body::of(&escalate.levels, |level| self.escalation_level(level))) }
    }

    fn escalation_level(&self, level: &EscalationLevel) -> Line {
        let (at, to) = (level.at.node, self.name(&level.to));
        let within = self.within(&level.within, level.within.span);
        self.row(
            "escalation level",
            [format!("at {at}%"), format!("to {to}"), within.clone()],
            [format!("达 {at}%"), format!("时 {within}\n\n"), format!("报 {to}")],
        )
    }

    pub(super) fn action(&self, action: &Action) -> Said {
        let event = self.path(&action.event);
        let costs = action.costs.iter().map(|field| self.path(field));
        let costs = costs.map(|field| self.say(format!("costs {field}"), format!("金额取 {field}")));
        let returns = action.returns.iter().map(|(event, field)| (self.path(event), self.path(field)));
        let returns =
            returns.map(|(event, field)| self.say(format!("{event} returns {field}"), format!("{event} 退回 {field}")));
        let mut behind = vec![self.say(format!("is {event}"), format!("即 {event}"))];
        for (index, said) in costs.chain(returns).enumerate() {
            if let Some(before) = behind.last_mut() {
                // What it costs stands right behind the event.
                let comma = self.say(if index == 0 && action.costs.is_some() { "" } else { "," }, "，");
                before.push_str(&comma);
            }
            behind.push(said);
        }
        self.single(["action", "处置"], &action.name, action.label.as_ref(), &behind)
    }

    pub(super) fn empower(&self, empower: &Empower) -> Said {
        let requires = empower.requires.as_ref().map(|what| {
            let what = self.condition(what);
            self.say(format!("requires {what}"), format!("须具备 {what}"))
        });
        let role = format!("{} {}", self.keyword(["empower", "授权"]), self.name(&empower.role));
        let head = Line::row("empower", [role, requires.unwrap_or_default()]);
        let grants = Body::of(&empower.grants, |grant| self.may(grant));
        Said { head, body: Some(Body { mark: self.keyword(["; ", "；"]), ..grants }) }
    }

    fn may(&self, may: &May) -> Line {
        let limits = may.limits.iter().map(|limit| {
            let amount = self.money(&limit.amount);
            match limit.per {
                LimitScope::Case => self.say(format!("{amount} per case"), format!("每案至多 {amount}")),
                LimitScope::Day => self.say(format!("{amount} per day"), format!("每日至多 {amount}")),
            }
        });
        let limits = limits.collect::<Vec<_>>().join(self.keyword([",\n", "，\n\n"]));
        let action = self.name(&may.action);
        let when = may.when.as_ref().map(|when| self.when(when)).unwrap_or_default();
        match limits.as_str() {
            "" => self.row("may", [format!("may {action}"), limits, when.clone()], [when, format!("可 {action}")]),
            limits => self.row(
                "may",
                [format!("may {action}"), format!("up to {limits}"), when.clone()],
                [when, format!("可 {action}，\n\n"), limits.to_owned()],
            ),
        }
    }

    pub(super) fn approve_clause(&self, clause: &ApproveClause) -> Line {
        match clause {
            ApproveClause::Asked(event) => self.shown_by(["asked by", "申请以"], event),
            ApproveClause::Granted(event) => self.shown_by(["granted by", "批准以"], event),
            ApproveClause::Refused(event) => self.shown_by(["refused by", "驳回以"], event),
            ApproveClause::Amount(field) => self.word(["amount", "金额取"], self.path(field)),
        }
    }

    fn shown_by(&self, keyword: [&'static str; 2], event: &Name) -> Line {
        let event = self.path(event);
        self.word(keyword, self.say(event.clone(), format!("{event} 为凭")))
    }

    pub(super) fn authority(&self, authority: &Authority) -> Said {
        let actions = self.bears_on(&self.names(&authority.actions));
        let said = self.block(["authority", "权限"], &authority.block, &actions, |clause| self.attribute(clause));
        if authority.block.clauses.is_empty() { Said { body: None, ..said } } else { said }
    }

    pub(super) fn cause(&self, cause: &Cause) -> Said {
        let promises = self.bears_on(&self.names(&cause.promises));
        self.block(["cause", "原因"], &cause.block, &promises, |clause| self.cause_clause(clause))
    }

    fn cause_clause(&self, clause: &CauseClause) -> Line {
        match clause {
            CauseClause::Kind(kind) => self.word(["kind", "类别"], self.value(Vocabulary::CauseKind, kind)),
            CauseClause::When(condition) => self.word(["when", "成立条件"], self.condition(condition)),
            CauseClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    pub(super) fn remedy(&self, remedy: &Remedy) -> Said {
        let promises = self.bears_on(&self.names(&remedy.promises));
        self.block(["remedy", "补救"], &remedy.block, &promises, |clause| self.remedy_clause(clause))
    }

    fn remedy_clause(&self, clause: &RemedyClause) -> Line {
        match clause {
            RemedyClause::Offer { what, when } => {
                let (table, what) = match what {
                    Offer::Text(text) => ("offer text", self.text(text)),
                    Offer::Action { action, amount: None } => ("offer", self.name(action)),
                    Offer::Action { action, amount: Some(amount) } => {
                        ("offer", format!("{} {}", self.name(action), self.money(amount)))
                    }
                };
                let (offer, row) =
                    (format!("{} {what}", self.keyword(["offer", "方案"])), self.row_condition(when.as_ref()));
                self.row(table, [offer.clone(), row.clone()], [row, offer])
            }
            RemedyClause::Improve(kind) => {
                let kind = self.value(Vocabulary::CauseKind, kind);
                self.alone(format!("improve {kind}"), format!("改进 {kind}"))
            }
            RemedyClause::CausedBy(causes) => {
                let causes = self.names(causes);
                self.alone(format!("caused by {causes}"), format!("归因于 {causes}"))
            }
            RemedyClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
