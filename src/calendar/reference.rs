//! The tables against a reference that knows no tables: it walks from minute to minute and looks at
//! a clock on the wall.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const MINUTE: i64 = 60_000_000_000;

/// Days on which something odd happens, where the clocks of the reference stand.
const PLACES: [(&str, Date); 19] = [
    ("UTC", Date::constant(2026, 2, 28)),
    ("Europe/Berlin", Date::constant(2026, 3, 29)),
    ("Europe/Berlin", Date::constant(2026, 10, 25)),
    ("America/New_York", Date::constant(2026, 3, 8)),
    ("America/New_York", Date::constant(2026, 11, 1)),
    ("America/Sao_Paulo", Date::constant(2018, 2, 18)),
    ("America/Sao_Paulo", Date::constant(2018, 11, 4)),
    ("America/Havana", Date::constant(2025, 3, 9)),
    ("America/Havana", Date::constant(2025, 11, 2)),
    ("America/St_Johns", Date::constant(2010, 3, 14)),
    ("America/St_Johns", Date::constant(2010, 11, 7)),
    ("America/Toronto", Date::constant(1919, 3, 31)),
    ("Australia/Lord_Howe", Date::constant(2026, 4, 5)),
    ("Australia/Lord_Howe", Date::constant(2026, 10, 4)),
    ("Asia/Shanghai", Date::constant(1986, 5, 4)),
    ("Asia/Shanghai", Date::constant(1991, 9, 15)),
    ("Africa/Casablanca", Date::constant(2026, 2, 15)),
    ("Asia/Kathmandu", Date::constant(1986, 1, 1)),
    ("Pacific/Apia", Date::constant(2011, 12, 30)),
];

/// What a clock on the wall shows at every minute of eighteen days.
struct Clock {
    zone: Zone,
    date: Date,
    first: i64,
    shows: Vec<DateTime>,
    /// The first and the last minute at which it shows a time.
    when: HashMap<DateTime, (usize, usize)>,
    dates: HashSet<Date>,
}

static CLOCKS: LazyLock<Vec<Clock>> = LazyLock::new(|| {
    let clock = |&(name, date): &(&str, Date)| Clock::new(Zone::named(name).unwrap(), date);
    PLACES.iter().map(clock).collect()
});

impl Clock {
    fn new(zone: Zone, date: Date) -> Clock {
        let first = zone.opening(date.at(0, 0, 0, 0)).as_nanos().div_euclid(MINUTE) - 9 * 1440;
        let at = |minute: i64| Instant::from_nanos(minute * MINUTE);
        let shows: Vec<_> = (first..first + 18 * 1440).map(|minute| zone.local(at(minute))).collect();
        let mut when = HashMap::new();
        for (minute, shown) in shows.iter().enumerate() {
            when.entry(*shown).or_insert((minute, minute)).1 = minute;
        }
        Clock { dates: shows.iter().map(|shown| shown.date()).collect(), zone, date, first, shows, when }
    }

    /// The first and the last minute of a local time, be it shown or skipped.
    fn minutes_of(&self, local: DateTime) -> (usize, usize) {
        if let Some(minutes) = self.when.get(&local) {
            return *minutes;
        }
        let jumps = |pair: &[DateTime]| pair[0] < local && local < pair[1];
        let before = self.shows.windows(2).position(jumps).unwrap();
        let missed = local.duration_since(self.shows[before]).as_mins();
        let minute = before + usize::try_from(missed).unwrap();
        (minute, minute)
    }

    fn has(&self, date: Date) -> bool {
        self.dates.contains(&date)
    }

    fn minute_of(&self, at: Instant) -> usize {
        usize::try_from(at.as_nanos().div_euclid(MINUTE) - self.first).unwrap()
    }

    fn instant_of(&self, minute: usize) -> Instant {
        Instant::from_nanos((self.first + i64::try_from(minute).unwrap()) * MINUTE)
    }
}

/// The naive calendar: a flag for every minute of a clock.
struct Naive<'a> {
    hours: &'a Hours,
    clock: &'a Clock,
    open: Vec<bool>,
    dates: Vec<Date>,
    until: Instant,
}

