//! Fields and their readings as findings carry them: named, and masked where they are private.

use super::finding::{DisplayValue, EvidenceKind, FieldFact, UnknownFact};
use super::truth::Facts;

use crate::graph::{Condition, Graph, Operand, Promise, TargetRow};
use crate::log::Event;
use crate::vocabulary::{Field, Reading, Type, Value};

/// The value of an event's field as people read it; empty if it has none.
pub fn shown(graph: &Graph, kind: usize, slot: usize, reading: Option<&Reading>) -> String {
    let field = graph.vocabulary.events.get(kind).and_then(|event| event.fields.get(slot));
    match reading.and_then(Reading::known).zip(field) {
        Some((value, field)) => in_words(graph, &field.kind, value),
        None => String::new(),
    }
}

/// The value of a case field as it is told apart by; empty if it has none.
pub fn case_field(graph: &Graph, field: usize, reading: &Reading) -> String {
    let declared = graph.vocabulary.case_fields.get(field);
    reading.known().zip(declared).map(|(value, field)| in_words(graph, &field.kind, value)).unwrap_or_default()
}

/// A field of an event with what the log said of it.
pub fn event_field(graph: &Graph, kind: usize, slot: usize, reading: Option<&Reading>) -> FieldFact {
    let event = graph.vocabulary.events.get(kind);
    let field = event.and_then(|event| event.fields.get(slot));
    let name = match (field, event) {
        (Some(field), Some(event)) => format!("{} of {}", field.name, event.name),
        _ => String::new(),
    };
    FieldFact::of(name, reading_in_words(graph, field, reading))
}

/// Something of an event beside its fields that the log does not say: `the actor of refund.issued`.
pub fn not_said(what: &str, graph: &Graph, kind: usize) -> FieldFact {
    FieldFact::of(format!("the {what} of {}", graph.event_name(kind)), DisplayValue::Missing)
}

/// Nothing of a kind came before an event that answers it.
pub fn nothing_before(graph: &Graph, kind: usize, event: &Event) -> UnknownFact {
    let field = FieldFact::of(format!("an earlier {}", graph.event_name(kind)), DisplayValue::Missing);
    UnknownFact { about: EvidenceKind::Asked, field, place: Some(event.place) }
}

/// The role of an event, where it cannot be told.
pub fn unsaid_role(graph: &Graph, event: &Event) -> FieldFact {
    match &event.role {
        Reading::Malformed(text) => {
            let name = format!("the role of {}", graph.event_name(usize::from(event.kind)));
            FieldFact::of(name, DisplayValue::Malformed(text.to_string()))
        }
        _ => not_said("role", graph, usize::from(event.kind)),
    }
}

/// What a field says, as people read it; none if it says nothing that can be read.
pub fn operand_in_words(facts: Facts<'_>, operand: &Operand) -> Option<String> {
    let known = facts.read(operand).known()?;
    let vocabulary = &facts.graph.vocabulary;
    let field = match operand {
        Operand::Here => return Some(in_words(facts.graph, &facts.graph.places.kind, known)),
        Operand::Case(index) => vocabulary.case_fields.get(*index),
        Operand::Own(slots) => {
            let own = facts.own.map(|own| own.kind);
            let slot = slots.iter().find(|(kind, _)| Some(*kind) == own).or(slots.first());
            slot.and_then(|(kind, slot)| vocabulary.events.get(*kind)?.fields.get(*slot))
        }
        Operand::Latest(kind, slot) => vocabulary.events.get(*kind).and_then(|event| event.fields.get(*slot)),
        // A level is told apart by what the log says, never by a fact about a breach.
        Operand::Fact(_) => None,
    };
    field.map(|field| in_words(facts.graph, &field.kind, known))
}

/// The fields that a table reads, and among them those that are unknown; each once.
pub fn table_fields<'a>(
    graph: &'a Graph,
    facts: Facts<'_>,
    rows: impl Iterator<Item = &'a TargetRow>,
) -> (Vec<FieldFact>, Vec<FieldFact>) {
    let mut operands: Vec<&Operand> = Vec::new();
    for row in rows {
        operands.extend(row.condition.iter().flat_map(|condition| condition.operands(graph)));
        if let Promise::DueAt(operand) = &row.promise {
            operands.push(operand);
        }
    }
    facts_of(graph, facts, &operands)
}

/// The fields that keep conditions from being decided; if all are known (two currencies, say), all.
pub fn unknown_fields<'a>(
    graph: &'a Graph,
    facts: Facts<'_>,
    conditions: impl IntoIterator<Item = &'a Condition>,
) -> Vec<FieldFact> {
    let operands: Vec<&Operand> = conditions.into_iter().flat_map(|condition| condition.operands(graph)).collect();
    facts_of(graph, facts, &operands).1
}

/// What the log says of some fields, each once; and of those, which are unknown. If all are known (two
/// currencies, say), any of them may be to blame.
fn facts_of(graph: &Graph, facts: Facts<'_>, operands: &[&Operand]) -> (Vec<FieldFact>, Vec<FieldFact>) {
    let (mut read, mut unknown) = (Vec::new(), Vec::new());
    for operand in operands {
        let said = fact(graph, facts, operand);
        if facts.read(operand).known().is_none() {
            add(&mut unknown, said.clone());
        }
        add(&mut read, said);
    }
    if unknown.is_empty() {
        unknown.clone_from(&read);
    }
    (read, unknown)
}

/// The fields that a condition reads, and among them those that keep it from being decided.
pub fn condition_fields(graph: &Graph, facts: Facts<'_>, condition: &Condition) -> (Vec<FieldFact>, Vec<FieldFact>) {
    facts_of(graph, facts, &condition.operands(graph))
}

