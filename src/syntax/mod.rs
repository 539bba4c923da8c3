//! From text to tree.
//!
//! `grammar/standards.pest` says what can be written; `parse` reads a whole file by it. What the
//! grammar could not read it hands over in slices, and each slice is read once more, strictly, to
//! find the words for what is wrong: one mistake never hides another.

mod chunks;
mod depth;
mod faults;
mod grammar;
pub mod language;
mod parse;
pub mod print;
mod scan;
#[cfg(test)]
mod tests;
pub mod tree;
mod unreadable;
pub mod words;

pub use faults::SyntaxFault;

use std::ops::Range;

use chunks::portions;
use grammar::{Grammar, Rule};
use parse::TreeBuilder;
use pest::Parser;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Span};

/// Reads a file: its tree, as far as it could be read, and all its faults in order of place.
pub fn parse(file: FileId, source: &SourceFile) -> (tree::File, Vec<Diagnostic>) {
    let text = source.text();
    let too_deep = depth::too_deep(file, text);
    if !too_deep.is_empty() {
        return (tree::File { unread: true, ..tree::File::default() }, too_deep);
    }
    let mut tree = tree::File::default();
    for portion in portions(text) {
        let whole = 0..text.len();
        let is_whole = portion == whole;
        let (read, faults) = read(file, text, portion);
        if !faults.is_empty() {
            // What cannot be read may reach beyond its portion.
            return if is_whole { (read, faults) } else { self::read(file, text, whole) };
        }
        tree.declarations.extend(read.declarations);
        tree.lost.extend(read.lost);
        tree.lost_service |= read.lost_service;
    }
    (tree, Vec::new())
}

/// Reads a portion of a text.
fn read(file: FileId, text: &str, portion: Range<usize>) -> (tree::File, Vec<Diagnostic>) {
    let start = portion.start;
    let mut builder = TreeBuilder::new(file, text, start);
    match Grammar::parse(Rule::file, text.get(portion).unwrap_or_default()) {
        Ok(pairs) => {
            let mut tree = builder.file(pairs);
            let mut faults = builder.into_faults();
            tree.unread = !faults.is_empty();
            faults.sort_by_key(|fault| fault.at);
            (tree, faults)
        }
        // `file` reads anything; this is here so that a slip in the grammar is told, not hidden.
        Err(error) => {
            let at = match error.location {
                pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => start + at,
            };
            let fault = SyntaxFault::Unreadable;
            (
                tree::File { unread: true, ..tree::File::default() },
                vec![Diagnostic::new(fault, Span::new(file, at, at + 1))],
            )
        }
    }
}
