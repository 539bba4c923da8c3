//! Who is told when a promise slips.

use super::{Graph, Limit, Percent};

use crate::source::Span;

/// Who is told when a promise slips.
#[derive(Clone, PartialEq, Debug)]
pub struct Escalation {
    /// The promise.
    pub standard: usize,
    /// What the declaration names: the standard itself, or a touchpoint or moment that it belongs to.
    pub of: String,
    /// The event that shows who was told.
    pub event: usize,
    /// Its field of type `role`.
    pub role_field: usize,
    /// The levels, in order.
    pub levels: Vec<EscalationLevel>,
    /// Where it is declared.
    pub span: Span,
}

/// One level of an escalation.
#[derive(Clone, PartialEq, Debug)]
pub struct EscalationLevel {
    /// At which part of the target.
    pub at: Percent,
    /// To which role.
    pub to: usize,
    /// Within what time.
    pub within: Limit,
    /// Where it is written.
    pub span: Span,
}

impl Graph {
    /// The first escalation of the same declaration: one may speak of several standards.
    pub fn declared_as(&self, escalation: usize) -> usize {
        let first_level = |found: &Escalation| found.levels.first().map(|level| level.span);
        let Some(at) = self.escalations.get(escalation).and_then(first_level) else { return escalation };
        self.escalations.iter().position(|found| first_level(found) == Some(at)).unwrap_or(escalation)
    }
}
