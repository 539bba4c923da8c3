//! What levels sum: exact contents of each group and local day, so that parts of a log combine to the
//! result of the whole whatever their order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::places::Places;
use super::windows::Days;

use crate::calendar::Instant;
use crate::log::Place;

/// What a level is told apart by: a value for each of its fields, none where the log does not say.
pub type Group = Vec<Option<Arc<str>>>;

/// How a finding or a case stands to a level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MemberOutcome {
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

impl MemberOutcome {
    /// The standing in a word.
    pub fn spelling(self) -> &'static str {
        match self {
            MemberOutcome::Met => "met",
            MemberOutcome::Missed => "missed",
            MemberOutcome::Undetermined => "undetermined",
            MemberOutcome::Cancelled => "cancelled",
            MemberOutcome::Open => "open",
            MemberOutcome::Out => "out",
            MemberOutcome::Timed => "timed",
        }
    }
}

/// Everything that is known of one group on one day, or over several.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sum {
    /// Findings by their ids, or cases, by how they stand.
    pub members: BTreeMap<MemberOutcome, BTreeSet<Arc<str>>>,
    /// Values and how often each was found; times are in nanoseconds.
    pub values: BTreeMap<Decimal, u64>,
    /// Values that are there, and that the log does not say.
    pub values_unknown: u64,
    /// Events without a value, where the field may be missing.
    pub without_value: u64,
    /// Events that are counted.
    pub subjects: u64,
    /// Events that they are counted against.
    pub counterparts: u64,
    /// What may be there, and may not.
    pub perhaps: Perhaps,
    /// The lines that leave this open.
    pub unread: Places,
}

/// How much there may be beyond what surely is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Perhaps {
    /// Of what is measured: members, values or events that are counted.
    pub subjects: u64,
    /// Of the events that others are counted against.
    pub counterparts: u64,
    /// Between which ends the values lie.
    pub values: Extent,
}

/// Between which ends values lie.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Extent {
    /// There are none.
    #[default]
    Empty,
    /// Between these, both included.
    Between(Decimal, Decimal),
    /// Anywhere.
    Anywhere,
}

impl Extent {
    /// Of one value.
    pub fn of(value: Option<Decimal>) -> Self {
        value.map_or(Extent::Anywhere, |value| Extent::Between(value, value))
    }

    /// Both together.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Extent::Between(least, most), Extent::Between(low, high)) => {
                Extent::Between(least.min(low), most.max(high))
            }
            (one, other) => one.max(other),
        }
    }
}

/// What something is to a measure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// It is measured: a member, a value, an event that is counted.
    Subject,
    /// An event that others are counted against.
    Counterpart,
}

/// Something that may have happened, and may not: what it would be to a level, on which days, in which group.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Possible {
    /// What it would be to the measure.
    pub part: Part,
    /// The days on one of which it happened, if it did.
    pub days: Days,
    /// The group that it would belong to; none if it may be any.
    pub group: Option<Group>,
}

/// What is known of a case and may belong to other groups or windows of a level, for something that cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Strays {
    by_level: BTreeMap<usize, (Astray, Places)>,
}

/// Where else something may belong: to any group in any case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Astray {
    /// On the same day, if it belongs to the group that stood at that instant or later.
    ThatDay(Instant),
    /// On that day or an earlier one, from this on.
    Since(Date),
    /// On any day.
    AnyDay,
}

impl Strays {
    /// What a level takes of the case may belong elsewhere.
    pub fn add(&mut self, level: usize, astray: Astray, unread: &Places) {
        let (known, lines) = self.by_level.entry(level).or_insert((astray, Places::default()));
        lines.add(unread);
        *known = match (*known, astray) {
            (Astray::ThatDay(one), Astray::ThatDay(other)) => Astray::ThatDay(one.min(other)),
            (Astray::Since(one), Astray::Since(other)) => Astray::Since(one.min(other)),
            (one, other) => one.max(other),
        };
    }

    /// What others say too.
    pub fn extend(&mut self, others: Strays) {
        others.by_level.into_iter().for_each(|(level, (astray, unread))| self.add(level, astray, &unread));
    }

    /// On which days something of a day, in the group that stood at an instant, may be, and the lines that leave that
    /// open; none if it surely is where it is.
    pub fn days(&self, level: usize, day: Date, at: Instant) -> Option<(Days, &Places)> {
        let (astray, unread) = self.by_level.get(&level)?;
        let days = match astray {
            Astray::ThatDay(from) if at < *from => return None,
            Astray::ThatDay(_) => Days { first: day, last: day },
            Astray::Since(first) => Days { first: day.min(*first), last: day },
            Astray::AnyDay => Days::ALL,
        };
        Some((days, unread))
    }
}

impl Sum {
    /// How many stand so.
    pub fn count(&self, standing: MemberOutcome) -> u64 {
        self.members.get(&standing).map_or(0, |members| members.len() as u64)
    }

