//! Escalations: who is told when a promise slips.

use super::Printer;
use super::lines::Line;
use super::page::{Body, PrintedBlock};

use crate::syntax::tree::*;

impl Printer<'_> {
    pub(super) fn escalate(&self, escalate: &Escalate) -> PrintedBlock {
        let (promises, event) = (self.names(&escalate.promises), self.path(&escalate.seen_as));
        let head = self.row(
            "escalate",
            [format!("escalate {promises}, seen as {event}")],
            [format!("升级 {promises}，以 {event} 为凭")],
        );
        PrintedBlock { head, body: Some(Body::of(&escalate.levels, |level| self.escalation_level(level))) }
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
}
