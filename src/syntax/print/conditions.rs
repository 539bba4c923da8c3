//! Events, conditions and values.

use super::Printer;
use super::exemptions::date_time;

use crate::calendar::Duration;
use crate::source::{Span, Spanned};
use crate::syntax::language::Language;
use crate::syntax::tree::*;
use crate::syntax::words::{Vocabulary, english_duration};
use crate::vocabulary::Money;

/// Words that compare behind `is`: a value of such a name is quoted.
const COMPARISONS: &[&str] = &["不低于", "不超过", "超过", "低于"];

impl Printer<'_> {
    // ── Events ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn triggers(&self, triggers: &[Trigger]) -> String {
        let or = self.keyword(["\nor ", "\n或 "]);
        triggers.iter().map(|trigger| self.trigger(trigger)).collect::<Vec<_>>().join(or)
    }

    pub(super) fn trigger(&self, trigger: &Trigger) -> String {
        let happening = self.happening(&trigger.happening);
        match &trigger.filter {
            Some(filter) => {
                let filter = self.filter(filter);
                self.say(format!("{happening} where {filter}"), format!("{happening} 其中 {filter}"))
            }
            None => happening,
        }
    }

    fn happening(&self, happening: &Happening) -> String {
        let name = self.name(happening.name());
        match happening {
            Happening::Event(event) => self.path(event),
            Happening::BreachOf(_) => self.say(format!("breach of {name}"), format!("{name} 未达标")),
            Happening::At(_, percent) => {
                let percent = percent.node;
                self.say(format!("{name} at {percent}%"), format!("{name} 达 {percent}%"))
            }
            Happening::Met(_) => self.say(format!("{name} met"), format!("{name} 达标")),
        }
    }

    /// One comparison, or anything else in parentheses.
    fn filter(&self, filter: &Condition) -> String {
        match filter {
            Condition::Test { .. } | Condition::At(_) => self.condition(filter),
            other @ Condition::All(_)
            | other @ Condition::Any(_)
            | other @ Condition::Not(_)
            | other @ Condition::StartedIn(_) => self.in_parentheses(self.condition(other)),
        }
    }

    fn in_parentheses(&self, said: String) -> String {
        let (open, close) = (self.keyword(["(", "（"]), self.keyword([")", "）"]));
        format!("{open}{said}{close}")
    }

    // ── Conditions ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn condition(&self, condition: &Condition) -> String {
        let joined = |terms: &[Spanned<Condition>], word: [&'static str; 2]| {
            terms.iter().map(|term| self.term(term)).collect::<Vec<_>>().join(self.keyword(word))
        };
        match condition {
            Condition::All(terms) => joined(terms, ["\nand ", "\n且 "]),
            Condition::Any(terms) => joined(terms, ["\nor ", "\n或 "]),
            Condition::Not(term) => {
                let term = self.term(term);
                self.say(format!("not {term}"), format!("非 {term}"))
            }
            Condition::StartedIn(period) => {
                let period = self.name(period);
                self.say(format!("started in {period}"), format!("始于 {period}"))
            }
            Condition::At(place) => {
                let place = self.name(place);
                self.say(format!("at {place}"), format!("位于 {place}"))
            }
            Condition::Test { operand, relation: None } => self.operand(operand),
            Condition::Test { operand, relation: Some(relation) } => {
                format!("{} {}", self.operand(operand), self.relation(relation))
            }
        }
    }

    /// A part of a condition, in parentheses where it has parts itself.
    pub(super) fn term(&self, term: &Condition) -> String {
        match term {
            Condition::All(_) | Condition::Any(_) => self.in_parentheses(self.condition(term)),
            other @ Condition::Not(_)
            | other @ Condition::Test { .. }
            | other @ Condition::StartedIn(_)
            | other @ Condition::At(_) => self.condition(other),
        }
    }

    pub(super) fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Path(path) => self.field_path(path),
            Operand::FieldOf { field, event } => self.field_of(field, event),
            Operand::Fact(fact) => self.fact(fact),
        }
    }

    /// `score of survey.answered`
    pub(super) fn field_of(&self, field: &Name, event: &Name) -> String {
        match self.language {
            Language::English => format!("{} of {}", self.field_path(field), self.path(event)),
            Language::Chinese => format!("{} 的 {}", self.field_path(event), self.path(field)),
        }
    }

    fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Overshoot => self.say("overshoot", "超时时长"),
            Fact::Paused => self.say("paused", "暂停时长"),
            Fact::Handovers => self.say("handovers", "转手次数"),
            Fact::CountOf(happening) => {
                let happening = self.happening(happening);
                self.say(format!("count of {happening}"), format!("累计 {happening} 次数"))
            }
            Fact::TimeFrom(from, to) => {
                let (from, to) = (self.happening(from), self.happening(to));
                self.say(format!("time from {from} to {to}"), format!("自 {from} 至 {to} 的间隔"))
            }
            Fact::WaitingForApproval => self.say("waiting for approval", "等待审批时长"),
        }
    }

    fn relation(&self, relation: &Relation) -> String {
        let asked = self.asked(relation);
        match relation {
            Relation::In(true, _) => asked,
            Relation::In(false, _) => self.say(format!("not {asked}"), format!("不{asked}")),
            Relation::Compare(Comparison::Is, _) => self.say(format!("is {asked}"), format!("为 {asked}")),
            Relation::Compare(Comparison::IsNot, _) => self.say(format!("is not {asked}"), format!("不为 {asked}")),
            Relation::Known | Relation::Unknown | Relation::Compare(..) => self.say(format!("is {asked}"), asked),
        }
    }

    /// What a relation asks, without `is` or `not` in front: `at least 4`, `in (a, b)`, `known`.
    pub(super) fn asked(&self, relation: &Relation) -> String {
        match relation {
            Relation::Known => self.say("known", "已知"),
            Relation::Unknown => self.say("unknown", "未知"),
            Relation::Compare(Comparison::Is | Comparison::IsNot, value) => match &value.node {
                Literal::Name(name) => self.path_beside(name, COMPARISONS),
                Literal::Number(_)
                | Literal::Percent(_)
                | Literal::Duration(_)
                | Literal::Money(_)
                | Literal::Date(_)
                | Literal::DateTime(_)
                | Literal::Text(_)
                | Literal::Bool(_) => self.literal(value),
            },
            Relation::Compare(comparison, value) => format!("{} {}", self.bound(*comparison), self.literal(value)),
            Relation::In(_, values) => {
                let values = self.in_parentheses(self.list(values.iter().map(|value| self.literal(value))));
                self.say(format!("in {values}"), format!("属于{values}"))
            }
        }
    }

    // ── Values ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn literal(&self, literal: &Spanned<Literal>) -> String {
        match &literal.node {
            Literal::Name(name) => self.path(name),
            Literal::Number(number) => number.to_string(),
            Literal::Percent(number) => format!("{number}%"),
            Literal::Duration(duration) => self.duration(*duration, literal.span),
            Literal::Money(money) => self.money(money),
            Literal::Date(date) => date.to_string(),
            Literal::DateTime(time) => date_time(*time),
            Literal::Text(text) => self.text(text),
            Literal::Bool(truth) => self.value(Vocabulary::Bool, if *truth { "true" } else { "false" }),
        }
    }

    pub(super) fn money(&self, money: &Money) -> String {
        format!("{} {}", money.amount, self.value(Vocabulary::Currency, &money.currency.to_string()))
    }

    /// A limit; `place` is where it stands, perhaps with words around it.
    pub(super) fn limit(&self, limit: &Limit, place: Span) -> String {
        match limit {
            Limit::CalendarDays { moved: Some(calendar), .. } => {
                format!("{}{}", self.length(limit, place), self.moved(calendar))
            }
            Limit::Exact(_) | Limit::WorkingDays(_) | Limit::CalendarDays { .. } => self.length(limit, place),
        }
    }

    /// `within 4h`
    pub(super) fn within(&self, limit: &Limit, place: Span) -> String {
        let length = self.length(limit, place);
        let moved = match limit {
            Limit::CalendarDays { moved: Some(calendar), .. } => self.moved(calendar),
            Limit::Exact(_) | Limit::WorkingDays(_) | Limit::CalendarDays { .. } => String::new(),
        };
        self.say(format!("within {length}{moved}"), format!("{length}内{moved}"))
    }

    /// What a Chinese word needs in front of it behind a limit: none behind a unit, some behind a name.
    pub(super) fn blank_behind(&self, limit: &Limit) -> &'static str {
        if matches!(limit, Limit::CalendarDays { moved: Some(_), .. }) { "\n" } else { "\n\n" }
    }

    fn length(&self, limit: &Limit, place: Span) -> String {
        match limit {
            Limit::Exact(duration) => self.duration(*duration, place),
            Limit::WorkingDays(days) => {
                let unit = if *days == 1 { "day" } else { "days" };
                self.say(format!("{days} working {unit}"), format!("{days} 个工作日"))
            }
            Limit::CalendarDays { days, .. } => {
                let unit = if *days == 1 { "day" } else { "days" };
                self.say(format!("{days} calendar {unit}"), format!("{days} 个自然日"))
            }
        }
    }

    fn moved(&self, calendar: &Name) -> String {
        let calendar = self.name(calendar);
        self.say(format!("\nmoved to the next open day of {calendar}"), format!("，\n\n末日逢休顺延 {calendar}"))
    }

    /// Exact time in the units in which it is written: `90s` does not become `1m30s`.
    pub(super) fn duration(&self, duration: Duration, place: Span) -> String {
        let written = english_duration(self.written(place));
        let digits = written.find(|letter: char| letter.is_ascii_digit()).unwrap_or_default();
        let from_digits = written.get(digits..).unwrap_or_default();
        let end = from_digits.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(from_digits.len());
        let said = from_digits.get(..end).unwrap_or_default();
        let descends = said.replace(|letter: char| letter.is_ascii_digit(), "");
        let as_written = Duration::parse(said) == Some(duration)
            && "hms, hm, hs, ms, h, m, s".split(", ").any(|units| units == descends);
        let english = if as_written { said.to_owned() } else { duration.to_string() };
        let chinese = english.replace('h', " 小时 ").replace('m', " 分钟 ").replace('s', " 秒 ");
        self.say(english, chinese.trim_end())
    }
}
