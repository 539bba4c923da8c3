//! One view of a run: the engine's facts with names, texts and places beside them.
//!
//! Its field names are the keys of the JSON formats and are kept stable.

use serde::{Serialize, Serializer};

use super::causes::{CauseView, ImproveView, WhyView};
use super::levels::LevelView;
use super::scores::{JourneySummary, JourneyView, ScoreView, ScorecardView};
use crate::calendar::{Duration, Instant, Zone};
use crate::engine::Verdict;

/// A whole run, ready to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// What made it.
    pub mot: Mot,
    /// The service.
    pub service: Service,
    /// The instant at which things were judged.
    pub as_of: When,
    /// The period, if one was asked for: from, up to and not including.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<(When, When)>,
    /// Verdicts by touchpoint and standard.
    pub summary: Vec<TouchpointSummary>,
    /// Verdicts of escalation levels.
    pub escalations: Vec<RuleSummary>,
    /// Verdicts of acts and approvals.
    pub authority: Vec<RuleSummary>,
    /// Whether moments of truth were in control, case by case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<RuleSummary>,
    /// Why promises were broken, by rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<WhyView>,
    /// What that says to improve.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub improve: Vec<ImproveView>,
    /// Levels, with what came of each window and group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelView>,
    /// Scorecards, with what was lost on each line.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scorecards: Vec<ScorecardView>,
    /// Journeys, with the scores they are remembered by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub journeys: Vec<JourneySummary>,
    /// Where every row, case and clock went.
    pub reconciliation: Reconciliation,
    /// Every finding, by start.
    pub findings: Vec<FindingView>,
    /// What the clocks could not use.
    pub anomalies: Vec<AnomalyView>,
}

/// What made the report.
#[derive(Clone, Debug, Serialize)]
pub struct Mot {
    /// Version of Mot.
    pub version: &'static str,
    /// Release of the bundled zone database.
    pub zone_database: &'static str,
}

/// The header of the standards.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    /// Name.
    pub name: String,
    /// Title; the name where there is none.
    pub title: String,
    /// Version.
    pub version: Option<String>,
    /// Owner.
    pub owner: Option<String>,
    /// Draft, retired, or who approved it.
    pub status: Option<String>,
    /// The first and the last day in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<(String, Option<String>)>,
    /// Zone of everything local in the report.
    pub timezone: String,
}

/// An instant: as an RFC 3339 text with offset in data, as local time in text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When {
    /// `2026-03-02T09:00:00+08:00`
    pub exact: String,
    /// `2026-03-02 09:00`
    pub local: String,
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact)
    }
}

