//! Rows → events, and the account of what became of each row.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::cells::{Cells, NoEvent, case_name, join};
use super::column_times::DateOrders;
use super::columns::{ColumnBinding, ColumnPlan, RowPlan};
use super::date_order::Hint;
use super::faults::MappingFault;
use super::intake::{ImportSummary, Reason, SetAside};
use super::mapping::{Mapping, Meaning, Rows, Target, reading};
use super::masks::MASK;
use super::records::{At, Row, shorten};
use super::time::{TimeFormat, TimeReading, read_date};
use super::unreadable::{ANY_TIME, Neighbours};
use super::{Event, Place, RowCase, UnreadableRow};

use crate::calendar::Instant;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::vocabulary::{Reading, Type, Value, Vocabulary};

/// Makes events of rows.
pub(super) struct RowReader<'a> {
    mapping: &'a Mapping,
    vocabulary: &'a Vocabulary,
    pub intake: ImportSummary,
    pub events: Vec<Event>,
    /// What may have happened beside them; the case by its number here.
    pub unreadable: Vec<UnreadableRow>,
    /// Those of them that are cut short, by their index, and the cases that they seem to name.
    cut_short: Vec<CutRow>,
    /// Cases in the order in which they were met.
    pub cases: Vec<Arc<str>>,
    case_numbers: HashMap<Arc<str>, u32>,
    actors: HashSet<Arc<str>>,
    shows_private: bool,
    neighbours: Neighbours,
    last_in_case: HashMap<u32, Instant>,
    zoneless: BTreeMap<(Span, String), Zoneless>,
    /// What times say of the formats that they are read in.
    pub date_orders: DateOrders,
}

/// Local times of one column that name no zone.
struct Zoneless {
    count: u64,
    first: At,
    /// What the first says; nothing if the column carries a private field.
    example: Option<String>,
}

/// A row that is cut short, or whose cells cannot be told apart from one on.
struct CutRow {
    /// Its number among the rows that cannot be read.
    index: usize,
    /// The case that it seems to name.
    case: Option<String>,
    /// The time that it seems to say.
    time: Option<Instant>,
}

impl<'a> RowReader<'a> {
    pub fn new(mapping: &'a Mapping, vocabulary: &'a Vocabulary) -> Self {
        let own = vocabulary.events.iter().flat_map(|event| &event.fields);
        let shows_private = vocabulary.case_fields.iter().chain(own).any(|field| field.private);
        Self {
            mapping,
            vocabulary,
            intake: ImportSummary::default(),
            events: Vec::new(),
            unreadable: Vec::new(),
            cut_short: Vec::new(),
            cases: Vec::new(),
            case_numbers: HashMap::new(),
            actors: HashSet::new(),
            shows_private,
            neighbours: Neighbours::default(),
            last_in_case: HashMap::new(),
            zoneless: BTreeMap::new(),
            date_orders: DateOrders::default(),
        }
    }

    /// Begins a file: the order of rows is a matter of one file.
    pub fn begin_file(&mut self) {
        self.last_in_case.clear();
    }

    /// Ends a file: all its rows are known.
    pub fn end_file(&mut self) {
        self.neighbours.end_file(&mut self.unreadable);
    }

    /// The row as the account may show it.
    pub fn excerpt(&self, raw: &[u8]) -> Option<String> {
        (!self.shows_private).then(|| shorten(raw))
    }

    /// Makes the events of a row, and accounts for it.
    pub fn settle(&mut self, plan: &ColumnPlan<'_>, at: At, row: &Row, text: impl FnOnce(&Self) -> Option<String>) {
        match self.make_events(Cells { plan, row, at, missing: &self.mapping.missing }) {
            Ok(()) => self.intake.rows_mapped += 1,
            Err(NoEvent::Aside(reason)) => {
                let text = text(self);
                self.may_have_happened(Cells { plan, row, at, missing: &self.mapping.missing });
                self.set_aside(at, reason, text);
            }
            Err(NoEvent::Ignored(name)) => *self.intake.ignored.entry(name).or_default() += 1,
            Err(NoEvent::Unknown(name)) => {
                self.intake.unknown_events.entry(name).or_default().again(at.source, at.line);
            }
            Err(NoEvent::WithoutTime) => self.intake.rows_without_time += 1,
        }
    }

