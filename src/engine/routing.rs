//! Who hears what: the events of each case, and of each party, in the order of the log.

use std::collections::{BTreeMap, BTreeSet};

use super::words;

use crate::calendar::Instant;
use crate::graph::Graph;
use crate::log::{Event, Log};

/// A case or a party, and the events that it hears.
#[derive(Clone, Debug)]
pub struct RoutedEvents<'l> {
    /// Its cases, by their indices in the log, in order; a case alone is its only one.
    pub cases: Vec<usize>,
    /// The events, in order.
    pub events: Vec<&'l Event>,
}

impl RoutedEvents<'_> {
    /// The case that it is named by: its first.
    pub fn first(&self) -> Option<usize> {
        self.cases.first().copied()
    }

    /// When it began: its first event.
    pub fn begun(&self) -> Instant {
        self.events.first().map_or(Instant::MIN, |event| event.time)
    }
}

/// The cases and parties of a log up to an instant.
#[derive(Clone, Debug)]
pub struct Routes<'l> {
    /// Cases with an event.
    pub cases: Vec<RoutedEvents<'l>>,
    /// Parties with a case; none if no rule speaks of parties.
    pub parties: Vec<RoutedEvents<'l>>,
    /// Cases whose party the log does not say.
    pub without_party: Vec<usize>,
    /// For each case the first case of its party, itself if it has none.
    pub home: Vec<usize>,
}

impl<'l> Routes<'l> {
    /// Tells each event up to `as_of` to its case, to the cases that it reaches, and to their parties.
    pub fn of(graph: &Graph, log: &'l Log, as_of: Instant) -> Self {
        let asks_for_parties = graph.speaks_of_parties();
        let heard = Hearing::of(graph, log, as_of);
        let begun = |case: usize| heard.by_case.get(case).is_some_and(|events| !events.is_empty());
        let mut parties: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut without_party = Vec::new();
        for case in (0..log.cases.len()).filter(|case| asks_for_parties && begun(*case)) {
            match party(graph, heard.first.get(case).copied().flatten()) {
                Some(name) => parties.entry(name).or_default().push(case),
                None => without_party.push(case),
            }
        }
        let mut home: Vec<usize> = (0..log.cases.len()).collect();
        for cases in parties.values() {
            for case in cases {
                if let (Some(home), Some(first)) = (home.get_mut(*case), cases.first()) {
                    *home = *first;
                }
            }
        }
        let parties = parties.into_values().map(|cases| heard.together(cases)).collect();
        let cases = heard.by_case.into_iter().enumerate().filter(|(_, events)| !events.is_empty());
        let cases = cases.map(|(case, events)| RoutedEvents {
            cases: vec![case],
            events: events.into_iter().map(|(_, event)| event).collect(),
        });
        Self { cases: cases.collect(), parties, without_party, home }
    }
}

/// The events that each case hears, with their numbers in the log.
struct Hearing<'l> {
    by_case: Vec<Vec<(usize, &'l Event)>>,
    /// The first event of its own of each case.
    first: Vec<Option<&'l Event>>,
}

impl<'l> Hearing<'l> {
    fn of(graph: &Graph, log: &'l Log, as_of: Instant) -> Self {
        let mut heard = Self { by_case: vec![Vec::new(); log.cases.len()], first: vec![None; log.cases.len()] };
        let mut reach = Reach::new(graph);
        for (number, event) in log.events.iter().enumerate().filter(|(_, event)| event.time <= as_of) {
            let own = event.case as usize;
            reach.learn(own, event);
            if let Some(first) = heard.first.get_mut(own) {
                first.get_or_insert(event);
            }
            for case in reach.cases(own, event) {
                if let Some(events) = heard.by_case.get_mut(case) {
                    events.push((number, event));
                }
            }
        }
        heard
    }

    /// The events of several cases, each once, in the order of the log.
    fn together(&self, cases: Vec<usize>) -> RoutedEvents<'l> {
        let events = cases.iter().filter_map(|case| self.by_case.get(*case)).flatten();
        let events: BTreeMap<usize, &Event> = events.copied().collect();
        RoutedEvents { cases, events: events.into_values().collect() }
    }
}

/// Which cases an event that reaches others is told to.
struct Reach<'g> {
    graph: &'g Graph,
    /// For each case field that events reach by, who has which value.
    by_field: BTreeMap<usize, Values>,
}

/// The values of a case field so far.
#[derive(Default)]
struct Values {
    /// The value of each case.
    of_case: BTreeMap<usize, String>,
    /// The cases of each value.
    cases: BTreeMap<String, BTreeSet<usize>>,
}

impl<'g> Reach<'g> {
    fn new(graph: &'g Graph) -> Self {
        let fields = graph.reaches.iter().flatten().map(|(_, field)| (*field, Values::default()));
        Self { graph, by_field: fields.collect() }
    }

    /// Takes in what a row says of its case.
    fn learn(&mut self, case: usize, event: &Event) {
        for (field, Values { of_case, cases }) in &mut self.by_field {
            let said = event.case_fields.iter().find(|(index, _)| usize::from(*index) == *field);
            let Some((_, reading)) = said else { continue };
            if let Some(before) = of_case.remove(&case)
                && let Some(cases) = cases.get_mut(&before)
            {
                cases.remove(&case);
            }
            if reading.known().is_some() {
                let value = words::case_field(self.graph, *field, reading);
                cases.entry(value.clone()).or_default().insert(case);
                of_case.insert(case, value);
            }
        }
    }

    /// The case of an event, and those that it reaches as things stand.
    fn cases(&self, own: usize, event: &Event) -> Vec<usize> {
        let kind = usize::from(event.kind);
        let mut cases = vec![own];
        let Some((slot, field)) = self.graph.reaches.get(kind).copied().flatten() else { return cases };
        let reading = event.fields.get(slot).filter(|reading| reading.known().is_some());
        let value = reading.map(|reading| words::shown(self.graph, kind, slot, Some(reading)));
        let reached = value.and_then(|value| self.by_field.get(&field)?.cases.get(&value));
        cases.extend(reached.into_iter().flatten().filter(|case| **case != own));
        cases
    }
}

/// The party that a case belongs to: what its first event says of it.
fn party(graph: &Graph, first: Option<&Event>) -> Option<String> {
    let field = graph.party?;
    let (_, reading) = first?.case_fields.iter().find(|(index, _)| usize::from(*index) == field)?;
    reading.known().map(|_| words::case_field(graph, field, reading))
}
