//! Cases, events and their fields.

use std::collections::HashMap;

use crate::graph::{CaseEnd, ConditionRole, Limit};
use crate::resolve::conditions::{CASE_ONLY, Scope};
use crate::resolve::faults::{ClauseFault, DaysOf, NameFault, TimeFault, TypeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{EventKind, Field, Kind, Type};

impl Resolver<'_> {
    /// Case fields and events. The types of an event's fields may name roles, so roles come first.
    pub fn vocabulary(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Case(block) = declaration {
                self.case_fields(block);
            }
            if let tree::Declaration::Event(event) = declaration {
                self.event_kind(event);
            }
        }
    }

    /// What is said of the case and of events beside their fields: only now are all of them known.
    pub fn vocabulary_rules(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Case(block) = declaration {
                self.case_rules(block);
            }
            if let tree::Declaration::Event(event) = declaration {
                self.event_rules(event);
            }
        }
    }

    /// Kinds of events (those that clocks bring about included) and fields are numbered, and each number is one.
    pub fn all_can_be_told_apart(&mut self) {
        let vocabulary = &self.graph.vocabulary;
        let kinds = vocabulary.events.len() + self.graph.derived_events.len();
        let of_events = self.declared_at.event_fields.iter().filter_map(|fields| fields.get(MOST));
        let too_many: Vec<(&'static str, Span)> = (self.declared_at.case_fields.get(MOST).into_iter())
            .map(|at| ("fields of the case", *at))
            .chain(of_events.map(|at| ("fields of one event", *at)))
            .chain((kinds > MOST).then(|| {
                let events = &self.declared_at.events;
                ("kinds of events", events.get(MOST).or(events.last()).copied().unwrap_or_default())
            }))
            .collect();
        for (what, at) in too_many {
            self.fault(ClauseFault::TooMany { what, most: MOST }, at);
        }
    }

    /// What must hold of an event before it is believed, and which cases it reaches.
    fn event_rules(&mut self, declared: &tree::Event) {
        if !self.is_declared(Kind::Event, &declared.name) {
            return;
        }
        let Some((event, _)) = self.names.get(&Kind::Event).and_then(|names| names.get(&declared.name)) else { return };
        let events = [event];
        let scope = Scope { events: &events, ..CASE_ONLY };
        let trust = declared.trust.as_ref().and_then(|trust| self.condition_for(ConditionRole::Trust, trust, scope));
        let reaches = declared.reaches.as_ref().and_then(|field| self.reached(event, field));
        if let Some(slot) = self.graph.trust.get_mut(event) {
            *slot = trust;
        }
        if let Some(slot) = self.graph.reaches.get_mut(event) {
            *slot = reaches;
        }
    }

    /// The field that an event and the cases that it reaches have in common, of one type.
    fn reached(&mut self, event: usize, field: &tree::Name) -> Option<(usize, usize)> {
        let of_event = self.event_field(event, field);
        if of_event.is_none() {
            self.unknown_field_of(field, event);
        }
        let of_case = self.find(Kind::CaseField, field);
        let ((slot, kind, declared), case_field) = (of_event?, of_case?);
        let other = self.graph.vocabulary.case_fields.get(case_field)?;
        if other.kind != kind {
            let fault =
                TypeFault::TwoTypes { field: field.node.clone(), kinds: [kind.spelling(), other.kind.spelling()] };
            self.fault_against(fault, field.span, declared);
            return None;
        }
        Some((slot, case_field))
    }

    fn case_fields(&mut self, block: &tree::Block<tree::CaseClause>) {
        for clause in &block.clauses {
            let tree::CaseClause::Field(field) = &clause.node else { continue };
            if !self.declare(Kind::CaseField, &field.name, self.graph.vocabulary.case_fields.len()) {
                continue;
            }
            let field_declared = self.field(field);
            self.graph.vocabulary.case_fields.push(field_declared);
            self.declared_at.case_fields.push(field.name.span);
        }
    }

    fn case_rules(&mut self, block: &tree::Block<tree::CaseClause>) {
        let (mut party, mut end_of_case) = (None, None);
        for clause in &block.clauses {
            match &clause.node {
                tree::CaseClause::Party(name) => {
                    let field = self.find(Kind::CaseField, name);
                    self.set_once("party", &mut party, field, clause.span);
                }
                tree::CaseClause::Ends { on, after } => {
                    let after = self.case_limit(after);
                    let end = after.map(|after| CaseEnd { on: self.triggers(on), after });
                    self.set_once("ends on", &mut end_of_case, end, clause.span);
                }
                tree::CaseClause::Field(_) => {}
            }
        }
        self.graph.party = self.graph.party.or(party.and_then(|said: Spanned<_>| said.node));
        self.graph.case_end = self.graph.case_end.take().or(end_of_case.and_then(|said: Spanned<_>| said.node));
    }

    /// How long after its last event a case is over: no rule says which days would be working days.
    fn case_limit(&mut self, after: &Spanned<tree::Limit>) -> Option<Limit> {
        if let tree::Limit::WorkingDays(days) = after.node {
            self.fault(TimeFault::NoCalendar { limit: self.said(after.span), of: DaysOf::Case }, after.span);
            return Some(Limit::CalendarDays(days, None));
        }
        self.limit(after, false)
    }

    fn event_kind(&mut self, event: &tree::Event) {
        if !self.declare(Kind::Event, &event.name, self.graph.vocabulary.events.len()) {
            return;
        }
        let mut fields: Vec<Field> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let mut declared: HashMap<&str, Span> = HashMap::new();
        for field in &event.fields {
            if let Some(first) = declared.get(field.name.node.as_str()).copied() {
                let fault = NameFault::Duplicate { kind: Kind::Field, name: field.name.node.clone() };
                self.fault_against(fault, field.name.span, first);
                continue;
            }
            declared.insert(&field.name.node, field.name.span);
            fields.push(self.field(field));
            spans.push(field.name.span);
        }
        self.graph.vocabulary.events.push(EventKind {
            name: event.name.node.clone(),
            fields,
            stands_alone: event.reaches.is_some(),
        });
        self.graph.event_labels.push(event.label.as_ref().map(|label| label.node.clone()));
        self.declared_at.events.push(event.name.span);
        self.declared_at.event_fields.push(spans);
        self.graph.trust.push(None);
        self.graph.reaches.push(None);
    }

    fn field(&mut self, field: &tree::Field) -> Field {
        let kind = match &field.kind.node {
            tree::FieldType::Plain(word) if word == TOUCHPOINT => {
                Type::Choice { ordered: false, values: self.touchpoints.clone() }
            }
            tree::FieldType::Plain(word) => plain_type(word),
            tree::FieldType::Range(least, most) => {
                if most < least {
                    let fault = TypeFault::EmptyRange { least: least.to_string(), most: most.to_string() };
                    self.fault(fault, field.kind.span);
                }
                // Read as it was likely meant, so that nothing else is told of the same slip.
                Type::Range(*least.min(most), *least.max(most))
            }
            tree::FieldType::OneOf(values) => self.choice_type(false, values),
            tree::FieldType::Ordered(values) => self.choice_type(true, values),
        };
        let is_touchpoint = matches!(&field.kind.node, tree::FieldType::Plain(word) if word == TOUCHPOINT);
        let name = field.name.node.clone();
        Field { name, kind, is_touchpoint, optional: field.optional, private: field.private }
    }

    fn choice_type(&mut self, ordered: bool, values: &[tree::Name]) -> Type {
        let mut declared: HashMap<&str, Span> = HashMap::new();
        for value in values {
            if let Some(first) = declared.get(value.node.as_str()).copied() {
                let fault = NameFault::Duplicate { kind: Kind::Value, name: value.node.clone() };
                self.fault_against(fault, value.span, first);
            } else {
                declared.insert(&value.node, value.span);
            }
        }
        Type::Choice { ordered, values: values.iter().map(|value| value.node.clone()).collect() }
    }
}

/// The type of a field that says where something happens.
const TOUCHPOINT: &str = "touchpoint";

fn plain_type(word: &str) -> Type {
    match word {
        "number" => Type::Number,
        "bool" => Type::Bool,
        "money" => Type::Money,
        "duration" => Type::Duration,
        "time" => Type::Time,
        "date" => Type::Date,
        "role" => Type::Role,
        _ => Type::Text,
    }
}

/// How many kinds of events, fields of the case, or fields of one event there may be.
const MOST: usize = u16::MAX as usize;
