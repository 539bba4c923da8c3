//! The findings of behaviours.

use std::sync::Arc;

use super::breaches::causes_and_remedies;
use super::identity::{finding_id, nth};

use crate::calendar::Instant;
use crate::engine::breach_weight::weight_of;
use crate::engine::case::Case;
use crate::engine::causes::Breach;
use crate::engine::finding::{ConductDetail, Detail, Finding, Rule, Verdict};

/// The findings of a case's behaviours.
pub fn of_behaviours(case: &Case<'_, '_>, id: &Arc<str>, as_of: Instant) -> Vec<Finding> {
    let graph = case.plan.graph;
    let segments = case.segments();
    let mut told = Vec::new();
    let mut findings = Vec::new();
    for (index, found) in case.behaviours.found() {
        let Some(behaviour) = graph.behaviours.get(index) else { continue };
        let rule = Rule::Behaviour(index);
        let ordinal = nth(&mut told, rule, found.start);
        let facts = case.facts().started(found.start);
        let facts = found.own.as_ref().map_or(facts, |own| facts.about(own));
        let verdict = found.verdict.map_or(Verdict::Running, |(verdict, _)| verdict);
        let (causes, remedies) = match verdict {
            Verdict::Breached => {
                let to = found.verdict.map_or(as_of, |(_, at)| at);
                causes_and_remedies(
                    case,
                    Breach { promises: &rule.promises(graph), from: found.start, to, account: None },
                )
            }
            _ => Default::default(),
        };
        findings.push(Finding {
            id: finding_id(graph, rule, id, None, found.start, ordinal),
            rule,
            case: id.clone(),
            key: None,
            verdict,
            grade: weight_of(&behaviour.attributes, facts),
            start: found.start,
            ordinal,
            segments: segments.clone(),
            holder: case.holder.clone(),
            detail: Detail::Conduct(ConductDetail {
                due: found.due,
                decided: found.verdict.map(|(_, at)| at),
                of_the_case: found.own.is_none(),
                fault: found.fault.filter(|_| verdict != Verdict::Met),
                fields: found.fields.clone(),
                unknown: if verdict == Verdict::Undetermined { found.doubts.clone() } else { Vec::new() },
            }),
            evidence: found.evidence.clone(),
            unread: Vec::new(),
            causes,
            remedies,
        });
    }
    findings
}
