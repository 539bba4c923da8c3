//! Who hears of an event, where a row or a cell leaves that open.

use std::collections::HashMap;

use crate::calendar::Instant;
use crate::graph::Graph;
use crate::log::{Event, Log, RowCase, UnreadableRow};
use crate::vocabulary::Reading;

/// Cells that cannot be read and decide who hears of an event: as good as rows that may be anything of the kinds that
/// somebody would hear of.
///
/// They are the party of a case at its first event, and the field by which an event reaches other cases, of the event
/// and of the case.
pub fn unsure_hearing(graph: &Graph, log: &Log) -> Vec<UnreadableRow> {
    let asks_for_party = graph.party.filter(|_| graph.speaks_of_parties());
    if asks_for_party.is_none() && graph.reaches.iter().all(Option::is_none) {
        return Vec::new();
    }
    let begun = firsts(log);
    let mut rows = Vec::new();
    for event in &log.events {
        let mut add = |case, kinds, between| {
            let actor = event.actor.clone();
            let (case_fields, event_fields) = (Some(Vec::new()), Vec::new());
            rows.push(UnreadableRow { place: event.place, case, kinds, between, case_fields, event_fields, actor });
        };
        let broken = |field: usize| is_malformed(said_of_case(&event.case_fields, field));
        let own = RowCase::Known(event.case);
        let is_first = begun.get(&event.case).is_some_and(|first| std::ptr::eq(*first, event));
        if is_first && asks_for_party.is_some_and(broken) {
            add(own, None, (event.time, Instant::MAX));
        }
        if let Some((slot, _)) = graph.reaches.get(usize::from(event.kind)).copied().flatten()
            && is_malformed(event.fields.get(slot))
        {
            add(RowCase::Unknown, Some(vec![event.kind]), (event.time, event.time));
        }
        let reached = (0u16..).zip(&graph.reaches).filter(|(_, reach)| reach.is_some_and(|(_, field)| broken(field)));
        let reached: Vec<u16> = reached.map(|(kind, _)| kind).collect();
        if !reached.is_empty() {
            add(own, Some(reached), (event.time, Instant::MAX));
        }
    }
    rows
}

pub fn is_malformed(reading: Option<&Reading>) -> bool {
    matches!(reading, Some(Reading::Malformed(_)))
}

pub fn said_of_case(fields: &[(u16, Reading)], field: usize) -> Option<&Reading> {
    fields.iter().find(|(known, _)| usize::from(*known) == field).map(|(_, said)| said)
}

/// The first event of each case.
pub fn firsts(log: &Log) -> HashMap<u32, &Event> {
    let mut firsts = HashMap::new();
    log.events.iter().for_each(|event| {
        firsts.entry(event.case).or_insert(event);
    });
    firsts
}

/// Whether a row may be the first of its case, and so say whose the case is, and does not say the same as the first
/// that can be read.
pub fn may_change_the_party(row: &UnreadableRow, party: usize, firsts: &HashMap<u32, &Event>) -> bool {
    match row.case {
        RowCase::Unknown => true,
        RowCase::WithoutEvents(_) => false,
        RowCase::Known(case) => firsts.get(&case).is_none_or(|first| {
            let fields = row.case_fields.as_ref();
            let known = said_of_case(&first.case_fields, party);
            let says_the_same = fields.is_some_and(|fields| said_of_case(fields, party) == known);
            row.between.0 <= first.time && !says_the_same
        }),
    }
}

pub fn reaches_others(graph: &Graph, row: &UnreadableRow) -> bool {
    let reaches = |kind: usize| graph.reaches.get(kind).is_some_and(Option::is_some);
    match &row.kinds {
        Some(kinds) => kinds.iter().any(|kind| reaches(usize::from(*kind))),
        None => graph.reaches.iter().any(Option::is_some),
    }
}
