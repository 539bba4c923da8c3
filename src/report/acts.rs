//! Acts, approvals and grants of more time: who did what, and whether they might.

use serde::Serialize;

use super::figures::is_zero;
use super::names::Names;
use super::text::Page;
use super::words::MASK;
use super::{FindingView, Length};
use crate::engine::{ActDetail, ActFault, ApprovalDetail, ApprovalFault, ExtensionDetail, ExtensionFault, Rule};

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

impl Names<'_> {
    pub(super) fn act(&self, act: &ActDetail) -> ActView {
        let per = if act.per_day { "a day" } else { "a case" };
        let fault = act.fault.map(|fault| match fault {
            ActFault::NoPower => "nothing empowers this role to it".to_owned(),
            ActFault::BeyondLimit => {
                let limit = act.limit.map(|limit| format!("up to {limit} {per}")).unwrap_or_default();
                let before = act.spent_before.filter(|before| !before.amount.is_zero());
                match before {
                    Some(before) => format!("the role may go {limit}, and {before} were spent before"),
                    None => format!("the role may go {limit}"),
                }
            }
            ActFault::TwoCurrencies => "what it cost and what the role may spend are in two currencies".to_owned(),
            ActFault::PowerUnknown => {
                "it cannot be told whether the role may: a field it depends on is not in the log".to_owned()
            }
            ActFault::NoRole => "the log does not say in which role".to_owned(),
            ActFault::NoAmount => "the log does not say for how much, or not as an amount with its currency".to_owned(),
            ActFault::NoActor => "the log does not say who acted".to_owned(),
        });
        let amount = act.cost.map(|cost| cost.to_string());
        ActView { kind: "act", amount, fault, acts_before: act.acts_before, lost: None }
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

    pub(super) fn extension(&self, extension: &ExtensionDetail) -> ActView {
        let due = extension.due_before.map(|at| self.when(at).as_end()).unwrap_or_default();
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

pub(super) fn approval_view(approval: &ApprovalDetail) -> ActView {
    let fault = approval.fault.map(|fault| match fault {
        ApprovalFault::OwnAct => "whoever asked granted it too",
        ApprovalFault::NoPower => "the role that granted it may not itself",
        ApprovalFault::Needless => "needless: the role that asked might have acted at once",
        ApprovalFault::NotSaid => {
            "the log does not say who asked or granted, in which role, for how much, or what their power depends on"
        }
    });
    ActView {
        kind: if approval.asking { "asking" } else { "grant" },
        amount: approval.amount.map(|amount| amount.to_string()),
        fault: fault.map(str::to_owned),
        acts_before: 0,
        lost: approval.lost.map(Length),
    }
}

impl Page {
    pub(super) fn act(&mut self, finding: &FindingView, act: &ActView) {
        if let Some(amount) = &act.amount {
            self.item("amount", amount);
        }
        if let Some(fault) = &act.fault {
            self.item("because", fault);
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
