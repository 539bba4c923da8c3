//! Conditions: each holds of some case, and not of every one.

use super::Proofs;
use super::asked::Asked;
use super::faults::ProofFault;
use super::space::{Answer, Missing, Unasked, Wanted};
use super::truths::Truths;
use super::words::example;
use crate::graph::model::Condition;

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
