//! Instants and periods as arguments and `mot.yaml` write them: in one of a few shapes, or not at all.
//!
//! ```text
//! DATE    2026-03-31
//! TIME    DATE | DATE CLOCK | DATE CLOCK OFFSET     a date is its end; without an offset, in the service's zone
//! CLOCK   18:00 | 18:00:30 | 18:00:30.25            after a blank or a `T`
//! OFFSET  Z | +08:00                                at once behind the clock
//! PERIOD  DATE..DATE                                both days included
//! ```
//!
//! A shape that says more or less than these is refused: a reader who writes a time where a day is meant, or a zone
//! beside an offset that is not the zone's, would be judged by something else than what stands there.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::calendar::{Instant, Oddity, Zone};
use crate::diagnostic::in_a_line;

/// An instant.
///
/// # Errors
///
/// Why it is none, in words.
pub fn instant(text: &str, zone: &Zone) -> Result<Instant, String> {
    let wrong = |why: &str| format!("`{}` is not a time{why}", in_a_line(text));
    let shapes = ": write `2026-03-31` (its end), `2026-03-31 18:00` or `2026-03-31T18:00:00+08:00`";
    let Some((day, behind)) = text.split_at_checked(DAY.len()).filter(|(day, _)| has_shape(day, DAY)) else {
        return Err(wrong(shapes));
    };
    let date: Date = day.parse().map_err(|_| wrong(": there is no such day"))?;
    if behind.is_empty() {
        return in_reach(zone.end_of_day(date)).ok_or_else(|| wrong(OUT_OF_REACH));
    }
    if behind.ends_with(']') {
        return Err(wrong(": a zone in brackets may contradict its offset; write the offset alone"));
    }
    let Some((clock, offset)) = clock_and_offset(behind) else { return Err(wrong(shapes)) };
    if clock.get("18:00:".len()..).is_some_and(|seconds| seconds.starts_with('6')) {
        return Err(wrong(": a minute has the seconds 00 to 59"));
    }
    let no_such_time = |_| wrong(": there is no such time of a day");
    if !offset.is_empty() {
        let at: Timestamp = format!("{day}T{clock}{offset}").parse().map_err(no_such_time)?;
        return in_reach(Instant::from_timestamp(at)).ok_or_else(|| wrong(OUT_OF_REACH));
    }
    let local: DateTime = format!("{day}T{clock}").parse().map_err(no_such_time)?;
    match zone.is_in_gap_or_fold(local) {
        None => in_reach(zone.opening(local)).ok_or_else(|| wrong(OUT_OF_REACH)),
        Some(Oddity::Gap(_)) => Err(wrong(&format!(
            ": in {} the clocks skip it; write an offset, as in `2026-03-31T18:00:00+08:00`",
            zone.name()
        ))),
        Some(Oddity::Fold(_)) => Err(wrong(&format!(
            " of its own: in {} the clocks show it twice; write an offset, as in `2026-03-31T18:00:00+08:00`",
            zone.name()
        ))),
    }
}

/// A period: from an instant up to another.
///
/// # Errors
///
/// Why it is none, in words.
pub fn period(text: &str, zone: &Zone) -> Result<(Instant, Instant), String> {
    let wrong = |why: &str| format!("`{}` is not a period: {why}", in_a_line(text));
    let Some((from, to)) = text.split_once("..") else {
        return Err(wrong("write two dates, as in `2026-01-01..2026-03-31`"));
    };
    let (from, to) = (date(from).map_err(|why| wrong(&why))?, date(to).map_err(|why| wrong(&why))?);
    if from > to {
        return Err(wrong("it ends before it begins"));
    }
    let ends = in_reach(zone.start_of_day(from)).zip(in_reach(zone.end_of_day(to)));
    ends.ok_or_else(|| wrong(OUT_OF_REACH.trim_start_matches(": ")))
}

/// A date.
///
/// # Errors
///
/// Why it is none, in words.
pub fn date(text: &str) -> Result<Date, String> {
    if !has_shape(text, DAY) {
        return Err(format!("`{}` is not a date: write a whole day, as in `2026-01-31`", in_a_line(text)));
    }
    text.parse().map_err(|_| format!("there is no day `{text}`"))
}

const DAY: &str = "0000-00-00";
const OUT_OF_REACH: &str = ": times reach from 1678 to 2261";

/// `T18:00:00+08:00` as `18:00:00` and `+08:00`.
fn clock_and_offset(behind: &str) -> Option<(&str, &str)> {
    let rest = behind.strip_prefix([' ', 'T'])?;
    let (clock, offset) = rest.split_at(rest.find(['Z', '+', '-']).unwrap_or(rest.len()));
    let (whole, fraction) = match clock.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (clock, None),
    };
    let is_fraction =
        |digits: &str| (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    let clock_fits = match fraction {
        Some(digits) => has_shape(whole, "00:00:00") && is_fraction(digits),
        None => has_shape(whole, "00:00:00") || has_shape(whole, "00:00"),
    };
    let offset_fits = matches!(offset, "" | "Z") || has_shape(offset, "+00:00") || has_shape(offset, "-00:00");
    (clock_fits && offset_fits).then_some((clock, offset))
}

