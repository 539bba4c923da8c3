//! What levels take from a log: events as they come, cases as they end, findings once all are final.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Horizon;
use super::over_time::{OverTime, group_of_event};
use super::places::Places;
use super::sum::{Extent, MemberOutcome, Open, Part, Possible, Strays, Sum, Sums};
use super::windows::Days;

use crate::calendar::Instant;
use crate::engine::case::Case;
use crate::engine::case_summaries::{CaseSummaries, CaseSummary};
use crate::engine::finding::{ClockDetail, Detail, EvidenceKind, Finding, Rule, Verdict};
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::Plan;
use crate::engine::truth::{Facts, Truth};
use crate::graph::{Anchor, Condition, Graph, Level, Measure, PromiseId, Quantity, Window};
use crate::log::{Event, Log, Place};
use crate::vocabulary::{Reading, Value};

/// What each kind of event means to levels; made once a run.
#[derive(Debug)]
pub struct LevelInputs<'g> {
    by_kind: BTreeMap<usize, Vec<Sample<'g>>>,
}

/// One thing that a kind of event means to one level.
#[derive(Clone, Debug)]
struct Sample<'g> {
    level: usize,
    role: Role,
    /// It is taken in once if any of these holds.
    filters: Vec<Option<&'g Condition>>,
}

/// What an event is to a measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// It is counted, or what others are counted against.
    Counted(Part),
    /// A field of it is a value.
    Value(usize),
}

impl Role {
    fn part(self) -> Part {
        match self {
            Role::Counted(part) => part,
            Role::Value(_) => Part::Subject,
        }
    }
}

/// Something that happened and that a level takes in.
#[derive(Clone, Debug)]
pub struct LevelInput<'l> {
    level: usize,
    role: Role,
    truth: Truth,
    event: Occurrence<'l>,
}

impl<'g> LevelInputs<'g> {
    /// What the levels of a graph take from events.
    pub fn new(graph: &'g Graph) -> Self {
        let mut by_kind: BTreeMap<usize, Vec<Sample<'g>>> = BTreeMap::new();
        let mut add = |kind, level, role, filter| {
            let samples = by_kind.entry(kind).or_default();
            match samples.last_mut().filter(|last| (last.level, last.role) == (level, role)) {
                Some(last) => last.filters.push(filter),
                None => samples.push(Sample { level, role, filters: vec![filter] }),
            }
        };
        let (subjects, counterparts) = (Role::Counted(Part::Subject), Role::Counted(Part::Counterpart));
        for (level, declared) in graph.levels.iter().enumerate() {
            match &declared.measure {
                Measure::Count(subject) => {
                    subject.iter().for_each(|one| add(one.event, level, subjects, one.filter.as_ref()));
                }
                Measure::Rate(subject, counterpart) => {
                    subject.iter().for_each(|one| add(one.event, level, subjects, one.filter.as_ref()));
                    counterpart.iter().for_each(|one| add(one.event, level, counterparts, one.filter.as_ref()));
                }
                Measure::Field(_, (event, slot)) => add(*event, level, Role::Value(*slot), None),
                Measure::Share(_) | Measure::Elapsed(..) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => {}
            }
        }
        Self { by_kind }
    }

    /// What something that happens means to levels.
    pub fn take<'l>(&self, event: &Occurrence<'l>, facts: Facts<'_>) -> impl Iterator<Item = LevelInput<'l>> {
        let samples = self.by_kind.get(&usize::from(event.kind)).into_iter().flatten();
        samples.filter_map(move |sample| {
            let facts = facts.about(&**event).started(event.time);
            let any = sample.filters.iter().fold(Truth::False, |any, filter| any.or(facts.holds(*filter)));
            let (level, role, truth) = (sample.level, sample.role, any.and(event.sure));
            (truth != Truth::False).then(|| LevelInput { level, role, truth, event: event.clone() })
        })
    }
}

impl Sums {
    /// Takes in what was sampled of a case, or a party, that has come to its end.
    pub fn take_samples(&mut self, case: &Case<'_, '_>, strays: &Strays) {
        for sampled in &case.sampled {
            self.take_sample(sampled, case.facts(), &case.over_time, strays);
        }
    }

