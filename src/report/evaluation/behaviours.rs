//! Behaviours in words: what was asked, and how it was broken.

use serde::Serialize;

use super::FindingView;
use super::labels::Labels;
use super::text::Page;

use crate::engine::{ConductDetail, ConductFault, Evidence, EvidenceKind, FieldFact, Finding, Verdict};
use crate::graph::{Behaviour, Condition, Conduct, Graph, Times, Trigger};
use crate::report::When;
use crate::report::drawing::words;
use crate::report::words::fact_in_words;

/// What a behaviour came to.
#[derive(Clone, Debug, Serialize)]
pub struct ConductView {
    /// What must, or must never, happen, as written.
    pub sentence: String,
    /// What is wrong, in words; of an undetermined one: what may be.
    pub fault: Option<String>,
    /// Until when something must happen, or must not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<When>,
    /// When the verdict fell; none while it is open.
    pub decided: Option<When>,
    /// How long after the event that ends the case it is over, if the verdict fell with that: `60 calendar days`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_over_after: Option<String>,
    /// What was read: `confirmed of ticket.resolved is false`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
}

impl Labels<'_> {
    /// What a behaviour came to.
    pub fn conduct(&self, behaviour: &Behaviour, finding: &Finding, detail: &ConductDetail) -> ConductView {
        ConductView {
            sentence: behaviour.said.clone(),
            fault: detail.fault.map(|fault| self.fault(behaviour, finding, detail, fault)),
            due: detail.due.map(|at| self.when(at)),
            decided: detail.decided.map(|at| self.when(at)),
            case_over_after: self.case_over_after(finding),
            read: detail.fields.iter().map(fact_in_words).collect(),
        }
    }

    fn case_over_after(&self, finding: &Finding) -> Option<String> {
        let ended = finding.evidence.iter().any(|line| line.deed == EvidenceKind::CaseEnded);
        self.graph.case_end.as_ref().filter(|_| ended).map(|end| end.after.to_string())
    }

    /// `ticket.resolved at 2026-03-02 15:30 (log.csv:12): confirmed is false, and must be true`
    fn fault(&self, behaviour: &Behaviour, finding: &Finding, detail: &ConductDetail, fault: ConductFault) -> String {
        let wrong = self.what_is_wrong(behaviour, finding, detail, fault);
        let happened = finding.evidence.iter().rfind(|line| line.deed == EvidenceKind::Happened);
        match happened.filter(|_| !matches!(fault, ConductFault::TooFew(_))) {
            Some(line) => format!("{}: {wrong}", self.line(line)),
            None => wrong,
        }
    }

    /// `ticket.resolved at 2026-03-02 15:30 (log.csv:12)`
    fn line(&self, line: &Evidence) -> String {
        format!("{} at {} ({})", self.event(line.event), self.when(line.at).local, self.place(line.place))
    }

    fn what_is_wrong(
        &self,
        behaviour: &Behaviour,
        finding: &Finding,
        detail: &ConductDetail,
        fault: ConductFault,
    ) -> String {
        let sentence = &behaviour.sentence;
        let named = |triggers: &[Trigger]| words::events(self.graph, triggers);
        let (judged, other) = (named(sentence.judged()), named(sentence.other()));
        let due = detail.due.map(|at| self.when(at).local);
        let limit = sentence.limit().map(|limit| limit.to_string()).unwrap_or_default();
        match (fault, due) {
            (ConductFault::NothingBefore, _) => format!("no {other} came before"),
            (ConductFault::Unanswered, Some(due)) => format!("no {other} came by {due}"),
            (ConductFault::Unanswered, None) => format!("the case ended, and no {other} came"),
            (ConductFault::Forbidden, _) if other.is_empty() => format!("{judged} must never happen"),
            (ConductFault::Forbidden, _) => format!("{judged} must never come after {other}"),
            (ConductFault::TooSoon, due) => {
                let until = due.map(|due| format!(", which is until {due}")).unwrap_or_default();
                format!("{other} must not come within {limit} after {judged}{until}")
            }
            (ConductFault::TooMany(count), _) => format!("that makes {count}, and {}", wanted(sentence)),
            (ConductFault::TooFew(0), _) => format!("none by the end of the case, and {}", wanted(sentence)),
            (ConductFault::TooFew(count), _) => format!("{count} by the end of the case, and {}", wanted(sentence)),
            (ConductFault::Gap, due) => {
                let last =
                    finding.evidence.iter().rfind(|line| line.deed == EvidenceKind::Kept).or(finding.evidence.first());
                let last = last.map(|line| self.when(line.at).local).unwrap_or_default();
                let kept = named(sentence.kept());
                format!("no {kept} came from {last} to {}, and {limit} is the most", due.unwrap_or_default())
            }
            (ConductFault::DoesNotHold, _) => self.what_must_hold(sentence, finding, &detail.fields),
            (ConductFault::SamePerson, _) => self.same_person(finding, sentence.other()),
            (ConductFault::WrongRole(role), _) => {
                format!("done as {}, and it takes {}", self.role(role), self.needed(sentence))
            }
            (ConductFault::NoRole, _) => {
                format!("the log does not say in which role, and it takes {}", self.needed(sentence))
            }
        }
    }

    fn needed(&self, sentence: &Conduct) -> String {
        match sentence {
            Conduct::ByRole { role, .. } => format!("{} or above", self.role(*role)),
            _ => String::new(),
        }
    }

    fn same_person(&self, finding: &Finding, others: &[Trigger]) -> String {
        let earlier = finding.evidence.iter().find(|line| line.deed == EvidenceKind::Preceded);
        let other = match (others, earlier) {
            ([_, _, ..], Some(line)) => self.event(line.event).to_owned(),
            _ => words::events(self.graph, others),
        };
        let here = finding.evidence.iter().rfind(|line| line.deed == EvidenceKind::Happened);
        let actors = (earlier.and_then(|line| line.actor.as_ref()), here.and_then(|line| line.actor.as_ref()));
        match actors {
            (Some(earlier), Some(here)) if earlier == here => format!("{other} was by {} too", here),
            _ => format!("{other} may have been by the same person"),
        }
    }

    /// `confirmed is false, and must be true`
    fn what_must_hold(&self, sentence: &Conduct, finding: &Finding, fields: &[FieldFact]) -> String {
        let Conduct::MustHold { condition, .. } = sentence else { return String::new() };
        let happened = finding.evidence.iter().find(|line| line.deed == EvidenceKind::Happened);
        let event = happened.map(|line| format!(" of {}", self.event(line.event))).unwrap_or_default();
        let short = |fact: &FieldFact| {
            let name = fact.name.strip_suffix(&event).unwrap_or(&fact.name).to_owned();
            fact_in_words(&FieldFact { name, ..fact.clone() })
        };
        let facts: Vec<String> = fields.iter().map(short).collect();
        format!("{}, and {}", facts.join(", "), requirement(self.graph, condition))
    }
}

