//! Promises of any kind, by one kind of id.

use super::Graph;

/// A promise of any kind, by its index among those of its kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PromiseId {
    /// A clock.
    Standard(usize),
    /// What must, or must never, happen.
    Behaviour(usize),
    /// An aggregate.
    Level(usize),
    /// Weighted promises.
    Scorecard(usize),
    /// That nobody goes beyond what he may do.
    Authority(usize),
}

impl Graph {
    /// The name of a promise.
    pub fn promise_name(&self, promise: PromiseId) -> &str {
        match promise {
            PromiseId::Standard(index) => self.standards.get(index).map(|found| found.name.as_str()),
            PromiseId::Behaviour(index) => self.behaviours.get(index).map(|found| found.name.as_str()),
            PromiseId::Level(index) => self.levels.get(index).map(|found| found.name.as_str()),
            PromiseId::Scorecard(index) => self.scorecards.get(index).map(|found| found.name.as_str()),
            PromiseId::Authority(index) => self.authorities.get(index).map(|found| found.name.as_str()),
        }
        .unwrap_or_default()
    }
}
