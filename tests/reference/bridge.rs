//! From a world to the engine, and from what the engine finds to what the reference says.

use std::sync::Arc;

use mot::calendar::Instant;
use mot::engine::{self, Detail, Evaluation, ExtensionFault, Finding, Options, Rule, UNKNOWN_KEY};
use mot::graph::Graph;
use mot::log::{self, Input, Log, Mapping, Place};
use mot::source::{SourceFile, Sources};
use mot::syntax;
use mot::vocabulary::{Reading, Value};
use proptest::test_runner::RngSeed;

use super::evaluator::{Clock, Duty, Found, Grant, GrantOutcome, Key, Verdict};
use super::model::{Event, Kind, Minute, STANDARDS, World};
use super::render;

const NANOS_PER_MINUTE: i64 = 60_000_000_000;

/// The standards of a world, read and checked.
pub fn graph(world: &World) -> Graph {
    graph_of(&render::standards(world))
}

/// What is proved of random standards, which mean nothing: they can be judged all the same.
pub const COMES_TO_NOTHING: [&str; 11] = [
    "condition/never-holds",
    "condition/never-believed",
    "table/dead-row",
    "clock/extends-nothing",
    "clock/never-comes",
    "clock/never-resumes",
    "clock/pauses-for-nothing",
    "clock/reopens-at-once",
    "clock/stopped-first",
    "time/never-open",
    "time/no-working-day",
];

/// A standards file, read and checked.
pub fn graph_of(text: &str) -> Graph {
    let mut sources = Sources::new();
    let source = SourceFile::new("random.mot", text);
    let file = sources.add(source.clone());
    let (tree, unreadable) = syntax::parse(file, &source);
    let (graph, faults) = mot::check::check(&[tree], &sources);
    let errors = unreadable.iter().chain(&faults).filter(|fault| fault.is_error());
    let errors: Vec<_> = errors.filter(|fault| !COMES_TO_NOTHING.contains(&fault.code())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    graph
}

/// The log of a world, by way of a file and a mapping.
pub fn log_from_text(world: &World, graph: &Graph) -> Log {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("mapping.yaml", render::MAPPING));
    let mapping = Mapping::parse(render::MAPPING, file, &graph.vocabulary).unwrap();
    let csv = render::csv(world);
    let inputs = [Input { name: "log.csv".into(), bytes: csv.as_bytes() }];
    let log = log::read(&inputs, &mapping, &graph.vocabulary, &|_| {}).unwrap();
    assert!(log.intake.reconciles());
    log
}

/// The log of a world, built by hand.
pub fn log_of(world: &World) -> Log {
    let log = world.log();
    let mut order: Vec<usize> = Vec::new();
    for (case, _) in &log {
        if !order.contains(case) {
            order.push(*case);
        }
    }
    let number = |case: usize| u32::try_from(order.iter().position(|known| *known == case).unwrap()).unwrap();
    let events = (2..).zip(&log).map(|(line, (case, event))| log_event(number(*case), line, event)).collect();
    let cases = order.iter().map(|case| case_name(*case).into()).collect();
    Log { cases, events, ..Log::default() }
}

pub fn case_name(case: usize) -> String {
    format!("case-{case}")
}

fn log_event(case: u32, line: u64, event: &Event) -> log::Event {
    let (own, fields) = (event.own, event.case);
    let leg = reading(own.leg.map(|leg| Value::Text(leg.to_string().into())));
    let fit = reading(own.fit.map(|fit| Value::Bool(fit == 1)));
    let role = reading(event.role.map(Value::Role));
    let time = |minute: Option<Minute>| minute.map(|minute| Value::Time(instant(minute)));
    let choice = |value: i64| Value::Choice(usize::try_from(value).unwrap());
    let case_fields = [
        fields.priority.map(choice),
        fields.vip.map(|vip| Value::Bool(vip == 1)),
        fields.size.map(|size| Value::Number(size.into())),
        time(fields.promised),
    ];
    let known = |(index, value): (u16, Option<Value>)| Some((index, Reading::Known(value?)));
    log::Event {
        time: instant(event.at),
        case,
        kind: u16::try_from(Kind::ALL.iter().position(|kind| *kind == event.kind).unwrap()).unwrap(),
        fields: match event.kind {
            Kind::Told => vec![role],
            Kind::Granted => vec![fit, role],
            kind if kind.has_leg() => vec![leg, fit, reading(time(own.deadline))],
            _ => vec![fit],
        },
        case_fields: (0..).zip(case_fields).filter_map(known).collect(),
        actor: event.acted_as.map(|role| render::person(role).into()),
        role: reading(event.acted_as.map(Value::Role)),
        place: Place { source: 0, line, position: 0 },
    }
}

fn reading(value: Option<Value>) -> Reading {
    value.map_or(Reading::Missing, Reading::Known)
}

pub fn instant(minute: Minute) -> Instant {
    Instant::from_nanos(minute * NANOS_PER_MINUTE)
}

/// Runs the engine.
pub fn evaluate(graph: &Graph, log: &Log, as_of: Option<Minute>, shards: usize) -> Evaluation {
    engine::evaluate(graph, log, &Options { as_of: as_of.map(instant), period: None, allowed_loss: None, shards })
}

