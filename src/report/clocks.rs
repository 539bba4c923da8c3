//! Clocks: what was promised, what was counted, and what came of it.

use serde::Serialize;

use super::names::Names;
use super::text::Page;
use super::words::fact_in_words;
use super::{FindingView, Length, When};
use crate::engine::{Account, ExcuseFact, Rule, Verdict, Why};

/// The account of a clock.
#[derive(Clone, Debug, Serialize)]
pub struct ClockView {
    /// The row of the target table, as written.
    pub target: Option<String>,
    /// Where the row is written.
    pub target_written: Option<String>,
    /// What the table read: `priority is urgent`.
    pub because: Vec<String>,
    /// Counted time that the row gives.
    pub budget: Option<Length>,
    /// The calendar it counts; none is the wall clock.
    pub calendar: Option<String>,
    /// When it was or is due.
    pub due: Option<When>,
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
    pub excused_by: Option<String>,
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
}

impl Names<'_> {
    pub(super) fn clock(&self, rule: Rule, account: &Account) -> ClockView {
        let row = account.target.row.and_then(|row| self.standard(rule)?.targets.get(row));
        ClockView {
            target: row.map(|row| row.said.clone()),
            target_written: row.map(|row| self.sources.location(row.span)),
            because: account.target.fields.iter().map(fact_in_words).collect(),
            budget: account.target.budget.map(Length),
            calendar: account
                .calendar
                .and_then(|calendar| self.graph.calendars.get(calendar))
                .map(|calendar| calendar.name.clone()),
            due: account.due.map(|at| self.when(at)),
            stop: account.stop.map(|at| self.when(at)),
            open: account.open,
            elapsed: Length(account.elapsed),
            elapsed_on_wall: Length(account.elapsed_on_wall),
            overshoot: Length(account.overshoot),
            overshoot_on_wall: Length(account.overshoot_on_wall),
            pauses: account
                .pauses
                .iter()
                .map(|pause| PauseView {
                    from: self.when(pause.from),
                    to: pause.to.map(|at| self.when(at)),
                    reopened: pause.why == Why::Gap,
                    exemption: match pause.why {
                        Why::Exempt(index) => Some(self.exemption(index)),
                        Why::Paused | Why::Gap => None,
                    },
                })
                .collect(),
            beyond_expectation: account.beyond_expectation,
            excused_by: account.excused.as_ref().map(|excused| self.excuse(excused)),
        }
    }

    fn exemption(&self, index: usize) -> String {
        let found = self.graph.exemptions.get(index);
        found.map(|found| found.label.clone().unwrap_or_else(|| found.name.clone())).unwrap_or_default()
    }

    /// `Typhoon, all sites closed; notice.id is N-7`
    fn excuse(&self, excused: &ExcuseFact) -> String {
        let proof = excused.proof.as_ref().map(|proof| format!("; {}", fact_in_words(proof)));
        format!("{}{}", self.exemption(excused.exemption), proof.unwrap_or_default())
    }
}

impl Page {
    pub(super) fn clock(&mut self, finding: &FindingView, clock: &ClockView) {
        if let Some(target) = &clock.target {
            let place = clock.target_written.clone().unwrap_or_default();
            self.item("promised", &format!("{target} ({place})"));
        }
        if !clock.because.is_empty() {
            self.item("because", &clock.because.join(", "));
        }
        self.evidence(finding);
        if let Some(due) = &clock.due {
            let changed = finding.evidence.iter().any(|found| found.did == "retargeted" && found.at == *due);
            let why = if changed { ", as the target changed: by the new one it was late already" } else { "" };
            self.item("due", &format!("{}{why}", due.as_end()));
        }
        let on = match &clock.calendar {
            Some(calendar) => {
                format!("{} counted on {calendar}, {}", clock.elapsed, clock.elapsed_on_wall.on_the_wall())
            }
            None if clock.pauses.is_empty() => clock.elapsed.on_the_wall(),
            None => format!("{} without pauses, {}", clock.elapsed, clock.elapsed_on_wall.on_the_wall()),
        };
        self.item("elapsed", &on);
        for exemption in clock.pauses.iter().filter(|pause| pause.exemption.is_some()) {
            let to = exemption.to.as_ref().map_or("now", |to| to.local.as_str());
            let why = exemption.exemption.as_deref().unwrap_or_default();
            self.item("exempt", &format!("{why}: the clock stood still from {} to {to}", exemption.from.local));
        }
        if let Some(excuse) = &clock.excused_by {
            self.item("excused", excuse);
        }
        if finding.verdict == Verdict::Breached && clock.overshoot != clock.overshoot_on_wall {
            let late = format!("{} counted, {}", clock.overshoot, clock.overshoot_on_wall.on_the_wall());
            self.item("late", &late);
        }
    }
}

/// How late: on the calendar; where that was closed all the time, on the wall.
pub(super) fn lateness(clock: &ClockView) -> Length {
    if clock.overshoot.0.is_zero() { clock.overshoot_on_wall } else { clock.overshoot }
}
