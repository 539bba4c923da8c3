//! Causes.

use super::{Attribute, Block, Condition, Name};

use crate::source::Spanned;

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
