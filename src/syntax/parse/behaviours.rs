//! Behaviours: what must, or must never, happen.

use pest::iterators::Pair;

use super::{TreeBuilder, child, only_child};

use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    // ── Behaviours ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn behaviour(&mut self, pair: &Pair<'i, Rule>) -> Option<Behaviour> {
        Some(Behaviour { belongs_to: self.belongs_to(pair), block: self.block(pair, Self::behaviour_clause)? })
    }

    fn behaviour_clause(&mut self, pair: Pair<'i, Rule>) -> Option<BehaviourClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::conduct => BehaviourClause::Sentence(self.conduct(&only_child(&clause)?)?),
            Rule::counting_on => BehaviourClause::Counting(self.name_in(&child(&clause, Rule::calendar_name)?)?),
            Rule::per_party => BehaviourClause::PerParty,
            Rule::attribute => BehaviourClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }

    fn conduct(&mut self, pair: &Pair<'i, Rule>) -> Option<Conduct> {
        let subject = self.triggers_in(pair, Rule::subject)?;
        let other = self.triggers_in(pair, Rule::counterpart);
        let within = match child(pair, Rule::limit) {
            Some(limit) => Some(self.limit(&limit)?),
            None => self.within(pair)?,
        };
        Some(match pair.as_rule() {
            Rule::needs_before => Conduct::NeedsBefore { every: subject, needs: other? },
            Rule::follows => Conduct::Follows { after: subject, then: other?, within },
            Rule::never => Conduct::Never(subject),
            Rule::never_after => Conduct::NeverAfter { never: subject, after: other? },
            Rule::never_without => Conduct::NeverWithout { never: subject, without: other? },
            Rule::never_within => Conduct::NeverWithin { never: subject, within: within?, after: other? },
            Rule::times => Conduct::Times { times: times(pair)?, count: self.times_count(pair)?, of: subject },
            Rule::at_least_every => {
                let keeps = self.triggers_in(pair, Rule::kept)?;
                Conduct::AtLeastEvery { from: subject, to: other?, keeps, every: within? }
            }
            Rule::must_be => Conduct::MustHold { on: subject, condition: self.must_be(pair)? },
            Rule::must_hold => {
                let term = only_child(&child(pair, Rule::term)?)?;
                Conduct::MustHold { on: subject, condition: self.term(&term)? }
            }
            Rule::other_than => Conduct::OtherThan { every: subject, other: other? },
            Rule::by_role => Conduct::ByRole { every: subject, role: self.name_in(pair)? },
            _ => return None,
        })
    }

    fn times_count(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<u32>> {
        let said = child(pair, Rule::times_count)?;
        let count = match child(&said, Rule::count) {
            Some(count) => self.count(&count)?,
            None => 1,
        };
        Some(self.spanned(&said, count))
    }

    /// `score must be at least 4` says the same as `score is at least 4 must hold`.
    fn must_be(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Condition>> {
        let operand = self.operand(&child(pair, Rule::operand)?)?;
        let said = pair.clone().into_inner().last()?;
        let relation = match said.as_rule() {
            Rule::must_not_be_in => Relation::In(false, self.values(&said)?),
            Rule::must_not_be => Relation::Compare(Comparison::IsNot, self.value(&child(&said, Rule::value)?)?),
            _ if child(&said, Rule::value_list).is_some() => Relation::In(true, self.values(&said)?),
            _ => self.is_relation(&said)?,
        };
        let relation = Some(self.spanned(&said, relation));
        let span = operand.span.to(self.span(&said));
        Some(Spanned::new(Condition::Test { operand, relation }, span))
    }
}

fn times(pair: &Pair<'_, Rule>) -> Option<Times> {
    let word = child(pair, Rule::times_word)?;
    Some(match only_child(&word)?.as_rule() {
        Rule::at_most_times => Times::AtMost,
        Rule::at_least_times => Times::AtLeast,
        _ => Times::Exactly,
    })
}
