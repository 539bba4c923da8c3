//! An expectation held against what came.

use crate::engine::{ApprovalFault, Detail, Evaluation, Finding, Rule, Verdict, in_words};
use crate::graph::{Expectation, Expected, Graph, Judged, PromiseId};
use crate::log::Log;
use crate::vocabulary::Value;

/// What came of an expectation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Whether it held.
    pub passed: bool,
    /// The findings that show why; by their indices in the evaluation.
    pub seen: Seen,
}

/// The findings that bear on an expectation, by their indices in the evaluation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// Those that it speaks of: of a passed one those that make it hold, else all.
    These(Vec<usize>),
    /// It speaks of none; these are of the same rule, in another case or of another key.
    Elsewhere(Vec<usize>),
    /// There is none of that rule at all.
    Nothing,
}

impl Outcome {
    /// Whether the reader of this outcome has heard of a finding.
    pub fn speaks_of(&self, finding: usize) -> bool {
        matches!(&self.seen, Seen::These(seen) if seen.contains(&finding))
    }
}

/// Holds an expectation against what came of its scenario.
///
/// It holds if one finding shows it; `no breach` holds if none shows a breach.
pub fn judge(graph: &Graph, log: &Log, evaluation: &Evaluation, expectation: &Expectation) -> Outcome {
    let reading = Reading { graph, log, expectation };
    let findings = || evaluation.findings.iter().enumerate();
    let of_the_rule: Vec<usize> = findings().filter(|(_, found)| reading.is_of_the_rule(found)).map(index).collect();
    let meant = |index: &usize| evaluation.findings.get(*index).is_some_and(|found| reading.is_meant(found));
    let shows = |index: &usize| evaluation.findings.get(*index).is_some_and(|found| reading.shows(found));
    let these: Vec<usize> = of_the_rule.iter().copied().filter(meant).collect();
    let showing: Vec<usize> = these.iter().copied().filter(shows).collect();
    if let Expected::NoBreach(_) = expectation.what {
        return Outcome { passed: showing.is_empty(), seen: Seen::These(showing) };
    }
    let seen = match (showing.is_empty(), these.is_empty(), of_the_rule.is_empty()) {
        (false, ..) => Seen::These(showing),
        (true, false, _) => Seen::These(these),
        (true, true, false) => Seen::Elsewhere(of_the_rule),
        (true, true, true) => Seen::Nothing,
    };
    Outcome { passed: matches!(&seen, Seen::These(seen) if seen.iter().any(shows)), seen }
}

fn index((index, _): (usize, &Finding)) -> usize {
    index
}

/// An expectation, and how findings bear on it.
struct Reading<'a> {
    graph: &'a Graph,
    log: &'a Log,
    expectation: &'a Expectation,
}

impl Reading<'_> {
    /// Whether a finding is of the rule that is spoken of, in whichever case.
    fn is_of_the_rule(&self, finding: &Finding) -> bool {
        match &self.expectation.what {
            Expected::Verdict { of, .. } | Expected::Unexplained(of) | Expected::Score { of, .. } => {
                self.is_of(finding, *of)
            }
            Expected::NoBreach(of) => of.is_none_or(|of| self.is_of(finding, of)),
            Expected::Due { standard, .. } => finding.rule == Rule::Standard(*standard),
            Expected::MissingEscalation { standard, role } => {
                let Rule::Escalation(escalation, level) = finding.rule else { return false };
                let Some(found) = self.graph.escalations.get(escalation) else { return false };
                found.standard == *standard && found.levels.get(level).is_some_and(|level| level.to == *role)
            }
            Expected::Remedy(remedy) => {
                let remedy = self.graph.remedies.get(*remedy);
                remedy.is_some_and(|remedy| self.is_of_any(finding, &remedy.promises))
            }
            Expected::Cause(cause) => {
                let cause = self.graph.causes.get(*cause);
                cause.is_some_and(|cause| self.is_of_any(finding, &cause.promises))
            }
            Expected::NeedlessApproval(action) => match finding.rule {
                Rule::Approval(approval) => {
                    self.graph.approvals.get(approval).is_some_and(|found| found.action == *action)
                }
                _ => false,
            },
        }
    }

    fn is_of_any(&self, finding: &Finding, promises: &[PromiseId]) -> bool {
        promises.iter().any(|promise| self.is_of(finding, Judged::Promise(*promise)))
    }

    fn is_of(&self, finding: &Finding, of: Judged) -> bool {
        match of {
            Judged::Promise(promise) => finding.rule.promises(self.graph).contains(&promise),
            Judged::Action(action) => finding.rule == Rule::Action(action),
        }
    }

    /// Whether it is of the case and key that are spoken of, too.
    fn is_meant(&self, finding: &Finding) -> bool {
        let case = self.expectation.case.and_then(|case| self.log.cases.get(case));
        if case.is_some_and(|case| *case != finding.case) {
            return false;
        }
        match &self.expectation.what {
            Expected::Verdict { of: Judged::Promise(PromiseId::Standard(standard)), key: Some(key), .. } => {
                finding.key == self.key_in_words(*standard, key)
            }
            _ => true,
        }
    }

    /// Whether it shows what is expected; of `no breach`, whether it shows a breach.
    fn shows(&self, finding: &Finding) -> bool {
        match &self.expectation.what {
            Expected::Verdict { verdict, late, .. } => {
                let overshoot = match &finding.detail {
                    Detail::Clock(account) => Some(account.overshoot),
                    _ => None,
                };
                finding.verdict.spelling() == verdict && (late.is_none() || *late == overshoot)
            }
            Expected::Due { at, .. } => {
                matches!(&finding.detail, Detail::Clock(account) if account.due == Some(*at))
            }
            Expected::MissingEscalation { .. } | Expected::NoBreach(_) => finding.verdict == Verdict::Breached,
            Expected::Remedy(remedy) => finding.remedies.iter().any(|proposal| proposal.remedy == *remedy),
            Expected::NeedlessApproval(_) => {
                matches!(&finding.detail, Detail::Approval(detail) if detail.fault == Some(ApprovalFault::Needless))
            }
            Expected::Cause(cause) => finding.causes.iter().any(|found| found.cause == *cause && found.holds),
            Expected::Unexplained(_) => finding.is_unexplained(self.graph),
            Expected::Score { .. } => false,
        }
    }

    /// The value of a `per` field as the engine writes it.
    fn key_in_words(&self, standard: usize, key: &Value) -> Option<String> {
        let per = self.graph.standards.get(standard)?.key.as_ref()?;
        Some(in_words(self.graph, per.kind(&self.graph.vocabulary)?, key))
    }
}
