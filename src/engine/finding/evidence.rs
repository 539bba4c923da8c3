//! The log lines that show what happened.

use std::sync::Arc;

use crate::calendar::{Duration, Instant};
use crate::log::{Event, Place};
use crate::vocabulary::{Money, Value};

/// Who holds a case.
#[derive(Clone, PartialEq, Debug)]
pub struct Holder {
    /// The actor.
    pub actor: Option<Arc<str>>,
    /// The role, by its index.
    pub role: Option<usize>,
}

/// What an event did to a clock, a duty or an approval.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EvidenceKind {
    /// Started it.
    Started,
    /// Chose its target.
    Targeted,
    /// Changed its target, or the hours that count.
    Retargeted,
    /// Paused it.
    Paused,
    /// Resumed it.
    Resumed,
    /// Restarted it.
    Restarted,
    /// Reopened it.
    Reopened,
    /// Stopped it.
    Stopped,
    /// Cancelled it.
    Cancelled,
    /// Told a role.
    Escalated,
    /// Acted.
    Acted,
    /// Asked.
    Asked,
    /// Granted.
    Granted,
    /// Refused.
    Refused,
    /// Chose its calendar.
    Counted,
    /// Excused it, or stopped its time.
    Exempted,
    /// Gave it more time.
    Extended,
    /// Said whether whoever acted, asked or granted may.
    Empowered,
    /// Acted before, and counts towards the same limit.
    ActedBefore,
    /// Gave back some of what was spent before.
    Returned,
    /// Showed a moment out of control.
    LostControl,
    /// Is what a behaviour is about.
    Happened,
    /// Came before.
    Preceded,
    /// Answered.
    Answered,
    /// Kept it up.
    Kept,
    /// Closed a span.
    Closed,
    /// Decided what had to hold.
    Required,
    /// Ended the case, after a time.
    CaseEnded,
}

/// A log line and what it did.
#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    /// What it did.
    pub deed: EvidenceKind,
    /// The event's kind, by its index.
    pub event: usize,
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Option<Arc<str>>,
    /// In which role, by its index.
    pub role: Option<usize>,
    /// Of an escalation: which role was told, by its index.
    pub told: Option<usize>,
    /// Of a change of target: from what to what.
    pub change: Option<Box<TargetChange>>,
    /// Of an earlier act, what it spent; of what came back, how much of it counts here.
    pub amount: Option<Money>,
    /// Where in the log.
    pub place: Place,
}

impl Evidence {
    /// `event` did that.
    pub fn of(deed: EvidenceKind, event: &Event) -> Self {
        Self {
            deed,
            event: usize::from(event.kind),
            at: event.time,
            actor: event.actor.clone(),
            role: match event.role.known() {
                Some(Value::Role(role)) => Some(*role),
                _ => None,
            },
            told: None,
            change: None,
            amount: None,
            place: event.place,
        }
    }
}

/// A change of target, or of the hours that count.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TargetChange {
    /// What was in force before.
    pub before: Aim,
    /// What is.
    pub after: Aim,
    /// How much had counted by then.
    pub counted: Duration,
}

/// What a clock aims at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Aim {
    /// The row of the target table, by its index; none while it cannot be told.
    pub row: Option<usize>,
    /// The due, as things stood; none without one, or while the clock stands still.
    pub due: Option<Instant>,
    /// The calendar that counts, by its index; none is the wall clock.
    pub calendar: Option<usize>,
}
