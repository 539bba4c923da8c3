//! Where every case and every clock went: what an auditor adds up first.

use crate::calendar::Instant;
use crate::graph::Graph;
use crate::log::Log;

use super::finding::{Account, Detail, Finding, Rule, Verdict};

/// The sums of a run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Population {
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
    /// Verdicts of each escalation level: (escalation, level).
    pub duties: Vec<((usize, usize), Tally)>,
    /// Verdicts of each action.
    pub actions: Vec<Tally>,
    /// Verdicts of each approval.
    pub approvals: Vec<Tally>,
    /// What was open before a period, came in, and was open after it.
    pub flow: Option<Flow>,
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

    fn add(&mut self, finding: &Finding) {
        let place = Verdict::ALL.iter().position(|known| *known == finding.verdict);
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
        if matches!(&finding.detail, Detail::Clock(Account { beyond_expectation: Some(true), .. })) {
            self.beyond_expectation += 1;
        }
    }
}

/// Clocks over a period: what was open before and what started is what finished and what is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    /// Started before the period and still running at its beginning.
    pub open_before: u64,
    /// Started in the period.
    pub started: u64,
    /// Came to their end in the period.
    pub finished: u64,
    /// Still running at the end of the period.
    pub open_after: u64,
}

impl Flow {
    /// The flow of all clocks over `[from, to)`.
    pub fn over(findings: &[Finding], (from, to): (Instant, Instant)) -> Self {
        let mut flow = Flow::default();
        for finding in findings {
            let Detail::Clock(account) = &finding.detail else { continue };
            let ended_before = |at: Instant| account.stop.is_some_and(|stop| stop < at);
            let began_in = from <= finding.start && finding.start < to;
            let was_open = finding.start < from && !ended_before(from);
            flow.open_before += u64::from(was_open);
            flow.started += u64::from(began_in);
            if was_open || began_in {
                let ended = ended_before(to);
                flow.finished += u64::from(ended);
                flow.open_after += u64::from(!ended);
            }
        }
        flow
    }

    /// Whether the sum holds.
    pub fn reconciles(&self) -> bool {
        self.open_before + self.started == self.finished + self.open_after
    }
}

impl Population {
    /// Counts what does not depend on a period.
    pub fn count(graph: &Graph, log: &Log, as_of: Instant, findings: &[Finding], started: &[u64]) -> Self {
        let mut population = Population {
            events: log.events.len() as u64,
            events_after: log.events.iter().filter(|event| event.time > as_of).count() as u64,
            started: started.to_vec(),
            found: vec![0; graph.standards.len()],
            ..Population::default()
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

    /// Counts the verdicts of the findings that are reported.
    pub fn tally(&mut self, graph: &Graph, findings: &[Finding]) {
        self.standards = vec![Tally::default(); graph.standards.len()];
        self.actions = vec![Tally::default(); graph.actions.len()];
        self.approvals = vec![Tally::default(); graph.approvals.len()];
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
                Rule::Approval(index) => self.approvals.get_mut(index),
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

    /// Whether every clock that started has a verdict, and the flow adds up.
    pub fn reconciles(&self) -> bool {
        self.started == self.found && self.flow.is_none_or(|flow| flow.reconciles())
    }
}
