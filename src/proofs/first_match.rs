//! Tables as questions: what must be so for a case to take a row?

use super::space::Wanted;
use super::truth_set::TruthSet;

use crate::graph::{Condition, OfferAction, TargetRow};

/// A row of a table of which the first that holds is taken.
pub trait Row {
    /// For which cases; `None` for all others.
    fn condition(&self) -> Option<&Condition>;
}

impl Row for TargetRow {
    fn condition(&self) -> Option<&Condition> {
        self.condition.as_ref()
    }
}

impl Row for OfferAction {
    fn condition(&self) -> Option<&Condition> {
        self.condition.as_ref()
    }
}

impl<R: Row> Row for &R {
    fn condition(&self) -> Option<&Condition> {
        (**self).condition()
    }
}

/// The conditions of a table, in order; rows that take every case have none.
pub fn conditions<R: Row>(rows: &[R]) -> impl Iterator<Item = &Condition> {
    rows.iter().filter_map(Row::condition)
}

/// That a case surely takes a row, where the conditions of the table are those from `first` on in a space; none if
/// a row before it takes every case.
pub fn surely<R: Row>(rows: &[R], row: usize, first: usize) -> Option<Vec<Wanted>> {
    wanted(rows, row, first, [TruthSet::FALSE, TruthSet::TRUE])
}

/// That a case may take a row, for all that is known of it.
pub fn perhaps<R: Row>(rows: &[R], row: usize, first: usize) -> Option<Vec<Wanted>> {
    wanted(rows, row, first, [TruthSet::TRUE.others(), TruthSet::FALSE.others()])
}

fn wanted<R: Row>(rows: &[R], row: usize, first: usize, [before, here]: [TruthSet; 2]) -> Option<Vec<Wanted>> {
    let mut wanted = Vec::new();
    let mut numbers = first..;
    for (index, found) in rows.iter().enumerate().take(row.saturating_add(1)) {
        match found.condition() {
            Some(_) => wanted.push((numbers.next()?, if index == row { here } else { before })),
            None if index < row => return None,
            None => {}
        }
    }
    Some(wanted)
}
