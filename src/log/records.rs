//! Files as records: what is common to all formats.

use std::borrow::Cow;
use std::fmt;
use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;

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

/// The format of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Cells between delimiters, under a header.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
        })
    }
}

/// Why a file cannot be read at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InputFault {
    /// Nothing in it.
    Empty,
    /// Something else than text.
    Binary,
    /// Neither the mapping nor the file's name tells the format.
    UnknownFormat,
    /// A compressed file that unpacks to more than is read.
    TooLarge {
        /// The most bytes that are read.
        most: u64,
    },
    /// The line with the names of the columns cannot be read.
    Header {
        /// Why.
        why: Reason,
    },
    /// The same bytes as an earlier file.
    GivenTwice {
        /// The name of the earlier file.
        other: String,
    },
    /// A compressed file that breaks off or is damaged.
    Damaged {
        /// How many bytes could be unpacked before.
        bytes: u64,
        /// How many whole lines they hold.
        lines: u64,
    },
}

impl fmt::Display for InputFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputFault::Empty => f.write_str("the file is empty"),
            InputFault::Binary => {
                f.write_str("the file is not text in UTF-8; a spreadsheet can be saved as CSV in UTF-8")
            }
            InputFault::UnknownFormat => f.write_str(
                "the name does not tell the format (.csv, .tsv, .ndjson, .jsonl); add `format: csv` to the mapping",
            ),
            InputFault::TooLarge { most } => write!(
                f,
                "unpacked, it holds more than {} MiB, the most that is read of one file; give it in parts of whole cases",
                most / (1024 * 1024)
            ),
            InputFault::Header { why } => {
                write!(f, "the first line, with the names of the columns, cannot be read: {why}")
            }
            InputFault::GivenTwice { other } => {
                write!(f, "the same log as `{other}`, given twice: each of its rows would count twice; name it once")
            }
            InputFault::Damaged { bytes, lines } => write!(
                f,
                "the compressed file breaks off or is damaged: {lines} lines ({bytes} bytes) could be unpacked before"
            ),
        }
    }
}

/// One record, cut down to the columns that are needed. It is filled again for every record.
#[derive(Clone, Default, Debug)]
pub(super) struct Row {
    /// The line where it starts, from 1.
    pub line: u64,
    /// One cell a column; empty where the record has none.
    pub cells: Vec<String>,
    /// The cells that are no text in UTF-8, by their index; what could be made of them stands in `cells`.
    pub not_text: Vec<usize>,
    /// Whether it has fewer cells than there are columns: what it has may stand where it should.
    pub is_cut: bool,
}

/// A reader of records.
pub(super) trait Records {
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
pub(super) struct Presence<'a> {
    /// For each column asked for, whether there was one.
    pub seen: &'a [bool],
    /// The names that the log has.
    pub names: &'a [String],
}

/// The format that the name of a file tells, and the delimiter that goes with it.
pub(super) fn format_of(name: &str) -> Option<(Format, u8)> {
    let name = name.to_ascii_lowercase();
    let ending = name.strip_suffix(".gz").unwrap_or(&name).rsplit('.').next()?;
    match ending {
        "csv" => Some((Format::Csv, b',')),
        "tsv" => Some((Format::Csv, b'\t')),
        "ndjson" | "jsonl" => Some((Format::Ndjson, b',')),
        _ => None,
    }
}

/// The text of a file: unpacked if it is gzip, without a byte order mark.
pub(super) fn unpack<'a>(input: &Input<'a>) -> Result<Cow<'a, [u8]>, InputFault> {
    let bytes = if input.bytes.starts_with(&[0x1f, 0x8b]) {
        Cow::Owned(unzip(input.bytes, MOST_UNPACKED)?)
    } else {
        Cow::Borrowed(input.bytes)
    };
    let bytes = without_mark(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(InputFault::Empty);
    }
    // No text holds a NUL; spreadsheets, archives and UTF-16 do, and soon.
    let head = bytes.get(..usize::try_from(HEAD).unwrap_or_default()).unwrap_or(&bytes);
    if head.contains(&0) { Err(InputFault::Binary) } else { Ok(bytes) }
}

/// The most bytes of a log once it is unpacked.
const MOST_UNPACKED: u64 = 4096 * 1024 * 1024;

/// How much of a file shows whether it is text.
const HEAD: u64 = 8192;

/// Unpacks; a few bytes may hold more than any memory, so what is no text, or too much, is not unpacked to its end.
fn unzip(packed: &[u8], most: u64) -> Result<Vec<u8>, InputFault> {
    let mut bytes = Vec::new();
    let mut unpacked = MultiGzDecoder::new(packed).take(most.saturating_add(1));
    let mut read = unpacked.by_ref().take(HEAD).read_to_end(&mut bytes);
    if !bytes.contains(&0) {
        read = read.and_then(|_| unpacked.read_to_end(&mut bytes));
    }
    match read {
        Err(error) if error.kind() == ErrorKind::OutOfMemory => Err(InputFault::TooLarge { most }),
        Err(_) => Err(InputFault::Damaged {
            bytes: bytes.len() as u64,
            lines: bytes.iter().filter(|byte| **byte == b'\n').count() as u64,
        }),
        Ok(_) if bytes.len() as u64 > most => Err(InputFault::TooLarge { most }),
        Ok(_) => Ok(bytes),
    }
}

fn without_mark(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.strip_prefix(MARK).unwrap_or(bytes)),
        Cow::Owned(mut bytes) => {
            if bytes.starts_with(MARK) {
                bytes.drain(..MARK.len());
            }
            Cow::Owned(bytes)
        }
    }
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::{HEAD, InputFault, unzip};

    #[test]
    fn what_unpacks_to_more_than_the_bound_is_told_as_that() {
        let packed = |bytes: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        };
        let text = packed(&b"a,b\n".repeat(10_000));
        assert_eq!(unzip(&text, 40_000).map(|bytes| bytes.len()), Ok(40_000));
        assert_eq!(unzip(&text, 39_999), Err(InputFault::TooLarge { most: 39_999 }));
        // What is no text is not unpacked to its end.
        assert_eq!(unzip(&packed(&vec![0; 1_000_000]), 2_000_000).map(|bytes| bytes.len() as u64), Ok(HEAD));
    }
}
