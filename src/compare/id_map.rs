//! The same promises under other numbers.

use crate::graph::Authority;
use crate::graph::PromiseId;
use crate::graph::Scorecard;
use crate::graph::{Behaviour, Conduct};
use crate::graph::{Condition, Graph, Limit, Operand, Promise, Standard, TargetRow, Trigger};
use crate::graph::{Level, Measure};
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
        for operand in case.chain(events) {
            let moved = self.moved(&operand);
            if let Some((old_names, new_names)) = names(old, &operand).zip(names(new, &moved)) {
                self.values.push((operand, old_names, new_names));
            }
        }
        self.met_unlike = false;
    }

    /// Gives everything in a graph its new number.
    pub fn apply(&mut self, graph: &mut Graph) {
        for segment in &mut graph.segments {
            self.condition(&mut segment.condition);
        }
        for exemption in &mut graph.exemptions {
            exemption.condition.iter_mut().for_each(|condition| self.condition(condition));
            exemption.proof = exemption.proof.as_ref().map(|proof| self.moved(proof));
            exemption.standards.iter_mut().for_each(|standard| *standard += self.standards);
        }
        for escalation in &mut graph.escalations {
            escalation.standard += self.standards;
            escalation.event = self.event(escalation.event);
            for level in &mut escalation.levels {
                level.to = self.role(level.to);
                level.within = self.limit(level.within);
            }
        }
        for (index, standard) in graph.standards.iter_mut().enumerate() {
            self.watched(PromiseId::Standard(index), |numbers| numbers.standard(standard));
        }
        for (index, behaviour) in graph.behaviours.iter_mut().enumerate() {
            self.watched(PromiseId::Behaviour(index), |numbers| numbers.behaviour(behaviour));
        }
        for (index, level) in graph.levels.iter_mut().enumerate() {
            self.watched(PromiseId::Level(index), |numbers| numbers.level(level));
        }
        graph.scorecards.iter_mut().for_each(|card| self.scorecard(card));
        graph.authorities.iter_mut().for_each(|authority| self.authority(authority));
    }

    fn watched(&mut self, promise: PromiseId, renumber: impl FnOnce(&mut Self)) {
        self.met_unlike = false;
        renumber(self);
        if self.met_unlike {
            self.unlike.push(promise);
        }
    }

    fn standard(&mut self, standard: &mut Standard) {
        (standard.touchpoint, standard.moment) = (None, None);
        let pauses = standard.pauses.iter_mut().flat_map(|pause| pause.on.iter_mut().chain(&mut pause.resume));
        let reopens = standard.reopens.iter_mut().flat_map(|reopen| &mut reopen.on);
        let extensions = standard.extensions.iter_mut().flat_map(|extension| &mut extension.on);
        let ends = standard.starts.iter_mut().chain(&mut standard.stops).chain(&mut standard.cancels);
        for trigger in ends.chain(&mut standard.restarts).chain(pauses).chain(reopens).chain(extensions) {
            self.trigger(trigger);
        }
        for reopen in &mut standard.reopens {
            reopen.within = reopen.within.map(|within| self.limit(within));
        }
        for extension in &mut standard.extensions {
            extension.by = self.limit(extension.by);
            extension.approved_by = extension.approved_by.map(|role| self.role(role));
        }
        for row in &mut standard.counting {
            row.condition.iter_mut().for_each(|condition| self.condition(condition));
            row.calendar += self.calendars;
        }
        for row in standard.targets.iter_mut().chain(&mut standard.beyond) {
            self.row(row);
        }
    }

    fn row(&mut self, row: &mut TargetRow) {
        row.condition.iter_mut().for_each(|condition| self.condition(condition));
        row.promise = match &row.promise {
            Promise::Within(limit) => Promise::Within(self.limit(*limit)),
            Promise::DueAt(operand) => Promise::DueAt(self.moved(operand)),
            Promise::AtOnce => Promise::AtOnce,
            Promise::NoTarget => Promise::NoTarget,
        };
    }

    fn behaviour(&mut self, behaviour: &mut Behaviour) {
        (behaviour.touchpoint, behaviour.moment) = (None, None);
        behaviour.calendar = behaviour.calendar.map(|calendar| calendar + self.calendars);
        match &mut behaviour.sentence {
            Conduct::NeedsBefore { every: one, needs: two }
            | Conduct::NeverAfter { never: one, after: two }
            | Conduct::NeverWithout { never: one, without: two }
            | Conduct::OtherThan { every: one, other: two } => {
                self.each(one);
                self.each(two);
            }
            Conduct::Follows { after, then, within } => {
                self.each(after);
                self.each(then);
                *within = within.map(|within| self.limit(within));
            }
            Conduct::NeverWithin { never, within, after } => {
                self.each(never);
                self.each(after);
                *within = self.limit(*within);
            }
            Conduct::Never(of) | Conduct::Times { of, .. } => self.each(of),
            Conduct::AtLeastEvery { from, to, keeps, every } => {
                [from, to, keeps].into_iter().for_each(|triggers| self.each(triggers));
                *every = self.limit(*every);
            }
            Conduct::MustHold { on, condition } => {
                self.each(on);
                self.condition(condition);
            }
            Conduct::ByRole { every, role } => {
                self.each(every);
                *role = self.role(*role);
            }
        }
    }

    fn each(&mut self, triggers: &mut [Trigger]) {
        triggers.iter_mut().for_each(|trigger| self.trigger(trigger));
    }

    fn level(&mut self, level: &mut Level) {
        (level.touchpoint, level.moment) = (None, None);
        for group in &mut level.groups {
            group.field = self.moved(&group.field);
        }
        match &mut level.measure {
            Measure::Share(promise) | Measure::CasesKeeping(promise) => *promise = self.named(*promise),
            Measure::Elapsed(_, standard) => {
                if let PromiseId::Standard(named) = self.named(PromiseId::Standard(*standard)) {
                    *standard = named;
                }
            }
            Measure::Field(_, field) => {
                if let Operand::Latest(event, slot) = self.moved(&Operand::Latest(field.0, field.1)) {
                    *field = (event, slot);
                }
            }
            Measure::Count(of) => self.each(of),
            Measure::Rate(one, two) => {
                self.each(one);
                self.each(two);
            }
            Measure::CasesWith(condition) => self.condition(condition),
        }
    }

    fn scorecard(&mut self, card: &mut Scorecard) {
        (card.touchpoint, card.moment) = (None, None);
        let weighed = card.lines.iter_mut().flat_map(|line| &mut line.promises).chain(&mut card.fatal);
        for promise in weighed {
            *promise = self.named(*promise);
        }
    }

    fn authority(&mut self, authority: &mut Authority) {
        for action in &mut authority.actions {
            *action = self.actions.get(*action).copied().unwrap_or(usize::MAX);
        }
    }

    fn trigger(&mut self, trigger: &mut Trigger) {
        trigger.filter.iter_mut().for_each(|filter| self.condition(filter));
        trigger.event = self.event(trigger.event);
    }

    fn event(&self, event: usize) -> usize {
        match event.checked_sub(self.events.len()) {
            None => self.events.get(event).map_or(event, |(new, _)| *new),
            Some(waited) => self.derived_events.get(waited).copied().unwrap_or(event),
        }
    }

    fn role(&self, role: usize) -> usize {
        self.roles.get(role).copied().unwrap_or(role)
    }

    fn limit(&self, limit: Limit) -> Limit {
        match limit {
            Limit::CalendarDays(days, moved) => {
                Limit::CalendarDays(days, moved.map(|calendar| calendar + self.calendars))
            }
            Limit::Exact(_) | Limit::WorkingDays(_) => limit,
        }
    }

    fn condition(&mut self, condition: &mut Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter_mut().for_each(|part| self.condition(part)),
            Condition::Not(inner) => self.condition(inner),
            Condition::Segment(segment) => *segment += self.segments,
            Condition::StartedIn(period) => *period += self.periods,
            Condition::IsTrue(operand) | Condition::Known(operand) => *operand = self.moved(operand),
            Condition::Compare(operand, _, value) => {
                self.value(operand, value);
                *operand = self.moved(operand);
            }
            Condition::OneOf(operand, values) => {
                values.iter_mut().for_each(|value| self.value(operand, value));
                *operand = self.moved(operand);
            }
        }
    }

    fn value(&self, operand: &Operand, value: &mut Value) {
        match value {
            Value::Role(role) => *role = self.role(*role),
            Value::Choice(index) => {
                let operand = match operand {
                    Operand::Own(slots) => slots.first().map(|(event, slot)| Operand::Latest(*event, *slot)),
                    other @ Operand::Case(_) | other @ Operand::Latest(..) | other @ Operand::Fact(_) => {
                        Some(other.clone())
                    }
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
