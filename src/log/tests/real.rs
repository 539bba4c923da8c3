//! Logs of the world as it is; skipped where they are absent.

use std::collections::BTreeSet;
use std::path::Path;

use crate::calendar::Zone;
use crate::log::{Input, Log, Mapping, read};
use crate::source::FileId;
use crate::vocabulary::{EventKind, Field, Type, Vocabulary};

fn read_real(file: &str, yaml: &str, events: &[&str], case_fields: Vec<Field>) -> Option<Log> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let event = |name: &&str| EventKind { name: (*name).to_owned(), fields: Vec::new(), stands_alone: false };
    let vocabulary = Vocabulary {
        case_fields,
        events: events.iter().map(event).collect(),
        roles: Vec::new(),
        currency: None,
        zone: Zone::utc(),
    };
    let mapping = Mapping::parse(yaml, FileId::default(), &vocabulary).unwrap();
    let start = std::time::Instant::now();
    let log = read(&[Input { name: file.to_owned(), bytes: &bytes }], &mapping, &vocabulary, &|_| ()).unwrap();
    println!("{file}: {} rows in {:?}", log.intake.rows_read, start.elapsed());
    assert!(log.intake.reconciles());
    Some(log)
}

#[test]
fn incidents_are_snapshots() {
    let yaml = r#"
case: number
timezone: UTC
time_format: "%d/%m/%Y %H:%M"
missing: "?"
times: {opened_at: ticket.opened, closed_at: ticket.closed}
snapshots: {by: sys_updated_at}
fields:
  priority: {column: priority, values: {"1 - Critical": critical, "2 - High": high, "3 - Moderate": moderate, "4 - Low": low}}
"#;
    let values = ["low", "moderate", "high", "critical"].map(str::to_owned).to_vec();
    let choice =
        |name: &str, kind| Field { name: name.into(), kind, is_touchpoint: false, optional: false, private: false };
    let fields = vec![choice("priority", Type::Choice { ordered: true, values }), choice("made_sla", Type::Bool)];
    let events = ["ticket.opened", "ticket.closed"];
    let Some(log) = read_real("uci_incident_event_log.csv.gz", yaml, &events, fields) else { return };
    assert_eq!(log.intake.rows_read, 141_712);
    assert_eq!(log.cases.len(), 24_918);
    assert_eq!((log.intake.rows_mapped, log.intake.rows_folded), (24_918, 141_712 - 24_918));
    assert_eq!(log.events.len(), 2 * 24_918);
    assert!(log.intake.malformed.is_empty() && log.intake.unknown_values.is_empty());
    let made = |made| {
        let says = |event: &&crate::log::Event| {
            event.kind == 0 && event.case_fields.iter().any(|(_, reading)| reading.known() == Some(&made))
        };
        log.events.iter().filter(says).count()
    };
    use crate::vocabulary::Value::Bool;
    assert_eq!((made(Bool(true)), made(Bool(false))), (15_803, 9_115));
}

#[test]
fn help_desk_has_130_ties() {
    let yaml = r#"
case: Case ID
event: Activity
time: Complete Timestamp
timezone: Europe/Rome
time_format: "%Y/%m/%d %H:%M:%S%.f"
actor: Resource
events:
  Take in charge ticket: ticket.taken
  Resolve ticket: ticket.resolved
  Closed: ticket.closed
  Wait: ticket.waiting
  Assign seriousness: ticket.rated
  Insert ticket: ticket.opened
  Create SW anomaly: other
  DUPLICATE: other
  INVALID: other
  RESOLVED: other
  Require upgrade: other
  Resolve SW anomaly: other
  Schedule intervention: other
  VERIFIED: other
"#;
    let events = [
        "ticket.taken",
        "ticket.resolved",
        "ticket.closed",
        "ticket.waiting",
        "ticket.rated",
        "ticket.opened",
        "other",
    ];
    let Some(log) = read_real("helpdesk.csv.gz", yaml, &events, Vec::new()) else { return };
    assert_eq!(log.intake.rows_read, 21_348);
    assert_eq!(log.cases.len(), 4_580);
    assert!(log.intake.unknown_events.is_empty(), "{:?}", log.intake.unknown_events);
    assert_eq!((log.events.len(), log.intake.ties), (21_348, 130));
    let actors: BTreeSet<_> = log.events.iter().filter_map(|event| event.actor.as_deref()).collect();
    assert!(!actors.is_empty());
}
