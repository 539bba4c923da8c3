//! The windows of a level: runs of local days.

use jiff::civil::Date;

use crate::graph::{Unit, Window};

/// A run of days, both included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Days {
    /// All there are.
    pub const ALL: Days = Days { first: Date::MIN, last: Date::MAX };

    /// The window of a level that a day belongs to; of a rolling one, the window that ends with it. `all`
    /// is what a level without a window sums over.
    pub fn of(window: Window, day: Date, all: Days) -> Days {
        match window {
            Window::Whole => all,
            Window::Rolling(days) => {
                let before = jiff::Span::new().try_days(i64::from(days.saturating_sub(1)));
                let first = before.and_then(|before| day.checked_sub(before)).unwrap_or(Date::MIN);
                Days { first, last: day }
            }
            Window::Per(unit, _) => Days { first: first_of(unit, day), last: last_of(unit, day) },
        }
    }

    /// Whether they have a day in common.
    pub fn overlaps(&self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether a day is one of them.
    pub fn contains(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

fn first_of(unit: Unit, day: Date) -> Date {
    match unit {
        Unit::Day => day,
        Unit::Week => {
            let since_monday = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(jiff::Span::new().days(since_monday)).unwrap_or(Date::MIN)
        }
        Unit::Month => day.first_of_month(),
        Unit::Quarter => first_of_month(day, (day.month() - 1) / 3 * 3 + 1),
        Unit::Year => day.first_of_year(),
    }
}

fn last_of(unit: Unit, day: Date) -> Date {
    match unit {
        Unit::Day => day,
        Unit::Week => first_of(unit, day).checked_add(jiff::Span::new().days(6)).unwrap_or(Date::MAX),
        Unit::Month => day.last_of_month(),
        Unit::Quarter => first_of_month(day, (day.month() - 1) / 3 * 3 + 3).last_of_month(),
        Unit::Year => day.last_of_year(),
    }
}

fn first_of_month(day: Date, month: i8) -> Date {
    Date::new(day.year(), month, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::graph::Anchor;

    fn window(unit: Unit, day: Date) -> (Date, Date) {
        let days = Days::of(Window::Per(unit, Anchor::Start), day, Days::ALL);
        (days.first, days.last)
    }

    #[test]
    fn a_week_begins_on_monday_and_runs_over_the_end_of_the_year() {
        let new_year = (date(2025, 12, 29), date(2026, 1, 4));
        for day in [date(2025, 12, 29), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 4)] {
            assert_eq!(window(Unit::Week, day), new_year, "{day}");
        }
        assert_eq!(window(Unit::Week, date(2026, 1, 5)).0, date(2026, 1, 5));
    }

    #[test]
    fn quarters_and_months_end_on_their_last_day() {
        assert_eq!(window(Unit::Quarter, date(2026, 2, 28)), (date(2026, 1, 1), date(2026, 3, 31)));
        assert_eq!(window(Unit::Quarter, date(2026, 12, 31)), (date(2026, 10, 1), date(2026, 12, 31)));
        assert_eq!(window(Unit::Month, date(2028, 2, 1)), (date(2028, 2, 1), date(2028, 2, 29)));
        assert_eq!(window(Unit::Year, date(2026, 7, 1)), (date(2026, 1, 1), date(2026, 12, 31)));
    }

    #[test]
    fn a_rolling_window_ends_with_its_day() {
        let days = Days::of(Window::Rolling(30), date(2026, 1, 10), Days::ALL);
        assert_eq!((days.first, days.last), (date(2025, 12, 12), date(2026, 1, 10)));
        assert_eq!(Days::of(Window::Rolling(1), date(2026, 1, 10), Days::ALL).first, date(2026, 1, 10));
    }
}
