//! The verdicts of each rule, by touchpoint.

use serde::Serialize;

use super::View;
use super::labels::Labels;
use super::text::Page;

use crate::engine::{Detail, Evaluation, Rule, Tally, Verdict};
use crate::report::colour::Table;
use crate::report::{Length, Share};

/// The standards and behaviours of a touchpoint.
#[derive(Clone, Debug, Serialize)]
pub struct TouchpointSummary {
    /// Its name; none for what belongs to no touchpoint.
    pub touchpoint: Option<String>,
    /// Its title.
    pub title: String,
    /// Its standards, in the order declared.
    pub standards: Vec<RuleSummary>,
    /// Its behaviours, in the order declared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub behaviours: Vec<RuleSummary>,
}

/// Verdicts of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleSummary {
    /// The rule's name.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// The promises that it bears on: authorities by their names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<String>,
    /// How often each verdict fell; those that never did are left out.
    pub verdicts: Vec<(Verdict, u64)>,
    /// All verdicts together.
    pub total: u64,
    /// Met among met and breached.
    pub share_met: Option<Share>,
    /// How many were better than promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond_expectation: Option<u64>,
    /// The worst overshoot and the case it happened in.
    pub worst_overshoot: Option<(Length, String)>,
}

impl RuleSummary {
    /// How often a verdict fell.
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.verdicts.iter().find(|(known, _)| *known == verdict).map_or(0, |(_, count)| *count)
    }
}

impl Labels<'_> {
    pub(super) fn summary(&self, evaluation: &Evaluation) -> Vec<TouchpointSummary> {
        let touchpoints = (0..self.graph.touchpoints.len()).map(Some).chain([None]);
        let summary = touchpoints.map(|touchpoint| {
            let found = touchpoint.and_then(|index| self.graph.touchpoints.get(index));
            let standards = self.graph.standards.iter().zip(&evaluation.population.standards).enumerate();
            let standards = standards
                .filter(|(_, (standard, _))| {
                    standard.touchpoint == touchpoint && standard.attributes.left_out.is_none()
                })
                .map(|(index, (_, tally))| self.rule_summary(Rule::Standard(index), tally, evaluation));
            let behaviours = self.graph.behaviours.iter().zip(&evaluation.population.behaviours).enumerate();
            let behaviours = behaviours
                .filter(|(_, (behaviour, _))| {
                    behaviour.touchpoint == touchpoint && behaviour.attributes.left_out.is_none()
                })
                .map(|(index, (_, tally))| self.rule_summary(Rule::Behaviour(index), tally, evaluation));
            TouchpointSummary {
                touchpoint: found.map(|found| found.name.clone()),
                title: found.map_or_else(
                    || "no touchpoint".to_owned(),
                    |found| found.label.clone().unwrap_or_else(|| found.name.clone()),
                ),
                standards: standards.collect(),
                behaviours: behaviours.collect(),
            }
        });
        summary.filter(|found| !found.standards.is_empty() || !found.behaviours.is_empty()).collect()
    }

    pub(super) fn rule_summary(&self, rule: Rule, tally: &Tally, evaluation: &Evaluation) -> RuleSummary {
        let has_beyond = match rule {
            Rule::Standard(_) => self.standard(rule).is_some_and(|standard| !standard.beyond.is_empty()),
            _ => false,
        };
        let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict, tally.of(verdict)));
        let worst = evaluation.findings.iter().filter(|finding| finding.rule == rule).filter_map(|finding| {
            match (&finding.detail, finding.verdict) {
                (Detail::Clock(account), Verdict::Breached) if !self.due_is_private(rule, account) => {
                    Some((account.overshoot, account.overshoot_on_wall, finding.case.to_string()))
                }
                _ => None,
            }
        });
        // Of equal overshoots the first case; of none counted (a stop out of hours) the time on the wall.
        let worst = worst.reduce(|worst, next| if (next.0, next.1) > (worst.0, worst.1) { next } else { worst });
        let worst = worst.map(|(counted, wall, case)| (if counted.is_zero() { wall } else { counted }, case));
        let title = match rule {
            Rule::Approval(_) => format!("{}: asked and granted", self.title(rule)),
            _ => self.title(rule),
        };
        RuleSummary {
            rule: rule.name(self.graph),
            title,
            under: self.under(rule),
            verdicts: verdicts.filter(|(_, count)| *count > 0).collect(),
            total: tally.total(),
            share_met: tally.share_met().map(|(part, whole)| Share { part, whole }),
            beyond_expectation: has_beyond.then_some(tally.beyond_expectation),
            worst_overshoot: worst.map(|(overshoot, case)| (Length(overshoot), case)),
        }
    }
}

impl Page<'_> {
    pub(super) fn summary(&mut self, view: &View) {
        self.heading("Summary");
        let mut table = Table::default();
        table.row(COLUMNS.map(str::to_owned));
        for touchpoint in &view.summary {
            table.row([touchpoint.title.clone()]);
            for rule in touchpoint.standards.iter().chain(&touchpoint.behaviours) {
                table.row(summary_row(rule));
            }
        }
        let others =
            [("Escalations", &view.escalations), ("Authority", &view.authority), ("Moments in control", &view.moments)];
        for (title, rules) in others {
            if !rules.is_empty() {
                table.row([title.to_owned()]);
                rules.iter().for_each(|rule| table.row(summary_row(rule)));
            }
        }
        for (index, line) in table.lines().into_iter().enumerate() {
            let line = if index == 0 { self.paint.faint(&line) } else { line };
            self.line(&line);
        }
        let all = view.summary.iter().flat_map(|found| found.standards.iter().chain(&found.behaviours));
        let other = |verdict| all.clone().map(|rule| rule.of(verdict)).sum::<u64>();
        let (cancelled, no_target) = (other(Verdict::Cancelled), other(Verdict::NoTarget));
        let exempt = match other(Verdict::Exempt) {
            0 => String::new(),
            exempt => format!(", {exempt} exempt"),
        };
        if cancelled + no_target > 0 || !exempt.is_empty() {
            let line = format!("  beside these: {cancelled} cancelled before due, {no_target} with no target{exempt}");
            self.line(&self.paint.faint(&line));
        }
    }
}

const COLUMNS: [&str; 9] =
    ["", "met", "breached", "at risk", "running", "paused", "undetermined", "share met", "worst"];

fn summary_row(rule: &RuleSummary) -> Vec<String> {
    let beyond = match rule.beyond_expectation {
        Some(beyond) => format!(" ({beyond} beyond expectation)"),
        None => String::new(),
    };
    vec![
        format!("  {}{beyond}", rule.title),
        rule.of(Verdict::Met).to_string(),
        rule.of(Verdict::Breached).to_string(),
        rule.of(Verdict::AtRisk).to_string(),
        rule.of(Verdict::Running).to_string(),
        rule.of(Verdict::Paused).to_string(),
        rule.of(Verdict::Undetermined).to_string(),
        rule.share_met.map(|share| share.to_string()).unwrap_or_default(),
        rule.worst_overshoot.as_ref().map(|(late, case)| format!("{} ({case})", late.0)).unwrap_or_default(),
    ]
}
