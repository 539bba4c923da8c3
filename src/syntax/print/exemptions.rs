//! What no standard answers for.

use jiff::civil::DateTime;

use super::Printer;
use super::lines::Line;

use crate::syntax::tree::*;

impl Printer<'_> {
    pub(super) fn exempt_clause(&self, clause: &ExemptClause) -> Line {
        match clause {
            ExemptClause::Window { from, to } => {
                let (from, to) = (day_or_time(from), day_or_time(to));
                self.row("word", ["from".into(), format!("{from} to {to}")], [format!("自 {from} 至 {to}")])
            }
            ExemptClause::When(condition) => self.word(["when", "适用条件"], self.condition(condition)),
            ExemptClause::For(places) => self.word(["for", "适用于"], self.names(places)),
            ExemptClause::Excuse => self.alone("excuse", "免责"),
            ExemptClause::StopTheClock => self.alone("stop the clock", "停止计时"),
            ExemptClause::Proof(operand) => self.word(["proof", "凭证"], self.operand(operand)),
            ExemptClause::Source(text) => self.word(["source", "依据"], self.text(text)),
        }
    }
}

pub(super) fn day_or_time(said: &DayOrTime) -> String {
    match said {
        DayOrTime::Day(date) => date.to_string(),
        DayOrTime::Time(time) => date_time(*time),
    }
}

/// `2026-03-02 09:00`, with seconds if there are any.
pub(super) fn date_time(time: DateTime) -> String {
    let (date, hour, minute) = (time.date(), time.hour(), time.minute());
    match time.second() {
        0 => format!("{date} {hour:02}:{minute:02}"),
        second => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}
