//! Clocks: what was promised, what was counted, and what came of it.

use serde::Serialize;

use super::findings::facts_in_a_line;
use super::labels::Labels;
use super::text::Page;
use super::{FactView, FindingView};

use crate::calendar::Duration;
use crate::engine::{ClockDetail, ExcuseFact, PauseFact, Rule, Verdict, Why};
use crate::graph::Exemption;
use crate::report::{Length, When};

/// The account of a clock.
#[derive(Clone, Debug, Serialize)]
pub struct ClockView {
    /// The row of the target table, as written.
    pub target: Option<String>,
    /// Where the row is written.
    pub target_written: Option<String>,
    /// What the table read: `priority is urgent`.
    pub because: Vec<FactView>,
    /// Counted time that the row gives.
    pub budget: Option<Length>,
    /// The calendar it counts; none is the wall clock.
    pub calendar: Option<String>,
    /// When it was or is due.
    pub due: Option<When>,
    /// Whether that is what a private field says: then it is masked, and how late it was is not told.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub due_is_private: bool,
    /// When it ended.
    pub stop: Option<When>,
    /// Whether it still runs.
    pub open: bool,
    /// Counted time up to the end.
    pub elapsed: Length,
    /// Time on the wall from start to the end.
    pub elapsed_on_wall: Length,
    /// Counted time beyond due.
    pub overshoot: Length,
    /// Time on the wall beyond due.
    pub overshoot_on_wall: Length,
    /// Times that did not count: from, to, and whether it is the gap before a reopening.
    pub pauses: Vec<PauseView>,
    /// Whether it was better than promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beyond_expectation: Option<bool>,
    /// What excuses it from a breach, with its proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excused_by: Option<ExcuseView>,
}

/// What excuses a clock from a breach.
#[derive(Clone, Debug, Serialize)]
pub struct ExcuseView {
    /// The title of the exemption.
    pub exemption: String,
    /// Where it is written.
    pub written: String,
    /// Its window, if it has one: from, up to and not including.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<(When, When)>,
    /// What its condition read.
    pub because: Vec<FactView>,
    /// What proves it, where it asks for proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<FactView>,
}

impl std::fmt::Display for ExcuseView {
    /// `Typhoon (desk.mot:12:8), from 2026-03-02 00:00 to 2026-03-03 24:00, as line is M2 (log.csv:3); notice.id is N-7`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.exemption, self.written)?;
        if let Some((from, to)) = &self.window {
            write!(f, ", from {} to {}", from.local, to.as_end())?;
        }
        if !self.because.is_empty() {
            write!(f, ", as {}", facts_in_a_line(&self.because))?;
        }
        match &self.proof {
            Some(proof) => write!(f, "; {}", facts_in_a_line(std::slice::from_ref(proof))),
            None => Ok(()),
        }
    }
}

/// A time that did not count.
#[derive(Clone, Debug, Serialize)]
pub struct PauseView {
    /// From.
    pub from: When,
    /// To; none while it lasts.
    pub to: Option<When>,
    /// Whether it is the gap between a stop and a reopening.
    pub reopened: bool,
    /// The exemption that stopped the clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemption: Option<String>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

impl Labels<'_> {
    pub(super) fn clock(&self, rule: Rule, account: &ClockDetail) -> ClockView {
        let row = account.target.row.and_then(|row| self.standard(rule)?.targets.get(row));
        let private = row.is_some_and(|row| self.promises_private(row));
        let beyond = |length| Length(if private { Duration::ZERO } else { length });
        ClockView {
            target: row.map(|row| row.said.clone()),
            target_written: row.map(|row| self.sources.location(row.span)),
            because: account.target.fields.iter().map(|fact| self.fact(fact)).collect(),
            budget: account.target.budget.map(Length),
            calendar: account
                .calendar
                .and_then(|calendar| self.graph.calendars.get(calendar))
                .map(|calendar| calendar.name.clone()),
            due: account.due.map(|at| self.when_due(at, private)),
            due_is_private: private,
            stop: account.stop.map(|at| self.when(at)),
            open: account.open,
            elapsed: Length(account.elapsed),
            elapsed_on_wall: Length(account.elapsed_on_wall),
            overshoot: beyond(account.overshoot),
            overshoot_on_wall: beyond(account.overshoot_on_wall),
            pauses: account.pauses.iter().map(|pause| self.pause(pause)).collect(),
            beyond_expectation: account.beyond_expectation,
            excused_by: account.excused.as_ref().and_then(|excused| self.excuse(excused)),
        }
    }

