//! JSON: the whole view, or one finding a line.

use super::View;

/// The whole view as one JSON document, indented.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn document(view: &View) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(view)?;
    text.push('\n');
    Ok(text)
}

/// One finding a line.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn lines(view: &View) -> serde_json::Result<String> {
    let mut text = String::new();
    for finding in &view.findings {
        text.push_str(&serde_json::to_string(finding)?);
        text.push('\n');
    }
    Ok(text)
}
