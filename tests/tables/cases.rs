//! Every case there is, and what a condition is in it: true, false, or unknown.

use std::collections::BTreeSet;

use super::world::{Comparison, Condition, Kind, Place, World};

/// An amount in another currency, which compares with none.
const FOREIGN: i64 = i64::MAX;

/// The days of March on which something may start.
const DAYS: std::ops::RangeInclusive<i64> = 1..=9;

/// A case: what each field says, and the day on which it starts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Case {
    /// By field; none if the log does not say.
    pub fields: Vec<Option<i64>>,
    /// The day of March.
    pub day: i64,
}

impl World {
    /// All values that a field is tried with: finer than any comparison.
    pub fn values(&self, field: usize) -> Vec<i64> {
        match self.fields[field].kind {
            Kind::Ordered(count) | Kind::OneOf(count) => (0..count).collect(),
            Kind::Bool => vec![0, 1],
            Kind::Number => (1..=7).collect(),
            Kind::Range => (2..=6).collect(),
            Kind::Money => (1..=5).chain([FOREIGN]).collect(),
            Kind::Duration => (0..=5).collect(),
            Kind::Text => vec![0, 1, 2],
            Kind::Date => (1..=6).collect(),
        }
    }

    /// How many cases there are in all.
    pub fn size(&self) -> usize {
        let fields: usize = (0..self.fields.len()).map(|field| self.values(field).len() + 1).product();
        fields * if self.periods.is_empty() { 1 } else { DAYS.count() }
    }

    /// The fields that conditions read, segments opened up.
    pub fn fields_read<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> BTreeSet<usize> {
        let mut fields = BTreeSet::new();
        conditions.into_iter().for_each(|condition| self.read_by(condition, &mut fields, &mut false));
        fields
    }

    /// Every case that conditions can tell apart.
    pub fn cases<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> Vec<Case> {
        let (mut fields, mut start) = (BTreeSet::new(), false);
        conditions.into_iter().for_each(|condition| self.read_by(condition, &mut fields, &mut start));
        let days = if start { DAYS } else { 1..=1 };
        let mut cases: Vec<Case> = days.map(|day| Case { fields: vec![None; self.fields.len()], day }).collect();
        for field in fields {
            let values: Vec<Option<i64>> = self.values(field).into_iter().map(Some).chain([None]).collect();
            cases = cases.iter().flat_map(|case| values.iter().map(|value| case.with(field, *value))).collect();
        }
        cases
    }

    fn read_by(&self, condition: &Condition, fields: &mut BTreeSet<usize>, start: &mut bool) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| self.read_by(part, fields, start));
            }
            Condition::Not(inner) => self.read_by(inner, fields, start),
            Condition::Segment(segment) => self.read_by(&self.segments[*segment], fields, start),
            Condition::Yes(field)
            | Condition::Known(field)
            | Condition::Unknown(field)
            | Condition::Compare(field, ..)
            | Condition::In(field, ..) => {
                fields.insert(*field);
            }
            Condition::StartedIn(_) => *start = true,
        }
    }

    /// Whether a case lacks none of these fields but what the standards say may be missing.
    pub fn lacks_only_what_may_be(&self, case: &Case, fields: &BTreeSet<usize>) -> bool {
        fields.iter().all(|index| {
            let field = &self.fields[*index];
            case.fields[*index].is_some() || field.optional || field.place == Place::Rated
        })
    }

    /// Whether a condition holds of a case.
    pub fn truth(&self, condition: &Condition, case: &Case) -> Option<bool> {
        match condition {
            Condition::All(parts) => {
                let truths: Vec<_> = parts.iter().map(|part| self.truth(part, case)).collect();
                match truths.contains(&Some(false)) {
                    true => Some(false),
                    false => (!truths.contains(&None)).then_some(true),
                }
            }
            Condition::Any(parts) => {
                let truths: Vec<_> = parts.iter().map(|part| self.truth(part, case)).collect();
                match truths.contains(&Some(true)) {
                    true => Some(true),
                    false => (!truths.contains(&None)).then_some(false),
                }
            }
            Condition::Not(inner) => self.truth(inner, case).map(|truth| !truth),
            Condition::Segment(segment) => self.truth(&self.segments[*segment], case),
            Condition::Yes(field) => case.fields[*field].map(|value| value == 1),
            Condition::Known(field) => Some(case.fields[*field].is_some()),
            Condition::Unknown(field) => Some(case.fields[*field].is_none()),
            Condition::Compare(field, comparison, value) => {
                let known = case.fields[*field].filter(|known| *known != FOREIGN)?;
                Some(comparison.holds(known, *value))
            }
            Condition::In(field, is_in, values) => {
                let known = case.fields[*field].filter(|known| *known != FOREIGN)?;
                Some(values.contains(&known) == *is_in)
            }
            Condition::StartedIn(period) => {
                let (from, to) = self.periods[*period];
                Some(from <= case.day && case.day <= to)
            }
        }
    }
}

impl Case {
    /// The same case, one field changed.
    pub fn with(&self, field: usize, value: Option<i64>) -> Case {
        let mut case = self.clone();
        case.fields[field] = value;
        case
    }
}

impl Comparison {
    fn holds(self, known: i64, value: i64) -> bool {
        match self {
            Comparison::Is => known == value,
            Comparison::IsNot => known != value,
            Comparison::AtLeast => known >= value,
            Comparison::AtMost => known <= value,
            Comparison::MoreThan => known > value,
            Comparison::LessThan => known < value,
        }
    }
}
