//! Tables: each row is reached, and each case finds one.

use super::Proofs;
use super::faults::ProofFault;
use super::space::{Answer, Missing, Space, Unasked, Wanted};
use super::truth_set::TruthSet;
use super::words::example;

use crate::graph::{ObligedRow, ObligedTable};

impl Proofs<'_> {
    /// Tells of rows that no case takes, and of cases that take no row; and of what could not be decided of either.
    pub fn table(&mut self, table: &ObligedTable) {
        let conditions = table.rows.iter().filter_map(|row| row.condition.as_ref());
        let left = match self.space(conditions) {
            Ok(space) => self.rows(&Rows::new(&space, table)),
            Err(Unasked::AtFault) => return,
            Err(Unasked::TooLarge) => {
                let all = "that each row of this table is reached, and that each case finds one".to_owned();
                Left { first: 0, what: vec![all] }
            }
        };
        if let Some(row) = table.rows.get(left.first).filter(|_| !left.what.is_empty()) {
            self.fault(ProofFault::Undecided { what: left.what.join(", nor ") }, row.at, None);
        }
    }

    /// What could not be decided.
    fn rows(&mut self, rows: &Rows<'_, '_>) -> Left {
        let unproved: Vec<usize> = (0..rows.table.rows.len()).filter(|row| !self.row_is_reached(rows, *row)).collect();
        let mut left = Left { first: unproved.first().copied().unwrap_or_default(), what: Vec::new() };
        match unproved.len() {
            0 => {}
            1 => left.what.push("that this row is reached".into()),
            count => left.what.push(format!("that this row and {} others of its table are reached", count - 1)),
        }
        let open = !rows.table.rows.iter().any(|row| row.condition.is_none());
        if rows.table.for_all && open && !self.each_case_finds_a_row(rows) {
            left.what.push("that each case finds a row of this table".into());
        }
        let standard = rows.table.standard.and_then(|standard| self.graph.standards.get(standard));
        if let Some(standard) = standard {
            rows.space.gave_up();
            self.no_case_waits_for_order_alone(rows, standard);
            if rows.space.gave_up() {
                let sooner = "that no row of this table takes cases that a later one would serve sooner";
                left.what.push(sooner.into());
            }
        }
        left
    }

    /// Whether it could be decided that some case takes this row.
    fn row_is_reached(&mut self, rows: &Rows<'_, '_>, index: usize) -> bool {
        let Some(row) = rows.table.rows.get(index) else { return true };
        match rows.space.find(&rows.taken(index), Missing::Any) {
            Answer::Case(_) => return true,
            Answer::Undecided => return false,
            Answer::None => {}
        }
        // A row that never holds is told of as a condition.
        if rows.space.find(&rows.holds(index), Missing::Any) == Answer::None {
            return true;
        }
        let alone = (0..index).find(|before| rows.takes_all_of(*before, index));
        let meets = |truths| (0..index).find(|before| rows.both(*before, index, truths).is_some());
        let before = alone.or_else(|| meets(TruthSet::TRUE)).or_else(|| meets(TruthSet::UNKNOWN));
        let Some((before, first)) = before.and_then(|before| Some((before, rows.table.rows.get(before)?))) else {
            return true;
        };
        // A condition that always holds is told of where it stands.
        if row.condition.is_none()
            && rows.conditions_before(index)
            && (0..index).any(|before| rows.always_holds(before))
        {
            return true;
        }
        let otherwise = row.condition.is_none() && first.condition.is_some();
        let (instead, waits) = match rows.both(before, index, TruthSet::TRUE) {
            Some(case) => (case, false),
            None => (rows.both(before, index, TruthSet::UNKNOWN).unwrap_or_default(), true),
        };
        let fault = ProofFault::DeadRow {
            table: rows.table.name,
            first: self.said(first.at),
            alone: alone.is_some(),
            instead: example(rows.space, &instead),
            waits,
            otherwise,
        };
        self.fault(fault, row.at, Some(first.at));
        true
    }

    /// Whether it could be decided that each case finds a row.
    fn each_case_finds_a_row(&mut self, rows: &Rows<'_, '_>) -> bool {
        let Some(last) = rows.table.rows.last() else { return true };
        let none_may_be = |truths| rows.all_before(rows.table.rows.len(), truths);
        let (found, missing) = match rows.space.find(&none_may_be(TruthSet::FALSE), Missing::Any) {
            // A field that may be missing needs a row where it decides.
            Answer::None => (rows.space.find(&none_may_be(TruthSet::FALSE | TruthSet::UNKNOWN), Missing::Marked), true),
            found => (found, false),
        };
        if let Answer::Case(case) = &found {
            let example = example(rows.space, case);
            self.fault(ProofFault::NoOtherwise { table: rows.table.name, example, missing }, last.at, None);
        }
        found != Answer::Undecided
    }
}

