//! Findings as stories: what happened, when, by which lines of the log, and what could be done about it.

use std::cmp::Reverse;

use super::clocks::lateness;
use super::text::Page;
use super::words::case_title;
use super::{FindingView, View};
use crate::engine::Verdict;

impl Page {
    pub(super) fn breaches(&mut self, view: &View, limit: Option<usize>) {
        let mut breaches: Vec<&FindingView> =
            view.findings.iter().filter(|finding| finding.verdict == Verdict::Breached).collect();
        if breaches.is_empty() {
            return;
        }
        breaches.sort_by_key(|finding| {
            let late = finding.clock.as_ref().map(|clock| (clock.overshoot, clock.overshoot_on_wall));
            (Reverse(severity_rank(finding.severity.as_deref())), Reverse(late))
        });
        self.heading(&format!("Breaches ({}), worst first", breaches.len()));
        self.stories(&breaches, limit);
    }

    pub(super) fn undetermined(&mut self, view: &View, limit: Option<usize>) {
        let undetermined: Vec<&FindingView> =
            view.findings.iter().filter(|finding| finding.verdict == Verdict::Undetermined).collect();
        if !undetermined.is_empty() {
            self.heading(&format!("Undetermined ({}), for a person to decide", undetermined.len()));
            self.stories(&undetermined, limit);
        }
    }

    /// What would be breached, and is excused: told with its reason, never silent.
    pub(super) fn exempt(&mut self, view: &View, limit: Option<usize>) {
        let exempt: Vec<&FindingView> =
            view.findings.iter().filter(|finding| finding.verdict == Verdict::Exempt).collect();
        if !exempt.is_empty() {
            self.heading(&format!("Exempt ({}), late and excused", exempt.len()));
            self.stories(&exempt, limit);
        }
    }

    fn stories(&mut self, findings: &[&FindingView], limit: Option<usize>) {
        let told = limit.unwrap_or(findings.len());
        for finding in findings.iter().take(told) {
            self.story(finding);
        }
        if findings.len() > told {
            let line = format!(
                "  … and {} more: `--stories all` tells them here, `--format json` gives them as data",
                findings.len() - told
            );
            self.line(&line);
        }
    }

    fn story(&mut self, finding: &FindingView) {
        let key = finding.key.as_ref().map(|(name, value)| format!(", {name} {value}")).unwrap_or_default();
        let title = self.paint.bad(&title(finding));
        self.line("");
        let party = if finding.per_party { "party of " } else { "" };
        self.line(&format!("  {title} — {party}{}{key}", case_title(&finding.case)));
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
        self.causes(finding);
        for proposal in &finding.remedies {
            for offer in &proposal.offers {
                self.item("mend", offer);
            }
            for gift in &proposal.gifts {
                let who = match (&gift.by, gift.holder_may, &finding.held_by) {
                    (None, ..) => "nobody may any more in this case".to_owned(),
                    (Some(_), true, Some(holder)) => format!("{holder} may give it"),
                    (Some(role), false, Some(holder)) => {
                        format!("{role} may give it; {holder}, who holds the case, may not")
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
            let words = format!("{}  {}{told}{by} ({}){change}", evidence.at.local, evidence.event, evidence.place);
            self.item(evidence.did, &words);
        }
    }
}

/// What happened, as the title of its story.
fn title(finding: &FindingView) -> String {
    let breached = finding.verdict == Verdict::Breached;
    match (&finding.clock, &finding.escalation, &finding.act) {
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
