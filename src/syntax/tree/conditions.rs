//! Conditions and values, as written.

use jiff::civil::Date;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::Name;

use crate::calendar::Duration;
use crate::source::Spanned;
use crate::vocabulary::Comparison;
use crate::vocabulary::Money;

/// Which cases a row of a table is for.
#[derive(Clone, PartialEq, Debug)]
pub enum RowCondition {
    /// `when C`
    When(Box<Spanned<Condition>>),
    /// `otherwise`
    Otherwise,
}

/// `E where C`
#[derive(Clone, PartialEq, Debug)]
pub struct Trigger {
    /// What happens.
    pub happening: Happening,
    /// What must hold of it; most ask for nothing.
    pub filter: Option<Box<Spanned<Condition>>>,
}

/// An event of the log, or something that a clock brings about.
#[derive(Clone, PartialEq, Debug)]
pub enum Happening {
    /// `ticket.opened`
    Event(Name),
    /// `breach of resolve`
    BreachOf(Name),
    /// `resolve at 80%`
    At(Name, Spanned<Decimal>),
    /// `resolve met`
    Met(Name),
}

impl Happening {
    /// The event or standard that it names.
    pub fn name(&self) -> &Name {
        match self {
            Happening::Event(name) | Happening::BreachOf(name) | Happening::At(name, _) | Happening::Met(name) => name,
        }
    }
}

/// A condition as written.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// `A and B and C`
    All(Vec<Spanned<Condition>>),
    /// `A or B or C`
    Any(Vec<Spanned<Condition>>),
    /// `not A`
    Not(Box<Spanned<Condition>>),
    /// `vip`, `priority is high`
    Test {
        /// Of what.
        operand: Spanned<Operand>,
        /// What is asked; nothing for a segment or a yes-or-no field.
        relation: Option<Spanned<Relation>>,
    },
    /// `started in double_eleven`
    StartedIn(Name),
    /// `at hotline`
    At(Name),
}

/// What a condition asks about.
#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    /// A segment, a case field, or a field of the event that is plain from the sentence.
    Path(String),
    /// `score of survey.answered`
    FieldOf {
        /// The field.
        field: Name,
        /// The event whose latest occurrence is meant.
        event: Name,
    },
    /// `overshoot`, `count of ticket.reopened`
    Fact(Box<Fact>),
}

/// What a case shows of how a promise was broken.
#[derive(Clone, PartialEq, Debug)]
pub enum Fact {
    /// `overshoot`
    Overshoot,
    /// `paused`
    Paused,
    /// `handovers`
    Handovers,
    /// `count of E`
    CountOf(Happening),
    /// `time from E to F`
    TimeFrom(Happening, Happening),
    /// `waiting for approval`
    WaitingForApproval,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Relation {
    /// `is known`
    Known,
    /// `is unknown`
    Unknown,
    /// `is at least 3` and its like.
    Compare(Comparison, Spanned<Literal>),
    /// `in (a, b)`; `false` for `not in`.
    In(bool, Vec<Spanned<Literal>>),
}

/// A value as written.
#[derive(Clone, PartialEq, Debug)]
pub enum Literal {
    /// A name: a value of an enumeration, a role.
    Name(String),
    /// `20`
    Number(Decimal),
    /// `80%`
    Percent(Decimal),
    /// `4h`
    Duration(Duration),
    /// `200 CNY`
    Money(Money),
    /// `2026-01-01`
    Date(Date),
    /// `2026-01-01 09:00`, in the zone of the service
    DateTime(DateTime),
    /// `"text"`
    Text(String),
    /// `true`
    Bool(bool),
}
