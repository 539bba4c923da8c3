//! Actions: what may be done, by whom, and who approves it.

use pest::iterators::Pair;

use super::{Clauses, TreeBuilder, child, children, has, only_child, unquoted};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn action(&mut self, pair: &Pair<'i, Rule>) -> Option<Action> {
        let costs = match child(pair, Rule::costs) {
            Some(costs) => Some(self.path_in(&costs)?),
            None => None,
        };
        let returns: Option<Vec<_>> = children(pair, Rule::returns).map(|returns| self.returns(&returns)).collect();
        Some(Action {
            name: self.name_in(pair)?,
            label: self.label_in(pair),
            event: self.path_in(pair)?,
            costs,
            returns: returns?,
        })
    }

    fn returns(&self, returns: &Pair<'i, Rule>) -> Option<(Name, Name)> {
        let mut paths = children(returns, Rule::path);
        let mut path = || paths.next().map(|path| self.spanned(&path, unquoted(path.as_str())));
        Some((path()?, path()?))
    }

    pub(super) fn empower(&mut self, pair: &Pair<'i, Rule>) -> Option<Empower> {
        let role = self.name_in(pair)?;
        let requires = match child(pair, Rule::requires) {
            Some(requires) => Some(self.condition(&child(&requires, Rule::condition)?)?),
            None => None,
        };
        let Clauses { clauses: grants, broken } = self.clauses(pair, Self::may);
        Some(Empower { role, at: self.happens_at(pair), requires, grants, broken })
    }

    fn may(&mut self, pair: Pair<'i, Rule>) -> Option<May> {
        let mut limits = Vec::new();
        if let Some(up_to) = child(&pair, Rule::up_to) {
            for limit in children(&up_to, Rule::spending_limit) {
                let amount = self.money(&child(&limit, Rule::money)?)?.node;
                let per_day = has(&limit, &[Rule::word_day, Rule::zh_per_day_at_most]);
                let per = if per_day { LimitScope::Day } else { LimitScope::Case };
                limits.push(self.spanned(&limit, SpendingLimit { amount, per }));
            }
        }
        let when = match child(&pair, Rule::when) {
            Some(when) => Some(self.condition(&child(&when, Rule::condition)?)?),
            None => None,
        };
        Some(May { action: self.name_in(&pair)?, limits, when })
    }

    pub(super) fn approve_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ApproveClause> {
        let clause = only_child(&pair)?;
        let path = self.path_in(&clause)?;
        Some(match clause.as_rule() {
            Rule::asked_by => ApproveClause::Asked(path),
            Rule::granted_by => ApproveClause::Granted(path),
            Rule::refused_by => ApproveClause::Refused(path),
            Rule::approved_amount => ApproveClause::Amount(path),
            _ => return None,
        })
    }

    pub(super) fn authority(&mut self, pair: &Pair<'i, Rule>) -> Option<Authority> {
        let actions = self.names_of(pair, Rule::promise)?;
        let Clauses { clauses, broken } = match child(pair, Rule::authority_block) {
            Some(block) => self.clauses(&block, Self::attribute),
            None => Clauses { clauses: Vec::new(), broken: false },
        };
        let block = Block { name: self.name_in(pair)?, label: self.label_in(pair), clauses, broken };
        Some(Authority { block, actions })
    }
}
