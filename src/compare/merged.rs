//! Two graphs in one: the promises of both, in the words of both.
//!
//! What has one name in both is one thing: an event, a field, a role, a promise that another waits for. What says how
//! much is asked stays apart: calendars, segments, periods, exemptions and the promises themselves.

use std::collections::BTreeMap;

use super::id_map::IdMap;

use crate::graph::PromiseId;
use crate::graph::{DerivedEvent, Graph, Told};
use crate::vocabulary::{EventKind, Field, Type};

/// A graph that holds the promises of two.
pub struct MergedModel {
    /// The graph; the promises of the first are numbered as before.
    pub graph: Graph,
    renumber: IdMap,
}

impl MergedModel {
    /// Puts two graphs into one.
    pub fn of(mine: &Graph, other: &Graph) -> Self {
        let mut graph = mine.clone();
        let mut renumber = IdMap::behind(&graph);
        renumber.roles = other.roles.iter().map(|role| role_of(&mut graph, role)).collect();
        renumber.actions =
            other.actions.iter().map(|action| position(&graph.actions, |known| known.name == action.name)).collect();
        let case_fields = &mut graph.vocabulary.case_fields;
        renumber.case_fields = other.vocabulary.case_fields.iter().map(|field| field_of(case_fields, field)).collect();
        renumber.events = other.vocabulary.events.iter().map(|event| event_of(&mut graph, event)).collect();
        let added = graph.vocabulary.events.len() - mine.vocabulary.events.len();
        // What clocks bring about is numbered behind the events.
        let mut own = IdMap::nothing(mine, &graph);
        own.derived_events =
            (0..mine.derived_events.len()).map(|index| mine.vocabulary.events.len() + added + index).collect();
        own.apply(&mut graph);
        renumber.promises_by_name(mine, other);
        renumber.derived_events =
            other.derived_events.iter().map(|waited| virtual_of(&mut graph, &renumber, *waited)).collect();
        let mut theirs = other.clone();
        takes(&mut graph.places.kind, &other.places.kind);
        renumber.tell_places_alike = tell_alike(mine, other);
        renumber.kinds(&theirs, &graph);
        renumber.apply(&mut theirs);
        append(&mut graph, theirs);
        Self { graph, renumber }
    }

    /// A promise of the second graph, as it is numbered here.
    pub fn other(&self, promise: PromiseId) -> PromiseId {
        self.renumber.shifted(promise)
    }

    /// Whether a promise of the second graph, as it is numbered there, reads a field that the first knows as something
    /// else.
    pub fn reads_another_type(&self, promise: PromiseId) -> bool {
        self.renumber.unlike.contains(&promise)
    }
}

fn position<T>(known: &[T], is_it: impl Fn(&T) -> bool) -> usize {
    known.iter().position(is_it).unwrap_or(usize::MAX)
}

fn role_of(graph: &mut Graph, role: &crate::graph::Role) -> usize {
    if let Some(known) = graph.roles.iter().position(|known| known.name == role.name) {
        return known;
    }
    graph.vocabulary.roles.push(role.name.clone());
    graph.roles.push(crate::graph::Role { leads: Vec::new(), ..role.clone() });
    graph.roles.len() - 1
}

/// Where a field is kept, and whether it is of one type in both.
fn field_of(known: &mut Vec<Field>, field: &Field) -> (usize, bool) {
    if let Some(index) = known.iter().position(|known| known.name == field.name) {
        let same = known.get_mut(index).is_some_and(|known| takes(&mut known.kind, &field.kind));
        if let Some(known) = known.get_mut(index) {
            known.optional |= field.optional;
        }
        return (index, same);
    }
    known.push(field.clone());
    (known.len() - 1, true)
}

/// Whether a type holds all values of another, or can be given those it lacks.
fn takes(kind: &mut Type, other: &Type) -> bool {
    match (kind, other) {
        (Type::Choice { ordered: false, values }, Type::Choice { ordered: false, values: theirs }) => {
            let more: Vec<String> = theirs.iter().filter(|value| !values.contains(value)).cloned().collect();
            values.extend(more);
            true
        }
        (Type::Choice { ordered: true, values }, Type::Choice { ordered: true, values: theirs }) => {
            if theirs.starts_with(values) {
                values.clone_from(theirs);
            }
            values.starts_with(theirs)
        }
        (Type::Range(least, most), Type::Range(low, high)) => {
            (*least, *most) = ((*least).min(*low), (*most).max(*high));
            true
        }
        (kind, other) => kind == other,
    }
}

/// Where an event is kept, and where each of its fields.
fn event_of(graph: &mut Graph, event: &EventKind) -> (usize, Vec<(usize, bool)>) {
    let events = &mut graph.vocabulary.events;
    let index = events.iter().position(|known| known.name == event.name).unwrap_or_else(|| {
        events.push(EventKind { fields: Vec::new(), ..event.clone() });
        events.len() - 1
    });
    let fields = events
        .get_mut(index)
        .map(|known| event.fields.iter().map(|field| field_of(&mut known.fields, field)).collect());
    graph.event_labels.resize(graph.vocabulary.events.len(), None);
    graph.trust.resize(graph.vocabulary.events.len(), None);
    graph.reaches.resize(graph.vocabulary.events.len(), None);
    graph.places.of_events.resize(graph.vocabulary.events.len(), Told::Nothing);
    (index, fields.unwrap_or_default())
}

/// Whether two graphs tell alike where things happen.
fn tell_alike(mine: &Graph, other: &Graph) -> bool {
    let events = |graph: &Graph| {
        let events = graph.vocabulary.events.iter().enumerate();
        events
            .map(|(kind, event)| (event.name.clone(), graph.places.said_of(&event.fields, graph.places.of_event(kind))))
            .collect::<BTreeMap<_, _>>()
    };
    let of_case = |graph: &Graph| graph.places.said_of(&graph.vocabulary.case_fields, &graph.places.of_case);
    let (mine_by_name, theirs) = (events(mine), events(other));
    let both = mine_by_name.iter().filter_map(|(name, told)| Some((told, theirs.get(name)?)));
    of_case(mine) == of_case(other) && both.into_iter().all(|(one, two)| one == two)
}

/// Where what a clock brings about is kept.
fn virtual_of(graph: &mut Graph, renumber: &IdMap, waited: DerivedEvent) -> usize {
    let standard = match renumber.named(PromiseId::Standard(waited.standard)) {
        PromiseId::Standard(standard) => standard,
        PromiseId::Behaviour(_) | PromiseId::Level(_) | PromiseId::Scorecard(_) | PromiseId::Authority(_) => {
            waited.standard
        }
    };
    let wanted = DerivedEvent { standard, what: waited.what };
    let known = graph.derived_events.iter().position(|known| *known == wanted);
    let index = known.unwrap_or_else(|| {
        graph.derived_events.push(wanted);
        graph.derived_events.len() - 1
    });
    graph.vocabulary.events.len() + index
}

fn append(graph: &mut Graph, theirs: Graph) {
    graph.calendars.extend(theirs.calendars);
    graph.periods.extend(theirs.periods);
    graph.segments.extend(theirs.segments);
    graph.exemptions.extend(theirs.exemptions);
    graph.standards.extend(theirs.standards);
    graph.behaviours.extend(theirs.behaviours);
    graph.levels.extend(theirs.levels);
    graph.scorecards.extend(theirs.scorecards);
    graph.authorities.extend(theirs.authorities);
    graph.escalations.extend(theirs.escalations);
}
