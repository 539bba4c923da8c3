//! Target tables and the order of values: a field that makes one wait less does so in every table.

use super::Proofs;
use super::cells::{self, Cell, Read};
use super::faults::ProofFault;
use super::space::{Assignment, Missing, Space};
use super::truths::Truths;
use super::words::{self, example, value_words};
use crate::graph::model::{Condition, Limit, Operand, Promise, Standard, TargetRow};
use crate::source::Span;
use crate::vocabulary::Value;

/// Cases of one table that are looked at, beyond which nothing is said.
const CASES: usize = 2_000;

impl Proofs<'_> {
    /// Warns of a table in which a field counts the other way than in the rest of these standards: mostly the
    /// higher value is served sooner (priority), or mostly later (complexity), all else being equal.
    pub fn each_order_points_one_way(&mut self) {
        let steps: Vec<Step> = self.graph.standards.iter().flat_map(|standard| self.steps(standard)).collect();
        // How often each field counts each way.
        let mut ways: Vec<(&Operand, usize, usize)> = Vec::new();
        for step in &steps {
            let known = ways.iter().position(|(field, ..)| **field == step.field);
            let index = known.unwrap_or_else(|| {
                ways.push((&step.field, 0, 0));
                ways.len() - 1
            });
            if let Some((_, sooner, later)) = ways.get_mut(index) {
                *if step.higher_is_sooner { sooner } else { later } += 1;
            }
        }
        for step in &steps {
            let way = ways.iter().find(|(field, ..)| **field == step.field);
            let Some((_, sooner, later)) = way.filter(|(_, sooner, later)| *sooner > 0 && *later > 0) else { continue };
            // Of as many either way, higher is meant to be sooner.
            let higher_is_sooner = sooner >= later;
            if step.higher_is_sooner != higher_is_sooner {
                let fault = ProofFault::AgainstTheOrder {
                    field: words::operand_name(self.graph, &step.field),
                    longer: step.longer.clone(),
                    shorter: step.shorter.clone(),
                    higher_is_sooner,
                    example: step.example.clone(),
                };
                self.fault(fault, step.at, Some(step.other));
            }
        }
    }

    /// The steps between rows of a target table, for each ordered field that it reads.
    fn steps(&self, standard: &Standard) -> Vec<Step> {
        // Hours of two calendars do not compare.
        let calendar = standard.counting.first().map(|row| row.calendar);
        let same_calendar = standard.counting.iter().all(|row| Some(row.calendar) == calendar);
        let rows = &standard.targets;
        let conditions = || rows.iter().filter_map(|row| row.condition.as_ref());
        let reads_an_order = |condition: &Condition| {
            may_read(condition, &|operand| cells::is_ordered_choice(self.graph, &Read::Field(operand.clone())))
        };
        if !same_calendar || rows.len() < 2 || !conditions().any(reads_an_order) {
            return Vec::new();
        }
        let Ok(space) = self.space(conditions()) else { return Vec::new() };
        let table = Table::new(&space, rows);
        (0..space.readings().count()).flat_map(|reading| table.steps(reading)).collect()
    }
}

/// A row that gives more time than another, for cases that differ in one field only.
struct Step {
    field: Operand,
    higher_is_sooner: bool,
    /// The value and the row that wait longer.
    longer: [String; 2],
    /// The value and the row that wait less.
    shorter: [String; 2],
    /// What else must be so.
    example: Option<String>,
    at: Span,
    other: Span,
}

struct Table<'s, 'g> {
    space: &'s Space<'g>,
    rows: Vec<(Option<usize>, &'s TargetRow)>,
}

impl<'s, 'g> Table<'s, 'g> {
    fn new(space: &'s Space<'g>, rows: &'s [TargetRow]) -> Self {
        let mut conditions = 0..;
        let number = |row: &'s TargetRow| (row.condition.as_ref().and_then(|_: &Condition| conditions.next()), row);
        Self { space, rows: rows.iter().map(number).collect() }
    }

