//! One version of standards: resolve, prove, compare, in order.

use crate::compare;
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::proofs;
use crate::resolve::{Resolved, resolve};
use crate::source::Sources;
use crate::syntax::tree;

/// Checks all `files` together: their graph, and all faults in order of place.
///
/// The first file is the one the user named; the others are those it uses.
pub fn check(files: &[tree::File], sources: &Sources) -> (Graph, Vec<Diagnostic>) {
    let Resolved { graph, mut faults, obligations, declared_at } = resolve(files, sources);
    faults.extend(proofs::check(&graph));
    faults.extend(proofs::run(&graph, &obligations, sources));
    if !faults.iter().any(Diagnostic::is_error) {
        faults.extend(compare::check(&graph));
    }
    // What is at fault may speak of what seems to be forgotten.
    if !faults.iter().any(Diagnostic::is_error) && !files.iter().any(|file| file.unread) {
        faults.extend(proofs::forgotten(&graph, &declared_at));
    }
    faults.sort_by_key(|fault| fault.at);
    faults.dedup();
    (graph, faults)
}
