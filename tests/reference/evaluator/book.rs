//! The clocks of one standard in one case, and what an event does to them.

use super::super::model::*;
use super::instance::{Granted, Instance, Target};
use super::passing::{due_as_it_stands, has_opened, is_past};
use super::scene::{Of, Scene, all_agree, any};
use super::{Happening, Key, Verdict};

pub struct Book<'w> {
    pub index: usize,
    pub standard: &'w Standard,
    /// Of how many standards, one upon the other, it waits to hear.
    pub depth: usize,
    /// The parts of a target at which something fires.
    pub marks: Vec<Mark>,
    pub instances: Vec<Instance>,
    /// Delayed starts: when, and by which event.
    pub scheduled: Vec<(Minute, Happening)>,
    /// What may have let a clock begin, and what surely ended all: in the order in which it came.
    pub perhaps: Vec<Perhaps>,
    /// What has begun and ended pauses so far, whether or not a clock ran.
    pub holds: Vec<Hold>,
    /// Escalations so far: the role told, if it can be read.
    pub told: Vec<Option<usize>>,
    /// What came about, but for `met`, and nobody has heard of yet.
    pub fallen: Vec<Happening>,
    pub met: Vec<Happening>,
}

/// A part of a target at which something fires.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A level of the escalation.
    Level(usize),
    /// `S at P%`, wherever somebody speaks of it.
    Part(i64),
}

impl Mark {
    pub fn percent(self, standard: &Standard) -> i64 {
        match self {
            Mark::Level(level) => standard.escalation[level].percent,
            Mark::Part(percent) => percent,
        }
    }
}

/// That a clock may have begun, of a key or of any, or that none runs any more.
pub enum Perhaps {
    Begun(Option<Key>),
    Ended(Happening),
}

/// What an event did to pauses.
pub struct Hold {
    /// Of one line, or of all.
    line: Option<usize>,
    begins: bool,
    outcome: Truth,
    by: Happening,
}

/// What an event does to an instance.
#[derive(Clone, Copy, PartialEq)]
pub enum Truth {
    Yes,
    No,
    Unknown,
}

impl<'w> Book<'w> {
    pub fn of(world: &'w World, index: usize) -> Self {
        let standard = &world.standards[index];
        let mut marks: Vec<Mark> = (0..standard.escalation.len()).map(Mark::Level).collect();
        let mut parts = world.parts_of(index);
        parts.sort_unstable();
        parts.dedup();
        marks.extend(parts.into_iter().map(Mark::Part));
        let (instances, scheduled, holds, told) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Book {
            index,
            standard,
            depth: world.depth_of(index),
            marks,
            instances,
            scheduled,
            perhaps: Vec::new(),
            holds,
            told,
            fallen: Vec::new(),
            met: Vec::new(),
        }
    }

    // ── Inside one event ──

    /// The clocks that run, in the order of their keys: there is one a key.
    pub fn running(&self) -> Vec<usize> {
        let mut running: Vec<usize> = (0..self.instances.len()).filter(|index| self.instances[*index].runs).collect();
        running.sort_by_key(|index| self.instances[*index].key);
        running
    }

    /// Until due, targets follow the case.
    pub fn follow_targets(&mut self, scene: &Scene, now: Minute) {
        for index in self.running() {
            if self.instances[index].verdict.is_none() && self.follow_hours(scene, index, now) {
                let target = scene.target(self.standard, &self.instances[index]);
                let instance = &mut self.instances[index];
                if target != instance.target {
                    instance.target = target;
                    instance.forget_reached();
                    self.fall_if_behind(scene, index, now);
                }
            }
        }
    }

    /// What has counted stays, from now on other hours count. Where it cannot be told which, nobody knows any
    /// more what comes of it. Whether it can be told.
    fn follow_hours(&mut self, scene: &Scene, index: usize, now: Minute) -> bool {
        if self.standard.hours_fixed {
            return true;
        }
        let instance = &self.instances[index];
        let calendars = scene.possible(&self.standard.counting, Of::clock(instance));
        let calendar = calendars.first().map(|calendar| **calendar);
        let (is_known, changes) = (all_agree(&calendars), calendar != instance.calendar);
        let instance = &mut self.instances[index];
        if !is_known {
            instance.verdict = Some(Verdict::Undetermined);
            instance.fell_early = true;
            instance.uncounted = true;
        } else if changes {
            instance.calendar = calendar;
            instance.counted_from = instance.counted_from.min(now);
            instance.hours_since = now;
            instance.forget_reached();
        }
        is_known
    }

