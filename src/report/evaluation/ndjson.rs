//! NDJSON: one finding, or window of a level, a line.

use serde::Serialize;

use super::View;
use super::levels::{LevelResult, LevelView};

use crate::diagnostic::in_json;
use crate::report::{Format, Style, WriteError};

/// One finding a line, then one window and group of a level a line: such a line has a key `level`, and whom
/// it obliges to tell under `escalated`.
#[derive(Debug)]
pub struct Ndjson;

impl Format<[View]> for Ndjson {
    fn name(&self) -> &'static str {
        "ndjson"
    }

    fn about(&self) -> &'static str {
        "One finding a line"
    }

    fn write(&self, views: &[View], _: Style) -> Result<String, WriteError> {
        lines(views).map(in_json).map_err(WriteError::of)
    }
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

fn lines(views: &[View]) -> serde_json::Result<String> {
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
    Ok(text)
}

fn line(text: &mut String, told: &impl Serialize) -> serde_json::Result<()> {
    text.push_str(&serde_json::to_string(told)?);
    text.push('\n');
    Ok(())
}
