//! Calendars that open, and local times that clocks skip or show twice.

use jiff::ToSpan;

use super::check_faults::CheckFault;
use super::checked::Checked;

use crate::calendar::{Date, DateRange, DayPlan, Hours, Oddity};
use crate::graph::{Graph, Limit, Promise, Standard};
use crate::resolve::TimeFault;
use crate::source::Span;

/// Something opens on some day in force; and where working days are counted, on a working day.
pub fn each_calendar_opens(checked: &mut Checked<'_>) {
    let graph = checked.graph;
    for (index, calendar) in graph.calendars.iter().enumerate() {
        let hours = &calendar.hours;
        // One without any hours is told of where it is read.
        let has_hours =
            hours.weekdays.iter().chain(hours.opened.iter().map(|(_, hours)| hours)).any(|day| !day.is_empty());
        if !has_hours {
            continue;
        }
        let plans = hours.plans(days_that_matter(graph, hours));
        let is_open = |plan: &DayPlan<'_>| !plan.intervals.is_empty();
        let name = || calendar.name.clone();
        if !plans.iter().any(is_open) {
            checked.fault(CheckFault::NeverOpen { calendar: name() }, calendar.span, None);
        } else if !plans.iter().any(|plan| is_open(plan) && plan.working)
            && let Some((row, at)) = graph.standards.iter().find_map(|standard| working_days(standard, index))
        {
            checked.fault(CheckFault::NoWorkingDay { calendar: name(), row }, at, Some(calendar.span));
        }
    }
}

/// The days in force; without an end, as far as a calendar says anything that its weeks do not.
fn days_that_matter(graph: &Graph, hours: &Hours) -> DateRange {
    let named = || hours.closed.iter().chain(hours.opened.iter().map(|(days, _)| days));
    let first = named().map(|days| days.first).min().unwrap_or(Date::constant(2026, 1, 1));
    let last = named().map(|days| days.last).max().unwrap_or(first);
    let DateRange { first, last: end } = graph.service.effective.unwrap_or(DateRange { first, last: Date::MAX });
    let last = if end == Date::MAX { last.max(first).saturating_add(8.days()) } else { end };
    DateRange { first, last }
}

/// A row of a standard that counts working days of a calendar.
fn working_days(standard: &Standard, calendar: usize) -> Option<(String, Span)> {
    let counts = standard.counting.iter().any(|row| row.calendar == calendar);
    let mut rows = standard.targets.iter().filter(|_| counts);
    let row = rows.find(|row| matches!(row.promise, Promise::Within(Limit::WorkingDays(_))))?;
    Some((row.said.clone(), row.span))
}

/// Warns of opening and closing times that fall into a change of the clocks while the standards are
/// in force; at most one warning a calendar, the others follow the same rule.
pub fn odd_local_times(checked: &mut Checked<'_>) {
    let Some(DateRange { first, last }) = checked.graph.service.effective else { return };
    // Of standards without an end, the first year: the next ones are like it.
    let last = if last == Date::MAX { first.saturating_add(1.year()) } else { last };
    for calendar in &checked.graph.calendars {
        let odd = calendar.hours.odd_times(DateRange { first, last });
        let Some(odd) = odd.first() else { continue };
        let done = match odd.oddity {
            Oddity::Gap(_) => {
                "does not exist, for the clocks skip it: it moves forward with them, and that night may be an hour shorter"
            }
            Oddity::Fold(_) => {
                "exists twice: an opening takes the first and a closing the last, and that night may be an hour longer"
            }
        };
        let at = format!("{} in calendar `{}`", odd.local.strftime("%Y-%m-%d %H:%M"), calendar.name);
        checked.fault(TimeFault::OddTime { at, done }, calendar.span, None);
    }
}
