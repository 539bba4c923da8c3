//! What is found of a clock.

use super::{FieldFact, UnknownFact};

use crate::calendar::{Duration, Instant};

/// The key of clocks whose start should name one and does not. No key that the log names is it: an empty cell names
/// none.
pub const UNKNOWN_KEY: &str = "";

/// The account of a clock.
#[derive(Clone, PartialEq, Debug)]
pub struct ClockDetail {
    /// The target in force when the verdict fell, or now.
    pub target: TargetFact,
    /// The calendar it counts, by its index; none is the wall clock.
    pub calendar: Option<usize>,
    /// When it began: at its start, or at the reopening that gave it a verdict of its own.
    pub began: Instant,
    /// When the promise was or is due.
    pub due: Option<Instant>,
    /// When it came to its stop or cancel.
    pub stop: Option<Instant>,
    /// Elapsed on the calendar without pauses, to the stop or to `as of`.
    pub elapsed: Duration,
    /// From start to the stop or `as of` on the wall.
    pub elapsed_on_wall: Duration,
    /// How far beyond due on the calendar; zero if not.
    pub overshoot: Duration,
    /// How far beyond due on the wall; zero if not.
    pub overshoot_on_wall: Duration,
    /// The pauses, in order; overlaps are told as they were.
    pub pauses: Vec<PauseFact>,
    /// Whether the account is still open (a breach runs on to its stop).
    pub open: bool,
    /// Whether something unknown may have made the counted time another.
    pub time_in_doubt: bool,
    /// Whether it was better than promised; `None` where nothing better was asked.
    pub beyond_expectation: Option<bool>,
    /// The row of `beyond expectation` that asked it, by its index.
    pub beyond_row: Option<usize>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
    /// What of its target could not be read for a while: it may have come to something earlier than is told.
    pub unread_before: Vec<UnknownFact>,
    /// What cannot be read and may have ended it before its end.
    pub end_unread: Vec<UnknownFact>,
    /// What excused it.
    pub excused: Option<ExcuseFact>,
}

/// The row of a target table that was chosen, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct TargetFact {
    /// The row, by its index; none while it cannot be told.
    pub row: Option<usize>,
    /// How much time the row gives in counted time; none for a promised instant or no target.
    pub budget: Option<Duration>,
    /// The fields that the table reads up to that row, and what they said.
    pub fields: Vec<FieldFact>,
}

/// A time that did not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PauseFact {
    /// From.
    pub from: Instant,
    /// To; none while it lasts.
    pub to: Option<Instant>,
    /// Why.
    pub why: Why,
}

/// Why time did not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// An event paused the clock.
    Paused,
    /// It is the gap between a stop and a reopening.
    Gap,
    /// An exemption, by its index, stops the clock.
    Exempt(usize),
}

/// What excused a breach.
#[derive(Clone, PartialEq, Debug)]
pub struct ExcuseFact {
    /// The exemption, by its index.
    pub exemption: usize,
    /// The fields that its condition read, and what they said.
    pub fields: Vec<FieldFact>,
    /// What proves it, where it asks for proof.
    pub proof: Option<FieldFact>,
}
