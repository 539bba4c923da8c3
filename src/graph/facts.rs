//! Facts: what a case shows of a breach.

use super::{Condition, Graph, Operand};

use crate::vocabulary::Type;

/// What a case shows of how a promise was broken, from the start of what is told to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// `overshoot`: counted time beyond due.
    Overshoot,
    /// `paused`: time on the wall that did not count.
    Paused,
    /// `handovers`: how often the case went from one actor to another.
    Handovers,
    /// `count of E`; the event may be a virtual one.
    CountOf(usize),
    /// `time from E to F`: from the first E to the first F behind it.
    TimeFrom(usize, usize),
    /// `waiting for approval`: time on the wall with an asking that had no answer yet.
    WaitingForApproval,
}

impl Fact {
    /// The type of what it says.
    pub fn kind(self) -> Type {
        match self {
            Fact::Handovers | Fact::CountOf(_) => Type::Number,
            Fact::Overshoot | Fact::Paused | Fact::TimeFrom(..) | Fact::WaitingForApproval => Type::Duration,
        }
    }

    /// Whether only a clock has it.
    pub fn needs_a_clock(self) -> bool {
        matches!(self, Fact::Overshoot | Fact::Paused)
    }
}

impl Graph {
    /// A fact as the language spells it: `count of ticket.reopened`.
    pub fn fact_name(&self, fact: usize) -> String {
        match self.facts.get(fact) {
            None => String::new(),
            Some(Fact::Overshoot) => "overshoot".into(),
            Some(Fact::Paused) => "paused".into(),
            Some(Fact::Handovers) => "handovers".into(),
            Some(Fact::CountOf(event)) => format!("count of {}", self.event_name(*event)),
            Some(Fact::TimeFrom(from, to)) => {
                format!("time from {} to {}", self.event_name(*from), self.event_name(*to))
            }
            Some(Fact::WaitingForApproval) => "waiting for approval".into(),
        }
    }
}

/// The facts that a condition reads, segments opened up, each once.
pub fn facts_in(graph: &Graph, condition: &Condition) -> Vec<usize> {
    let mut facts: Vec<usize> = condition
        .operands(graph)
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Fact(fact) => Some(*fact),
            Operand::Case(_) | Operand::Own(_) | Operand::Latest(..) | Operand::Here => None,
        })
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}
