//! One view of a run: the engine's facts with names, texts and places beside them.
//!
//! Its field names, and those of the views that it holds, are the keys of the JSON formats and are kept stable.

use serde::Serialize;

use super::labels::Labels;
use super::{
    AnomalyView, CalendarView, FindingView, ImproveView, JourneySummary, JourneyView, LevelView, Reconciliation,
    RuleSummary, ScoreView, ScorecardView, TouchpointSummary, UnseenView, WhyView,
};

use crate::calendar::{Date, DateRange, zone_database_version};
use crate::engine::{Evaluation, Loss, Rule, Undecided, Verdict};
use crate::graph::Graph;
use crate::log::ImportSummary;
use crate::report::When;
use crate::report::figures::Share;
use crate::source::Sources;

/// A whole run, ready to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// More rows were lost than the project allows: what was found is worth little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub too_much_lost: Option<LossView>,
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
    /// The hours that counted the time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<CalendarView>,
    /// Where every row, case and clock went.
    pub reconciliation: Reconciliation,
    /// Every finding, by start.
    pub findings: Vec<FindingView>,
    /// What the clocks could not use.
    pub anomalies: Vec<AnomalyView>,
    /// What rows that cannot be read may have begun and no finding speaks of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<UnseenView>,
}

/// What made the report.
#[derive(Clone, Debug, Serialize)]
pub struct Mot {
    /// Version of Mot.
    pub version: &'static str,
    /// Release of the bundled zone database.
    pub zone_database: &'static str,
}

/// Rows that could not be used, more than a project allows.
#[derive(Clone, Debug, Serialize)]
pub struct LossView {
    /// Rows that could not be used.
    pub rows: u64,
    /// Of all rows that were read.
    pub of: u64,
    /// The share that may be lost.
    pub allowed: String,
}

impl LossView {
    fn new(loss: Loss) -> Self {
        Self { rows: loss.rows, of: loss.of, allowed: loss.allowed.to_string() }
    }
}

impl std::fmt::Display for LossView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, of, allowed } = self;
        let share = Share { part: *rows, whole: *of };
        write!(
            f,
            "{rows} of {of} rows ({share}) could not be used, and at most {allowed} may be lost: whatever they could \
             turn is undetermined"
        )
    }
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

impl View {
    /// How many findings have that verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// The promises that were broken: what a scorecard or a journey makes of them is no promise of its own.
    pub fn breaches(&self) -> impl Iterator<Item = &FindingView> {
        self.breached().filter(|finding| finding.score.is_none() && finding.journey.is_none())
    }

    /// The cases that do not pass on a scorecard.
    pub fn failed(&self) -> impl Iterator<Item = (&FindingView, &ScoreView)> {
        self.breached().filter_map(|finding| Some((finding, finding.score.as_ref()?)))
    }

    /// The cases whose journey is remembered worse than it may be.
    pub fn below(&self) -> impl Iterator<Item = (&FindingView, &JourneyView)> {
        self.breached().filter_map(|finding| Some((finding, finding.journey.as_ref()?)))
    }

    fn breached(&self) -> impl Iterator<Item = &FindingView> {
        self.findings.iter().filter(|finding| finding.verdict == Verdict::Breached)
    }

    /// How many windows of levels are missed.
    pub fn levels_missed(&self) -> usize {
        let results = self.levels.iter().flat_map(|level| &level.results);
        results.filter(|result| result.verdict == Verdict::Breached).count()
    }

    /// How many windows of levels what is unknown could turn.
    pub fn levels_undetermined(&self) -> usize {
        let results = self.levels.iter().flat_map(|level| &level.results);
        results.filter(|result| result.undecided == Some(Undecided::Unknown.spelling())).count()
    }
}

impl View {
    /// The view of a run.
    pub fn new(graph: &Graph, sources: &Sources, intake: &ImportSummary, evaluation: &Evaluation) -> Self {
        let told = evaluation.findings.iter().map(|finding| (finding.id.as_str(), (finding.rule, finding.verdict)));
        let labels = Labels { graph, sources, intake, told: told.collect() };
        let population = &evaluation.population;
        let escalations = population.duties.iter().map(|((escalation, level), tally)| {
            labels.rule_summary(Rule::Escalation(*escalation, *level), tally, evaluation)
        });
        let acts = population.actions.iter().enumerate();
        let acts = acts.map(|(index, tally)| labels.rule_summary(Rule::Action(index), tally, evaluation));
        let approvals = population.approvals.iter().enumerate();
        let approvals = approvals.map(|(index, tally)| labels.rule_summary(Rule::Approval(index), tally, evaluation));
        let moments = population.moments.iter().enumerate().filter(|(_, tally)| tally.total() > 0);
        let moments = moments.map(|(index, tally)| labels.rule_summary(Rule::Moment(index), tally, evaluation));
        let extensions = population.extensions.iter().enumerate().filter(|(_, tally)| tally.total() > 0);
        let extensions =
            extensions.map(|(index, tally)| labels.rule_summary(Rule::Extension(index, 0), tally, evaluation));
        Self {
            too_much_lost: evaluation.loss.is_beyond().then(|| LossView::new(evaluation.loss)),
            mot: Mot { version: env!("CARGO_PKG_VERSION"), zone_database: zone_database_version() },
            service: labels.service(),
            as_of: labels.when(evaluation.as_of),
            period: evaluation.period.map(|(from, to)| (labels.when(from), labels.when(to))),
            summary: labels.summary(evaluation),
            escalations: escalations.collect(),
            moments: moments.collect(),
            why: labels.why(evaluation),
            improve: labels.improve(evaluation),
            authority: acts.chain(approvals).chain(extensions).collect(),
            levels: labels.levels(evaluation),
            scorecards: labels.scorecards(evaluation),
            journeys: labels.journeys(evaluation),
            calendars: labels.calendars(),
            reconciliation: labels.reconciliation(evaluation),
            findings: evaluation.findings.iter().map(|finding| labels.finding(finding)).collect(),
            anomalies: evaluation.anomalies.iter().map(|anomaly| labels.anomaly(anomaly)).collect(),
            unseen: evaluation.unseen.iter().map(|unseen| labels.unseen(unseen)).collect(),
        }
    }
}

impl Labels<'_> {
    fn service(&self) -> Service {
        let service = &self.graph.service;
        Service {
            name: service.name.clone(),
            title: service.label.clone().unwrap_or_else(|| service.name.clone()),
            version: service.version.clone(),
            owner: service.owner.clone(),
            status: service.status.clone(),
            effective: service
                .effective
                .map(|DateRange { first, last }| (first.to_string(), (last < Date::MAX).then(|| last.to_string()))),
            timezone: self.graph.vocabulary.zone.name().to_owned(),
        }
    }
}
