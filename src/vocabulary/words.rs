//! Plain words of the domain that a sentence says and a rule keeps: how amounts compare, what a level sums.

use std::cmp::Ordering;

/// The six comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `is`
    Is,
    /// `is not`
    IsNot,
    /// `is at least`
    AtLeast,
    /// `is at most`
    AtMost,
    /// `is more than`
    MoreThan,
    /// `is less than`
    LessThan,
}

impl Comparison {
    /// The comparison in words.
    pub fn words(self) -> &'static str {
        match self {
            Comparison::Is => "is",
            Comparison::IsNot => "is not",
            Comparison::AtLeast => "is at least",
            Comparison::AtMost => "is at most",
            Comparison::MoreThan => "is more than",
            Comparison::LessThan => "is less than",
        }
    }

    /// Whether it holds of a left side that stands so to the right one.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Is => order.is_eq(),
            Comparison::IsNot => order.is_ne(),
            Comparison::AtLeast => order.is_ge(),
            Comparison::AtMost => order.is_le(),
            Comparison::MoreThan => order.is_gt(),
            Comparison::LessThan => order.is_lt(),
        }
    }
}

/// Over what a spending limit sums.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LimitScope {
    /// The role's acts in one case.
    Case,
    /// An actor's acts in one day of the service.
    Day,
}

/// How a number of times is bounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Times {
    /// `at most`
    AtMost,
    /// `at least`
    AtLeast,
    /// `exactly`
    Exactly,
}

/// What is made of many values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Statistic {
    /// `mean`
    Mean,
    /// `median`, `p90`: in hundredths
    Percentile(u8),
    /// `nps`
    Nps,
    /// `csat`
    Csat,
    /// `ces`
    Ces,
}

/// A unit of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// `day`
    Day,
    /// `week`, from Monday
    Week,
    /// `month`
    Month,
    /// `quarter`
    Quarter,
    /// `year`
    Year,
}

/// Which instant of a clock says to which window it belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// `of start`
    Start,
    /// `of due`
    Due,
    /// `of stop`
    Stop,
}

/// What a cancelled clock counts as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CancelledAs {
    /// `cancelled excluded`
    Excluded,
    /// `cancelled missed`
    Missed,
    /// `cancelled met if in time`
    MetIfInTime,
}
