//! Why it cannot be told what an event did.

use crate::engine::finding::{DisplayValue, EvidenceKind, FieldFact, UnknownFact};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::{Effect, Phase};
use crate::engine::truth::{Facts, Truth};
use crate::engine::words::{self, unknown_fields};
use crate::graph::Graph;
use crate::log::Event;

/// Why something that an event may have done cannot be told.
pub fn doubts(graph: &Graph, effect: &Effect<'_>, facts: Facts<'_>, event: &Occurrence<'_>) -> Vec<UnknownFact> {
    let about = match effect.phase {
        Phase::Stop => EvidenceKind::Stopped,
        Phase::Cancel => EvidenceKind::Cancelled,
        Phase::Restart => EvidenceKind::Restarted,
        Phase::Pause(_) => EvidenceKind::Paused,
        Phase::Resume(_) => EvidenceKind::Resumed,
        Phase::Reopen(_) => EvidenceKind::Reopened,
        Phase::Extend(_) => EvidenceKind::Extended,
        Phase::Start => EvidenceKind::Started,
        Phase::Escalate => EvidenceKind::Escalated,
    };
    let filters = effect.filters.iter().copied().flatten();
    let facts = facts.about(&**event).started(event.time);
    let mut doubts: Vec<UnknownFact> = unknown_fields(graph, facts, filters)
        .into_iter()
        .map(|field| UnknownFact { about, field, place: Some(event.place) })
        .collect();
    doubts.extend(unsure(graph, event, about));
    doubts.extend(key_doubt(graph, effect.standard, event).map(|doubt| UnknownFact { about, ..doubt }));
    doubts
}

/// Why something cannot be told to have happened at all.
pub fn unsure(graph: &Graph, event: &Occurrence<'_>, about: EvidenceKind) -> Vec<UnknownFact> {
    let first = event.doubts.iter().find_map(|doubt| doubt.place.or(doubt.field.place));
    let of_clock = (event.sure == Truth::Unknown && event.clock.is_some()).then(|| UnknownFact {
        about,
        field: FieldFact::of(graph.event_name(usize::from(event.kind)), DisplayValue::Undetermined),
        place: first.or(Some(event.place)),
    });
    let why = event.doubts.iter().map(|doubt| UnknownFact { about, ..doubt.clone() });
    of_clock.into_iter().chain(why).collect()
}

/// The missing `per` field of an event that should name it.
pub fn key_doubt(graph: &Graph, standard: usize, event: &Event) -> Option<UnknownFact> {
    let key = graph.standards.get(standard)?.key.as_ref()?;
    let kind = usize::from(event.kind);
    let slot = key.slots.get(kind).copied().flatten()?;
    let reading = event.fields.get(slot).filter(|reading| reading.known().is_none())?;
    let field = words::event_field(graph, kind, slot, Some(reading));
    Some(UnknownFact { about: EvidenceKind::Started, field, place: Some(event.place) })
}
