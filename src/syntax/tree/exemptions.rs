//! What no standard answers for.

use jiff::civil::Date;
use jiff::civil::DateTime;

use super::{Condition, Name, Operand, Text};

use crate::source::Spanned;

/// A clause of `exempt`.
#[derive(Clone, PartialEq, Debug)]
pub enum ExemptClause {
    /// `from 2026-08-02 08:00 to 2026-08-04 20:00`
    Window {
        /// Its beginning.
        from: Spanned<DayOrTime>,
        /// Its end; of a day, the end of it.
        to: Spanned<DayOrTime>,
    },
    /// `when delay.cause is weather`
    When(Spanned<Condition>),
    /// `for complaints, resolve`
    For(Vec<Name>),
    /// `excuse`
    Excuse,
    /// `stop the clock`
    StopTheClock,
    /// `proof notice.id`
    Proof(Spanned<Operand>),
    /// `source "…"`
    Source(Text),
}

/// A whole local day, or a local time on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayOrTime {
    /// `2026-08-02`
    Day(Date),
    /// `2026-08-02 08:00`
    Time(DateTime),
}

impl DayOrTime {
    /// The local day.
    pub fn day(self) -> Date {
        match self {
            DayOrTime::Day(day) => day,
            DayOrTime::Time(time) => time.date(),
        }
    }
}
