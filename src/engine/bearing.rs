//! Which promises a finding bears on.

use crate::graph::{Graph, PromiseId};

use super::finding::Rule;

/// The promises that a finding of a rule is a finding of.
pub fn promises_of(graph: &Graph, rule: Rule) -> Vec<PromiseId> {
    match rule {
        Rule::Standard(standard) => vec![PromiseId::Standard(standard)],
        Rule::Action(action) => graph.authorities_over(action).map(PromiseId::Authority).collect(),
        Rule::Escalation(..) | Rule::Approval(_) | Rule::Extension(..) => Vec::new(),
    }
}
