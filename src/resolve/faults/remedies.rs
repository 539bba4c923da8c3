//! What is wrong with causes and remedies.

use crate::diagnostic::{Code, Fault, Severity, Words, codes, quoted};

/// What is wrong with causes and remedies.
#[derive(Clone, PartialEq, Debug)]
pub enum RemedyFault {
    /// A fact that only a clock has, asked of something without one.
    NoClock {
        /// The fact.
        fact: String,
        /// What it is asked of, as in "cause `untrained`".
        of: String,
    },
    /// A gift, or an offer for some cases, in a remedy for a level.
    NobodyIsThere {
        /// The level.
        level: String,
        /// Whether it is a gift.
        gives: bool,
    },
    /// A cause or a remedy for something that is counted over many cases.
    OfManyCases {
        /// `cause` or `remedy`.
        what: &'static str,
        /// The promise.
        promise: String,
        /// What it is, with its article.
        is: &'static str,
    },
    /// A remedy for a cause that explains none of the breaches it mends.
    CauseOfAnother {
        /// The cause.
        cause: String,
        /// The remedy.
        remedy: String,
    },
    /// A remedy improves what no cause points at.
    ImprovesNothing {
        /// What it improves.
        kind: String,
        /// The kinds that the causes have.
        kinds: Vec<String>,
    },
}

impl Fault for RemedyFault {
    fn code(&self) -> Code {
        match self {
            RemedyFault::NoClock { .. } => codes::CAUSE_NO_CLOCK,
            RemedyFault::NobodyIsThere { .. } => codes::REMEDY_NOBODY_IS_THERE,
            RemedyFault::OfManyCases { .. } => codes::CAUSE_MANY_CASES,
            RemedyFault::CauseOfAnother { .. } => codes::REMEDY_OTHER_CAUSE,
            RemedyFault::ImprovesNothing { .. } => codes::REMEDY_IMPROVES_NOTHING,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            RemedyFault::ImprovesNothing { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn is_configurable(&self) -> bool {
        self.severity() == Severity::Warning
    }

    fn words(&self) -> Words {
        match self {
            RemedyFault::NoClock { fact, of } => Words {
                message: format!("`{fact}` is a fact about a clock, and {of} speaks of none: it would never hold"),
                label: "this could never be told".into(),
                help: Some(
                    "ask for `handovers`, `count of EVENT`, `time from EVENT to EVENT` or `waiting for approval`"
                        .into(),
                ),
                ..Words::default()
            },
            RemedyFault::NobodyIsThere { level, gives } => Words {
                message: match gives {
                    true => format!("`{level}` is missed over many cases: there is no customer to give this to"),
                    false => format!("`{level}` is missed over many cases: there is none of whom this could be asked"),
                },
                label: "for one case".into(),
                other: "for this level".into(),
                help: Some("say what to do, for whatever case: `offer \"Add an early shift\"`".into()),
            },
            RemedyFault::OfManyCases { what, promise, is } => Words {
                message: format!(
                    "`{promise}` is {is}, and a {what} speaks of one broken promise in one case: it would never be found"
                ),
                label: "not a promise of its own in a case".into(),
                help: Some(format!("name the standards and behaviours that `{promise}` is made of")),
                ..Words::default()
            },
            RemedyFault::CauseOfAnother { cause, remedy } => Words {
                message: format!(
                    "`{cause}` explains no breach that `{remedy}` mends: no customer would ever be offered it"
                ),
                label: "this cause never holds here".into(),
                other: "it explains other promises".into(),
                help: Some(format!("name a cause of the same promise, or add the promise to `cause {cause} for …`")),
            },
            RemedyFault::ImprovesNothing { kind, kinds } => Words {
                message: format!(
                    "`improve {kind}`: no cause of these breaches is of that kind, so effort goes where nothing was found"
                ),
                label: "nothing points at it".into(),
                help: Some(format!("their causes are of kind {}; improve that, or add a cause", quoted(kinds, ", "))),
                ..Words::default()
            },
        }
    }
}
