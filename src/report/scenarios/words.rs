//! What came of a scenario, in words: what was got instead of what was expected, and why.

use crate::calendar::{Duration, Instant};
use crate::engine::{Detail, EvidenceKind, Finding, LevelFinding, Rule, Verdict};
use crate::graph::{Expectation, Expected, Graph, Judged, PromiseId, Standard};
use crate::report::When;
use crate::report::evaluation::{ClockView, DutyView, FindingView, JourneyView, LevelView, ScoreView, View};
use crate::report::words::or_unknown;
use crate::scenario::{Bearing, Outcome, Run, Seen};

/// What came of a scenario.
pub struct Came<'a> {
    /// The rules.
    pub graph: &'a Graph,
    /// The run.
    pub run: &'a Run,
    /// The same, ready to be read; findings in the order of the evaluation.
    pub view: &'a View,
}

/// Something that came of a run, in words.
struct Told {
    /// The rule, with what tells this from others of the same rule.
    whose: String,
    /// The verdict, and how late.
    short: String,
    /// What decided it.
    why: String,
}

impl Told {
    fn in_short(&self) -> String {
        format!("{}: {}", self.whose, self.short)
    }

    fn in_full(&self) -> String {
        let why = if self.why.is_empty() { String::new() } else { format!(" ({})", self.why) };
        format!("{}{why}", self.in_short())
    }
}

