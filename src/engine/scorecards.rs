//! Scorecards: what the findings of a case weigh together, once all of them are final.

use std::sync::Arc;

use super::case_findings::of_a_whole;
use super::case_summaries::{CaseSummaries, CaseSummary, MayHaveBegun, unread};
use super::exact::{Exact, exact, fraction, whole};
use super::finding::{Detail, Finding, LineFact, Rule, ScoreDetail, Verdict};

use crate::graph::{Graph, PromiseId, ScoreLine, Scorecard};

/// The findings of every scorecard.
pub fn findings(graph: &Graph, all: &CaseSummaries, findings: &[Finding]) -> Vec<Finding> {
    let mut scored = Vec::new();
    for per_party in [false, true] {
        if !graph.scorecards.iter().any(|scorecard| scorecard.per_party == per_party) {
            continue;
        }
        for (case, (kept, of_case)) in all.together(per_party, findings) {
            let perhaps = all.perhaps(graph, per_party, case);
            let scorecards = graph.scorecards.iter().enumerate();
            for (index, scorecard) in scorecards
                .filter(|(_, scorecard)| scorecard.per_party == per_party && scorecard.attributes.left_out.is_none())
            {
                let detail = score(graph, scorecard, &of_case, &perhaps);
                let known = (kept, of_case.as_slice(), &perhaps);
                scored.extend(detail.map(|detail| finding(graph, (index, scorecard), case, known, detail)));
            }
        }
    }
    scored
}

fn finding(
    graph: &Graph,
    (index, scorecard): (usize, &Scorecard),
    case: &Arc<str>,
    (kept, of_case, perhaps): (&CaseSummary, &[&Finding], &MayHaveBegun),
    detail: ScoreDetail,
) -> Finding {
    let rule = Rule::Scorecard(index);
    let weighed = scorecard.lines.iter().flat_map(|line| &line.promises).chain(&scorecard.fatal);
    let weighed: Vec<PromiseId> = weighed.copied().collect();
    let of_parties = scorecard.per_party || weighed.iter().any(|promise| graph.is_per_party(*promise));
    let is_unsure = kept.is_unsure && of_parties;
    let verdict = if is_unsure { Verdict::Undetermined } else { verdict(scorecard, &detail) };
    let members = of_case.iter().copied().filter(|finding| bears_on(graph, finding, &weighed));
    let perhaps = perhaps.iter().filter(|(promise, _)| weighed.contains(promise)).map(|(_, perhaps)| &perhaps.row);
    Finding {
        verdict,
        unread: if verdict == Verdict::Undetermined { unread(members, perhaps) } else { Vec::new() },
        grade: kept.scorecards.get(index).cloned().unwrap_or_default(),
        ..of_a_whole(graph, rule, case, kept, Detail::Score(detail))
    }
}

/// The score of a case; none if no line speaks of it.
fn score(graph: &Graph, scorecard: &Scorecard, findings: &[&Finding], perhaps: &MayHaveBegun) -> Option<ScoreDetail> {
    let lines = scorecard.lines.iter().enumerate();
    let lines: Vec<LineFact> =
        lines.filter_map(|(index, line)| line_of(graph, index, line, (findings, perhaps))).collect();
    let fatal: Vec<&Finding> =
        findings.iter().copied().filter(|finding| bears_on(graph, finding, &scorecard.fatal)).collect();
    let is_fatal = fatal.iter().any(|finding| finding.verdict == Verdict::Breached);
    // A fatal breach decides the score, whatever else is known of the case, and whether anything is.
    if lines.is_empty() && !is_fatal {
        return None;
    }
    let in_doubt = fatal.iter().any(|finding| is_undecided(finding.verdict))
        || scorecard.fatal.iter().any(|promise| perhaps.contains_key(promise));
    let total = |share: fn(&LineFact) -> Option<Exact>| {
        if is_fatal {
            return Some(whole(0));
        }
        let (mut earned, mut possible) = (whole(0), whole(0));
        for (line, share) in lines.iter().filter_map(|line| Some((line, share(line)?))) {
            let points = scorecard.lines.get(line.line).map_or_else(|| whole(0), |line| exact(line.points));
            earned += share * &points;
            possible += points;
        }
        (possible != whole(0)).then(|| earned * whole(100) / possible)
    };
    let least = if in_doubt { Some(whole(0)) } else { total(|line| fraction(line.met, line.all())) };
    Some(ScoreDetail {
        score: total(|line| fraction(line.met, line.met + line.breached.len() as u64)),
        least: least.unwrap_or_else(|| whole(0)),
        most: total(|line| fraction(line.met + line.undecided(), line.all())).unwrap_or_else(|| whole(100)),
        fatal: fatal
            .iter()
            .filter(|finding| finding.verdict == Verdict::Breached)
            .map(|finding| finding.id.clone())
            .collect(),
        open: lines.iter().any(|line| line.open > 0) || fatal.iter().any(|finding| finding.verdict.is_open()),
        lines,
    })
}

/// What a line makes of the findings of a case; none if nothing in it is decided, undetermined or open.
fn line_of(
    graph: &Graph,
    index: usize,
    line: &ScoreLine,
    (findings, perhaps): (&[&Finding], &MayHaveBegun),
) -> Option<LineFact> {
    let mut fact = LineFact { line: index, met: 0, breached: Vec::new(), undetermined: 0, open: 0 };
    for finding in findings.iter().filter(|finding| bears_on(graph, finding, &line.promises)) {
        match finding.verdict {
            Verdict::Met => fact.met += 1,
            Verdict::Breached => fact.breached.push(finding.id.clone()),
            Verdict::Undetermined => fact.undetermined += 1,
            verdict if verdict.is_open() => fact.open += 1,
            _ => {}
        }
    }
    fact.undetermined +=
        line.promises.iter().filter_map(|promise| perhaps.get(promise)).map(|more| more.most).sum::<u64>();
    (fact.all() > 0).then_some(fact)
}

fn bears_on(graph: &Graph, finding: &Finding, promises: &[PromiseId]) -> bool {
    finding.rule.promises(graph).iter().any(|promise| promises.contains(promise))
}

fn is_undecided(verdict: Verdict) -> bool {
    verdict == Verdict::Undetermined || verdict.is_open()
}

fn verdict(scorecard: &Scorecard, detail: &ScoreDetail) -> Verdict {
    let pass = exact(scorecard.pass);
    if detail.least >= pass {
        Verdict::Met
    } else if detail.most < pass {
        Verdict::Breached
    } else if detail.open {
        Verdict::Running
    } else {
        Verdict::Undetermined
    }
}

impl LineFact {
    /// Findings that are undetermined or open.
    pub fn undecided(&self) -> u64 {
        self.undetermined + self.open
    }

    /// All findings that count.
    pub fn all(&self) -> u64 {
        self.met + self.breached.len() as u64 + self.undecided()
    }
}
