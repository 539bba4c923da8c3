//! Remedies.

use crate::graph::{Cause, ConditionRole, OfferAction, OfferText, PromiseId, Remedy};
use crate::resolve::conditions::CASE_ONLY;
use crate::resolve::faults::{ClauseFault, RemedyFault};
use crate::resolve::resolver::Resolver;
use crate::resolve::standards::Table;
use crate::source::Spanned;
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// What to offer for a breach.
    pub fn remedies(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Remedy(remedy) = declaration else { continue };
            if self.declare(Kind::Remedy, &remedy.block.name, self.graph.remedies.len()) {
                let resolved = self.remedy(remedy);
                self.graph.remedies.push(resolved);
            }
        }
    }

    fn remedy(&mut self, remedy: &tree::Remedy) -> Remedy {
        let block = &remedy.block;
        let (levels, others): (Vec<_>, Vec<_>) =
            remedy.promises.iter().cloned().partition(|name| self.level_named(name).is_some());
        let mut promises = self.promises_of_a_case(&others, "remedy");
        promises.extend(levels.iter().filter_map(|name| self.level_named(name)).map(PromiseId::Level));
        self.nobody_is_there(&levels, block);
        let (mut texts, mut offers, mut improves, mut caused_by) = (Vec::new(), Vec::new(), None, Vec::new());
        // Rows of each action are a table of their own.
        let mut tables: Vec<(String, Table)> = Vec::new();
        for clause in &block.clauses {
            match &clause.node {
                tree::RemedyClause::Offer { what: tree::Offer::Text(text), when } => {
                    let condition = match when {
                        Some(tree::RowCondition::When(condition)) => {
                            self.condition_for(ConditionRole::Offer, condition, CASE_ONLY).map(Some)
                        }
                        _ => Some(None),
                    };
                    texts.extend(condition.map(|condition| OfferText {
                        text: text.node.clone(),
                        condition,
                        span: clause.span,
                    }));
                }
                tree::RemedyClause::Offer { what: tree::Offer::Action { action: name, amount }, when } => {
                    if !tables.iter().any(|(action, _)| *action == name.node) {
                        tables.push((name.node.clone(), Table::new("offer")));
                    }
                    let Some((_, table)) = tables.iter_mut().find(|(action, _)| *action == name.node) else { continue };
                    let condition = self.row(table, when.as_ref(), clause.span, CASE_ONLY);
                    let action = self.find(Kind::Action, name);
                    if let (Some(action), Some(condition)) = (action, condition) {
                        let amount = amount.map(|amount| amount.node);
                        offers.push(OfferAction { action, amount, condition, span: clause.span });
                    }
                }
                tree::RemedyClause::Improve(kind) => {
                    self.set_once("improve", &mut improves, kind.node.clone(), clause.span)
                }
                tree::RemedyClause::CausedBy(names) => {
                    for name in names {
                        caused_by.extend(self.cause_among(name, &promises, block));
                    }
                }
                tree::RemedyClause::Attribute(_) => {}
            }
        }
        for (_, table) in tables {
            self.ask_table(table, false);
        }
        if let Some(kind) = &improves {
            self.improves_what_causes(kind, &promises);
        }
        if block.clauses.is_empty() && !block.broken {
            let of = format!("remedy `{}`", block.name.node);
            let fault = ClauseFault::MissingClause { of, what: "offer", write: "offer \"Call back and apologise\"" };
            self.fault(fault, block.name.span);
        }
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::RemedyClause::Attribute(attribute) => Some((attribute, clause.span)),
            tree::RemedyClause::Offer { .. } | tree::RemedyClause::Improve(_) | tree::RemedyClause::CausedBy(_) => None,
        });
        Remedy {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            promises,
            caused_by,
            texts,
            offers,
            improves: improves.map(|kind| kind.node),
            attributes: self.attributes(attributes, CASE_ONLY),
            span: block.name.span,
        }
    }

    /// A level is missed over many cases: there is no customer to give anything to, and none of whom a
    /// condition could be asked.
    fn nobody_is_there(&mut self, levels: &[tree::Name], remedy: &tree::Block<tree::RemedyClause>) {
        let Some(level) = levels.first() else { return };
        for clause in &remedy.clauses {
            let gives = match &clause.node {
                tree::RemedyClause::Offer { what: tree::Offer::Action { .. }, .. } => true,
                tree::RemedyClause::Offer { when: Some(tree::RowCondition::When(_)), .. } => false,
                tree::RemedyClause::Offer { .. }
                | tree::RemedyClause::Improve(_)
                | tree::RemedyClause::CausedBy(_)
                | tree::RemedyClause::Attribute(_) => continue,
            };
            self.fault_against(
                RemedyFault::NobodyIsThere { level: level.node.clone(), gives },
                clause.span,
                level.span,
            );
        }
    }

    /// A cause that may hold of a breach that the remedy mends; tells of one that never can.
    fn cause_among(
        &mut self,
        name: &tree::Name,
        promises: &[PromiseId],
        remedy: &tree::Block<tree::RemedyClause>,
    ) -> Option<usize> {
        let index = self.find(Kind::Cause, name)?;
        let cause = self.graph.causes.get(index)?;
        let explains = cause.promises.iter().any(|promise| promises.contains(promise));
        if !explains && !promises.is_empty() && !cause.promises.is_empty() {
            let declared = cause.span;
            let fault = RemedyFault::CauseOfAnother { cause: name.node.clone(), remedy: remedy.name.node.clone() };
            self.fault_against(fault, name.span, declared);
        }
        Some(index)
    }

    /// Where causes are told apart, what a remedy improves should be the kind of one of them.
    fn improves_what_causes(&mut self, kind: &Spanned<String>, promises: &[PromiseId]) {
        let causes: Vec<&Cause> = self
            .graph
            .causes
            .iter()
            .filter(|cause| cause.promises.iter().any(|promise| promises.contains(promise)))
            .collect();
        if !causes.is_empty() && !causes.iter().any(|cause| cause.kind == kind.node || cause.kind.is_empty()) {
            let mut kinds: Vec<String> = causes.iter().map(|cause| cause.kind.clone()).collect();
            kinds.sort();
            kinds.dedup();
            self.fault(RemedyFault::ImprovesNothing { kind: kind.node.clone(), kinds }, kind.span);
        }
    }
}
