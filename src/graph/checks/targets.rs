//! Targets that something hangs on.

use super::{CheckFault, Checked, Idle};
use crate::graph::PromiseId;
use crate::graph::levels::Measure;
use crate::graph::model::{Promise, Standard};
use crate::source::Span;

/// What follows from keeping or breaking a standard follows from one that can be kept or broken. What takes how long
/// can be measured without a target.
pub fn something_is_due(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, standard) in graph.standards.iter().enumerate().filter(|(_, standard)| is_without_target(standard)) {
        let here = PromiseId::Standard(index);
        let mut idle: Vec<(Idle, Span)> = Vec::new();
        if !standard.warnings.is_empty() {
            idle.push((Idle::Warning, standard.span));
        }
        let escalations = graph.escalations.iter().filter(|found| found.standard == index);
        idle.extend(escalations.map(|found| (Idle::Escalation, found.span)));
        let levels = graph.levels.iter().filter(|found| {
            matches!(found.measure, Measure::Share(promise) | Measure::CasesKeeping(promise) if promise == here)
        });
        idle.extend(levels.map(|found| (Idle::Level, found.span)));
        let causes = graph.causes.iter().filter(|found| found.promises.contains(&here));
        idle.extend(causes.map(|found| (Idle::Cause, found.span)));
        let remedies = graph.remedies.iter().filter(|found| found.promises.contains(&here));
        idle.extend(remedies.map(|found| (Idle::Remedy, found.span)));
        let lines = graph.scorecards.iter().flat_map(|card| &card.lines);
        idle.extend(lines.filter(|line| line.promises.contains(&here)).map(|line| (Idle::Points, line.span)));
        for (what, at) in idle {
            let other = standard.targets.first().map(|row| row.span);
            checked.fault(CheckFault::NothingDue { standard: standard.name.clone(), what }, at, other);
        }
    }
}

fn is_without_target(standard: &Standard) -> bool {
    !standard.targets.is_empty() && standard.targets.iter().all(|row| row.promise == Promise::NoTarget)
}
