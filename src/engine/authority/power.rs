//! What a role may do of an action.

use super::{Authority, Power};

use crate::engine::truth::{Facts, Own, Truth};
use crate::engine::words;
use crate::graph::{Grant, LimitScope};
use crate::log::Event;
use crate::vocabulary::{Field, Money, Reading};

impl<'p, 'l> Authority<'p, 'l> {
    /// Whether whoever acts may do it anyway, granted or not.
    pub(super) fn may_unasked(&self, action: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> bool {
        event.role.role().is_some_and(|role| {
            let power = self.power(role, action, facts);
            let before = self.before(role, action, cost);
            let is_told = power.per_case.is_none() || self.uncounted(role, action).0.is_empty();
            is_told && power.per_day.is_none() && power.may_spend(cost, before) == Truth::True
        })
    }

    /// Whether a role may do an action of that cost now, in this case and unasked.
    pub fn may_now(&self, role: usize, action: usize, cost: Option<Money>, facts: Facts<'_>) -> Truth {
        // There is no act yet whose fields a condition could read.
        let kind = self.graph.actions.get(action).map_or(0, |action| action.event);
        let power = self.power(role, action, facts.about(Own { kind, fields: &[], place: None }));
        let before = self.before(role, action, cost);
        power.covers(cost, before)
    }

    /// What an asking or a grant says of the act that it speaks of: its fields of the same name and type.
    pub(super) fn foretold(&self, action: usize, event: &Event) -> (usize, Vec<Reading>) {
        let kind = self.graph.actions.get(action).map_or(0, |action| action.event);
        let kinds = &self.graph.vocabulary.events;
        let theirs = kinds.get(usize::from(event.kind));
        let said = |field: &Field| {
            let (slot, known) = theirs.and_then(|kind| Some((kind.field(&field.name)?, kind)))?;
            known.fields.get(slot).filter(|same| same.kind == field.kind)?;
            event.fields.get(slot).cloned()
        };
        let fields = kinds.get(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        (kind, fields.iter().map(|field| said(field).unwrap_or_default()).collect())
    }

    /// What a role may do of an action: the greatest limit in each dimension of all grants that hold.
    pub(super) fn power(&self, role: usize, action: usize, facts: Facts<'_>) -> Power {
        let mut power = Power {
            may: Truth::False,
            per_case: None,
            per_day: None,
            perhaps_more: false,
            grants: Vec::new(),
            unknown: Vec::new(),
        };
        let grants = self.graph.authority(role, action);
        let holding: Vec<_> = grants.iter().map(|grant| (facts.holds(grant.condition.as_ref()), *grant)).collect();
        power.may = holding.iter().fold(Truth::False, |so_far, (holds, _)| so_far.or(*holds));
        power.perhaps_more = holding.iter().any(|(holds, _)| *holds == Truth::Unknown);
        let open = holding.iter().filter(|(holds, _)| *holds == Truth::Unknown);
        let open: Vec<_> = open.filter_map(|(_, grant)| grant.condition.as_ref()).collect();
        if !open.is_empty() {
            power.unknown = words::unknown_fields(self.graph, facts, open);
        }
        let holding = holding.iter().filter(|(holds, _)| *holds == Truth::True).map(|(_, grant)| *grant);
        let index = |held: &Grant| self.graph.grants.iter().position(|grant| std::ptr::eq(grant, held));
        power.grants = holding.clone().filter_map(index).collect();
        // Only a grant that names no limit at all is without limit.
        if holding.clone().any(|grant| grant.limits.is_empty()) {
            return power;
        }
        for (limit, scope) in holding.flat_map(|grant| &grant.limits) {
            let greatest = match scope {
                LimitScope::Case => &mut power.per_case,
                LimitScope::Day => &mut power.per_day,
            };
            *greatest = Some(greatest.map_or(*limit, |known| greater(known, *limit)));
        }
        power
    }
}

/// Whether a limit and a cost are in two currencies.
pub(super) fn differ(limit: Option<Money>, cost: Option<Money>) -> bool {
    limit.zip(cost).is_some_and(|(limit, cost)| limit.currency != cost.currency)
}

/// The greater of two limits; of two currencies the first.
fn greater(one: Money, other: Money) -> Money {
    if other.currency == one.currency && other.amount > one.amount { other } else { one }
}
