//! Escalations that were due.

use serde::Serialize;

use super::FindingView;
use super::labels::Labels;
use super::text::Page;

use crate::engine::{NotificationDetail, Rule, Verdict};
use crate::graph::LevelTime;
use crate::report::When;

/// An escalation that was due.
#[derive(Clone, Debug, Serialize)]
pub struct DutyView {
    /// The title of the promise.
    pub of: String,
    /// The finding of the clock.
    pub clock: String,
    /// At which part of the target, or after which time.
    pub at: String,
    #[serde(skip)]
    after_a_time: bool,
    /// To which role.
    pub to: String,
    /// Within what time.
    pub within: String,
    /// By when.
    pub due: Option<When>,
    /// When it was done.
    pub done: Option<When>,
    /// When the promise ended first.
    pub ended: Option<When>,
}

impl Labels<'_> {
    pub(super) fn duty(&self, rule: Rule, duty: &NotificationDetail) -> DutyView {
        let standard = self.standard(rule);
        let of = standard.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).unwrap_or_default();
        DutyView {
            of,
            clock: duty.clock.clone(),
            at: duty.at.to_string(),
            after_a_time: matches!(duty.at, LevelTime::After(_)),
            to: self.role(duty.to),
            within: duty.within.to_string(),
            due: duty.due.map(|at| self.when_due(at, self.some_due_is_private(rule))),
            done: duty.done.map(|at| self.when(at)),
            ended: duty.ended.map(|at| self.when(at)),
        }
    }
}

impl Page<'_> {
    pub(super) fn duty(&mut self, finding: &FindingView, duty: &DutyView) {
        let due = duty.due.as_ref().map(|due| format!(", by {}", due.local)).unwrap_or_default();
        let told = if finding.verdict == Verdict::Undetermined { "to tell" } else { "missing" };
        self.item(told, &format!("{} was to be told within {}{due}", duty.to, duty.within));
        let told = if finding.verdict == Verdict::Undetermined { "as far as can be told, " } else { "" };
        let came = if duty.after_a_time { "had passed" } else { "of the target was reached" };
        self.item("because", &format!("{told}{} {came} at {}", duty.at, finding.start.local));
        self.evidence(finding);
        self.item("of", &format!("{}, finding {}", duty.of, duty.clock));
    }
}
