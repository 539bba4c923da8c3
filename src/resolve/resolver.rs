//! The state of resolving: names declared, names looked up, faults collected.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Zone;
use crate::diagnostic::{Diagnostic, Fault, did_you_mean};
use crate::graph::{ClockEvent, ConditionRole, Declared, DerivedEvent, Graph, Operand, ProofObligations, Trigger};
use crate::resolve::faults::{ClauseFault, NameFault, TypeFault};
use crate::source::{Sources, Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type};

/// Names of one kind and where they are declared.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, (usize, Span)>);

impl Names {
    pub fn get(&self, name: &str) -> Option<(usize, Span)> {
        self.0.get(name).copied()
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The state of one build.
pub struct Resolver<'a> {
    pub sources: &'a Sources,
    pub graph: Graph,
    pub faults: Vec<Diagnostic>,
    pub declared_at: Declared,
    pub names: BTreeMap<Kind, Names>,
    /// Actions whose cost could not be resolved: nothing more is said of it.
    pub costs_at_fault: Vec<usize>,
    /// The `per` field of each standard that has one, by the standard's name.
    pub keys_of_standards: BTreeMap<String, String>,
    /// Where in the graph each virtual event is.
    pub index_of_derived: BTreeMap<DerivedEvent, usize>,
    /// Where each event kind keeps a `per` field, by the field's name.
    pub slots_of_keys: BTreeMap<String, Arc<[Option<usize>]>>,
    /// What is to be proved once all is resolved.
    pub obligations: ProofObligations,
    lost: Vec<&'a str>,
    /// Whether a `service` could not be read.
    pub lost_service: bool,
}

impl<'a> Resolver<'a> {
    /// Nothing resolved yet.
    pub fn new(files: &'a [tree::File], sources: &'a Sources) -> Self {
        let lost = files.iter().flat_map(|file| &file.lost).map(String::as_str).collect();
        Self {
            sources,
            graph: Graph::empty(),
            faults: Vec::new(),
            declared_at: Declared::default(),
            names: BTreeMap::new(),
            costs_at_fault: Vec::new(),
            keys_of_standards: BTreeMap::new(),
            index_of_derived: BTreeMap::new(),
            slots_of_keys: BTreeMap::new(),
            obligations: ProofObligations::default(),
            lost,
            lost_service: files.iter().any(|file| file.lost_service),
        }
    }

    /// The text at a place, on one line.
    pub fn said(&self, span: Span) -> String {
        self.sources.on_one_line(span)
    }

    pub fn fault(&mut self, fault: impl Fault, at: Span) {
        self.faults.push(Diagnostic::new(fault, at));
    }

    /// Tells a fault and what it conflicts with; what is declared nowhere is not pointed at.
    pub fn fault_against(&mut self, fault: impl Fault, at: Span, other: Span) {
        let diagnostic = Diagnostic::new(fault, at);
        self.faults.push(if other == Span::default() { diagnostic } else { diagnostic.against(other) });
    }

    /// Declares `name` as number `index` of its kind; false (and told) if it is taken.
    pub fn declare(&mut self, kind: Kind, name: &tree::Name, index: usize) -> bool {
        let names = self.names.entry(kind).or_default();
        if let Some((_, first)) = names.get(name) {
            let fault = NameFault::Duplicate { kind, name: name.node.clone() };
            self.fault_against(fault, name.span, first);
            return false;
        }
        names.0.insert(name.node.clone(), (index, name.span));
        true
    }

    /// Looks `name` up among names of `kind`; tells if there is none, unless it stood in a
    /// declaration that could not be read.
    pub fn find(&mut self, kind: Kind, name: &tree::Name) -> Option<usize> {
        let found = self.names.get(&kind).and_then(|names| names.get(name));
        if found.is_none() {
            self.unknown(kind, name);
        }
        found.map(|(index, _)| index)
    }

    /// Tells that there is no `kind` of that name.
    pub fn unknown(&mut self, kind: Kind, name: &tree::Name) {
        if self.is_lost(name) {
            return;
        }
        let names = self.names.get(&kind);
        let suggestion = names.and_then(|names| did_you_mean(name, names.keys())).map(str::to_owned);
        let is_a = self.names.iter().find(|(other, names)| **other != kind && names.get(name).is_some());
        let is_a = is_a.map(|(other, _)| *other);
        self.fault(NameFault::Undeclared { kind, name: name.node.clone(), suggestion, is_a }, name.span);
    }

    /// Whether a declaration that could not be read would have declared this name.
    pub fn is_lost(&self, name: &str) -> bool {
        self.lost.contains(&name)
    }

    pub fn role(&mut self, name: &tree::Name) -> Option<usize> {
        self.find(Kind::Role, name)
    }