/// Whether a text is like a pattern, where `0` is any digit.
fn has_shape(text: &str, pattern: &str) -> bool {
    let fits = |(letter, wanted): (u8, u8)| if wanted == b'0' { letter.is_ascii_digit() } else { letter == wanted };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

fn in_reach(at: Instant) -> Option<Instant> {
    (at > Instant::MIN && at < Instant::MAX).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> Zone {
        Zone::named("Asia/Shanghai").unwrap()
    }

    #[test]
    fn a_date_means_its_end_and_a_local_time_the_services_zone() {
        let text = |words: &str| instant(words, &shanghai()).unwrap().to_string();
        assert_eq!(text("2026-03-31"), "2026-03-31T16:00:00Z");
        assert_eq!(text("2026-03-31 18:00"), "2026-03-31T10:00:00Z");
        assert_eq!(text("2026-03-31T18:00:30.25"), "2026-03-31T10:00:30.25Z");
        assert_eq!(text("2026-03-31T18:00:00+02:00"), "2026-03-31T16:00:00Z");
        assert_eq!(text("2026-03-31 18:00Z"), "2026-03-31T18:00:00Z");
    }

    #[test]
    fn what_says_something_else_than_it_seems_is_no_time() {
        for (words, why) in [
            ("31/3/2026", "write `2026-03-31`"),
            ("20260131", "write `2026-03-31`"),
            ("20260131T180000Z", "write `2026-03-31`"),
            ("2026-3-31", "write `2026-03-31`"),
            (" 2026-03-31", "write `2026-03-31`"),
            ("2026-03-31 ", "write `2026-03-31`"),
            ("2026-03-31T", "write `2026-03-31`"),
            ("2026-03-31t18:00z", "write `2026-03-31`"),
            ("2026-03-31 18", "write `2026-03-31`"),
            ("2026-03-31 18:00 +08:00", "write `2026-03-31`"),
            ("2026-03-31 18:00:00,5", "write `2026-03-31`"),
            ("2026-03-31 18:00+08", "write `2026-03-31`"),
            ("+002026-03-31", "write `2026-03-31`"),
            ("2026-03-31T18:00:00+02:00[Asia/Shanghai]", "a zone in brackets"),
            ("2026-03-31T18:00[Asia/Shanghai]", "a zone in brackets"),
            ("2026-03-31 23:59:60", "00 to 59"),
            ("2026-03-31T23:59:60Z", "00 to 59"),
            ("2026-02-30", "no such day"),
            ("2026-03-31 24:00", "no such time"),
            ("2026-03-31 18:00+99:00", "no such time"),
            ("9999-12-31", "1678 to 2261"),
            ("0001-01-01 00:00Z", "1678 to 2261"),
            ("甲乙丙", "write `2026-03-31`"),
        ] {
            let told = instant(words, &shanghai()).unwrap_err();
            assert!(told.contains(why) && told.contains(&format!("`{words}`")), "{words}: {told}");
        }
        let berlin = Zone::named("Europe/Berlin").unwrap();
        assert!(instant("2026-03-29 02:30", &berlin).unwrap_err().contains("skip it"));
        assert!(instant("2026-10-25 02:30", &berlin).unwrap_err().contains("twice"));
        assert!(instant("2026-10-25 02:30+01:00", &berlin).is_ok());
    }

    #[test]
    fn a_period_is_two_days() {
        let (from, to) = period("2026-01-01..2026-03-31", &shanghai()).unwrap();
        assert_eq!((from.to_string(), to.to_string()), ("2025-12-31T16:00:00Z".into(), "2026-03-31T16:00:00Z".into()));
        for (words, why) in [
            ("2026-01-01", "two dates"),
            ("2026-01-01..2026-03-31T12:00", "whole day"),
            ("2026-01-01 08:00..2026-03-31", "whole day"),
            ("20260101..20260331", "whole day"),
            ("2026-01-01 .. 2026-03-31", "whole day"),
            ("2026-01-01..2026-02-30", "no day"),
            ("2026-01-01..2026-01-02..2026-01-03", "whole day"),
            ("..2026-03-31", "whole day"),
            ("2026-03-31..2026-01-01", "ends before"),
            ("2026-01-01..9999-12-31", "1678 to 2261"),
        ] {
            let told = period(words, &shanghai()).unwrap_err();
            assert!(told.contains(why) && told.contains(&format!("`{words}`")), "{words}: {told}");
        }
    }
}
