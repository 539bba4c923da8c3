//! What any promise or place may carry.

use pest::iterators::Pair;

use super::{TreeBuilder, child, children, only_child};

use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;

impl<'i> TreeBuilder<'i> {
    pub(super) fn belongs_to(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        let place = child(pair, Rule::belongs_to).and_then(|belongs| child(&belongs, Rule::place));
        place.and_then(|place| self.name_in(&place))
    }

    /// `source`, `owner`, `severity` … of any promise.
    pub(super) fn attribute(&mut self, pair: Pair<'i, Rule>) -> Option<Attribute> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::source => Attribute::Source(self.text_in(&clause)?),
            Rule::owner => Attribute::Owner(self.text_in(&clause)?),
            Rule::severity => {
                Attribute::Severity(self.word(&clause, Rule::severity_name)?, self.row_condition(&clause)?)
            }
            Rule::material => Attribute::Material(match child(&clause, Rule::when) {
                Some(when) => Some(self.condition(&child(&when, Rule::condition)?)?),
                None => None,
            }),
            Rule::symptom => Attribute::Symptom(self.word(&clause, Rule::symptom_name)?),
            Rule::element => Attribute::Element(self.word(&clause, Rule::element_name)?),
            Rule::approval_status => Attribute::Status(self.status(&clause)?),
            Rule::review => Attribute::ReviewBefore(self.date(&child(&clause, Rule::date)?)?),
            Rule::control => Attribute::Control(self.word(&clause, Rule::control_name)?, self.row_condition(&clause)?),
            Rule::never_exempt => Attribute::NeverExempt,
            Rule::as_strict => Attribute::AtLeastAsStrict(self.promise_in(&clause)?),
            Rule::looser_than_before => Attribute::LooserThanBefore(self.text_in(&clause)?),
            _ => return None,
        })
    }

    pub(super) fn promise_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        self.name_in(&child(pair, Rule::promise)?)
    }

    /// The names that stand in parts of one kind.
    pub(super) fn names_of(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Vec<Name>> {
        let parts: Vec<_> = children(pair, rule).collect();
        parts.iter().map(|part| self.name_in(part)).collect()
    }
}
