//! Facts: what a case shows of how a promise was broken.

use crate::graph::{Condition, Fact, Operand, facts_in};
use crate::resolve::conditions::{Meaning, Scope};
use crate::resolve::faults::{NameFault, RemedyFault, RuleFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// A fact, where the sentence is about a breach; elsewhere the field of that name, if there is one.
    pub fn fact(&mut self, fact: &tree::Fact, at: Span, scope: Scope<'_>) -> Option<Meaning> {
        let field = self.field_called_as(fact, at, scope);
        match (scope.facts, field) {
            (true, Some((meaning, declared))) => {
                let (name, meanings) = (self.said(at), ["a fact about the breach", meaning]);
                self.fault_against(NameFault::TwoMeanings { name, meanings }, at, declared);
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
                self.fault(RuleFault::FactOutside { fact }, at);
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
                let (event, _) = self.names.get(&Kind::Event)?.get(&event)?;
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
                self.fault(RemedyFault::NoClock { fact, of: of.to_owned() }, at);
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
