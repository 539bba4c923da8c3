//! One run of a clock: from a start to its stop, with its target, its pauses and its verdict.

use crate::calendar::{Duration, Instant};
use crate::graph::{ClockEvent, Condition, Limit, Operand, Percent, Promise, Standard, TargetRow};
use crate::log::{Event, Place};
use crate::vocabulary::{Reading, Value};

use super::duties::NotificationDuty;
use super::exemptions::{self, Excuse};
use super::finding::{
    Aim, Evidence, EvidenceKind, ExcuseFact, FieldFact, PauseFact, TargetChange, UnknownFact, Verdict, Why,
};
use super::pauses::Held;
use super::plan::{Phase, Plan};
use super::stopwatch::{Budget, Goal, Mark, Stopwatch};
use super::truth::{Facts, Own, Truth};
use super::words;
use super::worked::Worked;

/// One run of a clock.
#[derive(Clone, Debug)]
pub struct ClockRun<'p> {
    /// The standard, by its index.
    pub standard: usize,
    /// The value of the `per` field.
    pub key: Option<String>,
    /// When it started; a reopened clock keeps it.
    pub start: Instant,
    /// When this instance began: at its start, or at the reopening that gave it a verdict of its own.
    pub began: Instant,
    /// From when it counts: the start, the next open day, or the last restart.
    pub counted_from: Instant,
    /// How many of the same start came before.
    pub ordinal: u32,
    /// The calendar that counts now, by its index.
    pub calendar: Option<usize>,
    /// The calendar that counted first: limits in days run to a day of it.
    first_calendar: Option<usize>,
    /// The hours that counted so far.
    worked: Worked,
    /// The verdict, once final.
    pub verdict: Option<Verdict>,
    /// Whether the verdict fell before the end: at due, or at a start that cannot be told.
    pub fell_early: bool,
    /// What the target table read when the verdict fell.
    pub target_fields: Vec<FieldFact>,
    /// The row of the target in force.
    pub target: SelectedRow,
    /// The due.
    pub due: Option<Mark>,
    /// The tighter line of `beyond expectation`.
    pub beyond: Option<Mark>,
    /// The row of `beyond expectation` that gives it.
    pub beyond_row: Option<usize>,
    /// The first warning.
    pub warning: Option<Mark>,
    /// From when on it was late, and what had been counted by then, once due is past.
    pub late_from: Option<(Instant, Duration)>,
    /// When it came to its stop or cancel, and what had been counted.
    pub end: Option<(Instant, Duration)>,
    /// Whether it stopped by the tighter line.
    pub beyond_met: Option<bool>,
    /// The pauses so far.
    pub pauses: Vec<PauseFact>,
    /// What could not be told and might have kept it from a breach.
    pub doubts: Vec<UnknownFact>,
    /// Why it cannot be told whether its breach is excused.
    pub excuse_doubts: Vec<UnknownFact>,
    /// The verdicts that something unknown may have given it.
    possible: Vec<Verdict>,
    /// Why it cannot be told that nothing ended it before its end.
    pub end_doubts: Vec<UnknownFact>,
    /// What may have held up its time since its verdict fell.
    pub later_doubts: Vec<UnknownFact>,
    /// What of its target cannot be read, and since when.
    unread_target: Option<(Instant, Vec<UnknownFact>)>,
    /// What of its target could not be read for a while: by it, parts of its time may have been reached earlier.
    pub earlier_doubts: Vec<UnknownFact>,
    /// Whether a clock of its key surely runs, even if it cannot be told since when.
    pub surely_runs: bool,
    /// Whether something unknown may have made its counted time another, also beside its verdict.
    pub time_in_doubt: bool,
    /// The log lines that decided it.
    pub evidence: Vec<Evidence>,
    /// Escalation levels on their way, and the duties of those that fired.
    pub levels: Vec<Level>,
    /// Escalations told since the start.
    pub told: Vec<Told>,
    /// Parts of the target that other rules wait for.
    pub parts: Vec<Part>,
    /// What happened to the clock that other rules may wait for, until the case passes it on.
    pub turns: Vec<(ClockEvent, Instant, Truth)>,
    /// What excused it from a breach.
    pub excused: Option<ExcuseFact>,
    /// The time that was granted beside the table.
    pub extended: Extended,
    watch: Stopwatch<'p>,
    lines: Vec<Line>,
    own: StartFields,
}

/// A line that may stop the time: a pause of the standard, or an exemption.
#[derive(Clone, Copy, Debug)]
struct Line {
    why: Why,
    on: bool,
}

