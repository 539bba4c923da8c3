//! Touchpoints and moments of truth.

use pest::iterators::Pair;

use super::{TreeBuilder, child, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn touchpoint_clause(&mut self, pair: Pair<'i, Rule>) -> Option<TouchpointClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::stage => TouchpointClause::Stage(self.word(&clause, Rule::stage_name)?),
            Rule::channel => TouchpointClause::Channel(self.names_in(&clause)),
            Rule::environment => TouchpointClause::Environment(self.word(&clause, Rule::environment_name)?),
            Rule::attribute => TouchpointClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }

    pub(super) fn moment(&mut self, pair: &Pair<'i, Rule>) -> Option<Moment> {
        let at = self.name_in(&child(pair, Rule::place)?)?;
        Some(Moment { block: self.block(pair, Self::moment_clause)?, at })
    }

    fn moment_clause(&mut self, pair: Pair<'i, Rule>) -> Option<MomentClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::moment_kind => MomentClause::Kind(self.word(&clause, Rule::moment_kind_name)?),
            Rule::impact => MomentClause::Impact(self.word(&clause, Rule::impact_name)?),
            Rule::expects => MomentClause::Expects(self.text_in(&clause)?),
            Rule::out_of_control => MomentClause::OutOfControl(self.condition(&child(&clause, Rule::condition)?)?),
            Rule::attribute => MomentClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }
}
