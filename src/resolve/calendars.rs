//! Working calendars.

use crate::calendar::{Date, DateRange, Hours, Interval};
use crate::graph::Calendar;
use crate::resolve::faults::{ClauseFault, TimeFault};
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::Kind;

impl Resolver<'_> {
    /// Working calendars.
    pub fn calendars(&mut self, declarations: &[&tree::Declaration]) {
        for declaration in declarations {
            let tree::Declaration::Calendar(block) = declaration else { continue };
            if !self.declare(Kind::Calendar, &block.name, self.graph.calendars.len()) {
                continue;
            }
            let hours = self.calendar_hours(block);
            self.graph.calendars.push(Calendar {
                name: block.name.node.clone(),
                label: block.label.as_ref().map(|label| label.node.clone()),
                hours,
                span: block.name.span,
            });
        }
    }

    fn calendar_hours(&mut self, block: &tree::Block<tree::CalendarClause>) -> Hours {
        let mut hours = Hours::new(self.zone().clone());
        let mut weekly: [Option<Span>; 7] = [None; 7];
        let mut closed: Vec<Spanned<DateRange>> = Vec::new();
        let mut opened: Vec<Spanned<DateRange>> = Vec::new();
        let (mut zone, mut received) = (None, None);
        for clause in &block.clauses {
            match &clause.node {
                tree::CalendarClause::Weekly { days, hours: intervals, not_working } => {
                    let intervals = self.intervals(intervals);
                    for day in days {
                        self.weekday(&mut hours, &mut weekly, *day, &intervals, *not_working, clause.span);
                    }
                }
                tree::CalendarClause::Closed { days, .. } => {
                    self.in_order(days);
                    closed.push(*days);
                }
                tree::CalendarClause::Opened { days, hours: intervals, .. } => {
                    self.in_order(days);
                    self.opened_once(days, &opened);
                    opened.push(*days);
                    let intervals = self.intervals(intervals);
                    hours.opened.push((days.node, intervals));
                }
                tree::CalendarClause::ReceivedAfter(time) => {
                    self.set_once("received after", &mut received, time.node, clause.span);
                }
                tree::CalendarClause::Timezone(name) => self.set_once("timezone", &mut zone, name, clause.span),
                tree::CalendarClause::Source(_) => {}
            }
        }
        for days in &opened {
            for shut in &closed {
                let first = days.first.max(shut.first);
                if first <= days.last.min(shut.last) {
                    let fault = TimeFault::ClosedAndOpened { date: first.to_string() };
                    self.fault_against(fault, days.span, shut.span);
                }
            }
        }
        hours.closed = closed.iter().map(|days| days.node).collect();
        hours.received_until = received.map(|time| time.node);
        if let Some(zone) = zone.and_then(|name| self.named_zone(name.node)) {
            hours.zone = zone;
        }
        self.holidays_last(&block.name, closed.iter().chain(&opened));
        let opens = weekly.iter().any(Option::is_some) || !hours.opened.is_empty();
        if !opens && !block.broken {
            let of = format!("calendar `{}`", block.name.node);
            self.fault(
                ClauseFault::MissingClause { of, what: "open hours", write: "mon..fri 09:00-18:00" },
                block.name.span,
            );
        }
        hours
    }

    fn weekday(
        &mut self,
        hours: &mut Hours,
        weekly: &mut [Option<Span>; 7],
        day: usize,
        intervals: &[Interval],
        not_working: bool,
        at: Span,
    ) {
        let (Some(said), Some(plan)) = (weekly.get_mut(day), hours.weekdays.get_mut(day)) else { return };
        match *said {
            Some(first) if first != at => {
                let clause = DAYS.get(day).copied().unwrap_or_default();
                self.fault_against(ClauseFault::ClauseTwice { clause }, at, first);
            }
            _ => {
                *said = Some(at);
                plan.extend_from_slice(intervals);
                if let Some(flag) = hours.not_working.get_mut(day) {
                    *flag = not_working;
                }
            }
        }
    }

    /// Hours that open and close at once are no hours.
    fn intervals(&mut self, intervals: &[Spanned<Interval>]) -> Vec<Interval> {
        for interval in intervals {
            if interval.opens == interval.closes || interval.opens == crate::calendar::MinuteOfDay::END {
                let what = interval.node.to_string();
                let allowed = "it opens and closes at the same time; a whole day is `00:00-24:00`";
                self.fault(ClauseFault::OutOfBounds { what, allowed }, interval.span);
            }
        }
        for (index, one) in intervals.iter().enumerate() {
            if let Some(other) = intervals.iter().skip(index + 1).find(|other| overlap(one, other)) {
                let fault = TimeFault::HoursOverlap { one: one.node.to_string(), other: other.node.to_string() };
                self.fault_against(fault, other.span, one.span);
            }
        }
        intervals.iter().map(|interval| interval.node).collect()
    }

    /// Holidays are listed for as long as the standards hold.
    fn holidays_last<'d>(&mut self, calendar: &tree::Name, days: impl Iterator<Item = &'d Spanned<DateRange>>) {
        let Some(until) = self.graph.service.effective.map(|days| days.last).filter(|last| *last != Date::MAX) else {
            return;
        };
        let Some(last) = days.max_by_key(|days| days.last) else { return };
        if last.last.year() < until.year() {
            let fault = TimeFault::HolidaysEnd { calendar: calendar.node.clone(), last: last.last, until };
            self.fault(fault, last.span);
        }
    }

    /// Days whose first one comes first.
    pub fn in_order(&mut self, days: &Spanned<DateRange>) {
        if days.last < days.first {
            let turned = Some(format!("{}..{}", days.last, days.first));
            self.fault(TimeFault::EndsBeforeItBegins { turned }, days.span);
        }
    }

    fn opened_once(&mut self, days: &Spanned<DateRange>, before: &[Spanned<DateRange>]) {
        if let Some(first) = before.iter().find(|first| first.first <= days.last && days.first <= first.last) {
            self.fault_against(ClauseFault::ClauseTwice { clause: "opened" }, days.span, first.span);
        }
    }
}

/// Whether two intervals of one day share time; one that closes at or before its opening lasts past midnight.
fn overlap(one: &Interval, other: &Interval) -> bool {
    let reaches = |first: &Interval, second: &Interval| first.closes <= first.opens || second.opens < first.closes;
    reaches(one, other) && reaches(other, one)
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
