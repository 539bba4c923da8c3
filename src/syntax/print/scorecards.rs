//! Scorecards.

use super::Printer;
use super::lines::Line;
use super::page::PrintedBlock;

use crate::syntax::tree::*;

impl Printer<'_> {
    // ── Scorecards ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn scorecard(&self, scorecard: &Scorecard) -> PrintedBlock {
        let place = self.belongs_to(scorecard.belongs_to.as_ref());
        self.block(["scorecard", "评分卡"], &scorecard.block, &place, |clause| self.scorecard_clause(clause))
    }

    fn scorecard_clause(&self, clause: &ScorecardClause) -> Line {
        match clause {
            ScorecardClause::Points { points, group, promises } => {
                let (points, group, promises) = (points.node, self.name(group), self.names(promises));
                let head = self.say(format!("{points} points for {group}:"), format!("{points} 分 {group}："));
                Line::row("points", [head, promises])
            }
            ScorecardClause::Fatal(promises) => self.word(["fatal", "一票否决"], self.names(promises)),
            ScorecardClause::Pass(mark) => self.word(["pass", "合格线"], mark.node.to_string()),
            ScorecardClause::PerParty => self.per_party(),
            ScorecardClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
