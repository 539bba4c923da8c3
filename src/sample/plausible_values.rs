//! Values that a field may plausibly have, near those that the standards speak of.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::clock::triggers;
use super::random::{SeededRandom, whole_seconds};

use crate::calendar::{Duration, Instant, Zone};
use crate::graph::{Condition, Graph, Operand};
use crate::vocabulary::{Currency, Field, Money, Reading, Type, Value};

/// A field of the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slot {
    /// A field of the case.
    Case(usize),
    /// A field of a kind of event.
    Event(usize, usize),
}

/// The values that the standards compare each field with.
pub struct Palette {
    constants: BTreeMap<Slot, Vec<Value>>,
    currency: Option<Currency>,
}

/// When and where a value is made up.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// Now.
    pub now: Instant,
    /// The zone of the service.
    pub zone: &'a Zone,
    /// The number of the case.
    pub case: usize,
    /// How many cases there are.
    pub cases: usize,
    /// A number that no other event of the case has.
    pub serial: usize,
    /// Whether a promise to this customer was broken.
    pub let_down: bool,
}

impl Palette {
    /// Of all conditions, limits and offers of a graph.
    pub fn of(graph: &Graph) -> Self {
        let mut palette = Self { constants: BTreeMap::new(), currency: None };
        conditions(graph).for_each(|condition| palette.take(condition));
        for grant in &graph.grants {
            for (limit, _) in &grant.limits {
                palette.cost(graph, grant.action, *limit);
            }
        }
        for offer in graph.remedies.iter().flat_map(|remedy| &remedy.offers) {
            if let Some(amount) = offer.amount {
                palette.cost(graph, offer.action, amount);
            }
        }
        palette.currency = graph.vocabulary.currency.or_else(|| palette.currencies().next());
        palette
    }

    fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.constants.values().flatten().filter_map(|value| match value {
            Value::Money(money) => Some(money.currency),
            _ => None,
        })
    }

    fn cost(&mut self, graph: &Graph, action: usize, amount: Money) {
        let Some(declared) = graph.actions.get(action) else { return };
        let cost = declared.cost.map(|slot| (declared.event, slot));
        let asked = graph.approvals.iter().filter(|approval| approval.action == action);
        for (kind, slot) in asked.flat_map(|approval| approval.amount.iter().copied()).chain(cost) {
            self.constants.entry(Slot::Event(kind, slot)).or_default().push(Value::Money(amount));
        }
    }

    fn take(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.take(part)),
            Condition::Not(inner) => self.take(inner),
            Condition::Compare(field, _, value) => self.add(field, std::slice::from_ref(value)),
            Condition::OneOf(field, values) => self.add(field, values),
            // A segment's own condition is taken where it is declared.
            Condition::Segment(_) | Condition::IsTrue(_) | Condition::Known(_) | Condition::StartedIn(_) => {}
        }
    }

    fn add(&mut self, field: &Operand, values: &[Value]) {
        let slots = match field {
            Operand::Case(field) => vec![Slot::Case(*field)],
            Operand::Latest(kind, slot) => vec![Slot::Event(*kind, *slot)],
            Operand::Own(slots) => slots.iter().map(|(kind, slot)| Slot::Event(*kind, *slot)).collect(),
            // What a case shows of a breach is in no column.
            Operand::Fact(_) | Operand::Here => Vec::new(),
        };
        for slot in slots {
            self.constants.entry(slot).or_default().extend_from_slice(values);
        }
    }

    /// What the log says of a field: something plausible, and now and then nothing if it may.
    pub fn reading(&self, slot: Slot, field: &Field, setting: Setting<'_>, random: &mut SeededRandom) -> Reading {
        if field.optional && random.chance(8) {
            return Reading::Missing;
        }
        self.value(slot, field, setting, random).map_or(Reading::Missing, Reading::Known)
    }

    fn value(&self, slot: Slot, field: &Field, setting: Setting<'_>, random: &mut SeededRandom) -> Option<Value> {
        let constants = self.constants.get(&slot).map(Vec::as_slice).unwrap_or_default();
        let known = if random.chance(60) { random.pick(constants) } else { None };
        Some(match (&field.kind, known) {
            (Type::Text, Some(text)) => text.clone(),
            (Type::Text, None) => Value::Text(text(slot, field, setting, random).into()),
            (Type::Number, Some(Value::Number(number))) => Value::Number(near(*number, random)),
            (Type::Number, _) => Value::Number(Decimal::from(random.between(1, 40))),
            (Type::Range(least, most), known) => Value::Number(in_range(*least, *most, known, setting, random)),
            (Type::Bool, _) => Value::Bool(random.chance(70)),
            (Type::Money, Some(Value::Money(money))) => {
                Value::Money(Money { amount: near(money.amount, random), ..*money })
            }
            (Type::Money, _) => {
                let currency = self.currency.or_else(|| Currency::new("USD"))?;
                Value::Money(Money { amount: Decimal::from(random.between(10, 300)), currency })
            }
            (Type::Duration, Some(Value::Duration(span))) => Value::Duration(near_span(*span, random)),
            (Type::Duration, _) => Value::Duration(Duration::from_minutes(i64::from(random.between(5, 180)))),
            (Type::Time, _) => Value::Time(ahead(setting, random)),
            (Type::Date, Some(Value::Date(date))) => {
                let days = jiff::Span::new().days(i64::from(random.between(0, 6)) - 3);
                Value::Date(date.saturating_add(days))
            }
            (Type::Date, _) => {
                let days = jiff::Span::new().days(i64::from(random.between(0, 30)));
                Value::Date(setting.zone.date_of(setting.now).saturating_add(days))
            }
            (Type::Role, Some(role)) => role.clone(),
            // Which roles there are, the case knows.
            (Type::Role, None) => return None,
            (Type::Choice { values, .. }, _) => Value::Choice(random.early_index(values.len())),
        })
    }
}

