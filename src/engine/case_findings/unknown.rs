//! What could not be told.

use crate::engine::finding::UnknownFact;

pub fn once_each<'d>(doubts: impl IntoIterator<Item = &'d UnknownFact>) -> Vec<UnknownFact> {
    let mut once: Vec<UnknownFact> = Vec::new();
    for doubt in doubts {
        if !once.contains(doubt) {
            once.push(doubt.clone());
        }
    }
    once
}
