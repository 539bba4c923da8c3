//! Moments that somebody looks at.

use super::Checked;
use super::faults::CheckFault;
use crate::graph::faults::GraphFault;
use crate::graph::model::Graph;
use crate::source::Span;

/// Where a moment can be out of control, something is promised there: else no case is looked at.
pub fn something_is_promised(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, moment) in graph.moments.iter().enumerate() {
        let promised = graph.rules_at(index).next().is_some();
        if moment.out_of_control.is_some() && !promised {
            checked.fault(GraphFault::NothingPromised { moment: moment.name.clone() }, moment.span, None);
        }
    }
}

/// At every other moment too; there a level will do. A file that others use declares moments for them all.
pub fn something_is_promised_at_each(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, moment) in graph.moments.iter().enumerate() {
        let levels = graph.levels.iter().any(|level| level.moment == Some(index));
        let promised = levels || graph.rules_at(index).next().is_some();
        if !promised && moment.out_of_control.is_none() && is_own(graph, moment.span) {
            checked.fault(CheckFault::NoPromise { moment: moment.name.clone() }, moment.span, None);
        }
    }
}

/// Whether it stands in the file that the service itself stands in; what others use may be meant for them.
fn is_own(graph: &Graph, at: Span) -> bool {
    at.file == graph.service.span.file
}
