//! What stories a graph can tell: which events open one, and which come along by the way.

use std::collections::BTreeSet;

use super::clock::{consequences, triggers};
use super::people::Cast;
use super::plausible_values::Palette;
use super::played::Request;
use super::sampled_time::SampledCalendars;

use crate::graph::{ClockEvent, Graph, Standard};

/// Everything that the stories share, made once.
pub struct World<'g> {
    /// The standards.
    pub graph: &'g Graph,
    /// What was asked for.
    pub request: &'g Request,
    /// Time.
    pub calendars: SampledCalendars,
    /// People.
    pub cast: Cast,
    /// Values.
    pub palette: Palette,
    /// Events that open a case, in the order declared.
    pub openings: Vec<usize>,
    /// Events that no clock and nobody's power mentions.
    pub asides: Vec<Aside>,
    /// The event that ends a case, where nothing else brings it about.
    pub closing: Option<usize>,
    /// Kinds of events that customers cause, not people who serve them.
    by_customers: BTreeSet<usize>,
}

/// An event that no rule mentions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Aside {
    /// Its kind.
    pub kind: usize,
    /// The kind that it follows: the one declared before it. None for what is declared after all
    /// that rules mention: it follows the end of a clock, as a survey does.
    pub after: Option<usize>,
}

impl<'g> World<'g> {
    /// Looks a graph over.
    pub fn new(graph: &'g Graph, request: &'g Request) -> Self {
        Self {
            graph,
            request,
            calendars: SampledCalendars::new(graph, request),
            cast: Cast::of(graph),
            palette: Palette::of(graph),
            openings: openings(graph),
            closing: closing(graph),
            asides: asides(graph),
            by_customers: by_customers(graph),
        }
    }

    /// What clocks of a standard bring about that other rules wait for: its kind, beyond those of the log.
    pub fn turns_of(&self, standard: usize) -> impl Iterator<Item = (usize, ClockEvent)> {
        let kinds = self.graph.vocabulary.events.len()..;
        let turns = kinds.zip(&self.graph.derived_events);
        turns.filter(move |(_, turn)| turn.standard == standard).map(|(kind, turn)| (kind, turn.what))
    }

    /// Whether customers cause this kind of event.
    pub fn is_by_customers(&self, kind: usize) -> bool {
        self.by_customers.contains(&kind)
    }

    /// Whether a behaviour looks at this kind of event.
    pub fn is_judged(&self, kind: usize) -> bool {
        self.graph
            .behaviours
            .iter()
            .any(|behaviour| behaviour.sentence.judged().iter().any(|trigger| trigger.event == kind))
    }

    /// The opening that comes before this one if it comes at all: a `complaint.extended` follows a
    /// `complaint.received`, if that is declared before it.
    pub fn first_of_its_kin(&self, opening: usize) -> usize {
        let kin = |kind: usize| {
            let event = self.graph.vocabulary.events.get(kind);
            event.map(|event| event.name.split('.').next().unwrap_or(&event.name))
        };
        self.openings.iter().copied().find(|other| kin(*other) == kin(opening)).unwrap_or(opening)
    }

    /// The touchpoint of the first standard that a kind of event has to do with.
    pub fn place_of(&self, kind: usize) -> Option<usize> {
        let mut standards = self.graph.standards.iter();
        standards.find(|standard| triggers(standard).any(|trigger| trigger.event == kind))?.touchpoint
    }
}

/// Starts that nothing else leads to; where all lead to one another, the first of the circle. What a
/// clock brings about stands in no log.
fn openings(graph: &Graph) -> Vec<usize> {
    let starts = graph.standards.iter().flat_map(start_kinds);
    let starts: BTreeSet<usize> = starts.filter(|kind| *kind < graph.vocabulary.events.len()).collect();
    let led_to: BTreeSet<usize> = graph.standards.iter().flat_map(leads_to).chain(by_people(graph)).collect();
    let mut openings: BTreeSet<usize> = starts.difference(&led_to).copied().collect();
    loop {
        let reached = reached(graph, &openings);
        match starts.difference(&reached).next() {
            Some(start) => openings.insert(*start),
            None => return openings.into_iter().collect(),
        };
    }
}

fn start_kinds(standard: &Standard) -> impl Iterator<Item = usize> {
    standard.starts.iter().map(|trigger| trigger.event)
}

/// What follows once a standard runs, but for what starts it too.
fn leads_to(standard: &Standard) -> impl Iterator<Item = usize> {
    let kinds = consequences(standard).map(|trigger| trigger.event);
    kinds.filter(|kind| !start_kinds(standard).any(|start| start == *kind))
}

/// Escalations, acts and approvals: people do them in the course of a case.
fn by_people(graph: &Graph) -> impl Iterator<Item = usize> {
    let told = graph.escalations.iter().map(|escalation| escalation.event);
    let acts = graph.actions.iter().map(|action| action.event);
    let approvals = graph
        .approvals
        .iter()
        .flat_map(|approval| [approval.asked, approval.granted].into_iter().chain(approval.refused));
    told.chain(acts).chain(approvals)
}

/// All kinds that stories with these openings can come to.
fn reached(graph: &Graph, openings: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut reached = openings.clone();
    if !openings.is_empty() {
        reached.extend(by_people(graph));
    }
    loop {
        let before = reached.len();
        for standard in &graph.standards {
            if start_kinds(standard).any(|start| reached.contains(&start)) {
                reached.extend(leads_to(standard));
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

fn asides(graph: &Graph) -> Vec<Aside> {
    let by_clocks = graph.standards.iter().flat_map(|standard| triggers(standard).map(|trigger| trigger.event));
    let mentioned: BTreeSet<usize> = by_clocks.chain(by_people(graph)).collect();
    let aside = |kind: usize| {
        let before = mentioned.range(..kind).next_back().copied();
        let is_last = mentioned.range(kind..).next().is_none();
        Aside { kind, after: if is_last { None } else { before.or_else(|| mentioned.first().copied()) } }
    };
    let closing = closing(graph);
    let kinds = (0..graph.vocabulary.events.len()).filter(|kind| !mentioned.contains(kind) && closing != Some(*kind));
    kinds.map(aside).collect()
}

/// The event that ends a case, unless clocks or people bring it about.
fn closing(graph: &Graph) -> Option<usize> {
    let end = graph.case_end.as_ref()?.on.first()?.event;
    let by_clocks = graph.standards.iter().flat_map(triggers).map(|trigger| trigger.event);
    let elsewhere = by_clocks.chain(by_people(graph)).any(|kind| kind == end);
    (!elsewhere && end < graph.vocabulary.events.len()).then_some(end)
}

/// Giving up, answering, coming back, and telling afterwards how it was.
fn by_customers(graph: &Graph) -> BTreeSet<usize> {
    let caused = graph.standards.iter().flat_map(|standard| {
        let resumes = standard.pauses.iter().flat_map(|pause| &pause.resume);
        let reopens = standard.reopens.iter().flat_map(|reopen| &reopen.on);
        standard.cancels.iter().chain(resumes).chain(reopens)
    });
    let served = graph.standards.iter().flat_map(|standard| {
        let pauses = standard.pauses.iter().flat_map(|pause| &pause.on);
        standard.stops.iter().chain(pauses)
    });
    let served: BTreeSet<usize> = served.map(|trigger| trigger.event).chain(by_people(graph)).collect();
    let told_afterwards = asides(graph).into_iter().filter(|aside| aside.after.is_none()).map(|aside| aside.kind);
    caused.map(|trigger| trigger.event).chain(told_afterwards).filter(|kind| !served.contains(kind)).collect()
}
