//! Where every row, case and clock went, and what was odd about the log.

use serde::Serialize;

use super::labels::Labels;
use super::text::Page;
use super::{CoarseView, DoubtfulTimesView, FarAwayView};

use crate::calendar::Instant;
use crate::engine::{Evaluation, OutsidePeriod};
use crate::log::{ManyLines, RepeatedRows, Seen};
use crate::report::serialize::is_zero;
use crate::report::words::times;

/// Where every row, case and clock went.
#[derive(Clone, Debug, Serialize)]
pub struct Reconciliation {
    /// Rows of all logs.
    pub rows_read: u64,
    /// Rows that gave events.
    pub rows_mapped: u64,
    /// Rows that could not be used.
    pub rows_set_aside: u64,
    /// Rows whose event nobody knows.
    pub rows_unknown: u64,
    /// Rows that the mapping leaves out on purpose.
    pub rows_ignored: u64,
    /// Snapshots that a later one replaced.
    pub rows_folded: u64,
    /// Rows whose times were all empty.
    pub rows_without_time: u64,
    /// Rows that repeat an earlier row, and do not count.
    #[serde(skip_serializing_if = "is_zero")]
    pub rows_repeated: u64,
    /// Which rows repeat which, by file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<RepeatedView>,
    /// Rows that say the same as an earlier row: each counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equal_rows: Option<Noted>,
    /// Rows that say nothing in the columns of `unique`: each counts.
    #[serde(skip_serializing_if = "is_zero")]
    pub rows_without_key: u64,
    /// Rows that take several lines: how many lines the longest takes, and where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub many_lines: Option<ManyLinesView>,
    /// Times that may be others than they were read as.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubtful_times: Vec<DoubtfulTimesView>,
    /// Events that stand years away from all others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub far_away: Vec<FarAwayView>,
    /// Verdicts that hang on times that are too coarse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coarse: Option<CoarseView>,
    /// Events that the rows gave.
    pub events: u64,
    /// Events after `as of`.
    pub events_after_as_of: u64,
    /// Cases with an event up to `as of`.
    pub cases: u64,
    /// Cases with a finding.
    pub cases_judged: u64,
    /// Cases in which no clock started and nothing was done that a rule speaks of.
    pub cases_without_a_clock: u64,
    /// Cases whose party the log does not say, which no rule `per party` judges.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases_without_party: Vec<String>,
    /// What began outside the dates in force, and is not judged.
    #[serde(skip_serializing_if = "is_zero")]
    pub outside_effective: u64,
    /// What began on days of other versions, which judge it.
    #[serde(skip_serializing_if = "is_zero")]
    pub of_other_versions: u64,
    /// Windows of levels that began outside the dates in force, and are not judged.
    #[serde(skip_serializing_if = "is_zero")]
    pub windows_outside: u64,
    /// Promises that are not judged, and why: drafts, and retired ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<(String, String)>,
    /// What was to be reviewed before a day that has come: the rule and the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reviews_due: Vec<(String, String)>,
    /// Clocks started or reopened.
    pub clocks_started: u64,
    /// Clocks with a verdict.
    pub clocks_judged: u64,
    /// What behaviours were asked to judge.
    #[serde(skip_serializing_if = "is_zero")]
    pub behaviours_asked: u64,
    /// What of it has a verdict, or is open.
    #[serde(skip_serializing_if = "is_zero")]
    pub behaviours_judged: u64,
    /// Open before, started, finished, open after; over the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowView>,
    /// What was judged and is not told, for it began outside the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside_period: Option<OutsidePeriodView>,
    /// Whether every sum holds.
    pub reconciles: bool,
    /// Rows set aside: place, reason, text.
    pub set_aside: Vec<SetAsideView>,
    /// Events that neither mapping nor standards know: name, rows, first place.
    pub unknown_events: Vec<Noted>,
    /// Cells that do not fit their field.
    pub malformed: Vec<Noted>,
    /// Cells that are none of the names of their field.
    pub unknown_values: Vec<Noted>,
    /// Fields of the standards that no column carries.
    pub missing_columns: Vec<String>,
    /// Events that share case and time with another.
    pub ties: u64,
    /// Those of them whose order only the file tells.
    pub ties_by_file_order: u64,
    /// Rows before the row before them, of the same case.
    pub out_of_order: u64,
    /// Local times that did not exist or existed twice.
    pub odd_local_times: u64,
}

/// Clocks over a period.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FlowView {
    /// Running at its beginning.
    pub open_before: u64,
    /// Started or reopened in it.
    pub started: u64,
    /// Ended in it.
    pub finished: u64,
    /// Running at its end.
    pub open_after: u64,
}

