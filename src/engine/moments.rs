//! Moments of truth that are out of control: looked at after everything that happens in a case.

use std::collections::BTreeMap;

use super::because::because;
use super::finding::{Because, Evidence, EvidenceKind, Finding, MomentDetail, Rule, Verdict};
use super::history::{History, Running, covered};
use super::plan::Scope;
use super::truth::{Facts, Truth};

use crate::calendar::Instant;
use crate::graph::{Fact, Graph, PromiseId, facts_in};
use crate::log::Event;
use crate::vocabulary::{Reading, Value};

/// The moments of a case that may be out of control.
pub struct Moments {
    /// Those of which nothing is decided yet, by their indices.
    watched: Vec<usize>,
    /// What could not be read while a moment may have been out of control.
    unread: BTreeMap<usize, Vec<Because>>,
    /// What the case shows from its first event on.
    running: Running,
    /// Those that were out of control, and those that were not until the case was over.
    judged: Vec<Judged>,
}

/// What moments look at beside the fields of a case.
#[derive(Clone, Copy)]
pub struct CaseSoFar<'a, 'l> {
    /// What happened.
    pub history: &'a History<'l>,
    /// When it ended, and the event that says so; none before.
    pub end: Option<(Instant, &'a Evidence)>,
}

/// What came of a moment in a case.
#[derive(Clone)]
pub struct Judged {
    /// The moment.
    pub moment: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// When it was out of control; else when the case began.
    pub start: Instant,
    /// What decided it.
    pub detail: MomentDetail,
    /// The log line behind which it was seen; none behind a mere passing of time.
    pub evidence: Vec<Evidence>,
}

/// What a look at a moment comes to.
enum Look {
    /// Nothing yet; what cannot be read and may say that it is out of control.
    Open(Vec<Because>),
    Judged(Judged),
}

impl Judged {
    fn new(moment: usize, verdict: Verdict, start: Instant) -> Self {
        Self {
            moment,
            verdict,
            start,
            detail: MomentDetail { because: Vec::new(), unknown: Vec::new() },
            evidence: Vec::new(),
        }
    }
}

impl Moments {
    /// Those of a graph that say when they are out of control, and where rules of that scope belong.
    pub fn of(graph: &Graph, scope: Scope) -> Self {
        let watched: Vec<usize> = watched(graph, scope).collect();
        let conditions = watched.iter().filter_map(|moment| graph.moments.get(*moment)?.out_of_control.as_ref());
        let wanted: Vec<usize> = conditions.flat_map(|condition| facts_in(graph, condition)).collect();
        let running = Running::of(&graph.facts, &wanted);
        Self { watched, unread: BTreeMap::new(), running, judged: Vec::new() }
    }

    /// Takes in the latest that happened.
    pub fn take(&mut self, history: &History<'_>) {
        self.running.take(history);
    }

    /// Looks whether a moment is out of control now, after an event or a mere passing of time; once the
    /// case is over, for the last time.
    pub fn look(&mut self, facts: Facts<'_>, case: CaseSoFar<'_, '_>, at: Instant, event: Option<&Event>) {
        if self.watched.is_empty() {
            return;
        }
        let shown = self.shown(facts.graph, case.history, at);
        let facts = facts.showing(&shown);
        for moment in std::mem::take(&mut self.watched) {
            match self.judge(moment, facts, case, (at, event)) {
                Look::Judged(judged) => self.judged.push(judged),
                Look::Open(unread) => {
                    self.watched.push(moment);
                    if !unread.is_empty() {
                        self.unread.insert(moment, unread);
                    }
                }
            }
        }
    }

