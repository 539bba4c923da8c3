//! What a role may do of an action.

use super::{Authority, Power};

use crate::engine::truth::{Facts, Own, Truth};
use crate::engine::words;
use crate::graph::{Grant, LimitScope, Operand};
use crate::log::Event;
use crate::vocabulary::{Field, Money, Reading, Value};

impl<'p, 'l> Authority<'p, 'l> {
    /// Whether whoever acts may do it anyway, granted or not.
    pub(super) fn may_unasked(&self, action: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> bool {
        event.role.role().is_some_and(|role| {
            let power = self.power(role, action, facts);
            let before = self.before(role, action, &power, cost);
            let is_told = power.per_case.is_none() || self.uncounted(role, action).0.is_empty();
            is_told && power.per_day.is_none() && power.may_spend(cost, before) == Truth::True
        })
    }

    /// Whether a role may do an action of that cost now, in this case and unasked.
    pub fn may_now(&self, role: usize, action: usize, cost: Option<Money>, facts: Facts<'_>) -> Truth {
        // There is no act yet whose fields a condition could read.
        let kind = self.graph.actions.get(action).map_or(0, |action| action.event);
        let power = self.power(role, action, facts.about(Own { kind, fields: &[], place: None }));
        let before = self.before(role, action, &power, cost);
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

    /// What a role may do of an action where it happens.
    pub(super) fn power(&self, role: usize, action: usize, facts: Facts<'_>) -> Power {
        let places = self.graph.places_of_power(action);
        if places.len() == 1 {
            return self.power_by(&self.graph.authority(role, action), facts);
        }
        match facts.read(&Operand::Here).known() {
            Some(Value::Choice(place)) => self.power_by(&self.graph.authority_at(role, action, Some(*place)), facts),
            _ => {
                let powers = places.iter().map(|place| self.graph.authority_at(role, action, *place));
                self.power_somewhere(powers.map(|grants| self.power_by(&grants, facts)).collect(), facts)
            }
        }
    }

    /// What a role may do where it cannot be told which of several powers holds.
    fn power_somewhere(&self, powers: Vec<Power>, facts: Facts<'_>) -> Power {
        let mut powers = powers.into_iter();
        let Some(first) = powers.next() else { return self.power_by(&[], facts) };
        let told = words::fact(self.graph, facts, &Operand::Here);
        let unknown = std::iter::once(told.clone()).chain(first.unknown).collect();
        powers.fold(Power { unknown_place: Some(told), unknown, ..first }, |one, other| {
            let alike = (one.may, one.per_case, one.per_day) == (other.may, other.per_case, other.per_day);
            if alike {
                return one;
            }
            Power {
                may: if one.may == other.may { one.may } else { Truth::Unknown },
                per_case: least(one.per_case, other.per_case),
                per_day: least(one.per_day, other.per_day),
                perhaps_more: true,
                grants: Vec::new(),
                unknown: one.unknown.into_iter().chain(other.unknown).collect(),
                ..one
            }
        })
    }

    /// What a role may do by some grants: the greatest limit in each dimension of all that hold.
    fn power_by(&self, grants: &[&Grant], facts: Facts<'_>) -> Power {
        let mut power = Power {
            at: grants.first().and_then(|grant| grant.at),
            unknown_place: None,
            may: Truth::False,
            per_case: None,
            per_day: None,
            perhaps_more: false,
            grants: Vec::new(),
            unknown: Vec::new(),
        };
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

/// The lesser of two limits; none is without limit, and of two currencies it is the first.
fn least(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(if other.currency == one.currency && other.amount < one.amount { other } else { one })
        }
        (one, other) => one.or(other),
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
