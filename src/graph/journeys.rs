//! Journeys: touchpoints in order, and the moment that ends them.

use rust_decimal::Decimal;

use super::Attributes;

use crate::source::Span;
use crate::vocabulary::Comparison;

/// Touchpoints in order, and the moment that ends them.
#[derive(Clone, PartialEq, Debug)]
pub struct Journey {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoints, in order.
    pub touchpoints: Vec<usize>,
    /// The moment that ends it.
    pub end: usize,
    /// How its peak–end score must stand to a bound.
    pub score: Option<(Comparison, Decimal)>,
    /// Whether it is told over all cases of a party.
    pub per_party: bool,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}
