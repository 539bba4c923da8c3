//! Calendars and named spans of days.

use super::Printer;
use super::lines::Line;
use super::page::PrintedBlock;

use crate::calendar::{DateRange, Interval};
use crate::source::Spanned;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    pub(super) fn calendar_clause(&self, clause: &CalendarClause) -> Line {
        let row = |word: String, said: String, behind: String| Line::row("calendar", [word, said, behind]);
        match clause {
            CalendarClause::Weekly { days, hours, not_working } => {
                let not_working =
                    if *not_working { self.say("not a working day", "不计工作日") } else { String::new() };
                row(self.weekdays(days), self.opening_hours(hours), not_working)
            }
            CalendarClause::Closed { days, label } => {
                row(self.say("closed", "休息"), dates(days), self.label(label.as_ref()))
            }
            CalendarClause::Opened { days, hours, label } => {
                let said = format!("{} {}", dates(days), self.opening_hours(hours));
                row(self.say("opened", "加开"), said, self.label(label.as_ref()))
            }
            CalendarClause::ReceivedAfter(time) => {
                let time = time.node;
                self.alone(
                    format!("received after {time} counts as the next open day"),
                    format!("{time} 后收到的按下一工作日计"),
                )
            }
            CalendarClause::Timezone(name) => row(self.say("timezone", "时区"), self.text(name), String::new()),
            CalendarClause::Source(text) => row(self.say("source", "依据"), self.text(text), String::new()),
        }
    }

    /// `mon..fri, sun`: three days or more in a row are a span.
    fn weekdays(&self, days: &[usize]) -> String {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for day in days {
            match spans.last_mut() {
                Some((first, length)) if (*first + *length) % 7 == *day && *length < 7 => *length += 1,
                _ => spans.push((*day, 1)),
            }
        }
        let words = Vocabulary::Weekday.words();
        let name = |day: usize| words.get(day % 7).map_or("", |(english, chinese)| self.keyword([english, chinese]));
        let comma = self.keyword([", ", "、"]);
        let said = |(first, length): (usize, usize)| match length {
            1 => name(first).to_owned(),
            2 => format!("{}{comma}{}", name(first), name(first + 1)),
            _ => format!("{}{}{}", name(first), self.keyword(["..", "至"]), name(first + length - 1)),
        };
        spans.into_iter().map(said).collect::<Vec<_>>().join(comma)
    }

    fn opening_hours(&self, hours: &[Spanned<Interval>]) -> String {
        self.list(hours.iter().map(|interval| interval.node.to_string()))
    }

    pub(super) fn period(&self, period: &Period) -> PrintedBlock {
        let days = self.list(period.days.iter().map(|days| dates(days)));
        self.single(["period", "时段"], &period.name, period.label.as_ref(), &[days])
    }
}

fn dates(range: &DateRange) -> String {
    if range.first == range.last { range.first.to_string() } else { format!("{}..{}", range.first, range.last) }
}
