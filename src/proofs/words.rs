//! A case as the language would say it: `priority is high and tier is unknown`.

use super::cells::{self, Cell, Read};
use super::space::Space;

use crate::graph::{Condition, Graph, Operand};
use crate::vocabulary::{Type, Value};

/// What is settled in a case, as a condition that holds of it; none if any case will do.
pub fn example(space: &Space<'_>, case: &[Option<usize>]) -> Option<String> {
    let parts: Vec<String> = space.settled(case).map(|(read, cell)| part(space, read, cell)).collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// `priority is high`
pub fn part(space: &Space<'_>, read: &Read, cell: &Cell) -> String {
    let graph = space.graph();
    let Read::Field(operand) = read else { return start(space, cell) };
    let name = operand_name(graph, operand);
    match cell {
        Cell::Missing => format!("{name} is unknown"),
        Cell::Known(Value::Bool(true)) => name,
        Cell::Known(Value::Bool(false)) => format!("not {name}"),
        Cell::Known(value @ Value::Text(_)) => {
            let named = space.constants(read);
            if named.contains(value) {
                return format!("{name} is {}", value_words(graph, operand, value));
            }
            match named.as_slice() {
                [] => format!("{name} is known"),
                [one] => format!("{name} is not {}", value_words(graph, operand, one)),
                several => {
                    let mut said: Vec<String> = Vec::new();
                    for words in several.iter().map(|value| value_words(graph, operand, value)) {
                        if !said.contains(&words) {
                            said.push(words);
                        }
                    }
                    format!("{name} not in ({})", said.join(", "))
                }
            }
        }
        Cell::Known(value) if *operand == Operand::Here => format!("at {}", value_words(graph, operand, value)),
        Cell::Known(value) => format!("{name} is {}", value_words(graph, operand, value)),
    }
}

/// `started in double_eleven`, of each period that the conditions name.
fn start(space: &Space<'_>, cell: &Cell) -> String {
    let Cell::Known(Value::Time(at)) = cell else { return String::new() };
    let said = space.tests_of_the_start().filter_map(|test| match test {
        Condition::StartedIn(period) => space.graph().periods.get(*period),
        _ => None,
    });
    let (within, outside): (Vec<_>, Vec<_>) =
        said.partition(|period| period.spans.iter().any(|(from, to)| from <= at && at < to));
    let within = within.iter().map(|period| format!("started in {}", period.name));
    let outside = outside.iter().map(|period| format!("not started in {}", period.name));
    within.chain(outside).collect::<Vec<_>>().join(" and ")
}

/// A field as the sentence calls it.
pub fn operand_name(graph: &Graph, operand: &Operand) -> String {
    let field = |event: usize, slot: usize| graph.vocabulary.events.get(event).and_then(|event| event.fields.get(slot));
    match operand {
        Operand::Case(index) => graph.vocabulary.case_fields.get(*index).map(|field| field.name.clone()),
        Operand::Own(slots) => {
            slots.first().and_then(|(event, slot)| field(*event, *slot)).map(|field| field.name.clone())
        }
        Operand::Latest(event, slot) => {
            field(*event, *slot).map(|field| format!("{} of {}", field.name, graph.event_name(*event)))
        }
        Operand::Fact(fact) => Some(graph.fact_name(*fact)),
        Operand::Here => Some("touchpoint".to_owned()),
    }
    .unwrap_or_default()
}

/// A value as the language writes it.
pub fn value_words(graph: &Graph, operand: &Operand, value: &Value) -> String {
    match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Number(number) => number.normalize().to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Money(money) => format!("{} {}", money.amount.normalize(), money.currency),
        Value::Duration(span) => span.to_string(),
        Value::Time(at) => {
            let local = graph.vocabulary.zone.local(*at).to_string().replace('T', " ");
            local.strip_suffix(":00").map(str::to_owned).unwrap_or(local)
        }
        Value::Date(date) => date.to_string(),
        Value::Role(role) => graph.vocabulary.roles.get(*role).cloned().unwrap_or_default(),
        Value::Choice(index) => match cells::kind(graph, operand).as_deref() {
            Some(Type::Choice { values, .. }) => values.get(*index).cloned().unwrap_or_default(),
            _ => String::new(),
        },
    }
}
