//! Levels: many findings, cases and events, summed by group and local day and judged by window.
//!
//! ```text
//! events, cases ─► gather ─► Sums ─ merge ─► Sums ─► judge ─► LevelFinding
//! findings ─────────────────────────────────┘
//! ```
//!
//! A window is a run of days, so days are summed and windows add them up: parts of a log combine exactly.

mod escalation;
mod gather;
mod judge;
mod over_time;
mod places;
mod sum;
mod values;
mod windows;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::exact::{End, Exact};
use super::finding::{BreachWeight, Verdict};

use crate::calendar::Instant;
use crate::log::Place;

pub use escalation::{LevelDuty, check_notifications};
pub use gather::{LevelInput, LevelInputs, number_of};
pub use judge::{Horizon, judge};
pub use over_time::{Asked, OverTime};
pub use places::Places;
pub use sum::{Astray, Extent, Group, MemberOutcome, Open, Part, Possible, Strays, Sums};
pub use windows::Days;

/// What came of a level in one window and group.
#[derive(Clone, PartialEq, Debug)]
pub struct LevelFinding {
    /// A stable id: of level, window and group.
    pub id: String,
    /// The level, by its index in the graph.
    pub level: usize,
    /// The days of its window.
    pub days: Days,
    /// From the first instant of the window up to its end.
    pub span: (Instant, Instant),
    /// Its group.
    pub group: Group,
    /// The verdict.
    pub verdict: Verdict,
    /// How much a miss of it weighs.
    pub grade: BreachWeight,
    /// Of one that is undetermined: why.
    pub undecided: Option<Undecided>,
    /// What was measured: percent, a number, nanoseconds, an amount of money. None of nothing.
    pub value: Option<Exact>,
    /// The least and the most that it can be by what is unknown, where they differ.
    pub ends: Option<Ends>,
    /// Of a share, a rate or a count: how many.
    pub part: Option<u64>,
    /// Of how many.
    pub whole: Option<u64>,
    /// Findings by their ids, or cases, by how they stand.
    pub members: Vec<(MemberOutcome, Vec<Arc<str>>)>,
    /// Values and how often each was found; times are in nanoseconds.
    pub values: Vec<(Decimal, u64)>,
    /// Values that the log does not say, and what may have happened and be measured, or not.
    pub unknown: u64,
    /// The first of the lines that leave it open.
    pub unread: Vec<Place>,
    /// Events without a value, where the field may be missing.
    pub without_value: u64,
    /// Of a missed one: who must be told, and whether they were.
    pub duties: Vec<LevelDuty>,
}

/// Why a level is undetermined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Undecided {
    /// There is nothing to measure.
    Nothing,
    /// There are fewer than it asks for.
    TooFew,
    /// What is unknown could turn it.
    Unknown,
}

impl Undecided {
    /// Why, in words.
    pub fn spelling(self) -> &'static str {
        match self {
            Undecided::Nothing => "nothing to measure",
            Undecided::TooFew => "too few",
            Undecided::Unknown => "unknown values",
        }
    }
}

/// The least and the most that a measure can be.
#[derive(Clone, PartialEq, Debug)]
pub struct Ends {
    /// The least.
    pub least: End,
    /// The most.
    pub most: End,
}

impl LevelFinding {
    /// How many stand so.
    pub fn count(&self, standing: MemberOutcome) -> u64 {
        let members = self.members.iter().find(|(known, _)| *known == standing);
        members.map_or(0, |(_, members)| members.len() as u64)
    }
}
