//! Times as logs spell them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::fmt::temporal::{Pieces, TimeZoneAnnotationKind};
use jiff::tz::Offset;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::{Instant, Zone};

/// How a time is spelled.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum TimeFormat {
    /// ISO 8601 or RFC 3339, with or without seconds and offset.
    Iso,
    /// Seconds since 1970, perhaps with a fraction.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMilliseconds,
    /// A pattern of `strptime`.
    Pattern(String),
}

/// The formats and the zone by which times are read.
#[derive(Clone, Debug)]
pub(super) struct TimeReader {
    /// The zone of times that name none.
    pub zone: Option<Zone>,
    /// The formats, tried in this order.
    pub formats: Vec<TimeFormat>,
}

/// What a cell said of a time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum TimeReading {
    /// An instant.
    At(Instant),
    /// The instant of a local time that did not exist, or existed twice.
    Odd(Instant),
    /// A local time of no known zone.
    NoZone,
    /// No time in any of the formats, or one that nanoseconds cannot hold (years 1678 to 2261).
    Unreadable,
}

impl TimeReading {
    /// The instant, if it is one.
    pub fn instant(self) -> Option<Instant> {
        match self {
            TimeReading::At(at) | TimeReading::Odd(at) => Some(at),
            TimeReading::NoZone | TimeReading::Unreadable => None,
        }
    }
}

/// A time as it stood in the log: local, and with what it said of its zone.
struct Spelled {
    local: DateTime,
    offset: Option<Offset>,
    zone: Option<Zone>,
}

impl TimeFormat {
    /// The format that a mapping calls `text`; the reason, if it is none.
    pub fn parse(text: &str) -> Result<TimeFormat, String> {
        match text {
            "epoch s" => Ok(TimeFormat::EpochSeconds),
            "epoch ms" => Ok(TimeFormat::EpochMilliseconds),
            pattern => check_pattern(pattern).map(|()| TimeFormat::Pattern(pattern.to_owned())),
        }
    }

    /// The date in `text`; for fields that hold a date.
    pub fn date(&self, text: &str) -> Option<Date> {
        match self {
            TimeFormat::Pattern(pattern) => BrokenDownTime::parse(pattern, text).ok()?.to_date().ok(),
            TimeFormat::Iso => text.parse().ok(),
            TimeFormat::EpochSeconds | TimeFormat::EpochMilliseconds => None,
        }
    }

    fn read(&self, text: &str, zone: Option<&Zone>) -> TimeReading {
        let spelled = match self {
            TimeFormat::EpochSeconds => return epoch(text, 1_000_000_000),
            TimeFormat::EpochMilliseconds => return epoch(text, 1_000_000),
            TimeFormat::Iso => iso(text),
            TimeFormat::Pattern(pattern) => match by_pattern(pattern, text) {
                Some(Pattern::Instant(timestamp)) => return within_range(timestamp),
                Some(Pattern::Spelled(spelled)) => Some(spelled),
                None => None,
            },
        };
        spelled.map_or(TimeReading::Unreadable, |spelled| spelled.instant(zone))
    }
}

impl TimeReader {
    /// Reads `text` in the first of the formats that fits.
    pub fn read(&self, text: &str) -> TimeReading {
        self.read_as(&self.formats, text)
    }

    /// Reads `text` in the first of these formats that fits.
    pub fn read_as(&self, formats: &[TimeFormat], text: &str) -> TimeReading {
        let mut readings = formats.iter().map(|format| format.read(text, self.zone.as_ref()));
        readings.find(|reading| *reading != TimeReading::Unreadable).unwrap_or(TimeReading::Unreadable)
    }
}

impl Spelled {
    fn instant(self, default: Option<&Zone>) -> TimeReading {
        if let Some(offset) = self.offset {
            return offset.to_timestamp(self.local).map_or(TimeReading::Unreadable, within_range);
        }
        let Some(zone) = self.zone.as_ref().or(default) else { return TimeReading::NoZone };
        if !(1678..=2261).contains(&self.local.year()) {
            return TimeReading::Unreadable;
        }
        let instant = zone.opening(self.local);
        if zone.is_in_gap_or_fold(self.local).is_some() { TimeReading::Odd(instant) } else { TimeReading::At(instant) }
    }
}

fn iso(text: &str) -> Option<Spelled> {
    let pieces = Pieces::parse(text).ok()?;
    let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    let offset = pieces.to_numeric_offset();
    let zone = match (offset, pieces.time_zone_annotation().map(|annotation| annotation.kind())) {
        (None, Some(TimeZoneAnnotationKind::Named(name))) => Some(Zone::named(name.as_str()).ok()?),
        (None, Some(TimeZoneAnnotationKind::Offset(offset))) => {
            return Some(Spelled { local, offset: Some(*offset), zone: None });
        }
        _ => None,
    };
    Some(Spelled { local, offset, zone })
}

enum Pattern {
    Instant(Timestamp),
    Spelled(Spelled),
}