    pub fn event(&mut self, name: &tree::Name) -> Option<usize> {
        self.find(Kind::Event, name)
    }

    pub fn zone(&self) -> &Zone {
        &self.graph.vocabulary.zone
    }

    pub fn segment_named(&self, name: &str) -> Option<usize> {
        Some(self.names.get(&Kind::Segment)?.get(name)?.0)
    }

    pub fn segment_span(&self, segment: usize) -> Span {
        self.graph.segments.get(segment).map(|segment| segment.span).unwrap_or_default()
    }

    pub fn case_field(&self, name: &str) -> Option<(Operand, Type, Span)> {
        let (index, declared) = self.names.get(&Kind::CaseField)?.get(name)?;
        let field = self.graph.vocabulary.case_fields.get(index)?;
        Some((Operand::Case(index), field.kind.clone(), declared))
    }

    pub fn event_field_named(&self, event: usize, name: &str) -> Option<(usize, Type, Span)> {
        let kind = self.graph.vocabulary.events.get(event)?;
        let slot = kind.field(name)?;
        let declared = self.declared_at.event_fields.get(event).and_then(|fields| fields.get(slot)).copied();
        Some((slot, kind.fields.get(slot)?.kind.clone(), declared.unwrap_or_default()))
    }

    pub fn event_field(&self, event: usize, name: &tree::Name) -> Option<(usize, Type, Span)> {
        self.event_field_named(event, name)
    }

    pub fn event_span(&self, event: usize) -> Span {
        self.declared_at.events.get(event).copied().unwrap_or_default()
    }

    pub fn event_name(&self, event: usize) -> String {
        self.graph.vocabulary.events.get(event).map(|event| event.name.clone()).unwrap_or_default()
    }

    /// Tells that an event has no such field.
    pub fn unknown_field_of(&mut self, field: &tree::Name, event: usize) {
        let Some(kind) = self.graph.vocabulary.events.get(event) else { return };
        let suggestion = did_you_mean(field, kind.fields.iter().map(|field| field.name.as_str())).map(str::to_owned);
        let fault = NameFault::UnknownField { event: kind.name.clone(), field: field.node.clone(), suggestion };
        let declared = self.event_span(event);
        self.fault_against(fault, field.span, declared);
    }

    /// Tells that a name in a condition is neither segment nor field.
    pub fn unknown_in_condition(&mut self, name: &str, at: Span, scope: crate::resolve::conditions::Scope<'_>) {
        if self.is_lost(name) {
            return;
        }
        let (having, lacking): (Vec<usize>, Vec<usize>) =
            scope.events.iter().copied().partition(|event| self.event_field_named(*event, name).is_some());
        if let Some(first) = having.first() {
            let declared = self.event_field_named(*first, name).map(|(_, _, declared)| declared).unwrap_or_default();
            let fault = NameFault::NotOfAll {
                field: name.to_owned(),
                event: self.event_name(*first),
                lacking: lacking.first().map(|event| self.event_name(*event)),
            };
            self.fault_against(fault, at, declared);
            return;
        }
        let of_events = scope.events.iter().filter_map(|event| self.graph.vocabulary.events.get(*event));
        let of_events = of_events.flat_map(|event| &event.fields);
        let fields = of_events.chain(&self.graph.vocabulary.case_fields).map(|field| field.name.as_str());
        let segments = self.graph.segments.iter().map(|segment| segment.name.as_str());
        let suggestion = did_you_mean(name, fields.chain(segments)).map(str::to_owned);
        let value_of = self.graph.vocabulary.case_fields.iter().find(
            |field| matches!(&field.kind, Type::Choice { values, .. } if values.iter().any(|value| value == name)),
        );
        match value_of.map(|field| field.name.clone()) {
            Some(field) if suggestion.is_none() => {
                self.fault(TypeFault::ValueAlone { value: name.to_owned(), field }, at);
            }
            _ => {
                let (kind, name) = (Kind::SegmentOrField, name.to_owned());
                self.fault(NameFault::Undeclared { kind, name, suggestion, is_a: None }, at);
            }
        }
    }

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
            | tree::Condition::StartedIn(_) => format!("{said} or {}", name.node),
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
        let scope = crate::resolve::conditions::Scope::of_a_start(&events);
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

    /// Keeps the first of a clause that may stand once, and tells of the others.
    pub fn set_once<T>(&mut self, clause: &'static str, kept: &mut Option<Spanned<T>>, value: T, at: Span) {
        match kept {
            Some(first) => self.fault_against(ClauseFault::ClauseTwice { clause }, at, first.span),
            None => *kept = Some(Spanned::new(value, at)),
        }
    }
}
