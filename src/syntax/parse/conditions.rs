//! Events, conditions and values.

use jiff::civil::DateTime;
use pest::iterators::Pair;
use rust_decimal::Decimal;

use super::{TreeBuilder, child, children, only_child, unquoted};

use crate::calendar::Duration;
use crate::source::Spanned;
use crate::syntax::faults::SyntaxFault;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::syntax::words::{Vocabulary, english_duration, half_width};
use crate::vocabulary::{Currency, Money};

impl<'i> TreeBuilder<'i> {
    pub(super) fn triggers_in(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Vec<Trigger>> {
        self.triggers(&child(pair, rule)?)
    }

    // ── Events and conditions ───────────────────────────────────────────────────────────────────

    pub(super) fn triggers(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Trigger>> {
        let triggers: Vec<_> = children(&child(pair, Rule::triggers)?, Rule::trigger).collect();
        triggers.iter().map(|trigger| self.trigger(trigger)).collect()
    }

    pub(super) fn trigger(&mut self, pair: &Pair<'i, Rule>) -> Option<Trigger> {
        let filter = match child(pair, Rule::filter) {
            Some(filter) => Some(Box::new(self.term(&only_child(&filter)?)?)),
            None => None,
        };
        Some(Trigger { happening: self.happening(pair)?, filter })
    }

    fn happening(&mut self, pair: &Pair<'i, Rule>) -> Option<Happening> {
        let said = only_child(&child(pair, Rule::happening)?)?;
        Some(match said.as_rule() {
            Rule::breach_of => Happening::BreachOf(self.promise_in(&said)?),
            Rule::of_clock => self.of_clock(&said)?,
            _ => Happening::Event(self.spanned(&said, unquoted(said.as_str()))),
        })
    }

    /// `S at 80%`, `S met`; in Chinese `S 未达标`, too.
    fn of_clock(&mut self, pair: &Pair<'i, Rule>) -> Option<Happening> {
        let standard = self.promise_in(pair)?;
        Some(match child(pair, Rule::reached) {
            Some(reached) => Happening::At(standard, self.percent(&child(&reached, Rule::percent)?)?),
            None if child(pair, Rule::zh_breached).is_some() => Happening::BreachOf(standard),
            None => Happening::Met(standard),
        })
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

    pub(super) fn term(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        match pair.as_rule() {
            Rule::parentheses => self.condition(&child(pair, Rule::condition)?),
            Rule::negation => {
                let term = child(pair, Rule::term)?;
                let negated = self.term(&only_child(&term)?)?;
                Some(self.spanned(pair, Condition::Not(Box::new(negated))))
            }
            Rule::started_in => {
                let period = self.name_in(pair)?;
                Some(self.spanned(pair, Condition::StartedIn(period)))
            }
            Rule::happens_here => {
                let place = self.name_in(&child(pair, Rule::place)?)?;
                Some(self.spanned(pair, Condition::At(place)))
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
        if let Some(fact) = child(pair, Rule::fact) {
            let fact = self.fact(&only_child(&fact)?)?;
            return Some(self.spanned(pair, Operand::Fact(Box::new(fact))));
        }
        let path = self.path_in(pair)?;
        let operand = if let Some(event) = child(pair, Rule::of_event) {
            Operand::FieldOf { field: path, event: self.path_in(&event)? }
        } else if let Some(field) = child(pair, Rule::of_field) {
            Operand::FieldOf { field: self.path_in(&field)?, event: path }
        } else {
            Operand::Path(path.node)
        };
        Some(self.spanned(pair, operand))
    }

    fn fact(&mut self, pair: &Pair<'i, Rule>) -> Option<Fact> {
        Some(match pair.as_rule() {
            Rule::overshoot => Fact::Overshoot,
            Rule::paused_time => Fact::Paused,
            Rule::handovers => Fact::Handovers,
            Rule::count_of => Fact::CountOf(self.happening(pair)?),
            Rule::time_from => {
                let from = self.happening(pair)?;
                Fact::TimeFrom(from, self.happening(&child(pair, Rule::later_happening)?)?)
            }
            Rule::waiting_for_approval => Fact::WaitingForApproval,
            _ => return None,
        })
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

    pub(super) fn is_relation(&mut self, pair: &Pair<'i, Rule>) -> Option<Relation> {
        let is_verb = |rule: Rule| matches!(rule, Rule::word_is | Rule::word_be | Rule::zh_is | Rule::zh_must);
        let asked = pair.clone().into_inner().find(|pair| !is_verb(pair.as_rule()))?;
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

    pub(super) fn values(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Spanned<Literal>>> {
        let values: Vec<_> = children(&child(pair, Rule::value_list)?, Rule::value).collect();
        values.iter().map(|value| self.value(value)).collect()
    }

    // ── Values ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn value(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Literal>> {
        self.literal(&only_child(pair)?)
    }

    pub(super) fn literal(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Literal>> {
        let literal = match pair.as_rule() {
            Rule::date_time => Literal::DateTime(self.date_time(pair)?.node),
            Rule::date => Literal::Date(self.date(pair)?.node),
            Rule::duration => Literal::Duration(self.duration(pair)?.node),
            Rule::money => Literal::Money(self.money(pair)?.node),
            Rule::percent => Literal::Percent(self.percent(pair)?.node),
            Rule::number => Literal::Number(self.number(pair)?.node),
            Rule::text => Literal::Text(self.text(pair)?.node),
            Rule::bool => Literal::Bool(Vocabulary::Bool.english(pair.as_str()) == "true"),
            Rule::path => Literal::Name(unquoted(pair.as_str())),
            _ => return None,
        };
        Some(self.spanned(pair, literal))
    }

    pub(super) fn date_time(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<DateTime>> {
        let written = half_width(pair.as_str());
        // The reader of dates wants two digits for the hour; people write one.
        let two_digits = |word: &str| if word.find(':') == Some(1) { format!("0{word}") } else { word.to_owned() };
        let words: Vec<String> = written.split_whitespace().map(two_digits).collect();
        self.or_fault(pair, words.join("T").parse().ok(), |found| SyntaxFault::NoSuchDate { found })
    }

    pub(super) fn duration(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Duration>> {
        self.or_fault(pair, Duration::parse(&english_duration(pair.as_str())), |found| SyntaxFault::TooLarge { found })
    }

    pub(super) fn number(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Decimal>> {
        self.or_fault(pair, pair.as_str().parse().ok(), |found| SyntaxFault::TooLarge { found })
    }

    pub(super) fn percent(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Decimal>> {
        let number = pair.as_str().trim_end_matches(['%', '％']).parse().ok();
        self.or_fault(pair, number, |found| SyntaxFault::TooLarge { found })
    }

    pub(super) fn count(&mut self, pair: &Pair<'i, Rule>) -> Option<u32> {
        let days = pair.as_str().parse().ok().filter(|days| *days <= 36_500);
        Some(self.or_fault(pair, days, |found| SyntaxFault::TooLarge { found })?.node)
    }

    pub(super) fn money(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Money>> {
        let amount = self.number(&child(pair, Rule::number)?)?.node;
        let code = child(pair, Rule::currency_code)?;
        let currency = Currency::new(Vocabulary::Currency.english(code.as_str()));
        let currency = self.or_fault(&code, currency, |found| SyntaxFault::NoSuchCurrency { found })?.node;
        Some(self.spanned(pair, Money { amount, currency }))
    }
}
