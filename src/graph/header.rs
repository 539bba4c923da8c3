//! The header of a service.

use crate::calendar::{Date, DateRange};
use crate::source::Span;
use crate::vocabulary::Currency;

/// The header of a service.
#[derive(Clone, PartialEq, Debug)]
pub struct Service {
    /// Its name.
    pub name: String,
    /// Its title.
    pub label: Option<String>,
    /// The version of the standards.
    pub version: Option<String>,
    /// The days on which it is in force; without an end, up to the last day there is.
    pub effective: Option<DateRange>,
    /// The days on which other versions are in force that are judged in the same run.
    pub other_versions: Vec<DateRange>,
    /// The currency of an amount that names none.
    pub currency: Option<Currency>,
    /// Who owns the standards.
    pub owner: Option<String>,
    /// `draft`, `retired` or who approved it and when.
    pub status: Option<String>,
    /// The day by which someone must look at it again.
    pub review_before: Option<Date>,
    /// Where it is declared.
    pub span: Span,
}

impl Service {
    /// Whether the standards are in force on a day.
    pub fn is_in_force_on(&self, day: Date) -> bool {
        self.effective.is_none_or(|days| days.contains(day))
    }
}