    /// The steps that a field makes, each pair of rows once.
    fn steps(&self, reading: usize) -> Vec<Step> {
        let graph = self.space.graph();
        let Some((Read::Field(operand), cells)) = self.space.readings().nth(reading) else { return Vec::new() };
        if !cells::is_ordered_choice(graph, &Read::Field(operand.clone())) {
            return Vec::new();
        }
        let values: Vec<(usize, &Value)> = cells.iter().enumerate().filter_map(known).collect();
        let mut steps: Vec<Step> = Vec::new();
        for case in self.cases_beside(reading) {
            let mut looked_at = case.clone();
            let mut row_for = |cell: usize| {
                settle(&mut looked_at, reading, Some(cell));
                self.taken(&looked_at)
            };
            let taken = values.iter().filter_map(|(cell, value)| Some((*cell, *value, row_for(*cell)?)));
            let taken: Vec<_> = taken.collect();
            for (index, low) in taken.iter().enumerate() {
                for high in taken.iter().skip(index + 1) {
                    let higher_is_sooner = is_longer(low.2, high.2);
                    if !higher_is_sooner && !is_longer(high.2, low.2) {
                        continue;
                    }
                    let (longer, shorter) = if higher_is_sooner { (low, high) } else { (high, low) };
                    let (at, other) = (longer.2.span, shorter.2.span);
                    if steps.iter().any(|known| (known.at, known.other) == (at, other)) {
                        continue;
                    }
                    let matters = self.what_matters(&case, reading, longer.0, shorter.0);
                    let said = |(_, value, row): &(usize, &Value, &TargetRow)| {
                        [value_words(graph, operand, value), row.said.clone()]
                    };
                    steps.push(Step {
                        field: operand.clone(),
                        higher_is_sooner,
                        longer: said(longer),
                        shorter: said(shorter),
                        example: example(self.space, &matters),
                        at,
                        other,
                    });
                }
            }
        }
        steps
    }

    /// The row that a case takes, all being settled.
    fn taken(&self, case: &Assignment) -> Option<&'s TargetRow> {
        for (condition, row) in &self.rows {
            let truths = condition.map_or(Truths::TRUE, |condition| self.space.truths(condition, case, Missing::Any));
            match truths {
                Truths::TRUE => return Some(row),
                Truths::FALSE => {}
                _ => return None,
            }
        }
        None
    }

    /// What else must be so in a case for two values of a reading to take the rows they take.
    fn what_matters(&self, case: &Assignment, reading: usize, one: usize, other: usize) -> Assignment {
        let rows =
            |case: &Assignment| [one, other].map(|cell| self.taken(&with(case, reading, cell)).map(|row| row.span));
        let mut kept = case.clone();
        for index in 0..kept.len() {
            let mut fewer = kept.clone();
            settle(&mut fewer, index, None);
            if rows(&fewer) == rows(case) {
                kept = fewer;
            }
        }
        kept
    }

    /// All cases, one reading left open; none at all if they are too many.
    fn cases_beside(&self, reading: usize) -> Vec<Assignment> {
        let mut cases = vec![Assignment::new()];
        for (index, (_, cells)) in self.space.readings().enumerate() {
            let choices: Vec<Option<usize>> =
                if index == reading { vec![None] } else { (0..cells.len()).map(Some).collect() };
            if cases.len().saturating_mul(choices.len()) > CASES {
                return Vec::new();
            }
            let longer = |case: &Assignment| {
                let case = case.clone();
                choices.iter().map(move |choice| case.iter().copied().chain([*choice]).collect()).collect::<Vec<_>>()
            };
            cases = cases.iter().flat_map(longer).collect();
        }
        cases
    }
}

fn known((cell, found): (usize, &Cell)) -> Option<(usize, &Value)> {
    match found {
        Cell::Known(value) => Some((cell, value)),
        Cell::Missing => None,
    }
}

fn with(case: &Assignment, reading: usize, cell: usize) -> Assignment {
    let mut case = case.clone();
    settle(&mut case, reading, Some(cell));
    case
}

fn settle(case: &mut Assignment, reading: usize, cell: Option<usize>) {
    if let Some(slot) = case.get_mut(reading) {
        *slot = cell;
    }
}

/// Whether one row surely gives more time than another.
fn is_longer(one: &TargetRow, other: &TargetRow) -> bool {
    match (&one.promise, &other.promise) {
        (Promise::Within(one), Promise::Within(other)) => match (one, other) {
            (Limit::Exact(one), Limit::Exact(other)) => one > other,
            (Limit::WorkingDays(one), Limit::WorkingDays(other)) => one > other,
            (Limit::CalendarDays(one, moved), Limit::CalendarDays(other, also)) => one > other && moved == also,
            _ => false,
        },
        (Promise::Within(_), Promise::AtOnce) => true,
        _ => false,
    }
}

/// Whether a condition reads such a field, or a segment that may.
fn may_read(condition: &Condition, such: &dyn Fn(&Operand) -> bool) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| may_read(part, such)),
        Condition::Not(inner) => may_read(inner, such),
        Condition::Segment(_) => true,
        Condition::IsTrue(operand)
        | Condition::Known(operand)
        | Condition::Compare(operand, ..)
        | Condition::OneOf(operand, _) => such(operand),
        Condition::StartedIn(_) => false,
    }
}
