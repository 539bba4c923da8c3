//! When it goes wrong: escalation, authority, causes, remedies.

use super::{Attribute, Block, Condition, Limit, Name, RowCondition, Text};
use crate::source::Spanned;
use crate::vocabulary::LimitScope;
use crate::vocabulary::Money;
use rust_decimal::Decimal;

/// `escalate resolve, seen as ticket.escalated { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Escalate {
    /// The promise.
    pub promise: Name,
    /// The event that shows who was told.
    pub seen_as: Name,
    /// The levels, in order.
    pub levels: Vec<Spanned<EscalationLevel>>,
    /// Whether a level could not be read.
    pub broken: bool,
}

/// `at 80% to team_lead within 15m`
#[derive(Clone, PartialEq, Debug)]
pub struct EscalationLevel {
    /// At which part of the target, in percent.
    pub at: Spanned<Decimal>,
    /// To which role.
    pub to: Name,
    /// Within what time.
    pub within: Spanned<Limit>,
}

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

/// `cause no_authority for resolve { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Cause {
    /// Name, label and clauses.
    pub block: Block<CauseClause>,
    /// The promises whose breach it explains.
    pub promises: Vec<Name>,
}

/// A clause of `cause`.
#[derive(Clone, PartialEq, Debug)]
pub enum CauseClause {
    /// `kind empowerment`
    Kind(Name),
    /// `when waiting for approval is more than 1h`
    When(Spanned<Condition>),
    /// `source "…"` and its like.
    Attribute(Attribute),
}

/// `remedy apology for resolve { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Remedy {
    /// Name, label and clauses.
    pub block: Block<RemedyClause>,
    /// The promises whose breach it mends.
    pub promises: Vec<Name>,
}

/// A clause of `remedy`.
#[derive(Clone, PartialEq, Debug)]
pub enum RemedyClause {
    /// `offer "Call back"`, `offer refund 100 CNY when vip`
    Offer {
        /// What.
        what: Offer,
        /// For which cases.
        when: Option<RowCondition>,
    },
    /// `improve empowerment`
    Improve(Name),
    /// `caused by no_authority`
    CausedBy(Vec<Name>),
    /// `source "…"` and its like.
    Attribute(Attribute),
}

/// What a remedy offers.
#[derive(Clone, PartialEq, Debug)]
pub enum Offer {
    /// A text for the person who mends.
    Text(Text),
    /// An action, with its amount.
    Action {
        /// The action.
        action: Name,
        /// The amount.
        amount: Option<Spanned<Money>>,
    },
}
