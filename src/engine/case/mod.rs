//! A case: its state, and what it can be asked. What time, events and the end do to it, its files say.
//!
//! ```text
//! advance(to) ─► what falls due before ─┐
//! apply(event) ─► what it does to each rule ─┼─► what clocks bring about, in turn
//! settle(as of) ─► what is still open ─┘
//! ```

mod advance;
mod apply;
mod clock_effects;
mod demands;
mod escalations;
mod extensions;
mod pauses;
mod settle;
mod starts;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use indexmap::IndexSet;

use crate::calendar::Instant;
use crate::engine::authority::Authority;
use crate::engine::behaviours::Behaviours;
use crate::engine::case_fields::{CaseFields, CaseSnapshot};
use crate::engine::clock_run::ClockRun;
use crate::engine::event_key::EventKey;
use crate::engine::finding::{Anomaly, AnomalyKind, Evidence, ExtensionDetail, Holder, UnknownFact, Verdict};
use crate::engine::history::History;
use crate::engine::levels::{LevelInput, OverTime};
use crate::engine::moments::Moments;
use crate::engine::occurrence::Occurrence;
use crate::engine::pauses::AllPauses;
use crate::engine::plan::Plan;
use crate::engine::run_totals::Outside;
use crate::engine::truth::{Facts, Latest, Truth};
use crate::graph::{Condition, Graph};
use crate::log::{Event, Log, Place};

/// The state of one case.
pub struct Case<'p, 'l> {
    pub(super) plan: &'p Plan<'p>,
    log: &'l Log,
    /// The case that it is named by, by its index in the log.
    pub index: usize,
    /// The cases whose own events these are: one, or all of a party, in order.
    own: Vec<usize>,
    /// The case's fields as they stand.
    pub fields: CaseFields,
    /// The latest event of each kind.
    pub latest: Vec<Latest<'l>>,
    /// The clocks of each standard that has had any, by key.
    pub(super) clocks: BTreeMap<usize, BTreeMap<Option<String>, KeyedClock<'p>>>,
    /// Why it cannot be told that no clock runs.
    pub(super) unsure: BTreeMap<usize, Unsure>,
    /// What is on hold, whether or not a clock runs.
    pub(super) pauses: AllPauses,
    /// Starts that wait for their delay.
    pub(super) waiting: Vec<Waiting<'l>>,
    /// What was done, asked and granted.
    pub authority: Authority<'p, 'l>,
    /// Clocks that have come to their end for good.
    pub finished: Vec<ClockRun<'p>>,
    /// What the clocks could not use.
    pub anomalies: Vec<Anomaly>,
    /// How many clocks were started or reopened with a verdict of their own, by standard.
    pub started: BTreeMap<usize, u64>,
    /// Who acted last.
    pub holder: Option<Holder>,
    /// What must, or must never, happen.
    pub behaviours: Behaviours,
    /// Grants of more time.
    pub extensions: Vec<Granting>,
    /// What happened, where facts are asked of it.
    pub history: History<'l>,
    /// Moments of truth that may be out of control.
    pub moments: Moments,
    /// What lay outside the dates in force.
    pub outside: Outside,
    /// What clocks brought about and is still to be passed on.
    pending: VecDeque<Occurrence<'l>>,
    /// What was met meanwhile: it is passed on behind all else that one event brings about.
    met: Vec<Occurrence<'l>>,
    /// How many ends of exemptions' windows have passed.
    windows_passed: usize,
    /// What levels take of its events.
    pub sampled: Vec<LevelInput<'l>>,
    /// How it stood to levels over time.
    pub over_time: OverTime,
}

/// The clocks of one key.
#[derive(Default)]
pub(super) struct KeyedClock<'p> {
    pub(super) running: Option<ClockRun<'p>>,
    /// The last one that ended; it may be reopened.
    pub(super) last: Option<ClockRun<'p>>,
    /// Whether any has started.
    pub(super) started: bool,
}

/// Why it cannot be told that no clock of a standard runs, beside those that are known; each reason once, for they are
/// handed on from clock to clock.
#[derive(Default)]
pub(super) struct Unsure {
    /// Of the keys that no event named.
    pub(super) of_all: IndexSet<UnknownFact>,
    /// Of a key that an event named.
    pub(super) of_key: BTreeMap<Option<String>, IndexSet<UnknownFact>>,
}

impl Unsure {
    /// Why, whichever the key.
    pub(super) fn all(&self) -> impl Iterator<Item = &UnknownFact> {
        self.of_all.iter().chain(self.of_key.values().flatten())
    }
}

/// A start that waits for its delay.
#[derive(Clone)]
pub(super) struct Waiting<'l> {
    pub(super) at: Instant,
    pub(super) standard: usize,
    pub(super) event: Occurrence<'l>,
}

