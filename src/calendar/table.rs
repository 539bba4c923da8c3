//! Working intervals over a span of time, as a sorted array with prefix sums: every question is a
//! binary search.

use jiff::ToSpan;
use jiff::civil::Date;

use super::days::{Days, OpenDay};
use super::hours::{DateRange, DayPlan, Hours, MinuteOfDay};
use super::instant::{Duration, Instant};
use super::zone::Zone;

/// Opening hours compiled for a span of time.
///
/// An interval is open from its opening up to, and not at, its closing; intervals that overlap or
/// touch are one. All answers lie within [`covers`](Calendar::covers) and do not depend on how far
/// that reaches: `None` says that the answer lies beyond.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Zone,
    received_until: Option<MinuteOfDay>,
    covers: (Instant, Instant),
    spans: Vec<Span>,
    days: Days,
}

/// Open without a break. Spans are in order, and never touch.
#[derive(Clone, Copy, Debug)]
struct Span {
    opens: Instant,
    closes: Instant,
    /// Open nanoseconds of all spans before this one. The whole of time fits, unlike in a
    /// `Duration`.
    before: u64,
}

/// So many days around its own a table is compiled from. An interval reaches into the next local
/// day, a zone can skip one, and one more is for clocks put back over midnight.
const MARGIN_DAYS: i64 = 3;

impl Hours {
    /// The table of these hours that covers at least `from` to `to`.
    pub fn over(&self, from: Instant, to: Instant) -> Calendar {
        Calendar::compile(self, from, to.max(from))
    }

    /// The table that covers at least `from` to `to`, and beyond `to` as much as a promise made by
    /// then can need: `budget` of open time (the next opening, if it is zero), and `working_days`
    /// working days.
    ///
    /// It gives up 20 years after `to`: a calendar that has closed for good never gets there.
    pub fn reaching(&self, from: Instant, to: Instant, budget: Duration, working_days: u32) -> Calendar {
        let end = self.end_reaching(to.max(from), budget, working_days);
        self.over(from, end)
    }

    /// Where `reaching` ends: the tail behind `to` is compiled twice as long until it is enough.
    fn end_reaching(&self, to: Instant, budget: Duration, working_days: u32) -> Instant {
        let date = self.zone.date_of(to);
        let give_up = date.saturating_add(20.years());
        let mut days: i64 = 32;
        loop {
            let last = date.saturating_add(days.days()).min(give_up);
            let horizon = self.zone.start_of_day(last);
            let tail = self.over(to, horizon);
            if let Some(end) = tail.end_of_promises(to, budget, working_days) {
                return end;
            }
            if last == give_up {
                return horizon;
            }
            days *= 2;
        }
    }
}

impl Calendar {
    /// The table that covers all local days from `from` to `to`.
    pub(super) fn compile(hours: &Hours, from: Instant, to: Instant) -> Calendar {
        let zone = hours.zone.clone();
        let dates = DateRange { first: zone.date_of(from), last: zone.date_of(to) };
        let mut spans = Vec::new();
        let mut days = Vec::new();
        for plan in hours.plans(with_margin(dates)) {
            let day = open_day(&zone, &plan, &mut spans);
            days.extend(day.filter(|day| dates.contains(day.date)));
        }
        Calendar {
            received_until: hours.received_until,
            covers: (from.min(zone.start_of_day(dates.first)), to.max(zone.end_of_day(dates.last))),
            spans: union(spans),
            days: Days::new(days),
            zone,
        }
    }

    /// The first and the last instant that the table can tell of; whole local days of the zone.
    pub fn covers(&self) -> (Instant, Instant) {
        self.covers
    }

    /// The zone of its dates.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether it is open at an instant. At a closing it no longer is.
    pub fn is_open(&self, at: Instant) -> bool {
        self.next_open(at) == Some(at)
    }

    /// The first instant, `at` or later, at which it is open.
    pub fn next_open(&self, at: Instant) -> Option<Instant> {
        self.covered(at)?;
        let position = self.spans.partition_point(|span| span.closes <= at);
        let span = self.spans.get(position)?;
        self.covered(span.opens.max(at))
    }

