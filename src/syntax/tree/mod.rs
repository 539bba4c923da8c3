//! The tree: what a standards file says, part by part, in the order written.
//!
//! Nothing here is checked or resolved: names are text, limits are as written. Every part that a
//! diagnostic may point at carries its place.

mod condition;

pub use condition::*;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{DateRange, Duration, Interval, MinuteOfDay};
use crate::source::Spanned;
use crate::vocabulary::Money;

/// A name or dotted path, in NFC, without the backticks that may quote it.
pub type Name = Spanned<String>;
/// A text in quotes, without them.
pub type Text = Spanned<String>;

/// A whole file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct File {
    /// Its declarations, in order.
    pub declarations: Vec<Declaration>,
    /// Names that unreadable declarations would have declared: whoever uses one is not to blame.
    pub lost: Vec<String>,
    /// Whether a `service` stands here that could not be read: then none is said to be missing.
    pub lost_service: bool,
}

/// One declaration.
#[derive(Clone, PartialEq, Debug)]
pub enum Declaration {
    /// `service`
    Service(Block<ServiceClause>),
    /// `use "file"`
    Use(Text),
    /// `role`
    Role(Role),
    /// `calendar`
    Calendar(Block<CalendarClause>),
    /// `case`
    Case(Block<CaseClause>),
    /// `event`
    Event(Event),
    /// `segment`
    Segment(Segment),
    /// `touchpoint`
    Touchpoint(Block<TouchpointClause>),
    /// `moment`
    Moment(Moment),
    /// `standard`
    Standard(Standard),
    /// `escalate`
    Escalate(Escalate),
    /// `action`
    Action(Action),
    /// `empower`
    Empower(Empower),
    /// `approve`
    Approve(Block<ApproveClause>),
    /// `remedy`
    Remedy(Remedy),
}

/// A declaration that is a name, a label and clauses.
#[derive(Clone, PartialEq, Debug)]
pub struct Block<Clause> {
    /// The name; for `case`, which has none, the keyword.
    pub name: Name,
    /// The label that reports print.
    pub label: Option<Text>,
    /// The clauses, in order.
    pub clauses: Vec<Spanned<Clause>>,
    /// Whether a clause could not be read: then nothing is said to be missing.
    pub broken: bool,
}

/// A clause of `service`.
#[derive(Clone, PartialEq, Debug)]
pub enum ServiceClause {
    /// `version "2026.1"`
    Version(Text),
    /// `effective 2026-01-01 until 2026-12-31`
    Effective {
        /// First day in force.
        from: Spanned<Date>,
        /// Last day in force.
        until: Option<Spanned<Date>>,
    },
    /// `timezone "Asia/Shanghai"`
    Timezone(Text),
    /// `currency CNY`
    Currency(Name),
    /// `owner "Customer care"`
    Owner(Text),
    /// `status …`
    Status(Status),
}

/// How far a standards file is on its way.
#[derive(Clone, PartialEq, Debug)]
pub enum Status {
    /// `draft`
    Draft,
    /// `retired`
    Retired,
    /// `approved by "…" on DATE`
    Approved {
        /// Who approved.
        by: Text,
        /// When.
        on: Spanned<Date>,
    },
}

/// `role team_lead leads agent`
#[derive(Clone, PartialEq, Debug)]
pub struct Role {
    /// The role.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// The roles it leads.
    pub leads: Vec<Name>,
}

/// A clause of `calendar`.
#[derive(Clone, PartialEq, Debug)]
pub enum CalendarClause {
    /// `mon..fri 09:00-12:00, 13:00-18:00`
    Weekly {
        /// Days of the week, Monday is 0.
        days: Vec<usize>,
        /// The intervals of each.
        hours: Vec<Spanned<Interval>>,
        /// `not a working day`
        not_working: bool,
    },
    /// `closed 2026-10-01..2026-10-07 "National Day"`
    Closed {
        /// The days.
        days: Spanned<DateRange>,
        /// Why.
        label: Option<Text>,
    },
    /// `opened 2026-10-10 09:00-18:00 "Make-up working day"`
    Opened {
        /// The days.
        days: Spanned<DateRange>,
        /// Their intervals.
        hours: Vec<Spanned<Interval>>,
        /// Why.
        label: Option<Text>,
    },
    /// `received after 17:00 counts as the next open day`
    ReceivedAfter(Spanned<MinuteOfDay>),
    /// `timezone "…"`
    Timezone(Text),
    /// `source "…"`
    Source(Text),
}

/// A clause of `case`.
#[derive(Clone, PartialEq, Debug)]
pub enum CaseClause {
    /// `priority: low < high`
    Field(Field),
    /// `party customer.id`
    Party(Name),
    /// `ends on E after 7 calendar days`
    Ends {
        /// The events that end a case.
        on: Vec<Trigger>,
        /// How long after them it is over.
        after: Spanned<Limit>,
    },
}

/// `amount: money?`
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// The name; a path for a case field.
    pub name: Name,
    /// The type.
    pub kind: Spanned<FieldType>,
    /// `?`
    pub optional: bool,
    /// `private`
    pub private: bool,
}

/// A type as written.
#[derive(Clone, PartialEq, Debug)]
pub enum FieldType {
    /// `text`, `number`, `bool`, `money`, `duration`, `time`, `date`, `role`
    Plain(String),
    /// `1..5`
    Range(Decimal, Decimal),
    /// `one of (a, b)`
    OneOf(Vec<Name>),
    /// `low < high`
    Ordered(Vec<Name>),
}

/// `event survey.answered { score: 1..5 } from survey`
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// The dotted name.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// Its fields.
    pub fields: Vec<Spanned<Field>>,
    /// Whether a field could not be read.
    pub broken: bool,
    /// Where its evidence comes from, if not from the log.
    pub evidence: Option<Name>,
}

/// `segment vip when customer.tier in (gold, platinum)`
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// The name.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// Who belongs.
    pub when: Spanned<Condition>,
}

/// A clause of `touchpoint`.
#[derive(Clone, PartialEq, Debug)]
pub enum TouchpointClause {
    /// `stage use`
    Stage(Name),
    /// `channel phone, app`
    Channel(Vec<Name>),
    /// `environment remote`
    Environment(Name),
    /// `owner "…"`
    Owner(Text),
    /// `source "…"`
    Source(Text),
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
    /// `owner "…"`
    Owner(Text),
    /// `source "…"`
    Source(Text),
}

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
    /// `severity major`
    Severity(Name),
    /// `symptom delay`
    Symptom(Name),
    /// `owner "…"`
    Owner(Text),
    /// `source "…"`
    Source(Text),
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

/// `action refund is refund.issued costs amount`
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
}

/// `empower agent { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Empower {
    /// The role.
    pub role: Name,
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

/// Over what a spending limit sums.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LimitScope {
    /// The role's acts in one case.
    Case,
    /// An actor's acts in one day of the service.
    Day,
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
    /// `owner "…"`
    Owner(Text),
    /// `source "…"`
    Source(Text),
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
