//! What is wrong with dates, hours and zones.

use crate::calendar::Date;
use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// What is wrong with dates, hours and zones.
#[derive(Clone, PartialEq, Debug)]
pub enum TimeFault {
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
    /// A local time in a calendar that clocks skip or show twice.
    OddTime {
        /// The local time.
        at: String,
        /// What is done about it.
        done: &'static str,
    },
    /// A time zone that the bundled database does not know.
    UnknownZone {
        /// The name.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// `N working days` without a calendar to count them on.
    NoCalendar {
        /// The length of time, as written.
        limit: String,
        /// Whose calendar would say it.
        of: DaysOf,
    },
    /// A date closed and opened at once.
    ClosedAndOpened {
        /// The date.
        date: String,
    },
    /// An end before its beginning.
    EndsBeforeItBegins {
        /// The same, turned round; none if it ends where it begins.
        turned: Option<String>,
    },
}

impl Fault for TimeFault {
    fn code(&self) -> Code {
        match self {
            TimeFault::UnknownZone { .. } => codes::TIME_UNKNOWN_ZONE,
            TimeFault::NoCalendar { .. } => codes::TIME_NO_CALENDAR,
            TimeFault::ClosedAndOpened { .. } => codes::TIME_CLOSED_AND_OPENED,
            TimeFault::EndsBeforeItBegins { .. } => codes::TIME_ENDS_BEFORE_IT_BEGINS,
            TimeFault::OddTime { .. } => codes::TIME_ODD_LOCAL_TIME,
            TimeFault::HoursOverlap { .. } => codes::TIME_HOURS_OVERLAP,
            TimeFault::HolidaysEnd { .. } => codes::TIME_HOLIDAYS_END,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            TimeFault::OddTime { .. } | TimeFault::HoursOverlap { .. } | TimeFault::HolidaysEnd { .. } => {
                Severity::Warning
            }
            _ => Severity::Error,
        }
    }

    fn is_configurable(&self) -> bool {
        self.severity() == Severity::Warning
    }

    fn words(&self) -> Words {
        match self {
            TimeFault::HoursOverlap { one, other } => Words {
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
            TimeFault::HolidaysEnd { calendar, last, until } => Words {
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
            TimeFault::OddTime { at, done } => Words {
                message: format!("{at} {done}"),
                label: "these hours".into(),
                help: Some("take a time outside the hour of the change; if it is meant as it stands, leave it".into()),
                ..Words::default()
            },
            TimeFault::UnknownZone { name, suggestion } => Words {
                message: format!("there is no time zone `{name}`: no deadline could be told"),
                label: "this zone".into(),
                help: Some(match suggestion {
                    Some(zone) => format!("did you mean `\"{zone}\"`?"),
                    None => {
                        "a zone is named by continent and city, as in `\"Asia/Shanghai\"` or `\"Europe/Berlin\"`".into()
                    }
                }),
                ..Words::default()
            },
            TimeFault::NoCalendar { limit, of } => Words {
                message: format!(
                    "`{limit}` needs a calendar that says which days are working days: else a customer and an employee \
                     count to two dates"
                ),
                label: "working days of what?".into(),
                help: Some(
                    match of {
                        DaysOf::Rule => "add `counting NAME` with the name of a calendar, or write calendar days",
                        DaysOf::Escalation => {
                            "an escalation counts what its standard counts, and that is the wall clock: write hours or calendar days"
                        }
                        DaysOf::Case => "a case counts no calendar: write hours or calendar days",
                    }
                    .into(),
                ),
                ..Words::default()
            },
            TimeFault::ClosedAndOpened { date } => Words {
                message: format!("{date} is both closed and opened: what is due then would be due on two days"),
                label: "opened here".into(),
                other: "closed here".into(),
                help: Some("keep one of the two".into()),
            },
            TimeFault::EndsBeforeItBegins { turned } => Words {
                message: "this ends before it begins: what was meant for these days is held to all the others".into(),
                label: "the earlier one belongs in front".into(),
                help: turned.as_ref().map(|turned| format!("write `{turned}`")),
                ..Words::default()
            },
        }
    }
}

/// Whose calendar would say what a working day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DaysOf {
    /// The rule's own.
    Rule,
    /// An escalation counts what its standard counts.
    Escalation,
    /// A case counts none.
    Case,
}

/// Two spans of hours that overlap, as one; none if one of them goes past midnight.
fn as_one(one: &str, other: &str) -> Option<String> {
    let ((opens, closes), (also_opens, also_closes)) = (one.split_once('-')?, other.split_once('-')?);
    let within_a_day = opens < closes && also_opens < also_closes;
    within_a_day.then(|| format!("{}-{}", opens.min(also_opens), closes.max(also_closes)))
}
