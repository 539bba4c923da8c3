//! Text for people: a summary, the reconciliation, then each breach as its story, worst first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::causes;
use super::paint::{Paint, Table};
use super::{
    ActView, AnomalyView, ClockView, ConductView, DutyView, FindingView, Length, Reconciliation, RuleSummary, View,
};
use crate::engine::Verdict;

/// How to write the text.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colour.
    pub paint: Paint,
    /// How many stories of each kind to tell; none is all. What is left out is said.
    pub stories: Option<usize>,
}

/// The reports of a run as text: one of each version of the standards.
pub fn reports(views: &[View], style: Style) -> String {
    let reports: Vec<String> = views.iter().map(|view| report(view, style)).collect();
    reports.join(&format!("\n{}\n\n", "═".repeat(80)))
}

/// The report of one version as text.
fn report(view: &View, style: Style) -> String {
    let mut page = Page { text: String::new(), paint: style.paint };
    page.head(view);
    page.summary(view);
    page.levels(view, style.stories);
    page.scores(view);
    page.reconciliation(&view.reconciliation, style.stories);
    page.why(view);
    page.breaches(view, style.stories);
    page.undetermined(view, style.stories);
    page.exempt(view, style.stories);
    page.anomalies(view);
    page.verdict(view);
    page.text
}

pub(super) struct Page {
    text: String,
    pub(super) paint: Paint,
}

impl Page {
    pub(super) fn line(&mut self, words: &str) {
        self.text.push_str(words);
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, words: &str) {
        let heading = self.paint.heading(words);
        self.line("");
        self.line(&heading);
    }

    // ── Head and summary ────────────────────────────────────────────────────────────────────────

