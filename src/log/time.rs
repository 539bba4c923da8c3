//! Times as logs spell them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::fmt::temporal::{Pieces, TimeZoneAnnotationKind};
use jiff::tz::Offset;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::date_order::{DateOrder, Hint};

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
    /// Seconds or milliseconds since 1970, told apart by the size of the number.
    Epoch,
    /// A pattern of `strptime`.
    Pattern(TimePattern),
}

/// From this number on, a number of either epoch is taken for milliseconds: as seconds it would be a time after the
/// year 5138, as milliseconds it is 3 March 1973 or later.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// A pattern of `strptime`, and what it says of the order of day and month.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct TimePattern {
    text: String,
    /// Which of day and month comes first, where both are numbers.
    order: Option<DateOrder>,
    /// The pattern with day and month in each other's place; the same where there is no order.
    turned: String,
}

impl TimePattern {
    fn new(text: &str) -> Self {
        let place = |letters: [&str; 2]| letters.iter().filter_map(|letter| text.find(letter)).min();
        let (day, month) = (place(["%d", "%e"]), text.find("%m"));
        let order =
            day.zip(month).map(|(day, month)| if day < month { DateOrder::DayFirst } else { DateOrder::MonthFirst });
        // Nobody writes the year first and the month last.
        let year_first = place(["%Y", "%y"]).is_some_and(|year| Some(year) < day.min(month));
        let turned = text.replace("%e", "%d").replace("%d", "\0").replace("%m", "%d").replace('\0', "%m");
        Self { text: text.to_owned(), order: order.filter(|_| !year_first && !text.contains("%%")), turned }
    }

    /// What a time that was read by it says of its order.
    fn hint(&self, day: Option<i8>, month: Option<i8>) -> Option<Hint> {
        let (order, day, month) = (self.order?, day?, month?);
        match day {
            13.. => Some(Hint::Only(order)),
            day if day == month => None,
            _ => Some(Hint::Either(order)),
        }
    }

    /// What a time that it does not read says of its order.
    fn hint_against(&self, text: &str) -> Option<Hint> {
        let order = self.order?;
        BrokenDownTime::parse(&self.turned, text).ok().map(|_| Hint::Against(order.other()))
    }
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
            pattern => check_pattern(pattern).map(|()| TimeFormat::Pattern(TimePattern::new(pattern))),
        }
    }

    /// Which of day and month it puts first, where both are numbers.
    pub fn order(&self) -> Option<DateOrder> {
        match self {
            TimeFormat::Pattern(pattern) => pattern.order,
            _ => None,
        }
    }

    /// The date in `text`, and what it says of the format; for fields that hold a date.
    fn date(&self, text: &str) -> Option<(Date, Option<Hint>)> {
        match self {
            TimeFormat::Pattern(pattern) => {
                let date = BrokenDownTime::parse(&pattern.text, text).ok()?.to_date().ok()?;
                Some((date, pattern.hint(Some(date.day()), Some(date.month()))))
            }
            TimeFormat::Iso => text.parse().ok().map(|date| (date, None)),
            TimeFormat::EpochSeconds | TimeFormat::EpochMilliseconds | TimeFormat::Epoch => None,
        }
    }

    fn hint_against(&self, text: &str) -> Option<Hint> {
        match self {
            TimeFormat::Pattern(pattern) => pattern.hint_against(text),
            _ => None,
        }
    }

    fn read(&self, text: &str, zone: Option<&Zone>) -> (TimeReading, Option<Hint>) {
        let (spelled, hint) = match self {
            TimeFormat::EpochSeconds => return (epoch(text, 1_000_000_000), None),
            TimeFormat::EpochMilliseconds => return (epoch(text, 1_000_000), perhaps_seconds(text)),
            TimeFormat::Epoch => {
                return (epoch(text, if is_small(text) { 1_000_000_000 } else { 1_000_000 }), None);
            }
            TimeFormat::Iso => (iso(text), None),
            TimeFormat::Pattern(pattern) => match by_pattern(pattern, text) {
                Some((Pattern::Instant(timestamp), hint)) => return (within_range(timestamp), hint),
                Some((Pattern::Spelled(spelled), hint)) => (Some(spelled), hint),
                None => (None, None),
            },
        };
        (spelled.map_or(TimeReading::Unreadable, |spelled| spelled.instant(zone)), hint)
    }
}

impl TimeReader {
    /// Reads `text` in the first of the formats that fits.
    pub fn read(&self, text: &str) -> (TimeReading, Option<Hint>) {
        self.read_as(&self.formats, text)
    }

