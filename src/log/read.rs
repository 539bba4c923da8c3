//! The way from files to a log.

use std::collections::BTreeSet;

use super::columns::{ColumnPlan, hides_values};
use super::formats;
use super::input::{InputFault, unpack};
use super::intake::{DoubtfulTimes, SourceIntake};
use super::mapping::{Mapping, Target};
use super::masks::Hidden;
use super::records::At;
use super::records::{Format, Input, Records, Row};
use super::repeats::Repeats;
use super::rows::RowReader;
use super::snapshots::{Snapshot, Snapshots, Ties, number_cases, put_in_order};
use super::{Log, ReadFault, span_of_time};

use crate::diagnostic::Diagnostic;
use crate::vocabulary::Vocabulary;

/// How many rows are read between two reports of progress.
const STRIDE: u64 = 4096;

/// Reads files by a mapping. `progress` is told how many bytes of the inputs are read, as they are
/// stored.
///
/// # Errors
///
/// Files that cannot be read at all, columns that they lack and the mapping names, and local times
/// without a zone: all of them at once.
pub fn read(
    inputs: &[Input<'_>],
    mapping: &Mapping,
    vocabulary: &Vocabulary,
    progress: &dyn Fn(u64),
) -> Result<Log, Vec<ReadFault>> {
    let mut reader = Reader::new(mapping, vocabulary);
    reader.repeats = (inputs.len() > 1 || mapping.unique.is_some()).then(Repeats::default);
    let mut before = 0;
    for (index, input) in inputs.iter().enumerate() {
        let bytes = input.bytes.len() as u64;
        let earlier = inputs.iter().take(index).find(|other| !input.bytes.is_empty() && other.bytes == input.bytes);
        if let Some(other) = earlier {
            reader.faults.push(fault(input, InputFault::GivenTwice { other: other.name.clone() }));
        } else if let Err(faults) = reader.file(input, &|share| progress(before + share)) {
            reader.faults.extend(faults);
        }
        before += bytes;
        progress(before);
    }
    reader.finish()
}

struct Reader<'a> {
    mapping: &'a Mapping,
    vocabulary: &'a Vocabulary,
    rows: RowReader<'a>,
    snapshots: Snapshots,
    /// Where rows can repeat: not in a single file of which the mapping does not say what identifies a row.
    repeats: Option<Repeats>,
    /// One a file.
    plans: Vec<Option<ColumnPlan<'a>>>,
    /// The fields that some column of some file carries.
    carried: BTreeSet<Target>,
    /// What of the log's own names is private.
    hidden: Hidden,
    faults: Vec<ReadFault>,
}

impl<'a> Reader<'a> {
    fn new(mapping: &'a Mapping, vocabulary: &'a Vocabulary) -> Self {
        Self {
            mapping,
            vocabulary,
            rows: RowReader::new(mapping, vocabulary),
            snapshots: Snapshots::default(),
            repeats: None,
            plans: Vec::new(),
            carried: BTreeSet::new(),
            hidden: Hidden::default(),
            faults: Vec::new(),
        }
    }

    fn file(&mut self, input: &Input<'_>, progress: &dyn Fn(u64)) -> Result<(), Vec<ReadFault>> {
        let (format, delimiter) = self.format(input);
        self.rows.intake.sources.push(SourceIntake { name: input.name.clone(), rows: 0 });
        self.plans.push(None);
        let format = format.ok_or_else(|| vec![fault(input, InputFault::UnknownFormat)])?;
        let bytes = unpack(input).map_err(|why| vec![fault(input, why)])?;
        // What is unpacked is longer than what is stored: tell progress in stored bytes.
        let (stored, unpacked) = (input.bytes.len() as u128, (bytes.len() as u128).max(1));
        let progress = |at: usize| progress(u64::try_from(at as u128 * stored / unpacked).unwrap_or(u64::MAX));
        let opened = (format.open)(&bytes, delimiter);
        let mut records = opened.map_err(|why| vec![fault(input, InputFault::Header { why })])?;
        let header = records.header();
        let plan = ColumnPlan::new(self.mapping, self.vocabulary, header, &input.name).map_err(misfits)?;
        records.project(&plan.names);
        let plan = self.records(records.as_mut(), plan, input, &progress)?;
        if let Some(place) = self.plans.last_mut() {
            *place = Some(plan);
        }
        Ok(())
    }