    /// The open time from `from` up to `to`, as far as the table covers it; zero if `to` is not
    /// after `from`.
    pub fn open_time(&self, from: Instant, to: Instant) -> Duration {
        let (first, last) = self.covers;
        let open = self.open_until(to.min(last)).saturating_sub(self.open_until(from.max(first)));
        Duration::from_nanos(i64::try_from(open).unwrap_or(i64::MAX))
    }

    /// The earliest instant at which `budget` of open time has passed since `from`.
    ///
    /// A budget that is used up exactly at a closing is due at that closing, not at the next
    /// opening. No budget at all is due as soon as it is open.
    pub fn due(&self, from: Instant, budget: Duration) -> Option<Instant> {
        if budget.is_zero() {
            return self.next_open(from);
        }
        self.covered(from)?;
        let target = self.open_until(from).checked_add(budget.as_nanos().unsigned_abs())?;
        let position = self.spans.partition_point(|span| span.after() < target);
        let span = self.spans.get(position)?;
        self.covered(span.instant_after(target - span.before))
    }

    /// When something that arrives at `at` counts as received: what comes on an open day after the
    /// hour for it, at the opening of the next open day; all else at once.
    ///
    /// On a day that is not open it is `at` too: its time counts from the next opening anyway. And
    /// it is `at` when the table ends before the next open day; one made by [`Hours::reaching`]
    /// knows that day.
    pub fn received(&self, at: Instant) -> Instant {
        let counts_as = || {
            let date = self.zone.date_of(at);
            let until = self.zone.closing(self.received_until?.on(date));
            let late = self.days.on(date).is_some() && at > until;
            late.then(|| self.opening_after(date)).flatten()
        };
        counts_as().unwrap_or(at)
    }

    /// The last closing of the `n`th working day after a date; for 0 that of the date itself, if it
    /// is a working day.
    pub fn close_of_working_day(&self, after: Date, n: u32) -> Option<Instant> {
        self.covered_date(after)?;
        let day = self.days.nth_working(after, n)?;
        self.covered(day.closes)
    }

    /// The `n`th working day after a date; for 0 the date itself, if it is one.
    pub fn working_day(&self, after: Date, n: u32) -> Option<Date> {
        self.covered_date(after)?;
        self.days.nth_working(after, n).map(|day| day.date)
    }

    /// The last closing of what opens on a date; where nothing does, the end of the date.
    pub fn close_of(&self, date: Date) -> Instant {
        self.days.on(date).map_or_else(|| self.zone.end_of_day(date), |day| day.closes)
    }

    /// The first date, `date` or later, on which something opens.
    pub fn next_open_day(&self, date: Date) -> Option<Date> {
        self.covered_date(date)?;
        self.days.first_from(date).map(|day| day.date)
    }

    /// How many working days there are after `after`, up to and including `until`: the `n`th
    /// working day after a date lies `n` from it.
    pub fn working_days_between(&self, after: Date, until: Date) -> usize {
        let days = |date| self.days.working_until(date);
        days(until).saturating_sub(days(after))
    }

    /// The days of the table on which something opens, in order.
    pub fn open_days(&self) -> &[OpenDay] {
        self.days.open()
    }

    /// The times at which it is open between `from` and `to`, in order and apart: each from its
    /// opening up to its closing, clipped to `from` and `to`.
    pub fn open_intervals(&self, from: Instant, to: Instant) -> impl Iterator<Item = (Instant, Instant)> {
        let (from, to) = (from.max(self.covers.0), to.min(self.covers.1));
        let position = self.spans.partition_point(|span| span.closes <= from);
        self.spans
            .iter()
            .skip(position)
            .map(move |span| (span.opens.max(from), span.closes.min(to)))
            .take_while(|(opens, closes)| opens < closes)
    }

    /// The instant by which all that was promised at `to` or before has come due.
    pub(super) fn end_of_promises(&self, to: Instant, budget: Duration, working_days: u32) -> Option<Instant> {
        // At the latest it is received at the next open day's opening.
        let start = match self.received_until {
            Some(_) => self.opening_after(self.zone.date_of(to))?,
            None => to,
        };
        let mut end = self.due(start, budget)?;
        if working_days > 0 {
            let date = self.zone.date_of(start);
            end = end.max(self.close_of_working_day(date, working_days)?);
        }
        Some(end)
    }

