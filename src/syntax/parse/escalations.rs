//! Escalations: who is told when a promise slips.

use pest::iterators::Pair;

use super::{Clauses, TreeBuilder, child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn escalate(&mut self, pair: &Pair<'i, Rule>) -> Option<Escalate> {
        let promises = self.names_of(pair, Rule::promise)?;
        let seen_as = self.path_in(pair)?;
        let Clauses { clauses: levels, broken } = self.clauses(pair, Self::escalation_level);
        Some(Escalate { promises, seen_as, levels, broken })
    }

    fn escalation_level(&mut self, pair: Pair<'i, Rule>) -> Option<EscalationLevel> {
        Some(EscalationLevel {
            at: self.percent(&child(&pair, Rule::percent)?)?,
            to: self.name_in(&pair)?,
            within: self.within(&pair)??,
        })
    }
}
