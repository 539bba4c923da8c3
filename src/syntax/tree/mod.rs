//! The tree: what a standards file says, part by part, in the order written.
//!
//! Nothing here is checked or resolved: names are text, limits are as written. Every part that a
//! diagnostic may point at carries its place.

#![allow(
    clippy::large_enum_variant,
    reason = "a file has a few hundred clauses: their size costs nothing, and boxes would hide the shape of the tree"
)]

mod actions;
mod attributes;
mod behaviours;
mod calendars;
mod causes;
mod conditions;
mod escalations;
mod exemptions;
mod header;
mod journeys;
mod levels;
mod people;
mod remedies;
mod scenarios;
mod scorecards;
mod standards;
mod touchpoints;
mod vocabulary;

pub use actions::*;
pub use attributes::*;
pub use behaviours::*;
pub use calendars::*;
pub use causes::*;
pub use conditions::*;
pub use escalations::*;
pub use exemptions::*;
pub use header::*;
pub use journeys::*;
pub use levels::*;
pub use people::*;
pub use remedies::*;
pub use scenarios::*;
pub use scorecards::*;
pub use standards::*;
pub use touchpoints::*;
pub use vocabulary::*;

pub use crate::vocabulary::{Anchor, CancelledAs, Comparison, LimitScope, Statistic, Times, Unit};

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
