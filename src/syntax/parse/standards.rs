//! Standards: promises that a clock measures.

use pest::iterators::Pair;

use super::{TreeBuilder, child, children, only_child};

use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn standard(&mut self, pair: &Pair<'i, Rule>) -> Option<Standard> {
        Some(Standard { belongs_to: self.belongs_to(pair), block: self.block(pair, Self::standard_clause)? })
    }

    fn standard_clause(&mut self, pair: Pair<'i, Rule>) -> Option<StandardClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::clock => self.clock(&clause)?,
            Rule::cancel => StandardClause::Cancel(self.triggers(&clause)?),
            Rule::pause => StandardClause::Pause {
                on: self.triggers(&child(&clause, Rule::pausing)?)?,
                resume: self.triggers(&child(&clause, Rule::resuming)?)?,
            },
            Rule::restart => StandardClause::Restart(self.triggers(&clause)?),
            Rule::reopen => StandardClause::Reopen {
                on: self.triggers(&clause)?,
                within: match child(&clause, Rule::reopen_within) {
                    Some(bound) => self.within(&bound)?,
                    None => None,
                },
            },
            Rule::each_start => StandardClause::Each,
            Rule::first_start => StandardClause::First,
            Rule::per_key => StandardClause::Per(self.path_in(&clause)?),
            Rule::counting => StandardClause::Counting {
                calendar: self.name_in(&child(&clause, Rule::calendar_name)?)?,
                when: self.row_condition(&clause)?,
            },
            Rule::hours_fixed => StandardClause::HoursFixed,
            Rule::target => StandardClause::Target {
                beyond: child(&clause, Rule::beyond).is_some(),
                promise: self.promise(&clause)?,
                when: self.row_condition(&clause)?,
            },
            Rule::warn => {
                let percents: Vec<_> = children(&clause, Rule::percent).collect();
                StandardClause::Warn(percents.iter().map(|pair| self.percent(pair)).collect::<Option<_>>()?)
            }
            Rule::extend => StandardClause::Extend(self.extend(&clause)?),
            Rule::per_party => StandardClause::PerParty,
            Rule::attribute => StandardClause::Attribute(self.attribute(clause)?),
            _ => return None,
        })
    }

    fn extend(&mut self, clause: &Pair<'i, Rule>) -> Option<Extend> {
        let another = child(clause, Rule::extend_another);
        let by = another.clone().or_else(|| child(clause, Rule::extend_to))?;
        let approved_by = match child(clause, Rule::extension_approved) {
            Some(approved) => Some(self.name_in(&approved)?),
            None => None,
        };
        Some(Extend {
            another: another.is_some(),
            by: self.limit(&child(&by, Rule::limit)?)?,
            on: self.triggers(clause)?,
            approved_by,
        })
    }

    fn clock(&mut self, clause: &Pair<'i, Rule>) -> Option<StandardClause> {
        let start = child(clause, Rule::start)?;
        let delay = match child(&start, Rule::delay).or_else(|| child(&start, Rule::later)) {
            Some(delay) => Some(self.duration(&child(&delay, Rule::duration)?)?),
            None => None,
        };
        let from = self.triggers(&start)?;
        let to = self.triggers(&child(clause, Rule::stop)?)?;
        Some(StandardClause::Clock { delay, from, to })
    }

    fn promise(&mut self, clause: &Pair<'i, Rule>) -> Option<Spanned<Promise>> {
        let kinds = [Rule::within_limit, Rule::at_once, Rule::due_at, Rule::no_target];
        let pair = clause.clone().into_inner().find(|pair| kinds.contains(&pair.as_rule()))?;
        let promise = match pair.as_rule() {
            Rule::within_limit => Promise::Within(self.within(&pair)??.node),
            Rule::at_once => Promise::AtOnce,
            Rule::due_at => Promise::DueAt(self.operand(&child(&pair, Rule::operand)?)?),
            _ => Promise::NoTarget,
        };
        Some(self.spanned(&pair, promise))
    }

    /// `Some(None)` where the row has no condition, `None` where it cannot be read.
    pub(super) fn row_condition(&mut self, clause: &Pair<'i, Rule>) -> Option<Option<RowCondition>> {
        let Some(row) = child(clause, Rule::row_condition) else { return Some(None) };
        let inner = only_child(&row)?;
        Some(Some(match inner.as_rule() {
            Rule::when => RowCondition::When(Box::new(self.condition(&child(&inner, Rule::condition)?)?)),
            _ => RowCondition::Otherwise,
        }))
    }

    pub(super) fn limit(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<Limit>> {
        let inner = only_child(pair)?;
        let limit = match inner.as_rule() {
            Rule::duration => Limit::Exact(self.duration(&inner)?.node),
            Rule::working_days => Limit::WorkingDays(self.count(&child(&inner, Rule::count)?)?),
            Rule::calendar_days => Limit::CalendarDays {
                days: self.count(&child(&inner, Rule::count)?)?,
                moved: child(&inner, Rule::moved).and_then(|moved| self.name_in(&moved)),
            },
            _ => return None,
        };
        Some(self.spanned(&inner, limit))
    }

    /// `within D`. `Some(None)` where there is none, `None` where it cannot be read.
    pub(super) fn within(&mut self, pair: &Pair<'i, Rule>) -> Option<Option<Spanned<Limit>>> {
        let Some(within) = child(pair, Rule::within) else { return Some(None) };
        let mut limit = self.limit(&child(&within, Rule::limit)?)?;
        // `15 个自然日内，末日逢休顺延 行内`: the calendar stands behind the whole.
        if let (Some(calendar), Limit::CalendarDays { moved, .. }) = (child(&within, Rule::moved), &mut limit.node) {
            *moved = self.name_in(&calendar);
        }
        Some(Some(limit))
    }
}

/// `at least`, `at most`, `more than` or `less than`.
pub(super) fn bound(pair: &Pair<'_, Rule>) -> Option<Comparison> {
    Some(match only_child(&child(pair, Rule::bound)?)?.as_rule() {
        Rule::at_least_bound => Comparison::AtLeast,
        Rule::at_most_bound => Comparison::AtMost,
        Rule::more_than_bound => Comparison::MoreThan,
        _ => Comparison::LessThan,
    })
}
