//! Scorecards.

use pest::iterators::Pair;

use super::{TreeBuilder, child, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    // ── Scorecards ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn scorecard(&mut self, pair: &Pair<'i, Rule>) -> Option<Scorecard> {
        Some(Scorecard { belongs_to: self.belongs_to(pair), block: self.block(pair, Self::scorecard_clause)? })
    }

    fn scorecard_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ScorecardClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::points => ScorecardClause::Points {
                points: self.number(&child(&clause, Rule::number)?)?,
                group: self.name_in(&clause)?,
                promises: self.names_of(&clause, Rule::promise)?,
            },
            Rule::fatal => ScorecardClause::Fatal(self.names_of(&clause, Rule::promise)?),
            Rule::pass => ScorecardClause::Pass(self.number(&child(&clause, Rule::number)?)?),
            Rule::per_party => ScorecardClause::PerParty,
            Rule::attribute => ScorecardClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }
}
