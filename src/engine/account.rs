//! From a clock's state to its finding.

use std::sync::Arc;

use crate::calendar::{Duration, Instant};
use crate::graph::{Condition, Graph, PromiseId};
use crate::log::Event;

use super::authority::{Act, Approving};
use super::behaviours;
use super::breach_weight::weight_of;
use super::case::Case;
use super::case_summaries::CaseSummary;
use super::causes::{self, Breach};
use super::clock_run::{ClockRun, Level};
use super::duties::{NotificationDuty, Outcome};
use super::extensions::Granting;
use super::finding::{
    BreachWeight, CauseFact, ClockDetail, Detail, Evidence, EvidenceKind, Finding, NotificationDetail, Proposal, Rule,
    TargetFact, UnknownFact, Verdict,
};
use super::moments::Judged;
use super::plan::Plan;
use super::remedies;
use super::stopwatch::Goal;
use super::truth::Truth;

/// The findings of a case: of its clocks, their duties, its acts, and its behaviours.
pub fn findings(
    plan: &Plan<'_>,
    case: &Case<'_, '_>,
    id: &Arc<str>,
    clocks: Vec<ClockRun<'_>>,
    as_of: Instant,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for clock in clocks {
        let finding = of_clock(plan, case, id, &clock, as_of);
        for level in &clock.levels {
            findings.extend(of_duty(plan.graph, &finding, level));
        }
        findings.push(finding);
    }
    let mut told = Vec::new();
    for act in &case.authority.acts {
        let nth = nth(&mut told, Rule::Action(act.action), act.event.time);
        findings.push(of_act(plan.graph, case, id, nth, act));
    }
    for found in &case.authority.approvals {
        let event = if found.detail.asking { found.asked } else { found.answered };
        let at = event.map_or(Instant::MIN, |event| event.time);
        let nth = nth(&mut told, Rule::Approval(found.approval), at);
        findings.push(of_approval(plan.graph, case, id, nth, found));
    }
    for granting in &case.extensions {
        let (standard, line) = granting.of;
        let rule = Rule::Extension(standard, line);
        let nth = nth(&mut told, rule, granting.evidence.at);
        findings.push(of_extension(plan.graph, case, id, nth, rule, granting));
    }
    findings.extend(behaviours::findings(case, id, as_of));
    for judged in case.moments_of(&findings) {
        findings.push(of_moment(case, id, judged));
    }
    findings
}

/// How many of the same rule at the same instant came before.
pub(super) fn nth(told: &mut Vec<(Rule, Instant)>, rule: Rule, at: Instant) -> u32 {
    let before = told.iter().rev().take_while(|(_, earlier)| *earlier >= at);
    let before = before.filter(|(known, earlier)| *known == rule && *earlier == at).count();
    told.push((rule, at));
    u32::try_from(before).unwrap_or(u32::MAX)
}

/// The segments that a case belongs to.
pub(super) fn segments(case: &Case<'_, '_>) -> Vec<usize> {
    let facts = case.facts();
    let belongs = |segment: &usize| facts.truth(&Condition::Segment(*segment)) == Truth::True;
    (0..facts.graph.segments.len()).filter(belongs).collect()
}

fn of_clock(plan: &Plan<'_>, case: &Case<'_, '_>, id: &Arc<str>, clock: &ClockRun<'_>, as_of: Instant) -> Finding {
    let verdict = clock.verdict.unwrap_or_else(|| clock.standing(plan, as_of));
    let rule = Rule::Standard(clock.standard);
    let mut evidence = clock.evidence.clone();
    let end = clock.end.map_or(as_of, |(at, _)| at);
    let told = clock.told.iter().filter(|told| told.evidence.at <= end);
    evidence.extend(told.map(|told| told.evidence.clone()));
    evidence.sort_by_key(|evidence| (evidence.at, evidence.place));
    let facts = case.facts().about(clock.own()).started(clock.start);
    let grade = plan.graph.standards.get(clock.standard).map(|standard| weight_of(&standard.attributes, facts));
    let grade = grade.unwrap_or_default();
    let account = account(clock, verdict, as_of);
    let (causes, remedies) = match verdict {
        Verdict::Breached => {
            let promises = [PromiseId::Standard(clock.standard)];
            mend(case, Breach { promises: &promises, from: clock.start, to: end, account: Some(&account) })
        }
        _ => Default::default(),
    };
    Finding {
        id: finding_id(plan.graph, rule, id, clock.key.as_deref(), clock.start, clock.ordinal),
        rule,
        case: id.clone(),
        key: clock.key.clone(),
        verdict,
        grade,
        start: clock.start,
        ordinal: clock.ordinal,
        segments: segments(case),
        holder: case.holder.clone(),
        detail: Detail::Clock(account),
        evidence,
        unread: Vec::new(),
        causes,
        remedies,
    }
}