    /// Takes in the events that belong to no case; `strays` says what of one may belong elsewhere.
    pub fn take_alone(&mut self, plan: &Plan<'_>, log: &Log, as_of: Instant, strays: impl Fn(&Event) -> Strays) {
        let facts =
            Facts { graph: plan.graph, case: &[], said_in: &[], latest: &[], own: None, started: None, shown: &[] };
        let alone = log.events.iter().filter(|event| event.case == Event::NO_CASE && event.time <= as_of);
        for event in alone {
            for sampled in plan.sampling.take(&Occurrence::of(event), facts) {
                self.take_sample(&sampled, facts, &OverTime::default(), &strays(event));
            }
        }
    }

    fn take_sample(&mut self, sampled: &LevelInput<'_>, facts: Facts<'_>, over_time: &OverTime, strays: &Strays) {
        let graph = facts.graph;
        let Some(level) = graph.levels.get(sampled.level) else { return };
        // The fields of the case as they stood then, those of the event as it said.
        let of_case = over_time.group(graph, sampled.level, sampled.event.time);
        let group = group_of_event(level, of_case, facts.about(&*sampled.event));
        let day = graph.vocabulary.zone.date_of(sampled.event.time);
        let values = || match sampled.role {
            Role::Counted(_) => Extent::Anywhere,
            Role::Value(slot) => {
                Extent::of(sampled.event.fields.get(slot).and_then(|said| number_of(said, level.bound)))
            }
        };
        if let Some((days, unread)) = strays.days(sampled.level, day, sampled.event.time) {
            let possible = Possible { part: sampled.role.part(), days, group: None };
            return self.take_perhaps(
                sampled.level,
                possible,
                &Open { count: 1, values: values(), unread: unread.clone() },
            );
        }
        if sampled.truth != Truth::True {
            let possible =
                Possible { part: sampled.role.part(), days: Days { first: day, last: day }, group: Some(group) };
            let unread = Places::of(sampled.event.place);
            return self.take_perhaps(sampled.level, possible, &Open { count: 1, values: values(), unread });
        }
        let Some(sum) = self.at(sampled.level, &group, day) else { return };
        match sampled.role {
            Role::Counted(Part::Subject) => sum.subjects += 1,
            Role::Counted(Part::Counterpart) => sum.counterparts += 1,
            Role::Value(slot) => {
                let field = graph.vocabulary.events.get(usize::from(sampled.event.kind));
                let may_be_missing = field.and_then(|kind| kind.fields.get(slot)).is_some_and(|field| field.optional);
                let said = sampled.event.fields.get(slot).unwrap_or(&Reading::Missing);
                sum.take_value(said, level.bound, may_be_missing, sampled.event.place);
            }
        }
    }

    /// Takes in all findings and cases, once they are final.
    pub fn take_findings(&mut self, graph: &Graph, findings: &[Finding], kept: &CaseSummaries, horizon: Horizon) {
        let interested = interested(graph);
        let mut of_case: BTreeMap<(usize, &Arc<str>), Vec<&Finding>> = BTreeMap::new();
        for finding in findings {
            let promises = finding.rule.promises(graph);
            for index in promises.iter().filter_map(|promise| interested.get(promise)).flatten() {
                let Some(level) = graph.levels.get(*index) else { continue };
                match level.measure {
                    Measure::CasesKeeping(_) => of_case.entry((*index, &finding.case)).or_default().push(finding),
                    _ => self.take_finding(graph, (*index, level), finding, kept, horizon),
                }
            }
        }
        for (index, level) in graph.levels.iter().enumerate() {
            if !matches!(level.measure, Measure::CasesKeeping(_) | Measure::CasesWith(_)) {
                continue;
            }
            for (case, kept) in &kept.cases {
                let findings = of_case.get(&(index, case)).map(Vec::as_slice).unwrap_or_default();
                self.take_case(graph, (index, level), case, kept, findings, horizon);
            }
        }
    }

