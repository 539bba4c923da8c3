//! Moments that somebody looks at.

use std::collections::BTreeSet;

use super::Checked;
use super::faults::CheckFault;
use crate::graph::PromiseId;
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

/// What is broken at a critical moment is escalated or mended. At others, whether that is worth it is for the
/// author to say; here the author has said it.
pub fn each_critical_moment_is_mended(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, moment) in graph.moments.iter().enumerate() {
        let rules: Vec<PromiseId> = promises_at(graph, index).collect();
        let critical = moment.impact.as_deref() == Some("critical") && is_own(graph, moment.span);
        let Some(promise) = rules.first().filter(|_| critical) else { continue };
        let remedied = graph.remedies.iter().any(|remedy| remedy.promises.iter().any(|found| rules.contains(found)));
        let clocks = graph.escalations.iter().map(|found| PromiseId::Standard(found.standard));
        let levels = graph.level_escalations.iter().map(|found| PromiseId::Level(found.level));
        if !remedied && !clocks.chain(levels).any(|escalated| rules.contains(&escalated)) {
            let fault =
                CheckFault::NotMended { moment: moment.name.clone(), promise: graph.promise_name(*promise).to_owned() };
            checked.fault(fault, moment.span, None);
        }
    }
}

/// Whether anything is promised at a moment.
pub fn is_promised(graph: &Graph, moment: usize) -> bool {
    promises_at(graph, moment).next().is_some()
}

/// The promises at a moment that may be broken there.
fn promises_at(graph: &Graph, moment: usize) -> impl Iterator<Item = PromiseId> {
    let levels = graph.levels.iter().enumerate().filter(move |(_, level)| level.moment == Some(moment));
    graph.rules_at(moment).map(|(rule, _)| rule).chain(levels.map(|(index, _)| PromiseId::Level(index)))
}

/// The moments of which a rule about a case speaks.
fn moments_of_rules(graph: &Graph) -> BTreeSet<usize> {
    let standards = graph.standards.iter().filter_map(|standard| standard.moment);
    standards.chain(graph.behaviours.iter().filter_map(|behaviour| behaviour.moment)).collect()
}

/// Whether it stands in the file that the service itself stands in; what others use may be meant for them, and a
/// file without a service is there to be used.
pub fn is_own(graph: &Graph, at: Span) -> bool {
    let service = graph.service.span;
    service != Span::default() && at.file == service.file
}
