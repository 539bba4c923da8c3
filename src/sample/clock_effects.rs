//! What an event does to the clocks of its case.

use std::rc::Rc;

use super::agenda::AgendaItem;
use super::agenda::Hold;
use super::clock::{Clock, stop_kind};
use super::facts::Facts;
use super::played::Outcome;
use super::timeline::CaseTimeline;

use crate::calendar::Duration;
use crate::graph::{ClockEvent, Standard, Trigger};
use crate::vocabulary::{Reading, Value};

/// Where nothing says how long something takes.
const HOUR: Duration = Duration::from_hours(1);
const MINUTE: Duration = Duration::from_minutes(1);

impl<'w> CaseTimeline<'w> {
    /// Lets an event act on pauses and on every clock: stop, cancel, restart, resume, pause, reopen, start.
    pub(super) fn apply(&mut self, kind: usize, fields: &Rc<[Reading]>) {
        self.hold(kind, fields);
        for index in 0..self.clocks.len() {
            self.touch(index, kind, fields);
        }
        for index in 0..self.clocks.len() {
            self.go_on_after_end(index, kind, fields);
        }
        for (index, standard) in self.world.graph.standards.iter().enumerate() {
            match standard.delay {
                _ if !standard.starts.iter().any(|start| start.event == kind) => {}
                Some(delay) => self.cue_in(delay, AgendaItem::Start { standard: index, kind, fields: fields.clone() }),
                None => self.start(index, kind, fields),
            }
        }
        self.cue_asides(Some(kind));
    }

    /// Keeps what pauses and what ends pauses: what would stop or cancel a clock ends them all.
    fn hold(&mut self, kind: usize, fields: &[Reading]) {
        let mut holds = Vec::new();
        let facts = self.facts().about(kind, fields);
        for (standard, declared) in self.world.graph.standards.iter().enumerate() {
            let mut keep = |triggers: &[Trigger], line: Option<usize>, begins: bool| {
                if any_of(facts, triggers, kind) {
                    holds.push(Hold { standard, key: key_of(declared, kind, fields), line, begins });
                }
            };
            if declared.pauses.is_empty() {
                continue;
            }
            keep(&declared.stops, None, false);
            keep(&declared.cancels, None, false);
            declared.pauses.iter().enumerate().for_each(|(line, pause)| keep(&pause.on, Some(line), true));
            declared.pauses.iter().enumerate().for_each(|(line, pause)| keep(&pause.resume, Some(line), false));
        }
        self.holds.extend(holds);
    }

    /// A clock that begins to count stands still by what is on hold.
    fn stand_still(&mut self, index: usize) {
        let Some(clock) = self.clocks.get(index) else { return };
        let Some(standard) = self.world.graph.standards.get(clock.standard) else { return };
        let of = |hold: &&Hold| hold.standard == clock.standard && (hold.key.is_none() || hold.key == clock.key);
        let holds: Vec<&Hold> = self.holds.iter().filter(of).collect();
        let last = |line: usize| holds.iter().rev().find(|hold| hold.line.is_none_or(|of| of == line));
        let lines: Vec<usize> =
            (0..standard.pauses.len()).filter(|line| last(*line).is_some_and(|hold| hold.begins)).collect();
        for line in lines {
            let (calendars, now) = (&self.world.calendars, self.now);
            if let Some(clock) = self.clocks.get_mut(index) {
                clock.pause(line, calendars, now);
            }
            self.cue_resume(index, line);
        }
    }

    fn touch(&mut self, index: usize, kind: usize, fields: &[Reading]) {
        let Some(clock) = self.clocks.get(index).filter(|clock| clock.runs()) else { return };
        let Some(standard) = self.world.graph.standards.get(clock.standard) else { return };
        if !speaks_of(standard, clock, kind, fields) {
            return;
        }
        let facts = self.facts().about(kind, fields);
        if any_of(facts, &standard.stops, kind) {
            self.stopped(index, standard, kind);
        } else if any_of(facts, &standard.cancels, kind) {
            self.cancelled(index);
        } else if any_of(facts, &standard.restarts, kind) {
            self.restarted(index);
        } else {
            self.paused_or_resumed(index, standard, kind, fields);
        }
    }

