//! Logs of the real world, beside the checkout where there are any; skipped with a word where not.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use mot::calendar::Instant;
use mot::engine::{self, Evaluation, Finding, LevelFinding, Options, Rule, Verdict};
use mot::graph::Graph;
use mot::log::{Input, Log, Mapping};
use mot::project::Standards;
use mot::source::{SourceFile, Sources};
use mot::vocabulary::{Reading, Value};

fn log_file(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        eprintln!("skipped: `{name}` is not beside this checkout");
        return None;
    }
    Some(path)
}

fn run(example: &str, standards: &str, log: &Path) -> (Log, Standards, Evaluation) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let standards = Standards::load(&folder.join(standards));
    assert!(!standards.has_errors());
    let mapping = std::fs::read_to_string(folder.join("mapping.yaml")).unwrap();
    let mapping = Mapping::parse(&mapping, Default::default(), &standards.graph.vocabulary).unwrap();
    let bytes = std::fs::read(log).unwrap();
    let input = Input { name: "log".into(), bytes: &bytes };
    let log = mot::log::read(&[input], &mapping, &standards.graph.vocabulary, &|_| {}).unwrap();
    let evaluation = engine::evaluate(&standards.graph, &log, &Options::default());
    assert!(evaluation.population.reconciles() && log.intake.reconciles());
    (log, standards, evaluation)
}

/// Of the incidents opened after the median, how many verdicts agree with the company's own
/// `made_sla`; how many Mot calls breached and the company made; how many the other way.
fn agreement(standards: &str, log: &Path) -> (usize, usize, usize, usize) {
    let (log, standards, evaluation) = run("incidents", standards, log);
    let field = standards.graph.vocabulary.case_field("made_sla").unwrap();
    let mut made: BTreeMap<&str, bool> = BTreeMap::new();
    for event in &log.events {
        for (index, reading) in &event.case_fields {
            if let (true, Reading::Known(Value::Bool(value))) = (usize::from(*index) == field, reading) {
                made.insert(&log.cases[event.case as usize], *value);
            }
        }
    }
    let median: Instant = Instant::from_timestamp("2016-04-12T15:27:00Z".parse().unwrap());
    let later: Vec<(bool, bool)> = evaluation
        .findings
        .iter()
        .filter(|finding| finding.start > median)
        .map(|finding| (finding.verdict == Verdict::Met, made[&*finding.case]))
        .collect();
    let count = |pair| later.iter().filter(|found| **found == pair).count();
    (later.len(), count((true, true)) + count((false, false)), count((false, true)), count((true, false)))
}

#[test]
fn incidents_agree_with_the_company_where_a_fit_can() {
    let Some(log) = log_file("uci_incident_event_log.csv.gz") else { return };
    assert_eq!(agreement("incidents.mot", &log), (12_458, 12_385, 60, 13));
    assert_eq!(agreement("incidents-wall-clock.mot", &log), (12_458, 12_183, 266, 9));
}

#[test]
fn the_help_desk_reconciles() {
    let Some(log) = log_file("helpdesk.csv.gz") else { return };
    let (log, _, evaluation) = run("helpdesk", "helpdesk.mot", &log);
    assert_eq!((log.intake.rows_read, log.cases.len()), (21_348, 4_580));
    assert_eq!(evaluation.population.cases, 4_580);
}

// ── The end of a day ──

/// From a case's first event to its last, as a log of the two.
fn first_and_last(xes: &Path) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(xes).unwrap()).read_to_string(&mut text).unwrap();
    let mut log = "time,case,event\n".to_owned();
    for (case, trace) in text.split("<trace>").skip(1).enumerate() {
        let times = trace.split("key=\"time:timestamp\" value=\"").skip(1);
        let times: Vec<&str> = times.filter_map(|rest| rest.split('"').next()).collect();
        let (first, last) = (times.iter().min().unwrap(), times.iter().max().unwrap());
        writeln!(log, "{first},c{case},first\n{last},c{case},last").unwrap();
    }
    log
}

