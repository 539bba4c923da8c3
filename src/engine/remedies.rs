//! What could be offered for a breach, by someone who may.

use super::case::Case;
use super::finding::{CauseFact, Gift, Proposal};
use super::truth::Truth;

use crate::graph::{OfferAction, PromiseId};

/// What the remedies of broken promises propose in a case, as things stand; a remedy for some causes only
/// where one of them holds.
pub fn propose(case: &Case<'_, '_>, promises: &[PromiseId], causes: &[CauseFact]) -> Vec<Proposal> {
    let facts = case.facts();
    let graph = facts.graph;
    let mut proposals = Vec::new();
    for (index, remedy) in graph.remedies.iter().enumerate() {
        let holds = |cause: &usize| causes.iter().any(|fact| fact.cause == *cause && fact.holds);
        let is_meant = remedy.caused_by.is_empty() || remedy.caused_by.iter().any(holds);
        if !is_meant || !remedy.promises.iter().any(|promise| promises.contains(promise)) {
            continue;
        }
        let texts: Vec<String> = remedy
            .texts
            .iter()
            .filter(|text| facts.holds(text.condition.as_ref()) == Truth::True)
            .map(|text| text.text.clone())
            .collect();
        let gifts = chosen(case, &remedy.offers).into_iter().map(|(row, offer)| gift(case, row, offer));
        let gifts: Vec<Gift> = gifts.collect();
        if !texts.is_empty() || !gifts.is_empty() {
            proposals.push(Proposal { remedy: index, texts, gifts });
        }
    }
    proposals
}

/// For each action the first offer that holds; an offer that cannot be told hides those below it.
fn chosen<'o>(case: &Case<'_, '_>, offers: &'o [OfferAction]) -> Vec<(usize, &'o OfferAction)> {
    let facts = case.facts();
    let mut decided: Vec<usize> = Vec::new();
    let mut chosen = Vec::new();
    for (row, offer) in offers.iter().enumerate() {
        let truth = facts.holds(offer.condition.as_ref());
        if truth == Truth::False || decided.contains(&offer.action) {
            continue;
        }
        decided.push(offer.action);
        if truth == Truth::True {
            chosen.push((row, offer));
        }
    }
    chosen
}

fn gift(case: &Case<'_, '_>, row: usize, offer: &OfferAction) -> Gift {
    let facts = case.facts();
    let may = |role: usize| case.authority.may_now(role, offer.action, offer.amount, facts);
    let by = facts.graph.roles_from_the_lowest().into_iter().find(|role| may(*role) == Truth::True);
    let holder = case.holder.as_ref().and_then(|holder| holder.role).map_or(Truth::Unknown, may);
    let holder_may = match holder {
        Truth::Unknown => None,
        known => Some(known == Truth::True),
    };
    Gift { action: offer.action, amount: offer.amount, row, by, holder_may }
}
