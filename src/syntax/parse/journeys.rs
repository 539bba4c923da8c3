//! Journeys.

use pest::iterators::Pair;

use super::standards::bound;
use super::{TreeBuilder, child, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn journey_clause(&mut self, pair: Pair<'i, Rule>) -> Option<JourneyClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::through => JourneyClause::Through(self.names_of(&clause, Rule::place)?),
            Rule::ends_with => JourneyClause::EndsWith(self.name_in(&clause)?),
            Rule::journey_score => {
                let number = self.number(&child(&clause, Rule::number)?)?;
                JourneyClause::Score(bound(&clause)?, number)
            }
            Rule::per_party => JourneyClause::PerParty,
            Rule::attribute => JourneyClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }
}
