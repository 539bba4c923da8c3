//! The tree: what a standards file says, part by part, in the order written.
//!
//! Nothing here is checked or resolved: names are text, limits are as written. Every part that a
//! diagnostic may point at carries its place.

#![allow(
    clippy::large_enum_variant,
    reason = "a file has a few hundred clauses: their size costs nothing, and boxes would hide the shape of the tree"
)]

mod condition;
mod map;
mod mending;
mod promises;
mod scenario;
mod vocabulary;

pub use condition::*;
pub use map::*;
pub use mending::*;
pub use promises::*;
pub use scenario::*;
pub use vocabulary::*;

pub use crate::vocabulary::{Anchor, CancelledAs, Comparison, LimitScope, Statistic, Times, Unit};

use jiff::civil::{Date, DateTime};

use crate::calendar::{DateRange, Interval, MinuteOfDay};
use crate::source::Spanned;

/// A name or dotted path, in NFC, without the backticks that may quote it.
pub type Name = Spanned<String>;
/// A text in quotes, without them.
pub type Text = Spanned<String>;

/// A whole file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct File {
    /// Its declarations, in order.
    pub declarations: Vec<Spanned<Declaration>>,
    /// Names that unreadable declarations would have declared: whoever uses one is not to blame.
    pub lost: Vec<String>,
    /// Whether a `service` stands here that could not be read: then none is said to be missing.
    pub lost_service: bool,
    /// Whether anything in it could not be read: then nothing is said of what seems to be missing.
    pub unread: bool,
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
    /// `period`
    Period(Period),
    /// `exempt`
    Exempt(Block<ExemptClause>),
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
    /// `journey`
    Journey(Block<JourneyClause>),
    /// `standard`
    Standard(Standard),
    /// `behaviour`
    Behaviour(Behaviour),
    /// `level`
    Level(Level),
    /// `scorecard`
    Scorecard(Scorecard),
    /// `escalate`
    Escalate(Escalate),
    /// `action`
    Action(Action),
    /// `empower`
    Empower(Empower),
    /// `approve`
    Approve(Block<ApproveClause>),
    /// `authority`
    Authority(Authority),
    /// `cause`
    Cause(Cause),
    /// `remedy`
    Remedy(Remedy),
    /// `scenario`
    Scenario(Scenario),
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
    /// `source "…"`
    Source(Text),
    /// `review before 2027-01-01`
    ReviewBefore(Spanned<Date>),
    /// `no longer promises call_back "the line is closed"`
    NoLongerPromises(Name, Text),
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

/// `period double_eleven 2026-11-01..2026-11-11`
#[derive(Clone, PartialEq, Debug)]
pub struct Period {
    /// The name.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// Its spans of days.
    pub days: Vec<Spanned<DateRange>>,
}

/// A clause of `exempt`.
#[derive(Clone, PartialEq, Debug)]
pub enum ExemptClause {
    /// `from 2026-08-02 08:00 to 2026-08-04 20:00`
    Window {
        /// Its beginning.
        from: Spanned<DayOrTime>,
        /// Its end; of a day, the end of it.
        to: Spanned<DayOrTime>,
    },
    /// `when delay.cause is weather`
    When(Spanned<Condition>),
    /// `for complaints, resolve`
    For(Vec<Name>),
    /// `excuse`
    Excuse,
    /// `stop the clock`
    StopTheClock,
    /// `proof notice.id`
    Proof(Spanned<Operand>),
    /// `source "…"`
    Source(Text),
}

/// A whole local day, or a local time on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayOrTime {
    /// `2026-08-02`
    Day(Date),
    /// `2026-08-02 08:00`
    Time(DateTime),
}

impl DayOrTime {
    /// The local day.
    pub fn day(self) -> Date {
        match self {
            DayOrTime::Day(day) => day,
            DayOrTime::Time(time) => time.date(),
        }
    }
}

/// What any promise, and some places, may carry.
#[derive(Clone, PartialEq, Debug)]
pub enum Attribute {
    /// `source "clause 3.2"`
    Source(Text),
    /// `owner "Customer care"`
    Owner(Text),
    /// `severity major when vip`
    Severity(Name, Option<RowCondition>),
    /// `material when amount is at least 10000 CNY`
    Material(Option<Spanned<Condition>>),
    /// `symptom delay`
    Symptom(Name),
    /// `element process`
    Element(Name),
    /// `status …`
    Status(Status),
    /// `review before 2027-01-01`
    ReviewBefore(Spanned<Date>),
    /// `control partial when …`
    Control(Name, Option<RowCondition>),
    /// `never exempt`
    NeverExempt,
    /// `at least as strict as law_of_2026`
    AtLeastAsStrict(Name),
    /// `looser than before "branches close at five since May"`
    LooserThanBefore(Text),
}
