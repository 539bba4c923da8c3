//! The evaluator: walks a case minute by minute and does what the language page says.

use super::calendar::{OpenMinutes, Place};
use super::model::*;

/// What came of a clock or of a duty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    Met,
    Breached,
    Cancelled,
    Undetermined,
    NoTarget,
    Exempt,
    Running,
    AtRisk,
    Paused,
}

/// What came of one clock.
#[derive(Clone, PartialEq, Debug)]
pub struct Clock {
    pub key: Key,
    pub start: Minute,
    pub ordinal: usize,
    pub verdict: Verdict,
    pub due: Option<Minute>,
    pub stop: Option<Minute>,
    pub elapsed: Minute,
    pub overshoot: Minute,
    pub duties: Vec<Duty>,
}

/// The `per` value of a clock; one for all without `per`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Key {
    Whole,
    Leg(i64),
    Unknown,
}

/// What came of an escalation that fell due.
#[derive(Clone, PartialEq, Debug)]
pub struct Duty {
    pub level: usize,
    pub due: Minute,
    pub verdict: Verdict,
}

/// Judges every case of a world.
pub fn judge(world: &World) -> Vec<Vec<Clock>> {
    let Some(last) = world.cases.iter().flatten().map(|event| event.at).max() else {
        return vec![Vec::new(); world.cases.len()];
    };
    let first = world.cases.iter().flatten().map(|event| event.at).min().unwrap();
    let surroundings = Surroundings {
        world,
        service: Place::named(world.zone),
        calendars: world.calendars.iter().map(|calendar| OpenMinutes::around(calendar, first)).collect(),
        as_of: world.as_of.unwrap_or(last),
    };
    world.cases.iter().map(|events| Case::judge(&surroundings, events)).collect()
}

/// All that stays the same from case to case.
struct Surroundings<'w> {
    world: &'w World,
    service: Place,
    calendars: Vec<OpenMinutes<'w>>,
    as_of: Minute,
}

/// A case as it stands.
struct Case<'w> {
    around: &'w Surroundings<'w>,
    standard: &'w Standard,
    fields: CaseFields,
    noted: Value,
    instances: Vec<Instance>,
    /// Delayed starts: when, and by which event.
    scheduled: Vec<(Minute, Event)>,
    /// Escalations so far: the role told, if it can be read.
    told: Vec<Option<usize>>,
}

/// One clock.
#[derive(Clone)]
struct Instance {
    key: Key,
    start: Minute,
    ordinal: usize,
    /// The start event's own fields.
    own: Own,
    /// How many escalations the log held before the start.
    told_before: usize,
    calendar: Option<usize>,
    /// The minute from which time counts: the start, or the next open day if it was received late.
    counted_from: Minute,
    target: Target,
    elapsed: Minute,
    overshoot: Minute,
    /// Which of the pause lines are on.
    paused: Vec<bool>,
    /// Whether it cannot be told that it started at all.
    unsure: bool,
    /// Whether something unknown may have made its due another one, or ended it before.
    doubtful: bool,
    verdict: Option<Verdict>,
    /// Whether its verdict fell while it ran.
    fell_early: bool,
    due: Option<Minute>,
    stop: Option<Minute>,
    runs: bool,
    /// Which levels of the escalation have fired.
    fired: Vec<bool>,
    /// Which of them a pause found reached when it began: it does not move them, as it does not
    /// move due.
    reached: Vec<bool>,
    /// Whether it found that an instant that counts had come.
    had_opened: bool,
    duties: Vec<OpenDuty>,
}

#[derive(Clone)]
struct OpenDuty {
    duty: Duty,
    doubtful: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Target {
    /// It cannot be told which row holds.
    Undecided,
    Nothing,
    /// So many counted minutes.
    Budget(Minute),
    Promised(Minute),
}

/// What an event does to an instance.
#[derive(Clone, Copy, PartialEq)]
enum Truth {
    Yes,
    No,
    Unknown,
}

impl<'w> Case<'w> {
    fn judge(around: &'w Surroundings<'w>, events: &[Event]) -> Vec<Clock> {
        let mut case = Case {
            around,
            standard: &around.world.standard,
            fields: CaseFields::default(),
            noted: None,
            instances: Vec::new(),
            scheduled: Vec::new(),
            told: Vec::new(),
        };
        let Some(first) = events.first() else { return Vec::new() };
        let mut events = events.iter().peekable();
        for minute in first.at..=around.as_of {
            while let Some(event) = events.next_if(|event| event.at == minute) {
                case.apply(event);
            }
            // What is due exactly at `as of` is open.
            if minute < around.as_of {
                case.fire(minute);
                case.tick(minute);
            }
        }
        let mut instances = std::mem::take(&mut case.instances);
        instances.iter_mut().map(|instance| case.settle(instance)).collect()
    }

