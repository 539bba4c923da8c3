//! Where things happen: names of touchpoints and moments, and what tells of an event where it happened.

use super::conditions::Scope;

use crate::graph::{Condition, Operand, Told};
use crate::resolve::faults::RuleFault;
use crate::resolve::resolver::Resolver;
use crate::source::Span;
use crate::syntax::tree;
use crate::vocabulary::{Comparison, Field, Kind, Reading, Type, Value};

/// The field by which a channel is told.
const CHANNEL: &str = "channel";

impl Resolver<'_> {
    /// The names of touchpoints, for fields that say one.
    pub fn touchpoint_names(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Touchpoint(block) = declaration {
                let index = self.touchpoints.len();
                if self.declare(Kind::Touchpoint, &block.name, index) {
                    self.touchpoints.push(block.name.node.clone());
                }
            }
        }
    }

    /// The names of moments, and what tells where each event happens.
    pub fn places(&mut self, declarations: &[&tree::Declaration]) {
        let mut moments = Vec::new();
        for declaration in declarations {
            if let tree::Declaration::Moment(moment) = declaration
                && self.declare(Kind::Moment, &moment.block.name, moments.len())
            {
                moments.push(moment.block.name.node.clone());
                self.moments_at.push(self.number_of(Kind::Touchpoint, &moment.at));
            }
        }
        self.graph.places.kind =
            Type::Choice { ordered: false, values: self.touchpoints.iter().cloned().chain(moments).collect() };
        let channels = self.channels(declarations);
        self.graph.places.of_case = self.told_by(&self.graph.vocabulary.case_fields, &channels);
        for declaration in declarations {
            if let tree::Declaration::Event(event) = declaration
                && self.is_declared(Kind::Event, &event.name)
            {
                let told = self.told_by_event(event, &channels);
                self.graph.places.of_events.push(told);
            }
        }
    }

    /// The channels of each touchpoint.
    fn channels(&self, declarations: &[&tree::Declaration]) -> Vec<Vec<String>> {
        let mut channels = vec![Vec::new(); self.touchpoints.len()];
        for declaration in declarations {
            let tree::Declaration::Touchpoint(block) = declaration else { continue };
            let clauses = block.clauses.iter().filter_map(|clause| match &clause.node {
                tree::TouchpointClause::Channel(names) => Some(names),
                tree::TouchpointClause::Stage(_)
                | tree::TouchpointClause::Environment(_)
                | tree::TouchpointClause::Attribute(_) => None,
            });
            let index = self
                .number_of(Kind::Touchpoint, &block.name)
                .filter(|_| self.is_declared(Kind::Touchpoint, &block.name));
            if let Some(of_touchpoint) = index.and_then(|index| channels.get_mut(index)) {
                of_touchpoint.extend(clauses.flatten().map(|name| name.node.clone()));
            }
        }
        channels
    }

    fn told_by_event(&mut self, event: &tree::Event, channels: &[Vec<String>]) -> Told {
        let Some(index) = self.number_of(Kind::Event, &event.name) else { return Told::Nothing };
        if let Some(place) = &event.at {
            let index = self.place_index(place);
            return index.map_or(Told::Nothing, |index| Told::Always(Reading::Known(Value::Choice(index))));
        }
        let fields = self.graph.vocabulary.events.get(index).map(|kind| kind.fields.as_slice());
        self.told_by(fields.unwrap_or_default(), channels)
    }

    /// What of some fields tells a place: one of type `touchpoint`, or the channel.
    fn told_by(&self, fields: &[Field], channels: &[Vec<String>]) -> Told {
        if let Some(field) = fields.iter().position(|field| field.is_touchpoint) {
            return Told::Field(field);
        }
        let Some(field) = fields.iter().position(|field| field.name == CHANNEL) else { return Told::Nothing };
        let Some(Type::Choice { values, .. }) = fields.get(field).map(|field| &field.kind) else {
            return Told::Nothing;
        };
        let only = |channel: &String| {
            let mut touchpoints = channels.iter().enumerate().filter(|(_, of)| of.contains(channel));
            match (touchpoints.next(), touchpoints.next()) {
                (Some((touchpoint, _)), None) => Reading::Known(Value::Choice(touchpoint)),
                _ => Reading::Missing,
            }
        };
        let places: Vec<Reading> = values.iter().map(only).collect();
        let tells = places.iter().any(|place| place.known().is_some());
        if tells { Told::Channel(field, places) } else { Told::Nothing }
    }

    /// The number of a touchpoint or moment among all places; tells if there is none of that name.
    pub fn place_index(&mut self, name: &tree::Name) -> Option<usize> {
        let moment = self.number_of(Kind::Moment, name).map(|moment| self.touchpoints.len() + moment);
        let found = moment.or(self.number_of(Kind::Touchpoint, name));
        if found.is_none() {
            self.unknown(Kind::Place, name);
        }
        found
    }

    /// `at hotline`: at the touchpoint, or at a moment there.
    pub fn at_place(&mut self, name: &tree::Name, at: Span, scope: Scope<'_>) -> Option<Condition> {
        let place = self.place_index(name)?;
        let touchpoints = self.touchpoints.len();
        let moments = self.moments_at.iter().enumerate().filter(|(_, at)| **at == Some(place));
        let all = std::iter::once(place).chain(moments.map(|(moment, _)| touchpoints + moment));
        let all: Vec<Value> = all.map(Value::Choice).collect();
        let places = &self.graph.places;
        let told: Vec<&Told> = match scope.events {
            [] => vec![&places.of_case],
            events => events.iter().map(|event| places.of_event(*event)).collect(),
        };
        if told.iter().all(|told| **told == Told::Nothing) {
            let event = scope.events.first().map(|event| self.event_name(*event));
            self.fault(RuleFault::NowhereTold { place: name.node.clone(), event }, at);
            return None;
        }
        Some(match all.as_slice() {
            [only] => Condition::Compare(Operand::Here, Comparison::Is, only.clone()),
            _ => Condition::OneOf(Operand::Here, all),
        })
    }

    /// The number of a name, if it is one of that kind.
    fn number_of(&self, kind: Kind, name: &str) -> Option<usize> {
        self.names.get(&kind).and_then(|names| names.get(name)).map(|(index, _)| index)
    }
}