impl Page<'_> {
    pub(super) fn conduct(&mut self, finding: &FindingView, conduct: &ConductView) {
        self.item("promised", &conduct.sentence);
        if let Some(fault) = &conduct.fault {
            self.item(if finding.verdict == Verdict::Breached { "because" } else { "perhaps" }, fault);
        }
        self.evidence(finding);
        if let (Some(after), Some(decided)) = (&conduct.case_over_after, &conduct.decided) {
            self.item("case over", &format!("{}, {after} after that", decided.local));
        }
    }
}

/// `there may be at most 3`
fn wanted(sentence: &Conduct) -> String {
    match sentence {
        Conduct::Times { times: Times::AtMost, count, .. } => format!("there may be at most {count}"),
        Conduct::Times { times: Times::AtLeast, count, .. } => format!("there must be at least {count}"),
        Conduct::Times { times: Times::Exactly, count, .. } => format!("there must be exactly {count}"),
        _ => String::new(),
    }
}

/// `must be at least 4`
fn requirement(graph: &Graph, condition: &Condition) -> String {
    let whole = words::condition(graph, condition);
    let (operand, is_not) = match condition {
        Condition::IsTrue(_) => return "must be true".into(),
        Condition::Not(inner) => match &**inner {
            Condition::IsTrue(_) => return "must be false".into(),
            Condition::Known(_) => return "must be unknown".into(),
            Condition::OneOf(operand, _) => (operand, true),
            _ => return format!("`{whole}` must hold"),
        },
        Condition::Known(operand) | Condition::Compare(operand, ..) | Condition::OneOf(operand, _) => (operand, false),
        _ => return format!("`{whole}` must hold"),
    };
    let said = whole.strip_prefix("not ").unwrap_or(&whole);
    let said = said.strip_prefix(&words::name(graph, operand)).unwrap_or(said).trim_start();
    match (said.strip_prefix("is not "), said.strip_prefix("is "), is_not) {
        (Some(rest), ..) => format!("must not be {rest}"),
        (_, Some(rest), _) => format!("must be {rest}"),
        (_, _, true) => format!("must not be {said}"),
        _ => format!("must be {said}"),
    }
}
