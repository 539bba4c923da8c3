//! Clocks: what one event does to a clock leaves something to do for what comes behind it.
//!
//! Inside one event a clock is first stopped, then cancelled, restarted, paused, resumed, extended, reopened,
//! started.

mod beyond;
mod faults;
mod turns;

pub use faults::{ClockAction, ClockFault, End};
pub use turns::asks_for_a_period;

use super::Proofs;
use super::space::{Answer, Missing, Wanted};
use super::truth_set::TruthSet;

use crate::graph::{Extension, Limit, Pause, Promise, Standard, Trigger};

impl Proofs<'_> {
    /// Tells of clauses of a clock that come to nothing.
    pub fn clock(&mut self, standard: &Standard) {
        self.each_deed_finds_the_clock_running(standard);
        self.each_event_of_a_clock_can_come(standard);
        self.a_stop_lasts(standard);
        self.beyond_is_better(standard);
        for extension in &standard.extensions {
            self.gives_more_time(standard, extension);
        }
        for pause in &standard.pauses {
            self.a_pause_begins(pause);
            self.a_pause_ends(standard, pause);
        }
    }

    /// What an event does to a clock that the same event has stopped or cancelled comes too late.
    fn each_deed_finds_the_clock_running(&mut self, standard: &Standard) {
        // What lets the next clock begin may well put it on hold from the beginning.
        let begins = standard.starts.iter().chain(standard.reopens.iter().flat_map(|reopen| &reopen.on));
        let begins: Vec<usize> = begins.map(|trigger| trigger.event).collect();
        let pauses = standard.pauses.iter().flat_map(|pause| &pause.on).filter(|on| !begins.contains(&on.event));
        let extensions = standard.extensions.iter().flat_map(|extension| &extension.on);
        let restarts = standard.restarts.iter().map(|restart| (ClockAction::Restart, restart));
        let after_both = restarts
            .chain(pauses.map(|pause| (ClockAction::Pause, pause)))
            .chain(extensions.map(|extension| (ClockAction::Extend, extension)));
        let cancels = standard.cancels.iter().map(|cancel| (ClockAction::Cancel, End::Stop, cancel));
        let late = cancels.chain(after_both.map(|(deed, late)| (deed, End::Cancel, late)));
        for (deed, last, late) in late {
            if let Some((end, by)) = self.ended_by(standard, late, TruthSet::TRUE).filter(|(end, _)| *end <= last) {
                let (event, filtered) = (self.graph.event_name(late.event), late.filter.is_some());
                self.fault(ClockFault::EndedFirst { deed, end, event, filtered }, late.span, Some(by.span));
            }
        }
    }

    /// What stops or cancels a clock whenever another trigger has these truths.
    fn ended_by<'s>(&self, standard: &'s Standard, late: &Trigger, truths: TruthSet) -> Option<(End, &'s Trigger)> {
        let stops = standard.stops.iter().map(|stop| (End::Stop, stop));
        let mut ends = stops.chain(standard.cancels.iter().map(|cancel| (End::Cancel, cancel)));
        ends.find(|(_, end)| self.always_with((late, truths), (end, TruthSet::TRUE)))
    }

    /// A pause holds for a while: not all that pause let the clock run on at once.
    fn a_pause_begins(&mut self, pause: &Pause) {
        let at_once = pause.on.iter().map(|on| {
            let resumes = |resume: &&Trigger| self.always_with((on, TruthSet::TRUE), (resume, may_resume()));
            pause.resume.iter().find(resumes).map(|resume| (on, resume))
        });
        if let Some((on, resume)) = at_once.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().next()) {
            let event = self.graph.event_name(on.event);
            self.fault(ClockFault::PausesForNothing { event }, on.span, Some(resume.span));
        }
    }

    /// A paused clock runs on: not all that resume it have ended it before.
    fn a_pause_ends(&mut self, standard: &Standard, pause: &Pause) {
        let too_late = pause.resume.iter().map(|resume| {
            let (end, by) = self.ended_by(standard, resume, may_resume())?;
            Some((resume, end, by))
        });
        let all = too_late.collect::<Option<Vec<_>>>();
        if let Some((resume, end, by)) = all.and_then(|all| all.into_iter().next()) {
            let event = self.graph.event_name(resume.event);
            self.fault(ClockFault::NeverResumes { end, event }, resume.span, Some(by.span));
        }
    }

    /// A clock comes to its end: not all that stop it open it again at once.
    fn a_stop_lasts(&mut self, standard: &Standard) {
        let reopens = || standard.reopens.iter().flat_map(|reopen| &reopen.on);
        let again = standard.stops.iter().map(|stop| {
            let opens = |reopen: &&Trigger| self.always_with((stop, TruthSet::TRUE), (reopen, TruthSet::TRUE));
            reopens().find(opens).map(|reopen| (stop, reopen))
        });
        let all = again.collect::<Option<Vec<_>>>();
        if let Some((stop, reopen)) = all.and_then(|all| all.into_iter().next()) {
            let event = self.graph.event_name(stop.event);
            self.fault(ClockFault::ReopensAtOnce { event }, reopen.span, Some(stop.span));
        }
    }

    /// A new total is more than some row gives.
    fn gives_more_time(&mut self, standard: &Standard, extension: &Extension) {
        let mut rows = standard.targets.iter();
        let (false, Some(row)) = (extension.another, standard.targets.first()) else { return };
        if rows.all(|row| gives_as_much(&row.promise, extension.by)) {
            let fault = ClockFault::ExtendsNothing { row: row.said.clone() };
            self.fault(fault, extension.span, Some(row.span));
        }
    }

    /// Whether one trigger, whenever it has some truths, goes with another that has others then.
    fn always_with(&self, (one, when): (&Trigger, TruthSet), (other, then): (&Trigger, TruthSet)) -> bool {
        if one.event != other.event {
            return false;
        }
        let Some(filter) = &other.filter else { return true };
        let Ok(space) = self.space(one.filter.iter().chain([filter])) else { return false };
        let fires = |truths| -> Vec<Wanted> { one.filter.iter().map(|_| (0, truths)).collect() };
        let mut without = fires(when);
        without.push((without.len(), then.others()));
        // A trigger that never fires is told of as a condition.
        space.find(&fires(TruthSet::TRUE), Missing::Any) != Answer::None
            && space.find(&without, Missing::Any) == Answer::None
    }
}

/// Whether what a row promises is surely no less than a limit: nothing is, or as much time.
fn gives_as_much(promise: &Promise, limit: Limit) -> bool {
    match (promise, limit) {
        (Promise::NoTarget, _) => true,
        (Promise::Within(Limit::Exact(row)), Limit::Exact(limit)) => *row >= limit,
        (Promise::Within(Limit::WorkingDays(row)), Limit::WorkingDays(limit)) => *row >= limit,
        (Promise::Within(Limit::CalendarDays(row, moved)), Limit::CalendarDays(limit, also)) => {
            *row >= limit && (also.is_none() || *moved == also)
        }
        _ => false,
    }
}

/// The truths with which an event lets a clock run on: an unknown one counts as happened.
fn may_resume() -> TruthSet {
    TruthSet::TRUE | TruthSet::UNKNOWN
}
