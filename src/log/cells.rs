//! The cells of a row, as the plan of its columns names them.

use std::collections::BTreeSet;

use super::columns::ColumnPlan;
use super::intake::Reason;
use super::records::{At, Row};

/// Why a row gave no event.
pub(super) enum NoEvent {
    Aside(Reason),
    Ignored(String),
    Unknown(String),
    WithoutTime,
}

impl From<Reason> for NoEvent {
    fn from(reason: Reason) -> Self {
        NoEvent::Aside(reason)
    }
}

/// A row with the plan to read it by.
#[derive(Clone, Copy)]
pub(super) struct Cells<'r, 'm> {
    pub plan: &'r ColumnPlan<'m>,
    pub row: &'r Row,
    pub at: At,
    pub missing: &'r BTreeSet<String>,
}

impl<'r> Cells<'r, '_> {
    /// What the cell says, if anything.
    pub fn get(&self, cell: usize) -> Option<&'r str> {
        self.said(cell).filter(|_| self.is_text(cell))
    }

    /// What could be made of the cell, if anything stands in it.
    pub fn said(&self, cell: usize) -> Option<&'r str> {
        let text = self.row.cells.get(cell)?.as_str();
        (!text.is_empty() && !self.missing.contains(text)).then_some(text)
    }

    /// Whether anything stands in the cell, readable or not.
    pub fn says_something(&self, cell: usize) -> bool {
        self.said(cell).is_some()
    }

    /// Whether the cell is text in UTF-8.
    pub fn is_text(&self, cell: usize) -> bool {
        !self.row.not_text.contains(&cell)
    }

    /// The first of some cells that is no text.
    pub fn not_text(&self, among: &[usize]) -> Option<Reason> {
        let cell = among.iter().find(|cell| !self.is_text(**cell))?;
        Some(Reason::NotText { column: self.plan.name(*cell).to_owned() })
    }
}

pub(super) fn case_name(cells: Cells<'_, '_>) -> Result<String, Reason> {
    if let Some(reason) = cells.not_text(&cells.plan.case) {
        return Err(reason);
    }
    let parts: Option<Vec<&str>> = cells.plan.case.iter().map(|cell| cells.get(*cell)).collect();
    Ok(join(parts.ok_or(Reason::NoCase)?.into_iter()))
}

pub(super) fn join<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    parts.collect::<Vec<_>>().join(" / ")
}