    // ── Inside one event ──

    fn apply(&mut self, event: &Event) {
        self.take_fields(event);
        self.follow_targets(event.at);
        let standard = self.standard;
        self.end(event, &standard.stops, None);
        self.end(event, &standard.cancels, Some(Verdict::Cancelled));
        self.restart(event);
        for line in 0..standard.pauses.len() {
            self.pause(event, line);
        }
        for line in 0..standard.pauses.len() {
            self.resume(event, line);
        }
        self.reopen(event);
        self.start(event);
        self.escalate(event);
    }

    /// An empty cell keeps the old value.
    fn take_fields(&mut self, event: &Event) {
        let (old, new) = (self.fields, event.case);
        self.fields = CaseFields {
            priority: new.priority.or(old.priority),
            vip: new.vip.or(old.vip),
            size: new.size.or(old.size),
            promised: new.promised.or(old.promised),
        };
        if event.kind == Kind::Noted {
            self.noted = event.own.fit;
        }
    }

    /// Until due, targets follow the case.
    fn follow_targets(&mut self, now: Minute) {
        for index in 0..self.instances.len() {
            let instance = &self.instances[index];
            if instance.runs && instance.verdict.is_none() {
                let target = self.target(instance);
                let instance = &mut self.instances[index];
                if target != instance.target {
                    instance.target = target;
                    instance.reached.fill(false);
                    instance.had_opened = false;
                    self.breach_if_behind(index, now);
                }
            }
        }
    }

    /// More has elapsed than a new target gives: the breach is at the change, before anything else
    /// that the event does.
    fn breach_if_behind(&mut self, index: usize, now: Minute) {
        let instance = &mut self.instances[index];
        let behind = match instance.target {
            Target::Undecided | Target::Nothing => false,
            Target::Budget(budget) => instance.elapsed > budget,
            Target::Promised(due) => due < now,
        };
        if behind && instance.verdict.is_none() {
            instance.verdict = Some(if instance.doubtful { Verdict::Undetermined } else { Verdict::Breached });
            instance.fell_early = true;
            instance.due = Some(now);
        }
    }

    /// A stop or a cancel. Unknown, it counts as not happened and leaves a doubt.
    fn end(&mut self, event: &Event, triggers: &[Trigger], cancelled: Option<Verdict>) {
        for index in 0..self.instances.len() {
            match self.touches(event, triggers, &self.instances[index]) {
                Truth::No => {}
                Truth::Unknown => self.instances[index].doubt(),
                Truth::Yes => {
                    let due = self.projected_due(&self.instances[index], event.at);
                    let instance = &mut self.instances[index];
                    if instance.verdict.is_none() {
                        // It still runs without a breach: this is in time.
                        instance.verdict = Some(cancelled.unwrap_or(match instance.target {
                            Target::Undecided => Verdict::Undetermined,
                            Target::Nothing => Verdict::NoTarget,
                            Target::Budget(_) | Target::Promised(_) => Verdict::Met,
                        }));
                        instance.due = due;
                    }
                    instance.close(event.at);
                }
            }
        }
    }

