//! Terms: a length of time, and the hours that count towards it. Which of two ends later, and for which start?
//!
//! Lengths of one unit on one calendar compare as they are. Else both ends are computed, start by start. As a function
//! of its start an end stands still or moves with it, and changes between the two only at openings, closings and
//! midnights, and where it reaches a closing; so a comparison at each of these, and next to it, is one of all starts.

use jiff::ToSpan;

use crate::calendar::{Calendar, Counting, Date, DateRange, Duration, Hours, Instant, MinuteOfDay, Zone};
use crate::graph::{Graph, Limit};

/// How many days are looked at, at most.
const DAYS: i64 = 3 * 366;

/// A length of time, and what counts towards it.
#[derive(Clone, Copy, Debug)]
pub struct CountedLimit<'g> {
    /// How long.
    pub limit: Limit,
    /// The hours that count; none is the wall clock.
    pub hours: Option<&'g Hours>,
    /// The hours of the day to which a last day is moved.
    moved: Option<&'g Hours>,
    zone: &'g Zone,
    /// Whether what is received late counts from the next day: so for clocks.
    of_a_clock: bool,
}

/// Which of two terms ends later.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Later {
    /// Never the first.
    Never,
    /// The first, whenever it starts.
    Always,
    /// The first, if both start then: start, end of the first, end of the other.
    From(Instant, Instant, Instant),
    /// Never the first, but time that does not count for both alike can change that.
    UnlessPaused,
}

impl<'g> CountedLimit<'g> {
    /// A limit of a clock, counting a calendar of a graph.
    pub fn of_a_clock(graph: &'g Graph, limit: Limit, calendar: Option<usize>) -> Self {
        Self { of_a_clock: true, ..Self::of_a_behaviour(graph, limit, calendar) }
    }

    /// A limit of a behaviour, counting a calendar of a graph.
    pub fn of_a_behaviour(graph: &'g Graph, limit: Limit, calendar: Option<usize>) -> Self {
        let hours = |calendar: usize| graph.calendars.get(calendar).map(|calendar| &calendar.hours);
        let moved = match limit {
            Limit::CalendarDays(_, moved) => moved.and_then(hours),
            Limit::Exact(_) | Limit::WorkingDays(_) => None,
        };
        let hours = calendar.and_then(hours);
        let zone = hours.map_or(&graph.vocabulary.zone, |hours| &hours.zone);
        Self { limit, hours, moved, zone, of_a_clock: false }
    }

    /// Whether this term ends later than another, for some start. `paused`: whether there is time that does not count.
    pub fn is_later_than(&self, other: &CountedLimit<'_>, paused: bool, days: DateRange) -> Later {
        let same_hours = self.hours == other.hours && self.zone == other.zone;
        match (self.limit, other.limit) {
            (Limit::Exact(one), Limit::Exact(two)) if same_hours => return always(one > two),
            (Limit::WorkingDays(one), Limit::WorkingDays(two)) if same_hours => return always(one > two),
            (Limit::CalendarDays(one, _), Limit::CalendarDays(two, _)) if same_hours && self.moved == other.moved => {
                return always(one > two);
            }
            _ => {}
        }
        let (mine, theirs) = (Compiled::of(*self, days), Compiled::of(*other, days));
        let (first, last) = (self.zone.start_of_day(days.first), self.zone.end_of_day(days.last));
        let mut turns = mine.turns(days);
        turns.extend(theirs.turns(days));
        turns.retain(|at| (first..last).contains(at));
        turns.sort_unstable();
        turns.dedup();
        let later = |start: Instant| {
            let (one, two) = (mine.end(start)?, theirs.end(start)?);
            (one > two).then_some(Later::From(start, one, two))
        };
        let near = |at: &Instant| [-1, 0, 1].map(|by| Instant::from_nanos(at.as_nanos().saturating_add(by)));
        // An example on the half hour is plainer than one beside an opening.
        let plain = half_hours(self.zone, days).filter(|at| mine.counting().next_open(*at) == Some(*at));
        let later = plain.chain(turns.iter().flat_map(near)).find_map(later);
        let covered = || match (self.limit, other.limit) {
            (Limit::Exact(one), Limit::Exact(two)) => one <= two && mine.counts_all_of(&theirs, first, last),
            _ => false,
        };
        match later {
            Some(found) => found,
            None if paused && !covered() => Later::UnlessPaused,
            None => Later::Never,
        }
    }
}

fn always(later: bool) -> Later {
    if later { Later::Always } else { Later::Never }
}

/// A term with its calendars made into tables.
struct Compiled<'g> {
    term: CountedLimit<'g>,
    hours: Option<Calendar>,
    moved: Option<Calendar>,
}

