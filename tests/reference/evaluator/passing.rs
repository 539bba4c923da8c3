//! What the passing of time does to clocks.

use super::super::model::*;
use super::book::{Book, Mark};
use super::instance::{Instance, OpenDuty, Target, Until};
use super::scene::Scene;
use super::{Clock, Duty, Found, Verdict};

impl Book<'_> {
    // ── What fires at an instant ──
    //
    // Each of these fires at most one thing, and says whether there was any.

    pub fn fall_due(&mut self, scene: &Scene, now: Minute) -> bool {
        let is_over = |instance: &Instance| instance.verdict.is_none() && is_due(scene, instance, now);
        let Some(index) = self.first_running(is_over) else { return false };
        self.fall(scene, index, now, now);
        true
    }

    /// A day ends before anything of the next happens.
    pub fn fall_due_with_the_day(&mut self, scene: &Scene, now: Minute) -> bool {
        let is_over = |instance: &Instance| {
            let is_up = match instance.target {
                Target::Budget(budget) => budget.is_open && instance.elapsed >= budget.minutes,
                Target::Promised(due) => due.is_open && now >= due.minute,
                Target::Undecided | Target::Nothing => false,
            };
            instance.verdict.is_none() && is_up
        };
        let Some(index) = self.first_running(is_over) else { return false };
        self.fall(scene, index, now, now - 1);
        true
    }

    pub fn pass_part(&mut self, scene: &Scene, now: Minute) -> bool {
        let Some((index, mark)) = self.reached(scene, now, |mark| matches!(mark, Mark::Part(_))) else { return false };
        let instance = &mut self.instances[index];
        instance.fired[mark] = true;
        let percent = self.marks[mark].percent(self.standard);
        let instance = &self.instances[index];
        let in_doubt = instance.doubtful || instance.doubtful_since || instance.perhaps_ended || instance.unsure;
        let passed = self.news_of(instance, What::Reached(self.index, percent), now, !in_doubt);
        self.fallen.push(passed);
        true
    }

    pub fn pass_level(&mut self, scene: &Scene, now: Minute) -> bool {
        let Some((index, mark)) = self.reached(scene, now, |mark| matches!(mark, Mark::Level(_))) else { return false };
        let Mark::Level(level) = self.marks[mark] else { return false };
        let duty = self.duty(scene, &self.instances[index], level, now);
        self.instances[index].fired[mark] = true;
        self.instances[index].duties.push(duty);
        true
    }

    pub fn end_duty(&mut self, _: &Scene, now: Minute) -> bool {
        self.miss_duty(now, false)
    }

    pub fn end_duty_with_the_day(&mut self, _: &Scene, now: Minute) -> bool {
        self.miss_duty(now, true)
    }

    fn miss_duty(&mut self, now: Minute, is_open: bool) -> bool {
        let duties = self.instances.iter_mut().flat_map(|instance| &mut instance.duties);
        let mut over = duties
            .filter(|open| open.is_open == is_open && open.duty.due == now && open.duty.verdict == Verdict::Running);
        let Some(open) = over.next() else { return false };
        open.judge(Verdict::Breached);
        true
    }

    pub fn start_delayed(&mut self, scene: &Scene, now: Minute) -> bool {
        let Some(first) = self.scheduled.iter().position(|(at, _)| *at == now) else { return false };
        let (_, event) = self.scheduled.remove(first);
        self.start_at(scene, now, &event);
        true
    }

    /// The first clock that has reached a mark of such a kind, and not passed it yet; and the mark.
    fn reached(&self, scene: &Scene, now: Minute, kind: impl Fn(&Mark) -> bool) -> Option<(usize, usize)> {
        let first = |instance: &Instance| {
            let mut marks = (0..self.marks.len()).filter(|mark| kind(&self.marks[*mark]));
            marks.find(|mark| self.reaches(scene, instance, *mark, now))
        };
        let index = self.first_running(|instance| first(instance).is_some())?;
        Some((index, first(&self.instances[index])?))
    }

    /// The first by key of the clocks that run and of which something holds.
    fn first_running(&self, holds: impl Fn(&Instance) -> bool) -> Option<usize> {
        let running = self.instances.iter().enumerate().filter(|(_, instance)| instance.runs && holds(instance));
        running.min_by_key(|(_, instance)| instance.key).map(|(index, _)| index)
    }

    /// A mark is passed once, in counted time, never while paused.
    fn reaches(&self, scene: &Scene, instance: &Instance, mark: usize, now: Minute) -> bool {
        let waits = instance.is_paused() && !instance.reached[mark];
        let open = !instance.fired[mark] && !waits;
        let judged_without_due = instance.verdict.is_some() && instance.due.is_none();
        open && !judged_without_due && is_past(scene, instance, self.marks[mark].percent(self.standard), now)
    }

    fn duty(&self, scene: &Scene, instance: &Instance, level: usize, now: Minute) -> OpenDuty {
        let levels = &self.standard.escalation;
        let due = match levels[level].within {
            Limit::Exact(budget) => Until::and_with(scene.after(instance.calendar, now, budget)),
            days => scene.end_of(days, now, instance.calendar),
        };
        let duty = Duty { level, due: due.minute, verdict: Verdict::Running };
        let (of_a_doubtful_clock, perhaps_ended) =
            (instance.doubtful || instance.doubtful_since, instance.perhaps_ended);
        let mut open = OpenDuty { duty, is_open: due.is_open, doubtful: false, of_a_doubtful_clock, perhaps_ended };
        for told in &self.told[instance.told_before..] {
            open.told(now, *told, levels);
        }
        open
    }

    /// Open minutes that are not paused count.
    pub fn tick(&mut self, scene: &Scene, minute: Minute) {
        for instance in &mut self.instances {
            let counts = minute >= instance.counted_from && scene.counts(instance.calendar, minute);
            if counts {
                instance.counted.push(minute);
            }
            if counts && instance.runs && !instance.is_paused() {
                instance.elapsed += 1;
                instance.overshoot += i64::from(instance.due.is_some());
            }
        }
    }

    // ── The end ──

    pub fn settle(&self, scene: &Scene, found: &mut Found) {
        for instance in &self.instances {
            found.clocks.push(self.clock(scene, instance));
            found.grants.extend(&instance.grants);
        }
    }

    fn clock(&self, scene: &Scene, instance: &Instance) -> Clock {
        let now = scene.around.as_of;
        Clock {
            standard: self.index,
            key: instance.key,
            start: instance.start,
            ordinal: instance.ordinal,
            verdict: instance.verdict.unwrap_or_else(|| self.open_verdict(scene, instance, now)),
            due: match instance.verdict {
                Some(_) => instance.due,
                None => due_as_it_stands(scene, instance, now).map(|due| due.minute),
            },
            stop: instance.stop,
            elapsed: instance.elapsed,
            overshoot: instance.overshoot,
            duties: instance.duties.iter().map(|open| open.duty.clone()).collect(),
        }
    }

    fn open_verdict(&self, scene: &Scene, instance: &Instance, now: Minute) -> Verdict {
        match instance.target {
            Target::Undecided => Verdict::Undetermined,
            Target::Nothing => instance.as_far_as_told(Verdict::NoTarget),
            _ if instance.is_paused() => Verdict::Paused,
            _ if self.standard.warn.is_some_and(|warn| is_past(scene, instance, warn, now)) => Verdict::AtRisk,
            _ => Verdict::Running,
        }
    }
}

