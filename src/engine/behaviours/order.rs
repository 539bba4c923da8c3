//! What came before, and what must never come: `every B needs A before`, `never A without B`,
//! `never A`, `never A after B`.

use super::monitor::{Other, Watch};
use super::observation::Seen;

use crate::engine::finding::{ConductFault, EvidenceKind};
use crate::engine::truth::Truth;

impl Watch {
    pub fn needs_before(&mut self, seen: &Seen<'_>) {
        let others = std::mem::take(&mut self.others);
        if let Some(found) = self.about(seen, EvidenceKind::Happened) {
            let before = others.iter().find(|other| other.is_sure).or(others.first());
            if let Some(other) = before {
                found.evidence.insert(0, other.evidence.clone());
            }
            match before {
                Some(other) if other.is_sure => found.keep(seen.at()),
                Some(other) => {
                    found.doubt(other.doubts.iter().cloned());
                    found.break_by(seen.at(), ConductFault::NothingBefore);
                }
                None => found.break_by(seen.at(), ConductFault::NothingBefore),
            }
        }
        self.others = others;
        self.remember_the_first(seen);
    }

    pub fn never(&mut self, seen: &Seen<'_>) {
        if let Some(found) = self.about(seen, EvidenceKind::Happened) {
            found.break_by(seen.at(), ConductFault::Forbidden);
        }
    }

    pub fn never_after(&mut self, seen: &Seen<'_>) {
        let others = std::mem::take(&mut self.others);
        let before = others.iter().find(|other| other.is_sure).or(others.first());
        if let Some(other) = before
            && let Some(found) = self.about(seen, EvidenceKind::Happened)
        {
            found.evidence.insert(0, other.evidence.clone());
            if !other.is_sure {
                found.doubt(other.doubts.iter().cloned());
            }
            found.break_by(seen.at(), ConductFault::Forbidden);
        }
        self.others = others;
        self.remember_the_first(seen);
    }

    /// Only the first that may have come matters, and the first that surely did.
    fn remember_the_first(&mut self, seen: &Seen<'_>) {
        let is_sure = seen.is_other() == Truth::True;
        let has_sure = self.others.iter().any(|other: &Other| other.is_sure);
        if !has_sure && (is_sure || self.others.is_empty()) {
            self.remember(seen);
        }
    }
}
