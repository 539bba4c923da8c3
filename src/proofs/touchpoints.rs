//! Touchpoints of which a report tells.

use std::collections::BTreeSet;

use super::check_faults::CheckFault;
use super::checked::Checked;
use super::moments::{is_own, promised_moments};

/// Something is measured at each touchpoint, or at a moment of it.
pub fn each_touchpoint_is_measured(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let standards = graph.standards.iter().filter_map(|found| found.touchpoint);
    let behaviours = graph.behaviours.iter().filter_map(|found| found.touchpoint);
    let levels = graph.levels.iter().filter_map(|found| found.touchpoint);
    let scorecards = graph.scorecards.iter().filter_map(|found| found.touchpoint);
    let mut told_or_measured: BTreeSet<usize> = standards.chain(behaviours).chain(levels).chain(scorecards).collect();
    // A moment at which nothing is promised is told of itself.
    let promised = promised_moments(graph);
    let moments = graph.moments.iter().enumerate();
    let told = moments.filter(|(index, found)| !promised.contains(index) && is_own(graph, found.span));
    told_or_measured.extend(told.filter_map(|(_, found)| found.touchpoint));
    for (index, touchpoint) in graph.touchpoints.iter().enumerate() {
        if told_or_measured.contains(&index) || !is_own(graph, touchpoint.span) {
            continue;
        }
        let journey = graph.journeys.iter().find(|journey| journey.touchpoints.contains(&index));
        let (name, journey) = (touchpoint.name.clone(), journey.map(|journey| journey.name.clone()));
        checked.fault(CheckFault::NeverMeasured { touchpoint: name, journey }, touchpoint.span, None);
    }
}
