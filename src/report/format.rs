//! A format in which a document is written.

use std::fmt;
use std::time::Duration;

use super::Paint;

/// How to write, where the format leaves that open.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colour, or none.
    pub paint: Paint,
    /// How wide to draw pictures, in columns.
    pub width: usize,
    /// How many stories of each kind to tell; none is all. What is left out is said.
    pub stories: Option<usize>,
    /// How long the run took; nothing leaves it out.
    pub took: Option<Duration>,
}

/// No colour, pictures of a hundred columns, and everything told: what a file is written in.
impl Default for Style {
    fn default() -> Self {
        Self { paint: Paint::default(), width: 100, stories: None, took: None }
    }
}

/// A format of a document.
///
/// Each document has a list `FORMATS` of its own; a new format is a file, and a line in that list. Names, the words of
/// `--help` and completions come from there.
pub trait Format<D: ?Sized>: fmt::Debug + Sync {
    /// As it is asked for: `--format json`.
    fn name(&self) -> &'static str;

    /// What it is for, in a few words.
    fn about(&self) -> &'static str;

    /// The document, written.
    ///
    /// # Errors
    ///
    /// What kept it from being written: nothing, of the formats here.
    fn write(&self, document: &D, style: Style) -> Result<String, WriteError>;
}

/// Why a document could not be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WriteError(String);

impl WriteError {
    /// One of another writer.
    pub fn of(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}
