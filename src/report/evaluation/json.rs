//! JSON: the whole view.

use serde::Serialize;

use super::View;

use crate::diagnostic::in_json;
use crate::report::{Format, Style, WriteError};

/// The whole of a run as one JSON document, indented: its view, or `versions`, a list of views, where several
/// versions judged.
#[derive(Debug)]
pub struct Json;

impl Format<[View]> for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "The whole report as one JSON document"
    }

    fn write(&self, views: &[View], _: Style) -> Result<String, WriteError> {
        #[derive(Serialize)]
        struct Versions<'v> {
            versions: &'v [View],
        }
        let text = match views {
            [view] => serde_json::to_string_pretty(view),
            versions => serde_json::to_string_pretty(&Versions { versions }),
        };
        Ok(in_json(text.map_err(WriteError::of)? + "\n"))
    }
}
