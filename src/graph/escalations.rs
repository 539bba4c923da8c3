//! Who is told when a promise slips.

use std::fmt;

use super::{Graph, Limit, Percent};

use crate::calendar::Duration;

use crate::source::Span;

/// Who is told when a promise slips.
#[derive(Clone, PartialEq, Debug)]
pub struct Escalation {
    /// The promise.
    pub standard: usize,
    /// What the declaration names: the standard itself, or a touchpoint or moment that it belongs to.
    pub of: String,
    /// The event that shows who was told.
    pub event: usize,
    /// Its field of type `role`.
    pub role_field: usize,
    /// The levels, in order.
    pub levels: Vec<EscalationLevel>,
    /// Where it is declared.
    pub span: Span,
}

/// One level of an escalation.
#[derive(Clone, PartialEq, Debug)]
pub struct EscalationLevel {
    /// When.
    pub at: LevelTime,
    /// To which role.
    pub to: usize,
    /// Within what time.
    pub within: Limit,
    /// Where it is written.
    pub span: Span,
}

/// When a level of an escalation stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LevelTime {
    /// At a part of the target.
    Part(Percent),
    /// After a time from the start, counted as the clock counts.
    After(Duration),
}

impl LevelTime {
    /// After how much counted time, of a target of hours.
    pub fn of(self, whole: Duration) -> Duration {
        match self {
            LevelTime::Part(part) => part.of(whole),
            LevelTime::After(time) => time,
        }
    }

    /// Whether it surely comes no later than another; none where that hangs on the target.
    pub fn is_at_most(self, other: LevelTime) -> Option<bool> {
        match (self, other) {
            (LevelTime::Part(one), LevelTime::Part(other)) => Some(one <= other),
            (LevelTime::After(one), LevelTime::After(other)) => Some(one <= other),
            (LevelTime::Part(_), LevelTime::After(_)) | (LevelTime::After(_), LevelTime::Part(_)) => None,
        }
    }
}

impl fmt::Display for LevelTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LevelTime::Part(part) => part.fmt(f),
            LevelTime::After(time) => time.fmt(f),
        }
    }
}

impl Graph {
    /// The first escalation of the same declaration: one may speak of several standards.
    pub fn declared_as(&self, escalation: usize) -> usize {
        let first_level = |found: &Escalation| found.levels.first().map(|level| level.span);
        let Some(at) = self.escalations.get(escalation).and_then(first_level) else { return escalation };
        self.escalations.iter().position(|found| first_level(found) == Some(at)).unwrap_or(escalation)
    }
}