    pub fn act(&mut self, scene: &Scene, event: &Happening) {
        let standard = self.standard;
        self.end(scene, event, &standard.stops, None);
        self.hold(scene, event, &standard.stops, None, false);
        self.end(scene, event, &standard.cancels, Some(Verdict::Cancelled));
        self.hold(scene, event, &standard.cancels, None, false);
        self.restart(scene, event);
        for (line, pause) in standard.pauses.iter().enumerate() {
            self.pause(scene, event, line);
            self.hold(scene, event, &pause.on, Some(line), true);
        }
        for (line, pause) in standard.pauses.iter().enumerate() {
            self.resume(scene, event, line);
            self.hold(scene, event, &pause.resume, Some(line), false);
        }
        self.extend(scene, event);
        self.reopen(scene, event);
        self.start(scene, event);
        self.escalate(event);
    }

    /// More has elapsed than a new target gives: the breach is at the change, before anything else
    /// that the event does.
    fn fall_if_behind(&mut self, scene: &Scene, index: usize, now: Minute) {
        let instance = &self.instances[index];
        let behind = match instance.target {
            Target::Undecided | Target::Nothing => false,
            Target::Budget(budget) => 2 * instance.elapsed > budget.most(),
            Target::Promised(due) => !due.admits(now),
        };
        if behind && instance.verdict.is_none() {
            self.fall(scene, index, now, now);
        }
    }

    /// A clock is breached while it runs, unless that is excused; after a doubt nobody knows.
    /// It is excused by what holds in the last minute of its time.
    pub fn fall(&mut self, scene: &Scene, index: usize, now: Minute, last: Minute) {
        let instance = &self.instances[index];
        let verdict = match self.is_excused(scene, instance, last) {
            None => Verdict::Undetermined,
            Some(_) if instance.doubtful => Verdict::Undetermined,
            Some(true) => Verdict::Exempt,
            Some(false) => Verdict::Breached,
        };
        if verdict != Verdict::Exempt {
            let breach = self.news_of(instance, What::Breach(self.index), now, verdict == Verdict::Breached);
            self.fallen.push(breach);
        }
        let instance = &mut self.instances[index];
        instance.verdict = Some(verdict);
        instance.fell_early = true;
        instance.due = Some(now);
    }

    /// What comes of a clock happens like an event that has no fields, and speaks of the clock's key.
    pub fn news_of(&self, instance: &Instance, what: What, at: Minute, is_sure: bool) -> Happening {
        let leg = match instance.key {
            Key::Whole => None,
            Key::Leg(leg) => Some(Some(leg)),
            Key::Unknown => Some(None),
        };
        Happening { at, what, is_sure, own: Own::default(), leg, role: None }
    }

    /// A stop or a cancel. Unknown, it counts as not happened and leaves a doubt.
    fn end(&mut self, scene: &Scene, event: &Happening, triggers: &[Trigger], cancelled: Option<Verdict>) {
        if self.outcome(scene, event, triggers) == Truth::Yes {
            self.perhaps.push(Perhaps::Ended(event.clone()));
        }
        for index in self.running() {
            let touched = self.touches(scene, event, triggers, &self.instances[index]);
            let at_stop = match self.instances[index].target {
                Target::Undecided => Verdict::Undetermined,
                Target::Nothing => Verdict::NoTarget,
                Target::Budget(_) | Target::Promised(_) => Verdict::Met,
            };
            // Without a target that can be told, it may have been breached before; of no target, nothing is cancelled.
            let verdict = cancelled.filter(|_| at_stop == Verdict::Met).unwrap_or(at_stop);
            match touched {
                Truth::No => {}
                Truth::Unknown => {
                    self.instances[index].perhaps_end(Some(verdict));
                    let verdict = self.instances[index].verdict.unwrap_or(verdict);
                    if cancelled.is_none() && matches!(verdict, Verdict::Met | Verdict::Undetermined) {
                        let met = self.news_of(&self.instances[index], What::Met(self.index), event.at, false);
                        self.met.push(met);
                    }
                }
                Truth::Yes => {
                    let due = due_as_it_stands(scene, &self.instances[index], event.at);
                    let instance = &mut self.instances[index];
                    if instance.verdict.is_none() {
                        // It still runs without a breach: this is in time.
                        instance.verdict = Some(instance.as_far_as_told(verdict));
                        instance.due = due.map(|due| due.minute);
                    }
                    instance.close(event.at);
                    if cancelled.is_none() {
                        self.tell_met(index, event.at);
                    }
                }
            }
        }
    }