    /// A record of which nothing can be read, but perhaps the case that one names which is cut short.
    pub fn set_aside_whole(&mut self, plan: &ColumnPlan<'_>, at: At, row: &Row, reason: Reason, text: Option<String>) {
        let between = self.neighbours.wait(self.unreadable.len());
        let place = Place { source: at.source, line: at.line, position: 0 };
        let cells = Cells { plan, row, at, missing: &self.mapping.missing };
        if row.is_cut {
            let time = match &plan.rows {
                RowPlan::Named { time, .. } => {
                    cells.get(*time).and_then(|text| self.mapping.clock.read(text).0.instant())
                }
                RowPlan::Timed(_) => None,
            };
            self.cut_short.push(CutRow { index: self.unreadable.len(), case: case_name(cells).ok(), time });
        }
        let case = RowCase::Unknown;
        self.unreadable.push(UnreadableRow::of_anything(place, case, between));
        self.set_aside(at, reason, text);
    }

    /// A snapshot that cannot be read may have told anything of its case.
    pub fn set_aside_snapshot(
        &mut self,
        plan: &ColumnPlan<'_>,
        at: At,
        row: &Row,
        reason: Reason,
        text: Option<String>,
    ) {
        let case = self.case(Cells { plan, row, at, missing: &self.mapping.missing });
        let case = case.map_or(RowCase::Unknown, RowCase::Known);
        let place = Place { source: at.source, line: at.line, position: 0 };
        let between = ANY_TIME;
        self.unreadable.push(UnreadableRow::of_anything(place, case, between));
        self.set_aside(at, reason, text);
    }

    /// Accounts for a row that cannot be used.
    pub fn set_aside(&mut self, at: At, reason: Reason, text: Option<String>) {
        self.intake.set_aside.push(SetAside { source: at.source, line: at.line, reason, text });
    }

    /// The case of a snapshot and the time that it was taken.
    pub fn snapshot(&mut self, plan: &ColumnPlan<'_>, by: usize, at: At, row: &Row) -> Result<(u32, Instant), Reason> {
        let cells = Cells { plan, row, at, missing: &self.mapping.missing };
        let case = self.case(cells)?;
        let time = self.time(cells, by)?.ok_or_else(|| Reason::NoTime { column: plan.name(by).to_owned() })?;
        self.note_order(case, time);
        Ok((case, time))
    }

    /// Times that named no zone where the mapping names none either.
    pub fn zone_faults(&self) -> Vec<Diagnostic> {
        let faults = self.zoneless.iter().map(|((span, column), zoneless)| {
            let input = self.intake.sources.get(usize::from(zoneless.first.source));
            let fault = MappingFault::NoTimezone {
                column: column.clone(),
                input: input.map_or_else(String::new, |input| input.name.clone()),
                count: zoneless.count,
                example: zoneless.example.clone(),
                line: zoneless.first.line,
            };
            Diagnostic::new(fault, *span)
        });
        faults.collect()
    }

    fn make_events(&mut self, cells: Cells<'_, '_>) -> Result<(), NoEvent> {
        let happenings = self.happenings(cells)?;
        let case = match self.case(cells) {
            Err(Reason::NoCase) if self.stand_alone(&happenings) => Event::NO_CASE,
            case => case?,
        };
        if let (Rows::Named { .. }, None, Some((time, _))) =
            (&self.mapping.rows, &self.mapping.snapshots, happenings.first())
        {
            self.note_order(case, *time);
        }
        let actor = self.actor_of(cells);
        let role = cells.plan.role.map_or(Reading::Missing, |role| self.role(cells, role));
        let case_fields = self.case_fields(cells);
        for (position, (time, kind)) in (0u16..).zip(happenings) {
            let fields = self.event_fields(cells, kind);
            let place = Place { source: cells.at.source, line: cells.at.line, position };
            let (case_fields, actor, role) = (case_fields.clone(), actor.clone(), role.clone());
            self.events.push(Event { time, case, kind, fields, case_fields, actor, role, place });
        }
        Ok(())
    }

    /// Whether all these events may stand in a log without a case.
    fn stand_alone(&self, happenings: &[(Instant, u16)]) -> bool {
        let kinds = &self.vocabulary.events;
        happenings.iter().all(|(_, kind)| kinds.get(usize::from(*kind)).is_some_and(|kind| kind.stands_alone))
    }