    fn judge(
        &self,
        moment: usize,
        facts: Facts<'_>,
        case: CaseSoFar<'_, '_>,
        (at, event): (Instant, Option<&Event>),
    ) -> Look {
        let graph = facts.graph;
        let condition = graph.moments.get(moment).and_then(|found| found.out_of_control.as_ref());
        let Some((condition, began)) = condition.zip(case.history.began()) else { return Look::Open(Vec::new()) };
        let truth = facts.truth(condition);
        let because = || because(graph, facts, condition, truth);
        let unread = self.unread.get(&moment).cloned().unwrap_or_default();
        let (verdict, start, because, evidence) = match (truth, case.end) {
            (Truth::True, _) => {
                (Verdict::Breached, at, because(), event.map(|event| Evidence::of(EvidenceKind::LostControl, event)))
            }
            (Truth::Unknown, None) if unread.is_empty() => {
                let is_unread = |read: &Because| read.said.shown.is_malformed();
                return Look::Open(because().into_iter().filter(is_unread).collect());
            }
            (_, None) => return Look::Open(Vec::new()),
            (Truth::Unknown, Some((_, by))) => (Verdict::Undetermined, began, because(), Some(by.clone())),
            // Before, it may have been out of control.
            (Truth::False, Some((_, by))) if !unread.is_empty() => {
                (Verdict::Undetermined, began, unread, Some(by.clone()))
            }
            (Truth::False, Some((_, by))) => (Verdict::Met, began, Vec::new(), Some(by.clone())),
        };
        let (detail, evidence) = (MomentDetail { because, unknown: Vec::new() }, evidence.into_iter().collect());
        Look::Judged(Judged { detail, evidence, ..Judged::new(moment, verdict, start) })
    }

    /// What the case shows from its first event up to now.
    fn shown(&self, graph: &Graph, history: &History<'_>, now: Instant) -> Vec<Reading> {
        let mut shown = self.running.readings();
        let began = history.began().unwrap_or(now);
        for (fact, reading) in graph.facts.iter().zip(&mut shown) {
            if *fact == Fact::WaitingForApproval {
                *reading = Reading::Known(Value::Duration(covered(history.waits(), began, now)));
            }
        }
        shown
    }

    /// What came of the moments at which a rule has a finding; nothing is decided while the case goes on.
    pub fn of_rules(&self, graph: &Graph, scope: Scope, began: Option<Instant>, findings: &[Finding]) -> Vec<Judged> {
        let spoken_of = |moment: &usize| findings.iter().any(|finding| moment_of(graph, finding.rule) == Some(*moment));
        let known = |moment: usize| self.judged.iter().find(|judged| judged.moment == moment).cloned();
        let open = |moment: usize| Some(Judged::new(moment, Verdict::Running, began?));
        let moments = watched(graph, scope).filter(spoken_of);
        moments.filter_map(|moment| known(moment).or_else(|| open(moment))).collect()
    }
}

/// The moments that say when they are out of control: of a case, but where all rules of a moment speak of
/// parties, of a party.
fn watched(graph: &Graph, scope: Scope) -> impl Iterator<Item = usize> {
    (0..graph.moments.len()).filter(move |moment| is_watched(graph, *moment, scope))
}

/// Whether a moment is one of them.
pub(super) fn is_watched(graph: &Graph, moment: usize, scope: Scope) -> bool {
    let of_cases = graph.rules_at(moment).any(|(_, per_party)| !per_party);
    let says_when = graph.moments.get(moment).is_some_and(|moment| moment.out_of_control.is_some());
    says_when && of_cases == (scope == Scope::Cases)
}

/// The moment that a rule belongs to.
pub(super) fn moment_of(graph: &Graph, rule: Rule) -> Option<usize> {
    moment_of_promise(graph, *rule.promises(graph).first()?)
}

/// The moment that a promise belongs to.
pub(super) fn moment_of_promise(graph: &Graph, promise: PromiseId) -> Option<usize> {
    match promise {
        PromiseId::Standard(standard) => graph.standards.get(standard)?.moment,
        PromiseId::Behaviour(behaviour) => graph.behaviours.get(behaviour)?.moment,
        _ => None,
    }
}
