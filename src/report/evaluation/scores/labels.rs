//! From scores to their views.

use std::collections::BTreeMap;

use super::{JourneySummary, JourneyView, LineLoss, LineView, MomentView, PartView, ScoreView, ScorecardView};

use crate::engine::{Detail, Evaluation, Exact, Finding, JourneyDetail, Rule, ScoreDetail, Tally, Verdict, exact};
use crate::graph::{Quantity, ScoreLine, Scorecard};
use crate::report::evaluation::labels::Labels;
use crate::report::rounding::shown;

/// How many cases are named as the worst.
const WORST: usize = 5;

impl Labels<'_> {
    // ── Scorecards ──────────────────────────────────────────────────────────────────────────────

    /// What a case weighs on a scorecard.
    pub(in crate::report) fn score(&self, rule: Rule, detail: &ScoreDetail) -> ScoreView {
        let scorecard = match rule {
            Rule::Scorecard(index) => self.graph.scorecards.get(index),
            _ => None,
        };
        let pass = scorecard.map(|scorecard| scorecard.pass).unwrap_or_default();
        let value = |value: &Exact| shown(value, Quantity::Number(pass));
        let lines = detail.lines.iter().filter_map(|fact| {
            let line = scorecard?.lines.get(fact.line)?;
            Some(LineView {
                group: line.group.clone(),
                points: line.points.normalize().to_string(),
                lost: points_lost(&lost(line, fact.met, fact.breached.len() as u64)),
                met: fact.met,
                breached: self.parts(&fact.breached),
                undetermined: fact.undetermined,
                open: fact.open,
            })
        });
        ScoreView {
            score: detail.score.as_ref().map(value),
            exact: detail.score.as_ref().map(Exact::to_string),
            pass: pass.normalize().to_string(),
            ends: (detail.least != detail.most).then(|| (value(&detail.least), value(&detail.most))),
            lines: lines.collect(),
            fatal: self.parts(&detail.fatal),
            rank: rank(detail).clone(),
        }
    }

    /// Findings by what they are about.
    fn parts(&self, ids: &[String]) -> Vec<PartView> {
        let of = |id: &str| self.told.get(id).map(|(rule, verdict)| (rule.name(self.graph), *verdict));
        ids.iter().map(|id| PartView { id: id.clone(), of: of(id) }).collect()
    }

    /// Every scorecard, over all cases.
    pub(in crate::report) fn scorecards(&self, evaluation: &Evaluation) -> Vec<ScorecardView> {
        let scorecards = self.graph.scorecards.iter().zip(&evaluation.population.scorecards).enumerate();
        scorecards
            .map(|(index, (scorecard, tally))| {
                let rule = Rule::Scorecard(index);
                let scored: Vec<(&Finding, &ScoreDetail)> = evaluation
                    .findings
                    .iter()
                    .filter(|finding| finding.rule == rule)
                    .filter_map(|finding| match &finding.detail {
                        Detail::Score(detail) => Some((finding, detail)),
                        _ => None,
                    })
                    .collect();
                ScorecardView {
                    scorecard: scorecard.name.clone(),
                    title: self.title(rule),
                    written: self.sources.location(scorecard.span),
                    pass: scorecard.pass.normalize().to_string(),
                    verdicts: verdicts(tally),
                    bands: bands(&scored),
                    lines: self.losses(scorecard, &scored),
                    fatal_cases: scored.iter().filter(|(_, detail)| !detail.fatal.is_empty()).count() as u64,
                    worst: worst(scorecard, &scored),
                }
            })
            .collect()
    }

    fn losses(&self, scorecard: &Scorecard, scored: &[(&Finding, &ScoreDetail)]) -> Vec<LineLoss> {
        let lines = scorecard.lines.iter().enumerate();
        lines
            .map(|(index, line)| {
                let of_line = scored.iter().flat_map(|(_, detail)| &detail.lines).filter(|fact| fact.line == index);
                let mut by: BTreeMap<String, u64> = BTreeMap::new();
                let (mut all, mut cases) = (exact(0.into()), 0);
                for fact in of_line {
                    all += lost(line, fact.met, fact.breached.len() as u64);
                    cases += u64::from(!fact.breached.is_empty());
                    for (rule, _) in fact.breached.iter().filter_map(|id| self.told.get(id.as_str())) {
                        *by.entry(rule.name(self.graph)).or_default() += 1;
                    }
                }
                LineLoss {
                    group: line.group.clone(),
                    points: line.points.normalize().to_string(),
                    lost: points_lost(&all),
                    cases,
                    by: by.into_iter().collect(),
                }
            })
            .collect()
    }

    // ── Journeys ────────────────────────────────────────────────────────────────────────────────

    /// What a journey is remembered by in a case.
    pub(in crate::report) fn journey(&self, detail: &JourneyDetail) -> JourneyView {
        JourneyView {
            score: detail.halves.map(halves),
            peak: detail.peak.map(|(moment, value)| (self.moment_name(moment), value)),
            end: detail.end,
            moments: detail
                .moments
                .iter()
                .map(|found| MomentView {
                    moment: self.moment_name(found.moment),
                    value: found.value,
                    by: self.parts(&found.by),
                })
                .collect(),
            halves: detail.halves,
        }
    }

    fn moment_name(&self, moment: usize) -> String {
        self.graph.moments.get(moment).map(|moment| moment.name.clone()).unwrap_or_default()
    }

    /// Every journey, over all cases.
    pub(in crate::report) fn journeys(&self, evaluation: &Evaluation) -> Vec<JourneySummary> {
        let journeys = self.graph.journeys.iter().zip(&evaluation.population.journeys).enumerate();
        journeys
            .map(|(index, (journey, tally))| {
                let rule = Rule::Journey(index);
                let scored = evaluation.findings.iter().filter(|finding| finding.rule == rule);
                let mut scored: Vec<(i32, &Finding)> = scored
                    .filter_map(|finding| match &finding.detail {
                        Detail::Journey(detail) => Some((detail.halves?, finding)),
                        _ => None,
                    })
                    .collect();
                scored.sort_by_key(|(score, _)| *score);
                let mut scores: BTreeMap<i32, u64> = BTreeMap::new();
                for (score, _) in &scored {
                    *scores.entry(*score).or_default() += 1;
                }
                let bound = journey.score.map(|(comparison, bound)| {
                    format!("score {} {}", comparison.words().trim_start_matches("is "), bound.normalize())
                });
                let touchpoints = journey.touchpoints.iter().filter_map(|found| self.graph.touchpoints.get(*found));
                let bad = scored.iter().filter(|(score, _)| *score < 0).take(WORST);
                JourneySummary {
                    journey: journey.name.clone(),
                    title: self.title(rule),
                    written: self.sources.location(journey.span),
                    through: touchpoints.map(|touchpoint| touchpoint.name.clone()).collect(),
                    ends_with: self.moment_name(journey.end),
                    bound,
                    verdicts: verdicts(tally),
                    scores: scores.into_iter().map(|(score, count)| (halves(score), count)).collect(),
                    worst: bad
                        .map(|(score, finding)| (halves(*score), finding.case.to_string(), finding.id.clone()))
                        .collect(),
                }
            })
            .collect()
    }
}

