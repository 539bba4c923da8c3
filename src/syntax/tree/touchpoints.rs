//! Touchpoints and moments of truth.

use super::{Attribute, Block, Condition, Name, Text};

use crate::source::Spanned;

/// A clause of `touchpoint`.
#[derive(Clone, PartialEq, Debug)]
pub enum TouchpointClause {
    /// `stage use`
    Stage(Name),
    /// `channel phone, app`
    Channel(Vec<Name>),
    /// `environment remote`
    Environment(Name),
    /// `owner "…"` and its like.
    Attribute(Attribute),
}

/// `moment closure at complaints { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    /// Name, label and clauses.
    pub block: Block<MomentClause>,
    /// The touchpoint.
    pub at: Name,
}

/// A clause of `moment`.
#[derive(Clone, PartialEq, Debug)]
pub enum MomentClause {
    /// `kind valley`
    Kind(Name),
    /// `impact high`
    Impact(Name),
    /// `expects "…"`
    Expects(Text),
    /// `out of control when …`
    OutOfControl(Spanned<Condition>),
    /// `owner "…"` and its like.
    Attribute(Attribute),
}
