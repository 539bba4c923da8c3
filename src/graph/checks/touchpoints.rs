//! Touchpoints of which a report tells.

use super::Checked;
use super::faults::CheckFault;
use super::moments::{is_own, is_promised};

/// Something is measured at each touchpoint, or at a moment of it.
pub fn each_touchpoint_is_measured(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, touchpoint) in graph.touchpoints.iter().enumerate() {
        let here = Some(index);
        let measured = graph.standards.iter().any(|found| found.touchpoint == here)
            || graph.behaviours.iter().any(|found| found.touchpoint == here)
            || graph.levels.iter().any(|found| found.touchpoint == here)
            || graph.scorecards.iter().any(|found| found.touchpoint == here);
        // A moment at which nothing is promised is told of itself.
        let mut moments = graph.moments.iter().enumerate().filter(|(_, moment)| moment.touchpoint == here);
        let told = moments.any(|(moment, found)| !is_promised(graph, moment) && is_own(graph, found.span));
        if !measured && !told && is_own(graph, touchpoint.span) {
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
