//! JSON: the whole view.

use serde::Serialize;

use super::View;

use crate::report::serialize::json;
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
        match views {
            [view] => json(view),
            versions => json(&Versions { versions }),
        }
    }
}
