//! Clauses of clocks that come to nothing, and the words for them.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};
use crate::graph::ConditionRole;
use crate::proofs::faults::consequence;

/// A clause of a clock that does not do what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ClockFault {
    /// What an event does to a clock that the same event has ended before.
    EndedFirst {
        /// What comes too late.
        deed: ClockAction,
        /// What comes before.
        end: End,
        /// The event.
        event: String,
        /// Whether the deed has a condition of its own.
        filtered: bool,
    },
    /// A pause that ends with the event that begins it.
    PausesForNothing {
        /// The event.
        event: String,
    },
    /// A pause that ends only with the clock.
    NeverResumes {
        /// What all that should let it run on does before.
        end: End,
        /// The first event that should.
        event: String,
    },
    /// Stops that open the clock again at once.
    ReopensAtOnce {
        /// The first event that does both.
        event: String,
    },
    /// A new total that is no more than any row gives.
    ExtendsNothing {
        /// The first row, as written.
        row: String,
    },
    /// A line for better than promised that all keep who keep the promise.
    BeyondIsNoBetter {
        /// The row of the target, as written.
        row: String,
        /// A case in which that is so; none if any will do.
        example: Option<String>,
    },
    /// A turn of a clock that has nothing to keep or miss.
    NeverComes {
        /// What waits for it.
        job: ConditionRole,
        /// What is waited for: `breach of resolve`.
        event: String,
        /// The standard whose clock it is.
        standard: String,
        /// The row without a target, as written.
        row: String,
        /// Whether only some of its cases have no target: those that are waited for.
        filtered: bool,
    },
    /// A condition that no trusted event fulfils.
    NeverBelieved {
        /// The event.
        event: String,
        /// An event that fulfils it.
        example: Option<String>,
    },
}

/// What an event does to a clock, behind stopping it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClockAction {
    /// It cancels it.
    Cancel,
    /// It restarts it.
    Restart,
    /// It pauses it.
    Pause,
    /// It gives it more time.
    Extend,
}

/// What ends a clock, in the order in which it is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum End {
    /// A stop.
    Stop,
    /// A cancel.
    Cancel,
}

impl End {
    /// `stops it`
    fn verb(self) -> &'static str {
        match self {
            End::Stop => "stops",
            End::Cancel => "cancels",
        }
    }

    /// `to`
    fn clause(self) -> &'static str {
        match self {
            End::Stop => "to",
            End::Cancel => "cancel on",
        }
    }
}

impl Fault for ClockFault {
    fn code(&self) -> Code {
        match self {
            ClockFault::EndedFirst { .. } => codes::CLOCK_STOPPED_FIRST,
            ClockFault::PausesForNothing { .. } => codes::CLOCK_PAUSES_FOR_NOTHING,
            ClockFault::NeverResumes { .. } => codes::CLOCK_NEVER_RESUMES,
            ClockFault::ReopensAtOnce { .. } => codes::CLOCK_REOPENS_AT_ONCE,
            ClockFault::ExtendsNothing { .. } => codes::CLOCK_EXTENDS_NOTHING,
            ClockFault::BeyondIsNoBetter { .. } => codes::CLOCK_BEYOND_IS_NO_BETTER,
            ClockFault::NeverComes { .. } => codes::CLOCK_NEVER_COMES,
            ClockFault::NeverBelieved { .. } => codes::CONDITION_NEVER_BELIEVED,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            ClockFault::BeyondIsNoBetter { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn is_configurable(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        match self {
            ClockFault::EndedFirst { deed, end, event, filtered } => ended_first(*deed, *end, event, *filtered),
            ClockFault::PausesForNothing { event } => Words {
                message: format!(
                    "`{event}` pauses this clock and lets it run on at once: time that is not theirs is held against \
                     the staff"
                ),
                label: "the pause begins".into(),
                other: "and ends with the same event".into(),
                help: Some(format!("tell the two apart: `pause on {event} where … resume on {event} where …`")),
            },
            ClockFault::NeverResumes { end, event } => Words {
                message: format!(
                    "once paused, this clock never runs on, for `{event}` {} it first: its customer waits for ever \
                     without a breach",
                    end.verb()
                ),
                label: "comes too late".into(),
                other: format!("{} the clock before", end.verb()),
                help: Some("name the event with which the wait ends: `resume on …`".into()),
            },
            ClockFault::ReopensAtOnce { event } => Words {
                message: format!(
                    "`{event}` stops this clock and opens it again at once: whoever was served counts as waiting"
                ),
                label: "opens it again".into(),
                other: "stops it with the same event".into(),
                help: Some(format!("leave out where it stops what opens it again: `to {event} where …`")),
            },
            ClockFault::ExtendsNothing { row } => Words {
                message:
                    "this gives nobody more time, for it is the new total and no row gives less: whoever is granted \
                          more time never gets it"
                        .into(),
                label: "the total from the start".into(),
                other: format!("`{row}` is not less"),
                help: Some("to add to the time that is left, write `extend another … on …`".into()),
            },
            ClockFault::BeyondIsNoBetter { row, example } => Words {
                message: format!(
                    "{}whoever keeps the promise keeps this line, too: the staff are praised for what every customer is \
                     owed",
                    example.as_ref().map(|case| format!("where `{case}`, ")).unwrap_or_default()
                ),
                label: "asks for no more".into(),
                other: "than this".into(),
                help: Some(format!("ask for less time than `{row}` gives")),
            },
            ClockFault::NeverComes { job, event, standard, row, filtered } => Words {
                message: match filtered {
                    true => format!(
                        "no `{event}` is ever such, for those cases of `{standard}` have no target: {}",
                        consequence(*job).0
                    ),
                    false => format!("`{event}` never comes, for `{standard}` has no target: {}", consequence(*job).0),
                },
                label: "never comes".into(),
                other: format!("`{row}` leaves nothing to keep or to break"),
                help: Some(format!(
                    "give `{standard}` a target here: `within …`; or wait for an event of the log instead"
                )),
            },
            ClockFault::NeverBelieved { event, example } => Words {
                message: format!(
                    "no `{event}` that is trusted fulfils this condition: whatever hangs on it is left undetermined, for \
                     a person to decide"
                ),
                label: "fulfilled only by what is not trusted".into(),
                help: Some(match example {
                    Some(example) => format!(
                        "`{event}` with `{example}` is below its `trust when …`; lower the one, or raise the other"
                    ),
                    None => "lower what `trust when …` asks for, or raise what is asked here".into(),
                }),
                ..Words::default()
            },
        }
    }
}

fn ended_first(deed: ClockAction, end: End, event: &str, filtered: bool) -> Words {
    let (verb, follows) = match deed {
        ClockAction::Cancel => ("cancels", "what should not count is judged as kept or broken"),
        ClockAction::Restart => ("restarts", "a customer who asks for more than was done counts as served"),
        ClockAction::Pause => ("pauses", "the next clock of the case begins on hold"),
        ClockAction::Extend => ("extends", "whoever is granted more time never gets it"),
    };
    let clause = end.clause();
    Words {
        message: format!("`{event}` never {verb} this clock, for it {} it first: {follows}", end.verb()),
        label: "comes too late".into(),
        other: format!("{} the clock before", end.verb()),
        help: Some(match (filtered, end) {
            (true, End::Stop) => format!("leave these out where it stops: `to {event} where not (…)`"),
            (true, End::Cancel) => format!("leave these out where it cancels: `cancel on {event} where not (…)`"),
            (false, _) => format!("take out one of the two, or tell them apart: `{clause} {event} where …`"),
        }),
    }
}
