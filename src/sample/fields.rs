//! What the events of a case say, so that they do what they should.

use super::agenda::IntendedEvent;
use super::clock_effects::{any_of, speaks_of};
use super::facts::Facts;
use super::plausible_values::{Slot, identity};
use super::timeline::CaseTimeline;

use crate::graph::Standard;
use crate::vocabulary::{Field, Reading, Type, Value};

/// So often fields are made up anew until a condition holds.
pub const TRIES: usize = 60;

impl CaseTimeline<'_> {
    /// Fields of an event as wished; none if they cannot be had.
    pub(super) fn make_fields(&mut self, intended: &IntendedEvent<'_>) -> Option<Vec<Reading>> {
        let mut second_best = None;
        for _ in 0..TRIES {
            let fields = self.some_fields(intended);
            let facts = self.facts().about(intended.kind, &fields);
            if facts.surely(intended.filter) && !self.starts_twice(facts, intended.kind, &fields) {
                if self.is_as_meant(facts, intended.kind) {
                    return Some(fields);
                }
                second_best = Some(fields);
            }
        }
        second_best
    }

    fn some_fields(&mut self, intended: &IntendedEvent<'_>) -> Vec<Reading> {
        let Some(event) = self.world.graph.vocabulary.events.get(intended.kind) else { return Vec::new() };
        let fields = event.fields.iter().enumerate();
        fields
            .map(|(slot, field)| match intended.settled.iter().find(|(settled, _)| *settled == slot) {
                Some((_, value)) => Reading::Known(value.clone()),
                None => match self.settled_by_clocks(intended.kind, slot, field) {
                    Some(value) => Reading::Known(value),
                    None => self
                        .reached_by(intended.kind, slot)
                        .unwrap_or_else(|| self.reading(Slot::Event(intended.kind, slot), field)),
                },
            })
            .collect()
    }

    /// The case field by which an event reaches this case, if that is the field.
    fn reached_by(&self, kind: usize, slot: usize) -> Option<Reading> {
        let (own, of_case) = self.world.graph.reaches.get(kind).copied().flatten()?;
        if own == slot { self.fields.get(of_case).cloned() } else { None }
    }

    /// A case field by which events reach cases: each case is told alone, so each has a value of its own.
    pub(super) fn own_value(&self, index: usize, field: &Field) -> Option<Reading> {
        let mut reaches = self.world.graph.reaches.iter().flatten();
        let is_reached = reaches.any(|(_, of_case)| *of_case == index) && field.kind == Type::Text;
        let last = field.name.rsplit('.').next().unwrap_or(&field.name);
        is_reached.then(|| Reading::Known(Value::Text(format!("{last}_{:03}", self.setting().case + 1).into())))
    }

    /// The `per` field: a new id where a clock starts, else that of a clock that runs.
    fn settled_by_clocks(&mut self, kind: usize, slot: usize, field: &Field) -> Option<Value> {
        let keyed = |standard: &Standard| {
            let key = standard.key.as_ref();
            key.is_some_and(|key| key.slots.get(kind).copied().flatten() == Some(slot))
        };
        let graph = self.world.graph;
        let starts = graph
            .standards
            .iter()
            .any(|standard| keyed(standard) && standard.starts.iter().any(|start| start.event == kind));
        let running = || {
            let mut clocks = self.clocks.iter().filter(|clock| clock.runs());
            clocks.find(|clock| graph.standards.get(clock.standard).is_some_and(keyed))?.key.clone()
        };
        match (&field.kind, starts) {
            (Type::Text, true) => Some(Value::Text(identity(graph, kind, field, self.setting()).into())),
            (_, true) => None,
            (_, false) => running(),
        }
    }

    /// Whether the event would start a clock that runs already.
    fn starts_twice(&self, facts: Facts<'_>, kind: usize, fields: &[Reading]) -> bool {
        self.clocks.iter().filter(|clock| clock.runs()).any(|clock| {
            let Some(standard) = self.world.graph.standards.get(clock.standard) else { return false };
            let stops = any_of(facts, &standard.stops, kind) && speaks_of(standard, clock, kind, fields);
            !stops && any_of(facts, &standard.starts, kind) && speaks_of(standard, clock, kind, fields)
        })
    }

    /// What a field of the case or of an event that happens now says.
    pub(super) fn reading(&mut self, slot: Slot, field: &Field) -> Reading {
        let reading = self.world.palette.reading(slot, field, self.setting(), &mut self.random);
        let roles = self.world.graph.roles.len();
        match (&field.kind, reading) {
            (Type::Role, Reading::Missing) if roles > 0 && !(field.optional && self.random.chance(8)) => {
                Reading::Known(Value::Role(self.random.index(roles)))
            }
            (_, reading) => reading,
        }
    }
}
