//! The findings of grants of more time.

use std::sync::Arc;

use super::identity::finding_id;

use crate::engine::case::{Case, Granting};
use crate::engine::finding::{BreachWeight, Detail, Finding, Rule};
use crate::graph::Graph;

pub fn of_extension(
    graph: &Graph,
    case: &Case<'_, '_>,
    id: &Arc<str>,
    ordinal: u32,
    rule: Rule,
    granting: &Granting,
) -> Finding {
    Finding {
        id: finding_id(graph, rule, id, granting.key.as_deref(), granting.evidence.at, ordinal),
        rule,
        case: id.clone(),
        key: granting.key.clone(),
        verdict: granting.verdict,
        grade: BreachWeight::default(),
        start: granting.evidence.at,
        ordinal,
        segments: case.segments(),
        holder: case.holder.clone(),
        detail: Detail::Extension(granting.detail.clone()),
        evidence: vec![granting.evidence.clone()],
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}
