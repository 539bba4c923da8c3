//! CSV as records.

use std::cell::OnceCell;

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::intake::Reason;
use super::records::{Presence, Records, Row};
use super::repeats::{ColumnNumbers, put_under};

/// The records of a CSV file under its header.
pub(super) struct CsvRecords<'a> {
    bytes: &'a [u8],
    reader: Reader<&'a [u8]>,
    header: Vec<String>,
    record: ByteRecord,
    start: usize,
    line: u64,
    columns: Vec<(String, usize)>,
    seen: Vec<bool>,
    /// All columns by their numbers, once somebody asks.
    order: OnceCell<Vec<(u32, usize)>>,
}

impl<'a> CsvRecords<'a> {
    /// Reads the header.
    pub fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
        let mut record = ByteRecord::new();
        // Reading from memory does not fail, and a flexible reader takes records of any length.
        let _ = reader.read_byte_record(&mut record);
        let header = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        Self {
            bytes,
            reader,
            header,
            record,
            start: 0,
            line: 1,
            columns: Vec::new(),
            seen: Vec::new(),
            order: OnceCell::new(),
        }
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Asks for these columns only, in this order.
    pub fn project(&mut self, names: &[String]) {
        // A place past the end of every record: an empty cell.
        let place = |name: &String| self.header.iter().position(|column| column == name).unwrap_or(usize::MAX);
        self.columns = names.iter().map(|name| (name.clone(), place(name))).collect();
        self.seen = vec![true; names.len()];
    }

    fn next_start(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).min(self.bytes.len())
    }

    fn check(&self) -> Result<(), Reason> {
        let lines = || line_ends(self.raw().trim_ascii_end()) + 1;
        // An open quote takes in the rest of the file: only the last record can have one.
        if self.next_start() == self.bytes.len() && quotes(self.raw()) % 2 == 1 && lines() > 1 {
            return Err(Reason::OpenQuote { lines: lines() });
        }
        if self.record.len() != self.header.len() {
            return Err(Reason::WrongLength { expected: self.header.len(), found: self.record.len() });
        }
        Ok(())
    }
}

impl Records for CsvRecords<'_> {
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
        if let Err(reason) = self.check() {
            return Some(Err(reason));
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
        Some(Ok(()))
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

    fn position(&self) -> usize {
        self.next_start()
    }

    fn presence(&self) -> Presence<'_> {
        Presence { seen: &self.seen, names: &self.header }
    }
}

/// How many lines end in `bytes`: at `\n`, at `\r\n`, or at a lone `\r`.
fn line_ends(bytes: &[u8]) -> u64 {
    let count = |wanted: u8| bytes.iter().filter(|byte| **byte == wanted).count();
    let (feeds, returns) = (count(b'\n'), count(b'\r'));
    let pairs = if returns == 0 { 0 } else { bytes.windows(2).filter(|pair| *pair == b"\r\n").count() };
    (feeds + returns - pairs) as u64
}

fn quotes(raw: &[u8]) -> usize {
    raw.iter().filter(|byte| **byte == b'"').count()
}
