//! The formats of logs, a file each.

mod csv;
mod ndjson;

use super::records::Format;

/// All of them; the first is the usual one.
pub const ALL: &[Format] = &[csv::FORMAT, ndjson::FORMAT];

/// The format that the name of a file tells, and the delimiter that goes with it.
pub fn of_name(name: &str) -> Option<(Format, u8)> {
    let name = name.to_ascii_lowercase();
    let ending = name.strip_suffix(".gz").unwrap_or(&name).rsplit('.').next()?;
    ALL.iter().find_map(|format| {
        let (_, delimiter) = format.endings.iter().find(|(known, _)| *known == ending)?;
        Some((*format, *delimiter))
    })
}

/// The format of a name.
pub fn find(name: &str) -> Option<Format> {
    ALL.iter().find(|format| format.name == name).copied()
}

/// Their names with something before each, as in `format: csv` or `format: ndjson`, in backticks.
pub fn named(before: &str) -> String {
    let names = ALL.iter().map(|format| format!("`{before}{}`", format.name));
    names.collect::<Vec<_>>().join(" or ")
}
