//! Which clocks of a standard an event speaks of.

use crate::engine::finding::UNKNOWN_KEY;
use crate::engine::occurrence::{ClockOf, Occurrence};
use crate::engine::words::{self};
use crate::graph::{Graph, Key};
use crate::vocabulary::Reading;

/// The key that an event names.
pub enum EventKey {
    /// The standard has no key, or the event does not declare it: it speaks of all.
    None,
    /// This one.
    Known(String),
    /// It should name one and does not.
    Unknown,
}

impl EventKey {
    /// That of an event, for a standard.
    pub fn of(graph: &Graph, standard: usize, event: &Occurrence<'_>) -> Self {
        let key = graph.standards.get(standard).and_then(|standard| standard.key.as_ref());
        let kind = usize::from(event.kind);
        if let Some(clock) = &event.clock {
            return Self::of_clock(graph, key, clock);
        }
        let Some(slot) = key.and_then(|key| key.slots.get(kind).copied().flatten()) else { return Self::None };
        let reading = event.fields.get(slot);
        match reading.and_then(Reading::known) {
            Some(_) => Self::Known(words::shown(graph, kind, slot, reading)),
            None => Self::Unknown,
        }
    }

    /// The key that something a clock brought about names: that clock's own, where both are told apart by
    /// the same field. What a clock brings about whose start did not say its key may be of any.
    fn of_clock(graph: &Graph, key: Option<&Key>, clock: &ClockOf) -> Self {
        let theirs = graph.standards.get(clock.standard).and_then(|standard| standard.key.as_ref());
        match (key.zip(theirs), &clock.key) {
            (Some((mine, theirs)), Some(key)) if mine.name == theirs.name => match key.as_str() {
                UNKNOWN_KEY => Self::Unknown,
                _ => Self::Known(key.clone()),
            },
            _ => Self::None,
        }
    }
}
