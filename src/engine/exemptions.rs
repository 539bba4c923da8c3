//! Exemptions: what no standard answers for.

use super::finding::{EvidenceKind, ExcuseFact, UnknownFact};
use super::plan::Plan;
use super::truth::{Facts, Truth};
use super::words;

use crate::calendar::Instant;
use crate::graph::{Condition, Exemption, Graph};

/// What an exemption says of a breach.
pub enum Excuse {
    /// It is excused.
    By(ExcuseFact),
    /// Whether it is cannot be told.
    Perhaps(Vec<UnknownFact>),
    /// Nothing excuses it.
    None,
}

/// Whether something excuses a clock of `standard` that would be breached at `at`: any exemption that
/// surely holds wins over one that cannot be told.
pub fn excuse(plan: &Plan<'_>, standard: usize, facts: Facts<'_>, at: Instant) -> Excuse {
    let mut perhaps = Vec::new();
    for (index, exemption) in plan.excuses(standard) {
        match holds(plan.graph, exemption, facts, at) {
            (Truth::True, _) => {
                let proof = exemption.proof.as_ref().map(|proof| words::fact(plan.graph, facts, proof));
                let fields =
                    exemption.condition.as_ref().map(|said| words::condition_fields(plan.graph, facts, said).0);
                return Excuse::By(ExcuseFact { exemption: index, fields: fields.unwrap_or_default(), proof });
            }
            (Truth::Unknown, doubts) => perhaps.extend(doubts),
            (Truth::False, _) => {}
        }
    }
    if perhaps.is_empty() { Excuse::None } else { Excuse::Perhaps(perhaps) }
}

/// Whether an exemption holds at an instant, and if that cannot be told, why.
pub fn holds(graph: &Graph, exemption: &Exemption, facts: Facts<'_>, at: Instant) -> (Truth, Vec<UnknownFact>) {
    let within = exemption.window.is_none_or(|(from, to)| from <= at && at < to);
    let condition = facts.holds(exemption.condition.as_ref());
    if !within || condition == Truth::False {
        return (Truth::False, Vec::new());
    }
    // A missing proof does not make it false: somebody may yet bring it.
    let proof = exemption.proof.clone().map(Condition::Known);
    let proven = facts.holds(proof.as_ref()) == Truth::True;
    if condition == Truth::True && proven {
        return (Truth::True, Vec::new());
    }
    let open = (condition == Truth::Unknown).then_some(exemption.condition.as_ref()).flatten();
    let open = open.into_iter().chain(proof.as_ref().filter(|_| !proven));
    let doubt = |field| UnknownFact { about: EvidenceKind::Exempted, field, place: None };
    (Truth::Unknown, words::unknown_fields(graph, facts, open).into_iter().map(doubt).collect())
}
