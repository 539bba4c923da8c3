//! What one behaviour has seen of a case.

use std::sync::Arc;

use super::count::Count;
use super::ending::End;
use super::observation::Seen;
use super::open_finding::Found;

use crate::calendar::Instant;
use crate::engine::clock_run::StartFields;
use crate::engine::finding::{ConductFault, Evidence, EvidenceKind, UnknownFact};
use crate::engine::plan::Plan;
use crate::engine::run_totals::Outside;
use crate::engine::truth::Truth;
use crate::graph::{Behaviour, Conduct};

/// The automaton of one behaviour in one case.
#[derive(Default)]
pub struct Watch {
    /// What was found, in order.
    pub found: Vec<Found>,
    /// Those that wait for a verdict, by their index.
    pub open: Vec<usize>,
    /// What things are held against, as far as it still matters.
    pub others: Vec<Other>,
    /// How often what is counted happened.
    pub count: Count,
    /// Whether a span of `between … and …` goes on.
    pub is_in_span: bool,
    /// How many findings were asked for.
    pub asked: u64,
    /// What lay outside the dates in force.
    pub outside: Outside,
}

/// Something that others are held against.
pub struct Other {
    pub is_sure: bool,
    pub actor: Option<Arc<str>>,
    pub evidence: Evidence,
    /// Why it is not sure.
    pub doubts: Vec<UnknownFact>,
}

impl Watch {
    /// Takes in an event; when to look again, if it sets a limit.
    pub fn take(&mut self, seen: &Seen<'_>) -> Option<Instant> {
        match &seen.rule.sentence {
            Conduct::NeedsBefore { .. } | Conduct::NeverWithout { .. } => self.needs_before(seen),
            Conduct::Never(_) => self.never(seen),
            Conduct::NeverAfter { .. } => self.never_after(seen),
            Conduct::Times { times, count, .. } => self.times(seen, *times, *count),
            Conduct::MustHold { condition, .. } => self.must_hold(seen, condition),
            Conduct::OtherThan { .. } => self.other_than(seen),
            Conduct::ByRole { role, .. } => self.by_role(seen, *role),
            Conduct::Follows { .. } => return self.follows(seen),
            Conduct::NeverWithin { .. } => return self.never_within(seen),
            Conduct::AtLeastEvery { keeps, .. } => return self.at_least_every(seen, keeps),
        }
        None
    }

    /// The time of something may be over.
    pub fn fall_due(&mut self, rule: &Behaviour, at: Instant) {
        match rule.sentence {
            Conduct::Follows { .. } => self.unanswered(at),
            Conduct::NeverWithin { .. } => self.left_alone(at),
            Conduct::AtLeastEvery { .. } => self.gap_too_long(at),
            _ => {}
        }
    }

    /// The case is over: what waits for nothing else gets its verdict.
    pub fn case_ends(&mut self, rule: &Behaviour, end: End<'_>) {
        match rule.sentence {
            Conduct::Follows { within: None, .. } => self.decide_open(
                |_| true,
                |found| {
                    found.evidence.push(end.by.clone());
                    found.break_by(end.at, ConductFault::Unanswered);
                },
            ),
            Conduct::AtLeastEvery { .. } => self.decide_open(
                |_| true,
                |found| {
                    found.evidence.push(end.by.clone());
                    found.keep(end.at);
                },
            ),
            _ => {}
        }
    }

    /// What can only be said of the case as a whole, where nothing was found that breaks it.
    pub fn close(&mut self, plan: &Plan<'_>, rule: &Behaviour, first: Instant, end: Option<End<'_>>) {
        if !self.found.is_empty() || !self.outside.is_nothing() {
            return;
        }
        let (start, evidence) = match (&rule.sentence, self.others.first()) {
            (Conduct::NeverAfter { .. }, Some(other)) => (other.evidence.at, vec![other.evidence.clone()]),
            (Conduct::NeverAfter { .. }, None) => return,
            _ => (first, self.count.evidence.clone()),
        };
        let count = self.count.clone();
        let unsure = match rule.sentence {
            Conduct::NeverAfter { .. } if self.others.iter().all(|other| !other.is_sure) => {
                self.others.first().map(|other| other.doubts.clone())
            }
            _ => None,
        };
        let Some(found) = self.of_the_case(plan, start, evidence) else { return };
        if let Some(why) = unsure {
            found.doubt_all(why);
        }
        let Some(end) = end else { return };
        found.evidence.push(end.by.clone());
        match rule.sentence {
            Conduct::Times { times, count: wanted, .. } => count.judge_at_the_end(found, times, wanted, end.at),
            _ => found.keep(end.at),
        }
    }

    // ── Findings ────────────────────────────────────────────────────────────────────────────────

    /// A finding about what is seen, if the sentence is about it; in doubt, if that is.
    pub fn about(&mut self, seen: &Seen<'_>, deed: EvidenceKind) -> Option<&mut Found> {
        if seen.is_judged() == Truth::False {
            return None;
        }
        let own = StartFields::of(seen.event);
        let found = self.ask(seen.plan, seen.at(), Some(own), vec![seen.evidence(deed)])?;
        if seen.is_judged() == Truth::Unknown {
            found.doubt_all(seen.doubts(seen.rule.sentence.judged()));
        }
        Some(found)
    }

    /// A finding about the case as a whole, or all of it from `start` on.
    pub fn of_the_case(&mut self, plan: &Plan<'_>, start: Instant, evidence: Vec<Evidence>) -> Option<&mut Found> {
        self.ask(plan, start, None, evidence)
    }

    fn ask(
        &mut self,
        plan: &Plan<'_>,
        start: Instant,
        own: Option<StartFields>,
        evidence: Vec<Evidence>,
    ) -> Option<&mut Found> {
        if !plan.in_force(start) {
            self.outside += plan.outside(start);
            return None;
        }
        self.asked += 1;
        self.found.push(Found::of(start, own, evidence));
        self.found.last_mut()
    }

    /// The last finding waits for a verdict.
    pub fn wait(&mut self) {
        self.open.extend(self.found.len().checked_sub(1));
    }

    /// The findings that wait.
    pub fn waiting(&mut self, mut each: impl FnMut(&mut Found)) {
        for index in &self.open {
            if let Some(found) = self.found.get_mut(*index) {
                each(found);
            }
        }
    }

    /// Decides those that wait and fit; the others go on waiting.
    pub fn decide_open(&mut self, fits: impl Fn(&Found) -> bool, decide: impl Fn(&mut Found)) {
        let found = &mut self.found;
        self.open.retain(|index| match found.get_mut(*index).filter(|found| fits(found)) {
            Some(found) => {
                decide(found);
                false
            }
            None => true,
        });
    }

    /// Keeps what others are held against.
    pub fn remember(&mut self, seen: &Seen<'_>) {
        let truth = seen.is_other();
        if truth == Truth::False {
            return;
        }
        self.others.push(Other {
            is_sure: truth == Truth::True,
            actor: seen.event.actor.clone(),
            evidence: seen.evidence(EvidenceKind::Preceded),
            doubts: seen.doubts(seen.rule.sentence.other()),
        });
    }
}
