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
        let at = match child(&pair, Rule::percent) {
            Some(percent) => {
                let part = self.percent(&percent)?.node;
                self.spanned(&percent, LevelTime::Part(part))
            }
            None => {
                let written = child(&pair, Rule::duration)?;
                let time = self.duration(&written)?.node;
                self.spanned(&written, LevelTime::After(time))
            }
        };
        Some(EscalationLevel { at, to: self.name_in(&pair)?, within: self.within(&pair)?? })
    }
}