/// What the engine found in each case, as the reference says it.
pub fn found(world: &World, graph: &Graph, evaluation: &Evaluation) -> Vec<Found> {
    let of_case = |case: usize| {
        let name: Arc<str> = case_name(case).into();
        let all: Vec<&Finding> = evaluation.findings.iter().filter(|finding| finding.case == name).collect();
        let clocks = all.iter().filter_map(|finding| clock(graph, finding, &all)).collect();
        let grants = all.iter().filter_map(|finding| grant(graph, finding)).collect();
        in_order(Found { clocks, grants })
    };
    (0..world.cases.len()).map(of_case).collect()
}

/// Clocks in the order of standard, key, start and ordinal; duties by their level.
pub fn in_order(mut found: Found) -> Found {
    for clock in &mut found.clocks {
        clock.duties.sort_by_key(|duty| duty.level);
    }
    found.clocks.sort_by_key(|clock| (clock.standard, clock.key, clock.start, clock.ordinal));
    found.grants.sort_unstable();
    found
}

fn clock(graph: &Graph, finding: &Finding, all: &[&Finding]) -> Option<Clock> {
    let (Detail::Clock(account), Rule::Standard(index)) = (&finding.detail, finding.rule) else { return None };
    let whole = |duration: mot::calendar::Duration| whole_minutes(duration.as_nanos());
    Some(Clock {
        standard: standard(graph, index),
        key: key(finding.key.as_deref()),
        start: minute(finding.start),
        ordinal: usize::try_from(finding.ordinal).unwrap(),
        verdict: verdict(finding.verdict),
        due: account.due.map(minute),
        stop: account.stop.map(minute),
        elapsed: whole(account.elapsed),
        overshoot: whole(account.overshoot),
        duties: all.iter().filter_map(|other| duty(other, &finding.id)).collect(),
    })
}

fn duty(finding: &Finding, clock: &str) -> Option<Duty> {
    let (Detail::Duty(detail), Rule::Escalation(_, level)) = (&finding.detail, finding.rule) else { return None };
    let due = minute(detail.due.unwrap());
    (detail.clock == clock).then_some(Duty { level, due, verdict: verdict(finding.verdict) })
}

fn grant(graph: &Graph, finding: &Finding) -> Option<Grant> {
    let (Detail::Extension(detail), Rule::Extension(index, line)) = (&finding.detail, finding.rule) else {
        return None;
    };
    let came_to = match detail.fault {
        None => GrantOutcome::Extended,
        Some(ExtensionFault::NotSaid) => GrantOutcome::NotSaid,
        Some(ExtensionFault::Late) => GrantOutcome::Late,
        Some(ExtensionFault::NotAuthorised) => GrantOutcome::NotAuthorised,
        Some(ExtensionFault::Twice) => GrantOutcome::Twice,
        Some(ExtensionFault::ExtendsNothing) => GrantOutcome::ExtendsNothing,
    };
    let verdict = match came_to {
        GrantOutcome::Extended => engine::Verdict::Met,
        GrantOutcome::NotSaid => engine::Verdict::Undetermined,
        _ => engine::Verdict::Breached,
    };
    assert_eq!(finding.verdict, verdict, "of a grant that came to {came_to:?}");
    let (standard, key) = (standard(graph, index), key(finding.key.as_deref()));
    Some(Grant { standard, line, key, at: minute(finding.start), came_to })
}

/// A standard of the graph, as the world counts them.
fn standard(graph: &Graph, index: usize) -> usize {
    STANDARDS.iter().position(|name| *name == graph.standards[index].name).unwrap()
}

fn key(key: Option<&str>) -> Key {
    match key {
        None => Key::Whole,
        Some(UNKNOWN_KEY) => Key::Unknown,
        Some(leg) => Key::Leg(leg.parse().unwrap()),
    }
}

/// The last instant of a day is its end.
pub fn minute(at: Instant) -> Minute {
    let is_last = at.as_nanos().rem_euclid(NANOS_PER_MINUTE) == NANOS_PER_MINUTE - 1;
    whole_minutes(at.as_nanos() + i64::from(is_last))
}

pub fn whole_minutes(nanos: i64) -> Minute {
    assert_eq!(nanos % NANOS_PER_MINUTE, 0, "the random worlds know whole minutes only");
    nanos / NANOS_PER_MINUTE
}

fn verdict(verdict: engine::Verdict) -> Verdict {
    match verdict {
        engine::Verdict::Breached => Verdict::Breached,
        engine::Verdict::Undetermined => Verdict::Undetermined,
        engine::Verdict::AtRisk => Verdict::AtRisk,
        engine::Verdict::Paused => Verdict::Paused,
        engine::Verdict::Running => Verdict::Running,
        engine::Verdict::Met => Verdict::Met,
        engine::Verdict::Cancelled => Verdict::Cancelled,
        engine::Verdict::NoTarget => Verdict::NoTarget,
        engine::Verdict::Exempt => Verdict::Exempt,
    }
}

/// So many cases, always the same ones: what lands must not depend on luck. Whoever hunts sets
/// `PROPTEST_CASES`, and gets that many new ones.
pub fn cases(usual: u32) -> proptest::test_runner::Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::test_runner::Config {
        cases: asked.unwrap_or(usual),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(2026) },
        failure_persistence: None,
        max_shrink_iters: 3000,
        ..Default::default()
    }
}
