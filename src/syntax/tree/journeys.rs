//! Journeys.

use rust_decimal::Decimal;

use super::{Attribute, Name};

use crate::source::Spanned;
use crate::vocabulary::Comparison;

/// A clause of `journey`.
#[derive(Clone, PartialEq, Debug)]
pub enum JourneyClause {
    /// `through hotline, complaints`
    Through(Vec<Name>),
    /// `ends with closure`
    EndsWith(Name),
    /// `score at least 0`
    Score(Comparison, Spanned<Decimal>),
    /// `per party`
    PerParty,
    /// `source "…"` and its like.
    Attribute(Attribute),
}
