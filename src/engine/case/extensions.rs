//! Grants of more time, and what came of each.

use super::{Case, Granting};

use crate::engine::clock_run::{ClockRun, SelectedRow};
use crate::engine::doubts::doubts;
use crate::engine::finding::{
    AnomalyKind, Evidence, EvidenceKind, ExtensionDetail, ExtensionFault, UnknownFact, Verdict,
};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::{Effect, Plan};
use crate::engine::truth::Truth;
use crate::engine::words;
use crate::graph::Graph;
use crate::vocabulary::{Reading, Type};

impl<'l> Case<'_, 'l> {
    /// A grant by the event: told to every running clock that it speaks of.
    pub(super) fn extend(&mut self, effect: &Effect<'_>, line: usize, truth: Truth, event: &Occurrence<'l>) {
        let spoken = self.keys_of(effect.standard, event);
        if spoken.is_empty() && truth == Truth::True {
            self.report_anomaly(AnomalyKind::ExtendWithoutClock, effect.standard, event);
        }
        for (key, key_known) in spoken {
            let truth = if key_known { truth } else { Truth::Unknown };
            self.extend_one(effect, line, &key, truth, event);
            self.queue_clock_events(effect.standard, &key);
        }
    }

    fn extend_one(
        &mut self,
        effect: &Effect<'_>,
        line: usize,
        key: &Option<String>,
        truth: Truth,
        event: &Occurrence<'l>,
    ) {
        let plan = self.plan;
        let facts = self.fields.facts(plan.graph, &self.latest);
        let Some(running) = self.clocks.get_mut(&effect.standard).and_then(|slots| slots.get_mut(key)) else { return };
        let Some(running) = running.running.as_mut() else { return };
        let needed = needed(plan, effect.standard, line);
        let role = granting_role(plan.graph, event);
        let due_before = running.due_if_resumed(event.time);
        let mut fault = fault(plan.graph, running, line, truth, role.known().and(role.role()), needed, event);
        // Whatever cannot be told of the clock may have come before the grant, or in its place.
        let mut unknown: Vec<UnknownFact> = running.doubts.iter().chain(&running.end_doubts).cloned().collect();
        if fault == Some(ExtensionFault::NotSaid) {
            let mut own = match truth {
                Truth::True => vec![role_doubt(plan.graph, event)],
                _ => Vec::new(),
            };
            own.extend(doubts(plan.graph, effect, facts, event).into_iter().filter(|_| truth != Truth::True));
            unknown.extend(own.iter().cloned());
            running.perhaps(plan, effect.phase, own);
        }
        unknown.extend(running.earlier_doubts.iter().cloned());
        if fault.is_none() && running.target == SelectedRow::Undecided {
            // It may have given time to what cannot be told.
            let unread = running.unread_target_doubts();
            unknown.extend(unread.iter().cloned());
            running.perhaps(plan, effect.phase, unread);
        }
        if fault.is_none() && !running.extend(plan, facts, line, event) {
            fault = Some(ExtensionFault::ExtendsNothing);
        }
        let evidence = Evidence::of(EvidenceKind::Extended, event);
        if fault.is_none() {
            running.evidence.push(evidence.clone());
        }
        if !unknown.is_empty() {
            fault = Some(ExtensionFault::NotSaid);
        }
        if !plan.in_force(running.start) {
            return;
        }
        let verdict = match fault {
            None => Verdict::Met,
            Some(ExtensionFault::NotSaid) => Verdict::Undetermined,
            Some(_) => Verdict::Breached,
        };
        let detail = ExtensionDetail {
            clock_start: running.start,
            by: role.role(),
            needed,
            due_before,
            due_after: running.due_if_resumed(event.time),
            fault,
            unknown,
        };
        self.extensions.push(Granting { of: (effect.standard, line), key: key.clone(), verdict, evidence, detail });
    }
}

/// The lowest role that may grant a line.
fn needed(plan: &Plan<'_>, standard: usize, line: usize) -> Option<usize> {
    plan.graph.standards.get(standard)?.extensions.get(line)?.approved_by
}

/// What keeps a grant from giving time, before it is tried.
fn fault(
    graph: &Graph,
    running: &ClockRun<'_>,
    line: usize,
    truth: Truth,
    role: Option<usize>,
    needed: Option<usize>,
    event: &Occurrence<'_>,
) -> Option<ExtensionFault> {
    let has_come = running.due_if_resumed(event.time).is_some_and(|due| due <= event.time);
    match (needed, role) {
        _ if truth == Truth::Unknown => Some(ExtensionFault::NotSaid),
        _ if running.verdict.is_some() || has_come => Some(ExtensionFault::Late),
        _ if running.extended.lines.contains(&line) => Some(ExtensionFault::Twice),
        (None, _) => None,
        (Some(_), None) => Some(ExtensionFault::NotSaid),
        (Some(needed), Some(role)) if graph.is_or_leads(role, needed) => None,
        (Some(_), Some(_)) => Some(ExtensionFault::NotAuthorised),
    }
}

/// Who grants: the event's only field of type role, else the role in which its actor acted.
fn granting_role<'e>(graph: &Graph, event: &'e Occurrence<'_>) -> &'e Reading {
    match role_slot(graph, event) {
        Some(slot) => event.fields.get(slot).unwrap_or(&Reading::Missing),
        None => &event.role,
    }
}

fn role_slot(graph: &Graph, event: &Occurrence<'_>) -> Option<usize> {
    let kind = graph.vocabulary.events.get(usize::from(event.kind))?;
    let mut slots = kind.fields.iter().enumerate().filter(|(_, field)| field.kind == Type::Role).map(|(slot, _)| slot);
    slots.next().filter(|_| slots.next().is_none())
}

fn role_doubt(graph: &Graph, event: &Occurrence<'_>) -> UnknownFact {
    let kind = usize::from(event.kind);
    let field = match role_slot(graph, event) {
        Some(slot) => words::event_field(graph, kind, slot, event.fields.get(slot)),
        None => words::not_said("role", graph, kind),
    };
    UnknownFact { about: EvidenceKind::Extended, field, place: Some(event.place) }
}
