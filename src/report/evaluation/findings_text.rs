//! Findings as stories: what happened, when, by which lines of the log, and what could be done about it.

use std::cmp::Reverse;

use super::clocks::lateness;
use super::text::Page;
use super::{FindingView, View};

use crate::engine::Verdict;
use crate::report::When;
use crate::report::words::{case_title, or_unknown};

impl Page<'_> {
    pub(super) fn breaches(&mut self, view: &View, limit: Option<usize>) {
        let mut breaches: Vec<&FindingView> = view.breaches().collect();
        breaches.sort_by_key(|finding| {
            let late = finding.clock.as_ref().map(|clock| (clock.overshoot, clock.overshoot_on_wall));
            (Reverse(severity_rank(finding.severity.as_deref())), Reverse(late))
        });
        self.section(&format!("Breaches ({}), worst first", breaches.len()), &breaches, limit);
    }

    /// The cases that fail a scorecard, or whose journey is below its bound: what broken promises add up to.
    pub(super) fn scores_below(&mut self, view: &View, limit: Option<usize>) {
        let mut failed: Vec<_> = view.failed().collect();
        failed.sort_by(|one, other| one.1.rank.cmp(&other.1.rank));
        let failed: Vec<&FindingView> = failed.into_iter().map(|(finding, _)| finding).collect();
        self.section(&format!("Scorecards failed ({}), lowest first", failed.len()), &failed, limit);
        let mut below: Vec<_> = view.below().collect();
        below.sort_by_key(|(_, journey)| journey.halves);
        let below: Vec<&FindingView> = below.into_iter().map(|(finding, _)| finding).collect();
        self.section(&format!("Journeys below their bound ({}), lowest first", below.len()), &below, limit);
    }

    /// What had not come to its end: what needs a hand first, first.
    pub(super) fn open(&mut self, view: &View, limit: Option<usize>) {
        // Of scorecards and journeys their own sections tell how many are open.
        let is_listed =
            |finding: &&FindingView| finding.verdict.is_open() && finding.score.is_none() && finding.journey.is_none();
        let mut open: Vec<(Option<&When>, &FindingView)> =
            view.findings.iter().filter(is_listed).map(|finding| (due(finding), finding)).collect();
        if open.is_empty() {
            return;
        }
        open.sort_by_key(|(due, finding)| {
            (finding.verdict != Verdict::AtRisk, due.is_none(), due.map(|due| due.at), finding.start.at)
        });
        let soon = open.iter().filter(|(_, finding)| finding.verdict == Verdict::AtRisk).count();
        let first = if soon > 0 { format!(", {soon} at risk first") } else { String::new() };
        self.heading(&format!("Open ({}){first}, by due", open.len()));
        let told = limit.unwrap_or(open.len());
        for (due, finding) in open.iter().take(told) {
            let line = open_line(*due, finding);
            let line = if finding.verdict == Verdict::AtRisk { self.paint.warn(&line) } else { line };
            self.line(&line);
        }
        self.left_out(open.len(), told);
    }

    pub(super) fn undetermined(&mut self, view: &View, limit: Option<usize>) {
        let undetermined: Vec<&FindingView> =
            view.findings.iter().filter(|finding| finding.verdict == Verdict::Undetermined).collect();
        let heading = format!("Undetermined ({}), for a person to decide", undetermined.len());
        self.section(&heading, &undetermined, limit);
    }

    /// What would be breached, and is excused: told with its reason, never silent.
    pub(super) fn exempt(&mut self, view: &View, limit: Option<usize>) {
        let exempt: Vec<&FindingView> =
            view.findings.iter().filter(|finding| finding.verdict == Verdict::Exempt).collect();
        self.section(&format!("Exempt ({}), late and excused", exempt.len()), &exempt, limit);
    }

    /// Findings under a heading; nothing where there are none.
    fn section(&mut self, heading: &str, findings: &[&FindingView], limit: Option<usize>) {
        if findings.is_empty() {
            return;
        }
        self.heading(heading);
        let told = limit.unwrap_or(findings.len());
        for finding in findings.iter().take(told) {
            self.story(finding);
        }
        self.left_out(findings.len(), told);
    }

    pub(super) fn left_out(&mut self, all: usize, told: usize) {
        if all > told {
            let more = all - told;
            self.line(&format!(
                "  … and {more} more: `--stories all` tells them here, `--format json` gives them as data"
            ));
        }
    }

    fn story(&mut self, finding: &FindingView) {
        let key = finding
            .key
            .as_ref()
            .map(|(name, value)| format!(", {name} {}", or_unknown(value.as_deref())))
            .unwrap_or_default();
        let title = self.paint.bad(&title(finding));
        self.line("");
        self.line(&format!("  {title} — {}{key}", subject(finding)));
        let mut about = vec![format!("rule {} ({})", finding.rule, finding.written)];
        about.extend(finding.under.iter().map(|authority| format!("under {authority}")));
        about.extend(finding.severity.clone());
        about.extend(finding.place.as_ref().map(|place| format!("at {place}")));
        if !finding.segments.is_empty() {
            about.push(finding.segments.join(", "));
        }
        about.push(format!("id {}", finding.id));
        let about = self.paint.faint(&about.join(" · "));
        self.item("", &about);
        if let Some(conduct) = &finding.conduct {
            self.conduct(finding, conduct);
        }
        match (&finding.clock, &finding.escalation, &finding.act) {
            (Some(clock), _, _) => self.clock(finding, clock),
            (_, Some(duty), _) => self.duty(finding, duty),
            (_, _, Some(act)) => self.act(finding, act),
            _ => {}
        }
        if let Some(score) = &finding.score {
            self.score_story(score);
        }
        if let Some(journey) = &finding.journey {
            self.journey_story(journey);
        }
        for because in &finding.out_of_control {
            self.item("because", because);
        }
        if !finding.out_of_control.is_empty() {
            self.evidence(finding);
        }
        for unknown in &finding.unknown {
            self.item("unknown", unknown);
        }
        for unread in &finding.unread {
            self.item("unread", &unread.to_string());
        }
        self.causes(finding);
        for proposal in &finding.remedies {
            for offer in &proposal.offers {
                self.item("mend", offer);
            }
            for gift in &proposal.gifts {
                let who = match (&gift.by, gift.holder_may, &finding.held_by) {
                    (None, ..) => "nobody may any more in this case".to_owned(),
                    (Some(_), Some(true), Some(holder)) => format!("{holder} may give it"),
                    (Some(role), Some(false), Some(holder)) => {
                        format!("{role} may give it; {holder}, who holds the case, may not")
                    }
                    (Some(role), None, Some(holder)) => {
                        format!("{role} may give it; whether {holder}, who holds the case, may is unknown")
                    }
                    (Some(role), _, None) => format!("{role} may give it"),
                };
                self.item("mend", &format!("{}: {who}", gift.gift));
            }
        }
    }

    /// The log lines that decided a finding.
    pub(super) fn evidence(&mut self, finding: &FindingView) {
        for evidence in &finding.evidence {
            let told = evidence.told.as_ref().map(|role| format!(" to {role}")).unwrap_or_default();
            let by = evidence.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            let change = evidence.change.as_ref().map(|change| format!(": {change}")).unwrap_or_default();
            let amount = evidence.amount.as_ref().map(|amount| format!(" {amount}")).unwrap_or_default();
            let (at, event, place) = (&evidence.at.local, &evidence.event, &evidence.place);
            let words = format!("{at}  {event}{amount}{told}{by} ({place}){change}");
            self.item(evidence.did, &words);
        }
    }
}

