//! What is declared and read by nothing.

use std::collections::BTreeSet;

use super::check_faults::CheckFault;
use super::checked::Checked;
use super::moments::is_own;

use crate::graph::Declared;
use crate::graph::Fact;
use crate::graph::ProofObligations;
use crate::graph::{Condition, Graph, Limit, Operand, Promise};
use crate::vocabulary::Kind;

/// Each event is read by some rule: by its coming, or for what it says. One without fields of its own may be there
/// for what it brings of the case, for any event may.
pub fn each_event_is_read(checked: &mut Checked<'_>, asked: &ProofObligations, declared: &Declared) {
    let graph = checked.graph;
    // Who had a case in hand is told by every event that names its actor.
    if graph.facts.contains(&Fact::Handovers) {
        return;
    }
    let mut read: BTreeSet<usize> = graph.events_of_cases().chain(graph.events_of_levels()).collect();
    let conditions = asked.conditions.iter().flat_map(|asked| asked.condition.operands(graph));
    let dues = graph.standards.iter().flat_map(|standard| &standard.targets).filter_map(|row| match &row.promise {
        Promise::DueAt(field) => Some(field),
        _ => None,
    });
    let proofs = graph.exemptions.iter().filter_map(|exemption| exemption.proof.as_ref());
    let groups = graph.levels.iter().flat_map(|level| &level.groups).map(|group| &group.field);
    read.extend(conditions.chain(dues).chain(proofs).chain(groups).filter_map(|operand| match operand {
        Operand::Latest(event, _) => Some(*event),
        _ => None,
    }));
    for (index, (event, at)) in graph.vocabulary.events.iter().zip(&declared.events).enumerate() {
        let reaches = graph.reaches.get(index).is_some_and(Option::is_some);
        let says = !event.fields.is_empty();
        let brings = reaches || (!says && !graph.vocabulary.case_fields.is_empty());
        if !read.contains(&index) && !brings && is_own(graph, *at) {
            checked.fault(CheckFault::NeverRead { event: event.name.clone(), says }, *at, None);
        }
    }
}

/// Each period is asked for by a condition, and each calendar counted by a clock.
pub fn each_time_is_used(checked: &mut Checked<'_>, asked: &ProofObligations) {
    let graph = checked.graph;
    let periods: BTreeSet<usize> = asked.conditions.iter().flat_map(|asked| periods_in(&asked.condition)).collect();
    for (index, period) in graph.periods.iter().enumerate() {
        if !periods.contains(&index) && is_own(graph, period.span) {
            let fault = CheckFault::NeverUsed { kind: Kind::Period, name: period.name.clone() };
            checked.fault(fault, period.span, None);
        }
    }
    let calendars = calendars(graph);
    for (index, calendar) in graph.calendars.iter().enumerate() {
        if !calendars.contains(&index) && is_own(graph, calendar.span) {
            let fault = CheckFault::NeverUsed { kind: Kind::Calendar, name: calendar.name.clone() };
            checked.fault(fault, calendar.span, None);
        }
    }
}

/// Each action is in somebody's power.
pub fn somebody_may_do_each_action(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    let granted: BTreeSet<usize> = graph.grants.iter().map(|grant| grant.action).collect();
    for (index, action) in graph.actions.iter().enumerate() {
        if !granted.contains(&index) && is_own(graph, action.span) {
            checked.fault(CheckFault::InNobodysPower { action: action.name.clone() }, action.span, None);
        }
    }
}

fn periods_in(condition: &Condition) -> Vec<usize> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().flat_map(periods_in).collect(),
        Condition::Not(inner) => periods_in(inner),
        Condition::StartedIn(period) => vec![*period],
        _ => Vec::new(),
    }
}

/// The calendars that some clock counts, or some day is moved by.
fn calendars(graph: &Graph) -> BTreeSet<usize> {
    let counted = graph.standards.iter().flat_map(|standard| &standard.counting).map(|row| row.calendar);
    let behaviours = graph.behaviours.iter().filter_map(|behaviour| behaviour.calendar);
    let moved = limits(graph).into_iter().filter_map(|limit| match limit {
        Limit::CalendarDays(_, moved) => moved,
        _ => None,
    });
    counted.chain(behaviours).chain(moved).collect()
}

/// Every length of time of a rule.
fn limits(graph: &Graph) -> Vec<Limit> {
    let of_standards = graph.standards.iter().flat_map(|standard| {
        let rows = standard.targets.iter().chain(&standard.beyond).filter_map(|row| match row.promise {
            Promise::Within(limit) => Some(limit),
            _ => None,
        });
        let extensions = standard.extensions.iter().map(|extension| extension.by);
        rows.chain(extensions).chain(standard.reopens.iter().filter_map(|reopen| reopen.within))
    });
    let of_behaviours = graph.behaviours.iter().filter_map(|behaviour| behaviour.sentence.limit());
    let of_escalations = graph.escalations.iter().flat_map(|escalation| &escalation.levels).map(|level| level.within);
    let of_the_case = graph.case_end.iter().map(|end| end.after);
    of_standards.chain(of_behaviours).chain(of_escalations).chain(of_the_case).collect()
}
