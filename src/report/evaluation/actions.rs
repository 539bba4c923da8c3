//! Acts, approvals and grants of more time: who did what, and whether they might.

use serde::Serialize;

use super::FindingView;
use super::labels::Labels;
use super::text::Page;

use crate::engine::{
    ActDetail, ActFault, ApprovalDetail, ApprovalFault, EvidenceKind, ExtensionDetail, ExtensionFault, Finding, Rule,
};
use crate::graph::{Grant, LimitScope};
use crate::report::Length;
use crate::report::drawing::words;
use crate::report::serialize::is_zero;
use crate::report::words::MASK;

/// An act, an asking or a grant.
#[derive(Clone, Debug, Serialize)]
pub struct ActView {
    /// What it was: `act`, `asking`, `grant`, `extension`.
    pub kind: &'static str,
    /// The amount.
    pub amount: Option<String>,
    /// What is wrong with it, in words.
    pub fault: Option<String>,
    /// How many earlier acts its limit counts; the latest of them are among the evidence.
    #[serde(skip_serializing_if = "is_zero")]
    pub acts_before: u64,
    /// Time lost between asking and answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lost: Option<Length>,
}

impl Labels<'_> {
    pub(super) fn act(&self, finding: &Finding, act: &ActDetail) -> ActView {
        let role = self.role_in(finding, EvidenceKind::Acted);
        let fault = act.fault.map(|fault| match fault {
            ActFault::NoPower => self.no_power(finding, role.as_deref().unwrap_or("this role")),
            ActFault::BeyondLimit => self.beyond_limit(act, role.as_deref().unwrap_or("the role")),
            ActFault::TwoCurrencies => "what it cost and what the role may spend are in two currencies".to_owned(),
            ActFault::PowerUnknown => {
                "it cannot be told whether the role may: a field it depends on is unknown".to_owned()
            }
            ActFault::GrantUnknown => "it cannot be told whether what was granted covers it".to_owned(),
            ActFault::NoRole => "the log does not say in which role".to_owned(),
            ActFault::NoAmount => "the log does not say for how much, or not as an amount with its currency".to_owned(),
            ActFault::NoActor => "the log does not say who acted".to_owned(),
            ActFault::NegativeAmount => "its amount is below zero: nobody knows what it is".to_owned(),
            ActFault::SpentUnknown => "it cannot be told how much was spent before within the same limit".to_owned(),
        });
        let amount = act.cost.map(|cost| cost.to_string());
        ActView { kind: "act", amount, fault, acts_before: act.acts_before, lost: None }
    }

    /// The role in which somebody did that.
    fn role_in(&self, finding: &Finding, deed: EvidenceKind) -> Option<String> {
        let line = finding.evidence.iter().rfind(|line| line.deed == deed)?;
        line.role.map(|role| self.role(role))
    }

    /// `nothing empowers first_line to it: second_line may (desk.mot:12:3)`, `guide may only when certified (desk.mot:13:3)`
    fn no_power(&self, finding: &Finding, role: &str) -> String {
        let Rule::Action(action) = finding.rule else { return String::new() };
        let acted = finding.evidence.iter().rfind(|line| line.deed == EvidenceKind::Acted).and_then(|line| line.role);
        let mut own: Vec<&Grant> = Vec::new();
        for place in self.graph.places_of_power(action) {
            let there = acted.map(|role| self.graph.authority_at(role, action, place)).unwrap_or_default();
            let is_new = |grant: &&Grant| !own.iter().any(|known| std::ptr::eq(*known, *grant));
            let new: Vec<&Grant> = there.into_iter().filter(is_new).collect();
            own.extend(new);
        }
        let place = |grant: &Grant| self.sources.location(grant.span);
        if !own.is_empty() {
            let when = |grant: &Grant| {
                let when = words::when(self.graph, grant.condition.as_ref());
                format!("{}{when} ({})", self.graph.at_place(grant.at), place(grant))
            };
            let when: Vec<String> = own.into_iter().map(when).collect();
            return format!("{role} may only{}", when.join(" or"));
        }
        let others = self.graph.grants.iter().filter(|grant| grant.action == action);
        let others = others.map(|grant| format!("{} may ({})", self.role(grant.role), place(grant)));
        match others.collect::<Vec<_>>().join(", ") {
            nobody if nobody.is_empty() => format!("nothing empowers {role} to it, nor anybody else"),
            others => format!("nothing empowers {role} to it: {others}"),
        }
    }

    /// `agent may go up to 200 CNY a case (desk.mot:12:3), and 150 CNY were spent before`
    fn beyond_limit(&self, act: &ActDetail, role: &str) -> String {
        let Some(limit) = act.limit else { return String::new() };
        let (scope, per) = if act.per_day { (LimitScope::Day, "a day") } else { (LimitScope::Case, "a case") };
        let held = act.grants.iter().filter_map(|grant| self.graph.grants.get(*grant));
        let limiting = held.filter(|grant| grant.limits.contains(&(limit, scope)));
        let at = limiting.clone().next().map(|grant| self.graph.at_place(grant.at)).unwrap_or_default();
        let places: Vec<String> = limiting.map(|grant| self.sources.location(grant.span)).collect();
        let before = act.spent_before.filter(|before| !before.amount.is_zero());
        let before = before.map(|before| format!(", and {before} were spent before")).unwrap_or_default();
        format!("{role} may go up to {limit} {per}{at} ({}){before}", places.join(", "))
    }

    pub(super) fn approval(&self, finding: &Finding, approval: &ApprovalDetail) -> ActView {
        let role = |deed| self.role_in(finding, deed).unwrap_or_else(|| "whose role the log does not say".to_owned());
        let power = self.power(&approval.grants);
        let fault = approval.fault.map(|fault| match fault {
            ApprovalFault::OwnAct => "whoever asked granted it too".to_owned(),
            ApprovalFault::NoPower if power.is_empty() => {
                format!("nothing empowers {}, who granted it, to it", role(EvidenceKind::Granted))
            }
            ApprovalFault::NoPower => format!("{}, who granted it, may go only {power}", role(EvidenceKind::Granted)),
            ApprovalFault::Needless => {
                format!("needless: {}, who asked, might have acted at once, {power}", role(EvidenceKind::Asked))
            }
            ApprovalFault::NotSaid if approval.asking => "it cannot be told whether it had to be asked".to_owned(),
            ApprovalFault::NotSaid => "it cannot be told whether they might grant it".to_owned(),
        });
        ActView {
            kind: if approval.asking { "asking" } else { "grant" },
            amount: approval.amount.map(|amount| amount.to_string()),
            fault,
            acts_before: 0,
            lost: approval.lost.map(Length),
        }
    }

    /// `up to 200 CNY per case (desk.mot:12:3)`
    fn power(&self, grants: &[usize]) -> String {
        let grants = grants.iter().filter_map(|grant| self.graph.grants.get(*grant));
        let said =
            grants.map(|grant| format!("{} ({})", words::spending(&grant.limits), self.sources.location(grant.span)));
        said.collect::<Vec<_>>().join(" or ")
    }

    /// An act without its amounts, where the field that holds them is private.
    pub(super) fn masked(&self, rule: Rule, act: ActView) -> ActView {
        let slots: Vec<(usize, usize)> = match rule {
            Rule::Action(index) => {
                let action = self.graph.actions.get(index);
                action.and_then(|action| Some((action.event, action.cost?))).into_iter().collect()
            }
            Rule::Approval(index) => {
                self.graph.approvals.get(index).map(|approval| approval.amount.clone()).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let private = slots.iter().any(|(event, slot)| {
            let event = self.graph.vocabulary.events.get(*event);
            event.and_then(|event| event.fields.get(*slot)).is_some_and(|field| field.private)
        });
        if !private {
            return act;
        }
        let amount = act.amount.map(|_| MASK.to_owned());
        let fault = act.fault.map(|_| "more than the role may, or not to be told; the amount is private".to_owned());
        ActView { amount, fault, ..act }
    }

    pub(super) fn extension(&self, rule: Rule, extension: &ExtensionDetail) -> ActView {
        let private = self.some_due_is_private(rule);
        let due = extension.due_before.map(|at| self.when_due(at, private).local).unwrap_or_default();
        let needed = extension.needed.map(|role| self.role(role)).unwrap_or_default();
        let by = extension.by.map(|role| self.role(role)).unwrap_or_default();
        let fault = extension.fault.map(|fault| match fault {
            ExtensionFault::Late => format!("too late: it was due {due}"),
            ExtensionFault::Twice => "the same line gave more time before".to_owned(),
            ExtensionFault::NotAuthorised => format!("{by} granted it, and it takes {needed} or above"),
            ExtensionFault::ExtendsNothing => "it gives no more time than there was".to_owned(),
            ExtensionFault::NotSaid => "the log does not say who granted it, or whether it was".to_owned(),
        });
        ActView { kind: "extension", amount: None, fault, acts_before: 0, lost: None }
    }
}

impl Page<'_> {
    pub(super) fn act(&mut self, finding: &FindingView, act: &ActView) {
        if let Some(amount) = &act.amount {
            self.item("amount", amount);
        }
        if let Some(fault) = &act.fault {
            // A row that cannot be read may mean that it is not so.
            self.item(if finding.unread.is_empty() { "because" } else { "perhaps" }, fault);
        }
        let shown = finding.evidence.len().saturating_sub(1) as u64;
        if act.acts_before > shown {
            self.item("before", &format!("{} acts count towards the limit, the latest {shown} here", act.acts_before));
        }
        if let Some(lost) = act.lost {
            self.item("lost", &lost.to_string());
        }
        self.evidence(finding);
    }
}
