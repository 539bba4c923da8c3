//! Which target is in force, and what of it cannot be read.

use super::{ClockRun, SelectedRow};

use crate::calendar::{Duration, Instant};
use crate::engine::finding::{Aim, Evidence, EvidenceKind, FieldFact, TargetChange, UnknownFact, Verdict};
use crate::engine::plan::Plan;
use crate::engine::stopwatch::{Budget, Goal, Mark};
use crate::engine::truth::{Facts, Truth};
use crate::engine::words;
use crate::engine::worked::Worked;
use crate::graph::{ClockEvent, LevelTime, Limit, Percent, Promise, Standard, TargetRow};
use crate::log::{Event, Place};
use crate::vocabulary::Value;

impl<'p> ClockRun<'p> {
    /// Tells that `event` changed the target that was in force before.
    pub fn tell_change(&mut self, before: Aim, event: &Event) {
        let change = TargetChange { before, after: self.aim(), counted: self.watch.elapsed(event.time) };
        self.evidence
            .push(Evidence { change: Some(Box::new(change)), ..Evidence::of(EvidenceKind::Retargeted, event) });
    }

    /// Follows the case to other hours, where the table of calendars says so; whether it can be told which.
    fn follow_hours(&mut self, plan: &'p Plan<'_>, facts: Facts<'_>, (now, place): (Instant, Place)) -> bool {
        let changes = plan.graph.standards.get(self.standard).is_some_and(Standard::has_changing_hours);
        if !changes {
            return true;
        }
        let facts = facts.about(self.own()).started(self.start);
        let (calendar, known) = plan.calendar_for(self.standard, facts);
        if !known {
            let about = EvidenceKind::Counted;
            let fields = words::unknown_fields(plan.graph, facts, plan.start_conditions(self.standard, about));
            self.doubts.extend(fields.into_iter().map(|field| {
                let place = field.place.or(Some(place));
                UnknownFact { about, field, place }
            }));
            self.verdict = Some(Verdict::Undetermined);
            self.fell_early = true;
            self.forget_target();
        } else if calendar != self.calendar {
            self.worked.go_over(plan, calendar, now);
            self.watch.go_over(plan.counting(calendar), now);
            self.calendar = calendar;
            // Whatever it aims at is to be aimed at anew, or, if nothing is promised on these hours, no more.
            self.aim_at_nothing();
        }
        known
    }

    /// Reads the tables anew. Where its due already lies behind, the breach is now, before anything else that
    /// the same event does.
    pub fn retarget(&mut self, plan: &'p Plan<'_>, facts: Facts<'_>, (now, place): (Instant, Place)) {
        let Some(standard) = plan.graph.standards.get(self.standard) else { return };
        if !self.follow_hours(plan, facts, (now, place)) {
            return;
        }
        let (target, goal) = self.choose(plan, &standard.targets, facts);
        // The same goal stays aimed as it is, whichever row gives it: aiming again would forget that it was
        // reached.
        if self.due.map(|due| due.goal) != goal {
            self.due = goal.map(|goal| Mark::due(goal, &self.watch, now));
            self.aim_thresholds(plan, standard, goal, now);
        }
        self.target = target;
        self.keep_unread(plan, standard, facts, (now, place));
        if self.due.is_some_and(|due| self.watch.is_past(due.goal, now)) {
            self.fall_due(plan, facts, now);
            return;
        }
        let (row, beyond) = self.choose(plan, &standard.beyond, facts);
        self.beyond_row = row.row();
        if self.beyond.map(|mark| mark.goal) != beyond {
            self.beyond = beyond.map(|goal| Mark::due(goal, &self.watch, now));
        }
    }

    /// Keeps what of the target cannot be read, and what that may have meant once it can be told again: a field that
    /// is not said yet is said later for all of the time, but one that cannot be read said something.
    fn keep_unread(&mut self, plan: &Plan<'_>, standard: &Standard, facts: Facts<'_>, (now, place): (Instant, Place)) {
        if self.target == SelectedRow::Undecided {
            if self.unread_target.is_none() {
                let facts = facts.about(self.own()).started(self.start);
                let (_, unknown) = words::table_fields(plan.graph, facts, standard.targets.iter());
                let unread = unknown.into_iter().filter(|field| field.shown.is_malformed());
                let doubt = |field: FieldFact| {
                    let place = Some(field.place.unwrap_or(place));
                    UnknownFact { about: EvidenceKind::Targeted, field, place }
                };
                let unread: Vec<UnknownFact> = unread.map(doubt).collect();
                self.unread_target = Some((now, unread)).filter(|(_, unread)| !unread.is_empty());
            }
            return;
        }
        self.take_unread(plan, facts, now);
    }