/// From `least` to `most` percent of an amount, in whole units where there are some.
pub fn part_of(amount: Decimal, least: u32, most: u32, random: &mut SeededRandom) -> Decimal {
    let percent = Decimal::new(i64::from(random.between(least, most)), 2);
    let part = amount.checked_mul(percent).unwrap_or(amount);
    if part.abs() >= Decimal::TEN { part.round() } else { part.round_dp(2).normalize() }
}

/// That very number now and then, else one around it.
fn near(number: Decimal, random: &mut SeededRandom) -> Decimal {
    if random.chance(20) { number } else { part_of(number, 40, 160, random) }
}

fn near_span(span: Duration, random: &mut SeededRandom) -> Duration {
    if random.chance(20) { span } else { whole_seconds(random.part(span, 40, 160)) }
}

/// Scores are high, unless a promise was broken.
fn in_range(
    least: Decimal,
    most: Decimal,
    known: Option<&Value>,
    setting: Setting<'_>,
    random: &mut SeededRandom,
) -> Decimal {
    if let Some(Value::Number(number)) = known
        && random.chance(30)
    {
        return *number;
    }
    let scale = if least.is_integer() && most.is_integer() { 0 } else { least.scale().max(most.scale()) };
    let (one, other) = (random.between(0, 100), random.between(0, 100));
    let percent = if setting.let_down { one.min(other) } else { one.max(other) };
    let width = most.checked_sub(least).unwrap_or_default();
    let offset = width.checked_mul(Decimal::new(i64::from(percent), 2)).unwrap_or_default();
    least.checked_add(offset).map_or(least, |number| number.round_dp(scale)).clamp(least, most.max(least))
}

/// A deadline or an appointment: in an hour or some days, by day, at a quarter of an hour.
fn ahead(setting: Setting<'_>, random: &mut SeededRandom) -> Instant {
    let soonest = setting.now.saturating_add(Duration::from_hours(1));
    let day = setting.zone.date_of(soonest).saturating_add(jiff::Span::new().days(random.early_index(4) as i64));
    let quarters = i64::from(random.between(9 * 4, 18 * 4));
    let appointed = setting.zone.start_of_day(day).saturating_add(Duration::from_minutes(15 * quarters));
    if appointed < soonest { appointed.saturating_add(Duration::from_hours(24)) } else { appointed }
}

fn text(slot: Slot, field: &Field, setting: Setting<'_>, random: &mut SeededRandom) -> String {
    let last = field.name.rsplit('.').next().unwrap_or(&field.name);
    if field.private {
        // Some customers come more than once.
        let people = (setting.cases as u64).saturating_mul(7) / 10;
        return format!("{}-{:06}", initial(&field.name), random.below(people.max(1)) + 1);
    }
    match slot {
        _ if last != "id" => format!("{last}_{}", random.early_index(5) + 1),
        Slot::Case(_) => format!("{}-{:06}", initial(&field.name), setting.case + 1),
        Slot::Event(..) => format!("{}-{:05}-{}", initial(&field.name), setting.case + 1, setting.serial),
    }
}

/// The value of a `per` field that no other event of any case has, by the name of its event or, if it
/// says more than `id`, its own: `P-00012-3` of `promise.made`.
pub fn identity(graph: &Graph, kind: usize, field: &Field, setting: Setting<'_>) -> String {
    let event = graph.vocabulary.events.get(kind).map_or("", |event| event.name.as_str());
    let name = if field.name == "id" { event } else { &field.name };
    format!("{}-{:05}-{}", initial(name), setting.case + 1, setting.serial)
}

fn initial(name: &str) -> char {
    name.chars().find(char::is_ascii_alphabetic).map_or('N', |letter| letter.to_ascii_uppercase())
}

/// Every condition of a graph.
fn conditions(graph: &Graph) -> impl Iterator<Item = &Condition> {
    let segments = graph.segments.iter().map(|segment| Some(&segment.condition));
    let tables = graph.standards.iter().flat_map(|standard| {
        let targets = standard.targets.iter().chain(&standard.beyond).map(|row| row.condition.as_ref());
        let counting = standard.counting.iter().map(|row| row.condition.as_ref());
        let triggers = triggers(standard).map(|trigger| trigger.filter.as_ref());
        targets.chain(counting).chain(triggers)
    });
    let grants = graph.grants.iter().map(|grant| grant.condition.as_ref());
    let remedies = graph.remedies.iter().flat_map(|remedy| {
        let texts = remedy.texts.iter().map(|offer| offer.condition.as_ref());
        texts.chain(remedy.offers.iter().map(|offer| offer.condition.as_ref()))
    });
    segments.chain(tables).chain(grants).chain(remedies).flatten()
}
