//! The findings of clocks.

use std::sync::Arc;

use super::breaches::causes_and_remedies;
use super::identity::finding_id;
use super::unknown::once_each;

use crate::calendar::{Duration, Instant};
use crate::engine::breach_weight::weight_of;
use crate::engine::case::Case;
use crate::engine::causes::Breach;
use crate::engine::clock_run::ClockRun;
use crate::engine::finding::{ClockDetail, Detail, Finding, Rule, TargetFact, Verdict};
use crate::engine::plan::Plan;
use crate::engine::stopwatch::Goal;
use crate::graph::PromiseId;

pub fn of_clock(plan: &Plan<'_>, case: &Case<'_, '_>, id: &Arc<str>, clock: &ClockRun<'_>, as_of: Instant) -> Finding {
    let verdict = clock.verdict.unwrap_or_else(|| clock.standing(plan, as_of));
    let rule = Rule::Standard(clock.standard);
    let mut evidence = clock.evidence.clone();
    let end = clock.end.map_or(as_of, |(at, _)| at);
    let told = clock.told.iter().filter(|told| told.evidence.at <= end);
    evidence.extend(told.map(|told| told.evidence.clone()));
    evidence.sort_by_key(|evidence| (evidence.at, evidence.place));
    let facts = case.facts().about(clock.own()).started(clock.start);
    let grade = plan.graph.standards.get(clock.standard).map(|standard| weight_of(&standard.attributes, facts));
    let grade = grade.unwrap_or_default();
    let account = account(clock, verdict, as_of);
    let (causes, remedies) = match verdict {
        Verdict::Breached => {
            let promises = [PromiseId::Standard(clock.standard)];
            causes_and_remedies(
                case,
                Breach { promises: &promises, from: clock.start, to: end, account: Some(&account) },
            )
        }
        _ => Default::default(),
    };
    Finding {
        id: finding_id(plan.graph, rule, id, clock.key.as_deref(), clock.start, clock.ordinal),
        rule,
        case: id.clone(),
        key: clock.key.clone(),
        verdict,
        grade,
        start: clock.start,
        ordinal: clock.ordinal,
        segments: case.segments(),
        holder: case.holder.clone(),
        detail: Detail::Clock(account),
        evidence,
        unread: Vec::new(),
        causes,
        remedies,
    }
}

fn account(clock: &ClockRun<'_>, verdict: Verdict, as_of: Instant) -> ClockDetail {
    let (end, elapsed) = clock.end.unwrap_or_else(|| (as_of, clock.elapsed(as_of)));
    let due = clock.due.and_then(|due| due.at);
    let late_from = clock.late_from;
    ClockDetail {
        target: TargetFact {
            row: clock.target.row(),
            budget: clock.due.and_then(|due| match due.goal {
                Goal::Counted(budget) => Some(budget.amount),
                Goal::Fixed(_) | Goal::Never => None,
            }),
            fields: clock.target_fields.clone(),
        },
        calendar: clock.calendar,
        began: clock.began,
        due,
        stop: clock.end.map(|(at, _)| at),
        elapsed,
        elapsed_on_wall: end.since(clock.start),
        overshoot: late_from.map_or(Duration::ZERO, |(_, counted)| elapsed.saturating_sub(counted)),
        overshoot_on_wall: late_from.map_or(Duration::ZERO, |(from, _)| end.since(from)),
        pauses: clock.pauses.clone(),
        open: clock.end.is_none(),
        time_in_doubt: clock.time_in_doubt,
        beyond_expectation: clock.beyond_met,
        beyond_row: clock.beyond_met.and(clock.beyond_row),
        excused: clock.excused.clone(),
        unread_before: once_each(clock.unread_before()),
        end_unread: once_each(clock.end_doubts.iter().filter(|doubt| doubt.field.shown.is_malformed())),
        unknown: if verdict == Verdict::Undetermined {
            once_each(clock.doubts.iter().chain(&clock.excuse_doubts))
        } else {
            Vec::new()
        },
    }
}
