//! Whether a condition holds in a case, as far as it can be known yet.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::graph::{Condition, Graph, Operand};
use crate::syntax::tree::Comparison;
use crate::vocabulary::{Reading, Value};

/// Whether a case belongs to segments, as far as that was asked.
type Segments = BTreeMap<usize, Option<bool>>;

/// What a condition may read.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// Names and types.
    pub graph: &'a Graph,
    /// The case's fields.
    pub case: &'a [Reading],
    /// The fields of the latest event of each kind.
    pub latest: &'a [Option<Rc<[Reading]>>],
    /// The event of the sentence: its kind and its fields.
    pub own: Option<(usize, &'a [Reading])>,
}

impl<'a> Facts<'a> {
    /// The same facts, in a sentence about an event.
    pub fn about(self, kind: usize, fields: &'a [Reading]) -> Self {
        Self { own: Some((kind, fields)), ..self }
    }

    /// The value of a field, if it has one.
    pub fn value(&self, operand: &Operand) -> Option<&'a Value> {
        let reading = match operand {
            Operand::Case(field) => self.case.get(*field),
            Operand::Own(slots) => self.own.and_then(|(own, fields)| {
                let (_, slot) = slots.iter().find(|(kind, _)| *kind == own)?;
                fields.get(*slot)
            }),
            // Where things happen is made up as it comes.
            Operand::Fact(_) | Operand::Here => None,
            Operand::Latest(kind, slot) => match self.own {
                // The event of the sentence is the latest of its kind.
                Some((own, fields)) if own == *kind => fields.get(*slot),
                _ => self.latest.get(*kind).and_then(Option::as_ref).and_then(|fields| fields.get(*slot)),
            },
        };
        reading.and_then(Reading::known)
    }

    /// Whether a condition holds; none if a field that decides it has no value.
    pub fn holds(&self, condition: &Condition) -> Option<bool> {
        self.holds_with(condition, &mut BTreeMap::new())
    }

    /// The same, each segment decided once.
    fn holds_with(&self, condition: &Condition, segments: &mut Segments) -> Option<bool> {
        match condition {
            Condition::All(parts) => self.decided(parts, false, segments),
            Condition::Any(parts) => self.decided(parts, true, segments),
            Condition::Not(inner) => self.holds_with(inner, segments).map(|holds| !holds),
            Condition::Segment(segment) => match segments.get(segment) {
                Some(known) => *known,
                None => {
                    let holds = self.holds_with(&self.graph.segments.get(*segment)?.condition, segments);
                    segments.insert(*segment, holds);
                    holds
                }
            },
            Condition::Known(field) => Some(self.value(field).is_some()),
            Condition::IsTrue(field) => match self.value(field)? {
                Value::Bool(value) => Some(*value),
                _ => None,
            },
            Condition::Compare(field, comparison, value) => compare(self.value(field)?, *comparison, value),
            Condition::OneOf(field, values) => {
                let known = self.value(field)?;
                Some(values.iter().any(|value| compare(known, Comparison::Is, value) == Some(true)))
            }
            // A case is told without looking at the date.
            Condition::StartedIn(_) => Some(false),
        }
    }

    /// Whether a condition surely holds; no condition always does.
    pub fn surely(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| self.holds(condition) == Some(true))
    }

    /// One part that is `decisive` decides; else all must be known.
    fn decided(&self, parts: &[Condition], decisive: bool, segments: &mut Segments) -> Option<bool> {
        let mut all_known = true;
        for part in parts {
            match self.holds_with(part, segments) {
                Some(holds) if holds == decisive => return Some(decisive),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then_some(!decisive)
    }
}

fn compare(known: &Value, comparison: Comparison, value: &Value) -> Option<bool> {
    known.compare(value).map(|order| comparison.holds(order))
}
