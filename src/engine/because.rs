//! The parts of a condition that make it true.

use super::finding::{Because, Bound};
use super::truth::{Facts, Truth};
use super::words;

use crate::graph::{Condition, Graph, Operand};

/// The parts of a condition that make it true, or keep it from being told.
pub fn because(graph: &Graph, facts: Facts<'_>, condition: &Condition, truth: Truth) -> Vec<Because> {
    let mut parts = Vec::new();
    take_parts(graph, facts, condition, (truth, false), &mut parts);
    parts
}

fn take_parts(
    graph: &Graph,
    facts: Facts<'_>,
    condition: &Condition,
    (wanted, negated): (Truth, bool),
    parts: &mut Vec<Because>,
) {
    if facts.truth(condition) != wanted {
        return;
    }
    match condition {
        Condition::All(inner) | Condition::Any(inner) => {
            inner.iter().for_each(|part| take_parts(graph, facts, part, (wanted, negated), parts));
        }
        Condition::Not(inner) => take_parts(graph, facts, inner, (wanted.not(), !negated), parts),
        Condition::Compare(operand, comparison, value) => {
            let value = words::value_in_words(graph, operand, value);
            let bound = Bound { comparison: *comparison, value, negated };
            add(parts, Because { bound: Some(bound), ..said(graph, facts, operand) });
        }
        Condition::StartedIn(period) => {
            add(parts, Because { said: words::period(graph, *period), fact: None, bound: None })
        }
        Condition::Segment(_) | Condition::IsTrue(_) | Condition::Known(_) | Condition::OneOf(..) => {
            condition.operands(graph).into_iter().for_each(|operand| add(parts, said(graph, facts, operand)));
        }
    }
}

fn said(graph: &Graph, facts: Facts<'_>, operand: &Operand) -> Because {
    let fact = match operand {
        Operand::Fact(fact) => Some(*fact),
        _ => None,
    };
    Because { said: words::fact(graph, facts, operand), fact, bound: None }
}

fn add(parts: &mut Vec<Because>, part: Because) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}
