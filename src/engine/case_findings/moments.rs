//! The findings of moments of truth.

use std::sync::Arc;

use super::identity::finding_id;

use crate::engine::breach_weight::weight_of;
use crate::engine::case::Case;
use crate::engine::finding::{Detail, Finding, Rule};
use crate::engine::moments::Judged;

pub fn of_moment(case: &Case<'_, '_>, id: &Arc<str>, judged: Judged) -> Finding {
    let graph = case.graph();
    let rule = Rule::Moment(judged.moment);
    let found = graph.moments.get(judged.moment);
    Finding {
        id: finding_id(graph, rule, id, None, judged.start, 0),
        rule,
        case: id.clone(),
        key: None,
        verdict: judged.verdict,
        grade: found.map(|moment| weight_of(&moment.attributes, case.facts())).unwrap_or_default(),
        start: judged.start,
        ordinal: 0,
        segments: case.segments(),
        holder: case.holder.clone(),
        detail: Detail::Moment(judged.detail),
        evidence: judged.evidence,
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}
