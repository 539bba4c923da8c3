//! Levels that fire, and roles that are told.

use super::Case;

use crate::calendar::Instant;
use crate::engine::clock_run::Told;
use crate::engine::doubts::key_doubt;
use crate::engine::duties::NotificationDuty;
use crate::engine::event_key::EventKey;
use crate::engine::finding::{Evidence, EvidenceKind, UnknownFact};
use crate::engine::occurrence::Occurrence;
use crate::engine::words::{self};
use crate::graph::Graph;
use crate::vocabulary::Reading;

impl<'p, 'l> Case<'p, 'l> {
    pub(super) fn fire_level(&mut self, standard: usize, key: &Option<String>, index: usize, at: Instant) {
        let plan = self.plan;
        let Some(running) = self.running(standard, key) else { return };
        let calendar = running.calendar;
        let told = running.told.clone();
        let of_time = [running.doubts.clone(), running.later_doubts.clone()].concat();
        let doubts = (of_time, running.end_doubts.clone(), running.earlier_doubts.clone());
        let Some(level) = running.levels.get_mut(index) else { return };
        let (escalation, step) = level.of;
        let Some(said) = plan.graph.escalations.get(escalation).and_then(|found| found.levels.get(step)) else {
            return;
        };
        let mut duty = NotificationDuty::fired(at, plan.limit_end(said.within, calendar, at), doubts);
        for told in told.iter().filter(|told| told.escalation == escalation) {
            take_told(plan.graph, &mut duty, said.to, told);
        }
        level.duty = Some(duty);
    }

    pub(super) fn escalate(&mut self, standard: usize, event: &Occurrence<'l>) {
        let plan = self.plan;
        let spoken = self.key(standard, event);
        // A clock that stopped may be reopened: whom it told since its start is told.
        let reopens = plan.graph.standards.get(standard).is_some_and(|standard| !standard.reopens.is_empty());
        for escalation in plan.escalations(standard) {
            let Some(said) = plan.graph.escalations.get(*escalation) else { continue };
            let reading = event.fields.get(said.role_field);
            let named = reading.and_then(Reading::role);
            let untold = || words::event_field(plan.graph, usize::from(event.kind), said.role_field, reading);
            // Of which clock it speaks is as uncertain as its key.
            let role = match key_doubt(plan.graph, standard, event) {
                Some(doubt) => Err(doubt.field),
                None => named.ok_or_else(untold),
            };
            let role =
                role.map_err(|field| UnknownFact { about: EvidenceKind::Escalated, field, place: Some(event.place) });
            let evidence =
                Evidence { told: named.filter(|_| role.is_ok()), ..Evidence::of(EvidenceKind::Escalated, event) };
            let told = Told { escalation: *escalation, role, evidence };
            for (key, slot) in self.clocks.get_mut(&standard).into_iter().flatten() {
                if matches!(&spoken, EventKey::Known(of) if key.as_ref() != Some(of)) {
                    continue;
                }
                let last = slot.last.iter_mut().filter(|_| reopens);
                for clock in last.chain(slot.running.iter_mut()) {
                    clock.told.push(told.clone());
                    for level in clock.levels.iter_mut().filter(|level| level.of.0 == *escalation) {
                        let to = said.levels.get(level.of.1).map(|level| level.to);
                        if let (Some(duty), Some(to)) = (&mut level.duty, to) {
                            take_told(plan.graph, duty, to, &told);
                        }
                    }
                }
            }
        }
    }
}

/// A duty hears of an escalation: to its role or above it is done; to nobody that can be read, a doubt.
fn take_told(graph: &Graph, duty: &mut NotificationDuty, to: usize, told: &Told) {
    match &told.role {
        Ok(role) if graph.is_or_leads(*role, to) => duty.tell(&told.evidence),
        Ok(_) => {}
        Err(untold) => duty.doubt(&told.evidence, untold),
    }
}
