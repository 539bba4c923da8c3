//! Diagnostics at the terminal.

use super::options::{WIDTH, colour_err, complain};
use crate::diagnostic::{Diagnostic, Severity, pages, render};
use crate::source::Sources;

/// How many diagnostics are drawn: whoever mends these sees the rest.
const MOST: usize = 100;

/// Draws diagnostics on standard error.
pub fn show(diagnostics: &[Diagnostic], sources: &Sources) {
    let colour = colour_err();
    for diagnostic in diagnostics.iter().take(MOST) {
        complain(&render(diagnostic, sources, colour, WIDTH));
        complain("\n");
    }
    if let Some(rest) = counted(diagnostics.get(MOST..).unwrap_or_default()) {
        complain(&format!("… and {rest} more\n\n"));
    }
}

/// "2 faults and 1 warning", or nothing.
pub fn counted(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|fault| fault.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let of = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match (errors, warnings) {
        (0, 0) => None,
        (errors, 0) => Some(of(errors, "fault")),
        (0, warnings) => Some(of(warnings, "warning")),
        (errors, warnings) => Some(format!("{} and {}", of(errors, "fault"), of(warnings, "warning"))),
    }
}

/// Where to read more of the first of the gravest faults, or nothing.
pub fn more(diagnostics: &[Diagnostic]) -> Option<String> {
    let explained = diagnostics.iter().filter(|fault| pages::find(fault.code).is_some());
    // Of equals, the last one is taken: hence the other way round.
    let gravest = explained.rev().max_by_key(|fault| fault.severity)?;
    Some(format!("`mot explain {}` says more\n", gravest.code))
}
