//! Behaviours: a small automaton for each that something in a case touches.
//!
//! ```text
//! happen(event) ─► Seen, for each behaviour that names its kind ─► Watch::take ─► Found
//! fire(at)      ─► the end of the case, then what is due         ─► Watch::fall_due, case_ends
//! settle        ─► what is said of the case as a whole           ─► Watch::close
//! ```
//!
//! [`Watch`] is the automaton; each family of sentences has a file: `order` (what came before),
//! `absence` (what comes within a time, or never), `counting` (how often), `responsibility` (how it is done, and by whom).

mod absence;
mod count;
mod counting;
mod ending;
mod monitor;
mod observation;
mod open_finding;
mod order;
mod responsibility;

use std::collections::{BTreeMap, BTreeSet};

use ending::Ending;
use monitor::Watch;
use observation::Seen;
use open_finding::Found;

use super::finding::{Evidence, UnknownFact};
use super::occurrence::Occurrence;
use super::plan::{Plan, Scope};
use super::run_totals::Outside;
use super::truth::Facts;

use crate::calendar::Instant;

/// The behaviours of a case.
#[derive(Default)]
pub struct Behaviours {
    /// Those that something touched, by their index.
    watches: BTreeMap<usize, Watch>,
    /// When to look at which again. What was answered meanwhile is found answered.
    timers: BTreeSet<(Instant, usize)>,
    /// When the case began.
    first: Option<Instant>,
    ending: Ending,
    /// Of a party: how far each of its cases has come. The party itself has no end, for it may come back.
    cases: BTreeMap<u32, Ending>,
}

impl Behaviours {
    /// Takes in what happens, after its effects on clocks; `facts` are as things stand then. Whether
    /// it is the first that happens after the end of the case.
    pub fn happen(&mut self, plan: &Plan<'_>, facts: Facts<'_>, event: &Occurrence<'_>) -> bool {
        let first = *self.first.get_or_insert(event.time);
        if self.ending.is_over() {
            // What a clock brings about later is no event of the log that came too late.
            return plan.has_behaviours() && event.clock.is_none() && self.ending.is_first_after();
        }
        let facts = facts.about(&**event).started(event.time);
        match plan.scope {
            Scope::Cases => self.ending.take(plan, facts, event),
            Scope::Parties if event.clock.is_none() => {
                let ending = self.cases.entry(event.case).or_default();
                if ending.waits_for().is_some_and(|end| end < event.time) {
                    return false;
                }
                ending.take(plan, facts, event);
            }
            Scope::Parties => {}
        }
        for index in plan.behaviours(usize::from(event.kind)) {
            let Some(rule) = plan.graph.behaviours.get(*index) else { continue };
            let seen = Seen { plan, rule, facts, event, first };
            let due = self.watches.entry(*index).or_default().take(&seen);
            self.timers.extend(due.map(|due| (due, *index)));
        }
        false
    }

    /// When something falls due next: a limit, or the end of the case.
    pub fn next(&self) -> Option<Instant> {
        let due = self.timers.first().map(|(at, _)| *at);
        due.into_iter().chain(self.ending.waits_for()).min()
    }

    /// What falls due at `at`, after everything that happens at that instant. A case that ends with a
    /// gap just as long as it may be has kept its promise: so the end comes first.
    pub fn fire(&mut self, plan: &Plan<'_>, at: Instant) {
        if self.ending.waits_for() == Some(at)
            && let Some(end) = self.ending.come()
        {
            for (index, watch) in &mut self.watches {
                if let Some(rule) = plan.graph.behaviours.get(*index) {
                    watch.case_ends(rule, end);
                }
            }
        }
        while let Some((due, index)) = self.timers.first().copied().filter(|(due, _)| *due <= at) {
            self.timers.pop_first();
            if let Some((watch, rule)) = self.watches.get_mut(&index).zip(plan.graph.behaviours.get(index)) {
                watch.fall_due(rule, due);
            }
        }
    }

    /// Says what can only be said of the case as a whole. Everything due must have fired.
    pub fn settle(&mut self, plan: &Plan<'_>) {
        let Some(first) = self.first else { return };
        for index in plan.behaviours_of_the_case() {
            let Some(rule) = plan.graph.behaviours.get(*index) else { continue };
            self.watches.entry(*index).or_default().close(plan, rule, first, self.ending.end());
        }
    }

    /// When the case ended, and the event that says so; none before.
    pub fn end(&self) -> Option<(Instant, &Evidence)> {
        self.ending.end().map(|end| (end.at, end.by))
    }

    /// What cannot be read of events that may have ended the case, or one of a party, and when they happened.
    pub fn unread_end(&self) -> impl Iterator<Item = &(Instant, UnknownFact)> {
        self.cases.values().chain([&self.ending]).flat_map(Ending::unread)
    }

    /// How many findings each behaviour was asked for: counted as they are opened.
    pub fn asked(&self) -> impl Iterator<Item = (usize, u64)> {
        self.watches.iter().map(|(index, watch)| (*index, watch.asked))
    }

    /// How many occurrences lay outside the dates in force.
    pub fn outside(&self) -> Outside {
        let mut outside = Outside::default();
        self.watches.values().for_each(|watch| outside += watch.outside);
        outside
    }

    /// What was found, by behaviour.
    pub fn found(&self) -> impl Iterator<Item = (usize, &Found)> {
        self.watches.iter().flat_map(|(index, watch)| watch.found.iter().map(|found| (*index, found)))
    }
}
