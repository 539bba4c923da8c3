//! What a mapping says: which column is what, and which names in the log mean which words of the
//! standards.
//!
//! A [`Mapping`] is complete and consistent with its vocabulary by construction; only the columns
//! are still names, because one mapping may serve many files.

mod parse;
mod section;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Format;
use super::date_order::DateOrder;
use super::time::{TimeFormat, TimeReader};
use super::yaml::Node;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span, Spanned};
use crate::vocabulary::{Field, Reading, Type, Value, Vocabulary};

/// A mapping from the columns of a log to the words of the standards. `grammar/mapping.md` has all its keys, and what
/// comes of logs that are not as they should be.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Where it is written.
    pub(super) span: Span,
    pub(super) format: Option<Format>,
    pub(super) delimiter: Option<u8>,
    pub(super) clock: TimeReader,
    /// Cells that mean that there is nothing.
    pub(super) missing: BTreeSet<String>,
    pub(super) case: Vec<Column>,
    pub(super) rows: Rows,
    pub(super) actor: Option<Column>,
    pub(super) role: Option<Source>,
    pub(super) fields: BTreeMap<Target, Source>,
    /// The column that tells which snapshot of a case is the last.
    pub(super) snapshots: Option<Column>,
    /// What identifies a row.
    pub(super) unique: Option<Unique>,
    /// Kinds of events in the order in which they come when they tie.
    pub(super) ties: Vec<u16>,
}

/// A column, by the name that the mapping gives.
pub(super) type Column = Spanned<String>;

/// What identifies a row.
#[derive(Clone, Debug)]
pub(super) enum Unique {
    /// All its cells.
    Row,
    /// The cells of these columns.
    Columns(Vec<Column>),
}

/// How a row becomes events.
#[derive(Clone, Debug)]
pub(super) enum Rows {
    /// A row is one happening: its name and its time.
    Named {
        /// The columns whose contents make the name.
        event: Vec<Column>,
        /// The column of the time.
        time: Column,
        /// What the names mean.
        meanings: HashMap<String, Meaning>,
    },
    /// A row holds several times, each an event of its own.
    Timed(Vec<(Column, Vec<u16>)>),
}

/// What the name of an event in the log means.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Meaning {
    /// These kinds of events, in this order.
    Events(Vec<u16>),
    /// Nothing, on purpose.
    Ignored,
}

/// The field that a column fills.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Target {
    /// A field of the case.
    Case(u16),
    /// A field of a kind of event.
    Event(u16, u16),
}

/// A column and how its cells read.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub column: Column,
    /// What certain cells mean.
    pub values: HashMap<String, Value>,
    /// Formats of its own for times and dates.
    pub formats: Option<Vec<TimeFormat>>,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    ///
    /// All faults of the file at once, each on its line.
    pub fn parse(text: &str, file: FileId, vocabulary: &Vocabulary) -> Result<Mapping, Vec<Diagnostic>> {
        let node = Node::parse(text, file)?;
        Mapping::from_node(&node, vocabulary)
    }

    /// The columns that it names.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        let of_rows: Vec<&Column> = match &self.rows {
            Rows::Named { event, time, .. } => event.iter().chain([time]).collect(),
            Rows::Timed(times) => times.iter().map(|(column, _)| column).collect(),
        };
        let sources = self.role.iter().chain(self.fields.values()).map(|source| &source.column);
        self.case.iter().chain(of_rows).chain(&self.actor).chain(&self.snapshots).chain(sources)
    }

    /// Whether the formats of a column's times leave it open whether the day or the month comes first.
    pub(super) fn has_both_orders(&self, column: &str) -> bool {
        let own = self.fields.values().filter(|source| source.column.node == column);
        let own = own.filter_map(|source| source.formats.as_deref());
        let has = |formats: &[TimeFormat], order| formats.iter().any(|format| format.order() == Some(order));
        let open = |formats: &[TimeFormat]| has(formats, DateOrder::DayFirst) && has(formats, DateOrder::MonthFirst);
        own.chain([self.clock.formats.as_slice()]).any(open)
    }

    /// Reads a mapping that is part of a YAML file, such as `log:` in a project's `mot.yaml`.
    ///
    /// # Errors
    ///
    /// All faults of the mapping at once, each on its line.
    pub fn from_node(node: &Node, vocabulary: &Vocabulary) -> Result<Mapping, Vec<Diagnostic>> {
        parse::mapping(node, vocabulary)
    }
}

impl Target {
    /// Whether one row can fill both.
    pub fn shares_rows_with(self, other: Target) -> bool {
        match (self, other) {
            (Target::Event(kind, _), Target::Event(other, _)) => kind == other,
            _ => true,
        }
    }

    /// The field in the vocabulary.
    pub fn field(self, vocabulary: &Vocabulary) -> Option<&Field> {
        match self {
            Target::Case(field) => vocabulary.case_fields.get(usize::from(field)),
            Target::Event(kind, field) => vocabulary.events.get(usize::from(kind))?.fields.get(usize::from(field)),
        }
    }

    /// The field as the language names it: `priority`, `amount of refund.issued`.
    pub fn name(self, vocabulary: &Vocabulary) -> String {
        let field = self.field(vocabulary).map_or("", |field| field.name.as_str());
        match self {
            Target::Case(_) => field.to_owned(),
            Target::Event(kind, _) => {
                let event = vocabulary.events.get(usize::from(kind)).map_or("", |event| event.name.as_str());
                format!("{field} of {event}")
            }
        }
    }
}

/// Reads `text` as a value of type `kind`, but for times: those need formats and a zone.
pub(super) fn reading(text: &str, kind: &Type, vocabulary: &Vocabulary) -> Reading {
    match kind {
        Type::Role => {
            let role = vocabulary.roles.iter().position(|role| role == text);
            role.map_or_else(|| Reading::Malformed(text.into()), |role| Reading::Known(Value::Role(role)))
        }
        _ => Reading::parse(text, kind, vocabulary.currency),
    }
}
