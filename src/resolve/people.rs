//! Roles, and whom they lead.

use std::collections::BTreeSet;

use crate::graph::Role;
use crate::graph::cycles::{Circle, circles, closed};
use crate::resolve::faults::NameFault;
use crate::resolve::resolver::Resolver;
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Roles, then whom they lead: a role may be named before it is declared.
    pub fn roles(&mut self, declarations: &[&tree::Declaration]) {
        let mut declared = Vec::new();
        for declaration in declarations {
            let tree::Declaration::Role(role) = declaration else { continue };
            if !self.declare(Kind::Role, &role.name, declared.len()) {
                continue;
            }
            self.graph.roles.push(Role {
                name: role.name.node.clone(),
                label: role.label.as_ref().map(|label| label.node.clone()),
                leads: Vec::new(),
                span: role.name.span,
            });
            declared.push(role);
        }
        self.graph.vocabulary.roles = self.graph.roles.iter().map(|role| role.name.clone()).collect();
        let leads: Vec<Vec<usize>> =
            declared.iter().map(|role| role.leads.iter().filter_map(|led| self.role(led)).collect()).collect();
        let circles = circles(&leads);
        for Circle { way, .. } in &circles {
            let path = way.iter().filter_map(|role| self.graph.roles.get(*role)).map(|role| role.name.clone());
            let path = closed(path.collect());
            let at = way.last().and_then(|role| declared.get(*role)).map(|role| role.name.span);
            self.fault(NameFault::Cycle { what: "roles lead each other", path }, at.unwrap_or_default());
        }
        let in_a_circle: BTreeSet<usize> = circles.into_iter().flat_map(|circle| circle.members).collect();
        for (index, (role, leads)) in self.graph.roles.iter_mut().zip(leads).enumerate() {
            // A role in a circle leads nobody here: the fault is told, and no later walk goes round.
            role.leads = if in_a_circle.contains(&index) { Vec::new() } else { leads };
        }
    }
}