/// What could not be decided of a table.
struct Left {
    /// The first row that it is about.
    first: usize,
    /// What is not proved.
    what: Vec<String>,
}

/// A table, and all the cases that its rows tell apart.
pub struct Rows<'s, 'g> {
    /// The cases.
    pub space: &'s Space<'g>,
    /// The table.
    pub table: &'s ObligedTable,
    /// Where the condition of each row is in the space; none for a row that takes every case.
    conditions: Vec<Option<usize>>,
    /// What a row may be for a case that goes past it.
    passed: TruthSet,
}

impl<'s, 'g> Rows<'s, 'g> {
    fn new(space: &'s Space<'g>, table: &'s ObligedTable) -> Self {
        let mut conditions = 0..;
        let number = |row: &ObligedRow| row.condition.as_ref().and_then(|_| conditions.next());
        // Words of a grade decide no verdict: what cannot be told is passed by.
        let passed = match table.name {
            "severity" | "control" => TruthSet::FALSE | TruthSet::UNKNOWN,
            _ => TruthSet::FALSE,
        };
        Self { space, table, conditions: table.rows.iter().map(number).collect(), passed }
    }

    /// Where the condition of a row is in the space.
    pub fn condition(&self, row: usize) -> Option<usize> {
        self.conditions.get(row).copied().flatten()
    }

    /// That a row holds.
    fn holds(&self, row: usize) -> Vec<Wanted> {
        self.condition(row).map(|condition| (condition, TruthSet::TRUE)).into_iter().collect()
    }

    /// Whether all rows before one have a condition.
    fn conditions_before(&self, row: usize) -> bool {
        self.conditions.iter().take(row).all(Option::is_some)
    }

    fn always_holds(&self, row: usize) -> bool {
        let fails: Vec<Wanted> =
            self.condition(row).map(|condition| (condition, TruthSet::FALSE)).into_iter().collect();
        self.space.find(&fails, Missing::Any) == Answer::None
    }

    /// That all rows before one have these truths. Nothing gets past a row that takes every case.
    fn all_before(&self, row: usize, truths: TruthSet) -> Vec<Wanted> {
        let before = self.conditions.iter().take(row);
        before
            .map(|condition| condition.map_or((usize::MAX, TruthSet::NONE), |condition| (condition, truths)))
            .collect()
    }

    /// That a row is taken: it holds, and all before it were passed by.
    pub fn taken(&self, row: usize) -> Vec<Wanted> {
        let before = self.all_before(row, self.passed);
        self.holds(row).into_iter().chain(before).collect()
    }

    /// Whether one row alone takes all cases of a later one.
    fn takes_all_of(&self, before: usize, row: usize) -> bool {
        let Some(condition) = self.condition(before) else { return true };
        let wanted: Vec<Wanted> = self.holds(row).into_iter().chain([(condition, self.passed)]).collect();
        self.space.find(&wanted, Missing::Any) == Answer::None
    }

    /// A case that a row is meant for, and for which one before it has these truths.
    fn both(&self, before: usize, row: usize, truths: TruthSet) -> Option<Vec<Option<usize>>> {
        let before = self.condition(before).map(|condition| (condition, truths));
        let wanted: Vec<Wanted> = self.holds(row).into_iter().chain(before).collect();
        match self.space.find(&wanted, Missing::Any) {
            Answer::Case(case) => Some(case),
            _ => None,
        }
    }
}
