//! Escalations: who is told when a promise slips.

use std::collections::BTreeMap;

use crate::graph::{Escalation, EscalationLevel};
use crate::resolve::faults::{ClauseFault, DaysOf, EscalationFault, NameFault, TimeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type};

impl Resolver<'_> {
    /// Who is told when a promise slips.
    pub fn escalations(&mut self, declarations: &[&tree::Declaration]) {
        let mut escalated: BTreeMap<usize, Span> = BTreeMap::new();
        for declaration in declarations {
            let tree::Declaration::Escalate(escalate) = declaration else { continue };
            // What is missed over many cases is told of otherwise.
            if self.level_named(&escalate.promise).is_some() {
                continue;
            }
            let standard = self.find(Kind::Standard, &escalate.promise);
            let event = self.event(&escalate.seen_as);
            let role_field = event.and_then(|event| self.role_field(event, &escalate.seen_as));
            let has_calendar = standard
                .and_then(|standard| self.graph.standards.get(standard))
                .is_none_or(|standard| !standard.counting.is_empty());
            let levels = escalate.levels.iter().filter_map(|level| self.level(level, has_calendar)).collect::<Vec<_>>();
            if escalate.levels.is_empty() && !escalate.broken {
                let of = format!("the escalation of `{}`", escalate.promise.node);
                let fault = ClauseFault::MissingClause { of, what: "level", write: "at 80% to team_lead within 15m" };
                self.fault(fault, escalate.promise.span);
            }
            if let (Some(standard), Some(event), Some(role_field)) = (standard, event, role_field) {
                let span = escalate.promise.span;
                if let Some(first) = escalated.get(&standard) {
                    let fault = NameFault::Duplicate { kind: Kind::Escalation, name: escalate.promise.node.clone() };
                    self.fault_against(fault, span, *first);
                }
                escalated.entry(standard).or_insert(span);
                self.graph.escalations.push(Escalation { standard, event, role_field, levels, span });
            }
        }
    }

    fn level(&mut self, level: &Spanned<tree::EscalationLevel>, has_calendar: bool) -> Option<EscalationLevel> {
        let at = self.percent(&level.at);
        let to = self.role(&level.to);
        // Told here, for the help differs from that of a target.
        if let (tree::Limit::WorkingDays(_), false) = (&level.within.node, has_calendar) {
            let fault = TimeFault::NoCalendar { limit: self.said(level.within.span), of: DaysOf::Escalation };
            self.fault(fault, level.within.span);
        }
        let within = self.limit(&level.within, true);
        Some(EscalationLevel { at: at?, to: to?, within: within?, span: level.span })
    }

    pub(super) fn role_field(&mut self, event: usize, said: &tree::Name) -> Option<usize> {
        let fields = self.graph.vocabulary.events.get(event).map(|event| event.fields.clone()).unwrap_or_default();
        let slots: Vec<usize> =
            fields.iter().enumerate().filter(|(_, field)| field.kind == Type::Role).map(|(slot, _)| slot).collect();
        match slots.as_slice() {
            [slot] => Some(*slot),
            _ => {
                let fault = EscalationFault::RoleField { event: self.event_name(event), count: slots.len() };
                let declared = self.event_span(event);
                self.fault_against(fault, said.span, declared);
                None
            }
        }
    }
}
