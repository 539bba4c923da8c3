//! What a field can be, cut into cells: values that no condition at hand can tell apart.
//!
//! A number that is only ever compared with 10 and 20 has five cells: below 10, 10, between the two, 20 and
//! above. One value stands for each. Beside them stands `missing`: whatever the log may say, it may also say
//! nothing.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::calendar::{Date, Duration, Instant};
use crate::graph::Fact;
use crate::graph::{Condition, Graph, Operand};
use crate::vocabulary::{Currency, Money, Type, Value};

/// What a condition reads.
#[derive(Clone, PartialEq, Debug)]
pub enum Read {
    /// A field, or a fact.
    Field(Operand),
    /// When what the sentence speaks of started.
    Start,
}

/// One cell of what is read, by a value that stands for it.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// The log does not say.
    Missing,
    /// It says this, or what no condition tells apart from it.
    Known(Value),
}

/// Values that stand for all that can be read, finely enough for conditions that compare with `constants`;
/// `None` if they cannot be told (a number beyond reckoning).
pub fn values(graph: &Graph, read: &Read, constants: &[&Value]) -> Option<Vec<Value>> {
    let Read::Field(operand) = read else { return Some(instants(constants)) };
    Some(match kind(graph, operand)?.as_ref() {
        Type::Bool => vec![Value::Bool(true), Value::Bool(false)],
        Type::Choice { values, .. } => (0..values.len()).map(Value::Choice).collect(),
        Type::Role => (0..graph.roles.len()).map(Value::Role).collect(),
        Type::Text => texts(constants),
        Type::Number if matches!(operand, Operand::Fact(_)) => {
            counts(&numbers(constants))?.into_iter().map(Value::Number).collect()
        }
        Type::Number => decimals(numbers(constants))?.into_iter().map(Value::Number).collect(),
        Type::Range(least, most) => {
            let ends = numbers(constants).into_iter().chain([*least, *most]).collect();
            let within = decimals(ends)?.into_iter().filter(|number| number >= least && number <= most);
            within.map(Value::Number).collect()
        }
        Type::Money => amounts(constants)?,
        Type::Duration => durations(constants),
        Type::Time => instants(constants),
        Type::Date => dates(constants),
    })
}

/// The type of a field or a fact.
pub fn kind<'g>(graph: &'g Graph, operand: &Operand) -> Option<Cow<'g, Type>> {
    let of_event = |(event, slot): (usize, usize)| graph.vocabulary.events.get(event)?.fields.get(slot);
    match operand {
        Operand::Case(field) => graph.vocabulary.case_fields.get(*field).map(|field| Cow::Borrowed(&field.kind)),
        Operand::Own(slots) => of_event(*slots.first()?).map(|field| Cow::Borrowed(&field.kind)),
        Operand::Latest(event, slot) => of_event((*event, *slot)).map(|field| Cow::Borrowed(&field.kind)),
        Operand::Fact(fact) => graph.facts.get(*fact).map(|fact: &Fact| Cow::Owned(fact.kind())),
        Operand::Here => Some(Cow::Borrowed(&graph.places.kind)),
    }
}

/// Whether it is one of an ordered list of names.
pub fn is_ordered_choice(graph: &Graph, read: &Read) -> bool {
    match read {
        Read::Field(operand) => {
            kind(graph, operand).is_some_and(|kind| matches!(*kind, Type::Choice { ordered: true, .. }))
        }
        Read::Start => false,
    }
}

/// Whether the standards themselves say that it may be missing: a field marked `?`, or a field of an event
/// that may not have come.
pub fn may_be_missing(graph: &Graph, read: &Read) -> bool {
    let optional = |(event, slot): &(usize, usize)| {
        let field = graph.vocabulary.events.get(*event).and_then(|event| event.fields.get(*slot));
        field.is_some_and(|field| field.optional)
    };
    match read {
        Read::Start => false,
        Read::Field(Operand::Case(field)) => {
            graph.vocabulary.case_fields.get(*field).is_some_and(|field| field.optional)
        }
        Read::Field(Operand::Own(slots)) => slots.iter().any(optional),
        Read::Field(Operand::Latest(..) | Operand::Fact(_) | Operand::Here) => true,
    }
}

/// The values that a test compares with.
pub fn constants<'c>(graph: &Graph, test: &'c Condition) -> Vec<Cow<'c, Value>> {
    match test {
        Condition::Compare(_, _, value) => vec![Cow::Borrowed(value)],
        Condition::OneOf(_, values) => values.iter().map(Cow::Borrowed).collect(),
        Condition::StartedIn(period) => {
            let spans = graph.periods.get(*period).map(|period| period.spans.as_slice()).unwrap_or_default();
            spans.iter().flat_map(|(from, to)| [*from, *to]).map(|at| Cow::Owned(Value::Time(at))).collect()
        }
        _ => Vec::new(),
    }
}

fn numbers(constants: &[&Value]) -> Vec<Decimal> {
    let number = |value: &&Value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    constants.iter().filter_map(number).collect()
}

