//! The ways in which a promise asks less than another, and the words for them.

use crate::calendar::{DateTime, Duration};
use crate::graph::LevelTime;

/// A way in which a promise asks less than another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Looser {
    /// A row gives more time, or none at all is promised.
    Target {
        /// A case that takes both rows; none if any will do.
        case: Option<String>,
        /// What it promises, as the language says it.
        mine: String,
        /// The other's.
        other: String,
    },
    /// A row falls due later, for it counts other hours, or another unit.
    Due {
        /// A case that takes both rows; none if any will do.
        case: Option<String>,
        /// When both start.
        start: DateTime,
        /// When it is due.
        mine: DateTime,
        /// When the other is.
        other: DateTime,
    },
    /// A case waits without a date until more is known.
    Waits {
        /// The case.
        case: String,
        /// What the other promises.
        other: String,
    },
    /// An event does something for one and not for the other.
    Event {
        /// What.
        does: Does,
        /// The event.
        event: String,
        /// When it happens in such a case; none if in any.
        case: Option<String>,
    },
    /// It starts later after the same event.
    Delay {
        /// How long after.
        mine: Duration,
        /// The other.
        other: Duration,
    },
    /// Only the first start of a case counts.
    FirstOnly,
    /// One clock for all, where the other has one for each.
    NotPer {
        /// The other's field.
        field: String,
    },
    /// More time may be granted.
    Extension {
        /// By how much, as the language says it.
        by: String,
    },
    /// An exemption reaches it, and does not reach the other.
    Exempt {
        /// The exemption.
        name: String,
    },
    /// Nobody is told, or a lower role, or later.
    Escalation {
        /// From when on.
        at: LevelTime,
        /// The role.
        to: String,
    },
    /// It is not judged.
    NotJudged {
        /// Its status.
        status: String,
    },
    /// A number or a length of time of a behaviour or a level that asks less.
    Bound {
        /// What it bounds.
        of: &'static str,
        /// As the language says it.
        mine: String,
        /// The other.
        other: String,
    },
    /// A sum over a longer time, or over more cases: what is good makes up for what is bad.
    Wider {
        /// As the language says it.
        mine: String,
        /// The other.
        other: String,
    },
    /// A promise that a scorecard no longer weighs, or an authority no longer covers.
    Leaves {
        /// What it leaves out.
        what: String,
    },
}

/// What an event does for a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Does {
    /// It starts the clock.
    Starts,
    /// It stops the clock.
    Stops,
    /// It cancels the clock.
    Cancels,
    /// It pauses the clock.
    Pauses,
    /// A paused clock runs on.
    Resumes,
    /// It begins anew.
    Restarts,
    /// It takes up a clock that has stopped.
    Reopens,
    /// A behaviour looks at it.
    Asked,
    /// It is as a behaviour asks.
    Passes,
    /// It is what a behaviour asks for.
    Answers,
    /// It ends the time in which something must keep happening.
    Ends,
}

/// Why two promises cannot be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Incomparable {
    /// Too many combinations.
    TooMany,
    /// They say two different kinds of things.
    OtherKind,
    /// A promised instant against a length of time, or against another promised instant.
    PromisedInstant,
    /// They count other hours, and time that does not count weighs on each in its own way.
    HoursAndPauses,
    /// One starts earlier after the same event, so another event may answer it.
    Delay,
    /// Their clocks run at different times, and that decides what this clause does.
    OtherTimes {
        /// The clause, as the language says it.
        clause: &'static str,
    },
    /// They have a clock each for different things, or are judged over different cases.
    OtherScope,
    /// Their lines do not match one by one.
    Lines {
        /// The clause, as the language says it.
        clause: &'static str,
    },
    /// A case that takes one pair of rows first, and another later.
    ChangingCase,
    /// What they measure, or sum over, is not the same.
    Measured {
        /// What differs.
        what: &'static str,
    },
}

/// One way in words: `a case with …` has this here and that there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phrase {
    /// What it is about.
    pub about: String,
    /// What is so of mine.
    pub mine: String,
    /// What is so of the other.
    pub other: String,
}

/// Which of two promises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The first.
    Mine,
    /// The one that it is held against.
    Other,
}

impl Phrase {
    fn new(about: impl Into<String>, mine: impl Into<String>, other: impl Into<String>) -> Self {
        Self { about: about.into(), mine: mine.into(), other: other.into() }
    }

    /// What is so on one side.
    pub fn of(&self, side: Side) -> &str {
        match side {
            Side::Mine => &self.mine,
            Side::Other => &self.other,
        }
    }
}

