//! JSON: the whole view.

use super::TestView;

use crate::diagnostic::in_json;
use crate::report::{Format, Style, WriteError};

/// The whole report as one JSON document, indented.
#[derive(Debug)]
pub struct Json;

impl Format<TestView> for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "The whole report as one JSON document"
    }

    fn write(&self, view: &TestView, _: Style) -> Result<String, WriteError> {
        let text = serde_json::to_string_pretty(view).map_err(WriteError::of)?;
        Ok(in_json(text + "\n"))
    }
}
