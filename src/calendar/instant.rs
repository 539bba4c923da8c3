//! Exact time: points of it and spans of it, in whole nanoseconds.

use std::fmt;
use std::num::NonZeroU32;

use jiff::Timestamp;

/// A point in time: nanoseconds of UTC since 1970-01-01T00:00Z.
///
/// It reaches from September 1677 to April 2262; arithmetic that would leave this range says so or
/// stays at its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Instant(i64);

impl Instant {
    /// The earliest instant, 1677-09-21T00:12:43.145224192Z.
    pub const MIN: Instant = Instant(i64::MIN);
    /// The latest instant, 2262-04-11T23:47:16.854775807Z.
    pub const MAX: Instant = Instant(i64::MAX);

    /// The years of which every instant is one.
    pub const YEARS: std::ops::RangeInclusive<i16> = 1678..=2261;

    /// The instant that lies `nanos` nanoseconds after 1970-01-01T00:00Z.
    pub const fn from_nanos(nanos: i64) -> Instant {
        Instant(nanos)
    }

    /// Nanoseconds since 1970-01-01T00:00Z.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// The instant of a timestamp; one outside the range becomes [`Instant::MIN`] or
    /// [`Instant::MAX`].
    pub fn from_timestamp(timestamp: Timestamp) -> Instant {
        let nanos = timestamp.as_nanosecond();
        let end = if nanos < 0 { i64::MIN } else { i64::MAX };
        Instant(i64::try_from(nanos).unwrap_or(end))
    }

    /// The instant of a timestamp; none outside the range.
    pub fn try_from_timestamp(timestamp: Timestamp) -> Option<Instant> {
        i64::try_from(timestamp.as_nanosecond()).ok().map(Instant)
    }

    /// The same point in time as a timestamp.
    pub fn timestamp(self) -> Timestamp {
        // Timestamps reach from the year -9999 to 9999, so every instant is one.
        Timestamp::from_nanosecond(i128::from(self.0)).unwrap_or_default()
    }

    /// This instant and `span` more, or `None` beyond [`Instant::MAX`].
    pub fn checked_add(self, span: Duration) -> Option<Instant> {
        self.0.checked_add(span.0).map(Instant)
    }

    /// This instant and `span` more, at most [`Instant::MAX`].
    pub const fn saturating_add(self, span: Duration) -> Instant {
        Instant(self.0.saturating_add(span.0))
    }

    /// This instant less `span`, at least [`Instant::MIN`].
    pub const fn saturating_sub(self, span: Duration) -> Instant {
        Instant(self.0.saturating_sub(span.0))
    }

    /// The instant before this one.
    pub const fn just_before(self) -> Instant {
        Instant(self.0.saturating_sub(1))
    }

    /// Whether a full second comes next: so is the last instant of a day.
    pub const fn is_just_before_a_second(self) -> bool {
        self.0.rem_euclid(NANOS_PER_SECOND) == NANOS_PER_SECOND - 1
    }

    /// Where time is up that goes to this instant: the second that it lies just before, for that belongs to what comes
    /// next; else itself.
    pub const fn time_is_up(self) -> Instant {
        if self.is_just_before_a_second() { self.just_after() } else { self }
    }

    /// The instant after this one.
    pub const fn just_after(self) -> Instant {
        Instant(self.0.saturating_add(1))
    }

    /// The time that has passed since `earlier`; zero if `earlier` is the later of the two.
    pub const fn since(self, earlier: Instant) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

/// In UTC, as in `2026-03-02T09:00:00Z`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

/// A span of exact time in nanoseconds, never negative: what would be less than nothing is zero,
/// what would be too long is [`Duration::MAX`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Duration(i64);

impl Duration {
    /// No time at all.
    pub const ZERO: Duration = Duration(0);
    /// The longest span, a little over 292 years.
    pub const MAX: Duration = Duration(i64::MAX);

    /// A span of `nanos` nanoseconds; zero if `nanos` is negative.
    pub const fn from_nanos(nanos: i64) -> Duration {
        Duration(if nanos < 0 { 0 } else { nanos })
    }

    /// A span of `secs` seconds.
    pub const fn from_secs(secs: i64) -> Duration {
        Duration::from_nanos(secs.saturating_mul(NANOS_PER_SECOND))
    }

    /// A span of `minutes` minutes.
    pub const fn from_minutes(minutes: i64) -> Duration {
        Duration::from_secs(minutes.saturating_mul(60))
    }

    /// A span of `hours` hours.
    pub const fn from_hours(hours: i64) -> Duration {
        Duration::from_minutes(hours.saturating_mul(60))
    }

