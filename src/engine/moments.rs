//! Moments of truth that are out of control: looked at after everything that happens in a case.

use crate::calendar::Instant;
use crate::graph::{Fact, Graph, PromiseId, facts_in};
use crate::vocabulary::{Reading, Value};

use super::case::Case;
use super::causes::because;
use super::finding::{Deed, Evidence, Finding, MomentDetail, Rule, Verdict};
use super::history::{Running, covered};
use super::plan::Scope;
use super::truth::Truth;
use crate::log::Event;

/// The moments of a case that may be out of control.
pub struct Moments {
    /// Those that have not been, by their indices.
    watched: Vec<usize>,
    /// What the case shows from its first event on.
    running: Running,
    /// Those that were, in the order in which it came about.
    pub lost: Vec<Lost>,
    /// Those of which it could not be told when they were last looked at, and why not.
    in_doubt: Vec<(usize, MomentDetail)>,
}

/// A moment that was found out of control.
pub struct Lost {
    /// The moment.
    pub moment: usize,
    /// When.
    pub at: Instant,
    /// Why.
    pub detail: MomentDetail,
    /// The event behind which it was seen; none behind a mere passing of time.
    pub evidence: Option<Evidence>,
}

impl Moments {
    /// Those of a graph that say when they are out of control, and where rules of that scope belong.
    pub fn of(graph: &Graph, scope: Scope) -> Self {
        let watched: Vec<usize> = watched(graph, scope).collect();
        let conditions = watched.iter().filter_map(|moment| graph.moments.get(*moment)?.out_of_control.as_ref());
        let wanted: Vec<usize> = conditions.flat_map(|condition| facts_in(graph, condition)).collect();
        Self { watched, running: Running::of(&graph.facts, &wanted), lost: Vec::new(), in_doubt: Vec::new() }
    }

    /// Whether any is still to be looked at.
    pub fn are_watched(&self) -> bool {
        !self.watched.is_empty()
    }
}

/// The moments that say when they are out of control: of a case, but where all rules of a moment speak of
/// parties, of a party.
fn watched(graph: &Graph, scope: Scope) -> impl Iterator<Item = usize> {
    let moments = graph.moments.iter().enumerate();
    let mine = move |moment: usize| {
        let of_cases = graph.rules_at(moment).any(|(_, per_party)| !per_party);
        of_cases == (scope == Scope::Cases)
    };
    moments.filter(move |(index, moment)| moment.out_of_control.is_some() && mine(*index)).map(|(index, _)| index)
}

impl<'l> Case<'_, 'l> {
    /// Looks whether a moment is out of control now, after an event or a mere passing of time; not once
    /// the case is over.
    pub(super) fn look_at_moments(&mut self, at: Instant, event: Option<&'l Event>) {
        if !self.moments.are_watched() || self.behaviours.ended().is_some_and(|end| end < at) {
            return;
        }
        let watched = std::mem::take(&mut self.moments.watched);
        self.moments.in_doubt.clear();
        for moment in watched {
            let Some((truth, detail)) = self.seen_now(moment, at) else { continue };
            if truth == Truth::True {
                let evidence = event.map(|event| Evidence::of(Deed::LostControl, event));
                self.moments.lost.push(Lost { moment, at, detail, evidence });
                continue;
            }
            self.moments.watched.push(moment);
            if truth == Truth::Unknown {
                self.moments.in_doubt.push((moment, detail));
            }
        }
    }

    /// Takes in the latest that happened.
    pub(super) fn tell_moments(&mut self) {
        self.moments.running.take(&self.history);
    }

    fn seen_now(&self, moment: usize, at: Instant) -> Option<(Truth, MomentDetail)> {
        let graph = self.graph();
        let condition = graph.moments.get(moment)?.out_of_control.as_ref()?;
        let shown = self.shown_now(at);
        let facts = self.facts().showing(&shown);
        let truth = facts.truth(condition);
        let because = match truth {
            Truth::False => Vec::new(),
            truth => because(graph, facts, condition, truth),
        };
        Some((truth, MomentDetail { because }))
    }

    /// What the case shows from its first event up to now.
    fn shown_now(&self, now: Instant) -> Vec<Reading> {
        let mut shown = self.moments.running.readings();
        let began = self.history.began().unwrap_or(now);
        for (fact, reading) in self.graph().facts.iter().zip(&mut shown) {
            if *fact == Fact::WaitingForApproval {
                *reading = Reading::Known(Value::Duration(covered(self.history.waits(), began, now)));
            }
        }
        shown
    }

    /// What came of the moments at which a rule has a finding: (moment, verdict, start, what decided it,
    /// evidence).
    pub(super) fn moments_of(&self, findings: &[Finding]) -> Vec<Judged> {
        let graph = self.graph();
        let spoken_of = |moment: &usize| findings.iter().any(|finding| moment_of(graph, finding.rule) == Some(*moment));
        watched(graph, self.plan.scope).filter(spoken_of).filter_map(|moment| self.judged(moment)).collect()
    }

    /// In control for good only where the case is over.
    fn judged(&self, moment: usize) -> Option<Judged> {
        if let Some(lost) = self.moments.lost.iter().find(|lost| lost.moment == moment) {
            let evidence = lost.evidence.clone().into_iter().collect();
            let detail = lost.detail.clone();
            return Some(Judged { moment, verdict: Verdict::Breached, start: lost.at, detail, evidence });
        }
        let start = self.history.began()?;
        let doubt = self.moments.in_doubt.iter().find(|(doubted, _)| *doubted == moment);
        let (verdict, detail) = match (self.behaviours.ended(), doubt) {
            (None, _) => (Verdict::Running, MomentDetail { because: Vec::new() }),
            (Some(_), Some((_, detail))) => (Verdict::Undetermined, detail.clone()),
            (Some(_), None) => (Verdict::Met, MomentDetail { because: Vec::new() }),
        };
        Some(Judged { moment, verdict, start, detail, evidence: Vec::new() })
    }
}

/// What came of a moment in a case.
pub struct Judged {
    /// The moment.
    pub moment: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// When it was out of control, or the case began.
    pub start: Instant,
    /// What decided it.
    pub detail: MomentDetail,
    /// The log line behind which it was seen.
    pub evidence: Vec<Evidence>,
}

/// The moment that a rule belongs to.
fn moment_of(graph: &Graph, rule: Rule) -> Option<usize> {
    match rule.promises(graph).first()? {
        PromiseId::Standard(standard) => graph.standards.get(*standard)?.moment,
        PromiseId::Behaviour(behaviour) => graph.behaviours.get(*behaviour)?.moment,
        _ => None,
    }
}
