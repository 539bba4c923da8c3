//! The decision procedure: is there a case for which these conditions have these truths?
//!
//! All that the conditions read is cut into cells (see [`super::cells`]); a case is one cell of each. The search
//! settles one reading after the other, and turns back as soon as what is settled rules out what is wanted;
//! so most questions are answered long before all cases were looked at. An answer of "none" is a proof. A question
//! that takes too many steps is undecided, and so are all questions once those of one space have taken too many
//! together: the work grows with the standards, never with the cases that they tell apart. Steps are counted, not
//! timed, so that all machines leave the same undecided.

use std::cell::Cell as Counter;
use std::collections::{HashMap, HashSet};

use super::cells::{self, Cell, Read};
use super::segments::Segments;
use super::truth_set::TruthSet;

use crate::graph::{Comparison, Condition, Graph};
use crate::vocabulary::Value;

/// Steps of one search, beyond which a question is undecided.
const STEPS: usize = 20_000;
/// Parts of conditions looked at in all searches of a space, beyond which its questions are undecided.
const WORK: usize = 10_000_000;
/// Tests in all conditions together, each segment's once, beyond which nothing is decided.
const TESTS: usize = 5_000;

/// Conditions, and all the cases that they tell apart.
pub struct Space<'g> {
    graph: &'g Graph,
    readings: Vec<Reading>,
    formulas: Vec<Formula>,
    /// The segments that conditions name, each once and behind those that it rests on.
    segments: Vec<Formula>,
    /// How many more parts of conditions may be looked at.
    work: Counter<usize>,
    gave_up: Counter<bool>,
}

/// Something that is read, its cells, and what each test says of each cell.
struct Reading {
    read: Read,
    cells: Vec<Cell>,
    /// Whether the standards say that it may be missing.
    optional: bool,
    tests: Vec<Condition>,
    /// By test, by cell.
    truths: Vec<Vec<TruthSet>>,
    /// By test, what any cell may say, and what those may that the standards allow for.
    any: Vec<[TruthSet; 2]>,
}

/// A condition with its tests looked up.
enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    Segment(usize),
    Test { reading: usize, test: usize },
}

/// What is opened up, and how much more may be.
struct Opened<'s> {
    segments: &'s Segments,
    /// Where each segment that was met is in the space.
    places: HashMap<usize, usize>,
    tests: usize,
}

/// Why no question can be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unasked {
    /// A condition could not be resolved, or rests on a segment at fault: that is told where it stands.
    AtFault,
    /// The conditions are too many, or compare with numbers beyond reckoning.
    TooLarge,
}

/// Which fields may be missing in the cases looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// Any.
    Any,
    /// Those that the standards say may be.
    Marked,
}

/// A case: for each reading a cell, or none where any will do.
pub type Assignment = Vec<Option<usize>>;

/// The answer to a question.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// There is such a case.
    Case(Assignment),
    /// There is none.
    None,
    /// It took too long.
    Undecided,
}

/// A condition by its number, and the truths that are wanted of it.
pub type Wanted = (usize, TruthSet);

