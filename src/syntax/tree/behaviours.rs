//! Behaviours: what must, or must never, happen.

use super::{Attribute, Block, Condition, Limit, Name, Trigger};

use crate::source::Spanned;
use crate::vocabulary::Times;

/// `behaviour confirm_before_closing for closure { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Behaviour {
    /// Name, label and clauses.
    pub block: Block<BehaviourClause>,
    /// The moment or touchpoint it belongs to.
    pub belongs_to: Option<Name>,
}

/// A clause of `behaviour`.
#[derive(Clone, PartialEq, Debug)]
pub enum BehaviourClause {
    /// What must, or must never, happen.
    Sentence(Conduct),
    /// `counting office`
    Counting(Name),
    /// `per party`
    PerParty,
    /// `severity major` and its like.
    Attribute(Attribute),
}

/// What must, or must never, happen in a case; each event may be any of several.
#[derive(Clone, PartialEq, Debug)]
pub enum Conduct {
    /// `every B needs A before`
    NeedsBefore {
        /// What needs something before it.
        every: Vec<Trigger>,
        /// What it needs.
        needs: Vec<Trigger>,
    },
    /// `after A, B within D`
    Follows {
        /// What asks for an answer.
        after: Vec<Trigger>,
        /// The answer.
        then: Vec<Trigger>,
        /// Within what time; none is by the end of the case.
        within: Option<Spanned<Limit>>,
    },
    /// `never A`
    Never(Vec<Trigger>),
    /// `never A after B`
    NeverAfter {
        /// What must not happen.
        never: Vec<Trigger>,
        /// Behind what.
        after: Vec<Trigger>,
    },
    /// `never A without B`
    NeverWithout {
        /// What must not happen.
        never: Vec<Trigger>,
        /// But behind this.
        without: Vec<Trigger>,
    },
    /// `never A within D after Y`
    NeverWithin {
        /// What must not happen.
        never: Vec<Trigger>,
        /// For how long.
        within: Spanned<Limit>,
        /// Behind what.
        after: Vec<Trigger>,
    },
    /// `at most 3 A`, `at least one A`, `exactly one A`
    Times {
        /// At most, at least or exactly.
        times: Times,
        /// How often.
        count: Spanned<u32>,
        /// What.
        of: Vec<Trigger>,
    },
    /// `between A and B, C at least every D`
    AtLeastEvery {
        /// From what on.
        from: Vec<Trigger>,
        /// Until what.
        to: Vec<Trigger>,
        /// What must keep happening.
        keeps: Vec<Trigger>,
        /// The longest gap.
        every: Spanned<Limit>,
    },
    /// `on E, C must hold`, `on E, score must be at least 4`
    MustHold {
        /// At what.
        on: Vec<Trigger>,
        /// What must be so.
        condition: Spanned<Condition>,
    },
    /// `every A must be by someone other than B`
    OtherThan {
        /// What is done.
        every: Vec<Trigger>,
        /// Whose doer it must not be.
        other: Vec<Trigger>,
    },
    /// `every A must be by team_lead or above`
    ByRole {
        /// What is done.
        every: Vec<Trigger>,
        /// The lowest role that may do it.
        role: Name,
    },
}