fn verdicts(tally: &Tally) -> Vec<(Verdict, u64)> {
    let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict, tally.of(verdict)));
    verdicts.filter(|(_, count)| *count > 0).collect()
}

/// The score by what is decided; where nothing is, the most that it can come to.
fn rank(detail: &ScoreDetail) -> &Exact {
    detail.score.as_ref().unwrap_or(&detail.most)
}

/// The points of a line that its breaches take.
fn lost(line: &ScoreLine, met: u64, breached: u64) -> Exact {
    match breached {
        0 => exact(0.into()),
        _ => exact(line.points) * exact(breached.into()) / exact((met + breached).into()),
    }
}

fn points_lost(points: &Exact) -> String {
    shown(points, Quantity::Number(0.into()))
}

/// Bands of ten points, those with any case in them.
fn bands(scored: &[(&Finding, &ScoreDetail)]) -> Vec<(u8, u8, u64)> {
    let scores: Vec<&Exact> = scored.iter().filter_map(|(_, detail)| detail.score.as_ref()).collect();
    let bands = (0..10u8).map(|band| {
        let (from, to) = (band * 10, band * 10 + 10);
        let (least, most) = (exact(from.into()), exact(to.into()));
        let within = scores.iter().filter(|score| ***score >= least && (***score < most || band == 9));
        (from, to, within.count() as u64)
    });
    bands.filter(|(.., count)| *count > 0).collect()
}

/// The cases that do not pass, those with the lowest scores first.
fn worst(scorecard: &Scorecard, scored: &[(&Finding, &ScoreDetail)]) -> Vec<(String, String, String)> {
    let failed = scored.iter().filter(|(finding, _)| finding.verdict == Verdict::Breached);
    let mut failed: Vec<(&Exact, &Finding)> = failed.map(|(finding, detail)| (rank(detail), *finding)).collect();
    failed.sort_by(|one, other| one.0.cmp(other.0));
    let told = failed.into_iter().take(WORST);
    told.map(|(score, finding)| {
        (shown(score, Quantity::Number(scorecard.pass)), finding.case.to_string(), finding.id.clone())
    })
    .collect()
}

/// A score that is told in halves: `-1.5`.
fn halves(twice: i32) -> String {
    let (sign, twice) = if twice < 0 { ("-", -twice) } else { ("", twice) };
    let half = if twice % 2 == 0 { "" } else { ".5" };
    format!("{sign}{}{half}", twice / 2)
}
