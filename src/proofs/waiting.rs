//! Promises that wait for each other.

use super::checked::Checked;

use crate::graph::cycles::{Circle, circles, closed};
use crate::proofs::structure_faults::StructureFault;
use crate::resolve::NameFault;

/// No clock waits, directly or through others, for what it brings about itself.
pub fn no_clock_waits_for_itself(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let waits: Vec<Vec<usize>> = graph.standards.iter().map(|standard| graph.waits_for(standard)).collect();
    for Circle { way, .. } in circles(&waits) {
        let path = way.iter().filter_map(|standard| graph.standards.get(*standard));
        let path = closed(path.map(|standard| standard.name.clone()).collect());
        let Some(at) = way.last().and_then(|standard| graph.standards.get(*standard)) else { continue };
        checked.fault(NameFault::Cycle { what: "standards wait for each other", path }, at.span, None);
    }
}

/// A rule over the cases of a party and a rule over one case cannot wait for each other.
pub fn no_wait_across_scopes(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for standard in &graph.standards {
        let others = graph.waits_for(standard).into_iter().filter_map(|other| graph.standards.get(other));
        for other in others.filter(|other| other.per_party != standard.per_party) {
            let (one, two) = if standard.per_party { (standard, other) } else { (other, standard) };
            let fault = StructureFault::TwoScopes { per_party: one.name.clone(), per_case: two.name.clone() };
            checked.fault(fault, standard.span, Some(other.span));
        }
    }
    for behaviour in &graph.behaviours {
        let turns = behaviour.sentence.triggers().filter_map(|trigger| graph.turn(trigger.event));
        let standards = turns.filter_map(|turn| graph.standards.get(turn.standard));
        for other in standards.filter(|other| other.per_party != behaviour.per_party) {
            let (one, two) = (behaviour.name.clone(), other.name.clone());
            let (per_party, per_case) = if behaviour.per_party { (one, two) } else { (two, one) };
            checked.fault(StructureFault::TwoScopes { per_party, per_case }, behaviour.span, Some(other.span));
        }
    }
}
