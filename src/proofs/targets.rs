//! Targets that something hangs on.

use super::check_faults::{CheckFault, Idle};
use super::checked::Checked;

use crate::graph::Measure;
use crate::graph::PromiseId;
use crate::source::Span;

/// What follows from keeping or breaking a standard follows from one that can be kept or broken. What takes how long
/// can be measured without a target.
pub fn something_is_due(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, standard) in graph.standards.iter().enumerate() {
        if !standard.warnings.is_empty() {
            is_due(checked, PromiseId::Standard(index), Idle::Warning, standard.span);
        }
    }
    for found in &graph.escalations {
        is_due(checked, PromiseId::Standard(found.standard), Idle::Escalation, found.span);
    }
    for found in &graph.levels {
        if let Measure::Share(promise) | Measure::CasesKeeping(promise) = found.measure {
            is_due(checked, promise, Idle::Level, found.span);
        }
    }
    let causes = graph.causes.iter().map(|found| (Idle::Cause, &found.promises, found.span));
    let remedies = graph.remedies.iter().map(|found| (Idle::Remedy, &found.promises, found.span));
    let lines = graph.scorecards.iter().flat_map(|card| &card.lines);
    let lines = lines.map(|line| (Idle::Points, &line.promises, line.span));
    for (what, promises, at) in causes.chain(remedies).chain(lines) {
        for promise in promises {
            is_due(checked, *promise, what, at);
        }
    }
}

/// Warns of what hangs on a standard without any target.
fn is_due(checked: &mut Checked<'_>, promise: PromiseId, what: Idle, at: Span) {
    let PromiseId::Standard(index) = promise else { return };
    let Some(standard) = checked.graph.standards.get(index).filter(|standard| standard.is_without_target()) else {
        return;
    };
    let other = standard.targets.first().map(|row| row.span);
    checked.fault(CheckFault::NothingDue { standard: standard.name.clone(), what }, at, other);
}
