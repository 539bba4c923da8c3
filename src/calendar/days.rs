//! The days on which something opens, and the working days among them.

use jiff::civil::Date;

use super::instant::Instant;

/// A local date on which something opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenDay {
    /// The date.
    pub date: Date,
    /// Its first opening.
    pub opens: Instant,
    /// The last closing of what opens on it: past midnight, perhaps.
    pub closes: Instant,
    /// Whether it counts as a working day.
    pub working: bool,
}

/// Open days, and working days, in order of their dates.
#[derive(Clone, Debug)]
pub(super) struct Days {
    open: Vec<OpenDay>,
    working: Vec<OpenDay>,
}

impl Days {
    /// From open days in order of their dates.
    pub(super) fn new(open: Vec<OpenDay>) -> Days {
        let working = open.iter().filter(|day| day.working).copied().collect();
        Days { open, working }
    }

    pub(super) fn open(&self) -> &[OpenDay] {
        &self.open
    }

    /// The open day of that date.
    pub(super) fn on(&self, date: Date) -> Option<&OpenDay> {
        self.first_from(date).filter(|day| day.date == date)
    }

    /// The first open day on that date or later.
    pub(super) fn first_from(&self, date: Date) -> Option<&OpenDay> {
        let position = self.open.partition_point(|day| day.date < date);
        self.open.get(position)
    }

    /// The first open day later than that date.
    pub(super) fn first_after(&self, date: Date) -> Option<&OpenDay> {
        let position = self.open.partition_point(|day| day.date <= date);
        self.open.get(position)
    }

    /// The `n`th working day after a date; for 0 the date itself, if it is one.
    pub(super) fn nth_working(&self, after: Date, n: u32) -> Option<&OpenDay> {
        let position = self.working_until(after) + usize::try_from(n).ok()?;
        let day = self.working.get(position.checked_sub(1)?)?;
        (n > 0 || day.date == after).then_some(day)
    }

    /// How many working days there are up to a date, and on it.
    pub(super) fn working_until(&self, date: Date) -> usize {
        self.working.partition_point(|day| day.date <= date)
    }
}
