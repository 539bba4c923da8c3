//! Scorecards and journeys in text: how they came out, what took the points, and the worst cases.

use super::{JourneySummary, JourneyView, PartView, ScoreView, ScorecardView};

use crate::engine::Verdict;
use crate::report::colour::Table;
use crate::report::evaluation::View;
use crate::report::evaluation::text::Page;

impl Page<'_> {
    /// The sections of scorecards and journeys; none where there are none.
    pub(in crate::report) fn scores(&mut self, view: &View) {
        if !view.scorecards.is_empty() {
            self.heading("Scorecards");
            view.scorecards.iter().for_each(|scorecard| self.scorecard(scorecard));
        }
        if !view.journeys.is_empty() {
            self.heading("Journeys");
            view.journeys.iter().for_each(|journey| self.journey(journey));
        }
    }

    fn scorecard(&mut self, scorecard: &ScorecardView) {
        let verdicts = in_words(&scorecard.verdicts);
        self.line(&format!("  {}, pass {}: {verdicts}", scorecard.title, scorecard.pass));
        if !scorecard.bands.is_empty() {
            let band = |(from, to, count): &(u8, u8, u64)| match to {
                100 => format!("{from}–100: {count}"),
                to => format!("{from}–{}: {count}", to - 1),
            };
            let bands: Vec<String> = scorecard.bands.iter().map(band).collect();
            self.item("scores", &bands.join(" · "));
        }
        let mut table = Table::default();
        for line in scorecard.lines.iter().filter(|line| line.cases > 0) {
            let by: Vec<String> = line.by.iter().map(|(rule, count)| format!("{rule} ({count})")).collect();
            table.row([
                format!("    lost       {}", line.group),
                format!("{} points, {} a case", line.lost, line.points),
                format!("in {} cases", line.cases),
                by.join(", "),
            ]);
        }
        table.lines().iter().for_each(|line| self.line(line));
        if scorecard.fatal_cases > 0 {
            self.item("fatal", &format!("took all points in {} cases", scorecard.fatal_cases));
        }
        self.worst(&scorecard.worst);
    }

    fn worst(&mut self, worst: &[(String, String, String)]) {
        for (score, case, id) in worst {
            self.item("worst", &format!("{score}  {case} · id {id}"));
        }
    }

    fn journey(&mut self, journey: &JourneySummary) {
        let bound = journey.bound.as_ref().map(|bound| format!(", {bound}")).unwrap_or_default();
        self.line(&format!("  {}{bound}: {}", journey.title, in_words(&journey.verdicts)));
        self.item("through", &format!("{}, ends with {}", journey.through.join(" → "), journey.ends_with));
        if !journey.scores.is_empty() {
            let scores: Vec<String> = journey.scores.iter().map(|(score, count)| format!("{score}: {count}")).collect();
            self.item("peak–end", &scores.join(" · "));
        }
        self.worst(&journey.worst);
    }

    /// The story of a case on a scorecard.
    pub(in crate::report) fn score_story(&mut self, score: &ScoreView) {
        let said = score.score.clone().unwrap_or_else(|| "none yet".into());
        let ends = score.ends.as_ref().map(|(least, most)| format!(", between {least} and {most} in the end"));
        self.item("score", &format!("{said} of 100, pass {}{}", score.pass, ends.unwrap_or_default()));
        for line in &score.lines {
            if !line.breached.is_empty() {
                let parts = in_a_line(&line.breached);
                self.item("lost", &format!("{} of {} for {}: {parts}", line.lost, line.points, line.group));
            }
            if line.undetermined + line.open > 0 {
                let undecided = format!("{} undetermined, {} open", line.undetermined, line.open);
                self.item("undecided", &format!("{}: {undecided}", line.group));
            }
        }
        if !score.fatal.is_empty() {
            self.item("fatal", &in_a_line(&score.fatal));
        }
    }

    /// The story of a case on a journey.
    pub(in crate::report) fn journey_story(&mut self, journey: &JourneyView) {
        let end = journey.end.map_or_else(|| "open".to_owned(), |end| end.to_string());
        let peak = journey.peak.as_ref().map(|(moment, value)| format!("peak {value} at {moment}, "));
        let score = journey.score.clone().unwrap_or_else(|| "none yet".into());
        self.item("peak–end", &format!("{score}: {}end {end}", peak.unwrap_or_default()));
        for moment in &journey.moments {
            self.item("moment", &format!("{} {}: {}", moment.moment, moment.value, in_a_line(&moment.by)));
        }
    }
}

/// `resolve breached (5b73c8a66bfd, 8a2f10b35c1d), answer met (a0c77f11fe14)`
fn in_a_line(parts: &[PartView]) -> String {
    let alike = parts.chunk_by(|one, next| one.of == next.of);
    let words = alike.map(|parts| {
        let ids = parts.iter().map(|part| part.id.as_str()).collect::<Vec<_>>().join(", ");
        match parts.first().and_then(|part| part.of.as_ref()) {
            Some((rule, verdict)) => format!("{rule} {} ({ids})", verdict.spelling()),
            None => format!("what began outside the period ({ids})"),
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn in_words(verdicts: &[(Verdict, u64)]) -> String {
    let words: Vec<String> =
        verdicts.iter().map(|(verdict, count)| format!("{count} {}", verdict.spelling())).collect();
    if words.is_empty() { "nothing to judge".into() } else { words.join(", ") }
}
