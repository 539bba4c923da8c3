//! What a version promises less than the one before it, and whether it says so.

use super::version_faults::VersionFault;
use super::version_headers::{Header, declarations};

use crate::compare::{PromiseChange, changes};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::graph::PromiseId;
use crate::source::{Sources, Span};
use crate::syntax::tree::{self, Declaration, ServiceClause};

/// Two versions of a service, one after the other, each as it stands alone.
struct Step<'v> {
    old: &'v Graph,
    new: &'v Graph,
    /// What the old one is called.
    before: &'v str,
    /// Where the new one begins.
    header: Span,
    /// The promises that it says are gone.
    taken_back: Vec<(&'v str, Span)>,
}

/// Tells of each version what it asks less than the one before without saying so, and what it says without asking
/// less; with the index of the version.
pub fn loosened(versions: &[&[tree::File]], headers: &[Header], sources: &Sources) -> Vec<(usize, Diagnostic)> {
    let mut order: Vec<usize> = (0..headers.len()).collect();
    if headers.iter().any(|header| header.days().is_none()) {
        return Vec::new();
    }
    order.sort_by_key(|index| headers.get(*index).and_then(Header::days).map(|days| days.first));
    let alone: Vec<Option<Graph>> = versions.iter().map(|files| sound(files, sources)).collect();
    let mut told = Vec::new();
    for (earlier, later) in order.iter().zip(order.iter().skip(1)) {
        let graph = |index: usize| alone.get(index).and_then(Option::as_ref);
        let Some((old, new)) = graph(*earlier).zip(graph(*later)) else { continue };
        let Some((before, header)) = headers.get(*earlier).zip(headers.get(*later)) else { continue };
        let files = versions.get(*later).copied().unwrap_or_default();
        let is_named = before.title != before.name;
        let (before, header) = (if is_named { before.title.as_str() } else { "the version before" }, header.span);
        let step = Step { old, new, before, header, taken_back: taken_back(files) };
        told.extend(step.faults().into_iter().map(|fault| (*later, fault)));
    }
    told
}

/// The graph of a version alone, if nothing is wrong with it.
fn sound(files: &[tree::File], sources: &Sources) -> Option<Graph> {
    let (graph, faults) = crate::check::check(files, sources);
    (!faults.iter().any(Diagnostic::is_error)).then_some(graph)
}

/// `no longer promises NAME "why"`, of each.
fn taken_back(files: &[tree::File]) -> Vec<(&str, Span)> {
    let services = declarations(files).filter_map(|declaration| match declaration {
        Declaration::Service(block) => Some(block),
        _ => None,
    });
    let clauses = services.flat_map(|block| &block.clauses);
    let said = clauses.filter_map(|clause| match &clause.node {
        ServiceClause::NoLongerPromises(name, _) => Some((name.node.as_str(), name.span)),
        _ => None,
    });
    said.collect()
}

impl Step<'_> {
    fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let changes = changes(self.new, self.old);
        for change in &changes {
            match (change.new, change.old) {
                (Some(new), Some(old)) => faults.extend(self.kept(change, new, old)),
                (None, Some(old)) => faults.extend(self.gone(old)),
                _ => {}
            }
        }
        for (name, at) in &self.taken_back {
            let gone = changes.iter().filter(|change| change.new.is_none()).filter_map(|change| change.old);
            if !gone.into_iter().any(|promise| self.old.promise_name(promise) == *name) {
                let still = self.new.promise_ids().into_iter().any(|promise| self.new.promise_name(promise) == *name);
                let (promise, before) = ((*name).to_owned(), self.before.to_owned());
                faults.push(Diagnostic::new(VersionFault::NotGone { promise, before, still }, *at));
            }
        }
        faults
    }

    /// A promise of both versions.
    fn kept(&self, change: &PromiseChange, new: PromiseId, old: PromiseId) -> Option<Diagnostic> {
        let (attributes, _) = self.new.promise(new)?;
        let (promise, before) = (self.new.promise_name(new).to_owned(), self.before.to_owned());
        match (&attributes.looser_than_before, change.looser.first()) {
            (None, Some(found)) => {
                let more = change.looser.len() - 1;
                let fault = VersionFault::Loosens { promise, before, way: found.what.clone(), more };
                Some(Diagnostic::new(fault, found.mine).against(found.other))
            }
            (Some((_, at)), None) if change.undecided.is_empty() => {
                let (_, declared) = self.old.promise(old)?;
                Some(Diagnostic::new(VersionFault::LoosensNothing { promise, before }, *at).against(declared))
            }
            _ => None,
        }
    }

    /// A promise of the old version only.
    fn gone(&self, old: PromiseId) -> Option<Diagnostic> {
        let name = self.old.promise_name(old);
        if self.taken_back.iter().any(|(known, _)| *known == name) {
            return None;
        }
        let (_, declared) = self.old.promise(old)?;
        let fault = VersionFault::Gone { promise: name.to_owned(), before: self.before.to_owned() };
        Some(Diagnostic::new(fault, self.header).against(declared))
    }
}