impl Came<'_> {
    /// What was got instead of what was expected, and why.
    pub fn instead(&self, expectation: &Expectation, outcome: &Outcome) -> (Option<String>, Vec<String>) {
        let (got, why) = match &outcome.seen {
            Seen::Nothing => self.nothing(&expectation.what),
            Seen::Elsewhere(seen) => (self.nothing_here(expectation), self.all(seen)),
            Seen::These(seen) => self.these(&expectation.what, seen),
        };
        (Some(got), why)
    }

    /// Something came of the rule, but in another case or of another key.
    fn nothing_here(&self, expectation: &Expectation) -> String {
        let case = expectation.case.and_then(|case| self.run.log.cases.get(case));
        match case.filter(|_| self.run.log.cases.len() > 1) {
            Some(case) => format!("nothing for {case}"),
            None => "nothing of that key".into(),
        }
    }

    /// The breaches that no expectation speaks of, each once.
    pub fn also_breached(&self) -> Vec<String> {
        let late = |told: &Told| told.short.split_once(", ").map(|(_, late)| format!(" {late}")).unwrap_or_default();
        let mut breached: Vec<(String, usize)> = Vec::new();
        for told in self.told(&self.run.also_breached) {
            let words = format!("{}{}", told.whose, late(&told));
            match breached.iter_mut().find(|(known, _)| *known == words) {
                Some((_, times)) => *times += 1,
                None => breached.push((words, 1)),
            }
        }
        let times = |(words, times)| if times == 1 { words } else { format!("{words} ({times} times)") };
        breached.into_iter().map(times).collect()
    }

    fn these(&self, expected: &Expected, seen: &[Bearing]) -> (String, Vec<String>) {
        let told = self.told(seen);
        let all = || told.iter().map(Told::in_full).collect();
        match (expected, told.as_slice()) {
            (Expected::Remedy(_), _) => (self.other_remedies(seen), all()),
            (Expected::Cause(_) | Expected::Unexplained(_), _) => (self.explained(seen), all()),
            (Expected::Due { .. }, [only]) => (self.findings(seen).map(due).collect(), vec![only.why.clone()]),
            (Expected::Score { most, .. }, [only]) => {
                let open = self.findings(seen).find_map(|finding| open_score(finding, most.is_some()));
                (open.unwrap_or_else(|| only.in_short()), vec![only.why.clone()])
            }
            (Expected::Verdict { .. }, [only]) => (only.short.clone(), vec![only.why.clone()]),
            (_, [only]) => (only.in_short(), vec![only.why.clone()]),
            (_, several) => (several.iter().map(Told::in_short).collect::<Vec<_>>().join("; "), all()),
        }
    }

    /// The findings among what was seen.
    fn findings(&self, seen: &[Bearing]) -> impl Iterator<Item = &FindingView> {
        seen.iter().filter_map(|bearing| match bearing {
            Bearing::Finding(index) => self.view.findings.get(*index),
            Bearing::Level(_) => None,
        })
    }

    fn other_remedies(&self, seen: &[Bearing]) -> String {
        let proposed = self.findings(seen).flat_map(|finding| &finding.remedies);
        let proposed: Vec<String> = proposed.map(|found| format!("`{}`", found.remedy)).collect();
        match proposed.as_slice() {
            [] => "nothing is proposed".into(),
            proposed => format!("proposed is {}", proposed.join(", ")),
        }
    }

    /// What explains each breach.
    fn explained(&self, seen: &[Bearing]) -> String {
        let each = self.findings(seen).map(|finding| match finding.verdict {
            Verdict::Breached => format!("{} is {}", self.whose(finding), explanation(finding)),
            _ => format!("{}: {}", self.whose(finding), short(finding)),
        });
        each.collect::<Vec<_>>().join("; ")
    }

    fn all(&self, seen: &[Bearing]) -> Vec<String> {
        self.told(seen).iter().map(Told::in_full).collect()
    }

    fn told(&self, seen: &[Bearing]) -> Vec<Told> {
        let told = seen.iter().filter_map(|bearing| match bearing {
            Bearing::Finding(index) => {
                let view = self.view.findings.get(*index)?;
                let why = self.why(view, self.run.evaluation.findings.get(*index)?);
                Some(Told { whose: self.whose(view), short: short(view), why })
            }
            Bearing::Level(index) => self.level(self.run.evaluation.levels.get(*index)?),
        });
        told.collect()
    }

    /// What came of a level in a window and group.
    fn level(&self, found: &LevelFinding) -> Option<Told> {
        let of = |level: &'_ LevelView| level.results.iter().position(|result| result.id == found.id);
        let (level, index) = self.view.levels.iter().find_map(|level| Some((level, of(level)?)))?;
        let result = level.results.get(index)?;
        let group: String =
            result.group.iter().map(|(name, value)| format!(", {name} {}", or_unknown(value.as_deref()))).collect();
        let few = result.undecided.map(|why| format!(", {why}")).unwrap_or_default();
        let mut why: Vec<String> = result.value.iter().cloned().collect();
        why.extend(result.part.zip(result.whole).map(|(part, whole)| format!("{part} of {whole}")));
        why.push(format!("asked is `{}`", level.measure));
        Some(Told {
            whose: format!("`{}` in {}{group}", level.level, result.window),
            short: format!("{}{few}", result.verdict.spelling().replace('_', " ")),
            why: why.join(", "),
        })
    }

    /// The rule, with key and case where they tell one finding from another.
    fn whose(&self, finding: &FindingView) -> String {
        let mut whose = format!("`{}`", finding.rule);
        if let Some((_, key)) = &finding.key {
            whose += &format!(" of {}", or_unknown(key.as_deref()));
        }
        if self.run.log.cases.len() > 1 {
            let case = if finding.case.is_empty() { "the unnamed case" } else { finding.case.as_str() };
            whose += &format!(" for {case}");
        }
        if finding.ordinal > 0 && finding.clock.is_some() {
            whose += " reopened";
        }
        whose
    }

    fn why(&self, finding: &FindingView, fact: &Finding) -> String {
        let mut parts: Vec<String> = Vec::new();
        if let Some(clock) = &finding.clock {
            parts = self.clock(finding, fact, clock);
        }
        if let Some(duty) = &finding.escalation {
            parts.push(duty_words(duty));
        }
        if let Some(act) = &finding.act {
            parts.extend(act.amount.clone());
            parts.extend(act.fault.clone());
        }
        parts.extend(finding.clock.iter().filter_map(|clock| Some(clock.excused_by.as_ref()?.to_string())));
        parts.extend(finding.out_of_control.iter().cloned());
        if let Some(conduct) = &finding.conduct {
            parts.push(conduct.fault.clone().unwrap_or_else(|| format!("promised is `{}`", conduct.sentence)));
        }
        parts.extend(finding.score.iter().flat_map(losses));
        parts.extend(finding.journey.iter().flat_map(remembered));
        parts.extend(finding.unknown.iter().cloned());
        parts.join(", ")
    }

    /// Due, end and pauses of a clock.
    fn clock(&self, finding: &FindingView, fact: &Finding, clock: &ClockView) -> Vec<String> {
        let as_of = self.run.evaluation.as_of;
        let now = When::new(as_of, &self.graph.vocabulary.zone);
        let mut parts = Vec::new();
        match (&clock.due, &clock.target) {
            (Some(due), Some(target)) => parts.push(format!("due {} by `{target}`", due.local)),
            (Some(due), None) => parts.push(format!("due {}", due.local)),
            (None, Some(target)) => parts.push(format!("by `{target}`")),
            (None, None) => {}
        }
        let said = clock.due.as_ref().unwrap_or(&finding.start);
        let cancelled = fact.evidence.iter().any(|line| line.deed == EvidenceKind::Cancelled);
        parts.push(match &clock.stop {
            Some(stop) if cancelled => format!("cancelled {}", beside(stop, said)),
            Some(stop) => format!("stopped {}", beside(stop, said)),
            None => format!("still running at {}", beside(&now, said)),
        });
        let paused = paused(fact, as_of);
        if !paused.is_zero() {
            parts.push(format!("paused {paused}"));
        }
        parts
    }

    // ── Nothing came ────────────────────────────────────────────────────────────────────────────

    /// Nothing came of a rule: what would have brought it about.
    fn nothing(&self, expected: &Expected) -> (String, Vec<String>) {
        let standard = |index: &usize| self.graph.standards.get(*index);
        match expected {
            Expected::Due { standard: index, .. } => self.never_started(standard(index)),
            Expected::MissingEscalation { standard: index, .. } => {
                let clocks = self.of_rule(Rule::Standard(*index));
                match clocks.is_empty() {
                    true => self.never_started(standard(index)),
                    false => ("no level that tells this role was reached".into(), self.all(&clocks)),
                }
            }
            Expected::Remedy(remedy) => {
                let mended = self.graph.remedies.get(*remedy).map(|remedy| remedy.promises.as_slice());
                ("nothing that it mends ever started".into(), self.start_with(mended.unwrap_or_default()))
            }
            Expected::NeedlessApproval(action) => {
                let asked = self.graph.approvals.iter().filter(|approval| approval.action == *action);
                let asked = asked.map(|approval| format!("asked is with `{}`", self.graph.event_name(approval.asked)));
                ("nobody asked".into(), asked.collect())
            }
            Expected::Verdict { of, .. } | Expected::Unexplained(of) | Expected::Score { of, .. } => match of {
                Judged::Promise(PromiseId::Standard(index)) => self.never_started(standard(index)),
                Judged::Promise(PromiseId::Behaviour(index)) => {
                    let promised = self.graph.behaviours.get(*index).map(|found| found.said.as_str());
                    let promised = promised.map(|said| format!("promised is `{said}`"));
                    ("nothing that it speaks of happened".into(), promised.into_iter().collect())
                }
                Judged::Promise(_) | Judged::Journey(_) => ("nothing in this scenario bears on it".into(), Vec::new()),
                Judged::Action(action) => {
                    let event = self.graph.actions.get(*action).map(|action| self.graph.event_name(action.event));
                    let done = event.map(|event| format!("it is done with `{event}`"));
                    ("nobody did it".into(), done.into_iter().collect())
                }
            },
            Expected::Cause(cause) => {
                let explained = self.graph.causes.get(*cause).map(|cause| cause.promises.as_slice());
                ("nothing that it explains ever started".into(), self.start_with(explained.unwrap_or_default()))
            }
            // Without a breach this holds.
            Expected::NoBreach(_) => (String::new(), Vec::new()),
        }
    }

    fn of_rule(&self, rule: Rule) -> Vec<Bearing> {
        let findings = self.run.evaluation.findings.iter().enumerate();
        findings.filter(|(_, finding)| finding.rule == rule).map(|(index, _)| Bearing::Finding(index)).collect()
    }

    fn never_started(&self, standard: Option<&Standard>) -> (String, Vec<String>) {
        let Some(standard) = standard else { return ("it never started".into(), Vec::new()) };
        let mut why = vec![self.starts_with(standard)];
        let happened = |event: usize| self.run.log.events.iter().any(|found| usize::from(found.kind) == event);
        why.extend(standard.starts.iter().filter(|trigger| happened(trigger.event)).filter_map(|trigger| {
            let name = self.graph.event_name(trigger.event);
            let reaches = self.graph.reaches.get(trigger.event).is_some_and(Option::is_some);
            match (reaches, &trigger.filter) {
                (true, None) => Some(format!("`{name}` happens here, but reaches no case")),
                (true, Some(_)) => {
                    Some(format!("`{name}` happens here, but reaches no case, or its `where` does not hold"))
                }
                (false, Some(_)) => Some(format!("`{name}` happens here, but its `where` does not hold")),
                (false, None) => None,
            }
        }));
        (format!("`{}` never started", standard.name), why)
    }

    /// What starts the clocks among some promises.
    fn start_with(&self, promises: &[PromiseId]) -> Vec<String> {
        let standards = promises.iter().filter_map(|promise| match promise {
            PromiseId::Standard(index) => self.graph.standards.get(*index),
            _ => None,
        });
        standards.map(|standard| self.starts_with(standard)).collect()
    }

    fn starts_with(&self, standard: &Standard) -> String {
        let mut events: Vec<String> = Vec::new();
        for trigger in &standard.starts {
            let name = format!("`{}`", self.graph.event_name(trigger.event));
            if !events.contains(&name) {
                events.push(name);
            }
        }
        format!("`{}` starts with {}", standard.name, events.join(" or "))
    }
}

