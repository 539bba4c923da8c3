//! Promises that wait for each other.

use super::Checked;
use crate::graph::declare::{Circle, circles, closed};
use crate::graph::faults::GraphFault;
use crate::graph::model::{Graph, Standard, Trigger};

/// No clock waits, directly or through others, for what it brings about itself.
pub fn no_clock_waits_for_itself(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let waits: Vec<Vec<usize>> = graph.standards.iter().map(|standard| waits_for(graph, standard)).collect();
    for Circle { way, .. } in circles(&waits) {
        let path = way.iter().filter_map(|standard| graph.standards.get(*standard));
        let path = closed(path.map(|standard| standard.name.clone()).collect());
        let Some(at) = way.last().and_then(|standard| graph.standards.get(*standard)) else { continue };
        checked.fault(GraphFault::Cycle { what: "standards wait for each other", path }, at.span, None);
    }
}

/// The standards whose turns a standard waits for.
fn waits_for(graph: &Graph, standard: &Standard) -> Vec<usize> {
    let turn = |trigger: &Trigger| {
        let index = trigger.event.checked_sub(graph.vocabulary.events.len())?;
        Some(graph.virtuals.get(index)?.standard)
    };
    standard.triggers().filter_map(turn).collect()
}
