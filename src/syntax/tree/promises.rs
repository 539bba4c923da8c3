//! Promises: clocks, behaviours, levels, scorecards.

use super::{Attribute, Block, Comparison, Condition, Literal, Name, Operand, RowCondition, Text, Trigger};
use crate::calendar::Duration;
use crate::source::Spanned;
use crate::vocabulary::{Anchor, CancelledAs, Statistic, Times, Unit};
use rust_decimal::Decimal;

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

/// `level calls_answered for hotline { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// Name, label and clauses.
    pub block: Block<LevelClause>,
    /// The moment or touchpoint it belongs to.
    pub belongs_to: Option<Name>,
}

/// A clause of `level`.
#[derive(Clone, PartialEq, Debug)]
pub enum LevelClause {
    /// What is measured, over what, and how much of it must be.
    Measure(Box<Measure>),
    /// `cancelled excluded`
    Cancelled(CancelledAs),
    /// `undetermined excluded`; `true` for `missed`
    Undetermined {
        /// Whether they count as missed.
        missed: bool,
    },
    /// `untouched excluded`; `true` for `missed`
    Untouched {
        /// Whether cases that the promise never touched count as missed.
        missed: bool,
    },
    /// `with at least 30`
    WithAtLeast(Spanned<u32>),
    /// `benchmark 4.2 "whose"`
    Benchmark(Spanned<Literal>, Text),
    /// `source "…"` and its like.
    Attribute(Attribute),
}

/// `at least 80% of answer_promptly per day, for each channel`
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// What is measured.
    pub what: Measured,
    /// `at least`, `at most`, `more than`, `less than`
    pub comparison: Comparison,
    /// The bound.
    pub bound: Spanned<Literal>,
    /// Over what time; none is the whole log.
    pub window: Option<Spanned<Window>>,
    /// What it is told apart by.
    pub groups: Vec<Spanned<Operand>>,
}

/// What a level measures.
#[derive(Clone, PartialEq, Debug)]
pub enum Measured {
    /// `at least 80% of answer_promptly`: the share that is met
    Share(Name),
    /// `p90 of answer_promptly`, `mean of score of survey.answered`
    Statistic(Spanned<Statistic>, Sample),
    /// `count of complaint.opened`
    Count(Vec<Trigger>),
    /// `count of complaint.opened at most 2% of order.placed`
    Rate(Vec<Trigger>, Vec<Trigger>),
    /// `share of cases with first_contact_resolution`
    ShareOfCases(Spanned<Condition>),
}

/// Where a statistic takes its values from.
#[derive(Clone, PartialEq, Debug)]
pub enum Sample {
    /// How long the clocks of a standard took.
    Elapsed(Name),
    /// A field of an event.
    Field {
        /// The field.
        field: Name,
        /// The event.
        event: Name,
    },
}

/// Over what time a level sums.
#[derive(Clone, PartialEq, Debug)]
pub enum Window {
    /// `per day of due`
    Per(Unit, Anchor),
    /// `in any 30 calendar days`
    InAny(Spanned<Limit>),
}

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