    /// Where a verdict cannot be told at the stop, nor can it be told whether it is met; and if it may have been
    /// stopped before, it may have been met then.
    fn tell_met(&mut self, index: usize, now: Minute) {
        let instance = &self.instances[index];
        let is_sure = match instance.verdict {
            Some(Verdict::Met) => !instance.perhaps_ended,
            Some(Verdict::Undetermined) => false,
            _ => return,
        };
        let met = self.news_of(instance, What::Met(self.index), now, is_sure);
        self.met.push(met);
    }

    /// Before the verdict it keeps the instance, and what has fired: it zeroes elapsed and drops its pauses
    /// and extensions. After it, it closes the instance and opens a new one, as sure as the old one.
    fn restart(&mut self, scene: &Scene, event: &Happening) {
        for index in self.running() {
            match self.touches(scene, event, &self.standard.restarts, &self.instances[index]) {
                Truth::No => {}
                Truth::Unknown if self.instances[index].verdict.is_some() => self.instances[index].perhaps_end(None),
                Truth::Unknown => {
                    let shorter = self.may_be_shorter_anew(&self.instances[index]);
                    let instance = &mut self.instances[index];
                    instance.possible.extend(shorter.then_some(Verdict::Breached));
                    instance.doubt();
                }
                Truth::Yes => {
                    let old = &self.instances[index];
                    let own = Own {
                        leg: event.own.leg.or(old.own.leg),
                        fit: event.own.fit.or(old.own.fit),
                        deadline: event.own.deadline.or(old.own.deadline),
                        is_untold: old.own.is_untold,
                    };
                    if old.verdict.is_some() {
                        let unsure = old.unsure || old.uncounted || old.doubtful || old.perhaps_ended;
                        let (key, surely_runs) = (old.key, old.surely_runs && !old.perhaps_ended);
                        self.instances[index].close(event.at);
                        self.open(scene, key, event.at, own, (unsure, surely_runs));
                        continue;
                    }
                    let calendars = scene.possible(&self.standard.counting, Of { own, start: Some(old.start) });
                    let chosen = calendars.first().filter(|_| !self.standard.hours_fixed && all_agree(&calendars));
                    let calendar = chosen.map_or(old.calendar, |calendar| Some(**calendar));
                    let counted_from = scene.received(calendar, event.at);
                    let instance = &mut self.instances[index];
                    instance.own = own;
                    instance.elapsed = 0;
                    instance.calendar = calendar;
                    instance.days_from = (calendar, counted_from);
                    (instance.counted_from, instance.hours_since) = (counted_from, counted_from);
                    instance.counted.clear();
                    instance.granted = Granted::default();
                    instance.forget_reached();
                    self.begin_counting(scene, index, event.at);
                }
            }
        }
    }

    /// Whether a clock may have less time if it begins anew: without what was granted, by what the restarting
    /// event says, or to the end of a day without the pauses before.
    fn may_be_shorter_anew(&self, instance: &Instance) -> bool {
        let in_days =
            |promise: &Promise| matches!(promise, Promise::Within(Limit::WorkingDays(_) | Limit::CalendarDays(..)));
        let said_at_the_start = |(promise, condition): &(Promise, Option<Condition>)| {
            *promise == Promise::DueAtDeadline || condition.as_ref().is_some_and(reads_fit)
        };
        !instance.granted.used.is_empty()
            || self.standard.targets.iter().any(|row| in_days(&row.0) || said_at_the_start(row))
            || self.standard.counting.iter().flat_map(|(_, condition)| condition).any(reads_fit)
    }

