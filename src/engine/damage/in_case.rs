//! What the rows that cannot be read do to what was found of one case, or party.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bearing::{Bearing, Sight, is_granted};
use super::begun::{Around, begun_by, begun_itself};
use super::lost::{Lost, fact_of};
use super::reads::AllReads;

use crate::calendar::Instant;
use crate::engine::case_summaries::{MayHaveBegun, Perhaps, Unsure};
use crate::engine::finding::Unseen;
use crate::engine::finding::{Detail, Finding, Rule, Verdict};
use crate::engine::plan::{Plan, Scope};
use crate::engine::routing::RoutedEvents;
use crate::graph::Trigger;
use crate::log::Event;
use crate::log::{RowCase, UnreadableRow};

/// So many rows are named by a finding; the account lists all.
const MOST_NAMED: usize = 10;

/// The rows that may be of a case or a party, and what is known of it.
pub struct CaseDamage<'a> {
    /// What it is judged by.
    pub plan: &'a Plan<'a>,
    /// Its events.
    pub stream: &'a RoutedEvents<'a>,
    /// What each rule looks at.
    pub reads: &'a AllReads,
    /// The rows.
    pub rows: Vec<Lost<'a>>,
    /// The earliest that may have put a case into another party.
    pub of_any_party: Option<&'a UnreadableRow>,
    /// Whether the mapping says which of several events at one time comes first.
    pub ties_are_ranked: bool,
    /// When the log is judged.
    pub as_of: Instant,
    /// Whether it cannot be told which cases belong together; or, of a case, whether its party goes by its name.
    pub is_unsure: bool,
}

impl CaseDamage<'_> {
    /// Makes undetermined what a row of these cases could turn, and names the row.
    pub fn doubt(&self, findings: &mut [Finding]) {
        if self.rows.is_empty() {
            return;
        }
        let granted = granted(findings);
        let sight = Sight {
            plan: self.plan,
            reads: self.reads,
            stream: self.stream,
            rows: &self.rows,
            ties_are_ranked: self.ties_are_ranked,
            as_of: self.as_of,
            ends: &self.ends(),
            granted: &granted,
        };
        for finding in findings {
            for row in &self.rows {
                let bearing = if self.plan.scope == Scope::Parties && self.is_of_any_party(row) {
                    sight.unless_decided_before(finding, row, Bearing::Verdict)
                } else {
                    sight.bearing(finding, row)
                };
                if bearing > Bearing::Nothing {
                    let turns = bearing == Bearing::Verdict;
                    if finding.unread.len() < MOST_NAMED || turns && finding.unread.iter().all(|fact| !fact.turns) {
                        finding.unread.push(row.fact(turns));
                    }
                    if let Detail::Clock(account) = &mut finding.detail {
                        account.time_in_doubt = true;
                    }
                }
            }
            if finding.unread.iter().any(|fact| fact.turns) {
                finding.verdict = Verdict::Undetermined;
                finding.causes.clear();
                finding.remedies.clear();
            }
        }
    }

    /// What of a case or party is not sure, beside its findings.
    pub fn unsure(&self, findings: &[Finding]) -> Unsure {
        let mut perhaps = MayHaveBegun::new();
        for row in &self.rows {
            for (promise, begun) in begun_by(self.plan.graph, self.reads, self.around(findings), row) {
                let known = perhaps.entry(promise).or_insert_with(|| Perhaps { row: row.fact(true), most: 0 });
                known.most = known.most.saturating_add(begun.most());
            }
        }
        Unsure { perhaps, is_unsure: self.is_unsure, strays: self.strays() }
    }

    /// What the rows of a case may have begun themselves, where no finding of the rule names the row.
    pub fn unseen(&self, id: &Arc<str>, findings: &[Finding]) -> Vec<Unseen> {
        if self.plan.scope == Scope::Parties {
            return Vec::new();
        }
        let own = |row: &&Lost<'_>| matches!(row.row.case, RowCase::Known(case) if self.stream.cases.contains(&(case as usize)));
        let mut rows: Vec<&UnreadableRow> = self.rows.iter().filter(own).map(|lost| lost.row).collect();
        // What others may hear of stands twice.
        let mut once = BTreeSet::new();
        rows.retain(|row| once.insert(row.place));
        let named = |rule: Option<Rule>, row: &UnreadableRow| {
            let names = |finding: &&Finding| finding.unread.iter().any(|fact| fact.place == row.place && fact.turns);
            findings.iter().filter(|finding| Some(finding.rule) == rule).any(|finding| names(&finding))
        };
        let mut unseen = Vec::new();
        for row in rows {
            for rule in begun_itself(self.plan.graph, row).into_iter().filter(|rule| !named(*rule, row)) {
                unseen.push(Unseen { row: fact_of(row, true), case: Some(id.clone()), rule });
            }
        }
        unseen
    }

    /// When something surely ended the case, or moved its end, before that came.
    fn ends(&self) -> Vec<Instant> {
        let graph = self.plan.graph;
        let Some(end) = graph.case_end.as_ref().filter(|_| self.plan.scope == Scope::Cases) else { return Vec::new() };
        let is_sure = |on: &Trigger| {
            let is_trusted = graph.trust.get(on.event).is_none_or(Option::is_none);
            on.filter.is_none() && is_trusted && graph.turn(on.event).is_none()
        };
        if !end.on.iter().all(is_sure) {
            return Vec::new();
        }
        let is_end = |event: &&&Event| end.on.iter().any(|on| on.event == usize::from(event.kind));
        let mut ends = Vec::new();
        let mut over: Option<Instant> = None;
        for event in self.stream.events.iter().filter(is_end) {
            if over.is_some_and(|over| over < event.time) {
                break;
            }
            ends.push(event.time);
            over = self.plan.limit_end(end.after, None, event.time);
        }
        ends
    }

    /// What is known around a row.
    pub fn around<'f>(&'f self, findings: &'f [Finding]) -> Around<'f> {
        Around { stream: self.stream, findings, rows: &self.rows }
    }

    fn is_of_any_party(&self, row: &Lost<'_>) -> bool {
        self.of_any_party.is_some_and(|known| std::ptr::eq(known, row.row))
    }
}

/// The actions of which a grant covers an act, or may.
fn granted(findings: &[Finding]) -> BTreeSet<usize> {
    let acts = findings.iter().filter_map(|finding| match (&finding.detail, finding.rule) {
        (Detail::Act(act), Rule::Action(action)) if is_granted(act) => Some(action),
        _ => None,
    });
    acts.collect()
}
