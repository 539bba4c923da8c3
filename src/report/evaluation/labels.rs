//! Indices become names, places become text.

use std::collections::BTreeMap;

use crate::calendar::Instant;
use crate::engine::{Rule, Verdict};
use crate::graph::{Attributes, Behaviour, Graph, Moment, Standard, Touchpoint};
use crate::log::{ImportSummary, Place};
use crate::report::When;
use crate::source::{Sources, Span};

/// Indices to names, places to text.
pub(super) struct Labels<'a> {
    pub(super) graph: &'a Graph,
    pub(super) sources: &'a Sources,
    pub(super) intake: &'a ImportSummary,
    /// The findings that are told, by their ids.
    pub(super) told: BTreeMap<&'a str, (Rule, Verdict)>,
}

impl Labels<'_> {
    pub(super) fn when(&self, at: Instant) -> When {
        When::new(at, &self.graph.vocabulary.zone)
    }

    pub(super) fn place(&self, place: Place) -> String {
        let source = self.intake.sources.get(usize::from(place.source));
        format!("{}:{}", source.map(|source| source.name.as_str()).unwrap_or("log"), place.line)
    }

    pub(super) fn role(&self, role: usize) -> String {
        self.graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default()
    }

    pub(super) fn event(&self, event: usize) -> String {
        self.graph.event_name(event)
    }

    pub(super) fn standard(&self, rule: Rule) -> Option<&Standard> {
        let index = match rule {
            Rule::Standard(index) => index,
            Rule::Escalation(escalation, _) => self.graph.escalations.get(escalation)?.standard,
            Rule::Extension(index, _) => index,
            Rule::Action(_)
            | Rule::Approval(_)
            | Rule::Moment(_)
            | Rule::Behaviour(_)
            | Rule::Scorecard(_)
            | Rule::Journey(_) => return None,
        };
        self.graph.standards.get(index)
    }

    /// Whether a rule is judged over all cases of a party.
    pub(super) fn is_per_party(&self, rule: Rule) -> bool {
        match rule {
            Rule::Behaviour(index) => self.graph.behaviours.get(index).is_some_and(|found| found.per_party),
            Rule::Scorecard(index) => self.graph.scorecards.get(index).is_some_and(|found| found.per_party),
            Rule::Journey(index) => self.graph.journeys.get(index).is_some_and(|found| found.per_party),
            _ => self.standard(rule).is_some_and(|standard| standard.per_party),
        }
    }

    pub(super) fn behaviour(&self, rule: Rule) -> Option<&Behaviour> {
        match rule {
            Rule::Behaviour(index) => self.graph.behaviours.get(index),
            _ => None,
        }
    }

    /// What the standards say of a rule beside what it asks: of an act, what its authority says.
    pub(super) fn attributes(&self, rule: Rule) -> Option<&Attributes> {
        match rule {
            Rule::Action(action) => {
                let authority = self.graph.authorities_over(action).next()?;
                Some(&self.graph.authorities.get(authority)?.attributes)
            }
            Rule::Moment(index) => Some(&self.graph.moments.get(index)?.attributes),
            Rule::Behaviour(_) => Some(&self.behaviour(rule)?.attributes),
            Rule::Scorecard(index) => Some(&self.graph.scorecards.get(index)?.attributes),
            Rule::Journey(index) => Some(&self.graph.journeys.get(index)?.attributes),
            _ => Some(&self.standard(rule)?.attributes),
        }
    }

    /// The touchpoint and the moment that a rule belongs to.
    pub(super) fn belongs(&self, rule: Rule) -> (Option<&Touchpoint>, Option<&Moment>) {
        let (touchpoint, moment) = match rule {
            Rule::Moment(index) => (self.graph.moments.get(index).and_then(|moment| moment.touchpoint), Some(index)),
            Rule::Behaviour(_) => {
                self.behaviour(rule).map(|found| (found.touchpoint, found.moment)).unwrap_or_default()
            }
            Rule::Scorecard(index) => {
                self.graph.scorecards.get(index).map(|found| (found.touchpoint, found.moment)).unwrap_or_default()
            }
            _ => self.standard(rule).map(|found| (found.touchpoint, found.moment)).unwrap_or_default(),
        };
        let touchpoint = touchpoint.and_then(|index| self.graph.touchpoints.get(index));
        (touchpoint, moment.and_then(|index| self.graph.moments.get(index)))
    }

    pub(super) fn span(&self, rule: Rule) -> Option<Span> {
        Some(match rule {
            Rule::Standard(index) => self.graph.standards.get(index)?.span,
            Rule::Escalation(escalation, level) => self.graph.escalations.get(escalation)?.levels.get(level)?.span,
            Rule::Action(index) => self.graph.actions.get(index)?.span,
            Rule::Moment(index) => self.graph.moments.get(index)?.span,
            Rule::Scorecard(index) => self.graph.scorecards.get(index)?.span,
            Rule::Journey(index) => self.graph.journeys.get(index)?.span,
            Rule::Approval(index) => self.graph.approvals.get(index)?.span,
            Rule::Behaviour(index) => self.graph.behaviours.get(index)?.span,
            Rule::Extension(standard, line) => self.graph.standards.get(standard)?.extensions.get(line)?.span,
        })
    }

    pub(super) fn title(&self, rule: Rule) -> String {
        let label = match rule {
            Rule::Standard(_) => self.standard(rule).and_then(|standard| standard.label.clone()),
            Rule::Action(index) => self.graph.actions.get(index).and_then(|action| action.label.clone()),
            Rule::Moment(index) => self.graph.moments.get(index).and_then(|moment| moment.label.clone()),
            Rule::Behaviour(_) => self.behaviour(rule).and_then(|behaviour| behaviour.label.clone()),
            Rule::Scorecard(index) => self.graph.scorecards.get(index).and_then(|found| found.label.clone()),
            Rule::Journey(index) => self.graph.journeys.get(index).and_then(|found| found.label.clone()),
            Rule::Extension(standard, _) => return format!("{}: more time", self.title(Rule::Standard(standard))),
            Rule::Escalation(escalation, level) => {
                let to = self.graph.escalations.get(escalation).and_then(|found| found.levels.get(level));
                let to = to.map(|level| self.role(level.to)).unwrap_or_default();
                return format!("{}: {to} told", rule.name(self.graph));
            }
            Rule::Approval(index) => {
                let action = self.graph.approvals.get(index).map(|found| Rule::Action(found.action));
                return action.map(|action| self.title(action)).unwrap_or_default();
            }
        };
        label.unwrap_or_else(|| rule.name(self.graph))
    }

    /// The titles of the authorities that a rule bears on.
    pub(super) fn under(&self, rule: Rule) -> Vec<String> {
        let Rule::Action(action) = rule else { return Vec::new() };
        let authorities = self.graph.authorities_over(action).filter_map(|index| self.graph.authorities.get(index));
        authorities.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).collect()
    }
}
