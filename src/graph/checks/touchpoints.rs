//! Touchpoints of which a report tells.

use std::collections::BTreeSet;

use super::Checked;
use super::faults::CheckFault;
use super::moments::{is_own, promises_by_moment};

/// Something is measured at each touchpoint, or at a moment of it.
pub fn each_touchpoint_is_measured(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let standards = graph.standards.iter().map(|found| found.touchpoint);
    let behaviours = graph.behaviours.iter().map(|found| found.touchpoint);
    let levels = graph.levels.iter().map(|found| found.touchpoint);
    let scorecards = graph.scorecards.iter().map(|found| found.touchpoint);
    let measured: BTreeSet<usize> = standards.chain(behaviours).chain(levels).chain(scorecards).flatten().collect();
    // A moment at which nothing is promised is told of itself.
    let promises = promises_by_moment(graph);
    let moments = graph.moments.iter().enumerate();
    let idle = moments.filter(|(index, found)| !promises.contains_key(index) && is_own(graph, found.span));
    let told: BTreeSet<usize> = idle.filter_map(|(_, found)| found.touchpoint).collect();
    for (index, touchpoint) in graph.touchpoints.iter().enumerate() {
        let known = measured.contains(&index) || told.contains(&index);
        if !known && is_own(graph, touchpoint.span) {
            let mut journeys = graph.journeys.iter().filter(|journey| journey.touchpoints.contains(&index));
            let journey = journeys.next().map(|journey| journey.name.clone());
            checked.fault(
                CheckFault::NeverMeasured { touchpoint: touchpoint.name.clone(), journey },
                touchpoint.span,
                None,
            );
        }
    }
}
