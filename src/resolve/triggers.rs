//! What a line waits for: events of the log, and what clocks bring about, with what must hold of them.

use crate::graph::{ClockEvent, ConditionRole, DerivedEvent, Trigger};
use crate::resolve::conditions::Scope;
use crate::resolve::faults::NameFault;
use crate::resolve::resolver::Resolver;
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Resolves `E where C or F …`; each trigger at fault is told and left out.
    pub fn triggers(&mut self, triggers: &[tree::Trigger]) -> Vec<Trigger> {
        self.triggers_for(ConditionRole::Event, triggers)
    }

    /// The same, of events that do something to a clock.
    pub fn triggers_for(&mut self, job: ConditionRole, triggers: &[tree::Trigger]) -> Vec<Trigger> {
        let before = std::iter::once(None).chain(triggers.iter().map(Some));
        let resolved = triggers.iter().zip(before).filter_map(|(trigger, before)| {
            match before.and_then(|before| self.rest_of_condition(before, trigger)) {
                Some(fault) => {
                    self.fault(fault, trigger.happening.name().span);
                    None
                }
                None => self.trigger_for(job, trigger),
            }
        });
        resolved.collect()
    }

    /// `E where C or F`, where F is no event but something to ask of a case or of E: it was meant for the condition.
    fn rest_of_condition(&self, before: &tree::Trigger, trigger: &tree::Trigger) -> Option<NameFault> {
        let (filter, tree::Happening::Event(name)) = (before.filter.as_ref()?, &trigger.happening) else { return None };
        let event_named = |name: &tree::Name| Some(self.names.get(&Kind::Event)?.get(name)?.0);
        let is_field = |event| self.event_field_named(event, name).is_some();
        let can_be_asked = self.segment_named(name).is_some()
            || self.case_field(name).is_some()
            || event_named(before.happening.name()).is_some_and(is_field);
        let said = self.said(filter.span);
        let condition = match &filter.node {
            tree::Condition::All(_) => format!("({said}) or {}", name.node),
            tree::Condition::Any(_)
            | tree::Condition::Not(_)
            | tree::Condition::Test { .. }
            | tree::Condition::StartedIn(_)
            | tree::Condition::At(_) => format!("{said} or {}", name.node),
        };
        let fault = NameFault::RestOfCondition { name: name.node.clone(), condition };
        (event_named(name).is_none() && can_be_asked).then_some(fault)
    }

    /// Both sides of a sentence, so that the faults of both are told.
    pub fn both(&mut self, one: &[tree::Trigger], other: &[tree::Trigger]) -> Option<(Vec<Trigger>, Vec<Trigger>)> {
        let (one, other) = (self.any_of(one), self.any_of(other));
        Some((one?, other?))
    }

    /// All of some triggers; none if one is at fault: without it the sentence would say something else.
    pub fn any_of(&mut self, triggers: &[tree::Trigger]) -> Option<Vec<Trigger>> {
        let resolved = self.triggers(triggers);
        (resolved.len() == triggers.len()).then_some(resolved)
    }

    /// Resolves `E where C`.
    fn trigger_for(&mut self, job: ConditionRole, trigger: &tree::Trigger) -> Option<Trigger> {
        let event = self.happening(&trigger.happening)?;
        let events = [event];
        let scope = Scope::of_a_start(&events);
        let filter = match &trigger.filter {
            Some(filter) => Some(self.condition_for(job, filter, scope)?),
            None => None,
        };
        let name = trigger.happening.name().span;
        let span = trigger.filter.as_ref().map_or(name, |filter| name.to(filter.span));
        Some(Trigger { event, filter, span })
    }

    /// Resolves an event of the log, or what a clock brings about.
    pub fn happening(&mut self, happening: &tree::Happening) -> Option<usize> {
        let (name, what) = match happening {
            tree::Happening::Event(name) => return self.event(name),
            tree::Happening::BreachOf(name) => (name, ClockEvent::Breach),
            tree::Happening::At(name, percent) => (name, ClockEvent::Part(self.percent(percent)?)),
            tree::Happening::Met(name) => (name, ClockEvent::Met),
        };
        let standard = self.find(Kind::Standard, name)?;
        let wanted = DerivedEvent { standard, what };
        let derived_events = &mut self.graph.derived_events;
        let index = self.index_of_derived.entry(wanted).or_insert_with(|| {
            derived_events.push(wanted);
            derived_events.len() - 1
        });
        Some(self.graph.vocabulary.events.len() + *index)
    }
}
