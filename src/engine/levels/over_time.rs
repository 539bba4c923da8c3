//! What levels ask of a case, as it stood over time: what is closed is read as it was, whatever comes later.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sum::Group;

use crate::calendar::Instant;
use crate::engine::truth::{Facts, Truth};
use crate::engine::words::operand_in_words;
use crate::graph::{Graph, Level, Measure, Operand};

/// The groups that a case has belonged to, and what has held of it, by level.
#[derive(Clone, Debug, Default)]
pub struct OverTime {
    groups: BTreeMap<usize, Changes<Group>>,
    holds: BTreeMap<usize, Changes<Truth>>,
}

/// When levels ask how a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// No level asks.
    Never,
    /// Its own fields are asked for: when one of them changes.
    OfFields,
    /// Fields of events are asked for: with each.
    OfEvents,
}

impl Asked {
    /// By the levels of a graph.
    pub fn by(graph: &Graph) -> Self {
        let of_level = |level: &Level| {
            let groups = level.groups.iter().map(|group| &group.field).collect::<Vec<_>>();
            let condition = match &level.measure {
                Measure::CasesWith(condition) => condition.operands(graph),
                _ => Vec::new(),
            };
            [groups, condition].concat().into_iter().map(|field| matches!(field, Operand::Case(_))).collect::<Vec<_>>()
        };
        let asks: Vec<bool> = graph.levels.iter().flat_map(of_level).collect();
        match (asks.is_empty(), asks.iter().all(|of_case| *of_case)) {
            (true, _) => Asked::Never,
            (false, true) => Asked::OfFields,
            (false, false) => Asked::OfEvents,
        }
    }
}

/// What something was from which instant on, in order.
type Changes<T> = Vec<(Instant, T)>;

impl OverTime {
    /// Takes in how the case stands after an event.
    pub fn take(&mut self, facts: Facts<'_>, now: Instant) {
        for (index, level) in facts.graph.levels.iter().enumerate() {
            if !level.groups.is_empty() {
                note(self.groups.entry(index).or_default(), now, group_of(level, facts));
            }
            if let Measure::CasesWith(condition) = &level.measure {
                note(self.holds.entry(index).or_default(), now, facts.truth(condition));
            }
        }
    }

    /// Whether nothing has been taken in.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.holds.is_empty()
    }

    /// The group of a level that the case belonged to, after all that happened at that instant.
    pub fn group(&self, graph: &Graph, level: usize, at: Instant) -> Group {
        let unknown = || vec![None; graph.levels.get(level).map_or(0, |level| level.groups.len())];
        self.groups.get(&level).and_then(|changes| last(changes, at)).cloned().unwrap_or_else(unknown)
    }

    /// Whether what a level asks of cases held, after all that happened at that instant.
    pub fn holds(&self, level: usize, at: Instant) -> Truth {
        self.holds.get(&level).and_then(|changes| last(changes, at)).copied().unwrap_or(Truth::Unknown)
    }
}

fn note<T: PartialEq>(changes: &mut Changes<T>, now: Instant, value: T) {
    match changes.last_mut() {
        Some((_, last)) if *last == value => {}
        Some((at, last)) if *at == now => *last = value,
        _ => changes.push((now, value)),
    }
}

fn last<T>(changes: &Changes<T>, at: Instant) -> Option<&T> {
    let behind = changes.partition_point(|(from, _)| *from <= at);
    changes.get(behind.checked_sub(1)?).map(|(_, value)| value)
}

/// The group that a level puts a case into, as things stand.
fn group_of(level: &Level, facts: Facts<'_>) -> Group {
    level.groups.iter().map(|group| operand_in_words(facts, &group.field).map(Arc::from)).collect()
}

/// A group of a case, with what an event says of itself.
pub fn group_of_event(level: &Level, of_case: Group, facts: Facts<'_>) -> Group {
    let said = |field: &Operand| operand_in_words(facts, field).map(Arc::from);
    let own = |field: &Operand| matches!(field, Operand::Own(_));
    level
        .groups
        .iter()
        .zip(of_case)
        .map(|(group, of_case)| if own(&group.field) { said(&group.field) } else { of_case })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_later_is_not_read_and_what_came_at_that_instant_is() {
        let at = Instant::from_nanos;
        let mut changes = Vec::new();
        for (now, value) in [(1, "a"), (5, "a"), (7, "b"), (7, "c"), (9, "d")] {
            note(&mut changes, at(now), value);
        }
        assert_eq!(changes, [(at(1), "a"), (at(7), "c"), (at(9), "d")]);
        assert_eq!(
            [0, 1, 6, 7, 8, 20].map(|now| last(&changes, at(now)).copied()),
            [None, Some("a"), Some("a"), Some("c"), Some("c"), Some("d")]
        );
    }
}
