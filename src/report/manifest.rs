//! The manifest of a written report: what it was made of, so that it can be made again.

use serde::Serialize;

use super::{Mot, View, When};

/// What a report was made of.
#[derive(Clone, Debug, Serialize)]
pub struct Manifest<'a> {
    /// What made it.
    pub mot: &'a Mot,
    /// The standards: name and version.
    pub standards: (&'a str, Option<&'a str>),
    /// The instant at which things were judged.
    pub as_of: &'a When,
    /// The period.
    pub period: &'a Option<(When, When)>,
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
    view: &View,
    command: Vec<String>,
    inputs: Vec<FileRecord<'_>>,
    output: FileRecord<'_>,
) -> serde_json::Result<String> {
    let manifest = Manifest {
        mot: &view.mot,
        standards: (&view.service.name, view.service.version.as_deref()),
        as_of: &view.as_of,
        period: &view.period,
        command,
        inputs,
        output,
    };
    let mut text = serde_json::to_string_pretty(&manifest)?;
    text.push('\n');
    Ok(text)
}