    /// Reads the way the language writes exact time: `2h30m`, `90s`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Duration> {
        let mut rest = text;
        let mut total = 0i64;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit())?;
            let (number, unit_on) = rest.split_at_checked(digits)?;
            let mut after = unit_on.chars();
            let seconds = match after.next()? {
                'h' => 3600,
                'm' => 60,
                's' => 1,
                _ => return None,
            };
            let nanos = number.parse::<i64>().ok()?.checked_mul(seconds)?.checked_mul(NANOS_PER_SECOND)?;
            total = total.checked_add(nanos)?;
            rest = after.as_str();
        }
        (!text.is_empty()).then_some(Duration(total))
    }

    /// Its length in nanoseconds.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }

    /// Whether it is no time at all.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Both spans, one after the other.
    pub const fn saturating_add(self, other: Duration) -> Duration {
        Duration(self.0.saturating_add(other.0))
    }

    /// What is left of this span without `other`; zero if nothing is.
    pub const fn saturating_sub(self, other: Duration) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(other.0))
    }

    /// This span `times` times.
    pub fn saturating_mul(self, times: u32) -> Duration {
        Duration(self.0.saturating_mul(i64::from(times)))
    }

    /// `numerator / denominator` of this span, rounded up to the nanosecond.
    pub fn ratio(self, numerator: u32, denominator: NonZeroU32) -> Duration {
        self.fraction(numerator, denominator.get())
    }

    /// That many percent of this span, rounded up to the nanosecond: a threshold never fires before
    /// it is reached.
    pub fn percent(self, percent: u32) -> Duration {
        self.fraction(percent, 100)
    }

    /// The denominator is never zero: see the two callers above.
    fn fraction(self, numerator: u32, denominator: u32) -> Duration {
        let product = u128::from(self.0.unsigned_abs()) * u128::from(numerator);
        let nanos = product.div_ceil(u128::from(denominator));
        Duration(i64::try_from(nanos).unwrap_or(i64::MAX))
    }
}

/// Exact and compact: `2h30m`, `45s`, `1h5s`, `0.250s`; no time at all is `0s`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (total_seconds, nanos) = (self.0 / NANOS_PER_SECOND, self.0 % NANOS_PER_SECOND);
        let (hours, minutes, seconds) = (total_seconds / 3600, total_seconds / 60 % 60, total_seconds % 60);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        match nanos {
            0 if seconds == 0 && total_seconds > 0 => Ok(()),
            0 => write!(f, "{seconds}s"),
            _ if nanos % 1_000_000 == 0 => write!(f, "{seconds}.{:03}s", nanos / 1_000_000),
            _ if nanos % 1_000 == 0 => write!(f, "{seconds}.{:06}s", nanos / 1_000),
            _ => write!(f, "{seconds}.{nanos:09}s"),
        }
    }
}

const NANOS_PER_SECOND: i64 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_compactly_and_exactly() {
        let seconds = |n| Duration::from_secs(n).to_string();
        assert_eq!(seconds(0), "0s");
        assert_eq!(seconds(45), "45s");
        assert_eq!(seconds(150 * 60), "2h30m");
        assert_eq!(seconds(3 * 3600), "3h");
        assert_eq!(seconds(3605), "1h5s");
        assert_eq!(seconds(100 * 3600), "100h");
        let nanos = |n| Duration::from_nanos(n).to_string();
        assert_eq!(nanos(250_000_000), "0.250s");
        assert_eq!(nanos(3_600_000_001_000), "1h0.000001s");
        assert_eq!(nanos(61_000_000_001), "1m1.000000001s");
    }

    #[test]
    fn exact_time_reads_as_it_prints() {
        for text in ["0s", "45s", "2h30m", "3h", "1h5s", "100h"] {
            assert_eq!(Duration::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "h", "5", "5d", "2h 3m", "99999999999999999999h"] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_percentage_is_rounded_up() {
        assert_eq!(Duration::from_hours(4).percent(80).to_string(), "3h12m");
        assert_eq!(Duration::from_nanos(1).percent(50), Duration::from_nanos(1));
        assert_eq!(Duration::from_nanos(3).percent(67), Duration::from_nanos(3));
        assert_eq!(Duration::from_hours(1).percent(0), Duration::ZERO);
        assert_eq!(Duration::MAX.percent(u32::MAX), Duration::MAX);
    }

    #[test]
    fn the_ends_of_time_hold() {
        let hour = Duration::from_hours(1);
        assert_eq!(Instant::MAX.saturating_add(hour), Instant::MAX);
        assert_eq!(Instant::MAX.checked_add(hour), None);
        assert_eq!(Instant::MIN.saturating_sub(hour), Instant::MIN);
        assert_eq!(Instant::MAX.since(Instant::MIN), Duration::MAX);
        assert_eq!(Instant::MIN.since(Instant::MAX), Duration::ZERO);
        assert_eq!(Duration::from_hours(i64::MAX), Duration::MAX);
        assert_eq!(Duration::from_hours(-1), Duration::ZERO);
    }
}
