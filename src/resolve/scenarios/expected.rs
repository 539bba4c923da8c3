//! What a scenario expects: each name leads to what can bear the expectation.

use super::ScenarioFault;

use crate::graph::{Expected, Graph, Judged, Operand, PromiseId};
use crate::resolve::conditions::Compared;
use crate::resolve::faults::NameFault;
use crate::resolve::resolver::Resolver;
use crate::source::{Span, Spanned};
use crate::syntax::tree;
use crate::vocabulary::{Kind, Value};

impl Resolver<'_> {
    pub(super) fn expected(&mut self, said: &tree::Expected) -> Option<Expected> {
        Some(match said {
            tree::Expected::Verdict { verdict, promise, late, key } => {
                let of = self.judged(promise)?;
                if let Some(late) = late {
                    self.can_be_late(verdict, promise, of, late.span);
                }
                let key = match key {
                    Some(key) => Some(self.expected_key(promise, of, key)?),
                    None => None,
                };
                Expected::Verdict { verdict: verdict.node.clone(), of, late: late.as_ref().map(|late| late.node), key }
            }
            tree::Expected::Due { at, standard } => {
                let at = match at.node {
                    tree::DayOrTime::Day(day) => self.zone().last_of_day(day),
                    tree::DayOrTime::Time(time) => self.scenario_time(&Spanned::new(time, at.span)),
                };
                Expected::Due { at, standard: self.find(Kind::Standard, standard)? }
            }
            tree::Expected::MissingEscalation { of, to } => {
                let (standard, role) = (self.find(Kind::Standard, of), self.role(to));
                let (standard, role) = (standard?, role?);
                self.is_escalated(of, standard, to, role);
                Expected::MissingEscalation { standard, role }
            }
            tree::Expected::Remedy(name) => Expected::Remedy(self.find(Kind::Remedy, name)?),
            tree::Expected::Cause(name) => Expected::Cause(self.find(Kind::Cause, name)?),
            tree::Expected::Unexplained(promise) => Expected::Unexplained(self.judged(promise)?),
            tree::Expected::NoBreach(promise) => Expected::NoBreach(match promise {
                Some(promise) => Some(self.judged(promise)?),
                None => None,
            }),
            tree::Expected::NeedlessApproval(name) => {
                let action = self.find(Kind::Action, name)?;
                if self.graph.approvals.iter().all(|approval| approval.action != action) {
                    let fault = ScenarioFault::NeverApproved { action: name.node.clone() };
                    self.scenario_fault(fault, name.span);
                }
                Expected::NeedlessApproval(action)
            }
            tree::Expected::Score { score, most, of } => {
                let most = most.as_ref().map(|most| most.node);
                Expected::Score { score: score.node, most, of: self.scored(of)? }
            }
        })
    }

    /// A promise, a journey or an action of that name.
    fn judged(&mut self, name: &tree::Name) -> Option<Judged> {
        let mut meanings: Vec<(Option<Judged>, &'static str, Span)> = Vec::new();
        if self.is_promised(name) {
            meanings.push((None, "a promise", Span::default()));
        }
        let of_kind = |kind: Kind| self.names.get(&kind).and_then(|names| names.get(name));
        meanings.extend(of_kind(Kind::Journey).map(|(index, at)| (Some(Judged::Journey(index)), "a journey", at)));
        meanings.extend(of_kind(Kind::Action).map(|(index, at)| (Some(Judged::Action(index)), "an action", at)));
        match meanings.as_slice() {
            [] | [(None, ..)] => self.promise(name).map(Judged::Promise),
            [(judged, ..)] => *judged,
            [(_, one, _), (_, other, declared), ..] => {
                let (meanings, declared) = ([*one, *other], *declared);
                self.fault_against(NameFault::TwoMeanings { name: name.node.clone(), meanings }, name.span, declared);
                None
            }
        }
    }

    fn scored(&mut self, name: &tree::Name) -> Option<Judged> {
        match self.judged(name)? {
            scored @ (Judged::Promise(PromiseId::Scorecard(_)) | Judged::Journey(_)) => Some(scored),
            Judged::Promise(_) | Judged::Action(_) => {
                self.scenario_fault(ScenarioFault::NoScore { promise: name.node.clone() }, name.span);
                None
            }
        }
    }

    /// Only a clock that breached is late.
    fn can_be_late(&mut self, verdict: &tree::Name, promise: &tree::Name, of: Judged, at: Span) {
        if !matches!(of, Judged::Promise(PromiseId::Standard(_))) {
            self.scenario_fault(ScenarioFault::NoClock { promise: promise.node.clone() }, at);
        } else if verdict.node != "breached" {
            self.scenario_fault(ScenarioFault::NotLate { verdict: verdict.node.replace('_', " ") }, at);
        }
    }

    fn expected_key(&mut self, promise: &tree::Name, of: Judged, key: &Spanned<tree::Literal>) -> Option<Value> {
        let standard = match of {
            Judged::Promise(PromiseId::Standard(standard)) => Some(standard),
            Judged::Promise(_) | Judged::Action(_) | Judged::Journey(_) => None,
        };
        let standard = standard.and_then(|standard| self.graph.standards.get(standard));
        let per = standard.and_then(|standard| Some((standard.key.as_ref()?, standard.span)));
        let kind = per.and_then(|(per, declared)| Some((per, declared, per.kind(&self.graph.vocabulary)?)));
        let Some((per, declared, kind)) = kind else {
            self.scenario_fault(ScenarioFault::NoKey { promise: promise.node.clone() }, key.span);
            return None;
        };
        let (kind, said) = (kind.clone(), per.name.clone());
        self.value(&Compared { field: Operand::Own(Vec::new()), kind, declared, said }, key)
    }

    fn is_escalated(&mut self, of: &tree::Name, standard: usize, to: &tree::Name, role: usize) {
        let told = escalated_to(&self.graph, standard);
        if !told.contains(&role) {
            let roles = told.iter().filter_map(|role| self.graph.roles.get(*role)).map(|role| role.name.clone());
            let (standard, role) = (of.node.clone(), to.node.clone());
            let fault = ScenarioFault::NeverEscalated { standard, role, roles: roles.collect() };
            self.scenario_fault(fault, to.span);
        }
    }
}

/// The roles to which a standard is escalated.
fn escalated_to(graph: &Graph, standard: usize) -> Vec<usize> {
    let levels = graph.escalations.iter().filter(|found| found.standard == standard).flat_map(|found| &found.levels);
    levels.map(|level| level.to).collect()
}
