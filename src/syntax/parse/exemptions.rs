//! What no standard answers for.

use pest::iterators::Pair;

use super::{TreeBuilder, child, children, only_child};

use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn exempt_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ExemptClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::exempt_window => {
                let mut ends = children(&clause, Rule::day_or_time);
                let (from, to) = (ends.next()?, ends.next()?);
                ExemptClause::Window { from: self.day_or_time(&from)?, to: self.day_or_time(&to)? }
            }
            Rule::exempt_when => ExemptClause::When(self.condition(&child(&clause, Rule::condition)?)?),
            Rule::exempt_for => ExemptClause::For(self.names_of(&clause, Rule::place)?),
            Rule::excuse => ExemptClause::Excuse,
            Rule::stop_the_clock => ExemptClause::StopTheClock,
            Rule::proof => ExemptClause::Proof(self.operand(&child(&clause, Rule::operand)?)?),
            Rule::source => ExemptClause::Source(self.text_in(&clause)?),
            _ => return None,
        })
    }

    pub(super) fn day_or_time(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<DayOrTime>> {
        let inner = only_child(pair)?;
        let said = match inner.as_rule() {
            Rule::date_time => DayOrTime::Time(self.date_time(&inner)?.node),
            _ => DayOrTime::Day(self.date(&inner)?.node),
        };
        Some(self.spanned(&inner, said))
    }
}
