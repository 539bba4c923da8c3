//! Where every case and every clock went: what an auditor adds up first.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::finding::{ClockDetail, Detail, Finding, Rule, Verdict, Why};
use super::levels::{LevelFinding, Sums};

use crate::calendar::Instant;
use crate::graph::{Graph, Level, Measure, PromiseId};
use crate::log::Log;

/// The sums of a run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RunTotals {
    /// Events in the log.
    pub events: u64,
    /// Events after `as of`, which were not looked at.
    pub events_after: u64,
    /// Cases with at least one event up to `as of`.
    pub cases: u64,
    /// Cases with at least one finding, of whatever verdict.
    pub cases_judged: u64,
    /// Clocks started, by standard: counted as they start.
    pub started: Vec<u64>,
    /// Clocks found, by standard: counted from the findings of the whole run.
    pub found: Vec<u64>,
    /// Verdicts of each standard, in the order of the graph, within the period.
    pub standards: Vec<Tally>,
    /// What behaviours were asked to judge, by behaviour: counted as it comes up.
    pub asked: Vec<u64>,
    /// What behaviours found, by behaviour: counted from the findings of the whole run.
    pub behaviours_found: Vec<u64>,
    /// Verdicts of each behaviour.
    pub behaviours: Vec<Tally>,
    /// Verdicts of each escalation level: (escalation, level).
    pub duties: Vec<((usize, usize), Tally)>,
    /// Verdicts of each action.
    pub actions: Vec<Tally>,
    /// Verdicts of each approval.
    pub approvals: Vec<Tally>,
    /// Verdicts of each moment of truth that says when it is out of control.
    pub moments: Vec<Tally>,
    /// Verdicts of grants of more time, by standard.
    pub extensions: Vec<Tally>,
    /// Cases whose party the log does not say, which no rule `per party` judges; sorted.
    pub without_party: Vec<Arc<str>>,
    /// What began outside the dates in force, and is not judged by these standards.
    pub outside: Outside,
    /// Windows of levels that began outside the dates in force, and are not judged.
    pub windows_outside: u64,
    /// Verdicts of each scorecard.
    pub scorecards: Vec<Tally>,
    /// Verdicts of each journey.
    pub journeys: Vec<Tally>,
    /// Verdicts of each level.
    pub levels: Vec<Tally>,
    /// Findings that each level should take in, and findings that it did.
    pub measured: Vec<(u64, u64)>,
    /// What was open before a period, came in, and was open after it.
    pub flow: Option<Flow>,
    /// What was judged and began outside that period.
    pub outside_period: OutsidePeriod,
}

/// What was judged and is not told, for it began outside the period that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OutsidePeriod {
    /// Clocks.
    pub clocks: u64,
    /// Escalations that were due.
    pub escalations: u64,
    /// What behaviours looked at.
    pub behaviours: u64,
    /// Acts, approvals and grants of more time.
    pub acts: u64,
    /// Cases in which a moment of truth was looked at.
    pub moments: u64,
    /// Cases on a scorecard.
    pub scorecards: u64,
    /// Cases on a journey.
    pub journeys: u64,
    /// Windows of levels.
    pub windows: u64,
}

impl OutsidePeriod {
    /// Counts a finding of that rule.
    pub fn add(&mut self, rule: Rule) {
        *match rule {
            Rule::Standard(_) => &mut self.clocks,
            Rule::Escalation(..) => &mut self.escalations,
            Rule::Behaviour(_) => &mut self.behaviours,
            Rule::Action(_) | Rule::Approval(_) | Rule::Extension(..) => &mut self.acts,
            Rule::Moment(_) => &mut self.moments,
            Rule::Scorecard(_) => &mut self.scorecards,
            Rule::Journey(_) => &mut self.journeys,
        } += 1;
    }
}

/// What began outside the dates in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outside {
    /// On a day of another version of the same run, which judges it.
    pub of_other_versions: u64,
    /// On a day of no version: nobody judges it.
    pub of_none: u64,
}

