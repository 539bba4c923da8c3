//! Remedies.

use super::{Attribute, Block, Name, RowCondition, Text};

use crate::source::Spanned;
use crate::vocabulary::Money;

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
