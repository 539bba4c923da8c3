//! What levels take from a log: events as they come, cases as they end, findings once all are final.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sum::{Counted, Group, Standing, Sums};
use crate::calendar::Instant;
use crate::engine::case::Case;
use crate::engine::finding::{Account, Deed, Detail, Finding, Verdict};
use crate::engine::kept::Kept;
use crate::engine::occurrence::Occurrence;
use crate::engine::plan::Plan;
use crate::engine::truth::{Facts, Truth};
use crate::engine::words::operand_in_words;
use crate::graph::{Anchor, Condition, Graph, Level, Measure, PromiseId, Quantity, Window};
use crate::log::{Event, Log};
use crate::vocabulary::{Reading, Value};

/// What each kind of event means to levels; made once a run.
#[derive(Debug)]
pub struct Sampling<'g> {
    by_kind: BTreeMap<usize, Vec<Sample<'g>>>,
}

/// One thing that a kind of event means to one level.
#[derive(Clone, Debug)]
struct Sample<'g> {
    level: usize,
    part: Part,
    /// It is taken in once if any of these holds.
    filters: Vec<Option<&'g Condition>>,
}

/// What an event is to a measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// It is counted.
    Subject,
    /// It is what others are counted against.
    Counterpart,
    /// A field of it is a value.
    Value(usize),
}

/// Something that happened and that a level takes in.
#[derive(Clone, Debug)]
pub struct Sampled<'l> {
    level: usize,
    part: Part,
    truth: Truth,
    event: Occurrence<'l>,
}

impl<'g> Sampling<'g> {
    /// What the levels of a graph take from events.
    pub fn new(graph: &'g Graph) -> Self {
        let mut by_kind: BTreeMap<usize, Vec<Sample<'g>>> = BTreeMap::new();
        let mut add = |kind, level, part, filter| {
            let samples = by_kind.entry(kind).or_default();
            match samples.last_mut().filter(|last| (last.level, last.part) == (level, part)) {
                Some(last) => last.filters.push(filter),
                None => samples.push(Sample { level, part, filters: vec![filter] }),
            }
        };
        for (level, declared) in graph.levels.iter().enumerate() {
            match &declared.measure {
                Measure::Count(subject) => {
                    subject.iter().for_each(|one| add(one.event, level, Part::Subject, one.filter.as_ref()));
                }
                Measure::Rate(subject, counterpart) => {
                    subject.iter().for_each(|one| add(one.event, level, Part::Subject, one.filter.as_ref()));
                    counterpart.iter().for_each(|one| add(one.event, level, Part::Counterpart, one.filter.as_ref()));
                }
                Measure::Field(_, (event, slot)) => add(*event, level, Part::Value(*slot), None),
                Measure::Share(_) | Measure::Elapsed(..) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => {}
            }
        }
        Self { by_kind }
    }

    /// What something that happens means to levels.
    pub fn take<'l>(&self, event: &Occurrence<'l>, facts: Facts<'_>) -> impl Iterator<Item = Sampled<'l>> {
        let samples = self.by_kind.get(&usize::from(event.kind)).into_iter().flatten();
        samples.filter_map(move |sample| {
            let facts = facts.about(&**event).started(event.time);
            let any = sample.filters.iter().fold(Truth::False, |any, filter| any.or(facts.holds(*filter)));
            let (level, part, truth) = (sample.level, sample.part, any.and(event.sure));
            (truth != Truth::False).then(|| Sampled { level, part, truth, event: event.clone() })
        })
    }
}

/// The group that a level puts a case or an event into.
pub fn group_of(level: &Level, facts: Facts<'_>) -> Group {
    level.groups.iter().map(|group| operand_in_words(facts, &group.field).map(Arc::from)).collect()
}

impl Sums {
    /// Takes in what was sampled of a case, or a party, that has come to its end.
    pub fn take_samples(&mut self, case: &Case<'_, '_>) {
        let facts = case.facts();
        for sampled in &case.sampled {
            self.take_sample(sampled, facts);
        }
    }

