//! What no standard answers for.

use super::{Condition, Operand};

use crate::calendar::Instant;
use crate::source::Span;

/// What no standard answers for: a span of time, a condition, or both.
#[derive(Clone, PartialEq, Debug)]
pub struct Exemption {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// From an instant up to another.
    pub window: Option<(Instant, Instant)>,
    /// What must hold.
    pub condition: Option<Condition>,
    /// The field that proves it.
    pub proof: Option<Operand>,
    /// Whether the clock stands still; else a breach is excused.
    pub stops_the_clock: bool,
    /// The standards it is for, in order.
    pub standards: Vec<usize>,
    /// Where it is declared.
    pub span: Span,
}
