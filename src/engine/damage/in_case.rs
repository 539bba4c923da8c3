//! What the rows that cannot be read do to what was found of one case, or party.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bearing::{Bearing, Sight, is_granted};
use super::begun::{Around, begun_by};
use super::lost::Lost;
use super::reads::AllReads;
use super::unseen::{Known, told};

use crate::calendar::Instant;
use crate::engine::case_summaries::{MayHaveBegun, Perhaps, Unsure};
use crate::engine::finding::Unseen;
use crate::engine::finding::{Detail, EvidenceKind, Finding, Rule, Verdict};
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
            self.name_the_asking(finding);
            if finding.unread.iter().any(|fact| fact.turns) {
                finding.verdict = Verdict::Undetermined;
                finding.causes.clear();
                finding.remedies.clear();
            }
        }
    }

    /// Where a row may be what a grant answers, that alone leaves open who asked.
    fn name_the_asking(&self, finding: &mut Finding) {
        let (Rule::Approval(approval), Detail::Approval(detail)) = (finding.rule, &mut finding.detail) else { return };
        let asked = self.plan.graph.approvals.get(approval).map(|found| found.asked);
        if self.rows.iter().any(|row| asked.is_some_and(|asked| row.may_be(asked))) {
            detail.unknown.retain(|fact| fact.about != EvidenceKind::Asked);
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

    /// What the rows of a case may have begun, and no finding speaks of.
    pub fn unseen(&self, id: &Arc<str>, findings: &[Finding]) -> Vec<Unseen> {
        if self.plan.scope == Scope::Parties {
            return Vec::new();
        }
        let is_own = |row: &Lost<'_>| matches!(row.row.case, RowCase::Known(case) if self.stream.cases.contains(&(case as usize)));
        let known = self.known(findings);
        // What others may hear of stands twice.
        let (own, heard): (Vec<&Lost<'_>>, Vec<&Lost<'_>>) = self.rows.iter().partition(|row| is_own(row));
        let mut once = BTreeSet::new();
        let own = own.into_iter().filter(|row| once.insert(row.row.place)).map(|row| (row, Some(id)));
        let all = own.chain(heard.into_iter().map(|row| (row, None)));
        all.flat_map(|(row, case)| told(known.begun_by(row), &row.fact(true), case)).collect()
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

    fn known<'f>(&'f self, findings: &'f [Finding]) -> Known<'f> {
        Known { plan: self.plan, reads: self.reads, around: self.around(findings), as_of: self.as_of }
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
