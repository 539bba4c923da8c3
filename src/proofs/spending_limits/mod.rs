//! Powers: who leads may do no less than those led, and each line gives something that is not there without it.
//!
//! What a role says of an action replaces all it inherits, so a line meant as an addition may take away. Lines may
//! have conditions: every combination of lines that hold is looked at, if there is a case for it.

mod faults;
mod power;
#[cfg(test)]
mod tests;

pub use faults::PowerFault;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use self::power::Power;
use super::Proofs;
use super::space::{Answer, Missing, Wanted};
use super::truth_set::TruthSet;
use super::words::example;

use crate::graph::Grant;

/// Lines with conditions, beyond which they are not combined.
const CONDITIONS: usize = 6;

/// All lines, by role and action.
type Said<'g> = BTreeMap<(usize, usize), Vec<&'g Grant>>;

/// What a role says of an action itself, and what it would inherit.
struct Lines<'g> {
    own: Vec<&'g Grant>,
    inherited: Vec<&'g Grant>,
}

/// Lines that hold together, and a case in which they do.
struct Together<'g> {
    held: Vec<&'g Grant>,
    example: Option<String>,
}

impl<'g> Proofs<'g> {
    /// Warns of lines that give a role less than those it leads have, and of lines that give nothing.
    pub fn powers_grow_going_up(&mut self) {
        let mut said = Said::new();
        for grant in &self.graph.grants {
            said.entry((grant.role, grant.action)).or_default().push(grant);
        }
        for ((role, action), own) in &said {
            let lines = Lines { own: own.clone(), inherited: self.inherited(&said, *role, *action) };
            if let Some((fault, line, other)) = self.power_shrinks(&lines).or_else(|| self.says_nothing(&lines)) {
                self.fault(fault, line.span, Some(other.span));
            }
        }
    }

    /// What the roles below say, each of the first on its way down. Nothing recurses: a chain of roles may be as long
    /// as a file.
    fn inherited(&self, said: &Said<'g>, role: usize, action: usize) -> Vec<&'g Grant> {
        let led = |role: usize| self.graph.roles.get(role).map(|role| role.leads.as_slice()).unwrap_or_default();
        let mut open: VecDeque<usize> = led(role).iter().copied().collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        let mut grants = Vec::new();
        while let Some(below) = open.pop_front() {
            match said.get(&(below, action)) {
                Some(lines) => grants.extend(lines),
                None => open.extend(led(below).iter().copied().filter(|role| seen.insert(*role))),
            }
        }
        grants
    }

    /// A case in which the role may do less than it would without any line of its own.
    fn power_shrinks(&self, lines: &Lines<'g>) -> Option<(PowerFault, &'g Grant, &'g Grant)> {
        let own = lines.own.first()?;
        self.combinations(lines.inherited.first().and(Some(lines))?)?.into_iter().find_map(|together| {
            let (mine, theirs) = (together.power(&lines.own)?, together.power(&lines.inherited)?);
            let greatest = theirs.filter(|theirs| mine.is_none_or(|mine| mine.is_less_than(*theirs)))?;
            let other = lines.inherited.iter().find(|grant| together.holds(grant) && greatest.comes_of(grant))?;
            let line = lines.own.iter().find(|grant| together.holds(grant)).unwrap_or(own);
            let fault = PowerFault::Shrinks {
                role: self.role_name(line),
                action: self.action_name(line),
                led: self.role_name(other),
                less: mine.map(Power::words),
                more: greatest.words(),
                enough: mine.map_or(greatest, |mine| mine.and(greatest)).words(),
                example: together.example,
            };
            Some((fault, *line, *other))
        })
    }

    /// A line without which the role may do just the same: what it inherits, or what its other lines say.
    fn says_nothing(&self, lines: &Lines<'g>) -> Option<(PowerFault, &'g Grant, &'g Grant)> {
        let all = self.combinations(lines)?;
        let alike = |one: &[&'g Grant], other: &[&'g Grant]| {
            all.iter().all(|together| {
                let (one, other) = (together.power(one), together.power(other));
                one.is_some() && one == other
            })
        };
        let fault = |line: &'g Grant, other: &'g Grant| {
            let (role, action) = (self.role_name(line), self.action_name(line));
            let by = Some(self.role_name(other)).filter(|_| other.role != line.role);
            (PowerFault::AddsNothing { role, action, by }, line, other)
        };
        if let (Some(line), Some(other)) = (lines.own.first(), lines.inherited.first())
            && alike(&lines.own, &lines.inherited)
        {
            return Some(fault(line, other));
        }
        lines.own.iter().find_map(|line| {
            let others: Vec<&Grant> = lines.own.iter().copied().filter(|other| !std::ptr::eq(*other, *line)).collect();
            // Two lines without a condition of their own are told of as twice the same.
            if others.iter().any(|other| other.condition == line.condition) {
                return None;
            }
            let other = others.first().filter(|_| alike(&lines.own, &others))?;
            Some(fault(line, other))
        })
    }

    /// Every combination of lines that may hold together, those with the fewest first; none if that cannot be told.
    fn combinations(&self, lines: &Lines<'g>) -> Option<Vec<Together<'g>>> {
        let grants: Vec<&Grant> = lines.own.iter().chain(&lines.inherited).copied().collect();
        let conditions = || grants.iter().filter_map(|grant| grant.condition.as_ref());
        let count = conditions().count();
        if count > CONDITIONS {
            return None;
        }
        let space = self.space(conditions()).ok()?;
        let mut all = Vec::new();
        for mask in 0..1usize << count {
            let is_true = |condition: usize| (mask >> condition) & 1 == 1;
            let truths = |condition| if is_true(condition) { TruthSet::TRUE } else { TruthSet::FALSE };
            let wanted: Vec<Wanted> = (0..count).map(|condition| (condition, truths(condition))).collect();
            let case = match space.find(&wanted, Missing::Any) {
                Answer::Case(case) => case,
                Answer::None => continue,
                Answer::Undecided => return None,
            };
            let mut numbers = 0..;
            let mut holds = |grant: &&&Grant| grant.condition.is_none() || numbers.next().is_some_and(is_true);
            let held = grants.iter().filter(|grant| holds(grant)).copied().collect();
            all.push(Together { held, example: example(&space, &case) });
        }
        Some(all)
    }

    fn role_name(&self, grant: &Grant) -> String {
        self.graph.roles.get(grant.role).map(|role| role.name.clone()).unwrap_or_default()
    }

    fn action_name(&self, grant: &Grant) -> String {
        self.graph.actions.get(grant.action).map(|action| action.name.clone()).unwrap_or_default()
    }
}

impl<'g> Together<'g> {
    fn holds(&self, grant: &Grant) -> bool {
        self.held.iter().any(|held| std::ptr::eq(*held, grant))
    }

    /// What these lines give together, if anything; none where they speak of two currencies.
    fn power(&self, lines: &[&'g Grant]) -> Option<Option<Power>> {
        Power::of(lines.iter().copied().filter(|grant| self.holds(grant)))
    }
}
