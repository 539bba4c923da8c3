//! The findings of levels that fired.

use super::identity::finding_id;
use super::unknown::once_each;

use crate::engine::clock_run::Level;
use crate::engine::duties::{NotificationDuty, Outcome};
use crate::engine::finding::{Detail, Evidence, EvidenceKind, Finding, NotificationDetail, Rule};
use crate::graph::Graph;

pub fn of_duty(graph: &Graph, clock: &Finding, level: &Level) -> Option<Finding> {
    let duty: &NotificationDuty = level.duty.as_ref().filter(|duty| !duty.belongs_before)?;
    let (escalation, step) = level.of;
    let said = graph.escalations.get(escalation)?.levels.get(step)?;
    let rule = Rule::Escalation(escalation, step);
    let mut evidence: Vec<Evidence> =
        clock.evidence.iter().filter(|found| found.deed == EvidenceKind::Started).cloned().collect();
    evidence.extend(duty.told_by.clone().or_else(|| duty.doubt.as_ref().map(|(told, _)| told.clone())));
    Some(Finding {
        id: finding_id(graph, rule, &clock.case, clock.key.as_deref(), clock.start, clock.ordinal),
        rule,
        case: clock.case.clone(),
        key: clock.key.clone(),
        verdict: duty.verdict(),
        grade: clock.grade.clone(),
        start: duty.fired,
        ordinal: clock.ordinal,
        segments: clock.segments.clone(),
        holder: clock.holder.clone(),
        detail: Detail::Duty(NotificationDetail {
            clock: clock.id.clone(),
            at: said.at,
            to: said.to,
            within: said.within,
            due: duty.due,
            done: match duty.outcome {
                Some(Outcome::Told(at)) => Some(at),
                _ => None,
            },
            ended: match duty.outcome {
                Some(Outcome::Ended(at)) => Some(at),
                _ => None,
            },
            unknown: once_each(&duty.unknown()),
        }),
        evidence,
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    })
}
