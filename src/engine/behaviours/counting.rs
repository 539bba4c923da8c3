//! How often: `at most 3 A`, `at least one A`, `exactly one A`.

use super::monitor::Watch;
use super::observation::Seen;

use crate::engine::finding::{ConductFault, Evidence, EvidenceKind};
use crate::engine::truth::Truth;
use crate::graph::Times;

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