    fn format(&self, input: &Input<'_>) -> (Option<Format>, u8) {
        let guess = formats::of_name(&input.name);
        // The name of the file tells the delimiter of its own format only.
        let (format, delimiter) = match (self.mapping.format, guess) {
            (Some(named), Some((guessed, delimiter))) if named == guessed => (Some(named), Some(delimiter)),
            (Some(named), _) => (Some(named), named.endings.first().map(|(_, delimiter)| *delimiter)),
            (None, guess) => guess.unzip(),
        };
        (format, self.mapping.delimiter.or(delimiter).unwrap_or(b','))
    }

    /// Reads all records of a file, and sees which columns it turned out to have.
    fn records(
        &mut self,
        records: &mut dyn Records,
        plan: ColumnPlan<'a>,
        input: &Input<'_>,
        progress: &dyn Fn(usize),
    ) -> Result<ColumnPlan<'a>, Vec<ReadFault>> {
        let source = u16::try_from(self.plans.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.hidden.see(&plan);
        self.rows.begin_file();
        let (mut row, mut count) = (Row::default(), 0);
        while let Some(outcome) = records.next(&mut row) {
            count += 1;
            if count % STRIDE == 0 {
                progress(records.position());
            }
            let at = At { source, line: row.line };
            if outcome.is_ok() {
                self.rows.intake.many_lines.see(source, row.line, records.lines());
            }
            match (outcome, plan.by) {
                (Err(reason), _) => {
                    let text = self.rows.excerpt(records.raw());
                    self.rows.set_aside_whole(&plan, at, &row, reason, text);
                }
                (Ok(()), _) if self.repeats(&plan, &row, records, at) => {}
                (Ok(()), Some(by)) => self.snapshot(&plan, by, at, &row, records.raw()),
                (Ok(()), None) => self.rows.settle(&plan, at, &row, |rows| rows.excerpt(records.raw())),
            }
        }
        self.rows.end_file();
        self.rows.intake.rows_read += count;
        if let Some(told) = self.rows.intake.sources.last_mut() {
            told.rows = count;
        }
        self.see_columns(&plan, records, count, input)?;
        Ok(plan)
    }

    /// Whether a row repeats an earlier one.
    fn repeats(&mut self, plan: &ColumnPlan<'_>, row: &Row, records: &dyn Records, at: At) -> bool {
        let repeats = self.repeats.as_mut();
        repeats.is_some_and(|repeats| repeats.repeats(plan.unique.as_ref(), &row.cells, records, at))
    }

    fn see_columns(
        &mut self,
        plan: &ColumnPlan<'a>,
        records: &dyn Records,
        rows: u64,
        input: &Input<'_>,
    ) -> Result<(), Vec<ReadFault>> {
        let presence = records.presence();
        let seen = plan.targets().filter(|(_, cell)| presence.seen.get(*cell).copied().unwrap_or_default());
        self.carried.extend(seen.map(|(target, _)| target));
        // A log in which no line could be read says nothing of its columns.
        if rows == 0 || presence.names.is_empty() {
            return Ok(());
        }
        let hidden = hides_values(presence.names, self.mapping, self.vocabulary);
        let lacking = plan.lacking(&presence, &input.name, hidden);
        if !lacking.is_empty() {
            return Err(misfits(lacking));
        }
        self.rows.intake.missing_columns.extend(plan.never_seen(&presence).map(str::to_owned));
        Ok(())
    }

    fn snapshot(&mut self, plan: &ColumnPlan<'_>, by: usize, at: At, row: &Row, raw: &[u8]) {
        let text = self.rows.excerpt(raw);
        match self.rows.snapshot(plan, by, at, row) {
            Err(reason) => self.rows.set_aside_snapshot(plan, at, row, reason, text),
            Ok((case, time)) => {
                let folded = self.snapshots.fold(case, Snapshot { time, at, row: row.clone(), text });
                self.rows.intake.rows_folded += u64::from(folded);
            }
        }
    }

