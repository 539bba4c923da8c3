//! Conditions, limits and hours in short, as the language says them.

use crate::calendar::{Hours, Interval};
use crate::graph::{Condition, Graph, Limit, LimitScope, Operand, Trigger};
use crate::vocabulary::{Field, Money, Type, Value};

/// `call.queued or call.transferred`
pub fn events(graph: &Graph, triggers: &[Trigger]) -> String {
    let name = |trigger: &Trigger| {
        let filter = trigger.filter.as_ref().map(|filter| format!(" where {}", condition(graph, filter)));
        format!("{}{}", graph.event_name(trigger.event), filter.unwrap_or_default())
    };
    triggers.iter().map(name).collect::<Vec<_>>().join(" or ")
}

/// `3 working days`
pub fn limit(graph: &Graph, limit: Limit) -> String {
    match limit {
        Limit::Exact(amount) => amount.to_string(),
        Limit::WorkingDays(days) => count(days, "working day"),
        Limit::CalendarDays(days, None) => count(days, "calendar day"),
        Limit::CalendarDays(days, Some(calendar)) => {
            let calendar = graph.calendars.get(calendar).map_or("", |calendar| calendar.name.as_str());
            format!("{} moved to the next open day of {calendar}", count(days, "calendar day"))
        }
    }
}

fn count(number: u32, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// `up to 200 CNY per case, 2000 CNY per day`
pub fn spending(limits: &[(Money, LimitScope)]) -> String {
    let limits = limits.iter().map(|(limit, scope)| match scope {
        LimitScope::Case => format!("{limit} per case"),
        LimitScope::Day => format!("{limit} per day"),
    });
    let limits: Vec<String> = limits.collect();
    if limits.is_empty() { "without limit".to_owned() } else { format!("up to {}", limits.join(", ")) }
}

/// ` when vip`, or nothing.
pub fn when(graph: &Graph, said: Option<&Condition>) -> String {
    said.map(|said| format!(" when {}", condition(graph, said))).unwrap_or_default()
}

/// `customer.tier in (gold, platinum)`
pub fn condition(graph: &Graph, said: &Condition) -> String {
    match said {
        Condition::All(parts) => join(graph, parts, " and "),
        Condition::Any(parts) => join(graph, parts, " or "),
        Condition::Not(inner) => format!("not {}", part(graph, inner)),
        Condition::Segment(segment) => {
            graph.segments.get(*segment).map(|segment| segment.name.clone()).unwrap_or_default()
        }
        Condition::StartedIn(period) => {
            let period = graph.periods.get(*period).map_or("", |period| period.name.as_str());
            format!("started in {period}")
        }
        // A touchpoint comes before the moments at it.
        Condition::Compare(Operand::Here, _, Value::Choice(place)) => graph.at_place(Some(*place)).trim().to_owned(),
        Condition::OneOf(Operand::Here, places) => match places.first() {
            Some(Value::Choice(place)) => graph.at_place(Some(*place)).trim().to_owned(),
            _ => String::new(),
        },
        Condition::IsTrue(operand) => name(graph, operand),
        Condition::Known(operand) => format!("{} is known", name(graph, operand)),
        Condition::Compare(operand, comparison, value) => {
            let (name, value) = (name(graph, operand), shown(graph, operand, value));
            format!("{name} {} {value}", comparison.words())
        }
        Condition::OneOf(operand, values) => {
            let values: Vec<String> = values.iter().map(|value| shown(graph, operand, value)).collect();
            format!("{} in ({})", name(graph, operand), values.join(", "))
        }
    }
}

fn join(graph: &Graph, parts: &[Condition], word: &str) -> String {
    parts.iter().map(|inner| part(graph, inner)).collect::<Vec<_>>().join(word)
}

/// In parentheses where it has parts of its own.
fn part(graph: &Graph, said: &Condition) -> String {
    let text = condition(graph, said);
    if matches!(said, Condition::All(_) | Condition::Any(_)) { format!("({text})") } else { text }
}

fn field<'g>(graph: &'g Graph, operand: &Operand) -> Option<&'g Field> {
    let (kind, slot) = match operand {
        Operand::Case(field) => return graph.vocabulary.case_fields.get(*field),
        Operand::Own(slots) => *slots.first()?,
        Operand::Latest(kind, slot) => (*kind, *slot),
        Operand::Fact(_) | Operand::Here => return None,
    };
    graph.vocabulary.events.get(kind)?.fields.get(slot)
}

/// `score of survey.answered`
pub fn name(graph: &Graph, operand: &Operand) -> String {
    let name = field(graph, operand).map(|field| field.name.clone()).unwrap_or_default();
    match operand {
        Operand::Latest(kind, _) => {
            let event = graph.vocabulary.events.get(*kind).map_or("", |event| event.name.as_str());
            format!("{name} of {event}")
        }
        Operand::Fact(fact) => graph.fact_name(*fact),
        Operand::Here => "touchpoint".to_owned(),
        Operand::Case(_) | Operand::Own(_) => name,
    }
}

fn shown(graph: &Graph, operand: &Operand, value: &Value) -> String {
    match (value, field(graph, operand).map(|field| &field.kind)) {
        (Value::Choice(choice), Some(Type::Choice { values, .. })) => values.get(*choice).cloned().unwrap_or_default(),
        (Value::Role(role), _) => graph.vocabulary.roles.get(*role).cloned().unwrap_or_default(),
        (Value::Text(text), _) => format!("\"{text}\""),
        (Value::Number(number), _) => number.to_string(),
        (Value::Bool(value), _) => value.to_string(),
        (Value::Money(money), _) => money.to_string(),
        (Value::Duration(span), _) => span.to_string(),
        (Value::Time(at), _) => at.to_string(),
        (Value::Date(date), _) => date.to_string(),
        (Value::Choice(_), _) => String::new(),
    }
}

/// The days of a week and their hours, days in a row that are alike on one line.
pub fn hours(hours: &Hours) -> Vec<String> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut lines: Vec<(&str, &str, &[Interval])> = Vec::new();
    for (day, open) in DAYS.into_iter().zip(&hours.weekdays) {
        match lines.last_mut() {
            Some((_, last, same)) if *same == open.as_slice() => *last = day,
            _ => lines.push((day, day, open)),
        }
    }
    let open = lines.into_iter().filter(|(_, _, open)| !open.is_empty());
    open.map(|(first, last, open)| {
        let days = if first == last { first.to_owned() } else { format!("{first}..{last}") };
        let open: Vec<String> = open.iter().map(Interval::to_string).collect();
        format!("{days} {}", open.join(", "))
    })
    .collect()
}
