//! What the proofs find, and the words for it: what follows for a customer or an employee, and what to write.

use super::asked::Job;
use crate::diagnostic::{Fault, Severity, Words};

/// Something that the author did not mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ProofFault {
    /// Rows for some cases, and nothing for the others.
    NoOtherwise {
        /// The table: `target`, `counting`, `beyond expectation`.
        table: &'static str,
        /// A case that matches no row; none if any will do.
        example: Option<String>,
        /// Whether every case matches one, but for a field that may be missing.
        missing: bool,
    },
    /// A row that no case takes, for those before it take them all.
    DeadRow {
        /// The table.
        table: &'static str,
        /// A row before it.
        first: String,
        /// Whether that row alone takes all its cases.
        alone: bool,
        /// A case of this row that takes the other.
        instead: Option<String>,
        /// Whether such a case waits at the other row rather than taking it.
        waits: bool,
        /// Whether it is the row for all others.
        otherwise: bool,
    },
    /// An ordered field counts the other way here than in the other rows of these standards.
    AgainstTheOrder {
        /// The field.
        field: String,
        /// The value that waits longer, and its row as written.
        longer: [String; 2],
        /// The value that waits less, and its row as written.
        shorter: [String; 2],
        /// Whether elsewhere the higher value is served sooner.
        higher_is_sooner: bool,
        /// What else must be so.
        example: Option<String>,
    },
    /// A condition that holds of no case.
    NeverHolds {
        /// What it is for.
        job: Job,
        /// A case that fulfils the front of it.
        example: Option<String>,
    },
    /// A condition that no case fails.
    AlwaysHolds {
        /// What it is for.
        job: Job,
        /// A case that fails the front of it and fulfils the rest.
        example: Option<String>,
    },
    /// A cancel or a restart by an event that stops the clock before.
    StoppedFirst {
        /// What comes too late.
        deed: Deed,
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
    /// A question that takes too long.
    Undecided {
        /// What is not proved.
        what: &'static str,
    },
}

/// What an event does to a clock, behind stopping it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// It cancels it.
    Cancel,
    /// It restarts it.
    Restart,
}

impl Fault for ProofFault {
    fn code(&self) -> &'static str {
        match self {
            ProofFault::NoOtherwise { .. } => "table/no-otherwise",
            ProofFault::DeadRow { .. } => "table/dead-row",
            ProofFault::AgainstTheOrder { .. } => "table/against-the-order",
            ProofFault::NeverHolds { .. } => "condition/never-holds",
            ProofFault::AlwaysHolds { .. } => "condition/always-holds",
            ProofFault::StoppedFirst { .. } => "clock/stopped-first",
            ProofFault::PausesForNothing { .. } => "clock/pauses-for-nothing",
            ProofFault::Undecided { .. } => "proof/undecided",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            ProofFault::AgainstTheOrder { .. }
            | ProofFault::AlwaysHolds { .. }
            | ProofFault::Undecided { .. }
            | ProofFault::DeadRow { otherwise: true, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn may_be_minded_less(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        match self {
            ProofFault::NoOtherwise { table, example, missing } => no_otherwise(table, example.as_deref(), *missing),
            ProofFault::DeadRow { .. } => self.dead_row(),
            ProofFault::AgainstTheOrder { field, longer: [longer, row], shorter: [shorter, other], .. } => Words {
                message: format!(
                    "{}`{field} is {longer}` waits longer than `{field} is {shorter}`, {}",
                    self.where_so(),
                    self.elsewhere(),
                ),
                label: format!("`{longer}` gets this"),
                other: format!("`{shorter}` gets this"),
                help: Some(format!(
                    "the wrong customer is served first: swap the times of `{row}` and `{other}`; if both are meant, \
                     declare `{field}` as `one of (…)`, which claims no order"
                )),
            },
            ProofFault::NeverHolds { job, example } => Words {
                message: format!("this condition never holds: {}", consequence(*job).0),
                label: "holds of no case".into(),
                help: Some(match example {
                    Some(example) => format!(
                        "a case with `{example}` fails the rest of it; take out what contradicts, or write `or`"
                    ),
                    None => "compare with a value that it can have, or take it out".into(),
                }),
                ..Words::default()
            },
            ProofFault::AlwaysHolds { job, example } => Words {
                message: format!("this condition always holds: {}", consequence(*job).1),
                label: "no case fails it".into(),
                help: Some(match example {
                    Some(example) => format!(
                        "a case with `{example}` fulfils the rest of it; write `and`, or take the condition out"
                    ),
                    None => "narrow it, or take it out".into(),
                }),
                ..Words::default()
            },
            ProofFault::StoppedFirst { deed, event, filtered } => stopped_first(*deed, event, *filtered),
            ProofFault::PausesForNothing { event } => Words {
                message: format!(
                    "`{event}` pauses this clock and lets it run on at once: time that is not theirs is held against \
                     the staff"
                ),
                label: "the pause begins".into(),
                other: "and ends with the same event".into(),
                help: Some(format!("tell the two apart: `pause on {event} where … resume on {event} where …`")),
            },
            ProofFault::Undecided { what } => Words {
                message: format!("it is not proved {what}: there are too many combinations to look through"),
                label: "from here".into(),
                help: Some("give parts of it a name with `segment`, or split it, and look at it with care".into()),
                ..Words::default()
            },
        }
    }
}

impl ProofFault {
    /// `where vip, `
    fn where_so(&self) -> String {
        match self {
            ProofFault::AgainstTheOrder { example: Some(example), .. } => format!("where `{example}`, "),
            _ => String::new(),
        }
    }

    fn elsewhere(&self) -> &'static str {
        match self {
            ProofFault::AgainstTheOrder { higher_is_sooner: true, .. } => "and elsewhere the higher is served sooner",
            _ => "and elsewhere the higher is served later",
        }
    }

    fn dead_row(&self) -> Words {
        let ProofFault::DeadRow { table, first, alone, instead, waits, otherwise } = self else {
            return Words::default();
        };
        let example = instead.as_ref().map(|case| match waits {
            true => format!("a case with `{case}` waits at `{first}` until that is known"),
            false => format!("a case with `{case}` takes `{first}`"),
        });
        let advice = match (otherwise, waits) {
            (true, _) => {
                "take it out; a case of which too little is known takes no row, so ask for that first with `is unknown`"
            }
            (_, true) => "put this row first",
            (_, false) => "put the narrower row first, or take this one out",
        };
        Words {
            message: format!("this row is never reached: {}", nobody(table)),
            label: "never reached".into(),
            other: match alone {
                true => format!("`{first}` comes first"),
                false => "this row and others take all its cases".into(),
            },
            help: Some(match example {
                Some(example) => format!("{example}; {advice}"),
                None => advice.into(),
            }),
        }
    }
}

/// What a row that is never reached means for people.
fn nobody(table: &str) -> &'static str {
    match table {
        "target" => "no customer is promised what it says",
        "beyond expectation" => "nobody is praised by it",
        "counting" => "no clock counts this calendar by it",
        "offer" => "no customer is offered what it says",
        _ => "no breach is weighed by it",
    }
}

