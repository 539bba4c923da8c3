//! Standards: promises that a clock measures.

use rust_decimal::Decimal;

use super::{Attribute, Block, Name, Operand, RowCondition, Trigger};

use crate::calendar::Duration;
use crate::source::Spanned;

/// `standard resolve for closure { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Standard {
    /// Name, label and clauses.
    pub block: Block<StandardClause>,
    /// The moment or touchpoint it belongs to.
    pub belongs_to: Option<Name>,
}

/// A clause of `standard`.
#[derive(Clone, PartialEq, Debug)]
pub enum StandardClause {
    /// `from 3h after E to F`
    Clock {
        /// How long after the start event the clock starts.
        delay: Option<Spanned<Duration>>,
        /// The start.
        from: Vec<Trigger>,
        /// The stop.
        to: Vec<Trigger>,
    },
    /// `cancel on E`
    Cancel(Vec<Trigger>),
    /// `pause on E resume on F`
    Pause {
        /// What stops the time.
        on: Vec<Trigger>,
        /// What lets it run again.
        resume: Vec<Trigger>,
    },
    /// `restart on E`
    Restart(Vec<Trigger>),
    /// `reopen on E within 7 calendar days`
    Reopen {
        /// What reopens.
        on: Vec<Trigger>,
        /// Until how long after the stop.
        within: Option<Spanned<Limit>>,
    },
    /// `each`
    Each,
    /// `first`
    First,
    /// `per id`
    Per(Name),
    /// `counting office when …`
    Counting {
        /// The calendar.
        calendar: Name,
        /// For which cases.
        when: Option<RowCondition>,
    },
    /// `counting fixed at start`
    HoursFixed,
    /// A row of the target table.
    Target {
        /// `beyond expectation`
        beyond: bool,
        /// What is promised.
        promise: Spanned<Promise>,
        /// For which cases.
        when: Option<RowCondition>,
    },
    /// `warn at 50%, 80%`
    Warn(Vec<Spanned<Decimal>>),
    /// `extend to 30 calendar days on E, approved by head_office or above`
    Extend(Extend),
    /// `per party`
    PerParty,
    /// `severity major` and its like.
    Attribute(Attribute),
}

/// What a row of a target table promises.
#[derive(Clone, PartialEq, Debug)]
pub enum Promise {
    /// `within 4h`
    Within(Limit),
    /// `at once`
    AtOnce,
    /// `due at deadline`
    DueAt(Spanned<Operand>),
    /// `no target`
    NoTarget,
}

/// `extend to D on E, approved by ROLE or above`
#[derive(Clone, PartialEq, Debug)]
pub struct Extend {
    /// `another D` adds to the present due; `to D` is the new total.
    pub another: bool,
    /// By how much, or to what.
    pub by: Spanned<Limit>,
    /// The events that grant it.
    pub on: Vec<Trigger>,
    /// Who must grant it, or someone above.
    pub approved_by: Option<Name>,
}

/// A length of time as written.
#[derive(Clone, PartialEq, Debug)]
pub enum Limit {
    /// `2h30m`
    Exact(Duration),
    /// `3 working days`
    WorkingDays(u32),
    /// `7 calendar days moved to the next open day of office`
    CalendarDays {
        /// How many.
        days: u32,
        /// The calendar whose next open day the last day moves to.
        moved: Option<Name>,
    },
}