    /// The times of a row and the kinds of its events.
    fn happenings(&mut self, cells: Cells<'_, '_>) -> Result<Vec<(Instant, u16)>, NoEvent> {
        match &cells.plan.rows {
            RowPlan::Named { event, time } => {
                let kinds = self.kinds(cells, event)?;
                let at = self.time(cells, *time)?;
                let at = at.ok_or_else(|| Reason::NoTime { column: cells.plan.name(*time).to_owned() })?;
                Ok(kinds.iter().map(|kind| (at, *kind)).collect())
            }
            RowPlan::Timed(times) => {
                let (mut happenings, mut unread) = (Vec::new(), Vec::new());
                for (cell, kinds) in times {
                    match self.time(cells, *cell) {
                        Ok(Some(at)) => happenings.extend(kinds.iter().map(|kind| (at, *kind))),
                        Ok(None) => {}
                        Err(reason) => unread.push((reason, *cell, *kinds)),
                    }
                }
                if happenings.is_empty() {
                    return Err(unread.into_iter().next().map_or(NoEvent::WithoutTime, |(reason, ..)| reason.into()));
                }
                unread.into_iter().for_each(|(_, cell, kinds)| self.time_may_have_been(cells, cell, kinds));
                Ok(happenings)
            }
        }
    }

