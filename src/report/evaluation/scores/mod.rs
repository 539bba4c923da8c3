//! Scorecards and journeys as people and programs read them.

mod labels;
mod text;

use serde::Serialize;

use crate::engine::{Exact, Verdict};

/// What a case weighs on a scorecard.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreView {
    /// The score by what is decided, of 100, never rounded across the pass; none while nothing is.
    pub score: Option<String>,
    /// The same as a fraction.
    pub exact: Option<String>,
    /// The pass mark.
    pub pass: String,
    /// The least and the most that it can come to, where something in it is undecided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<(String, String)>,
    /// The lines that speak of the case.
    pub lines: Vec<LineView>,
    /// The fatal breaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fatal: Vec<PartView>,
    /// The score, to sort by.
    #[serde(skip)]
    pub(super) rank: Exact,
}

/// A finding that a score is made of.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// Its id.
    pub id: String,
    /// Its rule and verdict; none if it began outside the period that was asked for, and is not told.
    pub of: Option<(String, Verdict)>,
}

/// What a line of a scorecard makes of a case.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// What the points are for.
    pub group: String,
    /// How many points it is worth.
    pub points: String,
    /// How many of them are lost, of what is decided.
    pub lost: String,
    /// How many findings are met.
    pub met: u64,
    /// Those that are breached.
    pub breached: Vec<PartView>,
    /// How many cannot be determined.
    pub undetermined: u64,
    /// How many are open.
    pub open: u64,
}

/// A scorecard over all cases.
#[derive(Clone, Debug, Serialize)]
pub struct ScorecardView {
    /// Its name.
    pub scorecard: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub written: String,
    /// The pass mark.
    pub pass: String,
    /// How often each verdict fell; those that never did are left out.
    pub verdicts: Vec<(Verdict, u64)>,
    /// How many cases score so many points: from, below, cases. The last band includes 100.
    pub bands: Vec<(u8, u8, u64)>,
    /// What was lost on each line, in the order in which they are written.
    pub lines: Vec<LineLoss>,
    /// How many cases a fatal breach took all points from.
    pub fatal_cases: u64,
    /// The cases with the lowest scores: score, case, finding.
    pub worst: Vec<(String, String, String)>,
}

/// What was lost on a line of a scorecard, over all cases.
#[derive(Clone, Debug, Serialize)]
pub struct LineLoss {
    /// What the points are for.
    pub group: String,
    /// How many points it is worth in a case.
    pub points: String,
    /// How many were lost in all cases together.
    pub lost: String,
    /// In how many cases any were.
    pub cases: u64,
    /// The rules that lost them, with how many breaches each.
    pub by: Vec<(String, u64)>,
}

/// What a journey is remembered by in a case.
#[derive(Clone, Debug, Serialize)]
pub struct JourneyView {
    /// The peak–end score; none while nothing at its end is decided.
    pub score: Option<String>,
    /// The moment that is felt most, and how much.
    pub peak: Option<(String, i32)>,
    /// How much its end is felt.
    pub end: Option<i32>,
    /// The moments with a value.
    pub moments: Vec<MomentView>,
    /// Twice the score, to sort by.
    #[serde(skip)]
    pub(super) halves: Option<i32>,
}

/// How much a moment is felt.
#[derive(Clone, Debug, Serialize)]
pub struct MomentView {
    /// The moment.
    pub moment: String,
    /// How much, from -3 to 2.
    pub value: i32,
    /// The findings that make it so.
    pub by: Vec<PartView>,
}

/// A journey over all cases.
#[derive(Clone, Debug, Serialize)]
pub struct JourneySummary {
    /// Its name.
    pub journey: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub written: String,
    /// Its touchpoints, in order.
    pub through: Vec<String>,
    /// The moment that ends it.
    pub ends_with: String,
    /// How its score must stand, if it must.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
    /// How often each verdict fell; those that never did are left out.
    pub verdicts: Vec<(Verdict, u64)>,
    /// How often each score was reached, the lowest first.
    pub scores: Vec<(String, u64)>,
    /// The cases that are remembered worst: score, case, finding.
    pub worst: Vec<(String, String, String)>,
}
