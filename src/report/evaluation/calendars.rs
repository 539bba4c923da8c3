//! The hours that counted the time, so that anybody can count it again.

use serde::Serialize;

use super::View;
use super::labels::Labels;
use super::text::Page;

use crate::calendar::{Date, DateRange, Hours, Interval};
use crate::report::drawing::words;

/// A calendar.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarView {
    /// Its name.
    pub calendar: String,
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub written: String,
    /// When it is open.
    #[serde(flatten)]
    pub hours: HoursView,
    /// The days on which other versions of the service say when it is open, and what they say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<(DaysView, HoursView)>,
}

/// When a calendar is open.
#[derive(Clone, Debug, Serialize)]
pub struct HoursView {
    /// The zone of its times and dates.
    pub zone: String,
    /// Its week: `mon..fri 09:00-12:00, 13:00-18:00`.
    pub week: Vec<String>,
    /// The days of the week that are open and are no working days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_working: Vec<&'static str>,
    /// What is received after this counts as received on the next open day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_until: Option<String>,
    /// The days on which nothing opens.
    pub closed: Vec<DaysView>,
    /// The days that have hours of their own.
    pub opened: Vec<(DaysView, String)>,
}

/// A day, or several in a row: `2026-10-01..2026-10-07`.
#[derive(Clone, Debug)]
pub struct DaysView(DateRange);

impl std::fmt::Display for DaysView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            DateRange { first, last } if last == Date::MAX => write!(f, "from {first} on"),
            DateRange { first, last } if first == last => write!(f, "{first}"),
            DateRange { first, last } => write!(f, "{first}..{last}"),
        }
    }
}

impl Serialize for DaysView {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl HoursView {
    fn new(hours: &Hours) -> Self {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let open = |intervals: &[Interval]| intervals.iter().map(Interval::to_string).collect::<Vec<_>>().join(", ");
        let not_working = DAYS.into_iter().zip(hours.not_working).filter(|(_, not)| *not);
        Self {
            zone: hours.zone.name().to_owned(),
            week: words::hours(hours),
            not_working: not_working.map(|(day, _)| day).collect(),
            received_until: hours.received_until.map(|time| time.to_string()),
            closed: hours.closed.iter().copied().map(DaysView).collect(),
            opened: hours.opened.iter().map(|(days, intervals)| (DaysView(*days), open(intervals))).collect(),
        }
    }

    /// `mon..fri 09:00-18:00, sat 10:00-16:00 and no working day (Asia/Shanghai)`
    fn in_a_line(&self) -> String {
        let mut said = self.week.join("; ");
        if !self.not_working.is_empty() {
            said += &format!("; {} not a working day", self.not_working.join(", "));
        }
        if let Some(time) = &self.received_until {
            said += &format!("; received after {time} counts as the next open day");
        }
        format!("{said} ({})", self.zone)
    }
}

impl Labels<'_> {
    /// Every calendar of the standards.
    pub(super) fn calendars(&self) -> Vec<CalendarView> {
        let calendar = |found: &crate::graph::Calendar| CalendarView {
            calendar: found.name.clone(),
            title: found.label.clone().unwrap_or_else(|| found.name.clone()),
            written: self.sources.location(found.span),
            hours: HoursView::new(&found.hours),
            replaced: found
                .hours
                .replaced
                .iter()
                .map(|(days, hours)| (DaysView(*days), HoursView::new(hours)))
                .collect(),
        };
        self.graph.calendars.iter().map(calendar).collect()
    }
}

impl Page<'_> {
    /// The section of calendars; none where there are none. Their days are listed with all stories.
    pub(super) fn calendars(&mut self, view: &View, limit: Option<usize>) {
        if view.calendars.is_empty() {
            return;
        }
        self.heading("Calendars");
        for calendar in &view.calendars {
            let hours = &calendar.hours;
            let line = format!("  {}: {}", calendar.calendar, hours.in_a_line());
            self.line(&format!("{line} · {}", calendar.written));
            self.days(hours, limit.is_none());
            for (days, hours) in &calendar.replaced {
                self.line(&format!("    {days}, by another version: {}", hours.in_a_line()));
                self.days(hours, limit.is_none());
            }
        }
    }

    fn days(&mut self, hours: &HoursView, all: bool) {
        let count = |days: &mut dyn Iterator<Item = &DaysView>| days.map(|days| days.0.dates().count()).sum::<usize>();
        let closed = count(&mut hours.closed.iter());
        let opened = count(&mut hours.opened.iter().map(|(days, _)| days));
        if closed + opened == 0 {
            return;
        }
        if !all {
            let line = format!("    closed days: {closed}, opened days: {opened} (`--stories all` lists them)");
            let line = self.paint.faint(&line);
            return self.line(&line);
        }
        let list = |days: &[DaysView]| days.iter().map(DaysView::to_string).collect::<Vec<_>>().join(", ");
        if closed > 0 {
            self.item("closed", &list(&hours.closed));
        }
        for (days, open) in &hours.opened {
            self.item("opened", &format!("{days} {open}"));
        }
    }
}
