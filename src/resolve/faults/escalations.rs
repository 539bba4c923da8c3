//! What is wrong with an escalation.

use crate::diagnostic::{Code, Fault, Words, codes};

/// What is wrong with an escalation.
#[derive(Clone, PartialEq, Debug)]
pub enum EscalationFault {
    /// An escalation of a level at a part of its window.
    LevelBeforeItsEnd {
        /// The part.
        at: String,
    },
    /// A touchpoint or moment without a standard that this would be the escalation of.
    NobodyIsTold {
        /// The touchpoint or moment.
        place: String,
        /// How many standards it has that have an escalation of their own.
        replaced: usize,
    },
    /// An escalation event without a field that tells the role, or with two.
    RoleField {
        /// The event.
        event: String,
        /// How many fields of type role it has.
        count: usize,
    },
}

impl Fault for EscalationFault {
    fn code(&self) -> Code {
        match self {
            EscalationFault::LevelBeforeItsEnd { .. } => codes::ESCALATE_LEVEL_BEFORE_ITS_END,
            EscalationFault::NobodyIsTold { .. } => codes::ESCALATE_NOTHING_THERE,
            EscalationFault::RoleField { .. } => codes::ESCALATE_ROLE_FIELD,
        }
    }

    fn words(&self) -> Words {
        match self {
            EscalationFault::LevelBeforeItsEnd { at } => Words {
                message: format!(
                    "a level is missed when its window is over, not at {at} of it: people would be called for nothing"
                ),
                label: "too early".into(),
                help: Some("write `at 100%`: its time counts from the end of the window".into()),
                ..Words::default()
            },
            EscalationFault::NobodyIsTold { place, replaced } => Words {
                message: match replaced {
                    0 => format!("`{place}` has no standard with a target: nobody would ever be told of anything"),
                    _ => format!("each standard of `{place}` has an escalation of its own: this one is never used"),
                },
                label: "nothing slips here".into(),
                help: Some(match replaced {
                    0 => format!(
                        "give it one, `standard NAME for {place} {{ … }}`, or name the standards that are meant"
                    ),
                    _ => "take it out, or one of the others".into(),
                }),
                ..Words::default()
            },
            EscalationFault::RoleField { event, count } => Words {
                message: match count {
                    0 => format!("`{event}` does not say which role was told: every step would count as missed"),
                    _ => format!("`{event}` has {count} fields of type role: which one tells who was told?"),
                },
                label: "this event shows an escalation".into(),
                other: "declared here".into(),
                help: Some(match count {
                    0 => format!("give it a field of type role: `event {event} {{ to: role }}`"),
                    _ => "keep one of them".into(),
                }),
            },
        }
    }
}
