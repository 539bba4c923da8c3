//! How far calendars must reach, so that every due can be told.

use crate::calendar::{Calendar, Duration, Instant};
use crate::graph::{ClockEvent, Graph, LevelTime, Limit, Percent, Promise, Standard};

/// Calendars over the span of a run. Where a clock goes over from one to another, each must reach as far as all.
pub fn calendars(graph: &Graph, (first, last): (Instant, Instant), reach: &Reach) -> Vec<Calendar> {
    let reaching = |last: Instant| -> Vec<Calendar> {
        let calendars = graph.calendars.iter();
        calendars.map(|calendar| calendar.hours.reaching(first, last, reach.counted, reach.working_days)).collect()
    };
    let calendars = reaching(last);
    if !graph.standards.iter().any(Standard::has_changing_hours) {
        return calendars;
    }
    reaching(calendars.iter().map(|calendar| calendar.covers().1).max().unwrap_or(last))
}

/// How far beyond the last instant calendars must reach, so that every due can be told.
pub struct Reach {
    pub on_the_wall: Duration,
    pub counted: Duration,
    pub working_days: u32,
}

impl Reach {
    pub fn of(graph: &Graph) -> Self {
        let mut reach = Self { on_the_wall: Duration::ZERO, counted: Duration::from_hours(24), working_days: 2 };
        let parts = graph.derived_events.iter().filter_map(|waited| match waited.what {
            ClockEvent::Part(part) => Some(part),
            ClockEvent::Breach | ClockEvent::Met => None,
        });
        let levels = || graph.escalations.iter().flat_map(|escalation| &escalation.levels).map(|level| level.at);
        let of_levels = levels().filter_map(|at| match at {
            LevelTime::Part(part) => Some(part),
            LevelTime::After(_) => None,
        });
        let most = of_levels.chain(parts).max();
        let most = most.unwrap_or(Percent(10_000)).max(Percent(10_000));
        for at in levels() {
            if let LevelTime::After(time) = at {
                reach.take(Limit::Exact(time), Percent(10_000));
            }
        }
        for standard in &graph.standards {
            for row in standard.targets.iter().chain(&standard.beyond) {
                if let Promise::Within(limit) = row.promise {
                    reach.take(limit, most);
                }
            }
            for extension in &standard.extensions {
                reach.add(extension.by, most);
            }
            for reopen in &standard.reopens {
                if let Some(within) = reopen.within {
                    reach.take(within, Percent(10_000));
                }
            }
        }
        for level in graph.escalations.iter().flat_map(|escalation| &escalation.levels) {
            reach.take(level.within, Percent(10_000));
        }
        let limits = graph.behaviours.iter().filter_map(|behaviour| behaviour.sentence.limit());
        for limit in limits.chain(graph.case_end.iter().map(|end| end.after)) {
            reach.take(limit, Percent(10_000));
        }
        // A duty may follow a threshold: both ahead.
        reach.counted = reach.counted.saturating_mul(2);
        reach.working_days = reach.working_days.saturating_mul(2);
        reach
    }

    /// What comes on top of a target.
    pub fn add(&mut self, limit: Limit, most: Percent) {
        let mut more = Self { on_the_wall: Duration::ZERO, counted: Duration::ZERO, working_days: 0 };
        more.take(limit, most);
        self.on_the_wall = self.on_the_wall.saturating_add(more.on_the_wall);
        self.counted = self.counted.saturating_add(more.counted);
        self.working_days = self.working_days.saturating_add(more.working_days);
    }

    pub fn take(&mut self, limit: Limit, most: Percent) {
        match limit {
            Limit::Exact(amount) => self.counted = self.counted.max(most.of(amount)),
            Limit::WorkingDays(days) => {
                let times = most.0.div_ceil(10_000);
                self.working_days = self.working_days.max(days.saturating_mul(times).saturating_add(2));
            }
            Limit::CalendarDays(..) => self.on_the_wall = self.on_the_wall.max(most.of(days_of(limit))),
        }
    }
}

/// A limit in days as time on the wall, generously.
pub fn days_of(limit: Limit) -> Duration {
    match limit {
        Limit::Exact(amount) => amount,
        Limit::WorkingDays(days) | Limit::CalendarDays(days, _) => Duration::from_hours(25 * (i64::from(days) + 2)),
    }
}
