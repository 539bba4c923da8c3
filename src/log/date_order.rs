//! The order of day and month, and what a time says of it.

use std::fmt;

/// Which of day and month a format puts first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DateOrder {
    /// `25/04/2026`
    DayFirst,
    /// `04/25/2026`
    MonthFirst,
}

impl DateOrder {
    /// The other order.
    pub fn other(self) -> Self {
        match self {
            DateOrder::DayFirst => DateOrder::MonthFirst,
            DateOrder::MonthFirst => DateOrder::DayFirst,
        }
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateOrder::DayFirst => "day before month",
            DateOrder::MonthFirst => "month before day",
        })
    }
}

/// What a time says of the format that it is read in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hint {
    /// It fits only this order.
    Only(DateOrder),
    /// It fits both orders, and is read in this one.
    Either(DateOrder),
    /// It does not fit the format, and fits the other order.
    Against(DateOrder),
    /// It is read as milliseconds, and would be a plausible number of seconds.
    PerhapsSeconds,
}