/// Why it was breached: the causes that hold, and those that cannot be told.
fn explanation(finding: &FindingView) -> String {
    let told = |holds: bool| {
        let causes = finding.causes.iter().filter(move |cause| cause.holds == holds);
        let words = causes.map(|cause| match cause.because.as_slice() {
            [] => format!("`{}`", cause.cause),
            because => format!("`{}` ({})", cause.cause, because.join(", ")),
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let (holding, untold) = (told(true), told(false));
    match (holding.is_empty(), untold.is_empty()) {
        (false, _) => format!("explained by {holding}"),
        (true, false) => format!("unexplained, and it cannot be told of {untold}"),
        (true, true) => "unexplained".into(),
    }
}

/// A verdict, and how late.
fn short(finding: &FindingView) -> String {
    format!("{}{}{}", finding.verdict.spelling().replace('_', " "), late(finding), score(finding))
}

fn late(finding: &FindingView) -> String {
    match (&finding.clock, finding.verdict) {
        (Some(clock), Verdict::Breached) if clock.overshoot.0.is_zero() && !clock.overshoot_on_wall.0.is_zero() => {
            format!(", 0s late ({})", clock.overshoot_on_wall.on_the_wall())
        }
        (Some(clock), Verdict::Breached) => format!(", {} late", clock.overshoot),
        _ => String::new(),
    }
}

/// Both ends of a score that is still open, and how to expect them.
fn open_score(finding: &FindingView, is_said: bool) -> Option<String> {
    let (least, most) = finding.score.as_ref()?.ends.as_ref()?;
    let ends = format!("a score of {least} to {most}, by what is not decided");
    Some(match is_said {
        true => ends,
        false => format!("{ends}: write `expect score {least} to {most} of {}`", finding.rule),
    })
}

fn due(finding: &FindingView) -> String {
    match finding.clock.as_ref().and_then(|clock| clock.due.as_ref()) {
        Some(due) => format!("due {}", due.local),
        None => format!("no due: {}", finding.verdict.spelling().replace('_', " ")),
    }
}

/// The time over which a clock stood still, each instant once.
fn paused(finding: &Finding, as_of: Instant) -> Duration {
    let Detail::Clock(account) = &finding.detail else { return Duration::ZERO };
    let mut pauses: Vec<(Instant, Instant)> =
        account.pauses.iter().map(|pause| (pause.from, pause.to.unwrap_or(as_of))).collect();
    pauses.sort();
    let (mut whole, mut until) = (Duration::ZERO, Instant::MIN);
    for (from, to) in pauses {
        whole = whole.saturating_add(to.since(from.max(until)));
        until = until.max(to);
    }
    whole
}

/// A time; without its date where the one said before has the same.
fn beside(at: &When, before: &When) -> String {
    match (at.local.split_once(' '), before.local.split_once(' ')) {
        (Some((date, time)), Some((same, _))) if date == same => time.to_owned(),
        _ => at.local.clone(),
    }
}

fn duty_words(duty: &DutyView) -> String {
    let due = duty.due.as_ref().map(|due| format!(" by {}", due.local)).unwrap_or_default();
    match (&duty.done, &duty.ended) {
        (Some(done), _) => format!("{} was told {}", duty.to, done.local),
        (None, Some(ended)) => format!("{} need not be told any more: it ended {}", duty.to, ended.local),
        (None, None) => format!("{} was to be told{due}", duty.to),
    }
}

/// `, 80 of 100` of a scorecard, `, -0.5` of a journey.
fn score(finding: &FindingView) -> String {
    let of_scorecard = finding.score.as_ref().and_then(|score| score.score.as_ref());
    let of_journey = finding.journey.as_ref().and_then(|journey| journey.score.as_ref());
    match (of_scorecard, of_journey) {
        (Some(score), _) => format!(", {score} of 100"),
        (None, Some(score)) => format!(", {score}"),
        (None, None) => String::new(),
    }
}

/// What each line of a scorecard lost.
fn losses(score: &ScoreView) -> impl Iterator<Item = String> {
    let lost = score.lines.iter().map(|line| format!("{}: {} of {} lost", line.group, line.lost, line.points));
    lost.chain((!score.fatal.is_empty()).then(|| "a fatal breach".to_owned()))
}

/// What a journey is remembered by.
fn remembered(journey: &JourneyView) -> impl Iterator<Item = String> {
    let peak = journey.peak.as_ref().map(|(moment, value)| format!("peak {value} at {moment}"));
    peak.into_iter().chain(journey.end.map(|end| format!("end {end}")))
}
