//! What could be offered for a breach, by someone who may.

use crate::graph::{OfferAction, PromiseId};

use super::case::Case;
use super::finding::{Gift, Proposal};
use super::truth::Truth;

/// What the remedies of a standard propose in a case, as things stand.
pub fn propose(case: &Case<'_, '_>, standard: usize) -> Vec<Proposal> {
    let facts = case.facts();
    let graph = facts.graph;
    let mut proposals = Vec::new();
    for (index, remedy) in graph.remedies.iter().enumerate() {
        if !remedy.promises.contains(&PromiseId::Standard(standard)) {
            continue;
        }
        let texts: Vec<String> = remedy
            .texts
            .iter()
            .filter(|text| facts.holds(text.condition.as_ref()) == Truth::True)
            .map(|text| text.text.clone())
            .collect();
        let gifts: Vec<Gift> = chosen(case, &remedy.offers).into_iter().map(|offer| gift(case, offer)).collect();
        if !texts.is_empty() || !gifts.is_empty() {
            proposals.push(Proposal { remedy: index, texts, gifts });
        }
    }
    proposals
}

/// For each action the first offer that holds; an offer that cannot be told hides those below it.
fn chosen<'o>(case: &Case<'_, '_>, offers: &'o [OfferAction]) -> Vec<&'o OfferAction> {
    let facts = case.facts();
    let mut decided: Vec<usize> = Vec::new();
    let mut chosen = Vec::new();
    for offer in offers {
        let truth = facts.holds(offer.condition.as_ref());
        if truth == Truth::False || decided.contains(&offer.action) {
            continue;
        }
        decided.push(offer.action);
        if truth == Truth::True {
            chosen.push(offer);
        }
    }
    chosen
}

fn gift(case: &Case<'_, '_>, offer: &OfferAction) -> Gift {
    let facts = case.facts();
    let may = |role: usize| case.authority.may_now(role, offer.action, offer.amount, facts);
    let by = facts.graph.roles_from_the_lowest().into_iter().find(|role| may(*role));
    let holder = case.holder.as_ref().and_then(|holder| holder.role);
    Gift { action: offer.action, amount: offer.amount, by, holder_may: holder.is_some_and(may) }
}
