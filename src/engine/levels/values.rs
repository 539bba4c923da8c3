//! The values of a window in order, and what they come to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::exact::{End, Exact, exact, fraction, whole};
use crate::graph::Statistic;
use crate::vocabulary::Type;

/// Values and how often each was found, and as many as are unknown, all at one end of what they can be.
pub struct Values<'s> {
    pub known: &'s BTreeMap<Decimal, u64>,
    pub unknown: u64,
    pub at: &'s End,
}

impl Values<'_> {
    pub fn count(&self) -> u64 {
        self.known.values().sum::<u64>() + self.unknown
    }

    /// How many percent of them are so.
    pub fn share(&self, holds: impl Fn(&Exact) -> bool) -> Option<Exact> {
        let known = self.known.iter().filter(|(value, _)| holds(&exact(**value))).map(|(_, count)| count);
        let unknown = if self.at.number().is_some_and(&holds) { self.unknown } else { 0 };
        Some(fraction(known.sum::<u64>() + unknown, self.count())? * whole(100))
    }

    pub fn mean(&self) -> Option<End> {
        let count = self.count();
        let unknown = match self.at.number() {
            Some(number) => number * whole(self.unknown),
            None if self.unknown > 0 => return Some(self.at.clone()),
            None => whole(0),
        };
        let known = self.known.iter().map(|(value, count)| exact(*value) * whole(*count)).sum::<Exact>();
        (count > 0).then(|| End::At((known + unknown) / whole(count)))
    }

    /// The value at a rank, counted from 1.
    pub fn at_rank(&self, rank: u128) -> Option<End> {
        let is_before = |value: &Decimal| self.unknown == 0 || End::At(exact(*value)) < *self.at;
        let before = self.known.iter().take_while(|(value, _)| is_before(value));
        let behind = self.known.iter().skip_while(|(value, _)| is_before(value));
        let at = |(value, count): (&Decimal, &u64)| (Some(*value), *count);
        let mut passed = 0;
        let mut in_order = before.map(at).chain([(None, self.unknown)]).chain(behind.map(at));
        let ranked = in_order.find(|(_, count)| {
            passed += u128::from(*count);
            passed >= rank
        });
        ranked.map(|(value, _)| value.map_or(self.at.clone(), |value| End::At(exact(value))))
    }

    /// The smallest value with at least so many percent of all at it or below; of half of them, what lies in
    /// the middle, between the two in the middle if there are two.
    pub fn percentile(&self, percent: u8) -> Option<End> {
        let count = u128::from(self.count());
        if percent != 50 {
            return self.at_rank((u128::from(percent) * count).div_ceil(100).max(1));
        }
        match (self.at_rank(count.div_ceil(2))?, self.at_rank(count / 2 + 1)?) {
            (End::At(one), End::At(other)) => Some(End::At((one + other) / whole(2))),
            (End::At(_), open) | (open, _) => Some(open),
        }
    }
}