/// What the start event said, and the restarts since: the fields of the standard's own sentence.
#[derive(Clone, PartialEq, Debug)]
pub struct StartFields {
    kind: usize,
    fields: Vec<Reading>,
    /// The line of the start; none once a restart said some of them anew.
    place: Option<Place>,
}

impl StartFields {
    /// Those of a start event.
    pub fn of(event: &Event) -> Self {
        Self { kind: usize::from(event.kind), fields: event.fields.clone(), place: Some(event.place) }
    }

    /// The same, with the fields that a restart event has too, where the log says them.
    #[must_use]
    pub fn restarted_by(&self, plan: &Plan<'_>, event: &Event) -> Self {
        let mut restarted = self.clone();
        let kinds = &plan.graph.vocabulary.events;
        let (Some(mine), Some(theirs)) = (kinds.get(self.kind), kinds.get(usize::from(event.kind))) else {
            return restarted;
        };
        for (field, reading) in mine.fields.iter().zip(&mut restarted.fields) {
            let said = theirs.field(&field.name).and_then(|slot| event.fields.get(slot));
            // What cannot be read is said anew all the same.
            if let Some(said) = said.filter(|said| !matches!(said, Reading::Missing)) {
                *reading = said.clone();
                restarted.place = None;
            }
        }
        restarted
    }
}

impl<'a> From<&'a StartFields> for Own<'a> {
    fn from(own: &'a StartFields) -> Self {
        Self { kind: own.kind, fields: &own.fields, place: own.place }
    }
}

/// Which target is in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectedRow {
    /// A row, by its index.
    Row(usize),
    /// A field that decides it is unknown.
    Undecided,
}

impl SelectedRow {
    /// The row, by its index.
    pub fn row(self) -> Option<usize> {
        match self {
            SelectedRow::Row(row) => Some(row),
            SelectedRow::Undecided => None,
        }
    }
}

/// A part of the target that other rules wait for.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which part.
    pub at: Percent,
    /// When it is reached; none before the target is known, and once it has been.
    pub mark: Option<Mark>,
    /// Whether it has been reached.
    pub fired: bool,
}

/// Time that was granted beside the table.
#[derive(Clone, Default, Debug)]
pub struct Extended {
    /// The new total from the start, in place of the row's.
    pub to: Option<Limit>,
    /// What was added: as it is written, and as counted time.
    pub more: Vec<(Limit, Budget)>,
    /// The lines that acted.
    pub lines: Vec<usize>,
}

/// A level of an escalation on its way.
#[derive(Clone, Debug)]
pub struct Level {
    /// The escalation and the level, by their indices.
    pub of: (usize, usize),
    /// At which part of the target.
    pub at: Percent,
    /// When it fires; none before the target is known.
    pub mark: Option<Mark>,
    /// What came of it, once it fired.
    pub duty: Option<NotificationDuty>,
}

/// An escalation that was told.
#[derive(Clone, Debug)]
pub struct Told {
    /// The escalation, by its index.
    pub escalation: usize,
    /// The role, by its index, or why it cannot be told whom it told, or of which clock.
    pub role: Result<usize, UnknownFact>,
    /// The event.
    pub evidence: Evidence,
}

/// What a start needs to know beside the event.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// The standard, by its index.
    pub standard: usize,
    /// When the clock starts.
    pub at: Instant,
    /// The calendar it counts.
    pub calendar: Option<usize>,
}

