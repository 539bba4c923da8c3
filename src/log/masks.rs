//! Names of cases and people that fill a private field: a number stands in their place, so that they are told apart
//! and nobody is named.

use std::collections::HashMap;
use std::sync::Arc;

use super::Log;
use super::columns::ColumnPlan;

/// What stands in the place of what nobody may see.
pub(super) const MASK: &str = "(private)";

/// What of the log's own names is private.
#[derive(Clone, Copy, Default)]
pub(super) struct Hidden {
    cases: bool,
    actors: bool,
}

impl Hidden {
    /// Takes in what one file hides: it is hidden in all.
    pub fn see(&mut self, plan: &ColumnPlan<'_>) {
        self.cases |= plan.hides_cases();
        self.actors |= plan.hides_actors();
    }

    /// Puts numbers in the place of names: `(private) 1` is the first case, or person, of the log.
    pub fn mask(self, log: &mut Log) {
        if self.cases {
            for (number, case) in (1..).zip(log.cases.iter_mut().chain(&mut log.unseen_cases)) {
                *case = masked(number);
            }
        }
        if self.actors {
            let mut numbers: HashMap<Arc<str>, Arc<str>> = HashMap::new();
            let of_events = log.events.iter_mut().filter_map(|event| event.actor.as_mut());
            let of_rows = log.unreadable.iter_mut().filter_map(|row| row.actor.as_mut());
            for actor in of_events.chain(of_rows) {
                let next = numbers.len() + 1;
                *actor = numbers.entry(actor.clone()).or_insert_with(|| masked(next)).clone();
            }
        }
    }
}

fn masked(number: usize) -> Arc<str> {
    format!("{MASK} {number}").into()
}
