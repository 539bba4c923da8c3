//! Authority: the promise that nobody goes beyond what he may do.

use super::attributes::Attributes;
use super::build::Resolver;
use super::conditions::Scope;
use super::model::Graph;
use crate::source::Span;
use crate::syntax::tree;

/// The promise that nobody goes beyond what he may do of some actions.
#[derive(Clone, PartialEq, Debug)]
pub struct Authority {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The actions.
    pub actions: Vec<usize>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

impl Graph {
    /// The promises that an act of an action keeps or breaks, by their indices.
    pub fn authorities_over(&self, action: usize) -> impl Iterator<Item = usize> {
        let authorities = self.authorities.iter().enumerate();
        authorities.filter(move |(_, authority)| authority.actions.contains(&action)).map(|(index, _)| index)
    }
}

impl Resolver<'_> {
    /// Names for the promise that nobody goes beyond; all actions are known.
    pub fn authorities(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Authority(authority) = declaration else { continue };
            if self.is_declared("authority", &authority.block.name) {
                let resolved = self.authority(authority);
                self.graph.authorities.push(resolved);
            }
        }
    }

    fn authority(&mut self, authority: &tree::Authority) -> Authority {
        let block = &authority.block;
        let actions: Vec<usize> = authority.actions.iter().filter_map(|name| self.find("action", name)).collect();
        let events: Vec<usize> =
            actions.iter().filter_map(|action| self.graph.actions.get(*action)).map(|action| action.event).collect();
        let attributes = block.clauses.iter().map(|clause| (&clause.node, clause.span));
        let attributes = self.attributes(attributes, Scope::of_a_start(&events));
        Authority {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            actions,
            attributes,
            span: block.name.span,
        }
    }
}