/// What began outside a period.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct OutsidePeriodView {
    /// Clocks.
    pub clocks: u64,
    /// Escalations that were due.
    pub escalations: u64,
    /// What behaviours looked at.
    pub behaviours: u64,
    /// Acts, approvals and grants of more time.
    pub acts: u64,
    /// Cases in which a moment of truth was looked at.
    pub moments: u64,
    /// Cases on a scorecard.
    pub scorecards: u64,
    /// Cases on a journey.
    pub journeys: u64,
    /// Windows of levels.
    pub windows: u64,
}

impl OutsidePeriodView {
    fn new(outside: OutsidePeriod) -> Self {
        let OutsidePeriod { clocks, escalations, behaviours, acts, moments, scorecards, journeys, windows } = outside;
        Self { clocks, escalations, behaviours, acts, moments, scorecards, journeys, windows }
    }

    /// `12 clocks, 3 acts`; nothing where there is nothing.
    fn in_words(self) -> Option<String> {
        let counts = [
            (self.clocks, "clocks"),
            (self.escalations, "escalations"),
            (self.behaviours, "looked at by behaviours"),
            (self.acts, "acts and approvals"),
            (self.moments, "moments of truth"),
            (self.scorecards, "scorecards"),
            (self.journeys, "journeys"),
            (self.windows, "windows of levels"),
        ];
        let words = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// A row that could not be used.
#[derive(Clone, Debug, Serialize)]
pub struct SetAsideView {
    /// `log.csv:17`
    pub place: String,
    /// Why, in words.
    pub reason: String,
    /// The row, unless private fields could show in it.
    pub text: Option<String>,
}

/// Rows that take several lines.
#[derive(Clone, Debug, Serialize)]
pub struct ManyLinesView {
    /// How many rows.
    pub rows: u64,
    /// How many lines the longest takes.
    pub longest: u64,
    /// Where it stands.
    pub place: String,
}

/// Rows of one file that repeat rows of a file.
#[derive(Clone, Debug, Serialize)]
pub struct RepeatedView {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: String,
    /// The row that counts in its place.
    pub of: String,
    /// Whether they have the same cells; else only the same key.
    pub same: bool,
}

/// Something seen in the log that nothing could be made of.
#[derive(Clone, Debug, Serialize)]
pub struct Noted {
    /// The field that it was said of; none of an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What; none of a field that is private.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// How often.
    pub count: u64,
    /// Where first.
    pub first: String,
}

impl Labels<'_> {
    pub(super) fn reconciliation(&self, evaluation: &Evaluation) -> Reconciliation {
        let (intake, population) = (self.intake, &evaluation.population);
        let noted = |field: Option<&String>, what: Option<&String>, seen: &Seen| Noted {
            field: field.cloned(),
            what: what.cloned(),
            count: seen.count,
            first: intake.place(*seen),
        };
        let unknown_values = intake
            .unknown_values
            .iter()
            .flat_map(|(field, values)| values.iter().map(move |(value, seen)| noted(Some(field), Some(value), seen)));
        let malformed = intake.malformed.iter();
        let malformed = malformed.map(|(field, found)| noted(Some(field), found.example.as_ref(), &found.seen));
        let sum = |counts: &[u64]| counts.iter().sum::<u64>();
        Reconciliation {
            rows_read: intake.rows_read,
            rows_mapped: intake.rows_mapped,
            rows_set_aside: intake.rows_set_aside(),
            rows_unknown: intake.unknown_events.values().map(|seen| seen.count).sum(),
            rows_ignored: intake.ignored.values().sum(),
            rows_folded: intake.rows_folded,
            rows_without_time: intake.rows_without_time,
            rows_repeated: intake.rows_repeated(),
            repeated: intake.repeated.iter().map(|rows| self.repeated(rows)).collect(),
            equal_rows: (intake.equal_rows.count > 0).then(|| noted(None, None, &intake.equal_rows)),
            rows_without_key: intake.rows_without_key,
            many_lines: (intake.many_lines.lines > 0).then(|| ManyLinesView {
                rows: intake.many_lines.longest.count,
                longest: intake.many_lines.lines,
                place: intake.place(intake.many_lines.longest),
            }),
            doubtful_times: self.doubtful_times(),
            far_away: self.far_away(),
            coarse: self.coarse(evaluation),
            events: population.events,
            events_after_as_of: population.events_after,
            cases: population.cases,
            cases_judged: population.cases_judged,
            cases_without_a_clock: population.cases - population.cases_judged,
            outside_effective: population.outside.of_none,
            of_other_versions: population.outside.of_other_versions,
            windows_outside: population.windows_outside,
            cases_without_party: population.without_party.iter().map(|case| case.to_string()).collect(),
            left_out: self.graph.left_out().map(|(rule, status)| (rule.to_owned(), status.to_owned())).collect(),
            reviews_due: self.reviews_due(evaluation.as_of),
            clocks_started: sum(&population.started),
            clocks_judged: sum(&population.found),
            behaviours_asked: sum(&population.asked),
            behaviours_judged: sum(&population.behaviours_found),
            flow: population.flow.map(|flow| FlowView {
                open_before: flow.open_before,
                started: flow.started,
                finished: flow.finished,
                open_after: flow.open_after,
            }),
            outside_period: evaluation.period.map(|_| OutsidePeriodView::new(population.outside_period)),
            reconciles: intake.reconciles() && population.reconciles() && intake.events == population.events,
            set_aside: intake.set_aside.iter().map(|row| self.set_aside(row)).collect(),
            unknown_events: intake.unknown_events.iter().map(|(name, seen)| noted(None, Some(name), seen)).collect(),
            malformed: malformed.collect(),
            unknown_values: unknown_values.collect(),
            missing_columns: intake.missing_columns.iter().cloned().collect(),
            ties: intake.ties,
            ties_by_file_order: intake.ties_by_file_order,
            out_of_order: intake.out_of_order_in_case,
            odd_local_times: intake.times_in_gap_or_fold,
        }
    }

    fn repeated(&self, rows: &RepeatedRows) -> RepeatedView {
        let [first, of] = [rows.first, rows.of].map(|row| self.intake.line(row));
        RepeatedView { count: rows.count, first, of, same: rows.same }
    }

    fn reviews_due(&self, as_of: Instant) -> Vec<(String, String)> {
        let today = self.graph.vocabulary.zone.date_of(as_of);
        self.graph.reviews_due(today).map(|(rule, before)| (rule.to_owned(), before.to_string())).collect()
    }

    fn set_aside(&self, row: &crate::log::SetAside) -> SetAsideView {
        let source = self.intake.sources.get(usize::from(row.source));
        SetAsideView {
            place: format!("{}:{}", source.map(|source| source.name.as_str()).unwrap_or("log"), row.line),
            reason: row.reason.to_string(),
            text: row.text.as_deref().map(str::to_owned),
        }
    }
}

impl Page<'_> {
    pub(super) fn reconciliation(&mut self, sums: &Reconciliation, limit: Option<usize>) {
        self.heading("Reconciliation");
        let mut parts = vec![format!("{} mapped", sums.rows_mapped)];
        for (count, words) in [
            (sums.rows_set_aside, "set aside"),
            (sums.rows_unknown, "of unknown events"),
            (sums.rows_ignored, "left out by the mapping"),
            (sums.rows_folded, "earlier snapshots of a case"),
            (sums.rows_without_time, "without any time"),
            (sums.rows_repeated, "repeated"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {words}"));
            }
        }
        self.line(&format!("  rows    {} read = {}", sums.rows_read, parts.join(" + ")));
        let after = match sums.events_after_as_of {
            0 => String::new(),
            after => format!(", {after} of them after `as of` and not looked at"),
        };
        self.line(&format!("  events  {}{after}", sums.events));
        self.line(&format!(
            "  cases   {} = {} judged + {} with nothing to judge",
            sums.cases, sums.cases_judged, sums.cases_without_a_clock
        ));
        if let Some(first) = sums.cases_without_party.first() {
            let count = sums.cases_without_party.len();
            self.line(&format!("  party   {count} cases whose party the log does not say, the first {first}: no rule per party judges them"));
        }
        if sums.windows_outside > 0 {
            self.line(&format!(
                "  dates   {} windows of levels that began outside the dates in force: not judged",
                sums.windows_outside
            ));
        }
        if sums.of_other_versions > 0 {
            self.line(&format!(
                "  dates   {} that began on days of other versions: judged by those",
                sums.of_other_versions
            ));
        }
        if sums.outside_effective > 0 {
            self.line(&format!(
                "  dates   {} that began outside the dates in force: not judged",
                sums.outside_effective
            ));
        }
        if !sums.left_out.is_empty() {
            let rules: Vec<String> =
                sums.left_out.iter().map(|(rule, status)| format!("`{rule}` ({status})")).collect();
            self.line(&format!("  drafts  not judged without --draft: {}", rules.join(", ")));
        }
        for (rule, before) in &sums.reviews_due {
            let line = format!("  review  `{rule}` was to be reviewed before {before}");
            self.line(&self.paint.warn(&line));
        }
        self.line(&format!("  clocks  {} started = {} with a verdict", sums.clocks_started, sums.clocks_judged));
        if sums.behaviours_asked > 0 {
            let (asked, judged) = (sums.behaviours_asked, sums.behaviours_judged);
            self.line(&format!("  conduct {asked} looked at = {judged} with a verdict"));
        }
        if let Some(flow) = sums.flow {
            self.line(&format!(
                "  period  {} running before + {} started or reopened = {} ended + {} running after",
                flow.open_before, flow.started, flow.finished, flow.open_after
            ));
        }
        if let Some(outside) = sums.outside_period.and_then(OutsidePeriodView::in_words) {
            self.line(&format!("  period  {outside}: judged, but began outside it and are not told here"));
        }
        self.notes(sums, limit);
        let closing = if sums.reconciles {
            self.paint.good("  every sum holds")
        } else {
            self.paint.bad("  these sums do not hold: this run proves nothing, please report it")
        };
        self.line(&closing);
    }

