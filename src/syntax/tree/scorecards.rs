//! Scorecards.

use rust_decimal::Decimal;

use super::{Attribute, Block, Name};

use crate::source::Spanned;

/// `scorecard five_c "5C" for complaints { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Scorecard {
    /// Name, label and clauses.
    pub block: Block<ScorecardClause>,
    /// The moment or touchpoint it belongs to.
    pub belongs_to: Option<Name>,
}

/// A clause of `scorecard`.
#[derive(Clone, PartialEq, Debug)]
pub enum ScorecardClause {
    /// `30 points for commitment: keep_promises`
    Points {
        /// How many.
        points: Spanned<Decimal>,
        /// What for.
        group: Name,
        /// The promises.
        promises: Vec<Name>,
    },
    /// `fatal refund_within_limits`
    Fatal(Vec<Name>),
    /// `pass 85`
    Pass(Spanned<Decimal>),
    /// `per party`
    PerParty,
    /// `source "…"` and its like.
    Attribute(Attribute),
}