    fn stopped(&mut self, index: usize, standard: &'w Standard, kind: usize) {
        let late = self.end(index, Outcome::InTime) == Some(Outcome::Late);
        self.let_down |= late;
        self.tell_met(index, late);
        let wait = self.random.seconds(10, 300);
        self.cue_in(wait, AgendaItem::Open);
        self.cue_asides(None);
        if self.world.closing.is_some() {
            let wait = self.random.seconds(3600, 86_400);
            self.cue_in(wait, AgendaItem::Close { tries: 8 });
        }
        self.think_of_an_action(index, kind, late);
        self.cue_reopening(index, standard);
    }

    /// What waits for a clock that is met, goes on.
    fn tell_met(&mut self, index: usize, late: bool) {
        let world = self.world;
        let Some(clock) = self.clocks.get(index).filter(|_| !late) else { return };
        for (kind, _) in world.turns_of(clock.standard).filter(|(_, what)| *what == ClockEvent::Met) {
            self.apply(kind, &Rc::from([]));
        }
    }

    /// Who has given up seldom goes on with anything else.
    fn cancelled(&mut self, index: usize) {
        self.end(index, Outcome::Cancelled);
        if self.random.chance(80) {
            self.openings.clear();
        }
    }

    /// Ends a clock as `outcome`, unless it is late; how it ended in truth.
    fn end(&mut self, index: usize, outcome: Outcome) -> Option<Outcome> {
        let (calendars, now) = (&self.world.calendars, self.now);
        let clock = self.clocks.get_mut(index)?;
        let outcome = if clock.is_beyond(clock.elapsed(calendars, now)) { Outcome::Late } else { outcome };
        clock.end(outcome, calendars, now);
        Some(outcome)
    }

    fn restarted(&mut self, index: usize) {
        let (calendars, now) = (&self.world.calendars, self.now);
        if let Some(clock) = self.clocks.get_mut(index) {
            clock.disturbed = true;
            clock.restart(calendars, now);
        }
        self.aim(index);
        self.stand_still(index);
    }

    fn paused_or_resumed(&mut self, index: usize, standard: &Standard, kind: usize, fields: &[Reading]) {
        for (line, pause) in standard.pauses.iter().enumerate() {
            let facts = self.facts().about(kind, fields);
            let (pauses, resumes) = (any_of(facts, &pause.on, kind), any_of(facts, &pause.resume, kind));
            let (calendars, now) = (&self.world.calendars, self.now);
            let Some(clock) = self.clocks.get_mut(index) else { return };
            if pauses && !clock.is_paused_by(line) {
                clock.pause(line, calendars, now);
                self.cue_resume(index, line);
            } else if resumes {
                clock.resume(line, now);
            }
        }
    }

    /// Sooner or later a pause ends; a few never do.
    fn cue_resume(&mut self, index: usize, line: usize) {
        let Some(clock) = self.clocks.get(index) else { return };
        let (calendar, whole) = (clock.calendar, clock.budget.unwrap_or(HOUR).max(MINUTE));
        let wait = self.random.part(whole, 10, 120);
        let until = self.world.calendars.counting(calendar).due(self.now, wait);
        if let Some(until) = until.filter(|_| self.random.chance(97)) {
            self.cue_at(until, AgendaItem::Resume { clock: index, line });
        }
    }

    fn cue_reopening(&mut self, index: usize, standard: &Standard) {
        let Some(clock) = self.clocks.get_mut(index) else { return };
        let Some(reopen) = standard.reopens.first().filter(|_| !clock.disturbed) else { return };
        if !self.random.chance(10) {
            return;
        }
        clock.disturbed = true;
        let until = reopen.within.map(|within| self.world.calendars.end_on_wall(within, clock.calendar, self.now));
        let span = until.flatten().map_or(HOUR.saturating_mul(48), |until| until.since(self.now));
        let wait = self.random.part(span, 2, 60);
        self.cue_in(wait, AgendaItem::Reopen { clock: index, line: 0 });
    }

