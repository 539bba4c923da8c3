//! Opening hours, minute by minute.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::model::{Calendar, Edge, Hours, Minute};

/// How many days before the first event and after the last one the minutes are known: no promise of the
/// random standards needs more.
const BEFORE: i64 = 6;
const AFTER: i64 = 150;

/// A place on earth, where minutes have local dates.
#[derive(Clone)]
pub struct Place(TimeZone);

impl Place {
    pub fn named(zone: &str) -> Place {
        Place(TimeZone::get(zone).unwrap())
    }

    pub fn date_of(&self, minute: Minute) -> Date {
        self.0.to_datetime(Timestamp::from_second(minute * 60).unwrap()).date()
    }

    /// A local time that does not exist moves forward by the gap; the first of one that exists twice.
    pub fn first_minute(&self, local: DateTime) -> Minute {
        self.0.to_ambiguous_timestamp(local).compatible().unwrap().as_second() / 60
    }

    /// The same, but the last of one that exists twice.
    pub fn last_minute(&self, local: DateTime) -> Minute {
        self.0.to_ambiguous_timestamp(local).later().unwrap().as_second() / 60
    }

    /// Where a window begins: a date alone begins with its first minute.
    pub fn beginning(&self, edge: Edge) -> Minute {
        self.first_minute(local(edge.date, edge.minute.unwrap_or(0)))
    }

    /// Where a window ends: a date alone ends with its last minute.
    pub fn end(&self, edge: Edge) -> Minute {
        edge.minute.map_or_else(|| self.end_of_day(edge.date), |minute| self.last_minute(local(edge.date, minute)))
    }

    /// Whether a local day ends at a minute, and the next begins.
    pub fn is_midnight(&self, minute: Minute) -> bool {
        self.end_of_day(self.date_of(minute - 1)) == minute
    }

    /// The minute at which the next local day begins.
    pub fn end_of_day(&self, date: Date) -> Minute {
        self.first_minute(date.tomorrow().unwrap().at(0, 0, 0, 0))
    }
}

/// A calendar as one flag for every minute.
pub struct OpenMinutes<'a> {
    pub place: Place,
    calendar: &'a Calendar,
    first: Minute,
    open: Vec<bool>,
    /// How many minutes before each one are open.
    before: Vec<Minute>,
}

impl<'a> OpenMinutes<'a> {
    /// Around the first and the last minute of a log.
    pub fn around(calendar: &'a Calendar, (first, last): (Minute, Minute)) -> OpenMinutes<'a> {
        let place = Place::named(calendar.zone);
        let days = BEFORE + (last - first) / 1440 + AFTER;
        let mut open = vec![false; usize::try_from(days * 1440).unwrap()];
        let first = first - BEFORE * 1440;
        let index = |minute: Minute| usize::try_from(minute - first).unwrap_or(0).min(open.len());
        let mut spans = Vec::new();
        let mut date = place.date_of(first).yesterday().unwrap();
        for _ in 0..days + 2 {
            spans.extend(spans_of(calendar, &place, date).map(|(opens, closes)| index(opens)..index(closes)));
            date = date.tomorrow().unwrap();
        }
        for span in spans {
            open[span].fill(true);
        }
        let before = open.iter().scan(0, |before, open| Some(std::mem::replace(before, *before + i64::from(*open))));
        let before = before.collect();
        OpenMinutes { place, calendar, first, open, before }
    }

    pub fn is_open(&self, minute: Minute) -> bool {
        self.open[usize::try_from(minute - self.first).unwrap()]
    }

    /// How many minutes between two are open.
    pub fn open_minutes(&self, from: Minute, to: Minute) -> Minute {
        let before = |minute: Minute| self.before[usize::try_from(minute - self.first).unwrap()];
        (before(to) - before(from)).max(0)
    }

    /// Whether anything opens on a date.
    pub fn opens_on(&self, date: Date) -> bool {
        self.spans(date).next().is_some()
    }

    fn spans(&self, date: Date) -> impl Iterator<Item = (Minute, Minute)> {
        spans_of(self.calendar, &self.place, date)
    }

    /// `received after … counts as the next open day`: the first opening of that day.
    pub fn received(&self, minute: Minute) -> Minute {
        let date = self.place.date_of(minute);
        let Some(after) = self.calendar.received_after else { return minute };
        let late = minute > self.place.last_minute(local(date, after));
        if !late || !self.opens_on(date) {
            return minute;
        }
        let next = self.dates_after(date).find(|date| self.opens_on(*date)).unwrap();
        self.spans(next).map(|(opens, _)| opens).min().unwrap()
    }

    /// The last closing of the nth working day after a date.
    pub fn close_of_working_day(&self, after: Date, n: i64) -> Minute {
        self.close_of(self.working_day(after, n)).unwrap()
    }

    /// The nth working day after a date.
    pub fn working_day(&self, after: Date, n: i64) -> Date {
        let works = |date: &Date| self.opens_on(*date) && works(self.calendar, *date);
        self.dates_after(after).filter(works).nth(usize::try_from(n - 1).unwrap()).unwrap()
    }

    /// The last closing of a date, if anything opens on it.
    pub fn close_of(&self, date: Date) -> Option<Minute> {
        self.spans(date).map(|(_, closes)| closes).max()
    }

    /// The date itself or the next one on which something opens.
    pub fn open_date(&self, date: Date) -> Date {
        if self.opens_on(date) { date } else { self.dates_after(date).find(|date| self.opens_on(*date)).unwrap() }
    }

    fn dates_after(&self, date: Date) -> impl Iterator<Item = Date> {
        (1..AFTER).map(move |days| date.saturating_add(days.days()))
    }
}

/// The hours of a date: an opened date replaces the weekly plan, a closed one removes it.
fn plan(calendar: &Calendar, date: Date) -> &[Hours] {
    if let Some((_, hours)) = calendar.opened.iter().find(|(opened, _)| *opened == date) {
        return hours;
    }
    if calendar.closed.contains(&date) {
        return &[];
    }
    &calendar.weekdays[weekday(date)].hours
}

/// An opened date is a make-up working day, whatever its weekday is.
fn works(calendar: &Calendar, date: Date) -> bool {
    calendar.opened.iter().any(|(opened, _)| *opened == date) || calendar.weekdays[weekday(date)].working
}

fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap()
}

/// From when to when it is open by the hours of a date. Hours that the clocks skip are none.
fn spans_of(calendar: &Calendar, place: &Place, date: Date) -> impl Iterator<Item = (Minute, Minute)> {
    let span = move |hours: &Hours| {
        let past_midnight = hours.closes <= hours.opens;
        let closing_date = if past_midnight { date.tomorrow().unwrap() } else { date };
        (place.first_minute(local(date, hours.opens)), place.last_minute(local(closing_date, hours.closes)))
    };
    plan(calendar, date).iter().map(span).filter(|(opens, closes)| opens < closes)
}

/// A minute of a local day; the 1440th is the next midnight.
fn local(date: Date, minute: i64) -> DateTime {
    date.at(0, 0, 0, 0).saturating_add(minute.minutes())
}
