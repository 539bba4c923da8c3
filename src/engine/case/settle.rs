//! The end of the log: what is still open then.

use std::collections::BTreeMap;

use super::Case;

use crate::calendar::Instant;
use crate::engine::clock_run::ClockRun;

impl<'p, 'l> Case<'p, 'l> {
    /// Fires what falls due before `as_of` and hands over every clock, ended or not, oldest first.
    pub fn settle(&mut self, as_of: Instant) -> Vec<ClockRun<'p>> {
        self.advance(as_of);
        self.take_unused_pauses();
        self.behaviours.settle(self.plan);
        self.outside += self.authority.leave_to_others(self.plan);
        let plan = self.plan;
        let mut all = std::mem::take(&mut self.finished);
        for slot in self.clocks.values_mut().flat_map(BTreeMap::values_mut) {
            all.extend(slot.last.take());
            all.extend(slot.running.take());
        }
        all.retain(|clock| plan.in_force(clock.start));
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        for open in all.iter_mut().filter(|instance| instance.verdict.is_none()) {
            open.settle(self.plan, facts);
        }
        all
    }
}
