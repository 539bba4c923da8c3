//! Authority: the promise that nobody goes beyond what he may do.

use crate::graph::Authority;
use crate::resolve::conditions::Scope;
use crate::resolve::resolver::Resolver;
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Names for the promise that nobody goes beyond; all actions are known.
    pub fn authorities(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Authority(authority) = declaration else { continue };
            if self.is_declared(Kind::Authority, &authority.block.name) {
                let resolved = self.authority(authority);
                self.graph.authorities.push(resolved);
            }
        }
    }

    fn authority(&mut self, authority: &tree::Authority) -> Authority {
        let block = &authority.block;
        let actions: Vec<usize> = authority.actions.iter().filter_map(|name| self.find(Kind::Action, name)).collect();
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
