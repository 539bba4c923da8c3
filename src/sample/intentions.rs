//! What is meant to happen to a clock: when it stops, and what comes before.

use super::clock::{Clock, Step};
use super::facts::Facts;
use super::timeline::CaseTimeline;
use super::world::World;

use crate::calendar::Duration;
use crate::graph::{ClockEvent, Promise, Standard, TargetRow};
use crate::vocabulary::Value;

const MINUTE: Duration = Duration::from_minutes(1);
/// How long something takes that nothing is promised for.
const UNPROMISED: Duration = Duration::from_hours(4);

impl CaseTimeline<'_> {
    /// Reads a clock's target, and means something to happen to it from now on.
    pub(super) fn aim(&mut self, index: usize) {
        self.read_target(index);
        let (calendars, now) = (&self.world.calendars, self.now);
        let Some(clock) = self.clocks.get(index) else { return };
        let Some(standard) = self.world.graph.standards.get(clock.standard) else { return };
        let (base, budget) = (clock.elapsed(calendars, now), clock.budget);
        let (late, disturbed) = (clock.late && budget.is_some(), clock.disturbed);
        let calendar = clock.calendar;
        let mut stop = self.stop_after(base, budget.unwrap_or(UNPROMISED), late);
        // Where the wall clock counts, people still work by day if they can.
        let mut throws = 0;
        while throws < 5 && calendar.is_none() && !self.is_done_by_day(base, stop) {
            stop = self.stop_after(base, budget.unwrap_or(UNPROMISED), late);
            throws += 1;
        }
        let mut path = self.levels_between(index, base, stop);
        path.extend(self.turns_between(index, base, stop));
        path.extend(self.pauses_between(standard, base, stop));
        if !disturbed {
            let in_time = stop.min(budget.unwrap_or(stop));
            path.extend(self.turn_between(standard, base, in_time));
        }
        // A few of those that are late are never done.
        if !(late && self.random.chance(4)) {
            path.push((stop, Step::Stop));
        }
        path.sort_by_key(|(at, _)| *at);
        if let Some(clock) = self.clocks.get_mut(index) {
            clock.path = path.into();
        }
    }

    /// Whether people are at work when so much has been counted on the wall clock.
    fn is_done_by_day(&self, base: Duration, stop: Duration) -> bool {
        self.world.calendars.is_awake(self.now.saturating_add(stop.saturating_sub(base)))
    }

    /// Reads the target of a clock as things stand.
    pub(super) fn read_target(&mut self, index: usize) {
        let facts = Facts { graph: self.world.graph, case: &self.fields, latest: &self.latest, own: None };
        let Some(clock) = self.clocks.get_mut(index) else { return };
        let Some(standard) = self.world.graph.standards.get(clock.standard) else { return };
        let (kind, own) = clock.own.clone();
        let facts = facts.about(kind, &own);
        let row = standard.targets.iter().find(|row| facts.surely(row.condition.as_ref()));
        clock.promised = row.is_some_and(|row| matches!(row.promise, Promise::DueAt(_)));
        clock.budget = row.and_then(|row| budget(self.world, clock, row, facts));
    }

    /// After how much counted time the clock stops.
    fn stop_after(&mut self, base: Duration, budget: Duration, late: bool) -> Duration {
        if late {
            let percent = self.random.between(4, 120).min(self.random.between(4, 120));
            let over = if budget.is_zero() {
                self.random.seconds(60, 3600)
            } else {
                self.random.part(budget, percent, percent)
            };
            return base.max(budget).saturating_add(over);
        }
        let left = budget.saturating_sub(base);
        let more = match left {
            left if left.is_zero() && base.is_zero() => Duration::ZERO,
            left if left.is_zero() => self.random.part(budget, 5, 40),
            // Just in time is in time.
            left if self.random.chance(2) => left,
            left => self.random.part(left, 12, 97).min(left),
        };
        base.saturating_add(more)
    }

    /// The levels of its escalation that the clock comes to before it stops.
    fn levels_between(&self, index: usize, base: Duration, stop: Duration) -> Vec<(Duration, Step)> {
        let Some(clock) = self.clocks.get(index) else { return Vec::new() };
        let Some(budget) = clock.budget else { return Vec::new() };
        let escalations = self.world.graph.escalations.iter().enumerate();
        let escalations = escalations.filter(|(_, escalation)| escalation.standard == clock.standard);
        let levels = escalations.flat_map(|(index, escalation)| {
            let levels = escalation.levels.iter().enumerate();
            levels.map(move |(level, said)| (said.at.of(budget), Step::Level(index, level)))
        });
        levels.filter(|(at, _)| base <= *at && *at < stop).collect()
    }

    /// What the clock brings about before it stops: a part of its target, or its breach.
    fn turns_between(&self, index: usize, base: Duration, stop: Duration) -> Vec<(Duration, Step)> {
        let Some(clock) = self.clocks.get(index) else { return Vec::new() };
        let Some(budget) = clock.budget else { return Vec::new() };
        let turns = self.world.turns_of(clock.standard).filter_map(|(kind, what)| match what {
            ClockEvent::Part(part) => Some((part.of(budget), Step::Turn(kind))),
            ClockEvent::Breach => Some((budget, Step::Turn(kind))),
            ClockEvent::Met => None,
        });
        turns.filter(|(at, _)| base <= *at && *at < stop).collect()
    }

    fn pauses_between(&mut self, standard: &Standard, base: Duration, stop: Duration) -> Vec<(Duration, Step)> {
        let span = stop.saturating_sub(base);
        let mut pauses = Vec::new();
        for line in 0..standard.pauses.len() {
            if span >= MINUTE && self.random.chance(25) {
                pauses.push((base.saturating_add(self.random.part(span, 10, 70)), Step::Pause(line)));
            }
        }
        pauses
    }

    /// Now and then it is cancelled, or begins anew.
    fn turn_between(&mut self, standard: &Standard, base: Duration, end: Duration) -> Option<(Duration, Step)> {
        let step = match self.random.below(100) {
            0..8 if !standard.cancels.is_empty() => Step::Cancel,
            8..16 if !standard.restarts.is_empty() => Step::Restart,
            _ => return None,
        };
        Some((base.saturating_add(self.random.part(end.saturating_sub(base), 20, 95)), step))
    }
}

/// The counted time that a row gives a clock; none for no target, or one that cannot be told.
fn budget(world: &World<'_>, clock: &Clock, row: &TargetRow, facts: Facts<'_>) -> Option<Duration> {
    match &row.promise {
        Promise::NoTarget => None,
        Promise::AtOnce => Some(Duration::ZERO),
        Promise::Within(limit) => world.calendars.budget(*limit, clock.calendar, clock.counted_from),
        Promise::DueAt(field) => match facts.value(field)? {
            Value::Time(at) => Some(world.calendars.counting(clock.calendar).open_time(clock.counted_from, *at)),
            _ => None,
        },
    }
}
