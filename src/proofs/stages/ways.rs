//! Ways: stages that begin where the one before ends, from the start of a whole to its end.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ClockEvent, Graph, Standard, Trigger};

/// Stages of one way, beyond which it is not followed.
const STAGES: usize = 6;

/// Events behind one another, beyond which it is not asked first whether they lead anywhere.
const EVENTS: usize = 100;

/// A stage: a standard with the event that starts it, and the one that stops it.
#[derive(Clone, Copy)]
pub struct Leg<'g> {
    index: usize,
    /// The standard.
    pub standard: &'g Standard,
    /// What starts it.
    pub start: &'g Trigger,
    /// What stops it.
    pub stop: &'g Trigger,
}

/// A whole, and at least two stages from its start to its end.
pub struct Way<'g> {
    /// The whole.
    pub whole: Leg<'g>,
    /// Its stages, in order.
    pub stages: Vec<Leg<'g>>,
}

/// The standards that each event starts.
pub struct StartsAt<'g> {
    graph: &'g Graph,
    legs: BTreeMap<usize, Vec<(usize, &'g Trigger)>>,
    /// What tells that a clock is met, by standard, where any rule waits for it.
    met: BTreeMap<usize, usize>,
    /// The events that a stage may lead to from each event, and from what is met at it.
    leads_to: BTreeMap<usize, BTreeSet<usize>>,
}

impl<'g> StartsAt<'g> {
    /// Those of a graph.
    pub fn of(graph: &'g Graph) -> Self {
        let mut legs: BTreeMap<usize, Vec<(usize, &'g Trigger)>> = BTreeMap::new();
        let mut leads_to: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (index, standard) in graph.standards.iter().enumerate() {
            for start in &standard.starts {
                legs.entry(start.event).or_default().push((index, start));
                // What is met is met at one of its stops.
                let met = graph.turn(start.event).filter(|turn| turn.what == ClockEvent::Met);
                let met = met.and_then(|turn| graph.standards.get(turn.standard));
                let starts = met.into_iter().flat_map(|before| before.stops.iter().map(|stop| stop.event));
                for event in starts.chain([start.event]) {
                    leads_to.entry(event).or_default().extend(standard.stops.iter().map(|stop| stop.event));
                }
            }
        }
        let derived_events = graph.derived_events.iter().enumerate().filter(|(_, found)| found.what == ClockEvent::Met);
        let kinds = graph.vocabulary.events.len();
        let met = derived_events.map(|(index, found)| (found.standard, kinds.saturating_add(index))).collect();
        Self { graph, legs, met, leads_to }
    }

    /// Whether stages may lead from one event to another, by way of a third.
    fn goes_by_stages(&self, from: usize, to: usize) -> bool {
        let next = |event: &usize| self.leads_to.get(event).into_iter().flatten().copied();
        let mut seen: BTreeSet<usize> = next(&from).collect();
        let mut open: Vec<usize> = seen.iter().copied().collect();
        while let Some(event) = open.pop() {
            // Beyond that, the ways themselves tell.
            if seen.len() > EVENTS {
                return true;
            }
            for after in next(&event) {
                if after == to {
                    return true;
                }
                if seen.insert(after) {
                    open.push(after);
                }
            }
        }
        false
    }

    /// The ways of a whole, so many at most.
    pub fn ways(&self, whole: usize, most: usize) -> Vec<Way<'g>> {
        let mut ways = Vec::new();
        let Some(standard) = self.graph.standards.get(whole).filter(|standard| self.hears_only_the_log(standard, None))
        else {
            return ways;
        };
        let mut open: Vec<Vec<Leg<'g>>> = Vec::new();
        for start in &standard.starts {
            // Most go nowhere, however many there are.
            if standard.stops.iter().any(|stop| self.goes_by_stages(start.event, stop.event)) {
                open.extend(self.next(standard, whole, start.event, &[]).take(most).map(|leg| vec![leg]));
            }
        }
        // So many steps, and no more: a file may hold thousands of stages.
        for _ in 0..most.saturating_mul(STAGES) {
            let Some(stages) = open.pop() else { break };
            let Some(last) = stages.last() else { continue };
            ways.extend(self.finished(standard, whole, &stages));
            if stages.len() < STAGES && ways.len() < most {
                let longer = self.next(standard, whole, last.stop.event, &stages);
                open.extend(longer.take(most).map(|leg| stages.iter().copied().chain([leg]).collect()));
            }
        }
        ways
    }