    fn finish(mut self) -> Result<Log, Vec<ReadFault>> {
        for Snapshot { at, row, text, .. } in std::mem::take(&mut self.snapshots).into_rows() {
            if let Some(Some(plan)) = self.plans.get(usize::from(at.source)) {
                self.rows.settle(plan, at, &row, |_| text);
            }
        }
        let doubtful = self.date_orders();
        self.faults.extend(self.rows.zone_faults().into_iter().map(ReadFault::Mapping));
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        self.note_missing_columns();
        self.rows.settle_cut_rows();
        let RowReader { mut events, mut unreadable, mut intake, cases, .. } = self.rows;
        intake.set_aside.sort_by_key(|row| (row.source, row.line));
        put_in_order(&mut events, &self.mapping.ties);
        if let Some(repeats) = self.repeats {
            intake.rows_without_key = repeats.without_key;
            intake.repeated = repeats.into_found();
        }
        intake.doubtful_times = doubtful;
        span_of_time::look(&events, self.mapping.clock.zone.as_ref().unwrap_or(&self.vocabulary.zone), &mut intake);
        let ties = Ties::of(&events, &self.mapping.ties);
        (intake.ties, intake.ties_by_file_order) = (ties.events, ties.by_file_order);
        if self.mapping.unique.is_none() {
            intake.equal_rows = ties.equal_rows;
        }
        intake.events = events.len() as u64;
        unreadable.sort_by_key(|row| row.place);
        let (cases, unseen_cases) = number_cases(&mut events, &mut unreadable, &cases);
        let ties_are_ranked = !self.mapping.ties.is_empty();
        let mut log = Log { cases, unseen_cases, events, ties_are_ranked, unreadable, intake };
        self.hidden.mask(&mut log);
        Ok(log)
    }

    /// What the times of each column say of their formats: a fault, or a doubt.
    fn date_orders(&mut self) -> Vec<DoubtfulTimes> {
        let plan = |source: u16| self.plans.get(usize::from(source)).and_then(Option::as_ref);
        let orders = std::mem::take(&mut self.rows.date_orders);
        let columns = orders.columns(|source, cell| Some(plan(source)?.name(cell)));
        let mut doubts = Vec::new();
        for (name, column) in columns {
            match column.fault(&name) {
                Some(fault) => {
                    let named = self.mapping.columns().find(|column| column.node == name);
                    let span = named.map_or(self.mapping.span, |column| column.span);
                    self.faults.push(ReadFault::Mapping(Diagnostic::new(fault, span)));
                }
                None => doubts.extend(column.doubts(&name, self.mapping.has_both_orders(&name))),
            }
        }
        doubts
    }

    /// Fields that the standards want and no column carries: of the case, and of events that there are.
    fn note_missing_columns(&mut self) {
        let kinds: BTreeSet<u16> = self.rows.events.iter().map(|event| event.kind).collect();
        let case = (0u16..).zip(&self.vocabulary.case_fields).map(|(field, _)| Target::Case(field));
        let own = kinds.into_iter().flat_map(|kind| {
            let fields = self.vocabulary.events.get(usize::from(kind)).map_or(0, |event| event.fields.len());
            (0u16..).take(fields).map(move |field| Target::Event(kind, field))
        });
        let wanted = |target: &Target| target.field(self.vocabulary).is_some_and(|field| !field.optional);
        let missing = case.chain(own).filter(|target| wanted(target) && !self.carried.contains(target));
        self.rows.intake.missing_columns.extend(missing.map(|target| target.name(self.vocabulary)));
    }
}

fn fault(input: &Input<'_>, fault: InputFault) -> ReadFault {
    ReadFault::Input { name: input.name.clone(), fault }
}

fn misfits(diagnostics: Vec<Diagnostic>) -> Vec<ReadFault> {
    diagnostics.into_iter().map(ReadFault::Mapping).collect()
}
