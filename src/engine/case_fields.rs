//! How the fields of a case stand at an instant.

use super::truth::{Facts, Latest};

use crate::graph::Graph;
use crate::log::{Event, Place};
use crate::vocabulary::Reading;

/// The fields of a case as they stand, and the log line that each has stood so since.
pub struct CaseFields {
    /// What each says.
    pub readings: Vec<Reading>,
    /// Where it was first said so.
    pub said_in: Vec<Option<Place>>,
}

impl CaseFields {
    /// Of which nothing is known yet.
    pub fn unknown(graph: &Graph) -> Self {
        let count = graph.vocabulary.case_fields.len();
        Self { readings: vec![Reading::Missing; count], said_in: vec![None; count] }
    }

    /// What conditions may read, beside the latest event of each kind.
    pub fn facts<'a>(&'a self, graph: &'a Graph, latest: &'a [Latest<'a>]) -> Facts<'a> {
        let Self { readings, said_in } = self;
        Facts { graph, case: readings, said_in, latest, own: None, started: None, shown: &[] }
    }

    /// Takes in what an event says of the case, if it is its own; whether that is anything new.
    pub fn take(&mut self, event: &Event, is_own: bool) -> bool {
        let mut changed = false;
        for (field, said) in event.case_fields.iter().filter(|_| is_own) {
            let field = usize::from(*field);
            let Some((reading, place)) = self.readings.get_mut(field).zip(self.said_in.get_mut(field)) else {
                continue;
            };
            if reading != said {
                *reading = said.clone();
                *place = Some(event.place);
                changed = true;
            }
        }
        changed
    }
}

/// The fields of a case and the latest event of each kind, as they stood.
pub struct CaseSnapshot<'l> {
    fields: CaseFields,
    latest: Vec<Latest<'l>>,
}

impl<'l> CaseSnapshot<'l> {
    /// As they stand behind these events.
    pub fn after(graph: &Graph, events: impl Iterator<Item = TrustedEvent<'l>>) -> Self {
        let latest = vec![Latest::None; graph.vocabulary.events.len()];
        let mut standing = Self { fields: CaseFields::unknown(graph), latest };
        events.for_each(|heard| {
            standing.fields.take(heard.event, heard.is_own);
            take_latest(&mut standing.latest, heard.event, heard.trusted);
        });
        standing
    }

    /// What conditions may read.
    pub fn facts<'a>(&'a self, graph: &'a Graph) -> Facts<'a> {
        self.fields.facts(graph, &self.latest)
    }
}

/// An event of the log, as a case hears it.
#[derive(Clone, Copy)]
pub struct TrustedEvent<'l> {
    /// The event.
    pub event: &'l Event,
    /// Whether what must hold of it to be believed surely does.
    pub trusted: bool,
    /// Whether it is of this case, and not one of another that reaches it.
    pub is_own: bool,
}

/// Takes in what an event says of itself.
pub fn take_latest<'l>(latest: &mut [Latest<'l>], event: &'l Event, trusted: bool) {
    if let Some(latest) = latest.get_mut(usize::from(event.kind)) {
        *latest = if trusted { Latest::Told(event) } else { Latest::Untold(event) };
    }
}
