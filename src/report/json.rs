//! JSON: the whole view, or one finding a line.

use super::View;
use crate::diagnostic::in_json;

/// The whole of a run as one JSON document, indented: its view, or `versions`, a list of views, where several
/// versions judged.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn document(views: &[View]) -> serde_json::Result<String> {
    #[derive(serde::Serialize)]
    struct Versions<'v> {
        versions: &'v [View],
    }
    let mut text = match views {
        [view] => serde_json::to_string_pretty(view)?,
        versions => serde_json::to_string_pretty(&Versions { versions })?,
    };
    text.push('\n');
    Ok(in_json(text))
}

/// One finding a line.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn lines(views: &[View]) -> serde_json::Result<String> {
    let mut text = String::new();
    for finding in views.iter().flat_map(|view| &view.findings) {
        text.push_str(&serde_json::to_string(finding)?);
        text.push('\n');
    }
    Ok(in_json(text))
}
