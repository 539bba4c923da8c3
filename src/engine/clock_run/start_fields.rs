//! What the start of a clock said of itself.

use super::StartFields;

use crate::engine::plan::Plan;
use crate::engine::truth::Own;
use crate::log::Event;
use crate::vocabulary::Reading;

impl StartFields {
    /// Those of a start event.
    pub fn of(event: &Event) -> Self {
        Self { kind: usize::from(event.kind), fields: event.fields.clone(), place: Some(event.place) }
    }

    /// The same, with the fields that a restart event has too, where the log says them.
    #[must_use]
    pub fn restarted_by(&self, plan: &Plan<'_>, event: &Event) -> Self {
        let mut restarted = self.clone();
        let kinds = &plan.graph.vocabulary.events;
        let (Some(mine), Some(theirs)) = (kinds.get(self.kind), kinds.get(usize::from(event.kind))) else {
            return restarted;
        };
        for (field, reading) in mine.fields.iter().zip(&mut restarted.fields) {
            let said = theirs.field(&field.name).and_then(|slot| event.fields.get(slot));
            // What cannot be read is said anew all the same.
            if let Some(said) = said.filter(|said| !matches!(said, Reading::Missing)) {
                *reading = said.clone();
                restarted.place = None;
            }
        }
        restarted
    }
}

impl<'a> From<&'a StartFields> for Own<'a> {
    fn from(own: &'a StartFields) -> Self {
        Self { kind: own.kind, fields: &own.fields, place: own.place }
    }
}
