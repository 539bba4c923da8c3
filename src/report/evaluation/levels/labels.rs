//! From what came of levels to its view.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{LevelDutyView, LevelResult, LevelView};

use crate::engine::{
    Days, Evaluation, Exact, Finding, LevelDuty, LevelFinding, MemberOutcome, Undecided, Verdict, exact,
};
use crate::graph::{Level, Measure, PromiseId, Remedy, Unit, Window};
use crate::report::evaluation::labels::Labels;
use crate::report::rounding::{distance, fraction, in_full, shown, unit};

/// Breaches of which a cause holds, by their ids.
type Explained<'e> = BTreeMap<&'e str, &'e Finding>;

impl Labels<'_> {
    /// Every level, with all its windows and groups.
    pub(in crate::report) fn levels(&self, evaluation: &Evaluation) -> Vec<LevelView> {
        let levels = self.graph.levels.iter().enumerate();
        let explained = evaluation.findings.iter().filter(|found| found.causes.iter().any(|cause| cause.holds));
        let explained: Explained<'_> = explained.map(|found| (found.id.as_str(), found)).collect();
        levels.map(|(index, level)| self.level(index, level, evaluation, &explained)).collect()
    }

    fn level(&self, index: usize, level: &Level, evaluation: &Evaluation, explained: &Explained<'_>) -> LevelView {
        let tally = evaluation.population.levels.get(index).copied().unwrap_or_default();
        let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict, tally.of(verdict)));
        let touchpoint = level.touchpoint.and_then(|touchpoint| self.graph.touchpoints.get(touchpoint));
        let moment = level.moment.and_then(|moment| self.graph.moments.get(moment));
        let findings = evaluation.levels.iter().filter(|finding| finding.level == index);
        let benchmark = level.benchmark.as_ref();
        LevelView {
            level: level.name.clone(),
            title: level.label.clone().unwrap_or_else(|| level.name.clone()),
            written: self.sources.location(level.span),
            measure: level.said.clone(),
            touchpoint: touchpoint.map(|touchpoint| touchpoint.name.clone()),
            moment: moment.map(|moment| moment.name.clone()),
            severity: level.attributes.severity.first().map(|row| row.word.clone()),
            benchmark: benchmark.map(|said| (shown(&exact(said.value.amount()), said.value), said.whose.clone())),
            verdicts: verdicts.filter(|(_, count)| *count > 0).collect(),
            results: findings.map(|finding| self.level_result(level, finding, explained)).collect(),
        }
    }

    fn level_result(&self, level: &Level, finding: &LevelFinding, explained: &Explained<'_>) -> LevelResult {
        let value = |value: &Exact| shown(value, level.bound);
        let groups = level.groups.iter().zip(&finding.group);
        let ends = finding.ends.as_ref();
        let from_benchmark = finding.value.as_ref().zip(level.benchmark.as_ref());
        LevelResult {
            id: finding.id.clone(),
            window: window_in_a_word(level.window, finding.days),
            first_day: finding.days.first.to_string(),
            last_day: finding.days.last.to_string(),
            span: (self.when(finding.span.0), self.when(finding.span.1)),
            group: groups.map(|(group, said)| (group.name.clone(), said.as_deref().map(str::to_owned))).collect(),
            verdict: finding.verdict,
            undecided: finding.undecided.map(Undecided::spelling),
            value: finding.value.as_ref().map(value),
            exact: finding.value.as_ref().map(|value| fraction(value, level.bound)),
            unit: unit(level.bound),
            ends: ends.map(|ends| (ends.least.number().map(value), ends.most.number().map(value))),
            part: finding.part,
            whole: finding.whole,
            from_benchmark: from_benchmark.map(|(value, said)| distance(value, said.value)),
            counts: finding.members.iter().map(|(how, members)| (how.spelling(), members.len() as u64)).collect(),
            members: finding
                .members
                .iter()
                .map(|(how, members)| (how.spelling(), members.iter().map(|id| id.to_string()).collect()))
                .collect(),
            values: match self.values_are_private(level) {
                true => Vec::new(),
                false => finding.values.iter().map(|(of, count)| (in_full(*of, level.bound), *count)).collect(),
            },
            unknown: finding.unknown,
            unread: finding.unread.iter().map(|place| self.place(*place)).collect(),
            without_value: finding.without_value,
            escalated: finding.duties.iter().filter_map(|duty| self.level_duty(duty)).collect(),
            why: self.why_missed(finding, explained),
            remedies: self.level_remedies(finding),
        }
    }

    fn level_duty(&self, duty: &LevelDuty) -> Option<LevelDutyView> {
        let said = self.graph.level_escalations.get(duty.escalation)?;
        Some(LevelDutyView {
            to: self.role(said.to),
            written: self.sources.location(said.span),
            due: duty.due.map(|due| self.when(due)),
            verdict: duty.verdict,
            told_by: duty.told_by.as_ref().map(|told| (self.when(told.at), self.place(told.place))),
            unread: duty.unread.map(|place| self.place(place)),
        })
    }

    fn level_remedies(&self, finding: &LevelFinding) -> Vec<(String, Vec<String>)> {
        let meant = |remedy: &&Remedy| remedy.promises.contains(&PromiseId::Level(finding.level));
        let remedies = self.graph.remedies.iter().filter(|_| finding.verdict == Verdict::Breached).filter(meant);
        let told = |remedy: &Remedy| {
            let title = remedy.label.clone().unwrap_or_else(|| remedy.name.clone());
            (title, remedy.texts.iter().map(|text| text.text.clone()).collect())
        };
        remedies.map(told).collect()
    }

    /// How many of the breaches that a missed level counts each cause explains.
    fn why_missed(&self, finding: &LevelFinding, explained: &Explained<'_>) -> Vec<(String, u64)> {
        if finding.verdict != Verdict::Breached || explained.is_empty() {
            return Vec::new();
        }
        let missed = finding.members.iter().filter(|(standing, _)| *standing == MemberOutcome::Missed);
        let breaches = missed.flat_map(|(_, ids)| ids).filter_map(|id| explained.get(&**id));
        let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
        for cause in breaches.flat_map(|found| &found.causes).filter(|cause| cause.holds) {
            *counts.entry(cause.cause).or_default() += 1;
        }
        let title = |cause: usize| self.graph.causes.get(cause).map(|found| found.name.clone());
        let mut why: Vec<(String, u64)> =
            counts.into_iter().filter_map(|(cause, count)| Some((title(cause)?, count))).collect();
        why.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        why
    }

    fn values_are_private(&self, level: &Level) -> bool {
        let Measure::Field(_, (event, slot)) = &level.measure else { return false };
        let field = self.graph.vocabulary.events.get(*event).and_then(|event| event.fields.get(*slot));
        field.is_some_and(|field| field.private)
    }
}

fn window_in_a_word(window: Window, days: Days) -> String {
    let Days { first, last } = days;
    match window {
        Window::Per(Unit::Day, _) => first.to_string(),
        Window::Per(Unit::Week, _) => format!("week of {first}"),
        Window::Per(Unit::Month, _) => month(first),
        Window::Per(Unit::Quarter, _) => format!("{}-Q{}", first.year(), (first.month() + 2) / 3),
        Window::Per(Unit::Year, _) => first.year().to_string(),
        Window::Rolling(days) => format!("{days} days to {last}"),
        Window::Whole => format!("{first}..{last}"),
    }
}

fn month(day: Date) -> String {
    format!("{}-{:02}", day.year(), day.month())
}
