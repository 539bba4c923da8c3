//! YAML → mapping. Every fault is collected; a part that is wrong does not hide the faults of the next.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::section::{Faults, Section, text, texts};
use super::{Column, Mapping, Meaning, Rows, Source, Target, Unique, reading};

use crate::calendar::Zone;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::log::Format;
use crate::log::faults::MappingFault;
use crate::log::formats;
use crate::log::time::{TimeFormat, TimeReader};
use crate::log::yaml::Node;
use crate::source::{Span, Spanned};
use crate::vocabulary::{Type, Value, Vocabulary};

const KEYS: [&str; 17] = [
    "format",
    "delimiter",
    "timezone",
    "time_format",
    "missing",
    "case",
    "event",
    "time",
    "actor",
    "role",
    "events",
    "ignore",
    "fields",
    "times",
    "snapshots",
    "unique",
    "ties",
];

const COLUMN: &str = "the name of a column";
const COLUMNS: &str = "the name of a column, or a list of columns";
const EVENTS: &str = "the name of an event, or a list of events";

/// Reads the mapping that `node` holds.
pub(super) fn mapping(node: &Node, vocabulary: &Vocabulary) -> Result<Mapping, Vec<Diagnostic>> {
    let mut parser = Parser { vocabulary, faults: Faults::default() };
    let mapping = parser.mapping(node);
    match mapping {
        Some(mapping) if parser.faults.is_empty() => Ok(mapping),
        _ => Err(parser.faults.into_sorted()),
    }
}

struct Parser<'a> {
    vocabulary: &'a Vocabulary,
    faults: Faults,
}

