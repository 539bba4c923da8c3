//! Roles, and whom they lead.

use pest::iterators::Pair;

use super::{TreeBuilder, child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    // ── People and time ─────────────────────────────────────────────────────────────────────────

    pub(super) fn role(&mut self, pair: &Pair<'i, Rule>) -> Option<Role> {
        let leads = child(pair, Rule::leads).map(|leads| self.names_in(&leads)).unwrap_or_default();
        Some(Role { name: self.name_in(pair)?, label: self.label_in(pair), leads })
    }
}
