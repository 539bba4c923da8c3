//! Events that do something, and what clocks bring about.

use super::{Condition, Percent};

use crate::source::Span;

/// An event that does something, perhaps only under a condition.
///
/// The place takes no part in equality: two triggers are equal if they say the same.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The event, by its index in the vocabulary; beyond those, a [`DerivedEvent`] event of the graph.
    pub event: usize,
    /// What must hold of it.
    pub filter: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

impl PartialEq for Trigger {
    fn eq(&self, other: &Self) -> bool {
        self.event == other.event && self.filter == other.filter
    }
}

/// Something that a clock brings about, and that other rules may wait for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DerivedEvent {
    /// The standard whose clock it is.
    pub standard: usize,
    /// What happens to the clock.
    pub what: ClockEvent,
}

/// What can happen to a clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ClockEvent {
    /// `breach of S`
    Breach,
    /// `S at 80%`
    Part(Percent),
    /// `S met`
    Met,
}
