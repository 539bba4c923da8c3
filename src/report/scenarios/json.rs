//! JSON: the whole view.

use super::TestView;

use crate::report::serialize::json;
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
        json(view)
    }
}
