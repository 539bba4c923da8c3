//! What is written and comes to nothing, or ends too soon, and the words for it.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};
use crate::vocabulary::Kind;

/// Something that is sound in itself, and leaves a gap in what the standards say together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CheckFault {
    /// A moment of truth at which nothing is promised.
    NoPromise {
        /// The moment.
        moment: String,
    },
    /// A critical moment of truth at which a breach has no consequence.
    NotMended {
        /// The moment.
        moment: String,
        /// A promise at it.
        promise: String,
    },
    /// A touchpoint at which nothing is measured.
    NeverMeasured {
        /// The touchpoint.
        touchpoint: String,
        /// A journey through it.
        journey: Option<String>,
    },
    /// An event that no rule reads.
    NeverRead {
        /// The event.
        event: String,
        /// Whether it has fields of its own.
        says: bool,
    },
    /// A period or a calendar that no rule uses.
    NeverUsed {
        /// What it is.
        kind: Kind,
        /// Its name.
        name: String,
    },
    /// An action that no role may do.
    InNobodysPower {
        /// The action.
        action: String,
    },
    /// An approval that says nothing of how much, where each power has a limit.
    NeverJudged {
        /// The action.
        action: String,
        /// The field that might say it: the only amount of the event that grants.
        field: Option<String>,
    },
    /// An escalation that may be told later than what comes next.
    DutyTooLong {
        /// Who must be told.
        role: String,
        /// Who is told next; none where it is the due that comes next.
        next: Option<String>,
        /// Within what time.
        within: String,
        /// How long it is until what comes next.
        left: String,
        /// The row of the target that leaves so little, as written.
        row: String,
    },
    /// Something that hangs on a standard without any target.
    NothingDue {
        /// The standard.
        standard: String,
        /// What hangs on it.
        what: Idle,
    },
    /// A calendar that opens on no day in force.
    NeverOpen {
        /// The calendar.
        calendar: String,
    },
    /// Working days of a calendar that has none.
    NoWorkingDay {
        /// The calendar.
        calendar: String,
        /// The row that counts them, as written.
        row: String,
    },
}

/// What comes to nothing where a standard has no target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Idle {
    /// Its warnings.
    Warning,
    /// Its escalation.
    Escalation,
    /// A level of the share that keeps it.
    Level,
    /// A cause of its breaches.
    Cause,
    /// A remedy for its breaches.
    Remedy,
    /// Points for keeping it.
    Points,
}

impl Idle {
    fn follows(self) -> &'static str {
        match self {
            Idle::Warning => "no warning ever comes",
            Idle::Escalation => "nobody is ever told, however long a customer waits",
            Idle::Level => "this is the share of nothing, and stays open for ever",
            Idle::Cause => "there is nothing to explain",
            Idle::Remedy => "no customer is ever offered this",
            Idle::Points => "nobody ever earns or loses these points",
        }
    }
}

