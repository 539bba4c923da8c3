//! Instants, lengths of time and shares, as data and as text.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::rounding::shown;

use crate::calendar::{Duration, Instant, Zone};
use crate::engine::{Verdict, exact};
use crate::graph::Quantity;

/// An instant: as an RFC 3339 text with offset in data, as local time in text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct When {
    /// The instant itself.
    pub at: Instant,
    /// `2026-03-02T09:00:00+08:00`
    pub exact: String,
    /// `2026-03-02 09:00`
    pub local: String,
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact)
    }
}

impl When {
    /// `at`, in `zone`.
    pub fn new(at: Instant, zone: &Zone) -> Self {
        let local = zone.local(at);
        let offset =
            local.to_zoned(jiff::tz::TimeZone::UTC).map(|as_utc| as_utc.timestamp().duration_since(at.timestamp()));
        let minutes = offset.map_or(0, |offset| offset.as_mins());
        let (sign, minutes) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
        let exact = format!("{local}{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        Self { at, exact, local: in_words(at, zone) }
    }
}

/// A local time; the last instant of a day is its end, and an instant before a full second is that.
fn in_words(at: Instant, zone: &Zone) -> String {
    let plain = |at: Instant| {
        let text = zone.local(at).to_string().replace('T', " ");
        text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
    };
    match at.is_just_before_a_second() {
        true if zone.is_last_of_day(at) => format!("end of {}", zone.date_of(at)),
        true => format!("before {}", plain(at.just_after())),
        false => plain(at),
    }
}

impl When {
    /// The same instant as an end: midnight is the end of the day before.
    pub fn as_end(&self) -> String {
        let midnight = self.local.strip_suffix(" 00:00").and_then(|date| date.parse::<jiff::civil::Date>().ok());
        match midnight.and_then(|date| date.yesterday().ok()) {
            Some(before) => format!("{before} 24:00"),
            None => self.local.clone(),
        }
    }
}

/// A length of time: seconds in data, `2h30m` in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Length(pub Duration);

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const SECOND: i64 = 1_000_000_000;
        let nanos = self.0.as_nanos();
        if nanos % SECOND == 0 {
            serializer.serialize_i64(nanos / SECOND)
        } else {
            serializer.serialize_f64(nanos as f64 / SECOND as f64)
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Length {
    /// Time on the wall: exact, and from three days on also in days of 24 hours, rounded down.
    pub fn on_the_wall(self) -> String {
        const DAY: i64 = 24 * 3600 * 1_000_000_000;
        let days = self.0.as_nanos() / DAY;
        if days < 3 { format!("{self} on the wall") } else { format!("{self} on the wall (over {days} × 24h)") }
    }
}

/// A share, exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl std::fmt::Display for Share {
    /// To a tenth of a percent; it is 0 % or 100 % only if it is exactly that.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = Decimal::from(self.part) * Decimal::ONE_HUNDRED;
        let value = exact(hundredths) / exact(self.whole.max(1).into());
        f.write_str(&shown(&value, Quantity::Percent(Decimal::ZERO)))
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.spelling())
    }
}
