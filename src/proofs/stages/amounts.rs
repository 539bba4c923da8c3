//! Lengths of time that add up: hours with hours of the same calendar, days with days.

use std::fmt;

use crate::calendar::Duration;
use crate::graph::{Limit, Promise, Standard};

/// So much time, of one kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Debug)]
pub enum Amount {
    /// Counted on a calendar, or on the wall.
    Exact(Duration),
    /// Working days of a calendar.
    WorkingDays(u32),
    /// Local days.
    CalendarDays(u32),
}

impl Amount {
    /// What a promise gives to the last moment, where that is certain; a move to an open day gives no less.
    pub fn of(promise: &Promise, standard: &Standard) -> Option<Amount> {
        Some(match promise {
            Promise::AtOnce => Amount::Exact(Duration::ZERO),
            Promise::Within(Limit::Exact(amount)) => Amount::Exact(*amount),
            Promise::Within(Limit::WorkingDays(days)) => Amount::WorkingDays(*days),
            // On a calendar such a day may end before it does on the wall.
            Promise::Within(Limit::CalendarDays(days, _)) if standard.counting.is_empty() => {
                Amount::CalendarDays(*days)
            }
            _ => return None,
        })
    }

    /// Both together, if they are of one kind.
    pub fn and(self, other: Amount) -> Option<Amount> {
        Some(match (self, other) {
            (Amount::Exact(one), Amount::Exact(other)) => Amount::Exact(one.saturating_add(other)),
            (Amount::WorkingDays(one), Amount::WorkingDays(other)) => Amount::WorkingDays(one.saturating_add(other)),
            (Amount::CalendarDays(one), Amount::CalendarDays(other)) => Amount::CalendarDays(one.saturating_add(other)),
            (amount, Amount::Exact(Duration::ZERO)) | (Amount::Exact(Duration::ZERO), amount) => amount,
            _ => return None,
        })
    }

    /// Whether it is surely more than another.
    pub fn is_more_than(self, other: Amount) -> bool {
        match (self, other) {
            (Amount::Exact(one), Amount::Exact(other)) => one > other,
            (Amount::WorkingDays(one), Amount::WorkingDays(other)) => one > other,
            (Amount::CalendarDays(one), Amount::CalendarDays(other)) => one > other,
            _ => false,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = |days: &u32| if *days == 1 { "day" } else { "days" };
        match self {
            Amount::Exact(amount) => write!(f, "{amount}"),
            Amount::WorkingDays(count) => write!(f, "{count} working {}", days(count)),
            Amount::CalendarDays(count) => write!(f, "{count} calendar {}", days(count)),
        }
    }
}
