//! Causes: how to tell from a case why a promise was broken, and when a moment is out of control.

use crate::graph::{Cause, Condition, ConditionRole, PromiseId, facts_in};
use crate::resolve::conditions::{CASE_ONLY, Scope};
use crate::resolve::faults::{ClauseFault, RemedyFault};
use crate::resolve::resolver::Resolver;
use crate::syntax::tree;
use crate::vocabulary::Kind;

/// A breach of which facts can be asked; it started at some time.
const OF_A_BREACH: Scope<'static> = Scope { events: &[], starts: true, facts: true };

/// A case as a whole.
const OF_A_CASE: Scope<'static> = Scope { events: &[], starts: false, facts: true };

impl Resolver<'_> {
    /// Causes; all promises are known.
    pub fn causes(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Cause(cause) = declaration else { continue };
            // A cause at fault keeps its name, so that no remedy is blamed for naming it.
            if self.declare(Kind::Cause, &cause.block.name, self.graph.causes.len()) {
                let resolved = self.cause(cause);
                self.graph.causes.push(resolved);
            }
        }
    }

    fn cause(&mut self, cause: &tree::Cause) -> Cause {
        let block = &cause.block;
        let promises = self.promises_of_a_case(&cause.promises, "cause");
        let (mut kind, mut when) = (None, None);
        for clause in &block.clauses {
            match &clause.node {
                tree::CauseClause::Kind(word) => self.set_once("kind", &mut kind, word.node.clone(), clause.span),
                tree::CauseClause::When(condition) => {
                    self.set_once("when", &mut when, condition, clause.span);
                }
                tree::CauseClause::Attribute(_) => {}
            }
        }
        let of = || format!("cause `{}`", block.name.node);
        if kind.is_none() && !block.broken {
            let fault = ClauseFault::MissingClause { of: of(), what: "kind", write: "kind empowerment" };
            self.fault(fault, block.name.span);
        }
        if when.is_none() && !block.broken {
            let fault =
                ClauseFault::MissingClause { of: of(), what: "condition", write: "when handovers is at least 2" };
            self.fault(fault, block.name.span);
        }
        let condition = when.and_then(|when| {
            let condition = self.condition_for(ConditionRole::Cause, when.node, OF_A_BREACH)?;
            if !promises.is_empty() && !promises.iter().any(|promise| matches!(promise, PromiseId::Standard(_))) {
                self.facts_of_no_clock(&condition, when.node.span, &of());
            }
            Some(condition)
        });
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::CauseClause::Attribute(attribute) => Some((attribute, clause.span)),
            tree::CauseClause::Kind(_) | tree::CauseClause::When(_) => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        let condition = condition.unwrap_or(Condition::Any(Vec::new()));
        Cause {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            promises,
            kind: kind.map(|kind| kind.node).unwrap_or_default(),
            facts: facts_in(&self.graph, &condition),
            condition,
            attributes,
            span: block.name.span,
        }
    }

    /// Promises that are kept or broken in a case; a number over many cases shows no cause.
    pub(super) fn promises_of_a_case(&mut self, names: &[tree::Name], what: &'static str) -> Vec<PromiseId> {
        let mut promises = Vec::new();
        for name in names {
            match self.promise(name) {
                Some(PromiseId::Level(_)) => {
                    let fault = RemedyFault::OfManyCases { what, promise: name.node.clone(), is: "a level" };
                    self.fault(fault, name.span);
                }
                Some(PromiseId::Scorecard(_)) => {
                    let fault = RemedyFault::OfManyCases { what, promise: name.node.clone(), is: "a scorecard" };
                    self.fault(fault, name.span);
                }
                Some(promise) => promises.push(promise),
                None => {}
            }
        }
        promises
    }

    /// When moments are out of control; all promises are known.
    pub fn out_of_control(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Moment(moment) = declaration else { continue };
            let name = &moment.block.name;
            let found = self.names.get(&Kind::Moment).and_then(|names| names.get(name));
            let Some((index, _)) = found.filter(|(_, span)| *span == name.span) else { continue };
            let mut said = None;
            for clause in &moment.block.clauses {
                if let tree::MomentClause::OutOfControl(when) = &clause.node {
                    self.set_once("out of control when", &mut said, when, clause.span);
                }
            }
            let Some(when) = said else { continue };
            let Some(condition) = self.condition_for(ConditionRole::OutOfControl, when.node, OF_A_CASE) else {
                continue;
            };
            self.facts_of_no_clock(&condition, when.node.span, &format!("moment `{}`", name.node));
            if let Some(moment) = self.graph.moments.get_mut(index) {
                moment.out_of_control = Some(condition);
            }
        }
    }
}
