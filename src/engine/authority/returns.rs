//! What comes back of what was spent.

use rust_decimal::Decimal;

use super::amounts::{empowered, is_negative, money_of};
use super::{Authority, Return, Uncounted};

use crate::engine::words;
use crate::log::Event;
use crate::vocabulary::Money;

impl<'p, 'l> Authority<'p, 'l> {
    /// Some of what was spent on an action in the case comes back: of the latest acts first, whoever did them.
    pub(super) fn give_back(&mut self, action: usize, slot: usize, event: &'l Event) {
        let said = money_of(event.fields.get(slot)).filter(|said| !is_negative(said.amount));
        let Some(mut left) = said else { return self.give_back_untold((action, slot, event), self.acts.len()) };
        for index in (0..self.acts.len()).rev() {
            let Some(act) = self.acts.get_mut(index).filter(|act| act.action == action) else { continue };
            if act.detail.cost.is_none() && !left.amount.is_zero() {
                // It may be all of that, or nothing.
                return self.give_back_untold((action, slot, event), index);
            }
            let Some(cost) = act.detail.cost.filter(|cost| cost.currency == left.currency) else { continue };
            let back = (cost.amount - act.returned).max(Decimal::ZERO).min(left.amount);
            if back.is_zero() {
                continue;
            }
            act.returned += back;
            left.amount -= back;
            let amount = Money { amount: back, ..left };
            // What an approval covered used up no limit.
            if let Some(daily) = act.daily {
                if let Some(role) = act.event.role.role()
                    && let Some(spent) = self.spent.get_mut(&(role, action, daily.at, left.currency))
                {
                    *spent -= back;
                }
                self.returns.push(Return {
                    action,
                    of: act.event,
                    by: event,
                    at: daily.at,
                    amount: Some(amount),
                    unknown: Vec::new(),
                });
            }
        }
        self.returned_too_much |= !left.amount.is_zero();
    }

    /// Nobody knows how much came back of the first so many acts, nor of which of them.
    fn give_back_untold(&mut self, (action, slot, event): (usize, usize, &'l Event), acts: usize) {
        let field = words::event_field(self.graph, usize::from(event.kind), slot, event.fields.get(slot));
        let of_the_return = money_of(event.fields.get(slot)).is_none_or(|said| is_negative(said.amount));
        // Where the return itself is told, the act is not whose amount it may be.
        let of_an_act = self.acts.get(acts).into_iter().flat_map(|act| act.detail.unknown.iter().cloned());
        let unknown = if of_the_return { vec![empowered(field, event)] } else { of_an_act.collect() };
        self.uncounted.push(Uncounted { action, role: None, may_lower: true, doubts: unknown.clone() });
        let of_action = self.acts.iter().take(acts).filter(|act| act.action == action);
        let returns = of_action.filter_map(|act| {
            let at = act.daily?.at;
            Some(Return { action, of: act.event, by: event, at, amount: None, unknown: unknown.clone() })
        });
        self.returns.extend(returns);
    }

    /// Whether the latest event gave back more than was spent.
    pub fn has_returned_too_much(&mut self) -> bool {
        std::mem::take(&mut self.returned_too_much)
    }
}
