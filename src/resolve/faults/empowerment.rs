//! What is wrong with what a role may do, or with what comes back of it.

use crate::diagnostic::{Code, Fault, Words, codes};

/// What is wrong with what a role may do, or with what comes back of it.
#[derive(Clone, PartialEq, Debug)]
pub enum EmpowermentFault {
    /// A role is told twice what it may do of an action.
    EmpoweredTwice {
        /// The role.
        role: String,
        /// The action.
        action: String,
    },
    /// A limit on an action that costs nothing.
    NothingToLimit {
        /// The action.
        action: String,
    },
    /// An action whose event gives back what it spends.
    ReturnsItself {
        /// The action.
        action: String,
        /// The event.
        event: String,
    },
    /// An action of which something comes back, and that does not say what it costs.
    ReturnsNothing {
        /// The action.
        action: String,
    },
    /// An event that gives back what an action spends, said twice.
    ReturnsTwice {
        /// The action.
        action: String,
        /// The event.
        event: String,
    },
}

impl Fault for EmpowermentFault {
    fn code(&self) -> Code {
        match self {
            EmpowermentFault::EmpoweredTwice { .. } => codes::EMPOWER_TWICE,
            EmpowermentFault::NothingToLimit { .. } => codes::EMPOWER_NOTHING_TO_LIMIT,
            EmpowermentFault::ReturnsItself { .. } => codes::EMPOWER_RETURNS_ITSELF,
            EmpowermentFault::ReturnsNothing { .. } => codes::EMPOWER_RETURNS_NOTHING,
            EmpowermentFault::ReturnsTwice { .. } => codes::EMPOWER_RETURNS_TWICE,
        }
    }

    fn words(&self) -> Words {
        match self {
            EmpowermentFault::EmpoweredTwice { role, action } => Words {
                message: format!(
                    "`{role}` is told twice what it may do of `{action}`: who goes by one is held to the other"
                ),
                label: "again here".into(),
                other: "first here".into(),
                help: Some("keep one; what differs from case to case is said with `when`".into()),
            },
            EmpowermentFault::NothingToLimit { action } => Words {
                message: format!(
                    "`{action}` has no cost that this limit could hold for: no amount would ever be too much"
                ),
                label: "this limit".into(),
                other: "declared here without a cost".into(),
                help: Some(format!("say what it costs, `action {action} is … costs FIELD`, or leave the limit out")),
            },
            EmpowermentFault::ReturnsItself { action, event } => Words {
                message: format!(
                    "`{event}` is what `{action}` spends, and would give it back at once: no limit would ever be reached"
                ),
                label: "gives back".into(),
                other: "spends".into(),
                help: Some("name the event that shows that the amount came back".into()),
            },
            EmpowermentFault::ReturnsNothing { action } => Words {
                message: format!("something of `{action}` comes back, and nothing says what it costs"),
                label: "gives back".into(),
                other: "spends, and it is not said how much".into(),
                help: Some(format!(
                    "say it before what comes back: `action {action} is … costs FIELD, … returns FIELD`"
                )),
            },
            EmpowermentFault::ReturnsTwice { action, event } => Words {
                message: format!("`{event}` gives back what `{action}` spends twice"),
                label: "a second time".into(),
                other: "first here".into(),
                help: Some("keep the one whose field says how much came back".into()),
            },
        }
    }
}
