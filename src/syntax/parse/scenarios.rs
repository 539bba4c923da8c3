//! Scenarios.

use pest::iterators::Pair;

use super::{Clauses, TreeBuilder, child, children, only_child};

use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn scenario(&mut self, pair: &Pair<'i, Rule>) -> Option<Scenario> {
        let title = self.text_in(pair)?;
        let Clauses { clauses, broken } = self.clauses(pair, Self::scenario_clause);
        Some(Scenario { title, clauses, broken })
    }

    fn scenario_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ScenarioClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::given => ScenarioClause::Given { case: self.name_in(&clause), fields: self.field_values(&clause)? },
            Rule::scenario_event => ScenarioClause::Event(ScenarioEvent {
                at: self.date_time(&child(&clause, Rule::date_time)?)?,
                event: self.path_in(&clause)?,
                fields: self.field_values(&clause)?,
                by: self.name_under(&clause, Rule::by_actor),
                role: self.name_under(&clause, Rule::as_role),
                case: self.name_under(&clause, Rule::in_case),
            }),
            Rule::as_of => ScenarioClause::AsOf(self.day_or_time(&child(&clause, Rule::day_or_time)?)?),
            Rule::expect => ScenarioClause::Expect(Expectation {
                what: self.expected(&only_child(&child(&clause, Rule::expected)?)?)?,
                case: self.name_under(&clause, Rule::in_case),
            }),
            _ => return None,
        })
    }

    fn name_under(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Name> {
        self.name_in(&child(pair, rule)?)
    }

    fn field_values(&mut self, pair: &Pair<'i, Rule>) -> Option<Vec<Spanned<FieldValue>>> {
        let Some(block) = child(pair, Rule::field_values) else { return Some(Vec::new()) };
        let fields: Vec<_> = children(&block, Rule::field_value).collect();
        fields.iter().map(|field| self.field_value(field)).collect()
    }

    fn field_value(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<FieldValue>> {
        let value = FieldValue { field: self.path_in(pair)?, value: self.value(&child(pair, Rule::value)?)? };
        Some(self.spanned(pair, value))
    }

    fn expected(&mut self, pair: &Pair<'i, Rule>) -> Option<Expected> {
        Some(match pair.as_rule() {
            Rule::expected_due => {
                let at = match child(pair, Rule::end_of_day) {
                    Some(end) => {
                        let day = self.date(&child(&end, Rule::date)?)?.node;
                        self.spanned(&end, DayOrTime::Day(day))
                    }
                    None => {
                        let at = self.date_time(&child(pair, Rule::date_time)?)?;
                        Spanned::new(DayOrTime::Time(at.node), at.span)
                    }
                };
                Expected::Due { at, standard: self.promise_in(pair)? }
            }
            Rule::missing_escalation => {
                Expected::MissingEscalation { of: self.promise_in(pair)?, to: self.name_in(pair)? }
            }
            Rule::expected_remedy => Expected::Remedy(self.name_in(pair)?),
            Rule::expected_cause => Expected::Cause(self.name_in(pair)?),
            Rule::expected_unexplained => Expected::Unexplained(self.promise_in(pair)?),
            Rule::no_breach => Expected::NoBreach(self.promise_in(pair)),
            Rule::needless_approval => Expected::NeedlessApproval(self.promise_in(pair)?),
            Rule::expected_score => {
                let numbers: Vec<_> = children(pair, Rule::number).collect();
                let mut numbers = numbers.iter().map(|number| self.number(number));
                let (score, most) = (numbers.next()??, numbers.next());
                let most = match most {
                    Some(most) => Some(most?),
                    None => None,
                };
                Expected::Score { score, most, of: self.promise_in(pair)? }
            }
            Rule::expected_verdict => {
                let late = match child(pair, Rule::late) {
                    Some(late) => Some(self.duration(&child(&late, Rule::duration)?)?),
                    None => None,
                };
                let key = match child(pair, Rule::of_key) {
                    Some(key) => Some(self.value(&child(&key, Rule::value)?)?),
                    None => None,
                };
                Expected::Verdict { verdict: self.verdict(pair)?, promise: self.promise_in(pair)?, late, key }
            }
            _ => return None,
        })
    }

    fn verdict(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        let said = child(pair, Rule::verdict_name)?;
        let word = self.word(&said, Rule::verdict_word);
        Some(word.unwrap_or_else(|| self.spanned(&said, "no_target".to_owned())))
    }
}
