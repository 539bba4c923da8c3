//! Text for people: a summary, the reconciliation, then each breach as its story, worst first.

use super::View;

use crate::engine::Verdict;
use crate::report::colour::{Lines, Paint};
use crate::report::{Format, Style, WriteError};

/// The reports of a run as text: one of each version of the standards.
#[derive(Debug)]
pub struct Text;

impl Format<[View]> for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "For people"
    }

    fn write(&self, views: &[View], style: Style) -> Result<String, WriteError> {
        let reports: Vec<String> =
            views.iter().map(|view| Lines::of(style.paint, |lines| report(view, style.stories, lines))).collect();
        Ok(reports.join(&format!("\n{}\n\n", "═".repeat(80))))
    }
}

/// The report of one version as text.
fn report(view: &View, stories: Option<usize>, lines: &mut Lines) {
    let mut page = Page { paint: lines.paint, lines };
    page.head(view);
    page.summary(view);
    page.levels(view, stories);
    page.scores(view);
    page.calendars(view, stories);
    page.reconciliation(&view.reconciliation, stories);
    page.why(view);
    page.breaches(view, stories);
    page.scores_below(view, stories);
    page.undetermined(view, stories);
    page.unseen(view, stories);
    page.exempt(view, stories);
    page.open(view, stories);
    page.anomalies(view);
    page.verdict(view);
}

pub(super) struct Page<'l> {
    lines: &'l mut Lines,
    pub(super) paint: Paint,
}

impl Page<'_> {
    pub(super) fn line(&mut self, words: &str) {
        self.lines.line(words);
    }

    pub(super) fn heading(&mut self, words: &str) {
        let heading = self.paint.heading(words);
        self.line("");
        self.line(&heading);
    }

    pub(super) fn item(&mut self, name: &str, words: &str) {
        self.line(&format!("    {name:<10} {words}"));
    }

    fn head(&mut self, view: &View) {
        if let Some(lost) = &view.too_much_lost {
            let lost = self.paint.bad(&lost.to_string());
            self.line(&lost);
        }
        let service = &view.service;
        let version = service.version.as_ref().map(|version| format!(", version {version}")).unwrap_or_default();
        let title = self.paint.heading(&format!("{}{version}", service.title));
        self.line(&title);
        if let Some((first, last)) = &service.effective {
            let until = last.as_ref().map(|last| format!(" until {last}")).unwrap_or_default();
            self.line(&format!("in force from {first}{until}"));
        }
        if let Some(status) = &service.status {
            self.line(&format!(
                "{status}{}",
                service.owner.as_ref().map(|owner| format!(" · {owner}")).unwrap_or_default()
            ));
        }
        let period = match &view.period {
            Some((from, to)) => format!("started from {} up to {} · ", from.local, to.local),
            None => String::new(),
        };
        let line = format!(
            "{period}as of {} {} · mot {} · zones {}",
            view.as_of.as_end(),
            service.timezone,
            view.mot.version,
            view.mot.zone_database
        );
        self.line(&self.paint.faint(&line));
    }

    fn verdict(&mut self, view: &View) {
        let nothing = view.findings.is_empty() && view.levels.iter().all(|level| level.results.is_empty());
        let bad = [
            counted(view.breaches().count(), "breach", "breaches"),
            counted(view.failed().count(), "scorecard failed", "scorecards failed"),
            counted(view.below().count(), "journey below its bound", "journeys below their bound"),
            counted(view.levels_missed(), "window of a level missed", "windows of levels missed"),
        ];
        let mut words: Vec<String> = bad.into_iter().flatten().map(|words| self.paint.bad(&words)).collect();
        if nothing {
            let nothing = "nothing was judged: no clock started, and nobody did what a rule speaks of";
            words.push(self.paint.bad(nothing));
        } else if words.is_empty() {
            words.push(self.paint.good("no breaches"));
        }
        let undetermined = view.count(Verdict::Undetermined);
        if undetermined > 0 {
            words.push(self.paint.warn(&format!("{undetermined} undetermined")));
        }
        let windows = view.levels_undetermined();
        if let Some(words_of) = counted(windows, "window of a level undetermined", "windows of levels undetermined") {
            words.push(self.paint.warn(&words_of));
        }
        if !view.unseen.is_empty() {
            let more = counted(view.unseen.len(), "more finding", "more findings").unwrap_or_default();
            words.push(self.paint.warn(&format!("perhaps {more}, by what cannot be read")));
        }
        self.line("");
        self.line(&words.join(", "));
    }
}

/// `1 breach`, `3 breaches`; nothing of none.
fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}
