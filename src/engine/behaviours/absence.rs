//! What comes within a time, or does not: `after A, B within D`, `never A within D after Y`,
//! `between A and B, C at least every D`.

use super::monitor::Watch;
use super::observation::Seen;

use crate::calendar::Instant;
use crate::engine::finding::{ConductFault, EvidenceKind, UnknownFact};
use crate::engine::truth::Truth;
use crate::graph::Trigger;

impl Watch {
    /// One answer is for all that asked before it.
    pub fn follows(&mut self, seen: &Seen<'_>) -> Option<Instant> {
        match seen.is_other() {
            Truth::True => self.decide_open(
                |_| true,
                |found| {
                    found.evidence.push(seen.evidence(EvidenceKind::Answered));
                    found.keep(seen.at());
                },
            ),
            Truth::Unknown => self.waiting(|found| found.doubt(other_doubts(seen))),
            Truth::False => {}
        }
        self.await_limit(seen)
    }

    pub fn unanswered(&mut self, at: Instant) {
        let over = |due: Option<Instant>| due.is_some_and(|due| due <= at);
        self.decide_open(|found| over(found.due), |found| found.break_by(at, ConductFault::Unanswered));
    }

    /// The first that comes too soon breaks it; one that perhaps does leaves it in suspense.
    pub fn never_within(&mut self, seen: &Seen<'_>) -> Option<Instant> {
        match seen.is_other() {
            Truth::True => self.decide_open(
                |_| true,
                |found| {
                    found.evidence.push(seen.evidence(EvidenceKind::Happened));
                    found.break_by(seen.at(), ConductFault::TooSoon);
                },
            ),
            Truth::Unknown => self.waiting(|found| found.suspect(other_doubts(seen))),
            Truth::False => {}
        }
        self.await_limit(seen)
    }

    pub fn left_alone(&mut self, at: Instant) {
        let over = |due: Option<Instant>| due.is_some_and(|due| due <= at);
        self.decide_open(
            |found| over(found.due),
            |found| {
                if found.perhaps.is_some() {
                    found.take_suspicion();
                    found.break_by(at, ConductFault::TooSoon);
                } else {
                    found.keep(at);
                }
            },
        );
    }

    /// A span goes on to what surely ends it, whatever its verdict is by then; within it nothing else
    /// begins.
    pub fn at_least_every(&mut self, seen: &Seen<'_>, keeps: &[Trigger]) -> Option<Instant> {
        let again = self.keep_up(seen, keeps);
        match seen.is_other() {
            Truth::True => {
                self.decide_open(
                    |_| true,
                    |found| {
                        found.evidence.push(seen.evidence(EvidenceKind::Closed));
                        found.keep(seen.at());
                    },
                );
                self.is_in_span = false;
            }
            Truth::Unknown => self.waiting(|found| found.doubt(other_doubts(seen))),
            Truth::False => {}
        }
        if self.is_in_span || seen.is_judged() == Truth::False {
            return again;
        }
        self.is_in_span = true;
        self.await_limit(seen)
    }

    /// What must keep happening: the time begins anew.
    fn keep_up(&mut self, seen: &Seen<'_>, keeps: &[Trigger]) -> Option<Instant> {
        match seen.truth(keeps) {
            Truth::True if !self.open.is_empty() => {
                let due = seen.limit_end();
                self.waiting(|found| {
                    found.perhaps = None;
                    found.due = due;
                    // Of many, the one that the gap is counted from.
                    found.evidence.truncate(1);
                    found.evidence.push(seen.evidence(EvidenceKind::Kept));
                });
                due
            }
            Truth::Unknown => {
                self.waiting(|found| found.suspect(seen.doubts(keeps)));
                None
            }
            _ => None,
        }
    }

    pub fn gap_too_long(&mut self, at: Instant) {
        let over = |due: Option<Instant>| due.is_some_and(|due| due <= at);
        self.decide_open(
            |found| over(found.due),
            |found| {
                found.take_suspicion();
                found.break_by(at, ConductFault::Gap);
            },
        );
    }

    /// What asks waits until its limit is over, or for the end of the case.
    fn await_limit(&mut self, seen: &Seen<'_>) -> Option<Instant> {
        let due = seen.limit_end();
        self.about(seen, EvidenceKind::Happened)?.due = due;
        self.wait();
        due
    }
}

fn other_doubts(seen: &Seen<'_>) -> Vec<UnknownFact> {
    seen.doubts(seen.rule.sentence.other())
}
