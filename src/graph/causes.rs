//! Causes: why a promise was broken.

use super::{Attributes, Condition, Graph, PromiseId};

use crate::source::Span;

/// How to tell why a promise was broken.
#[derive(Clone, PartialEq, Debug)]
pub struct Cause {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The promises whose breach it explains.
    pub promises: Vec<PromiseId>,
    /// `empowerment`, `training`, `communication`, `staffing`, `process`, `product` or `external`.
    pub kind: String,
    /// When it holds.
    pub condition: Condition,
    /// The facts that the condition reads, by their indices.
    pub facts: Vec<usize>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

impl Graph {
    /// The causes that may explain a breach of a promise, by their indices.
    pub fn causes_of(&self, promise: PromiseId) -> impl Iterator<Item = usize> {
        let causes = self.causes.iter().enumerate();
        causes.filter(move |(_, cause)| cause.promises.contains(&promise)).map(|(index, _)| index)
    }
}

impl Graph {
    /// The standards and behaviours that belong to a moment of truth, each with whether it is judged per
    /// party.
    pub fn rules_at(&self, moment: usize) -> impl Iterator<Item = (PromiseId, bool)> {
        let standards = self.standards.iter().enumerate();
        let standards = standards.filter(move |(_, found)| found.moment == Some(moment));
        let behaviours = self.behaviours.iter().enumerate();
        let behaviours = behaviours.filter(move |(_, found)| found.moment == Some(moment));
        standards
            .map(|(index, found)| (PromiseId::Standard(index), found.per_party))
            .chain(behaviours.map(|(index, found)| (PromiseId::Behaviour(index), found.per_party)))
    }
}