    /// What of its target cannot be read now.
    pub fn unread_target_doubts(&self) -> Vec<UnknownFact> {
        self.unread_target.iter().flat_map(|(_, unread)| unread.iter().cloned()).collect()
    }

    /// What could not be read of its target for a while may have meant that it was breached then.
    pub(super) fn take_unread(&mut self, plan: &Plan<'_>, facts: Facts<'_>, now: Instant) {
        let Some(standard) = plan.graph.standards.get(self.standard) else { return };
        let Some((since, unread)) = self.unread_target.take() else { return };
        let facts = facts.about(self.own()).started(self.start);
        // A promised instant that was unreadable may have been any.
        let may_be_past = |part: Percent| {
            standard.targets.iter().any(|row| match self.goal(plan, &row.promise, facts) {
                _ if matches!(row.promise, Promise::DueAt(_)) => true,
                Ok(Some(goal)) => match self.with_extensions(plan, goal) {
                    Goal::Counted(budget) => self.watch.elapsed(now) >= part.of(budget.amount),
                    goal => part < Percent::WHOLE || self.watch.is_past(goal, now),
                },
                Ok(None) => false,
                Err(Undecided) => true,
            })
        };
        let may_be_fired = |at: LevelTime| match at {
            LevelTime::Part(part) => may_be_past(part),
            LevelTime::After(time) => self.watch.elapsed(now) >= time,
        };
        let is_past = may_be_past(Percent::WHOLE);
        let is_reached = self.parts.iter().any(|part| !part.fired && may_be_past(part.at))
            || self.levels.iter().any(|level| level.duty.is_none() && may_be_fired(level.at));
        // Within an instant nothing is reached, but what was behind has fallen at once; and within so little time
        // nothing is, whatever the target.
        if !is_past && (since == now || !is_reached) {
            return;
        }
        self.earlier_doubts.extend(unread);
        if is_past && self.verdict.is_none() {
            self.possible.push(Verdict::Breached);
            self.comes_to(ClockEvent::Breach, now, Truth::Unknown);
        }
    }

    /// What of its target could not be read, for a while or to its end: it may have come to something earlier than is
    /// told.
    pub fn unread_before(&self) -> impl Iterator<Item = &UnknownFact> {
        self.earlier_doubts.iter().chain(self.unread_target.iter().flat_map(|(_, unread)| unread))
    }

    fn aim_at_nothing(&mut self) {
        (self.due, self.beyond, self.warning) = (None, None, None);
        let levels = self.levels.iter_mut().filter(|level| level.duty.is_none());
        levels.for_each(|level| level.mark = None);
        self.parts.iter_mut().filter(|part| !part.fired).for_each(|part| part.mark = None);
    }

    fn aim_thresholds(&mut self, plan: &Plan<'_>, standard: &Standard, goal: Option<Goal>, now: Instant) {
        let (watch, worked) = (self.watch, self.worked.clone());
        let mark = |part: Percent| goal.map(|goal| Mark::threshold(part_of(plan, part, goal, &worked), &watch, now));
        self.warning = standard.warnings.iter().min().and_then(|part| mark(*part));
        for level in self.levels.iter_mut().filter(|level| level.duty.is_none()) {
            level.mark = match level.at {
                LevelTime::Part(part) => mark(part),
                LevelTime::After(time) => {
                    let after = Goal::Counted(Budget::exactly(time));
                    goal.map(|_| Mark::threshold(after, &watch, now))
                }
            };
        }
        for part in self.parts.iter_mut().filter(|part| !part.fired) {
            part.mark = mark(part.at);
        }
    }

