//! Events, conditions and values.

use super::Voice;
use super::declarations::date_time;
use super::names::list;
use crate::calendar::Duration;
use crate::source::{Span, Spanned};
use crate::syntax::tree::*;

impl Voice<'_> {
    // ── Events ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn triggers(&self, triggers: &[Trigger]) -> String {
        triggers.iter().map(|trigger| self.trigger(trigger)).collect::<Vec<_>>().join("\nor ")
    }

    pub(super) fn trigger(&self, trigger: &Trigger) -> String {
        let happening = self.happening(&trigger.happening);
        match &trigger.filter {
            Some(filter) => format!("{happening} where {}", self.filter(filter)),
            None => happening,
        }
    }

    fn happening(&self, happening: &Happening) -> String {
        match happening {
            Happening::Event(event) => self.path(event),
            Happening::BreachOf(promise) => format!("breach of {}", self.name(promise)),
            Happening::At(promise, percent) => format!("{} at {}%", self.name(promise), percent.node),
            Happening::Met(promise) => format!("{} met", self.name(promise)),
        }
    }

    /// One comparison, or anything else in parentheses.
    fn filter(&self, filter: &Condition) -> String {
        match filter {
            Condition::Test { .. } => self.condition(filter),
            other => format!("({})", self.condition(other)),
        }
    }

    // ── Conditions ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn condition(&self, condition: &Condition) -> String {
        let joined = |terms: &[Spanned<Condition>], word: &str| {
            terms.iter().map(|term| self.term(term)).collect::<Vec<_>>().join(word)
        };
        match condition {
            Condition::All(terms) => joined(terms, "\nand "),
            Condition::Any(terms) => joined(terms, "\nor "),
            Condition::Not(term) => format!("not {}", self.term(term)),
            Condition::StartedIn(period) => format!("started in {}", self.name(period)),
            Condition::Test { operand, relation: None } => self.operand(operand),
            Condition::Test { operand, relation: Some(relation) } => {
                format!("{} {}", self.operand(operand), self.relation(relation))
            }
        }
    }

    /// A part of a condition, in parentheses where it has parts itself.
    pub(super) fn term(&self, term: &Condition) -> String {
        match term {
            Condition::All(_) | Condition::Any(_) => format!("({})", self.condition(term)),
            other => self.condition(other),
        }
    }

    pub(super) fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Path(path) => self.field_path(path),
            Operand::FieldOf { field, event } => format!("{} of {}", self.field_path(field), self.path(event)),
            Operand::Fact(fact) => self.fact(fact),
        }
    }

    fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Overshoot => "overshoot".to_owned(),
            Fact::Paused => "paused".to_owned(),
            Fact::Handovers => "handovers".to_owned(),
            Fact::CountOf(happening) => format!("count of {}", self.happening(happening)),
            Fact::TimeFrom(from, to) => format!("time from {} to {}", self.happening(from), self.happening(to)),
            Fact::WaitingForApproval => "waiting for approval".to_owned(),
        }
    }

    fn relation(&self, relation: &Relation) -> String {
        match relation {
            Relation::In(true, values) => format!("in {}", self.values(values)),
            Relation::In(false, values) => format!("not in {}", self.values(values)),
            Relation::Compare(Comparison::IsNot, value) => format!("is not {}", self.literal(value)),
            other => format!("is {}", self.asked(other)),
        }
    }

    /// What follows `is` or `must be`.
    pub(super) fn asked(&self, relation: &Relation) -> String {
        match relation {
            Relation::Known => "known".to_owned(),
            Relation::Unknown => "unknown".to_owned(),
            Relation::Compare(Comparison::Is, value) => self.literal(value),
            Relation::Compare(comparison, value) => format!("{} {}", self.bound(*comparison), self.literal(value)),
            Relation::In(_, values) => format!("in {}", self.values(values)),
        }
    }

    pub(super) fn values(&self, values: &[Spanned<Literal>]) -> String {
        format!("({})", list(values.iter().map(|value| self.literal(value))))
    }

    // ── Values ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn literal(&self, literal: &Spanned<Literal>) -> String {
        match &literal.node {
            Literal::Name(name) => self.path(name),
            Literal::Number(number) => number.to_string(),
            Literal::Percent(number) => format!("{number}%"),
            Literal::Duration(duration) => self.duration(*duration, literal.span),
            Literal::Money(money) => money.to_string(),
            Literal::Date(date) => date.to_string(),
            Literal::DateTime(time) => date_time(*time),
            Literal::Text(text) => self.text(text),
            Literal::Bool(truth) => truth.to_string(),
        }
    }

    /// A limit; `place` is where it stands, perhaps with words around it.
    pub(super) fn limit(&self, limit: &Limit, place: Span) -> String {
        match limit {
            Limit::Exact(duration) => self.duration(*duration, place),
            Limit::WorkingDays(1) => "1 working day".to_owned(),
            Limit::WorkingDays(days) => format!("{days} working days"),
            Limit::CalendarDays { days, moved } => {
                let unit = if *days == 1 { "day" } else { "days" };
                let moved =
                    moved.as_ref().map(|calendar| format!("\nmoved to the next open day of {}", self.name(calendar)));
                format!("{days} calendar {unit}{}", moved.unwrap_or_default())
            }
        }
    }

    /// Exact time in the units in which it is written: `90s` does not become `1m30s`.
    pub(super) fn duration(&self, duration: Duration, place: Span) -> String {
        let written = self.written(place);
        let digits = written.find(|letter: char| letter.is_ascii_digit()).unwrap_or_default();
        let from_digits = written.get(digits..).unwrap_or_default();
        let end = from_digits.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(from_digits.len());
        let said = from_digits.get(..end).unwrap_or_default();
        if Duration::parse(said) == Some(duration) { said.to_owned() } else { duration.to_string() }
    }
}
