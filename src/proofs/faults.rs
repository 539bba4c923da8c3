//! What the proofs find, and the words for it: what follows for a customer or an employee, and what to write.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};
use crate::graph::ConditionRole;

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
    /// A row that takes cases which a later one would serve sooner.
    Overlap {
        /// The later row.
        sooner: String,
        /// A case that both are meant for.
        example: String,
        /// A condition that leaves such cases to the later row.
        apart: String,
    },
    /// An ordered field, or a segment inside another, counts the other way here than in the other rows of these
    /// standards.
    AgainstTheOrder {
        /// Who waits longer, and their row as written.
        longer: Waiting,
        /// Who waits less, and their row as written.
        shorter: Waiting,
        /// Who is served sooner elsewhere.
        elsewhere: Sooner,
        /// What else must be so.
        example: Option<String>,
    },
    /// A condition that holds of no case.
    NeverHolds {
        /// What it is for.
        job: ConditionRole,
        /// A case that fulfils the front of it, or the one of a pair.
        example: Option<String>,
        /// Two parts of it that never hold together.
        pair: Option<Pair>,
    },
    /// A condition that no case fails.
    AlwaysHolds {
        /// What it is for.
        job: ConditionRole,
        /// A case that fails the front of it, or the one of a pair, and fulfils the rest.
        example: Option<String>,
        /// Two parts of it of which one always holds.
        pair: Option<Pair>,
    },
    /// A question that takes too long.
    Undecided {
        /// What is not proved.
        what: String,
    },
}

/// Some cases of a target table that differ from others in one thing alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// What tells them from the others: `priority is high`.
    pub who: String,
    /// The same in a word, if there is one: `high`.
    pub short: String,
    /// The row that they take, as written.
    pub row: String,
}

/// Whom most rows serve sooner, all else being equal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sooner {
    /// Higher values of this field.
    Higher(String),
    /// Lower values of it.
    Lower(String),
    /// Who belongs to the segment inside.
    Inside(String),
}

/// Two parts of one condition, as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pair {
    /// The one that stands first.
    pub one: String,
    /// The other.
    pub other: String,
}