    /// Takes in the events that belong to no case.
    pub fn take_alone(&mut self, plan: &Plan<'_>, log: &Log, as_of: Instant) {
        let facts =
            Facts { graph: plan.graph, case: &[], said_in: &[], latest: &[], own: None, started: None, shown: &[] };
        let alone = log.events.iter().filter(|event| event.case == Event::NO_CASE && event.time <= as_of);
        for event in alone {
            for sampled in plan.sampling.take(&Occurrence::of(event), facts) {
                self.take_sample(&sampled, facts);
            }
        }
    }

    /// Takes in a case that has come to its end.
    pub fn take_case(&mut self, case: &Case<'_, '_>, id: &Arc<str>, begun: Instant) {
        let facts = case.facts();
        for (index, level) in facts.graph.levels.iter().enumerate() {
            let Measure::CasesWith(condition) = &level.measure else { continue };
            let standing = match facts.truth(condition) {
                Truth::True => Standing::Met,
                Truth::False => Standing::Missed,
                Truth::Unknown => Standing::Undetermined,
            };
            let day = facts.graph.vocabulary.zone.date_of(begun);
            if let Some(sum) = self.at(index, &group_of(level, facts), day) {
                sum.member(standing, id);
            }
        }
    }

    fn take_sample(&mut self, sampled: &Sampled<'_>, facts: Facts<'_>) {
        let graph = facts.graph;
        let Some(level) = graph.levels.get(sampled.level) else { return };
        // The fields of the case as they stand at its end, those of the event as it said.
        let group = group_of(level, facts.about(&*sampled.event));
        let day = graph.vocabulary.zone.date_of(sampled.event.time);
        let Some(sum) = self.at(sampled.level, &group, day) else { return };
        let one = match sampled.truth {
            Truth::True => Counted { certain: 1, possible: 0 },
            _ => Counted { certain: 0, possible: 1 },
        };
        match sampled.part {
            Part::Subject => sum.subjects.add(one),
            Part::Counterpart => sum.counterparts.add(one),
            Part::Value(slot) => {
                match sampled.event.fields.get(slot).and_then(|reading| number_of(reading, level.bound)) {
                    Some(value) => sum.value(value),
                    None => sum.values_unknown += 1,
                }
            }
        }
    }

    /// Takes in all findings, once they are final.
    pub fn take_findings(
        &mut self,
        graph: &Graph,
        findings: &[Finding],
        kept: &BTreeMap<Arc<str>, Kept>,
        as_of: Instant,
    ) {
        let interested = interested(graph);
        let mut keeping: BTreeMap<(usize, &Arc<str>), Standing> = BTreeMap::new();
        for finding in findings {
            let promises = finding.rule.promises(graph);
            for index in promises.iter().filter_map(|promise| interested.get(promise)).flatten() {
                let Some(level) = graph.levels.get(*index) else { continue };
                if matches!(level.measure, Measure::CasesKeeping(_)) {
                    let so_far = keeping.entry((*index, &finding.case)).or_insert(Standing::Out);
                    *so_far = worse(*so_far, of_verdict(finding.verdict));
                    continue;
                }
                let Some(kept) = kept.get(&finding.case) else { continue };
                self.take_finding(graph, (*index, level), finding, kept, as_of);
            }
        }
        for (index, level) in graph.levels.iter().enumerate() {
            if !matches!(level.measure, Measure::CasesKeeping(_)) {
                continue;
            }
            for (case, kept) in kept {
                // A case in which nothing was decided does not keep the promise.
                let standing = keeping.get(&(index, case)).copied().filter(|standing| *standing != Standing::Out);
                let day = graph.vocabulary.zone.date_of(kept.begun);
                let group = kept.groups.get(index).cloned().unwrap_or_default();
                if let Some(sum) = self.at(index, &group, day) {
                    sum.member(standing.unwrap_or(Standing::Missed), case);
                }
            }
        }
    }

