//! Diagnostics at the terminal.

use std::collections::BTreeSet;

use super::options::{WIDTH, colour_err, complain, complain_painted};
use crate::diagnostic::{Diagnostic, Severity, render};
use crate::source::{FileId, Sources, Span};

/// How many diagnostics are drawn: whoever mends these sees the rest.
const MOST: usize = 100;

/// Draws diagnostics on standard error.
pub fn show(diagnostics: &[Diagnostic], sources: &Sources) {
    Told::default().show(diagnostics, sources);
}

/// What was told so far in a run: services that use one file find the same faults in it.
#[derive(Default)]
pub struct Told(BTreeSet<Same>);

/// What two diagnostics of two services have in common if they are one: the name of the file (its number is of one
/// service only), the place in it, the code, how grave it is, and the message.
type Same = (String, Span, &'static str, Severity, String);

impl Told {
    /// Draws those diagnostics on standard error that were not told before, and says how many were.
    pub fn show(&mut self, diagnostics: &[Diagnostic], sources: &Sources) -> usize {
        let (mut drawn, mut rest) = (0, Vec::new());
        let colour = colour_err();
        for diagnostic in diagnostics {
            let same = same(diagnostic, sources);
            if self.0.contains(&same) {
                continue;
            }
            if drawn == MOST {
                rest.push(diagnostic);
                continue;
            }
            complain_painted(&render(diagnostic, sources, colour, WIDTH));
            complain("\n");
            self.0.insert(same);
            drawn += 1;
        }
        if let Some(rest) = counted(rest.iter().copied()) {
            complain(&format!("… and {rest} more\n\n"));
        }
        diagnostics.len() - drawn - rest.len()
    }
}

fn same(diagnostic: &Diagnostic, sources: &Sources) -> Same {
    let file = sources.get(diagnostic.at.file).map(|file| file.name().to_owned()).unwrap_or_default();
    let at = Span::new(FileId::default(), diagnostic.at.start, diagnostic.at.end);
    (file, at, diagnostic.code(), diagnostic.severity, diagnostic.words().message.clone())
}

/// "2 faults and 1 warning", or nothing.
pub fn counted<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Option<String> {
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(|fault| fault.is_error());
    let (errors, warnings) = (errors.len(), warnings.len());
    let of = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match (errors, warnings) {
        (0, 0) => None,
        (errors, 0) => Some(of(errors, "fault")),
        (0, warnings) => Some(of(warnings, "warning")),
        (errors, warnings) => Some(format!("{} and {}", of(errors, "fault"), of(warnings, "warning"))),
    }
}

/// Where to read more of the first of the gravest faults, or nothing.
pub fn more(diagnostics: &[&Diagnostic]) -> Option<String> {
    // Of equals, the last one is taken: hence the other way round.
    let gravest = diagnostics.iter().rev().max_by_key(|fault| fault.severity)?;
    Some(format!("`mot explain {}` says more\n", gravest.code()))
}