/// Whether an instant that counts has come: what is to be done at once is due then.
pub fn has_opened(scene: &Scene, instance: &Instance, now: Minute) -> bool {
    let counts = now >= instance.counted_from && scene.counts(instance.calendar, now);
    instance.elapsed > 0 || instance.had_opened || counts && !instance.is_paused()
}

pub fn is_due(scene: &Scene, instance: &Instance, now: Minute) -> bool {
    match instance.target {
        Target::Undecided | Target::Nothing => false,
        Target::Budget(budget) if budget.minutes == 0 => has_opened(scene, instance, now),
        Target::Budget(budget) => instance.elapsed >= budget.minutes,
        Target::Promised(due) => now >= due.minute,
    }
}

/// Whether so many percent of the target are reached. Pauses do not move a promised instant.
pub fn is_past(scene: &Scene, instance: &Instance, percent: i64, now: Minute) -> bool {
    let part = |whole: Minute| (whole * percent + 99) / 100;
    match instance.target {
        Target::Undecided | Target::Nothing => false,
        Target::Budget(budget) if budget.minutes == 0 => has_opened(scene, instance, now),
        Target::Budget(budget) => instance.elapsed >= part(budget.minutes),
        Target::Promised(Until { minute: due, .. }) => {
            let (whole, past) = (scene.counted_by(instance, due), scene.counted_by(instance, now));
            // Where nothing counts before the promised instant, it has no parts.
            if whole == 0 { now >= due } else { past >= part(whole) }
        }
    }
}

/// When a clock that is not breached will be due if nothing pauses it any more. It is never before
/// now, or it would have been breached.
pub fn due_if_resumed(scene: &Scene, instance: &Instance, now: Minute) -> Option<Until> {
    match instance.target {
        Target::Undecided | Target::Nothing => None,
        Target::Budget(_) if is_due(scene, instance, now) => Some(Until::and_with(now)),
        Target::Budget(budget) => {
            let left = budget.minutes - instance.elapsed;
            let minute = scene.after(instance.calendar, now.max(instance.counted_from), left);
            Some(Until { minute, is_open: budget.is_open })
        }
        Target::Promised(due) if due.minute > now => Some(due),
        Target::Promised(_) => Some(Until::and_with(now)),
    }
}

/// The same, but while a clock is paused nobody knows, unless the instant was promised or has come.
pub fn due_as_it_stands(scene: &Scene, instance: &Instance, now: Minute) -> Option<Until> {
    match instance.target {
        Target::Budget(_) if instance.is_paused() && !is_due(scene, instance, now) => None,
        _ => due_if_resumed(scene, instance, now),
    }
}