fn by_pattern(pattern: &str, text: &str) -> Option<Pattern> {
    let time = BrokenDownTime::parse(pattern, text).ok()?;
    if let Some(timestamp) = time.timestamp() {
        return Some(Pattern::Instant(timestamp));
    }
    let zone = match time.iana_time_zone() {
        Some(name) => Some(Zone::named(name).ok()?),
        None => None,
    };
    Some(Pattern::Spelled(Spelled { local: time.to_datetime().ok()?, offset: time.offset(), zone }))
}

fn epoch(text: &str, nanos: i64) -> TimeReading {
    let count = text.parse::<Decimal>().ok().and_then(|count| count.checked_mul(nanos.into()));
    let nanos = count.and_then(|count| count.trunc().to_i64());
    nanos.map_or(TimeReading::Unreadable, |nanos| TimeReading::At(Instant::from_nanos(nanos)))
}

fn within_range(timestamp: Timestamp) -> TimeReading {
    let nanos = i64::try_from(timestamp.as_nanosecond());
    nanos.map_or(TimeReading::Unreadable, |nanos| TimeReading::At(Instant::from_nanos(nanos)))
}

/// Writes a sample in the pattern and reads it back: a pattern that cannot do both, or that leaves
/// the day out, can read no log.
fn check_pattern(pattern: &str) -> Result<(), String> {
    let sample = Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    let written = strtime::format(pattern, &sample).map_err(|error| innermost(&error.to_string()))?;
    let read = BrokenDownTime::parse(pattern, &written).map_err(|error| innermost(&error.to_string()))?;
    if read.to_date().is_ok() || read.timestamp().is_some() {
        return Ok(());
    }
    Err("it does not say which day".to_owned())
}

fn innermost(message: &str) -> String {
    message.rsplit(": ").next().unwrap_or(message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, zone: Option<&str>, text: &str) -> TimeReading {
        let formats = vec![if format.is_empty() { TimeFormat::Iso } else { TimeFormat::parse(format).unwrap() }];
        TimeReader { zone: zone.map(|name| Zone::named(name).unwrap()), formats }.read(text)
    }

    fn at(text: &str) -> TimeReading {
        TimeReading::At(Instant::from_timestamp(text.parse().unwrap()))
    }

    #[test]
    fn a_time_with_an_offset_needs_no_zone() {
        assert_eq!(read("", None, "2026-01-31 09:30+08:00"), at("2026-01-31T01:30:00Z"));
        assert_eq!(read("", None, "2026-01-31T09:30:00.123Z"), at("2026-01-31T09:30:00.123Z"));
        assert_eq!(read("", None, "2026-01-31T09:30[Asia/Shanghai]"), at("2026-01-31T01:30:00Z"));
    }

    #[test]
    fn a_local_time_takes_the_zone_of_the_mapping() {
        for text in ["2026-01-31 09:30", "2026-01-31T09:30:00", "2026-01-31 09:30:00.000"] {
            assert_eq!(read("", Some("Asia/Shanghai"), text), at("2026-01-31T01:30:00Z"));
        }
    }

    #[test]
    fn a_local_time_without_a_zone_is_not_guessed() {
        assert_eq!(read("", None, "2026-01-31 09:30"), TimeReading::NoZone);
    }

    #[test]
    fn a_date_alone_is_its_midnight() {
        assert_eq!(read("", Some("Asia/Shanghai"), "2026-01-31"), at("2026-01-30T16:00:00Z"));
    }

    #[test]
    fn a_pattern_reads_days_of_one_digit() {
        assert_eq!(read("%d/%m/%Y %H:%M", Some("UTC"), "9/2/2016 01:16"), at("2016-02-09T01:16:00Z"));
    }

    #[test]
    fn epochs_count_from_1970() {
        assert_eq!(read("epoch s", None, "1.5"), at("1970-01-01T00:00:01.5Z"));
        assert_eq!(read("epoch ms", None, "1500"), at("1970-01-01T00:00:01.5Z"));
    }

    #[test]
    fn a_local_time_in_a_gap_moves_forward_and_says_so() {
        let TimeReading::Odd(instant) = read("", Some("Europe/Berlin"), "2026-03-29 02:30") else { panic!("not odd") };
        assert_eq!(TimeReading::At(instant), at("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn a_local_time_that_exists_twice_is_the_first_and_says_so() {
        let TimeReading::Odd(instant) = read("", Some("Europe/Berlin"), "2026-10-25 02:30") else { panic!("not odd") };
        assert_eq!(TimeReading::At(instant), at("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn times_beyond_nanoseconds_are_unreadable() {
        for text in ["0001-01-01T00:00:00Z", "9999-12-31 00:00", "12/31/2026", "soon", ""] {
            assert_eq!(read("", Some("UTC"), text), TimeReading::Unreadable, "{text}");
        }
        assert_eq!(read("epoch s", None, "99999999999999"), TimeReading::Unreadable);
    }

    #[test]
    fn a_pattern_that_can_read_no_time_is_refused() {
        assert_eq!(TimeFormat::parse("%H:%M"), Err("it does not say which day".to_owned()));
        assert!(TimeFormat::parse("%d/%K").unwrap_err().contains('K'));
    }
}
