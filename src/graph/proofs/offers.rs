//! Remedies beside each other: what one breach brings, it brings once.

use std::collections::BTreeSet;

use super::Proofs;
use super::space::{Answer, Missing};
use super::taken;
use super::words::example;
use crate::diagnostic::{Fault, Severity, Words};
use crate::graph::PromiseId;
use crate::graph::model::{OfferAction, Remedy};
use crate::source::Span;

impl Proofs<'_> {
    /// Warns of money that two remedies give for one breach.
    pub fn nothing_is_given_twice(&mut self) {
        let graph = self.graph;
        for (index, one) in graph.remedies.iter().enumerate() {
            for other in graph.remedies.iter().skip(index + 1).filter(|other| are_for_one_breach(one, other)) {
                let actions: BTreeSet<usize> = one.offers.iter().map(|offer| offer.action).collect();
                for action in actions {
                    if let Some((fault, at, first)) = self.given_by_both(action, one, other) {
                        self.fault(fault, at, Some(first));
                    }
                }
            }
        }
    }

    /// A case in which both remedies give money by one action.
    fn given_by_both(&self, action: usize, one: &Remedy, other: &Remedy) -> Option<(OfferFault, Span, Span)> {
        let [ones, others] = [one, other].map(|remedy| rows(remedy, action));
        let space = self.space(taken::conditions(&ones).chain(taken::conditions(&others))).ok()?;
        let first = taken::conditions(&ones).count();
        let pairs = (0..ones.len()).flat_map(|row| (0..others.len()).map(move |other| (row, other)));
        for (row, beside) in pairs {
            let (Some(mine), Some(theirs)) = (ones.get(row), others.get(beside)) else { continue };
            let wanted = taken::surely(&ones, row, 0).zip(taken::surely(&others, beside, first));
            let (Some((wanted, more)), true) = (wanted, mine.amount.is_some() && theirs.amount.is_some()) else {
                continue;
            };
            let wanted: Vec<_> = wanted.into_iter().chain(more).collect();
            if let Answer::Case(case) = space.find(&wanted, Missing::Any) {
                let fault = OfferFault {
                    action: self.graph.actions.get(action)?.name.clone(),
                    remedies: [one.name.clone(), other.name.clone()],
                    promise: self.graph.promise_name(shared(one, other)?).to_owned(),
                    example: example(&space, &case),
                };
                return Some((fault, theirs.span, mine.span));
            }
        }
        None
    }
}

/// The rows of a remedy for one action.
fn rows(remedy: &Remedy, action: usize) -> Vec<&OfferAction> {
    remedy.offers.iter().filter(|offer| offer.action == action).collect()
}

/// Whether both are proposed for some breach, whatever its cause.
fn are_for_one_breach(one: &Remedy, other: &Remedy) -> bool {
    let for_any_cause = one.caused_by.is_empty() || other.caused_by.is_empty();
    let same_cause = one.caused_by.iter().any(|cause| other.caused_by.contains(cause));
    shared(one, other).is_some() && (for_any_cause || same_cause)
}

fn shared(one: &Remedy, other: &Remedy) -> Option<PromiseId> {
    one.promises.iter().copied().find(|promise| other.promises.contains(promise))
}

/// Money that two remedies give for one breach.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfferFault {
    /// The action by which it is given.
    pub action: String,
    /// The remedies.
    pub remedies: [String; 2],
    /// A promise that both mend.
    pub promise: String,
    /// A case in which both give it; none if any will do.
    pub example: Option<String>,
}

impl Fault for OfferFault {
    fn code(&self) -> &'static str {
        "remedy/offers-twice"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn words(&self) -> Words {
        let Self { action, remedies: [one, other], promise, example } = self;
        let case = example.as_ref().map(|case| format!("where `{case}`, ")).unwrap_or_default();
        Words {
            message: format!(
                "{case}`{one}` and `{other}` both offer `{action}` for a breach of `{promise}`: one customer is paid \
                 twice, and another asks why not"
            ),
            label: "once more".into(),
            other: "once".into(),
            help: Some(
                "offer it in one of the two, or tell them apart: by `when …`, or by `caused by …` in each of them"
                    .into(),
            ),
        }
    }
}
