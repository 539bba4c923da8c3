//! Target tables and the order of values: a field that makes one wait less does so in every table.

use super::Proofs;
use super::cells::{self, Cell, Read};
use super::compare_limits::{Calendars, Counted};
use super::faults::{ProofFault, Sooner, Waiting};
use super::space::{Assignment, Missing, Space};
use super::truth_set::TruthSet;
use super::words::{self, example, value_words};

use crate::graph::{Condition, Graph, Operand, Standard, TargetRow};
use crate::source::Span;
use crate::vocabulary::Value;

/// Cases of one table that are looked at, beyond which nothing is said.
const CASES: usize = 2_000;

impl Proofs<'_> {
    /// Warns of a table in which a field counts the other way than in the rest of these standards: mostly the
    /// higher value is served sooner (priority), or mostly later (complexity), all else being equal. So for a segment
    /// inside another: whoever is in it is served sooner everywhere, or nothing is claimed of it.
    pub fn each_order_points_one_way(&mut self) {
        let steps: Vec<Step> = self.graph.standards.iter().flat_map(|standard| self.steps(standard)).collect();
        let of_fields = against_the_rest(&steps);
        for step in &of_fields {
            self.against_the_order(step);
        }
        let told: Vec<_> = of_fields.iter().map(|step| (step.at, step.other)).collect();
        let nested: Vec<Step> = self.graph.standards.iter().flat_map(|standard| self.steps_inside(standard)).collect();
        for step in against_the_rest(&nested) {
            // A segment may rest on an ordered field: then that is told.
            if !step.higher_is_sooner && !told.contains(&(step.at, step.other)) {
                self.against_the_order(step);
            }
        }
    }

    fn against_the_order(&mut self, step: &Step) {
        let elsewhere = match (&step.of, step.higher_is_sooner) {
            (Order::Field(field), false) => Sooner::Higher(words::operand_name(self.graph, field)),
            (Order::Field(field), true) => Sooner::Lower(words::operand_name(self.graph, field)),
            (Order::Inside(inner, _), _) => {
                let inner = self.graph.segments.get(*inner);
                Sooner::Inside(inner.map(|segment| segment.name.clone()).unwrap_or_default())
            }
        };
        let (longer, shorter, example) = (step.longer.clone(), step.shorter.clone(), step.example.clone());
        let fault = ProofFault::AgainstTheOrder { longer, shorter, elsewhere, example };
        self.fault(fault, step.at, Some(step.other));
    }

    /// The steps between rows of a target table, for each ordered field that it reads.
    fn steps(&self, standard: &Standard) -> Vec<Step> {
        let conditions = || conditions(standard);
        let reads_an_order = |condition: &Condition| {
            may_read(condition, &|operand| cells::is_ordered_choice(self.graph, &Read::Field(operand.clone())))
        };
        if standard.targets.len() < 2 || !conditions().any(reads_an_order) {
            return Vec::new();
        }
        let Ok(space) = self.space(conditions()) else { return Vec::new() };
        let table = Table::new(&space, standard, &self.calendars);
        (0..space.readings().count()).flat_map(|reading| table.steps(reading)).collect()
    }
}

/// The steps that go the other way than most of their order; of as many either way, higher is meant to be sooner.
fn against_the_rest(steps: &[Step]) -> Vec<&Step> {
    let mut ways: Vec<(&Order, usize, usize)> = Vec::new();
    for step in steps {
        let known = ways.iter().position(|(order, ..)| **order == step.of);
        let index = known.unwrap_or_else(|| {
            ways.push((&step.of, 0, 0));
            ways.len() - 1
        });
        if let Some((_, sooner, later)) = ways.get_mut(index) {
            *if step.higher_is_sooner { sooner } else { later } += 1;
        }
    }
    let goes_against = |step: &&Step| {
        let way = ways.iter().find(|(order, ..)| **order == step.of);
        way.is_some_and(|(_, sooner, later)| *sooner > 0 && *later > 0 && step.higher_is_sooner != (sooner >= later))
    };
    steps.iter().filter(goes_against).collect()
}

/// The conditions of the targets of a standard, then those of what it counts.
pub fn conditions(standard: &Standard) -> impl Iterator<Item = &Condition> {
    let targets = standard.targets.iter().filter_map(|row| row.condition.as_ref());
    targets.chain(standard.counting.iter().filter_map(|row| row.condition.as_ref()))
}

/// What makes one wait less than another.
#[derive(Clone, PartialEq, Debug)]
pub enum Order {
    /// An ordered field.
    Field(Operand),
    /// A segment inside another: who is in it counts as higher.
    Inside(usize, usize),
}

/// A row that gives more time than another, for cases that differ in one thing only.
pub struct Step {
    /// What they differ in.
    pub of: Order,
    /// Whether the higher takes the row that gives less.
    pub higher_is_sooner: bool,
    /// Who waits longer.
    pub longer: Waiting,
    /// Who waits less.
    pub shorter: Waiting,
    /// What else must be so.
    pub example: Option<String>,
    /// The row that gives more time.
    pub at: Span,
    /// The row that gives less.
    pub other: Span,
}

/// What a case gets.
#[derive(Clone, Copy)]
pub struct Place<'s> {
    /// The row of the targets.
    pub row: &'s TargetRow,
    /// The row of the calendars, if some are counted.
    counting: Option<usize>,
}

/// Rows by the number of their condition in a space; none for one that takes every case.
type Rows = Vec<Option<usize>>;

/// The targets of a standard, and what it counts.
pub struct Table<'s, 'g> {
    space: &'s Space<'g>,
    standard: &'s Standard,
    targets: Rows,
    counting: Rows,
    /// What the clock counts, by the row that says so.
    counted: Vec<Counted>,
}

