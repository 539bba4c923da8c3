//! What became of each promise from one version of a service to the next.

use super::differences::{Incomparable, Looser};
use super::merged::MergedModel;
use super::{Contrast, Found, Strictness};

use crate::graph::Graph;
use crate::graph::PromiseId;

/// A promise that one of two versions has, or both.
#[derive(Clone, PartialEq, Debug)]
pub struct PromiseChange {
    /// In the new version.
    pub new: Option<PromiseId>,
    /// In the old one.
    pub old: Option<PromiseId>,
    /// The ways in which the new one asks less; where it says so is mine.
    pub looser: Vec<Found<Looser>>,
    /// The ways in which it asks more; where the old one says so is mine.
    pub stricter: Vec<Found<Looser>>,
    /// What cannot be compared.
    pub undecided: Vec<Found<Incomparable>>,
}

/// What became of each promise: those of the new version in its order, then those that are gone.
pub fn changes(new: &Graph, old: &Graph) -> Vec<PromiseChange> {
    let together = MergedModel::of(new, old);
    let strictness = Strictness::of(&together.graph);
    let mut gone = old.promise_ids();
    let mut changes = Vec::new();
    for promise in new.promise_ids() {
        let kind = std::mem::discriminant(&promise);
        let same = |known: &PromiseId| {
            std::mem::discriminant(known) == kind && old.promise_name(*known) == new.promise_name(promise)
        };
        let before = gone.iter().position(same).map(|index| gone.remove(index));
        changes.push(match before {
            Some(before) => between(&together, &strictness, promise, before),
            None => PromiseChange::alone(Some(promise), None),
        });
    }
    changes.extend(gone.into_iter().map(|promise| PromiseChange::alone(None, Some(promise))));
    changes
}

fn between(together: &MergedModel, strictness: &Strictness<'_>, new: PromiseId, old: PromiseId) -> PromiseChange {
    let before = together.other(old);
    let [less, more] = [(new, before), (before, new)].map(|(mine, other)| match together.reads_another_type(old) {
        true => apart(together, mine, other),
        false => strictness.contrast(mine, other).unwrap_or_default(),
    });
    let undecided = less.undecided.into_iter().chain(more.undecided).collect();
    PromiseChange {
        looser: less.looser,
        stricter: more.looser,
        undecided,
        ..PromiseChange::alone(Some(new), Some(old))
    }
}

fn apart(together: &MergedModel, mine: PromiseId, other: PromiseId) -> Contrast {
    let mut contrast = Contrast::default();
    let place = |promise| together.graph.promise(promise).map(|(_, span)| span).unwrap_or_default();
    contrast.open(Incomparable::Measured { what: "the type of a field that it reads" }, place(mine), place(other));
    contrast
}

impl PromiseChange {
    fn alone(new: Option<PromiseId>, old: Option<PromiseId>) -> Self {
        Self { new, old, looser: Vec::new(), stricter: Vec::new(), undecided: Vec::new() }
    }
}