impl<'g> Space<'g> {
    /// The cases that these conditions tell apart.
    pub fn of<'c>(
        graph: &'g Graph,
        conditions: impl IntoIterator<Item = &'c Condition>,
        segments: &Segments,
    ) -> Result<Self, Unasked> {
        let (readings, formulas, met) = (Vec::new(), Vec::new(), Vec::new());
        let (work, gave_up) = (Counter::new(WORK), Counter::new(false));
        let mut space = Self { graph, readings, formulas, segments: met, work, gave_up };
        let mut opened = Opened { segments, places: HashMap::new(), tests: TESTS };
        for condition in conditions {
            let formula = space.formula(condition, &mut opened)?;
            space.formulas.push(formula);
        }
        for reading in &mut space.readings {
            reading.cut(graph).ok_or(Unasked::TooLarge)?;
        }
        Ok(space)
    }

    fn formula(&mut self, condition: &Condition, opened: &mut Opened<'_>) -> Result<Formula, Unasked> {
        Ok(match condition {
            // What could not be resolved stands as a condition without parts.
            Condition::All(parts) | Condition::Any(parts) if parts.is_empty() => return Err(Unasked::AtFault),
            Condition::All(parts) => Formula::All(self.formulas(parts, opened)?),
            Condition::Any(parts) => Formula::Any(self.formulas(parts, opened)?),
            Condition::Not(inner) => Formula::Not(Box::new(self.formula(inner, opened)?)),
            Condition::Segment(segment) => self.segment(*segment, opened)?,
            Condition::StartedIn(_) => self.test(Read::Start, condition, opened)?,
            Condition::IsTrue(operand)
            | Condition::Known(operand)
            | Condition::Compare(operand, ..)
            | Condition::OneOf(operand, _) => self.test(Read::Field(operand.clone()), condition, opened)?,
        })
    }

    /// A segment, opened up where it is met first.
    fn segment(&mut self, segment: usize, opened: &mut Opened<'_>) -> Result<Formula, Unasked> {
        let graph = self.graph;
        let meant = opened.segments.sound(segment).ok_or(Unasked::AtFault)?;
        if let Some(place) = opened.places.get(&meant) {
            return Ok(Formula::Segment(*place));
        }
        let condition = graph.segments.get(meant).map(|segment| &segment.condition).ok_or(Unasked::AtFault)?;
        let formula = self.formula(condition, opened)?;
        self.segments.push(formula);
        let place = self.segments.len() - 1;
        opened.places.insert(meant, place);
        Ok(Formula::Segment(place))
    }

    fn formulas(&mut self, parts: &[Condition], opened: &mut Opened<'_>) -> Result<Vec<Formula>, Unasked> {
        parts.iter().map(|part| self.formula(part, opened)).collect()
    }

    fn test(&mut self, read: Read, test: &Condition, opened: &mut Opened<'_>) -> Result<Formula, Unasked> {
        opened.tests = opened.tests.checked_sub(1).ok_or(Unasked::TooLarge)?;
        let known = self.readings.iter().position(|known| known.read == read);
        let index = known.unwrap_or_else(|| {
            let optional = cells::may_be_missing(self.graph, &read);
            let (cells, tests, truths, any) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            self.readings.push(Reading { read, cells, optional, tests, truths, any });
            self.readings.len() - 1
        });
        let reading = self.readings.get_mut(index).ok_or(Unasked::AtFault)?;
        let known = reading.tests.iter().position(|known| known == test);
        let test = known.unwrap_or_else(|| {
            reading.tests.push(test.clone());
            reading.tests.len() - 1
        });
        Ok(Formula::Test { reading: index, test })
    }

    /// A case in which each condition has one of the truths wanted of it, with no more settled than it takes.
    pub fn find(&self, wanted: &[Wanted], missing: Missing) -> Answer {
        let mut search = Search { space: self, wanted, missing, steps: STEPS, case: vec![None; self.readings.len()] };
        match search.settle() {
            Some(true) => {
                search.forget_what_does_not_matter();
                Answer::Case(search.case)
            }
            Some(false) => Answer::None,
            None => {
                self.gave_up.set(true);
                Answer::Undecided
            }
        }
    }

    /// Whether a question was left undecided since this was asked last.
    pub fn gave_up(&self) -> bool {
        self.gave_up.replace(false)
    }

    /// What a condition may be in a case.
    pub fn truths(&self, condition: usize, case: &[Option<usize>], missing: Missing) -> TruthSet {
        Look::at(self, case, missing).condition(condition)
    }

    /// What a case says, cell by cell, of what is settled in it.
    pub fn settled<'s>(&'s self, case: &'s [Option<usize>]) -> impl Iterator<Item = (&'s Read, &'s Cell)> {
        let readings = self.readings.iter().zip(case);
        readings.filter_map(|(reading, cell)| Some((&reading.read, reading.cells.get((*cell)?)?)))
    }

    /// All that is read, each with its cells.
    pub fn readings(&self) -> impl Iterator<Item = (&Read, &[Cell])> {
        self.readings.iter().map(|reading| (&reading.read, reading.cells.as_slice()))
    }

    /// The values that tests compare a reading with.
    pub fn constants(&self, read: &Read) -> Vec<Value> {
        let tests = self.readings.iter().filter(|reading| reading.read == *read).flat_map(|reading| &reading.tests);
        tests.flat_map(|test| cells::constants(self.graph, test)).map(|value| value.into_owned()).collect()
    }

    /// The periods that are asked after.
    pub fn tests_of_the_start(&self) -> impl Iterator<Item = &Condition> {
        self.readings.iter().filter(|reading| reading.read == Read::Start).flat_map(|reading| &reading.tests)
    }

    /// The graph whose words the conditions speak.
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }
}

