//! The same promises under other numbers.

use crate::graph::visit::mutable::{self, Visitor};
use crate::graph::{Attributes, Graph, Operand, PromiseId};
use crate::proofs::kind_of;
use crate::vocabulary::{Type, Value};

/// Old numbers to new ones, kind by kind.
#[derive(Default)]
pub struct IdMap {
    /// Roles.
    pub roles: Vec<usize>,
    /// Actions; those beyond all are known to one side only.
    pub actions: Vec<usize>,
    /// Fields of the case, and whether each is of one type on both sides.
    pub case_fields: Vec<(usize, bool)>,
    /// Events, and their fields.
    pub events: Vec<(usize, Vec<(usize, bool)>)>,
    /// What clocks bring about: the number as an event.
    pub derived_events: Vec<usize>,
    /// Whether both tell alike where things happen.
    pub tell_places_alike: bool,
    /// The promises that read a field of another type, as they were numbered.
    pub unlike: Vec<PromiseId>,
    /// The old names of the values of a field, and the new ones.
    values: Vec<(Operand, Vec<String>, Vec<String>)>,
    promises: Vec<(PromiseId, PromiseId)>,
    standards: usize,
    behaviours: usize,
    levels: usize,
    scorecards: usize,
    authorities: usize,
    calendars: usize,
    periods: usize,
    segments: usize,
    /// Whether something at hand read a field of another type.
    met_unlike: bool,
}

impl IdMap {
    /// Promises, calendars, periods and segments come behind those of a graph.
    pub fn behind(graph: &Graph) -> Self {
        Self {
            standards: graph.standards.len(),
            behaviours: graph.behaviours.len(),
            levels: graph.levels.len(),
            scorecards: graph.scorecards.len(),
            authorities: graph.authorities.len(),
            calendars: graph.calendars.len(),
            periods: graph.periods.len(),
            segments: graph.segments.len(),
            ..Self::default()
        }
    }

    /// Everything stays, in a graph that may know more words.
    pub fn nothing(old: &Graph, new: &Graph) -> Self {
        let event = |(index, event): (usize, &crate::vocabulary::EventKind)| {
            (index, (0..event.fields.len()).map(|slot| (slot, true)).collect())
        };
        let mut same = Self {
            roles: (0..old.roles.len()).collect(),
            actions: (0..old.actions.len()).collect(),
            case_fields: (0..old.vocabulary.case_fields.len()).map(|index| (index, true)).collect(),
            events: old.vocabulary.events.iter().enumerate().map(event).collect(),
            tell_places_alike: true,
            ..Self::default()
        };
        same.promises = old.promise_ids().into_iter().map(|promise| (promise, promise)).collect();
        same.kinds(old, new);
        same
    }

    /// Promises that others wait for or measure are those of the same name, if there is one.
    pub fn promises_by_name(&mut self, mine: &Graph, other: &Graph) {
        let kind = |promise: &PromiseId| std::mem::discriminant(promise);
        let known = mine.promise_ids();
        for promise in other.promise_ids() {
            let same = |one: &&PromiseId| {
                kind(one) == kind(&promise) && mine.promise_name(**one) == other.promise_name(promise)
            };
            let found = known.iter().find(same).copied();
            self.promises.push((promise, found.unwrap_or_else(|| self.shifted(promise))));
        }
    }

    /// A promise that others wait for or measure, under its new number.
    pub fn named(&self, promise: PromiseId) -> PromiseId {
        let found = self.promises.iter().find(|(old, _)| *old == promise);
        found.map_or(promise, |(_, new)| *new)
    }

    /// A promise itself, under its new number.
    pub fn shifted(&self, promise: PromiseId) -> PromiseId {
        match promise {
            PromiseId::Standard(index) => PromiseId::Standard(index + self.standards),
            PromiseId::Behaviour(index) => PromiseId::Behaviour(index + self.behaviours),
            PromiseId::Level(index) => PromiseId::Level(index + self.levels),
            PromiseId::Scorecard(index) => PromiseId::Scorecard(index + self.scorecards),
            PromiseId::Authority(index) => PromiseId::Authority(index + self.authorities),
        }
    }

    /// Remembers the names of values, for those that are known by their place in a list.
    pub fn kinds(&mut self, old: &Graph, new: &Graph) {
        let names = |graph: &Graph, operand: &Operand| match kind_of(graph, operand).as_deref() {
            Some(Type::Choice { values, .. }) => Some(values.clone()),
            _ => None,
        };
        let case = (0..old.vocabulary.case_fields.len()).map(Operand::Case);
        let of_event = |(event, kind): (usize, &crate::vocabulary::EventKind)| {
            (0..kind.fields.len()).map(move |slot| Operand::Latest(event, slot)).collect::<Vec<_>>()
        };
        let events = old.vocabulary.events.iter().enumerate().flat_map(of_event);
        for operand in case.chain(events).chain([Operand::Here]) {
            let moved = self.moved(&operand);
            if let Some((old_names, new_names)) = names(old, &operand).zip(names(new, &moved)) {
                self.values.push((operand, old_names, new_names));
            }
        }
        self.met_unlike = false;
    }

