//! How often something happened.

use super::observation::Seen;
use super::open_finding::Found;

use crate::calendar::Instant;
use crate::engine::finding::{ConductFault, Evidence, EvidenceKind, UnknownFact};
use crate::engine::truth::Truth;
use crate::graph::Times;

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

impl Count {
    /// Surely or perhaps.
    pub fn all(&self) -> u32 {
        self.sure.saturating_add(self.perhaps)
    }

    /// One more.
    pub fn take(&mut self, seen: &Seen<'_>, truth: Truth, wanted: u32) {
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
