//! What is found of a scorecard, a journey, a moment of truth.

use super::{Because, UnknownFact};

use crate::engine::exact::Exact;

/// Why a moment of truth is out of control.
#[derive(Clone, PartialEq, Debug)]
pub struct MomentDetail {
    /// What its condition read: what makes it hold, or keeps it from being told; nothing while it is in
    /// control.
    pub because: Vec<Because>,
    /// What it hangs on and cannot be read.
    pub unknown: Vec<UnknownFact>,
}

/// What a case weighs on a scorecard.
#[derive(Clone, PartialEq, Debug)]
pub struct ScoreDetail {
    /// The score by what is decided, of 100; none while nothing is.
    pub score: Option<Exact>,
    /// The score if all that is undecided were broken.
    pub least: Exact,
    /// The score if all of it were kept.
    pub most: Exact,
    /// The lines that speak of the case.
    pub lines: Vec<LineFact>,
    /// The fatal breaches, by their findings.
    pub fatal: Vec<String>,
    /// Whether something in it is open.
    pub open: bool,
}

/// What a line of a scorecard makes of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct LineFact {
    /// The line, by its index.
    pub line: usize,
    /// How many findings are met.
    pub met: u64,
    /// Those that are breached, by their ids.
    pub breached: Vec<String>,
    /// How many cannot be determined.
    pub undetermined: u64,
    /// How many are open.
    pub open: u64,
}

/// What a journey is remembered by.
#[derive(Clone, PartialEq, Debug)]
pub struct JourneyDetail {
    /// The moment that is felt most, by its index, and its value.
    pub peak: Option<(usize, i32)>,
    /// The value of the moment that ends it; none while nothing in it is decided.
    pub end: Option<i32>,
    /// Peak and end together: twice the score.
    pub halves: Option<i32>,
    /// The moments with a value, in the order in which they are declared.
    pub moments: Vec<MomentValue>,
    /// How many findings on the way cannot be determined, or may be beside those that are known.
    pub undetermined: u64,
    /// Whether something on the way is open.
    pub open: bool,
}

/// How much a moment is felt, from -3 to 2.
#[derive(Clone, PartialEq, Debug)]
pub struct MomentValue {
    /// The moment, by its index.
    pub moment: usize,
    /// How much.
    pub value: i32,
    /// The findings that make it so, by their ids.
    pub by: Vec<String>,
}
