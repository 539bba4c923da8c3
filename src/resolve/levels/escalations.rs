//! Who must be told when a level is missed.

use std::collections::BTreeMap;

use crate::graph::{LevelEscalation, LevelTime, Percent};
use crate::resolve::faults::{EscalationFault, NameFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// The escalations of levels; all levels are known.
    pub fn level_escalations(&mut self, declarations: &[&tree::Declaration]) {
        let mut escalated: BTreeMap<usize, Span> = BTreeMap::new();
        for declaration in declarations {
            let tree::Declaration::Escalate(escalate) = declaration else { continue };
            let levels: Vec<_> =
                escalate.promises.iter().filter_map(|name| Some((name, self.level_named(name)?))).collect();
            if levels.is_empty() {
                continue;
            }
            let event = self.event(&escalate.seen_as);
            let seen = event.and_then(|event| Some((event, self.role_field(event, &escalate.seen_as)?)));
            for (name, level) in levels {
                if let Some(first) = escalated.get(&level) {
                    let fault = NameFault::Duplicate { kind: Kind::Escalation, name: name.node.clone() };
                    self.fault_against(fault, name.span, *first);
                }
                escalated.entry(level).or_insert(name.span);
                for step in &escalate.levels {
                    let step = self.step_of_a_level(level, seen, step);
                    self.graph.level_escalations.extend(step);
                }
            }
        }
    }

    /// The level of that name, if it is one.
    pub fn level_named(&self, name: &tree::Name) -> Option<usize> {
        Some(self.names.get(&Kind::Level)?.get(name)?.0)
    }

    fn step_of_a_level(
        &mut self,
        level: usize,
        seen: Option<(usize, usize)>,
        step: &Spanned<tree::EscalationLevel>,
    ) -> Option<LevelEscalation> {
        let at = self.level_time(&step.at);
        if at.is_some_and(|at| at != LevelTime::Part(Percent::WHOLE)) {
            self.fault(EscalationFault::LevelBeforeItsEnd { at: self.said(step.at.span) }, step.at.span);
        }
        let (to, within) = (self.role(&step.to), self.limit(&step.within, false));
        let (event, role_field) = seen?;
        let groups = self.graph.levels.get(level).map(|level| level.groups.clone()).unwrap_or_default();
        let kind = self.graph.vocabulary.events.get(event)?;
        let groups = groups.iter().map(|group| kind.field(&group.name)).collect();
        Some(LevelEscalation { level, event, role_field, groups, to: to?, within: within?, span: step.span })
    }
}
