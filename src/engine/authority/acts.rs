//! Acts, judged against what their role may do in the case.

use rust_decimal::Decimal;

use super::amounts::{empowered, is_negative, money_of};
use super::power::differ;
use super::{Act, Authority, Daily, EARLIER_ACTS, Judged, NotCounted, Power, Return, Uncounted};

use crate::engine::finding::{ActDetail, ActFault, Evidence, EvidenceKind, UnknownFact, Verdict};
use crate::engine::truth::{Facts, Truth};
use crate::log::Event;
use crate::vocabulary::{Currency, Money, Reading};

impl<'p, 'l> Authority<'p, 'l> {
    pub(super) fn act(&mut self, action: usize, cost_slot: Option<usize>, event: &'l Event, facts: Facts<'_>) {
        let cost = cost_slot.map(|slot| money_of(event.fields.get(slot)));
        let judged = match cost {
            Some(None) => self.act_without_amount(action, cost_slot, event),
            Some(Some(below)) if is_negative(below.amount) => self.act_below_zero(cost_slot, event, below),
            _ => self.act_of(action, cost.flatten(), event, facts),
        };
        let Judged { verdict, mut detail, daily, uncounted } = judged;
        match detail.fault {
            Some(ActFault::NoActor) => detail.unknown.extend(self.unsaid(event, None)),
            Some(ActFault::TwoCurrencies) => detail.unknown.extend(self.unsaid(event, cost_slot)),
            _ => {}
        }
        if let Some(NotCounted { may_lower, .. }) = uncounted {
            let (role, doubts) = (event.role.role(), detail.unknown.clone());
            self.uncounted.push(Uncounted { action, role, may_lower, doubts });
        }
        let mut act =
            Act { action, event, verdict, detail, daily, earlier: Vec::new(), uncounted, returned: Decimal::ZERO };
        if act.detail.fault == Some(ActFault::BeyondLimit) {
            self.show_earlier(&mut act);
        }
        self.acts.push(act);
    }

    /// It may have used up what was granted, and more.
    fn act_without_amount(&mut self, action: usize, slot: Option<usize>, event: &Event) -> Judged {
        let role = event.role.role();
        let fault = if role.is_none() { ActFault::NoRole } else { ActFault::NoAmount };
        let unknown = self.unsaid(event, slot);
        // Something stands there that cannot be read: it may have been less than nothing.
        let may_lower = slot.is_some_and(|slot| matches!(event.fields.get(slot), Some(Reading::Malformed(_))));
        self.doubt_grants(action, event.actor.as_ref(), &unknown);
        Judged {
            verdict: Verdict::Undetermined,
            detail: ActDetail { unknown, ..act_detail(None, Some(fault)) },
            daily: None,
            uncounted: Some(NotCounted { may_lower, of_the_day: true }),
        }
    }

    fn act_below_zero(&self, slot: Option<usize>, event: &Event, cost: Money) -> Judged {
        let role = event.role.role();
        let fault = if role.is_none() { ActFault::NoRole } else { ActFault::NegativeAmount };
        let unknown = self.unsaid(event, slot);
        Judged {
            verdict: Verdict::Undetermined,
            detail: ActDetail { unknown, ..act_detail(Some(cost), Some(fault)) },
            daily: None,
            uncounted: Some(NotCounted { may_lower: true, of_the_day: true }),
        }
    }

