//! Authority, escalations and remedies: what follows when a promise slips.

use crate::graph::{
    Action, Approval, Cause, Condition, Escalation, EscalationLevel, Grant, Job, LimitScope, OfferAction, OfferText,
    PromiseId, Remedy,
};
use std::collections::BTreeMap;

use crate::resolve::conditions::{CASE_ONLY, Scope};
use crate::resolve::faults::{DaysOf, GraphFault};
use crate::resolve::resolver::Resolver;
use crate::resolve::standards::Table;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Type;

impl Resolver<'_> {
    /// Actions, then who may do them, then how asking for them looks.
    pub fn actions(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Action(action) = declaration {
                self.action(action);
            }
        }
        for declaration in declarations {
            match declaration {
                tree::Declaration::Empower(empower) => self.empower(empower),
                tree::Declaration::Approve(approve) => self.approve(approve),
                _ => {}
            }
        }
    }

    fn action(&mut self, action: &tree::Action) {
        if !self.declare("action", &action.name, self.graph.actions.len()) {
            return;
        }
        let event = self.event(&action.event);
        let cost = match (event, &action.costs) {
            (Some(event), Some(field)) => self.money_field(event, field, "a cost"),
            _ => None,
        };
        if action.costs.is_some() && cost.is_none() {
            self.costs_at_fault.push(self.graph.actions.len());
        }
        let returns = action.returns.iter().filter_map(|said| self.returned(action, event, said)).collect();
        if let (None, [(said, _), ..]) = (&action.costs, action.returns.as_slice()) {
            self.fault_against(
                GraphFault::ReturnsNothing { action: action.name.node.clone() },
                said.span,
                action.event.span,
            );
            self.costs_at_fault.push(self.graph.actions.len());
        }
        self.graph.actions.push(Action {
            name: action.name.node.clone(),
            label: action.label.as_ref().map(|label| label.node.clone()),
            event: event.unwrap_or_default(),
            cost,
            returns,
            span: action.name.span,
        });
    }

    /// An event that gives back some of what an action spends, and its field that says how much.
    fn returned(
        &mut self,
        action: &tree::Action,
        spent_by: Option<usize>,
        (said, field): &(tree::Name, tree::Name),
    ) -> Option<(usize, usize)> {
        let event = self.event(said)?;
        let returned = (event, self.money_field(event, field, "what is returned")?);
        let (action_name, event_name) = (action.name.node.clone(), said.node.clone());
        if Some(event) == spent_by {
            let fault = GraphFault::ReturnsItself { action: action_name, event: event_name };
            self.fault_against(fault, said.span, action.event.span);
        } else if let Some((first, _)) = action.returns.iter().find(|(first, _)| first.node == said.node)
            && first.span != said.span
        {
            self.fault_against(
                GraphFault::ReturnsTwice { action: action_name, event: event_name },
                said.span,
                first.span,
            );
        }
        Some(returned)
    }

    fn money_field(&mut self, event: usize, field: &tree::Name, job: &'static str) -> Option<usize> {
        match self.event_field(event, field) {
            Some((slot, Type::Money, _)) => Some(slot),
            Some((_, kind, declared)) => {
                let field_name = field.node.clone();
                let fault = GraphFault::FieldType { field: field_name, kind: kind.spelling(), job, needed: "money" };
                self.fault_against(fault, field.span, declared);
                None
            }
            None => {
                self.unknown_field_of(field, event);
                None
            }
        }
    }

    fn empower(&mut self, empower: &tree::Empower) {
        let role = self.role(&empower.role);
        for may in &empower.grants {
            let action = self.find("action", &may.action);
            let condition = self.power_condition(action, empower.requires.as_ref(), may.when.as_ref());
            let sound = action.filter(|action| !self.costs_at_fault.contains(action));
            let costless =
                sound.and_then(|action| self.graph.actions.get(action)).filter(|action| action.cost.is_none());
            if let (Some(action), Some(limit)) = (costless, may.limits.first()) {
                let (fault, declared) = (GraphFault::NothingToLimit { action: action.name.clone() }, action.span);
                self.fault_against(fault, limit.span, declared);
            }
            let mut scopes: Vec<(LimitScope, Span)> = Vec::new();
            for limit in &may.limits {
                if let Some((_, first)) = scopes.iter().find(|(per, _)| *per == limit.per) {
                    let fault = GraphFault::ClauseTwice { clause: "a limit of this kind" };
                    self.fault_against(fault, limit.span, *first);
                }
                scopes.push((limit.per, limit.span));
            }
            if let (Some(role), Some(action), Some(condition)) = (role, action, condition) {
                let same = self.graph.grants.iter().find(|known| {
                    known.role == role
                        && known.action == action
                        && (known.condition == condition || condition.is_none())
                });
                if let Some(first) = same.map(|known| known.span) {
                    let (role, action) = (empower.role.node.clone(), may.action.node.clone());
                    self.fault_against(GraphFault::EmpoweredTwice { role, action }, may.span, first);
                }
                let limits = may.limits.iter().map(|limit| (limit.amount, limit.per)).collect();
                self.graph.grants.push(Grant { role, action, limits, condition, span: may.span });
            }
        }
    }

    /// What must hold for a power: what the role requires, and what the line says. Both may read the
    /// act itself. `None` if either is at fault.
    fn power_condition(
        &mut self,
        action: Option<usize>,
        requires: Option<&Spanned<tree::Condition>>,
        when: Option<&Spanned<tree::Condition>>,
    ) -> Option<Option<Condition>> {
        let acts: Vec<usize> =
            action.and_then(|action| self.graph.actions.get(action)).map(|action| action.event).into_iter().collect();
        let scope = Scope::of_a_start(&acts);
        let mut parts = Vec::new();
        for said in requires.into_iter().chain(when) {
            parts.push(self.condition_for(Job::Power, said, scope));
        }
        let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
        Some(if parts.len() > 1 { Some(Condition::All(parts)) } else { parts.pop() })
    }

    fn approve(&mut self, block: &tree::Block<tree::ApproveClause>) {
        let action = self.find("action", &block.name);
        let (mut asked, mut granted, mut refused, mut amount) = (None, None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::ApproveClause::Asked(event) => self.once("asked by", &mut asked, event, at),
                tree::ApproveClause::Granted(event) => self.once("granted by", &mut granted, event, at),
                tree::ApproveClause::Refused(event) => self.once("refused by", &mut refused, event, at),
                tree::ApproveClause::Amount(field) => self.once("amount", &mut amount, field, at),
            }
        }
        let of = || format!("approve `{}`", block.name.node);
        if asked.is_none() && !block.broken {
            let fault = GraphFault::Missing { of: of(), what: "event of asking", write: "asked by EVENT" };
            self.fault(fault, block.name.span);
        }
        if granted.is_none() && !block.broken {
            let fault = GraphFault::Missing { of: of(), what: "event of granting", write: "granted by EVENT" };
            self.fault(fault, block.name.span);
        }
        let asked = asked.and_then(|event| self.event(event.node));
        let granted = granted.and_then(|event| self.event(event.node));
        let refused = refused.and_then(|event| self.event(event.node));
        let mut slots = Vec::new();
        if let Some(field) = amount {
            for event in [asked, granted].into_iter().flatten() {
                slots.extend(self.money_field(event, field.node, "an amount").map(|slot| (event, slot)));
            }
        }
        if let (Some(action), Some(asked), Some(granted)) = (action, asked, granted) {
            let span = block.name.span;
            self.graph.approvals.push(Approval { action, asked, granted, refused, amount: slots, span });
        }
    }

    /// Who is told when a promise slips.
    pub fn escalations(&mut self, declarations: &[&tree::Declaration]) {
        let mut escalated: BTreeMap<usize, Span> = BTreeMap::new();
        for declaration in declarations {
            let tree::Declaration::Escalate(escalate) = declaration else { continue };
            // What is missed over many cases is told of otherwise.
            if self.level_named(&escalate.promise).is_some() {
                continue;
            }
            let standard = self.find("standard", &escalate.promise);
            let event = self.event(&escalate.seen_as);
            let role_field = event.and_then(|event| self.role_field(event, &escalate.seen_as));
            let has_calendar = standard
                .and_then(|standard| self.graph.standards.get(standard))
                .is_none_or(|standard| !standard.counting.is_empty());
            let levels = escalate.levels.iter().filter_map(|level| self.level(level, has_calendar)).collect::<Vec<_>>();
            if escalate.levels.is_empty() && !escalate.broken {
                let of = format!("the escalation of `{}`", escalate.promise.node);
                let fault = GraphFault::Missing { of, what: "level", write: "at 80% to team_lead within 15m" };
                self.fault(fault, escalate.promise.span);
            }
            if let (Some(standard), Some(event), Some(role_field)) = (standard, event, role_field) {
                let span = escalate.promise.span;
                if let Some(first) = escalated.get(&standard) {
                    let fault = GraphFault::Twice { kind: "escalation", name: escalate.promise.node.clone() };
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
            let fault = GraphFault::NoCalendar { limit: self.said(level.within.span), of: DaysOf::Escalation };
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
                let fault = GraphFault::RoleField { event: self.event_name(event), count: slots.len() };
                let declared = self.event_span(event);
                self.fault_against(fault, said.span, declared);
                None
            }
        }
    }

    /// What to offer for a breach.
    pub fn remedies(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Remedy(remedy) = declaration else { continue };
            if self.declare("remedy", &remedy.block.name, self.graph.remedies.len()) {
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
                            self.condition_for(Job::Offer, condition, CASE_ONLY).map(Some)
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
                    let action = self.find("action", name);
                    if let (Some(action), Some(condition)) = (action, condition) {
                        let amount = amount.map(|amount| amount.node);
                        offers.push(OfferAction { action, amount, condition, span: clause.span });
                    }
                }
                tree::RemedyClause::Improve(kind) => {
                    self.once("improve", &mut improves, kind.node.clone(), clause.span)
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
            let fault = GraphFault::Missing { of, what: "offer", write: "offer \"Call back and apologise\"" };
            self.fault(fault, block.name.span);
        }
        let attributes = block.clauses.iter().filter_map(|clause| match &clause.node {
            tree::RemedyClause::Attribute(attribute) => Some((attribute, clause.span)),
            _ => None,
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
                _ => continue,
            };
            self.fault_against(GraphFault::NobodyIsThere { level: level.node.clone(), gives }, clause.span, level.span);
        }
    }

    /// A cause that may hold of a breach that the remedy mends; tells of one that never can.
    fn cause_among(
        &mut self,
        name: &tree::Name,
        promises: &[PromiseId],
        remedy: &tree::Block<tree::RemedyClause>,
    ) -> Option<usize> {
        let index = self.find("cause", name)?;
        let cause = self.graph.causes.get(index)?;
        let explains = cause.promises.iter().any(|promise| promises.contains(promise));
        if !explains && !promises.is_empty() && !cause.promises.is_empty() {
            let declared = cause.span;
            let fault = GraphFault::CauseOfAnother { cause: name.node.clone(), remedy: remedy.name.node.clone() };
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
            self.fault(GraphFault::ImprovesNothing { kind: kind.node.clone(), kinds }, kind.span);
        }
    }
}
