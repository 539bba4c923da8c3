//! A graph that is being checked as a whole.

use crate::diagnostic::{Diagnostic, Fault};
use crate::graph::Graph;
use crate::source::Span;

/// What every check works on.
pub struct Checked<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// What is told of it.
    pub faults: Vec<Diagnostic>,
}

impl Checked<'_> {
    /// Tells a fault, and what it conflicts with.
    pub fn fault(&mut self, fault: impl Fault, at: Span, other: Option<Span>) {
        let diagnostic = Diagnostic::new(fault, at);
        self.faults.push(match other {
            Some(other) => diagnostic.against(other),
            None => diagnostic,
        });
    }
}
