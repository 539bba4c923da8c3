//! Facts: what a case shows of how a promise was broken.

use super::build::Resolver;
use super::conditions::{Meaning, Scope};
use super::faults::GraphFault;
use crate::source::Span;
use crate::syntax::tree;

impl Resolver<'_> {
    /// A fact, where the sentence is about a breach; elsewhere the field of that name, if there is one.
    pub fn fact(&mut self, _fact: &tree::Fact, at: Span, _scope: Scope<'_>) -> Option<Meaning> {
        let fact = self.said(at);
        self.fault(GraphFault::FactOutside { fact }, at);
        None
    }
}
