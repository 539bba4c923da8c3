//! What the room does with a mapping and a log, seen from outside.

mod intake;
mod mapping;
mod real;
mod rows;
mod unreadable;

use std::cell::RefCell;

use super::{Input, Log, Mapping, ReadFault, read};

use crate::calendar::Zone;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Sources};
use crate::vocabulary::{Currency, EventKind, Field, Type, Vocabulary};

/// A service desk: tickets of some priority, refunds, promised dates.
fn vocabulary() -> Vocabulary {
    let levels = ["low", "normal", "urgent"].map(str::to_owned).to_vec();
    Vocabulary {
        case_fields: vec![
            field("priority", Type::Choice { ordered: true, values: levels }),
            field("customer.tier", Type::Text),
        ],
        events: vec![
            event("ticket.opened", vec![]),
            event("ticket.resolved", vec![field("confirmed", Type::Bool)]),
            event("ticket.closed", vec![]),
            event("refund.issued", vec![field("amount", Type::Money), field("to", Type::Role)]),
            event("promise.made", vec![field("deadline", Type::Time), field("day", Type::Date)]),
        ],
        roles: vec!["agent".into(), "team_lead".into()],
        currency: Currency::new("CNY"),
        zone: Zone::utc(),
    }
}

fn field(name: &str, kind: Type) -> Field {
    Field { name: name.into(), kind, is_touchpoint: false, optional: true, private: false }
}

fn event(name: &str, fields: Vec<Field>) -> EventKind {
    EventKind { name: name.into(), fields, stands_alone: false }
}

/// The plainest mapping: `id`, `what`, `at`, times in UTC.
const PLAIN: &str = "case: id\nevent: what\ntime: at\ntimezone: UTC\n";

fn parse(yaml: &str) -> (Sources, Result<Mapping, Vec<Diagnostic>>) {
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("mapping.yaml", yaml));
    (sources, Mapping::parse(yaml, file, &vocabulary()))
}

/// Reads files of the given names and texts.
fn try_read(yaml: &str, files: &[(&str, &[u8])]) -> Result<Log, Vec<ReadFault>> {
    let mapping = parse(yaml).1.unwrap();
    let inputs: Vec<_> = files.iter().map(|(name, bytes)| Input { name: (*name).into(), bytes }).collect();
    let told = RefCell::new(Vec::new());
    let log = read(&inputs, &mapping, &vocabulary(), &|bytes| told.borrow_mut().push(bytes));
    assert!(told.borrow().is_sorted());
    assert_eq!(told.borrow().last().copied(), Some(files.iter().map(|(_, bytes)| bytes.len() as u64).sum()));
    if let Ok(log) = &log {
        assert!(log.intake.reconciles(), "{:?}", log.intake);
    }
    log
}

fn read_csv(yaml: &str, csv: &str) -> Log {
    try_read(yaml, &[("log.csv", csv.as_bytes())]).unwrap()
}

fn read_ndjson(yaml: &str, ndjson: &str) -> Log {
    try_read(yaml, &[("log.ndjson", ndjson.as_bytes())]).unwrap()
}

/// One fault of a log that cannot be read, in words.
fn fault(yaml: &str, files: &[(&str, &[u8])]) -> String {
    let faults = try_read(yaml, files).map(|log| log.intake).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].to_string()
}

/// The events as `case event@line`, in their order.
fn story(log: &Log) -> Vec<String> {
    let name = |kind: u16| vocabulary().events[usize::from(kind)].name.clone();
    let case = |event: &super::Event| log.cases[event.case as usize].clone();
    log.events.iter().map(|event| format!("{} {}@{}", case(event), name(event.kind), event.place.line)).collect()
}
