//! Whether an asking for approval was demanded: a level of an escalation that fired wants somebody told.

use std::collections::BTreeMap;

use super::{Case, Unsure};

use crate::engine::authority::Demanded;
use crate::engine::clock_run::{ClockRun, Level};
use crate::engine::finding::{EvidenceKind, UnknownFact};
use crate::engine::truth::Truth;
use crate::engine::words;
use crate::graph::Escalation;
use crate::log::Event;
use crate::vocabulary::Reading;

/// Whether a level that fired demands that the role is told that this event names.
pub(super) fn of(case: &Case<'_, '_>, event: &Event) -> Demanded {
    let graph = case.plan.graph;
    let kind = usize::from(event.kind);
    let mut demanded = Demanded::no();
    if graph.approvals.iter().all(|approval| approval.asked != kind) {
        return demanded;
    }
    for (index, escalation) in graph.escalations.iter().enumerate().filter(|(_, found)| found.event == kind) {
        let perhaps = case.unsure.get(&escalation.standard).into_iter().flat_map(Unsure::all);
        perhaps.for_each(|why| demanded.add(Truth::Unknown, vec![why.clone()]));
        let clocks = case.clocks.get(&escalation.standard).into_iter().flat_map(BTreeMap::values);
        for clock in clocks.filter_map(|slot| slot.running.as_ref()) {
            for level in clock.levels.iter().filter(|level| level.of.0 == index) {
                let (reaches, role) = reaches(case, escalation, level.of.1, event);
                let (fired, why) = clock.demands(level);
                demanded.add(fired.and(reaches), why.into_iter().chain(role).collect());
            }
        }
    }
    demanded
}

/// Whether an event tells the role of a level or one above it; and what it does not say.
fn reaches(case: &Case<'_, '_>, escalation: &Escalation, level: usize, event: &Event) -> (Truth, Option<UnknownFact>) {
    let graph = case.plan.graph;
    let told = event.fields.get(escalation.role_field);
    let to = escalation.levels.get(level).map(|level| level.to);
    match (told.and_then(Reading::role), to) {
        (Some(role), Some(to)) => (Truth::from(graph.is_or_leads(role, to)), None),
        _ => {
            let field = words::event_field(graph, usize::from(event.kind), escalation.role_field, told);
            (Truth::Unknown, Some(UnknownFact { about: EvidenceKind::Escalated, field, place: Some(event.place) }))
        }
    }
}

impl ClockRun<'_> {
    /// Whether a level of it has fired and nobody was told yet; and why that cannot be told.
    fn demands(&self, level: &Level) -> (Truth, Vec<UnknownFact>) {
        let doubts: Vec<UnknownFact> = self.doubts.iter().chain(&self.end_doubts).cloned().collect();
        let is_sure = doubts.is_empty() && self.target.row().is_some();
        let truth = match &level.duty {
            Some(duty) if duty.is_open() && is_sure && duty.doubt.is_none() => Truth::True,
            Some(duty) if duty.is_open() => Truth::Unknown,
            // It fires no more once the verdict has fallen, and never where it is told that it did not.
            _ if is_sure => Truth::False,
            _ => Truth::Unknown,
        };
        (truth, doubts)
    }
}
