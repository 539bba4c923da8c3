//! The findings about a case or a party as a whole.

use std::sync::Arc;

use super::identity::finding_id;

use crate::engine::case_summaries::CaseSummary;
use crate::engine::finding::{BreachWeight, Detail, Finding, Rule, Verdict};
use crate::graph::Graph;

/// A finding about a case or a party as a whole, before anything is said of it.
pub fn of_a_whole(graph: &Graph, rule: Rule, id: &Arc<str>, kept: &CaseSummary, detail: Detail) -> Finding {
    Finding {
        id: finding_id(graph, rule, id, None, kept.begun, 0),
        rule,
        case: id.clone(),
        key: None,
        verdict: Verdict::Running,
        grade: BreachWeight::default(),
        start: kept.begun,
        ordinal: 0,
        segments: kept.segments.clone(),
        holder: kept.holder.clone(),
        detail,
        evidence: Vec::new(),
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}
