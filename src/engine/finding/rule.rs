//! Which rule a finding is of.

use crate::graph::{Graph, PromiseId};

/// The rule that a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rule {
    /// A clock, by its index in the graph.
    Standard(usize),
    /// A level of an escalation: (escalation, level).
    Escalation(usize, usize),
    /// An action, by its index in the graph.
    Action(usize),
    /// An approval, by its index in the graph.
    Approval(usize),
    /// A grant of more time: (standard, line).
    Extension(usize, usize),
    /// That a moment of truth is not out of control, by its index in the graph.
    Moment(usize),
    /// A behaviour, by its index in the graph.
    Behaviour(usize),
    /// A scorecard, by its index in the graph.
    Scorecard(usize),
    /// A journey, by its index in the graph.
    Journey(usize),
}

impl Rule {
    /// The rule's name, told apart by kind: `resolve`, `resolve at 80%`, `refund`, `approval of refund`.
    pub fn name(self, graph: &Graph) -> String {
        let standard = |index: usize| graph.standards.get(index).map(|found| found.name.clone()).unwrap_or_default();
        let action = |index: usize| graph.actions.get(index).map(|found| found.name.clone()).unwrap_or_default();
        match self {
            Rule::Standard(index) => standard(index),
            Rule::Action(index) => action(index),
            Rule::Moment(index) => graph.moments.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Behaviour(index) => graph.behaviours.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Scorecard(index) => graph.scorecards.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Journey(index) => graph.journeys.get(index).map(|found| found.name.clone()).unwrap_or_default(),
            Rule::Extension(index, _) => format!("extension of {}", standard(index)),
            Rule::Approval(index) => {
                let of = graph.approvals.get(index).map(|found| action(found.action)).unwrap_or_default();
                format!("approval of {of}")
            }
            Rule::Escalation(index, level) => {
                let Some(found) = graph.escalations.get(index) else { return String::new() };
                let at = found.levels.get(level).map(|level| level.at.to_string()).unwrap_or_default();
                format!("{} at {at}", standard(found.standard))
            }
        }
    }
}

impl Rule {
    /// The promises that a finding of this rule keeps or breaks.
    pub fn promises(self, graph: &Graph) -> Vec<PromiseId> {
        match self {
            Rule::Standard(index) => vec![PromiseId::Standard(index)],
            Rule::Behaviour(index) => vec![PromiseId::Behaviour(index)],
            Rule::Action(index) => graph.authorities_over(index).map(PromiseId::Authority).collect(),
            Rule::Scorecard(index) => vec![PromiseId::Scorecard(index)],
            Rule::Escalation(..) | Rule::Approval(_) | Rule::Extension(..) | Rule::Moment(_) | Rule::Journey(_) => {
                Vec::new()
            }
        }
    }
}