    /// Before the verdict it keeps the instance, zeroes elapsed and drops its pauses; after it, it
    /// closes the instance and opens a new one.
    fn restart(&mut self, event: &Event) {
        for index in 0..self.instances.len() {
            match self.touches(event, &self.standard.restarts, &self.instances[index]) {
                Truth::No => {}
                Truth::Unknown => self.instances[index].doubt(),
                Truth::Yes => {
                    let old = &self.instances[index];
                    let own = Own {
                        leg: event.own.leg.or(old.own.leg),
                        fit: event.own.fit.or(old.own.fit),
                        deadline: event.own.deadline.or(old.own.deadline),
                    };
                    if old.verdict.is_some() {
                        let key = old.key;
                        self.instances[index].close(event.at);
                        self.open(key, event.at, own, false);
                        continue;
                    }
                    let counted_from = self.received(old.calendar, event.at);
                    let instance = &mut self.instances[index];
                    instance.own = own;
                    instance.elapsed = 0;
                    instance.counted_from = counted_from;
                    instance.paused.fill(false);
                    instance.reached.fill(false);
                    instance.had_opened = false;
                    let target = self.target(&self.instances[index]);
                    self.instances[index].target = target;
                    self.breach_if_behind(index, event.at);
                }
            }
        }
    }

    fn pause(&mut self, event: &Event, line: usize) {
        for index in 0..self.instances.len() {
            let touched = self.touches(event, &self.standard.pauses[line].on, &self.instances[index]);
            if touched == Truth::Yes && !self.instances[index].is_paused() {
                let is_past = |level: &Level| self.is_past(&self.instances[index], level.percent, event.at);
                let reached = self.around.world.escalation.iter().map(is_past).collect();
                let has_opened = self.has_opened(&self.instances[index], event.at);
                self.instances[index].reached = reached;
                self.instances[index].had_opened = has_opened;
            }
            let instance = &mut self.instances[index];
            match touched {
                Truth::No => {}
                Truth::Unknown if instance.paused[line] => {}
                Truth::Unknown => instance.doubt(),
                Truth::Yes => instance.paused[line] = true,
            }
        }
    }

    /// Unknown, it counts as happened.
    fn resume(&mut self, event: &Event, line: usize) {
        for index in 0..self.instances.len() {
            let touched = self.touches(event, &self.standard.pauses[line].resume, &self.instances[index]);
            let instance = &mut self.instances[index];
            if touched == Truth::No || !instance.paused[line] {
                continue;
            }
            instance.paused[line] = false;
            if touched == Truth::Unknown {
                instance.doubt();
            }
        }
    }

    /// Acts when no instance of its key runs: a continuation, the gap being a pause.
    fn reopen(&mut self, event: &Event) {
        let Some(reopen) = &self.standard.reopen else { return };
        if self.outcome(event, &reopen.on) != Truth::Yes {
            return;
        }
        let mut keys: Vec<Key> = self.instances.iter().map(|instance| instance.key).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let Some(last) = self.last_of(key) else { continue };
            let old = &self.instances[last];
            let (Truth::Yes, false, Some(stop)) = (self.concerns(event, key), old.runs, old.stop) else { continue };
            // Calendar days are the service's here, whatever the clock counts.
            let in_time = |limit| match limit {
                Limit::CalendarDays(..) => event.at <= self.end_of(limit, stop, None),
                _ => event.at <= self.end_of(limit, stop, old.calendar),
            };
            if !reopen.within.is_none_or(in_time) {
                continue;
            }
            // A verdict that fell while it ran stays: only the account goes on.
            if old.fell_early {
                let old = &mut self.instances[last];
                old.runs = true;
                old.stop = None;
                old.paused.fill(false);
                continue;
            }
            let mut continued = Instance {
                ordinal: self.ordinal(key, old.start),
                verdict: None,
                due: None,
                stop: None,
                runs: true,
                paused: vec![false; self.standard.pauses.len()],
                duties: Vec::new(),
                ..old.clone()
            };
            continued.target = self.target(&continued);
            self.instances.push(continued);
            self.breach_if_behind(self.instances.len() - 1, event.at);
        }
    }

    fn start(&mut self, event: &Event) {
        let standard = self.standard;
        match standard.delay {
            Some(delay) => self.scheduled.push((event.at + delay, event.clone())),
            None => self.start_at(event.at, event),
        }
    }