/// When it is due, if it is.
fn due(finding: &FindingView) -> Option<&When> {
    let of_clock = finding.clock.as_ref().and_then(|clock| clock.due.as_ref());
    let of_duty = finding.escalation.as_ref().and_then(|duty| duty.due.as_ref());
    of_clock.or(of_duty).or(finding.conduct.as_ref().and_then(|conduct| conduct.due.as_ref()))
}

/// `at risk   due 2026-03-02 17:00   Resolve — case T1 · 3h of 4h elapsed on office · since … · id …`
fn open_line(due: Option<&When>, finding: &FindingView) -> String {
    let due = match (due, finding.verdict) {
        (Some(due), _) => format!("due {}", due.local),
        (None, Verdict::Paused) => "due when it runs again".to_owned(),
        (None, _) => "no due".to_owned(),
    };
    let key = finding
        .key
        .as_ref()
        .map(|(name, value)| format!(", {name} {}", or_unknown(value.as_deref())))
        .unwrap_or_default();
    let mut line =
        format!("  {:<8} {due:<23}  {} — {}{key}", in_a_word(finding.verdict), finding.title, subject(finding));
    if let Some(clock) = &finding.clock {
        let of = clock.budget.map(|budget| format!(" of {budget}")).unwrap_or_default();
        let on = clock.calendar.as_ref().map(|calendar| format!(" on {calendar}")).unwrap_or_default();
        line += &format!(" · {}{of} elapsed{on}", clock.elapsed);
    }
    format!("{line} · since {} · id {}", finding.start.local, finding.id)
}

