//! What commands share: printing, colour, instants and periods as people write them.

use std::cell::RefCell;
use std::io::{IsTerminal, Write, stderr, stdout};

use jiff::civil::{Date, DateTime};

use super::Outcome;
use crate::calendar::{Instant, Zone};
use crate::diagnostic::visible;

thread_local! {
    /// Why standard output could not be written, if it could not.
    static UNWRITTEN: RefCell<Option<std::io::Error>> = const { RefCell::new(None) };
}

/// Writes lines to standard output, whatever they quote.
pub fn print(text: &str) {
    print_painted(&visible(text));
}

/// Writes to standard output what is fit for a terminal already, our own colours included.
pub fn print_painted(text: &str) {
    let mut out = stdout().lock();
    wrote(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Remembers that standard output could not be written; a reader that went away is no fault.
pub fn wrote(result: std::io::Result<()>) {
    let Err(error) = result else { return };
    if error.kind() != std::io::ErrorKind::BrokenPipe {
        UNWRITTEN.with_borrow_mut(|first| first.get_or_insert(error).kind());
    }
}

/// How a run ended that ended so, if all of its output was written.
pub fn if_written(outcome: Outcome) -> Outcome {
    match UNWRITTEN.take() {
        None => outcome,
        Some(error) => {
            complain(&format!("cannot write to standard output: {error}\n"));
            Outcome::Unusable
        }
    }
}

/// Writes lines to standard error, where only people read, whatever they quote.
pub fn complain(text: &str) {
    complain_painted(&visible(text));
}

/// Writes to standard error what is fit for a terminal already, our own colours included.
pub fn complain_painted(text: &str) {
    // Nobody is left to be told if this fails.
    let _ = stderr().lock().write_all(text.as_bytes());
}

/// Whether a stream that is (or is not) a terminal gets colour: only there, and only without
/// `NO_COLOR`.
fn wants_colour(terminal: bool) -> bool {
    let forbidden = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    terminal && !forbidden
}

/// Whether standard output gets colour.
pub fn colour_out() -> bool {
    wants_colour(stdout().is_terminal())
}

/// Whether standard error gets colour.
pub fn colour_err() -> bool {
    wants_colour(stderr().is_terminal())
}

/// How wide to draw diagnostics.
pub const WIDTH: usize = 100;

/// An instant as a person writes it: with an offset, or in the service's zone; a date is its end.
pub fn instant(text: &str, zone: &Zone) -> Option<Instant> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Instant::from_timestamp(at));
    }
    // A date alone: a longer text parses as its date too, and would lose its time.
    if let Some(date) = text.parse::<Date>().ok().filter(|_| text.len() == "2026-03-31".len()) {
        return Some(zone.end_of_day(date));
    }
    text.replacen(' ', "T", 1).parse::<DateTime>().ok().map(|local| zone.opening(local))
}

/// A period as a person writes it: two dates, both included.
pub fn period(text: &str, zone: &Zone) -> Option<(Instant, Instant)> {
    let (from, to) = text.split_once("..")?;
    let (from, to): (Date, Date) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from <= to).then(|| (zone.start_of_day(from), zone.end_of_day(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_means_its_end_and_a_local_time_the_services_zone() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let text = |words: &str| instant(words, &zone).map(|at| at.to_string()).unwrap_or_default();
        assert_eq!(text("2026-03-31"), "2026-03-31T16:00:00Z");
        assert_eq!(text("2026-03-31 18:00"), "2026-03-31T10:00:00Z");
        assert_eq!(text("2026-03-31T18:00:00+02:00"), "2026-03-31T16:00:00Z");
        assert_eq!(text("31/3/2026"), "");
    }
}
