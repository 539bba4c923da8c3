//! Authority: the promise that nobody goes beyond what he may do.

use super::{Attributes, Graph};

use crate::source::Span;

/// The promise that nobody goes beyond what he may do of some actions.
#[derive(Clone, PartialEq, Debug)]
pub struct Authority {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The actions.
    pub actions: Vec<usize>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

impl Graph {
    /// The promises that an act of an action keeps or breaks, by their indices.
    pub fn authorities_over(&self, action: usize) -> impl Iterator<Item = usize> {
        let authorities = self.authorities.iter().enumerate();
        authorities.filter(move |(_, authority)| authority.actions.contains(&action)).map(|(index, _)| index)
    }
}
