//! Who is told when a promise slips.

use super::{Limit, Percent};

use crate::source::Span;

/// Who is told when a promise slips.
#[derive(Clone, PartialEq, Debug)]
pub struct Escalation {
    /// The promise.
    pub standard: usize,
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