impl When {
    /// `at`, in `zone`.
    pub fn new(at: Instant, zone: &Zone) -> Self {
        let local = zone.local(at);
        let offset =
            local.to_zoned(jiff::tz::TimeZone::UTC).map(|as_utc| as_utc.timestamp().duration_since(at.timestamp()));
        let minutes = offset.map_or(0, |offset| offset.as_mins());
        let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
        let exact = format!("{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        let text = local.to_string().replace('T', " ");
        Self { exact, local: text.strip_suffix(":00").map(str::to_owned).unwrap_or(text) }
    }
}

impl When {
    /// The same instant as an end: midnight is the end of the day before.
    pub fn as_end(&self) -> String {
        let midnight = self.local.strip_suffix(" 00:00").and_then(|date| date.parse::<jiff::civil::Date>().ok());
        match midnight.and_then(|date| date.yesterday().ok()) {
            Some(before) => format!("{before} 24:00"),
            None => self.local.clone(),
        }
    }
}

/// A length of time: seconds in data, `2h30m` in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Length(pub Duration);

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const SECOND: i64 = 1_000_000_000;
        let nanos = self.0.as_nanos();
        if nanos % SECOND == 0 {
            serializer.serialize_i64(nanos / SECOND)
        } else {
            serializer.serialize_f64(nanos as f64 / SECOND as f64)
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Length {
    /// Time on the wall: exact, and from three days on also in days of 24 hours, rounded down.
    pub fn on_the_wall(self) -> String {
        const DAY: i64 = 24 * 3600 * 1_000_000_000;
        let days = self.0.as_nanos() / DAY;
        if days < 3 { format!("{self} on the wall") } else { format!("{self} on the wall (over {days} × 24h)") }
    }
}

/// The standards and behaviours of a touchpoint.
#[derive(Clone, Debug, Serialize)]
pub struct TouchpointSummary {
    /// Its name; none for what belongs to no touchpoint.
    pub touchpoint: Option<String>,
    /// Its title.
    pub title: String,
    /// Its standards, in the order declared.
    pub standards: Vec<RuleSummary>,
    /// Its behaviours, in the order declared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub behaviours: Vec<RuleSummary>,
}

/// Verdicts of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSummary {
    /// The rule's name.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The promises that it bears on: authorities by their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<String>,
    /// How often each verdict fell; those that never did are left out.
    pub verdicts: Vec<(Verdict, u64)>,
    /// All verdicts together.
    pub total: u64,
    /// Met among met and breached.
    pub share_met: Option<Share>,
    /// How many were better than promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond_expectation: Option<u64>,
    /// The worst overshoot and the case it happened in.
    pub worst_overshoot: Option<(Length, String)>,
}

impl RuleSummary {
    /// How often a verdict fell.
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.verdicts.iter().find(|(known, _)| *known == verdict).map_or(0, |(_, count)| *count)
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.spelling())
    }
}

/// A share, exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl std::fmt::Display for Share {
    /// To a tenth of a percent, rounded down: a share never shows as more than it is.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (u128::from(self.part) * 1000).checked_div(u128::from(self.whole)).unwrap_or_default();
        write!(f, "{}.{} %", tenths / 10, tenths % 10)
    }
}

/// Where every row, case and clock went.
#[derive(Clone, Debug, Serialize)]
pub struct Reconciliation {
    /// Rows of all logs.
    pub rows_read: u64,
    /// Rows that gave events.
    pub rows_mapped: u64,
    /// Rows that could not be used.
    pub rows_set_aside: u64,
    /// Rows whose event nobody knows.
    pub rows_unknown: u64,
    /// Rows that the mapping leaves out on purpose.
    pub rows_ignored: u64,
    /// Snapshots that a later one replaced.
    pub rows_folded: u64,
    /// Rows whose times were all empty.
    pub rows_without_time: u64,
    /// Events that the rows gave.
    pub events: u64,
    /// Events after `as of`.
    pub events_after_as_of: u64,
    /// Cases with an event up to `as of`.
    pub cases: u64,
    /// Cases with a finding.
    pub cases_judged: u64,
    /// Cases in which no clock started and nothing was done that a rule speaks of.
    pub cases_without_a_clock: u64,
    /// Cases whose party the log does not say, which no rule `per party` judges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases_without_party: Vec<String>,
    /// What began outside the dates in force, and is not judged.
    #[serde(skip_serializing_if = "is_zero")]
    pub outside_effective: u64,
    /// What began on days of other versions, which judge it.
    #[serde(skip_serializing_if = "is_zero")]
    pub of_other_versions: u64,
    /// Windows of levels that began outside the dates in force, and are not judged.
    #[serde(skip_serializing_if = "is_zero")]
    pub windows_outside: u64,
    /// Promises that are not judged, and why: drafts, and retired ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<(String, String)>,
    /// What was to be reviewed before a day that has come: the rule and the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reviews_due: Vec<(String, String)>,
    /// Clocks started or reopened.
    pub clocks_started: u64,
    /// Clocks with a verdict.
    pub clocks_judged: u64,
    /// What behaviours were asked to judge.
    #[serde(skip_serializing_if = "is_zero")]
    pub behaviours_asked: u64,
    /// What of it has a verdict, or is open.
    #[serde(skip_serializing_if = "is_zero")]
    pub behaviours_judged: u64,
    /// Open before, started, finished, open after; over the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowView>,
    /// Whether every sum holds.
    pub reconciles: bool,
    /// Rows set aside: place, reason, text.
    pub set_aside: Vec<SetAsideView>,
    /// Events that neither mapping nor standards know: name, rows, first place.
    pub unknown_events: Vec<Noted>,
    /// Cells that do not fit their field.
    pub malformed: Vec<Noted>,
    /// Cells that are none of the names of their field.
    pub unknown_values: Vec<Noted>,
    /// Fields of the standards that no column carries.
    pub missing_columns: Vec<String>,
    /// Events that share case and time with another.
    pub ties: u64,
    /// Those of them whose order only the file tells.
    pub ties_by_file_order: u64,
    /// Rows before the row before them, of the same case.
    pub out_of_order: u64,
    /// Local times that did not exist or existed twice.
    pub odd_local_times: u64,
}

