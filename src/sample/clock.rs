//! A clock of a case, and what is meant to happen to it.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use super::played::Outcome;
use super::sampled_time::SampledCalendars;

use crate::calendar::{Duration, Instant};
use crate::graph::{Standard, Trigger};
use crate::vocabulary::{Reading, Value};

/// A clock that was started.
pub struct Clock {
    /// The standard, by its index.
    pub standard: usize,
    /// The value of the `per` field.
    pub key: Option<Value>,
    /// When it started.
    pub start: Instant,
    /// From when it counts: the start, the next open day, or the last restart.
    pub counted_from: Instant,
    /// The kind and the fields of the event that started it.
    pub own: (usize, Rc<[Reading]>),
    /// The calendar it counts, by its index.
    pub calendar: Option<usize>,
    /// What its target gives; none without a target.
    pub budget: Option<Duration>,
    /// Whether its due is a promised instant, which pauses do not move.
    pub promised: bool,
    /// Whether it is meant to be late.
    pub late: bool,
    /// Whether it was restarted, or will be reopened: once is enough.
    pub disturbed: bool,
    /// What is meant to happen, each once so much has been counted; soonest first.
    pub path: VecDeque<(Duration, Step)>,
    /// When it ended, if it has.
    pub ended: Option<Instant>,
    /// How it ended first.
    pub outcome: Option<Outcome>,
    counted: Duration,
    since: Option<Instant>,
    /// The lines that pause it now.
    pausing: BTreeSet<usize>,
}

/// What is meant to happen to a clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A pause, by its line.
    Pause(usize),
    /// A restart.
    Restart,
    /// A level of an escalation fires: (escalation, level).
    Level(usize, usize),
    /// It brings something about that other clocks wait for, by its kind, which is beyond those of the log.
    Turn(usize),
    /// The cancel.
    Cancel,
    /// The stop.
    Stop,
}

impl Clock {
    /// A clock that starts at `start` with an event, and counts `calendar`.
    pub fn start(
        (standard, key): (usize, Option<Value>),
        own: (usize, Rc<[Reading]>),
        start: Instant,
        calendar: Option<usize>,
        late: bool,
        calendars: &SampledCalendars,
    ) -> Self {
        let counted_from = calendars.counted_from(calendar, start);
        Self {
            standard,
            key,
            start,
            counted_from,
            own,
            calendar,
            budget: None,
            promised: false,
            late,
            disturbed: false,
            path: VecDeque::new(),
            ended: None,
            outcome: None,
            counted: Duration::ZERO,
            since: Some(counted_from),
            pausing: BTreeSet::new(),
        }
    }

    /// Whether it has not ended.
    pub fn runs(&self) -> bool {
        self.ended.is_none()
    }

    /// What has been counted by `now`.
    pub fn elapsed(&self, calendars: &SampledCalendars, now: Instant) -> Duration {
        let counting = calendars.counting(self.calendar);
        let running = self.since.map_or(Duration::ZERO, |since| counting.open_time(since, now));
        self.counted.saturating_add(running)
    }

    /// When the next step of the path comes; none while paused, or if it never does.
    pub fn next(&self, calendars: &SampledCalendars) -> Option<Instant> {
        let (at, _) = self.path.front().filter(|_| self.runs())?;
        let since = self.since?;
        calendars.counting(self.calendar).due(since, at.saturating_sub(self.counted))
    }

    /// When its stop comes if nothing pauses it; none if that cannot be told.
    pub fn stops_at(&self, calendars: &SampledCalendars) -> Option<Instant> {
        let (at, _) = self.path.iter().find(|(_, step)| *step == Step::Stop)?;
        calendars.counting(self.calendar).due(self.since?, at.saturating_sub(self.counted))
    }

    /// Whether so much is more than its target gives.
    pub fn is_beyond(&self, elapsed: Duration) -> bool {
        self.budget.is_some_and(|budget| elapsed > budget)
    }

    /// Whether the stop still lies on its path.
    pub fn means_to_stop(&self) -> bool {
        self.runs() && self.path.iter().any(|(_, step)| *step == Step::Stop)
    }

    /// Whether line `line` has paused it.
    pub fn is_paused_by(&self, line: usize) -> bool {
        self.pausing.contains(&line)
    }

    /// Line `line` pauses it; what is promised for an instant goes on all the same.
    pub fn pause(&mut self, line: usize, calendars: &SampledCalendars, now: Instant) {
        if !self.promised {
            self.counted = self.elapsed(calendars, now);
            self.since = None;
        }
        self.pausing.insert(line);
    }

    /// Line `line` lets it run again.
    pub fn resume(&mut self, line: usize, now: Instant) {
        self.pausing.remove(&line);
        if self.pausing.is_empty() {
            self.since.get_or_insert(now);
        }
    }

    /// It begins anew.
    pub fn restart(&mut self, calendars: &SampledCalendars, now: Instant) {
        self.counted_from = calendars.counted_from(self.calendar, now);
        self.counted = Duration::ZERO;
        self.since = Some(self.counted_from);
        self.pausing.clear();
    }

    /// It ends with `outcome`.
    pub fn end(&mut self, outcome: Outcome, calendars: &SampledCalendars, now: Instant) {
        self.counted = self.elapsed(calendars, now);
        self.since = None;
        self.ended = Some(now);
        self.outcome.get_or_insert(outcome);
        self.path.clear();
    }

    /// It goes on after its end; the gap does not count.
    pub fn go_on(&mut self, now: Instant) {
        self.ended = None;
        self.since = Some(now);
        self.pausing.clear();
    }

    /// How it ended, or how it stands at `now`.
    pub fn outcome_at(&self, calendars: &SampledCalendars, now: Instant) -> Outcome {
        let late = self.is_beyond(self.elapsed(calendars, now));
        self.outcome.unwrap_or(if late { Outcome::Late } else { Outcome::Open })
    }
}

/// The event that usually stops a standard.
pub(super) fn stop_kind(standard: &Standard) -> Option<usize> {
    standard.stops.first().map(|stop| stop.event)
}

/// Every trigger of a standard.
pub fn triggers(standard: &Standard) -> impl Iterator<Item = &Trigger> {
    standard.starts.iter().chain(consequences(standard))
}

/// Every trigger of a standard but its starts.
pub fn consequences(standard: &Standard) -> impl Iterator<Item = &Trigger> {
    let pauses = standard.pauses.iter().flat_map(|pause| pause.on.iter().chain(&pause.resume));
    let reopens = standard.reopens.iter().flat_map(|reopen| &reopen.on);
    let ends = standard.stops.iter().chain(&standard.cancels).chain(&standard.restarts);
    ends.chain(pauses).chain(reopens)
}
