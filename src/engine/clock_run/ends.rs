//! How a clock ends: stop, cancel, restart, reopening, and what time does.

use super::{ClockRun, Extended, SelectedRow};

use crate::calendar::Instant;
use crate::engine::exemptions::{self, Excuse};
use crate::engine::finding::{Evidence, EvidenceKind, PauseFact, UnknownFact, Verdict, Why};
use crate::engine::plan::{Phase, Plan};
use crate::engine::stopwatch::{Goal, Stopwatch};
use crate::engine::truth::{Facts, Truth};
use crate::engine::worked::Worked;
use crate::graph::{ClockEvent, Standard};
use crate::log::Event;

impl<'p> ClockRun<'p> {
    /// The stop: the verdict if none has fallen, and the end of the account.
    pub fn stop(&mut self, plan: &Plan<'_>, event: &Event) {
        self.evidence.push(Evidence::of(EvidenceKind::Stopped, event));
        if self.verdict.is_none() {
            let verdict = self.verdict_at_stop(plan);
            self.verdict = Some(self.as_far_as_told(verdict));
            self.beyond_met = self.beyond.map(|beyond| beyond.at.is_none_or(|at| event.time <= at));
        }
        match self.verdict {
            Some(Verdict::Met) => self.comes_to(ClockEvent::Met, event.time, Truth::from_doubts(&self.end_doubts)),
            // What cannot be told may have been kept.
            Some(Verdict::Undetermined) => self.comes_to(ClockEvent::Met, event.time, Truth::Unknown),
            _ => {}
        }
        self.close(event.time);
    }

    /// Something that cannot be told may have happened to it. Time that may not have counted only moves its due on;
    /// what may have ended it, or shortened its time, may have given it another verdict.
    pub fn perhaps(&mut self, plan: &Plan<'_>, phase: Phase, doubts: Vec<UnknownFact>) {
        let ends = match phase {
            Phase::Stop | Phase::Cancel => true,
            Phase::Restart => self.verdict.is_some(),
            _ => false,
        };
        if ends {
            let duties = self.levels.iter_mut().filter_map(|level| level.duty.as_mut()).filter(|duty| duty.is_open());
            duties.for_each(|duty| duty.end_doubts.extend_from_slice(&doubts));
            self.end_doubts.extend_from_slice(&doubts);
        }
        if self.verdict.is_some() {
            if matches!(phase, Phase::Pause(_) | Phase::Resume(_)) {
                self.later_doubts.extend(doubts);
            }
            return;
        }
        match phase {
            Phase::Stop => self.possible.push(self.verdict_at_stop(plan)),
            Phase::Cancel => self.possible.push(self.verdict_at_cancel(plan)),
            Phase::Restart if self.may_be_shorter_anew(plan) => self.possible.push(Verdict::Breached),
            _ => {}
        }
        self.doubts.extend(doubts);
    }

    /// It may have been met, by a stop that cannot be told.
    pub fn perhaps_met(&mut self, plan: &Plan<'_>, at: Instant) {
        let verdict = self.verdict.unwrap_or_else(|| self.verdict_at_stop(plan));
        if matches!(verdict, Verdict::Met | Verdict::Undetermined) {
            self.comes_to(ClockEvent::Met, at, Truth::Unknown);
        }
    }

    /// Whether a part of its time has surely been reached now, and not before.
    pub fn is_sure_of_parts(&self) -> Truth {
        let doubts = [&self.doubts, &self.end_doubts, &self.later_doubts, &self.earlier_doubts];
        if doubts.iter().all(|doubts| doubts.is_empty()) { Truth::True } else { Truth::Unknown }
    }

    /// A verdict, unless something that cannot be told may have given it another.
    fn as_far_as_told(&mut self, verdict: Verdict) -> Verdict {
        if self.possible.iter().all(|possible| *possible == verdict) {
            return verdict;
        }
        let new: Vec<UnknownFact> =
            self.earlier_doubts.iter().filter(|doubt| !self.doubts.contains(doubt)).cloned().collect();
        self.doubts.extend(new);
        Verdict::Undetermined
    }

    fn verdict_at_stop(&self, plan: &Plan<'_>) -> Verdict {
        match self.target {
            SelectedRow::Undecided => Verdict::Undetermined,
            SelectedRow::Row(_) if self.promises_nothing(plan) => Verdict::NoTarget,
            // A due that has passed has fired before.
            SelectedRow::Row(_) => Verdict::Met,
        }
    }

