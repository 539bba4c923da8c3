//! A line a diagnostic: `desk.mot:3:1: error[syntax/unknown-clause]: …`, as compilers print it.

use crate::diagnostic::{Diagnostic, Severity, in_a_line};
use crate::source::Sources;

/// The place, the code, the message, and in lines of their own the other place and the help.
///
/// ```
/// use mot::diagnostic::line;
/// use mot::source::{SourceFile, Sources};
///
/// let mut sources = Sources::new();
/// let file = SourceFile::new("desk.mot", "sevice desk {}\n");
/// let (_, faults) = mot::syntax::parse(sources.add(file.clone()), &file);
/// let told = line(&faults[0], &sources);
/// assert!(told.starts_with("desk.mot:1:1: error[syntax/unknown-declaration]: "), "{told}");
/// ```
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let words = diagnostic.words();
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut lines =
        vec![format!("{}: {severity}[{}]: {}", sources.location(diagnostic.at), diagnostic.code(), words.message)];
    lines.extend(diagnostic.other.map(|other| format!("  {}: {}", sources.location(other), words.other)));
    lines.extend(words.help.map(|help| format!("  help: {help}")));
    lines.iter().map(|line| in_a_line(line).into_owned() + "\n").collect()
}