impl Reading {
    /// Cuts what is read into cells: of values that all tests say the same of, the first stands for all. Values
    /// that have an order stay apart, so that higher and lower can be told.
    fn cut(&mut self, graph: &Graph) -> Option<()> {
        let constants: Vec<_> = self.tests.iter().flat_map(|test| cells::constants(graph, test)).collect();
        let constants: Vec<&Value> = constants.iter().map(AsRef::as_ref).collect();
        let values = cells::values(graph, &self.read, &constants)?;
        let missing = (self.read != Read::Start).then_some(Cell::Missing);
        let merged = !cells::is_ordered_choice(graph, &self.read);
        let mut seen = HashSet::new();
        self.truths = vec![Vec::new(); self.tests.len()];
        // Missing comes last: an example is plainer without it.
        for cell in values.into_iter().map(Cell::Known).chain(missing) {
            let said: Vec<TruthSet> = self.tests.iter().map(|test| says(graph, test, &cell)).collect();
            if cell != Cell::Missing && !seen.insert(said.clone()) && merged {
                continue;
            }
            for (truths, said) in self.truths.iter_mut().zip(said) {
                truths.push(said);
            }
            self.cells.push(cell);
        }
        let may_be = |truths: &Vec<TruthSet>, missing: Missing| {
            self.allowed(missing).filter_map(|cell| truths.get(cell)).fold(TruthSet::NONE, |so_far, one| so_far | *one)
        };
        self.any =
            self.truths.iter().map(|truths| [Missing::Any, Missing::Marked].map(|m| may_be(truths, m))).collect();
        Some(())
    }

    /// The cells that may be looked at.
    fn allowed(&self, missing: Missing) -> impl Iterator<Item = usize> {
        let with_missing = missing == Missing::Any || self.optional;
        let cells = self.cells.iter().enumerate();
        cells.filter(move |(_, cell)| with_missing || **cell != Cell::Missing).map(|(index, _)| index)
    }
}

/// What a test says of a cell, as the engine would.
fn says(graph: &Graph, test: &Condition, cell: &Cell) -> TruthSet {
    let compare = |known: &Value, comparison: Comparison, value: &Value| match known.compare(value) {
        Some(order) => TruthSet::from(comparison.holds(order)),
        None => TruthSet::UNKNOWN,
    };
    match (test, cell) {
        (Condition::Known(_), cell) => TruthSet::from(*cell != Cell::Missing),
        (Condition::IsTrue(_), Cell::Known(Value::Bool(value))) => TruthSet::from(*value),
        (Condition::Compare(_, comparison, value), Cell::Known(known)) => compare(known, *comparison, value),
        (Condition::OneOf(_, values), Cell::Known(known)) => {
            values.iter().fold(TruthSet::FALSE, |so_far, value| so_far.or(compare(known, Comparison::Is, value)))
        }
        (Condition::StartedIn(period), Cell::Known(Value::Time(at))) => {
            let spans = graph.periods.get(*period).map(|period| period.spans.as_slice()).unwrap_or_default();
            TruthSet::from(spans.iter().any(|(from, to)| from <= at && at < to))
        }
        _ => TruthSet::UNKNOWN,
    }
}

/// A look at conditions in one case: each segment is decided once.
struct Look<'s, 'g> {
    space: &'s Space<'g>,
    case: &'s [Option<usize>],
    missing: Missing,
    segments: Vec<Option<TruthSet>>,
    /// How many parts of conditions were looked at.
    parts: usize,
}

impl<'s, 'g> Look<'s, 'g> {
    fn at(space: &'s Space<'g>, case: &'s [Option<usize>], missing: Missing) -> Self {
        Self { space, case, missing, segments: vec![None; space.segments.len()], parts: 0 }
    }

    fn condition(&mut self, condition: usize) -> TruthSet {
        let space = self.space;
        space.formulas.get(condition).map_or(TruthSet::NONE, |formula| self.truths(formula))
    }