fn add(facts: &mut Vec<FieldFact>, fact: FieldFact) {
    if !facts.contains(&fact) {
        facts.push(fact);
    }
}

/// A field with what the log says of it as things stand.
pub fn fact(graph: &Graph, facts: Facts<'_>, operand: &Operand) -> FieldFact {
    let reading = facts.read(operand);
    let said = match operand {
        Operand::Case(index) => {
            let field = graph.vocabulary.case_fields.get(*index);
            let name = field.map(|field| field.name.clone()).unwrap_or_default();
            FieldFact::of(name, reading_in_words(graph, field, Some(reading)))
        }
        Operand::Own(slots) => {
            let own = facts.own.map(|own| own.kind);
            let slot = slots.iter().find(|(kind, _)| Some(*kind) == own).or(slots.first());
            match slot {
                Some((kind, slot)) => event_field(graph, *kind, *slot, Some(reading)),
                None => FieldFact::of("", DisplayValue::Missing),
            }
        }
        Operand::Latest(kind, slot) => event_field(graph, *kind, *slot, Some(reading)),
        Operand::Fact(fact) => {
            let kind = graph.facts.get(*fact).map(|fact| fact.kind());
            let shown = match (reading.known(), kind) {
                (Some(value), Some(kind)) => DisplayValue::Value(in_words(graph, &kind, value)),
                _ => DisplayValue::Missing,
            };
            FieldFact::of(graph.fact_name(*fact), shown)
        }
        Operand::Here => here(graph, facts, reading),
    };
    FieldFact { place: facts.place_of(operand), ..said }
}

/// Where something happens, as the field says that tells it.
fn here(graph: &Graph, facts: Facts<'_>, reading: &Reading) -> FieldFact {
    let own = facts.own.filter(|own| graph.places.is_own(own.kind));
    let told = own.map_or(&graph.places.of_case, |own| graph.places.of_event(own.kind));
    let Some(field) = told.field() else {
        let of = facts.own.map(|own| format!(" of {}", graph.event_name(own.kind))).unwrap_or_default();
        let place = reading.known().map(|place| in_words(graph, &graph.places.kind, place));
        return FieldFact::of(format!("the touchpoint{of}"), place.map_or(DisplayValue::Missing, DisplayValue::Value));
    };
    let said = match own {
        Some(own) => event_field(graph, own.kind, field, own.fields.get(field)),
        None => {
            let known = graph.vocabulary.case_fields.get(field);
            let shown = reading_in_words(graph, known, facts.case.get(field));
            FieldFact::of(known.map(|known| known.name.clone()).unwrap_or_default(), shown)
        }
    };
    match (&said.shown, reading.known()) {
        // Several touchpoints have the channel, or none.
        (DisplayValue::Value(channel), None) => {
            FieldFact::of(said.name, DisplayValue::Value(format!("{channel}, which is of no single touchpoint")))
        }
        _ => said,
    }
}

/// A value that an operand is compared with, as people read it.
pub fn value_in_words(graph: &Graph, operand: &Operand, value: &Value) -> String {
    let of_event = |kind: &usize, slot: &usize| graph.vocabulary.events.get(*kind)?.fields.get(*slot);
    let kind = match operand {
        Operand::Case(index) => graph.vocabulary.case_fields.get(*index).map(|field| field.kind.clone()),
        Operand::Own(slots) => {
            slots.first().and_then(|(kind, slot)| of_event(kind, slot)).map(|field| field.kind.clone())
        }
        Operand::Latest(kind, slot) => of_event(kind, slot).map(|field| field.kind.clone()),
        Operand::Fact(fact) => graph.facts.get(*fact).map(|fact| fact.kind()),
        Operand::Here => Some(graph.places.kind.clone()),
    };
    kind.map(|kind| in_words(graph, &kind, value)).unwrap_or_default()
}

/// That what is spoken of started in a period.
pub fn period(graph: &Graph, period: usize) -> FieldFact {
    let name = graph.periods.get(period).map(|found| found.label.clone().unwrap_or_else(|| found.name.clone()));
    FieldFact::of("start", DisplayValue::Value(format!("in {}", name.unwrap_or_default())))
}

fn reading_in_words(graph: &Graph, field: Option<&Field>, reading: Option<&Reading>) -> DisplayValue {
    match (field, reading) {
        (_, None | Some(Reading::Missing)) | (None, _) => DisplayValue::Missing,
        (Some(_), Some(Reading::Untold)) => DisplayValue::Undetermined,
        (Some(field), Some(Reading::Malformed(_))) if field.private => DisplayValue::Malformed("(private)".into()),
        (Some(field), Some(_)) if field.private => DisplayValue::Masked,
        (Some(_), Some(Reading::Malformed(text))) => DisplayValue::Malformed(text.to_string()),
        (Some(field), Some(Reading::Known(value))) => DisplayValue::Value(in_words(graph, &field.kind, value)),
    }
}

/// A value of a field as people read it; what the clocks of a `per` field are told apart by.
pub fn in_words(graph: &Graph, kind: &Type, value: &Value) -> String {
    match (value, kind) {
        (Value::Text(text), _) => text.to_string(),
        (Value::Number(number), _) => number.normalize().to_string(),
        (Value::Bool(value), _) => value.to_string(),
        (Value::Money(money), _) => money.to_string(),
        (Value::Duration(duration), _) => duration.to_string(),
        (Value::Time(at), _) => graph.vocabulary.zone.local(*at).to_string().replace('T', " "),
        (Value::Date(date), _) => date.to_string(),
        (Value::Role(role), _) => graph.vocabulary.roles.get(*role).cloned().unwrap_or_default(),
        (Value::Choice(index), Type::Choice { values, .. }) => values.get(*index).cloned().unwrap_or_default(),
        (Value::Choice(index), _) => index.to_string(),
    }
}
