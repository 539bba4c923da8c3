//! Counted time: what has elapsed, and when an amount of it will have.

use crate::calendar::{Counting, Duration, Instant};

/// A stopwatch that counts open time and can be paused.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch<'p> {
    counting: Counting<'p>,
    /// What was received late does not count before the next open day, paused or not.
    from: Instant,
    /// Counted before `since`.
    counted: Duration,
    /// Since when it runs; none while paused.
    since: Option<Instant>,
}

/// An amount of counted time, or an instant, that a clock moves towards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Goal {
    /// An amount of counted time from the start.
    Counted(Budget),
    /// An instant; pauses do not move it.
    Fixed(Instant),
    /// Never: the calendar has no such time.
    Never,
}

/// Counted time that a clock may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
    /// How much.
    pub amount: Duration,
    /// Whether all of it is too much: it goes to the end of a day, and midnight belongs to the next.
    pub is_open: bool,
}

impl Budget {
    /// That much, and all of it.
    pub fn exactly(amount: Duration) -> Self {
        Self { amount, is_open: false }
    }

    /// The most that may elapse.
    pub fn most(self) -> Duration {
        if self.is_open { self.amount.saturating_sub(Duration::from_nanos(1)) } else { self.amount }
    }
}

impl<'p> Stopwatch<'p> {
    /// A stopwatch that counts from `from` on, and never before.
    pub fn started(counting: Counting<'p>, from: Instant) -> Self {
        Self { counting, from, counted: Duration::ZERO, since: Some(from) }
    }

    /// What it counts on.
    pub fn counting(&self) -> Counting<'p> {
        self.counting
    }

    /// Whether it stands still.
    pub fn is_paused(&self) -> bool {
        self.since.is_none()
    }

    /// What has been counted up to `now`.
    pub fn elapsed(&self, now: Instant) -> Duration {
        let running = self.since.map_or(Duration::ZERO, |since| self.counting.open_time(since, now));
        self.counted.saturating_add(running)
    }

    /// Stands still from `now` on.
    pub fn pause(&mut self, now: Instant) {
        self.counted = self.elapsed(now);
        self.since = None;
    }

    /// Runs again from `now` on.
    pub fn resume(&mut self, now: Instant) {
        self.since.get_or_insert(now.max(self.from));
    }

    /// Counts on other hours from `now` on; what has counted stays.
    pub fn go_over(&mut self, counting: Counting<'p>, now: Instant) {
        self.counted = self.elapsed(now);
        self.counting = counting;
        // What waited for the next open day of the hours before waits no more.
        self.from = self.from.min(now);
        self.since = self.since.map(|_| now);
    }

    /// When `goal` is reached if the time runs from `now` on; none if never.
    pub fn arrival_if_resumed(&self, goal: Goal, now: Instant) -> Option<Instant> {
        let mut resumed = *self;
        resumed.resume(now);
        resumed.arrival(goal, now)
    }

    /// Whether more than `goal` has passed at `now`.
    pub fn is_past(&self, goal: Goal, now: Instant) -> bool {
        match goal {
            Goal::Counted(budget) => self.elapsed(now) > budget.most(),
            Goal::Fixed(at) => at < now,
            Goal::Never => false,
        }
    }

    /// The earliest instant at which `goal` is reached, but no earlier than `floor`; none while that
    /// cannot be told because the time stands still.
    pub fn arrival(&self, goal: Goal, floor: Instant) -> Option<Instant> {
        let at = match goal {
            Goal::Never => return None,
            Goal::Fixed(at) => at,
            // Reached before: a goal of no time at all is only reached at the first open instant.
            Goal::Counted(budget) => match budget.most() {
                most if most < self.counted || (most == self.counted && !most.is_zero()) => floor,
                most => self.counting.due(self.since?, most.saturating_sub(self.counted))?,
            },
        };
        Some(at.max(floor))
    }
}

/// A goal on its way: when it will be reached as things stand, and whether it has been.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// What it waits for.
    pub goal: Goal,
    /// When it is reached, as things stand.
    pub at: Option<Instant>,
    /// Whether it waits while the clock is paused, even for an instant that pauses do not move.
    waits: bool,
}

impl Mark {
    /// A due: a promised instant comes, paused or not.
    pub fn due(goal: Goal, watch: &Stopwatch<'_>, now: Instant) -> Self {
        Self::aimed(goal, false, watch, now)
    }

    /// A warning or an escalation: never while the clock is paused.
    pub fn threshold(goal: Goal, watch: &Stopwatch<'_>, now: Instant) -> Self {
        Self::aimed(goal, true, watch, now)
    }

    fn aimed(goal: Goal, waits: bool, watch: &Stopwatch<'_>, now: Instant) -> Self {
        let mut mark = Self { goal, at: None, waits };
        mark.aim(watch, now);
        mark
    }

    fn aim(&mut self, watch: &Stopwatch<'_>, floor: Instant) {
        self.at = if self.waits && watch.is_paused() { None } else { watch.arrival(self.goal, floor) };
    }

    /// The clock was paused at `now`: what was reached by then stays, the rest waits.
    pub fn paused(&mut self, watch: &Stopwatch<'_>, now: Instant) {
        if self.at.is_none_or(|at| at > now) {
            self.aim(watch, now);
        }
    }

    /// The clock was resumed at `now`.
    pub fn resumed(&mut self, watch: &Stopwatch<'_>, now: Instant) {
        if self.at.is_none_or(|at| at > now) {
            self.aim(watch, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Instant {
        Instant::MIN.max(Instant::from_nanos(minutes * 60_000_000_000))
    }

    fn ten_minutes() -> Goal {
        Goal::Counted(Budget::exactly(Duration::from_minutes(10)))
    }

    #[test]
    fn a_pause_that_begins_at_due_does_not_move_it() {
        let mut watch = Stopwatch::started(Counting::Wall, at(0));
        let mut due = Mark::due(ten_minutes(), &watch, at(0));
        watch.pause(at(10));
        due.paused(&watch, at(10));
        assert_eq!(due.at, Some(at(10)));
    }

    #[test]
    fn a_pause_before_due_moves_it_by_its_length() {
        let mut watch = Stopwatch::started(Counting::Wall, at(0));
        let mut due = Mark::due(ten_minutes(), &watch, at(0));
        watch.pause(at(4));
        due.paused(&watch, at(4));
        assert_eq!(due.at, None);
        watch.resume(at(9));
        due.resumed(&watch, at(9));
        assert_eq!(due.at, Some(at(15)));
    }

    #[test]
    fn a_promised_instant_comes_even_while_paused_but_a_warning_waits() {
        let mut watch = Stopwatch::started(Counting::Wall, at(0));
        let mut due = Mark::due(Goal::Fixed(at(10)), &watch, at(0));
        let mut warning = Mark::threshold(Goal::Fixed(at(8)), &watch, at(0));
        watch.pause(at(4));
        due.paused(&watch, at(4));
        warning.paused(&watch, at(4));
        assert_eq!((due.at, warning.at), (Some(at(10)), None));
        watch.resume(at(9));
        warning.resumed(&watch, at(9));
        assert_eq!(warning.at, Some(at(9)));
    }
}
