//! Roles, and whom they lead.

use crate::source::Span;

/// A role and whom it leads.
#[derive(Clone, PartialEq, Debug)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The roles it leads directly.
    pub leads: Vec<usize>,
    /// Where it is declared.
    pub span: Span,
}
