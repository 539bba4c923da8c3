//! Touchpoints, moments, journeys.

use super::Voice;
use super::lines::Line;
use super::page::Said;
use crate::syntax::tree::*;

impl Voice<'_> {
    pub(super) fn touchpoint_clause(&self, clause: &TouchpointClause) -> Line {
        match clause {
            TouchpointClause::Stage(stage) => Line::word("stage", stage.node.clone()),
            TouchpointClause::Channel(channels) => Line::word("channel", self.names(channels)),
            TouchpointClause::Environment(environment) => Line::word("environment", environment.node.clone()),
            TouchpointClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    pub(super) fn moment(&self, moment: &Moment) -> Said {
        let at = format!("at {}", self.name(&moment.at));
        self.block("moment", &moment.block, &at, |clause| self.moment_clause(clause))
    }

    fn moment_clause(&self, clause: &MomentClause) -> Line {
        match clause {
            MomentClause::Kind(kind) => Line::word("kind", kind.node.clone()),
            MomentClause::Impact(impact) => Line::word("impact", impact.node.clone()),
            MomentClause::Expects(text) => Line::word("expects", self.text(text)),
            MomentClause::OutOfControl(condition) => {
                Line::alone(format!("out of control when {}", self.condition(condition)))
            }
            MomentClause::Attribute(attribute) => self.attribute(attribute),
        }
    }

    pub(super) fn journey_clause(&self, clause: &JourneyClause) -> Line {
        match clause {
            JourneyClause::Through(places) => Line::word("through", self.names(places)),
            JourneyClause::EndsWith(moment) => Line::word("ends", format!("with {}", self.name(moment))),
            JourneyClause::Score(comparison, score) => {
                Line::word("score", format!("{} {}", self.bound(*comparison), score.node))
            }
            JourneyClause::PerParty => Line::alone("per party"),
            JourneyClause::Attribute(attribute) => self.attribute(attribute),
        }
    }
}
