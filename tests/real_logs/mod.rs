//! Logs of the real world, beside the checkout where there are any; skipped with a word where not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mot::calendar::Instant;
use mot::engine::{self, Evaluation, Options, Verdict};
use mot::log::{Input, Log, Mapping};
use mot::project::Standards;
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
