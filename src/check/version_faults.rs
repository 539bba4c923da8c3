//! What can be wrong between versions of a service, and the words for it.

use crate::calendar::{Date, DateRange};
use crate::compare::Looser;
use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// A fault between two versions of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VersionFault {
    /// A version among several does not say on which days it is in force.
    NoDays {
        /// The version.
        version: String,
    },
    /// Two files that are no versions of one service.
    TwoServices {
        /// The service of the earlier one.
        one: String,
        /// The service of the later one.
        other: String,
    },
    /// Two versions claim the same days.
    Overlap {
        /// The days of the earlier one.
        earlier: DateRange,
        /// The days of the later one.
        later: DateRange,
    },
    /// Between two versions lie days of none.
    Gap {
        /// The days.
        days: DateRange,
    },
    /// The headers of two versions differ in what all of a log is read by.
    TwoHeaders {
        /// What.
        what: &'static str,
        /// The earlier version's.
        one: String,
        /// The later version's.
        other: String,
    },
    /// A field that two versions declare differently.
    TwoFields {
        /// The field.
        field: String,
    },
    /// A promise asks less than in the version before, and does not say so.
    Loosens {
        /// The promise.
        promise: String,
        /// The version before.
        before: String,
        /// In which way.
        way: Looser,
        /// In how many other ways.
        more: usize,
    },
    /// A promise says that it asks less than in the version before, and does not.
    LoosensNothing {
        /// The promise.
        promise: String,
        /// The version before.
        before: String,
    },
    /// A promise of the version before is gone, and nothing is said of it.
    Gone {
        /// The promise.
        promise: String,
        /// The version before.
        before: String,
    },
    /// A promise is said to be gone, and is not.
    NotGone {
        /// The promise.
        promise: String,
        /// The version before.
        before: String,
        /// Whether it is still promised; else it never was.
        still: bool,
    },
}

impl Fault for VersionFault {
    fn code(&self) -> Code {
        match self {
            VersionFault::NoDays { .. } => codes::VERSION_NO_DAYS,
            VersionFault::TwoServices { .. } => codes::VERSION_TWO_SERVICES,
            VersionFault::Overlap { .. } => codes::VERSION_OVERLAP,
            VersionFault::Gap { .. } => codes::VERSION_GAP,
            VersionFault::TwoHeaders { .. } => codes::VERSION_TWO_HEADERS,
            VersionFault::TwoFields { .. } => codes::VERSION_TWO_FIELDS,
            VersionFault::Loosens { .. } => codes::VERSION_LOOSENS,
            VersionFault::LoosensNothing { .. } => codes::VERSION_LOOSENS_NOTHING,
            VersionFault::Gone { .. } => codes::VERSION_GONE,
            VersionFault::NotGone { .. } => codes::VERSION_NOT_GONE,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            VersionFault::Gap { .. }
            | VersionFault::Loosens { .. }
            | VersionFault::LoosensNothing { .. }
            | VersionFault::Gone { .. }
            | VersionFault::NotGone { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn words(&self) -> Words {
        match self {
            VersionFault::NoDays { version } => Words {
                message: format!(
                    "on which days {version} is in force is not said: what a customer is promised would be a guess"
                ),
                label: "beside another version of it".into(),
                help: Some("say it in the header: `effective 2026-01-01 until 2026-03-31`".into()),
                ..Words::default()
            },
            VersionFault::TwoServices { one, other } => Words {
                message: format!(
                    "`{one}` and `{other}` are not versions of one service: the customers of one would be judged by the other"
                ),
                label: "another service".into(),
                other: "than here".into(),
                help: Some("judge each in a run of its own, or give both headers the same name".into()),
            },
            VersionFault::Overlap { earlier, later } => overlap(*earlier, *later),
            VersionFault::Gap { days } => Words {
                message: format!("no version is in force {}: whoever asks then is promised nothing", on_days(*days)),
                label: "the next one begins here".into(),
                help: Some("what begins on those days is counted, and not judged".into()),
                ..Words::default()
            },
            VersionFault::TwoHeaders { what, one, other } => Words {
                message: format!("these versions have two {what}, {one} and {other}: one log would say two things"),
                label: format!("{other} here"),
                other: format!("{one} here"),
                help: Some("both read the same log: give both headers the same".into()),
            },
            VersionFault::TwoFields { field } => Words {
                message: format!("`{field}` is not the same in both versions: to one of them the log makes no sense"),
                label: "declared like this here".into(),
                other: "and like this here".into(),
                help: Some("both read the same log: give it one type, and all values that either of them knows".into()),
            },
            VersionFault::Loosens { promise, before, way, more } => loosens(promise, before, way, *more),
            VersionFault::LoosensNothing { promise, before } => Words {
                message: format!(
                    "`{promise}` asks no less than in {before}: whoever reads it looks for what was taken away"
                ),
                label: "nothing is looser".into(),
                other: "so it was before".into(),
                help: Some("take `looser than before` out".into()),
            },
            VersionFault::Gone { promise, before } => Words {
                message: format!(
                    "`{promise}` of {before} is promised no longer: a customer who counts on it is not told"
                ),
                label: "not promised here".into(),
                other: "promised here".into(),
                help: Some(format!("if it is meant, say why in the header: `no longer promises {promise} \"…\"`")),
            },
            VersionFault::NotGone { promise, before, still } => Words {
                message: match still {
                    true => format!("`{promise}` is promised here as it was in {before}: the header says otherwise"),
                    false => format!("`{promise}` was not promised in {before} either: nobody misses it"),
                },
                label: "said to be gone".into(),
                help: Some(format!("take `no longer promises {promise}` out")),
                ..Words::default()
            },
        }
    }
}

fn loosens(promise: &str, before: &str, way: &Looser, more: usize) -> Words {
    let phrase = way.phrase();
    let more = match more {
        0 => String::new(),
        1 => ", and in another way".to_owned(),
        more => format!(", and in {more} other ways"),
    };
    Words {
        message: format!(
            "`{promise}` asks less than before and does not say so: {} {}, and in {before} it {}{more}",
            phrase.about, phrase.mine, phrase.other
        ),
        label: "less than before".into(),
        other: "so it was".into(),
        help: Some(
            "a customer who counts on it is not told; if it is meant, say why: `looser than before \"…\"`".into(),
        ),
    }
}

fn overlap(earlier: DateRange, later: DateRange) -> Words {
    let last = earlier.last.min(later.last);
    let before = later.first.yesterday().unwrap_or(later.first);
    let help = if earlier.first <= before {
        format!("end the earlier one the day before: `effective {} until {before}`", earlier.first)
    } else {
        "let one of them begin after the other ends".to_owned()
    };
    Words {
        message: format!(
            "two versions are in force {}: who asks then is promised two things",
            on_days(DateRange { first: later.first, last })
        ),
        label: "in force on these days".into(),
        other: "and so is this one".into(),
        help: Some(help),
    }
}

fn on_days(days: DateRange) -> String {
    match days {
        DateRange { first, last } if last == Date::MAX => format!("from {first} on"),
        DateRange { first, last } if first == last => format!("on {first}"),
        DateRange { first, last } => format!("from {first} to {last}"),
    }
}
