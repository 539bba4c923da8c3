//! Remedies.

use super::Printer;
use super::lines::Line;
use super::page::PrintedBlock;

use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    pub(super) fn remedy(&self, remedy: &Remedy) -> PrintedBlock {
        let promises = self.bears_on(&self.names(&remedy.promises));
        self.block(["remedy", "补救"], &remedy.block, &promises, |clause| self.remedy_clause(clause))
    }

    fn remedy_clause(&self, clause: &RemedyClause) -> Line {
        match clause {
            RemedyClause::Offer { what, when } => {
                let (table, what) = match what {
                    Offer::Text(text) => ("offer text", self.text(text)),
                    Offer::Action { action, amount: None } => ("offer", self.name(action)),
                    Offer::Action { action, amount: Some(amount) } => {
                        ("offer", format!("{} {}", self.name(action), self.money(amount)))
                    }
                };
                let (offer, row) =
                    (format!("{} {what}", self.keyword(["offer", "方案"])), self.row_condition(when.as_ref()));
                self.row(table, [offer.clone(), row.clone()], [row, offer])
            }
            RemedyClause::Improve(kind) => {
                let kind = self.value(Vocabulary::CauseKind, kind);
                self.alone(format!("improve {kind}"), format!("改进 {kind}"))
            }
            RemedyClause::CausedBy(causes) => {
                let causes = self.names(causes);
                self.alone(format!("caused by {causes}"), format!("归因于 {causes}"))
            }
            RemedyClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
