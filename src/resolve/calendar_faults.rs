//! What is odd about a calendar as it is written.

use crate::calendar::Date;
use crate::diagnostic::{Fault, Severity, Words};

/// What is odd about a calendar as it is written.
#[derive(Clone, PartialEq, Debug)]
pub enum CalendarFault {
    /// Opening hours of one day that overlap.
    HoursOverlap {
        /// The earlier line.
        one: String,
        /// The later one.
        other: String,
    },
    /// Holidays that end before the standards do.
    HolidaysEnd {
        /// The calendar.
        calendar: String,
        /// The last day that it speaks of.
        last: Date,
        /// The last day of the standards.
        until: Date,
    },
}

impl Fault for CalendarFault {
    fn code(&self) -> &'static str {
        match self {
            CalendarFault::HoursOverlap { .. } => "time/hours-overlap",
            CalendarFault::HolidaysEnd { .. } => "time/holidays-end",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn is_configurable(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        match self {
            CalendarFault::HoursOverlap { one, other } => Words {
                message: format!(
                    "`{one}` and `{other}` overlap: the time in both counts once, so a customer waits longer than it adds up to"
                ),
                label: "begins before the other ends".into(),
                other: "the other".into(),
                help: Some(match as_one(one, other) {
                    Some(hours) => format!("write `{hours}`, or let one begin where the other ends"),
                    None => "write them as one, or let one begin where the other ends".into(),
                }),
            },
            CalendarFault::HolidaysEnd { calendar, last, until } => Words {
                message: format!(
                    "`{calendar}` knows no holiday after {last}, and the standards hold until {until}: from {} on \
                     promises fall due on days when nobody works",
                    last.year().saturating_add(1)
                ),
                label: "the last day it speaks of".into(),
                help: Some(format!(
                    "add the days of {}: `closed {}-01-01`",
                    last.year().saturating_add(1),
                    last.year().saturating_add(1)
                )),
                ..Words::default()
            },
        }
    }
}

/// Two spans of hours that overlap, as one; none if one of them goes past midnight.
fn as_one(one: &str, other: &str) -> Option<String> {
    let ((opens, closes), (also_opens, also_closes)) = (one.split_once('-')?, other.split_once('-')?);
    let within_a_day = opens < closes && also_opens < also_closes;
    within_a_day.then(|| format!("{}-{}", opens.min(also_opens), closes.max(also_closes)))
}
