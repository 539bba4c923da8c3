//! Cases that tell two promises apart.

use std::borrow::Cow;

use super::Strictness;

use crate::graph::{Condition, Operand};
use crate::proofs::{Answer, Missing, Space, TruthSet, example};

/// A condition, and the truths that are wanted of it.
pub type Wanted<'c> = (Cow<'c, Condition>, TruthSet);

/// Whether there is a case as wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sought {
    /// There is, in words; without words any will do.
    Case(Option<String>),
    /// There is none.
    None,
    /// It cannot be told.
    Undecided,
}

impl Strictness<'_> {
    /// A case in which all conditions have truths that are wanted of them, with as little said as it takes.
    pub fn case(&self, wanted: &[Wanted<'_>]) -> Sought {
        self.case_with(wanted, Missing::Any)
    }

    /// The same, among cases in which only such fields may be missing.
    pub fn case_with(&self, wanted: &[Wanted<'_>], missing: Missing) -> Sought {
        let conditions = wanted.iter().map(|(condition, _)| condition.as_ref());
        let Ok(space) = Space::of(self.graph, conditions, &self.segments) else { return Sought::Undecided };
        let wanted: Vec<_> = wanted.iter().enumerate().map(|(index, (_, truths))| (index, *truths)).collect();
        match space.find(&wanted, missing) {
            Answer::Case(case) => Sought::Case(example(&space, &case)),
            Answer::None => Sought::None,
            Answer::Undecided => Sought::Undecided,
        }
    }
}

/// Rows of which the first that holds is taken: the conditions of those before one, and its own. None for a row
/// behind one that takes every case.
pub fn taken<'c>(rows: &[Option<&'c Condition>], index: usize, own: TruthSet) -> Option<Vec<Wanted<'c>>> {
    let mut wanted = Vec::new();
    for before in rows.iter().take(index) {
        wanted.push((Cow::Borrowed((*before)?), TruthSet::FALSE));
    }
    match rows.get(index)? {
        Some(condition) => wanted.push((Cow::Borrowed(*condition), own)),
        None if !TruthSet::TRUE.meet(own) => return None,
        None => {}
    }
    Some(wanted)
}

/// The same questions, asked of a clock that one event has started: of the events that a bare name may mean there, it
/// is this one.
pub fn started_by<'c>(wanted: Vec<Wanted<'c>>, event: usize) -> Vec<Wanted<'c>> {
    let of_it = |(condition, truths): Wanted<'c>| (Cow::Owned(with_own(&condition, event)), truths);
    wanted.into_iter().map(of_it).collect()
}

fn with_own(condition: &Condition, event: usize) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| with_own(part, event)).collect();
    match condition {
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(with_own(inner, event))),
        Condition::IsTrue(operand) => Condition::IsTrue(own(operand, event)),
        Condition::Known(operand) => Condition::Known(own(operand, event)),
        Condition::Compare(operand, comparison, value) => {
            Condition::Compare(own(operand, event), *comparison, value.clone())
        }
        Condition::OneOf(operand, values) => Condition::OneOf(own(operand, event), values.clone()),
        Condition::Segment(_) | Condition::StartedIn(_) => condition.clone(),
    }
}

/// A field of the sentence's event, where that event is this one.
pub fn own(operand: &Operand, event: usize) -> Operand {
    match operand {
        Operand::Own(slots) => {
            let of_it: Vec<_> = slots.iter().copied().filter(|(of, _)| *of == event).collect();
            if of_it.is_empty() { operand.clone() } else { Operand::Own(of_it) }
        }
        Operand::Case(_) | Operand::Latest(..) | Operand::Fact(_) | Operand::Here => operand.clone(),
    }
}

/// Whether a condition reads what is fixed when a clock starts.
pub fn reads_the_start(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(reads_the_start),
        Condition::Not(inner) => reads_the_start(inner),
        Condition::StartedIn(_) => true,
        Condition::Segment(_) => false,
        Condition::IsTrue(operand)
        | Condition::Known(operand)
        | Condition::Compare(operand, ..)
        | Condition::OneOf(operand, _) => matches!(operand, Operand::Own(_) | Operand::Here),
    }
}
