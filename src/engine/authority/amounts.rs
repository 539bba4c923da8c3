//! Amounts, and what a log line does not say of an act.

use rust_decimal::Decimal;

use super::Authority;

use crate::engine::finding::{EvidenceKind, FieldFact, UnknownFact};
use crate::engine::words;
use crate::log::Event;
use crate::vocabulary::{Money, Reading, Value};

impl<'p, 'l> Authority<'p, 'l> {
    /// What the log does not say of who did something, and for how much.
    pub(super) fn unsaid(&self, event: &Event, amount: Option<usize>) -> Vec<UnknownFact> {
        let kind = usize::from(event.kind);
        let role = event.role.role().is_none().then(|| words::unsaid_role(self.graph, event));
        let actor = event.actor.is_none().then(|| words::not_said("actor", self.graph, kind));
        let amount = amount.map(|slot| words::event_field(self.graph, kind, slot, event.fields.get(slot)));
        role.into_iter().chain(actor).chain(amount).map(|field| empowered(field, event)).collect()
    }

    /// Whether an event acts, asks or grants for less than nothing.
    pub fn is_below_zero(&self, event: &Event) -> bool {
        let kind = usize::from(event.kind);
        let acts = self.graph.actions.iter().filter(|action| action.event == kind).filter_map(|action| action.cost);
        let acts = acts.chain(self.graph.actions.iter().filter_map(|action| action.returned_by(kind)));
        let approvals = self.graph.approvals.iter().flat_map(|approval| &approval.amount);
        let slots = acts.chain(approvals.filter(|(of, _)| *of == kind).map(|(_, slot)| *slot));
        slots.filter_map(|slot| money_of(event.fields.get(slot))).any(|money| is_negative(money.amount))
    }
}

pub(super) fn money_of(reading: Option<&Reading>) -> Option<Money> {
    match reading.and_then(Reading::known) {
        Some(Value::Money(money)) => Some(*money),
        _ => None,
    }
}

/// A field that decides whether whoever acted, asked or granted may.
pub fn empowered(field: FieldFact, event: &Event) -> UnknownFact {
    UnknownFact { about: EvidenceKind::Empowered, field, place: Some(event.place) }
}

pub(super) fn is_negative(amount: Decimal) -> bool {
    amount < Decimal::ZERO
}
