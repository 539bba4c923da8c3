//! Levels: what is measured over many cases, over what time, and how much of it must be.

use rust_decimal::Decimal;

use super::{Attributes, Condition, Limit, Operand, PromiseId, Trigger};

use crate::calendar::Duration;
use crate::source::Span;
use crate::vocabulary::Money;
use crate::vocabulary::{Anchor, CancelledAs, Comparison, Statistic, Unit};

/// How well a promise is kept on the whole.
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it belongs to, directly or through its moment.
    pub touchpoint: Option<usize>,
    /// The moment it belongs to.
    pub moment: Option<usize>,
    /// What is measured.
    pub measure: Measure,
    /// How the measure must stand to the bound.
    pub comparison: Comparison,
    /// The bound.
    pub bound: Quantity,
    /// Over what time.
    pub window: Window,
    /// What it is told apart by.
    pub groups: Vec<Group>,
    /// What a cancelled clock counts as.
    pub cancelled: CancelledAs,
    /// What something that cannot be determined counts as.
    pub undetermined: UndeterminedAs,
    /// Whether a case that the promise never touched is out; else it is missed.
    pub untouched_excluded: bool,
    /// How many there must be for a verdict.
    pub least: Option<u32>,
    /// What others reach.
    pub benchmark: Option<Benchmark>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Measure, bound, window and groups as written.
    pub said: String,
    /// Where it is declared.
    pub span: Span,
}

/// What something that cannot be determined counts as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UndeterminedAs {
    /// Nothing is said: it may be met or missed, and the verdict must be right either way.
    Either,
    /// It is missed.
    Missed,
    /// It is out.
    Excluded,
}

impl Level {
    /// The promise whose findings it takes in.
    pub fn findings_of(&self) -> Option<PromiseId> {
        match &self.measure {
            Measure::Share(promise) | Measure::CasesKeeping(promise) => Some(*promise),
            Measure::Elapsed(_, standard) => Some(PromiseId::Standard(*standard)),
            Measure::Field(..) | Measure::Count(_) | Measure::Rate(..) | Measure::CasesWith(_) => None,
        }
    }
}

/// What a level measures.
#[derive(Clone, PartialEq, Debug)]
pub enum Measure {
    /// The share of a promise's findings that are met.
    Share(PromiseId),
    /// How long the clocks of a standard took, by its index.
    Elapsed(Statistic, usize),
    /// A field of each event: the event and the field.
    Field(Statistic, (usize, usize)),
    /// How many events there are, of any of several.
    Count(Vec<Trigger>),
    /// How many of the first there are for each of the second.
    Rate(Vec<Trigger>, Vec<Trigger>),
    /// The share of cases of which a condition holds.
    CasesWith(Condition),
    /// The share of cases that keep a promise.
    CasesKeeping(PromiseId),
}

impl Measure {
    /// The events that it counts.
    pub fn counted(&self) -> impl Iterator<Item = &Trigger> {
        let (one, other): (&[Trigger], &[Trigger]) = match self {
            Measure::Count(subject) => (subject, &[]),
            Measure::Rate(subject, counterpart) => (subject, counterpart),
            Measure::Share(_)
            | Measure::Elapsed(..)
            | Measure::Field(..)
            | Measure::CasesWith(_)
            | Measure::CasesKeeping(_) => (&[], &[]),
        };
        one.iter().chain(other)
    }
}

/// How much, of what.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Quantity {
    /// A share, in percent.
    Percent(Decimal),
    /// A number: a score, a count, a net promoter score in points.
    Number(Decimal),
    /// Exact time.
    Time(Duration),
    /// Money.
    Money(Money),
}

/// Over what time a level sums.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// The whole log, or the whole period that is judged.
    Whole,
    /// Each day, week, month, quarter or year, by an instant of a clock.
    Per(Unit, Anchor),
    /// That many local days up to each day.
    Rolling(u32),
}

/// A field that a level is told apart by.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    /// The field as written.
    pub name: String,
    /// The field.
    pub field: Operand,
}

/// What others reach.
#[derive(Clone, PartialEq, Debug)]
pub struct Benchmark {
    /// How much.
    pub value: Quantity,
    /// Whose it is.
    pub whose: String,
}

/// Once a window of a level is missed, a role must be told within some time of the window's end.
#[derive(Clone, PartialEq, Debug)]
pub struct LevelEscalation {
    /// The level.
    pub level: usize,
    /// The event that shows who was told.
    pub event: usize,
    /// Its field of type `role`.
    pub role_field: usize,
    /// For each group of the level the field of the event that says of which it speaks; where there is
    /// none, the event speaks of all.
    pub groups: Vec<Option<usize>>,
    /// Which role must be told, or one above it.
    pub to: usize,
    /// Within what time.
    pub within: Limit,
    /// Where it is written.
    pub span: Span,
}
