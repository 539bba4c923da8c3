//! What levels take from a log: events as they come, cases as they end, findings once all are final.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sum::{Group, Part, Possible, Standing, Sum, Sums};
use super::windows::Days;
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
pub struct Sampled<'l> {
    level: usize,
    role: Role,
    truth: Truth,
    event: Occurrence<'l>,
}

impl<'g> Sampling<'g> {
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
    pub fn take<'l>(&self, event: &Occurrence<'l>, facts: Facts<'_>) -> impl Iterator<Item = Sampled<'l>> {
        let samples = self.by_kind.get(&usize::from(event.kind)).into_iter().flatten();
        samples.filter_map(move |sample| {
            let facts = facts.about(&**event).started(event.time);
            let any = sample.filters.iter().fold(Truth::False, |any, filter| any.or(facts.holds(*filter)));
            let (level, role, truth) = (sample.level, sample.role, any.and(event.sure));
            (truth != Truth::False).then(|| Sampled { level, role, truth, event: event.clone() })
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
        if sampled.truth != Truth::True {
            let possible =
                Possible { part: sampled.role.part(), days: Days { first: day, last: day }, group: Some(group) };
            return self.take_perhaps(sampled.level, possible, 1);
        }
        let Some(sum) = self.at(sampled.level, &group, day) else { return };
        match sampled.role {
            Role::Counted(Part::Subject) => sum.subjects += 1,
            Role::Counted(Part::Counterpart) => sum.counterparts += 1,
            Role::Value(slot) => {
                let field = graph.vocabulary.events.get(usize::from(sampled.event.kind));
                let may_be_missing = field.and_then(|kind| kind.fields.get(slot)).is_some_and(|field| field.optional);
                let said = sampled.event.fields.get(slot).unwrap_or(&Reading::Missing);
                sum.take_value(said, level.bound, may_be_missing);
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
    match (account.open, ended_by.map(|line| line.deed)) {
        (true, _) => Standing::Open,
        _ if account.time_in_doubt => Standing::Undetermined,
        (_, Some(Deed::Cancelled)) => Standing::Cancelled,
        (_, Some(_)) => Standing::Timed,
        (_, None) => Standing::Out,
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

impl Sum {
    /// Takes in what an event says of a value. Where it may be missing and is, there is none; else there is
    /// one, known or not.
    fn take_value(&mut self, said: &Reading, bound: Quantity, may_be_missing: bool) {
        match number_of(said, bound) {
            Some(value) => self.value(value),
            None if may_be_missing && matches!(said, Reading::Missing) => self.without_value += 1,
            None => self.values_unknown += 1,
        }
    }
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