    fn head(&mut self, view: &View) {
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

    fn summary(&mut self, view: &View) {
        self.heading("Summary");
        let mut table = Table::default();
        table.row(COLUMNS.map(str::to_owned));
        for touchpoint in &view.summary {
            table.row([touchpoint.title.clone()]);
            for rule in touchpoint.standards.iter().chain(&touchpoint.behaviours) {
                table.row(summary_row(rule));
            }
        }
        let others =
            [("Escalations", &view.escalations), ("Authority", &view.authority), ("Moments in control", &view.moments)];
        for (title, rules) in others {
            if !rules.is_empty() {
                table.row([title.to_owned()]);
                rules.iter().for_each(|rule| table.row(summary_row(rule)));
            }
        }
        for (index, line) in table.lines().into_iter().enumerate() {
            let line = if index == 0 { self.paint.faint(&line) } else { line };
            self.line(&line);
        }
        let all = view.summary.iter().flat_map(|found| found.standards.iter().chain(&found.behaviours));
        let other = |verdict| all.clone().map(|rule| rule.of(verdict)).sum::<u64>();
        let (cancelled, no_target) = (other(Verdict::Cancelled), other(Verdict::NoTarget));
        let exempt = match other(Verdict::Exempt) {
            0 => String::new(),
            exempt => format!(", {exempt} exempt"),
        };
        if cancelled + no_target > 0 || !exempt.is_empty() {
            let line = format!("  beside these: {cancelled} cancelled before due, {no_target} with no target{exempt}");
            self.line(&self.paint.faint(&line));
        }
    }

    // ── Reconciliation ──────────────────────────────────────────────────────────────────────────

    fn reconciliation(&mut self, sums: &Reconciliation, limit: Option<usize>) {
        self.heading("Reconciliation");
        let mut parts = vec![format!("{} mapped", sums.rows_mapped)];
        for (count, words) in [
            (sums.rows_set_aside, "set aside"),
            (sums.rows_unknown, "of unknown events"),
            (sums.rows_ignored, "left out by the mapping"),
            (sums.rows_folded, "earlier snapshots of a case"),
            (sums.rows_without_time, "without any time"),
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
        self.notes(sums, limit);
        let closing = if sums.reconciles {
            self.paint.good("  every sum holds")
        } else {
            self.paint.bad("  these sums do not hold: this run proves nothing, please report it")
        };
        self.line(&closing);
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
        let noted = [
            ("unknown event", &sums.unknown_events),
            ("does not fit its field", &sums.malformed),
            ("is no value of its field", &sums.unknown_values),
        ];
        for (words, list) in noted {
            for noted in list {
                let line = format!("  {words}  `{}`, {} times, first at {}", noted.what, noted.count, noted.first);
                self.line(&self.paint.warn(&line));
            }
        }
        if !sums.missing_columns.is_empty() {
            self.line(&format!("  no column carries  {}", sums.missing_columns.join(", ")));
        }
        for (count, words) in [
            (sums.ties_by_file_order, "events that share case and time with another: the order of the file decides"),
            (sums.out_of_order, "rows that stand after a later row of their case: sorted"),
            (sums.odd_local_times, "local times that the clocks skipped or showed twice"),
        ] {
            if count > 0 {
                self.line(&format!("  noted   {words}: {count}"));
            }
        }
    }

    fn why(&mut self, view: &View) {
        let lines = causes::lines(view);
        if !lines.is_empty() {
            let why =
                if view.why.is_empty() { "What to improve" } else { "Why promises were broken, and what to improve" };
            self.heading(why);
            lines.iter().for_each(|line| self.line(line));
        }
    }

    // ── Stories ─────────────────────────────────────────────────────────────────────────────────

    fn breaches(&mut self, view: &View, limit: Option<usize>) {
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

    fn undetermined(&mut self, view: &View, limit: Option<usize>) {
        let undetermined: Vec<&FindingView> =
            view.findings.iter().filter(|finding| finding.verdict == Verdict::Undetermined).collect();
        if !undetermined.is_empty() {
            self.heading(&format!("Undetermined ({}), for a person to decide", undetermined.len()));
            self.stories(&undetermined, limit);
        }
    }

    /// What would be breached, and is excused: told with its reason, never silent.
    fn exempt(&mut self, view: &View, limit: Option<usize>) {
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

    pub(super) fn item(&mut self, name: &str, words: &str) {
        self.line(&format!("    {name:<10} {words}"));
    }

    /// Why a promise was broken, as far as its causes tell.
    fn causes(&mut self, finding: &FindingView) {
        for cause in &finding.causes {
            let because = cause.because.join("; ");
            let title = format!("{} ({})", cause.title, cause.kind);
            if cause.holds {
                self.item("cause", &format!("{title}: {because}"));
            } else {
                self.item("cause?", &format!("{title}, which cannot be told: {because}"));
            }
        }
        if finding.unexplained {
            let held = if finding.causes.is_empty() { "holds" } else { "is known to hold" };
            self.item("cause", &format!("unexplained: no cause of this rule {held}"));
        }
    }

    /// The log lines that decided a finding.
    fn evidence(&mut self, finding: &FindingView) {
        for evidence in &finding.evidence {
            let told = evidence.told.as_ref().map(|role| format!(" to {role}")).unwrap_or_default();
            let by = evidence.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            let words = format!("{}  {}{told}{by} ({})", evidence.at.local, evidence.event, evidence.place);
            self.item(evidence.did, &words);
        }
    }

    fn clock(&mut self, finding: &FindingView, clock: &ClockView) {
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

    fn duty(&mut self, finding: &FindingView, duty: &DutyView) {
        let due = duty.due.as_ref().map(|due| format!(", by {}", due.local)).unwrap_or_default();
        self.item("missing", &format!("{} was to be told within {}{due}", duty.to, duty.within));
        self.item("because", &format!("{} of the target was reached at {}", duty.at, finding.start.local));
        self.evidence(finding);
        self.item("of", &format!("finding {}", duty.clock));
    }

    fn conduct(&mut self, finding: &FindingView, conduct: &ConductView) {
        self.item("promised", &conduct.sentence);
        if let Some(fault) = &conduct.fault {
            self.item(if finding.verdict == Verdict::Breached { "because" } else { "perhaps" }, fault);
        }
        self.evidence(finding);
    }

    fn act(&mut self, finding: &FindingView, act: &ActView) {
        if let Some(amount) = &act.amount {
            self.item("amount", amount);
        }
        if let Some(fault) = &act.fault {
            self.item("because", fault);
        }
        let shown = finding.evidence.len().saturating_sub(1) as u64;
        if act.acts_before > shown {
            self.item("before", &format!("{} acts count towards the limit, the latest {shown} here", act.acts_before));
        }
        if let Some(lost) = act.lost {
            self.item("lost", &lost.to_string());
        }
        self.evidence(finding);
    }

    /// Starts and stops without a partner, and events after the end, by what they are: each alone stands
    /// in the data formats.
    fn anomalies(&mut self, view: &View) {
        let (of_clocks, of_cases): (Vec<_>, Vec<_>) = view.anomalies.iter().partition(|odd| odd.standard.is_some());
        self.odd("Starts and stops without a partner", &of_clocks);
        self.odd("After the end of the case, the first of each", &of_cases);
    }

    fn odd(&mut self, heading: &str, anomalies: &[&AnomalyView]) {
        if anomalies.is_empty() {
            return;
        }
        self.heading(&format!("{heading} ({})", anomalies.len()));
        let mut kinds: BTreeMap<(Option<&str>, &str, &str), Vec<&AnomalyView>> = BTreeMap::new();
        for odd in anomalies {
            kinds.entry((odd.standard.as_deref(), &odd.event, odd.what)).or_default().push(odd);
        }
        for ((standard, event, what), odd) in kinds {
            let standard = standard.map(|standard| format!("{standard}: ")).unwrap_or_default();
            let first = odd
                .first()
                .map(|odd| format!("first at {} in {} ({})", odd.at.local, case_title(&odd.case), odd.place));
            let line = format!("  {standard}{event} {what}, {} times; {}", odd.len(), first.unwrap_or_default());
            self.line(&line);
        }
    }

    fn verdict(&mut self, view: &View) {
        let (breached, undetermined) = (view.count(Verdict::Breached), view.count(Verdict::Undetermined));
        let nothing = view.findings.is_empty() && view.levels.iter().all(|level| level.results.is_empty());
        let mut words = match (breached, undetermined) {
            (0, 0) if nothing => {
                self.paint.bad("nothing was judged: no clock started, and nobody did what a rule speaks of")
            }
            (0, 0) => self.paint.good("no breaches"),
            (0, open) => self.paint.warn(&format!("no breaches, {open} undetermined")),
            (1, 0) => self.paint.bad("1 breach"),
            (breached, 0) => self.paint.bad(&format!("{breached} breaches")),
            (breached, open) => self.paint.bad(&format!("{breached} breached, {open} undetermined")),
        };
        let missed = match view.levels_missed() {
            0 => String::new(),
            1 => "1 window of a level missed".to_owned(),
            missed => format!("{missed} windows of levels missed"),
        };
        if !missed.is_empty() {
            words = format!("{words}, {}", self.paint.bad(&missed));
        }
        self.line("");
        self.line(&words);
    }
}

const COLUMNS: [&str; 8] = ["", "met", "breached", "at risk", "open", "undetermined", "share met", "worst"];

fn summary_row(rule: &RuleSummary) -> Vec<String> {
    let open = rule.of(Verdict::Running) + rule.of(Verdict::Paused);
    let beyond = match rule.beyond_expectation {
        Some(beyond) => format!(" ({beyond} beyond expectation)"),
        None => String::new(),
    };
    vec![
        format!("  {}{beyond}", rule.title),
        rule.of(Verdict::Met).to_string(),
        rule.of(Verdict::Breached).to_string(),
        rule.of(Verdict::AtRisk).to_string(),
        open.to_string(),
        rule.of(Verdict::Undetermined).to_string(),
        rule.share_met.map(|share| share.to_string()).unwrap_or_default(),
        rule.worst_overshoot.as_ref().map(|(late, case)| format!("{} ({case})", late.0)).unwrap_or_default(),
    ]
}

/// What happened, as the title of its story.
fn title(finding: &FindingView) -> String {
    let breached = finding.verdict == Verdict::Breached;
    match (&finding.clock, &finding.escalation, &finding.act) {
        (Some(clock), ..) if breached && clock.open => {
            format!("{}, {} late and still running", finding.title, lateness(clock))
        }
        (Some(clock), ..) if breached => format!("{}, {} late", finding.title, lateness(clock)),
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

/// How late: on the calendar; where that was closed all the time, on the wall.
fn lateness(clock: &ClockView) -> Length {
    if clock.overshoot.0.is_zero() { clock.overshoot_on_wall } else { clock.overshoot }
}

/// "Case 7" is called so already.
fn case_title(id: &str) -> String {
    if id.to_lowercase().starts_with("case") { id.to_owned() } else { format!("case {id}") }
}

fn severity_rank(severity: Option<&str>) -> u8 {
    match severity {
        Some("critical") => 3,
        Some("major") => 2,
        Some("minor") => 1,
        _ => 0,
    }
}