/// Clocks over a period.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FlowView {
    /// Running at its beginning.
    pub open_before: u64,
    /// Started or reopened in it.
    pub started: u64,
    /// Ended in it.
    pub finished: u64,
    /// Running at its end.
    pub open_after: u64,
}

/// A row that could not be used.
#[derive(Clone, Debug, Serialize)]
pub struct SetAsideView {
    /// `log.csv:17`
    pub place: String,
    /// Why, in words.
    pub reason: String,
    /// The row, unless private fields could show in it.
    pub text: Option<String>,
}

/// Something seen in the log that nothing could be made of.
#[derive(Clone, Debug, Serialize)]
pub struct Noted {
    /// What.
    pub what: String,
    /// How often.
    pub count: u64,
    /// Where first.
    pub first: String,
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// Its stable id.
    pub id: String,
    /// The rule's name.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Where the rule is written.
    pub written: String,
    /// The version of the standards.
    pub version: Option<String>,
    /// The authorities that it bears on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<String>,
    /// The case; of a rule `per party`, the party's first.
    pub case: String,
    /// Whether it is judged over all cases of a party.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub per_party: bool,
    /// The `per` field and its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<(String, String)>,
    /// The verdict.
    pub verdict: Verdict,
    /// How grave a breach of the rule is.
    pub severity: Option<String>,
    /// Whether a breach of it is material.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub material: bool,
    /// How much of it is in the unit's own hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// How it shows to a customer.
    pub symptom: Option<String>,
    /// The touchpoint.
    pub touchpoint: Option<String>,
    /// The moment of truth.
    pub moment: Option<String>,
    /// The title of the moment or touchpoint.
    #[serde(skip)]
    pub place: Option<String>,
    /// The segments that the case belongs to.
    pub segments: Vec<String>,
    /// Who acted last on the case.
    pub held_by: Option<String>,
    /// When it began.
    pub start: When,
    /// How many of the same came before.
    pub ordinal: u32,
    /// Of a clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockView>,
    /// Of an escalation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<DutyView>,
    /// Of an act or approval: what it was and what is wrong with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<ActView>,
    /// Of a moment of truth: why it is out of control.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub out_of_control: Vec<String>,
    /// Of a behaviour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conduct: Option<ConductView>,
    /// Of a scorecard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreView>,
    /// Of a journey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journey: Option<JourneyView>,
    /// Why it cannot be determined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// The log lines that decided it.
    pub evidence: Vec<EvidenceView>,
    /// Of a breach: the causes that hold of it, and those that cannot be told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<CauseView>,
    /// Whether none of the causes that its rule has holds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unexplained: bool,
    /// What could be offered, by whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remedies: Vec<ProposalView>,
}

