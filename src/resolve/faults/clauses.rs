//! What is wrong with the clauses of a declaration, or with files that use others.

use crate::diagnostic::{Code, Fault, Words, codes};

/// What is wrong with the clauses of a declaration, or with files that use others.
#[derive(Clone, PartialEq, Debug)]
pub enum ClauseFault {
    /// A clause that may stand once stands twice.
    ClauseTwice {
        /// The clause.
        clause: &'static str,
    },
    /// Two `service` headers in files that are read together.
    ServiceTwice,
    /// No `service` header.
    NoService,
    /// A declaration lacks something that it cannot do without.
    MissingClause {
        /// The declaration, as in "standard `resolve`".
        of: String,
        /// What is missing.
        what: &'static str,
        /// What to write.
        write: &'static str,
    },
    /// A file that `use` names cannot be had.
    CannotUse {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// A file that `use` names lies outside of the project.
    UsesOutside {
        /// The file.
        file: String,
        /// The folder of the project.
        project: String,
    },
    /// More kinds of events, or more fields, than can be told apart.
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// Something that was written on purpose and comes to nothing, or a value out of its bounds.
    OutOfBounds {
        /// What was written.
        what: String,
        /// What is allowed.
        allowed: &'static str,
    },
}

impl Fault for ClauseFault {
    fn code(&self) -> Code {
        match self {
            ClauseFault::ClauseTwice { .. } => codes::CLAUSE_TWICE,
            ClauseFault::ServiceTwice => codes::SERVICE_TWICE,
            ClauseFault::NoService => codes::SERVICE_MISSING,
            ClauseFault::MissingClause { .. } => codes::CLAUSE_MISSING,
            ClauseFault::CannotUse { .. } => codes::USE_CANNOT_READ,
            ClauseFault::UsesOutside { .. } => codes::USE_OUTSIDE,
            ClauseFault::TooMany { .. } => codes::EVENT_TOO_MANY,
            ClauseFault::OutOfBounds { .. } => codes::VALUE_OUT_OF_BOUNDS,
        }
    }

    fn words(&self) -> Words {
        match self {
            ClauseFault::ClauseTwice { clause } => Words {
                message: format!("`{clause}` is said twice: which of the two holds, nobody could say"),
                label: "again here".into(),
                other: "first here".into(),
                help: Some("keep one of them".into()),
            },
            ClauseFault::ServiceTwice => Words {
                message: "two files that belong together both have a `service`: a deadline would have two time zones"
                    .into(),
                label: "the second".into(),
                other: "the first".into(),
                help: Some("keep the `service` of the main file; files that it uses have none".into()),
            },
            ClauseFault::NoService => Words {
                message: "there is no `service`: nobody promises, and no time zone says when 17:00 is".into(),
                label: "it belongs at the top".into(),
                help: Some("add `service NAME \"Title\" { version \"1\" timezone \"Asia/Shanghai\" }`".into()),
                ..Words::default()
            },
            ClauseFault::MissingClause { of, what, write } => Words {
                message: format!("{of} has no {what}: {}", without(what)),
                label: "declared here".into(),
                help: Some(format!("add `{write}`")),
                ..Words::default()
            },
            ClauseFault::CannotUse { file, why } => Words {
                message: format!("cannot use `{file}`, so all that it says is missing: {why}"),
                label: "this file".into(),
                help: Some("the path is relative to the file that says `use`".into()),
                ..Words::default()
            },
            ClauseFault::UsesOutside { file, project } => Words {
                message: format!(
                    "`{file}` lies outside of the project, so it is not read and all that it says is missing"
                ),
                label: "this file".into(),
                help: Some(format!(
                    "the project is the folder `{project}`; a `mot.yaml` above both files makes one project of them, \
                     and `outside: [FOLDER]` in the `mot.yaml` of a project allows it another folder"
                )),
                ..Words::default()
            },
            ClauseFault::TooMany { what, most } => Words {
                message: format!("there are more than {most} {what}: they could not be told apart"),
                label: "the first one too many".into(),
                help: Some("tell kinds of events apart by a field: `event changed { status: one of (…) }`".into()),
                ..Words::default()
            },
            ClauseFault::OutOfBounds { what, allowed } => Words {
                message: format!("`{what}` will not do: {allowed}"),
                label: "this value".into(),
                ..Words::default()
            },
        }
    }
}

/// What follows for people when a declaration lacks something.
fn without(what: &str) -> &'static str {
    match what {
        "target" => "no customer is promised a time",
        "clock" => "nothing is measured, and no customer is promised anything",
        "measure" => "nothing is promised",
        "touchpoints" => "nobody knows which way a customer goes",
        "end" => "nobody knows what a customer sees last",
        "sentence that says what must happen" => "nobody is told what to do",
        "kind" => "nobody knows what to improve",
        "condition" => "it would take the blame for every breach",
        "effect" => "nobody knows what becomes of the cases that it is for",
        "window of time or condition" => "it would excuse every case",
        "event of asking" => "nobody sees who waits for an answer",
        "event of granting" => "an approved act could not be told from one that nobody approved",
        "level" => "nobody is ever told",
        "offer" => "nobody knows what to do for the customer",
        "party" => "nobody knows which cases are one customer's",
        "time zone" => "nobody knows when a day ends",
        "open hours" => "its clocks would never run",
        "line of points" => "nothing could be scored",
        "pass mark" => "nobody knows what is good enough",
        _ => "it cannot be used",
    }
}
