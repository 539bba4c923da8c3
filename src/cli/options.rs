//! What commands share: printing and colour.

use std::cell::RefCell;
use std::io::{IsTerminal, Write, stderr, stdout};

use super::Outcome;
use crate::diagnostic::{in_a_report, visible};
use crate::report::Paint;

thread_local! {
    /// Why standard output could not be written, if it could not.
    static UNWRITTEN: RefCell<Option<std::io::Error>> = const { RefCell::new(None) };
}

/// Writes lines to standard output, whatever they quote.
pub fn print(text: &str) {
    print_painted(&visible(text));
}

/// Writes a report to standard output: one without our colours has none.
pub fn print_report(report: &str, paint: Paint) {
    if paint.on { print_painted(report) } else { print_painted(&in_a_report(report)) }
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
