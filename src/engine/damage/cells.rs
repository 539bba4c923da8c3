//! Cells that cannot be read: what hangs on a clock of which they leave it open whether, or when, it came to what.
//!
//! What a clock brings about is told where it may have happened; when it may have happened instead is not. So what
//! waits for a clock that a cell leaves undetermined is undetermined too, unless it was decided before that began.

use super::bearing::decided;
use super::reads::{AllReads, Reads};

use crate::calendar::Instant;
use crate::engine::finding::{ClockDetail, Detail, Finding, Rule, UnknownFact, UnreadFact, Verdict};
use crate::graph::Graph;

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

/// The row, or the line of a cell, that leaves open what came of something; none if nothing unreadable does.
pub fn left_open_by(finding: &Finding) -> Option<UnreadFact> {
    let row = finding.unread.iter().find(|fact| fact.turns).cloned();
    let before = match &finding.detail {
        Detail::Clock(account) => [account.unread_before.as_slice(), &account.end_unread],
        _ => [Default::default(); 2],
    };
    let undetermined = finding.unknown().iter().filter(|_| finding.verdict == Verdict::Undetermined);
    let malformed =
        undetermined.filter(|fact| fact.field.shown.is_malformed()).chain(before.into_iter().flatten()).next();
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
        Detail::Moment(moment) => moment.unknown.extend(unread),
        Detail::Score(_) | Detail::Journey(_) => {}
    }
}