impl<'a> Naive<'a> {
    fn new(hours: &'a Hours, clock: &'a Clock, covers: (Instant, Instant)) -> Naive<'a> {
        let around =
            DateRange { first: clock.date.saturating_sub(8.days()), last: clock.date.saturating_add(6.days()) };
        let mut naive =
            Naive { hours, clock, open: vec![false; clock.shows.len()], dates: Vec::new(), until: covers.1 };
        for date in around.dates() {
            for minutes in naive.openings(date) {
                naive.open[minutes].fill(true);
            }
            let (first, last) = covers;
            let start = clock.zone.start_of_day(date);
            if clock.has(date) && first <= start && start < last {
                naive.dates.push(date);
            }
        }
        naive
    }

    /// What is written for a date, and whether it is a working day.
    fn plan(&self, date: Date) -> (&'a [Interval], bool) {
        let opened = self.hours.opened.iter().rev();
        if let Some((_, intervals)) = opened.clone().find(|(range, _)| range.contains(date)) {
            return (intervals, true);
        }
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        let working = !self.hours.not_working[weekday];
        if self.hours.closed.iter().any(|range| range.contains(date)) {
            (&[], working)
        } else {
            (&self.hours.weekdays[weekday], working)
        }
    }

    /// The minutes of each interval that opens on a date.
    fn openings(&self, date: Date) -> Vec<Range<usize>> {
        if !self.clock.has(date) {
            return Vec::new();
        }
        let time =
            |date: Date, time: MinuteOfDay| date.at(0, 0, 0, 0).saturating_add(i64::from(time.as_minutes()).minutes());
        let minutes = |interval: &Interval| {
            let next = interval.closes <= interval.opens;
            let closing_date = if next { date.tomorrow().unwrap() } else { date };
            let opens = self.clock.minutes_of(time(date, interval.opens)).0;
            let closes = self.clock.minutes_of(time(closing_date, interval.closes)).1;
            opens..closes
        };
        let openings = self.plan(date).0.iter().map(minutes);
        openings.filter(|minutes| !minutes.is_empty()).collect()
    }

    /// The part of each open minute that lies between two instants.
    fn walk(&self, from: Instant, to: Instant) -> impl Iterator<Item = (Instant, Instant)> {
        let first = self.clock.minute_of(from);
        let minutes = (first..self.open.len()).filter(|minute| self.open[*minute]);
        minutes
            .map(move |minute| {
                let minute = self.clock.instant_of(minute);
                let next = minute.saturating_add(Duration::from_minutes(1));
                (minute.max(from), next.min(to))
            })
            .take_while(|(start, end)| start < end)
    }

    fn open_time(&self, from: Instant, to: Instant) -> Duration {
        let parts = self.walk(from, to).map(|(start, end)| end.since(start));
        parts.fold(Duration::ZERO, Duration::saturating_add)
    }

    fn next_open(&self, at: Instant) -> Option<Instant> {
        let minute = (self.clock.minute_of(at)..self.open.len()).find(|m| self.open[*m])?;
        let opens = self.clock.instant_of(minute).max(at);
        (opens <= self.until).then_some(opens)
    }

    fn due(&self, from: Instant, budget: Duration) -> Option<Instant> {
        let mut left = budget;
        if left.is_zero() {
            return self.next_open(from);
        }
        for (start, end) in self.walk(from, self.until) {
            if left <= end.since(start) {
                return Some(start.saturating_add(left));
            }
            left = left.saturating_sub(end.since(start));
        }
        None
    }

    fn close_of_working_day(&self, after: Date, n: u32) -> Option<Instant> {
        let works = |date: &Date| self.plan(*date).1 && !self.openings(*date).is_empty();
        let mut days = self.dates.iter().copied().filter(works);
        let day = match n {
            0 => days.find(|date| *date == after)?,
            n => days.filter(|date| *date > after).nth(n as usize - 1)?,
        };
        let closings = self.openings(day).into_iter().map(|minutes| minutes.end);
        let close = self.clock.instant_of(closings.max()?);
        (close <= self.until).then_some(close)
    }

    fn received(&self, at: Instant) -> Instant {
        let date = self.clock.shows[self.clock.minute_of(at)].date();
        let Some(until) = self.hours.received_until else {
            return at;
        };
        let until = self.clock.minutes_of(until.on(date)).1;
        if self.openings(date).is_empty() || at <= self.clock.instant_of(until) {
            return at;
        }
        let later = self.dates.iter().filter(|day| **day > date);
        let opening = later.flat_map(|day| self.openings(*day).into_iter().map(|m| m.start).min()).next();
        opening.map_or(at, |minute| self.clock.instant_of(minute))
    }
}

/// Nanoseconds of some minutes and a little, or of minutes only.
fn nanos(minutes: Range<i64>) -> impl Strategy<Value = i64> {
    let rest = prop_oneof![3 => Just(0), 1 => 0..MINUTE];
    (minutes, rest).prop_map(|(minutes, rest)| minutes * MINUTE + rest)
}

/// A time of day: any, one around midnight, or one at which clocks are changed.
fn minute_of_day() -> impl Strategy<Value = MinuteOfDay> {
    prop_oneof![0..=1440_u16, prop_oneof![Just(0_u16), Just(30), Just(1410), Just(1440)], 60..=180_u16,]
        .prop_map(|minutes| MinuteOfDay::new(minutes).unwrap())
}

fn intervals(most: usize) -> impl Strategy<Value = Vec<Interval>> {
    let interval = (minute_of_day(), minute_of_day());
    vec(interval.prop_map(|(opens, closes)| Interval { opens, closes }), 0..=most)
}

fn range(centre: Date) -> impl Strategy<Value = DateRange> {
    (-6..=6_i64, 0..=2_i64).prop_map(move |(first, length)| {
        let first = centre.saturating_add(first.days());
        let last = first.saturating_add(length.days());
        DateRange { first, last }
    })
}

