//! Touchpoints and moments of truth.

use super::Printer;
use super::lines::Line;
use super::page::PrintedBlock;

use crate::syntax::tree::*;
use crate::syntax::words::Vocabulary;

impl Printer<'_> {
    pub(super) fn touchpoint_clause(&self, clause: &TouchpointClause) -> Line {
        match clause {
            TouchpointClause::Stage(stage) => self.word(["stage", "阶段"], self.value(Vocabulary::Stage, stage)),
            TouchpointClause::Channel(channels) => self.word(["channel", "渠道"], self.names(channels)),
            TouchpointClause::Environment(name) => {
                self.word(["environment", "环境"], self.value(Vocabulary::Environment, name))
            }
            TouchpointClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    pub(super) fn moment(&self, moment: &Moment) -> PrintedBlock {
        let at = format!("{} {}", self.keyword(["at", "位于"]), self.name(&moment.at));
        self.block(["moment", "关键时刻"], &moment.block, &at, |clause| self.moment_clause(clause))
    }

    fn moment_clause(&self, clause: &MomentClause) -> Line {
        match clause {
            MomentClause::Kind(kind) => self.word(["kind", "类别"], self.value(Vocabulary::MomentKind, kind)),
            MomentClause::Impact(impact) => self.word(["impact", "影响"], self.value(Vocabulary::Impact, impact)),
            MomentClause::Expects(text) => self.word(["expects", "客户期望"], self.text(text)),
            MomentClause::OutOfControl(condition) => {
                let condition = self.condition(condition);
                self.alone(format!("out of control when {condition}"), format!("失控条件 {condition}"))
            }
            MomentClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
