//! The mapping meets a log: names of columns become cells of a row.
//!
//! Only columns that the mapping or the vocabulary asks for get a cell; nothing else is read.

use std::collections::HashMap;

use super::faults::{Header, MappingFault};
use super::mapping::{Column, Mapping, Rows, Source, Target, Unique};
use super::records::Presence;
use super::repeats::Key;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Span;
use crate::vocabulary::Vocabulary;

/// Which cell of a row is what, for one file.
pub(super) struct ColumnPlan<'m> {
    /// The columns to read, one a cell.
    pub names: Vec<String>,
    pub case: Vec<usize>,
    pub rows: RowPlan<'m>,
    pub by: Option<usize>,
    /// What identifies a row, if the mapping says so.
    pub unique: Option<Key>,
    pub actor: Option<usize>,
    pub role: Option<ColumnBinding<'m>>,
    pub case_fields: Vec<(u16, ColumnBinding<'m>)>,
    /// By kind of event, one a field.
    pub event_fields: Vec<Vec<Option<ColumnBinding<'m>>>>,
    /// For each cell, whether it fills a private field: then nothing shows what it says.
    private: Vec<bool>,
    /// The cells that the mapping names, and whether a log can do without.
    named: Vec<(usize, &'m Column, Need)>,
}

/// How a row becomes events.
pub(super) enum RowPlan<'m> {
    Named { event: Vec<usize>, time: usize },
    Timed(Vec<(usize, &'m [u16])>),
}

/// A field and the cell that fills it.
#[derive(Clone, Copy)]
pub(super) struct ColumnBinding<'m> {
    pub cell: usize,
    /// What the mapping says of it, if anything.
    pub source: Option<&'m Source>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Without it no row gives an event.
    Always,
    /// A record may leave it out, where records have no header.
    Perhaps,
}

impl<'m> ColumnPlan<'m> {
    /// Finds the columns; `header` is `None` for a log whose records name their own members.
    ///
    /// # Errors
    ///
    /// Columns that the mapping names and the header lacks, or has twice.
    pub fn new(
        mapping: &'m Mapping,
        vocabulary: &Vocabulary,
        header: Option<&[String]>,
        input: &str,
    ) -> Result<ColumnPlan<'m>, Vec<Diagnostic>> {
        let hidden = |header: &[String]| hides_values(header, mapping, vocabulary);
        let hidden = header.is_some_and(hidden);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in header.unwrap_or_default() {
            *counts.entry(name).or_default() += 1;
        }
        let (names, cells, named, faults) = (Vec::new(), HashMap::new(), Vec::new(), Vec::new());
        let mut finder = Finder { header, hidden, input, mapping, names, cells, counts, named, faults };
        let case = finder.columns(&mapping.case);
        let rows = match &mapping.rows {
            Rows::Named { event, time, .. } => {
                RowPlan::Named { event: finder.columns(event), time: finder.column(time, Need::Always) }
            }
            Rows::Timed(times) => {
                let timed =
                    times.iter().map(|(column, kinds)| (finder.column(column, Need::Perhaps), kinds.as_slice()));
                RowPlan::Timed(timed.collect())
            }
        };
        let by = mapping.snapshots.as_ref().map(|column| finder.column(column, Need::Always));
        let unique = mapping.unique.as_ref().map(|unique| match unique {
            Unique::Row => Key::Row,
            Unique::Columns(columns) => Key::Cells(finder.columns(columns)),
        });
        let actor = mapping.actor.as_ref().map(|column| finder.column(column, Need::Perhaps));
        let role = mapping.role.as_ref().map(|source| finder.source(source));
        let case_fields = (0u16..)
            .zip(&vocabulary.case_fields)
            .filter_map(|(index, field)| Some((index, finder.field(Target::Case(index), &field.name)?)))
            .collect();
        let event_fields = (0u16..)
            .zip(&vocabulary.events)
            .map(|(kind, event)| {
                let fields = (0u16..).zip(&event.fields);
                fields
                    .map(|(index, field)| {
                        let of_case = vocabulary.case_fields.iter().find(|known| known.name == field.name);
                        match of_case {
                            // A column of that name speaks of the case; an event that means something else
                            // by it needs a line of its own.
                            Some(known) if known.kind != field.kind => finder.mapped(Target::Event(kind, index)),
                            _ => finder.field(Target::Event(kind, index), &field.name),
                        }
                    })
                    .collect()
            })
            .collect();
        if !finder.faults.is_empty() {
            return Err(finder.faults);
        }
        let (names, named) = (finder.names, finder.named);
        let private = vec![false; names.len()];
        let plan = ColumnPlan { private, names, case, rows, by, unique, actor, role, case_fields, event_fields, named };
        plan.with_privacy(vocabulary, mapping)
    }

    /// Finds the cells that are private.
    ///
    /// # Errors
    ///
    /// Private cells that a report could not do without showing: of a time, a role, or a field that is not private.
    fn with_privacy(mut self, vocabulary: &Vocabulary, mapping: &Mapping) -> Result<Self, Vec<Diagnostic>> {
        let is_private = |target: &Target| target.field(vocabulary).is_some_and(|field| field.private);
        let (private, shown): (Vec<_>, Vec<_>) = self.targets().partition(|(target, _)| is_private(target));
        let mut faults = Vec::new();
        for (target, cell) in private {
            if let Some(private) = self.private.get_mut(cell) {
                *private = true;
            }
            let fields = shown.iter().filter(|(other, filled)| *filled == cell && target.shares_rows_with(*other));
            let fields = fields.map(|(other, _)| format!("the field `{}`", other.name(vocabulary)));
            let all: Vec<String> = self.printed_as(cell).map(str::to_owned).into_iter().chain(fields).collect();
            for shown_as in all {
                let (column, field) = (self.name(cell).to_owned(), target.name(vocabulary));
                let fault = MappingFault::PrivateColumn { column, field, shown_as };
                faults.push(Diagnostic::new(fault, self.place(cell).unwrap_or(mapping.span)));
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }

    /// As what a report prints the cell of every row, if it does.
    fn printed_as(&self, cell: usize) -> Option<&'static str> {
        let is_time = match &self.rows {
            RowPlan::Named { time, .. } => *time == cell,
            RowPlan::Timed(times) => times.iter().any(|(time, _)| *time == cell),
        };
        let is_role = self.role.is_some_and(|role| role.cell == cell);
        if is_time { Some("the time of events") } else { is_role.then_some("the role of who acted") }
    }

    /// Whether a cell fills a private field.
    pub fn is_private(&self, cell: usize) -> bool {
        self.private.get(cell).copied().unwrap_or_default()
    }

    /// Whether the names of cases are private.
    pub fn hides_cases(&self) -> bool {
        self.case.iter().any(|cell| self.is_private(*cell))
    }

    /// Whether the names of people are private.
    pub fn hides_actors(&self) -> bool {
        self.actor.is_some_and(|cell| self.is_private(cell))
    }

    /// The name of the column of a cell.
    pub fn name(&self, cell: usize) -> &str {
        self.names.get(cell).map_or("", String::as_str)
    }

    /// Where the mapping names the column of a cell, if it does.
    pub fn place(&self, cell: usize) -> Option<Span> {
        self.named.iter().find(|(named, ..)| *named == cell).map(|(_, column, _)| column.span)
    }

    /// The fields that some column fills.
    pub fn targets(&self) -> impl Iterator<Item = (Target, usize)> {
        let case = self.case_fields.iter().map(|(field, filled)| (Target::Case(*field), filled.cell));
        let events = (0u16..).zip(&self.event_fields).flat_map(|(kind, fields)| {
            let fields = (0u16..).zip(fields);
            fields.filter_map(move |(field, filled)| Some((Target::Event(kind, field), filled.as_ref()?.cell)))
        });
        case.chain(events)
    }

    /// Columns that no record has, though no event can do without them.
    pub fn lacking(&self, presence: &Presence<'_>, input: &str, hidden: bool) -> Vec<Diagnostic> {
        let lacking = self.absent(presence).filter(|(_, need)| *need == Need::Always);
        lacking.map(|(column, _)| missing(column, presence.names, input, hidden)).collect()
    }

    /// Columns that the mapping names and no record has.
    pub fn never_seen(&self, presence: &Presence<'_>) -> impl Iterator<Item = &'m str> {
        self.absent(presence).map(|(column, _)| column.node.as_str())
    }

    fn absent(&self, presence: &Presence<'_>) -> impl Iterator<Item = (&'m Column, Need)> {
        let seen = |cell: &usize| presence.seen.get(*cell).copied().unwrap_or_default();
        let absent = self.named.iter().filter(move |(cell, ..)| !seen(cell));
        absent.map(|(_, column, need)| (*column, *need))
    }
}

/// Gives cells to columns.
struct Finder<'m, 'h> {
    header: Option<&'h [String]>,
    /// Whether the header may hold values that nobody may see.
    hidden: bool,
    input: &'h str,
    mapping: &'m Mapping,
    names: Vec<String>,
    /// The cells by the names of their columns.
    cells: HashMap<String, usize>,
    /// How often each name stands in the header.
    counts: HashMap<&'h str, usize>,
    named: Vec<(usize, &'m Column, Need)>,
    faults: Vec<Diagnostic>,
}

impl<'m> Finder<'m, '_> {
    fn columns(&mut self, columns: &'m [Column]) -> Vec<usize> {
        columns.iter().map(|column| self.column(column, Need::Always)).collect()
    }

    /// The cell of a column that the mapping names.
    fn column(&mut self, column: &'m Column, need: Need) -> usize {
        if let Some(header) = self.header
            && !self.counts.contains_key(column.node.as_str())
        {
            self.faults.push(missing(column, header, self.input, self.hidden));
        }
        let cell = self.cell(&column.node, column.span);
        self.named.push((cell, column, need));
        cell
    }

    fn source(&mut self, source: &'m Source) -> ColumnBinding<'m> {
        ColumnBinding { cell: self.column(&source.column, Need::Perhaps), source: Some(source) }
    }

    /// The cell of a field: of the column that the mapping gives it, or of the one that has its name.
    fn field(&mut self, target: Target, name: &str) -> Option<ColumnBinding<'m>> {
        self.mapped(target).or_else(|| {
            let present = self.header.is_none() || self.counts.contains_key(name);
            present.then(|| ColumnBinding { cell: self.cell(name, self.mapping.span), source: None })
        })
    }

    fn mapped(&mut self, target: Target) -> Option<ColumnBinding<'m>> {
        let mapping = self.mapping;
        mapping.fields.get(&target).map(|source| self.source(source))
    }

    fn cell(&mut self, name: &str, span: Span) -> usize {
        if let Some(cell) = self.cells.get(name) {
            return *cell;
        }
        let count = self.counts.get(name).copied().unwrap_or_default();
        if count > 1 {
            let (column, input) = (name.to_owned(), self.input.to_owned());
            self.faults.push(Diagnostic::new(MappingFault::AmbiguousColumn { column, input, count }, span));
        }
        let cell = self.names.len();
        self.cells.insert(name.to_owned(), cell);
        self.names.push(name.to_owned());
        cell
    }
}

/// Whether a header may be a row of values that nobody may see: where fields are private, a header shows that it is
/// one by a column that the mapping names.
pub(super) fn hides_values(header: &[String], mapping: &Mapping, vocabulary: &Vocabulary) -> bool {
    let own = vocabulary.events.iter().flat_map(|event| &event.fields);
    let any_private = vocabulary.case_fields.iter().chain(own).any(|field| field.private);
    any_private && !mapping.columns().any(|column| header.contains(&column.node))
}

fn missing(column: &Column, header: &[String], input: &str, hidden: bool) -> Diagnostic {
    let meant = did_you_mean(column, header.iter().map(String::as_str)).filter(|_| !hidden).map(str::to_owned);
    let (name, input, header) = (column.node.clone(), input.to_owned(), Header::of(header, hidden));
    Diagnostic::new(MappingFault::MissingColumn { column: name, input, header, meant }, column.span)
}