    /// Of what promises nothing, nothing is cancelled; without a target that can be told, it may have been breached
    /// before.
    fn verdict_at_cancel(&self, plan: &Plan<'_>) -> Verdict {
        match self.target {
            SelectedRow::Undecided => Verdict::Undetermined,
            SelectedRow::Row(_) if self.promises_nothing(plan) => Verdict::NoTarget,
            SelectedRow::Row(_) => Verdict::Cancelled,
        }
    }

    /// The cancel: no verdict is left open, and the account ends.
    pub fn cancel(&mut self, plan: &Plan<'_>, event: &Event) {
        self.evidence.push(Evidence::of(EvidenceKind::Cancelled, event));
        if self.verdict.is_none() {
            self.verdict = Some(match self.verdict_at_cancel(plan) {
                Verdict::Undetermined => Verdict::Undetermined,
                verdict => self.as_far_as_told(verdict),
            });
        }
        self.close(event.time);
    }

    /// The end of the account, without a word about the verdict.
    pub fn close(&mut self, now: Instant) {
        self.end = Some((now, self.watch.elapsed(now)));
        if let Some(pause) = self.pauses.last_mut() {
            pause.to.get_or_insert(now);
        }
        for level in &mut self.levels {
            if let Some(duty) = &mut level.duty {
                duty.end(now);
            }
        }
    }

    /// Begins anew at `event`: elapsed is zero, pauses are gone, the start's fields follow.
    pub fn restart(&mut self, plan: &'p Plan<'_>, facts: Facts<'_>, event: &Event) {
        self.take_unread(plan, facts, event.time);
        self.evidence.push(Evidence::of(EvidenceKind::Restarted, event));
        self.own = self.own.restarted_by(plan, event);
        if plan.graph.standards.get(self.standard).is_some_and(Standard::has_changing_hours) {
            let (calendar, known) = plan.calendar_for(self.standard, facts.about(self.own()).started(self.start));
            self.calendar = if known { calendar } else { self.calendar };
        }
        self.counted_from = plan.counted_from(self.calendar, event.time);
        self.first_calendar = self.calendar;
        self.worked = Worked::from(self.counted_from, self.calendar);
        self.watch = Stopwatch::started(plan.counting(self.calendar), self.counted_from);
        self.lines.iter_mut().for_each(|line| line.on = false);
        self.pauses.clear();
        self.extended = Extended::default();
        self.forget_target();
    }

    /// Goes on at `event` after its end: the gap is a pause. It stands still until it is known which
    /// exemptions stop it.
    pub fn go_on(&mut self, event: &Event) {
        let Some((stopped, _)) = self.end.take() else { return };
        self.surely_runs = true;
        self.evidence.push(Evidence::of(EvidenceKind::Reopened, event));
        if !self.watch.is_paused() {
            self.watch.pause(stopped);
            let watch = self.watch;
            self.marks().for_each(|mark| mark.paused(&watch, stopped));
        }
        self.pauses.push(PauseFact { from: stopped, to: Some(event.time), why: Why::Gap });
        self.lines.iter_mut().for_each(|line| line.on = false);
        // A level reached at the very stop did not fire: it does now, not back then.
        for mark in self.levels.iter_mut().filter(|level| level.duty.is_none()).filter_map(|level| level.mark.as_mut())
        {
            mark.at = None;
        }
        for mark in self.parts.iter_mut().filter(|part| !part.fired).filter_map(|part| part.mark.as_mut()) {
            mark.at = None;
        }
    }

    /// A continuation: goes on at `event` with a verdict of its own.
    pub fn continuation(&self, event: &Event) -> Self {
        let mut next = self.clone();
        next.ordinal += 1;
        next.began = event.time;
        next.verdict = None;
        next.fell_early = false;
        next.late_from = None;
        next.beyond_met = None;
        next.excused = None;
        next.possible.clear();
        next.end_doubts.clear();
        next.later_doubts.clear();
        next.unread_target = None;
        // That the target could not be told then says nothing of what is to come.
        next.doubts.retain(|doubt| doubt.about != EvidenceKind::Targeted);
        next.go_on(event);
        // A due that was reached before the stop was not passed.
        next.forget_target();
        for level in &mut next.levels {
            // A level that fired is told once; its duty belongs to the finding before.
            if let Some(duty) = &mut level.duty {
                duty.belongs_before = true;
            }
        }
        next
    }