    fn take_finding(
        &mut self,
        graph: &Graph,
        (index, level): (usize, &Level),
        finding: &Finding,
        kept: &Kept,
        as_of: Instant,
    ) {
        let day = day_of(graph, level, finding, as_of);
        let group = kept.groups.get(index).cloned().unwrap_or_default();
        let Some(sum) = self.at(index, &group, day) else { return };
        let id: Arc<str> = finding.id.as_str().into();
        match (&level.measure, &finding.detail) {
            (Measure::Elapsed(..), Detail::Clock(account)) => {
                let standing = standing_in_time(finding, account);
                sum.member(standing, &id);
                if standing == Standing::Timed {
                    sum.value(Decimal::from(account.elapsed.as_nanos()));
                }
            }
            _ => sum.member(of_verdict(finding.verdict), &id),
        }
    }

    /// How many findings and cases a level holds.
    pub fn members(&self, level: usize) -> u64 {
        self.of(level).flat_map(|(_, days)| days.values()).map(|sum| sum.all_members()).sum()
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

/// The day of the window that a finding belongs to: of its start, or as the level asks of its due or stop.
/// What has none yet lies at `as of`.
fn day_of(graph: &Graph, level: &Level, finding: &Finding, as_of: Instant) -> Date {
    let anchor = match level.window {
        Window::Per(_, anchor) => anchor,
        Window::Whole | Window::Rolling(_) => Anchor::Start,
    };
    let at = match (anchor, &finding.detail) {
        (Anchor::Due, Detail::Clock(account)) => account.due.or(account.stop).unwrap_or(as_of),
        (Anchor::Stop, Detail::Clock(account)) => account.stop.unwrap_or(as_of),
        _ => finding.start,
    };
    graph.vocabulary.zone.date_of(at)
}

fn of_verdict(verdict: Verdict) -> Standing {
    match verdict {
        Verdict::Met => Standing::Met,
        Verdict::Breached => Standing::Missed,
        Verdict::Undetermined => Standing::Undetermined,
        Verdict::Cancelled => Standing::Cancelled,
        verdict if verdict.is_open() => Standing::Open,
        _ => Standing::Out,
    }
}

/// How a clock stands to a level of times: those that came to their stop have one, unless it is in doubt.
fn standing_in_time(finding: &Finding, account: &Account) -> Standing {
    let ended_by = finding.evidence.iter().rev().find(|line| matches!(line.deed, Deed::Stopped | Deed::Cancelled));
    match (account.open, ended_by.map(|line| line.deed), finding.verdict) {
        (true, ..) => Standing::Open,
        (_, Some(Deed::Cancelled), _) => Standing::Cancelled,
        (_, _, Verdict::Undetermined) => Standing::Undetermined,
        (_, Some(_), _) => Standing::Timed,
        (_, None, _) => Standing::Out,
    }
}

/// Of two findings of a promise in a case, how the case stands: missed if one is, open or undetermined if
/// one is and none is missed, met if one is and no other is in the way.
fn worse(one: Standing, other: Standing) -> Standing {
    let rank = |standing| match standing {
        Standing::Missed => 4,
        Standing::Open => 3,
        Standing::Undetermined => 2,
        Standing::Met => 1,
        _ => 0,
    };
    let other = if rank(other) == 0 { Standing::Out } else { other };
    if rank(other) > rank(one) { other } else { one }
}

/// A value in the unit of a bound; of another currency it is none.
fn number_of(reading: &Reading, bound: Quantity) -> Option<Decimal> {
    match (reading.known()?, bound) {
        (Value::Number(number), _) => Some(*number),
        (Value::Duration(duration), _) => Some(Decimal::from(duration.as_nanos())),
        (Value::Money(money), Quantity::Money(bound)) if money.currency == bound.currency => Some(money.amount),
        _ => None,
    }
}