    /// A start while running is ignored; with `first`, so is every start but the first of its key.
    fn start_at(&mut self, at: Minute, event: &Event) {
        let outcome = self.outcome(event, &self.standard.starts);
        if outcome == Truth::No {
            return;
        }
        let key = match (self.standard.per_leg, event.own.leg) {
            (false, _) => Key::Whole,
            (true, Some(leg)) => Key::Leg(leg),
            (true, None) => Key::Unknown,
        };
        let sure = outcome == Truth::Yes && key != Key::Unknown;
        if let Some(last) = self.last_of(key) {
            let running = &mut self.instances[last];
            // A sure start replaces one of which it is not known whether it was one.
            let replaces = sure && running.unsure;
            if self.standard.first || running.runs && !replaces {
                return;
            }
            if running.runs {
                running.close(at);
            }
        }
        self.open(key, at, event.own, !sure);
    }

    /// Escalations are seen by every duty that is open.
    fn escalate(&mut self, event: &Event) {
        if event.kind != Kind::Told {
            return;
        }
        self.told.push(event.to);
        let levels = &self.around.world.escalation;
        for duty in self.instances.iter_mut().flat_map(|instance| &mut instance.duties) {
            duty.told(event.at, event.to, levels);
        }
    }

    // ── What an event means ──

    /// Whether an event happens, by any of the triggers.
    fn outcome(&self, event: &Event, triggers: &[Trigger]) -> Truth {
        let triggers = triggers.iter().filter(|trigger| trigger.kind == event.kind);
        let happened: Vec<Option<bool>> = triggers.map(|trigger| self.is_true(&trigger.filter, event.own)).collect();
        match any(&happened) {
            Some(true) => Truth::Yes,
            Some(false) => Truth::No,
            None => Truth::Unknown,
        }
    }

    /// Whether an event is about the clocks of a key. One that does not declare the field is about
    /// all of them; one that declares it and does not say may be.
    fn concerns(&self, event: &Event, key: Key) -> Truth {
        match (self.standard.per_leg && event.kind.has_leg(), event.own.leg) {
            (false, _) => Truth::Yes,
            (true, None) => Truth::Unknown,
            (true, Some(leg)) if key == Key::Leg(leg) => Truth::Yes,
            (true, Some(_)) => Truth::No,
        }
    }

    fn touches(&self, event: &Event, triggers: &[Trigger], instance: &Instance) -> Truth {
        match (self.outcome(event, triggers), self.concerns(event, instance.key)) {
            _ if !instance.runs => Truth::No,
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// A condition that is not written holds.
    fn is_true(&self, condition: &Option<Condition>, own: Own) -> Option<bool> {
        condition.as_ref().map_or(Some(true), |condition| self.holds(condition, own))
    }

    /// Three-valued: unknown only as long as nothing known decides.
    fn holds(&self, condition: &Condition, own: Own) -> Option<bool> {
        match condition {
            Condition::All(parts) => all(&parts.iter().map(|part| self.holds(part, own)).collect::<Vec<_>>()),
            Condition::Any(parts) => any(&parts.iter().map(|part| self.holds(part, own)).collect::<Vec<_>>()),
            Condition::Not(inner) => self.holds(inner, own).map(|holds| !holds),
            Condition::Special => self.holds(&self.around.world.special, own),
            Condition::Test(field, test) => {
                let value = match field {
                    Field::Priority => self.fields.priority,
                    Field::Vip => self.fields.vip,
                    Field::Size => self.fields.size,
                    Field::Fit => own.fit,
                    Field::FitOfNoted => self.noted,
                };
                match test {
                    Test::Known => Some(value.is_some()),
                    Test::Unknown => Some(value.is_none()),
                    Test::Is(one) => value.map(|value| value == *one),
                    Test::IsNot(one) => value.map(|value| value != *one),
                    Test::AtLeast(one) => value.map(|value| value >= *one),
                    Test::AtMost(one) => value.map(|value| value <= *one),
                    Test::MoreThan(one) => value.map(|value| value > *one),
                    Test::LessThan(one) => value.map(|value| value < *one),
                    Test::In(one, other) => value.map(|value| value == *one || value == *other),
                    Test::NotIn(one, other) => value.map(|value| value != *one && value != *other),
                }
            }
        }
    }

    /// The rows of a table that may be the first that holds: unknown ones, up to a true one.
    fn possible<'t, T>(&self, table: &'t [(T, Option<Condition>)], own: Own) -> Vec<&'t T> {
        let mut possible = Vec::new();
        for (row, condition) in table {
            match self.is_true(condition, own) {
                Some(false) => {}
                None => possible.push(row),
                Some(true) => {
                    possible.push(row);
                    break;
                }
            }
        }
        possible
    }