impl Parser<'_> {
    fn mapping(&mut self, node: &Node) -> Option<Mapping> {
        let section = Section::of(node, &KEYS, "a mapping: keys and values", &mut self.faults)?;
        let zone = section.get("timezone").and_then(|node| self.zone(node));
        let formats = section.get("time_format").and_then(|node| self.time_formats(node));
        let missing =
            section.get("missing").and_then(|node| texts(node, "a text, or a list of texts", &mut self.faults));
        // Every part is read before the first `?`, so that no fault hides another.
        let case = section.need("case", "case: number", &mut self.faults);
        let case = case.and_then(|node| texts(node, COLUMNS, &mut self.faults));
        let (format, delimiter) = (self.format(&section), self.delimiter(&section));
        let (actor, role) = (self.column(section.get("actor")), self.role(&section));
        let (fields, snapshots, ties) = (self.fields(&section), self.snapshots(&section), self.ties(&section));
        let (unique, rows) = (self.unique(&section), self.rows(&section));
        Some(Mapping {
            span: section.span,
            format,
            delimiter,
            clock: TimeReader { zone, formats: formats.unwrap_or_else(|| vec![TimeFormat::Iso]) },
            missing: missing.unwrap_or_default().into_iter().map(|text| text.node).collect::<BTreeSet<_>>(),
            case: case?,
            rows: rows?,
            actor,
            role,
            fields,
            snapshots,
            unique,
            ties,
        })
    }

    fn format(&mut self, section: &Section<'_>) -> Option<Format> {
        static NAMES: LazyLock<String> = LazyLock::new(|| formats::named(""));
        let format = text(section.get("format")?, &NAMES, &mut self.faults)?;
        let known = formats::find(&format);
        if known.is_none() {
            self.faults.add(MappingFault::UnknownFormat { format: format.node.clone() }, format.span);
        }
        known
    }

    fn delimiter(&mut self, section: &Section<'_>) -> Option<u8> {
        let delimiter = text(section.get("delimiter")?, "one character", &mut self.faults)?;
        match delimiter.as_bytes() {
            [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) => Some(*byte),
            _ => {
                self.faults.add(MappingFault::Delimiter { delimiter: delimiter.node.clone() }, delimiter.span);
                None
            }
        }
    }

    fn zone(&mut self, node: &Node) -> Option<Zone> {
        let name = text(node, "the name of a time zone", &mut self.faults)?;
        let zone = Zone::named(&name).ok();
        if zone.is_none() {
            let meant = did_you_mean(&name, Zone::names()).map(str::to_owned);
            self.faults.add(MappingFault::UnknownZone { zone: name.node, meant }, name.span);
        }
        zone
    }

    fn time_formats(&mut self, node: &Node) -> Option<Vec<TimeFormat>> {
        let formats = texts(node, "a time format, or a list of time formats", &mut self.faults)?;
        let mut read: Vec<(TimeFormat, Span)> = Vec::new();
        for format in formats {
            let span = format.span;
            let (text, Some(format)) = (format.node.clone(), self.time_format(format)) else { continue };
            match read.iter().find(|(other, _)| *other == format) {
                Some((_, first)) => {
                    let fault = MappingFault::NeverTried { format: text };
                    self.faults.push(Diagnostic::new(fault, span).against(*first));
                }
                None => read.push((format, span)),
            }
        }
        Some(told_apart(read.into_iter().map(|(format, _)| format).collect()))
    }

    fn time_format(&mut self, format: Spanned<String>) -> Option<TimeFormat> {
        match TimeFormat::parse(&format) {
            Ok(format) => Some(format),
            Err(why) => {
                self.faults.add(MappingFault::TimeFormat { format: format.node, why }, format.span);
                None
            }
        }
    }

    fn column(&mut self, node: Option<&Node>) -> Option<Column> {
        text(node?, COLUMN, &mut self.faults)
    }

    fn snapshots(&mut self, section: &Section<'_>) -> Option<Column> {
        let wanted = "`{by: COLUMN}`";
        let snapshots = Section::of(section.get("snapshots")?, &["by"], wanted, &mut self.faults)?;
        let by = snapshots.need("by", "by: sys_updated_at", &mut self.faults);
        self.column(by)
    }

    /// `row` alone is all columns; a column of that name stands in a list.
    fn unique(&mut self, section: &Section<'_>) -> Option<Unique> {
        let node = section.get("unique")?;
        if node.text().is_some_and(|text| text.node == "row") {
            return Some(Unique::Row);
        }
        texts(node, "the name of a column, a list of columns, or `row`", &mut self.faults).map(Unique::Columns)
    }

    fn ties(&mut self, section: &Section<'_>) -> Vec<u16> {
        section.get("ties").and_then(|node| self.events(node)).unwrap_or_default()
    }

    // ── Events ──

    fn rows(&mut self, section: &Section<'_>) -> Option<Rows> {
        let Some((times, node)) = section.entry("times") else { return self.named_rows(section) };
        for other in ["event", "time", "events", "ignore"] {
            if let Some((key, _)) = section.entry(other) {
                let fault = MappingFault::TwoWays { key: key.node.clone(), other: "times".to_owned() };
                self.faults.push(Diagnostic::new(fault, key.span).against(times.span));
            }
        }
        let section = Section::open(node, "columns and their events", &mut self.faults)?;
        let columns = section.entries().filter_map(|(column, events)| Some((column.clone(), self.events(events)?)));
        Some(Rows::Timed(columns.collect()))
    }

    fn named_rows(&mut self, section: &Section<'_>) -> Option<Rows> {
        let event = section.need("event", "event: activity", &mut self.faults);
        let event = event.and_then(|node| texts(node, COLUMNS, &mut self.faults));
        let time = section.need("time", "time: timestamp", &mut self.faults);
        let time = self.column(time);
        let meanings = self.meanings(section);
        Some(Rows::Named { event: event?, time: time?, meanings })
    }

    /// What names mean: the standards' own names mean themselves unless the mapping says otherwise.
    fn meanings(&mut self, section: &Section<'_>) -> HashMap<String, Meaning> {
        let names = (0u16..).zip(&self.vocabulary.events);
        let mut meanings: HashMap<_, _> =
            names.map(|(kind, event)| (event.name.clone(), Meaning::Events(vec![kind]))).collect();
        let named = section.get("events");
        let named = named.and_then(|node| Section::open(node, "names in the log and their events", &mut self.faults));
        if let Some(named) = &named {
            for (name, node) in named.entries() {
                meanings.extend(self.events(node).map(|kinds| (name.node.clone(), Meaning::Events(kinds))));
            }
        }
        let ignored = section.get("ignore");
        let ignored = ignored.and_then(|node| texts(node, "a name in the log, or a list of names", &mut self.faults));
        for name in ignored.unwrap_or_default() {
            if let Some((key, _)) = named.as_ref().and_then(|named| named.entry(&name)) {
                let fault = MappingFault::TwoWays { key: name.node.clone(), other: format!("events: {}", key.node) };
                self.faults.push(Diagnostic::new(fault, name.span).against(key.span));
            }
            meanings.insert(name.node, Meaning::Ignored);
        }
        meanings
    }

    fn events(&mut self, node: &Node) -> Option<Vec<u16>> {
        let names = texts(node, EVENTS, &mut self.faults)?;
        Some(names.into_iter().filter_map(|name| self.event(name)).collect())
    }

    fn event(&mut self, name: Spanned<String>) -> Option<u16> {
        let kind = self.vocabulary.event(&name).and_then(|kind| u16::try_from(kind).ok());
        if kind.is_none() {
            let known = self.vocabulary.events.iter().map(|event| event.name.as_str());
            let meant = did_you_mean(&name, known).map(str::to_owned);
            self.faults.add(MappingFault::UnknownEvent { event: name.node, meant }, name.span);
        }
        kind
    }

    // ── Fields ──

    fn role(&mut self, section: &Section<'_>) -> Option<Source> {
        self.source(section.get("role")?, &Type::Role)
    }

    fn fields(&mut self, section: &Section<'_>) -> BTreeMap<Target, Source> {
        let mut fields = BTreeMap::new();
        let Some(node) = section.get("fields") else { return fields };
        let Some(section) = Section::open(node, "fields and their columns", &mut self.faults) else { return fields };
        for (name, node) in section.entries() {
            let (targets, specific) = self.targets(name);
            for target in targets {
                let Some(field) = target.field(self.vocabulary) else { continue };
                let Some(source) = self.source(node, &field.kind) else { continue };
                // `amount of refund.issued` goes before `amount`, in whatever order they stand.
                if specific || !fields.contains_key(&target) {
                    fields.insert(target, source);
                }
            }
        }
        fields
    }

    /// The fields called `name`, and whether it names one event's own.
    fn targets(&mut self, name: &Spanned<String>) -> (Vec<Target>, bool) {
        if let Some(field) = self.vocabulary.case_field(name).and_then(|field| u16::try_from(field).ok()) {
            return (vec![Target::Case(field)], false);
        }
        let (field, event) =
            name.split_once(" of ").map_or((name.as_str(), None), |(field, event)| (field, Some(event)));
        let targets: Vec<Target> = (0u16..)
            .zip(&self.vocabulary.events)
            .filter(|(_, kind)| event.is_none_or(|event| kind.name == event))
            .filter_map(|(index, kind)| Some(Target::Event(index, u16::try_from(kind.field(field)?).ok()?)))
            .collect();
        if targets.is_empty() {
            let fault = MappingFault::UnknownField { field: name.node.clone(), meant: self.field_meant(name) };
            self.faults.add(fault, name.span);
        }
        (targets, event.is_some())
    }

    fn field_meant(&self, name: &str) -> Option<String> {
        let case = (0u16..).zip(&self.vocabulary.case_fields).map(|(field, _)| Target::Case(field));
        let events = (0u16..).zip(&self.vocabulary.events);
        let own = events.flat_map(|(kind, event)| (0u16..).zip(&event.fields).map(move |(field, _)| (kind, field)));
        let own: Vec<Target> = own.map(|(kind, field)| Target::Event(kind, field)).collect();
        let bare = own.iter().filter_map(|target| target.field(self.vocabulary)).map(|field| field.name.clone());
        let full = case.chain(own.iter().copied()).map(|target| target.name(self.vocabulary));
        let known: Vec<String> = full.chain(bare).collect();
        did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned)
    }

    /// A column's name, or `{column: …, values: …, time_format: …}`.
    fn source(&mut self, node: &Node, kind: &Type) -> Option<Source> {
        if node.text().is_some() {
            let column = text(node, COLUMN, &mut self.faults)?;
            return Some(Source { column, values: HashMap::new(), formats: None });
        }
        let wanted = "the name of a column, or `{column: …, values: …}`";
        let section = Section::of(node, &["column", "values", "time_format"], wanted, &mut self.faults)?;
        let column = section.need("column", "column: priority", &mut self.faults);
        let column = self.column(column);
        let values = section.get("values").map(|node| self.values(node, kind)).unwrap_or_default();
        let formats = section.get("time_format").and_then(|node| self.own_time_formats(node, kind));
        Some(Source { column: column?, values, formats })
    }

    fn own_time_formats(&mut self, node: &Node, kind: &Type) -> Option<Vec<TimeFormat>> {
        if !matches!(kind, Type::Time | Type::Date) {
            self.faults.add(MappingFault::TimeFormatOf { kind: kind.spelling() }, node.span);
            return None;
        }
        self.time_formats(node)
    }

    fn values(&mut self, node: &Node, kind: &Type) -> HashMap<String, Value> {
        let wanted = "cells of the log and their values";
        let Some(section) = Section::open(node, wanted, &mut self.faults) else { return HashMap::new() };
        section.entries().filter_map(|(cell, node)| Some((cell.node.clone(), self.value(node, kind)?))).collect()
    }

    fn value(&mut self, node: &Node, kind: &Type) -> Option<Value> {
        let spelled = text(node, "a value", &mut self.faults)?;
        let value = reading(&spelled, kind, self.vocabulary).known().cloned();
        if value.is_none() {
            let meant = did_you_mean(&spelled, self.names_of(kind)).map(str::to_owned);
            let fault = MappingFault::UnknownValue { value: spelled.node, kind: kind.spelling(), meant };
            self.faults.add(fault, spelled.span);
        }
        value
    }

    /// The names that a value of that type can have, where it has names.
    fn names_of<'a>(&'a self, kind: &'a Type) -> impl Iterator<Item = &'a str> {
        let names: &[String] = match kind {
            Type::Choice { values, .. } => values,
            Type::Role => &self.vocabulary.roles,
            _ => &[],
        };
        names.iter().map(String::as_str)
    }
}

/// The formats as they are tried: of a number, either epoch reads anything, so that the second would never be tried;
/// together they are told apart by its size.
fn told_apart(mut formats: Vec<TimeFormat>) -> Vec<TimeFormat> {
    let is_epoch = |format: &TimeFormat| matches!(format, TimeFormat::EpochSeconds | TimeFormat::EpochMilliseconds);
    if formats.iter().filter(|format| is_epoch(format)).count() < 2 {
        return formats;
    }
    if let Some(first) = formats.iter_mut().find(|format| is_epoch(format)) {
        *first = TimeFormat::Epoch;
    }
    formats.retain(|format| !is_epoch(format));
    formats
}
