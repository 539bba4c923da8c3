//! Hours as they were and as they are: a clock may go over from one calendar to another.

use super::plan::Plan;

use crate::calendar::{Duration, Instant};

/// The calendars of a clock, each from when it counted.
#[derive(Clone, Debug)]
pub struct Worked {
    spans: Vec<Span>,
}

/// From when a calendar counts, and how much time counted before, paused or not.
#[derive(Clone, Copy, Debug)]
struct Span {
    since: Instant,
    before: Duration,
    calendar: Option<usize>,
}

impl Worked {
    /// One calendar, from the beginning.
    pub fn from(since: Instant, calendar: Option<usize>) -> Self {
        Self { spans: vec![Span { since, before: Duration::ZERO, calendar }] }
    }

    /// Goes over to another calendar. Before anything counted, that is the beginning.
    pub fn go_over(&mut self, plan: &Plan<'_>, calendar: Option<usize>, now: Instant) {
        let before = self.time_until(plan, now);
        if self.spans.first().is_some_and(|first| now < first.since) {
            self.spans.clear();
        }
        self.spans.push(Span { since: now, before, calendar });
    }

    /// The time that counts from the beginning to an instant, on the hours as they were and as they are.
    pub fn time_until(&self, plan: &Plan<'_>, to: Instant) -> Duration {
        let span = self.spans.iter().rev().find(|span| span.since <= to);
        span.map_or(Duration::ZERO, |span| {
            span.before.saturating_add(plan.counting(span.calendar).open_time(span.since, to))
        })
    }

    /// When so much time has counted; the latest change of hours, if that lies before it.
    pub fn instant_after(&self, plan: &Plan<'_>, amount: Duration) -> Option<Instant> {
        let span = self.spans.last()?;
        if self.spans.len() > 1 && amount <= span.before {
            return Some(span.since);
        }
        plan.counting(span.calendar).due(span.since, amount.saturating_sub(span.before))
    }
}
