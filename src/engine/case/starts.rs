//! How clocks begin: starts, delayed starts, restarts, reopenings.

use indexmap::IndexSet;

use super::{Case, Waiting};

use crate::calendar::Instant;
use crate::engine::clock_run::{Beginning, ClockRun, StartFields};
use crate::engine::doubts::{doubts, key_doubt, unsure};
use crate::engine::event_key::EventKey;
use crate::engine::finding::UNKNOWN_KEY;
use crate::engine::finding::{AnomalyKind, Evidence, EvidenceKind, UnknownFact, Verdict};
use crate::engine::occurrence::Occurrence;
use crate::engine::pauses;
use crate::engine::plan::Effect;
use crate::engine::truth::Truth;
use crate::engine::words::unknown_fields;
use crate::graph::{Condition, Trigger};

/// A clock about to start.
struct Start<'o, 'l> {
    event: &'o Occurrence<'l>,
    own: StartFields,
    at: Instant,
    /// Why it cannot be told that it starts at all, if it cannot.
    unsure: Option<IndexSet<UnknownFact>>,
    /// Whether a clock surely runs from here on, whichever it is.
    surely_runs: bool,
}

impl<'p, 'l> Case<'p, 'l> {
    pub(super) fn restart(&mut self, standard: usize, key: &Option<String>, event: &Occurrence<'l>) {
        let plan = self.plan;
        let facts = self.fields.facts(plan.graph, &self.latest);
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
            self.queue_clock_events(standard, key);
            return;
        }
        // After a verdict a restart closes the account and begins a new instance: as surely as the old one
        // had started, had its verdict, and ran.
        running.evidence.push(Evidence::of(EvidenceKind::Restarted, event));
        running.close(event.time);
        let own = running.own().restarted_by(plan, event);
        let undetermined = running.verdict == Some(Verdict::Undetermined);
        let doubts = running.doubts.iter().filter(|_| undetermined).chain(&running.end_doubts).cloned();
        let surely_runs = running.surely_runs && running.end_doubts.is_empty();
        let unsure = Some(doubts.collect::<IndexSet<_>>()).filter(|doubts| !doubts.is_empty());
        self.ended(standard, key);
        self.begin(standard, key.clone(), Start { event, own, at: event.time, unsure, surely_runs });
    }

    /// After a sure stop or cancel no clock runs, whatever cannot be told of what came before.
    pub(super) fn surely_none_runs(&mut self, standard: usize, event: &Occurrence<'l>) {
        // The first start is the only one, whatever ends it.
        let first_only = self.plan.graph.standards.get(standard).is_some_and(|standard| standard.first);
        if first_only || !self.unsure.contains_key(&standard) {
            return;
        }
        match self.key(standard, event) {
            EventKey::None => drop(self.unsure.remove(&standard)),
            EventKey::Known(key) => {
                let unsure = self.unsure.entry(standard).or_default();
                unsure.of_key.insert(Some(key), IndexSet::new());
            }
            EventKey::Unknown => {}
        }
    }

    /// A clock may run, of that key or of any.
    fn perhaps_one_runs<'d>(
        &mut self,
        standard: usize,
        key: Option<&Option<String>>,
        doubts: impl Iterator<Item = &'d UnknownFact> + Clone,
    ) {
        let unsure = self.unsure.entry(standard).or_default();
        match key {
            Some(key) => {
                let of_all = unsure.of_all.clone();
                unsure.of_key.entry(key.clone()).or_insert(of_all).extend(doubts.cloned());
            }
            None => {
                unsure.of_all.extend(doubts.clone().cloned());
                unsure.of_key.values_mut().for_each(|of_key| of_key.extend(doubts.clone().cloned()));
            }
        }
    }

    /// Why it cannot be told that no clock of a key runs, beside those that are known.
    fn perhaps_runs(&self, standard: usize, key: &Option<String>) -> IndexSet<UnknownFact> {
        let unsure = self.unsure.get(&standard);
        unsure.map(|unsure| unsure.of_key.get(key).unwrap_or(&unsure.of_all).clone()).unwrap_or_default()
    }

    pub(super) fn reopen(&mut self, effect: &Effect<'_>, line: usize, truth: Truth, event: &Occurrence<'l>) {
        let of = self.key(effect.standard, event);
        let truth = if matches!(of, EventKey::Unknown) { truth.and(Truth::Unknown) } else { truth };
        let keys: Vec<Option<String>> = match of {
            EventKey::Known(key) => vec![Some(key)],
            EventKey::None | EventKey::Unknown => {
                let slots = self.clocks.get(&effect.standard).map(|slots| slots.keys().cloned().collect());
                let keys: Vec<Option<String>> = slots.unwrap_or_default();
                if keys.is_empty() { vec![None] } else { keys }
            }
        };
        self.perhaps_reopens_another(effect.standard);
        for key in keys {
            self.reopen_one(effect, line, truth, &key, event);
        }
    }

    /// A clock whose key cannot be told may be of any: a reopening may let it run again.
    fn perhaps_reopens_another(&mut self, standard: usize) {
        let untold = self.clocks.get(&standard).and_then(|slots| slots.get(&Some(UNKNOWN_KEY.to_owned())));
        let clock = untold.and_then(|slot| slot.running.as_ref().or(slot.last.as_ref()));
        if let Some(doubts) = clock.map(|clock| clock.doubts.clone()) {
            self.perhaps_one_runs(standard, None, doubts.iter());
        }
    }

    fn reopen_one(
        &mut self,
        effect: &Effect<'_>,
        line: usize,
        truth: Truth,
        key: &Option<String>,
        event: &Occurrence<'l>,
    ) {
        let (plan, standard) = (self.plan, effect.standard);
        let mut unsure = self.perhaps_runs(standard, key);
        let facts = self.fields.facts(plan.graph, &self.latest);
        let slot = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(key));
        if let Some(running) = slot.as_ref().and_then(|slot| slot.running.as_ref()) {
            if truth == Truth::True
                && !running.surely_runs
                && let Some(running) = self.running(standard, key)
            {
                running.surely_runs = true;
            }
            return;
        }
        if truth == Truth::Unknown {
            unsure.extend(doubts(plan.graph, effect, facts, event));
        }
        let Some((slot, stopped)) =
            slot.and_then(|slot| slot.last.as_ref().and_then(|last| last.end).map(|(at, _)| (slot, at)))
        else {
            if truth == Truth::True {
                self.report_anomaly(AnomalyKind::ReopenWithoutStop, standard, event);
            }
            return;
        };
        let Some(mut last) = slot.last.take() else { return };
        let within = plan.graph.standards.get(standard).and_then(|standard| standard.reopens.get(line)?.within);
        let too_late = within.is_some_and(|within| {
            plan.reopen_bound(within, last.calendar, stopped).is_some_and(|bound| event.time > bound)
        });
        if too_late {
            slot.last = Some(last);
            if truth == Truth::True {
                self.report_anomaly(AnomalyKind::ReopenTooLate, standard, event);
            }
            return;
        }
        // It may have ended so much earlier that this comes too late.
        unsure.extend(last.end_doubts.iter().filter(|_| within.is_some()).cloned());
        if last.fell_early && !unsure.is_empty() {
            slot.last = Some(last);
            self.perhaps_one_runs(standard, Some(key), unsure.iter());
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
        // It may have been breached before it ended: then it has no other verdict, and only its account goes on.
        unsure.extend(last.unread_before().cloned());
        let mut next = last.continuation(event);
        let is_sure = unsure.is_empty();
        if !is_sure {
            next.doubt_start(unsure.into_iter().collect(), truth == Truth::True);
        }
        next.stand_still(pauses::held(&mut self.pauses, standard, key.as_ref()));
        next.follow_exemptions(plan, facts, event.time);
        if is_sure {
            next.retarget(plan, facts, (event.time, event.place));
        }
        let start = next.start;
        if is_sure && (next.target.row(), next.calendar) != (last.target.row(), last.calendar) {
            next.tell_change(last.aim(), event);
        }
        slot.running = Some(next);
        self.finished.push(last);
        self.count(standard, start);
        self.queue_clock_events(standard, key);
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
                Some(UNKNOWN_KEY.to_owned())
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
        let surely_runs = truth == Truth::True;
        let mut unsure = self.perhaps_runs(standard, &key);
        let doubts = if surely_runs { Vec::new() } else { self.start_doubts(standard, event, at) };
        if matches!(self.key(standard, event), EventKey::Unknown) {
            // Of several whose keys cannot be told, each may be of any.
            self.perhaps_one_runs(standard, None, doubts.iter());
        }
        unsure.extend(doubts);
        let slot = self.clocks.entry(standard).or_default().entry(key.clone()).or_default();
        if let Some(running) = &mut slot.running {
            let gives_way = !running.surely_runs && surely_runs && !first_only;
            if !gives_way {
                if !running.surely_runs && !surely_runs {
                    // If that one did not start, this may have.
                    running.doubts.extend(unsure);
                }
                if !first_only && surely_runs {
                    self.report_anomaly(AnomalyKind::StartWhileRunning, standard, event);
                }
                return;
            }
            // If that one did start, this does not: a clock runs from here on, but nobody knows which.
            running.close(at);
            unsure.extend(running.doubts.iter().cloned());
            self.ended(standard, &key);
        } else if first_only && slot.started {
            return;
        }
        let (own, unsure) = (StartFields::of(event), Some(unsure).filter(|unsure| !unsure.is_empty()));
        self.begin(standard, key, Start { event, own, at, unsure, surely_runs });
    }

    /// Why it cannot be told whether an event starts a clock.
    fn start_doubts(&self, standard: usize, event: &Occurrence<'l>, at: Instant) -> Vec<UnknownFact> {
        let graph = self.plan.graph;
        let about = EvidenceKind::Started;
        let mut doubts = self.condition_doubts(standard, event, &StartFields::of(event), at, about);
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
        about: EvidenceKind,
    ) -> Vec<UnknownFact> {
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(own).started(at);
        let fields = unknown_fields(self.plan.graph, facts, self.plan.start_conditions(standard, about));
        fields.into_iter().map(|field| UnknownFact { about, field, place: Some(event.place) }).collect()
    }

    fn begin(&mut self, standard: usize, key: Option<String>, start: Start<'_, 'l>) {
        let Start { event, own, at, unsure, surely_runs } = start;
        let plan = self.plan;
        let facts = self.fields.facts(plan.graph, &self.latest);
        let (calendar, counted) = plan.calendar_for(standard, facts.about(&own).started(at));
        let uncounted = || (!counted).then(|| self.condition_doubts(standard, event, &own, at, EvidenceKind::Counted));
        let doubts = unsure.map(|unsure| unsure.into_iter().collect()).or_else(uncounted);
        let mut instance = ClockRun::start(plan, Beginning { standard, at, calendar }, key.clone(), event, own);
        let is_sure = doubts.is_none();
        doubts.into_iter().for_each(|doubts| instance.doubt_start(doubts, surely_runs));
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
        self.queue_clock_events(standard, &key);
    }
}
