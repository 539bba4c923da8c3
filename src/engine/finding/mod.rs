//! What the engine found: facts only; `report` has the words.

mod action;
mod anomaly;
mod behaviour;
mod cause;
mod clock;
mod escalation;
mod evidence;
mod fields;
mod rule;
mod score;
mod unseen;
mod verdict;

pub use action::{ActDetail, ActFault, ApprovalDetail, ApprovalFault, ExtensionDetail, ExtensionFault};
pub use anomaly::{Anomaly, AnomalyKind};
pub use behaviour::{ConductDetail, ConductFault};
pub use cause::{Because, Bound, CauseFact, Gift, Proposal};
pub use clock::{ClockDetail, ExcuseFact, PauseFact, TargetFact, UNKNOWN_KEY, Why};
pub use escalation::NotificationDetail;
pub use evidence::{Aim, Evidence, EvidenceKind, Holder, TargetChange};
pub use fields::{DisplayValue, FieldFact, UnknownFact, UnreadFact};
pub use rule::Rule;
pub use score::{JourneyDetail, LineFact, MomentDetail, MomentValue, ScoreDetail};
pub use unseen::Unseen;
pub use verdict::{BreachWeight, Verdict};

use std::sync::Arc;

use crate::calendar::Instant;
use crate::graph::Graph;

/// One finding: a rule, a case, a verdict, and everything that decided it.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// A stable id: of rule, case, key, start and ordinal.
    pub id: String,
    /// The rule.
    pub rule: Rule,
    /// The case's id in the log.
    pub case: Arc<str>,
    /// The value of the `per` field.
    pub key: Option<String>,
    /// The verdict.
    pub verdict: Verdict,
    /// How much a breach of it weighs.
    pub grade: BreachWeight,
    /// When it began: the clock's start, the act, the asking.
    pub start: Instant,
    /// How many of the same rule, case, key and start came before (reopened clocks).
    pub ordinal: u32,
    /// The segments that the case belongs to, as things stand; by their indices.
    pub segments: Vec<usize>,
    /// Who acted last on the case, and in which role: whoever holds it.
    pub holder: Option<Holder>,
    /// What decided it.
    pub detail: Detail,
    /// The log lines that decided it, in order.
    pub evidence: Vec<Evidence>,
    /// Rows that cannot be read and bear on it, in the order of the files.
    pub unread: Vec<UnreadFact>,
    /// Of a breach: the causes that hold of it, and those that cannot be told.
    pub causes: Vec<CauseFact>,
    /// What could be offered, by whom.
    pub remedies: Vec<Proposal>,
}

impl Finding {
    /// Why it cannot be determined, field by field.
    pub fn unknown(&self) -> &[UnknownFact] {
        match &self.detail {
            Detail::Clock(account) => &account.unknown,
            Detail::Duty(duty) => &duty.unknown,
            Detail::Act(act) => &act.unknown,
            Detail::Approval(approval) => &approval.unknown,
            Detail::Extension(extension) => &extension.unknown,
            Detail::Conduct(conduct) => &conduct.unknown,
            Detail::Moment(moment) => &moment.unknown,
            Detail::Score(_) | Detail::Journey(_) => &[],
        }
    }

    /// Whether it is a breach of a promise that has causes, and none of them holds.
    pub fn is_unexplained(&self, graph: &Graph) -> bool {
        let has_causes = || self.rule.promises(graph).iter().any(|promise| graph.causes_of(*promise).next().is_some());
        self.verdict == Verdict::Breached && !self.causes.iter().any(|cause| cause.holds) && has_causes()
    }

    /// What findings are sorted by: start, case, rule, key, ordinal.
    pub fn order(&self) -> (Instant, &str, Rule, Option<&str>, u32) {
        (self.start, &self.case, self.rule, self.key.as_deref(), self.ordinal)
    }
}

/// What decided a finding.
#[derive(Clone, PartialEq, Debug)]
pub enum Detail {
    /// Of a clock.
    Clock(ClockDetail),
    /// Of an escalation that was due.
    Duty(NotificationDetail),
    /// Of an act.
    Act(ActDetail),
    /// Of an approval.
    Approval(ApprovalDetail),
    /// Of a grant of more time.
    Extension(ExtensionDetail),
    /// Of a moment of truth.
    Moment(MomentDetail),
    /// Of a behaviour.
    Conduct(ConductDetail),
    /// Of a scorecard.
    Score(ScoreDetail),
    /// Of a journey.
    Journey(JourneyDetail),
}
