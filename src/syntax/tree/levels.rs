//! Levels: what is measured over many cases.

use super::{Attribute, Block, Condition, Limit, Literal, Name, Operand, Text, Trigger};

use crate::source::Spanned;
use crate::vocabulary::{Anchor, CancelledAs, Comparison, Statistic, Unit};

/// `level calls_answered for hotline { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// Name, label and clauses.
    pub block: Block<LevelClause>,
    /// The moment or touchpoint it belongs to.
    pub belongs_to: Option<Name>,
}

/// A clause of `level`.
#[derive(Clone, PartialEq, Debug)]
pub enum LevelClause {
    /// What is measured, over what, and how much of it must be.
    Measure(Box<Measure>),
    /// `cancelled excluded`
    Cancelled(CancelledAs),
    /// `undetermined excluded`; `true` for `missed`
    Undetermined {
        /// Whether they count as missed.
        missed: bool,
    },
    /// `untouched excluded`; `true` for `missed`
    Untouched {
        /// Whether cases that the promise never touched count as missed.
        missed: bool,
    },
    /// `with at least 30`
    WithAtLeast(Spanned<u32>),
    /// `benchmark 4.2 "whose"`
    Benchmark(Spanned<Literal>, Text),
    /// `source "…"` and its like.
    Attribute(Attribute),
}

/// `at least 80% of answer_promptly per day, for each channel`
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// What is measured.
    pub what: Measured,
    /// `at least`, `at most`, `more than`, `less than`
    pub comparison: Comparison,
    /// The bound.
    pub bound: Spanned<Literal>,
    /// Over what time; none is the whole log.
    pub window: Option<Spanned<Window>>,
    /// What it is told apart by.
    pub groups: Vec<Spanned<Operand>>,
}

/// What a level measures.
#[derive(Clone, PartialEq, Debug)]
pub enum Measured {
    /// `at least 80% of answer_promptly`: the share that is met
    Share(Name),
    /// `p90 of answer_promptly`, `mean of score of survey.answered`
    Statistic(Spanned<Statistic>, Sample),
    /// `count of complaint.opened`
    Count(Vec<Trigger>),
    /// `count of complaint.opened at most 2% of order.placed`
    Rate(Vec<Trigger>, Vec<Trigger>),
    /// `share of cases with first_contact_resolution`
    ShareOfCases(Spanned<Condition>),
}

/// Where a statistic takes its values from.
#[derive(Clone, PartialEq, Debug)]
pub enum Sample {
    /// How long the clocks of a standard took.
    Elapsed(Name),
    /// A field of an event.
    Field {
        /// The field.
        field: Name,
        /// The event.
        event: Name,
    },
}

/// Over what time a level sums.
#[derive(Clone, PartialEq, Debug)]
pub enum Window {
    /// `per day of due`
    Per(Unit, Anchor),
    /// `in any 30 calendar days`
    InAny(Spanned<Limit>),
}
