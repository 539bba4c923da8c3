//! Conditions: each holds of some case, and not of every one.

use super::Proofs;
use super::asked::Asked;
use super::faults::ProofFault;
use super::space::{Answer, Missing, Space, Unasked, Wanted};
use super::truths::Truths;
use super::words::example;
use crate::graph::model::{Condition, Graph, Segment};

impl Proofs<'_> {
    /// Tells of a condition that never holds, or always.
    pub fn condition(&mut self, asked: &Asked) {
        let space = match self.space([&asked.condition]) {
            Ok(space) => space,
            Err(Unasked::AtFault) => return,
            Err(Unasked::TooLarge) => return self.undecided(asked),
        };
        match space.find(&[(0, Truths::TRUE)], Missing::Any) {
            Answer::Undecided => return self.undecided(asked),
            Answer::None => {
                let example = match &asked.condition {
                    Condition::All(parts) => self.clash(parts, Truths::TRUE),
                    _ => None,
                };
                return self.fault(ProofFault::NeverHolds { job: asked.job, example }, asked.at, None);
            }
            Answer::Case(_) => {}
        }
        match space.find(&[(0, Truths::FALSE)], Missing::Any) {
            Answer::Undecided => self.undecided(asked),
            Answer::None => {
                let example = match &asked.condition {
                    Condition::Any(parts) => self.clash(parts, Truths::FALSE),
                    _ => None,
                };
                self.fault(ProofFault::AlwaysHolds { job: asked.job, example }, asked.at, None);
            }
            Answer::Case(_) => {}
        }
    }

    fn undecided(&mut self, asked: &Asked) {
        self.fault(ProofFault::Undecided { what: "that this condition can hold, and can fail" }, asked.at, None);
    }

    /// A case that gives these truths to as many of the first parts as can have them together.
    fn clash(&self, parts: &[Condition], truths: Truths) -> Option<String> {
        let space = self.space(parts).ok()?;
        let together = |count: usize| -> Vec<Wanted> { (0..count).map(|part| (part, truths)).collect() };
        (1..parts.len()).rev().find_map(|count| match space.find(&together(count), Missing::Any) {
            Answer::Case(case) => example(&space, &case),
            _ => None,
        })
    }
}

/// Which segments are at fault: not resolved, or such that they never hold, or always. What rests on them is not
/// told of again.
pub fn segments_at_fault(graph: &Graph) -> Vec<bool> {
    let unresolved = |condition: &Condition| matches!(condition, Condition::Any(parts) if parts.is_empty());
    let unresolved: Vec<bool> = graph.segments.iter().map(|segment| unresolved(&segment.condition)).collect();
    let at_fault = |segment: &Segment| match Space::of(graph, [&segment.condition], &unresolved) {
        Ok(space) => {
            [Truths::TRUE, Truths::FALSE].iter().any(|truths| space.find(&[(0, *truths)], Missing::Any) == Answer::None)
        }
        Err(_) => true,
    };
    graph.segments.iter().map(at_fault).collect()
}
