//! What is odd about a log.

use std::sync::Arc;

use crate::calendar::Instant;
use crate::log::Place;

/// Something in the log that a clock could not use.
#[derive(Clone, PartialEq, Debug)]
pub struct Anomaly {
    /// What is odd.
    pub kind: AnomalyKind,
    /// The standard; none if it is about the case.
    pub standard: Option<usize>,
    /// The case.
    pub case: Arc<str>,
    /// The event's kind.
    pub event: usize,
    /// When.
    pub at: Instant,
    /// Where in the log.
    pub place: Place,
}

/// What can be odd about an event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AnomalyKind {
    /// It stops a clock that does not run.
    StopWithoutStart,
    /// It starts a clock that runs already.
    StartWhileRunning,
    /// It reopens what was never stopped.
    ReopenWithoutStop,
    /// It reopens too late.
    ReopenTooLate,
    /// It gives more time to a clock that does not run.
    ExtendWithoutClock,
    /// It pauses, and no clock ever stood still by it.
    PauseUnused,
    /// An event that gives back more than was spent.
    ReturnsTooMuch,
    /// It speaks of less than nothing: nobody knows what it is.
    NegativeAmount,
    /// It comes after the end of its case.
    AfterCaseEnd,
}
