//! Which clocks wait for which.

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::{Graph, Standard, Trigger};

impl Graph {
    /// Of how many standards, one upon the other, each one waits to hear.
    pub fn depths(&self) -> Vec<usize> {
        let mut waits = DiGraphMap::<usize, ()>::new();
        for (index, standard) in self.standards.iter().enumerate() {
            for other in self.waits_for(standard) {
                waits.add_edge(index, other, ());
            }
        }
        let mut depths = vec![0; self.standards.len()];
        // What a standard waits for comes before it here.
        for standard in kosaraju_scc(&waits).into_iter().flatten() {
            let others = waits.neighbors(standard).filter_map(|other| depths.get(other));
            let depth = others.max().map_or(0, |most| most + 1);
            if let Some(known) = depths.get_mut(standard) {
                *known = depth;
            }
        }
        depths
    }

    /// The standards whose turns a standard waits for.
    pub fn waits_for(&self, standard: &Standard) -> Vec<usize> {
        let turn = |trigger: &Trigger| self.turn(trigger.event).map(|turn| turn.standard);
        standard.triggers().filter_map(turn).collect()
    }
}