    /// With a start, a restart or a reopening: what is on hold stands still from the beginning, and so does what
    /// an exemption stops.
    fn begin_counting(&mut self, scene: &Scene, index: usize, now: Minute) {
        self.stand_still(index);
        self.instances[index].exempted = self.stopping(scene, index, now);
        if self.instances[index].verdict.is_none() && !self.follow_hours(scene, index, now) {
            return;
        }
        let target = scene.target(self.standard, &self.instances[index]);
        self.instances[index].target = target;
        self.fall_if_behind(scene, index, now);
    }

    fn pause(&mut self, scene: &Scene, event: &Happening, line: usize) {
        for index in self.running() {
            let touched = self.touches(scene, event, &self.standard.pauses[line].on, &self.instances[index]);
            if touched == Truth::Yes {
                self.note_reached(scene, index, event.at);
            }
            let instance = &mut self.instances[index];
            match touched {
                Truth::No => {}
                Truth::Unknown if instance.paused[line] => {}
                Truth::Unknown => instance.doubt_time(),
                Truth::Yes => instance.paused[line] = true,
            }
        }
    }

    /// What an event does to pauses, whether or not a clock runs: what would stop or cancel one ends them all.
    fn hold(&mut self, scene: &Scene, event: &Happening, triggers: &[Trigger], line: Option<usize>, begins: bool) {
        let outcome = self.outcome(scene, event, triggers);
        if outcome != Truth::No {
            self.holds.push(Hold { line, begins, outcome, by: event.clone() });
        }
    }

    /// A clock takes over the pauses as they stand for its key.
    fn stand_still(&mut self, index: usize) {
        for line in 0..self.standard.pauses.len() {
            let (on, doubtful) = self.is_on_hold(self.instances[index].key, line);
            self.instances[index].paused[line] = on;
            if doubtful {
                self.instances[index].doubt_time();
            }
        }
    }

    /// Whether a line is on for a key, and whether something unknown may have made it so. An unknown pause
    /// counts as not happened, an unknown end as happened.
    fn is_on_hold(&self, key: Key, line: usize) -> (bool, bool) {
        let (mut on, mut doubtful) = (false, false);
        for hold in self.holds.iter().filter(|hold| hold.line.is_none_or(|of| of == line)) {
            match (hold.outcome, self.concerns(&hold.by, key)) {
                (Truth::No, _) | (_, Truth::No) => {}
                (Truth::Yes, Truth::Yes) => (on, doubtful) = (hold.begins, false),
                _ if hold.begins => doubtful |= !on,
                _ => (on, doubtful) = (false, doubtful || on),
            }
        }
        (on, doubtful)
    }

    /// A pause that begins at the very instant does not move what has been reached.
    pub fn note_reached(&mut self, scene: &Scene, index: usize, now: Minute) {
        let instance = &self.instances[index];
        if instance.is_paused() {
            return;
        }
        let is_reached = |mark: &Mark| is_past(scene, instance, mark.percent(self.standard), now);
        let reached = self.marks.iter().map(is_reached).collect();
        let had_opened = has_opened(scene, instance, now);
        let instance = &mut self.instances[index];
        instance.reached = reached;
        instance.had_opened = had_opened;
    }

    /// Unknown, it counts as happened.
    fn resume(&mut self, scene: &Scene, event: &Happening, line: usize) {
        for index in self.running() {
            let touched = self.touches(scene, event, &self.standard.pauses[line].resume, &self.instances[index]);
            let instance = &mut self.instances[index];
            if touched == Truth::No || !instance.paused[line] {
                continue;
            }
            instance.paused[line] = false;
            if touched == Truth::Unknown {
                instance.doubt_time();
            }
        }
    }