    /// Reads `text` in the first of these formats that fits.
    pub fn read_as(&self, formats: &[TimeFormat], text: &str) -> (TimeReading, Option<Hint>) {
        let mut readings = formats.iter().map(|format| format.read(text, self.zone.as_ref()));
        let found = readings.find(|(reading, _)| *reading != TimeReading::Unreadable);
        found.unwrap_or_else(|| (TimeReading::Unreadable, hint_against(formats, text)))
    }
}

/// Reads `text` as a date in the first of these formats that fits.
pub(super) fn read_date(formats: &[TimeFormat], text: &str) -> (Option<Date>, Option<Hint>) {
    match formats.iter().find_map(|format| format.date(text)) {
        Some((date, hint)) => (Some(date), hint),
        None => (None, hint_against(formats, text)),
    }
}

/// What a text that none of the formats reads says of them.
fn hint_against(formats: &[TimeFormat], text: &str) -> Option<Hint> {
    formats.iter().find_map(|format| format.hint_against(text))
}

impl Spelled {
    fn instant(self, default: Option<&Zone>) -> TimeReading {
        if let Some(offset) = self.offset {
            return offset.to_timestamp(self.local).map_or(TimeReading::Unreadable, within_range);
        }
        let Some(zone) = self.zone.as_ref().or(default) else { return TimeReading::NoZone };
        if !Instant::YEARS.contains(&self.local.year()) {
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

/// What a pattern reads, and what that says of its order.
fn by_pattern(pattern: &TimePattern, text: &str) -> Option<(Pattern, Option<Hint>)> {
    let time = BrokenDownTime::parse(&pattern.text, text).ok()?;
    let hint = pattern.hint(time.day(), time.month());
    if let Some(timestamp) = time.timestamp() {
        return Some((Pattern::Instant(timestamp), hint));
    }
    let zone = match time.iana_time_zone() {
        Some(name) => Some(Zone::named(name).ok()?),
        None => None,
    };
    Some((Pattern::Spelled(Spelled { local: time.to_datetime().ok()?, offset: time.offset(), zone }), hint))
}

/// Whether a number is too small to be taken for milliseconds.
fn is_small(text: &str) -> bool {
    text.parse::<Decimal>().is_ok_and(|number| number.abs() < Decimal::from(FIRST_MILLISECONDS))
}

fn perhaps_seconds(text: &str) -> Option<Hint> {
    is_small(text).then_some(Hint::PerhapsSeconds)
}

fn epoch(text: &str, nanos: i64) -> TimeReading {
    let count = text.parse::<Decimal>().ok().and_then(|count| count.checked_mul(nanos.into()));
    let nanos = count.and_then(|count| count.trunc().to_i64());
    nanos.map_or(TimeReading::Unreadable, |nanos| TimeReading::At(Instant::from_nanos(nanos)))
}

fn within_range(timestamp: Timestamp) -> TimeReading {
    Instant::try_from_timestamp(timestamp).map_or(TimeReading::Unreadable, TimeReading::At)
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
        TimeReader { zone: zone.map(|name| Zone::named(name).unwrap()), formats }.read(text).0
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
    fn two_epochs_are_told_apart_by_the_size_of_the_number() {
        let both = TimeReader { zone: None, formats: vec![TimeFormat::Epoch] };
        for text in ["1772438400", "1772438400000", "1772438400.0"] {
            assert_eq!(both.read(text).0, at("2026-03-02T08:00:00Z"), "{text}");
        }
        assert_eq!(both.read("100000000000").0, at("1973-03-03T09:46:40Z"));
    }

    #[test]
    fn a_time_tells_what_it_proves_of_the_order_of_day_and_month() {
        let hint = |pattern: &str, text: &str| {
            let formats = vec![TimeFormat::parse(pattern).unwrap()];
            TimeReader { zone: Some(Zone::utc()), formats }.read(text).1
        };
        assert_eq!(hint("%d/%m/%Y", "25/04/2026"), Some(Hint::Only(DateOrder::DayFirst)));
        assert_eq!(hint("%d/%m/%Y", "03/04/2026"), Some(Hint::Either(DateOrder::DayFirst)));
        assert_eq!(hint("%d/%m/%Y", "04/04/2026"), None);
        assert_eq!(hint("%d/%m/%Y", "04/25/2026"), Some(Hint::Against(DateOrder::MonthFirst)));
        assert_eq!(hint("%m/%e/%Y", "25/4/2026"), Some(Hint::Against(DateOrder::DayFirst)));
        assert_eq!(hint("%Y-%m-%d", "2026-03-04"), None);
        assert_eq!(hint("%d/%m/%Y", "soon"), None);
        assert_eq!(hint("epoch ms", "1772438400"), Some(Hint::PerhapsSeconds));
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
