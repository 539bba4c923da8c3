//! Industries that have their standards in Chinese too: other words from beginning to end, and of one log the
//! same verdicts.

use std::collections::BTreeMap;
use std::path::Path;

use mot::calendar::{Duration, Instant};
use mot::engine::{self, Detail, Evaluation, Finding, LevelFinding, Options};
use mot::graph::Graph;
use mot::log::{Input, Log, Mapping};
use mot::project::Standards;
use mot::sample::{Request, sample};
use mot::vocabulary::{Field, Type, Vocabulary};

fn standards(industry: &str, ending: &str) -> Graph {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards").join(industry);
    let standards = Standards::load(&path.join(format!("{industry}.{ending}")));
    assert_eq!(standards.diagnostics, []);
    standards.graph
}

/// A mapping that reads a log in the words of one vocabulary as one in the words of the other: what stands
/// in the same place means the same.
fn mapping(from: &Vocabulary, to: &Vocabulary) -> String {
    let roles = values(&from.roles, &to.roles);
    let events: Vec<String> =
        from.events.iter().zip(&to.events).map(|(a, b)| format!("{}: {}", a.name, b.name)).collect();
    let of_events = from.events.iter().zip(&to.events).flat_map(|(a, b)| a.fields.iter().zip(&b.fields));
    let fields: BTreeMap<&str, String> = from
        .case_fields
        .iter()
        .zip(&to.case_fields)
        .chain(of_events)
        .map(|(a, b)| (b.name.as_str(), format!("{{column: {}, values: {{{}}}}}", a.name, meanings(a, b, &roles))))
        .collect();
    let fields: Vec<String> = fields.iter().map(|(name, column)| format!("{name}: {column}")).collect();
    format!(
        "format: csv\ntimezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\nactor: actor\n\
         role: {{column: role, values: {{{roles}}}}}\nevents:\n  {}\nfields:\n  {}\n",
        events.join("\n  "),
        fields.join("\n  ")
    )
}

fn values(from: &[String], to: &[String]) -> String {
    let pairs: Vec<String> = from.iter().zip(to).map(|(a, b)| format!("{a}: {b}")).collect();
    pairs.join(", ")
}

fn meanings(from: &Field, to: &Field, roles: &str) -> String {
    match (&from.kind, &to.kind) {
        (Type::Role, Type::Role) => roles.to_owned(),
        (Type::Choice { values: a, .. }, Type::Choice { values: b, .. }) => values(a, b),
        (a, b) => {
            assert_eq!(a, b, "{} and {}", from.name, to.name);
            String::new()
        }
    }
}

fn read(csv: &str, mapping: &str, graph: &Graph) -> Log {
    let mapping = Mapping::parse(mapping, Default::default(), &graph.vocabulary);
    let mapping = mapping.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let input = Input { name: "log.csv".into(), bytes: csv.as_bytes() };
    let log = mot::log::read(&[input], &mapping, &graph.vocabulary, &|_| {}).unwrap();
    assert_eq!((log.intake.rows_set_aside(), log.intake.unknown_events.len()), (0, 0));
    assert!(log.intake.malformed.is_empty(), "{:?}", log.intake.malformed);
    log
}

/// What a finding says, its names aside.
fn said(finding: &Finding) -> String {
    let clock: Option<(Option<Instant>, Option<Instant>, Duration, Duration)> = match &finding.detail {
        Detail::Clock(account) => Some((account.due, account.stop, account.elapsed, account.overshoot)),
        _ => None,
    };
    let causes: Vec<(usize, bool)> = finding.causes.iter().map(|cause| (cause.cause, cause.holds)).collect();
    let remedies: Vec<usize> = finding.remedies.iter().map(|proposal| proposal.remedy).collect();
    let Finding { rule, case, key, verdict, grade, start, ordinal, .. } = finding;
    format!("{case} {rule:?} {key:?} {start:?} {ordinal}: {verdict:?} {grade:?} {clock:?} {causes:?} {remedies:?}")
}

fn measured(found: &LevelFinding) -> String {
    let LevelFinding { level, days, verdict, value, part, whole, .. } = found;
    format!("level {level} {days:?}: {verdict:?} {value:?} {part:?} of {whole:?}")
}

fn all_said(evaluation: &Evaluation) -> Vec<String> {
    let mut levels: Vec<String> = evaluation.levels.iter().map(measured).collect();
    levels.sort();
    evaluation.findings.iter().map(said).chain(levels).collect()
}

#[test]
fn the_bank_in_chinese_comes_to_the_same_verdicts() {
    assert_same_verdicts("bank");
}

#[test]
fn the_restaurant_in_chinese_comes_to_the_same_verdicts() {
    assert_same_verdicts("restaurant");
}

fn assert_same_verdicts(industry: &str) {
    let (english, chinese) = (standards(industry, "mot"), standards(industry, "zh.mot"));
    // The whole year, so that every holiday of either calendar counts.
    let from = "2026-01-01".parse().unwrap();
    let request = Request { seed: 1, cases: 400, from, days: 364, breaches: 0.3 };
    let made_up = sample(&english, &request);
    let translated = mapping(&english.vocabulary, &chinese.vocabulary);
    let here = read(&made_up.csv, &made_up.mapping, &english);
    let there = read(&made_up.csv, &translated, &chinese);
    let here = engine::evaluate(&english, &here, &Options::default());
    let there = engine::evaluate(&chinese, &there, &Options::default());
    assert!(here.findings.len() > 400, "{} findings say little", here.findings.len());
    assert_alike(&all_said(&here), &all_said(&there));
}

/// The first few that differ tell more than a thousand that do not.
fn assert_alike(here: &[String], there: &[String]) {
    let differ: Vec<_> = here.iter().zip(there).filter(|(a, b)| a != b).take(5).collect();
    assert!(differ.is_empty() && here.len() == there.len(), "{differ:#?}");
}
