//! The header of a service.

use pest::iterators::Pair;

use super::{TreeBuilder, child, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    // ── Header ──────────────────────────────────────────────────────────────────────────────────

    pub(super) fn service_clause(&mut self, pair: Pair<'i, Rule>) -> Option<ServiceClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::version => ServiceClause::Version(self.text_in(&clause)?),
            Rule::effective => ServiceClause::Effective {
                from: self.date(&child(&clause, Rule::date)?)?,
                until: self.last_date(&clause)?,
            },
            Rule::timezone => ServiceClause::Timezone(self.text_in(&clause)?),
            Rule::currency => {
                let code = child(&clause, Rule::currency_code)?;
                ServiceClause::Currency(self.spanned(&code, code.as_str().to_owned()))
            }
            Rule::owner => ServiceClause::Owner(self.text_in(&clause)?),
            Rule::approval_status => ServiceClause::Status(self.status(&clause)?),
            Rule::source => ServiceClause::Source(self.text_in(&clause)?),
            Rule::review => ServiceClause::ReviewBefore(self.date(&child(&clause, Rule::date)?)?),
            Rule::no_longer => ServiceClause::NoLongerPromises(self.promise_in(&clause)?, self.text_in(&clause)?),
            _ => return None,
        })
    }

    pub(super) fn status(&mut self, clause: &Pair<'i, Rule>) -> Option<Status> {
        if let Some(approved) = child(clause, Rule::approved) {
            let on = self.date(&child(&approved, Rule::date)?)?;
            return Some(Status::Approved { by: self.text_in(&approved)?, on });
        }
        let draft = child(clause, Rule::word_draft).is_some();
        Some(if draft { Status::Draft } else { Status::Retired })
    }
}
