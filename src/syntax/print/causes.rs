//! Causes.

use super::Printer;
use super::lines::Line;
use super::page::PrintedBlock;

use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    pub(super) fn cause(&self, cause: &Cause) -> PrintedBlock {
        let promises = self.bears_on(&self.names(&cause.promises));
        self.block(["cause", "原因"], &cause.block, &promises, |clause| self.cause_clause(clause))
    }

    fn cause_clause(&self, clause: &CauseClause) -> Line {
        match clause {
            CauseClause::Kind(kind) => self.word(["kind", "类别"], self.value(Vocabulary::CauseKind, kind)),
            CauseClause::When(condition) => self.word(["when", "成立条件"], self.condition(condition)),
            CauseClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
