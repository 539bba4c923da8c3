//! JSON: the whole view, or one finding or window of a level a line.

use serde::Serialize;

use super::View;
use super::levels::{LevelResult, LevelView};

use crate::diagnostic::in_json;

/// The whole of a run as one JSON document, indented: its view, or `versions`, a list of views, where several
/// versions judged.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn document(views: &[View]) -> serde_json::Result<String> {
    #[derive(Serialize)]
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

/// What came of a level in a window and group, as a line of its own.
#[derive(Serialize)]
struct LevelLine<'v> {
    level: &'v str,
    title: &'v str,
    version: Option<&'v str>,
    measure: &'v str,
    written: &'v str,
    #[serde(flatten)]
    result: &'v LevelResult,
}

/// One finding a line, then one window and group of a level a line: such a line has a key `level`, and whom
/// it obliges to tell under `escalated`.
///
/// # Errors
///
/// None in practice: every key of the view is text.
pub fn lines(views: &[View]) -> serde_json::Result<String> {
    let mut text = String::new();
    for view in views {
        view.findings.iter().try_for_each(|finding| line(&mut text, finding))?;
        for level in &view.levels {
            let LevelView { level, title, measure, written, results, .. } = level;
            let version = view.service.version.as_deref();
            let as_line = |result| LevelLine { level, title, version, measure, written, result };
            results.iter().map(as_line).try_for_each(|result| line(&mut text, &result))?;
        }
    }
    Ok(in_json(text))
}

fn line(text: &mut String, told: &impl Serialize) -> serde_json::Result<()> {
    text.push_str(&serde_json::to_string(told)?);
    text.push('\n');
    Ok(())
}