    /// Gives everything in a graph that is compared its new number.
    pub fn apply(&mut self, graph: &mut Graph) {
        graph.segments.iter_mut().for_each(|segment| mutable::segment(self, segment));
        // These come along with their standards; others speak of the standard of that name.
        for exemption in &mut graph.exemptions {
            let own: Vec<usize> = exemption.standards.iter().map(|standard| standard + self.standards).collect();
            mutable::exemption(self, exemption);
            exemption.standards = own;
        }
        for escalation in &mut graph.escalations {
            let own = escalation.standard + self.standards;
            mutable::escalation(self, escalation);
            escalation.standard = own;
        }
        for (index, standard) in graph.standards.iter_mut().enumerate() {
            (standard.touchpoint, standard.moment) = (None, None);
            self.watched(PromiseId::Standard(index), |numbers| mutable::standard(numbers, standard));
        }
        for (index, behaviour) in graph.behaviours.iter_mut().enumerate() {
            (behaviour.touchpoint, behaviour.moment) = (None, None);
            self.watched(PromiseId::Behaviour(index), |numbers| mutable::behaviour(numbers, behaviour));
        }
        for (index, level) in graph.levels.iter_mut().enumerate() {
            (level.touchpoint, level.moment) = (None, None);
            self.watched(PromiseId::Level(index), |numbers| mutable::level(numbers, level));
        }
        for scorecard in &mut graph.scorecards {
            (scorecard.touchpoint, scorecard.moment) = (None, None);
            mutable::scorecard(self, scorecard);
        }
        graph.authorities.iter_mut().for_each(|authority| mutable::authority(self, authority));
    }

    fn watched(&mut self, promise: PromiseId, renumber: impl FnOnce(&mut Self)) {
        self.met_unlike = false;
        renumber(self);
        if self.met_unlike {
            self.unlike.push(promise);
        }
    }

    fn moved(&mut self, operand: &Operand) -> Operand {
        match operand {
            Operand::Case(field) => {
                let (new, same) = self.case_fields.get(*field).copied().unwrap_or((*field, true));
                self.met_unlike |= !same;
                Operand::Case(new)
            }
            Operand::Own(slots) => Operand::Own(slots.iter().map(|slot| self.slot(*slot)).collect()),
            Operand::Latest(event, slot) => {
                let (event, slot) = self.slot((*event, *slot));
                Operand::Latest(event, slot)
            }
            Operand::Fact(fact) => Operand::Fact(*fact),
            Operand::Here => {
                self.met_unlike |= !self.tell_places_alike;
                Operand::Here
            }
        }
    }

    fn slot(&mut self, (event, slot): (usize, usize)) -> (usize, usize) {
        let Some((new, fields)) = self.events.get(event) else { return (event, slot) };
        let (at, same) = fields.get(slot).copied().unwrap_or((slot, true));
        let new = *new;
        self.met_unlike |= !same;
        (new, at)
    }
}

impl Visitor for IdMap {
    fn event(&mut self, event: &mut usize) {
        *event = match event.checked_sub(self.events.len()) {
            None => self.events.get(*event).map_or(*event, |(new, _)| *new),
            Some(derived) => self.derived_events.get(derived).copied().unwrap_or(*event),
        };
    }

    fn field(&mut self, field: &mut (usize, usize)) {
        *field = self.slot(*field);
    }

    fn role(&mut self, role: &mut usize) {
        *role = self.roles.get(*role).copied().unwrap_or(*role);
    }

    fn action(&mut self, action: &mut usize) {
        *action = self.actions.get(*action).copied().unwrap_or(usize::MAX);
    }

    fn calendar(&mut self, calendar: &mut usize) {
        *calendar += self.calendars;
    }

    fn period(&mut self, period: &mut usize) {
        *period += self.periods;
    }

    fn segment(&mut self, segment: &mut usize) {
        *segment += self.segments;
    }

    fn standard(&mut self, standard: &mut usize) {
        if let PromiseId::Standard(named) = self.named(PromiseId::Standard(*standard)) {
            *standard = named;
        }
    }

    fn promise(&mut self, promise: &mut PromiseId) {
        *promise = self.named(*promise);
    }

    /// How strict a promise is does not hang on what it carries.
    fn attributes(&mut self, _said: &mut Attributes) {}

    fn operand(&mut self, read: &mut Operand) {
        *read = self.moved(read);
    }

    fn value(&mut self, operand: &Operand, value: &mut Value) {
        match value {
            Value::Role(role) => self.role(role),
            Value::Choice(index) => {
                let operand = match operand {
                    Operand::Own(slots) => slots.first().map(|(event, slot)| Operand::Latest(*event, *slot)),
                    other @ Operand::Case(_)
                    | other @ Operand::Latest(..)
                    | other @ Operand::Fact(_)
                    | other @ Operand::Here => Some(other.clone()),
                };
                let names = self.values.iter().find(|(known, ..)| Some(known) == operand.as_ref());
                let new = names.and_then(|(_, old, new)| {
                    let name = old.get(*index)?;
                    new.iter().position(|known| known == name)
                });
                *index = new.unwrap_or(*index);
            }
            Value::Text(_)
            | Value::Number(_)
            | Value::Bool(_)
            | Value::Money(_)
            | Value::Duration(_)
            | Value::Time(_)
            | Value::Date(_) => {}
        }
    }
}