    fn take_finding(
        &mut self,
        graph: &Graph,
        (index, level): (usize, &Level),
        finding: &Finding,
        kept: &CaseSummaries,
        horizon: Horizon,
    ) {
        let Some(kept) = kept.of(graph, finding) else { return };
        let id: Arc<str> = finding.id.as_str().into();
        let zone = &graph.vocabulary.zone;
        // What is said of a case as a whole, is said once the case is over.
        let (started, closed) = match finding.rule {
            Rule::Scorecard(_) => (None, closed(graph, level, kept, horizon)),
            _ => (Some(started(finding)), None),
        };
        let stood = started.or(closed).unwrap_or(horizon.as_of);
        let group = kept.over_time.group(graph, index, stood);
        let day = match started {
            Some(started) => zone.date_of(anchor(level, finding, started, horizon.as_of)),
            None => zone.date_of(finding.start),
        };
        if matches!(finding.detail, Detail::Score(_)) && closed.is_none() {
            self.keep_open(index, day);
        }
        if let Some((days, unread)) = kept.strays.days(index, day, stood) {
            return self.take_astray(index, days, None, unread.clone());
        }
        if is_astray(level, finding) {
            // When it would be due, or come to its end, nobody knows.
            let days = Days { first: zone.date_of(finding.start), last: Days::ALL.last };
            let mut unread = Places::default();
            finding.unknown().iter().filter_map(|fact| fact.place).for_each(|place| unread.add(&Places::of(place)));
            return self.take_astray(index, days, Some(group), unread);
        }
        let Some(sum) = self.at(index, &group, day) else { return };
        match (&level.measure, &finding.detail) {
            (Measure::Elapsed(..), Detail::Clock(account)) => {
                let standing = standing_in_time(finding, account);
                sum.member(standing, &id);
                if standing == MemberOutcome::Timed {
                    sum.value(Decimal::from(account.elapsed.as_nanos()));
                }
            }
            (_, Detail::Score(_)) if closed.is_none() => sum.member(MemberOutcome::Open, &id),
            _ => sum.member(of_verdict(finding.verdict), &id),
        }
    }

    /// A case counts as it stood when it closed, and is open until then.
    fn take_case(
        &mut self,
        graph: &Graph,
        (index, level): (usize, &Level),
        case: &Arc<str>,
        kept: &CaseSummary,
        findings: &[&Finding],
        horizon: Horizon,
    ) {
        let closed = closed(graph, level, kept, horizon);
        let at = closed.unwrap_or(horizon.as_of);
        let standing = match (&level.measure, closed) {
            (_, None) => MemberOutcome::Open,
            (Measure::CasesWith(_), _) => match kept.over_time.holds(index, at) {
                Truth::True => MemberOutcome::Met,
                Truth::False => MemberOutcome::Missed,
                Truth::Unknown => MemberOutcome::Undetermined,
            },
            _ => {
                let began = findings.iter().filter(|finding| finding.start <= at);
                let verdicts = began.map(|finding| of_verdict(finding.verdict));
                // A case in which nothing was decided does not keep the promise, unless it is left out.
                let one_more = level.findings_of().is_some_and(|promise| kept.perhaps.contains_key(&promise));
                match verdicts.fold(MemberOutcome::Out, worse) {
                    // A row that cannot be read may have asked for it once more.
                    MemberOutcome::Out | MemberOutcome::Met if one_more => MemberOutcome::Undetermined,
                    MemberOutcome::Out if !level.untouched_excluded => MemberOutcome::Missed,
                    standing => standing,
                }
            }
        };
        let group = kept.over_time.group(graph, index, at);
        let day = graph.vocabulary.zone.date_of(kept.begun);
        if closed.is_none() {
            self.keep_open(index, day);
        }
        if let Some((days, unread)) = kept.strays.days(index, day, at) {
            return self.take_astray(index, days, None, unread.clone());
        }
        if let Some(sum) = self.at(index, &group, day) {
            sum.member(standing, case);
        }
    }

    /// How many findings and cases a level holds.
    pub fn members(&self, level: usize) -> u64 {
        let members: u64 = self.of(level).flat_map(|(_, days)| days.values()).map(|sum| sum.all_members()).sum();
        members + self.astray(level)
    }
}

/// The levels that take in findings, by the promise they are findings of.
fn interested(graph: &Graph) -> BTreeMap<PromiseId, Vec<usize>> {
    let mut interested: BTreeMap<PromiseId, Vec<usize>> = BTreeMap::new();
    for (index, level) in graph.levels.iter().enumerate() {
        if let Some(promise) = level.findings_of() {
            interested.entry(promise).or_default().push(index);
        }
    }
    interested
}

/// Whether it cannot be told to which window a finding belongs by its due or stop, for something that cannot be read.
fn is_astray(level: &Level, finding: &Finding) -> bool {
    let unread = finding.unknown().iter().any(|fact| fact.field.shown.is_malformed());
    match (level.window, &finding.detail) {
        (Window::Per(_, Anchor::Due), _) => unread,
        (Window::Per(_, Anchor::Stop), Detail::Clock(account)) => unread || account.time_in_doubt,
        _ => false,
    }
}

/// When a finding began; a clock that was reopened with a verdict of its own, at its reopening.
fn started(finding: &Finding) -> Instant {
    match &finding.detail {
        Detail::Clock(account) => account.began,
        _ => finding.start,
    }
}

