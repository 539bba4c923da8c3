//! Facts: what a case shows of how a promise was broken.

use super::build::Resolver;
use super::conditions::{Meaning, Scope};
use super::faults::GraphFault;
use super::model::{Condition, Graph, Operand};
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Type;

/// What a case shows of how a promise was broken, from the start of what is told to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// `overshoot`: counted time beyond due.
    Overshoot,
    /// `paused`: time on the wall that did not count.
    Paused,
    /// `handovers`: how often the case went from one actor to another.
    Handovers,
    /// `count of E`; the event may be a virtual one.
    CountOf(usize),
    /// `time from E to F`: from the first E to the first F behind it.
    TimeFrom(usize, usize),
    /// `waiting for approval`: time on the wall with an asking that had no answer yet.
    WaitingForApproval,
}

impl Fact {
    /// The type of what it says.
    pub fn kind(self) -> Type {
        match self {
            Fact::Handovers | Fact::CountOf(_) => Type::Number,
            Fact::Overshoot | Fact::Paused | Fact::TimeFrom(..) | Fact::WaitingForApproval => Type::Duration,
        }
    }

    /// Whether only a clock has it.
    pub fn needs_a_clock(self) -> bool {
        matches!(self, Fact::Overshoot | Fact::Paused)
    }
}

impl Graph {
    /// A fact as the language spells it: `count of ticket.reopened`.
    pub fn fact_name(&self, fact: usize) -> String {
        match self.facts.get(fact) {
            None => String::new(),
            Some(Fact::Overshoot) => "overshoot".into(),
            Some(Fact::Paused) => "paused".into(),
            Some(Fact::Handovers) => "handovers".into(),
            Some(Fact::CountOf(event)) => format!("count of {}", self.event_name(*event)),
            Some(Fact::TimeFrom(from, to)) => {
                format!("time from {} to {}", self.event_name(*from), self.event_name(*to))
            }
            Some(Fact::WaitingForApproval) => "waiting for approval".into(),
        }
    }
}

impl Resolver<'_> {
    /// A fact, where the sentence is about a breach; elsewhere the field of that name, if there is one.
    pub fn fact(&mut self, fact: &tree::Fact, at: Span, scope: Scope<'_>) -> Option<Meaning> {
        let field = self.field_called_as(fact, at, scope);
        match (scope.facts, field) {
            (true, Some((meaning, declared))) => {
                let (name, meanings) = (self.said(at), ["a fact about the breach", meaning]);
                self.fault_against(GraphFault::TwoMeanings { name, meanings }, at, declared);
                None
            }
            (true, None) => {
                let fact = self.resolved_fact(fact)?;
                let index = self.fact_index(fact);
                Some(Meaning::Field(Operand::Fact(index), fact.kind(), Span::default()))
            }
            (false, Some(_)) => self.meaning(&Spanned::new(as_a_field(fact)?, at), scope),
            (false, None) => {
                let fact = self.said(at);
                self.fault(GraphFault::FactOutside { fact }, at);
                None
            }
        }
    }

    /// What else a fact's words may mean in a sentence, and where that is declared.
    fn field_called_as(&mut self, fact: &tree::Fact, at: Span, scope: Scope<'_>) -> Option<(&'static str, Span)> {
        match as_a_field(fact)? {
            tree::Operand::Path(name) => {
                let of_event = scope.events.iter().find_map(|event| self.event_field_named(*event, &name));
                let of_case = self.case_field(&name);
                let segment = self.segment_named(&name);
                of_event
                    .map(|(_, _, declared)| ("a field of the event", declared))
                    .or(of_case.map(|(_, _, declared)| ("a field of the case", declared)))
                    .or(segment.map(|segment| ("a segment", self.segment_span(segment))))
            }
            tree::Operand::FieldOf { field, event } => {
                let (event, _) = self.names.get("event")?.get(&event)?;
                self.event_field(event, &field).map(|(_, _, declared)| ("a field of the event", declared))
            }
            tree::Operand::Fact(_) => None,
        }
        .filter(|(_, declared)| *declared != at)
    }

    fn resolved_fact(&mut self, fact: &tree::Fact) -> Option<Fact> {
        Some(match fact {
            tree::Fact::Overshoot => Fact::Overshoot,
            tree::Fact::Paused => Fact::Paused,
            tree::Fact::Handovers => Fact::Handovers,
            tree::Fact::CountOf(event) => Fact::CountOf(self.happening(event)?),
            tree::Fact::TimeFrom(from, to) => {
                let (from, to) = (self.happening(from), self.happening(to));
                Fact::TimeFrom(from?, to?)
            }
            tree::Fact::WaitingForApproval => Fact::WaitingForApproval,
        })
    }

    fn fact_index(&mut self, fact: Fact) -> usize {
        let facts = &mut self.graph.facts;
        facts.iter().position(|known| *known == fact).unwrap_or_else(|| {
            facts.push(fact);
            facts.len() - 1
        })
    }

    /// Tells of facts that only a clock has, where there is none: they could never be known.
    pub(super) fn facts_of_no_clock(&mut self, condition: &Condition, at: Span, of: &str) {
        for fact in facts_in(&self.graph, condition) {
            if self.graph.facts.get(fact).is_some_and(|fact| fact.needs_a_clock()) {
                let fact = self.graph.fact_name(fact);
                self.fault(GraphFault::NoClock { fact, of: of.to_owned() }, at);
            }
        }
    }
}

/// The same words as a field: `overshoot`, `count of survey.answered`.
fn as_a_field(fact: &tree::Fact) -> Option<tree::Operand> {
    let name = |word: &str| Some(tree::Operand::Path(word.to_owned()));
    match fact {
        tree::Fact::Overshoot => name("overshoot"),
        tree::Fact::Paused => name("paused"),
        tree::Fact::Handovers => name("handovers"),
        tree::Fact::CountOf(tree::Happening::Event(event)) => {
            let field = Spanned::new("count".to_owned(), event.span);
            Some(tree::Operand::FieldOf { field, event: event.clone() })
        }
        tree::Fact::CountOf(_) | tree::Fact::TimeFrom(..) | tree::Fact::WaitingForApproval => None,
    }
}

/// The facts that a condition reads, segments opened up, each once.
pub fn facts_in(graph: &Graph, condition: &Condition) -> Vec<usize> {
    let mut facts: Vec<usize> = condition
        .operands(graph)
        .into_iter()
        .filter_map(|operand| match operand {
            Operand::Fact(fact) => Some(*fact),
            _ => None,
        })
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}