impl<'p> ClockRun<'p> {
    /// A clock that starts with `event`; `own` are the fields that its tables read.
    pub fn start(
        plan: &'p Plan<'_>,
        beginning: Beginning,
        key: Option<String>,
        event: &Event,
        own: StartFields,
    ) -> Self {
        let counted_from = plan.counted_from(beginning.calendar, beginning.at);
        let pauses = plan.graph.standards.get(beginning.standard).map_or(0, |standard| standard.pauses.len());
        let exempt = plan.stops(beginning.standard).map(|(index, _)| Why::Exempt(index));
        let lines = std::iter::repeat_n(Why::Paused, pauses).chain(exempt).map(|why| Line { why, on: false });
        let parts = plan.turns(beginning.standard).iter().filter_map(|(_, turn)| match turn {
            ClockEvent::Part(at) => Some(Part { at: *at, mark: None, fired: false }),
            ClockEvent::Breach | ClockEvent::Met => None,
        });
        let levels = plan.escalations(beginning.standard).iter().flat_map(|escalation| {
            let levels = plan.graph.escalations.get(*escalation).map(|found| found.levels.as_slice());
            let levels = levels.unwrap_or_default().iter().enumerate();
            levels.map(|(level, said)| Level { of: (*escalation, level), at: said.at, mark: None, duty: None })
        });
        Self {
            standard: beginning.standard,
            key,
            start: beginning.at,
            began: beginning.at,
            counted_from,
            ordinal: 0,
            calendar: beginning.calendar,
            first_calendar: beginning.calendar,
            worked: Worked::from(counted_from, beginning.calendar),
            verdict: None,
            fell_early: false,
            target_fields: Vec::new(),
            target: SelectedRow::Undecided,
            due: None,
            beyond: None,
            beyond_row: None,
            warning: None,
            late_from: None,
            end: None,
            beyond_met: None,
            pauses: Vec::new(),
            doubts: Vec::new(),
            excuse_doubts: Vec::new(),
            possible: Vec::new(),
            end_doubts: Vec::new(),
            later_doubts: Vec::new(),
            unread_target: None,
            earlier_doubts: Vec::new(),
            surely_runs: true,
            time_in_doubt: false,
            evidence: vec![Evidence::of(EvidenceKind::Started, event)],
            levels: levels.collect(),
            told: Vec::new(),
            parts: parts.collect(),
            turns: Vec::new(),
            excused: None,
            extended: Extended::default(),
            watch: Stopwatch::started(plan.counting(beginning.calendar), counted_from),
            lines: lines.collect(),
            own,
        }
    }

    /// The start event, for conditions on it.
    pub fn own(&self) -> &StartFields {
        &self.own
    }

    /// What has been counted up to `now`.
    pub fn elapsed(&self, now: Instant) -> Duration {
        self.watch.elapsed(now)
    }

    // ── The target ──────────────────────────────────────────────────────────────────────────────

    /// What it aims at, as things stand.
    pub fn aim(&self) -> Aim {
        Aim { row: self.target.row(), due: self.due.and_then(|due| due.at), calendar: self.calendar }
    }

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
            // Whatever it aims at is to be aimed at anew.
            (self.due, self.beyond) = (None, None);
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
    fn take_unread(&mut self, plan: &Plan<'_>, facts: Facts<'_>, now: Instant) {
        let Some(standard) = plan.graph.standards.get(self.standard) else { return };
        let Some((since, unread)) = self.unread_target.take() else { return };
        let facts = facts.about(self.own()).started(self.start);
        // A promised instant that was unreadable may have been any.
        let may_be_past = standard.targets.iter().any(|row| match self.goal(plan, &row.promise, facts) {
            _ if matches!(row.promise, Promise::DueAt(_)) => true,
            Ok(Some(goal)) => match self.with_extensions(plan, goal) {
                Goal::Counted(budget) => self.watch.elapsed(now) >= budget.amount,
                goal => self.watch.is_past(goal, now),
            },
            Ok(None) => false,
            Err(Undecided) => true,
        });
        // Within an instant nothing is reached; but what was behind has fallen at once.
        if !may_be_past && since == now {
            return;
        }
        if may_be_past && self.verdict.is_none() {
            self.possible.push(Verdict::Breached);
            self.turns.push((ClockEvent::Breach, now, Truth::Unknown));
        }
        self.earlier_doubts.extend(unread);
    }

    /// What of its target could not be read, for a while or to its end: it may have come to something earlier than is
    /// told.
    pub fn unread_before(&self) -> impl Iterator<Item = &UnknownFact> {
        self.earlier_doubts.iter().chain(self.unread_target.iter().flat_map(|(_, unread)| unread))
    }

