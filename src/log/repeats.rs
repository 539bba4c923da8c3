//! Rows that stand more than once: in exports that overlap, or under one key of `unique`.
//!
//! Without `unique`, the same row (cell for cell, by the names of the columns) counts as often as it stands in
//! the file that has it most often: what a second export repeats is taken once, and equal rows of one file stay
//! apart. With `unique`, the first row of each key counts.
//!
//! Rows are remembered by a digest of 128 bits, and only where rows can repeat: a single file without `unique`
//! costs nothing.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::digest::{ColumnNumbers, Digest, Digested, digest, put};
use super::intake::{Repeated, RepeatedRows};
use super::records::At;
use super::records::Records;

/// What identifies a row, by the cells of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Key {
    /// All its cells.
    Row,
    /// These cells.
    Cells(Vec<usize>),
}

/// All rows so far.
#[derive(Default)]
pub(super) struct Repeats {
    columns: ColumnNumbers,
    /// Without `unique`: how often each row stands, by what it says.
    copies: HashMap<Digest, Copies, Digested>,
    /// With `unique`: the first row of each key.
    firsts: HashMap<Digest, First, Digested>,
    /// What is digested next.
    bytes: Vec<u8>,
    /// Repeated rows, by their file and the file of the row that counts.
    found: BTreeMap<(u16, u16, bool), RepeatedRows>,
    /// Rows that say nothing in the columns of `unique`.
    pub without_key: u64,
}

/// How often a row stands.
struct Copies {
    /// The first line, and its file.
    line: u32,
    source: u16,
    /// The file at hand when it was last seen.
    file: u16,
    /// Most often in one of the files before.
    before: u32,
    /// So far in the file at hand.
    here: u32,
}

/// The first row of a key.
struct First {
    at: Short,
    /// The digest of all its cells.
    cells: u64,
}

/// A place in as little room as it needs: a row that is remembered costs 32 bytes.
#[derive(Clone, Copy)]
struct Short {
    source: u16,
    line: u32,
}

impl From<At> for Short {
    fn from(at: At) -> Self {
        Self { source: at.source, line: u32::try_from(at.line).unwrap_or(u32::MAX) }
    }
}

impl Repeats {
    /// Whether a row repeats an earlier one, and does not count.
    pub fn repeats(&mut self, key: Option<&Key>, cells: &[String], records: &dyn Records, at: At) -> bool {
        self.bytes.clear();
        records.whole(&mut self.columns, &mut self.bytes);
        let row = digest(&self.bytes);
        let key = match key {
            None => return self.stands_in_an_earlier_file(row, at),
            Some(Key::Row) => row,
            Some(Key::Cells(of)) => match self.key(of, cells) {
                Some(key) => key,
                None => {
                    self.without_key += 1;
                    return false;
                }
            },
        };
        self.has_the_key_of_another(key, row, at)
    }

    /// The repeated rows, by file.
    pub fn into_found(self) -> Vec<RepeatedRows> {
        self.found.into_values().collect()
    }

    fn key(&mut self, of: &[usize], cells: &[String]) -> Option<Digest> {
        self.bytes.clear();
        let cells = || of.iter().map(|cell| cells.get(*cell).map_or("", String::as_str));
        if cells().all(str::is_empty) {
            return None;
        }
        for cell in cells() {
            put(&mut self.bytes, cell.as_bytes());
        }
        Some(digest(&self.bytes))
    }

    fn stands_in_an_earlier_file(&mut self, row: Digest, at: At) -> bool {
        let Short { source, line } = at.into();
        let new = || Copies { line, source, file: source, before: 0, here: 0 };
        let copies = self.copies.entry(row).or_insert_with(new);
        if copies.file != at.source {
            *copies = Copies { before: copies.before.max(copies.here), here: 0, file: at.source, ..*copies };
        }
        copies.here = copies.here.saturating_add(1);
        let Copies { line, source, .. } = *copies;
        let (first, repeated) = (Short { source, line }, copies.here <= copies.before);
        if repeated {
            self.note(at, first, true);
        }
        repeated
    }

    fn has_the_key_of_another(&mut self, key: Digest, row: Digest, at: At) -> bool {
        let cells = row.1;
        match self.firsts.entry(key) {
            Entry::Vacant(place) => {
                place.insert(First { at: at.into(), cells });
                false
            }
            Entry::Occupied(first) => {
                let (first, same) = (first.get().at, first.get().cells == cells);
                self.note(at, first, same);
                true
            }
        }
    }

    fn note(&mut self, at: At, first: Short, same: bool) {
        let rows = self.found.entry((at.source, first.source, same)).or_insert_with(|| RepeatedRows {
            count: 0,
            first: Repeated { source: at.source, line: at.line },
            of: Repeated { source: first.source, line: first.line.into() },
            same,
        });
        rows.count += 1;
    }
}
