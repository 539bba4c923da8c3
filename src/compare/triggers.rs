//! Events: what does something to one promise and not to the other.

use std::borrow::Cow;

use super::cases::{Sought, Wanted};
use super::differences::{Does, Incomparable, Looser};
use super::{Contrast, Strictness};

use crate::graph::Trigger;
use crate::proofs::TruthSet;
use crate::source::Span;

/// Truths of a trigger that does something, or may.
const PERHAPS: [TruthSet; 2] = [TruthSet::TRUE, TruthSet::UNKNOWN];

impl Strictness<'_> {
    /// Each of these events does something for mine that no event does for the other, and so mine asks less.
    pub fn does_more(&self, contrast: &mut Contrast, does: Does, mine: &[Trigger], others: &[&Trigger], there: Span) {
        for trigger in mine {
            for truths in PERHAPS {
                let sought = self.alone(trigger, truths, others, TruthSet::FALSE);
                let other = others.iter().find(|other| other.event == trigger.event).map_or(there, |other| other.span);
                if self.tell(contrast, does, trigger, sought, (trigger.span, other)) {
                    break;
                }
            }
        }
    }

    /// Each of the other's events does something for which mine has none, and so mine asks less.
    pub fn does_less(&self, contrast: &mut Contrast, does: Does, mine: &[&Trigger], others: &[Trigger], here: Span) {
        for trigger in others {
            let sought = self.alone(trigger, TruthSet::TRUE, mine, TruthSet::FALSE | TruthSet::UNKNOWN);
            let at = mine.iter().find(|known| known.event == trigger.event).map_or(here, |known| known.span);
            self.tell(contrast, does, trigger, sought, (at, trigger.span));
        }
    }

    /// Whether something was told.
    fn tell(
        &self,
        contrast: &mut Contrast,
        does: Does,
        trigger: &Trigger,
        sought: Sought,
        (mine, other): (Span, Span),
    ) -> bool {
        match sought {
            Sought::Case(case) => {
                let event = self.graph.event_name(trigger.event);
                contrast.less(Looser::Event { does, event, case }, mine, other);
                true
            }
            Sought::Undecided => {
                contrast.open(Incomparable::TooMany, mine, other);
                true
            }
            Sought::None => false,
        }
    }

    /// An event for which a trigger has these truths, and all of the others those.
    pub fn alone(&self, trigger: &Trigger, truths: TruthSet, others: &[&Trigger], theirs: TruthSet) -> Sought {
        let mut wanted: Vec<Wanted<'_>> = Vec::new();
        match &trigger.filter {
            Some(filter) => wanted.push((Cow::Borrowed(filter), truths)),
            None if !TruthSet::TRUE.meet(truths) => return Sought::None,
            None => {}
        }
        for other in others.iter().filter(|other| other.event == trigger.event) {
            match &other.filter {
                Some(filter) => wanted.push((Cow::Borrowed(filter), theirs)),
                None if !TruthSet::TRUE.meet(theirs) => return Sought::None,
                None => {}
            }
        }
        self.case(&wanted)
    }

    /// Whether whatever fires the one fires the other.
    pub fn covers(&self, all: &[Trigger], some: &[Trigger]) -> bool {
        let all: Vec<&Trigger> = all.iter().collect();
        some.iter().all(|trigger| {
            PERHAPS.iter().all(|truths| self.alone(trigger, *truths, &all, (*truths).others()) == Sought::None)
        })
    }

    /// Whether two lists of events say the same.
    pub fn same(&self, one: &[Trigger], other: &[Trigger]) -> bool {
        self.covers(one, other) && self.covers(other, one)
    }
}