    /// An act whose amount is known, or of an action that has none: covered by a grant, or by what its role may do.
    fn act_of(&mut self, action: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> Judged {
        if let Some(doubts) = self.use_grant(action, cost, event.actor.as_ref()) {
            let is_sure = doubts.is_empty();
            let is_met = is_sure || self.may_unasked(action, cost, event, facts);
            let fault = (!is_met).then_some(ActFault::GrantUnknown);
            return Judged {
                verdict: if is_met { Verdict::Met } else { Verdict::Undetermined },
                detail: ActDetail { unknown: doubts, ..act_detail(cost, fault) },
                daily: None,
                uncounted: (!is_sure).then_some(NotCounted { may_lower: false, of_the_day: true }),
            };
        }
        match event.role.role() {
            Some(role) => self.judge(action, role, cost, event, facts),
            None => self.act_in_no_role(action, cost, event, facts),
        }
    }

    /// An act in nobody knows what role: met where the role stands there, cannot be read, and each role may.
    fn act_in_no_role(&self, action: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> Judged {
        let is_unread = matches!(event.role, Reading::Malformed(_));
        let is_alike = self.graph.places_of_power(action).len() == 1;
        let in_any_role = (is_unread && is_alike).then(|| self.in_any_role(action, cost, facts)).flatten();
        let in_any_role = in_any_role.filter(|day| day.limit.is_none() || event.actor.is_some());
        let (verdict, fault) = match in_any_role {
            Some(_) => (Verdict::Met, None),
            None => (Verdict::Undetermined, Some(ActFault::NoRole)),
        };
        // A day is its actor's, in whichever role.
        let of_the_day = cost.filter(|_| is_alike).map(|_| Daily { limit: None, perhaps_more: false, at: None });
        Judged {
            verdict,
            detail: ActDetail { unknown: self.unsaid(event, None), ..act_detail(cost, fault) },
            daily: in_any_role.or(of_the_day),
            uncounted: Some(NotCounted { may_lower: false, of_the_day: !is_alike }),
        }
    }

    /// The least limit of a day under which each role may do an act of that cost in this case; none if one may not.
    fn in_any_role(&self, action: usize, cost: Option<Money>, facts: Facts<'_>) -> Option<Daily> {
        let mut limits = Vec::new();
        for role in 0..self.graph.vocabulary.roles.len() {
            let power = self.power(role, action, facts);
            let is_told = power.per_case.is_none() || self.uncounted(role, action).0.is_empty();
            if !is_told || power.covers(cost, self.before(role, action, &power, cost)) != Truth::True {
                return None;
            }
            limits.push(power.per_day);
        }
        (!limits.is_empty()).then_some(())?;
        let limit = limits.into_iter().flatten().min_by_key(|limit| limit.amount);
        Some(Daily { limit, perhaps_more: true, at: None })
    }

    /// Why it cannot be told how much a role has spent on an action before, and whether it may be less.
    pub(super) fn uncounted(&self, role: usize, action: usize) -> (Vec<UnknownFact>, bool) {
        let counts = |act: &&Uncounted| act.action == action && act.role.is_none_or(|of| of == role);
        let acts: Vec<&Uncounted> = self.uncounted.iter().filter(counts).collect();
        let doubts = acts.iter().flat_map(|act| act.doubts.iter().cloned()).collect();
        (doubts, acts.iter().any(|act| act.may_lower))
    }

    /// The acts of the same role before this one that count towards the same limit.
    fn show_earlier(&self, act: &mut Act<'l>) {
        let currency = |act: &Act<'_>| act.detail.cost.map(|cost| cost.currency);
        let counts = |other: &&Act<'l>| {
            // What an approval covers uses up no limit.
            let place = |act: &Act<'_>| act.daily.map(|daily| daily.at);
            let counted = other.daily.is_some() && other.action == act.action && place(other) == place(act);
            counted && other.event.role.role() == act.event.role.role() && currency(other) == currency(act)
        };
        let earlier: Vec<&Act<'l>> = self.acts.iter().filter(counts).collect();
        act.detail.acts_before = earlier.len() as u64;
        let returned = |found: &&Return<'l>| earlier.iter().any(|act| std::ptr::eq(act.event, found.of));
        let returns = self.returns.iter().filter(returned);
        let returns =
            returns.map(|found| Evidence { amount: found.amount, ..Evidence::of(EvidenceKind::Returned, found.by) });
        let spent = |act: &&Act<'_>| act.detail.cost;
        let acts = earlier
            .iter()
            .map(|act| Evidence { amount: spent(act), ..Evidence::of(EvidenceKind::ActedBefore, act.event) });
        let mut all: Vec<Evidence> = acts.chain(returns).collect();
        all.sort_by_key(|line| (line.at, line.place));
        act.earlier = all.split_off(all.len().saturating_sub(EARLIER_ACTS));
    }

    fn judge(&mut self, action: usize, role: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> Judged {
        let power = self.power(role, action, facts);
        let before = self.before(role, action, &power, cost);
        if let Some(cost) = cost.filter(|_| power.unknown_place.is_none()) {
            let spent = self.spent.entry((role, action, power.at, cost.currency)).or_default();
            *spent = spent.saturating_add(cost.amount);
        }
        let grants = power.grants.clone();
        let mut detail = ActDetail { limit: power.per_case, spent_before: before, grants, ..act_detail(cost, None) };
        // Kept for the act's day, which may yet hang on it.
        detail.unknown = power.unknown.iter().cloned().map(|field| empowered(field, event)).collect();
        let within = power.may_spend(cost, before);
        let (uncounted, may_be_less) = self.uncounted(role, action);
        let is_limited = power.per_case.is_some() && !uncounted.is_empty();
        let (verdict, fault) = match (within, power.may) {
            (Truth::True, _) if is_limited && power.covers(cost, None) != Truth::False => {
                (Verdict::Undetermined, Some(ActFault::SpentUnknown))
            }
            // Less than nothing is never spent: what is beyond the limit alone is beyond it in any case.
            (Truth::False, Truth::True) if is_limited && may_be_less && power.covers(cost, None) != Truth::False => {
                (Verdict::Undetermined, Some(ActFault::SpentUnknown))
            }
            (Truth::True, _) if power.per_day.is_some() && event.actor.is_none() => {
                (Verdict::Undetermined, Some(ActFault::NoActor))
            }
            (Truth::True, _) if differ(power.per_day, cost) => (Verdict::Undetermined, Some(ActFault::TwoCurrencies)),
            (Truth::True, _) => (Verdict::Met, None),
            (Truth::Unknown, _) => {
                let two = differ(power.per_case, cost);
                let fault = if two { ActFault::TwoCurrencies } else { ActFault::PowerUnknown };
                (Verdict::Undetermined, Some(fault))
            }
            // Who is not named may be the one whom a grant covers.
            (Truth::False, _) if self.is_perhaps_granted(action, cost, event) => {
                (Verdict::Undetermined, Some(ActFault::NoActor))
            }
            (Truth::False, Truth::False) => (Verdict::Breached, Some(ActFault::NoPower)),
            (Truth::False, _) => (Verdict::Breached, Some(ActFault::BeyondLimit)),
        };
        if fault == Some(ActFault::NoActor) {
            let granted = self.granted.iter().filter(|grant| grant.action == action && grant.covers(cost));
            detail.unknown.extend(granted.flat_map(|grant| grant.doubts.iter().cloned()));
        }
        if fault == Some(ActFault::SpentUnknown) {
            detail.unknown = uncounted;
        }
        if fault == Some(ActFault::BeyondLimit) && may_be_less {
            // It is beyond alone: how much was spent before, nobody can say.
            detail.spent_before = None;
        }
        detail.fault = fault;
        // Of which place's limits it takes, nobody can say.
        let uncounted = power.unknown_place.as_ref().map(|_| NotCounted { may_lower: false, of_the_day: true });
        Judged { verdict, detail, daily: Some(power.daily()).filter(|_| uncounted.is_none()), uncounted }
    }

    /// What a role has spent before an act of that cost, at the place of its power; at whichever it is most, where that
    /// cannot be told.
    pub(super) fn before(&self, role: usize, action: usize, power: &Power, cost: Option<Money>) -> Option<Money> {
        let spent_at = |at: Option<usize>, currency: Currency| {
            self.spent.get(&(role, action, at, currency)).copied().unwrap_or_default()
        };
        cost.map(|cost| {
            let places = self.graph.places_of_power(action).into_iter();
            let amount = match power.unknown_place {
                None => spent_at(power.at, cost.currency),
                Some(_) => places.map(|at| spent_at(at, cost.currency)).max().unwrap_or_default(),
            };
            Money { amount, ..cost }
        })
    }
}

fn act_detail(cost: Option<Money>, fault: Option<ActFault>) -> ActDetail {
    ActDetail {
        cost,
        limit: None,
        per_day: false,
        spent_before: None,
        acts_before: 0,
        fault,
        grants: Vec::new(),
        unknown: Vec::new(),
    }
}
