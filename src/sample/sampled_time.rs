//! Time in the sampled days: calendars, ends of limits, and when customers come.

use super::played::Request;
use super::random::{SeededRandom, whole_seconds};

use crate::calendar::{Calendar, Counting, Date, Duration, Instant, Zone};
use crate::graph::{Graph, Limit};

/// The calendars over the days of the log, and a year beyond for what is due after them.
pub struct SampledCalendars {
    calendars: Vec<Calendar>,
    zone: Zone,
    /// The first instant of the log.
    pub first: Instant,
    /// The instant at which the log ends.
    pub end: Instant,
    /// The calendar that most standards count.
    usual: Option<usize>,
}

const MOST_DAYS: u32 = 36_500;

impl SampledCalendars {
    /// The calendars of the days that are asked for.
    pub fn new(graph: &Graph, request: &Request) -> Self {
        let zone = graph.vocabulary.zone.clone();
        let date = request.from.clamp(Date::constant(1900, 1, 1), Date::constant(2200, 12, 31));
        let days = jiff::Span::new().days(i64::from(request.days.min(MOST_DAYS)));
        let first = zone.start_of_day(date);
        let end = zone.start_of_day(date.saturating_add(days));
        let beyond = end.saturating_add(Duration::from_hours(366 * 24));
        let calendars = graph.calendars.iter().map(|calendar| calendar.hours.over(first, beyond)).collect();
        Self { calendars, zone, first, end, usual: usual_calendar(graph) }
    }

    /// The zone of the service.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// A calendar to count on; none is the wall clock.
    pub fn counting(&self, calendar: Option<usize>) -> Counting<'_> {
        calendar.and_then(|calendar| self.calendars.get(calendar)).map_or(Counting::Wall, Counting::Calendar)
    }

    /// From when a clock that starts at `start` counts.
    pub fn counted_from(&self, calendar: Option<usize>, start: Instant) -> Instant {
        match self.counting(calendar) {
            Counting::Calendar(calendar) => calendar.received(start),
            Counting::Wall => start,
        }
    }

    /// The counted time that a limit gives from `from` on.
    pub fn budget(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<Duration> {
        match limit {
            Limit::Exact(amount) => Some(amount),
            _ => Some(self.counting(calendar).open_time(from, self.end_of(limit, calendar, from)?)),
        }
    }

    /// When a limit that begins at `from` ends.
    pub fn end_of(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<Instant> {
        let counted = calendar.and_then(|calendar| self.calendars.get(calendar));
        let zone = counted.map_or(&self.zone, Calendar::zone);
        let day = zone.date_of(from);
        match limit {
            Limit::Exact(amount) => self.counting(calendar).due(from, amount),
            Limit::WorkingDays(days) => Some(zone.last_until(counted?.close_of_working_day(day, days)?)),
            Limit::CalendarDays(days, moved) => {
                let last = day.saturating_add(jiff::Span::new().days(i64::from(days.min(MOST_DAYS))));
                let open = moved.and_then(|calendar| self.calendars.get(calendar)?.next_open_day(last));
                Some(zone.last_of_day(open.unwrap_or(last)))
            }
        }
    }

    /// When a limit of reopening ends: exact time runs on the wall, whatever the clock counts.
    pub fn end_on_wall(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<Instant> {
        match limit {
            Limit::Exact(amount) => from.checked_add(amount),
            Limit::CalendarDays(..) => self.end_of(limit, None, from),
            Limit::WorkingDays(_) => self.end_of(limit, calendar, from),
        }
    }

    /// When a customer comes: mostly while the usual calendar is open, or by day if there is none.
    pub fn arrival(&self, random: &mut SeededRandom) -> Instant {
        let usual = self.usual.and_then(|calendar| self.calendars.get(calendar));
        let counting = usual.map_or(Counting::Wall, Counting::Calendar);
        let open = counting.open_time(self.first, self.end);
        if open.is_zero() || random.chance(12) {
            return self.first.saturating_add(anywhere_in(self.end.since(self.first), random));
        }
        match usual {
            Some(_) => counting.due(self.first, anywhere_in(open, random)).unwrap_or(self.first),
            None => self.by_day(random),
        }
    }

    /// Whether people are at work: the usual calendar is open, or it is day if there is none.
    pub fn is_awake(&self, at: Instant) -> bool {
        match self.usual.and_then(|calendar| self.calendars.get(calendar)) {
            Some(usual) => usual.is_open(at),
            None => (8..20).contains(&self.zone.local(at).hour()),
        }
    }

    fn by_day(&self, random: &mut SeededRandom) -> Instant {
        let date = self.zone.date_of(self.first.saturating_add(anywhere_in(self.end.since(self.first), random)));
        self.zone.start_of_day(date).saturating_add(random.seconds(8 * 3600, 20 * 3600))
    }
}

/// A span shorter than `whole`, in whole seconds.
fn anywhere_in(whole: Duration, random: &mut SeededRandom) -> Duration {
    let nanos = random.below(whole.as_nanos().unsigned_abs());
    whole_seconds(Duration::from_nanos(i64::try_from(nanos).unwrap_or_default()))
}

/// The calendar that the most standards count; the first one if none does.
fn usual_calendar(graph: &Graph) -> Option<usize> {
    let counted = |calendar: usize| {
        let first_rows = graph.standards.iter().filter_map(|standard| standard.counting.first());
        first_rows.filter(|row| row.calendar == calendar).count()
    };
    (0..graph.calendars.len()).max_by_key(|calendar| (counted(*calendar), std::cmp::Reverse(*calendar)))
}