impl Fault for CheckFault {
    fn code(&self) -> Code {
        match self {
            CheckFault::NoPromise { .. } => codes::MOMENT_NO_PROMISE,
            CheckFault::NotMended { .. } => codes::MOMENT_NOT_MENDED,
            CheckFault::NeverMeasured { .. } => codes::TOUCHPOINT_NEVER_MEASURED,
            CheckFault::NeverRead { .. } => codes::EVENT_NEVER_READ,
            CheckFault::NeverUsed { .. } => codes::NAME_NEVER_USED,
            CheckFault::InNobodysPower { .. } => codes::EMPOWER_NOBODY,
            CheckFault::NeverJudged { .. } => codes::EMPOWER_NO_AMOUNT,
            CheckFault::DutyTooLong { .. } => codes::ESCALATE_TOO_LONG,
            CheckFault::NothingDue { .. } => codes::CLOCK_NOTHING_DUE,
            CheckFault::NeverOpen { .. } => codes::TIME_NEVER_OPEN,
            CheckFault::NoWorkingDay { .. } => codes::TIME_NO_WORKING_DAY,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            CheckFault::NeverOpen { .. } | CheckFault::NoWorkingDay { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn is_configurable(&self) -> bool {
        true
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
            CheckFault::NotMended { moment, promise } => Words {
                message: format!(
                    "when a promise at `{moment}` is broken, nobody is told and nothing is offered: a customer is lost where \
                     it matters most"
                ),
                label: "critical, and nothing follows a breach".into(),
                help: Some(format!(
                    "say who is told, `escalate {promise}, seen as EVENT {{ at 80% to ROLE within 15m }}`, or what is \
                     offered, `remedy NAME for {promise} {{ offer \"Call back and apologise\" }}`"
                )),
                ..Words::default()
            },
            CheckFault::NeverJudged { action, field } => Words {
                message: format!(
                    "no approval of `{action}` can be judged: it does not say for how much, and each role may only up to a \
                     limit"
                ),
                label: "without an amount".into(),
                other: "up to a limit".into(),
                help: Some(match field {
                    Some(field) => format!("say which field holds it: `amount {field}`"),
                    None => "say which field holds it: give the events that ask and grant a field \
                             `amount: money`, and write `amount amount`"
                        .into(),
                }),
            },
            CheckFault::NeverMeasured { touchpoint, journey } => Words {
                message: match journey {
                    Some(journey) => format!(
                        "nothing is measured at `{touchpoint}`, through which `{journey}` goes: whatever happens to a \
                         customer there, its score does not show"
                    ),
                    None => format!(
                        "nothing is measured at `{touchpoint}`: whatever happens to a customer there, no report shows"
                    ),
                },
                label: "no standard, behaviour, level or scorecard is `for` it".into(),
                help: Some(format!(
                    "promise something there, `standard NAME for {touchpoint} {{ … }}`, or take it out"
                )),
                ..Words::default()
            },
            CheckFault::NeverRead { event, says } => Words {
                message: match says {
                    true => format!("no rule reads `{event}`, nor what it says: nothing follows from it for anybody"),
                    false => format!("no rule reads `{event}`: nothing follows from it for anybody"),
                },
                label: "declared and never read".into(),
                help: Some(match says {
                    true => format!(
                        "ask for it in a rule, `behaviour NAME {{ after {event}, … }}`, or take it out; if it is there for \
                         what it brings of the case, declare it without fields of its own"
                    ),
                    false => format!("ask for it in a rule, `behaviour NAME {{ after {event}, … }}`, or take it out"),
                }),
                ..Words::default()
            },
            CheckFault::NeverUsed { kind, name } => Words {
                message: match *kind {
                    Kind::Period => {
                        format!("no rule asks for `{name}`: on its days every customer is promised the same")
                    }
                    _ => format!("no clock counts `{name}`: its hours and holidays change no promise"),
                },
                label: "declared and never used".into(),
                help: Some(match *kind {
                    Kind::Period => format!("write `when started in {name}`, or take it out"),
                    _ => format!("write `counting {name}` in a standard, or take it out"),
                }),
                ..Words::default()
            },
            CheckFault::InNobodysPower { action } => Words {
                message: format!("no role may `{action}`: each time it is held against whoever does it"),
                label: "in nobody's power".into(),
                help: Some(format!(
                    "say who may, `empower ROLE {{ may {action} }}`; if nobody must, write `never` of its event in a \
                     behaviour"
                )),
                ..Words::default()
            },
            CheckFault::DutyTooLong { role, next, within, left, row } => Words {
                message: match next {
                    Some(next) => format!(
                        "`{next}` is told {left} later, and `{role}` may be told up to {within} later: whoever should help \
                         first hears of it last"
                    ),
                    None => format!(
                        "it is due {left} later, and `{role}` may be told up to {within} later: then it is too late to \
                         help the customer in time"
                    ),
                },
                label: format!("within {within}"),
                other: format!("of `{row}`, that part leaves {left}"),
                help: Some(format!("tell `{role}` `within {left}` or less, or at an earlier part of the target")),
            },
            CheckFault::NothingDue { standard, what } => Words {
                message: format!("`{standard}` has no target to keep or to break: {}", what.follows()),
                label: "hangs on a target".into(),
                other: "has none".into(),
                help: Some(format!("give `{standard}` a target, `within …`, or take this out")),
            },
            CheckFault::NeverOpen { calendar } => Words {
                message: format!(
                    "`{calendar}` opens on no day on which these standards hold: what counts it is never due, and its \
                     customer waits for ever without a breach"
                ),
                label: "closed on every day".into(),
                help: Some("shorten what is `closed`, or open some days: `opened 2026-10-10 09:00-18:00`".into()),
                ..Words::default()
            },
            CheckFault::NoWorkingDay { calendar, row } => Words {
                message: format!(
                    "no day of `{calendar}` is a working day, so `{row}` is never due: its customer waits for ever \
                     without a breach"
                ),
                label: "counts working days".into(),
                other: "opens on no working day".into(),
                help: Some("leave `not a working day` out where it is one, or promise hours: `within 16h`".into()),
            },
        }
    }
}
