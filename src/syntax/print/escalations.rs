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
        let to = self.name(&level.to);
        let (english, chinese) = match &level.at.node {
            LevelTime::Part(part) => (format!("at {part}%"), format!("达 {part}%")),
            LevelTime::After(time) => {
                let time = self.duration(*time, level.at.span);
                (format!("at {time}"), format!("满 {time}"))
            }
        };
        let within = self.within(&level.within, level.within.span);
        self.row(
            "escalation level",
            [english, format!("to {to}"), within.clone()],
            [chinese, format!("时 {within}\n\n"), format!("报 {to}")],
        )
    }
}
