//! Behaviours: what must, or must never, happen in a case.

use super::{Attributes, Condition, Limit, Trigger};

use crate::source::Span;
use crate::vocabulary::Times;

/// A promise that is kept or broken by what happens, and in which order.
#[derive(Clone, PartialEq, Debug)]
pub struct Behaviour {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it belongs to, directly or through its moment.
    pub touchpoint: Option<usize>,
    /// The moment it belongs to.
    pub moment: Option<usize>,
    /// What must, or must never, happen.
    pub sentence: Conduct,
    /// The sentence as written.
    pub said: String,
    /// The calendar that its limit counts; none is the wall clock.
    pub calendar: Option<usize>,
    /// Whether it is judged over all cases of a party.
    pub per_party: bool,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// What must, or must never, happen; each event may be any of several.
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
        within: Option<Limit>,
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
        within: Limit,
        /// Behind what.
        after: Vec<Trigger>,
    },
    /// `at most 3 A`
    Times {
        /// At most, at least or exactly.
        times: Times,
        /// How often.
        count: u32,
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
        every: Limit,
    },
    /// `on E, C must hold`
    MustHold {
        /// At what.
        on: Vec<Trigger>,
        /// What must be so.
        condition: Condition,
    },
    /// `every A must be by someone other than B`
    OtherThan {
        /// What is done.
        every: Vec<Trigger>,
        /// Whose doer it must not be.
        other: Vec<Trigger>,
    },
    /// `every A must be by ROLE or above`
    ByRole {
        /// What is done.
        every: Vec<Trigger>,
        /// The lowest role that may do it.
        role: usize,
    },
}

impl Conduct {
    /// What a sentence at fault says: it speaks of no event.
    pub fn nothing() -> Self {
        Conduct::MustHold { on: Vec::new(), condition: Condition::All(Vec::new()) }
    }

    /// What a finding is about: each of these is looked at, or all of them together.
    pub fn judged(&self) -> &[Trigger] {
        match self {
            Conduct::Never(triggers)
            | Conduct::NeedsBefore { every: triggers, .. }
            | Conduct::Follows { after: triggers, .. }
            | Conduct::NeverAfter { never: triggers, .. }
            | Conduct::NeverWithout { never: triggers, .. }
            | Conduct::NeverWithin { after: triggers, .. }
            | Conduct::Times { of: triggers, .. }
            | Conduct::AtLeastEvery { from: triggers, .. }
            | Conduct::MustHold { on: triggers, .. }
            | Conduct::OtherThan { every: triggers, .. }
            | Conduct::ByRole { every: triggers, .. } => triggers,
        }
    }

    /// What it is held against: what must come before or behind it, must not, or ends it; of some, nothing.
    pub fn other(&self) -> &[Trigger] {
        match self {
            Conduct::NeedsBefore { needs: triggers, .. }
            | Conduct::Follows { then: triggers, .. }
            | Conduct::NeverAfter { after: triggers, .. }
            | Conduct::NeverWithout { without: triggers, .. }
            | Conduct::NeverWithin { never: triggers, .. }
            | Conduct::AtLeastEvery { to: triggers, .. }
            | Conduct::OtherThan { other: triggers, .. } => triggers,
            Conduct::Never(_) | Conduct::Times { .. } | Conduct::MustHold { .. } | Conduct::ByRole { .. } => &[],
        }
    }

    /// What must keep happening in between.
    pub fn kept(&self) -> &[Trigger] {
        match self {
            Conduct::AtLeastEvery { keeps, .. } => keeps,
            Conduct::NeedsBefore { .. }
            | Conduct::Follows { .. }
            | Conduct::Never(_)
            | Conduct::NeverAfter { .. }
            | Conduct::NeverWithout { .. }
            | Conduct::NeverWithin { .. }
            | Conduct::Times { .. }
            | Conduct::MustHold { .. }
            | Conduct::OtherThan { .. }
            | Conduct::ByRole { .. } => &[],
        }
    }

    /// All events that it speaks of.
    pub fn triggers(&self) -> impl Iterator<Item = &Trigger> {
        [self.judged(), self.other(), self.kept()].into_iter().flatten()
    }

    /// Its length of time.
    pub fn limit(&self) -> Option<Limit> {
        match self {
            Conduct::Follows { within, .. } => *within,
            Conduct::NeverWithin { within: limit, .. } | Conduct::AtLeastEvery { every: limit, .. } => Some(*limit),
            Conduct::NeedsBefore { .. }
            | Conduct::Never(_)
            | Conduct::NeverAfter { .. }
            | Conduct::NeverWithout { .. }
            | Conduct::Times { .. }
            | Conduct::MustHold { .. }
            | Conduct::OtherThan { .. }
            | Conduct::ByRole { .. } => None,
        }
    }

    /// Whether only the end of the case can tell that it was kept, or that it was not.
    pub fn waits_for_the_end(&self) -> bool {
        matches!(
            self,
            Conduct::Never(_)
                | Conduct::NeverAfter { .. }
                | Conduct::Times { .. }
                | Conduct::Follows { within: None, .. }
        )
    }
}