fn hours(zone: Zone, centre: Date) -> impl Strategy<Value = Hours> {
    (
        proptest::array::uniform7(intervals(3)),
        vec(range(centre), 0..3),
        vec((range(centre), intervals(2)), 0..3),
        proptest::array::uniform7(proptest::bool::weighted(0.2)),
        proptest::option::of(minute_of_day()),
    )
        .prop_map(move |(weekdays, closed, opened, not_working, received_until)| Hours {
            zone: zone.clone(),
            weekdays,
            closed,
            opened,
            not_working,
            received_until,
            replaced: Vec::new(),
        })
}

/// A place's number, its hours, and some instants in order.
fn business() -> impl Strategy<Value = (usize, Hours, [Instant; 4])> {
    (0..PLACES.len()).prop_flat_map(|place| {
        let clock = &CLOCKS[place];
        let start = clock.zone.start_of_day(clock.date).as_nanos();
        let instants = proptest::array::uniform4(nanos(-4 * 1440..4 * 1440));
        let in_order = instants.prop_map(move |mut nanos| {
            nanos.sort_unstable();
            nanos.map(|nanos| Instant::from_nanos(start + nanos))
        });
        let hours = hours(clock.zone.clone(), clock.date);
        (Just(place), hours, in_order)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_table_says_what_the_clock_on_the_wall_says(
        (place, hours, [first, from, to, last]) in business(),
        budget in nanos(0..3000),
        n in 0..5_u32,
    ) {
        let clock = &CLOCKS[place];
        let calendar = hours.over(first, last);
        let naive = Naive::new(&hours, clock, calendar.covers());
        let budget = Duration::from_nanos(budget);
        let date = clock.zone.date_of(from);

        prop_assert!(calendar.covers().0 <= first && last <= calendar.covers().1);
        prop_assert_eq!(calendar.open_time(from, to), naive.open_time(from, to));
        prop_assert_eq!(calendar.open_time(to, from), Duration::ZERO);
        prop_assert_eq!(calendar.is_open(from), naive.open[clock.minute_of(from)]);
        prop_assert_eq!(calendar.next_open(from), naive.next_open(from));
        prop_assert_eq!(calendar.due(from, budget), naive.due(from, budget));
        prop_assert_eq!(calendar.received(from), naive.received(from));
        prop_assert_eq!(calendar.close_of_working_day(date, n), naive.close_of_working_day(date, n));
    }

    #[test]
    fn due_is_where_the_budget_is_used_up_and_no_later(
        (_, hours, [first, from, to, last]) in business(),
    ) {
        let calendar = hours.over(first, last);
        let budget = calendar.open_time(from, to);
        if !budget.is_zero() {
            let due = calendar.due(from, budget).unwrap();
            prop_assert!(due <= to);
            prop_assert_eq!(calendar.open_time(from, due), budget);
            let just_before = due.saturating_sub(Duration::from_nanos(1));
            prop_assert!(calendar.open_time(from, just_before) < budget);
        }
    }

    #[test]
    fn a_longer_table_says_the_same(
        (_, hours, [first, from, to, last]) in business(),
        budget in nanos(0..3000),
        n in 0..5_u32,
    ) {
        let month = Duration::from_hours(30 * 24);
        let short = hours.over(first, last);
        let long = hours.over(first.saturating_sub(month), last.saturating_add(month));
        let date = hours.zone.date_of(from);
        let budget = Duration::from_nanos(budget);

        prop_assert_eq!(short.open_time(from, to), long.open_time(from, to));
        if let Some(due) = short.due(from, budget) {
            prop_assert_eq!(Some(due), long.due(from, budget));
        }
        if let Some(close) = short.close_of_working_day(date, n) {
            prop_assert_eq!(Some(close), long.close_of_working_day(date, n));
        }
    }

    #[test]
    fn a_table_reaches_as_far_as_any_promise_made_in_it(
        (_, mut hours, [first, start, last, _]) in business(),
        budget in nanos(0..20_000),
        n in 1..30_u32,
    ) {
        hours.opened.clear();
        let budget = Duration::from_nanos(budget);
        // A few minutes a week do not add up to such a budget in the twenty years that a table looks ahead.
        let half_an_hour = jiff::Span::new().minutes(30);
        let opens = |interval: &Interval| {
            let (opening, closing) = interval.on(Date::ZERO);
            opening.saturating_add(half_an_hour) <= closing
        };
        let works = |(day, not): (&Vec<Interval>, &bool)| day.iter().any(opens) && !not;
        prop_assume!(hours.weekdays.iter().zip(&hours.not_working).any(works));

        let calendar = hours.reaching(first, last, budget, n);
        let start = calendar.received(start);
        prop_assert!(calendar.due(start, budget).is_some());
        prop_assert!(calendar.close_of_working_day(hours.zone.date_of(start), n).is_some());
    }
}
