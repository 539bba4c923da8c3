//! JSON: all comparisons.

use serde::Serialize;

use super::Differences;

use crate::report::serialize::json;
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
        json(&Document { services })
    }
}
