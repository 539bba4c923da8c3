//! What does not fit together in the graph as a whole.

use crate::diagnostic::{Code, Fault, Severity, Words, codes, quoted};
use crate::vocabulary::LimitScope;

/// What does not fit together in the graph as a whole.
#[derive(Clone, PartialEq, Debug)]
pub enum StructureFault {
    /// An escalation level that does not lie above the one before.
    LevelOrder {
        /// This level.
        level: String,
        /// The one before.
        before: String,
    },
    /// An escalation to a role that does not lead the one told before.
    NotAbove {
        /// The role.
        role: String,
        /// The role told before.
        before: String,
    },
    /// A remedy that nobody may give.
    NobodyMay {
        /// What is offered.
        offer: String,
        /// The most that anyone may, who, and in what.
        most: Option<(String, String, LimitScope)>,
    },
    /// A rule per party waits for one per case, or the other way round.
    TwoScopes {
        /// The one that is counted per party.
        per_party: String,
        /// The one that is counted per case.
        per_case: String,
    },
    /// Behaviours that only the end of a case can judge, and no end.
    NoCaseEnd {
        /// The behaviours.
        behaviours: Vec<String>,
    },
    /// A moment that may be out of control, and nothing is promised there.
    NothingPromised {
        /// The moment.
        moment: String,
    },
}

impl Fault for StructureFault {
    fn code(&self) -> Code {
        match self {
            StructureFault::LevelOrder { .. } => codes::ESCALATE_ORDER,
            StructureFault::NotAbove { .. } => codes::ESCALATE_NOT_ABOVE,
            StructureFault::NobodyMay { .. } => codes::REMEDY_NOBODY_MAY,
            StructureFault::TwoScopes { .. } => codes::PARTY_TWO_SCOPES,
            StructureFault::NoCaseEnd { .. } => codes::BEHAVIOUR_NO_CASE_END,
            StructureFault::NothingPromised { .. } => codes::MOMENT_NOTHING_PROMISED,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            StructureFault::NoCaseEnd { .. } | StructureFault::NothingPromised { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Warnings, and what was proved of the organisation rather than of the file.
    fn is_configurable(&self) -> bool {
        matches!(
            self,
            StructureFault::LevelOrder { .. } | StructureFault::NotAbove { .. } | StructureFault::NobodyMay { .. }
        ) || self.severity() == Severity::Warning
    }

    fn words(&self) -> Words {
        match self {
            StructureFault::LevelOrder { level, before } => Words {
                message: format!("{level} does not come after {before}: whoever should be called last is called first"),
                label: "this level".into(),
                other: "the level before".into(),
                help: Some("put the levels in order, the earliest first".into()),
            },
            StructureFault::NotAbove { role, before } => Words {
                message: format!(
                    "`{role}` does not lead `{before}`: the case goes to somebody who can do no more for the customer"
                ),
                label: "this role".into(),
                other: "told before".into(),
                help: Some(format!("name a role that leads `{before}`, or declare `role {role} leads {before}`")),
            },
            StructureFault::NobodyMay { offer, most } => Words {
                message: format!("nobody may give `{offer}`: a customer is offered what no employee can hand over"),
                label: "this offer".into(),
                other: "the most that anyone may".into(),
                help: Some(power_to_give(offer, most.as_ref())),
            },
            StructureFault::TwoScopes { per_party, per_case } => Words {
                message: format!(
                    "`{per_party}` is counted per party and `{per_case}` per case: neither can wait for the other"
                ),
                label: "waits for the other".into(),
                other: "declared here".into(),
                help: Some("say `per party` in both, or in neither".into()),
            },
            StructureFault::NoCaseEnd { behaviours } => Words {
                message: format!(
                    "nothing says when a case is over, so {} {} `running` where nothing breaks {}",
                    quoted(behaviours, ", "),
                    if behaviours.len() == 1 { "stays" } else { "stay" },
                    if behaviours.len() == 1 { "it" } else { "them" },
                ),
                label: "only the end of a case tells".into(),
                help: Some("say when a case is over: `case { ends on EVENT after 7 calendar days }`".into()),
                ..Words::default()
            },
            StructureFault::NothingPromised { moment } => Words {
                message: format!("nobody looks whether `{moment}` is out of control: nothing is promised there"),
                label: "no standard or behaviour is `for` it".into(),
                help: Some(format!("promise something there: `standard NAME for {moment} {{ … }}`")),
                ..Words::default()
            },
        }
    }
}

/// What to write so that someone may give an offer; `most` is who may give the most of it, and how much.
fn power_to_give(offer: &str, most: Option<&(String, String, LimitScope)>) -> String {
    let (action, amount) = offer.split_once(' ').map_or((offer, None), |(action, amount)| (action, Some(amount)));
    let per = match most {
        Some((_, _, LimitScope::Day)) => "day",
        _ => "case",
    };
    let up_to = amount.map(|amount| format!(" up to {amount} per {per}")).unwrap_or_default();
    match most {
        Some((role, limit, _)) => format!(
            "`{role}` may go up to {limit} per {per}: write `offer {action} {limit}`, or `empower {role} {{ may {action}{up_to} }}`"
        ),
        None => format!("empower a role: `empower ROLE {{ may {action}{up_to} }}`"),
    }
}
