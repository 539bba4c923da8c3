//! Clocks: what one event does to a clock leaves something to do for what comes behind it.
//!
//! Inside one event a clock is first stopped, then cancelled, restarted, paused, resumed.

use super::Proofs;
use super::faults::{Deed, ProofFault};
use super::space::{Answer, Missing, Wanted};
use super::truths::Truths;
use crate::graph::model::{Pause, Standard, Trigger};

impl Proofs<'_> {
    /// Tells of clauses of a clock that come to nothing.
    pub fn clock(&mut self, standard: &Standard) {
        for (deed, triggers) in [(Deed::Cancel, &standard.cancels), (Deed::Restart, &standard.restarts)] {
            for late in triggers {
                let stop = standard.stops.iter().find(|stop| self.always_with(late, stop, Truths::TRUE));
                if let Some(stop) = stop {
                    let (event, filtered) = (self.graph.event_name(late.event), late.filter.is_some());
                    self.fault(ProofFault::StoppedFirst { deed, event, filtered }, late.span, Some(stop.span));
                }
            }
        }
        for pause in &standard.pauses {
            if let Some((on, resume)) = self.pauses_for_nothing(pause) {
                let event = self.graph.event_name(on.event);
                self.fault(ProofFault::PausesForNothing { event }, on.span, Some(resume.span));
            }
        }
    }

    /// The first event that pauses, and what lets the clock run on at once, if that is so of all that pause.
    fn pauses_for_nothing<'p>(&self, pause: &'p Pause) -> Option<(&'p Trigger, &'p Trigger)> {
        // An unknown resume counts as happened.
        let at_once = |on: &'p Trigger| {
            let resume =
                pause.resume.iter().find(|resume| self.always_with(on, resume, Truths::TRUE | Truths::UNKNOWN));
            resume.map(|resume| (on, resume))
        };
        let all: Option<Vec<_>> = pause.on.iter().map(at_once).collect();
        all?.into_iter().next()
    }

    /// Whether one trigger, whenever it surely fires, goes with another that has these truths then.
    fn always_with(&self, one: &Trigger, other: &Trigger, truths: Truths) -> bool {
        if one.event != other.event {
            return false;
        }
        let Some(filter) = &other.filter else { return true };
        let Ok(space) = self.space(one.filter.iter().chain([filter])) else { return false };
        let fires: Vec<Wanted> = one.filter.iter().map(|_| (0, Truths::TRUE)).collect();
        let with = (fires.len(), truths.others());
        let without: Vec<Wanted> = fires.iter().copied().chain([with]).collect();
        // A trigger that never fires is told of as a condition.
        space.find(&fires, Missing::Any) != Answer::None && space.find(&without, Missing::Any) == Answer::None
    }
}
