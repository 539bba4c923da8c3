//! An event happens.

use super::Case;
use super::demands;

use crate::calendar::Instant;
use crate::engine::case_fields::{self, TrustedEvent};
use crate::engine::clock_run::ClockRun;
use crate::engine::finding::{AnomalyKind, Holder};
use crate::engine::levels::Asked;
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::{Effect, Phase, Scope};
use crate::engine::truth::Truth;
use crate::engine::words::unknown_fields;
use crate::log::Event;

impl<'p, 'l> Case<'p, 'l> {
    /// Takes in one event. Everything due before it must have fired.
    pub fn apply(&mut self, event: &'l Event) {
        let is_own = self.is_own(event);
        // Whether an event is trusted may hang on what it says of the case itself.
        let changed = self.fields.take(event, is_own);
        let occurrence = self.with_trust(event);
        let heard = TrustedEvent { event, trusted: occurrence.sure == Truth::True, is_own };
        case_fields::take_latest(&mut self.latest, event, heard.trusted);
        self.follow_levels(changed, event.time);
        self.take_holder(heard);
        if self.plan.reads_history {
            self.history.take_event(self.plan.graph, heard);
        }
        let demanded = demands::of(self, event);
        self.targets_follow(event);
        self.follow_exemptions(event.time);
        self.effects_of(&occurrence);
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(event).started(event.time);
        // Acts are judged, and events counted, where they were done, once.
        if heard.is_own && self.plan.scope == Scope::Cases {
            self.sampled.extend(self.plan.sampling.take(&occurrence, facts));
            self.authority.apply(event, facts, &demanded);
            if self.authority.has_returned_too_much() {
                self.report_anomaly(AnomalyKind::ReturnsTooMuch, None, &occurrence);
            }
            if self.authority.is_below_zero(event) {
                self.report_anomaly(AnomalyKind::NegativeAmount, None, &occurrence);
            }
        }
        self.drain_clock_events();
        self.look_at_moments(event.time, Some(event));
    }

    pub(super) fn effects_of(&mut self, occurrence: &Occurrence<'l>) {
        let plan = self.plan;
        if plan.reads_history {
            self.history.take(occurrence, self.is_own(occurrence));
            self.moments.take(&self.history);
        }
        for effect in plan.effects(usize::from(occurrence.kind)) {
            self.effect(effect, occurrence);
        }
        self.pending.extend(self.met.drain(..));
        let facts = self.fields.facts(plan.graph, &self.latest);
        if self.behaviours.happen(plan, facts, occurrence) {
            self.report_anomaly(AnomalyKind::AfterCaseEnd, None, occurrence);
        }
    }

    /// An event of the log, doubted where what must hold of it does not surely hold.
    fn with_trust(&self, event: &'l Event) -> Occurrence<'l> {
        let asked = self.plan.graph.trust.get(usize::from(event.kind)).and_then(Option::as_ref);
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(event);
        match asked {
            Some(asked) if facts.truth(asked) != Truth::True => {
                Occurrence::doubted(event, unknown_fields(self.plan.graph, facts, [asked]))
            }
            _ => Occurrence::of(event),
        }
    }

    /// Keeps how the case stands to levels, where that may have changed.
    fn follow_levels(&mut self, changed: bool, now: Instant) {
        let asked = match self.plan.levels_ask {
            Asked::Never => false,
            Asked::OfFields => changed || self.over_time.is_empty(),
            Asked::OfEvents => true,
        };
        if asked {
            self.over_time.take(self.fields.facts(self.plan.graph, &self.latest), now);
        }
    }

    fn take_holder(&mut self, heard: TrustedEvent<'l>) {
        let event = heard.event;
        let role = event.role.role();
        if heard.is_own && (event.actor.is_some() || role.is_some()) {
            self.holder = Some(Holder { actor: event.actor.clone(), role });
        }
    }

    fn targets_follow(&mut self, event: &Event) {
        if event.case_fields.is_empty() && !self.plan.table_reads(usize::from(event.kind)) {
            return;
        }
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        let mut fell = Vec::new();
        for (standard, slots) in &mut self.clocks {
            for (key, slot) in slots {
                let Some(running) = slot.running.as_mut().filter(|running| running.verdict.is_none()) else { continue };
                let aims = |clock: &ClockRun<'_>| (clock.target, clock.due.map(|due| due.goal), clock.calendar);
                let (aim, before) = (running.aim(), aims(running));
                running.retarget(self.plan, facts, (event.time, event.place));
                if aims(running) != before {
                    running.tell_change(aim, event);
                }
                if !running.turns.is_empty() {
                    fell.push((*standard, key.clone()));
                }
            }
        }
        for (standard, key) in fell {
            self.queue_clock_events(standard, &key);
        }
    }

    fn effect(&mut self, effect: &Effect<'_>, event: &Occurrence<'l>) {
        // A start tests its filters itself: a delayed one when its time has come, not now.
        if effect.phase == Phase::Start {
            self.start_or_wait(effect.standard, event);
            return;
        }
        let truth = self.truth_of(&effect.filters, event, event.time);
        if truth == Truth::False {
            return;
        }
        match effect.phase {
            Phase::Escalate => self.escalate(effect.standard, event),
            Phase::Extend(line) => self.extend(effect, line, truth, event),
            Phase::Reopen(line) => self.reopen(effect, line, truth, event),
            _ => self.apply_to_clocks(effect, truth, event),
        }
    }
}
