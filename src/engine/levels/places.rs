//! The lines of a log that leave a level open.

use std::collections::BTreeSet;

use crate::log::Place;

/// The first lines that leave a level open: so many as people read, and none more often than once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Places(BTreeSet<Place>);

/// So many are named; the account lists all.
const MOST_NAMED: usize = 10;

impl Places {
    /// This one.
    pub fn of(place: Place) -> Self {
        Self(BTreeSet::from([place]))
    }

    /// Both together: of parts of a log as of the whole, in whichever order.
    pub fn add(&mut self, others: &Places) {
        self.0.extend(others.0.iter().copied());
        while self.0.len() > MOST_NAMED {
            self.0.pop_last();
        }
    }

    /// In the order of the log.
    pub fn iter(&self) -> impl Iterator<Item = Place> {
        self.0.iter().copied()
    }
}
