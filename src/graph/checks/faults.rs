//! What is written and comes to nothing, or ends too soon, and the words for it.

use crate::calendar::Date;
use crate::diagnostic::{Fault, Severity, Words};

/// Something that is sound in itself, and leaves a gap in what the standards say together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CheckFault {
    /// A moment of truth at which nothing is promised.
    NoPromise {
        /// The moment.
        moment: String,
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
    /// Opening hours of one day that overlap.
    HoursOverlap {
        /// The earlier line.
        one: String,
        /// The later one.
        other: String,
    },
    /// A warning that does not come after the one before.
    WarningOrder {
        /// This one.
        at: String,
        /// The one before.
        before: String,
    },
}

impl Fault for CheckFault {
    fn code(&self) -> &'static str {
        match self {
            CheckFault::NoPromise { .. } => "moment/no-promise",
            CheckFault::HolidaysEnd { .. } => "time/holidays-end",
            CheckFault::HoursOverlap { .. } => "time/hours-overlap",
            CheckFault::WarningOrder { .. } => "clock/warning-order",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn words(&self) -> Words {
        match self {
            CheckFault::NoPromise { moment } => Words {
                message: format!(
                    "nothing is promised at `{moment}`: the moment that decides how it is remembered is left to chance"
                ),
                label: "no standard, behaviour or level is `for` it".into(),
                help: Some(format!("promise something there: `standard NAME for {moment} {{ … }}`")),
                ..Words::default()
            },
            CheckFault::HolidaysEnd { calendar, last, until } => Words {
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
            CheckFault::HoursOverlap { one, other } => Words {
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
            CheckFault::WarningOrder { at, before } => Words {
                message: format!(
                    "a warning at {at} does not come after one at {before}: who reads it takes {before} for the first"
                ),
                label: "these warnings".into(),
                help: Some("put them in order, the earliest first: `warn at 50%, 80%`".into()),
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
