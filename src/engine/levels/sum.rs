//! What levels sum: exact contents of each group and local day, so that parts of a log combine to the
//! result of the whole whatever their order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a level is told apart by: a value for each of its fields, none where the log does not say.
pub type Group = Vec<Option<Arc<str>>>;

/// How a finding or a case stands to a level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Standing {
    /// Kept.
    Met,
    /// Not kept.
    Missed,
    /// It cannot be told.
    Undetermined,
    /// Cancelled before it was due.
    Cancelled,
    /// Not yet decided.
    Open,
    /// Nothing was promised of it, or it is excused.
    Out,
    /// Its time is one of the values.
    Timed,
}

impl Standing {
    /// The standing in a word.
    pub fn spelling(self) -> &'static str {
        match self {
            Standing::Met => "met",
            Standing::Missed => "missed",
            Standing::Undetermined => "undetermined",
            Standing::Cancelled => "cancelled",
            Standing::Open => "open",
            Standing::Out => "out",
            Standing::Timed => "timed",
        }
    }
}

/// Everything that is known of one group on one day, or over several.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sum {
    /// Findings by their ids, or cases, by how they stand.
    pub members: BTreeMap<Standing, BTreeSet<Arc<str>>>,
    /// Values and how often each was found; times are in nanoseconds.
    pub values: BTreeMap<Decimal, u64>,
    /// Values that the log does not say.
    pub values_unknown: u64,
    /// Events that are counted.
    pub subjects: Counted,
    /// Events that they are counted against.
    pub counterparts: Counted,
}

/// A number of events, and of those of which it cannot be told whether they count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counted {
    /// Certain ones.
    pub certain: u64,
    /// Possible ones.
    pub possible: u64,
}

impl Sum {
    /// How many stand so.
    pub fn count(&self, standing: Standing) -> u64 {
        self.members.get(&standing).map_or(0, |members| members.len() as u64)
    }

    /// How many findings or cases there are.
    pub fn all_members(&self) -> u64 {
        self.members.values().map(|members| members.len() as u64).sum()
    }

    /// A finding or case that stands so.
    pub fn member(&mut self, standing: Standing, id: &Arc<str>) {
        self.members.entry(standing).or_default().insert(id.clone());
    }

    /// A value.
    pub fn value(&mut self, value: Decimal) {
        *self.values.entry(value).or_default() += 1;
    }

    /// Both together.
    pub fn add(&mut self, other: &Sum) {
        for (standing, members) in &other.members {
            self.members.entry(*standing).or_default().extend(members.iter().cloned());
        }
        for (value, count) in &other.values {
            *self.values.entry(*value).or_default() += count;
        }
        self.values_unknown += other.values_unknown;
        self.subjects.add(other.subjects);
        self.counterparts.add(other.counterparts);
    }
}

impl Counted {
    /// Both together.
    pub fn add(&mut self, other: Counted) {
        self.certain += other.certain;
        self.possible += other.possible;
    }
}

/// The sums of every level, by group and local day.
#[derive(Clone, PartialEq, Debug)]
pub struct Sums {
    by_level: Vec<BTreeMap<Group, BTreeMap<Date, Sum>>>,
}

impl Sums {
    /// Nothing yet, of so many levels.
    pub fn new(levels: usize) -> Self {
        Self { by_level: vec![BTreeMap::new(); levels] }
    }

    /// The sum of a level's group on a day.
    pub fn at(&mut self, level: usize, group: &Group, day: Date) -> Option<&mut Sum> {
        let groups = self.by_level.get_mut(level)?;
        if !groups.contains_key(group) {
            groups.insert(group.clone(), BTreeMap::new());
        }
        Some(groups.get_mut(group)?.entry(day).or_default())
    }

    /// The groups of a level.
    pub fn of(&self, level: usize) -> impl Iterator<Item = (&Group, &BTreeMap<Date, Sum>)> {
        self.by_level.get(level).into_iter().flatten()
    }

    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: Sums) -> Sums {
        for (level, groups) in other.by_level.into_iter().enumerate() {
            for (group, days) in groups {
                for (day, sum) in days {
                    if let Some(mine) = self.at(level, &group, day) {
                        mine.add(&sum);
                    }
                }
            }
        }
        self
    }
}
