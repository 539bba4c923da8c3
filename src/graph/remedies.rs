//! What to offer for a breach.

use super::{Attributes, Condition, PromiseId};

use crate::source::Span;
use crate::vocabulary::Money;

/// What to offer for a breach.
#[derive(Clone, PartialEq, Debug)]
pub struct Remedy {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The promises whose breach it mends.
    pub promises: Vec<PromiseId>,
    /// The causes for which it is meant, by their indices; none is for any.
    pub caused_by: Vec<usize>,
    /// What to say or do.
    pub texts: Vec<OfferText>,
    /// What to give, first match wins for each action.
    pub offers: Vec<OfferAction>,
    /// The kind of cause that it improves.
    pub improves: Option<String>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// `offer "Call back"`
#[derive(Clone, PartialEq, Debug)]
pub struct OfferText {
    /// The text.
    pub text: String,
    /// For which cases.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

/// `offer refund 100 CNY when vip`
#[derive(Clone, PartialEq, Debug)]
pub struct OfferAction {
    /// The action.
    pub action: usize,
    /// The amount.
    pub amount: Option<Money>,
    /// For which cases.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}