impl Outside {
    /// Whether everything lay within.
    pub fn is_nothing(self) -> bool {
        self == Outside::default()
    }
}

impl std::ops::AddAssign for Outside {
    fn add_assign(&mut self, more: Outside) {
        self.of_other_versions += more.of_other_versions;
        self.of_none += more.of_none;
    }
}

/// How often each verdict fell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    counts: [u64; Verdict::ALL.len()],
    /// How many were better than promised.
    pub beyond_expectation: u64,
}

impl Tally {
    /// How often that verdict fell.
    pub fn of(&self, verdict: Verdict) -> u64 {
        let place = Verdict::ALL.iter().position(|known| *known == verdict);
        place.and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }

    /// All verdicts together.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Met among met and breached, as (part, whole); nothing is said of an empty whole.
    pub fn share_met(&self) -> Option<(u64, u64)> {
        let whole = self.of(Verdict::Met) + self.of(Verdict::Breached);
        (whole > 0).then_some((self.of(Verdict::Met), whole))
    }

    fn add_verdict(&mut self, verdict: Verdict) {
        let place = Verdict::ALL.iter().position(|known| *known == verdict);
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }

    fn add(&mut self, finding: &Finding) {
        self.add_verdict(finding.verdict);
        if matches!(&finding.detail, Detail::Clock(ClockDetail { beyond_expectation: Some(true), .. })) {
            self.beyond_expectation += 1;
        }
    }
}

/// Clocks over a period: those running before it and those that began to run in it are those that
/// ended in it and those running after it. A reopened clock begins to run again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    /// Running as the period begins.
    pub open_before: u64,
    /// Started or reopened in it.
    pub started: u64,
    /// Stopped or cancelled in it.
    pub finished: u64,
    /// Running as it ends.
    pub open_after: u64,
}

impl Flow {
    /// The flow of all clocks over `[from, to)`. Each of the four is counted for itself, so that their
    /// sum proves something.
    pub fn over(findings: &[Finding], (from, to): (Instant, Instant)) -> Self {
        let mut flow = Flow::default();
        let within = |at: Instant| from <= at && at < to;
        for finding in findings {
            let Detail::Clock(account) = &finding.detail else { continue };
            for (begins, ends) in runs(account) {
                let runs_at = |at: Instant| begins < at && ends.is_none_or(|end| end >= at);
                flow.open_before += u64::from(runs_at(from));
                flow.started += u64::from(within(begins));
                flow.finished += u64::from(ends.is_some_and(within));
                flow.open_after += u64::from(runs_at(to));
            }
        }
        flow
    }

    /// Whether the sum holds.
    pub fn reconciles(&self) -> bool {
        self.open_before + self.started == self.finished + self.open_after
    }
}

/// The times over which a clock ran: an account that goes on after a breach has a gap between stop and
/// reopening, and does not run in it.
fn runs(account: &ClockDetail) -> Vec<(Instant, Option<Instant>)> {
    let mut runs = Vec::new();
    let mut begins = account.began;
    for gap in account.pauses.iter().filter(|pause| pause.why == Why::Gap && pause.from >= account.began) {
        // The gap that this instance began with lies before it.
        if let Some(reopened) = gap.to.filter(|reopened| *reopened > account.began) {
            runs.push((begins, Some(gap.from)));
            begins = reopened;
        }
    }
    runs.push((begins, account.stop));
    runs
}

impl RunTotals {
    /// Counts what does not depend on a period.
    pub fn count(graph: &Graph, log: &Log, as_of: Instant, findings: &[Finding], started: &[u64]) -> Self {
        let mut population = RunTotals {
            events: log.events.len() as u64,
            events_after: log.events.iter().filter(|event| event.time > as_of).count() as u64,
            started: started.to_vec(),
            found: vec![0; graph.standards.len()],
            ..RunTotals::default()
        };
        for finding in findings {
            if let Rule::Standard(standard) = finding.rule
                && let Some(found) = population.found.get_mut(standard)
            {
                *found += 1;
            }
        }
        population
    }