    fn aim_thresholds(&mut self, plan: &Plan<'_>, standard: &Standard, goal: Option<Goal>, now: Instant) {
        let (watch, worked) = (self.watch, self.worked.clone());
        let mark = |part: Percent| goal.map(|goal| Mark::threshold(part_of(plan, part, goal, &worked), &watch, now));
        self.warning = standard.warnings.iter().min().and_then(|part| mark(*part));
        for level in self.levels.iter_mut().filter(|level| level.duty.is_none()) {
            level.mark = mark(level.at);
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
    fn budget(&self, plan: &Plan<'_>, limit: Limit) -> Option<Budget> {
        let (Limit::WorkingDays(_) | Limit::CalendarDays(..)) = limit else {
            return plan.budget(limit, self.calendar, self.counted_from);
        };
        let day = plan.last_day(limit, self.first_calendar, self.counted_from)?;
        let last = plan.close_of(limit, self.calendar, day);
        let [counted, amount] =
            [last, plan.zone(self.calendar).time_is_up(last)].map(|to| self.worked.time_until(plan, to));
        // Where midnight ends the time, all of it is too much.
        Some(Budget { amount, is_open: counted < amount })
    }

    /// A goal with the time that was granted beside the table.
    fn with_extensions(&self, plan: &Plan<'_>, goal: Goal) -> Goal {
        let goal = match self.extended.to {
            Some(to) => self.budget(plan, to).map_or(Goal::Never, Goal::Counted),
            None => goal,
        };
        self.extended.more.iter().fold(goal, |goal, (limit, counted)| match goal {
            Goal::Counted(budget) => Goal::Counted(Budget {
                amount: budget.amount.saturating_add(counted.amount),
                is_open: if matches!(limit, Limit::Exact(_)) { budget.is_open } else { counted.is_open },
            }),
            Goal::Fixed(at) => plan.another_end(*limit, self.calendar, at).map_or(goal, Goal::Fixed),
            Goal::Never => Goal::Never,
        })
    }

    /// Gives the time of an extension, if it gives any: whether it does.
    pub fn extend(&mut self, plan: &'p Plan<'_>, facts: Facts<'_>, line: usize, event: &Event) -> bool {
        let now = event.time;
        let extension = plan.graph.standards.get(self.standard).and_then(|standard| standard.extensions.get(line));
        let (Some(extension), Some(goal)) = (extension, self.due.map(|due| due.goal)) else { return false };
        let longer = if extension.another {
            self.more_time(plan, extension.by, goal, now).map(|counted| {
                let mut longer = self.extended.clone();
                longer.more.push((extension.by, counted));
                longer
            })
        } else {
            let longer = Extended { to: Some(extension.by), more: Vec::new(), lines: self.extended.lines.clone() };
            self.is_longer(plan, extension.by, goal, now).then_some(longer)
        };
        let Some(mut longer) = longer else { return false };
        longer.lines.push(line);
        self.extended = longer;
        self.retarget(plan, facts, (now, event.place));
        true
    }

    /// When it is due; while it stands still, when it would be if its time ran again from `now` on.
    pub fn due_if_resumed(&self, now: Instant) -> Option<Instant> {
        let due = self.due?;
        due.at.or_else(|| self.watch.arrival_if_resumed(due.goal, now))
    }

    /// The counted time that `another` limit adds to the due in force; none if it adds nothing.
    fn more_time(&self, plan: &Plan<'_>, limit: Limit, goal: Goal, now: Instant) -> Option<Budget> {
        let until = |due: Instant, up: Instant| {
            let end = plan.another_end(limit, self.calendar, due).filter(|end| *end > due)?;
            Some(plan.budget_until(end, self.calendar, up))
        };
        match (goal, limit) {
            (Goal::Fixed(at), _) => until(at, plan.zone(self.calendar).time_is_up(at)),
            (Goal::Counted(_), Limit::Exact(amount)) => {
                Some(Budget::exactly(amount)).filter(|more| !more.amount.is_zero())
            }
            (Goal::Counted(budget), _) => {
                let due = self.watch.arrival_if_resumed(goal, now)?;
                let up = if budget.is_open { due.just_after() } else { due };
                until(due, up).filter(|more| !more.amount.is_zero())
            }
            (Goal::Never, _) => None,
        }
    }

    /// Whether a new total is more than what is in force.
    fn is_longer(&self, plan: &Plan<'_>, to: Limit, goal: Goal, now: Instant) -> bool {
        let Some(total) = self.budget(plan, to) else { return true };
        match goal {
            Goal::Counted(budget) => total.most() > budget.most(),
            Goal::Fixed(at) => {
                self.watch.arrival_if_resumed(Goal::Counted(total), now).is_none_or(|arrival| arrival > at)
            }
            Goal::Never => false,
        }
    }

    // ── What events do ──────────────────────────────────────────────────────────────────────────

    /// Line `line` stops the time.
    pub fn pause(&mut self, line: usize, event: &Event) {
        self.turn(line, true, EvidenceKind::Paused, event);
    }

    /// Line `line` lets the time run again.
    pub fn resume(&mut self, line: usize, event: &Event) {
        self.turn(line, false, EvidenceKind::Resumed, event);
    }

    fn turn(&mut self, line: usize, on: bool, deed: EvidenceKind, event: &Event) {
        match self.lines.get_mut(line) {
            Some(line) if line.on != on => line.on = on,
            _ => return,
        }
        self.evidence.push(Evidence::of(deed, event));
        self.follow_lines(event.time);
    }

    /// Whether line `line` has stopped the time.
    pub fn is_paused_by(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.on)
    }

    /// What was paused before it began to count keeps it from running.
    pub fn stand_still(&mut self, held: Vec<Held>) {
        for Held { line, by, doubts } in held {
            if self.verdict.is_none() {
                self.doubts.extend(doubts);
            } else {
                self.later_doubts.extend(doubts);
            }
            let Some(by) = by else { continue };
            self.lines.get_mut(line).into_iter().for_each(|line| line.on = true);
            if !self.evidence.contains(&by) {
                // What the clock last heard of is what lets it begin.
                self.evidence.insert(self.evidence.len().saturating_sub(1), by);
            }
        }
    }

    /// Stands still under the exemptions that stop the clock, and runs again when they are over.
    pub fn follow_exemptions(&mut self, plan: &Plan<'_>, facts: Facts<'_>, now: Instant) {
        for (index, exemption) in plan.stops(self.standard) {
            let facts = facts.about(self.own()).started(self.start);
            let (holds, doubts) = exemptions::holds(plan.graph, exemption, facts, now);
            self.time_in_doubt |= !doubts.is_empty();
            let place = self.evidence.first().map(|started| started.place);
            let doubts = doubts.into_iter().map(|doubt| UnknownFact { place: doubt.field.place.or(place), ..doubt });
            let known = if self.verdict.is_none() { &mut self.doubts } else { &mut self.later_doubts };
            let new: Vec<UnknownFact> = doubts.filter(|doubt| !known.contains(doubt)).collect();
            known.extend(new);
            if let Some(line) = self.lines.iter_mut().find(|line| line.why == Why::Exempt(index)) {
                line.on = holds == Truth::True;
            }
        }
        self.follow_lines(now);
    }

    /// The time stands still while any line is on. Where one takes over from another, no time passes.
    fn follow_lines(&mut self, now: Instant) {
        let on = |why: Why| self.lines.iter().any(|line| line.on && line.why == why);
        if let Some(pause) = self.pauses.last_mut().filter(|pause| !on(pause.why)) {
            pause.to.get_or_insert(now);
        }
        let Some(stops) = self.lines.iter().find(|line| line.on) else { return self.run_again(now) };
        if self.pauses.last().is_none_or(|pause| pause.to.is_some()) {
            self.pauses.push(PauseFact { from: now, to: None, why: stops.why });
        }
        if !self.watch.is_paused() {
            self.watch.pause(now);
            let watch = self.watch;
            self.marks().for_each(|mark| mark.paused(&watch, now));
        }
    }

    fn run_again(&mut self, now: Instant) {
        if self.watch.is_paused() {
            self.watch.resume(now);
            let watch = self.watch;
            self.marks().for_each(|mark| mark.resumed(&watch, now));
        }
    }

    fn marks(&mut self) -> impl Iterator<Item = &mut Mark> {
        let levels = self.levels.iter_mut().filter(|level| level.duty.is_none());
        let levels = levels.filter_map(|level| level.mark.as_mut());
        let parts = self.parts.iter_mut().filter(|part| !part.fired).filter_map(|part| part.mark.as_mut());
        self.due.iter_mut().chain(&mut self.beyond).chain(&mut self.warning).chain(levels).chain(parts)
    }

    /// The stop: the verdict if none has fallen, and the end of the account.
    pub fn stop(&mut self, plan: &Plan<'_>, event: &Event) {
        self.evidence.push(Evidence::of(EvidenceKind::Stopped, event));
        if self.verdict.is_none() {
            let verdict = self.verdict_at_stop(plan);
            self.verdict = Some(self.as_far_as_told(verdict));
            self.beyond_met = self.beyond.map(|beyond| beyond.at.is_none_or(|at| event.time <= at));
        }
        match self.verdict {
            Some(Verdict::Met) => self.turns.push((ClockEvent::Met, event.time, Truth::from_doubts(&self.end_doubts))),
            // What cannot be told may have been kept.
            Some(Verdict::Undetermined) => self.turns.push((ClockEvent::Met, event.time, Truth::Unknown)),
            _ => {}
        }
        self.close(event.time);
    }

    /// Something that cannot be told may have happened to it. Time that may not have counted only moves its due on;
    /// what may have ended it, or shortened its time, may have given it another verdict.
    pub fn perhaps(&mut self, plan: &Plan<'_>, phase: Phase, doubts: Vec<UnknownFact>) {
        let ends = match phase {
            Phase::Stop | Phase::Cancel => true,
            Phase::Restart => self.verdict.is_some(),
            _ => false,
        };
        if ends {
            let duties = self.levels.iter_mut().filter_map(|level| level.duty.as_mut()).filter(|duty| duty.is_open());
            duties.for_each(|duty| duty.end_doubts.extend_from_slice(&doubts));
            self.end_doubts.extend_from_slice(&doubts);
        }
        if self.verdict.is_some() {
            if matches!(phase, Phase::Pause(_) | Phase::Resume(_)) {
                self.later_doubts.extend(doubts);
            }
            return;
        }
        match phase {
            Phase::Stop => self.possible.push(self.verdict_at_stop(plan)),
            Phase::Cancel => self.possible.push(self.verdict_at_cancel(plan)),
            Phase::Restart if self.may_be_shorter_anew(plan) => self.possible.push(Verdict::Breached),
            _ => {}
        }
        self.doubts.extend(doubts);
    }

    /// Whether it may have less time if it begins anew: without what was granted, by what the restarting event says,
    /// or to the close of a day without the pauses before.
    fn may_be_shorter_anew(&self, plan: &Plan<'_>) -> bool {
        let Some(standard) = plan.graph.standards.get(self.standard) else { return false };
        let runs_to_a_day =
            |row: &TargetRow| matches!(row.promise, Promise::Within(Limit::WorkingDays(_) | Limit::CalendarDays(..)));
        let reads_the_start = |condition: &Condition| {
            condition.operands(plan.graph).iter().any(|operand| matches!(operand, Operand::Own(_)))
        };
        let rows = standard.targets.iter().filter_map(|row| row.condition.as_ref());
        let hours = standard.counting.iter().filter_map(|row| row.condition.as_ref());
        !self.extended.lines.is_empty()
            || standard.targets.iter().any(runs_to_a_day)
            || standard.targets.iter().any(|row| matches!(row.promise, Promise::DueAt(Operand::Own(_))))
            || rows.chain(hours).any(reads_the_start)
    }

    /// It may have been met, by a stop that cannot be told.
    pub fn perhaps_met(&mut self, plan: &Plan<'_>, at: Instant) {
        let verdict = self.verdict.unwrap_or_else(|| self.verdict_at_stop(plan));
        if matches!(verdict, Verdict::Met | Verdict::Undetermined) {
            self.turns.push((ClockEvent::Met, at, Truth::Unknown));
        }
    }

    /// Whether a part of its time has surely been reached now, and not before.
    pub fn is_sure_of_parts(&self) -> Truth {
        let doubts = [&self.doubts, &self.end_doubts, &self.later_doubts, &self.earlier_doubts];
        if doubts.iter().all(|doubts| doubts.is_empty()) { Truth::True } else { Truth::Unknown }
    }

    /// A verdict, unless something that cannot be told may have given it another.
    fn as_far_as_told(&mut self, verdict: Verdict) -> Verdict {
        if self.possible.iter().all(|possible| *possible == verdict) {
            return verdict;
        }
        let new: Vec<UnknownFact> =
            self.earlier_doubts.iter().filter(|doubt| !self.doubts.contains(doubt)).cloned().collect();
        self.doubts.extend(new);
        Verdict::Undetermined
    }

    fn verdict_at_stop(&self, plan: &Plan<'_>) -> Verdict {
        match self.target {
            SelectedRow::Undecided => Verdict::Undetermined,
            SelectedRow::Row(_) if self.promises_nothing(plan) => Verdict::NoTarget,
            // A due that has passed has fired before.
            SelectedRow::Row(_) => Verdict::Met,
        }
    }

    /// Of what promises nothing, nothing is cancelled.
    fn verdict_at_cancel(&self, plan: &Plan<'_>) -> Verdict {
        if self.promises_nothing(plan) { Verdict::NoTarget } else { Verdict::Cancelled }
    }

    /// Whether the row in force says `no target`.
    pub fn promises_nothing(&self, plan: &Plan<'_>) -> bool {
        let SelectedRow::Row(row) = self.target else { return false };
        let rows = plan.graph.standards.get(self.standard).map(|standard| standard.targets.as_slice());
        rows.unwrap_or_default().get(row).is_some_and(|row| row.promise == Promise::NoTarget)
    }

    /// The cancel: no verdict is left open, and the account ends.
    pub fn cancel(&mut self, plan: &Plan<'_>, event: &Event) {
        self.evidence.push(Evidence::of(EvidenceKind::Cancelled, event));
        // Without a target that can be told, it may have been breached before.
        if self.verdict.is_none() {
            self.verdict = Some(match self.target {
                SelectedRow::Undecided => Verdict::Undetermined,
                SelectedRow::Row(_) => self.as_far_as_told(self.verdict_at_cancel(plan)),
            });
        }
        self.close(event.time);
    }

    /// The end of the account, without a word about the verdict.
    pub fn close(&mut self, now: Instant) {
        self.end = Some((now, self.watch.elapsed(now)));
        if let Some(pause) = self.pauses.last_mut() {
            pause.to.get_or_insert(now);
        }
        for level in &mut self.levels {
            if let Some(duty) = &mut level.duty {
                duty.end(now);
            }
        }
    }

    /// Begins anew at `event`: elapsed is zero, pauses are gone, the start's fields follow.
    pub fn restart(&mut self, plan: &'p Plan<'_>, facts: Facts<'_>, event: &Event) {
        self.take_unread(plan, facts, event.time);
        self.evidence.push(Evidence::of(EvidenceKind::Restarted, event));
        self.own = self.own.restarted_by(plan, event);
        if plan.graph.standards.get(self.standard).is_some_and(Standard::has_changing_hours) {
            let (calendar, known) = plan.calendar_for(self.standard, facts.about(self.own()).started(self.start));
            self.calendar = if known { calendar } else { self.calendar };
        }
        self.counted_from = plan.counted_from(self.calendar, event.time);
        self.first_calendar = self.calendar;
        self.worked = Worked::from(self.counted_from, self.calendar);
        self.watch = Stopwatch::started(plan.counting(self.calendar), self.counted_from);
        self.lines.iter_mut().for_each(|line| line.on = false);
        self.pauses.clear();
        self.extended = Extended::default();
        self.forget_target();
    }

    /// Whatever target was in force is to be read and aimed at anew.
    fn forget_target(&mut self) {
        self.target = SelectedRow::Undecided;
        (self.due, self.beyond, self.warning) = (None, None, None);
        self.levels.iter_mut().for_each(|level| level.mark = None);
        self.parts.iter_mut().for_each(|part| part.mark = None);
    }

    /// Goes on at `event` after its end: the gap is a pause. It stands still until it is known which
    /// exemptions stop it.
    pub fn go_on(&mut self, event: &Event) {
        let Some((stopped, _)) = self.end.take() else { return };
        self.surely_runs = true;
        self.evidence.push(Evidence::of(EvidenceKind::Reopened, event));
        if !self.watch.is_paused() {
            self.watch.pause(stopped);
            let watch = self.watch;
            self.marks().for_each(|mark| mark.paused(&watch, stopped));
        }
        self.pauses.push(PauseFact { from: stopped, to: Some(event.time), why: Why::Gap });
        self.lines.iter_mut().for_each(|line| line.on = false);
        // A level reached at the very stop did not fire: it does now, not back then.
        for mark in self.levels.iter_mut().filter(|level| level.duty.is_none()).filter_map(|level| level.mark.as_mut())
        {
            mark.at = None;
        }
        for mark in self.parts.iter_mut().filter(|part| !part.fired).filter_map(|part| part.mark.as_mut()) {
            mark.at = None;
        }
    }

    /// A continuation: goes on at `event` with a verdict of its own.
    pub fn continuation(&self, event: &Event) -> Self {
        let mut next = self.clone();
        next.ordinal += 1;
        next.began = event.time;
        next.verdict = None;
        next.fell_early = false;
        next.late_from = None;
        next.beyond_met = None;
        next.excused = None;
        next.possible.clear();
        next.end_doubts.clear();
        next.later_doubts.clear();
        next.unread_target = None;
        // That the target could not be told then says nothing of what is to come.
        next.doubts.retain(|doubt| doubt.about != EvidenceKind::Targeted);
        next.go_on(event);
        // A due that was reached before the stop was not passed.
        next.forget_target();
        for level in &mut next.levels {
            // A level that fired is told once; its duty belongs to the finding before.
            if let Some(duty) = &mut level.duty {
                duty.belongs_before = true;
            }
        }
        next
    }

    /// A start that cannot be told: undetermined from the beginning. It may be sure that a clock runs from here on,
    /// and unsure whether this is where it started.
    pub fn doubt_start(&mut self, doubts: Vec<UnknownFact>, surely_runs: bool) {
        self.verdict = Some(Verdict::Undetermined);
        self.fell_early = true;
        self.surely_runs = surely_runs;
        self.time_in_doubt = true;
        self.doubts = doubts;
    }

    /// Whether its start cannot be told; one that only lacks its calendar has surely started.
    pub fn is_unsure_start(&self) -> bool {
        self.fell_early
            && self.late_from.is_none()
            && self.doubts.iter().all(|doubt| doubt.about != EvidenceKind::Counted)
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

    // ── What time does ──────────────────────────────────────────────────────────────────────────

    /// Due has passed: exempt where something excuses it, breached, or undetermined where something
    /// unknown might have prevented it.
    pub fn fall_due(&mut self, plan: &Plan<'_>, facts: Facts<'_>, due: Instant) {
        let late_from = self.late_from(plan, due);
        self.late_from = Some((late_from, self.watch.elapsed(late_from)));
        self.fell_early = true;
        let told = facts.about(self.own()).started(self.start);
        let verdict = match exemptions::excuse(plan, self.standard, told, due) {
            // It may have been due earlier, and excused then, or not.
            Excuse::None | Excuse::By(_)
                if !self.earlier_doubts.is_empty() && plan.excuses(self.standard).next().is_some() =>
            {
                self.doubts.extend(self.earlier_doubts.iter().cloned());
                Verdict::Undetermined
            }
            Excuse::By(excused) if self.doubts.is_empty() => {
                self.excused = Some(excused);
                Verdict::Exempt
            }
            Excuse::Perhaps(doubts) => {
                let place = self.evidence.first().map(|started| started.place);
                let placed = |doubt: UnknownFact| UnknownFact { place: doubt.field.place.or(place), ..doubt };
                self.excuse_doubts = doubts.into_iter().map(placed).collect();
                Verdict::Undetermined
            }
            Excuse::None if self.doubts.is_empty() => Verdict::Breached,
            Excuse::By(_) | Excuse::None => Verdict::Undetermined,
        };
        self.verdict = Some(verdict);
        match verdict {
            Verdict::Breached => {
                self.turns.push((ClockEvent::Breach, late_from, Truth::from_doubts(&self.earlier_doubts)))
            }
            Verdict::Undetermined => self.turns.push((ClockEvent::Breach, late_from, Truth::Unknown)),
            _ => {}
        }
        self.explain(plan, facts);
    }

    /// From when on it is late: behind the last instant of a day, from the beginning of the next.
    fn late_from(&self, plan: &Plan<'_>, due: Instant) -> Instant {
        match self.due.map(|due| due.goal) {
            Some(Goal::Counted(budget)) if budget.is_open && self.watch.elapsed(due) == budget.most() => {
                due.just_after()
            }
            Some(Goal::Fixed(at)) if at == due => plan.zone(self.calendar).time_is_up(due),
            _ => due,
        }
    }

    /// What cannot be told any more at the end of all that is known of an open clock: something may have ended it, or
    /// have been late, before nothing was promised.
    pub fn settle(&mut self, plan: &Plan<'_>, facts: Facts<'_>) {
        self.explain(plan, facts);
        if self.promises_nothing(plan) && self.as_far_as_told(Verdict::NoTarget) == Verdict::Undetermined {
            self.verdict = Some(Verdict::Undetermined);
        }
    }

    /// What stands at `as_of` for a clock without a final verdict. Due at exactly `as_of` is open.
    pub fn standing(&self, plan: &Plan<'_>, as_of: Instant) -> Verdict {
        match self.target {
            SelectedRow::Undecided => Verdict::Undetermined,
            SelectedRow::Row(_) if self.promises_nothing(plan) => Verdict::NoTarget,
            SelectedRow::Row(_) if self.watch.is_paused() => Verdict::Paused,
            SelectedRow::Row(_) if self.warning.is_some_and(|mark| mark.at.is_some_and(|at| at <= as_of)) => {
                Verdict::AtRisk
            }
            SelectedRow::Row(_) => Verdict::Running,
        }
    }
}

/// A field that decides the target is unknown.
struct Undecided;

/// Part of a goal: of counted time, or of the counted time from the start to a promised instant.
fn part_of(plan: &Plan<'_>, part: Percent, goal: Goal, worked: &Worked) -> Goal {
    match goal {
        Goal::Counted(budget) => Goal::Counted(Budget::exactly(part.of(budget.amount))),
        Goal::Fixed(at) => {
            // A part of the time to the end of a day is one of the whole day.
            let at = if at.is_just_before_a_second() { at.just_after() } else { at };
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
