//! Which rules read an event, and so whether it must belong to a case.

use super::{Fact, Graph, Measure, Trigger};

impl Graph {
    /// The events that levels count or take values from, and those that show that one was told of.
    pub fn events_of_levels(&self) -> Vec<usize> {
        let measured = self.levels.iter().flat_map(|level| match &level.measure {
            Measure::Field(_, (event, _)) => vec![*event],
            measure @ Measure::Share(_)
            | measure @ Measure::Elapsed(..)
            | measure @ Measure::Count(_)
            | measure @ Measure::Rate(..)
            | measure @ Measure::CasesWith(_)
            | measure @ Measure::CasesKeeping(_) => measure.counted().map(|trigger| trigger.event).collect(),
        });
        measured.chain(self.level_escalations.iter().map(|found| found.event)).collect()
    }

    /// The events that rules about a case name.
    pub fn events_of_cases(&self) -> impl Iterator<Item = usize> {
        let clocks = self.standards.iter().flat_map(|standard| standard.triggers());
        let conduct = self.behaviours.iter().flat_map(|behaviour| behaviour.sentence.triggers());
        let ends = self.case_end.iter().flat_map(|end| &end.on);
        let named = clocks.chain(conduct).chain(ends).map(|trigger: &Trigger| trigger.event);
        let told = self.escalations.iter().map(|found| found.event);
        let returns = self.actions.iter().flat_map(|found| &found.returns).map(|(event, _)| *event);
        let acts = self.actions.iter().map(|found| found.event).chain(returns);
        let asked = self.approvals.iter().flat_map(|found| [Some(found.asked), Some(found.granted), found.refused]);
        let facts = self.facts.iter().flat_map(|fact| match *fact {
            Fact::CountOf(event) => [Some(event), None],
            Fact::TimeFrom(from, to) => [Some(from), Some(to)],
            Fact::Overshoot | Fact::Paused | Fact::Handovers | Fact::WaitingForApproval => [None, None],
        });
        named.chain(told).chain(acts).chain(asked.flatten()).chain(facts.flatten())
    }
}
