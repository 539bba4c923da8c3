//! Is one promise at least as strict as another?
//!
//! It is if nobody can keep it and break the other: whatever happens in a case, where the other is broken, it is
//! broken too. The answer is a list of the ways in which it asks less, each with a case that shows it, and of what
//! cannot be compared. An empty list of both is a proof, but for what excuses both alike.
//!
//! Two clocks are compared clause by clause (`clocks`): what starts, ends and pauses them (`triggers`), the rows of
//! their tables, case by case (`targets`), and where rows count other hours or other units, start by start
//! (`terms`). `conduct` compares behaviours, `levels` what holds on the whole. Promises of two files are
//! compared in a graph that holds both (`together`).
// A new clause of the language is to be named by the compiler wherever it must be handled.
#![warn(clippy::wildcard_enum_match_arm)]

mod as_strict_as;
mod behaviours;
mod cases;
mod changes;
mod clocks;
mod counted_limits;
mod differences;
#[allow(clippy::wildcard_enum_match_arm, reason = "words: what is not told apart is said alike")]
mod faults;
mod id_map;
mod levels;
mod merged;
mod targets;
mod triggers;

pub use as_strict_as::check;
pub use changes::{PromiseChange, changes};
pub use differences::{Does, Incomparable, Looser, Phrase, Side};
pub use faults::StrictnessFault;

use crate::graph::Attributes;
use crate::graph::Graph;
use crate::graph::PromiseId;
use crate::proofs::Segments;
use crate::source::Span;

/// How a promise stands to another.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Contrast {
    /// The ways in which it asks less.
    pub looser: Vec<Found<Looser>>,
    /// What cannot be compared.
    pub undecided: Vec<Found<Incomparable>>,
}

/// Something found between two promises, and where each says so.
#[derive(Clone, PartialEq, Debug)]
pub struct Found<T> {
    /// What was found.
    pub what: T,
    /// Where the promise says so.
    pub mine: Span,
    /// Where the other does.
    pub other: Span,
}

impl Contrast {
    /// Whether it is proved that the promise is at least as strict.
    pub fn is_at_least_as_strict(&self) -> bool {
        self.looser.is_empty() && self.undecided.is_empty()
    }

    fn less(&mut self, what: Looser, mine: Span, other: Span) {
        let found = Found { what, mine, other };
        if !self.looser.contains(&found) {
            self.looser.push(found);
        }
    }

    fn open(&mut self, what: Incomparable, mine: Span, other: Span) {
        if !self.undecided.iter().any(|known| known.what == what) {
            self.undecided.push(Found { what, mine, other });
        }
    }
}

/// Compares promises of one graph.
pub struct Strictness<'g> {
    graph: &'g Graph,
    segments: Segments,
}

impl<'g> Strictness<'g> {
    /// For the promises of a graph.
    pub fn of(graph: &'g Graph) -> Self {
        Self { graph, segments: Segments::of(graph) }
    }

    /// How a promise stands to another; none if there is no such promise, or if the two are of different kinds.
    pub fn contrast(&self, mine: PromiseId, other: PromiseId) -> Option<Contrast> {
        let graph = self.graph;
        let mut contrast = match (mine, other) {
            (PromiseId::Standard(one), PromiseId::Standard(two)) => self.clocks(one, two)?,
            (PromiseId::Behaviour(one), PromiseId::Behaviour(two)) => {
                self.behaviours(graph.behaviours.get(one)?, graph.behaviours.get(two)?)
            }
            (PromiseId::Level(one), PromiseId::Level(two)) => {
                self.levels(graph.levels.get(one)?, graph.levels.get(two)?)
            }
            (PromiseId::Scorecard(one), PromiseId::Scorecard(two)) => {
                self.scorecards(graph.scorecards.get(one)?, graph.scorecards.get(two)?)
            }
            (PromiseId::Authority(one), PromiseId::Authority(two)) => {
                self.authorities(graph.authorities.get(one)?, graph.authorities.get(two)?)
            }
            _ => return None,
        };
        let ((one, here), (two, there)) = (graph.promise(mine)?, graph.promise(other)?);
        if let Some(status) = unfit(one).filter(|_| unfit(two).is_none()) {
            contrast.less(Looser::NotJudged { status: status.to_owned() }, here, there);
        }
        Some(contrast)
    }
}

/// Why a promise is not judged.
fn unfit(attributes: &Attributes) -> Option<&str> {
    attributes.status.as_deref().filter(|status| ["draft", "retired"].contains(status))
}

impl Graph {
    /// What else is said of a promise, and where it is declared.
    pub fn promise(&self, promise: PromiseId) -> Option<(&Attributes, Span)> {
        Some(match promise {
            PromiseId::Standard(index) => {
                let found = self.standards.get(index)?;
                (&found.attributes, found.span)
            }
            PromiseId::Behaviour(index) => {
                let found = self.behaviours.get(index)?;
                (&found.attributes, found.span)
            }
            PromiseId::Level(index) => {
                let found = self.levels.get(index)?;
                (&found.attributes, found.span)
            }
            PromiseId::Scorecard(index) => {
                let found = self.scorecards.get(index)?;
                (&found.attributes, found.span)
            }
            PromiseId::Authority(index) => {
                let found = self.authorities.get(index)?;
                (&found.attributes, found.span)
            }
        })
    }

    /// Every promise, kind by kind.
    pub fn promise_ids(&self) -> Vec<PromiseId> {
        let standards = (0..self.standards.len()).map(PromiseId::Standard);
        let behaviours = (0..self.behaviours.len()).map(PromiseId::Behaviour);
        let levels = (0..self.levels.len()).map(PromiseId::Level);
        let scorecards = (0..self.scorecards.len()).map(PromiseId::Scorecard);
        let authorities = (0..self.authorities.len()).map(PromiseId::Authority);
        standards.chain(behaviours).chain(levels).chain(scorecards).chain(authorities).collect()
    }
}
