//! Actions: what may be done, by whom, and who approves it.

use super::Printer;
use super::lines::Line;
use super::page::{Body, PrintedBlock};

use crate::syntax::tree::*;

impl Printer<'_> {
    pub(super) fn action(&self, action: &Action) -> PrintedBlock {
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

    pub(super) fn empower(&self, empower: &Empower) -> PrintedBlock {
        let requires = empower.requires.as_ref().map(|what| {
            let what = self.condition(what);
            self.say(format!("requires {what}"), format!("须具备 {what}"))
        });
        let role = format!("{} {}", self.keyword(["empower", "授权"]), self.name(&empower.role));
        let place = self.happens_at(empower.at.as_ref());
        let head = Line::row("empower", [role, place, requires.unwrap_or_default()]);
        let grants = Body::of(&empower.grants, |grant| self.may(grant));
        PrintedBlock { head, body: Some(Body { mark: self.keyword(["; ", "；"]), ..grants }) }
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

    pub(super) fn authority(&self, authority: &Authority) -> PrintedBlock {
        let actions = self.bears_on(&self.names(&authority.actions));
        let said = self.block(["authority", "权限"], &authority.block, &actions, |clause| self.attribute(clause));
        if authority.block.clauses.is_empty() { PrintedBlock { body: None, ..said } } else { said }
    }
}
