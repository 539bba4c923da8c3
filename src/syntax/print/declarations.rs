//! The header, people and time, and what the log may say.

use jiff::civil::DateTime;

use super::Voice;
use super::lines::Line;
use super::names::list;
use super::page::{Body, Said};
use crate::calendar::{DateRange, Interval};
use crate::source::Spanned;
use crate::syntax::tree::*;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// The words that are types where a list of values might begin.
const PLAIN_TYPES: &[&str] = &["text", "number", "bool", "money", "duration", "time", "date", "role"];

impl Voice<'_> {
    // ── Header ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn service_clause(&self, clause: &ServiceClause) -> Line {
        match clause {
            ServiceClause::Version(text) => Line::word("version", self.text(text)),
            ServiceClause::Effective { from, until: None } => Line::word("effective", from.node.to_string()),
            ServiceClause::Effective { from, until: Some(until) } => {
                Line::word("effective", format!("{} until {}", from.node, until.node))
            }
            ServiceClause::Timezone(name) => Line::word("timezone", self.text(name)),
            ServiceClause::Currency(code) => Line::word("currency", code.node.clone()),
            ServiceClause::Owner(text) => Line::word("owner", self.text(text)),
            ServiceClause::Status(status) => Line::word("status", self.status(status)),
            ServiceClause::Source(text) => Line::word("source", self.text(text)),
            ServiceClause::ReviewBefore(date) => Line::word("review", format!("before {}", date.node)),
        }
    }

    pub(super) fn status(&self, status: &Status) -> String {
        match status {
            Status::Draft => "draft".to_owned(),
            Status::Retired => "retired".to_owned(),
            Status::Approved { by, on } => format!("approved by {} on {}", self.text(by), on.node),
        }
    }

    // ── People and time ─────────────────────────────────────────────────────────────────────────

    pub(super) fn role(&self, role: &Role) -> Said {
        let leads = if role.leads.is_empty() { String::new() } else { format!("leads {}", self.names(&role.leads)) };
        self.single("role", &role.name, role.label.as_ref(), &[leads])
    }

    pub(super) fn calendar_clause(&self, clause: &CalendarClause) -> Line {
        let row = |word: String, said: String, behind: String| Line::row("calendar", [word, said, behind]);
        match clause {
            CalendarClause::Weekly { days, hours, not_working } => {
                let working = if *not_working { "not a working day" } else { "" };
                row(weekdays(days), opening_hours(hours), working.to_owned())
            }
            CalendarClause::Closed { days, label } => row("closed".into(), dates(days), self.label(label.as_ref())),
            CalendarClause::Opened { days, hours, label } => {
                let said = format!("{} {}", dates(days), opening_hours(hours));
                row("opened".into(), said, self.label(label.as_ref()))
            }
            CalendarClause::ReceivedAfter(time) => {
                Line::alone(format!("received after {} counts as the next open day", time.node))
            }
            CalendarClause::Timezone(name) => row("timezone".into(), self.text(name), String::new()),
            CalendarClause::Source(text) => row("source".into(), self.text(text), String::new()),
        }
    }

    pub(super) fn period(&self, period: &Period) -> Said {
        let days = list(period.days.iter().map(|days| dates(days)));
        self.single("period", &period.name, period.label.as_ref(), &[days])
    }

    pub(super) fn exempt_clause(&self, clause: &ExemptClause) -> Line {
        match clause {
            ExemptClause::Window { from, to } => {
                Line::word("from", format!("{} to {}", day_or_time(from), day_or_time(to)))
            }
            ExemptClause::When(condition) => Line::word("when", self.condition(condition)),
            ExemptClause::For(places) => Line::word("for", self.names(places)),
            ExemptClause::Excuse => Line::alone("excuse"),
            ExemptClause::StopTheClock => Line::alone("stop the clock"),
            ExemptClause::Proof(operand) => Line::word("proof", self.operand(operand)),
            ExemptClause::Source(text) => Line::word("source", self.text(text)),
        }
    }

    // ── What the log may say ────────────────────────────────────────────────────────────────────

    pub(super) fn case(&self, block: &Block<CaseClause>) -> Said {
        let head = Line::row("case", ["case".to_owned()]);
        Said { head, body: Some(Body::of(&block.clauses, |clause| self.case_clause(clause))) }
    }

    fn case_clause(&self, clause: &CaseClause) -> Line {
        match clause {
            CaseClause::Field(field) => self.field(field),
            CaseClause::Party(path) => Line::alone(format!("party {}", self.path(path))),
            CaseClause::Ends { on, after } => {
                Line::alone(format!("ends on {} after {}", self.triggers(on), self.limit(after, after.span)))
            }
        }
    }

    fn field(&self, field: &Field) -> Line {
        let kind = match &field.kind.node {
            FieldType::Plain(word) => word.clone(),
            FieldType::Range(least, most) => format!("{least}..{most}"),
            FieldType::OneOf(values) => format!("one of ({})", self.names(values)),
            FieldType::Ordered(values) => self.ordered(values),
        };
        let optional = if field.optional { "?" } else { "" };
        let private = if field.private { " private" } else { "" };
        let name = self.path_beside(&field.name, &["private"]);
        Line::row("field", [format!("{name}:"), format!("{kind}{optional}{private}")])
    }

    /// `low < high`; a first value that is called like a type would be read as one.
    fn ordered(&self, values: &[Name]) -> String {
        let said = |(place, name): (usize, &Name)| match place {
            0 => self.name_beside(name, PLAIN_TYPES),
            _ => self.name(name),
        };
        values.iter().enumerate().map(said).collect::<Vec<_>>().join("\n< ")
    }

    pub(super) fn event(&self, event: &Event) -> Said {
        let mut behind = Vec::new();
        behind.extend(event.evidence.as_ref().map(|source| format!("from {}", source.node)));
        behind.extend(event.trust.as_ref().map(|when| format!("trust when {}", self.condition(when))));
        behind
            .extend(event.reaches.as_ref().map(|path| format!("reaches every case with the same {}", self.path(path))));
        let tail = behind.join("\n");
        let cells = [format!("event {}", self.path(&event.name)), self.label(event.label.as_ref())];
        let head = Line::row("event", cells);
        if event.fields.is_empty() {
            return Said { head: head.and("").and(&tail), body: None };
        }
        let fields = Body::of(&event.fields, |field| self.field(field));
        Said { head, body: Some(Body { mark: ", ", tail, ..fields }) }
    }

    pub(super) fn segment(&self, segment: &Segment) -> Said {
        let when = format!("when {}", self.condition(&segment.when));
        self.single("segment", &segment.name, segment.label.as_ref(), &[when])
    }
}

/// `mon..fri, sun`: three days or more in a row are a span.
fn weekdays(days: &[usize]) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((first, length)) if (*first + *length) % 7 == *day && *length < 7 => *length += 1,
            _ => spans.push((*day, 1)),
        }
    }
    let name = |day: usize| WEEKDAYS.get(day % 7).copied().unwrap_or_default();
    let said = |(first, length): (usize, usize)| match length {
        1 => name(first).to_owned(),
        2 => format!("{}, {}", name(first), name(first + 1)),
        _ => format!("{}..{}", name(first), name(first + length - 1)),
    };
    spans.into_iter().map(said).collect::<Vec<_>>().join(", ")
}

fn opening_hours(hours: &[Spanned<Interval>]) -> String {
    list(hours.iter().map(|interval| interval.node.to_string()))
}

fn dates(range: &DateRange) -> String {
    if range.first == range.last { range.first.to_string() } else { format!("{}..{}", range.first, range.last) }
}

fn day_or_time(said: &DayOrTime) -> String {
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
