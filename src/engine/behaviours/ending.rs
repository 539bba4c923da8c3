//! The end of a case.

use super::observation::truth_of;

use crate::calendar::Instant;
use crate::engine::finding::{Evidence, EvidenceKind, UnknownFact};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::Plan;
use crate::engine::truth::{Facts, Truth};
use crate::engine::words::unknown_fields;

/// How far a case has come to its end.
#[derive(Default)]
pub struct Ending {
    /// When it will be over, or was, and the event that says so.
    at: Option<Instant>,
    by: Option<Evidence>,
    is_over: bool,
    heard_after: bool,
    unread: Vec<(Instant, UnknownFact)>,
}

/// The end of a case that is over.
#[derive(Clone, Copy)]
pub struct End<'a> {
    /// When.
    pub at: Instant,
    /// The event after which it is.
    pub by: &'a Evidence,
}

impl Ending {
    /// An event that ends the case, after a time; a new one moves the end.
    pub fn take(&mut self, plan: &Plan<'_>, facts: Facts<'_>, event: &Occurrence<'_>) {
        let Some(said) = &plan.graph.case_end else { return };
        let ends = said.on.iter().fold(Truth::False, |so_far, on| so_far.or(truth_of(on, facts, event)));
        if ends == Truth::True {
            self.at = plan.limit_end(said.after, None, event.time);
            self.by = Some(Evidence::of(EvidenceKind::CaseEnded, event));
        } else if ends == Truth::Unknown {
            let filters =
                said.on.iter().filter(|on| on.event == usize::from(event.kind)).filter_map(|on| on.filter.as_ref());
            let unread = unknown_fields(plan.graph, facts, filters).into_iter();
            let unread = unread.filter(|field| field.shown.is_malformed());
            let doubt = |field| UnknownFact { about: EvidenceKind::CaseEnded, field, place: Some(event.place) };
            self.unread.extend(unread.map(|field| (event.time, doubt(field))));
        }
    }

    /// What cannot be read of events that may have ended the case, and when they happened.
    pub fn unread(&self) -> &[(Instant, UnknownFact)] {
        &self.unread
    }

    /// When the case will be over, as things stand.
    pub fn waits_for(&self) -> Option<Instant> {
        self.at.filter(|_| !self.is_over)
    }

    /// The end has come.
    pub fn come(&mut self) -> Option<End<'_>> {
        self.is_over = true;
        self.end()
    }

    /// Whether it has.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The end, once it has come.
    pub fn end(&self) -> Option<End<'_>> {
        let (at, by) = self.at.filter(|_| self.is_over).zip(self.by.as_ref())?;
        Some(End { at, by })
    }

    /// Whether nothing was heard of the case since.
    pub fn is_first_after(&mut self) -> bool {
        !std::mem::replace(&mut self.heard_after, true)
    }
}
