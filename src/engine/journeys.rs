//! Journeys: how a way is remembered, by its peak and by its end.
//!
//! People remember an experience by its most intense moment and by its last (Kahneman et al. 1993, "When
//! more pain is preferred to less"; Redelmeier and Kahneman 1996).

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::case_findings::of_a_whole;
use super::case_summaries::{CaseSummaries, CaseSummary, MayHaveBegun, unread};
use super::finding::{ClockDetail, Detail, Finding, JourneyDetail, MomentValue, Rule, Verdict};
use super::moments::{moment_of, moment_of_promise};

use crate::graph::{Graph, Journey};

/// The findings of every journey.
pub fn findings(graph: &Graph, all: &CaseSummaries, findings: &[Finding]) -> Vec<Finding> {
    let mut told = Vec::new();
    for per_party in [false, true] {
        if !graph.journeys.iter().any(|journey| journey.per_party == per_party) {
            continue;
        }
        for (case, (kept, of_case)) in all.together(per_party, findings) {
            let perhaps = all.perhaps(graph, per_party, case);
            let journeys = graph.journeys.iter().enumerate();
            for (index, journey) in
                journeys.filter(|(_, journey)| journey.per_party == per_party && journey.attributes.left_out.is_none())
            {
                let detail = remembered(graph, journey, &of_case, &perhaps);
                let known = (kept, of_case.as_slice(), &perhaps);
                told.extend(detail.map(|detail| finding(graph, (index, journey), case, known, detail)));
            }
        }
    }
    told
}

fn finding(
    graph: &Graph,
    (index, journey): (usize, &Journey),
    case: &Arc<str>,
    (kept, of_case, perhaps): (&CaseSummary, &[&Finding], &MayHaveBegun),
    detail: JourneyDetail,
) -> Finding {
    let rule = Rule::Journey(index);
    let is_on_the_way = |moment: Option<usize>| moment.is_some_and(|moment| on_the_way(graph, journey, moment));
    let mut rules = (0..graph.moments.len()).filter(|moment| is_on_the_way(Some(*moment)));
    let of_parties = journey.per_party || rules.any(|moment| graph.rules_at(moment).any(|(_, per_party)| per_party));
    let is_unsure = kept.is_unsure && of_parties;
    let verdict = if is_unsure { Verdict::Undetermined } else { verdict(journey, &detail) };
    let members = of_case.iter().copied().filter(|finding| is_on_the_way(moment_of(graph, finding.rule)));
    let perhaps = perhaps.iter().filter(|(promise, _)| is_on_the_way(moment_of_promise(graph, **promise)));
    let perhaps = perhaps.map(|(_, perhaps)| &perhaps.row);
    Finding {
        verdict,
        unread: if verdict == Verdict::Undetermined { unread(members, perhaps) } else { Vec::new() },
        grade: kept.journeys.get(index).cloned().unwrap_or_default(),
        ..of_a_whole(graph, rule, case, kept, Detail::Journey(detail))
    }
}

/// What a journey is remembered by; none if nothing happened at its moments.
fn remembered(
    graph: &Graph,
    journey: &Journey,
    findings: &[&Finding],
    perhaps: &MayHaveBegun,
) -> Option<JourneyDetail> {
    let on_the_way = |moment: usize| on_the_way(graph, journey, moment);
    let mut values: BTreeMap<usize, Vec<(i32, &Finding)>> = BTreeMap::new();
    let mut seen = false;
    let unread = perhaps.keys().filter_map(|promise| moment_of_promise(graph, *promise));
    let mut open = false;
    let mut undetermined = unread.filter(|moment| on_the_way(*moment)).count() as u64;
    for finding in findings {
        let Some(moment) = moment_of(graph, finding.rule).filter(|moment| on_the_way(*moment)) else { continue };
        seen = true;
        undetermined += u64::from(is_undetermined(finding));
        open |= finding.verdict.is_open();
        if let Some(value) = value_of(finding) {
            values.entry(moment).or_default().push((value, finding));
        }
    }
    let moments: Vec<MomentValue> =
        values.into_iter().filter_map(|(moment, values)| of_moment(moment, &values)).collect();
    let end = moments.iter().find(|found| found.moment == journey.end).map(|found| found.value);
    // Of two that are as intense the painful one; of two that are alike the first that is declared.
    let peak = moments.iter().max_by_key(|found| (found.value.abs(), -found.value, std::cmp::Reverse(found.moment)));
    let peak = peak.map(|peak| (peak.moment, peak.value));
    let halves = end.zip(peak).map(|(end, (_, peak))| end + peak);
    seen.then_some(JourneyDetail { peak, end, halves, moments, undetermined, open })
}

fn on_the_way(graph: &Graph, journey: &Journey, moment: usize) -> bool {
    let touchpoint = graph.moments.get(moment).and_then(|moment| moment.touchpoint);
    touchpoint.is_some_and(|touchpoint| journey.touchpoints.contains(&touchpoint))
}

/// The worst of a moment's findings, or the best if none is bad.
fn of_moment(moment: usize, values: &[(i32, &Finding)]) -> Option<MomentValue> {
    let worst = values.iter().map(|(value, _)| *value).min()?;
    let value = if worst < 0 { worst } else { values.iter().map(|(value, _)| *value).max()? };
    let by = values.iter().filter(|(of, _)| *of == value).map(|(_, finding)| finding.id.clone()).collect();
    Some(MomentValue { moment, value, by })
}

/// How much a finding is felt; nothing of what is not decided.
fn value_of(finding: &Finding) -> Option<i32> {
    match (finding.verdict, &finding.detail) {
        (Verdict::Breached, _) => Some(match finding.grade.severity.as_deref() {
            Some("minor") => -1,
            Some("critical") => -3,
            _ => -2,
        }),
        (Verdict::Met, Detail::Clock(ClockDetail { beyond_expectation: Some(true), .. })) => Some(2),
        (Verdict::Met, _) => Some(1),
        _ => None,
    }
}

/// Whether it cannot be told how much a finding is felt.
fn is_undetermined(finding: &Finding) -> bool {
    let better_than_promised =
        matches!(&finding.detail, Detail::Clock(ClockDetail { beyond_expectation: Some(_), .. }));
    finding.verdict == Verdict::Undetermined || (better_than_promised && !finding.unread.is_empty())
}

fn verdict(journey: &Journey, detail: &JourneyDetail) -> Verdict {
    let Some(halves) = detail.halves else {
        let never = detail.undetermined > 0 && !detail.open;
        return if never { Verdict::Undetermined } else { Verdict::Running };
    };
    match journey.score {
        // What cannot be told may be felt as much as anything.
        Some(_) if detail.undetermined > 0 => Verdict::Undetermined,
        Some((comparison, bound)) => {
            let bound = bound.checked_mul(Decimal::TWO).unwrap_or(bound);
            if comparison.holds(Decimal::from(halves).cmp(&bound)) { Verdict::Met } else { Verdict::Breached }
        }
        None => Verdict::Met,
    }
}