/// Each number, one between each two, one below all and one above.
fn decimals(mut ends: Vec<Decimal>) -> Option<Vec<Decimal>> {
    ends.sort_unstable();
    ends.dedup();
    let (Some(first), Some(last)) = (ends.first(), ends.last()) else { return Some(vec![Decimal::ONE]) };
    let (below, above) = (first.checked_sub(Decimal::ONE)?, last.checked_add(Decimal::ONE)?);
    let mut all = vec![below, above];
    for (low, high) in ends.iter().zip(ends.iter().skip(1)) {
        let middle = low.checked_add(high.checked_sub(*low)?.checked_div(Decimal::TWO)?)?;
        let whole = middle.floor();
        all.push(if whole > *low { whole } else { middle });
    }
    all.extend(ends);
    Some(all)
}

/// Whole numbers from nought: on, below and above each end.
fn counts(ends: &[Decimal]) -> Option<Vec<Decimal>> {
    let mut all = vec![Decimal::ZERO];
    for end in ends {
        let floor = end.floor();
        all.extend([floor.checked_sub(Decimal::ONE)?, floor, floor.checked_add(Decimal::ONE)?]);
    }
    all.retain(|count| *count >= Decimal::ZERO);
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Amounts in each currency that is spoken of, and one in another, which compares with none of them.
fn amounts(constants: &[&Value]) -> Option<Vec<Value>> {
    let mut ends: Vec<Money> = Vec::new();
    for constant in constants {
        if let Value::Money(money) = constant {
            ends.push(*money);
        }
    }
    let mut currencies: Vec<Currency> = ends.iter().map(|money| money.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut all = Vec::new();
    for currency in &currencies {
        let of_it = ends.iter().filter(|money| money.currency == *currency).map(|money| money.amount);
        let of_it = decimals(of_it.collect())?;
        all.extend(of_it.into_iter().map(|amount| Value::Money(Money { amount, currency: *currency })));
    }
    let other = ["EUR", "USD", "CNY", "JPY", "GBP", "CHF", "INR", "BRL"].iter().filter_map(|code| Currency::new(code));
    let other = other.into_iter().find(|code| !currencies.contains(code))?;
    all.push(Value::Money(Money { amount: Decimal::ONE_HUNDRED, currency: other }));
    Some(all)
}

/// The texts that are named, and one that is none of them.
fn texts(constants: &[&Value]) -> Vec<Value> {
    let mut all: Vec<Value> = constants.iter().copied().cloned().collect();
    let mut other = "other".to_owned();
    while all.contains(&Value::Text(other.as_str().into())) {
        other.push('_');
    }
    all.push(Value::Text(other.into()));
    all
}

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A value strictly between, round if there is a round one.
fn between(low: i64, high: i64) -> Option<i64> {
    let middle = low.checked_add(high.checked_sub(low)? / 2)?;
    let round = [3600 * SECOND, 60 * SECOND, SECOND].map(|step| middle - middle.rem_euclid(step));
    round.into_iter().chain([middle]).find(|found| low < *found && *found < high)
}

/// Each end and one value between each two.
fn ends_and_between(ends: &mut Vec<i64>) -> Vec<i64> {
    ends.sort_unstable();
    ends.dedup();
    let middles = ends.iter().zip(ends.iter().skip(1)).filter_map(|(low, high)| between(*low, *high));
    let middles: Vec<i64> = middles.collect();
    ends.iter().copied().chain(middles).collect()
}

fn durations(constants: &[&Value]) -> Vec<Value> {
    let nanos = |value: &&Value| match value {
        Value::Duration(span) => Some(span.as_nanos()),
        _ => None,
    };
    let mut ends: Vec<i64> = constants.iter().filter_map(nanos).chain([0]).collect();
    let most = ends.iter().copied().max().unwrap_or_default();
    ends.push(most.saturating_mul(2).max(SECOND));
    ends_and_between(&mut ends).into_iter().map(|nanos| Value::Duration(Duration::from_nanos(nanos))).collect()
}

fn instants(constants: &[&Value]) -> Vec<Value> {
    let nanos = |value: &&Value| match value {
        Value::Time(at) => Some(at.as_nanos()),
        _ => None,
    };
    let mut ends: Vec<i64> = constants.iter().filter_map(nanos).collect();
    let least = ends.iter().copied().min().unwrap_or_default().saturating_sub(DAY);
    let most = ends.iter().copied().max().unwrap_or_default().saturating_add(DAY);
    ends.extend([least, most]);
    ends_and_between(&mut ends).into_iter().map(|nanos| Value::Time(Instant::from_nanos(nanos))).collect()
}

fn dates(constants: &[&Value]) -> Vec<Value> {
    let mut all: Vec<Date> = Vec::new();
    for constant in constants {
        if let Value::Date(date) = constant {
            all.extend([date.yesterday().ok(), Some(*date), date.tomorrow().ok()].into_iter().flatten());
        }
    }
    if all.is_empty() {
        all.push(Date::constant(2026, 1, 1));
    }
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(Value::Date).collect()
}