    /// How many findings or cases there are.
    pub fn all_members(&self) -> u64 {
        self.members.values().map(|members| members.len() as u64).sum()
    }

    /// A finding or case that stands so.
    pub fn member(&mut self, standing: MemberOutcome, id: &Arc<str>) {
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
        self.without_value += other.without_value;
        self.subjects += other.subjects;
        self.counterparts += other.counterparts;
        self.perhaps.subjects += other.perhaps.subjects;
        self.perhaps.counterparts += other.perhaps.counterparts;
        self.perhaps.values = self.perhaps.values.or(other.perhaps.values);
        self.unread.add(&other.unread);
    }

    /// So much more of one kind as there may be.
    pub fn perhaps(&mut self, part: Part, open: &Open) {
        match part {
            Part::Subject => self.perhaps.subjects += open.count,
            Part::Counterpart => self.perhaps.counterparts += open.count,
        }
        self.perhaps.values = self.perhaps.values.or(open.values);
        self.unread.add(&open.unread);
    }
}

/// How much there may be, and the lines that leave it open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Open {
    /// How often.
    pub count: u64,
    /// Between which ends its values lie, if values are measured.
    pub values: Extent,
    /// The lines.
    pub unread: Places,
}

impl Open {
    /// So many times, for those lines, with any values.
    pub fn times(count: u64, unread: Places) -> Self {
        Self { count, values: Extent::Anywhere, unread }
    }

    /// Once, for that line, with any value.
    pub fn once(place: Place) -> Self {
        Self::times(1, Places::of(place))
    }

    /// Both together.
    fn add(&mut self, other: &Open) {
        self.count += other.count;
        self.values = self.values.or(other.values);
        self.unread.add(&other.unread);
    }
}

/// The sums of every level, by group and local day.
#[derive(Clone, PartialEq, Debug)]
pub struct Sums {
    by_level: Vec<BTreeMap<Group, BTreeMap<Date, Sum>>>,
    /// Of each level, what may have happened on any of several days or in any group, and how often.
    possible: Vec<BTreeMap<Possible, Open>>,
    /// Of each level, how many findings or cases it holds as what may be anywhere.
    astray: Vec<u64>,
    /// Of each level, the days on which cases began that still go on: in the end each may belong to any group.
    open: Vec<BTreeSet<Date>>,
}

impl Sums {
    /// Nothing yet, of so many levels.
    pub fn new(levels: usize) -> Self {
        let (by_level, possible) = (vec![BTreeMap::new(); levels], vec![BTreeMap::new(); levels]);
        Self { by_level, possible, astray: vec![0; levels], open: vec![BTreeSet::new(); levels] }
    }

    /// Takes in a finding or case that may belong to other windows or groups.
    pub fn take_astray(&mut self, level: usize, days: Days, group: Option<Group>, unread: Places) {
        if let Some(astray) = self.astray.get_mut(level) {
            *astray += 1;
        }
        self.take_perhaps(level, Possible { part: Part::Subject, days, group }, &Open::times(1, unread));
    }

    /// How many findings or cases may belong to other windows or groups.
    pub fn astray(&self, level: usize) -> u64 {
        self.astray.get(level).copied().unwrap_or_default()
    }

    /// Keeps that a case of a level that began on a day still goes on.
    pub fn keep_open(&mut self, level: usize, day: Date) {
        if let Some(open) = self.open.get_mut(level) {
            open.insert(day);
        }
    }

    /// Whether a case that began on one of these days still goes on.
    pub fn has_open(&self, level: usize, days: Days) -> bool {
        self.open.get(level).is_some_and(|open| open.range(days.first..=days.last).next().is_some())
    }

    /// Takes in something that may have happened to a level, so many times, and may not: both ends of the
    /// level take it into account, in each window and group that it may belong to.
    pub fn take_perhaps(&mut self, level: usize, possible: Possible, open: &Open) {
        match &possible.group {
            Some(group) if possible.days.first == possible.days.last => {
                if let Some(sum) = self.at(level, group, possible.days.first) {
                    sum.perhaps(possible.part, open);
                }
            }
            _ => {
                if let Some(all) = self.possible.get_mut(level) {
                    all.entry(possible).or_default().add(open);
                }
            }
        }
    }

    /// What may have happened to a level on any of several days or in any group, and how often.
    pub fn possible(&self, level: usize) -> impl Iterator<Item = (&Possible, &Open)> {
        self.possible.get(level).into_iter().flatten()
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
        for (mine, theirs) in self.astray.iter_mut().zip(other.astray) {
            *mine += theirs;
        }
        for (mine, theirs) in self.open.iter_mut().zip(other.open) {
            mine.extend(theirs);
        }
        for (level, all) in other.possible.into_iter().enumerate() {
            all.into_iter().for_each(|(possible, open)| self.take_perhaps(level, possible, &open));
        }
        self
    }
}
