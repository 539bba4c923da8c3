//! CSV as records.

use std::cell::OnceCell;

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::log::digest::{ColumnNumbers, put_under};
use crate::log::intake::Reason;
use crate::log::records::{Format, Presence, Records, Row};

/// Cells between delimiters, under a header.
pub const FORMAT: Format = Format { name: "csv", endings: &[("csv", b','), ("tsv", b'\t')], open };

fn open(bytes: &[u8], delimiter: u8) -> Result<Box<dyn Records + '_>, Reason> {
    let mut records = CsvRecords::new(bytes, delimiter);
    records.check()?;
    Ok(Box::new(records))
}

/// The records of a CSV file under its header.
struct CsvRecords<'a> {
    bytes: &'a [u8],
    /// Where the reader began.
    base: usize,
    reader: Reader<&'a [u8]>,
    header: Vec<String>,
    delimiter: u8,
    record: ByteRecord,
    /// How many lines the record takes.
    lines: u64,
    start: usize,
    line: u64,
    columns: Vec<(String, usize)>,
    seen: Vec<bool>,
    /// All columns by their numbers, once somebody asks.
    order: OnceCell<Vec<(u32, usize)>>,
}

impl<'a> CsvRecords<'a> {
    /// Reads the header.
    fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let mut reader = reader_of(bytes, delimiter);
        let mut record = ByteRecord::new();
        // Reading from memory does not fail, and a flexible reader takes records of any length.
        let _ = reader.read_byte_record(&mut record);
        let header = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        Self {
            bytes,
            base: 0,
            reader,
            header,
            delimiter,
            record,
            lines: 1,
            start: 0,
            line: 1,
            columns: Vec::new(),
            seen: Vec::new(),
            order: OnceCell::new(),
        }
    }

    fn next_start(&self) -> usize {
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        self.base.saturating_add(read).min(self.bytes.len())
    }

    /// Goes back to the end of the line in which a faulty record begins: the lines that a forgotten quotation mark
    /// swallowed are rows, and not lost with it.
    fn give_back_lines(&mut self) {
        let raw = self.raw().trim_ascii_end();
        if let Some(end) = raw.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            self.base = self.start + end;
            self.reader = reader_of(self.bytes.get(self.base..).unwrap_or_default(), self.delimiter);
        }
    }

    fn check(&mut self) -> Result<(), Reason> {
        self.lines = 1;
        let raw = self.raw();
        if raw.contains(&b'"') {
            let lines = line_ends(raw.trim_ascii_end()) + 1;
            if let Err((reason, whole)) = check_quotes(raw, self.delimiter) {
                self.record.truncate(whole);
                return Err(reason);
            }
            self.lines = lines;
        }
        if self.record.len() != self.header.len() {
            return Err(Reason::WrongLength { expected: self.header.len(), found: self.record.len() });
        }
        Ok(())
    }
}

