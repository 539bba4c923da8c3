//! Levels as people and programs read them.

mod labels;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::Verdict;
use crate::report::When;
use crate::report::serialize::is_zero;

/// A level and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct LevelView {
    /// Its name.
    pub level: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub written: String,
    /// What must be, as written.
    pub measure: String,
    /// The touchpoint.
    pub touchpoint: Option<String>,
    /// The moment of truth.
    pub moment: Option<String>,
    /// How grave a miss of it is.
    pub severity: Option<String>,
    /// What others reach, and whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub benchmark: Option<(String, String)>,
    /// How often each verdict fell; those that never did are left out.
    pub verdicts: Vec<(Verdict, u64)>,
    /// By window and group.
    pub results: Vec<LevelResult>,
}

/// What came of a level in one window and group.
#[derive(Clone, Debug, Serialize)]
pub struct LevelResult {
    /// Its stable id.
    pub id: String,
    /// The window in a word: `2026-03`, `2026-Q1`.
    pub window: String,
    /// Its first day.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// Its first instant, and the first behind it.
    pub span: (When, When),
    /// What it is told apart by, and what that is here; none where the log does not say.
    pub group: Vec<(String, Option<String>)>,
    /// The verdict.
    pub verdict: Verdict,
    /// Of one that is undetermined: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<&'static str>,
    /// What was measured, never rounded across the bound.
    pub value: Option<String>,
    /// The same as a fraction.
    pub exact: Option<String>,
    /// What the fraction counts: `percent`, `number`, `seconds`, or a currency.
    pub unit: String,
    /// The least and the most that it can be by what is unknown, where they differ; none of either is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<(Option<String>, Option<String>)>,
    /// Of a share, a rate or a count: how many.
    pub part: Option<u64>,
    /// Of how many.
    pub whole: Option<u64>,
    /// How far from the benchmark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_benchmark: Option<String>,
    /// How many findings or cases stand so: `met`, `missed`, `open` …
    pub counts: BTreeMap<&'static str, u64>,
    /// The same by id: what it can be counted again by.
    pub members: BTreeMap<&'static str, Vec<String>>,
    /// Values and how often each was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<(String, u64)>,
    /// Values that the log does not say, and what may have happened and be measured, or not.
    pub unknown: u64,
    /// The first of the lines that leave it open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
    /// Events without a value, where the field may be missing.
    #[serde(skip_serializing_if = "is_zero")]
    pub without_value: u64,
    /// Of a missed one: who must be told, and whether they were.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub escalated: Vec<LevelDutyView>,
    /// Of a missed one: how many of the breaches in it each cause explains, the most first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<(String, u64)>,
    /// Of a missed one: what could be done, by remedy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<(String, Vec<String>)>,
}

/// Who must be told of a missed level, and whether they were.
#[derive(Clone, Debug, Serialize)]
pub struct LevelDutyView {
    /// The role.
    pub to: String,
    /// Where it is written.
    pub written: String,
    /// By when.
    pub due: Option<When>,
    /// The verdict.
    pub verdict: Verdict,
    /// When and by which line of the log they were told, or may have been.
    pub told_by: Option<(When, String)>,
    /// A row that cannot be read and may have told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<String>,
}
