//! Events, conditions and values.

use pest::iterators::Pair;
use rust_decimal::Decimal;

use super::{Builder, child, children, only_child, unquoted};
use crate::calendar::Duration;
use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::vocabulary::{Currency, Money};

impl<'i> Builder<'i> {
    // ── Events and conditions ───────────────────────────────────────────────────────────────────

    pub(super) fn triggers(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Trigger>> {
        let triggers: Vec<_> = children(&child(pair, Rule::triggers)?, Rule::trigger).collect();
        triggers.iter().map(|trigger| self.trigger(trigger)).collect()
    }

    fn trigger(&mut self, pair: &Pair<'i, Rule>) -> Option<Trigger> {
        let filter = match child(pair, Rule::filter) {
            Some(filter) => Some(self.term(&only_child(&filter)?)?),
            None => None,
        };
        Some(Trigger { event: self.path_in(pair)?, filter })
    }

    pub(super) fn condition(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        let terms: Vec<_> = children(pair, Rule::term).collect();
        let mut terms = terms.iter().map(|term| self.term(&only_child(term)?)).collect::<Option<Vec<_>>>()?;
        if terms.len() == 1 {
            return terms.pop();
        }
        let any = child(pair, Rule::word_or).is_some();
        Some(self.spanned(pair, if any { Condition::Any(terms) } else { Condition::All(terms) }))
    }

    fn term(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        match pair.as_rule() {
            Rule::parentheses => self.condition(&child(pair, Rule::condition)?),
            Rule::negation => {
                let term = child(pair, Rule::term)?;
                let negated = self.term(&only_child(&term)?)?;
                Some(self.spanned(pair, Condition::Not(Box::new(negated))))
            }
            Rule::comparison => {
                let operand = self.operand(&child(pair, Rule::operand)?)?;
                let relation = match child(pair, Rule::relation) {
                    Some(relation) => Some(self.relation(&relation)?),
                    None => None,
                };
                Some(self.spanned(pair, Condition::Test { operand, relation }))
            }
            _ => None,
        }
    }

    pub(super) fn operand(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Operand>> {
        let path = self.path_in(pair)?;
        let operand = match child(pair, Rule::of_event) {
            Some(event) => Operand::FieldOf { field: path, event: self.path_in(&event)? },
            None => Operand::Path(path.node),
        };
        Some(self.spanned(pair, operand))
    }

    fn relation(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Relation>> {
        let inner = only_child(pair)?;
        let relation = match inner.as_rule() {
            Rule::is_in => Relation::In(true, self.values(&inner)?),
            Rule::is_not_in => Relation::In(false, self.values(&inner)?),
            _ => self.is_relation(&inner)?,
        };
        Some(self.spanned(pair, relation))
    }

    fn is_relation(&mut self, pair: &Pair<'i, Rule>) -> Option<Relation> {
        let asked = pair.clone().into_inner().find(|pair| pair.as_rule() != Rule::word_is)?;
        let comparison = match asked.as_rule() {
            Rule::known => return Some(Relation::Known),
            Rule::unknown => return Some(Relation::Unknown),
            Rule::at_least => Comparison::AtLeast,
            Rule::at_most => Comparison::AtMost,
            Rule::more_than => Comparison::MoreThan,
            Rule::less_than => Comparison::LessThan,
            Rule::is_not => Comparison::IsNot,
            _ => Comparison::Is,
        };
        Some(Relation::Compare(comparison, self.value(&child(&asked, Rule::value)?)?))
    }

    fn values(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Spanned<Literal>>> {
        let values: Vec<_> = children(&child(pair, Rule::value_list)?, Rule::value).collect();
        values.iter().map(|value| self.value(value)).collect()
    }

    // ── Values ──────────────────────────────────────────────────────────────────────────────────

    fn value(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Literal>> {
        let inner = only_child(pair)?;
        let literal = match inner.as_rule() {
            Rule::date_time => {
                let written = inner.as_str().replace('：', ":");
                let words: Vec<_> = written.split_whitespace().collect();
                let read = words.join("T").parse().ok();
                Literal::DateTime(self.or_fault(&inner, read, |found| SyntaxFault::NoSuchDate { found })?.node)
            }
            Rule::date => Literal::Date(self.date(&inner)?.node),
            Rule::duration => Literal::Duration(self.duration(&inner)?.node),
            Rule::money => Literal::Money(self.money(&inner)?.node),
            Rule::percent => Literal::Percent(self.percent(&inner)?.node),
            Rule::number => Literal::Number(self.number(&inner)?.node),
            Rule::text => Literal::Text(self.text(&inner)?.node),
            Rule::bool => Literal::Bool(inner.as_str() == "true"),
            Rule::path => Literal::Name(unquoted(inner.as_str())),
            _ => return None,
        };
        Some(self.spanned(&inner, literal))
    }

    pub(super) fn duration(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Duration>> {
        self.or_fault(pair, Duration::parse(pair.as_str()), |found| SyntaxFault::TooLarge { found })
    }

    pub(super) fn number(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Decimal>> {
        self.or_fault(pair, pair.as_str().parse().ok(), |found| SyntaxFault::TooLarge { found })
    }

    pub(super) fn percent(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Decimal>> {
        let number = pair.as_str().trim_end_matches('%').parse().ok();
        self.or_fault(pair, number, |found| SyntaxFault::TooLarge { found })
    }

    pub(super) fn count(&mut self, pair: &Pair<'i, Rule>) -> Option<u32> {
        let days = pair.as_str().parse().ok().filter(|days| *days <= 36_500);
        Some(self.or_fault(pair, days, |found| SyntaxFault::TooLarge { found })?.node)
    }

    pub(super) fn money(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Money>> {
        let amount = self.number(&child(pair, Rule::number)?)?.node;
        let code = child(pair, Rule::currency_code)?;
        let currency = Currency::new(code.as_str());
        let currency = self.or_fault(&code, currency, |found| SyntaxFault::NoSuchCurrency { found })?.node;
        Some(self.spanned(pair, Money { amount, currency }))
    }
}
