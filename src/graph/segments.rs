//! Segments: named conditions on a case.

use super::Condition;

use crate::source::Span;

/// A named condition on the case.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Who belongs.
    pub condition: Condition,
    /// Whether its condition names other segments.
    pub rests_on_others: bool,
    /// Where it is declared.
    pub span: Span,
}
