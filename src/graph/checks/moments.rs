//! Moments that somebody looks at.

use std::collections::BTreeSet;

use super::Checked;
use super::faults::CheckFault;
use crate::graph::faults::GraphFault;
use crate::graph::model::Graph;
use crate::source::Span;

/// Where a moment can be out of control, something is promised there: else no case is looked at.
pub fn something_is_promised(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let promised = moments_of_rules(graph);
    for (index, moment) in graph.moments.iter().enumerate() {
        let promised = promised.contains(&index);
        if moment.out_of_control.is_some() && !promised {
            checked.fault(GraphFault::NothingPromised { moment: moment.name.clone() }, moment.span, None);
        }
    }
}

/// At every other moment too; there a level will do. A file that others use declares moments for them all.
pub fn something_is_promised_at_each(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let mut promised = moments_of_rules(graph);
    promised.extend(graph.levels.iter().filter_map(|level| level.moment));
    for (index, moment) in graph.moments.iter().enumerate() {
        let promised = promised.contains(&index);
        if !promised && moment.out_of_control.is_none() && is_own(graph, moment.span) {
            checked.fault(CheckFault::NoPromise { moment: moment.name.clone() }, moment.span, None);
        }
    }
}

/// The moments of which a rule about a case speaks.
fn moments_of_rules(graph: &Graph) -> BTreeSet<usize> {
    let standards = graph.standards.iter().filter_map(|standard| standard.moment);
    standards.chain(graph.behaviours.iter().filter_map(|behaviour| behaviour.moment)).collect()
}

/// Whether it stands in the file that the service itself stands in; what others use may be meant for them.
fn is_own(graph: &Graph, at: Span) -> bool {
    at.file == graph.service.span.file
}
