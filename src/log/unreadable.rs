//! Rows that cannot be read: events that may have happened.

use std::sync::Arc;

use super::Place;

use crate::calendar::Instant;
use crate::vocabulary::Reading;

/// A row, or one of the times of a row, that cannot be read: something may have happened there, and what
/// could still be read of it says what, in which case, and when.
#[derive(Clone, PartialEq, Debug)]
pub struct UnreadableRow {
    /// Where it stands.
    pub place: Place,
    /// The case that it names.
    pub case: RowCase,
    /// The kinds of event that it may be, by their index in the vocabulary; none if that cannot be read.
    pub kinds: Option<Vec<u16>>,
    /// The earliest and the latest instant at which it may have happened.
    pub between: (Instant, Instant),
    /// What it says of the case; none if that cannot be read.
    pub case_fields: Option<Vec<(u16, Reading)>>,
    /// What it says of its fields, if it can be one kind of event only; else nothing.
    pub event_fields: Vec<Reading>,
    /// Who it names; none if it names nobody, or that cannot be read.
    pub actor: Option<Arc<str>>,
}

impl UnreadableRow {
    /// One of which only the case can be told, if that.
    pub(super) fn of_anything(place: Place, case: RowCase, between: (Instant, Instant)) -> Self {
        Self { place, case, kinds: None, between, case_fields: None, event_fields: Vec::new(), actor: None }
    }

    /// Whether it may be an event of that kind.
    pub fn may_be(&self, kind: usize) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|known| usize::from(*known) == kind))
    }
}

/// The case that a row names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowCase {
    /// It cannot be read: any of them.
    Unknown,
    /// This one, by its index in [`Log::cases`](super::Log::cases).
    Known(u32),
    /// One without any event that can be read, by its index in [`Log::unseen_cases`](super::Log::unseen_cases).
    WithoutEvents(u32),
}

/// The whole of time.
pub(super) const ANY_TIME: (Instant, Instant) = (Instant::MIN, Instant::MAX);

/// The rows of one file that wait for a readable row behind them, to be between two times.
///
/// The order of a file tells something of a row's time only if the whole file is in order.
#[derive(Default)]
pub(super) struct Neighbours {
    last: Option<Instant>,
    out_of_order: bool,
    /// Rows whose own time cannot be read, by their index.
    of_this_file: Vec<usize>,
    /// How many of them know the row behind them.
    settled: usize,
}

impl Neighbours {
    /// A readable row, in the order of the file; whether it is older than the row before it.
    pub fn pass(&mut self, time: Instant, rows: &mut [UnreadableRow]) -> bool {
        for row in self.of_this_file.iter().skip(self.settled) {
            if let Some(row) = rows.get_mut(*row) {
                row.between.1 = time;
            }
        }
        self.settled = self.of_this_file.len();
        let is_older = self.last.is_some_and(|last| time < last);
        self.out_of_order |= is_older;
        self.last = Some(time);
        is_older
    }

    /// The row with that index has no time of its own: from when on it may have happened, as far as this is known.
    pub fn wait(&mut self, index: usize) -> (Instant, Instant) {
        self.of_this_file.push(index);
        (self.last.unwrap_or(Instant::MIN), Instant::MAX)
    }

    /// The end of the file.
    pub fn end_file(&mut self, rows: &mut [UnreadableRow]) {
        let ended = std::mem::take(self);
        for row in ended.of_this_file.into_iter().filter(|_| ended.out_of_order) {
            if let Some(row) = rows.get_mut(row) {
                row.between = ANY_TIME;
            }
        }
    }
}
