//! Events, conditions and values.

use mot::calendar::{Date, Duration};
use mot::syntax::tree::*;
use mot::vocabulary::{Currency, Money};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::{a_name, a_path, at, path, text};

// ── Events ──────────────────────────────────────────────────────────────────────────────────────

pub fn triggers() -> BoxedStrategy<Vec<Trigger>> {
    vec(trigger(), 1..4).boxed()
}

pub fn trigger() -> BoxedStrategy<Trigger> {
    let filter = option::weighted(0.3, condition().prop_map(at));
    (happening(), filter).prop_map(|(happening, filter)| Trigger { happening, filter: filter.map(Box::new) }).boxed()
}

fn happening() -> BoxedStrategy<Happening> {
    prop_oneof![
        5 => a_path().prop_map(Happening::Event),
        1 => a_name().prop_map(Happening::BreachOf),
        1 => (a_name(), percent().prop_map(at)).prop_map(|(name, part)| Happening::At(name, part)),
        1 => a_name().prop_map(Happening::Met),
    ]
    .boxed()
}

// ── Conditions ──────────────────────────────────────────────────────────────────────────────────

pub fn condition() -> BoxedStrategy<Condition> {
    let simple = prop_oneof![
        6 => (operand().prop_map(at), option::weighted(0.8, relation().prop_map(at)))
            .prop_map(|(operand, relation)| Condition::Test { operand, relation }),
        1 => a_name().prop_map(Condition::StartedIn),
        1 => a_name().prop_map(Condition::At),
    ];
    simple
        .boxed()
        .prop_recursive(3, 8, 3, |part| {
            prop_oneof![
                vec(part.clone().prop_map(at), 2..4).prop_map(Condition::All),
                vec(part.clone().prop_map(at), 2..4).prop_map(Condition::Any),
                part.prop_map(|part| Condition::Not(Box::new(at(part)))),
            ]
        })
        .boxed()
}

pub fn row_condition() -> BoxedStrategy<Option<RowCondition>> {
    option::of(prop_oneof![
        condition().prop_map(|condition| RowCondition::When(Box::new(at(condition)))),
        Just(RowCondition::Otherwise),
    ])
    .boxed()
}

pub fn operand() -> BoxedStrategy<Operand> {
    prop_oneof![
        3 => path().prop_map(Operand::Path),
        1 => (a_path(), a_path()).prop_map(|(field, event)| Operand::FieldOf { field, event }),
        1 => fact().prop_map(|fact| Operand::Fact(Box::new(fact))),
    ]
    .boxed()
}

fn fact() -> BoxedStrategy<Fact> {
    prop_oneof![
        Just(Fact::Overshoot),
        Just(Fact::Paused),
        Just(Fact::Handovers),
        Just(Fact::WaitingForApproval),
        happening().prop_map(Fact::CountOf),
        (happening(), happening()).prop_map(|(from, to)| Fact::TimeFrom(from, to)),
    ]
    .boxed()
}

pub fn comparison() -> BoxedStrategy<Comparison> {
    prop_oneof![bound(), Just(Comparison::Is), Just(Comparison::IsNot)].boxed()
}

pub fn bound() -> BoxedStrategy<Comparison> {
    select(&[Comparison::AtLeast, Comparison::AtMost, Comparison::MoreThan, Comparison::LessThan][..]).boxed()
}

fn relation() -> BoxedStrategy<Relation> {
    prop_oneof![
        Just(Relation::Known),
        Just(Relation::Unknown),
        (comparison(), literal().prop_map(at)).prop_map(|(how, value)| Relation::Compare(how, value)),
        (any::<bool>(), vec(literal().prop_map(at), 1..4)).prop_map(|(within, values)| Relation::In(within, values)),
    ]
    .boxed()
}

// ── Values ──────────────────────────────────────────────────────────────────────────────────────

pub fn literal() -> BoxedStrategy<Literal> {
    prop_oneof![
        3 => path().prop_map(Literal::Name),
        1 => number().prop_map(Literal::Number),
        1 => percent().prop_map(Literal::Percent),
        1 => duration().prop_map(Literal::Duration),
        1 => money().prop_map(Literal::Money),
        1 => date().prop_map(Literal::Date),
        1 => date_time().prop_map(Literal::DateTime),
        1 => text().prop_map(|text| Literal::Text(text.node)),
        1 => any::<bool>().prop_map(Literal::Bool),
    ]
    .boxed()
}

pub fn number() -> BoxedStrategy<Decimal> {
    (-9999i64..9999, 0u32..3).prop_map(|(digits, scale)| Decimal::new(digits, scale)).boxed()
}

pub fn percent() -> BoxedStrategy<Decimal> {
    (0i64..9999, 0u32..3).prop_map(|(digits, scale)| Decimal::new(digits, scale)).boxed()
}

pub fn count() -> BoxedStrategy<u32> {
    prop_oneof![Just(1), 0u32..36_500].boxed()
}

pub fn money() -> BoxedStrategy<Money> {
    let currency = select(&["CNY", "EUR"][..]).prop_map(|code| Currency::new(code).unwrap());
    (number(), currency).prop_map(|(amount, currency)| Money { amount, currency }).boxed()
}

pub fn duration() -> BoxedStrategy<Duration> {
    prop_oneof![0i64..600, 0i64..100_000_000].prop_map(Duration::from_secs).boxed()
}

pub fn limit() -> BoxedStrategy<Limit> {
    prop_oneof![
        2 => duration().prop_map(Limit::Exact),
        1 => count().prop_map(Limit::WorkingDays),
        1 => (count(), option::of(a_name())).prop_map(|(days, moved)| Limit::CalendarDays { days, moved }),
    ]
    .boxed()
}

pub fn date() -> BoxedStrategy<Date> {
    (1i16..9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day)).boxed()
}

pub fn date_time() -> BoxedStrategy<mot::calendar::DateTime> {
    let second = prop_oneof![2 => Just(0i8), 1 => 0i8..60];
    (date(), 0i8..24, 0i8..60, second).prop_map(|(date, hour, minute, second)| date.at(hour, minute, second, 0)).boxed()
}
