//! Snapshots of a case are folded into its last; events are put in order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexSet;

use super::intake::Seen;
use super::records::At;
use super::records::Row;
use super::{Event, Place, RowCase, UnreadableRow};

use crate::calendar::Instant;

/// The last snapshot of each case, so far.
#[derive(Default)]
pub(super) struct Snapshots {
    last: HashMap<u32, Snapshot>,
}

/// A row that tells how a case stood.
pub(super) struct Snapshot {
    pub time: Instant,
    pub at: At,
    pub row: Row,
    /// The row as the account may show it.
    pub text: Option<String>,
}

impl Snapshots {
    /// Takes a snapshot in, the rows of a file in their order; tells whether one was folded away.
    pub fn fold(&mut self, case: u32, snapshot: Snapshot) -> bool {
        match self.last.get_mut(&case) {
            // At one time, the later row tells.
            Some(last) if snapshot.time >= last.time => *last = snapshot,
            Some(_) => {}
            None => {
                self.last.insert(case, snapshot);
                return false;
            }
        }
        true
    }

    /// The snapshots that are left, in the order of the files.
    pub fn into_rows(self) -> Vec<Snapshot> {
        let mut rows: Vec<Snapshot> = self.last.into_values().collect();
        rows.sort_by_key(|snapshot| snapshot.at);
        rows
    }
}

/// Puts events in the order of time, source, row and position in the mapping; where events of one
/// case tie, kinds in `ranks` come first, in that order.
pub(super) fn put_in_order(events: &mut [Event], ranks: &[u16]) {
    events.sort_by_key(|event| (event.time, event.place));
    if ranks.is_empty() {
        return;
    }
    for run in events.chunk_by_mut(|one, next| one.time == next.time) {
        rank_run(run, ranks);
    }
}

/// Within one instant: the events of a case change places among themselves, and with no other case's.
fn rank_run(run: &mut [Event], ranks: &[u16]) {
    if run.len() < 2 {
        return;
    }
    let mut by_case: BTreeMap<u32, Vec<(usize, usize, Place)>> = BTreeMap::new();
    for (slot, event) in run.iter().enumerate() {
        by_case.entry(event.case).or_default().push((slot, rank(event.kind, ranks), event.place));
    }
    let mut slots: HashMap<Place, usize> = HashMap::with_capacity(run.len());
    for mut ties in by_case.into_values() {
        let free: Vec<usize> = ties.iter().map(|(slot, ..)| *slot).collect();
        ties.sort_by_key(|(_, rank, _)| *rank);
        slots.extend(ties.iter().map(|(_, _, place)| *place).zip(free));
    }
    run.sort_by_key(|event| slots.get(&event.place).copied());
}

fn rank(kind: u16, ranks: &[u16]) -> usize {
    ranks.iter().position(|ranked| *ranked == kind).unwrap_or(ranks.len())
}

/// What shares case and time with something else.
#[derive(Default)]
pub(super) struct Ties {
    /// Events that share case and time with an earlier one.
    pub events: u64,
    /// Those among them whose order only the file tells.
    pub by_file_order: u64,
    /// Rows that say the same as an earlier row in every cell that is read.
    pub equal_rows: Seen,
}

impl Ties {
    /// Looks at events in order.
    pub fn of(events: &[Event], ranks: &[u16]) -> Self {
        let mut ties = Self::default();
        let mut last: HashMap<u32, &Event> = HashMap::new();
        let mut tied: Vec<&Event> = Vec::new();
        for event in events.iter().filter(|event| event.case != Event::NO_CASE) {
            let before = last.insert(event.case, event).filter(|before| before.time == event.time);
            let Some(before) = before else { continue };
            ties.events += 1;
            if row_of(before) == row_of(event) {
                continue;
            }
            tied.extend([before, event]);
            // Of equals, it does not matter which comes first.
            let told_apart = rank(before.kind, ranks) != rank(event.kind, ranks) || say_the_same(before, event);
            ties.by_file_order += u64::from(!told_apart);
        }
        ties.equal_rows = equal_rows(events, tied);
        ties
    }
}

/// Rows of which every event says the same as one of an earlier row. Such events tie.
fn equal_rows(events: &[Event], mut tied: Vec<&Event>) -> Seen {
    let alike = |event: &Event| (event.case, event.time, event.kind);
    tied.sort_by_key(|event| (alike(event), event.place));
    tied.dedup_by_key(|event| event.place);
    let mut left: BTreeMap<(u16, u64), u64> = BTreeMap::new();
    for group in tied.chunk_by(|one, next| alike(one) == alike(next)).filter(|group| group.len() > 1) {
        let mut said = HashSet::new();
        for event in group {
            let Event { fields, case_fields, actor, role, .. } = event;
            if !said.insert(format!("{:?}", (fields, case_fields, actor, role))) {
                *left.entry(row_of(event)).or_default() += 1;
            }
        }
    }
    let mut seen = Seen::default();
    if left.is_empty() {
        return seen;
    }
    for event in events {
        if let Some(left) = left.get_mut(&row_of(event)) {
            *left = left.wrapping_sub(1);
        }
    }
    for ((source, line), _) in left.into_iter().filter(|(_, left)| *left == 0) {
        seen.again(source, line);
    }
    seen
}

fn row_of(event: &Event) -> (u16, u64) {
    (event.place.source, event.place.line)
}

fn say_the_same(one: &Event, other: &Event) -> bool {
    one.kind == other.kind
        && (&one.actor, &one.role) == (&other.actor, &other.role)
        && (&one.fields, &one.case_fields) == (&other.fields, &other.case_fields)
}

/// Numbers the cases anew in the order of their first events; apart from them, those of which no event can be read.
pub(super) fn number_cases(
    events: &mut [Event],
    unreadable: &mut [UnreadableRow],
    cases: &[Arc<str>],
) -> (Vec<Arc<str>>, Vec<Arc<str>>) {
    let mut numbers: HashMap<u32, u32> = HashMap::with_capacity(cases.len());
    let mut numbered = Vec::with_capacity(cases.len());
    for event in events.iter_mut().filter(|event| event.case != Event::NO_CASE) {
        let case = event.case;
        event.case = *numbers.entry(case).or_insert_with(|| {
            numbered.extend(cases.get(case as usize).cloned());
            u32::try_from(numbered.len().saturating_sub(1)).unwrap_or(u32::MAX)
        });
    }
    let mut unseen: IndexSet<Arc<str>> = IndexSet::new();
    for row in unreadable {
        let RowCase::Known(case) = row.case else { continue };
        row.case = match (numbers.get(&case), cases.get(case as usize)) {
            (Some(number), _) => RowCase::Known(*number),
            (None, Some(name)) => {
                let (number, _) = unseen.insert_full(name.clone());
                RowCase::WithoutEvents(u32::try_from(number).unwrap_or(u32::MAX))
            }
            (None, None) => RowCase::Unknown,
        };
    }
    (numbered, unseen.into_iter().collect())
}
