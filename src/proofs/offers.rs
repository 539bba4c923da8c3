//! Remedies beside each other: what one breach brings, it brings once.

use std::collections::{BTreeMap, BTreeSet};

use super::Proofs;
use super::faults::ProofFault;
use super::first_match;
use super::space::{Answer, Missing, Unasked};
use super::words::example;

use crate::diagnostic::{Code, Fault, Severity, Words, codes};
use crate::graph::PromiseId;
use crate::graph::{OfferAction, Remedy};
use crate::source::Span;

/// What is told, and the two places.
type Told = (OfferFault, Span, Span);

/// It took too many steps.
struct Undecided;

impl Proofs<'_> {
    /// Warns of money that two remedies give for one breach.
    pub fn nothing_is_given_twice(&mut self) {
        let graph = self.graph;
        let mut of_promises: BTreeMap<PromiseId, Vec<usize>> = BTreeMap::new();
        let paying = graph.remedies.iter().enumerate().filter(|(_, remedy)| !remedy.offers.is_empty());
        for (index, remedy) in paying {
            for promise in &remedy.promises {
                of_promises.entry(*promise).or_default().push(index);
            }
        }
        let pairs: BTreeSet<(usize, usize)> = of_promises.values().flat_map(|remedies| pairs(remedies)).collect();
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (graph.remedies.get(one), graph.remedies.get(other)) else { continue };
            let actions: BTreeSet<usize> = one.offers.iter().map(|offer| offer.action).collect();
            for action in actions.into_iter().filter(|_| are_for_one_cause(one, other)) {
                match self.given_by_both(action, one, other) {
                    Ok(Some((fault, at, first))) => self.fault(fault, at, Some(first)),
                    Ok(None) => {}
                    Err(Undecided) => {
                        let what = format!("that `{}` and `{}` never both pay for one breach", one.name, other.name);
                        self.fault(ProofFault::Undecided { what }, other.span, Some(one.span));
                    }
                }
            }
        }
    }

    /// A case in which both remedies give money by one action.
    fn given_by_both(&self, action: usize, one: &Remedy, other: &Remedy) -> Result<Option<Told>, Undecided> {
        let [ones, others] = [one, other].map(|remedy| rows(remedy, action));
        let space = match self.space(first_match::conditions(&ones).chain(first_match::conditions(&others))) {
            Ok(space) => space,
            Err(Unasked::AtFault) => return Ok(None),
            Err(Unasked::TooLarge) => return Err(Undecided),
        };
        let first = first_match::conditions(&ones).count();
        let pairs = (0..ones.len()).flat_map(|row| (0..others.len()).map(move |other| (row, other)));
        for (row, beside) in pairs {
            let (Some(mine), Some(theirs)) = (ones.get(row), others.get(beside)) else { continue };
            let wanted = first_match::surely(&ones, row, 0).zip(first_match::surely(&others, beside, first));
            let (Some((wanted, more)), true) = (wanted, mine.amount.is_some() && theirs.amount.is_some()) else {
                continue;
            };
            let wanted: Vec<_> = wanted.into_iter().chain(more).collect();
            if let Answer::Case(case) = space.find(&wanted, Missing::Any) {
                let action = self.graph.actions.get(action);
                let Some((action, promise)) = action.zip(shared(one, other)) else { return Ok(None) };
                let fault = OfferFault {
                    action: action.name.clone(),
                    remedies: [one.name.clone(), other.name.clone()],
                    promise: self.graph.promise_name(promise).to_owned(),
                    example: example(&space, &case),
                };
                return Ok(Some((fault, theirs.span, mine.span)));
            }
        }
        if space.gave_up() { Err(Undecided) } else { Ok(None) }
    }
}

/// The rows of a remedy for one action.
fn rows(remedy: &Remedy, action: usize) -> Vec<&OfferAction> {
    remedy.offers.iter().filter(|offer| offer.action == action).collect()
}

/// Each two of them, the earlier first.
fn pairs(remedies: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let each = remedies.iter().enumerate();
    each.flat_map(|(index, one)| remedies.iter().skip(index + 1).map(|other| (*one, *other)))
}

/// Whether both are proposed for a breach of some cause, or of any.
fn are_for_one_cause(one: &Remedy, other: &Remedy) -> bool {
    let for_any_cause = one.caused_by.is_empty() || other.caused_by.is_empty();
    for_any_cause || one.caused_by.iter().any(|cause| other.caused_by.contains(cause))
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
    fn code(&self) -> Code {
        codes::REMEDY_OFFERS_TWICE
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn is_configurable(&self) -> bool {
        true
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
