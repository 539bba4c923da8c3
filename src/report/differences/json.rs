//! JSON: all comparisons.

use serde::Serialize;

use super::Differences;

use crate::diagnostic::in_json;
use crate::report::{Format, Style, WriteError};

/// All comparisons as one JSON document, indented.
#[derive(Debug)]
pub struct Json;

impl Format<[Differences]> for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "One JSON document"
    }

    fn write(&self, services: &[Differences], _: Style) -> Result<String, WriteError> {
        #[derive(Serialize)]
        struct Document<'d> {
            services: &'d [Differences],
        }
        let text = serde_json::to_string_pretty(&Document { services }).map_err(WriteError::of)?;
        Ok(in_json(text + "\n"))
    }
}