/// What tells the window that a finding belongs to: its start, or as the level asks its due or stop. What has
/// none yet lies at `as of`.
fn anchor(level: &Level, finding: &Finding, started: Instant, as_of: Instant) -> Instant {
    let anchor = match level.window {
        Window::Per(_, anchor) => anchor,
        Window::Whole | Window::Rolling(_) => Anchor::Start,
    };
    match (anchor, &finding.detail) {
        (Anchor::Due, Detail::Clock(account)) => account.due.or(account.stop).unwrap_or(as_of),
        (Anchor::Stop, Detail::Clock(account)) => account.stop.unwrap_or(as_of),
        _ => started,
    }
}

/// When a case was closed, for a level: at its end. Where nothing says when a case ends, with the window that
/// it began in; of a level over the whole log, where the log is judged.
fn closed(graph: &Graph, level: &Level, kept: &CaseSummary, horizon: Horizon) -> Option<Instant> {
    if kept.end.is_some() {
        return kept.end;
    }
    let zone = &graph.vocabulary.zone;
    let last = match (level.window, horizon.period) {
        (Window::Whole, None) => return Some(horizon.as_of),
        _ if graph.case_end.is_some() => return None,
        (Window::Whole, Some((_, to))) => return Some(horizon.as_of.min(to.just_before())),
        (window @ Window::Per(..), _) => Days::of(window, zone.date_of(kept.begun), Days::ALL).last,
        (Window::Rolling(_), _) => zone.date_of(kept.begun),
    };
    Some(horizon.as_of.min(zone.last_of_day(last)))
}

fn of_verdict(verdict: Verdict) -> MemberOutcome {
    match verdict {
        Verdict::Met => MemberOutcome::Met,
        Verdict::Breached => MemberOutcome::Missed,
        Verdict::Undetermined => MemberOutcome::Undetermined,
        Verdict::Cancelled => MemberOutcome::Cancelled,
        verdict if verdict.is_open() => MemberOutcome::Open,
        _ => MemberOutcome::Out,
    }
}

/// How a clock stands to a level of times: those that came to their stop have one, unless it is in doubt.
fn standing_in_time(finding: &Finding, account: &ClockDetail) -> MemberOutcome {
    let ended_by =
        finding.evidence.iter().rev().find(|line| matches!(line.deed, EvidenceKind::Stopped | EvidenceKind::Cancelled));
    match (account.open, ended_by.map(|line| line.deed)) {
        // Whether it stopped may be what is in doubt.
        _ if account.time_in_doubt => MemberOutcome::Undetermined,
        (true, _) => MemberOutcome::Open,
        (_, Some(EvidenceKind::Cancelled)) => MemberOutcome::Cancelled,
        (_, Some(_)) => MemberOutcome::Timed,
        (_, None) => MemberOutcome::Out,
    }
}

/// Of two findings of a promise in a case, how the case stands: missed if one is, open or undetermined if
/// one is and none is missed, met if one is and no other is in the way.
fn worse(one: MemberOutcome, other: MemberOutcome) -> MemberOutcome {
    let rank = |standing| match standing {
        MemberOutcome::Missed => 4,
        MemberOutcome::Open => 3,
        MemberOutcome::Undetermined => 2,
        MemberOutcome::Met => 1,
        _ => 0,
    };
    let other = if rank(other) == 0 { MemberOutcome::Out } else { other };
    if rank(other) > rank(one) { other } else { one }
}

impl Sum {
    /// Takes in what an event says of a value. Where it may be missing and is, there is none; else there is
    /// one, known or not.
    fn take_value(&mut self, said: &Reading, bound: Quantity, may_be_missing: bool, place: Place) {
        match number_of(said, bound) {
            Some(value) => self.value(value),
            None if may_be_missing && matches!(said, Reading::Missing) => self.without_value += 1,
            None => {
                self.values_unknown += 1;
                self.unread.add(&Places::of(place));
            }
        }
    }
}

/// A value in the unit of a bound; of another currency it is none.
pub fn number_of(reading: &Reading, bound: Quantity) -> Option<Decimal> {
    match (reading.known()?, bound) {
        (Value::Number(number), _) => Some(*number),
        (Value::Duration(duration), _) => Some(Decimal::from(duration.as_nanos())),
        (Value::Money(money), Quantity::Money(bound)) if money.currency == bound.currency => Some(money.amount),
        _ => None,
    }
}