fn in_a_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::AtRisk => "at risk",
        other => other.spelling(),
    }
}

/// `case T1`, `party of case T1`
fn subject(finding: &FindingView) -> String {
    let party = if finding.per_party { "party of " } else { "" };
    format!("{party}{}", case_title(&finding.case))
}

/// What happened, as the title of its story.
fn title(finding: &FindingView) -> String {
    let breached = finding.verdict == Verdict::Breached;
    match (&finding.clock, &finding.escalation, &finding.act) {
        (Some(clock), ..) if clock.due_is_private && (breached || finding.verdict == Verdict::Exempt) => {
            format!("{}, late", finding.title)
        }
        (Some(clock), ..) if breached && clock.open => {
            format!("{}, {} late and still running", finding.title, lateness(clock))
        }
        (Some(clock), ..) if breached && lateness(clock).0.is_zero() => {
            format!("{}, late as its target changed", finding.title)
        }
        (Some(clock), ..) if breached => format!("{}, {} late", finding.title, lateness(clock)),
        (Some(clock), ..) if finding.verdict == Verdict::Exempt => {
            format!("{}, {} late and excused", finding.title, lateness(clock))
        }
        (_, Some(duty), _) if breached => format!("{}: nobody told {} at {}", duty.of, duty.to, duty.at),
        (_, Some(duty), _) => format!("{}: was {} told at {}?", duty.of, duty.to, duty.at),
        (.., Some(act)) => match (act.kind, breached) {
            ("act", true) => format!("{}: beyond authority", finding.title),
            ("asking", true) => format!("{}: asked for without need", finding.title),
            ("grant", true) => format!("{}: granted without power", finding.title),
            ("extension", true) => format!("{}, and it may not be given", finding.title),
            ("extension", false) => finding.title.clone(),
            (kind, _) => format!("{}: {kind}", finding.title),
        },
        _ if finding.score.is_some() && breached => format!("{}: not passed", finding.title),
        _ if finding.journey.is_some() && breached => format!("{}: remembered badly", finding.title),
        _ if !finding.out_of_control.is_empty() => format!("{}: out of control", finding.title),
        _ if breached && finding.conduct.is_some() => format!("{}: not kept", finding.title),
        _ => finding.title.clone(),
    }
}

fn severity_rank(severity: Option<&str>) -> u8 {
    match severity {
        Some("critical") => 3,
        Some("major") => 2,
        Some("minor") => 1,
        _ => 0,
    }
}