    // ── Clocks ──

    fn open(&mut self, key: Key, at: Minute, own: Own, unsure: bool) {
        // Fixed at the start.
        let calendars = self.possible(&self.standard.counting, own);
        let calendar = calendars.first().map(|calendar| **calendar);
        let uncounted = calendars.len() > 1;
        let mut instance = Instance {
            key,
            start: at,
            ordinal: self.ordinal(key, at),
            own,
            told_before: self.told.len(),
            calendar,
            counted_from: self.received(calendar, at),
            target: Target::Undecided,
            elapsed: 0,
            overshoot: 0,
            paused: vec![false; self.standard.pauses.len()],
            unsure,
            doubtful: false,
            verdict: (unsure || uncounted).then_some(Verdict::Undetermined),
            fell_early: unsure || uncounted,
            due: None,
            stop: None,
            runs: true,
            fired: vec![false; self.around.world.escalation.len()],
            reached: vec![false; self.around.world.escalation.len()],
            had_opened: false,
            duties: Vec::new(),
        };
        instance.target = self.target(&instance);
        let start = instance.start;
        self.instances.push(instance);
        self.breach_if_behind(self.instances.len() - 1, start);
    }

    /// How many of the same key and start came before.
    fn ordinal(&self, key: Key, start: Minute) -> usize {
        self.instances.iter().filter(|other| other.key == key && other.start == start).count()
    }

    fn last_of(&self, key: Key) -> Option<usize> {
        self.instances.iter().rposition(|instance| instance.key == key)
    }

    /// The first row that holds; undecided if that is unknown and the rows still possible disagree.
    fn target(&self, instance: &Instance) -> Target {
        let possible = self.possible(&self.standard.targets, instance.own);
        if !all_agree(&possible) {
            return Target::Undecided;
        }
        let promised = |field: Option<Minute>| field.map_or(Target::Undecided, Target::Promised);
        match possible.first() {
            None => Target::Undecided,
            Some(Promise::NoTarget) => Target::Nothing,
            Some(Promise::AtOnce) => Target::Budget(0),
            Some(Promise::Within(limit)) => {
                Target::Budget(self.budget(*limit, instance.counted_from, instance.calendar))
            }
            Some(Promise::DueAtDeadline) => promised(instance.own.deadline),
            Some(Promise::DueAtPromised) => promised(self.fields.promised),
        }
    }

    /// Days become the counting time from the start to their end.
    fn budget(&self, limit: Limit, from: Minute, calendar: Option<usize>) -> Minute {
        match limit {
            Limit::Exact(minutes) => minutes,
            Limit::WorkingDays(_) | Limit::CalendarDays(..) => {
                self.counted(calendar, from, self.end_of(limit, from, calendar))
            }
        }
    }

    /// The instant at which a length of time from an instant ends; exact time is on the wall.
    fn end_of(&self, limit: Limit, from: Minute, calendar: Option<usize>) -> Minute {
        let counted = calendar.map(|calendar| &self.around.calendars[calendar]);
        let place = counted.map_or(&self.around.service, |calendar| &calendar.place);
        match limit {
            Limit::Exact(minutes) => from + minutes,
            Limit::WorkingDays(days) => {
                let calendar = counted.unwrap();
                calendar.close_of_working_day(place.date_of(from), days)
            }
            Limit::CalendarDays(days, moved) => {
                let mut last = place.date_of(from);
                for _ in 0..days {
                    last = last.tomorrow().unwrap();
                }
                place.end_of_day(moved.map_or(last, |moved| self.around.calendars[moved].open_date(last)))
            }
        }
    }

    fn received(&self, calendar: Option<usize>, at: Minute) -> Minute {
        calendar.map_or(at, |calendar| self.around.calendars[calendar].received(at))
    }

    fn counts(&self, calendar: Option<usize>, minute: Minute) -> bool {
        calendar.is_none_or(|calendar| self.around.calendars[calendar].is_open(minute))
    }

