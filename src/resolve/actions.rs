//! Actions: what may be done, by whom, and who approves it.

use crate::graph::{Action, Approval, Condition, ConditionRole, Grant, LimitScope};
use crate::resolve::conditions::Scope;
use crate::resolve::faults::{ClauseFault, EmpowermentFault, TypeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Type};

impl Resolver<'_> {
    /// Actions, then who may do them, then how asking for them looks.
    pub fn actions(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            if let tree::Declaration::Action(action) = declaration {
                self.action(action);
            }
        }
        for declaration in declarations {
            if let tree::Declaration::Empower(empower) = declaration {
                self.empower(empower);
            }
            if let tree::Declaration::Approve(approve) = declaration {
                self.approve(approve);
            }
        }
    }

    fn action(&mut self, action: &tree::Action) {
        if !self.declare(Kind::Action, &action.name, self.graph.actions.len()) {
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
                EmpowermentFault::ReturnsNothing { action: action.name.node.clone() },
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
            let fault = EmpowermentFault::ReturnsItself { action: action_name, event: event_name };
            self.fault_against(fault, said.span, action.event.span);
        } else if let Some((first, _)) = action.returns.iter().find(|(first, _)| first.node == said.node)
            && first.span != said.span
        {
            self.fault_against(
                EmpowermentFault::ReturnsTwice { action: action_name, event: event_name },
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
                let fault = TypeFault::FieldType { field: field_name, kind: kind.spelling(), job, needed: "money" };
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
        let place = empower.at.as_ref().map(|place| self.place_index(place));
        let Some(at) = place.map_or(Some(None), |place| place.map(Some)) else { return };
        for may in &empower.grants {
            let action = self.find(Kind::Action, &may.action);
            let condition = self.power_condition(action, empower.requires.as_ref(), may.when.as_ref());
            let sound = action.filter(|action| !self.costs_at_fault.contains(action));
            let costless =
                sound.and_then(|action| self.graph.actions.get(action)).filter(|action| action.cost.is_none());
            if let (Some(action), Some(limit)) = (costless, may.limits.first()) {
                let (fault, declared) = (EmpowermentFault::NothingToLimit { action: action.name.clone() }, action.span);
                self.fault_against(fault, limit.span, declared);
            }
            let mut scopes: Vec<(LimitScope, Span)> = Vec::new();
            for limit in &may.limits {
                if let Some((_, first)) = scopes.iter().find(|(per, _)| *per == limit.per) {
                    let fault = ClauseFault::ClauseTwice { clause: "a limit of this kind" };
                    self.fault_against(fault, limit.span, *first);
                }
                scopes.push((limit.per, limit.span));
            }
            if let (Some(role), Some(action), Some(condition)) = (role, action, condition) {
                let same = self.graph.grants.iter().find(|known| {
                    known.role == role
                        && known.action == action
                        && known.at == at
                        && (known.condition == condition || condition.is_none())
                });
                if let Some(first) = same.map(|known| known.span) {
                    let (role, action) = (empower.role.node.clone(), may.action.node.clone());
                    self.fault_against(EmpowermentFault::EmpoweredTwice { role, action }, may.span, first);
                }
                let limits = may.limits.iter().map(|limit| (limit.amount, limit.per)).collect();
                self.graph.grants.push(Grant { role, action, at, limits, condition, span: may.span });
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
            parts.push(self.condition_for(ConditionRole::Power, said, scope));
        }
        let mut parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
        Some(if parts.len() > 1 { Some(Condition::All(parts)) } else { parts.pop() })
    }

    fn approve(&mut self, block: &tree::Block<tree::ApproveClause>) {
        let action = self.find(Kind::Action, &block.name);
        let (mut asked, mut granted, mut refused, mut amount) = (None, None, None, None);
        for clause in &block.clauses {
            let at = clause.span;
            match &clause.node {
                tree::ApproveClause::Asked(event) => self.set_once("asked by", &mut asked, event, at),
                tree::ApproveClause::Granted(event) => self.set_once("granted by", &mut granted, event, at),
                tree::ApproveClause::Refused(event) => self.set_once("refused by", &mut refused, event, at),
                tree::ApproveClause::Amount(field) => self.set_once("amount", &mut amount, field, at),
            }
        }
        let of = || format!("approve `{}`", block.name.node);
        if asked.is_none() && !block.broken {
            let fault = ClauseFault::MissingClause { of: of(), what: "event of asking", write: "asked by EVENT" };
            self.fault(fault, block.name.span);
        }
        if granted.is_none() && !block.broken {
            let fault = ClauseFault::MissingClause { of: of(), what: "event of granting", write: "granted by EVENT" };
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
}