/// A grant that spoke to a running clock.
#[derive(Clone, Debug)]
pub struct Granting {
    /// The standard and the line, by their indices.
    pub of: (usize, usize),
    /// The clock's key.
    pub key: Option<String>,
    /// Whether it gave more time.
    pub verdict: Verdict,
    /// The log line.
    pub evidence: Evidence,
    /// What decided it.
    pub detail: ExtensionDetail,
}

impl<'p, 'l> Case<'p, 'l> {
    /// A case of which nothing is known yet.
    pub fn new(plan: &'p Plan<'p>, log: &'l Log, own: &[usize]) -> Self {
        let graph = plan.graph;
        Self {
            plan,
            log,
            index: own.first().copied().unwrap_or_default(),
            own: own.to_vec(),
            fields: CaseFields::unknown(graph),
            latest: vec![Latest::None; graph.vocabulary.events.len()],
            clocks: BTreeMap::new(),
            unsure: BTreeMap::new(),
            pauses: AllPauses::new(),
            waiting: Vec::new(),
            authority: Authority::new(graph),
            finished: Vec::new(),
            anomalies: Vec::new(),
            started: BTreeMap::new(),
            holder: None,
            behaviours: Behaviours::default(),
            extensions: Vec::new(),
            history: History::default(),
            moments: Moments::of(graph, plan.scope),
            outside: Outside::default(),
            pending: VecDeque::new(),
            met: Vec::new(),
            windows_passed: 0,
            sampled: Vec::new(),
            over_time: OverTime::default(),
        }
    }

    /// The graph that the case is judged by.
    pub fn graph(&self) -> &'p Graph {
        self.plan.graph
    }

    /// The cases whose own events these are, by their ids.
    pub fn ids(&self) -> impl Iterator<Item = Arc<str>> {
        self.own.iter().filter_map(|case| self.log.cases.get(*case).cloned())
    }

    /// What conditions may read as things stand.
    pub fn facts(&self) -> Facts<'_> {
        self.fields.facts(self.plan.graph, &self.latest)
    }

    /// How the case's fields stood at an instant, after all that the log says of it.
    pub fn fields_at(&self, at: Instant) -> CaseSnapshot<'l> {
        CaseSnapshot::after(self.plan.graph, self.history.events_until(at))
    }

    /// Whether an event is of this case, and not one of another that reaches it.
    fn is_own(&self, event: &Event) -> bool {
        self.own.binary_search(&(event.case as usize)).is_ok()
    }

    pub(super) fn running(&mut self, standard: usize, key: &Option<String>) -> Option<&mut ClockRun<'p>> {
        self.clocks.get_mut(&standard)?.get_mut(key)?.running.as_mut()
    }

    /// The key that an event names, for a standard.
    pub(super) fn key(&self, standard: usize, event: &Occurrence<'l>) -> EventKey {
        EventKey::of(self.plan.graph, standard, event)
    }

    /// The keys of running clocks that an event acts on, each with whether that is certain.
    pub(super) fn keys_of(&self, standard: usize, event: &Occurrence<'l>) -> Vec<(Option<String>, bool)> {
        let Some(slots) = self.clocks.get(&standard) else { return Vec::new() };
        let running = slots.iter().filter(|(_, slot)| slot.running.is_some()).map(|(key, _)| key.clone());
        match self.key(standard, event) {
            EventKey::None => running.map(|key| (key, true)).collect(),
            EventKey::Known(key) => {
                running.filter(|known| *known == Some(key.clone())).map(|key| (key, true)).collect()
            }
            EventKey::Unknown => running.map(|key| (key, false)).collect(),
        }
    }

    /// Whether any of the filters holds.
    pub(super) fn truth_of(&self, filters: &[Option<&Condition>], event: &Occurrence<'l>, at: Instant) -> Truth {
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(&**event).started(at);
        filters.iter().fold(Truth::False, |so_far, filter| so_far.or(facts.holds(*filter))).and(event.sure)
    }

    pub(super) fn report_anomaly(
        &mut self,
        kind: AnomalyKind,
        standard: impl Into<Option<usize>>,
        event: &Occurrence<'l>,
    ) {
        self.report_anomaly_at(kind, standard.into(), (usize::from(event.kind), event.time, event.place));
    }

    /// The same of an event that is told by its kind, its time and its place.
    pub(super) fn report_anomaly_at(
        &mut self,
        kind: AnomalyKind,
        standard: Option<usize>,
        (event, at, place): (usize, Instant, Place),
    ) {
        // What happens outside the dates in force, others tell of.
        if !self.plan.in_force(at) {
            return;
        }
        let case = self.log.cases.get(self.index).cloned().unwrap_or_else(|| "".into());
        self.anomalies.push(Anomaly { kind, standard, case, event, at, place });
    }

    /// The segments that it belongs to.
    pub fn segments(&self) -> Vec<usize> {
        let facts = self.facts();
        let belongs = |segment: &usize| facts.truth(&Condition::Segment(*segment)) == Truth::True;
        (0..facts.graph.segments.len()).filter(belongs).collect()
    }
}
