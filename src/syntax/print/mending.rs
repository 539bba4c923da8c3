//! Escalation, authority, causes, remedies: when it goes wrong.

use super::Voice;
use super::lines::Line;
use super::names::list;
use super::page::{Body, Said};
use crate::syntax::tree::*;

impl Voice<'_> {
    pub(super) fn escalate(&self, escalate: &Escalate) -> Said {
        let (promise, seen_as) = (self.name(&escalate.promise), self.path(&escalate.seen_as));
        let head = Line::row("escalate", [format!("escalate {promise}, seen as {seen_as}")]);
        Said { head, body: Some(Body::of(&escalate.levels, |level| self.escalation_level(level))) }
    }

    fn escalation_level(&self, level: &EscalationLevel) -> Line {
        let (at, to) = (format!("at {}%", level.at.node), format!("to {}", self.name(&level.to)));
        Line::row("escalation level", [at, to, format!("within {}", self.limit(&level.within, level.within.span))])
    }

    pub(super) fn action(&self, action: &Action) -> Said {
        let costs = action.costs.as_ref().map(|field| format!("costs {}", self.path(field)));
        let behind = [format!("is {}", self.path(&action.event)), costs.unwrap_or_default()];
        self.single("action", &action.name, action.label.as_ref(), &behind)
    }

    pub(super) fn empower(&self, empower: &Empower) -> Said {
        let requires = empower.requires.as_ref().map(|what| format!("requires {}", self.condition(what)));
        let cells = [format!("empower {}", self.name(&empower.role)), requires.unwrap_or_default()];
        let head = Line::row("empower", cells);
        let grants = Body::of(&empower.grants, |grant| self.may(grant));
        Said { head, body: Some(Body { mark: "; ", ..grants }) }
    }

    fn may(&self, may: &May) -> Line {
        let limits = list(may.limits.iter().map(|limit| match limit.per {
            LimitScope::Case => format!("{} per case", limit.amount),
            LimitScope::Day => format!("{} per day", limit.amount),
        }));
        let up_to = if limits.is_empty() { String::new() } else { format!("up to {limits}") };
        let when = may.when.as_ref().map(|when| self.when(when));
        Line::row("may", [format!("may {}", self.name(&may.action)), up_to, when.unwrap_or_default()])
    }

    pub(super) fn approve_clause(&self, clause: &ApproveClause) -> Line {
        match clause {
            ApproveClause::Asked(event) => Line::word("asked by", self.path(event)),
            ApproveClause::Granted(event) => Line::word("granted by", self.path(event)),
            ApproveClause::Refused(event) => Line::word("refused by", self.path(event)),
            ApproveClause::Amount(field) => Line::word("amount", self.path(field)),
        }
    }

    pub(super) fn authority(&self, authority: &Authority) -> Said {
        let actions = format!("for {}", self.names(&authority.actions));
        let said = self.block("authority", &authority.block, &actions, |clause| self.attribute(clause));
        if authority.block.clauses.is_empty() { Said { body: None, ..said } } else { said }
    }

    pub(super) fn cause(&self, cause: &Cause) -> Said {
        let promises = format!("for {}", self.names(&cause.promises));
        self.block("cause", &cause.block, &promises, |clause| self.cause_clause(clause))
    }

    fn cause_clause(&self, clause: &CauseClause) -> Line {
        match clause {
            CauseClause::Kind(kind) => Line::word("kind", kind.node.clone()),
            CauseClause::When(condition) => Line::word("when", self.condition(condition)),
            CauseClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    pub(super) fn remedy(&self, remedy: &Remedy) -> Said {
        let promises = format!("for {}", self.names(&remedy.promises));
        self.block("remedy", &remedy.block, &promises, |clause| self.remedy_clause(clause))
    }

    fn remedy_clause(&self, clause: &RemedyClause) -> Line {
        match clause {
            RemedyClause::Offer { what: Offer::Text(text), when } => {
                Line::row("offer text", [format!("offer {}", self.text(text)), self.row_condition(when.as_ref())])
            }
            RemedyClause::Offer { what: Offer::Action { action, amount }, when } => {
                let amount = amount.as_ref().map(|amount| format!(" {}", amount.node));
                let offer = format!("offer {}{}", self.name(action), amount.unwrap_or_default());
                Line::row("offer", [offer, self.row_condition(when.as_ref())])
            }
            RemedyClause::Improve(kind) => Line::alone(format!("improve {}", kind.node)),
            RemedyClause::CausedBy(causes) => Line::alone(format!("caused by {}", self.names(causes))),
            RemedyClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
