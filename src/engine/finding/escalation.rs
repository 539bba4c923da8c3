//! What is found of a level that fired.

use super::UnknownFact;

use crate::calendar::Instant;
use crate::graph::{LevelTime, Limit};

/// An escalation that was due.
#[derive(Clone, PartialEq, Debug)]
pub struct NotificationDetail {
    /// The finding of the clock that it belongs to.
    pub clock: String,
    /// When its level stands.
    pub at: LevelTime,
    /// The role to tell.
    pub to: usize,
    /// Within what time.
    pub within: Limit,
    /// When it fell due.
    pub due: Option<Instant>,
    /// When it was done.
    pub done: Option<Instant>,
    /// Whether the promise came to its end first.
    pub ended: Option<Instant>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}
