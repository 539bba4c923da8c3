//! How clocks begin: starts, delayed starts, restarts, reopenings.

use super::case::{Case, EventKey, Waiting, facts, key_doubt, unsure};
use super::finding::{AnomalyKind, Deed, Evidence, UnknownFact};
use super::instance::{Beginning, Instance, StartFields};
use super::occurrence::Occurrence;
use super::pauses;
use super::truth::Truth;
use super::words::unknown_fields;
use crate::calendar::Instant;
use crate::graph::{Condition, Trigger};

/// A clock about to start.
struct Start<'o, 'l> {
    event: &'o Occurrence<'l>,
    own: StartFields,
    at: Instant,
    /// Why it cannot be told that it starts at all, if it cannot.
    unsure: Option<Vec<UnknownFact>>,
}

impl<'p, 'l> Case<'p, 'l> {
    pub(super) fn restart(&mut self, standard: usize, key: &Option<String>, event: &Occurrence<'l>) {
        let plan = self.plan;
        let facts = facts(plan.graph, &self.fields, &self.latest);
        let Some(slot) = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(key)) else { return };
        let Some(running) = slot.running.as_mut() else { return };
        if running.verdict.is_none() {
            let before = running.aim();
            running.restart(plan, facts, event);
            running.stand_still(pauses::held(&mut self.pauses, standard, key.as_ref()));
            running.follow_exemptions(plan, facts, event.time);
            running.retarget(plan, facts, (event.time, event.place));
            if (running.target.row(), running.calendar) != (before.row, before.calendar) {
                running.tell_change(before, event);
            }
            self.pass_on(standard, key);
            return;
        }
        // After a verdict a restart closes the account and begins a new instance: as surely as the old one
        // had started.
        running.evidence.push(Evidence::of(Deed::Restarted, event));
        running.close(event.time);
        let own = running.own().restarted_by(plan, event);
        let unsure = running.is_unsure_start().then(|| running.doubts.clone());
        self.ended(standard, key);
        self.begin(standard, key.clone(), Start { event, own, at: event.time, unsure });
    }

    pub(super) fn reopen(&mut self, standard: usize, line: usize, event: &Occurrence<'l>) {
        let keys: Vec<Option<String>> = match self.key(standard, event) {
            EventKey::Known(key) => vec![Some(key)],
            EventKey::Unknown => return,
            EventKey::None => {
                let slots = self.clocks.get(&standard).map(|slots| slots.keys().cloned().collect());
                let keys: Vec<Option<String>> = slots.unwrap_or_default();
                if keys.is_empty() { vec![None] } else { keys }
            }
        };
        for key in keys {
            self.reopen_one(standard, line, &key, event);
        }
    }

    fn reopen_one(&mut self, standard: usize, line: usize, key: &Option<String>, event: &Occurrence<'l>) {
        let plan = self.plan;
        let facts = facts(plan.graph, &self.fields, &self.latest);
        let slot = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(key));
        if slot.as_ref().is_some_and(|slot| slot.running.is_some()) {
            return;
        }
        let Some((slot, stopped)) =
            slot.and_then(|slot| slot.last.as_ref().and_then(|last| last.end).map(|(at, _)| (slot, at)))
        else {
            self.odd(AnomalyKind::ReopenWithoutStop, standard, event);
            return;
        };
        let Some(mut last) = slot.last.take() else { return };
        let within = plan.graph.standards.get(standard).and_then(|standard| standard.reopens.get(line)?.within);
        let too_late = within.is_some_and(|within| {
            plan.reopen_bound(within, last.calendar, stopped).is_some_and(|bound| event.time > bound)
        });
        if too_late {
            slot.last = Some(last);
            self.odd(AnomalyKind::ReopenTooLate, standard, event);
            return;
        }
        if last.fell_early {
            // The verdict stands: only the account goes on.
            last.go_on(event);
            last.stand_still(pauses::held(&mut self.pauses, standard, key.as_ref()));
            last.follow_exemptions(plan, facts, event.time);
            slot.running = Some(last);
            return;
        }
        let mut next = last.continuation(event);
        next.stand_still(pauses::held(&mut self.pauses, standard, key.as_ref()));
        next.follow_exemptions(plan, facts, event.time);
        next.retarget(plan, facts, (event.time, event.place));
        let start = next.start;
        if (next.target.row(), next.calendar) != (last.target.row(), last.calendar) {
            next.tell_change(last.aim(), event);
        }
        slot.running = Some(next);
        self.finished.push(last);
        self.count(standard, start);
        self.pass_on(standard, key);
    }

    pub(super) fn start_or_wait(&mut self, standard: usize, event: &Occurrence<'l>) {
        match self.plan.graph.standards.get(standard).and_then(|standard| standard.delay) {
            Some(delay) => {
                let at = event.time.saturating_add(delay);
                self.waiting.push(Waiting { at, standard, event: event.clone() });
            }
            None => self.start(standard, event, event.time),
        }
    }

    /// A start at `at`; its filters are tested as things stand then.
    pub(super) fn start(&mut self, standard: usize, event: &Occurrence<'l>, at: Instant) {
        let filters: Vec<Option<&Condition>> = self
            .plan
            .graph
            .standards
            .get(standard)
            .map(|standard| standard.starts.as_slice())
            .unwrap_or_default()
            .iter()
            .filter(|start: &&Trigger| start.event == usize::from(event.kind))
            .map(|start| start.filter.as_ref())
            .collect();
        let mut truth = self.truth_of(&filters, event, at);
        let key = match self.key(standard, event) {
            EventKey::None => None,
            EventKey::Known(key) => Some(key),
            EventKey::Unknown => {
                truth = if truth == Truth::False { truth } else { Truth::Unknown };
                Some("unknown".to_owned())
            }
        };
        if truth == Truth::False {
            return;
        }
        self.start_key(standard, key, event, at, truth);
    }

    /// Counts a clock that began; one that began outside the dates in force runs here too, for what it brings
    /// about and what it stands in the way of, and is judged by others.
    fn count(&mut self, standard: usize, start: Instant) {
        match self.plan.in_force(start) {
            true => *self.started.entry(standard).or_default() += 1,
            false => self.outside += self.plan.outside(start),
        }
    }

    fn start_key(&mut self, standard: usize, key: Option<String>, event: &Occurrence<'l>, at: Instant, truth: Truth) {
        let first_only = self.plan.graph.standards.get(standard).is_some_and(|standard| standard.first);
        let slot = self.clocks.entry(standard).or_default().entry(key.clone()).or_default();
        if let Some(running) = &slot.running {
            let gives_way = running.is_unsure_start() && truth == Truth::True && !first_only;
            if !gives_way {
                if !first_only {
                    self.odd(AnomalyKind::StartWhileRunning, standard, event);
                }
                return;
            }
            if let Some(unsure) = &mut slot.running {
                unsure.close(at);
            }
            self.ended(standard, &key);
        } else if first_only && slot.started {
            return;
        }
        let own = StartFields::of(event);
        let unsure = (truth == Truth::Unknown).then(|| self.start_doubts(standard, event, &own, at));
        self.begin(standard, key, Start { event, own, at, unsure });
    }

    /// Why it cannot be told whether an event starts a clock.
    fn start_doubts(
        &self,
        standard: usize,
        event: &Occurrence<'l>,
        own: &StartFields,
        at: Instant,
    ) -> Vec<UnknownFact> {
        let graph = self.plan.graph;
        let about = Deed::Started;
        let mut doubts = self.condition_doubts(standard, event, own, at, about);
        doubts.extend(unsure(graph, event, about));
        doubts.extend(key_doubt(graph, standard, event));
        doubts
    }

    /// What is unknown of a clock that is about to start: of its start, or of the calendar that it counts.
    fn condition_doubts(
        &self,
        standard: usize,
        event: &Occurrence<'l>,
        own: &StartFields,
        at: Instant,
        about: Deed,
    ) -> Vec<UnknownFact> {
        let facts = facts(self.plan.graph, &self.fields, &self.latest).about(own).started(at);
        let fields = unknown_fields(self.plan.graph, facts, self.plan.start_conditions(standard, about));
        fields.into_iter().map(|field| UnknownFact { about, field, place: Some(event.place) }).collect()
    }

    fn begin(&mut self, standard: usize, key: Option<String>, start: Start<'_, 'l>) {
        let Start { event, own, at, unsure } = start;
        let plan = self.plan;
        let facts = facts(plan.graph, &self.fields, &self.latest);
        let (calendar, counted) = plan.calendar_for(standard, facts.about(&own).started(at));
        let uncounted = || (!counted).then(|| self.condition_doubts(standard, event, &own, at, Deed::Counted));
        let doubts = unsure.or_else(uncounted);
        let mut instance = Instance::start(plan, Beginning { standard, at, calendar }, key.clone(), event, own);
        let is_sure = doubts.is_none();
        doubts.into_iter().for_each(|doubts| instance.doubt_start(doubts));
        instance.stand_still(pauses::held(&mut self.pauses, standard, key.as_ref()));
        instance.follow_exemptions(plan, facts, at);
        if is_sure {
            instance.retarget(plan, facts, (at, event.place));
        }
        self.count(standard, at);
        let slot = self.clocks.entry(standard).or_default().entry(key.clone()).or_default();
        // A clock that starts, ends and starts again within one instant: its ids must differ.
        let twin = slot.last.as_ref().filter(|last| last.start == at);
        instance.ordinal = twin.map_or(0, |twin| twin.ordinal.saturating_add(1));
        slot.started = true;
        slot.running = Some(instance);
        self.pass_on(standard, &key);
    }
}
