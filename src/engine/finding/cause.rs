//! Why a promise was broken, and what could be offered for it.

use super::FieldFact;

use crate::graph::Comparison;
use crate::vocabulary::Money;

/// A cause that holds of a breach, or that cannot be told.
#[derive(Clone, PartialEq, Debug)]
pub struct CauseFact {
    /// The cause, by its index.
    pub cause: usize,
    /// Whether it holds; else it cannot be told.
    pub holds: bool,
    /// What its condition read: what makes it hold, or what keeps it from being told.
    pub because: Vec<Because>,
}

/// Something that a condition read, and what it asked of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Because {
    /// The field or fact, and what it says.
    pub said: FieldFact,
    /// The fact, by its index; none for a field.
    pub fact: Option<usize>,
    /// What it was compared with.
    pub bound: Option<Bound>,
}

/// What a condition compares with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// How.
    pub comparison: Comparison,
    /// With what, as people read it.
    pub value: String,
    /// Whether the opposite is asked.
    pub negated: bool,
}

/// What a remedy proposes for a breach.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// The remedy, by its index.
    pub remedy: usize,
    /// What to say or do.
    pub texts: Vec<String>,
    /// What to give.
    pub gifts: Vec<Gift>,
}

/// Something to give.
#[derive(Clone, PartialEq, Debug)]
pub struct Gift {
    /// The action, by its index.
    pub action: usize,
    /// How much.
    pub amount: Option<Money>,
    /// The row of the remedy's offers, by its index.
    pub row: usize,
    /// The lowest role that may surely give it in this case; none if nobody may any more.
    pub by: Option<usize>,
    /// Whether whoever holds the case may; none if that cannot be told.
    pub holder_may: Option<bool>,
}
