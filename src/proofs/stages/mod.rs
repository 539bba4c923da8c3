//! Stages: promises one behind the other, against the promise over all of them.
//!
//! A promise from A to C and two from A to B and from B to C speak of one way. If the two may take longer than the
//! one, there is a case in which each stage is in time and the whole is late: every stage takes all its time, and
//! nothing else happens. Such a case is looked for ([`crate::proofs::space`]), so that what is told is so.

mod amounts;
mod faults;
#[cfg(test)]
mod tests;
mod ways;

pub use faults::StageFault;

use self::amounts::Amount;
use self::ways::{Leg, StartsAt, Way};
use super::Proofs;
use super::clocks::asks_for_a_period;
use super::first_match;
use super::space::{Answer, Missing, Wanted};
use super::truth_set::TruthSet;
use super::words::example;

use crate::graph::{Condition, Limit, Operand, Promise, TargetRow};
use crate::source::Span;

/// What is told, and the two places.
type Told = (StageFault, Span, Span);

/// Ways from the start of a promise to its end that are looked at.
const WAYS: usize = 50;
/// Rows of a way together that are looked at.
const ROWS: usize = 200;

impl Proofs<'_> {
    /// Warns, once a promise, of stages that may take longer than the promise over all of them.
    pub fn stages_keep_to_the_whole(&mut self) {
        let starts = StartsAt::of(self.graph);
        for index in 0..self.graph.standards.len() {
            let ways = starts.ways(index, WAYS);
            if let Some((fault, at, other)) = ways.iter().find_map(|way| self.longer_by_stages(way)) {
                self.fault(fault, at, Some(other));
            }
        }
    }

    /// A case in which all stages of a way are in time, and the whole is not.
    fn longer_by_stages(&self, way: &Way<'_>) -> Option<Told> {
        let longer: Vec<Vec<&TargetRow>> = rows_that_add_up_to_more(way);
        if longer.is_empty() {
            return None;
        }
        let question = Question::of(way);
        if question.conditions.iter().any(|condition| self.may_change_on_the_way(condition)) {
            return None;
        }
        let space = self.space(question.conditions.iter().copied()).ok()?;
        longer.iter().find_map(|rows| {
            let wanted = question.wanted(way, rows)?;
            let Answer::Case(case) = space.find(&wanted, Missing::Any) else { return None };
            tell(way, rows, example(&space, &case))
        })
    }

    /// Whether what a condition reads may be one thing for the whole and another for a stage.
    fn may_change_on_the_way(&self, condition: &Condition) -> bool {
        let is_latest = |operand: &Operand| matches!(operand, Operand::Latest(..) | Operand::Fact(_));
        asks_for_a_period(condition) || condition.operands(self.graph).into_iter().any(is_latest)
    }
}

/// All conditions of a way: of its events first, then of the tables, the whole's before those of its stages.
struct Question<'g> {
    conditions: Vec<&'g Condition>,
    /// How many of them are of events: all these must hold.
    of_events: usize,
}

impl<'g> Question<'g> {
    fn of(way: &Way<'g>) -> Self {
        let filters = way.clocks().flat_map(|leg| [&leg.start.filter, &leg.stop.filter]);
        let mut conditions: Vec<&Condition> = filters.filter_map(Option::as_ref).collect();
        let of_events = conditions.len();
        conditions.extend(way.clocks().flat_map(|leg| first_match::conditions(&leg.standard.targets)));
        Self { conditions, of_events }
    }

    /// That all events are such, and that each clock takes the row given.
    fn wanted(&self, way: &Way<'_>, rows: &[&TargetRow]) -> Option<Vec<Wanted>> {
        let mut wanted: Vec<Wanted> = (0..self.of_events).map(|filter| (filter, TruthSet::TRUE)).collect();
        let mut first = self.of_events;
        for (leg, row) in way.clocks().zip(rows) {
            let targets = &leg.standard.targets;
            let index = targets.iter().position(|known| std::ptr::eq(known, *row))?;
            wanted.extend(first_match::surely(targets, index, first)?);
            first += first_match::conditions(targets).count();
        }
        Some(wanted)
    }
}

/// A row of the whole and of each stage, such that the stages may take longer; the first few of all.
fn rows_that_add_up_to_more<'g>(way: &Way<'g>) -> Vec<Vec<&'g TargetRow>> {
    let rows = |leg: &Leg<'g>| leg.standard.targets.iter().filter(|row| row.promise != Promise::NoTarget);
    let mut all: Vec<Vec<&TargetRow>> = vec![Vec::new()];
    for leg in way.clocks() {
        let longer =
            all.iter().flat_map(|so_far| rows(leg).map(|row| so_far.iter().copied().chain([row]).collect::<Vec<_>>()));
        all = longer.take(ROWS).collect();
    }
    all.retain(|rows| together(way, rows).is_some());
    all
}

/// What the stages come to with these rows, if that is more than the whole promises.
fn together(way: &Way<'_>, rows: &[&TargetRow]) -> Option<Amount> {
    let (whole, stages) = rows.split_first()?;
    let moved = matches!(&whole.promise, Promise::Within(Limit::CalendarDays(_, Some(_))));
    let promised = Amount::of(&whole.promise, way.whole.standard).filter(|_| !moved)?;
    let mut amounts = way.stages.iter().zip(stages).map(|(leg, row)| Amount::of(&row.promise, leg.standard));
    let first = amounts.next()??;
    let sum = amounts.try_fold(first, |sum, amount| sum.and(amount?))?;
    sum.is_more_than(promised).then_some(sum)
}

/// What is told of rows that add up to more.
fn tell(way: &Way<'_>, rows: &[&TargetRow], example: Option<String>) -> Option<Told> {
    let (whole, stages) = rows.split_first()?;
    let amount = |index: usize| Amount::of(&stages.get(index)?.promise, way.stages.get(index)?.standard);
    let longest = (0..stages.len()).reduce(|longest, index| match (amount(index), amount(longest)) {
        (Some(one), Some(other)) if one.is_more_than(other) => index,
        _ => longest,
    })?;
    let fault = StageFault {
        whole: way.whole.standard.name.clone(),
        promised: whole.said.clone(),
        stages: way.stages.iter().zip(stages).map(|(leg, row)| (leg.standard.name.clone(), row.said.clone())).collect(),
        together: together(way, rows)?.to_string(),
        example,
    };
    Some((fault, whole.span, stages.get(longest)?.span))
}
