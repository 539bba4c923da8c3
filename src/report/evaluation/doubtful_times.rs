//! What the times of a log leave open: columns that may be read wrongly, events years away from all others, and times
//! that are coarser than what is promised.

use std::collections::BTreeMap;

use serde::Serialize;

use super::labels::Labels;
use super::reconciliation::Reconciliation;
use super::text::Page;

use crate::calendar::Duration;
use crate::engine::{ClockDetail, Detail, Evaluation, Finding, Rule, Verdict};
use crate::graph::{Limit, Promise};
use crate::log::{Coarse, FarAway};
use crate::report::When;

/// Times of one column that may be others than they were read as.
#[derive(Clone, Debug, Serialize)]
pub struct DoubtfulTimesView {
    /// The column.
    pub column: String,
    /// Why, in words.
    pub why: String,
    /// How many.
    pub count: u64,
    /// Where the first stands.
    pub first: String,
}

/// Few events that stand years away from all others.
#[derive(Clone, Debug, Serialize)]
pub struct FarAwayView {
    /// How many.
    pub count: u64,
    /// `before` or `after` all others.
    pub side: &'static str,
    /// Where the one next to the others stands.
    pub place: String,
    /// Its time.
    pub at: When,
    /// The first, or the last, of the others.
    pub others: When,
}

/// Verdicts that hang on times that are coarser than they ought to be.
#[derive(Clone, Debug, Serialize)]
pub struct CoarseView {
    /// What all times are whole numbers of: `minutes`, `days`.
    pub unit: String,
    /// By rule, the title and how many verdicts are less than one unit from their target.
    pub hanging: Vec<(String, u64)>,
}

impl Labels<'_> {
    pub(super) fn doubtful_times(&self) -> Vec<DoubtfulTimesView> {
        let view = |times: &crate::log::DoubtfulTimes| DoubtfulTimesView {
            column: times.column.clone(),
            why: times.to_string(),
            count: times.seen.count,
            first: self.intake.place(times.seen),
        };
        self.intake.doubtful_times.iter().map(view).collect()
    }

    pub(super) fn far_away(&self) -> Vec<FarAwayView> {
        let view = |side, FarAway { seen, time, others }: FarAway| FarAwayView {
            count: seen.count,
            side,
            place: self.intake.place(seen),
            at: self.when(time),
            others: self.when(others),
        };
        let before = self.intake.far_before.map(|far| view("before", far));
        before.into_iter().chain(self.intake.far_after.map(|far| view("after", far))).collect()
    }

    /// The verdicts that the rest of a minute, or of a day, could turn.
    pub(super) fn coarse(&self, evaluation: &Evaluation) -> Option<CoarseView> {
        let coarse = self.intake.coarse?;
        let mut hanging: BTreeMap<Rule, u64> = BTreeMap::new();
        for finding in evaluation.findings.iter().filter(|finding| self.hangs_on(coarse, finding)) {
            *hanging.entry(finding.rule).or_default() += 1;
        }
        let hanging = hanging.into_iter().map(|(rule, count)| (self.title(rule), count)).collect();
        Some(CoarseView { unit: coarse.to_string(), hanging }).filter(|view| !view.hanging.is_empty())
    }

    /// Whether start and stop, each told to a unit, leave it open on which side of the target a clock ended.
    fn hangs_on(&self, coarse: Coarse, finding: &Finding) -> bool {
        let Detail::Clock(account) = &finding.detail else { return false };
        let is_final = matches!(finding.verdict, Verdict::Met | Verdict::Breached) && !account.open;
        is_final
            && self.exact_target(finding.rule, account).is_some_and(|target| {
                let apart = target.saturating_sub(account.elapsed).max(account.elapsed.saturating_sub(target));
                apart < coarse.unit()
            })
    }

    /// The target of a clock, but for days: these end at midnight, whenever in the day something happens.
    fn exact_target(&self, rule: Rule, account: &ClockDetail) -> Option<Duration> {
        let row = self.standard(rule)?.targets.get(account.target.row?)?;
        match row.promise {
            Promise::Within(Limit::Exact(_)) | Promise::AtOnce => account.target.budget,
            _ => None,
        }
    }
}

impl Page<'_> {
    pub(super) fn doubtful_times(&mut self, sums: &Reconciliation) {
        let mut lines: Vec<String> = Vec::new();
        for DoubtfulTimesView { why, first, .. } in &sums.doubtful_times {
            lines.push(format!("  doubtful  {why}; the first {first}"));
        }
        for FarAwayView { count, side, place, at, others } in &sums.far_away {
            let (stand, end) = (if *count == 1 { "event stands" } else { "events stand" }, *side == "after");
            let (last, moves) = if end { ("last", ": `as of` is not moved by it") } else { ("first", "") };
            lines.push(format!(
                "  far away  {count} {stand} years {side} all others, {at} ({place}), and the {last} of the others is {others}{moves}",
                at = at.local,
                others = others.local
            ));
        }
        if let Some(CoarseView { unit, hanging }) = &sums.coarse {
            let each: Vec<String> = hanging.iter().map(|(title, count)| format!("{count} of {title}")).collect();
            let one = unit.trim_end_matches('s');
            lines.push(format!(
                "  coarse    all times are whole {unit}: verdicts less than one {one} from their target hang on it: {}",
                each.join(", ")
            ));
        }
        for line in lines {
            self.line(&self.paint.warn(&line));
        }
    }
}
