//! Escalations go up: later in time, higher in rank.

use super::check_faults::CheckFault;
use super::checked::Checked;

use crate::calendar::Duration;
use crate::graph::{Escalation, EscalationLevel, Graph, Limit, Promise, TargetRow};
use crate::proofs::structure_faults::StructureFault;

/// Each level comes after the one before, and tells a role above the one told before.
pub fn levels_go_up(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    // What is said once of several standards is told once.
    let once = graph.escalations.iter().enumerate().filter(|(index, _)| graph.declared_as(*index) == *index);
    for (_, escalation) in once {
        for (before, level) in escalation.levels.iter().zip(escalation.levels.iter().skip(1)) {
            if comes_no_later(graph, escalation, level, before) {
                let fault = StructureFault::LevelOrder { level: level.at.to_string(), before: before.at.to_string() };
                checked.fault(fault, level.span, Some(before.span));
            }
            if level.to == before.to || !graph.is_or_leads(level.to, before.to) {
                let name = |role: usize| graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default();
                let fault = StructureFault::NotAbove { role: name(level.to), before: name(before.to) };
                checked.fault(fault, level.span, Some(before.span));
            }
        }
    }
}

/// Whether a level comes no later than the one before, by any row of hours.
fn comes_no_later(graph: &Graph, escalation: &Escalation, level: &EscalationLevel, before: &EscalationLevel) -> bool {
    level.at.is_at_most(before.at).unwrap_or_else(|| {
        let rows = graph.standards.get(escalation.standard).map(|standard| standard.targets.as_slice());
        let mut wholes = rows.unwrap_or_default().iter().filter_map(hours);
        wholes.any(|whole| level.at.of(whole) <= before.at.of(whole))
    })
}

/// The hours that a row promises, if it does.
fn hours(row: &TargetRow) -> Option<Duration> {
    match row.promise {
        Promise::Within(Limit::Exact(whole)) => Some(whole),
        _ => None,
    }
}

/// Who is told first must have been told before the next one is, and who is told before due, before due.
pub fn each_duty_ends_in_time(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for escalation in &graph.escalations {
        let Some(standard) = graph.standards.get(escalation.standard) else { continue };
        for (index, level) in escalation.levels.iter().enumerate() {
            let next = escalation.levels.get(index + 1);
            // The row that leaves the least time.
            let rows = standard.targets.iter().filter_map(|row| Some((time_left(level, next, row)?, row)));
            let Some((left, row)) = rows.min_by_key(|(left, _)| *left) else { continue };
            let Limit::Exact(within) = level.within else { continue };
            if within <= left {
                continue;
            }
            let name = |role: usize| graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default();
            let whole = hours(row).unwrap_or(Duration::ZERO);
            let next = next.filter(|next| is_next(level, next, whole)).map(|next| name(next.to));
            let fault = CheckFault::DutyTooLong {
                role: name(level.to),
                next,
                within: within.to_string(),
                left: left.to_string(),
                row: row.said.clone(),
            };
            checked.fault(fault, level.span, Some(row.span));
        }
    }
}

/// Whether the next level comes before the due, or both come behind it.
fn is_next(level: &EscalationLevel, next: &EscalationLevel, whole: Duration) -> bool {
    level.at.of(whole) >= whole || next.at.of(whole) <= whole
}

/// The time between a level and what comes next, with a row that gives hours: the next level, or the due.
fn time_left(level: &EscalationLevel, next: Option<&EscalationLevel>, row: &TargetRow) -> Option<Duration> {
    let whole = hours(row)?;
    let (at, next) = (level.at.of(whole), next.filter(|next| is_next(level, next, whole)));
    let until = next.map_or(whole, |next| next.at.of(whole));
    (until > at).then(|| until.saturating_sub(at))
}
