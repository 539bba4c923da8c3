//! Touchpoints and moments of truth.

use crate::graph::{Moment, Touchpoint};
use crate::resolve::conditions::CASE_ONLY;
use crate::resolve::faults::NameFault;
use crate::resolve::resolver::Resolver;
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Touchpoints and moments.
    pub fn map(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Touchpoint(block) = declaration {
                self.touchpoint(block);
            }
        }
        for declaration in declarations {
            if let tree::Declaration::Moment(moment) = declaration {
                self.moment(moment);
            }
        }
    }

    fn touchpoint(&mut self, block: &tree::Block<tree::TouchpointClause>) {
        if !self.is_declared(Kind::Touchpoint, &block.name) {
            return;
        }
        let (mut stage, mut channels, mut environment) = (None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::TouchpointClause::Stage(name) => self.set_once("stage", &mut stage, name.node.clone(), at),
                tree::TouchpointClause::Channel(names) => {
                    let names = names.iter().map(|name| name.node.clone()).collect();
                    self.set_once("channel", &mut channels, names, at);
                }
                tree::TouchpointClause::Environment(name) => {
                    self.set_once("environment", &mut environment, name.node.clone(), at);
                }
                tree::TouchpointClause::Attribute(_) => {}
            }
        }
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::TouchpointClause::Attribute(attribute) => Some((attribute, clause.span)),
            tree::TouchpointClause::Stage(_)
            | tree::TouchpointClause::Channel(_)
            | tree::TouchpointClause::Environment(_) => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        self.graph.touchpoints.push(Touchpoint {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            stage: stage.map(|stage| stage.node),
            channels: channels.map(|channels| channels.node).unwrap_or_default(),
            environment: environment.map(|environment| environment.node),
            attributes,
            span: block.name.span,
        });
    }

    fn moment(&mut self, moment: &tree::Moment) {
        let block = &moment.block;
        if !self.is_declared(Kind::Moment, &block.name) {
            return;
        }
        if let Some((_, first)) = self.names.get(&Kind::Touchpoint).and_then(|names| names.get(&block.name)) {
            // `for NAME` could mean either.
            let meanings = ["a moment", "a touchpoint"];
            let fault = NameFault::TwoMeanings { name: block.name.node.clone(), meanings };
            self.fault_against(fault, block.name.span, first);
        }
        let (mut kind, mut impact, mut expects) = (None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::MomentClause::Kind(name) => self.set_once("kind", &mut kind, name.node.clone(), at),
                tree::MomentClause::Impact(name) => self.set_once("impact", &mut impact, name.node.clone(), at),
                tree::MomentClause::Expects(text) => self.set_once("expects", &mut expects, text.node.clone(), at),
                // Read once all promises are known.
                tree::MomentClause::OutOfControl(_) | tree::MomentClause::Attribute(_) => {}
            }
        }
        let touchpoint = self.find(Kind::Touchpoint, &moment.at);
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::MomentClause::Attribute(attribute) => Some((attribute, clause.span)),
            tree::MomentClause::Kind(_)
            | tree::MomentClause::Impact(_)
            | tree::MomentClause::Expects(_)
            | tree::MomentClause::OutOfControl(_) => None,
        });
        let attributes = self.attributes(attributes, CASE_ONLY);
        self.graph.moments.push(Moment {
            name: block.name.node.clone(),
            label: block.label.as_ref().map(|label| label.node.clone()),
            touchpoint,
            kind: kind.map(|kind| kind.node),
            impact: impact.map(|impact| impact.node),
            expects: expects.map(|expects| expects.node),
            out_of_control: None,
            attributes,
            span: block.name.span,
        });
    }
}