    fn repeated(&mut self, sums: &Reconciliation) {
        for RepeatedView { count, first, of, same } in &sums.repeated {
            let (rows, earlier) = if *count == 1 { ("row", "an earlier row") } else { ("rows", "earlier rows") };
            let line = if *same {
                format!("  repeated  {count} {rows}, the first {first}, the same as {of}: taken once")
            } else {
                let line = format!(
                    "  repeated  {count} {rows} with the key of {earlier} and other cells, the first {first}, against {of}: the earlier counts"
                );
                self.paint.warn(&line)
            };
            self.line(&line);
        }
        if let Some(equal) = &sums.equal_rows {
            let (count, first) = (equal.count, &equal.first);
            let rows = if count == 1 { "row says" } else { "rows say" };
            let line = format!(
                "  noted   {count} {rows} the same as an earlier row in all that is read, the first {first}: each counts; `unique` in the mapping names what tells rows apart"
            );
            self.line(&self.paint.warn(&line));
        }
        if let Some(ManyLinesView { rows, longest, place }) = &sums.many_lines {
            let line = format!("  noted   rows of several lines: {rows}, the longest of {longest} lines at {place}");
            let doubtful = *longest > ManyLines::MOST;
            self.line(&if doubtful { self.paint.warn(&line) } else { line });
        }
        if sums.rows_without_key > 0 {
            let line = format!(
                "  noted   {} rows that say nothing in the columns of `unique`: each counts",
                sums.rows_without_key
            );
            self.line(&self.paint.warn(&line));
        }
    }