impl Looser {
    /// The way in words.
    pub fn phrase(&self) -> Phrase {
        match self {
            Looser::Target { case, mine, other } => {
                Phrase::new(a_case(case.as_deref()), format!("gets `{mine}`"), format!("gets `{other}`"))
            }
            Looser::Due { case, start, mine, other } => {
                let about = match case {
                    Some(case) => format!("a case with `{case}` that starts on {}", day_and_time(*start)),
                    None => format!("what starts on {}", day_and_time(*start)),
                };
                let due = |at: &DateTime| match at.time() == jiff::civil::Time::MAX {
                    true => format!("is due at {}", day_and_time(*at)),
                    false => format!("is due on {}", day_and_time(*at)),
                };
                Phrase::new(about, due(mine), due(other))
            }
            Looser::Waits { case, other } => {
                Phrase::new(a_case(Some(case)), "waits without a date until more is known", format!("gets `{other}`"))
            }
            Looser::Event { does, event, case } => {
                let about = match case {
                    Some(case) => format!("`{event}` with `{case}`"),
                    None => format!("`{event}`"),
                };
                let (mine, other) = does.words();
                Phrase::new(about, mine, other)
            }
            Looser::Delay { mine, other } => {
                let delay = |span: &Duration| match span.is_zero() {
                    true => "begins at once".to_owned(),
                    false => format!("begins {span} after its start"),
                };
                Phrase::new("the clock", delay(mine), delay(other))
            }
            Looser::FirstOnly => Phrase::new("a second start in a case", "is not counted", "has a clock of its own"),
            Looser::NotPer { field } => Phrase::new(
                format!("a second `{field}` in a case"),
                "shares the clock of the first",
                "has a clock of its own",
            ),
            Looser::Extension { by } => {
                Phrase::new("its time", format!("may be extended: `{by}`"), "may not be extended so")
            }
            Looser::Exempt { name } => Phrase::new(format!("what `{name}` exempts"), "is excused", "is not excused"),
            Looser::Escalation { at, to } => Phrase::new(
                format!("at {at}{}, `{to}`", if matches!(at, LevelTime::Part(_)) { " of the target" } else { "" }),
                "need not be told so soon",
                "must be told",
            ),
            Looser::NotJudged { status } => {
                Phrase::new("what breaks it", format!("is not told: it is {status}"), "is told")
            }
            Looser::Bound { of, mine, other } => Phrase::new(*of, format!("is `{mine}`"), format!("is `{other}`")),
            Looser::Wider { mine, other } => Phrase::new(
                "what is bad in one and good in another",
                format!("evens out: it is taken together `{mine}`"),
                format!("shows: it is told apart `{other}`"),
            ),
            Looser::Leaves { what } => Phrase::new(what.clone(), "is left out", "takes part"),
        }
    }
}

fn a_case(case: Option<&str>) -> String {
    case.map_or_else(|| "any case".to_owned(), |case| format!("a case with `{case}`"))
}

/// `Friday 2026-03-06 16:00`, `the end of Friday 2026-03-06`
fn day_and_time(at: DateTime) -> String {
    if at.time() == jiff::civil::Time::MAX {
        return at.strftime("the end of %A %Y-%m-%d").to_string();
    }
    let format =
        if at.second() == 0 && at.subsec_nanosecond() == 0 { "%A %Y-%m-%d %H:%M" } else { "%A %Y-%m-%d %H:%M:%S" };
    at.strftime(format).to_string()
}

impl Does {
    /// What is so where less is asked, and where more is.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Does::Starts => ("starts no clock", "starts a clock"),
            Does::Stops => ("stops the clock", "does not stop the clock"),
            Does::Cancels => ("cancels the clock", "does not cancel the clock"),
            Does::Pauses => ("pauses the clock", "does not pause the clock"),
            Does::Resumes => ("leaves the clock paused", "lets the clock run on"),
            Does::Restarts => ("starts the time anew", "does not start the time anew"),
            Does::Reopens => ("does not reopen the clock", "reopens the clock"),
            Does::Asked => ("is left out", "is judged"),
            Does::Passes => ("passes", "does not pass"),
            Does::Answers => ("is enough", "is not enough"),
            Does::Ends => ("ends the duty", "does not end the duty"),
        }
    }
}

impl Incomparable {
    /// Why, as half a sentence.
    pub fn words(&self) -> String {
        match self {
            Incomparable::TooMany => "there are too many combinations to look through".into(),
            Incomparable::OtherKind => "the two say different kinds of things".into(),
            Incomparable::PromisedInstant => {
                "an instant that a field promises is earlier in one case and later in another".into()
            }
            Incomparable::HoursAndPauses => {
                "the two count other hours, and a pause weighs on each in its own way".into()
            }
            Incomparable::Delay => {
                "it begins earlier after the same event, and what answers it may come too early for the other".into()
            }
            Incomparable::OtherTimes { clause } => {
                format!("the two clocks run at different times, and `{clause}` depends on when they do")
            }
            Incomparable::OtherScope => "one has a clock, or a judgement, where the other has several".into(),
            Incomparable::Lines { clause } => format!("their `{clause}` lines do not match one by one"),
            Incomparable::ChangingCase => {
                "a case may begin with the hours of one row and change to the time of another".into()
            }
            Incomparable::Measured { what } => format!("{what} is not the same"),
        }
    }
}
