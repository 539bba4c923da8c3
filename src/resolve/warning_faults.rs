//! What is odd about the warnings of a standard.

use crate::diagnostic::{Fault, Severity, Words};

/// What is odd about the warnings of a standard.
#[derive(Clone, PartialEq, Debug)]
pub enum WarningFault {
    /// A warning that does not come after the one before.
    WarningOrder {
        /// This one.
        at: String,
        /// The one before.
        before: String,
    },
    /// A warning that comes when the promise is broken already.
    WarnsTooLate {
        /// The part of the target.
        at: String,
    },
}

impl Fault for WarningFault {
    fn code(&self) -> &'static str {
        match self {
            WarningFault::WarningOrder { .. } => "clock/warning-order",
            WarningFault::WarnsTooLate { .. } => "clock/warns-too-late",
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
            WarningFault::WarningOrder { at, before } => Words {
                message: format!(
                    "a warning at {at} does not come after one at {before}: who reads it takes {before} for the first"
                ),
                label: "these warnings".into(),
                help: Some("put them in order, the earliest first: `warn at 50%, 80%`".into()),
                ..Words::default()
            },
            WarningFault::WarnsTooLate { at } => Words {
                message: format!(
                    "a warning at {at} comes when the promise is broken already: nobody can act on it while it helps the \
                     customer"
                ),
                label: "too late to warn".into(),
                help: Some("warn before the due, `warn at 50%, 80%`; whom to tell afterwards, `escalate` says".into()),
                ..Words::default()
            },
        }
    }
}
