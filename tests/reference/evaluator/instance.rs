//! One clock.

use super::super::model::*;
use super::{Duty, Grant, Key, Verdict};

#[derive(Clone)]
pub struct Instance {
    pub key: Key,
    pub start: Minute,
    pub ordinal: usize,
    /// The start event's own fields.
    pub own: Own,
    /// How many escalations the log held before the start.
    pub told_before: usize,
    pub calendar: Option<usize>,
    /// The calendar and the minute that days are counted from: the start, or the next open day if it was received
    /// late.
    pub days_from: (Option<usize>, Minute),
    /// The minute from which time counts: the same, or earlier if other hours count by then.
    pub counted_from: Minute,
    /// Since when the calendar counts.
    pub hours_since: Minute,
    /// The minutes that counted so far, paused or not, and after its end, too.
    pub counted: Vec<Minute>,
    pub target: Target,
    pub granted: Granted,
    /// What came of the grants of more time.
    pub grants: Vec<Grant>,
    pub elapsed: Minute,
    pub overshoot: Minute,
    /// Which of the pause lines are on.
    pub paused: Vec<bool>,
    /// Which of the exemptions stop it.
    pub exempted: Vec<bool>,
    /// Whether it cannot be told that it started at all.
    pub unsure: bool,
    /// Whether it cannot be told which calendar it counts.
    pub uncounted: bool,
    /// Whether something unknown may have made its due another one, or ended it before.
    pub doubtful: bool,
    /// The same of its time since its verdict fell.
    pub doubtful_since: bool,
    /// The verdicts that something unknown may have given it.
    pub possible: Vec<Verdict>,
    /// Whether something unknown may have ended it before its end.
    pub perhaps_ended: bool,
    /// Whether a clock surely runs from here on, even if it may be another.
    pub surely_runs: bool,
    pub verdict: Option<Verdict>,
    /// Whether its verdict fell while it ran.
    pub fell_early: bool,
    pub due: Option<Minute>,
    pub stop: Option<Minute>,
    pub runs: bool,
    /// Which marks it has passed.
    pub fired: Vec<bool>,
    /// Which of them a pause found reached when it began: it does not move them, as it does not
    /// move due.
    pub reached: Vec<bool>,
    /// Whether it found that an instant that counts had come.
    pub had_opened: bool,
    pub duties: Vec<OpenDuty>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Target {
    /// It cannot be told which row holds.
    Undecided,
    Nothing,
    /// So many counted minutes.
    Budget(Budget),
    Promised(Until),
}

/// So many counted minutes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Budget {
    pub minutes: Minute,
    /// Whether all of them are too many: they last to the end of a day, and midnight is of the next.
    pub is_open: bool,
}

/// Up to a minute.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Until {
    pub minute: Minute,
    /// Whether the minute itself is too late.
    pub is_open: bool,
}

impl Budget {
    pub fn exactly(minutes: Minute) -> Self {
        Budget { minutes, is_open: false }
    }

    /// Which of two is more, in halves of minutes.
    pub fn most(self) -> i64 {
        2 * self.minutes - i64::from(self.is_open)
    }
}

impl Until {
    pub fn and_with(minute: Minute) -> Self {
        Until { minute, is_open: false }
    }

    pub fn admits(self, at: Minute) -> bool {
        2 * at <= self.last()
    }

    /// Which of two is later, in halves of minutes.
    pub fn last(self) -> i64 {
        2 * self.minute - i64::from(self.is_open)
    }
}

/// What extensions have given.
#[derive(Clone, Default)]
pub struct Granted {
    /// Instead of what the table says.
    pub total: Option<Limit>,
    /// On top of it: what was granted, and how much counted time it was.
    pub more: Vec<(Limit, Budget)>,
    /// Which lines are used up.
    pub used: Vec<usize>,
}

impl Instance {
    /// It comes to its end, and so do the duties that are not overdue.
    pub fn close(&mut self, at: Minute) {
        self.stop = Some(at);
        self.runs = false;
        for duty in &mut self.duties {
            duty.close(at, Verdict::Cancelled);
        }
    }

    pub fn is_paused(&self) -> bool {
        self.paused.contains(&true) || self.exempted.contains(&true)
    }

    /// An unknown event leaves a doubt, unless the verdict has fallen.
    pub fn doubt(&mut self) {
        self.doubtful |= self.verdict.is_none();
    }

    /// An unknown event may have held up its time.
    pub fn doubt_time(&mut self) {
        self.doubtful_since |= self.verdict.is_some();
        self.doubt();
    }

    /// Something unknown may have ended it, and if that was its verdict, with this one.
    pub fn perhaps_end(&mut self, with: Option<Verdict>) {
        self.perhaps_ended = true;
        let open = self.duties.iter_mut().filter(|open| open.duty.verdict == Verdict::Running);
        open.for_each(|open| open.perhaps_ended = true);
        if self.verdict.is_none() {
            self.possible.extend(with);
            self.doubtful = true;
        }
    }

    /// A verdict, if nothing unknown may have given it another.
    pub fn as_far_as_told(&self, verdict: Verdict) -> Verdict {
        let another = self.possible.iter().any(|possible| *possible != verdict);
        if another { Verdict::Undetermined } else { verdict }
    }

    /// It counts anew, or towards another target: what a pause found reached is so no more.
    pub fn forget_reached(&mut self) {
        self.reached.fill(false);
        self.had_opened = false;
    }
}

#[derive(Clone)]
pub struct OpenDuty {
    pub duty: Duty,
    /// Whether the minute of its due is too late.
    pub is_open: bool,
    /// Somebody was told, nobody knows who.
    pub doubtful: bool,
    /// Its clock was in doubt as it fell due.
    pub of_a_doubtful_clock: bool,
    /// Its clock may have ended.
    pub perhaps_ended: bool,
}

impl OpenDuty {
    /// To that role or one above it.
    pub fn told(&mut self, at: Minute, to: Option<usize>, levels: &[Level]) {
        match to {
            None => self.doubtful = true,
            Some(role) if role >= levels[self.duty.level].role => self.close(at, Verdict::Met),
            Some(_) => {}
        }
    }

    pub fn close(&mut self, at: Minute, verdict: Verdict) {
        let due = Until { minute: self.duty.due, is_open: self.is_open };
        if due.admits(at) {
            self.judge(verdict);
        }
    }

    /// Its verdict, as far as it can be told.
    pub fn judge(&mut self, verdict: Verdict) {
        if self.duty.verdict == Verdict::Running {
            // Whoever is told is told; if that cannot be read, it decides all else.
            let is_untold = self.doubtful && verdict != Verdict::Met;
            let is_in_doubt = is_untold || self.perhaps_ended || self.of_a_doubtful_clock;
            self.duty.verdict = if is_in_doubt { Verdict::Undetermined } else { verdict };
        }
    }
}
