//! What a file holds: its bytes, unpacked, or why it is no log.

use std::borrow::Cow;
use std::fmt;
use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;

use super::formats::ALL;
use super::intake::Reason;
use super::records::Input;

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
            InputFault::UnknownFormat => {
                let endings = ALL.iter().flat_map(|format| format.endings).map(|(ending, _)| format!(".{ending}"));
                let endings = endings.collect::<Vec<_>>().join(", ");
                write!(f, "the name does not tell the format ({endings}); add `format: csv` to the mapping")
            }
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

impl std::error::Error for InputFault {}

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
