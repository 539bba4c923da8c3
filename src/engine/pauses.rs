//! Pauses as states of a case: what is on hold stays so until it is taken up again, whether or not a clock runs.

use std::collections::BTreeMap;

use super::event_key::EventKey;
use super::finding::{Evidence, EvidenceKind, UnknownFact};
use super::occurrence::Occurrence;
use super::truth::Truth;

/// The pauses of each standard that has had any, by its index.
pub type AllPauses = BTreeMap<usize, Pauses>;

/// The pauses of a standard in a case.
#[derive(Default)]
pub struct Pauses {
    /// How each line stands for the keys that no event named.
    of_all: Vec<State>,
    /// How each line stands for a key that an event named.
    of_key: BTreeMap<String, Vec<State>>,
    begun: Vec<Begun>,
}

/// How a line stands.
#[derive(Clone, Default)]
struct State {
    /// The pause that holds, by its number.
    since: Option<usize>,
    /// Why it cannot be told that none does.
    doubts: Vec<UnknownFact>,
}

/// A pause that began.
struct Begun {
    by: Evidence,
    /// Whether a clock stood still by it.
    used: bool,
}

/// What keeps a clock from running, or might, as it begins to count.
pub struct Held {
    /// The line.
    pub line: usize,
    /// What paused it; none if that cannot be told.
    pub by: Option<Evidence>,
    /// Why that cannot be told.
    pub doubts: Vec<UnknownFact>,
}

/// Whether an event did so, and why that cannot be told.
pub type Told<'c> = (Truth, &'c [UnknownFact]);

/// What an event does to a line.
struct Change<'c> {
    /// The number of the pause that begins; none if one ends.
    begins: Option<usize>,
    truth: Truth,
    doubts: &'c [UnknownFact],
}

impl State {
    /// An unknown pause counts as not happened, an unknown end as happened.
    fn change(&mut self, change: &Change<'_>) {
        match (change.begins, change.truth) {
            (_, Truth::False) => {}
            (begins, Truth::True) => {
                self.doubts.clear();
                self.since = begins.map(|begun| self.since.unwrap_or(begun));
            }
            (Some(_), Truth::Unknown) if self.since.is_none() => self.doubts.extend_from_slice(change.doubts),
            (None, Truth::Unknown) if self.since.take().is_some() => self.doubts.extend_from_slice(change.doubts),
            (_, Truth::Unknown) => {}
        }
    }
}

impl Pauses {
    /// A pause of a line begins, by an event.
    pub fn begin(
        &mut self,
        key: &EventKey,
        (line, lines): (usize, usize),
        (truth, doubts): Told<'_>,
        event: &Occurrence<'_>,
    ) {
        let next = self.begun.len();
        self.change(key, Some(line), lines, &Change { begins: Some(next), truth, doubts });
        if self.is_taken(next) {
            self.begun.push(Begun { by: Evidence::of(EvidenceKind::Paused, event), used: false });
        }
    }

    /// The pauses of a line end, or those of every one of so many.
    pub fn end(&mut self, key: &EventKey, (line, lines): (Option<usize>, usize), (truth, doubts): Told<'_>) {
        self.change(key, line, lines, &Change { begins: None, truth, doubts });
    }

    /// A clock stands still by the pause of a line.
    pub fn stands_still(&mut self, key: Option<&String>, line: usize) {
        self.begun_mut(key, line).into_iter().for_each(|begun| begun.used = true);
    }

    /// What began the pauses by which no clock ever stood still.
    pub fn unused(self) -> impl Iterator<Item = Evidence> {
        self.begun.into_iter().filter(|begun| !begun.used).map(|begun| begun.by)
    }

    /// A line, or every one of so many, changes for the keys that an event speaks of.
    fn change(&mut self, key: &EventKey, line: Option<usize>, lines: usize, change: &Change<'_>) {
        self.of_all.resize_with(lines, State::default);
        let states: Vec<&mut State> = match key {
            EventKey::Known(key) => {
                self.of_key.entry(key.clone()).or_insert_with(|| self.of_all.clone()).iter_mut().collect()
            }
            EventKey::None | EventKey::Unknown => {
                self.of_all.iter_mut().chain(self.of_key.values_mut().flatten()).collect()
            }
        };
        for (index, state) in states.into_iter().enumerate() {
            if line.is_none_or(|line| index % lines == line) {
                state.change(change);
            }
        }
    }

    /// Whether a pause holds anything: one that comes while its line is on is part of what holds already.
    fn is_taken(&self, begun: usize) -> bool {
        self.of_all.iter().chain(self.of_key.values().flatten()).any(|state| state.since == Some(begun))
    }

    /// The pause of a line that a clock of a key stands still by.
    fn begun_mut(&mut self, key: Option<&String>, line: usize) -> Option<&mut Begun> {
        let states = key.and_then(|key| self.of_key.get(key)).unwrap_or(&self.of_all);
        self.begun.get_mut(states.get(line)?.since?)
    }

    /// What holds a clock of a key; it stands still by that.
    fn hold(&mut self, key: Option<&String>) -> Vec<Held> {
        let states = key.and_then(|key| self.of_key.get(key)).unwrap_or(&self.of_all);
        let doubts: Vec<Vec<UnknownFact>> = states.iter().map(|state| state.doubts.clone()).collect();
        let held = doubts.into_iter().enumerate().map(|(line, doubts)| {
            let by = self.begun_mut(key, line).map(|begun| {
                begun.used = true;
                begun.by.clone()
            });
            Held { line, by, doubts }
        });
        held.filter(|held| held.by.is_some() || !held.doubts.is_empty()).collect()
    }
}

/// What holds a clock of a standard and key as it begins to count; it stands still by that.
pub fn held(pauses: &mut AllPauses, standard: usize, key: Option<&String>) -> Vec<Held> {
    pauses.get_mut(&standard).map(|pauses| pauses.hold(key)).unwrap_or_default()
}
