//! Random conditions and tables.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::model::*;
use super::PERIODS;

/// `own` if there is an event of the sentence.
pub fn condition(own: bool, depth: u32) -> BoxedStrategy<Condition> {
    let test = test(own);
    if depth == 0 {
        return test.boxed();
    }
    let part = move || condition(own, depth - 1);
    prop_oneof![
        6 => test,
        1 => vec(part(), 2..=3).prop_map(Condition::All),
        1 => vec(part(), 2..=3).prop_map(Condition::Any),
        1 => part().prop_map(|part| Condition::Not(Box::new(part))),
    ]
    .boxed()
}

fn test(own: bool) -> impl Strategy<Value = Condition> {
    let yes_or_no = if own {
        vec![Field::Vip, Field::Fit, Field::Fit, Field::FitOfNoted]
    } else {
        vec![Field::Vip, Field::FitOfNoted]
    };
    let equal = |most: i64| {
        prop_oneof![
            4 => (0..=most).prop_map(Test::Is),
            2 => (0..=most).prop_map(Test::IsNot),
            1 => Just(Test::Known),
            1 => Just(Test::Unknown),
        ]
    };
    let ordered = prop_oneof![
        (0..4_i64).prop_map(Test::AtLeast),
        (0..4_i64).prop_map(Test::AtMost),
        (0..4_i64).prop_map(Test::MoreThan),
        (0..4_i64).prop_map(Test::LessThan),
        (0..4_i64, 0..4_i64).prop_map(|(one, other)| Test::In(one, other)),
        (0..4_i64, 0..4_i64).prop_map(|(one, other)| Test::NotIn(one, other)),
    ];
    let ordered = prop_oneof![ordered, equal(3)];
    let field = select(vec![Field::Priority, Field::Priority, Field::Size]);
    prop_oneof![
        (select(yes_or_no), equal(1)).prop_map(|(field, test)| Condition::Test(field, test)),
        (field, ordered).prop_map(|(field, test)| Condition::Test(field, test)),
    ]
}

/// A condition of a row: the segment, too, which may not speak of itself, and when the clock started.
fn row_condition() -> BoxedStrategy<Condition> {
    let started = (0..PERIODS).prop_map(Condition::StartedIn);
    let both = (started.clone(), test(true)).prop_map(|(started, test)| Condition::All(vec![started, test]));
    prop_oneof![2 => Just(Condition::Special), 1 => started, 1 => both, 10 => condition(true, 1)].boxed()
}

/// A condition of an exemption speaks of the case.
pub fn exemption_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![1 => Just(Condition::Special), 5 => condition(false, 1)]
}

/// What a model tells, and when it is believed: mostly by what it says itself.
pub fn trust() -> impl Strategy<Value = (Kind, Condition)> {
    let kind = select(Kind::ALL.into_iter().filter(|kind| *kind != Kind::Told).collect::<Vec<_>>());
    let test = test(true).prop_map(|mut test| {
        test.ask_instead(Field::FitOfNoted, Field::Fit);
        test
    });
    (kind, test)
}

/// Some rows with conditions, all different, and one for all other cases.
pub fn table<T: Clone + std::fmt::Debug + 'static>(
    row: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Vec<(T, Option<Condition>)>> {
    let rows = prop_oneof![3 => Just(0_usize), 2 => Just(1), 1 => Just(2)].prop_flat_map({
        let row = row.clone();
        move |count| vec((row.clone(), row_condition().prop_map(Some)), count)
    });
    (rows, row).prop_map(|(mut table, last)| {
        table.push((last, None));
        take_out_dead_rows(&mut table);
        table
    })
}

/// A condition that stands above already takes all its cases.
pub fn take_out_dead_rows<T>(table: &mut Vec<(T, Option<Condition>)>) {
    let mut above = Vec::new();
    table.retain(|(_, condition)| {
        let is_new = !above.contains(condition);
        above.push(condition.clone());
        is_new
    });
}
