//! What is kept of a case or a party until all of them are known: for what is judged over many findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::breach_weight::weight_of;
use super::case::Case;
use super::finding::{BreachWeight, Finding, Holder, Rule, UnreadFact};
use super::levels::{OverTime, Strays};
use super::plan::Scope;

use crate::calendar::Instant;
use crate::graph::{Graph, PromiseId};

/// The promises of which there may be more findings than are known, each with a row that cannot be read and may have
/// begun one.
pub type MayHaveBegun = BTreeMap<PromiseId, Perhaps>;

/// Findings of a promise that there may be beside those that are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Perhaps {
    /// A row that may have begun one.
    pub row: UnreadFact,
    /// At most so many.
    pub most: u64,
}

/// The rows that cannot be read and leave undetermined what is judged over some findings and promises, each once.
pub fn unread<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    perhaps: impl Iterator<Item = &'a UnreadFact>,
) -> Vec<UnreadFact> {
    let turning = findings.flat_map(|finding| &finding.unread).filter(|fact| fact.turns);
    let mut rows: Vec<UnreadFact> = turning.chain(perhaps).cloned().collect();
    rows.sort_by_key(|fact| fact.place);
    rows.dedup();
    rows
}

/// What of a case or a party is not sure, for what cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Unsure {
    /// The promises of which there may be more findings.
    pub perhaps: MayHaveBegun,
    /// Whether it cannot be told which cases are a party's.
    pub is_unsure: bool,
    /// What may belong to other groups or windows of levels.
    pub strays: Strays,
}

/// What is kept of a case or a party.
#[derive(Clone, Debug)]
pub struct CaseSummary {
    /// When it began: its first event.
    pub begun: Instant,
    /// When it ended, if it has.
    pub end: Option<Instant>,
    /// How it stood to levels over time.
    pub over_time: OverTime,
    /// How much a miss weighs, for each scorecard.
    pub scorecards: Vec<BreachWeight>,
    /// How much a miss weighs, for each journey.
    pub journeys: Vec<BreachWeight>,
    /// The segments it belongs to.
    pub segments: Vec<usize>,
    /// Who acted last.
    pub holder: Option<Holder>,
    /// The promises of which there may be more findings: of rows that cannot be read.
    pub perhaps: MayHaveBegun,
    /// What of it may belong to other groups or windows of levels.
    pub strays: Strays,
    /// Whether it cannot be told which cases are a party's; of a case, whether what is found of its party is told of it.
    pub is_unsure: bool,
}

/// What is kept of all cases and parties.
#[derive(Clone, Debug, Default)]
pub struct CaseSummaries {
    /// Of each case.
    pub cases: BTreeMap<Arc<str>, CaseSummary>,
    /// Of each party, by its first case.
    pub parties: BTreeMap<Arc<str>, CaseSummary>,
    /// The first case of the party of each case that has one.
    home: BTreeMap<Arc<str>, Arc<str>>,
}

impl CaseSummaries {
    /// Keeps what is needed of a case or party that has come to its end.
    pub fn keep(
        &mut self,
        case: &Case<'_, '_>,
        id: &Arc<str>,
        begun: Instant,
        Unsure { perhaps, is_unsure, strays }: Unsure,
    ) {
        let facts = case.facts();
        let graph = facts.graph;
        let kept = CaseSummary {
            begun,
            end: case.behaviours.end().map(|(at, _)| at),
            over_time: case.over_time.clone(),
            scorecards: graph
                .scorecards
                .iter()
                .map(|found| weight_of(&found.attributes, facts.started(begun)))
                .collect(),
            journeys: graph.journeys.iter().map(|found| weight_of(&found.attributes, facts.started(begun))).collect(),
            segments: case.segments(),
            holder: case.holder.clone(),
            perhaps,
            strays,
            is_unsure,
        };
        match case.plan.scope {
            Scope::Cases => self.cases.insert(id.clone(), kept),
            Scope::Parties => {
                self.home.extend(case.ids().map(|of_party| (of_party, id.clone())));
                self.parties.insert(id.clone(), kept)
            }
        };
    }

    /// Both together.
    pub fn merge(&mut self, other: CaseSummaries) {
        self.cases.extend(other.cases);
        self.parties.extend(other.parties);
        self.home.extend(other.home);
    }

    /// What is kept of the case of a finding, or of its party where the rule speaks of parties.
    pub fn of(&self, graph: &Graph, finding: &Finding) -> Option<&CaseSummary> {
        let per_party = match finding.rule {
            Rule::Standard(index) => graph.standards.get(index).is_some_and(|found| found.per_party),
            Rule::Behaviour(index) => graph.behaviours.get(index).is_some_and(|found| found.per_party),
            Rule::Scorecard(index) => graph.scorecards.get(index).is_some_and(|found| found.per_party),
            _ => false,
        };
        if per_party { self.parties.get(&finding.case) } else { self.cases.get(&finding.case) }
    }

    /// The promises of which there may be more findings of a case, or of a party.
    pub fn perhaps(&self, graph: &Graph, per_party: bool, id: &Arc<str>) -> MayHaveBegun {
        let of_party = self.parties.get(id).map(|kept| &kept.perhaps);
        if per_party {
            return of_party.cloned().unwrap_or_default();
        }
        // What is found of a party is told of its first case.
        let of_party = of_party.into_iter().flatten().filter(|(promise, _)| graph.is_per_party(**promise));
        let of_case = self.cases.get(id).into_iter().flat_map(|kept| &kept.perhaps);
        of_case.chain(of_party).map(|(promise, perhaps)| (*promise, perhaps.clone())).collect()
    }

    /// The findings of each case, or of all cases of each party, with what is kept of it.
    pub fn together<'a>(
        &'a self,
        per_party: bool,
        findings: &'a [Finding],
    ) -> BTreeMap<&'a Arc<str>, (&'a CaseSummary, Vec<&'a Finding>)> {
        let mut together: BTreeMap<&Arc<str>, (&CaseSummary, Vec<&Finding>)> = BTreeMap::new();
        for finding in findings {
            let (id, all) = match per_party {
                true => (self.home.get(&finding.case), &self.parties),
                false => (Some(&finding.case), &self.cases),
            };
            let Some((id, kept)) = id.and_then(|id| all.get_key_value(id)) else { continue };
            together.entry(id).or_insert_with(|| (kept, Vec::new())).1.push(finding);
        }
        together
    }
}