    fn pause(&self, pause: &PauseFact) -> PauseView {
        let exemption = match pause.why {
            Why::Exempt(index) => self.graph.exemptions.get(index),
            Why::Paused | Why::Gap => None,
        };
        PauseView {
            from: self.when(pause.from),
            to: pause.to.map(|at| self.when(at)),
            reopened: pause.why == Why::Gap,
            exemption: exemption.map(title),
            written: exemption.map(|found| self.sources.location(found.span)),
        }
    }

    fn excuse(&self, excused: &ExcuseFact) -> Option<ExcuseView> {
        let exemption = self.graph.exemptions.get(excused.exemption)?;
        Some(ExcuseView {
            exemption: title(exemption),
            written: self.sources.location(exemption.span),
            window: exemption.window.map(|(from, to)| (self.when(from), self.when(to))),
            because: excused.fields.iter().map(|fact| self.fact(fact)).collect(),
            proof: excused.proof.as_ref().map(|proof| self.fact(proof)),
        })
    }
}

fn title(exemption: &Exemption) -> String {
    exemption.label.clone().unwrap_or_else(|| exemption.name.clone())
}

impl Page<'_> {
    pub(super) fn clock(&mut self, finding: &FindingView, clock: &ClockView) {
        if let Some(target) = &clock.target {
            let place = clock.target_written.clone().unwrap_or_default();
            self.item("promised", &format!("{target} ({place})"));
        }
        if !clock.because.is_empty() {
            self.item("because", &facts_in_a_line(&clock.because));
        }
        self.evidence(finding);
        let late_by_change = is_late_by_change(finding, clock);
        if let Some(due) = &clock.due {
            let why = if late_by_change { late_at_once(clock) } else { String::new() };
            self.item("due", &format!("{}{why}", due.local));
        }
        let on = match &clock.calendar {
            Some(calendar) => {
                let hours = finding.evidence.iter().filter_map(|found| found.change.as_ref()?.hours.as_ref());
                let before: String = hours.map(|hours| format!("{}, then ", hours.from)).collect();
                format!("{} counted on {before}{calendar}, {}", clock.elapsed, clock.elapsed_on_wall.on_the_wall())
            }
            None if clock.pauses.is_empty() => clock.elapsed.on_the_wall(),
            None => format!("{} without pauses, {}", clock.elapsed, clock.elapsed_on_wall.on_the_wall()),
        };
        self.item("elapsed", &on);
        for exemption in clock.pauses.iter().filter(|pause| pause.exemption.is_some()) {
            let to = exemption.to.as_ref().map_or("now", |to| to.local.as_str());
            let why = exemption.exemption.as_deref().unwrap_or_default();
            let written = exemption.written.as_deref().unwrap_or_default();
            let from = &exemption.from.local;
            self.item("exempt", &format!("{why} ({written}): the clock stood still from {from} to {to}"));
        }
        if let Some(excuse) = &clock.excused_by {
            self.item("excused", &excuse.to_string());
        }
        let is_late = matches!(finding.verdict, Verdict::Breached | Verdict::Exempt);
        let from = if late_by_change { ", from the change on" } else { "" };
        if is_late && clock.overshoot != clock.overshoot_on_wall {
            let late = format!("{} counted, {}{from}", clock.overshoot, clock.overshoot_on_wall.on_the_wall());
            self.item("late", &late);
        } else if is_late && late_by_change {
            self.item("late", &format!("{}{from}", clock.overshoot));
        }
    }
}

/// Whether it was breached as its target changed: by the new one it was late already.
fn is_late_by_change(finding: &FindingView, clock: &ClockView) -> bool {
    let late = matches!(finding.verdict, Verdict::Breached | Verdict::Exempt | Verdict::Undetermined);
    late && finding.evidence.iter().any(|found| found.change.is_some() && Some(&found.at) == clock.due.as_ref())
}

/// `, as the target changed: 7h43m had counted by then, and 30m are promised`
fn late_at_once(clock: &ClockView) -> String {
    match clock.budget {
        Some(budget) => {
            let counted = Length(clock.elapsed.0.saturating_sub(clock.overshoot.0));
            format!(", as the target changed: {counted} had counted by then, of {budget} promised")
        }
        None => ", as the target changed: what it promises lay behind already".to_owned(),
    }
}

/// How late: on the calendar; where that was closed all the time, on the wall.
pub(super) fn lateness(clock: &ClockView) -> Length {
    if clock.overshoot.0.is_zero() { clock.overshoot_on_wall } else { clock.overshoot }
}
