//! The state of resolving: names declared, names looked up, faults collected.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Zone;
use crate::diagnostic::{Diagnostic, Fault, did_you_mean};
use crate::graph::{Declared, DerivedEvent, Graph, Operand, ProofObligations};
use crate::resolve::faults::{ClauseFault, NameFault};
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
    /// The names of the touchpoints, by their indices.
    pub touchpoints: Vec<String>,
    /// The touchpoint of each moment, by their indices.
    pub moments_at: Vec<Option<usize>>,
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
            touchpoints: Vec::new(),
            moments_at: Vec::new(),
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

    /// Keeps the first of a clause that may stand once, and tells of the others.
    pub fn set_once<T>(&mut self, clause: &'static str, kept: &mut Option<Spanned<T>>, value: T, at: Span) {
        match kept {
            Some(first) => self.fault_against(ClauseFault::ClauseTwice { clause }, at, first.span),
            None => *kept = Some(Spanned::new(value, at)),
        }
    }
}
