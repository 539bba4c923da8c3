//! What is declared and read by nothing.

use std::collections::BTreeSet;

use super::check_faults::CheckFault;
use super::checked::Checked;
use super::moments::is_own;

use crate::graph::Declared;
use crate::graph::visit::{self, Visitor};
use crate::graph::{Fact, Graph};
use crate::vocabulary::Kind;

/// Each event is read by some rule: by its coming, or for what it says. One without fields of its own may be there
/// for what it brings of the case, for any event may.
pub fn each_event_is_read(checked: &mut Checked<'_>, declared: &Declared, named: &Named) {
    let graph = checked.graph;
    // Who had a case in hand is told by every event that names its actor.
    if graph.facts.contains(&Fact::Handovers) {
        return;
    }
    for (index, (event, at)) in graph.vocabulary.events.iter().zip(&declared.events).enumerate() {
        let reaches = graph.reaches.get(index).is_some_and(Option::is_some);
        let says = !event.fields.is_empty();
        let brings = reaches || (!says && !graph.vocabulary.case_fields.is_empty());
        if !named.events.contains(&index) && !brings && is_own(graph, *at) {
            checked.fault(CheckFault::NeverRead { event: event.name.clone(), says }, *at, None);
        }
    }
}

/// Each period is asked for by a condition, and each calendar counted by a clock.
pub fn each_time_is_used(checked: &mut Checked<'_>, named: &Named) {
    let graph = checked.graph;
    for (index, period) in graph.periods.iter().enumerate() {
        if !named.periods.contains(&index) && is_own(graph, period.span) {
            let fault = CheckFault::NeverUsed { kind: Kind::Period, name: period.name.clone() };
            checked.fault(fault, period.span, None);
        }
    }
    for (index, calendar) in graph.calendars.iter().enumerate() {
        if !named.calendars.contains(&index) && is_own(graph, calendar.span) {
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

/// What the rules of a graph name.
#[derive(Default)]
pub struct Named {
    events: BTreeSet<usize>,
    periods: BTreeSet<usize>,
    calendars: BTreeSet<usize>,
}

impl Named {
    /// By one walk over all of them.
    pub fn by(graph: &Graph) -> Self {
        let mut named = Self::default();
        visit::rules(&mut named, graph);
        named
    }
}

impl Visitor for Named {
    fn event(&mut self, event: &usize) {
        self.events.insert(*event);
    }

    fn period(&mut self, period: &usize) {
        self.periods.insert(*period);
    }

    fn calendar(&mut self, calendar: &usize) {
        self.calendars.insert(*calendar);
    }
}