    /// Acts when no instance of its key runs: a continuation, the gap being a pause.
    fn reopen(&mut self, scene: &Scene, event: &Happening) {
        let Some(reopen) = &self.standard.reopen else { return };
        let outcome = self.outcome(scene, event, &reopen.on);
        if outcome == Truth::No {
            return;
        }
        let mut keys: Vec<Key> = self.instances.iter().map(|instance| instance.key).collect();
        // A clock whose key cannot be told may be of any, and run again.
        if keys.contains(&Key::Unknown) {
            self.perhaps.push(Perhaps::Begun(None));
        }
        keys.sort();
        keys.dedup();
        for key in keys {
            let Some(last) = self.last_of(key) else { continue };
            let old = &self.instances[last];
            let sure = match (outcome, self.concerns(event, key)) {
                (_, Truth::No) => continue,
                (Truth::Yes, Truth::Yes) => true,
                _ => false,
            };
            if old.runs {
                // One that may run already runs now.
                self.instances[last].surely_runs |= sure;
                continue;
            }
            let Some(stop) = old.stop else { continue };
            // Calendar days are the service's here, whatever the clock counts.
            let in_time = |limit| match limit {
                Limit::CalendarDays(..) => scene.end_of(limit, stop, None).admits(event.at),
                _ => scene.end_of(limit, stop, old.calendar).admits(event.at),
            };
            if !reopen.within.is_none_or(in_time) {
                continue;
            }
            // It may run already, or have ended so much earlier that this comes too late.
            let doubtful = self.perhaps_runs(key) || reopen.within.is_some() && old.perhaps_ended;
            match (sure && !doubtful, old.fell_early) {
                (true, _) => self.continue_with(scene, last, event.at, None),
                (false, true) => self.perhaps.push(Perhaps::Begun(Some(key))),
                (false, false) => self.continue_with(scene, last, event.at, Some(sure)),
            }
        }
    }

    /// `unsure`: if nobody knows whether it is continued here, whether one surely runs from here on.
    fn continue_with(&mut self, scene: &Scene, last: usize, now: Minute, unsure: Option<bool>) {
        // What was reached as it ended did not come of it: it does now, unless it stands still.
        self.instances[last].forget_reached();
        // A verdict that fell while it ran stays: only the account goes on.
        if self.instances[last].fell_early {
            let old = &mut self.instances[last];
            old.runs = true;
            old.stop = None;
            old.surely_runs = true;
            self.stand_still(last);
            self.instances[last].exempted = self.stopping(scene, last, now);
            return;
        }
        let old = &self.instances[last];
        let continued = Instance {
            ordinal: self.ordinal(old.key, old.start),
            verdict: unsure.map(|_| Verdict::Undetermined),
            fell_early: unsure.is_some(),
            unsure: unsure.is_some(),
            surely_runs: unsure.unwrap_or(true),
            possible: Vec::new(),
            perhaps_ended: false,
            due: None,
            stop: None,
            runs: true,
            duties: Vec::new(),
            grants: Vec::new(),
            ..old.clone()
        };
        self.instances.push(continued);
        self.begin_counting(scene, self.instances.len() - 1, now);
    }

    fn start(&mut self, scene: &Scene, event: &Happening) {
        match self.standard.delay {
            Some(delay) => self.scheduled.push((event.at + delay, event.clone())),
            None => self.start_at(scene, event.at, event),
        }
    }

    /// A start while running is ignored; with `first`, so is every start but the first of its key.
    pub fn start_at(&mut self, scene: &Scene, at: Minute, event: &Happening) {
        let outcome = self.outcome(scene, event, &self.standard.starts);
        if outcome == Truth::No {
            return;
        }
        let key = match (self.standard.per_leg, event.leg.flatten()) {
            (false, _) => Key::Whole,
            (true, Some(leg)) => Key::Leg(leg),
            (true, None) => Key::Unknown,
        };
        let sure = outcome == Truth::Yes && key != Key::Unknown;
        let mut unsure = !sure || self.perhaps_runs(key);
        // Of several whose keys nobody knows, each may be of any.
        if key == Key::Unknown {
            self.perhaps.push(Perhaps::Begun(None));
        }
        if let Some(last) = self.last_of(key) {
            let running = &mut self.instances[last];
            // A sure start replaces one of which it is not known whether it was one; if it was, this is none.
            let replaces = sure && !running.surely_runs;
            if self.standard.first || running.runs && !replaces {
                return;
            }
            if running.runs {
                running.close(at);
                unsure = true;
            }
        }
        self.open(scene, key, at, event.own, (unsure, sure));
    }

