//! Digests of rows, by which repeated ones are found.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Numbers of the names of columns, the same in all files.
#[derive(Default)]
pub(super) struct ColumnNumbers(HashMap<String, u32>);

impl ColumnNumbers {
    /// The number of a name.
    pub fn of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.to_owned(), number);
        number
    }
}

/// Adds a cell to what is digested, so that no two lists of cells give the same bytes.
pub(super) fn put(bytes: &mut Vec<u8>, cell: &[u8]) {
    bytes.extend(u32::try_from(cell.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(cell);
}

/// Adds a cell of a column; one that is empty says nothing, and may as well not be there.
pub(super) fn put_under(bytes: &mut Vec<u8>, column: u32, cell: &[u8]) {
    if !cell.is_empty() {
        bytes.extend(column.to_le_bytes());
        put(bytes, cell);
    }
}

/// 128 bits of what a row says; either half is a digest too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Digest(u64, pub(super) u64);

impl Hash for Digest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.1);
    }
}

pub(super) fn digest(bytes: &[u8]) -> Digest {
    let digest = blake3::hash(bytes);
    let number = |bytes: &[u8]| bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
    let (one, rest) = digest.as_bytes().split_at(8);
    Digest(number(one), number(rest.get(..8).unwrap_or_default()))
}

/// Digests are spread evenly already: nothing is to be hashed again.
pub(super) type Digested = BuildHasherDefault<TakeAsItIs>;

#[derive(Default)]
pub(super) struct TakeAsItIs(u64);

impl Hasher for TakeAsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |number, byte| number.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