    fn counted(&self, calendar: Option<usize>, from: Minute, to: Minute) -> Minute {
        match calendar {
            None => (to - from).max(0),
            Some(calendar) => self.around.calendars[calendar].open_minutes(from, to),
        }
    }

    /// Whether an instant that counts has come: what is to be done at once is due then.
    fn has_opened(&self, instance: &Instance, now: Minute) -> bool {
        let counts = now >= instance.counted_from && self.counts(instance.calendar, now);
        instance.elapsed > 0 || instance.had_opened || counts && !instance.is_paused()
    }

    // ── The passing of time ──

    /// What fires at an instant, after its events.
    fn fire(&mut self, now: Minute) {
        for (_, event) in self.scheduled.extract_if(.., |(at, _)| *at == now).collect::<Vec<_>>() {
            self.start_at(now, &event);
        }
        for index in 0..self.instances.len() {
            let instance = &self.instances[index];
            if instance.runs && instance.verdict.is_none() && self.is_due(instance, now) {
                let instance = &mut self.instances[index];
                let verdict = if instance.doubtful { Verdict::Undetermined } else { Verdict::Breached };
                instance.verdict = Some(verdict);
                instance.fell_early = true;
                instance.due = Some(now);
            }
            for level in 0..self.around.world.escalation.len() {
                if self.reaches(&self.instances[index], level, now) {
                    let duty = self.duty(&self.instances[index], level, now);
                    self.instances[index].fired[level] = true;
                    self.instances[index].duties.push(duty);
                }
            }
            for open in &mut self.instances[index].duties {
                if open.duty.due == now {
                    open.close(now, if open.doubtful { Verdict::Undetermined } else { Verdict::Breached });
                }
            }
        }
    }

    fn is_due(&self, instance: &Instance, now: Minute) -> bool {
        match instance.target {
            Target::Undecided | Target::Nothing => false,
            Target::Budget(0) => self.has_opened(instance, now),
            Target::Budget(budget) => instance.elapsed >= budget,
            Target::Promised(due) => now >= due,
        }
    }

    /// A level fires once, in counted time, never while paused.
    fn reaches(&self, instance: &Instance, level: usize, now: Minute) -> bool {
        let waits = instance.is_paused() && !instance.reached[level];
        let open = instance.runs && !instance.fired[level] && !waits;
        let judged_without_due = instance.verdict.is_some() && instance.due.is_none();
        open && !judged_without_due && self.is_past(instance, self.around.world.escalation[level].percent, now)
    }

    /// Whether so many percent of the target are reached. Pauses do not move a promised instant.
    fn is_past(&self, instance: &Instance, percent: i64, now: Minute) -> bool {
        let part = |whole: Minute| (whole * percent + 99) / 100;
        match instance.target {
            Target::Undecided | Target::Nothing => false,
            Target::Budget(0) => self.has_opened(instance, now),
            Target::Budget(budget) => instance.elapsed >= part(budget),
            Target::Promised(due) => {
                let whole = self.counted(instance.calendar, instance.counted_from, due);
                let past = self.counted(instance.calendar, instance.counted_from, now);
                // Where nothing counts before the promised instant, it has no parts.
                if whole == 0 { now >= due } else { past >= part(whole) }
            }
        }
    }

    fn duty(&self, instance: &Instance, level: usize, now: Minute) -> OpenDuty {
        let levels = &self.around.world.escalation;
        let due = match levels[level].within {
            Limit::Exact(budget) => self.after(instance.calendar, now, budget),
            days => self.end_of(days, now, instance.calendar),
        };
        let duty = Duty { level, due, verdict: Verdict::Running };
        let mut open = OpenDuty { duty, doubtful: false };
        for told in &self.told[instance.told_before..] {
            open.told(now, *told, levels);
        }
        open
    }

    /// The earliest minute at which so much time has been counted; for no time at all, the first
    /// that counts.
    fn after(&self, calendar: Option<usize>, from: Minute, budget: Minute) -> Minute {
        if budget == 0 {
            return (from..).find(|minute| self.counts(calendar, *minute)).unwrap();
        }
        let mut counted = 0;
        let mut minute = from;
        while counted < budget {
            counted += i64::from(self.counts(calendar, minute));
            minute += 1;
        }
        minute
    }