    /// Whether something may have let a clock of a key begin, and nothing has surely ended it since. Of first
    /// starts the first is the only one, whatever ends it.
    fn perhaps_runs(&self, key: Key) -> bool {
        self.perhaps.iter().fold(false, |runs, perhaps| match perhaps {
            Perhaps::Begun(of) => runs || of.is_none_or(|of| of == key),
            Perhaps::Ended(by) => runs && (self.standard.first || self.concerns(by, key) != Truth::Yes),
        })
    }

    /// Escalations are seen by every duty that is open.
    fn escalate(&mut self, event: &Happening) {
        if event.what != What::Logged(Kind::Told) {
            return;
        }
        self.told.push(event.role);
        for duty in self.instances.iter_mut().flat_map(|instance| &mut instance.duties) {
            duty.told(event.at, event.role, &self.standard.escalation);
        }
    }

    // ── What an event means ──

    /// Whether an event happens, by any of the triggers.
    fn outcome(&self, scene: &Scene, event: &Happening, triggers: &[Trigger]) -> Truth {
        let triggers = triggers.iter().filter(|trigger| trigger.on == event.what);
        let happened: Vec<Option<bool>> =
            triggers.map(|trigger| scene.is_true(&trigger.filter, Of::event(event))).collect();
        match any(&happened) {
            Some(false) => Truth::No,
            Some(true) if event.is_sure => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// Whether an event is about the clocks of a key. One that does not declare the field is about
    /// all of them; one that declares it and does not say may be.
    fn concerns(&self, event: &Happening, key: Key) -> Truth {
        match event.leg {
            Some(leg) if self.standard.per_leg => match leg {
                None => Truth::Unknown,
                Some(leg) if key == Key::Leg(leg) => Truth::Yes,
                Some(_) => Truth::No,
            },
            _ => Truth::Yes,
        }
    }

    pub fn touches(&self, scene: &Scene, event: &Happening, triggers: &[Trigger], instance: &Instance) -> Truth {
        match (self.outcome(scene, event, triggers), self.concerns(event, instance.key)) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    // ── Clocks ──

    /// `unsure`: whether nobody knows that it begins here; and whether one surely runs from here on.
    fn open(&mut self, scene: &Scene, key: Key, at: Minute, own: Own, (unsure, surely_runs): (bool, bool)) {
        let calendars = scene.possible(&self.standard.counting, Of { own, start: Some(at) });
        let calendar = calendars.first().map(|calendar| **calendar);
        let uncounted = !all_agree(&calendars);
        let counted_from = scene.received(calendar, at);
        self.instances.push(Instance {
            key,
            start: at,
            ordinal: self.ordinal(key, at),
            own,
            told_before: self.told.len(),
            calendar,
            days_from: (calendar, counted_from),
            counted_from,
            hours_since: counted_from,
            counted: Vec::new(),
            target: Target::Undecided,
            granted: Granted::default(),
            grants: Vec::new(),
            elapsed: 0,
            overshoot: 0,
            paused: vec![false; self.standard.pauses.len()],
            exempted: vec![false; scene.around.world.exemptions.len()],
            unsure,
            uncounted,
            doubtful: false,
            doubtful_since: false,
            possible: Vec::new(),
            perhaps_ended: false,
            surely_runs: surely_runs || !unsure,
            verdict: (unsure || uncounted).then_some(Verdict::Undetermined),
            fell_early: unsure || uncounted,
            due: None,
            stop: None,
            runs: true,
            fired: vec![false; self.marks.len()],
            reached: vec![false; self.marks.len()],
            had_opened: false,
            duties: Vec::new(),
        });
        self.begin_counting(scene, self.instances.len() - 1, at);
    }

    /// How many of the same key and start came before.
    fn ordinal(&self, key: Key, start: Minute) -> usize {
        self.instances.iter().filter(|other| other.key == key && other.start == start).count()
    }

    fn last_of(&self, key: Key) -> Option<usize> {
        self.instances.iter().rposition(|instance| instance.key == key)
    }
}

/// Whether a condition reads what the start said.
fn reads_fit(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(reads_fit),
        Condition::Not(inner) => reads_fit(inner),
        Condition::Test(field, _) => *field == Field::Fit,
        Condition::Special | Condition::StartedIn(_) => false,
    }
}