    fn kinds(&self, cells: Cells<'_, '_>, event: &[usize]) -> Result<&'a [u16], NoEvent> {
        if let Some(reason) = cells.not_text(event) {
            return Err(reason.into());
        }
        let name = join(event.iter().filter_map(|cell| cells.get(*cell)));
        if name.is_empty() {
            return Err(Reason::NoEvent.into());
        }
        let Rows::Named { meanings, .. } = &self.mapping.rows else { return Err(NoEvent::WithoutTime) };
        let hidden = event.iter().any(|cell| cells.plan.is_private(*cell));
        let shown = |name| if hidden { MASK.to_owned() } else { name };
        match meanings.get(&name) {
            Some(Meaning::Events(kinds)) => Ok(kinds),
            Some(Meaning::Ignored) => Err(NoEvent::Ignored(shown(name))),
            None => Err(NoEvent::Unknown(shown(name))),
        }
    }

    /// The cases of rows that are cut short, once all rows are known: what such a row seems to name is one only if another
    /// row names it too. Nor do the rows around it tell its time where it seems to say another.
    pub fn settle_cut_rows(&mut self) {
        for CutRow { index, case, time } in std::mem::take(&mut self.cut_short) {
            let known = case.and_then(|name| self.case_numbers.get(name.as_str()).copied());
            let Some(row) = self.unreadable.get_mut(index) else { continue };
            row.case = known.map_or(row.case, RowCase::Known);
            if time.is_some_and(|time| time < row.between.0 || row.between.1 < time) {
                row.between = ANY_TIME;
            }
        }
    }

    fn case(&mut self, cells: Cells<'_, '_>) -> Result<u32, Reason> {
        let name = case_name(cells)?;
        if let Some(number) = self.case_numbers.get(name.as_str()) {
            return Ok(*number);
        }
        let (name, number): (Arc<str>, _) = (name.into(), u32::try_from(self.cases.len()).unwrap_or(u32::MAX));
        self.cases.push(name.clone());
        self.case_numbers.insert(name, number);
        Ok(number)
    }

    fn actor_of(&mut self, cells: Cells<'_, '_>) -> Option<Arc<str>> {
        cells.plan.actor.and_then(|cell| cells.get(cell)).map(|name| self.actor(name))
    }

    /// One copy of a name for all that a person did.
    fn actor(&mut self, name: &str) -> Arc<str> {
        if let Some(actor) = self.actors.get(name) {
            return actor.clone();
        }
        let actor: Arc<str> = name.into();
        self.actors.insert(actor.clone());
        actor
    }

    fn role(&mut self, cells: Cells<'_, '_>, role: ColumnBinding<'_>) -> Reading {
        self.read(cells, role, &Type::Role, None)
    }

    fn case_fields(&mut self, cells: Cells<'_, '_>) -> Vec<(u16, Reading)> {
        let fields = cells.plan.case_fields.iter().map(|(index, filled)| {
            let kind = self.vocabulary.case_fields.get(usize::from(*index)).map_or(&Type::Text, |field| &field.kind);
            (*index, self.read(cells, *filled, kind, Some(Target::Case(*index))))
        });
        fields.filter(|(_, reading)| *reading != Reading::Missing).collect()
    }

    fn event_fields(&mut self, cells: Cells<'_, '_>, kind: u16) -> Vec<Reading> {
        let vocabulary = self.vocabulary;
        let (Some(event), Some(plan)) =
            (vocabulary.events.get(usize::from(kind)), cells.plan.event_fields.get(usize::from(kind)))
        else {
            return Vec::new();
        };
        let fields = (0u16..).zip(event.fields.iter().zip(plan)).map(|(index, (field, filled))| match filled {
            Some(filled) => self.read(cells, *filled, &field.kind, Some(Target::Event(kind, index))),
            None => Reading::Missing,
        });
        fields.collect()
    }

    /// The fields of an event that can be of one kind only.
    fn only_event_fields(&mut self, cells: Cells<'_, '_>, kinds: Option<&[u16]>) -> Vec<Reading> {
        match kinds {
            Some(&[kind]) => self.event_fields(cells, kind),
            _ => Vec::new(),
        }
    }

    /// What a cell says of a field; no target means the role.
    fn read(
        &mut self,
        cells: Cells<'_, '_>,
        filled: ColumnBinding<'_>,
        kind: &Type,
        target: Option<Target>,
    ) -> Reading {
        let Some(text) = cells.said(filled.cell) else { return Reading::Missing };
        if let Some(value) = filled.source.and_then(|source| source.values.get(text)) {
            return Reading::Known(value.clone());
        }
        let formats = filled.source.and_then(|source| source.formats.as_deref());
        let reading = match (kind, formats) {
            _ if !cells.is_text(filled.cell) => Reading::Malformed(text.into()),
            (Type::Time, formats) => self.time_field(cells, filled.cell, formats, text),
            (Type::Date, Some(formats)) => {
                let (date, hint) = read_date(formats, text);
                self.note_hint(cells, filled.cell, hint, text);
                let date = date.map(Value::Date);
                date.map_or_else(|| Reading::Malformed(text.into()), Reading::Known)
            }
            _ => reading(text, kind, self.vocabulary),
        };
        if matches!(reading, Reading::Malformed(_)) {
            let hidden = cells.plan.is_private(filled.cell);
            self.note_malformed(target, kind, (!hidden).then_some(text), cells.at);
        }
        reading
    }

    fn time_field(&mut self, cells: Cells<'_, '_>, cell: usize, formats: Option<&[TimeFormat]>, text: &str) -> Reading {
        let clock = &self.mapping.clock;
        let (read, hint) = clock.read_as(formats.unwrap_or(&clock.formats), text);
        self.note_hint(cells, cell, hint, text);
        let time = self.note_time(cells, cell, read, text).map(Value::Time);
        time.map_or_else(|| Reading::Malformed(text.into()), Reading::Known)
    }

    /// The time in a cell, if there is one.
    fn time(&mut self, cells: Cells<'_, '_>, cell: usize) -> Result<Option<Instant>, Reason> {
        if let Some(reason) = cells.not_text(&[cell]) {
            return Err(reason);
        }
        let Some(text) = cells.get(cell) else { return Ok(None) };
        let (read, hint) = self.mapping.clock.read(text);
        self.note_hint(cells, cell, hint, text);
        let time = self.note_time(cells, cell, read, text);
        time.map(Some).ok_or_else(|| {
            let text = self.showable(cells.plan, cell, text);
            Reason::UnreadableTime { column: cells.plan.name(cell).to_owned(), text }
        })
    }

    fn note_hint(&mut self, cells: Cells<'_, '_>, cell: usize, hint: Option<Hint>, text: &str) {
        if let Some(hint) = hint {
            let text = (!cells.plan.is_private(cell)).then_some(text);
            self.date_orders.see(cell, cells.at, hint, text);
        }
    }

    fn note_time(&mut self, cells: Cells<'_, '_>, cell: usize, read: TimeReading, text: &str) -> Option<Instant> {
        match read {
            TimeReading::At(instant) => return Some(instant),
            TimeReading::Odd(instant) => {
                self.intake.times_in_gap_or_fold += 1;
                return Some(instant);
            }
            TimeReading::NoZone => {
                let span = cells.plan.place(cell).unwrap_or(self.mapping.span);
                let example = self.showable(cells.plan, cell, text);
                let first = || Zoneless { count: 0, first: cells.at, example };
                self.zoneless.entry((span, cells.plan.name(cell).to_owned())).or_insert_with(first).count += 1;
            }
            TimeReading::Unreadable => {}
        }
        None
    }

    fn note_order(&mut self, case: u32, time: Instant) {
        if self.neighbours.pass(time, &mut self.unreadable) {
            self.intake.out_of_order_in_file += 1;
        }
        if self.last_in_case.insert(case, time).is_some_and(|last| time < last) {
            self.intake.out_of_order_in_case += 1;
        }
    }

    /// Notes what can still be read of a row that gives no event.
    fn may_have_happened(&mut self, cells: Cells<'_, '_>) {
        let (kinds, time) = match &cells.plan.rows {
            RowPlan::Named { event, time } => (self.kinds(cells, event).ok().map(<[u16]>::to_vec), Some(*time)),
            RowPlan::Timed(times) => {
                let said = times.iter().filter(|(cell, _)| cells.says_something(*cell));
                (Some(said.flat_map(|(_, kinds)| kinds.iter().copied()).collect()), None)
            }
        };
        let case = self.case(cells).map_or(RowCase::Unknown, RowCase::Known);
        let known = time.and_then(|cell| cells.get(cell)).and_then(|text| self.mapping.clock.read(text).0.instant());
        let between = match (known, time, &self.mapping.snapshots) {
            (Some(at), ..) => (at, at),
            (None, Some(_), None) => self.neighbours.wait(self.unreadable.len()),
            _ => ANY_TIME,
        };
        let place = Place { source: cells.at.source, line: cells.at.line, position: 0 };
        let (case_fields, actor) = (Some(self.case_fields(cells)), self.actor_of(cells));
        let event_fields = self.only_event_fields(cells, kinds.as_deref());
        self.unreadable.push(UnreadableRow { place, case, kinds, between, case_fields, event_fields, actor });
    }

    /// One of the times of a row cannot be read, while others can.
    fn time_may_have_been(&mut self, cells: Cells<'_, '_>, cell: usize, kinds: &[u16]) {
        let column = cells.plan.name(cell).to_owned();
        let text = cells.row.cells.get(cell).cloned().unwrap_or_default();
        let example = self.showable(cells.plan, cell, &text);
        let malformed = self.intake.malformed.entry(column).or_default();
        if malformed.seen.count == 0 {
            malformed.example = example;
        }
        malformed.seen.again(cells.at.source, cells.at.line);
        let case = self.case(cells).map_or(RowCase::Unknown, RowCase::Known);
        let place = Place { source: cells.at.source, line: cells.at.line, position: 0 };
        let (kinds, case_fields) = (Some(kinds.to_vec()), Some(self.case_fields(cells)));
        let (between, actor) = (ANY_TIME, self.actor_of(cells));
        let event_fields = self.only_event_fields(cells, kinds.as_deref());
        self.unreadable.push(UnreadableRow { place, case, kinds, between, case_fields, event_fields, actor });
    }

    /// Notes a cell that is not of its type; without its text, if the cell is private.
    fn note_malformed(&mut self, target: Option<Target>, kind: &Type, text: Option<&str>, at: At) {
        let field = target.map_or_else(|| "role".to_owned(), |target| target.name(self.vocabulary));
        if let (Type::Choice { .. } | Type::Role, Some(text)) = (kind, text) {
            let values = self.intake.unknown_values.entry(field).or_default();
            values.entry(text.to_owned()).or_default().again(at.source, at.line);
        } else {
            let malformed = self.intake.malformed.entry(field).or_default();
            malformed.seen.again(at.source, at.line);
            malformed.example = malformed.example.take().or(text.map(str::to_owned));
        }
    }

    /// What a cell says, unless it fills a private field.
    fn showable(&self, plan: &ColumnPlan<'_>, cell: usize, text: &str) -> Option<String> {
        (!plan.is_private(cell)).then(|| text.to_owned())
    }
}