    /// Open nanoseconds up to an instant, from wherever the table begins.
    fn open_until(&self, at: Instant) -> u64 {
        let position = self.spans.partition_point(|span| span.opens < at);
        let last = position.checked_sub(1).and_then(|i| self.spans.get(i));
        last.map_or(0, |span| span.before + nanos_between(span.opens, span.closes.min(at)))
    }

    /// The first opening of the next open day after a date.
    fn opening_after(&self, date: Date) -> Option<Instant> {
        self.days.first_after(date).map(|day| day.opens)
    }

    fn covered(&self, at: Instant) -> Option<Instant> {
        let (first, last) = self.covers;
        (first <= at && at <= last).then_some(at)
    }

    fn covered_date(&self, date: Date) -> Option<Date> {
        (self.zone.date_of(self.covers.0) <= date).then_some(date)
    }
}

impl Span {
    /// Open nanoseconds of all spans up to this one and including it.
    fn after(&self) -> u64 {
        self.before + nanos_between(self.opens, self.closes)
    }

    /// The instant at which this span has been open for that long.
    fn instant_after(&self, nanos: u64) -> Instant {
        let at = self.opens.as_nanos().checked_add_unsigned(nanos);
        at.map_or(Instant::MAX, Instant::from_nanos)
    }
}

/// Adds a day's intervals to `spans`, and returns the day if any of them opens.
///
/// Clocks put forward can leave nothing of an interval, or of the whole day: then nothing opens.
fn open_day(zone: &Zone, plan: &DayPlan<'_>, spans: &mut Vec<Span>) -> Option<OpenDay> {
    if plan.intervals.is_empty() || !zone.has_date(plan.date) {
        return None;
    }
    let mut open: Option<OpenDay> = None;
    for interval in plan.intervals {
        let (opens, closes) = interval.on(plan.date);
        let (opens, closes) = (zone.opening(opens), zone.closing(closes));
        if opens >= closes {
            continue;
        }
        spans.push(Span { opens, closes, before: 0 });
        open = Some(OpenDay {
            date: plan.date,
            opens: open.map_or(opens, |day| day.opens.min(opens)),
            closes: open.map_or(closes, |day| day.closes.max(closes)),
            working: plan.working,
        });
    }
    open
}

/// Spans that overlap or touch become one, and each learns what was open before it.
fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by_key(|span| span.opens);
    spans.dedup_by(|next, span| {
        let joined = next.opens <= span.closes;
        if joined {
            span.closes = span.closes.max(next.closes);
        }
        joined
    });
    let mut open = 0;
    for span in &mut spans {
        span.before = open;
        open = span.after();
    }
    spans
}

fn with_margin(dates: DateRange) -> DateRange {
    DateRange {
        first: dates.first.saturating_sub(MARGIN_DAYS.days()),
        last: dates.last.saturating_add(MARGIN_DAYS.days()),
    }
}

/// Exact, however far apart they are; zero if `later` is the earlier.
fn nanos_between(earlier: Instant, later: Instant) -> u64 {
    if earlier < later { later.as_nanos().abs_diff(earlier.as_nanos()) } else { 0 }
}

/// What counts as time: all of it, or what a calendar has open.
#[derive(Clone, Copy, Debug)]
pub enum Counting<'a> {
    /// No calendar: every hour of the clock on the wall.
    Wall,
    /// The open time of a calendar.
    Calendar(&'a Calendar),
}

impl Counting<'_> {
    /// The time that counts from `from` up to `to`; zero if `to` is not after `from`.
    pub fn open_time(self, from: Instant, to: Instant) -> Duration {
        match self {
            Counting::Wall => to.since(from),
            Counting::Calendar(calendar) => calendar.open_time(from, to),
        }
    }

    /// The earliest instant at which `budget` of counting time has passed since `from`; `None` if
    /// that lies beyond the table or the end of time.
    pub fn due(self, from: Instant, budget: Duration) -> Option<Instant> {
        match self {
            Counting::Wall => from.checked_add(budget),
            Counting::Calendar(calendar) => calendar.due(from, budget),
        }
    }

    /// The first instant, `at` or later, at which time counts.
    pub fn next_open(self, at: Instant) -> Option<Instant> {
        match self {
            Counting::Wall => Some(at),
            Counting::Calendar(calendar) => calendar.next_open(at),
        }
    }
}
