//! Events that can never come: turns of clocks that have nothing to miss, and reports that nobody believes.

use super::ClockFault;

use crate::graph::ConditionRole;
use crate::graph::{Condition, Promise, Standard, TargetRow, Trigger};
use crate::proofs::space::{Answer, Missing, Wanted};
use crate::proofs::truth_set::TruthSet;
use crate::proofs::words::example;
use crate::proofs::{Proofs, first_match};

impl Proofs<'_> {
    /// What a clock waits for can come, and can be believed.
    pub fn each_event_of_a_clock_can_come(&mut self, standard: &Standard) {
        let jobs = [
            (ConditionRole::Start, &standard.starts),
            (ConditionRole::Stop, &standard.stops),
            (ConditionRole::Cancel, &standard.cancels),
        ];
        for (job, triggers) in jobs {
            self.each_event_can_come(job, triggers);
        }
        for pause in &standard.pauses {
            self.each_event_can_come(ConditionRole::Pause, &pause.on);
            self.each_event_can_come(ConditionRole::Resume, &pause.resume);
        }
        let reopens = standard.reopens.iter().flat_map(|reopen| &reopen.on);
        let extensions = standard.extensions.iter().flat_map(|extension| &extension.on);
        self.each_event_can_come(ConditionRole::Event, standard.restarts.iter().chain(reopens).chain(extensions));
    }

    /// The events of any sentence can come, and can be believed.
    pub fn each_event_can_come<'t>(&mut self, job: ConditionRole, triggers: impl IntoIterator<Item = &'t Trigger>) {
        for trigger in triggers {
            let turn = self.graph.turn(trigger.event);
            match turn.and_then(|turn| self.graph.standards.get(turn.standard)) {
                Some(standard) => self.has_a_target(job, trigger, standard),
                None => self.can_be_believed(trigger),
            }
        }
    }

    /// A clock is met, breached or on its way only where it has a target.
    fn has_a_target(&mut self, job: ConditionRole, trigger: &Trigger, of: &Standard) {
        let filter = trigger.filter.as_ref();
        // The event and the clock itself start at two instants, of which one period may hold one.
        if filter.is_some_and(asks_for_a_period) {
            return;
        }
        let Ok(space) = self.space(filter.into_iter().chain(first_match::conditions(&of.targets))) else { return };
        let first = usize::from(filter.is_some());
        let finds = |wanted: Option<Vec<Wanted>>| {
            let fires = filter.map(|_| (0, TruthSet::TRUE));
            wanted
                .map_or(Answer::None, |row| space.find(&row.into_iter().chain(fires).collect::<Vec<_>>(), Missing::Any))
        };
        let (without, with): (Vec<usize>, Vec<usize>) =
            (0..of.targets.len()).partition(|row| is_without_target(of.targets.get(*row)));
        if with.into_iter().any(|row| finds(first_match::perhaps(&of.targets, row, first)) != Answer::None) {
            return;
        }
        let mut rows = without.into_iter();
        // A condition that never holds is told of where it stands.
        let taken = rows.find(|row| matches!(finds(first_match::surely(&of.targets, *row, first)), Answer::Case(_)));
        if let Some(row) = taken.and_then(|row| of.targets.get(row)) {
            let event = self.graph.event_name(trigger.event);
            let (standard, row, at) = (of.name.clone(), row.said.clone(), row.span);
            let fault = ClockFault::NeverComes { job, event, standard, row, filtered: filter.is_some() };
            self.fault(fault, trigger.span, Some(at));
        }
    }

    /// A condition on an event leaves some of those that are trusted.
    fn can_be_believed(&mut self, trigger: &Trigger) {
        let trust = self.graph.trust.get(trigger.event).and_then(Option::as_ref);
        let (Some(filter), Some(trust)) = (&trigger.filter, trust) else { return };
        let Ok(space) = self.space([filter, trust]) else { return };
        let finds = |trusted| space.find(&[(0, TruthSet::TRUE), (1, trusted)], Missing::Any);
        if finds(TruthSet::TRUE) != Answer::None {
            return;
        }
        // A condition that never holds is told of where it stands.
        if let Answer::Case(case) = finds(TruthSet::TRUE.others()) {
            let (event, example) = (self.graph.event_name(trigger.event), example(&space, &case));
            self.fault(ClockFault::NeverBelieved { event, example }, trigger.span, None);
        }
    }
}

fn is_without_target(row: Option<&TargetRow>) -> bool {
    row.is_some_and(|row| row.promise == Promise::NoTarget)
}

/// Whether a condition asks when something started.
pub fn asks_for_a_period(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(asks_for_a_period),
        Condition::Not(inner) => asks_for_a_period(inner),
        Condition::StartedIn(_) => true,
        _ => false,
    }
}
