//! What a calendar says, as it is written: local times and dates, no instants yet.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use super::zone::{Oddity, Zone};

/// A time of day to the minute, from `00:00` to `24:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MinuteOfDay(u16);

impl MinuteOfDay {
    /// `00:00`, where a day begins.
    pub const START: MinuteOfDay = MinuteOfDay(0);
    /// `24:00`, where a day ends.
    pub const END: MinuteOfDay = MinuteOfDay(24 * 60);

    /// The time that many minutes after `00:00`, or `None` beyond `24:00`.
    pub const fn new(minutes: u16) -> Option<MinuteOfDay> {
        if minutes <= MinuteOfDay::END.0 { Some(MinuteOfDay(minutes)) } else { None }
    }

    /// The time that a clock shows as `hour:minute`, or `None` if no clock shows it; `24:00` is the
    /// end of the day.
    pub const fn from_clock(hour: u16, minute: u16) -> Option<MinuteOfDay> {
        if hour <= 24 && minute < 60 { MinuteOfDay::new(hour * 60 + minute) } else { None }
    }

    /// Minutes since `00:00`.
    pub const fn as_minutes(self) -> u16 {
        self.0
    }

    /// This time on a date; `24:00` is midnight of the next one.
    pub fn on(self, date: Date) -> DateTime {
        let midnight = date.to_datetime(Time::midnight());
        midnight.saturating_add(i64::from(self.0).minutes())
    }
}

/// As a clock shows it: `09:00`.
impl fmt::Display for MinuteOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Opening hours without a break: open from `opens` up to, and not at, `closes`.
///
/// One that closes no later than it opens runs past midnight (`22:00-02:00`) and belongs to the date
/// on which it opens. `00:00-24:00` is the whole day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Interval {
    /// When it opens.
    pub opens: MinuteOfDay,
    /// When it closes; on the next date if this is not after `opens`.
    pub closes: MinuteOfDay,
}

impl Interval {
    /// The whole day.
    pub const WHOLE_DAY: Interval = Interval { opens: MinuteOfDay::START, closes: MinuteOfDay::END };

    /// The local times at which it opens and closes when it opens on `date`.
    pub fn on(self, date: Date) -> (DateTime, DateTime) {
        let last = if self.closes <= self.opens { date.saturating_add(1.day()) } else { date };
        (self.opens.on(date), self.closes.on(last))
    }
}

/// As it is written: `09:00-12:00`.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.opens, self.closes)
    }
}

/// Dates from `first` to `last`, both included; none if `last` is before `first`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct DateRange {
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
}

impl DateRange {
    /// A single date.
    pub const fn day(date: Date) -> DateRange {
        DateRange { first: date, last: date }
    }

    /// Whether a date is one of them.
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// Its dates, one after the other.
    pub fn dates(self) -> impl Iterator<Item = Date> {
        let days = self.first.series(1.day());
        days.take_while(move |date| *date <= self.last)
    }
}

/// Opening hours as they are written: the weekly plan, and the dates that differ from it.
#[derive(Clone, PartialEq, Debug)]
pub struct Hours {
    /// The zone of all its local times and dates.
    pub zone: Zone,
    /// The intervals that open on each weekday, Monday first.
    pub weekdays: [Vec<Interval>; 7],
    /// Dates on which nothing opens. What opened the day before still closes at its time.
    pub closed: Vec<DateRange>,
    /// Dates that have intervals of their own instead of their weekday's: make-up days. They are
    /// stronger than `closed`; of two on one date the later in the list holds.
    pub opened: Vec<(DateRange, Vec<Interval>)>,
    /// The weekdays, Monday first, that are open but no working days: their hours count, and they
    /// do not count for "N working days". An *opened* date is a working day all the same.
    pub not_working: [bool; 7],
    /// What is received on an open day after this time counts as received on the next open day.
    pub received_until: Option<MinuteOfDay>,
    /// Dates on which other hours hold, such as those of an earlier version: whatever these say of them.
    pub replaced: Vec<(DateRange, Hours)>,
}

/// What a calendar says of one date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayPlan<'a> {
    /// The date.
    pub date: Date,
    /// The intervals that open on it, in the order in which they are written.
    pub intervals: &'a [Interval],
    /// Whether it is a working day if anything opens on it.
    pub working: bool,
}

/// A written time that is not exactly one instant: the clocks are changed over it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OddTime {
    /// The local time.
    pub local: DateTime,
    /// Whether it does not exist or exists twice.
    pub oddity: Oddity,
}

impl Hours {
    /// Hours of a zone that are never open, to be filled in.
    pub fn new(zone: Zone) -> Hours {
        Hours {
            zone,
            weekdays: Default::default(),
            closed: Vec::new(),
            opened: Vec::new(),
            not_working: [false; 7],
            received_until: None,
            replaced: Vec::new(),
        }
    }

    /// The plan of every date of a range, in order.
    pub fn plans(&self, dates: DateRange) -> Vec<DayPlan<'_>> {
        let mut plans: Vec<_> = dates.dates().map(|date| self.usual(date)).collect();
        for range in &self.closed {
            for plan in those_of(*range, &mut plans) {
                plan.intervals = &[];
            }
        }
        for (range, intervals) in &self.opened {
            for plan in those_of(*range, &mut plans) {
                plan.intervals = intervals;
                plan.working = true;
            }
        }
        for (range, hours) in &self.replaced {
            let theirs = those_of(*range, &mut plans);
            let Some((first, last)) = theirs.first().zip(theirs.last()) else { continue };
            let others = hours.plans(DateRange { first: first.date, last: last.date });
            for (plan, other) in theirs.iter_mut().zip(others) {
                *plan = other;
            }
        }
        plans
    }

    /// The opening and closing times within a range of dates that daylight saving makes ambiguous,
    /// so that a check can warn of them.
    pub fn odd_times(&self, dates: DateRange) -> Vec<OddTime> {
        let odd = |local| {
            let oddity = self.zone.is_in_gap_or_fold(local)?;
            Some(OddTime { local, oddity })
        };
        let mut found = Vec::new();
        for plan in self.plans(dates) {
            for interval in plan.intervals {
                let (opens, closes) = interval.on(plan.date);
                found.extend([opens, closes].into_iter().filter_map(odd));
            }
        }
        found
    }

    /// What the weekly plan says of a date.
    fn usual(&self, date: Date) -> DayPlan<'_> {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        DayPlan {
            date,
            intervals: self.weekdays.get(weekday).map_or(&[], Vec::as_slice),
            working: self.not_working.get(weekday) == Some(&false),
        }
    }
}

/// The plans, of those given in order of their dates, whose dates lie in a range.
fn those_of<'p, 'a>(range: DateRange, plans: &'p mut [DayPlan<'a>]) -> &'p mut [DayPlan<'a>] {
    let start = plans.partition_point(|plan| plan.date < range.first);
    let end = plans.partition_point(|plan| plan.date <= range.last);
    plans.get_mut(start..end).unwrap_or_default()
}
