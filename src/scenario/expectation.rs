//! An expectation held against what came.

use rust_decimal::Decimal;

use crate::engine::{ApprovalFault, Detail, Evaluation, Exact, Finding, Rule, Verdict, exact, in_words};
use crate::graph::{Expectation, Expected, Graph, Judged, PromiseId};
use crate::log::Log;
use crate::vocabulary::Value;

/// What came of an expectation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Whether it held.
    pub passed: bool,
    /// What shows why.
    pub seen: Seen,
}

/// What bears on an expectation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// What it speaks of: of a passed one what makes it hold, else all.
    These(Vec<Bearing>),
    /// It speaks of nothing that came; these are of the same rule, in another case or of another key.
    Elsewhere(Vec<Bearing>),
    /// Nothing came of that rule at all.
    Nothing,
}

/// Something that can bear on an expectation, by its index in the evaluation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bearing {
    /// A finding.
    Finding(usize),
    /// What came of a level in a window and group.
    Level(usize),
}

impl Bearing {
    /// All that came of a run.
    pub fn all(evaluation: &Evaluation) -> impl Iterator<Item = Bearing> {
        let findings = (0..evaluation.findings.len()).map(Bearing::Finding);
        findings.chain((0..evaluation.levels.len()).map(Bearing::Level))
    }

    /// The verdict.
    pub fn verdict(self, evaluation: &Evaluation) -> Option<Verdict> {
        match self {
            Bearing::Finding(index) => evaluation.findings.get(index).map(|found| found.verdict),
            Bearing::Level(index) => evaluation.levels.get(index).map(|found| found.verdict),
        }
    }
}

impl Outcome {
    /// Whether the reader of this outcome has heard of something.
    pub fn speaks_of(&self, bearing: Bearing) -> bool {
        matches!(&self.seen, Seen::These(seen) if seen.contains(&bearing))
    }
}

/// Holds an expectation against what came of its scenario.
///
/// It holds if one finding shows it; `no breach` holds if none shows a breach.
pub fn judge(graph: &Graph, log: &Log, evaluation: &Evaluation, expectation: &Expectation) -> Outcome {
    let reading = Reading { graph, log, evaluation, expectation };
    let of_the_rule: Vec<Bearing> =
        Bearing::all(evaluation).filter(|bearing| reading.is_of_the_rule(*bearing)).collect();
    let these: Vec<Bearing> = of_the_rule.iter().copied().filter(|bearing| reading.is_meant(*bearing)).collect();
    let showing: Vec<Bearing> = these.iter().copied().filter(|bearing| reading.shows(*bearing)).collect();
    let shown = !showing.is_empty();
    if let Expected::NoBreach(_) = expectation.what {
        return Outcome { passed: !shown, seen: Seen::These(showing) };
    }
    let seen = match (shown, these.is_empty(), of_the_rule.is_empty()) {
        (true, ..) => Seen::These(showing),
        (false, false, _) => Seen::These(these),
        (false, true, false) => Seen::Elsewhere(of_the_rule),
        (false, true, true) => Seen::Nothing,
    };
    Outcome { passed: shown, seen }
}

/// An expectation, and how what came bears on it.
struct Reading<'a> {
    graph: &'a Graph,
    log: &'a Log,
    evaluation: &'a Evaluation,
    expectation: &'a Expectation,
}

impl Reading<'_> {
    /// Whether something is of the rule that is spoken of, in whichever case.
    fn is_of_the_rule(&self, bearing: Bearing) -> bool {
        match bearing {
            Bearing::Finding(index) => {
                self.evaluation.findings.get(index).is_some_and(|found| self.finding_is_of_the_rule(found))
            }
            Bearing::Level(index) => {
                self.evaluation.levels.get(index).is_some_and(|found| match &self.expectation.what {
                    Expected::Verdict { of, .. } => *of == Judged::Promise(PromiseId::Level(found.level)),
                    Expected::NoBreach(of) => of.is_none_or(|of| of == Judged::Promise(PromiseId::Level(found.level))),
                    Expected::Remedy(remedy) => {
                        let remedy = self.graph.remedies.get(*remedy);
                        remedy.is_some_and(|remedy| remedy.promises.contains(&PromiseId::Level(found.level)))
                    }
                    _ => false,
                })
            }
        }
    }

    /// Whether it is of the case and key that are spoken of, too; a level is of none.
    fn is_meant(&self, bearing: Bearing) -> bool {
        match bearing {
            Bearing::Finding(index) => {
                self.evaluation.findings.get(index).is_some_and(|found| self.finding_is_meant(found))
            }
            // Of a remedy it is not said whether it mends a case or a level.
            Bearing::Level(_) => {
                self.expectation.case.is_none() || matches!(self.expectation.what, Expected::Remedy(_))
            }
        }
    }

    /// Whether it shows what is expected; of `no breach`, whether it shows a breach.
    fn shows(&self, bearing: Bearing) -> bool {
        match (bearing, &self.expectation.what) {
            (Bearing::Finding(index), _) => {
                self.evaluation.findings.get(index).is_some_and(|found| self.finding_shows(found))
            }
            (Bearing::Level(_), Expected::Verdict { verdict, .. }) => {
                bearing.verdict(self.evaluation).is_some_and(|found| found.spelling() == verdict)
            }
            (Bearing::Level(_), _) => bearing.verdict(self.evaluation) == Some(Verdict::Breached),
        }
    }

    fn finding_is_of_the_rule(&self, finding: &Finding) -> bool {
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
            Judged::Journey(journey) => finding.rule == Rule::Journey(journey),
        }
    }

    fn finding_is_meant(&self, finding: &Finding) -> bool {
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

    fn finding_shows(&self, finding: &Finding) -> bool {
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
            Expected::Score { score, most, .. } => match &finding.detail {
                // A score that is still open has two ends, and both are to be said.
                Detail::Score(found) => {
                    is_shown_as(&found.least, *score) && is_shown_as(&found.most, most.unwrap_or(*score))
                }
                Detail::Journey(found) if most.is_none() => {
                    found.halves.map(Decimal::from) == score.checked_mul(Decimal::TWO)
                }
                _ => false,
            },
        }
    }

    /// The value of a `per` field as the engine writes it.
    fn key_in_words(&self, standard: usize, key: &Value) -> Option<String> {
        let per = self.graph.standards.get(standard)?.key.as_ref()?;
        Some(in_words(self.graph, per.kind(&self.graph.vocabulary)?, key))
    }
}

/// Whether a number is said exactly, or to the two figures behind the point that a report shows.
fn is_shown_as(number: &Exact, said: Decimal) -> bool {
    let hundred = exact(Decimal::ONE_HUNDRED);
    let said = exact(said);
    *number == said || (number * &hundred).round() == &said * &hundred && !said.is_integer()
}
