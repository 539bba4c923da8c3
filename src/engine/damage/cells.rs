//! Cells that cannot be read: what hangs on a clock of which they leave it open whether, or when, it came to what.
//!
//! What a clock brings about is told where it may have happened; when it may have happened instead is not. So what
//! waits for a clock that a cell leaves undetermined is undetermined too, unless it was decided before that began.

use std::sync::Arc;

use super::bearing::decided;
use super::reads::{AllReads, Reads};

use crate::calendar::Instant;
use crate::engine::finding::Unseen;
use crate::engine::finding::{ClockDetail, Detail, Finding, Rule, UnknownFact, UnreadFact, Verdict};
use crate::graph::{Graph, Standard};

/// What a cell leaves open.
struct Unsure {
    what: What,
    since: Instant,
    unread: Vec<UnknownFact>,
}

enum What {
    /// What came of a clock of a standard.
    Clock(usize),
    /// Whether the case ended.
    CaseEnd,
}

/// Makes undetermined what hangs on a clock of the same case or party that a cell leaves undetermined, or on the end of
/// the case where that cannot be read.
pub fn doubt<'a, 'e>(
    graph: &Graph,
    reads: impl Fn() -> &'a AllReads,
    unread_end: impl Iterator<Item = &'e (Instant, UnknownFact)>,
    findings: &mut [Finding],
) {
    let ends = unread_end.map(|(at, fact)| Unsure { what: What::CaseEnd, since: *at, unread: vec![fact.clone()] });
    let unsure: Vec<Unsure> = findings.iter().filter_map(unsure_clock).chain(ends).collect();
    if unsure.is_empty() {
        return;
    }
    let reads = reads();
    for finding in findings.iter_mut().filter(|finding| finding.verdict != Verdict::Undetermined) {
        let waits_for = waits_for(graph, reads, finding.rule);
        let may_have_come = |unsure: &&Unsure| {
            let waits = match unsure.what {
                What::Clock(standard) => waits_for.iter().any(|reads| reads.standards.contains(&standard)),
                What::CaseEnd => matches!(finding.rule, Rule::Behaviour(_) | Rule::Moment(_)),
            };
            waits && decided(finding).is_none_or(|decided| decided >= unsure.since)
        };
        let unread: Vec<UnknownFact> =
            unsure.iter().filter(may_have_come).flat_map(|unsure| unsure.unread.iter().cloned()).collect();
        if !unread.is_empty() {
            finding.verdict = Verdict::Undetermined;
            finding.causes.clear();
            finding.remedies.clear();
            because(&mut finding.detail, unread);
        }
    }
}

/// What an undetermined clock may have brought about, and no finding speaks of: levels that may have fired, and clocks
/// that wait for it.
pub fn unseen(graph: &Graph, findings: &[Finding], id: &Arc<str>) -> Vec<Unseen> {
    let mut unseen = Vec::new();
    for clock in findings.iter().filter(|finding| finding.verdict == Verdict::Undetermined) {
        let (Rule::Standard(standard), Some(row)) = (clock.rule, unread_of(clock)) else { continue };
        let is_told = |rule: Rule| match rule {
            Rule::Escalation(..) => findings.iter().any(|found| {
                found.rule == rule && matches!(&found.detail, Detail::Duty(duty) if duty.clock == clock.id)
            }),
            _ => findings.iter().any(|found| found.rule == rule && found.start >= clock.start),
        };
        let escalations = graph.escalations.iter().enumerate().filter(|(_, found)| found.standard == standard);
        let levels = escalations
            .flat_map(|(index, found)| (0..found.levels.len()).map(move |level| Rule::Escalation(index, level)));
        let waits = |other: &Standard| {
            let turns = other.starts.iter().filter_map(|start| graph.turn(start.event));
            turns.into_iter().any(|turn| turn.standard == standard)
        };
        let waiting = graph.standards.iter().enumerate().filter(|(_, other)| waits(other));
        let begun = levels.chain(waiting.map(|(index, _)| Rule::Standard(index)));
        for rule in begun.filter(|rule| !is_told(*rule)) {
            unseen.push(Unseen { row: row.clone(), case: Some(id.clone()), rule: Some(rule) });
        }
    }
    unseen
}

/// The row, or the line of a cell, that leaves a finding undetermined; none if nothing unreadable does.
fn unread_of(finding: &Finding) -> Option<UnreadFact> {
    let row = finding.unread.iter().find(|fact| fact.turns).cloned();
    let malformed = finding.unknown().iter().find(|fact| fact.field.shown.is_malformed());
    let cell = malformed.and_then(|fact| fact.place.or(fact.field.place));
    row.or_else(|| cell.map(|place| UnreadFact { place, events: Vec::new(), turns: true }))
}

fn unsure_clock(finding: &Finding) -> Option<Unsure> {
    let (Rule::Standard(standard), Detail::Clock(account)) = (finding.rule, &finding.detail) else { return None };
    let unread = account.unknown.iter().filter(|fact| fact.field.shown.is_malformed());
    let unread: Vec<UnknownFact> = unread.chain(&account.unread_before).cloned().collect();
    (!unread.is_empty()).then_some(Unsure { what: What::Clock(standard), since: account.began, unread })
}

fn waits_for<'r>(graph: &Graph, reads: &'r AllReads, rule: Rule) -> Vec<&'r Reads> {
    let of_clock = |standard: usize| reads.clocks.get(standard).map(|reads| &reads.around);
    let of_action = |action: usize| reads.actions.get(action);
    match rule {
        Rule::Standard(standard) | Rule::Extension(standard, _) => of_clock(standard).into_iter().collect(),
        Rule::Escalation(escalation, _) => {
            let standard = graph.escalations.get(escalation).map(|found| found.standard);
            standard.and_then(of_clock).into_iter().collect()
        }
        Rule::Action(action) => of_action(action).into_iter().collect(),
        Rule::Approval(approval) => {
            let action = graph.approvals.get(approval).map(|found| found.action);
            action.and_then(of_action).into_iter().collect()
        }
        Rule::Behaviour(behaviour) => reads.behaviours.get(behaviour).into_iter().chain([&reads.case_end]).collect(),
        Rule::Moment(moment) => reads.moments.get(moment).into_iter().chain([&reads.case_end]).collect(),
        // What is judged over many findings is judged when these are known.
        Rule::Scorecard(_) | Rule::Journey(_) => Vec::new(),
    }
}

fn because(detail: &mut Detail, unread: Vec<UnknownFact>) {
    match detail {
        Detail::Clock(ClockDetail { unknown, .. }) => unknown.extend(unread),
        Detail::Duty(duty) => duty.unknown.extend(unread),
        Detail::Act(act) => act.unknown.extend(unread),
        Detail::Approval(approval) => approval.unknown.extend(unread),
        Detail::Extension(extension) => extension.unknown.extend(unread),
        Detail::Conduct(conduct) => conduct.unknown.extend(unread),
        Detail::Moment(_) | Detail::Score(_) | Detail::Journey(_) => {}
    }
}
