//! Remedies.

use pest::iterators::Pair;

use super::{TreeBuilder, child, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn remedy(&mut self, pair: &Pair<'i, Rule>) -> Option<Remedy> {
        Some(Remedy { promises: self.names_of(pair, Rule::promise)?, block: self.block(pair, Self::remedy_clause)? })
    }

    fn remedy_clause(&mut self, pair: Pair<'i, Rule>) -> Option<RemedyClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::offer => RemedyClause::Offer { what: self.offer(&clause)?, when: self.row_condition(&clause)? },
            Rule::improve => RemedyClause::Improve(self.word(&clause, Rule::cause_kind)?),
            Rule::caused_by => RemedyClause::CausedBy(self.names_of(&clause, Rule::promise)?),
            Rule::attribute => RemedyClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }

    fn offer(&mut self, clause: &Pair<'i, Rule>) -> Option<Offer> {
        let Some(action) = child(clause, Rule::offered_action) else {
            return self.text_in(clause).map(Offer::Text);
        };
        let amount = match child(&action, Rule::money) {
            Some(money) => Some(self.money(&money)?),
            None => None,
        };
        Some(Offer::Action { action: self.name_in(&action)?, amount })
    }
}