impl<'g> Compiled<'g> {
    fn of(term: CountedLimit<'g>, days: DateRange) -> Self {
        let (first, last) = (term.zone.start_of_day(days.first), term.zone.end_of_day(days.last));
        let (budget, on_the_wall, working) = match term.limit {
            Limit::Exact(amount) => (amount, Duration::ZERO, 2),
            Limit::WorkingDays(days) => (Duration::from_hours(24), Duration::ZERO, days.saturating_add(2)),
            Limit::CalendarDays(days, _) => {
                (Duration::from_hours(24), Duration::from_hours(25 * (i64::from(days) + 3)), 2)
            }
        };
        let until = last.saturating_add(on_the_wall);
        let compiled = |hours: &Hours| hours.reaching(first, until, budget, working);
        Self { term, hours: term.hours.map(compiled), moved: term.moved.map(compiled) }
    }

    fn counting(&self) -> Counting<'_> {
        self.hours.as_ref().map_or(Counting::Wall, Counting::Calendar)
    }

    /// When it ends, as the engine has it.
    fn end(&self, start: Instant) -> Option<Instant> {
        let from = match &self.hours {
            Some(hours) if self.term.of_a_clock => hours.received(start),
            _ => start,
        };
        let end = match self.term.limit {
            Limit::Exact(amount) => return self.counting().due(from, amount),
            Limit::WorkingDays(days) => {
                let close = self.hours.as_ref()?.close_of_working_day(self.term.zone.date_of(from), days)?;
                self.term.zone.last_until(close)
            }
            Limit::CalendarDays(days, _) => {
                let last = self.term.zone.date_of(from).checked_add(i64::from(days).days()).ok()?;
                let open = self.moved.as_ref().and_then(|moved| moved.next_open_day(last));
                self.term.zone.last_of_day(open.unwrap_or(last))
            }
        };
        if !self.term.of_a_clock {
            return Some(end);
        }
        self.counting().due(from, self.counting().open_time(from, end))
    }

    /// The starts at which the way that its end depends on its start may change.
    fn turns(&self, days: DateRange) -> Vec<Instant> {
        let mut turns: Vec<Instant> = days.dates().map(|date| self.term.zone.start_of_day(date)).collect();
        if let Some(hours) = &self.hours {
            let received = self.term.hours.and_then(|hours| hours.received_until);
            let received = received
                .into_iter()
                .flat_map(|until| days.dates().map(move |date| self.term.zone.closing(until.on(date))));
            turns.extend(received);
            let open: Vec<(Instant, Instant)> = hours.open_intervals(hours.covers().0, hours.covers().1).collect();
            turns.extend(open.iter().flat_map(|(opens, closes)| [*opens, *closes]));
            if let Limit::Exact(amount) = self.term.limit {
                turns.extend((0..open.len()).filter_map(|index| start_due_at_the_close_of(&open, index, amount)));
            }
        }
        turns
    }

    /// Whether all time that counts for another counts for this one.
    fn counts_all_of(&self, other: &Compiled<'_>, first: Instant, last: Instant) -> bool {
        match (&self.hours, &other.hours) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(theirs)) => theirs
                .open_intervals(first, last)
                .all(|(opens, closes)| mine.open_time(opens, closes) == closes.since(opens)),
        }
    }
}

/// Each half hour of each day on which people are up.
fn half_hours(zone: &Zone, days: DateRange) -> impl Iterator<Item = Instant> {
    let times = (8 * 60..20 * 60).step_by(30).filter_map(MinuteOfDay::new);
    let times: Vec<MinuteOfDay> = times.collect();
    days.dates().flat_map(move |date| times.clone().into_iter().map(move |time| zone.opening(time.on(date))))
}

/// The last start for which that much open time ends with the close of an interval.
fn start_due_at_the_close_of(open: &[(Instant, Instant)], index: usize, amount: Duration) -> Option<Instant> {
    let mut left = amount;
    for (opens, closes) in open.iter().take(index.saturating_add(1)).rev() {
        let length = closes.since(*opens);
        if left <= length {
            return Some(closes.saturating_sub(left));
        }
        left = left.saturating_sub(length);
    }
    None
}

/// The days that two terms are compared on: those in force, and of those, from the first that a calendar treats in a
/// way of its own to a year behind the last.
pub fn days_of<'h>(in_force: Option<DateRange>, hours: impl IntoIterator<Item = &'h Hours>) -> DateRange {
    let mut special: Vec<Date> = Vec::new();
    for hours in hours {
        let ranges = hours.closed.iter().chain(hours.opened.iter().map(|(range, _)| range));
        special.extend(ranges.flat_map(|range| [range.first, range.last]));
    }
    let known = special.iter().min().copied().zip(special.iter().max().copied());
    let year = |date: Date| date.saturating_add(366.days());
    let usual = Date::constant(2026, 1, 5);
    let (first, last) = known.unwrap_or((usual, usual));
    let first = in_force.map_or(first, |days| days.first);
    let last = year(last.max(first)).min(first.saturating_add(DAYS.days()));
    let last = in_force.map_or(last, |days| last.min(days.last).max(first));
    DateRange { first, last }
}
