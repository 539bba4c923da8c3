//! What a plan looks up by the kind of an event, or by the standard.

use super::effects::Scope;

use crate::calendar::Instant;
use crate::graph::{Behaviour, ClockEvent, Conduct, Exemption, Graph, Operand, Promise};

/// Whether any moment says when it is out of control.
pub fn has_watched_moments(graph: &Graph) -> bool {
    graph.moments.iter().any(|moment| moment.out_of_control.is_some())
}

/// What rules wait for of each standard's clocks.
pub fn turns(graph: &Graph) -> Vec<Vec<(usize, ClockEvent)>> {
    let mut turns = vec![Vec::new(); graph.standards.len()];
    for (index, waited) in graph.derived_events.iter().enumerate() {
        if let Some(of_standard) = turns.get_mut(waited.standard) {
            of_standard.push((graph.vocabulary.events.len() + index, waited.what));
        }
    }
    // Parts of one target that come at one instant come in their order.
    turns.iter_mut().for_each(|of_standard| of_standard.sort_by_key(|(_, turn)| *turn));
    turns
}

/// The behaviours that name each kind of event.
pub fn behaviours(graph: &Graph, scope: Scope, kinds: usize) -> Vec<Vec<usize>> {
    let mut behaviours = vec![Vec::new(); kinds];
    for (index, behaviour) in judged_behaviours(graph, scope) {
        for trigger in behaviour.sentence.triggers() {
            if let Some(of_kind) = behaviours.get_mut(trigger.event).filter(|of_kind| of_kind.last() != Some(&index)) {
                of_kind.push(index);
            }
        }
    }
    behaviours
}

pub fn judged_behaviours(graph: &Graph, scope: Scope) -> impl Iterator<Item = (usize, &Behaviour)> {
    let behaviours = graph.behaviours.iter().enumerate();
    behaviours.filter(move |(_, behaviour)| scope.takes(behaviour.per_party) && behaviour.attributes.left_out.is_none())
}

/// Those of which something can be said though nothing that they name ever happens, or only at the end.
pub fn behaviours_of_the_case(graph: &Graph, scope: Scope) -> Vec<usize> {
    let of_the_case =
        |sentence: &Conduct| matches!(sentence, Conduct::Never(_) | Conduct::NeverAfter { .. } | Conduct::Times { .. });
    judged_behaviours(graph, scope)
        .filter(|(_, behaviour)| of_the_case(&behaviour.sentence))
        .map(|(index, _)| index)
        .collect()
}

/// The beginnings and ends of windows that stop clocks, in order, each once.
pub fn windows(exemptions: &[Exemption]) -> Vec<Instant> {
    let windows =
        exemptions.iter().filter(|exemption| exemption.stops_the_clock).filter_map(|exemption| exemption.window);
    let mut instants: Vec<Instant> = windows.flat_map(|(from, to)| [from, to]).collect();
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// For each kind of event, whether a table that follows the case reads its latest occurrence.
pub fn tables_read(graph: &Graph) -> Vec<bool> {
    let mut read = vec![false; graph.vocabulary.events.len()];
    let rows = || graph.standards.iter().flat_map(|standard| standard.targets.iter().chain(&standard.beyond));
    let conditions = rows().filter_map(|row| row.condition.as_ref());
    let hours = graph.standards.iter().filter(|standard| standard.has_changing_hours());
    let hours = hours.flat_map(|standard| &standard.counting).filter_map(|row| row.condition.as_ref());
    let promised = rows().filter_map(|row| match &row.promise {
        Promise::DueAt(operand) => Some(operand),
        Promise::Within(_) | Promise::AtOnce | Promise::NoTarget => None,
    });
    for operand in conditions.chain(hours).flat_map(|condition| condition.operands(graph)).chain(promised) {
        if let Operand::Latest(kind, _) = operand
            && let Some(flag) = read.get_mut(*kind)
        {
            *flag = true;
        }
    }
    read
}
