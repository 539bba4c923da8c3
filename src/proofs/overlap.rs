//! Rows of a target table that are meant for the same cases, of which the slower comes first.
//!
//! The first row that holds is taken. So whoever has two claims gets the slower one if that stands first, and its
//! author seldom meant so: a claim is there to be served sooner by. A row all of whose cases a later one has too is an
//! exception, and stands where exceptions stand. A row that promises nothing draws the line of what the table is
//! about, and may stand first; so may `due at`, which no length of time compares with.

use super::Proofs;
use super::compare_limits::Counted;
use super::faults::ProofFault;
use super::space::{Answer, Assignment, Missing, Wanted};
use super::tables::Rows;
use super::truth_set::TruthSet;
use super::words::example;

use crate::graph::{Condition, Promise, Standard};

impl Proofs<'_> {
    /// Warns of each row that takes cases from a later one that would serve them sooner: of several such, from the
    /// one that would serve them soonest.
    pub fn no_case_waits_for_order_alone(&mut self, rows: &Rows<'_, '_>, standard: &Standard) {
        let targets = Targets { rows, standard, counted: self.calendars.counted_by(standard) };
        for row in 0..rows.table.rows.len() {
            if let Some((later, case)) = targets.soonest_claim(row) {
                self.overlap(rows, row, later, &case);
            }
        }
    }

    fn overlap(&mut self, rows: &Rows<'_, '_>, row: usize, later: usize, case: &Assignment) {
        let (Some(first), Some(second)) = (rows.table.rows.get(row), rows.table.rows.get(later)) else { return };
        let [front, claim] = [first, second].map(|row| row.when.map(|at| self.said(at)).unwrap_or_default());
        let front = match first.condition {
            Some(Condition::Any(_)) => format!("({front})"),
            _ => front,
        };
        let without = match second.condition {
            Some(Condition::Segment(_) | Condition::IsTrue(_)) => format!("not {claim}"),
            _ => format!("not ({claim})"),
        };
        let fault = ProofFault::Overlap {
            sooner: self.said(second.at),
            example: example(rows.space, case).unwrap_or_default(),
            apart: format!("{front} and {without}"),
        };
        self.fault(fault, first.at, Some(second.at));
    }
}

/// The targets of a clock.
struct Targets<'r, 's, 'g> {
    rows: &'r Rows<'s, 'g>,
    standard: &'r Standard,
    counted: Counted,
}

impl Targets<'_, '_, '_> {
    /// Of the later rows that would serve some cases of a row sooner, the one that would serve them soonest, and such
    /// a case.
    fn soonest_claim(&self, row: usize) -> Option<(usize, Assignment)> {
        let mut soonest: Option<(usize, Assignment)> = None;
        for later in row + 1..self.rows.table.rows.len() {
            let bound = soonest.as_ref().map_or(row, |(best, _)| *best);
            if self.is_longer(bound, later)
                && let Some(case) = self.case_of_both(row, later)
            {
                soonest = Some((later, case));
            }
        }
        soonest
    }

    /// Whether one row surely gives more time than another.
    fn is_longer(&self, one: usize, other: usize) -> bool {
        let promise = |row: usize| self.promise(row);
        promise(one).zip(promise(other)).is_some_and(|(one, other)| self.counted.is_longer(one, other))
    }

    fn promise(&self, row: usize) -> Option<&Promise> {
        let at = self.rows.table.rows.get(row)?.at;
        self.standard.targets.iter().find(|target| target.span == at).map(|target| &target.promise)
    }

    /// A case that a row takes and that a later one is meant for too, if each has cases of its own.
    fn case_of_both(&self, row: usize, later: usize) -> Option<Assignment> {
        let (first, second) = (self.rows.condition(row)?, self.rows.condition(later)?);
        // Most rows have no case in common: that is soon seen.
        self.case_of(&[(first, TruthSet::TRUE), (second, TruthSet::TRUE)])?;
        let taken = self.rows.taken(row);
        let both = self.case_of(&[taken.as_slice(), &[(second, TruthSet::TRUE)]].concat())?;
        self.case_of(&[taken.as_slice(), &[(second, TruthSet::FALSE)]].concat())?;
        self.case_of(&self.rows.taken(later))?;
        Some(both)
    }

    fn case_of(&self, wanted: &[Wanted]) -> Option<Assignment> {
        match self.rows.space.find(wanted, Missing::Any) {
            Answer::Case(case) => Some(case),
            _ => None,
        }
    }
}
