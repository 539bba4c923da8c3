//! When a limit without pauses is over, by walking the minutes.

use super::calendar::{OpenMinutes, Place};
use super::model::{Calendar, Limit, Minute};

/// The service's zone and its calendars.
pub struct Deadlines<'w> {
    service: Place,
    calendars: Vec<OpenMinutes<'w>>,
}

impl<'w> Deadlines<'w> {
    /// As far as limits reach that begin no long time after `first`.
    pub fn around(zone: &str, calendars: &'w [Calendar], first: Minute) -> Self {
        let calendars = calendars.iter().map(|calendar| OpenMinutes::around(calendar, (first, first))).collect();
        Self { service: Place::named(zone), calendars }
    }

    /// The earliest minute at which as much has been counted as the limit gives at its beginning; of
    /// no time at all, the first minute that counts.
    ///
    /// In halves of minutes: where a day ends, its last half, for midnight is of the next day.
    pub fn due(&self, limit: Limit, from: Minute, counting: Option<usize>) -> i64 {
        let calendar = counting.map(|index| &self.calendars[index]);
        let counts = |minute: Minute| calendar.is_none_or(|calendar| calendar.is_open(minute));
        let from = calendar.map_or(from, |calendar| calendar.received(from));
        let (budget, is_open) = match limit {
            Limit::Exact(minutes) => (minutes, false),
            days => {
                let place = calendar.map_or(&self.service, |calendar| &calendar.place);
                let (end, is_open) = self.end_of(days, from, place, calendar);
                let budget = calendar.map_or((end - from).max(0), |calendar| calendar.open_minutes(from, end));
                (budget, is_open && counts(end - 1))
            }
        };
        let mut counted = (from..).filter(|minute| counts(*minute));
        match budget {
            0 => 2 * counted.next().unwrap(),
            _ => 2 * (counted.nth(usize::try_from(budget - 1).unwrap()).unwrap() + 1) - i64::from(is_open),
        }
    }

    /// On the wall, in the service's days.
    pub fn on_the_wall(&self, limit: Limit, from: Minute) -> i64 {
        let (end, is_open) = self.end_of(limit, from, &self.service, None);
        2 * end - i64::from(is_open)
    }

    /// The end, and whether it is the end of a day.
    fn end_of(&self, limit: Limit, from: Minute, place: &Place, calendar: Option<&OpenMinutes<'_>>) -> (Minute, bool) {
        match limit {
            Limit::Exact(minutes) => (from + minutes, false),
            Limit::WorkingDays(days) => {
                let close = calendar.unwrap().close_of_working_day(place.date_of(from), days);
                (close, place.is_midnight(close))
            }
            Limit::CalendarDays(days, moved) => {
                let last = (0..days).fold(place.date_of(from), |date, _| date.tomorrow().unwrap());
                (place.end_of_day(moved.map_or(last, |moved| self.calendars[moved].open_date(last))), true)
            }
        }
    }
}
