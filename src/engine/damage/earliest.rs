//! How early a clock may come to a part of its target, whatever is unknown of it.

use crate::calendar::Instant;
use crate::engine::plan::Plan;
use crate::graph::{Limit, Percent, Promise, Standard};

/// The earliest at which a clock that starts at `from`, or later, comes to a part of its target, by any row and any
/// calendar; none if it never does.
pub fn earliest_part(plan: &Plan<'_>, standard: usize, part: Percent, from: Instant) -> Option<Instant> {
    let found = plan.graph.standards.get(standard)?;
    // More time that replaces the target may be less.
    if from == Instant::MIN || found.extensions.iter().any(|extension| !extension.another) {
        return Some(from);
    }
    found.targets.iter().filter_map(|row| earliest_by(plan, found, &row.promise, part, from)).min()
}

fn earliest_by(
    plan: &Plan<'_>,
    standard: &Standard,
    promise: &Promise,
    part: Percent,
    from: Instant,
) -> Option<Instant> {
    let limit = match promise {
        Promise::NoTarget => return None,
        Promise::AtOnce | Promise::DueAt(_) => return Some(from),
        Promise::Within(limit) => *limit,
    };
    let counted: Vec<usize> = standard.counting.iter().map(|row| row.calendar).collect();
    let calendar = match (counted.as_slice(), limit) {
        ([], _) => None,
        ([calendar], _) if standard.counting.iter().all(|row| row.condition.is_none()) => Some(*calendar),
        // Hours that may change count no faster than the wall clock does.
        (_, Limit::Exact(_)) => None,
        (_, Limit::WorkingDays(_) | Limit::CalendarDays(..)) => return Some(from),
    };
    let from = plan.counted_from(calendar, from);
    let budget = plan.budget(limit, calendar, from)?;
    plan.limit_end(Limit::Exact(part.of(budget.most())), calendar, from)
}