    /// Open minutes that are not paused count.
    fn tick(&mut self, minute: Minute) {
        for index in 0..self.instances.len() {
            let instance = &self.instances[index];
            let counts = instance.runs
                && minute >= instance.counted_from
                && !instance.is_paused()
                && self.counts(instance.calendar, minute);
            if counts {
                let instance = &mut self.instances[index];
                instance.elapsed += 1;
                instance.overshoot += i64::from(instance.due.is_some());
            }
        }
    }

    // ── The end ──

    fn settle(&self, instance: &mut Instance) -> Clock {
        let now = self.around.as_of;
        let verdict = instance.verdict.unwrap_or_else(|| self.open_verdict(instance, now));
        let due = match instance.verdict {
            Some(_) => instance.due,
            None => self.projected_due(instance, now),
        };
        Clock {
            key: instance.key,
            start: instance.start,
            ordinal: instance.ordinal,
            verdict,
            due,
            stop: instance.stop,
            elapsed: instance.elapsed,
            overshoot: instance.overshoot,
            duties: instance.duties.iter().map(|open| open.duty.clone()).collect(),
        }
    }

    fn open_verdict(&self, instance: &Instance, now: Minute) -> Verdict {
        match instance.target {
            Target::Undecided => Verdict::Undetermined,
            Target::Nothing => Verdict::NoTarget,
            _ if instance.is_paused() => Verdict::Paused,
            _ if self.standard.warn.is_some_and(|warn| self.is_past(instance, warn, now)) => Verdict::AtRisk,
            _ => Verdict::Running,
        }
    }

    /// When a clock that is not breached will be due if nothing pauses it any more; while it is
    /// paused, nobody knows. It is never before now, or it would have been breached.
    fn projected_due(&self, instance: &Instance, now: Minute) -> Option<Minute> {
        match instance.target {
            Target::Undecided | Target::Nothing => None,
            Target::Budget(_) if self.is_due(instance, now) => Some(now),
            Target::Budget(_) if instance.is_paused() => None,
            Target::Budget(budget) => {
                let left = budget - instance.elapsed;
                Some(self.after(instance.calendar, now.max(instance.counted_from), left))
            }
            Target::Promised(due) => Some(due.max(now)),
        }
    }
}

impl Instance {
    /// It comes to its end, and so do the duties that are not overdue.
    fn close(&mut self, at: Minute) {
        self.stop = Some(at);
        self.runs = false;
        for duty in &mut self.duties {
            duty.close(at, Verdict::Cancelled);
        }
    }

    fn is_paused(&self) -> bool {
        self.paused.contains(&true)
    }

    /// An unknown event leaves a doubt, unless the verdict has fallen.
    fn doubt(&mut self) {
        self.doubtful |= self.verdict.is_none();
    }
}

impl OpenDuty {
    /// To that role or one above it.
    fn told(&mut self, at: Minute, to: Option<usize>, levels: &[Level]) {
        match to {
            None => self.doubtful = true,
            Some(role) if role >= levels[self.duty.level].role => self.close(at, Verdict::Met),
            Some(_) => {}
        }
    }

    fn close(&mut self, at: Minute, verdict: Verdict) {
        if self.duty.verdict == Verdict::Running && at <= self.duty.due {
            self.duty.verdict = verdict;
        }
    }
}

/// True if one is, else unknown if one is.
fn any(outcomes: &[Option<bool>]) -> Option<bool> {
    let unknown = outcomes.contains(&None);
    if outcomes.contains(&Some(true)) {
        Some(true)
    } else if unknown {
        None
    } else {
        Some(false)
    }
}

/// False if one is, else unknown if one is.
fn all(outcomes: &[Option<bool>]) -> Option<bool> {
    let unknown = outcomes.contains(&None);
    if outcomes.contains(&Some(false)) {
        Some(false)
    } else if unknown {
        None
    } else {
        Some(true)
    }
}

fn all_agree<T: PartialEq>(rows: &[T]) -> bool {
    rows.windows(2).all(|pair| pair[0] == pair[1])
}
