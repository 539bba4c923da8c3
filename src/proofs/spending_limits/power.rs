//! How much may be spent, as the engine reckons: the greatest limit of each kind.

use crate::graph::{Grant, LimitScope};
use crate::vocabulary::{Currency, Money};

/// How much may be spent in a case, and in a day; none is without limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Power {
    per_case: Option<Money>,
    per_day: Option<Money>,
}

impl Power {
    /// What lines give that hold together, if anything; none where they speak of two currencies.
    pub fn of<'g>(lines: impl Iterator<Item = &'g Grant>) -> Option<Option<Power>> {
        let mut power: Option<Power> = None;
        let mut currency: Option<Currency> = None;
        let mut without_limit = false;
        for line in lines {
            without_limit |= line.limits.is_empty();
            let power = power.get_or_insert(Power { per_case: None, per_day: None });
            for (limit, scope) in &line.limits {
                if *currency.get_or_insert(limit.currency) != limit.currency {
                    return None;
                }
                let known = match scope {
                    LimitScope::Case => &mut power.per_case,
                    LimitScope::Day => &mut power.per_day,
                };
                if known.is_none_or(|known| known.amount < limit.amount) {
                    *known = Some(*limit);
                }
            }
        }
        // Only a line that names no limit at all is without limit.
        Some(power.map(|power| if without_limit { Power { per_case: None, per_day: None } } else { power }))
    }

    /// Whether less may be spent in a case, or in a day. Two currencies do not compare.
    pub fn is_less_than(self, other: Power) -> bool {
        let less = |one: Option<Money>, other: Option<Money>| match (one, other) {
            (Some(one), Some(other)) => one.currency == other.currency && one.amount < other.amount,
            (Some(_), None) => true,
            (None, _) => false,
        };
        less(self.in_one_case(), other.in_one_case()) || less(self.per_day, other.per_day)
    }

    /// Whether a line gives all of it, or a part.
    pub fn comes_of(self, line: &Grant) -> bool {
        line.limits.is_empty()
            || line.limits.iter().any(|(limit, _)| [self.per_case, self.per_day].contains(&Some(*limit)))
    }

    /// What may be spent in one case: no more than in one day, if it all happens in one.
    fn in_one_case(self) -> Option<Money> {
        let least = |one: Money, other: Money| if one.amount <= other.amount { one } else { other };
        match (self.per_case, self.per_day) {
            (Some(one), Some(other)) => Some(least(one, other)),
            (one, other) => one.or(other),
        }
    }

    /// The greater of each.
    pub fn and(self, other: Power) -> Power {
        let greater = |one: Option<Money>, other: Option<Money>| match (one, other) {
            (Some(one), Some(other)) => Some(if one.amount < other.amount { other } else { one }),
            _ => None,
        };
        Power { per_case: greater(self.per_case, other.per_case), per_day: greater(self.per_day, other.per_day) }
    }

    /// ` up to 200 CNY per case, 2000 CNY per day`; nothing without limit.
    pub fn words(self) -> String {
        let limit = |money: Money| format!("{} {}", money.amount.normalize(), money.currency);
        match (self.per_case.map(limit), self.per_day.map(limit)) {
            (None, None) => String::new(),
            (Some(case), None) => format!(" up to {case} per case"),
            (None, Some(day)) => format!(" up to {day} per day"),
            (Some(case), Some(day)) => format!(" up to {case} per case, {day} per day"),
        }
    }
}
