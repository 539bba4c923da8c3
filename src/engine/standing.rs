//! How the fields of a case stand at an instant.

use crate::graph::Graph;
use crate::log::Event;
use crate::vocabulary::Reading;

use super::case::facts;
use super::truth::Facts;

/// The fields of a case and the latest event of each kind, as they stood.
pub struct Standing<'l> {
    fields: Vec<Reading>,
    latest: Vec<Option<&'l Event>>,
}

impl<'l> Standing<'l> {
    /// As they stand behind these events, each with whether it is trusted.
    pub fn behind(graph: &Graph, events: impl Iterator<Item = (&'l Event, bool)>) -> Self {
        let fields = vec![Reading::Missing; graph.vocabulary.case_fields.len()];
        let latest = vec![None; graph.vocabulary.events.len()];
        let mut standing = Self { fields, latest };
        for (event, trusted) in events {
            take(&mut standing.fields, &mut standing.latest, event, trusted);
        }
        standing
    }

    /// What conditions may read.
    pub fn facts<'a>(&'a self, graph: &'a Graph) -> Facts<'a> {
        facts(graph, &self.fields, &self.latest)
    }
}

/// Takes in what an event says of the case; of itself, only if it is trusted.
pub fn take<'l>(fields: &mut [Reading], latest: &mut [Option<&'l Event>], event: &'l Event, trusted: bool) {
    for (field, reading) in &event.case_fields {
        if let Some(slot) = fields.get_mut(usize::from(*field)) {
            *slot = reading.clone();
        }
    }
    if let Some(latest) = latest.get_mut(usize::from(event.kind)) {
        *latest = Some(event).filter(|_| trusted);
    }
}