    /// The stages that may come next at an event.
    fn next<'s>(
        &'s self,
        of: &'g Standard,
        whole: usize,
        event: usize,
        before: &'s [Leg<'g>],
    ) -> impl Iterator<Item = Leg<'g>> + 's {
        let met = before.last().and_then(|last| self.met.get(&last.index).copied());
        let here = self.legs.get(&event).into_iter().flatten().map(move |found| (found, None));
        let behind = met.and_then(|met| self.legs.get(&met)).into_iter().flatten().map(move |found| (found, met));
        here.chain(behind).flat_map(move |((index, start), met)| {
            let fits = |standard: &&Standard| {
                *index != whole
                    && !before.iter().any(|leg| leg.index == *index)
                    && counts_alike(of, standard)
                    && self.hears_only_the_log(standard, met)
            };
            let standard = self.graph.standards.get(*index).filter(fits);
            let stops =
                standard.into_iter().flat_map(|standard| standard.stops.iter().map(move |stop| (standard, stop)));
            stops.map(move |(standard, stop)| Leg { index: *index, standard, start, stop })
        })
    }

    /// The way, if the stages end where the whole does and nothing comes in between.
    fn finished(&self, whole: &'g Standard, index: usize, stages: &[Leg<'g>]) -> Option<Way<'g>> {
        let (first, last) = (stages.first()?, stages.last().filter(|_| stages.len() > 1)?);
        let start = whole.starts.iter().find(|start| start.event == first.start.event)?;
        let stop = whole.stops.iter().find(|stop| stop.event == last.stop.event)?;
        let way = Way { whole: Leg { index, standard: whole, start, stop }, stages: stages.to_vec() };
        way.is_undisturbed().then_some(way)
    }

    /// Whether nothing but events of the log does anything to a clock, or one thing beside.
    fn hears_only_the_log(&self, standard: &Standard, beside: Option<usize>) -> bool {
        let mut triggers = standard.triggers();
        standard.delay.is_none()
            && triggers.all(|one| self.graph.turn(one.event).is_none() || Some(one.event) == beside)
    }
}

/// Whether two standards count the same time of the same cases.
fn counts_alike(one: &Standard, other: &Standard) -> bool {
    let key = |standard: &Standard| standard.key.as_ref().map(|key| key.name.clone());
    let calendar = |standard: &Standard| standard.counting.first().map(|row| row.calendar);
    let mut rows = one.counting.iter().chain(&other.counting);
    let same_calendar = rows.all(|row| Some(row.calendar) == calendar(one)) && calendar(one) == calendar(other);
    one.per_party == other.per_party && key(one) == key(other) && same_calendar
}

impl<'g> Way<'g> {
    /// The whole, then its stages.
    pub fn clocks(&self) -> impl Iterator<Item = &Leg<'g>> {
        std::iter::once(&self.whole).chain(&self.stages)
    }

    /// The events of the way, in order.
    fn events(&self) -> Vec<usize> {
        [self.whole.start.event].into_iter().chain(self.stages.iter().map(|stage| stage.stop.event)).collect()
    }

    /// Whether each clock runs from its start to its stop if nothing else happens than the events of the way.
    fn is_undisturbed(&self) -> bool {
        let events = self.events();
        let does = |triggers: &[Trigger], event: usize| triggers.iter().any(|one| one.event == event);
        let between = events.iter().skip(1).rev().skip(1);
        let mut deeds = self.whole.standard.triggers().skip(self.whole.standard.starts.len());
        let whole = !deeds.any(|one| between.clone().any(|event| *event == one.event));
        whole
            && self.stages.iter().enumerate().all(|(index, stage)| {
                let starts = &stage.standard.starts;
                let mut reopens = stage.standard.reopens.iter();
                let others = events.iter().enumerate().filter(|(place, _)| *place != index).map(|(_, event)| *event);
                !others.into_iter().any(|event| does(starts, event))
                    && !reopens.any(|reopen| events.iter().any(|event| does(&reopen.on, *event)))
            })
    }
}
