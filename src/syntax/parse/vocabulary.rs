//! Cases, events and their fields.

use pest::iterators::Pair;

use super::{Clauses, TreeBuilder, child, children, only_child};

use crate::source::Spanned;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl<'i> TreeBuilder<'i> {
    // ── What the log may say ────────────────────────────────────────────────────────────────────

    pub(super) fn case(&mut self, pair: &Pair<'i, Rule>) -> Block<CaseClause> {
        let Clauses { clauses, broken } = self.clauses(pair, Self::case_clause);
        let span = only_child(pair).map_or_else(|| self.span(pair), |word| self.span(&word));
        Block { name: Spanned::new("case".to_owned(), span), label: None, clauses, broken }
    }

    fn case_clause(&mut self, pair: Pair<'i, Rule>) -> Option<CaseClause> {
        let clause = only_child(&pair)?;
        Some(match clause.as_rule() {
            Rule::field => CaseClause::Field(self.field(clause)?),
            Rule::party => CaseClause::Party(self.path_in(&clause)?),
            Rule::case_end => {
                CaseClause::Ends { on: self.triggers(&clause)?, after: self.limit(&child(&clause, Rule::limit)?)? }
            }
            _ => return None,
        })
    }

    fn field(&mut self, pair: Pair<'i, Rule>) -> Option<Field> {
        let kind = child(&pair, Rule::field_type)?;
        Some(Field {
            name: self.path_in(&pair)?,
            kind: self.field_type(&kind)?,
            optional: child(&pair, Rule::may_be_missing).is_some(),
            private: child(&pair, Rule::word_private).is_some(),
        })
    }

    fn field_type(&mut self, pair: &Pair<'i, Rule>) -> Option<Spanned<FieldType>> {
        let inner = only_child(pair)?;
        let kind = match inner.as_rule() {
            Rule::plain_type => FieldType::Plain(Vocabulary::PlainType.english(inner.as_str()).to_owned()),
            Rule::number_range => {
                let mut bounds = children(&inner, Rule::number);
                FieldType::Range(self.number(&bounds.next()?)?.node, self.number(&bounds.next()?)?.node)
            }
            Rule::one_of => FieldType::OneOf(self.names_in(&inner)),
            Rule::ordered => FieldType::Ordered(self.names_in(&inner)),
            _ => return None,
        };
        Some(self.spanned(&inner, kind))
    }

    pub(super) fn event(&mut self, pair: &Pair<'i, Rule>) -> Option<Event> {
        let Clauses { clauses: fields, broken } = match child(pair, Rule::event_fields) {
            Some(block) => self.clauses(&block, Self::field),
            None => Clauses { clauses: Vec::new(), broken: false },
        };
        let trust = match child(pair, Rule::trust) {
            Some(trust) => Some(self.condition(&child(&trust, Rule::condition)?)?),
            None => None,
        };
        let reaches = match child(pair, Rule::reaches) {
            Some(reaches) => Some(self.path_in(&reaches)?),
            None => None,
        };
        Some(Event {
            trust,
            reaches,
            name: self.path_in(pair)?,
            label: self.label_in(pair),
            at: self.happens_at(pair),
            fields,
            broken,
            evidence: child(pair, Rule::evidence).and_then(|evidence| self.word(&evidence, Rule::evidence_source)),
        })
    }

    /// `at hotline`, where it stands.
    pub(super) fn happens_at(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        self.name_in(&child(&child(pair, Rule::happens_at)?, Rule::place)?)
    }

    pub(super) fn segment(&mut self, pair: &Pair<'i, Rule>) -> Option<Segment> {
        Some(Segment {
            name: self.name_in(pair)?,
            label: self.label_in(pair),
            when: self.condition(&child(pair, Rule::condition)?)?,
        })
    }
}
