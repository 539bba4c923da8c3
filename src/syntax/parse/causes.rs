//! Causes.

use pest::iterators::Pair;

use super::{TreeBuilder, child, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn cause(&mut self, pair: &Pair<'i, Rule>) -> Option<Cause> {
        Some(Cause { promises: self.names_of(pair, Rule::promise)?, block: self.block(pair, Self::cause_clause)? })
    }

    fn cause_clause(&mut self, pair: Pair<'i, Rule>) -> Option<CauseClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::kind_of_cause => CauseClause::Kind(self.word(&clause, Rule::cause_kind)?),
            Rule::cause_when => CauseClause::When(self.condition(&child(&clause, Rule::condition)?)?),
            Rule::attribute => CauseClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }
}
