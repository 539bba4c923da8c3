//! The header, people and time, and what the log may say.

use jiff::civil::DateTime;

use super::Voice;
use super::lines::Line;
use super::page::{Body, Said};
use crate::calendar::{DateRange, Interval};
use crate::source::Spanned;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Voice<'_> {
    // ── Header ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn service_clause(&self, clause: &ServiceClause) -> Line {
        match clause {
            ServiceClause::Version(text) => self.word(["version", "版本"], self.text(text)),
            ServiceClause::Effective { from, until } => {
                let until = until.as_ref().map(|until| format!(" {} {}", self.keyword(["until", "至"]), until.node));
                self.word(["effective", "施行"], format!("{}{}", from.node, until.unwrap_or_default()))
            }
            ServiceClause::Timezone(name) => self.word(["timezone", "时区"], self.text(name)),
            ServiceClause::Currency(code) => self.word(["currency", "币种"], code.node.clone()),
            ServiceClause::Owner(text) => self.word(["owner", "责任部门"], self.text(text)),
            ServiceClause::Status(status) => self.word(["status", "状态"], self.status(status)),
            ServiceClause::Source(text) => self.word(["source", "依据"], self.text(text)),
            ServiceClause::ReviewBefore(date) => self.review_before(date),
            ServiceClause::NoLongerPromises(promise, why) => {
                let (promise, why) = (self.name(promise), self.text(why));
                self.alone(format!("no longer promises {promise} {why}"), format!("不再承诺 {promise} {why}"))
            }
        }
    }

    pub(super) fn status(&self, status: &Status) -> String {
        match status {
            Status::Draft => self.say("draft", "草案"),
            Status::Retired => self.say("retired", "废止"),
            Status::Approved { by, on } => {
                let (by, on) = (self.text(by), on.node);
                self.say(format!("approved by {by} on {on}"), format!("经 {by} 于 {on} 批准"))
            }
        }
    }

    pub(super) fn review_before(&self, date: &jiff::civil::Date) -> Line {
        self.row("word", ["review".into(), format!("before {date}")], ["复审期限".into(), date.to_string()])
    }

    // ── People and time ─────────────────────────────────────────────────────────────────────────

    pub(super) fn role(&self, role: &Role) -> Said {
        let led = self.names(&role.leads);
        let leads = if led.is_empty() { led } else { self.say(format!("leads {led}"), format!("管辖 {led}")) };
        self.single(["role", "岗位"], &role.name, role.label.as_ref(), &[leads])
    }

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

    pub(super) fn period(&self, period: &Period) -> Said {
        let days = self.list(period.days.iter().map(|days| dates(days)));
        self.single(["period", "时段"], &period.name, period.label.as_ref(), &[days])
    }

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

    // ── What the log may say ────────────────────────────────────────────────────────────────────

    pub(super) fn case(&self, block: &Block<CaseClause>) -> Said {
        let head = Line::row("case", [self.say("case", "个案")]);
        Said { head, body: Some(Body::of(&block.clauses, |clause| self.case_clause(clause))) }
    }

    fn case_clause(&self, clause: &CaseClause) -> Line {
        match clause {
            CaseClause::Field(field) => self.field(field),
            CaseClause::Party(path) => {
                let path = self.path(path);
                self.alone(format!("party {path}"), format!("当事人 {path}"))
            }
            CaseClause::Ends { on, after } => {
                let (on, limit, blank) = (self.triggers(on), self.limit(after, after.span), self.blank_behind(after));
                self.alone(format!("ends on {on} after {limit}"), format!("自 {on} 起满 {limit}{blank}结案"))
            }
        }
    }

    fn field(&self, field: &Field) -> Line {
        let kind = match &field.kind.node {
            FieldType::Plain(word) => self.value(Vocabulary::PlainType, word),
            FieldType::Range(least, most) => format!("{least}..{most}"),
            FieldType::OneOf(values) => {
                let values = self.names(values);
                self.say(format!("one of ({values})"), format!("选项（{values}）"))
            }
            FieldType::Ordered(values) => self.ordered(values),
        };
        let optional = if field.optional { self.keyword(["?", "？"]) } else { "" };
        let private = if field.private { self.keyword([" private", " 隐私"]) } else { "" };
        let name = self.path_beside(&field.name, &["private", "隐私"]);
        let name = format!("{name}{}", self.keyword([":", "："]));
        Line::row("field", [name, self.say(format!("{kind}{optional}{private}"), format!("{kind}{optional}{private}"))])
    }

    /// `low < high`; a first value that is called like a type would be read as one.
    fn ordered(&self, values: &[Name]) -> String {
        let types: Vec<&str> = Vocabulary::PlainType.words().iter().flat_map(|(one, other)| [*one, *other]).collect();
        let said = |(place, name): (usize, &Name)| match place {
            0 => self.name_beside(name, &types),
            _ => self.name(name),
        };
        values.iter().enumerate().map(said).collect::<Vec<_>>().join("\n< ")
    }

    pub(super) fn event(&self, event: &Event) -> Said {
        let evidence = event.evidence.as_ref().map(|source| {
            let source = self.value(Vocabulary::Evidence, source);
            self.say(format!("from {source}"), format!("来自 {source}"))
        });
        let trust = event.trust.as_ref().map(|condition| {
            let condition = self.condition(condition);
            self.say(format!("trust when {condition}"), format!("采信条件 {condition}"))
        });
        let reaches = event.reaches.as_ref().map(|path| {
            let path = self.path(path);
            self.say(format!("reaches every case with the same {path}"), format!("传至 {path} 相同的所有个案"))
        });
        let tail = [evidence, trust, reaches].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let name = format!("{} {}", self.keyword(["event", "事件"]), self.path(&event.name));
        let head = Line::row("event", [name, self.label(event.label.as_ref())]);
        if event.fields.is_empty() {
            return Said { head: head.and("").and(&tail), body: None };
        }
        let fields = Body::of(&event.fields, |field| self.field(field));
        Said { head, body: Some(Body { mark: self.keyword([", ", "，"]), tail, ..fields }) }
    }

    pub(super) fn segment(&self, segment: &Segment) -> Said {
        let when = self.condition(&segment.when);
        let when = self.say(format!("when {when}"), format!("即 {when}"));
        self.single(["segment", "客群"], &segment.name, segment.label.as_ref(), &[when])
    }
}

fn dates(range: &DateRange) -> String {
    if range.first == range.last { range.first.to_string() } else { format!("{}..{}", range.first, range.last) }
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
