//! A row that cannot be read, as a case sees it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::reads::Reads;

use crate::calendar::Instant;
use crate::engine::finding::UnreadFact;
use crate::engine::routing::RoutedEvents;
use crate::graph::Action;
use crate::log::UnreadableRow;
use crate::vocabulary::Reading;

/// A row, and what it may change of the case that is looked at.
pub struct Lost<'l> {
    pub row: &'l UnreadableRow,
    /// How many rows it stands for.
    pub count: usize,
    pub changes: Changes,
}

/// The fields of a case that a row may change.
pub enum Changes {
    All,
    These(BTreeSet<usize>),
}

impl Lost<'_> {
    /// Whether it surely lies before an instant; of several that are alike only the earliest is known.
    pub fn is_before(&self, at: Instant) -> bool {
        self.count == 1 && self.row.between.1 < at
    }

    /// The earliest instant at which it may have happened.
    pub fn from(&self) -> Instant {
        self.row.between.0
    }

    /// As a finding names it.
    pub fn fact(&self, turns: bool) -> UnreadFact {
        fact_of(self.row, turns)
    }

    /// Whether it may be an event of that kind.
    pub fn may_be(&self, kind: usize) -> bool {
        self.row.may_be(kind)
    }

    /// What stands in a table under the kinds that it may be.
    pub fn of_kinds<'t, V>(&self, table: &'t BTreeMap<usize, V>) -> impl Iterator<Item = &'t V> {
        table.iter().filter(|(kind, _)| self.may_be(**kind)).map(|(_, value)| value)
    }

    /// Whether it may change a field of the case.
    pub fn may_change(&self, field: usize) -> bool {
        match &self.changes {
            Changes::All => true,
            Changes::These(fields) => fields.contains(&field),
        }
    }

    /// Whether it may change what a rule reads.
    pub fn touches(&self, reads: &Reads) -> bool {
        reads.fields.iter().any(|field| self.may_change(*field)) || self.touches_more_than_fields(reads)
    }

    /// Whether it may be an event that a rule looks at.
    pub fn touches_more_than_fields(&self, reads: &Reads) -> bool {
        reads.all_events || reads.kinds.iter().any(|kind| self.may_be(*kind))
    }
}

/// Whether a row may be an act of an action, or what came back of one.
pub fn may_act(row: &UnreadableRow, action: &Action) -> bool {
    row.may_be(action.event) || may_return(row, action)
}

/// Whether a row may give back some of what an act spent.
pub fn may_return(row: &UnreadableRow, action: &Action) -> bool {
    action.returns.iter().any(|(event, _)| row.may_be(*event))
}

pub fn fact_of(row: &UnreadableRow, turns: bool) -> UnreadFact {
    let events = row.kinds.iter().flatten().map(|kind| usize::from(*kind)).collect();
    UnreadFact { place: row.place, events, turns }
}

/// The fields that every row of a case says alike, from its first event on.
pub fn constant_fields<'l>(stream: &RoutedEvents<'l>) -> HashMap<u16, &'l Reading> {
    let (Some(first), [case]) = (stream.events.first(), stream.cases.as_slice()) else { return HashMap::new() };
    if first.case as usize != *case {
        return HashMap::new();
    }
    let mut constant: HashMap<u16, &Reading> = first.case_fields.iter().map(|(field, said)| (*field, said)).collect();
    for (field, said) in
        stream.events.iter().filter(|event| event.case as usize == *case).flat_map(|event| &event.case_fields)
    {
        if constant.get(field).is_some_and(|known| *known != said) {
            constant.remove(field);
        }
    }
    constant
}

pub fn changes(row: &UnreadableRow, constant: &HashMap<u16, &Reading>, of_this_case: bool) -> Changes {
    match &row.case_fields {
        _ if !of_this_case => Changes::These(BTreeSet::new()),
        None => Changes::All,
        Some(said) => {
            let differs = |(field, said): &&(u16, Reading)| {
                said.known().is_none() || constant.get(field).is_none_or(|known| *known != said)
            };
            Changes::These(said.iter().filter(differs).map(|(field, _)| usize::from(*field)).collect())
        }
    }
}
