//! Escalations go up: later in time, higher in rank.

use super::check_faults::CheckFault;
use super::checked::Checked;

use crate::calendar::Duration;
use crate::graph::{EscalationLevel, Limit, Percent, Promise, TargetRow};
use crate::proofs::structure_faults::StructureFault;

/// Each level comes after the one before, and tells a role above the one told before.
pub fn levels_go_up(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    // What is said once of several standards is told once.
    let once = graph.escalations.iter().enumerate().filter(|(index, _)| graph.declared_as(*index) == *index);
    for (_, escalation) in once {
        for (before, level) in escalation.levels.iter().zip(escalation.levels.iter().skip(1)) {
            if level.at <= before.at {
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
            let next = next.filter(|next| is_next(level, next)).map(|next| name(next.to));
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
fn is_next(level: &EscalationLevel, next: &EscalationLevel) -> bool {
    level.at >= Percent::WHOLE || next.at <= Percent::WHOLE
}

/// The time between a level and what comes next, with a row that gives hours: the next level, or the due.
fn time_left(level: &EscalationLevel, next: Option<&EscalationLevel>, row: &TargetRow) -> Option<Duration> {
    let Promise::Within(Limit::Exact(whole)) = row.promise else { return None };
    let next = next.filter(|next| is_next(level, next)).map(|next| next.at);
    let until = next.or(Some(Percent::WHOLE)).filter(|until| *until > level.at)?;
    Some(until.of(whole).saturating_sub(level.at.of(whole)))
}