/// A statistic of values, exact; none of no values.
pub fn statistic_of(statistic: Statistic, values: &Values<'_>, kind: &Type) -> Option<End> {
    match statistic {
        Statistic::Mean | Statistic::Ces => values.mean(),
        Statistic::Percentile(percent) => values.percentile(percent),
        Statistic::Nps => {
            let promoters = values.share(|score| *score >= whole(9))?;
            Some(End::At(promoters - values.share(|score| *score <= whole(6))?))
        }
        Statistic::Csat => {
            let Type::Range(_, most) = kind else { return None };
            let second = exact(most.checked_sub(Decimal::ONE)?);
            values.share(|score| *score >= second).map(End::At)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[i64]) -> BTreeMap<Decimal, u64> {
        let mut counted = BTreeMap::new();
        for value in values {
            *counted.entry(Decimal::from(*value)).or_default() += 1;
        }
        counted
    }

    fn of(statistic: Statistic, of: &[i64], kind: &Type) -> Option<Exact> {
        let known = Values { known: &values(of), unknown: 0, at: &End::Below };
        statistic_of(statistic, &known, kind).and_then(|value| value.number().cloned())
    }

    /// With so many unknown ones, at the least and at the most.
    fn ends(
        statistic: Statistic,
        of: &[i64],
        unknown: u64,
        (least, most): (End, End),
        kind: &Type,
    ) -> [Option<End>; 2] {
        [least, most].map(|at| statistic_of(statistic, &Values { known: &values(of), unknown, at: &at }, kind))
    }

    #[test]
    fn a_percentile_is_the_smallest_value_with_so_many_at_or_below() {
        let rank = |numbers: &[i64], percent| of(Statistic::Percentile(percent), numbers, &Type::Number);
        let ten = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
        assert_eq!(rank(&ten, 90), Some(whole(90)));
        assert_eq!(rank(&ten, 91), Some(whole(100)));
        assert_eq!(rank(&ten, 1), Some(whole(10)));
        assert_eq!(rank(&[7], 99), Some(whole(7)));
        assert_eq!(rank(&[3, 3, 3, 9], 75), Some(whole(3)));
        assert_eq!(rank(&[3, 3, 3, 9], 76), Some(whole(9)));
        assert_eq!(rank(&[], 90), None);
    }

    #[test]
    fn a_median_lies_in_the_middle() {
        let median = |numbers: &[i64]| of(Statistic::Percentile(50), numbers, &Type::Number);
        assert_eq!(median(&[1, 97]), Some(whole(49)));
        assert_eq!(median(&[1, 2, 4, 90]), Some(whole(3)));
        assert_eq!(median(&[1, 2]), Some(Exact::new(3.into(), 2.into())));
        assert_eq!(median(&[3, 3, 9]), Some(whole(3)));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn a_net_promoter_score_is_promoters_less_detractors_in_points() {
        let scale = Type::Range(0.into(), 10.into());
        assert_eq!(of(Statistic::Nps, &[10, 9, 8, 7, 6, 0], &scale), Some(whole(0)));
        assert_eq!(of(Statistic::Nps, &[10, 9, 7], &scale), Some(Exact::new(200.into(), 3.into())));
    }

    #[test]
    fn means_are_exact() {
        assert_eq!(of(Statistic::Mean, &[1, 1, 2], &Type::Number), Some(Exact::new(4.into(), 3.into())));
        let scale = Type::Range(1.into(), 5.into());
        assert_eq!(of(Statistic::Csat, &[5, 4, 3, 1], &scale), Some(whole(50)));
    }

    #[test]
    fn what_is_unknown_moves_a_statistic_as_far_as_its_type_goes() {
        let at = |number: i64| End::At(whole(number));
        let open = || (End::Below, End::Above);
        assert_eq!(
            ends(Statistic::Mean, &[5], 1, (at(0), at(5)), &Type::Number),
            [Some(End::At(Exact::new(5.into(), 2.into()))), Some(at(5))]
        );
        assert_eq!(ends(Statistic::Mean, &[5], 1, open(), &Type::Number), [Some(End::Below), Some(End::Above)]);
        // A few unknown ones do not reach the middle.
        let median = Statistic::Percentile(50);
        assert_eq!(ends(median, &[1, 2, 3, 4, 5], 2, open(), &Type::Number), [Some(at(2)), Some(at(4))]);
        assert_eq!(ends(median, &[1, 3], 1, open(), &Type::Number), [Some(at(1)), Some(at(3))]);
        assert_eq!(ends(median, &[1, 3], 2, open(), &Type::Number), [Some(End::Below), Some(End::Above)]);
        // One that is known, and only perhaps there, keeps its place.
        assert_eq!(ends(median, &[1, 3], 1, (at(2), at(2)), &Type::Number), [Some(at(2)), Some(at(2))]);
        let ninety = Statistic::Percentile(90);
        assert_eq!(ends(ninety, &[1, 2, 3], 3, open(), &Type::Number), [Some(at(3)), Some(End::Above)]);
        let scale = Type::Range(0.into(), 10.into());
        assert_eq!(ends(Statistic::Nps, &[10, 0], 2, (at(0), at(10)), &scale), [Some(at(-50)), Some(at(50))]);
    }
}
