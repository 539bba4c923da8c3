//! Actions: what may be done, by whom, and who approves it.

use super::{Attribute, Block, Condition, Name, Text};

use crate::source::Spanned;
use crate::vocabulary::LimitScope;
use crate::vocabulary::Money;

/// `action refund is refund.issued costs amount, refund.reversed returns amount`
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// The action.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// The event that shows it.
    pub event: Name,
    /// The field that holds its cost.
    pub costs: Option<Name>,
    /// The events that give some of it back, each with its field that says how much.
    pub returns: Vec<(Name, Name)>,
}

/// `empower agent { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Empower {
    /// The role.
    pub role: Name,
    /// `at hotline`
    pub at: Option<Name>,
    /// What its people must have for it: `requires certified`.
    pub requires: Option<Spanned<Condition>>,
    /// What it may do.
    pub grants: Vec<Spanned<May>>,
    /// Whether a grant could not be read.
    pub broken: bool,
}

/// `may refund up to 200 CNY per case when vip`
#[derive(Clone, PartialEq, Debug)]
pub struct May {
    /// The action.
    pub action: Name,
    /// Up to what amounts.
    pub limits: Vec<Spanned<SpendingLimit>>,
    /// When.
    pub when: Option<Spanned<Condition>>,
}

/// `200 CNY per case`
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SpendingLimit {
    /// How much.
    pub amount: Money,
    /// Per what.
    pub per: LimitScope,
}

/// A clause of `approve`.
#[derive(Clone, PartialEq, Debug)]
pub enum ApproveClause {
    /// `asked by E`
    Asked(Name),
    /// `granted by E`
    Granted(Name),
    /// `refused by E`
    Refused(Name),
    /// `amount F`
    Amount(Name),
}

/// `authority refund_within_limits for refund`
#[derive(Clone, PartialEq, Debug)]
pub struct Authority {
    /// Name, label and attributes.
    pub block: Block<Attribute>,
    /// The actions that nobody does beyond his authority.
    pub actions: Vec<Name>,
}