    /// A clock that has ended goes on if the event reopens it, and it is the last of its kind.
    fn go_on_after_end(&mut self, index: usize, kind: usize, fields: &[Reading]) {
        let Some(clock) = self.clocks.get(index) else { return };
        let (Some(standard), Some(ended)) = (self.world.graph.standards.get(clock.standard), clock.ended) else {
            return;
        };
        let later = |other: &Clock| other.standard == clock.standard && other.key == clock.key;
        let is_last = !self.clocks.iter().skip(index + 1).any(later);
        if !is_last || ended >= self.now || !speaks_of(standard, clock, kind, fields) {
            return;
        }
        let facts = self.facts().about(kind, fields);
        let reopened = standard.reopens.iter().any(|reopen| {
            let until = reopen.within.map(|within| self.world.calendars.end_on_wall(within, clock.calendar, ended));
            let in_time = until.is_none_or(|until| until.is_some_and(|until| self.now <= until));
            in_time && any_of(facts, &reopen.on, kind)
        });
        if reopened {
            let now = self.now;
            if let Some(clock) = self.clocks.get_mut(index) {
                clock.go_on(now);
            }
            self.aim(index);
            self.stand_still(index);
        }
    }

    /// Starts a clock of a standard, if the event does.
    pub(super) fn start(&mut self, standard: usize, kind: usize, fields: &Rc<[Reading]>) {
        let world = self.world;
        let Some(declared) = world.graph.standards.get(standard) else { return };
        let facts = self.facts().about(kind, fields);
        let key = key_of(declared, kind, fields);
        let mut earlier = self.clocks.iter().filter(|clock| clock.standard == standard && clock.key == key);
        let taken = earlier.any(|clock| clock.runs() || declared.first);
        if taken || !any_of(facts, &declared.starts, kind) || declared.key.is_some() != key.is_some() {
            return;
        }
        let row = declared.counting.iter().find(|row| facts.surely(row.condition.as_ref()));
        let calendar = row.map(|row| row.calendar);
        let late = self.fate(declared, key.as_ref());
        let own = (kind, fields.clone());
        let clock = Clock::start((standard, key), own, self.now, calendar, late, &world.calendars);
        self.clocks.push(clock);
        let index = self.clocks.len() - 1;
        self.aim(index);
        self.stand_still(index);
    }

    /// Whether the stop is meant to come late: clocks of one case that share it share their luck.
    fn fate(&mut self, standard: &Standard, key: Option<&Value>) -> bool {
        let stop = stop_kind(standard);
        let known = self.fates.iter().find(|(kind, of, _)| *kind == stop && of.as_ref() == key);
        if let Some((_, _, late)) = known {
            return *late;
        }
        let late = self.random.share(self.world.request.breaches);
        self.fates.push((stop, key.cloned(), late));
        late
    }

    /// Events that no rule mentions, in the wake of one that some rule does.
    fn cue_asides(&mut self, after: Option<usize>) {
        let world = self.world;
        for aside in world.asides.iter().filter(|aside| aside.after == after) {
            let percent = if world.asides.len() <= 4 || world.is_judged(aside.kind) { 30 } else { 15 };
            if self.random.chance(percent) {
                let wait =
                    if after.is_some() { self.random.seconds(60, 3600) } else { self.random.seconds(600, 86_400) };
                self.cue_in(wait, AgendaItem::Aside(aside.kind));
            }
        }
    }
}

/// Whether an event is one of `triggers`.
pub(super) fn any_of(facts: Facts<'_>, triggers: &[Trigger], kind: usize) -> bool {
    triggers.iter().any(|trigger| trigger.event == kind && facts.surely(trigger.filter.as_ref()))
}

/// Whether an event speaks of a clock: of its key, or of all keys.
pub(super) fn speaks_of(standard: &Standard, clock: &Clock, kind: usize, fields: &[Reading]) -> bool {
    let declares = standard.key.as_ref().is_some_and(|key| key.slots.get(kind).copied().flatten().is_some());
    !declares || key_of(standard, kind, fields) == clock.key
}

/// The value of the `per` field that an event names.
fn key_of(standard: &Standard, kind: usize, fields: &[Reading]) -> Option<Value> {
    let slot = standard.key.as_ref()?.slots.get(kind).copied().flatten()?;
    fields.get(slot).and_then(Reading::known).cloned()
}