/// The account of a clock.
#[derive(Clone, Debug, Serialize)]
pub struct ClockView {
    /// The row of the target table, as written.
    pub target: Option<String>,
    /// Where the row is written.
    pub target_written: Option<String>,
    /// What the table read: `priority is urgent`.
    pub because: Vec<String>,
    /// Counted time that the row gives.
    pub budget: Option<Length>,
    /// The calendar it counts; none is the wall clock.
    pub calendar: Option<String>,
    /// When it was or is due.
    pub due: Option<When>,
    /// When it ended.
    pub stop: Option<When>,
    /// Whether it still runs.
    pub open: bool,
    /// Counted time up to the end.
    pub elapsed: Length,
    /// Time on the wall from start to the end.
    pub elapsed_on_wall: Length,
    /// Counted time beyond due.
    pub overshoot: Length,
    /// Time on the wall beyond due.
    pub overshoot_on_wall: Length,
    /// Times that did not count: from, to, and whether it is the gap before a reopening.
    pub pauses: Vec<PauseView>,
    /// Whether it was better than promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond_expectation: Option<bool>,
    /// What excuses it from a breach, with its proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excused_by: Option<String>,
}

/// A time that did not count.
#[derive(Clone, Debug, Serialize)]
pub struct PauseView {
    /// From.
    pub from: When,
    /// To; none while it lasts.
    pub to: Option<When>,
    /// Whether it is the gap between a stop and a reopening.
    pub reopened: bool,
    /// The exemption that stopped the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemption: Option<String>,
}

/// An escalation that was due.
#[derive(Clone, Debug, Serialize)]
pub struct DutyView {
    /// The title of the promise.
    pub of: String,
    /// The finding of the clock.
    pub clock: String,
    /// At which part of the target.
    pub at: String,
    /// To which role.
    pub to: String,
    /// Within what time.
    pub within: String,
    /// By when.
    pub due: Option<When>,
    /// When it was done.
    pub done: Option<When>,
    /// When the promise ended first.
    pub ended: Option<When>,
}

/// An act, an asking or a grant.
#[derive(Clone, Debug, Serialize)]
pub struct ActView {
    /// What it was: `act`, `asking`, `grant`, `extension`.
    pub kind: &'static str,
    /// The amount.
    pub amount: Option<String>,
    /// What is wrong with it, in words.
    pub fault: Option<String>,
    /// How many earlier acts its limit counts; the latest of them are among the evidence.
    #[serde(skip_serializing_if = "is_zero")]
    pub acts_before: u64,
    /// Time lost between asking and answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<Length>,
}

/// What a behaviour came to.
#[derive(Clone, Debug, Serialize)]
pub struct ConductView {
    /// What must, or must never, happen, as written.
    pub sentence: String,
    /// What is wrong, in words; of an undetermined one: what may be.
    pub fault: Option<String>,
    /// Until when something must happen, or must not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<When>,
    /// When the verdict fell; none while it is open.
    pub decided: Option<When>,
    /// What was read: `confirmed of ticket.resolved is false`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
}

/// A log line and what it did.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    /// What it did.
    pub did: &'static str,
    /// The event.
    pub event: String,
    /// When.
    pub at: When,
    /// By whom.
    pub by: Option<String>,
    /// Of an escalation: which role was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// Where: `log.csv:17`.
    pub place: String,
}

/// What a remedy proposes.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalView {
    /// The remedy's name.
    pub remedy: String,
    /// What to say or do.
    pub offers: Vec<String>,
    /// What to give, and who may: `refund 100 CNY`, `agent`.
    pub gifts: Vec<GiftView>,
}

/// Something to give.
#[derive(Clone, Debug, Serialize)]
pub struct GiftView {
    /// What.
    pub gift: String,
    /// The lowest role that may give it.
    pub by: Option<String>,
    /// Whether whoever holds the case may.
    pub holder_may: bool,
}

/// Something in the log that a clock could not use.
#[derive(Clone, Debug, Serialize)]
pub struct AnomalyView {
    /// What is odd, in words.
    pub what: &'static str,
    /// The standard; none if it is about the case.
    pub standard: Option<String>,
    /// The case.
    pub case: String,
    /// The event.
    pub event: String,
    /// When.
    pub at: When,
    /// Where.
    pub place: String,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl View {
    /// How many findings have that verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// How many windows of levels are missed.
    pub fn levels_missed(&self) -> usize {
        let results = self.levels.iter().flat_map(|level| &level.results);
        results.filter(|result| result.verdict == Verdict::Breached).count()
    }
}
