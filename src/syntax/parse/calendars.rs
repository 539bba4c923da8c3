//! Calendars and named spans of days.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::{TreeBuilder, child, children, only_child};

use crate::calendar::{DateRange, Interval, MinuteOfDay};
use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::syntax::words::{Vocabulary, half_width};

impl<'i> TreeBuilder<'i> {
    pub(super) fn calendar_clause(&mut self, pair: Pair<'i, Rule>) -> Option<CalendarClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::weekly_hours => CalendarClause::Weekly {
                days: weekdays(&child(&clause, Rule::weekdays)?),
                hours: self.hours(&clause)?,
                not_working: child(&clause, Rule::not_a_working_day).is_some(),
            },
            Rule::closed_days => {
                CalendarClause::Closed { days: self.date_range(&clause)?, label: self.label_in(&clause) }
            }
            Rule::opened_days => CalendarClause::Opened {
                days: self.date_range(&clause)?,
                hours: self.hours(&clause)?,
                label: self.label_in(&clause),
            },
            Rule::received_after => {
                CalendarClause::ReceivedAfter(self.time_of_day(&child(&clause, Rule::time_of_day)?)?)
            }
            Rule::timezone => CalendarClause::Timezone(self.text_in(&clause)?),
            Rule::source => CalendarClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    fn hours(&mut self, clause: &Pair<'i, Rule>) -> Option<Vec<Spanned<Interval>>> {
        let hours = child(clause, Rule::hours)?;
        let mut intervals = Vec::new();
        for pair in children(&hours, Rule::opening_hours) {
            let mut times = children(&pair, Rule::time_of_day);
            let opens = self.time_of_day(&times.next()?)?.node;
            let closes = self.time_of_day(&times.next()?)?.node;
            intervals.push(self.spanned(&pair, Interval { opens, closes }));
        }
        Some(intervals)
    }

    fn time_of_day(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<MinuteOfDay>> {
        let text = half_width(pair.as_str());
        let (hour, minute) = text.split_once(':')?;
        let time = MinuteOfDay::from_clock(hour.parse().ok()?, minute.parse().ok()?);
        self.or_fault(pair, time, |found| SyntaxFault::NoSuchDate { found })
    }

    fn date_range(&mut self, clause: &Pair<'i, Rule>) -> Option<Spanned<DateRange>> {
        self.dates(&child(clause, Rule::date_range)?)
    }

    fn dates(&mut self, range: &Pair<'i, Rule>) -> Option<Spanned<DateRange>> {
        let first = self.date(&child(range, Rule::date)?)?;
        let last = self.last_date(range)?.unwrap_or(first);
        Some(Spanned::new(DateRange { first: first.node, last: last.node }, first.span.to(last.span)))
    }

    /// `Some(None)` where there is no last date, `None` where it cannot be read.
    pub(super) fn last_date(&mut self, pair: &Pair<'i, Rule>) -> Option<Option<Spanned<Date>>> {
        match child(pair, Rule::last_date) {
            Some(last) => self.date(&child(&last, Rule::date)?).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn date(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Date>> {
        self.or_fault(pair, pair.as_str().parse().ok(), |found| SyntaxFault::NoSuchDate { found })
    }

    pub(super) fn period(&mut self, pair: &Pair<'i, Rule>) -> Option<Period> {
        let ranges: Vec<_> = children(pair, Rule::date_range).collect();
        let days = ranges.iter().map(|range| self.dates(range)).collect::<Option<_>>()?;
        Some(Period { name: self.name_in(pair)?, label: self.label_in(pair), days })
    }
}

/// The days of `mon..wed, sat`, Monday first; a span may run over the week's end (`sat..mon`).
fn weekdays(pair: &Pair<'_, Rule>) -> Vec<usize> {
    let mut days = Vec::new();
    for range in children(pair, Rule::weekday_range) {
        let ends: Vec<usize> = children(&range, Rule::weekday).filter_map(|day| weekday(day.as_str())).collect();
        if let (Some(first), Some(last)) = (ends.first(), ends.last()) {
            let length = (last + 7 - first) % 7;
            days.extend((0..=length).map(|step| (first + step) % 7));
        }
    }
    days
}

fn weekday(word: &str) -> Option<usize> {
    Vocabulary::Weekday.words().iter().position(|(english, chinese)| *english == word || *chinese == word)
}
