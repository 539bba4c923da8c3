//! What is asked of a log that is made up, and what was played out in it.

use crate::calendar::{Date, Instant};
use crate::graph::Graph;

/// What log to make up.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Request {
    /// Whoever asks with the same seed gets the same log.
    pub seed: u64,
    /// How many cases.
    pub cases: usize,
    /// The first day, in the service's zone; before 1900 or after 2200 is moved there.
    pub from: Date,
    /// How many days; the log ends with the last of them, whatever is still open. At most 36,500.
    pub days: u32,
    /// The share of clocks meant to be late, from 0 to 1.
    pub breaches: f64,
}

/// A log that was made up.
#[derive(Clone, PartialEq, Debug)]
pub struct Sample {
    /// The log, rows in the order of time.
    pub csv: String,
    /// The YAML of the mapping that reads it.
    pub mapping: String,
    /// How many events it has.
    pub events: usize,
    /// What was played out: every clock that was started, by case and start.
    pub played: Vec<Played>,
    /// What each behaviour was meant to come to in each case, if it came up.
    pub behaved: Vec<Behaved>,
}

/// A behaviour as it was meant in a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behaved {
    /// The case's id in the log.
    pub case: String,
    /// The behaviour, by its index in the graph.
    pub behaviour: usize,
    /// Whether it was meant to be kept.
    pub kept: bool,
}

/// A clock as it was played out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Played {
    /// The case's id in the log.
    pub case: String,
    /// The standard, by its index in the graph.
    pub standard: usize,
    /// When it started.
    pub start: Instant,
    /// How it ended, before any reopening.
    pub outcome: Outcome,
}

/// How a clock that was played out ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// It stopped within its target, or had none.
    InTime,
    /// It stopped beyond its target, or did not stop by then.
    Late,
    /// It was cancelled within its target.
    Cancelled,
    /// It was still open, and not late, when the log ended.
    Open,
}

impl Sample {
    /// How many clocks ended like that.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.played.iter().filter(|played| played.outcome == outcome).count()
    }
}

/// A Monday of 2026, if the standards are in force then; else their first day.
pub fn first_day(graph: &Graph) -> Date {
    const USUAL: Date = Date::constant(2026, 3, 2);
    match graph.service.effective {
        Some(days) if !days.contains(USUAL) => days.first,
        _ => USUAL,
    }
}

/// The id of a case in the log.
pub fn case_id(case: usize) -> String {
    format!("case-{:05}", case + 1)
}
