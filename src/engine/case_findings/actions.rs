//! The findings of acts, and of askings and grants.

use std::sync::Arc;

use super::breaches::causes_and_remedies;
use super::identity::finding_id;

use crate::calendar::Instant;
use crate::engine::authority::{Act, Approving};
use crate::engine::breach_weight::weight_of;
use crate::engine::case::Case;
use crate::engine::causes::Breach;
use crate::engine::finding::{BreachWeight, Detail, Evidence, EvidenceKind, Finding, Rule, Verdict};
use crate::graph::Graph;
use crate::log::Event;

pub fn of_act(graph: &Graph, case: &Case<'_, '_>, id: &Arc<str>, ordinal: u32, act: &Act<'_>) -> Finding {
    let rule = Rule::Action(act.action);
    let at = act.event.time;
    let promises = rule.promises(graph);
    // What the act's day may yet make a breach is explained too.
    let may_be_breached = act.verdict == Verdict::Breached || act.daily.is_some_and(|daily| daily.limit.is_some());
    let (causes, remedies) = if may_be_breached && !promises.is_empty() {
        let from = case.history.began().unwrap_or(at);
        causes_and_remedies(case, Breach { promises: &promises, from, to: at, account: None })
    } else {
        Default::default()
    };
    let facts = case.facts().about(act.event).started(at);
    let authority = graph.authorities_over(act.action).find_map(|index| graph.authorities.get(index));
    let mut evidence = act.earlier.clone();
    evidence.push(Evidence::of(EvidenceKind::Acted, act.event));
    Finding {
        id: finding_id(graph, rule, id, None, at, ordinal),
        rule,
        case: id.clone(),
        key: None,
        verdict: act.verdict,
        grade: authority.map(|authority| weight_of(&authority.attributes, facts)).unwrap_or_default(),
        start: at,
        ordinal,
        segments: case.segments(),
        holder: case.holder.clone(),
        detail: Detail::Act(act.detail.clone()),
        evidence,
        unread: Vec::new(),
        causes,
        remedies,
    }
}

pub fn of_approval(graph: &Graph, case: &Case<'_, '_>, id: &Arc<str>, ordinal: u32, found: &Approving<'_>) -> Finding {
    let rule = Rule::Approval(found.approval);
    let asked = found.asked.map(|event| Evidence::of(EvidenceKind::Asked, event));
    let granted = graph.approvals.get(found.approval).map(|approval| approval.granted);
    let answer = |event: &Event| match granted {
        Some(kind) if kind == usize::from(event.kind) => EvidenceKind::Granted,
        _ => EvidenceKind::Refused,
    };
    let answered = found.answered.map(|event| Evidence::of(answer(event), event));
    let evidence: Vec<Evidence> = asked.into_iter().chain(answered).collect();
    let start = if found.detail.asking { evidence.first() } else { evidence.last() };
    let start = start.map(|evidence| evidence.at).unwrap_or(Instant::MIN);
    Finding {
        id: finding_id(graph, rule, id, None, start, ordinal),
        rule,
        case: id.clone(),
        key: None,
        verdict: found.verdict,
        grade: BreachWeight::default(),
        start,
        ordinal,
        segments: case.segments(),
        holder: case.holder.clone(),
        detail: Detail::Approval(found.detail.clone()),
        evidence,
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}
