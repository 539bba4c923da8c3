//! How often: `at most 3 A`, `at least one A`, `exactly one A`.

use crate::calendar::Instant;
use crate::graph::Times;

use super::monitor::Watch;
use super::observation::Seen;
use super::open_finding::Found;
use crate::engine::finding::{ConductFault, Evidence, EvidenceKind, UnknownFact};
use crate::engine::truth::Truth;

/// So many lines beyond those that are asked for are kept, and told: of a case that goes on and on, the first.
const MOST_LINES: u32 = 50;

/// How often something happened.
#[derive(Clone, Default)]
pub struct Count {
    /// Surely.
    pub sure: u32,
    /// Perhaps, beside those.
    pub perhaps: u32,
    /// The lines of the first of them.
    pub evidence: Vec<Evidence>,
    /// Why some are not sure.
    pub doubts: Vec<UnknownFact>,
}

impl Watch {
    pub fn times(&mut self, seen: &Seen<'_>, times: Times, wanted: u32) {
        let truth = seen.is_judged();
        if truth == Truth::False {
            return;
        }
        if times == Times::AtMost && self.count.all() >= wanted {
            self.beyond(seen, wanted);
        }
        let before = self.count.evidence.len();
        self.count.take(seen, truth, wanted);
        let is_over = match times {
            Times::AtMost => false,
            Times::AtLeast => self.count.sure == wanted && truth == Truth::True,
            Times::Exactly => self.count.sure == wanted.saturating_add(1) && truth == Truth::True,
        };
        if !is_over {
            return;
        }
        // The line that decides is told, however many stand before it.
        let mut evidence: Vec<Evidence> = self.count.evidence.iter().take(before).cloned().collect();
        evidence.push(seen.evidence(EvidenceKind::Happened));
        let count = self.count.sure;
        let Some(found) = self.of_the_case(seen.plan, seen.first, evidence) else { return };
        match times {
            Times::Exactly => found.break_by(seen.at(), ConductFault::TooMany(count)),
            Times::AtLeast | Times::AtMost => found.keep(seen.at()),
        }
    }

    /// One beyond the most; in doubt, where it is so only if those before it count that perhaps do.
    fn beyond(&mut self, seen: &Seen<'_>, wanted: u32) {
        let before = std::mem::take(&mut self.count);
        if let Some(found) = self.about(seen, EvidenceKind::Happened) {
            found.evidence.splice(..0, before.evidence.iter().cloned());
            if before.sure < wanted {
                found.doubt(before.doubts.iter().cloned());
            }
            found.break_by(seen.at(), ConductFault::TooMany(before.all().saturating_add(1)));
        }
        self.count = before;
    }
}

impl Count {
    fn all(&self) -> u32 {
        self.sure.saturating_add(self.perhaps)
    }

    fn take(&mut self, seen: &Seen<'_>, truth: Truth, wanted: u32) {
        if truth == Truth::True {
            self.sure = self.sure.saturating_add(1);
        } else {
            self.perhaps = self.perhaps.saturating_add(1);
            self.doubts.extend(seen.doubts(seen.rule.sentence.judged()));
        }
        if self.all() <= wanted.saturating_add(MOST_LINES) {
            self.evidence.push(seen.evidence(EvidenceKind::Happened));
        }
    }

    /// Nothing more comes.
    pub fn judge_at_the_end(self, found: &mut Found, times: Times, wanted: u32, at: Instant) {
        let enough = self.sure >= wanted || times == Times::AtMost;
        let is_exact = times != Times::Exactly || self.perhaps == 0;
        if enough && is_exact {
            found.keep(at);
            return;
        }
        let all = self.all();
        if all >= wanted {
            found.doubt(self.doubts);
        }
        let fault = if all > wanted { ConductFault::TooMany(all) } else { ConductFault::TooFew(self.sure) };
        found.break_by(at, fault);
    }
}
