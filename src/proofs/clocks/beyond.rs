//! Tighter lines beside the target: what is better than promised is more than promised.

use super::ClockFault;

use crate::graph::{Limit, Promise, Standard};
use crate::proofs::space::{Answer, Missing, Wanted};
use crate::proofs::words::example;
use crate::proofs::{Proofs, first_match};

impl Proofs<'_> {
    /// A tighter line asks for more than the target does, in every case.
    pub fn beyond_is_better(&mut self, standard: &Standard) {
        let (targets, beyond) = (&standard.targets, &standard.beyond);
        if beyond.is_empty() {
            return;
        }
        let Ok(space) = self.space(first_match::conditions(targets).chain(first_match::conditions(beyond))) else {
            return;
        };
        let first = first_match::conditions(targets).count();
        for (index, line) in beyond.iter().enumerate() {
            let looser = targets.iter().enumerate().filter(|(_, row)| is_no_more(&row.promise, &line.promise));
            let found = looser.filter_map(|(target, row)| {
                let wanted = first_match::surely(targets, target, 0)?.into_iter();
                let wanted: Vec<Wanted> = wanted.chain(first_match::surely(beyond, index, first)?).collect();
                match space.find(&wanted, Missing::Any) {
                    Answer::Case(case) => Some((row, example(&space, &case))),
                    _ => None,
                }
            });
            let Some((row, example)) = found.into_iter().next() else { continue };
            let (row, at) = (row.said.clone(), row.span);
            self.fault(ClockFault::BeyondIsNoBetter { row, example }, line.span, Some(at));
        }
    }
}

/// Whether all that keep a target surely keep the tighter line, too.
fn is_no_more(target: &Promise, beyond: &Promise) -> bool {
    match (target, beyond) {
        (Promise::AtOnce, Promise::AtOnce | Promise::Within(_)) => true,
        (Promise::Within(Limit::Exact(target)), Promise::Within(Limit::Exact(beyond))) => beyond >= target,
        (Promise::Within(Limit::WorkingDays(target)), Promise::Within(Limit::WorkingDays(beyond))) => beyond >= target,
        (Promise::Within(Limit::CalendarDays(target, moved)), Promise::Within(Limit::CalendarDays(beyond, also))) => {
            beyond >= target && (moved.is_none() || moved == also)
        }
        _ => false,
    }
}