    fn truths(&mut self, formula: &Formula) -> TruthSet {
        self.parts += 1;
        match formula {
            Formula::All(parts) => parts.iter().fold(TruthSet::TRUE, |so_far, part| {
                if so_far == TruthSet::FALSE { so_far } else { so_far.and(self.truths(part)) }
            }),
            Formula::Any(parts) => parts.iter().fold(TruthSet::FALSE, |so_far, part| {
                if so_far == TruthSet::TRUE { so_far } else { so_far.or(self.truths(part)) }
            }),
            Formula::Not(inner) => !self.truths(inner),
            Formula::Segment(segment) => self.segment(*segment),
            Formula::Test { reading, test } => self.test(*reading, *test),
        }
    }

    fn segment(&mut self, segment: usize) -> TruthSet {
        if let Some(truths) = self.segments.get(segment).copied().flatten() {
            return truths;
        }
        let space = self.space;
        let truths = space.segments.get(segment).map_or(TruthSet::NONE, |formula| self.truths(formula));
        if let Some(known) = self.segments.get_mut(segment) {
            *known = Some(truths);
        }
        truths
    }

    fn test(&self, reading: usize, test: usize) -> TruthSet {
        let Some(found) = self.space.readings.get(reading) else { return TruthSet::NONE };
        let truths = match self.case.get(reading).copied().flatten() {
            Some(cell) => found.truths.get(test).and_then(|truths| truths.get(cell)),
            None => found.any.get(test).map(|[any, marked]| if self.missing == Missing::Any { any } else { marked }),
        };
        truths.copied().unwrap_or(TruthSet::NONE)
    }
}

/// One search.
struct Search<'s, 'g> {
    space: &'s Space<'g>,
    wanted: &'s [Wanted],
    missing: Missing,
    steps: usize,
    case: Assignment,
}

impl Search<'_, '_> {
    /// Settles what is open until all is as wanted; `None` when it takes too long.
    fn settle(&mut self) -> Option<bool> {
        self.steps = self.steps.checked_sub(1)?;
        let mut look = Look::at(self.space, &self.case, self.missing);
        let mut open = None;
        let mut settled = None;
        for (condition, truths) in self.wanted {
            let may_be = look.condition(*condition);
            if !may_be.meet(*truths) {
                settled = Some(false);
                break;
            }
            if open.is_none() && !may_be.are_among(*truths) {
                open = self.open_in(*condition);
            }
        }
        self.space.work.set(self.space.work.get().checked_sub(look.parts)?);
        if settled.is_some() {
            return settled;
        }
        let Some(reading) = open else { return Some(true) };
        let found = self.space.readings.get(reading)?;
        for cell in found.allowed(self.missing) {
            self.set(reading, Some(cell));
            if self.settle()? {
                return Some(true);
            }
        }
        self.set(reading, None);
        Some(false)
    }

    /// The first reading in a condition that is not settled.
    fn open_in(&self, condition: usize) -> Option<usize> {
        let mut seen = vec![false; self.space.segments.len()];
        self.space.formulas.get(condition).and_then(|formula| self.open_within(formula, &mut seen))
    }

    /// The same, of a formula; a segment that was seen has none.
    fn open_within(&self, formula: &Formula, seen: &mut [bool]) -> Option<usize> {
        match formula {
            Formula::All(parts) | Formula::Any(parts) => parts.iter().find_map(|part| self.open_within(part, seen)),
            Formula::Not(inner) => self.open_within(inner, seen),
            Formula::Segment(segment) => {
                let seen_before = seen.get_mut(*segment).is_none_or(|seen| std::mem::replace(seen, true));
                let formula = self.space.segments.get(*segment).filter(|_| !seen_before);
                formula.and_then(|formula| self.open_within(formula, seen))
            }
            Formula::Test { reading, .. } => self.case.get(*reading).is_some_and(Option::is_none).then_some(*reading),
        }
    }

    fn set(&mut self, reading: usize, cell: Option<usize>) {
        if let Some(slot) = self.case.get_mut(reading) {
            *slot = cell;
        }
    }

    /// Leaves open whatever may be anything.
    fn forget_what_does_not_matter(&mut self) {
        for reading in 0..self.case.len() {
            let settled = self.case.get(reading).copied().flatten();
            self.set(reading, None);
            let mut look = Look::at(self.space, &self.case, self.missing);
            let still = self.wanted.iter().all(|(condition, truths)| look.condition(*condition).are_among(*truths));
            if !still {
                self.set(reading, settled);
            }
        }
    }
}
