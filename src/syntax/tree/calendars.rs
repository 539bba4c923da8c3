//! Calendars and named spans of days.

use super::{Name, Text};

use crate::calendar::DateRange;
use crate::calendar::Interval;
use crate::calendar::MinuteOfDay;
use crate::source::Spanned;

/// A clause of `calendar`.
#[derive(Clone, PartialEq, Debug)]
pub enum CalendarClause {
    /// `mon..fri 09:00-12:00, 13:00-18:00`
    Weekly {
        /// Days of the week, Monday is 0.
        days: Vec<usize>,
        /// The intervals of each.
        hours: Vec<Spanned<Interval>>,
        /// `not a working day`
        not_working: bool,
    },
    /// `closed 2026-10-01..2026-10-07 "National Day"`
    Closed {
        /// The days.
        days: Spanned<DateRange>,
        /// Why.
        label: Option<Text>,
    },
    /// `opened 2026-10-10 09:00-18:00 "Make-up working day"`
    Opened {
        /// The days.
        days: Spanned<DateRange>,
        /// Their intervals.
        hours: Vec<Spanned<Interval>>,
        /// Why.
        label: Option<Text>,
    },
    /// `received after 17:00 counts as the next open day`
    ReceivedAfter(Spanned<MinuteOfDay>),
    /// `timezone "…"`
    Timezone(Text),
    /// `source "…"`
    Source(Text),
}

/// `period double_eleven 2026-11-01..2026-11-11`
#[derive(Clone, PartialEq, Debug)]
pub struct Period {
    /// The name.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// Its spans of days.
    pub days: Vec<Spanned<DateRange>>,
}
