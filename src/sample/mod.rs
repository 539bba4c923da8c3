//! A plausible log for any standards file: to try standards out before there is a log of their own.
//!
//! ```text
//! Graph + Request ──► World ──► a CaseTimeline for each case ──► table ──► CSV and its mapping
//!                     made once   clocks played out
//! ```
//!
//! Each case is told on one line of time: an opening event starts its clocks, and every clock waits,
//! pauses and stops on its own calendar, within its target or beyond it. What one event does, it does
//! to every clock of the case, so that standards that share events hang together.
//!
//! The same graph and the same request give the same bytes.

mod actions;
mod agenda;
mod behaviours;
mod clock;
mod clock_effects;
mod facts;
mod fields;
mod intentions;
mod people;
mod plausible_values;
mod played;
mod random;
mod sampled_time;
mod table;
mod timeline;
mod world;

#[cfg(test)]
mod tests;

use timeline::CaseTimeline;
use world::World;

use crate::graph::Graph;

pub use played::{Behaved, Outcome, Played, Request, Sample, first_day};

/// Makes up a log for the standards of `graph`.
pub fn sample(graph: &Graph, request: &Request) -> Sample {
    let world = World::new(graph, request);
    let mut rows = Vec::new();
    let (mut played, mut behaved) = (Vec::new(), Vec::new());
    for case in 0..request.cases {
        let told = CaseTimeline::new(&world, case).play();
        rows.extend(told.rows);
        played.extend(told.played);
        behaved.extend(told.behaved);
    }
    // Stable: rows of one case keep their order where their times are equal.
    rows.sort_by_key(|row| row.time);
    Sample { csv: table::csv(&world, &rows), mapping: table::mapping(graph), events: rows.len(), played, behaved }
}
