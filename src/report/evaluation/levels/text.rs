//! Levels in text: for each what must be, then its windows and groups, those that are not met first.

use std::collections::BTreeMap;

use super::{LevelResult, LevelView};

use crate::engine::Verdict;
use crate::report::colour::Table;
use crate::report::evaluation::View;
use crate::report::evaluation::text::Page;
use crate::report::words::or_unknown;

impl Page<'_> {
    /// The section of levels; none where there are none.
    pub(in crate::report) fn levels(&mut self, view: &View, limit: Option<usize>) {
        if view.levels.is_empty() {
            return;
        }
        self.heading("Levels");
        for level in &view.levels {
            self.level(level, limit);
        }
    }

    fn level(&mut self, level: &LevelView, limit: Option<usize>) {
        let verdicts = level.verdicts.iter().map(|(verdict, count)| format!("{count} {}", in_a_word(*verdict)));
        let mut said = verdicts.collect::<Vec<_>>().join(", ");
        if said.is_empty() {
            said = "nothing to measure".into();
        }
        self.line(&format!("  {}: {said}", level.title));
        let mut about = vec![level.measure.clone(), level.written.clone()];
        about.extend(level.severity.clone());
        about.extend(level.benchmark.as_ref().map(|(value, whose)| format!("benchmark {value} ({whose})")));
        let about = self.paint.faint(&format!("    {}", about.join(" · ")));
        self.line(&about);
        let told = told(level, limit);
        let mut table = Table::default();
        told.iter().for_each(|result| table.row(row(result)));
        for (line, result) in table.lines().into_iter().zip(&told) {
            let notes = notes(level, result);
            let line = if notes.is_empty() { line } else { format!("{line}  {}", notes.join(", ")) };
            let line = match result.verdict {
                Verdict::Breached => self.paint.bad(&line),
                Verdict::Undetermined => self.paint.warn(&line),
                _ => line,
            };
            self.line(&line);
            what_follows(result).iter().for_each(|line| self.line(line));
        }
        if level.results.len() > told.len() {
            let line = format!("    … and {}: `--stories all` tells them here", left_out(level, &told));
            self.line(&self.paint.faint(&line));
        }
    }
}

/// The windows to tell, those that are not met first: all where there are few; of many only those that are
/// missed, and of those not more than other stories.
fn told(level: &LevelView, limit: Option<usize>) -> Vec<&LevelResult> {
    let mut results: Vec<&LevelResult> = level.results.iter().collect();
    // The sort is stable: of one verdict the windows keep their order.
    results.sort_by_key(|result| result.verdict);
    if let Some(limit) = limit.filter(|limit| results.len() > (*limit).max(1)) {
        results.retain(|result| result.verdict == Verdict::Breached);
        results.truncate(limit);
    }
    results
}

/// `40 more windows (2 missed, 38 met)`
fn left_out(level: &LevelView, told: &[&LevelResult]) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for result in &level.results {
        *counts.entry(result.verdict).or_default() += 1;
    }
    for result in told {
        counts.entry(result.verdict).and_modify(|count| *count -= 1);
    }
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(verdict, count)| format!("{count} {}", in_a_word(verdict))).collect();
    format!("{} more windows ({})", level.results.len() - told.len(), counts.join(", "))
}

/// What follows from a missed window: who was told, why it was missed, what could be done.
fn what_follows(result: &LevelResult) -> Vec<String> {
    let mut lines = Vec::new();
    for duty in &result.escalated {
        let by = duty.due.as_ref().map(|due| format!(" by {}", due.local)).unwrap_or_default();
        let told = match (&duty.told_by, duty.verdict) {
            (Some((at, place)), Verdict::Met) => format!("told {} ({place})", at.local),
            (Some((_, place)), Verdict::Undetermined) => format!("perhaps told: {place} does not say whom"),
            (None, Verdict::Undetermined) => {
                let row = duty.unread.as_deref().unwrap_or_default();
                format!("perhaps told{by}: {row} cannot be read")
            }
            (_, Verdict::Running) => format!("to be told{by}"),
            _ => format!("not told{by}"),
        };
        lines.push(format!("      {} {told}", duty.to));
    }
    if !result.why.is_empty() {
        let causes: Vec<String> = result.why.iter().map(|(cause, count)| format!("{cause} {count}")).collect();
        lines.push(format!("      why: {}", causes.join(", ")));
    }
    for (remedy, texts) in &result.remedies {
        lines.push(format!(
            "      remedy: {remedy}{}",
            texts.iter().map(|text| format!("; {text}")).collect::<String>()
        ));
    }
    lines
}

/// How a level stands: a level is missed, not breached.
fn in_a_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breached => "missed",
        other => other.spelling(),
    }
}

fn row(result: &LevelResult) -> Vec<String> {
    let group = result.group.iter().map(|(_, value)| or_unknown(value.as_deref())).collect::<Vec<_>>().join(" · ");
    let of = match (result.part, result.whole) {
        (Some(part), Some(whole)) => format!("{part} of {whole}"),
        (None, Some(whole)) => format!("of {whole}"),
        _ => String::new(),
    };
    vec![
        format!("    {:<12} {}", in_a_word(result.verdict), result.window),
        group,
        result.value.clone().unwrap_or_else(|| "none".into()),
        of,
    ]
}

/// A level that what is unknown could turn.
const UNKNOWN: &str = "unknown values";

/// What else is to be said of a result.
fn notes(level: &LevelView, result: &LevelResult) -> Vec<String> {
    let mut notes = Vec::new();
    match (result.undecided, &result.ends) {
        (Some(UNKNOWN), None) => notes.push("perhaps too few".to_owned()),
        (Some(UNKNOWN), Some(_)) | (None, _) => {}
        (Some(why), _) => notes.push(why.to_owned()),
    }
    if let Some(ends) = &result.ends {
        notes.push(match ends {
            (Some(least), Some(most)) => format!("between {least} and {most} by what is unknown"),
            (Some(least), None) => format!("{least} or more by what is unknown"),
            (None, Some(most)) => format!("{most} or less by what is unknown"),
            (None, None) => "any value by what is unknown".to_owned(),
        });
    }
    for (standing, words) in [("undetermined", "undetermined"), ("open", "open")] {
        if let Some(count) = result.counts.get(standing).filter(|count| **count > 0) {
            notes.push(format!("{count} {words}"));
        }
    }
    if result.unknown > 0 {
        let lines = result.unread.join(", ");
        let lines = if lines.is_empty() { lines } else { format!(" ({lines})") };
        notes.push(format!("{} unknown{lines}", result.unknown));
    }
    if result.without_value > 0 {
        notes.push(format!("{} without a value", result.without_value));
    }
    if let (Some(apart), Some(_)) = (&result.from_benchmark, &level.benchmark) {
        notes.push(format!("{apart} from the benchmark"));
    }
    notes
}
