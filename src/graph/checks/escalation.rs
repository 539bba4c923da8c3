//! Escalations go up: later in time, higher in rank.

use super::Checked;
use crate::graph::faults::GraphFault;

/// Each level comes after the one before, and tells a role above the one told before.
pub fn levels_go_up(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for escalation in &graph.escalations {
        for (before, level) in escalation.levels.iter().zip(escalation.levels.iter().skip(1)) {
            if level.at <= before.at {
                let fault = GraphFault::LevelOrder { level: level.at.to_string(), before: before.at.to_string() };
                checked.fault(fault, level.span, Some(before.span));
            }
            if level.to == before.to || !graph.is_or_leads(level.to, before.to) {
                let name = |role: usize| graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default();
                let fault = GraphFault::NotAbove { role: name(level.to), before: name(before.to) };
                checked.fault(fault, level.span, Some(before.span));
            }
        }
    }
}
