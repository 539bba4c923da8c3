//! Time passes: what falls due, in order, and what that brings about.

use std::collections::BTreeMap;

use super::Case;

use crate::calendar::Instant;
use crate::engine::moments::CaseSoFar;
use crate::engine::occurrence::{ClockOf, Occurrence};
use crate::graph::ClockEvent;
use crate::log::Event;

/// What fires next.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Timer {
    at: Instant,
    /// At one instant, what others wait for comes before them: what stops a clock at due is in time.
    depth: usize,
    what: Firing,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Firing {
    Window,
    Due(usize, Option<String>),
    Part(usize, Option<String>, usize),
    Level(usize, Option<String>, usize),
    Duty(usize, Option<String>, usize),
    Start(usize),
    /// Last of all: what clocks bring about at an instant may still answer in time.
    Conduct,
}

impl<'p, 'l> Case<'p, 'l> {
    /// Fires everything that falls due before `to`, in order.
    pub fn advance(&mut self, to: Instant) {
        while let Some(timer) = self.next_timer().filter(|timer| timer.at < to) {
            self.fire(timer);
        }
    }

    fn next_timer(&self) -> Option<Timer> {
        let mut next: Option<Timer> = None;
        let mut offer = |at: Option<Instant>, depth: usize, what: &dyn Fn() -> Firing| {
            if let Some(at) = at.filter(|at| next.as_ref().is_none_or(|next| *at <= next.at)) {
                let timer = Timer { at, depth, what: what() };
                if next.as_ref().is_none_or(|next| timer < *next) {
                    next = Some(timer);
                }
            }
        };
        for (standard, slots) in self.clocks.iter().map(|(standard, slots)| (*standard, slots)) {
            let depth = self.plan.depth(standard);
            for (key, slot) in slots {
                let Some(running) = &slot.running else { continue };
                if running.verdict.is_none() {
                    offer(running.due.and_then(|due| due.at), depth, &|| Firing::Due(standard, key.clone()));
                }
                for (index, part) in running.parts.iter().enumerate().filter(|(_, part)| !part.fired) {
                    offer(part.mark.and_then(|mark| mark.at), depth, &|| Firing::Part(standard, key.clone(), index));
                }
                for (index, level) in running.levels.iter().enumerate() {
                    match &level.duty {
                        None => {
                            let at = level.mark.and_then(|mark| mark.at);
                            offer(at, depth, &|| Firing::Level(standard, key.clone(), index));
                        }
                        Some(duty) => offer(duty.waits_for(), depth, &|| Firing::Duty(standard, key.clone(), index)),
                    }
                }
            }
        }
        offer(self.plan.windows().get(self.windows_passed).copied(), 0, &|| Firing::Window);
        for (index, waiting) in self.waiting.iter().enumerate() {
            offer(Some(waiting.at), self.plan.depth(waiting.standard), &|| Firing::Start(index));
        }
        offer(self.behaviours.next(), usize::MAX, &|| Firing::Conduct);
        next
    }

    fn fire(&mut self, timer: Timer) {
        let at = timer.at;
        match timer.what {
            Firing::Window => {
                self.windows_passed += 1;
                self.follow_exemptions(at);
            }
            Firing::Due(standard, key) => {
                let plan = self.plan;
                let facts = self.fields.facts(plan.graph, &self.latest);
                let slot = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(&key));
                if let Some(running) = slot.and_then(|slot| slot.running.as_mut()) {
                    running.fall_due(plan, facts, at);
                }
                self.queue_clock_events(standard, &key);
            }
            Firing::Part(standard, key, part) => {
                let running = self.running(standard, &key);
                if let Some((running, part)) = running.and_then(|running| {
                    let at = running.parts.get_mut(part).map(|part| {
                        part.fired = true;
                        part.at
                    })?;
                    Some((running, at))
                }) {
                    running.comes_to(ClockEvent::Part(part), at, running.is_sure_of_parts());
                }
                self.queue_clock_events(standard, &key);
            }
            Firing::Level(standard, key, level) => self.fire_level(standard, &key, level, at),
            Firing::Duty(standard, key, level) => {
                let level = self.running(standard, &key).and_then(|running| running.levels.get_mut(level));
                if let Some(duty) = level.and_then(|level| level.duty.as_mut()) {
                    duty.miss();
                }
            }
            Firing::Start(index) => {
                let waiting = self.waiting.remove(index);
                self.start(waiting.standard, &waiting.event, at);
            }
            Firing::Conduct => self.behaviours.fire(self.plan, at),
        }
        self.drain_clock_events();
        self.look_at_moments(at, None);
    }

    /// Queues what happened to a clock, where a rule waits for it.
    pub(super) fn queue_clock_events(&mut self, standard: usize, key: &Option<String>) {
        let plan = self.plan;
        let case = self.index;
        let Some(running) = self.running(standard, key).filter(|running| !running.turns.is_empty()) else { return };
        let place = running.evidence.last().map(|evidence| evidence.place).unwrap_or_default();
        for turn in std::mem::take(&mut running.turns) {
            let what = turn.what;
            let Some(kind) = plan.kind_of(standard, what) else { continue };
            let clock = ClockOf { standard, key: key.clone() };
            let occurrence = Occurrence::brought_about(kind, turn, case, clock, place);
            match what {
                ClockEvent::Met => self.met.push(occurrence),
                ClockEvent::Breach | ClockEvent::Part(_) => self.pending.push_back(occurrence),
            }
        }
    }

    /// Takes in what clocks brought about, in order, and what comes of that in turn: promises that wait
    /// for each other never form a circle, so it comes to an end.
    pub(super) fn drain_clock_events(&mut self) {
        while let Some(occurrence) = self.pending.pop_front() {
            let facts = self.fields.facts(self.plan.graph, &self.latest).started(occurrence.time);
            self.sampled.extend(self.plan.sampling.take(&occurrence, facts));
            self.effects_of(&occurrence);
        }
    }

    /// Stops and releases clocks under exemptions, as things stand.
    pub(super) fn follow_exemptions(&mut self, at: Instant) {
        if self.plan.graph.exemptions.iter().all(|exemption| !exemption.stops_the_clock) {
            return;
        }
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        for slot in self.clocks.values_mut().flat_map(BTreeMap::values_mut) {
            if let Some(running) = &mut slot.running {
                running.follow_exemptions(self.plan, facts, at);
            }
        }
    }

    /// Looks whether a moment is out of control now.
    pub(super) fn look_at_moments(&mut self, at: Instant, event: Option<&Event>) {
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        let so_far = CaseSoFar { history: &self.history, end: self.behaviours.end() };
        self.moments.look(facts, so_far, at, event);
    }
}
