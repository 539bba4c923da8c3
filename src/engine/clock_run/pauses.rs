//! When a clock stands still.

use super::ClockRun;

use crate::calendar::Instant;
use crate::engine::exemptions::{self};
use crate::engine::finding::{Evidence, EvidenceKind, PauseFact, UnknownFact, Why};
use crate::engine::pauses::Held;
use crate::engine::plan::Plan;
use crate::engine::stopwatch::Mark;
use crate::engine::truth::{Facts, Truth};
use crate::log::Event;

impl<'p> ClockRun<'p> {
    /// Line `line` stops the time.
    pub fn pause(&mut self, line: usize, event: &Event) {
        self.turn(line, true, EvidenceKind::Paused, event);
    }

    /// Line `line` lets the time run again.
    pub fn resume(&mut self, line: usize, event: &Event) {
        self.turn(line, false, EvidenceKind::Resumed, event);
    }

    fn turn(&mut self, line: usize, on: bool, deed: EvidenceKind, event: &Event) {
        match self.lines.get_mut(line) {
            Some(line) if line.on != on => line.on = on,
            _ => return,
        }
        self.evidence.push(Evidence::of(deed, event));
        self.follow_lines(event.time);
    }

    /// Whether line `line` has stopped the time.
    pub fn is_paused_by(&self, line: usize) -> bool {
        self.lines.get(line).is_some_and(|line| line.on)
    }

    /// What was paused before it began to count keeps it from running.
    pub fn stand_still(&mut self, held: Vec<Held>) {
        for Held { line, by, doubts } in held {
            if self.verdict.is_none() {
                self.doubts.extend(doubts);
            } else {
                self.later_doubts.extend(doubts);
            }
            let Some(by) = by else { continue };
            self.lines.get_mut(line).into_iter().for_each(|line| line.on = true);
            if !self.evidence.contains(&by) {
                // What the clock last heard of is what lets it begin.
                self.evidence.insert(self.evidence.len().saturating_sub(1), by);
            }
        }
    }

    /// Stands still under the exemptions that stop the clock, and runs again when they are over.
    pub fn follow_exemptions(&mut self, plan: &Plan<'_>, facts: Facts<'_>, now: Instant) {
        for (index, exemption) in plan.stops(self.standard) {
            let facts = facts.about(self.own()).started(self.start);
            let (holds, doubts) = exemptions::holds(plan.graph, exemption, facts, now);
            self.time_in_doubt |= !doubts.is_empty();
            let place = self.evidence.first().map(|started| started.place);
            let doubts = doubts.into_iter().map(|doubt| UnknownFact { place: doubt.field.place.or(place), ..doubt });
            let known = if self.verdict.is_none() { &mut self.doubts } else { &mut self.later_doubts };
            let new: Vec<UnknownFact> = doubts.filter(|doubt| !known.contains(doubt)).collect();
            known.extend(new);
            if let Some(line) = self.lines.iter_mut().find(|line| line.why == Why::Exempt(index)) {
                line.on = holds == Truth::True;
            }
        }
        self.follow_lines(now);
    }

    /// The time stands still while any line is on. Where one takes over from another, no time passes.
    fn follow_lines(&mut self, now: Instant) {
        let on = |why: Why| self.lines.iter().any(|line| line.on && line.why == why);
        if let Some(pause) = self.pauses.last_mut().filter(|pause| !on(pause.why)) {
            pause.to.get_or_insert(now);
        }
        let Some(stops) = self.lines.iter().find(|line| line.on) else { return self.run_again(now) };
        if self.pauses.last().is_none_or(|pause| pause.to.is_some()) {
            self.pauses.push(PauseFact { from: now, to: None, why: stops.why });
        }
        if !self.watch.is_paused() {
            self.watch.pause(now);
            let watch = self.watch;
            self.marks().for_each(|mark| mark.paused(&watch, now));
        }
    }

    fn run_again(&mut self, now: Instant) {
        if self.watch.is_paused() {
            self.watch.resume(now);
            let watch = self.watch;
            self.marks().for_each(|mark| mark.resumed(&watch, now));
        }
    }

    pub(super) fn marks(&mut self) -> impl Iterator<Item = &mut Mark> {
        let levels = self.levels.iter_mut().filter(|level| level.duty.is_none());
        let levels = levels.filter_map(|level| level.mark.as_mut());
        let parts = self.parts.iter_mut().filter(|part| !part.fired).filter_map(|part| part.mark.as_mut());
        self.due.iter_mut().chain(&mut self.beyond).chain(&mut self.warning).chain(levels).chain(parts)
    }
}