    /// The row that holds for this case, and its goal. No goal while undecided or for `no target`.
    fn choose(&self, plan: &Plan<'_>, rows: &[TargetRow], facts: Facts<'_>) -> (SelectedRow, Option<Goal>) {
        let facts = facts.about(self.own()).started(self.start);
        let mut possible: Vec<usize> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            match facts.holds(row.condition.as_ref()) {
                Truth::False => {}
                Truth::Unknown => possible.push(index),
                Truth::True => {
                    possible.push(index);
                    break;
                }
            }
        }
        let mut promises = possible.iter().filter_map(|index| rows.get(*index)).map(|row| &row.promise);
        let (Some(first), Some(promise)) = (possible.first(), promises.next()) else {
            return (SelectedRow::Undecided, None);
        };
        if promises.any(|other| other != promise) {
            return (SelectedRow::Undecided, None);
        }
        match self.goal(plan, promise, facts) {
            Ok(goal) => (SelectedRow::Row(*first), goal.map(|goal| self.with_extensions(plan, goal))),
            Err(Undecided) => (SelectedRow::Undecided, None),
        }
    }

    fn goal(&self, plan: &Plan<'_>, promise: &Promise, facts: Facts<'_>) -> Result<Option<Goal>, Undecided> {
        Ok(Some(match promise {
            Promise::NoTarget => return Ok(None),
            Promise::AtOnce => Goal::Counted(Budget::exactly(Duration::ZERO)),
            Promise::Within(limit) => self.budget(plan, *limit).map_or(Goal::Never, Goal::Counted),
            Promise::DueAt(field) => match facts.read(field).known() {
                Some(Value::Time(at)) => Goal::Fixed(*at),
                _ => return Err(Undecided),
            },
        }))
    }

    /// The counted time that a limit gives: of one in days, to the close of its last day on the hours as they
    /// were and as they are.
    pub(super) fn budget(&self, plan: &Plan<'_>, limit: Limit) -> Option<Budget> {
        let (Limit::WorkingDays(_) | Limit::CalendarDays(..)) = limit else {
            return plan.budget(limit, self.calendar, self.counted_from);
        };
        let day = plan.last_day(limit, self.first_calendar, self.counted_from)?;
        let last = plan.close_of(limit, self.calendar, day);
        let [counted, amount] = [last, last.time_is_up()].map(|to| self.worked.time_until(plan, to));
        // Where midnight ends the time, all of it is too much.
        Some(Budget { amount, is_open: counted < amount })
    }

    /// Whether the row in force says `no target`.
    pub fn promises_nothing(&self, plan: &Plan<'_>) -> bool {
        let SelectedRow::Row(row) = self.target else { return false };
        let rows = plan.graph.standards.get(self.standard).map(|standard| standard.targets.as_slice());
        rows.unwrap_or_default().get(row).is_some_and(|row| row.promise == Promise::NoTarget)
    }

    /// Whatever target was in force is to be read and aimed at anew.
    pub(super) fn forget_target(&mut self) {
        self.target = SelectedRow::Undecided;
        (self.due, self.beyond, self.warning) = (None, None, None);
        self.levels.iter_mut().for_each(|level| level.mark = None);
        self.parts.iter_mut().for_each(|part| part.mark = None);
    }

    /// Keeps what the target table reads, as it stands while the verdict falls.
    pub fn explain(&mut self, plan: &Plan<'_>, facts: Facts<'_>) {
        let Some(standard) = plan.graph.standards.get(self.standard) else { return };
        let read = match self.target {
            SelectedRow::Row(row) => row + 1,
            SelectedRow::Undecided => standard.targets.len(),
        };
        let rows = standard.targets.iter().take(read);
        let facts = facts.about(self.own()).started(self.start);
        let (fields, unknown) = words::table_fields(plan.graph, facts, rows);
        if self.target == SelectedRow::Undecided && !self.is_unsure_start() {
            let about = EvidenceKind::Targeted;
            let place = self.evidence.first().map(|started| started.place);
            self.doubts.extend(unknown.into_iter().map(|field| {
                let place = field.place.or(place);
                UnknownFact { about, field, place }
            }));
        }
        self.target_fields = fields;
    }
}

/// A field that decides the target is unknown.
pub(super) struct Undecided;

/// Part of a goal: of counted time, or of the counted time from the start to a promised instant.
fn part_of(plan: &Plan<'_>, part: Percent, goal: Goal, worked: &Worked) -> Goal {
    match goal {
        Goal::Counted(budget) => Goal::Counted(Budget::exactly(part.of(budget.amount))),
        Goal::Fixed(at) => {
            // A part of the time to the end of a day is one of the whole day.
            let at = at.time_is_up();
            let whole = worked.time_until(plan, at);
            // Nothing counts before the promised instant: there is no part of it but the instant.
            if whole.is_zero() {
                return Goal::Fixed(at);
            }
            worked.instant_after(plan, part.of(whole)).map_or(Goal::Never, Goal::Fixed)
        }
        Goal::Never => Goal::Never,
    }
}
