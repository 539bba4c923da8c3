//! What is said of a breach beside its account.

use crate::engine::case::Case;
use crate::engine::causes::{self, Breach};
use crate::engine::finding::{CauseFact, Proposal};
use crate::engine::remedies;

/// Why a promise was broken, and what could be offered for it.
pub fn causes_and_remedies(case: &Case<'_, '_>, breach: Breach<'_>) -> (Vec<CauseFact>, Vec<Proposal>) {
    let causes = causes::explain(case, breach);
    let remedies = remedies::propose(case, breach.promises, &causes);
    (causes, remedies)
}
