//! The log as a table, and the mapping that reads it.

use super::plausible_values::Slot;
use super::played::case_id;
use super::timeline::Row;
use super::world::World;

use crate::calendar::{Duration, Instant, Zone};
use crate::graph::Graph;
use crate::vocabulary::{Field, Reading, Type, Value, Vocabulary};

/// The columns that every sample has.
const FIXED: [&str; 5] = ["case", "event", "time", "actor", "role"];

/// A column of the log and the fields that it carries: no event has two of them.
struct Column<'g> {
    name: String,
    kind: &'g Type,
    slots: Vec<Slot>,
    /// Whether the mapping must say whose field it is; else the name tells.
    told: bool,
}

/// The log in CSV.
pub fn csv(world: &World<'_>, rows: &[Row]) -> String {
    let vocabulary = &world.graph.vocabulary;
    let columns = columns(vocabulary);
    let mut text = String::new();
    let names = columns.iter().map(|column| column.name.clone());
    write_line(&mut text, FIXED.iter().map(|name| (*name).to_owned()).chain(names));
    for row in rows {
        let person = row.person.as_ref();
        let role = person.and_then(|person| vocabulary.roles.get(person.role?).cloned());
        let event = vocabulary.events.get(row.kind).map(|event| event.name.clone());
        let fixed = [
            case_id(row.case),
            event.unwrap_or_default(),
            local(row.time, &vocabulary.zone),
            person.map(|person| person.name.to_string()).unwrap_or_default(),
            role.unwrap_or_default(),
        ];
        let cells = columns.iter().map(|column| cell(vocabulary, column, row));
        write_line(&mut text, fixed.into_iter().chain(cells));
    }
    text
}

/// The mapping in YAML: what the names of the columns do not tell.
pub fn mapping(graph: &Graph) -> String {
    let vocabulary = &graph.vocabulary;
    let mut text = String::from("# How the columns of the sample read. A column named as its field needs no line.\n");
    text.push_str(&format!("format: csv\ntimezone: {}\n", scalar(vocabulary.zone.name())));
    for name in FIXED {
        text.push_str(&format!("{name}: {name}\n"));
    }
    let columns = columns(vocabulary);
    let mut fields = columns.iter().filter(|column| column.told).peekable();
    if fields.peek().is_some() {
        text.push_str("fields:\n");
    }
    for column in fields {
        for slot in &column.slots {
            let line = full_name(vocabulary, *slot);
            text.push_str(&format!("  {}: {}\n", scalar(&line), scalar(&column.name)));
        }
    }
    text
}

// ── Columns ─────────────────────────────────────────────────────────────────────────────────────

fn columns(vocabulary: &Vocabulary) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (index, field) in vocabulary.case_fields.iter().enumerate() {
        add(&mut columns, vocabulary, Slot::Case(index), field);
    }
    for (kind, event) in vocabulary.events.iter().enumerate() {
        for (index, field) in event.fields.iter().enumerate() {
            add(&mut columns, vocabulary, Slot::Event(kind, index), field);
        }
    }
    columns
}

/// Puts a field into the column of its name: shared with other events' fields of the same type, and
/// under its full name where the bare one speaks of something else.
fn add<'g>(columns: &mut Vec<Column<'g>>, vocabulary: &Vocabulary, slot: Slot, field: &'g Field) {
    let of_case = matches!(slot, Slot::Case(_));
    let shared = columns.iter_mut().find(|column| {
        let events_only = column.slots.iter().all(|slot| matches!(slot, Slot::Event(..)));
        !of_case && events_only && !column.told && column.name == field.name && *column.kind == field.kind
    });
    if let Some(column) = shared {
        column.slots.push(slot);
        return;
    }
    let taken = |name: &str| FIXED.contains(&name) || columns.iter().any(|column| column.name == name);
    let is_plain = !field.name.is_empty() && field.name.trim() == field.name;
    let (name, told) = match taken(&field.name) || !is_plain {
        false => (field.name.clone(), false),
        true if can_be_told(vocabulary, slot, field) => (free_name(&taken, vocabulary, slot), true),
        // A name that a mapping cannot spell: such a field stays out of the log.
        true => return,
    };
    columns.push(Column { name, kind: &field.kind, slots: vec![slot], told });
}

/// Whether a mapping can name this field: it splits `amount of refund.issued` at the first `of`.
fn can_be_told(vocabulary: &Vocabulary, slot: Slot, field: &Field) -> bool {
    let full = full_name(vocabulary, slot);
    match slot {
        Slot::Case(_) => true,
        Slot::Event(..) => !field.name.contains(" of ") && vocabulary.case_field(&full).is_none(),
    }
}

fn free_name(taken: &dyn Fn(&str) -> bool, vocabulary: &Vocabulary, slot: Slot) -> String {
    let full = full_name(vocabulary, slot).trim().to_owned();
    let mut name = full.clone();
    let mut number = 2;
    while taken(&name) {
        name = format!("{full} ({number})");
        number += 1;
    }
    name
}

/// `priority`, `amount of refund.issued`.
fn full_name(vocabulary: &Vocabulary, slot: Slot) -> String {
    match slot {
        Slot::Case(index) => vocabulary.case_fields.get(index).map(|field| field.name.clone()).unwrap_or_default(),
        Slot::Event(kind, index) => {
            let Some(event) = vocabulary.events.get(kind) else { return String::new() };
            let field = event.fields.get(index).map_or("", |field| field.name.as_str());
            format!("{field} of {}", event.name)
        }
    }
}

// ── Cells ───────────────────────────────────────────────────────────────────────────────────────

fn cell(vocabulary: &Vocabulary, column: &Column<'_>, row: &Row) -> String {
    let reading = column.slots.iter().find_map(|slot| match slot {
        Slot::Case(index) => row.case_fields.get(*index),
        Slot::Event(kind, index) if *kind == row.kind => row.fields.get(*index),
        Slot::Event(..) => None,
    });
    reading.and_then(Reading::known).map(|value| shown(vocabulary, column.kind, value)).unwrap_or_default()
}

fn shown(vocabulary: &Vocabulary, kind: &Type, value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Money(money) if Some(money.currency) == vocabulary.currency => money.amount.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Duration(span) => span.to_string(),
        Value::Time(at) => local(*at, &vocabulary.zone),
        Value::Date(date) => date.to_string(),
        Value::Role(role) => vocabulary.roles.get(*role).cloned().unwrap_or_default(),
        Value::Choice(choice) => match kind {
            Type::Choice { values, .. } => values.get(*choice).cloned().unwrap_or_default(),
            _ => String::new(),
        },
    }
}

/// Local time to the second; with its offset where it exists twice, so that it means one instant.
fn local(at: Instant, zone: &Zone) -> String {
    let local = zone.local(at);
    let text = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
    if zone.is_in_gap_or_fold(local).is_none() {
        return text;
    }
    let as_utc = Zone::utc().opening(local);
    let (sign, offset) = if as_utc < at { ('-', at.since(as_utc)) } else { ('+', as_utc.since(at)) };
    let minutes = offset.as_nanos() / Duration::from_minutes(1).as_nanos();
    format!("{text}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

fn write_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}

/// A YAML scalar: plain where that is safe, else quoted as JSON, which YAML reads.
fn scalar(text: &str) -> String {
    let starts_plain = text.chars().next().is_some_and(char::is_alphabetic);
    let is_plain = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '/' | ' ');
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_word = words.contains(&text.to_ascii_lowercase().as_str());
    if starts_plain && !is_word && !text.ends_with(' ') && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}
