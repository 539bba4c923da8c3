//! What was granted, and what is left of it.

use std::sync::Arc;

use super::{Asker, Authority, Named};

use crate::engine::finding::UnknownFact;
use crate::log::Event;
use crate::vocabulary::Money;

impl<'p, 'l> Authority<'p, 'l> {
    /// Whether an actor who is not named may be the one who asked for what was granted.
    pub(super) fn is_perhaps_granted(&self, action: usize, cost: Option<Money>, event: &Event) -> bool {
        self.granted.iter().filter(|grant| grant.action == action && grant.covers(cost)).any(|grant| match grant.to {
            Asker::Unnamed => true,
            Asker::Known(_) => event.actor.is_none(),
            Asker::Nobody => false,
        })
    }

    /// Of these grants it can no longer be told whether they are used up.
    pub(super) fn doubt_grants(&mut self, action: usize, actor: Option<&Arc<str>>, doubts: &[UnknownFact]) {
        let theirs = self.granted.iter_mut().filter(|grant| grant.is_of(action, actor));
        theirs.for_each(|grant| grant.doubts.extend_from_slice(doubts));
    }

    /// Uses up a grant that covers the act; why it cannot be told whether it does.
    pub(super) fn use_grant(
        &mut self,
        action: usize,
        cost: Option<Money>,
        actor: Option<&Arc<str>>,
    ) -> Option<Vec<UnknownFact>> {
        actor?;
        let index = self.granted.iter().position(|grant| grant.is_of(action, actor) && grant.covers(cost))?;
        let grant = self.granted.get_mut(index)?;
        let doubts = grant.doubts.clone();
        match (&mut grant.left, cost) {
            (Named::Amount(left), Some(cost)) if cost.amount < left.amount => left.amount -= cost.amount,
            // How much is left of what cannot be told, nobody knows.
            (Named::Untold, _) => {}
            _ => {
                self.granted.remove(index);
            }
        }
        // If it was none, another was used.
        self.doubt_grants(action, actor, &doubts);
        Some(doubts)
    }
}