impl Records for CsvRecords<'_> {
    fn header(&self) -> Option<&[String]> {
        Some(&self.header)
    }

    fn project(&mut self, names: &[String]) {
        // A place past the end of every record: an empty cell.
        let place = |name: &String| self.header.iter().position(|column| column == name).unwrap_or(usize::MAX);
        self.columns = names.iter().map(|name| (name.clone(), place(name))).collect();
        self.seen = vec![true; names.len()];
    }

    fn next(&mut self, row: &mut Row) -> Option<Result<(), Reason>> {
        let from = self.next_start();
        if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        // The reader takes the rest of a line end, and blank lines, only with the record that follows.
        let rest = self.bytes.get(from..).unwrap_or_default();
        let start = from + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += line_ends(self.bytes.get(self.start..start).unwrap_or_default());
        (self.start, row.line) = (start, self.line);
        let checked = self.check();
        // What stands before the end of a row that is cut short, or before the cell at fault, is whole.
        row.is_cut = checked.is_err() && self.record.len() < self.header.len();
        if checked.is_err() {
            self.give_back_lines();
        }
        if let (Err(reason), false) = (&checked, row.is_cut) {
            return Some(Err(reason.clone()));
        }
        row.cells.resize_with(self.columns.len(), String::new);
        row.not_text.clear();
        for (index, (cell, (_, place))) in row.cells.iter_mut().zip(&self.columns).enumerate() {
            cell.clear();
            let bytes = self.record.get(*place).unwrap_or_default();
            match std::str::from_utf8(bytes) {
                Ok(text) => cell.push_str(text.trim()),
                Err(_) => {
                    cell.push_str(String::from_utf8_lossy(bytes).trim());
                    row.not_text.push(index);
                }
            }
        }
        Some(checked)
    }

    fn whole(&self, columns: &mut ColumnNumbers, bytes: &mut Vec<u8>) {
        let order = self.order.get_or_init(|| {
            let numbers = self.header.iter().map(|name| columns.of(name));
            let mut order: Vec<(u32, usize)> = numbers.zip(0..).collect();
            order.sort_unstable();
            order
        });
        for (column, place) in order {
            put_under(bytes, *column, self.record.get(*place).unwrap_or_default().trim_ascii());
        }
    }

    fn raw(&self) -> &[u8] {
        self.bytes.get(self.start..self.next_start()).unwrap_or_default()
    }

    fn lines(&self) -> u64 {
        self.lines
    }

    fn position(&self) -> usize {
        self.next_start()
    }

    fn presence(&self) -> Presence<'_> {
        Presence { seen: &self.seen, names: &self.header }
    }
}

fn reader_of(bytes: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// How many lines end in `bytes`: at `\n`, at `\r\n`, or at a lone `\r`.
fn line_ends(bytes: &[u8]) -> u64 {
    let count = |wanted: u8| bytes.iter().filter(|byte| **byte == wanted).count();
    let (feeds, returns) = (count(b'\n'), count(b'\r'));
    let pairs = if returns == 0 { 0 } else { bytes.windows(2).filter(|pair| *pair == b"\r\n").count() };
    (feeds + returns - pairs) as u64
}

/// Whether the quotation marks of a record stand where they may: about a whole cell, and in it doubled. The reader
/// takes anything, and a mark that somebody forgot makes one cell of many rows: how many cells are whole before it.
fn check_quotes(raw: &[u8], delimiter: u8) -> Result<(), (Reason, usize)> {
    let (mut rest, mut whole) = (raw, 0);
    loop {
        rest = match rest.strip_prefix(b"\"") {
            Some(quoted) => behind_quoted(quoted).ok_or((Reason::OpenQuote, whole))?,
            None => {
                let end = rest.iter().position(|byte| [delimiter, b'\r', b'\n', b'"'].contains(byte));
                let behind = end.and_then(|end| rest.get(end..)).unwrap_or_default();
                if behind.starts_with(b"\"") {
                    return Err((Reason::LoneQuote, whole));
                }
                behind
            }
        };
        match rest.split_first() {
            Some((byte, behind)) if *byte == delimiter => (rest, whole) = (behind, whole + 1),
            None | Some((b'\r' | b'\n', _)) => return Ok(()),
            Some(_) => return Err((Reason::TextBehindQuote, whole)),
        }
    }
}

fn without_blanks(bytes: &[u8]) -> &[u8] {
    let blanks = bytes.iter().take_while(|byte| **byte == b' ').count();
    bytes.get(blanks..).unwrap_or_default()
}

/// What stands behind the quotation mark that closes a cell; nothing if none does.
fn behind_quoted(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let mark = rest.iter().position(|byte| *byte == b'"')?;
        rest = rest.get(mark + 1..)?;
        match rest.strip_prefix(b"\"") {
            Some(doubled) => rest = doubled,
            // A blank is no text.
            None => return Some(without_blanks(rest)),
        }
    }
}
