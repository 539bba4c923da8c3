//! Journeys.

use super::Printer;
use super::lines::Line;

use crate::syntax::tree::*;

impl Printer<'_> {
    pub(super) fn journey_clause(&self, clause: &JourneyClause) -> Line {
        match clause {
            JourneyClause::Through(places) => self.word(["through", "依次经过"], self.names(places)),
            JourneyClause::EndsWith(moment) => {
                let moment = self.name(moment);
                self.row("word", ["ends with".into(), moment.clone()], [format!("以 {moment} 为终点")])
            }
            JourneyClause::Score(comparison, score) => {
                self.word(["score", "得分"], format!("{} {}", self.bound(*comparison), score.node))
            }
            JourneyClause::PerParty => self.per_party(),
            JourneyClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    pub(super) fn per_party(&self) -> Line {
        self.alone("per party", "按当事人合并")
    }
}
