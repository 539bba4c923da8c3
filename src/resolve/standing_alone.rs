//! Events that may stand in a log without a case.

use std::collections::BTreeSet;

use crate::resolve::resolver::Resolver;

impl Resolver<'_> {
    /// Lets events stand in a log without a case of which only levels speak: a queue that was full, an order
    /// that was placed. An event that reaches cases by a field may do so already.
    pub fn events_that_stand_alone(&mut self) {
        let of_cases: BTreeSet<usize> = self.graph.events_of_cases().collect();
        for event in self.graph.events_of_levels() {
            let alone = !of_cases.contains(&event);
            if let Some(kind) = self.graph.vocabulary.events.get_mut(event).filter(|_| alone) {
                kind.stands_alone = true;
            }
        }
    }
}