/// All at local midnight: what comes on the day after is late.
#[test]
fn ninety_days_of_road_fines_end_with_the_ninetieth() {
    let Some(path) = log_file("road_traffic_fines.xes.gz") else { return };
    let log = first_and_last(&path);
    let graph = graph_of(
        "service fines { timezone \"Europe/Rome\" }
        event first
        event last
        standard in_days { from first to last first within 90 calendar days }
        standard in_hours { from first to last first within 2160h }",
    );
    let mapping = "format: csv\ncase: case\nevent: event\ntime: time\n";
    let evaluation = judge(&graph, mapping, log.as_bytes(), None);
    let late = |standard: usize| {
        let of_it = |finding: &&Finding| finding.rule == Rule::Standard(standard);
        evaluation.findings.iter().filter(of_it).filter(|finding| finding.verdict == Verdict::Breached).count()
    };
    assert_eq!(evaluation.findings.len(), 2 * 150_370);
    assert_eq!((late(0), late(1)), (93_597, 93_648));
}

// ── Closed windows ──

const INCIDENTS: &str = r#"
service incidents { timezone "UTC" }
case { priority: text?  category: text?  made_sla: bool?  ends on closed after 1 calendar day }
event new
event active
event waiting
event resolved
event closed
standard resolve { from new or active to resolved or closed first within 72h }
behaviour resolved_once { at most 1 resolved }
level in_time { at least 80% of resolve per week, for each priority }
level typical { median of resolve at most 24h per week, for each category }
level seldom_waiting { count of waiting at most 40% of active per week, for each priority }
level not_too_many { count of waiting at most 500 in any 7 calendar days }
level made { share of cases with made_sla at least 60% per month, for each category }
level kept { share of cases with resolved_once at least 90% per month, for each priority }
"#;

const INCIDENT_ROWS: &str = r#"
format: csv
timezone: UTC
time_format: "%d/%m/%Y %H:%M"
missing: "?"
case: number
event: incident_state
time: sys_updated_at
events:
  New: new
  Active: active
  Awaiting User Info: waiting
  Awaiting Problem: waiting
  Awaiting Vendor: waiting
  Awaiting Evidence: waiting
  Resolved: resolved
  Closed: closed
ignore: ["-100"]
fields: {priority: priority, category: category, made_sla: made_sla}
"#;

/// A window that is closed in May is told in the same words a year later.
#[test]
fn what_comes_later_changes_no_closed_window_of_the_incidents() {
    let Some(path) = log_file("uci_incident_event_log.csv.gz") else { return };
    let graph = graph_of(INCIDENTS);
    let bytes = std::fs::read(&path).unwrap();
    let may = Instant::from_timestamp("2016-05-02T00:00:00Z".parse().unwrap());
    let [before, after] = [Some(may), None].map(|as_of| judge(&graph, INCIDENT_ROWS, &bytes, as_of).levels);
    let closed: Vec<&LevelFinding> = before.iter().filter(|found| found.verdict != Verdict::Running).collect();
    let after: BTreeMap<&str, &LevelFinding> = after.iter().map(|found| (found.id.as_str(), found)).collect();
    let changed = closed.iter().filter(|found| after.get(found.id.as_str()) != Some(*found)).count();
    assert!(closed.len() > 250, "{} windows", closed.len());
    assert_eq!(changed, 0, "of {} windows", closed.len());
}

fn graph_of(standards: &str) -> Graph {
    let mut sources = Sources::new();
    let file = SourceFile::new("standards.mot", standards);
    let id = sources.add(file.clone());
    let (tree, faults) = mot::syntax::parse(id, &file);
    let (graph, more) = mot::check::check(&[tree], &sources);
    assert!(faults.is_empty() && more.iter().all(|fault| !fault.is_error()), "{faults:#?} {more:#?}");
    graph
}

fn judge(graph: &Graph, mapping: &str, bytes: &[u8], as_of: Option<Instant>) -> Evaluation {
    let mapping = Mapping::parse(mapping, Default::default(), &graph.vocabulary).unwrap();
    let input = Input { name: "log".into(), bytes };
    let log = mot::log::read(&[input], &mapping, &graph.vocabulary, &|_| {}).unwrap();
    let evaluation = engine::evaluate(graph, &log, &Options { as_of, ..Options::default() });
    assert!(evaluation.population.reconciles() && log.intake.reconciles());
    evaluation
}