impl<'s, 'g> Table<'s, 'g> {
    /// A table, and the space of its [`conditions`]; of others too, if they come behind.
    pub fn new(space: &'s Space<'g>, standard: &'s Standard, calendars: &Calendars<'_>) -> Self {
        let mut numbers = 0..;
        let mut number = |condition: &Option<Condition>| condition.as_ref().and_then(|_| numbers.next());
        let targets = standard.targets.iter().map(|row| number(&row.condition)).collect();
        let counting = standard.counting.iter().map(|row| number(&row.condition)).collect();
        let counted = standard.counting.iter().map(|row| calendars.counted(row.calendar));
        Self { space, standard, targets, counting, counted: counted.collect() }
    }

    /// The steps that a field makes, each pair of rows once either way.
    fn steps(&self, reading: usize) -> Vec<Step> {
        let graph = self.space.graph();
        let Some((Read::Field(operand), cells)) = self.space.readings().nth(reading) else { return Vec::new() };
        if !cells::is_ordered_choice(graph, &Read::Field(operand.clone())) {
            return Vec::new();
        }
        let values: Vec<(usize, &Value)> = cells.iter().enumerate().filter_map(known).collect();
        let mut steps: Vec<Step> = Vec::new();
        for case in self.cases(Some(reading)) {
            let mut looked_at = case.clone();
            let mut row_for = |cell: usize| {
                settle(&mut looked_at, reading, Some(cell));
                self.place(&looked_at)
            };
            let taken = values.iter().filter_map(|(cell, value)| Some((*cell, *value, row_for(*cell)?)));
            let taken: Vec<_> = taken.collect();
            for (index, low) in taken.iter().enumerate() {
                for high in taken.iter().skip(index + 1) {
                    let higher_is_sooner = self.is_longer(low.2, high.2);
                    if !higher_is_sooner && !self.is_longer(high.2, low.2) {
                        continue;
                    }
                    let (longer, shorter) = if higher_is_sooner { (low, high) } else { (high, low) };
                    let (at, other) = (longer.2.row.span, shorter.2.row.span);
                    let known =
                        |step: &Step| (step.at, step.other, step.higher_is_sooner) == (at, other, higher_is_sooner);
                    if steps.iter().any(known) {
                        continue;
                    }
                    let matters = self.what_matters(&case, reading, longer.0, shorter.0);
                    let waiting =
                        |(_, value, place): &(usize, &Value, Place<'_>)| waiting(graph, operand, value, place.row);
                    steps.push(Step {
                        of: Order::Field(operand.clone()),
                        higher_is_sooner,
                        longer: waiting(longer),
                        shorter: waiting(shorter),
                        example: example(self.space, &matters),
                        at,
                        other,
                    });
                }
            }
        }
        steps
    }

    /// What a case gets, all being settled.
    pub fn place(&self, case: &Assignment) -> Option<Place<'s>> {
        let counting = match self.counting.is_empty() {
            true => None,
            false => Some(self.first(&self.counting, case)?),
        };
        let row = self.standard.targets.get(self.first(&self.targets, case)?)?;
        Some(Place { row, counting })
    }

    /// The first row that holds, if none before it may.
    fn first(&self, rows: &Rows, case: &Assignment) -> Option<usize> {
        for (row, condition) in rows.iter().enumerate() {
            let truths = condition.map_or(TruthSet::TRUE, |condition| self.space.truths(condition, case, Missing::Any));
            match truths {
                TruthSet::TRUE => return Some(row),
                TruthSet::FALSE => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether one case surely gets more time than another. Hours of two calendars do not compare.
    pub fn is_longer(&self, one: Place<'_>, other: Place<'_>) -> bool {
        let calendar =
            |place: Place<'_>| place.counting.and_then(|row| self.standard.counting.get(row)).map(|row| row.calendar);
        let counted = one.counting.and_then(|row| self.counted.get(row)).copied().unwrap_or(Counted::TheWall);
        calendar(one) == calendar(other) && counted.is_longer(&one.row.promise, &other.row.promise)
    }

    /// What else must be so in a case for two values of a reading to get what they get.
    fn what_matters(&self, case: &Assignment, reading: usize, one: usize, other: usize) -> Assignment {
        let places = |case: &Assignment| {
            [one, other]
                .map(|cell| self.place(&with(case, reading, cell)).map(|place| (place.row.span, place.counting)))
        };
        let mut kept = case.clone();
        for index in 0..kept.len() {
            let mut fewer = kept.clone();
            settle(&mut fewer, index, None);
            if places(&fewer) == places(case) {
                kept = fewer;
            }
        }
        kept
    }

    /// All cases, one reading left open if said; none at all if they are too many.
    pub fn cases(&self, open: Option<usize>) -> Vec<Assignment> {
        let mut cases = vec![Assignment::new()];
        for (index, (_, cells)) in self.space.readings().enumerate() {
            let choices: Vec<Option<usize>> =
                if Some(index) == open { vec![None] } else { (0..cells.len()).map(Some).collect() };
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

fn waiting(graph: &Graph, operand: &Operand, value: &Value, row: &TargetRow) -> Waiting {
    let (field, short) = (words::operand_name(graph, operand), value_words(graph, operand, value));
    Waiting { who: format!("{field} is {short}"), short, row: row.said.clone() }
}

fn settle(case: &mut Assignment, reading: usize, cell: Option<usize>) {
    if let Some(slot) = case.get_mut(reading) {
        *slot = cell;
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
