//! An event as one behaviour sees it.

use crate::calendar::Instant;
use crate::engine::doubts::unsure;
use crate::engine::finding::{Evidence, EvidenceKind, UnknownFact};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::Plan;
use crate::engine::truth::{Facts, Truth};
use crate::engine::words::unknown_fields;
use crate::graph::{Behaviour, Trigger};

/// An event, the behaviour that sees it, and what can be read then.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub plan: &'a Plan<'a>,
    pub rule: &'a Behaviour,
    pub facts: Facts<'a>,
    pub event: &'a Occurrence<'a>,
    /// When the case began.
    pub first: Instant,
}

/// Whether an event is what a trigger waits for.
pub fn truth_of(trigger: &Trigger, facts: Facts<'_>, event: &Occurrence<'_>) -> Truth {
    if trigger.event != usize::from(event.kind) {
        return Truth::False;
    }
    facts.holds(trigger.filter.as_ref()).and(event.sure)
}

impl Seen<'_> {
    /// When.
    pub fn at(&self) -> Instant {
        self.event.time
    }

    /// Whether it is what one of some triggers waits for.
    pub fn truth(&self, triggers: &[Trigger]) -> Truth {
        let each = triggers.iter().map(|trigger| truth_of(trigger, self.facts, self.event));
        each.fold(Truth::False, Truth::or)
    }

    /// Whether it is what the sentence holds things against.
    pub fn is_other(&self) -> Truth {
        self.truth(self.rule.sentence.other())
    }

    /// Whether it is what the sentence is about.
    pub fn is_judged(&self) -> Truth {
        self.truth(self.rule.sentence.judged())
    }

    /// Why it cannot be told whether it is what one of some triggers waits for; nothing if it can.
    pub fn doubts(&self, triggers: &[Trigger]) -> Vec<UnknownFact> {
        if self.truth(triggers) != Truth::Unknown {
            return Vec::new();
        }
        let about = EvidenceKind::Happened;
        let mut doubts = unsure(self.plan.graph, self.event, about);
        let perhaps = triggers.iter().filter(|trigger| trigger.event == usize::from(self.event.kind));
        for filter in perhaps.map(|trigger| trigger.filter.as_ref()) {
            if self.facts.holds(filter) == Truth::Unknown {
                let fields = unknown_fields(self.plan.graph, self.facts, filter);
                let place = Some(self.event.place);
                doubts.extend(fields.into_iter().map(|field| UnknownFact { about, field, place }));
            }
        }
        doubts
    }

    /// Its log line.
    pub fn evidence(&self, deed: EvidenceKind) -> Evidence {
        Evidence::of(deed, self.event)
    }

    /// When the limit of the sentence is over, counted from now as a clock without pauses counts it.
    pub fn limit_end(&self) -> Option<Instant> {
        self.plan.clock_end(self.rule.sentence.limit()?, self.rule.calendar, self.at())
    }
}
