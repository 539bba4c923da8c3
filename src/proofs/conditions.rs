//! Conditions: each holds of some case, and not of every one.

use super::Proofs;
use super::faults::{Pair, ProofFault};
use super::space::{Answer, Missing, Unasked, Wanted};
use super::truth_set::TruthSet;
use super::words::example;

use crate::graph::Asked;
use crate::graph::Condition;
use crate::source::Span;

impl Proofs<'_> {
    /// Tells of a condition that never holds, or always.
    pub fn condition(&mut self, asked: &Asked) {
        let space = match self.space([&asked.condition]) {
            Ok(space) => space,
            Err(Unasked::AtFault) => return,
            Err(Unasked::TooLarge) => return self.undecided(asked),
        };
        let job = asked.job;
        match space.find(&[(0, TruthSet::TRUE)], Missing::Any) {
            Answer::Undecided => return self.undecided(asked),
            Answer::None => {
                let Clash { example, pair, at, other } = match &asked.condition {
                    Condition::All(parts) => self.clash(asked, parts, TruthSet::TRUE),
                    _ => Clash::of_the_whole(asked),
                };
                return self.fault(ProofFault::NeverHolds { job, example, pair }, at, other);
            }
            Answer::Case(_) => {}
        }
        match space.find(&[(0, TruthSet::FALSE)], Missing::Any) {
            Answer::Undecided => self.undecided(asked),
            Answer::None => {
                let Clash { example, pair, at, other } = match &asked.condition {
                    Condition::Any(parts) => self.clash(asked, parts, TruthSet::FALSE),
                    _ => Clash::of_the_whole(asked),
                };
                self.fault(ProofFault::AlwaysHolds { job, example, pair }, at, other);
            }
            Answer::Case(_) => {}
        }
    }

    fn undecided(&mut self, asked: &Asked) {
        let what = "that this condition can hold, and can fail".to_owned();
        self.fault(ProofFault::Undecided { what }, asked.at, None);
    }

    /// Why no case gives all parts these truths: one of them never has it, or one has it only where another has not.
    fn clash(&self, asked: &Asked, parts: &[Condition], truths: TruthSet) -> Clash {
        let whole = Clash::of_the_whole(asked);
        let Ok(space) = self.space(parts) else { return whole };
        let case_of = |parts: &[usize]| {
            let wanted: Vec<Wanted> = parts.iter().map(|part| (*part, truths)).collect();
            match space.find(&wanted, Missing::Any) {
                Answer::Case(case) => Some(case),
                _ => None,
            }
        };
        let part_at = |part: usize| asked.parts.get(part).copied();
        if let Some(at) = (0..parts.len()).find(|part| case_of(&[*part]).is_none()).and_then(part_at) {
            return Clash { at, ..whole };
        }
        let pairs = (0..parts.len()).flat_map(|second| (0..second).map(move |first| [first, second]));
        let Some([first, second]) = pairs.into_iter().find(|pair| case_of(pair).is_none()) else {
            // Only three or more of them rule each other out.
            let front = (1..parts.len()).rev().find_map(|count| case_of(&(0..count).collect::<Vec<_>>()));
            return Clash { example: front.and_then(|case| example(&space, &case)), ..whole };
        };
        let (Some(one), Some(other)) = (part_at(first), part_at(second)) else { return whole };
        Clash {
            example: case_of(&[first]).and_then(|case| example(&space, &case)),
            pair: Some(Pair { one: self.said(one), other: self.said(other) }),
            at: other,
            other: Some(one),
        }
    }
}

/// Why a condition never holds, or always.
struct Clash {
    /// A case in which the front of it, or the one of a pair, is as it should be.
    example: Option<String>,
    pair: Option<Pair>,
    at: Span,
    other: Option<Span>,
}

impl Clash {
    fn of_the_whole(asked: &Asked) -> Self {
        Self { example: None, pair: None, at: asked.at, other: None }
    }
}
