//! JSON: the whole view.

use super::TestView;

use crate::diagnostic::in_json;

/// The whole view as one JSON document, indented.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn document(view: &TestView) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(view)?;
    text.push('\n');
    Ok(in_json(text))
}