/// Why a promise was broken, and what could be offered for it.
pub(super) fn mend(case: &Case<'_, '_>, breach: Breach<'_>) -> (Vec<CauseFact>, Vec<Proposal>) {
    let causes = causes::explain(case, breach);
    let remedies = remedies::propose(case, breach.promises, &causes);
    (causes, remedies)
}

fn account(clock: &ClockRun<'_>, verdict: Verdict, as_of: Instant) -> ClockDetail {
    let (end, elapsed) = clock.end.unwrap_or_else(|| (as_of, clock.elapsed(as_of)));
    let due = clock.due.and_then(|due| due.at);
    let late_from = clock.late_from;
    ClockDetail {
        target: TargetFact {
            row: clock.target.row(),
            budget: clock.due.and_then(|due| match due.goal {
                Goal::Counted(budget) => Some(budget.amount),
                Goal::Fixed(_) | Goal::Never => None,
            }),
            fields: clock.target_fields.clone(),
        },
        calendar: clock.calendar,
        began: clock.began,
        due,
        stop: clock.end.map(|(at, _)| at),
        elapsed,
        elapsed_on_wall: end.since(clock.start),
        overshoot: late_from.map_or(Duration::ZERO, |(_, counted)| elapsed.saturating_sub(counted)),
        overshoot_on_wall: late_from.map_or(Duration::ZERO, |(from, _)| end.since(from)),
        pauses: clock.pauses.clone(),
        open: clock.end.is_none(),
        time_in_doubt: clock.time_in_doubt,
        beyond_expectation: clock.beyond_met,
        beyond_row: clock.beyond_met.and(clock.beyond_row),
        excused: clock.excused.clone(),
        unread_before: once_each(clock.unread_before()),
        unknown: if verdict == Verdict::Undetermined {
            once_each(clock.doubts.iter().chain(&clock.excuse_doubts))
        } else {
            Vec::new()
        },
    }
}

fn once_each<'d>(doubts: impl IntoIterator<Item = &'d UnknownFact>) -> Vec<UnknownFact> {
    let mut once: Vec<UnknownFact> = Vec::new();
    for doubt in doubts {
        if !once.contains(doubt) {
            once.push(doubt.clone());
        }
    }
    once
}

fn of_duty(graph: &Graph, clock: &Finding, level: &Level) -> Option<Finding> {
    let duty: &NotificationDuty = level.duty.as_ref().filter(|duty| !duty.belongs_before)?;
    let (escalation, step) = level.of;
    let said = graph.escalations.get(escalation)?.levels.get(step)?;
    let rule = Rule::Escalation(escalation, step);
    let mut evidence: Vec<Evidence> =
        clock.evidence.iter().filter(|found| found.deed == EvidenceKind::Started).cloned().collect();
    evidence.extend(duty.told_by.clone().or_else(|| duty.doubt.as_ref().map(|(told, _)| told.clone())));
    Some(Finding {
        id: finding_id(graph, rule, &clock.case, clock.key.as_deref(), clock.start, clock.ordinal),
        rule,
        case: clock.case.clone(),
        key: clock.key.clone(),
        verdict: duty.verdict(),
        grade: clock.grade.clone(),
        start: duty.fired,
        ordinal: clock.ordinal,
        segments: clock.segments.clone(),
        holder: clock.holder.clone(),
        detail: Detail::Duty(NotificationDetail {
            clock: clock.id.clone(),
            at: said.at,
            to: said.to,
            within: said.within,
            due: duty.due,
            done: match duty.outcome {
                Some(Outcome::Told(at)) => Some(at),
                _ => None,
            },
            ended: match duty.outcome {
                Some(Outcome::Ended(at)) => Some(at),
                _ => None,
            },
            unknown: once_each(&duty.unknown()),
        }),
        evidence,
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    })
}

fn of_act(graph: &Graph, case: &Case<'_, '_>, id: &Arc<str>, ordinal: u32, act: &Act<'_>) -> Finding {
    let rule = Rule::Action(act.action);
    let at = act.event.time;
    let promises = rule.promises(graph);
    // What the act's day may yet make a breach is explained too.
    let may_be_breached = act.verdict == Verdict::Breached || act.daily.is_some_and(|daily| daily.limit.is_some());
    let (causes, remedies) = if may_be_breached && !promises.is_empty() {
        let from = case.history.began().unwrap_or(at);
        mend(case, Breach { promises: &promises, from, to: at, account: None })
    } else {
        Default::default()
    };
    let facts = case.facts().about(act.event).started(at);
    let authority = graph.authorities_over(act.action).find_map(|index| graph.authorities.get(index));
    let mut evidence = act.earlier.clone();
    evidence.push(Evidence::of(EvidenceKind::Acted, act.event));
    Finding {
        id: finding_id(graph, rule, id, None, at, ordinal),
        rule,
        case: id.clone(),
        key: None,
        verdict: act.verdict,
        grade: authority.map(|authority| weight_of(&authority.attributes, facts)).unwrap_or_default(),
        start: at,
        ordinal,
        segments: segments(case),
        holder: case.holder.clone(),
        detail: Detail::Act(act.detail.clone()),
        evidence,
        unread: Vec::new(),
        causes,
        remedies,
    }
}

