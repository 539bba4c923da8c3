//! Which promises a finding bears on.

use crate::graph::{Graph, PromiseId};

use super::finding::Rule;

/// The promises that a finding of a rule is a finding of.
pub fn promises_of(graph: &Graph, rule: Rule) -> Vec<PromiseId> {
    match rule {
        Rule::Standard(standard) => vec![PromiseId::Standard(standard)],
        Rule::Action(action) => {
            let authorities = graph.authorities.iter().enumerate();
            let of_action = authorities.filter(|(_, authority)| authority.actions.contains(&action));
            of_action.map(|(index, _)| PromiseId::Authority(index)).collect()
        }
        Rule::Escalation(..) | Rule::Approval(_) | Rule::Extension(..) | Rule::Moment(_) => Vec::new(),
    }
}