    /// A start that cannot be told: undetermined from the beginning. It may be sure that a clock runs from here on,
    /// and unsure whether this is where it started.
    pub fn doubt_start(&mut self, doubts: Vec<UnknownFact>, surely_runs: bool) {
        self.verdict = Some(Verdict::Undetermined);
        self.fell_early = true;
        self.surely_runs = surely_runs;
        self.time_in_doubt = true;
        self.doubts = doubts;
    }

    /// Whether its start cannot be told; one that only lacks its calendar has surely started.
    pub fn is_unsure_start(&self) -> bool {
        self.fell_early
            && self.late_from.is_none()
            && self.doubts.iter().all(|doubt| doubt.about != EvidenceKind::Counted)
    }

    /// Due has passed: exempt where something excuses it, breached, or undetermined where something
    /// unknown might have prevented it.
    pub fn fall_due(&mut self, plan: &Plan<'_>, facts: Facts<'_>, due: Instant) {
        let late_from = self.late_from(due);
        self.late_from = Some((late_from, self.watch.elapsed(late_from)));
        self.fell_early = true;
        let told = facts.about(self.own()).started(self.start);
        let verdict = match exemptions::excuse(plan, self.standard, told, due) {
            // It may have been due earlier, and excused then, or not.
            Excuse::None | Excuse::By(_)
                if !self.earlier_doubts.is_empty() && plan.excuses(self.standard).next().is_some() =>
            {
                self.doubts.extend(self.earlier_doubts.iter().cloned());
                Verdict::Undetermined
            }
            Excuse::By(excused) if self.doubts.is_empty() => {
                self.excused = Some(excused);
                Verdict::Exempt
            }
            Excuse::Perhaps(doubts) => {
                let place = self.evidence.first().map(|started| started.place);
                let placed = |doubt: UnknownFact| UnknownFact { place: doubt.field.place.or(place), ..doubt };
                self.excuse_doubts = doubts.into_iter().map(placed).collect();
                Verdict::Undetermined
            }
            Excuse::None if self.doubts.is_empty() => Verdict::Breached,
            Excuse::By(_) | Excuse::None => Verdict::Undetermined,
        };
        self.verdict = Some(verdict);
        self.explain(plan, facts);
        match verdict {
            Verdict::Breached => {
                self.comes_to(ClockEvent::Breach, late_from, Truth::from_doubts(&self.earlier_doubts));
            }
            Verdict::Undetermined => self.comes_to(ClockEvent::Breach, late_from, Truth::Unknown),
            _ => {}
        }
    }

    /// From when on it is late: behind the last instant of a day, from the beginning of the next.
    fn late_from(&self, due: Instant) -> Instant {
        match self.due.map(|due| due.goal) {
            Some(Goal::Counted(budget)) if budget.is_open && self.watch.elapsed(due) == budget.most() => {
                due.just_after()
            }
            Some(Goal::Fixed(at)) if at == due => due.time_is_up(),
            _ => due,
        }
    }

    /// What cannot be told any more at the end of all that is known of an open clock: something may have ended it, or
    /// have been late, before nothing was promised.
    pub fn settle(&mut self, plan: &Plan<'_>, facts: Facts<'_>) {
        self.explain(plan, facts);
        if self.promises_nothing(plan) && self.as_far_as_told(Verdict::NoTarget) == Verdict::Undetermined {
            self.verdict = Some(Verdict::Undetermined);
        }
    }

    /// What stands at `as_of` for a clock without a final verdict. Due at exactly `as_of` is open.
    pub fn standing(&self, plan: &Plan<'_>, as_of: Instant) -> Verdict {
        match self.target {
            SelectedRow::Undecided => Verdict::Undetermined,
            SelectedRow::Row(_) if self.promises_nothing(plan) => Verdict::NoTarget,
            SelectedRow::Row(_) if self.watch.is_paused() => Verdict::Paused,
            SelectedRow::Row(_) if self.warning.is_some_and(|mark| mark.at.is_some_and(|at| at <= as_of)) => {
                Verdict::AtRisk
            }
            SelectedRow::Row(_) => Verdict::Running,
        }
    }
}