fn no_otherwise(table: &str, example: Option<&str>, missing: bool) -> Words {
    let row = match table {
        "counting" => "counting NAME",
        "beyond expectation" => "beyond expectation within …",
        _ => "within …",
    };
    let nothing = match table {
        "counting" => "counts no calendar",
        "beyond expectation" => "can never be better than promised",
        _ => "is promised nothing",
    };
    let case = example.map_or("a case".to_owned(), |example| format!("a case with `{example}`"));
    let help = match (missing, example) {
        (true, Some(example)) => format!("say what is due then, in a first row: `{row} when {example}`"),
        _ if table == "target" => "add a last row: `within … otherwise`, or `no target otherwise`".into(),
        _ => format!("add a last row: `{row} otherwise`"),
    };
    Words {
        message: match missing {
            true => format!(
                "{case} may match no row of this {table} table: its customer waits without a date until that is known"
            ),
            false => format!("{case} matches no row of this {table} table: it {nothing}"),
        },
        label: "the last row".into(),
        help: Some(help),
        ..Words::default()
    }
}

fn stopped_first(deed: Deed, event: &str, filtered: bool) -> Words {
    let (verb, follows) = match deed {
        Deed::Cancel => ("cancels", "what should not count is judged as kept or broken"),
        Deed::Restart => ("restarts", "a customer who asks for more than was done counts as served"),
    };
    Words {
        message: format!("`{event}` never {verb} this clock, for it stops it first: {follows}"),
        label: "comes too late".into(),
        other: "stops the clock before".into(),
        help: Some(match filtered {
            true => format!("leave these out where it stops: `to {event} where not (…)`"),
            false => format!("take out one of the two, or tell them apart: `to {event} where …`"),
        }),
    }
}

/// What follows when a condition never holds, and when it always does.
fn consequence(job: Job) -> (&'static str, &'static str) {
    match job {
        Job::Row => ("no case takes this row", "every case that comes this far takes this row, so say `otherwise`"),
        Job::Start => {
            ("the clock never starts, and no customer is promised anything", "every such event starts the clock")
        }
        Job::Stop => {
            ("the clock never stops here, and whoever was served counts as waiting", "every such event stops the clock")
        }
        Job::Cancel => (
            "the clock is never cancelled here, and what should not count is held against the staff",
            "every such event cancels the clock, and no customer can hold you to it",
        ),
        Job::Pause => (
            "the clock never pauses here, and time that is not theirs is held against the staff",
            "every such event pauses the clock",
        ),
        Job::Resume => (
            "a paused clock never runs on, and its customer waits for ever without a breach",
            "every such event lets the clock run on",
        ),
        Job::Event => ("no such event ever counts here", "every such event counts here"),
        Job::Segment => ("no customer ever belongs to this segment", "every customer belongs to this segment"),
        Job::Exempt => {
            ("nothing is ever exempt by it", "it exempts every case, and no customer can hold you to a promise")
        }
        Job::Cause => ("no breach is ever explained by it", "every breach is blamed on it"),
        Job::OutOfControl => ("nobody is ever told that things slip", "every case counts as out of control"),
        Job::Power => {
            ("nobody ever has this power, and each act is held against who did it", "the power has no condition")
        }
        Job::Offer => ("no customer is ever offered this", "every customer is offered this"),
        Job::Material => ("no breach is ever material", "every breach is material"),
        Job::Trust => ("no such event is ever believed", "every such event is believed"),
        Job::Share => ("the share is always 0%", "the share is always 100%"),
        Job::MustHold => {
            ("every such event breaks it, whatever the staff do", "nothing can break it, so it promises nothing")
        }
    }
}
