//! Files as records: what is common to all formats.

use std::fmt;

use super::digest::ColumnNumbers;
use super::intake::Reason;

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub source: u16,
    pub line: u64,
}

/// A file to read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Its name, as the user gave it; its ending tells the format if the mapping does not.
    pub name: String,
    /// What it holds, plain or gzip.
    pub bytes: &'a [u8],
}

/// A format of logs.
///
/// A new one is a file beside the others, and a line in their list: readers, mappings, messages and the reference ask
/// that list.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// As a mapping names it: `format: csv`.
    pub name: &'static str,
    /// The endings that tell it, each with the delimiter that goes with it.
    pub(super) endings: &'static [(&'static str, u8)],
    /// Opens a file whose cells that delimiter parts, where the format has any.
    pub(super) open: fn(bytes: &[u8], delimiter: u8) -> Opened<'_>,
}

/// The records of a file, or why the line before them cannot be read.
pub type Opened<'a> = Result<Box<dyn Records + 'a>, Reason>;

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// One record, cut down to the columns that are needed. It is filled again for every record.
#[derive(Clone, Default, Debug)]
pub struct Row {
    /// The line where it starts, from 1.
    pub line: u64,
    /// One cell a column; empty where the record has none.
    pub cells: Vec<String>,
    /// The cells that are no text in UTF-8, by their index; what could be made of them stands in `cells`.
    pub not_text: Vec<usize>,
    /// Whether it is cut short, or cannot be told into cells from one on: those before it may stand where they should.
    pub is_cut: bool,
}

/// A reader of records.
pub trait Records {
    /// The names of the columns, where the format says them before the first record.
    fn header(&self) -> Option<&[String]>;
    /// Asks for these columns only, in this order.
    fn project(&mut self, names: &[String]);
    /// Reads the next record into `row`; nothing at the end. A record that cannot be read leaves
    /// its line in `row` and says why.
    fn next(&mut self, row: &mut Row) -> Option<Result<(), Reason>>;
    /// The last record as it stands in the file.
    fn raw(&self) -> &[u8];
    /// Adds all cells of the last record, in the order of their columns' numbers: the same for the same cells,
    /// whatever the format and the order of columns.
    fn whole(&self, columns: &mut ColumnNumbers, bytes: &mut Vec<u8>);
    /// How many lines the last record takes.
    fn lines(&self) -> u64;
    /// How many bytes are read.
    fn position(&self) -> usize;
    /// Which of the columns were in at least one record so far, and the names of the first record.
    fn presence(&self) -> Presence<'_>;
}

/// Which columns a log turned out to have.
pub struct Presence<'a> {
    /// For each column asked for, whether there was one.
    pub seen: &'a [bool],
    /// The names that the log has.
    pub names: &'a [String],
}

/// A record as people can read it: at most 200 characters, bytes that are no text replaced.
pub(super) fn shorten(raw: &[u8]) -> String {
    const LONGEST: usize = 200;
    // A character takes at most four bytes: no need to look at more of a huge record.
    let head = raw.get(..LONGEST * 4).unwrap_or(raw);
    let text = String::from_utf8_lossy(head);
    let text = text.trim_end_matches(['\r', '\n']);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
