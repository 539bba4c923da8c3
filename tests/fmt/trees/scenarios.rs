//! Scenarios.

use mot::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::conditions::*;
use super::{a_name, a_path, at, text, word};

pub fn scenario() -> BoxedStrategy<Scenario> {
    let clause = prop_oneof![
        (option::of(a_name()), fields()).prop_map(|(case, fields)| ScenarioClause::Given { case, fields }),
        event().prop_map(ScenarioClause::Event),
        date_time().prop_map(|time| ScenarioClause::AsOf(at(DayOrTime::Time(time)))),
        date_time().prop_map(|time| ScenarioClause::AsOf(at(DayOrTime::Day(time.date())))),
        (expected(), option::of(a_name())).prop_map(|(what, case)| ScenarioClause::Expect(Expectation { what, case })),
    ];
    (text(), vec(clause.prop_map(at), 0..6))
        .prop_map(|(title, clauses)| Scenario { title, clauses, broken: false })
        .boxed()
}

fn fields() -> BoxedStrategy<Vec<mot::source::Spanned<FieldValue>>> {
    let field = (a_path(), literal().prop_map(at)).prop_map(|(field, value)| at(FieldValue { field, value }));
    vec(field, 0..3).boxed()
}

fn event() -> BoxedStrategy<ScenarioEvent> {
    (date_time().prop_map(at), a_path(), fields(), option::of(a_name()), option::of(a_name()), option::of(a_name()))
        .prop_map(|(at, event, fields, by, role, case)| ScenarioEvent { at, event, fields, by, role, case })
        .boxed()
}

fn day_or_time() -> BoxedStrategy<DayOrTime> {
    let day = date_time().prop_map(|time| DayOrTime::Day(time.date()));
    prop_oneof![day, date_time().prop_map(DayOrTime::Time)].boxed()
}

fn expected() -> BoxedStrategy<Expected> {
    let verdicts =
        &["met", "breached", "running", "at_risk", "paused", "cancelled", "exempt", "undetermined", "no_target"];
    prop_oneof![
        4 => (word(verdicts), a_name(), option::of(duration().prop_map(at)), option::of(literal().prop_map(at)))
            .prop_map(|(verdict, promise, late, key)| Expected::Verdict { verdict, promise, late, key }),
        1 => (day_or_time().prop_map(at), a_name()).prop_map(|(at, standard)| Expected::Due { at, standard }),
        1 => (a_name(), a_name()).prop_map(|(of, to)| Expected::MissingEscalation { of, to }),
        1 => a_name().prop_map(Expected::Remedy),
        1 => a_name().prop_map(Expected::Cause),
        1 => a_name().prop_map(Expected::Unexplained),
        1 => option::of(a_name()).prop_map(Expected::NoBreach),
        1 => a_name().prop_map(Expected::NeedlessApproval),
        1 => (number().prop_map(at), option::of(number().prop_map(at)), a_name())
            .prop_map(|(score, most, of)| Expected::Score { score, most, of }),
    ]
    .boxed()
}