    /// Counts what behaviours were asked and what they found, whatever the period.
    pub fn count_behaviours(&mut self, graph: &Graph, findings: &[Finding], asked: &[u64]) {
        self.asked = asked.to_vec();
        self.behaviours_found = vec![0; graph.behaviours.len()];
        for finding in findings {
            if let Rule::Behaviour(behaviour) = finding.rule
                && let Some(found) = self.behaviours_found.get_mut(behaviour)
            {
                *found += 1;
            }
        }
    }

    /// Counts what levels should hold, from the findings, and what they hold, from their sums.
    pub fn count_levels(&mut self, graph: &Graph, findings: &[Finding], sums: &Sums) {
        let mut of_promise: BTreeMap<PromiseId, u64> = BTreeMap::new();
        for promise in findings.iter().flat_map(|finding| finding.rule.promises(graph)) {
            *of_promise.entry(promise).or_default() += 1;
        }
        let expected = |level: &Level| match level.measure {
            Measure::CasesKeeping(_) | Measure::CasesWith(_) => self.cases,
            _ => level.findings_of().and_then(|promise| of_promise.get(&promise)).copied().unwrap_or_default(),
        };
        let levels = graph.levels.iter().enumerate();
        self.measured = levels.map(|(index, level)| (expected(level), sums.members(index))).collect();
    }

    /// Counts the verdicts of levels.
    pub fn tally_levels(&mut self, graph: &Graph, levels: &[LevelFinding]) {
        self.levels = vec![Tally::default(); graph.levels.len()];
        for finding in levels {
            if let Some(tally) = self.levels.get_mut(finding.level) {
                tally.add_verdict(finding.verdict);
            }
        }
    }

    /// Counts the verdicts of the findings that are reported.
    pub fn tally(&mut self, graph: &Graph, findings: &[Finding]) {
        self.standards = vec![Tally::default(); graph.standards.len()];
        self.actions = vec![Tally::default(); graph.actions.len()];
        self.moments = vec![Tally::default(); graph.moments.len()];
        self.scorecards = vec![Tally::default(); graph.scorecards.len()];
        self.journeys = vec![Tally::default(); graph.journeys.len()];
        self.approvals = vec![Tally::default(); graph.approvals.len()];
        self.behaviours = vec![Tally::default(); graph.behaviours.len()];
        self.extensions = vec![Tally::default(); graph.standards.len()];
        self.duties = graph
            .escalations
            .iter()
            .enumerate()
            .flat_map(|(escalation, found)| (0..found.levels.len()).map(move |level| (escalation, level)))
            .map(|level| (level, Tally::default()))
            .collect();
        for finding in findings {
            let tally = match finding.rule {
                Rule::Standard(index) => self.standards.get_mut(index),
                Rule::Action(index) => self.actions.get_mut(index),
                Rule::Moment(index) => self.moments.get_mut(index),
                Rule::Scorecard(index) => self.scorecards.get_mut(index),
                Rule::Journey(index) => self.journeys.get_mut(index),
                Rule::Approval(index) => self.approvals.get_mut(index),
                Rule::Behaviour(index) => self.behaviours.get_mut(index),
                Rule::Extension(standard, _) => self.extensions.get_mut(standard),
                Rule::Escalation(escalation, level) => {
                    let found = self.duties.iter_mut().find(|(known, _)| *known == (escalation, level));
                    found.map(|(_, tally)| tally)
                }
            };
            if let Some(tally) = tally {
                tally.add(finding);
            }
        }
    }

    /// Whether every clock that started and every behaviour that was asked has a verdict, every level holds
    /// all that it measures, and the flow adds up.
    pub fn reconciles(&self) -> bool {
        self.started == self.found
            && self.asked == self.behaviours_found
            && self.measured.iter().all(|(expected, held)| expected == held)
            && self.flow.is_none_or(|flow| flow.reconciles())
    }
}
