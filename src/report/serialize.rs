//! How data is written, and what is left out of it.

use serde::Serialize;

use super::format::WriteError;

use crate::diagnostic::in_json;

/// A JSON document of its own, indented, with nothing in it that a terminal would take for a command.
pub(super) fn json(document: &impl Serialize) -> Result<String, WriteError> {
    let text = serde_json::to_string_pretty(document).map_err(WriteError::of)?;
    Ok(in_json(text + "\n"))
}

/// Whether a count is left out of data.
pub(super) fn is_zero(count: &u64) -> bool {
    *count == 0
}
