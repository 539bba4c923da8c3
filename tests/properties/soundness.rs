//! A verdict that is given as certain is true, whatever stands in the cells that the log leaves empty.

use std::collections::HashMap;

use mot::engine::{Evaluation, Finding, Rule, Verdict};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::reference::authority;
use crate::reference::model::{CaseFields, Condition, Event, Field, Kind, Test, World};
use crate::reference::{bridge, generate};

proptest! {
    #![proptest_config(bridge::cases(192))]

    #[test]
    fn a_definite_verdict_holds_in_every_completion(world in generate::world(2), fills in proptest::collection::vec(fill(), 4)) {
        let world = without_what_asks_whether_something_is_known(world);
        let judged = judge(&world);
        for fill in &fills {
            let completion = completed(&world, fill);
            let truth = judge(&completion);
            let truth: HashMap<&str, &Finding> = truth.findings.iter().map(|found| (found.id.as_str(), found)).collect();
            for found in judged.findings.iter().filter(|found| is_definite(found)) {
                let holds = match truth.get(found.id.as_str()) {
                    Some(true_one) => true_one.verdict == found.verdict,
                    // A level that fires later may never fire: nobody is blamed for it.
                    None => matches!(found.rule, Rule::Escalation(..)) && found.verdict != Verdict::Breached,
                };
                prop_assert!(holds, "{:?} {} of {:?} key {:?} from {} is not so in{:?}\nof{:?}", found.rule, found.verdict.spelling(), found.case, found.key, found.start, completion, world);
            }
        }
    }
}

proptest! {
    #![proptest_config(bridge::cases(128))]

    #[test]
    fn what_cannot_be_determined_says_why_and_where(world in generate::world(2), office in authority::office()) {
        let office_graph = bridge::graph_of(&authority::standards(&office));
        let of_office = bridge::evaluate(&office_graph, &authority::log_of(&office), None, 2);
        let of_clocks = judge(&world);
        let all = of_clocks.findings.iter().chain(&of_office.findings);
        for found in all.filter(|found| found.verdict == Verdict::Undetermined) {
            let places = found.unknown().iter().filter(|why| why.place.is_some() && !why.field.name.is_empty());
            prop_assert!(places.count() > 0, "{found:?}\nin{world:?}{office:?}");
        }
    }
}

/// What stands in the empty cells, one after the other, again and again.
fn fill() -> impl Strategy<Value = Vec<(i64, Index)>> {
    proptest::collection::vec((0..4_i64, any::<Index>()), 1..24)
}

fn judge(world: &World) -> Evaluation {
    bridge::evaluate(&bridge::graph(world), &bridge::log_of(world), world.as_of, 1)
}

/// Whether a verdict is final, and given as certain.
fn is_definite(found: &Finding) -> bool {
    matches!(found.verdict, Verdict::Met | Verdict::Breached | Verdict::Cancelled | Verdict::Exempt)
}

/// What a cell does not say is not known, and that is so: such a question would have another answer in each
/// completion. What a model says is left out, and so is what comes of other clocks: their times would differ.
fn without_what_asks_whether_something_is_known(mut world: World) -> World {
    world.trust.clear();
    world.standards.truncate(1);
    world.mend();
    let as_of = world.as_of.or_else(|| world.cases.iter().flatten().map(|event| event.at).max());
    world.as_of = as_of;
    ask_values(&mut world.special);
    world.exemptions.iter_mut().filter_map(|exemption| exemption.condition.as_mut()).for_each(ask_values);
    for standard in &mut world.standards {
        standard.triggers_mut().filter_map(|trigger| trigger.filter.as_mut()).for_each(ask_values);
        let rows = standard.targets.iter_mut().map(|(_, condition)| condition);
        rows.chain(standard.counting.iter_mut().map(|(_, condition)| condition)).flatten().for_each(ask_values);
        generate::take_out_dead_rows(&mut standard.targets);
        generate::take_out_dead_rows(&mut standard.counting);
    }
    world
}

fn ask_values(condition: &mut Condition) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter_mut().for_each(ask_values),
        Condition::Not(inner) => ask_values(inner),
        Condition::Test(field, test) if matches!(test, Test::Known | Test::Unknown) => {
            *test = Test::Is(i64::from(matches!(field, Field::Priority | Field::Size)));
        }
        Condition::Test(..) | Condition::Special | Condition::StartedIn(_) => {}
    }
}

/// The world with something in every cell that its log leaves empty. A field of the case that is told later is
/// empty until then: an empty cell keeps what was known before.
fn completed(world: &World, fill: &[(i64, Index)]) -> World {
    let mut world = world.clone();
    let mut next = fill.iter().cycle();
    let mut value = |of: i64| next.next().map_or(0, |(value, _)| value % of);
    for events in &mut world.cases {
        let Some(origin) = events.first().map(|event| event.at) else { continue };
        let mut minute = || origin + value(4) * 700;
        let deadlines: Vec<i64> = events.iter().map(|_| minute()).collect();
        let promised = minute();
        let said = |of: fn(&CaseFields) -> bool, events: &[Event]| events.iter().any(|event| of(&event.case));
        let never_said = (
            !said(|case| case.priority.is_some(), events),
            !said(|case| case.vip.is_some(), events),
            !said(|case| case.size.is_some(), events),
            !said(|case| case.promised.is_some(), events),
        );
        for (event, deadline) in events.iter_mut().zip(deadlines) {
            complete(event, deadline, &mut value);
        }
        let Some(first) = events.first_mut() else { continue };
        if never_said.0 {
            first.case.priority = Some(value(4));
        }
        if never_said.1 {
            first.case.vip = Some(value(2));
        }
        if never_said.2 {
            first.case.size = Some(value(4));
        }
        if never_said.3 {
            first.case.promised = Some(promised);
        }
    }
    world
}

fn complete(event: &mut Event, deadline: i64, value: &mut impl FnMut(i64) -> i64) {
    if event.kind.has_leg() {
        event.own.leg.get_or_insert_with(|| value(2));
        event.own.deadline.get_or_insert(deadline);
    }
    if event.kind != Kind::Told {
        event.own.fit.get_or_insert_with(|| value(2));
    }
    if event.kind.has_role() {
        event.role.get_or_insert_with(|| usize::try_from(value(4)).unwrap());
    }
    event.acted_as.get_or_insert_with(|| usize::try_from(value(4)).unwrap());
}