impl Fault for ProofFault {
    fn code(&self) -> Code {
        match self {
            ProofFault::NoOtherwise { .. } => codes::TABLE_NO_OTHERWISE,
            ProofFault::DeadRow { .. } => codes::TABLE_DEAD_ROW,
            ProofFault::Overlap { .. } => codes::TABLE_OVERLAP,
            ProofFault::AgainstTheOrder { .. } => codes::TABLE_AGAINST_THE_ORDER,
            ProofFault::NeverHolds { .. } => codes::CONDITION_NEVER_HOLDS,
            ProofFault::AlwaysHolds { .. } => codes::CONDITION_ALWAYS_HOLDS,
            ProofFault::Undecided { .. } => codes::PROOF_UNDECIDED,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            ProofFault::Overlap { .. }
            | ProofFault::AgainstTheOrder { .. }
            | ProofFault::AlwaysHolds { .. }
            | ProofFault::Undecided { .. }
            | ProofFault::DeadRow { otherwise: true, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn is_configurable(&self) -> bool {
        true
    }

    fn words(&self) -> Words {
        match self {
            ProofFault::NoOtherwise { table, example, missing } => no_otherwise(table, example.as_deref(), *missing),
            ProofFault::DeadRow { .. } => self.dead_row(),
            ProofFault::Overlap { sooner, example, apart } => Words {
                message: format!(
                    "a case with `{example}` is meant for two rows and takes the slower, which comes first: its \
                     customer waits longer than the other row promises"
                ),
                label: "taken".into(),
                other: "would be sooner".into(),
                help: Some(format!(
                    "put `{sooner}` before this row, or leave such cases out of this row: `when {apart}`"
                )),
            },
            ProofFault::AgainstTheOrder { longer, shorter, elsewhere, example } => {
                against_the_order(longer, shorter, elsewhere, example.as_deref())
            }
            ProofFault::NeverHolds { job, example, pair } => never_holds(*job, example.as_deref(), pair.as_ref()),
            ProofFault::AlwaysHolds { job, example, pair } => always_holds(*job, example.as_deref(), pair.as_ref()),
            ProofFault::Undecided { what } => Words {
                message: format!("it is not proved {what}: there are too many combinations to look through"),
                label: "from here".into(),
                other: "and this".into(),
                help: Some("say it with fewer fields, or split it, and look at it with care".into()),
            },
        }
    }
}

impl ProofFault {
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

fn against_the_order(longer: &Waiting, shorter: &Waiting, elsewhere: &Sooner, example: Option<&str>) -> Words {
    let so = example.map_or(String::new(), |example| format!("where `{example}`, "));
    let usual = match elsewhere {
        Sooner::Higher(_) => "the higher is served sooner".to_owned(),
        Sooner::Lower(_) => "the higher is served later".to_owned(),
        Sooner::Inside(segment) => format!("`{segment}` is served sooner"),
    };
    let if_meant = match elsewhere {
        Sooner::Higher(field) | Sooner::Lower(field) => {
            format!("; if both are meant, declare `{field}` as `one of (…)`, which claims no order")
        }
        Sooner::Inside(_) => String::new(),
    };
    Words {
        message: format!("{so}`{}` waits longer than `{}`, and elsewhere {usual}", longer.who, shorter.who),
        label: format!("`{}` gets this", longer.short),
        other: format!("`{}` gets this", shorter.short),
        help: Some(format!(
            "the wrong customer is served first: swap the times of `{}` and `{}`{if_meant}",
            longer.row, shorter.row
        )),
    }
}

fn never_holds(job: ConditionRole, example: Option<&str>, pair: Option<&Pair>) -> Words {
    let follows = consequence(job).0;
    let Some(Pair { one, other }) = pair else {
        return Words {
            message: format!("this condition never holds: {follows}"),
            label: "holds of no case".into(),
            help: Some(match example {
                Some(example) => {
                    format!("a case with `{example}` fails the rest of it; take out what contradicts, or write `or`")
                }
                None => "compare with a value that it can have, or take it out".into(),
            }),
            ..Words::default()
        };
    };
    let example = example.map_or("a case that fulfils the one".to_owned(), |case| format!("a case with `{case}`"));
    Words {
        message: format!("`{one}` and `{other}` never hold together: {follows}"),
        label: "contradicts".into(),
        other: "what stands here".into(),
        help: Some(format!("{example} fails `{other}`; take one of the two out, or write `or` between them")),
    }
}

fn always_holds(job: ConditionRole, example: Option<&str>, pair: Option<&Pair>) -> Words {
    let follows = consequence(job).1;
    let Some(Pair { one, other }) = pair else {
        return Words {
            message: format!("this condition always holds: {follows}"),
            label: "no case fails it".into(),
            help: Some(match example {
                Some(example) => {
                    format!("a case with `{example}` fulfils the rest of it; write `and`, or take the condition out")
                }
                None => "narrow it, or take it out".into(),
            }),
            ..Words::default()
        };
    };
    let example = example.map_or("a case that fails the one".to_owned(), |case| format!("a case with `{case}`"));
    Words {
        message: format!("`{one}` or `{other}` always holds: {follows}"),
        label: "takes what is left".into(),
        other: "by what stands here".into(),
        help: Some(format!("{example} fulfils `{other}`; write `and` between them, or take the condition out")),
    }
}

/// What follows when a condition never holds, and when it always does.
pub fn consequence(job: ConditionRole) -> (&'static str, &'static str) {
    match job {
        ConditionRole::Row => {
            ("no case takes this row", "every case that comes this far takes this row, so say `otherwise`")
        }
        ConditionRole::Start => {
            ("the clock never starts, and no customer is promised anything", "every such event starts the clock")
        }
        ConditionRole::Stop => {
            ("the clock never stops here, and whoever was served counts as waiting", "every such event stops the clock")
        }
        ConditionRole::Cancel => (
            "the clock is never cancelled here, and what should not count is held against the staff",
            "every such event cancels the clock, and no customer can hold you to it",
        ),
        ConditionRole::Pause => (
            "the clock never pauses here, and time that is not theirs is held against the staff",
            "every such event pauses the clock",
        ),
        ConditionRole::Resume => (
            "a paused clock never runs on, and its customer waits for ever without a breach",
            "every such event lets the clock run on",
        ),
        ConditionRole::Event => ("no such event ever counts here", "every such event counts here"),
        ConditionRole::Segment => {
            ("no customer ever belongs to this segment", "every customer belongs to this segment")
        }
        ConditionRole::Exempt => {
            ("nothing is ever exempt by it", "it exempts every case, and no customer can hold you to a promise")
        }
        ConditionRole::Cause => ("no breach is ever explained by it", "every breach is blamed on it"),
        ConditionRole::OutOfControl => ("nobody is ever told that things slip", "every case counts as out of control"),
        ConditionRole::Power => {
            ("nobody ever has this power, and each act is held against who did it", "the power has no condition")
        }
        ConditionRole::Offer => ("no customer is ever offered this", "every customer is offered this"),
        ConditionRole::Material => ("no breach is ever material", "every breach is material"),
        ConditionRole::Trust => ("no such event is ever believed", "every such event is believed"),
        ConditionRole::Share => ("the share is always 0%", "the share is always 100%"),
        ConditionRole::MustHold => {
            ("every such event breaks it, whatever the staff do", "nothing can break it, so it promises nothing")
        }
    }
}
