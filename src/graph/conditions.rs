//! Conditions, resolved and typed.

use std::collections::BTreeSet;

use super::Graph;

use crate::vocabulary::Comparison;
use crate::vocabulary::Value;

/// A condition, resolved and typed. Three-valued: true, false, or unknown for a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The case belongs to a segment.
    Segment(usize),
    /// A yes-or-no field says yes.
    IsTrue(Operand),
    /// A field has a value.
    Known(Operand),
    /// A field against a value.
    Compare(Operand, Comparison, Value),
    /// A field's value is one of several.
    OneOf(Operand, Vec<Value>),
    /// What the sentence speaks of started in a period.
    StartedIn(usize),
}

/// A field, or a fact, that a condition reads.
#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    /// A field of the case.
    Case(usize),
    /// A field of the event of the sentence: (event, field) for each event that may be meant.
    Own(Vec<(usize, usize)>),
    /// A field of the latest such event so far.
    Latest(usize, usize),
    /// What the case shows of a breach, by the index of the fact.
    Fact(usize),
    /// Where the event of the sentence happens, else where the case is.
    Here,
}

impl Condition {
    /// The fields and facts that it reads, in the order written, each segment opened up where it is met first.
    pub fn operands<'a>(&'a self, graph: &'a Graph) -> Vec<&'a Operand> {
        let mut operands = Vec::new();
        self.take_operands(graph, &mut BTreeSet::new(), &mut operands);
        operands
    }

    fn take_operands<'a>(&'a self, graph: &'a Graph, opened: &mut BTreeSet<usize>, operands: &mut Vec<&'a Operand>) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.take_operands(graph, opened, operands));
            }
            Condition::Not(inner) => inner.take_operands(graph, opened, operands),
            Condition::Segment(segment) => {
                if let Some(segment) = graph.segments.get(*segment).filter(|_| opened.insert(*segment)) {
                    segment.condition.take_operands(graph, opened, operands);
                }
            }
            Condition::IsTrue(field)
            | Condition::Known(field)
            | Condition::Compare(field, ..)
            | Condition::OneOf(field, _) => operands.push(field),
            Condition::StartedIn(_) => {}
        }
    }
}
