//! Moments that somebody looks at.

use std::collections::{BTreeMap, BTreeSet};

use super::check_faults::CheckFault;
use super::checked::Checked;

use crate::graph::Graph;
use crate::graph::PromiseId;
use crate::proofs::structure_faults::StructureFault;
use crate::source::Span;

/// Where a moment can be out of control, something is promised there: else no case is looked at.
pub fn something_is_promised(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let of_cases = promises_at_moments(graph).filter(|(_, promise)| !matches!(promise, PromiseId::Level(_)));
    let promised: BTreeSet<usize> = of_cases.map(|(moment, _)| moment).collect();
    for (index, moment) in graph.moments.iter().enumerate() {
        let promised = promised.contains(&index);
        if moment.out_of_control.is_some() && !promised {
            checked.fault(StructureFault::NothingPromised { moment: moment.name.clone() }, moment.span, None);
        }
    }
}

/// At every other moment too; there a level will do. A file that others use declares moments for them all.
pub fn something_is_promised_at_each(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let promised = promised_moments(graph);
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
    let followed = followed(graph);
    // Of each moment a promise, and whether something follows a breach of one.
    let mut promised: BTreeMap<usize, (PromiseId, bool)> = BTreeMap::new();
    for (moment, promise) in promises_at_moments(graph) {
        let (_, follows) = promised.entry(moment).or_insert((promise, false));
        *follows |= followed.contains(&promise);
    }
    for (index, moment) in graph.moments.iter().enumerate() {
        let critical = moment.impact.as_deref() == Some("critical") && is_own(graph, moment.span);
        if let Some((promise, false)) = promised.get(&index).filter(|_| critical) {
            let (moment_name, promise) = (moment.name.clone(), graph.promise_name(*promise).to_owned());
            checked.fault(CheckFault::NotMended { moment: moment_name, promise }, moment.span, None);
        }
    }
}

/// The promises whose breach somebody is told of, or that a remedy mends.
fn followed(graph: &Graph) -> BTreeSet<PromiseId> {
    let remedied = graph.remedies.iter().flat_map(|remedy| remedy.promises.iter().copied());
    let clocks = graph.escalations.iter().map(|found| PromiseId::Standard(found.standard));
    let levels = graph.level_escalations.iter().map(|found| PromiseId::Level(found.level));
    remedied.chain(clocks).chain(levels).collect()
}

/// Each promise that is for a moment, with the moment.
fn promises_at_moments(graph: &Graph) -> impl Iterator<Item = (usize, PromiseId)> {
    let standards = graph.standards.iter().enumerate();
    let standards = standards.filter_map(|(index, found)| Some((found.moment?, PromiseId::Standard(index))));
    let behaviours = graph.behaviours.iter().enumerate();
    let behaviours = behaviours.filter_map(|(index, found)| Some((found.moment?, PromiseId::Behaviour(index))));
    let levels = graph.levels.iter().enumerate();
    standards
        .chain(behaviours)
        .chain(levels.filter_map(|(index, found)| Some((found.moment?, PromiseId::Level(index)))))
}

/// The moments at which something is promised, in a case or over many.
pub fn promised_moments(graph: &Graph) -> BTreeSet<usize> {
    promises_at_moments(graph).map(|(moment, _)| moment).collect()
}

/// Whether it stands in the file that the service itself stands in; what others use may be meant for them, and a
/// file without a service is there to be used.
pub fn is_own(graph: &Graph, at: Span) -> bool {
    let service = graph.service.span;
    service != Span::default() && at.file == service.file
}
