//! What holds of the engine's verdicts, whatever the standards and the log.

mod conduct;
mod damage;
mod soundness;
mod strictness;
mod versions;

use std::collections::HashMap;

use mot::calendar::{Duration, Instant};
use mot::engine::{Detail, Evaluation, Finding, Rule, Verdict};
use mot::log::Log;
use proptest::prelude::*;
use proptest::sample::Index;

use super::reference::model::{Kind, Own, Trigger, What, World};
use super::reference::{bridge, generate};

proptest! {
    #![proptest_config(bridge::cases(128))]

    #[test]
    fn later_events_never_change_a_final_verdict_or_its_due(world in generate::world(2), cut in any::<Index>()) {
        let graph = bridge::graph(&world);
        let log = bridge::log_of(&world);
        let cut = cut.get(&log.events).time;
        let known = Log { events: log.events.iter().filter(|event| event.time <= cut).cloned().collect(), ..log.clone() };
        let later = bridge::evaluate(&graph, &log, None, 1);
        let later: HashMap<&str, &Finding> = later.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
        for finding in &bridge::evaluate(&graph, &known, None, 1).findings {
            if is_final(finding) {
                let still = later.get(finding.id.as_str()).map(|later| (later.verdict, due(later)));
                prop_assert_eq!(still, Some((finding.verdict, due(finding))));
            }
        }
    }

    /// Only where every target is a known amount. Elsewhere a stop can cost a `met`: the first clock
    /// stops while its target is undecided, the field becomes known, and the next clock's own field puts
    /// it on `no target`; without the first stop that clock runs on and is met at the second.
    #[test]
    fn removing_stops_never_raises_the_number_met(world in generate::world(2), stay in any::<u32>()) {
        let world = world.straight().decided();
        let graph = bridge::graph(&world);
        let met = |world: &World| {
            let evaluation = bridge::evaluate(&graph, &bridge::log_of(world), world.as_of, 1);
            evaluation.population.standards[0].of(Verdict::Met)
        };
        prop_assert!(met(&without_stops(world.clone(), stay)) <= met(&world));
    }

    #[test]
    fn shards_and_the_order_of_cases_never_show(world in generate::world(9)) {
        let graph = bridge::graph(&world);
        let log = bridge::log_of(&world);
        let bytes = |log: &Log, shards: usize| format!("{:?}", bridge::evaluate(&graph, log, world.as_of, shards));
        let whole = bytes(&log, 1);
        for shards in [2, 3, 7] {
            prop_assert_eq!(&bytes(&log, shards), &whole);
        }
        let turned = last_case_first(log);
        for shards in [1, 3] {
            prop_assert_eq!(&bytes(&turned, shards), &whole);
        }
    }

    #[test]
    fn at_due_is_met_and_a_nanosecond_later_is_breached(world in generate::world(2), start in any::<Index>()) {
        let world = one_start(world.straight(), start);
        let graph = bridge::graph(&world);
        let log = bridge::log_of(&world);
        let started = bridge::evaluate(&graph, &log, None, 1);
        let (verdict, Some(due)) = verdict_and_due(&started) else { return Ok(()) };
        // A promised instant that was past when it was promised is breached there and then.
        prop_assume!(verdict != Verdict::Breached);
        for (stop, verdict) in [(due, Verdict::Met), (due.saturating_add(Duration::from_nanos(1)), Verdict::Breached)] {
            let mut log = log.clone();
            let mut last = log.events.last().unwrap().clone();
            (last.time, last.kind, last.case_fields) = (stop, 1, Vec::new());
            log.events.push(last);
            let stopped = bridge::evaluate(&graph, &log, None, 1);
            prop_assert_eq!(verdict_and_due(&stopped), (verdict, Some(due)));
        }
    }

    #[test]
    fn every_clock_that_started_has_one_verdict(world in generate::world(9)) {
        let graph = bridge::graph(&world);
        let Evaluation { findings, population, .. } = bridge::evaluate(&graph, &bridge::log_of(&world), world.as_of, 2);
        prop_assert!(population.reconciles());
        for (index, tally) in population.standards.iter().enumerate() {
            let clocks = findings.iter().filter(|finding| finding.rule == Rule::Standard(index)).count() as u64;
            prop_assert_eq!(population.started[index], clocks);
            prop_assert_eq!(Verdict::ALL.iter().map(|verdict| tally.of(*verdict)).sum::<u64>(), clocks);
        }
        let mut ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), findings.len(), "an id for each finding");
    }
}

/// Whether a verdict will never change. What cannot be determined while it runs may be yet, unless
/// that showed at due.
fn is_final(finding: &Finding) -> bool {
    match (&finding.detail, finding.verdict) {
        (Detail::Clock(account), Verdict::Undetermined) => account.stop.is_some() || account.due.is_some(),
        (Detail::Clock(account), Verdict::NoTarget) => account.stop.is_some(),
        (_, verdict) => !verdict.is_open(),
    }
}

fn due(finding: &Finding) -> Option<Instant> {
    match &finding.detail {
        Detail::Clock(account) => account.due,
        Detail::Duty(duty) => duty.due,
        _ => None,
    }
}

/// The world without some of its stops: an event that stops nothing says the same of the case.
fn without_stops(mut world: World, stay: u32) -> World {
    let stops = world.cases.iter_mut().flatten().filter(|event| event.kind == Kind::Answered);
    for (number, stop) in stops.enumerate() {
        if stay & (1 << (number % 32)) == 0 {
            (stop.kind, stop.own) = (Kind::Told, Own::default());
        }
    }
    world
}

/// The same log with the cases in the opposite order, also at one instant.
fn last_case_first(mut log: Log) -> Log {
    let last = u32::try_from(log.cases.len()).unwrap() - 1;
    log.cases.reverse();
    for event in &mut log.events {
        event.case = last - event.case;
    }
    log.events.sort_by_key(|event| (event.time, event.case));
    log
}

/// The world with one of its events as the only one: a start.
fn one_start(mut world: World, start: Index) -> World {
    let events: Vec<_> = world.cases.iter().flatten().collect();
    let mut start = start.get(&events).to_owned().clone();
    start.kind = Kind::Opened;
    world.cases = vec![vec![start]];
    let on = |kind| vec![Trigger { on: What::Logged(kind), filter: None }];
    let standard = &mut world.standards[0];
    (standard.starts, standard.stops) = (on(Kind::Opened), on(Kind::Answered));
    world.exemptions.clear();
    world.trust.clear();
    world
}

/// Of the only clock there is.
fn verdict_and_due(evaluation: &Evaluation) -> (Verdict, Option<Instant>) {
    let mut clocks = evaluation.findings.iter().filter_map(|finding| match &finding.detail {
        Detail::Clock(account) => Some((finding.verdict, account.due)),
        _ => None,
    });
    clocks.next().unwrap()
}
