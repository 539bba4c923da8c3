//! Remedies that someone may give, and approvals that can be judged.

use super::check_faults::CheckFault;
use super::checked::Checked;

use crate::graph::{Grant, Graph, OfferAction};
use crate::proofs::structure_faults::StructureFault;
use crate::resolve::TypeFault;
use crate::source::Span;
use crate::vocabulary::LimitScope;
use crate::vocabulary::{Money, Type};

/// Each action that a remedy offers is in some role's power, to that amount.
pub fn someone_may_give_each_remedy(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for offer in graph.remedies.iter().flat_map(|remedy| &remedy.offers) {
        let grants: Vec<&Grant> = graph.grants.iter().filter(|grant| grant.action == offer.action).collect();
        if grants.iter().any(|grant| covers(grant, offer)) {
            continue;
        }
        if let Some((fault, other)) = two_currencies(&grants, offer) {
            checked.fault(fault, offer.span, Some(other));
            continue;
        }
        let most = greatest(graph, &grants);
        let name = graph.actions.get(offer.action).map(|action| action.name.clone()).unwrap_or_default();
        let offered = match offer.amount {
            Some(amount) => format!("{name} {amount}"),
            None => name,
        };
        let other = most.as_ref().map(|(.., span)| *span);
        let most = most.map(|(role, limit, per, _)| (role, limit.to_string(), per));
        checked.fault(StructureFault::NobodyMay { offer: offered, most }, offer.span, other);
    }
}

/// An approval says for how much, unless some role may without a limit.
pub fn each_approval_can_be_judged(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for approval in graph.approvals.iter().filter(|approval| approval.amount.is_empty()) {
        let mut grants = graph.grants.iter().filter(|grant| grant.action == approval.action);
        let Some(first) = grants.next().filter(|first| !first.limits.is_empty()) else { continue };
        if grants.any(|grant| grant.limits.is_empty()) {
            continue;
        }
        let action = graph.actions.get(approval.action).map(|action| action.name.clone()).unwrap_or_default();
        let fields = graph.vocabulary.events.get(approval.granted).map(|event| event.fields.as_slice());
        let mut amounts = fields.unwrap_or_default().iter().filter(|field| field.kind == Type::Money);
        let field = amounts.next().filter(|_| amounts.next().is_none()).map(|field| field.name.clone());
        checked.fault(CheckFault::NeverJudged { action, field }, approval.span, Some(first.span));
    }
}

/// Whether what a role says of an action is enough for the offer.
fn covers(grant: &Grant, offer: &OfferAction) -> bool {
    let Some(amount) = offer.amount else { return true };
    grant.limits.iter().all(|(limit, _)| limit.currency == amount.currency && limit.amount >= amount.amount)
}

fn two_currencies(grants: &[&Grant], offer: &OfferAction) -> Option<(TypeFault, Span)> {
    let amount = offer.amount?;
    let mut limits = grants.iter().flat_map(|grant| grant.limits.iter().map(|(limit, _)| (*limit, grant.span)));
    let (limit, span) = limits.find(|(limit, _)| limit.currency != amount.currency)?;
    Some((TypeFault::Currencies { one: amount.to_string(), other: limit.to_string() }, span))
}

/// The most that anyone may spend in one case, who, and by which limit: what a day allows is the most in a case, too.
fn greatest(graph: &Graph, grants: &[&Grant]) -> Option<(String, Money, LimitScope, Span)> {
    let of_each = grants.iter().filter_map(|grant| {
        let (limit, per) = grant.limits.iter().min_by_key(|(limit, _)| limit.amount)?;
        Some((grant.role, *limit, *per, grant.span))
    });
    let (role, limit, per, span) = of_each.max_by_key(|(_, limit, ..)| limit.amount)?;
    Some((graph.roles.get(role)?.name.clone(), limit, per, span))
}
