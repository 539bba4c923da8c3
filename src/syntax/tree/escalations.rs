//! Escalations: who is told when a promise slips.

use rust_decimal::Decimal;

use super::{Limit, Name};

use crate::calendar::Duration;
use crate::source::Spanned;

/// `escalate resolve, hotline, seen as ticket.escalated { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Escalate {
    /// The standards and levels, and the touchpoints and moments of which all standards are meant.
    pub promises: Vec<Name>,
    /// The event that shows who was told.
    pub seen_as: Name,
    /// The levels, in order.
    pub levels: Vec<Spanned<EscalationLevel>>,
    /// Whether a level could not be read.
    pub broken: bool,
}

/// When a level stands.
#[derive(Clone, PartialEq, Debug)]
pub enum LevelTime {
    /// At a part of the target, in percent: `at 80%`
    Part(Decimal),
    /// After a time from the start: `at 2m`
    After(Duration),
}

/// `at 80% to team_lead within 15m`
#[derive(Clone, PartialEq, Debug)]
pub struct EscalationLevel {
    /// When.
    pub at: Spanned<LevelTime>,
    /// To which role.
    pub to: Name,
    /// Within what time.
    pub within: Spanned<Limit>,
}
