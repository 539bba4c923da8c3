//! `at least as strict as S`: proved, or told.

use super::faults::StrictnessFault;
use super::{Found, Strictness};

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::graph::PromiseId;
use crate::source::Span;

/// Tells of each promise that asks less than the one it must be at least as strict as, and of each that cannot be
/// compared with it.
pub fn check(graph: &Graph) -> Vec<Diagnostic> {
    let claims: Vec<(PromiseId, PromiseId, Span)> = graph
        .promise_ids()
        .into_iter()
        .filter_map(|promise| {
            let (attributes, _) = graph.promise(promise)?;
            let (than, at) = attributes.as_strict_as.as_ref()?;
            Some((promise, *than, *at))
        })
        .collect();
    if claims.is_empty() {
        return Vec::new();
    }
    let strictness = Strictness::of(graph);
    claims.into_iter().flat_map(|(promise, than, at)| strictness.claim(promise, than, at)).collect()
}

impl Strictness<'_> {
    fn claim(&self, mine: PromiseId, other: PromiseId, at: Span) -> Vec<Diagnostic> {
        let (promise, than) = (self.graph.promise_name(mine).to_owned(), self.graph.promise_name(other).to_owned());
        let Some(contrast) = self.contrast(mine, other) else {
            let declared = self.graph.promise(other).map(|(_, span)| span).unwrap_or_default();
            let fault = StrictnessFault::OtherKind { promise, than };
            return vec![Diagnostic::new(fault, at).against(declared)];
        };
        let told = |fault: StrictnessFault, mine: Span, other: Span| Diagnostic::new(fault, mine).against(other);
        let laxer = contrast.looser.into_iter().map(|Found { what, mine, other }| {
            let fault = StrictnessFault::Laxer { promise: promise.clone(), than: than.clone(), way: what };
            told(fault, mine, other)
        });
        let laxer: Vec<Diagnostic> = laxer.collect();
        if !laxer.is_empty() {
            return laxer;
        }
        let undecided = contrast.undecided.into_iter().map(|Found { what, mine, other }| {
            let fault = StrictnessFault::Undecided { promise: promise.clone(), than: than.clone(), why: what };
            told(fault, mine, other)
        });
        undecided.collect()
    }
}
