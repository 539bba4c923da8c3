//! Whether somebody had to be told, so that an asking was no needless one.

use crate::engine::finding::UnknownFact;
use crate::engine::truth::Truth;

/// Whether a level demands what an asking does, and why that cannot be told.
#[derive(Debug)]
pub struct Demanded {
    /// Whether.
    pub truth: Truth,
    /// Why it cannot be told.
    pub unknown: Vec<UnknownFact>,
}

impl Demanded {
    /// Nothing demands it.
    pub fn no() -> Self {
        Self { truth: Truth::False, unknown: Vec::new() }
    }

    /// One more level, that demands it, does not, or may.
    pub fn add(&mut self, truth: Truth, why: Vec<UnknownFact>) {
        self.truth = self.truth.or(truth);
        if truth == Truth::Unknown {
            self.unknown.extend(why);
        }
    }
}
