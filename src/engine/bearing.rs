//! Which promises a finding bears on.

use crate::graph::{Graph, PromiseId};

use super::finding::Rule;

/// The promises that a finding of a rule is a finding of.
pub fn promises_of(_graph: &Graph, rule: Rule) -> Vec<PromiseId> {
    match rule {
        Rule::Standard(standard) => vec![PromiseId::Standard(standard)],
        Rule::Escalation(..) | Rule::Action(_) | Rule::Approval(_) => Vec::new(),
    }
}
