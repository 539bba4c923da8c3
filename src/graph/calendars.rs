//! Calendars, named spans of days, and when a case is over.

use super::{Limit, Trigger};

use crate::calendar::{Hours, Instant};
use crate::source::Span;

/// A working calendar.
#[derive(Clone, PartialEq, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// Its hours.
    pub hours: Hours,
    /// Where it is declared.
    pub span: Span,
}

/// A named span of days.
#[derive(Clone, PartialEq, Debug)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// From the first instant of a day to the end of a day, each.
    pub spans: Vec<(Instant, Instant)>,
    /// Where it is declared.
    pub span: Span,
}

/// When a case is over.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseEnd {
    /// The events after which it is.
    pub on: Vec<Trigger>,
    /// How long after them.
    pub after: Limit,
}
