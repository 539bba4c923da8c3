//! Which segments something can be said of: some case belongs, and some does not.

use super::segments::Segments;
use super::space::{Answer, Missing, Space};
use super::truth_set::TruthSet;

use crate::graph::cycles::{segments_in, those_used_first};
use crate::graph::{Condition, Graph};

impl Segments {
    /// Looks at each segment after those that it rests on.
    pub fn of(graph: &Graph) -> Self {
        let count = graph.segments.len();
        let mut segments = Self { at_fault: vec![true; count], meant: (0..count).collect() };
        let uses: Vec<Vec<usize>> = graph.segments.iter().map(|segment| segments_in(&segment.condition)).collect();
        for index in those_used_first(&uses) {
            let Some(segment) = graph.segments.get(index) else { continue };
            let meant = match &segment.condition {
                Condition::Segment(other) => segments.meant.get(*other).copied().unwrap_or(index),
                _ => index,
            };
            let at_fault = match meant == index {
                true => !is_sound(graph, &segment.condition, &segments),
                false => segments.sound(meant).is_none(),
            };
            if let (Some(fault), Some(name)) = (segments.at_fault.get_mut(index), segments.meant.get_mut(index)) {
                (*fault, *name) = (at_fault, meant);
            }
        }
        segments
    }
}

/// Whether some case belongs, and some does not.
fn is_sound(graph: &Graph, condition: &Condition, segments: &Segments) -> bool {
    let Ok(space) = Space::of(graph, [condition], segments) else { return false };
    let none = |truths| space.find(&[(0, truths)], Missing::Any) == Answer::None;
    !none(TruthSet::TRUE) && !none(TruthSet::FALSE)
}
