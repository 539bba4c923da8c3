//! Target tables and segments inside others: the steps between who is in the narrower one and who is only in the
//! wider, all else that the rows ask being equal.

use super::Proofs;
use super::faults::Waiting;
use super::order::{self, Order, Place, Step, Table};
use super::space::{Answer, Assignment, Missing, Space};
use super::truth_set::TruthSet;
use super::words::example;

use crate::graph::{Condition, Standard};

impl Proofs<'_> {
    /// The steps of a table between each segment that it names and one inside it.
    pub fn steps_inside(&self, standard: &Standard) -> Vec<Step> {
        let mut asked: Vec<&Condition> = Vec::new();
        for condition in order::conditions(standard) {
            tests(condition, &mut asked);
        }
        let named = asked.iter().filter(|test| matches!(test, Condition::Segment(_))).count();
        let rows = order::conditions(standard).count();
        if named < 2 || standard.targets.len() < 2 {
            return Vec::new();
        }
        let Ok(space) = self.space(order::conditions(standard).chain(asked.iter().copied())) else { return Vec::new() };
        let nested = Nested { table: Table::new(&space, standard, &self.calendars), space: &space, asked, rows };
        nested.pairs().into_iter().flat_map(|(inner, outer)| nested.steps(inner, outer)).collect()
    }
}

/// Each test of a condition once, segments as they are named.
fn tests<'c>(condition: &'c Condition, found: &mut Vec<&'c Condition>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| tests(part, found)),
        Condition::Not(inner) => tests(inner, found),
        test => {
            if !found.contains(&test) {
                found.push(test);
            }
        }
    }
}

/// A table, and what its rows ask.
struct Nested<'s, 'g> {
    table: Table<'s, 'g>,
    space: &'s Space<'g>,
    /// Each test, segments as they are named.
    asked: Vec<&'s Condition>,
    /// How many conditions of rows stand in the space before the tests.
    rows: usize,
}

impl Nested<'_, '_> {
    /// Pairs of tests that name segments, the first inside the second.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let is_segment = |test: &usize| matches!(self.asked.get(*test), Some(Condition::Segment(_)));
        let segments: Vec<usize> = (0..self.asked.len()).filter(is_segment).collect();
        let all = segments.iter().flat_map(|inner| segments.iter().map(move |outer| (*inner, *outer)));
        all.filter(|(inner, outer)| inner != outer && self.is_inside(*inner, *outer)).collect()
    }

    fn is_inside(&self, inner: usize, outer: usize) -> bool {
        let find = |one: TruthSet, other: TruthSet| {
            self.space.find(&[(self.rows + inner, one), (self.rows + outer, other)], Missing::Any)
        };
        find(TruthSet::TRUE, TruthSet::TRUE.others()) == Answer::None
            && matches!(find(TruthSet::FALSE, TruthSet::TRUE), Answer::Case(_))
    }

    /// The steps between a segment and one inside it, each pair of rows once either way.
    fn steps(&self, inner: usize, outer: usize) -> Vec<Step> {
        let (Some(Condition::Segment(narrow)), Some(Condition::Segment(wide))) =
            (self.asked.get(inner), self.asked.get(outer))
        else {
            return Vec::new();
        };
        let name = |segment: &usize| {
            self.space.graph().segments.get(*segment).map(|segment| segment.name.clone()).unwrap_or_default()
        };
        let (narrow_name, wide_name) = (name(narrow), name(wide));
        let mut steps: Vec<Step> = Vec::new();
        for (within, beside) in self.twins(inner, outer) {
            for (longer, shorter, higher_is_sooner) in [(&beside, &within, true), (&within, &beside, false)] {
                let (at, other) = (longer.1.row.span, shorter.1.row.span);
                let known = |step: &Step| (step.at, step.other, step.higher_is_sooner) == (at, other, higher_is_sooner);
                if !self.table.is_longer(longer.1, shorter.1) || steps.iter().any(known) {
                    continue;
                }
                let waiting = |(_, place): &Found<'_>, is_within: bool| {
                    let only_wide = format!("{wide_name} and not {narrow_name}");
                    let who = if is_within { narrow_name.clone() } else { only_wide };
                    Waiting { short: who.clone(), who, row: place.row.said.clone() }
                };
                steps.push(Step {
                    of: Order::Inside(*narrow, *wide),
                    higher_is_sooner,
                    longer: waiting(longer, !higher_is_sooner),
                    shorter: waiting(shorter, higher_is_sooner),
                    example: example(self.space, &self.what_matters(&within, &beside)),
                    at,
                    other,
                });
            }
        }
        steps
    }

    /// What both cases share and must, to get what they get.
    fn what_matters(&self, within: &Found<'_>, beside: &Found<'_>) -> Assignment {
        let (mut one, mut other) = (within.0.clone(), beside.0.clone());
        let gets = |case: &Assignment, found: &Found<'_>| {
            self.table.place(case).is_some_and(|place| place.row.span == found.1.row.span)
        };
        for index in 0..one.len() {
            let without = |case: &Assignment| {
                let mut case = case.clone();
                case.get_mut(index).into_iter().for_each(|slot| *slot = None);
                case
            };
            let (fewer, less) = (without(&one), without(&other));
            if gets(&fewer, within) && gets(&less, beside) {
                (one, other) = (fewer, less);
            }
        }
        one.into_iter().zip(other).map(|(one, other)| one.filter(|cell| Some(*cell) == other)).collect()
    }

    /// Pairs of cases of the wider segment, the first in the narrower one too and the second not, of which all else
    /// that the rows ask is the same.
    fn twins(&self, inner: usize, outer: usize) -> Vec<(Found<'_>, Found<'_>)> {
        let answers = |case: &Assignment| -> Vec<TruthSet> {
            (0..self.asked.len()).map(|test| self.space.truths(self.rows + test, case, Missing::Any)).collect()
        };
        let settled = self.table.cases(None).into_iter().filter_map(|case| {
            let mut answers = answers(&case);
            let found = self.table.place(&case).map(|place| (case, place))?;
            let is_wide = answers.get(outer) == Some(&TruthSet::TRUE);
            let is_narrow = std::mem::replace(answers.get_mut(inner)?, TruthSet::NONE);
            is_wide.then_some((is_narrow, answers, found))
        });
        let (within, others): (Vec<_>, Vec<_>) = settled.partition(|(is_narrow, ..)| *is_narrow == TruthSet::TRUE);
        let beside: Vec<_> = others.into_iter().filter(|(is_narrow, ..)| *is_narrow == TruthSet::FALSE).collect();
        let mut twins = Vec::new();
        for (_, answers, found) in &within {
            let twin = beside.iter().find(|(_, others, _)| others == answers);
            twins.extend(twin.map(|(.., twin)| (found.clone(), twin.clone())));
        }
        twins
    }
}

/// A case and what it gets.
type Found<'s> = (Assignment, Place<'s>);
