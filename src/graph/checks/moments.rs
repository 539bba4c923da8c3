//! Moments that somebody looks at.

use super::Checked;
use crate::graph::faults::GraphFault;

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
