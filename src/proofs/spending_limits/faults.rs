//! Powers that shrink going up, or that are there anyway, and the words for them.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// A line of an `empower` that does not give what its author meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PowerFault {
    /// Who leads may do less than one who is led.
    Shrinks {
        /// The role.
        role: String,
        /// The action.
        action: String,
        /// A role that it leads.
        led: String,
        /// Up to what the role may, as the language says it; none if it may not at all.
        less: Option<String>,
        /// Up to what the one that is led may.
        more: String,
        /// What the role would need.
        enough: String,
        /// A case in which that is so; none if any will do.
        example: Option<String>,
    },
    /// The role may do just the same without the line.
    AddsNothing {
        /// The role.
        role: String,
        /// The action.
        action: String,
        /// The role from which it has the power anyway; none if another line of its own gives it.
        by: Option<String>,
    },
}

impl Fault for PowerFault {
    fn code(&self) -> Code {
        match self {
            PowerFault::Shrinks { .. } => codes::EMPOWER_SHRINKS,
            PowerFault::AddsNothing { .. } => codes::EMPOWER_ADDS_NOTHING,
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
            PowerFault::Shrinks { role, action, led, less, more, enough, example } => Words {
                message: format!(
                    "{}`{role}` {}, and `{led}`, whom it leads, may{more}: a customer is sent up to somebody who may do \
                     less",
                    example.as_ref().map(|case| format!("where `{case}`, ")).unwrap_or_default(),
                    match less {
                        Some(less) => format!("may `{action}`{less}"),
                        None => format!("may not `{action}`"),
                    },
                ),
                label: "replaces all that the role inherits".into(),
                other: format!("what `{led}` may"),
                help: Some(match example {
                    Some(case) => format!("give `{role}` as much there: `may {action}{enough} when {case}`"),
                    None => format!("give `{role}` as much, `may {action}{enough}`, or take the line out"),
                }),
            },
            PowerFault::AddsNothing { role, action, by } => Words {
                message: match by {
                    Some(by) => format!(
                        "`{role}` may `{action}` just so without this line, for it leads `{by}`: whoever raises the one \
                         limit leaves the other behind"
                    ),
                    None => format!(
                        "`{role}` may `{action}` just so without this line, for another one gives as much: whoever is \
                         trusted with more by it gets nothing"
                    ),
                },
                label: "gives nothing".into(),
                other: "gives the same, or more".into(),
                help: Some("take it out, or give more by it".into()),
            },
        }
    }
}