    fn notes(&mut self, sums: &Reconciliation, limit: Option<usize>) {
        let told = limit.unwrap_or(sums.set_aside.len());
        for row in sums.set_aside.iter().take(told) {
            let text = row.text.as_ref().map(|text| format!(": {text}")).unwrap_or_default();
            self.line(&format!("  set aside  {} {}{text}", row.place, row.reason));
        }
        if sums.set_aside.len() > told {
            self.line(&format!(
                "  … and {} more rows set aside: `--stories all` lists them",
                sums.set_aside.len() - told
            ));
        }
        self.repeated(sums);
        self.doubtful_times(sums);
        let noted = [
            ("unknown event", &sums.unknown_events),
            ("does not fit", &sums.malformed),
            ("unknown value", &sums.unknown_values),
        ];
        for (words, list) in noted {
            for noted in list {
                let line = format!("  {words}  {}, {}, first at {}", said(noted), times(noted.count), noted.first);
                self.line(&self.paint.warn(&line));
            }
        }
        if !sums.missing_columns.is_empty() {
            self.line(&format!("  no column carries  {}", sums.missing_columns.join(", ")));
        }
        for (count, words) in [
            (sums.ties_by_file_order, "events that share case and time with another: the order of the file decides"),
            (sums.out_of_order, "rows that stand after a later row of their case, and are sorted"),
            (sums.odd_local_times, "local times that the clocks skipped or showed twice"),
        ] {
            if count > 0 {
                self.line(&format!("  noted   {count} {words}"));
            }
        }
    }
}

/// `` `resolvd` ``, `` `Value 3` of the field `level` ``
fn said(noted: &Noted) -> String {
    match (&noted.what, &noted.field) {
        (Some(what), Some(field)) => format!("`{what}` of the field `{field}`"),
        (Some(what), None) => format!("`{what}`"),
        (None, field) => format!("the field `{}`", field.as_deref().unwrap_or_default()),
    }
}
