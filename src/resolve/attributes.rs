//! What any promise or place may carry beside what it says itself.

use crate::graph::{Attributes, ConditionRole, Row};
use crate::resolve::conditions::Scope;
use crate::resolve::faults::ClauseFault;
use crate::resolve::resolver::Resolver;
use crate::resolve::standards::Table;
use crate::source::{Span, Spanned};
use crate::syntax::tree;

impl Resolver<'_> {
    /// Resolves attributes; `scope` is what their conditions may read.
    pub fn attributes<'t>(
        &mut self,
        said: impl IntoIterator<Item = (&'t tree::Attribute, Span)>,
        scope: Scope<'_>,
    ) -> Attributes {
        let mut attributes = Attributes::default();
        let (mut owner, mut symptom, mut element) = (None, None, None);
        let (mut status, mut review, mut material, mut looser) = (None, None, None, None);
        let (mut severities, mut controls) = (Table::new("severity"), Table::new("control"));
        for (attribute, at) in said {
            match attribute {
                tree::Attribute::Source(text) => attributes.sources.push(text.node.clone()),
                tree::Attribute::Owner(text) => self.set_once("owner", &mut owner, text.node.clone(), at),
                tree::Attribute::Severity(word, when) => {
                    let row = self.word_row(&mut severities, word, when.as_ref(), at, scope);
                    attributes.severity.extend(row);
                }
                tree::Attribute::Control(word, when) => {
                    let row = self.word_row(&mut controls, word, when.as_ref(), at, scope);
                    attributes.control.extend(row);
                }
                tree::Attribute::Material(when) => {
                    let condition = match when {
                        Some(when) => self.condition_for(ConditionRole::Material, when, scope).map(Some),
                        None => Some(None),
                    };
                    self.set_once("material", &mut material, condition, at);
                }
                tree::Attribute::Symptom(word) => self.set_once("symptom", &mut symptom, word.node.clone(), at),
                tree::Attribute::Element(word) => self.set_once("element", &mut element, word.node.clone(), at),
                tree::Attribute::Status(said) => {
                    self.set_once("status", &mut status, super::header::status_words(said), at)
                }
                tree::Attribute::ReviewBefore(date) => self.set_once("review before", &mut review, date.node, at),
                tree::Attribute::NeverExempt => attributes.never_exempt = true,
                tree::Attribute::LooserThanBefore(why) => {
                    self.set_once("looser than before", &mut looser, (why.node.clone(), at), at);
                }
                tree::Attribute::AtLeastAsStrict(name) => {
                    attributes.as_strict_as = self.promise(name).map(|promise| (promise, name.span));
                }
            }
        }
        self.ask_table(severities, false);
        self.ask_table(controls, false);
        attributes.owner = owner.map(|said| said.node);
        attributes.looser_than_before = looser.map(|said| said.node);
        attributes.symptom = symptom.map(|said| said.node);
        attributes.element = element.map(|said| said.node);
        attributes.status = status.map(|said| said.node);
        attributes.review_before = review.map(|said| said.node);
        attributes.material = material.and_then(|said: Spanned<_>| said.node);
        attributes
    }

    fn word_row(
        &mut self,
        table: &mut Table,
        word: &tree::Name,
        when: Option<&tree::RowCondition>,
        at: Span,
        scope: Scope<'_>,
    ) -> Option<Row> {
        // A second word for every case is the same clause said twice, not a row that is never reached.
        let first = table.first_for_all().filter(|_| !matches!(when, Some(tree::RowCondition::When(_))));
        if let Some(first) = first {
            self.fault_against(ClauseFault::ClauseTwice { clause: table.name() }, at, first);
            return None;
        }
        let condition = self.row(table, when, at, scope)?;
        Some(Row { condition, word: word.node.clone() })
    }
}
