//! In what a level is measured, and the bounds that it may have.

use rust_decimal::Decimal;

use crate::graph::{Measure, Quantity};
use crate::syntax::tree::{self, Statistic};
use crate::vocabulary::Type;

/// A measure with what its bound, window and groups depend on.
pub struct Measured {
    pub measure: Measure,
    pub scale: Scale,
    /// The events whose fields its groups may name.
    pub events: Vec<usize>,
}

/// What a measure is told in, and how far it goes.
pub struct Scale {
    pub unit: Unit,
    pub reach: (Option<Decimal>, Option<Decimal>),
}

/// What a measure is told in.
#[derive(Clone, Copy)]
pub enum Unit {
    Percent,
    Number,
    Time,
    Money,
}

pub const PERCENT: Scale = Scale { unit: Unit::Percent, reach: (Some(Decimal::ZERO), Some(Decimal::ONE_HUNDRED)) };

pub const TIME: Scale = Scale { unit: Unit::Time, reach: (Some(Decimal::ZERO), None) };

impl Quantity {
    /// How much, as a number: percent, a number, nanoseconds, an amount of money.
    pub fn amount(self) -> Decimal {
        match self {
            Quantity::Percent(amount) | Quantity::Number(amount) => amount,
            Quantity::Time(duration) => Decimal::from(duration.as_nanos()),
            Quantity::Money(money) => money.amount,
        }
    }
}

impl Unit {
    /// The unit, and a value of it: the number written, if there is one.
    pub fn in_words(self, number: Option<Decimal>) -> (&'static str, String) {
        let number = number.map_or_else(|| "80".to_owned(), |number| number.to_string());
        match self {
            Unit::Percent => ("percent", format!("{number}%")),
            Unit::Number => ("a plain number", number),
            Unit::Time => ("time", "30s".to_owned()),
            Unit::Money => ("money", format!("{number} CNY")),
        }
    }
}

/// What a statistic of a field of that type is told in; none if it cannot be made.
pub fn scale(statistic: Statistic, kind: &Type) -> Option<Scale> {
    let number = |least, most| Some(Scale { unit: Unit::Number, reach: (least, most) });
    match (statistic, kind) {
        (Statistic::Nps, Type::Range(least, most)) if least.is_zero() && *most == Decimal::TEN => {
            number(Some(-Decimal::ONE_HUNDRED), Some(Decimal::ONE_HUNDRED))
        }
        (Statistic::Csat, Type::Range(least, most)) if *most - *least >= Decimal::TWO => Some(PERCENT),
        (Statistic::Nps | Statistic::Csat, _) => None,
        (_, Type::Range(least, most)) => number(Some(*least), Some(*most)),
        (_, Type::Number) => number(None, None),
        (Statistic::Mean | Statistic::Percentile(_), Type::Duration) => Some(TIME),
        (Statistic::Mean | Statistic::Percentile(_), Type::Money) => {
            Some(Scale { unit: Unit::Money, reach: (None, None) })
        }
        _ => None,
    }
}

pub fn word(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Mean => "mean",
        Statistic::Percentile(50) => "median",
        Statistic::Percentile(_) => "percentile",
        Statistic::Nps => "nps",
        Statistic::Csat => "csat",
        Statistic::Ces => "ces",
    }
}

/// The whole days that come nearest to a limit.
pub fn whole_days(limit: &tree::Limit) -> u32 {
    const DAY: i64 = 24 * 3600 * 1_000_000_000;
    match limit {
        tree::Limit::Exact(duration) => u32::try_from(duration.as_nanos() / DAY).unwrap_or(u32::MAX).max(1),
        tree::Limit::WorkingDays(days) | tree::Limit::CalendarDays { days, .. } => (*days).max(1),
    }
}
