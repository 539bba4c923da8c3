//! Which of two promises gives more time, where that is certain.

use std::cell::OnceCell;

use jiff::ToSpan;

use crate::calendar::{Date, DateRange, Duration, Hours};
use crate::graph::{Graph, Limit, Promise, Standard};

/// The least and the most counted time that a promise can come to.
type Extent = (Duration, Duration);

/// What a clock counts, as far as it takes to compare its promises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// All time there is.
    TheWall,
    /// Open time: so much from the close of a working day to that of the next; none if that cannot be told.
    Open(Option<Extent>),
}

/// What is counted of each calendar, worked out once: many standards share a few, and a calendar is a year to look
/// through.
pub struct Calendars<'g> {
    graph: &'g Graph,
    counted: Vec<OnceCell<Counted>>,
}

impl<'g> Calendars<'g> {
    /// Those of a graph.
    pub fn of(graph: &'g Graph) -> Self {
        Self { graph, counted: vec![OnceCell::new(); graph.calendars.len()] }
    }

    /// What is counted of one.
    pub fn counted(&self, calendar: usize) -> Counted {
        let counted = || Counted::of_calendar(self.graph, calendar);
        self.counted.get(calendar).map_or_else(counted, |known| *known.get_or_init(counted))
    }

    /// What a standard counts, whichever of its calendars a case takes.
    pub fn counted_by(&self, standard: &Standard) -> Counted {
        let each = standard.counting.iter().map(|row| self.counted(row.calendar));
        each.reduce(Counted::either).unwrap_or(Counted::TheWall)
    }
}

impl Counted {
    /// What is counted of one calendar.
    fn of_calendar(graph: &Graph, calendar: usize) -> Self {
        let hours = graph.calendars.get(calendar).map(|calendar| &calendar.hours);
        Counted::Open(hours.and_then(|hours| working_day(hours, graph.service.effective)))
    }

    fn either(self, other: Self) -> Self {
        match (self, other) {
            (Counted::Open(Some((least, most))), Counted::Open(Some((less, more)))) => {
                Counted::Open(Some((least.min(less), most.max(more))))
            }
            _ => Counted::Open(None),
        }
    }

    /// Whether one promise gives more time than another to every case that starts at the same time. What a field
    /// holds, and what is not promised at all, does not compare.
    pub fn is_longer(self, one: &Promise, other: &Promise) -> bool {
        match (one, other) {
            (Promise::Within(Limit::WorkingDays(one)), Promise::Within(Limit::WorkingDays(other))) => one > other,
            (Promise::Within(Limit::CalendarDays(one, moved)), Promise::Within(Limit::CalendarDays(other, also)))
                if moved == also =>
            {
                one > other
            }
            (Promise::Within(_), Promise::AtOnce) => true,
            (Promise::Within(one), Promise::Within(other)) => {
                self.extent(*one).zip(self.extent(*other)).is_some_and(|((least, _), (_, most))| least > most)
            }
            _ => false,
        }
    }

    fn extent(self, limit: Limit) -> Option<Extent> {
        match (limit, self) {
            (Limit::Exact(span), _) => Some((span, span)),
            // A promise made at dawn has the day itself beside those that it names; so has one made while the night
            // of the day before is still open.
            (Limit::WorkingDays(days), Counted::Open(Some((least, most)))) => {
                Some((least.saturating_mul(days), most.saturating_mul(days.saturating_add(2))))
            }
            (Limit::CalendarDays(days, None), Counted::TheWall) => {
                // Clocks may be changed on the way.
                let hours = |hours: u32| Duration::from_minutes(60).saturating_mul(hours);
                let whole = hours(24).saturating_mul(days);
                Some((whole.saturating_sub(hours(1)), whole.saturating_add(hours(25))))
            }
            _ => None,
        }
    }
}

