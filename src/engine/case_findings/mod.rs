//! From the state of a case to its findings.

mod actions;
mod behaviours;
mod breaches;
mod clocks;
mod escalations;
mod extensions;
mod identity;
mod moments;
mod unknown;
mod whole;

pub use whole::of_a_whole;

use std::sync::Arc;

use actions::{of_act, of_approval};
use behaviours::of_behaviours;
use clocks::of_clock;
use escalations::of_duty;
use extensions::of_extension;
use identity::nth;
use moments::of_moment;

use crate::calendar::Instant;
use crate::engine::case::Case;
use crate::engine::clock_run::ClockRun;
use crate::engine::finding::{Finding, Rule};
use crate::engine::plan::Plan;

/// The findings of a case: of its clocks, their duties, its acts, and its behaviours.
pub fn findings(
    plan: &Plan<'_>,
    case: &Case<'_, '_>,
    id: &Arc<str>,
    clocks: Vec<ClockRun<'_>>,
    as_of: Instant,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for clock in clocks {
        let finding = of_clock(plan, case, id, &clock, as_of);
        for level in &clock.levels {
            findings.extend(of_duty(plan.graph, &finding, level));
        }
        findings.push(finding);
    }
    let mut told = Vec::new();
    for act in &case.authority.acts {
        let nth = nth(&mut told, Rule::Action(act.action), act.event.time);
        findings.push(of_act(plan.graph, case, id, nth, act));
    }
    for found in &case.authority.approvals {
        let event = if found.detail.asking { found.asked } else { found.answered };
        let at = event.map_or(Instant::MIN, |event| event.time);
        let nth = nth(&mut told, Rule::Approval(found.approval), at);
        findings.push(of_approval(plan.graph, case, id, nth, found));
    }
    for granting in &case.extensions {
        let (standard, line) = granting.of;
        let rule = Rule::Extension(standard, line);
        let nth = nth(&mut told, rule, granting.evidence.at);
        findings.push(of_extension(plan.graph, case, id, nth, rule, granting));
    }
    findings.extend(of_behaviours(case, id, as_of));
    for judged in case.moments.of_rules(plan.graph, plan.scope, case.history.began(), &findings) {
        findings.push(of_moment(case, id, judged));
    }
    findings
}