fn of_moment(case: &Case<'_, '_>, id: &Arc<str>, judged: Judged) -> Finding {
    let graph = case.graph();
    let rule = Rule::Moment(judged.moment);
    let found = graph.moments.get(judged.moment);
    Finding {
        id: finding_id(graph, rule, id, None, judged.start, 0),
        rule,
        case: id.clone(),
        key: None,
        verdict: judged.verdict,
        grade: found.map(|moment| weight_of(&moment.attributes, case.facts())).unwrap_or_default(),
        start: judged.start,
        ordinal: 0,
        segments: segments(case),
        holder: case.holder.clone(),
        detail: Detail::Moment(judged.detail),
        evidence: judged.evidence,
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}

/// A finding about a case or a party as a whole, before anything is said of it.
pub(super) fn of_a_whole(graph: &Graph, rule: Rule, id: &Arc<str>, kept: &CaseSummary, detail: Detail) -> Finding {
    Finding {
        id: finding_id(graph, rule, id, None, kept.begun, 0),
        rule,
        case: id.clone(),
        key: None,
        verdict: Verdict::Running,
        grade: BreachWeight::default(),
        start: kept.begun,
        ordinal: 0,
        segments: kept.segments.clone(),
        holder: kept.holder.clone(),
        detail,
        evidence: Vec::new(),
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}

fn of_approval(graph: &Graph, case: &Case<'_, '_>, id: &Arc<str>, ordinal: u32, found: &Approving<'_>) -> Finding {
    let rule = Rule::Approval(found.approval);
    let asked = found.asked.map(|event| Evidence::of(EvidenceKind::Asked, event));
    let granted = graph.approvals.get(found.approval).map(|approval| approval.granted);
    let answer = |event: &Event| match granted {
        Some(kind) if kind == usize::from(event.kind) => EvidenceKind::Granted,
        _ => EvidenceKind::Refused,
    };
    let answered = found.answered.map(|event| Evidence::of(answer(event), event));
    let evidence: Vec<Evidence> = asked.into_iter().chain(answered).collect();
    let start = if found.detail.asking { evidence.first() } else { evidence.last() };
    let start = start.map(|evidence| evidence.at).unwrap_or(Instant::MIN);
    Finding {
        id: finding_id(graph, rule, id, None, start, ordinal),
        rule,
        case: id.clone(),
        key: None,
        verdict: found.verdict,
        grade: BreachWeight::default(),
        start,
        ordinal,
        segments: segments(case),
        holder: case.holder.clone(),
        detail: Detail::Approval(found.detail.clone()),
        evidence,
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}

fn of_extension(
    graph: &Graph,
    case: &Case<'_, '_>,
    id: &Arc<str>,
    ordinal: u32,
    rule: Rule,
    granting: &Granting,
) -> Finding {
    Finding {
        id: finding_id(graph, rule, id, granting.key.as_deref(), granting.evidence.at, ordinal),
        rule,
        case: id.clone(),
        key: granting.key.clone(),
        verdict: granting.verdict,
        grade: BreachWeight::default(),
        start: granting.evidence.at,
        ordinal,
        segments: segments(case),
        holder: case.holder.clone(),
        detail: Detail::Extension(granting.detail.clone()),
        evidence: vec![granting.evidence.clone()],
        unread: Vec::new(),
        causes: Vec::new(),
        remedies: Vec::new(),
    }
}

/// A stable id: twelve hexadecimal digits of a hash of rule, case, key, start and ordinal.
pub(super) fn finding_id(
    graph: &Graph,
    rule: Rule,
    case: &str,
    key: Option<&str>,
    start: Instant,
    ordinal: u32,
) -> String {
    let mut hash = blake3::Hasher::new();
    let start = start.as_nanos().to_string();
    let ordinal = ordinal.to_string();
    // A standard and an action may share a name.
    let kind = match rule {
        Rule::Standard(_) => "standard",
        Rule::Escalation(..) => "escalation",
        Rule::Action(_) => "action",
        Rule::Approval(_) => "approval",
        Rule::Extension(..) => "extension",
        Rule::Moment(_) => "moment",
        Rule::Behaviour(_) => "behaviour",
        Rule::Scorecard(_) => "scorecard",
        Rule::Journey(_) => "journey",
    };
    let line = match rule {
        Rule::Extension(_, line) => format!("{} {line}", rule.name(graph)),
        _ => rule.name(graph),
    };
    for part in [kind, &line, case, key.unwrap_or_default(), &start, &ordinal] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().to_hex().chars().take(12).collect()
}
