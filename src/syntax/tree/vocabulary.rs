//! What a log may say: the case, events, segments.

use rust_decimal::Decimal;

use super::{Condition, Limit, Name, Text, Trigger};

use crate::source::Spanned;

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
    /// `at complaints`
    pub at: Option<Name>,
    /// Its fields.
    pub fields: Vec<Spanned<Field>>,
    /// Whether a field could not be read.
    pub broken: bool,
    /// Where its evidence comes from, if not from the log.
    pub evidence: Option<Name>,
    /// `trust when confidence is at least 0.8`
    pub trust: Option<Spanned<Condition>>,
    /// `reaches every case with the same flight`
    pub reaches: Option<Name>,
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
