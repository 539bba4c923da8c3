//! The manifest of a written report: what it was made of, so that it can be made again.

use serde::Serialize;

use super::{Mot, View};

use crate::report::When;
use crate::report::WriteError;
use crate::report::serialize::json;

/// What a report was made of.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest<'a> {
    /// What made it.
    pub mot: Option<&'a Mot>,
    /// The standards: name and version of each that judged.
    pub standards: Vec<(&'a str, Option<&'a str>)>,
    /// The instant at which things were judged.
    pub as_of: Option<&'a When>,
    /// The period.
    pub period: Option<&'a (When, When)>,
    /// The command, word by word.
    pub command: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<FileRecord<'a>>,
    /// The report.
    pub output: FileRecord<'a>,
}

/// A file and its digest.
#[derive(Clone, Debug, Serialize)]
pub struct FileRecord<'a> {
    /// What it is: `standards`, `mapping`, `log`, `settings`, `report`.
    pub role: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its BLAKE3 digest.
    pub blake3: &'a str,
}

/// The manifest of `output`, as JSON.
///
/// # Errors
///
/// None in practice: every key is text.
pub fn manifest(
    views: &[View],
    command: Vec<String>,
    inputs: Vec<FileRecord<'_>>,
    output: FileRecord<'_>,
) -> Result<String, WriteError> {
    // All versions judge at one instant, over one period.
    let first = views.first();
    let manifest = Manifest {
        mot: first.map(|view| &view.mot),
        standards: views.iter().map(|view| (view.service.name.as_str(), view.service.version.as_deref())).collect(),
        as_of: first.map(|view| &view.as_of),
        period: first.and_then(|view| view.period.as_ref()),
        command,
        inputs,
        output,
    };
    json(&manifest)
}