/// The least and the most open time from the close of a working day to that of the next.
fn working_day(hours: &Hours, effective: Option<DateRange>) -> Option<Extent> {
    let first = effective.map_or(Date::constant(2026, 1, 1), |days| days.first);
    // Whatever a calendar says of single dates, and a year of what it says of each week.
    let dates = hours.closed.iter().chain(hours.opened.iter().map(|(dates, _)| dates));
    let dates = dates.fold(DateRange { first, last: first }, |so_far, dates| DateRange {
        first: so_far.first.min(dates.first),
        last: so_far.last.max(dates.last),
    });
    let last = dates.last.checked_add(1.year()).ok().filter(|last| *last < dates.first.saturating_add(20.years()))?;
    let table = hours.over(hours.zone.start_of_day(dates.first), hours.zone.end_of_day(last));
    let closes: Vec<_> = table.open_days().iter().filter(|day| day.working).map(|day| day.closes).collect();
    let between = closes.iter().zip(closes.iter().skip(1)).map(|(close, next)| table.open_time(*close, *next));
    between.map(|open| (open, open)).reduce(|(least, most), (open, _)| (least.min(open), most.max(open)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

    use super::*;
    use crate::calendar::Instant;
    use crate::source::{SourceFile, Sources};

    /// Calendars with a lunch break, with nights, with a short day and one that is no working day; and clocks that
    /// are changed in the night from 28 to 29 March.
    const STANDARDS: &str = "
service tried { timezone \"Europe/Berlin\" effective 2026-03-02 }
calendar office { mon..fri 09:00-12:00, 13:00-18:00 closed 2026-04-03 opened 2026-04-11 09:00-11:00 }
calendar night  { mon..sun 22:00-06:00 }
calendar shop   { mon..fri 10:00-20:00 sat 10:00-14:00 not a working day received after 19:00 counts as the next open day }
";

    fn graph() -> Graph {
        let mut sources = Sources::new();
        let source = SourceFile::new("tried.mot", STANDARDS);
        let file = sources.add(source.clone());
        let (graph, faults) = crate::check::check(&[crate::syntax::parse(file, &source).0], &sources);
        assert!(!faults.iter().any(crate::diagnostic::Diagnostic::is_error), "{faults:#?}");
        graph
    }

    #[test]
    fn what_is_longer_is_longer_from_any_start() {
        let graph = graph();
        let hours = [1, 2, 4, 8, 10, 16, 24, 40, 80].map(|hours| Limit::Exact(Duration::from_hours(hours)));
        let limits: Vec<Limit> = hours.into_iter().chain((1..=5).map(Limit::WorkingDays)).collect();
        let mut compared = 0;
        for (index, calendar) in graph.calendars.iter().enumerate() {
            let counted = Counted::of_calendar(&graph, index);
            let begin = calendar.hours.zone.start_of_day(Date::constant(2026, 3, 10));
            let end = begin.saturating_add(Duration::from_hours(24 * 90));
            let table = calendar.hours.over(begin, end);
            let budget = |start: Instant, limit: Limit| match limit {
                Limit::WorkingDays(days) => {
                    let close = table.close_of_working_day(table.zone().date_of(start), days).unwrap();
                    table.open_time(start, close)
                }
                Limit::Exact(span) => span,
                Limit::CalendarDays(..) => panic!("not tried"),
            };
            for one in &limits {
                for other in limits.iter().filter(|other| {
                    let [one, other] = [one, other].map(|limit| Promise::Within(*limit));
                    counted.is_longer(&one, &other)
                }) {
                    for step in 0..600 {
                        let start = table.received(begin.saturating_add(Duration::from_minutes(97 * step)));
                        let ours = (budget(start, *one), budget(start, *other));
                        assert!(ours.0 > ours.1, "{}: {one:?} {other:?} {start:?} {ours:?}", calendar.name);
                        compared += usize::from(std::mem::discriminant(one) != std::mem::discriminant(other));
                    }
                }
            }
        }
        assert!(compared > 10_000, "{compared}");
    }
}
