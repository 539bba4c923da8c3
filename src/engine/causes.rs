//! Why a promise was broken: the causes that hold of a breach, with the facts they read.

use super::because::because;
use super::case::Case;
use super::finding::{CauseFact, ClockDetail};
use super::history::covered;
use super::truth::{Facts, Truth};

use crate::calendar::Instant;
use crate::graph::{Fact, Graph, PromiseId};
use crate::vocabulary::{Reading, Value};

/// A breach, as causes ask of it.
#[derive(Clone, Copy)]
pub struct Breach<'a> {
    /// The promises that it breaks.
    pub promises: &'a [PromiseId],
    /// When what is told of it began.
    pub from: Instant,
    /// When its account was complete.
    pub to: Instant,
    /// The account of its clock, if it has one.
    pub account: Option<&'a ClockDetail>,
}

/// The causes that hold of a breach, and those that cannot be told, in the order declared.
pub fn explain(case: &Case<'_, '_>, breach: Breach<'_>) -> Vec<CauseFact> {
    let graph = case.graph();
    let mut causes: Vec<usize> = breach.promises.iter().flat_map(|promise| graph.causes_of(*promise)).collect();
    causes.sort_unstable();
    causes.dedup();
    if causes.is_empty() {
        return Vec::new();
    }
    let stood = case.fields_at(breach.to);
    let mut shown = vec![Reading::Missing; graph.facts.len()];
    for fact in causes.iter().filter_map(|cause| graph.causes.get(*cause)).flat_map(|cause| &cause.facts) {
        if let (Some(slot), Some(fact)) = (shown.get_mut(*fact), graph.facts.get(*fact)) {
            *slot = read(case, *fact, breach);
        }
    }
    let facts = stood.facts(graph).started(breach.from).showing(&shown);
    causes.into_iter().filter_map(|cause| judge(graph, facts, cause)).collect()
}

fn judge(graph: &Graph, facts: Facts<'_>, index: usize) -> Option<CauseFact> {
    let cause = graph.causes.get(index)?;
    let truth = facts.truth(&cause.condition);
    let because = because(graph, facts, &cause.condition, truth);
    (truth != Truth::False).then_some(CauseFact { cause: index, holds: truth == Truth::True, because })
}

/// What a fact says of a breach.
fn read(case: &Case<'_, '_>, fact: Fact, breach: Breach<'_>) -> Reading {
    let Breach { from, to, account, .. } = breach;
    let known = |amount| Reading::Known(Value::Duration(amount));
    match (fact, account) {
        (Fact::Overshoot, Some(account)) => known(account.overshoot),
        (Fact::Paused, Some(account)) => {
            known(covered(account.pauses.iter().map(|pause| (pause.from, pause.to)), from, to))
        }
        (Fact::WaitingForApproval, _) => known(covered(case.history.waits(), from, to)),
        _ => case.history.read(fact, from, to),
    }
}
