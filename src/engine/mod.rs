//! The engine: a pure fold of a log over a plan.
//!
//! ```text
//! Plan::new(graph) ─► for each case: advance · apply · … · settle ─► Partial ─► merge ─► Evaluation
//! ```
//!
//! Nothing here reads a file, a clock or a global: the same graph, log and `as of` give the same
//! evaluation, whatever the number of shards.

mod account;
mod authority;
mod case;
mod causes;
mod conduct;
mod damage;
mod duties;
mod exact;
mod exemptions;
mod extensions;
mod finding;
mod grade;
mod history;
mod instance;
mod journeys;
mod kept;
mod levels;
mod moments;
mod occurrence;
mod pauses;
mod plan;
mod population;
mod remedies;
mod scorecards;
mod standing;
mod starts;
mod stopwatch;
mod streams;
pub(crate) mod truth;
mod words;
mod worked;

pub use damage::Loss;
pub use exact::{End, Exact, exact};
pub use finding::*;
pub use levels::{Days, Ends, Group, LevelDuty, LevelFinding, Standing, Undecided};
pub use population::{Flow, Outside, OutsidePeriod, Population, Tally};
pub use words::in_words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::calendar::{Duration, Instant};
use crate::graph::{Graph, Percent, Promise};
use crate::log::Log;
use crate::vocabulary::{Money, Reading, Value};

use authority::{DailyDeed, UncountedDeed};
use case::Case;
use damage::Damage;
use kept::{KeptAll, MayHaveBegun};
use levels::{Horizon, Sums};
use plan::{Plan, Scope};
use streams::{Stream, Streams};

/// What to judge.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The instant at which things are judged; if not said, the time of the last event that does not stand years after
    /// all others.
    pub as_of: Option<Instant>,
    /// Only what starts in `[from, to)` is judged; the flow tells what was open before.
    pub period: Option<(Instant, Instant)>,
    /// The share of rows that may be lost before rows of which not even the case can be read cast doubt on all
    /// cases; [`Options::LOST`] if not said.
    pub allowed_loss: Option<Percent>,
    /// Into how many shards the cases are spread; 0 is 1. It never shows in the result.
    pub shards: usize,
}

impl Options {
    /// One row in a hundred.
    pub const LOST: Percent = Percent(100);
}

/// What a run found.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    /// The instant at which things were judged.
    pub as_of: Instant,
    /// The period, if one was asked for.
    pub period: Option<(Instant, Instant)>,
    /// How much of the log was lost.
    pub loss: Loss,
    /// Every finding, by (start, case, rule, key, ordinal).
    pub findings: Vec<Finding>,
    /// Where every case and every clock went.
    pub population: Population,
    /// What came of every level, by (level, window, group).
    pub levels: Vec<LevelFinding>,
    /// What the clocks could not use, by (time, case).
    pub anomalies: Vec<Anomaly>,
}

/// Runs the standards over a log.
pub fn evaluate(graph: &Graph, log: &Log, options: &Options) -> Evaluation {
    let first = log.events.first().map_or(Instant::from_nanos(0), |event| event.time);
    let last = log.events.last().map_or(first, |event| event.time);
    let as_of = options.as_of.or(log.last()).unwrap_or(last);
    let (earliest, latest) = promised(graph, log, (first, last));
    let (from, to) = (first.min(earliest), as_of.max(latest));
    let plans = [Scope::Cases, Scope::Parties].map(|scope| Plan::new(graph, scope, from, to));
    let streams = Streams::of(graph, log, as_of);
    let loss = Loss::of(log, options.allowed_loss.unwrap_or(Options::LOST));
    let unsure_hearing = damage::unsure_hearing(graph, log);
    let damage = Damage::of(graph, log, &unsure_hearing, as_of, loss);
    let shards = options.shards.max(1);
    let mut partial = (0..shards)
        .map(|shard| {
            run_shard(&plans, log, &streams, (as_of, damage.as_ref()), |stream| {
                shard_of(log, &streams, stream, shards) == shard
            })
        })
        .fold(Partial::empty(graph), Partial::merge);
    partial.sums.take_alone(&plans[0], log, as_of);
    partial.sums.doubt(damage::with_unreadable_groups(graph, log));
    if let Some(damage) = &damage {
        damage.tell_levels(graph, &mut partial.sums, as_of);
    }
    let mut evaluation = partial.finish(&plans[0], log, Horizon { first, as_of, period: options.period }, loss);
    evaluation.population.without_party =
        streams.without_party.iter().filter_map(|case| log.cases.get(*case).cloned()).collect();
    evaluation.population.without_party.sort();
    evaluation
}

/// The earliest and the latest instant that any field promises, as far as a century around the log: calendars
/// must reach them, for parts of the time up to a promise are counted, and so are days granted on top of it.
fn promised(graph: &Graph, log: &Log, (first, last): (Instant, Instant)) -> (Instant, Instant) {
    let mut rows = graph.standards.iter().flat_map(|standard| standard.targets.iter().chain(&standard.beyond));
    if !rows.any(|row| matches!(row.promise, Promise::DueAt(_))) {
        return (first, last);
    }
    let (day, century) = (Duration::from_hours(24), Duration::from_hours(100 * 366 * 24));
    let known = first.saturating_sub(century)..=last.saturating_add(century);
    let readings = log
        .events
        .iter()
        .flat_map(|event| event.fields.iter().chain(event.case_fields.iter().map(|(_, reading)| reading)));
    let times = readings.filter_map(|reading| match reading {
        Reading::Known(Value::Time(at)) => Some(*at).filter(|at| known.contains(at)),
        _ => None,
    });
    // What is promised for midnight is promised for the day before.
    times.fold((first, last), |(first, last), at| (first.min(at.saturating_sub(day)), last.max(at)))
}

/// Cases are spread by a hash of an id, so that a case is always whole; where rules speak of parties, of
/// the id of the party's first case, so that a party is.
fn shard_of(log: &Log, streams: &Streams<'_>, stream: &Stream<'_>, shards: usize) -> usize {
    let home = stream.first().and_then(|case| streams.home.get(case));
    let id = home.and_then(|case| log.cases.get(*case));
    let hash = blake3::hash(id.map(|id| id.as_bytes()).unwrap_or_default());
    let word = hash.as_bytes().first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    usize::try_from(word % shards as u64).unwrap_or_default()
}

fn run_shard(
    [of_cases, of_parties]: &[Plan<'_>; 2],
    log: &Log,
    streams: &Streams<'_>,
    (as_of, damage): (Instant, Option<&Damage<'_>>),
    mine: impl Fn(&Stream<'_>) -> bool,
) -> Partial {
    let mut partial = Partial::empty(of_cases.graph);
    for stream in streams.cases.iter().filter(|stream| mine(stream)) {
        partial.cases += 1;
        partial.judged += u64::from(run(of_cases, log, stream, (as_of, damage), &mut partial));
    }
    for stream in streams.parties.iter().filter(|stream| mine(stream)) {
        run(of_parties, log, stream, (as_of, damage), &mut partial);
    }
    partial
}

/// Folds the events of a case or a party; whether anything was found.
fn run(
    plan: &Plan<'_>,
    log: &Log,
    stream: &Stream<'_>,
    (as_of, damage): (Instant, Option<&Damage<'_>>),
    partial: &mut Partial,
) -> bool {
    let Some(id) = stream.first().and_then(|case| log.cases.get(case)) else { return false };
    let mut case = Case::new(plan, log, &stream.cases);
    for event in &stream.events {
        case.advance(event.time);
        case.apply(event);
    }
    let clocks = case.settle(as_of);
    let mut findings = account::findings(plan, &case, id, clocks, as_of);
    if let Some(damage) = damage {
        damage.doubt(plan, stream, &mut findings);
        partial.sums.doubt(damage.unsure_levels(plan, stream));
    }
    let found = !findings.is_empty();
    partial.take(&case, findings);
    let unsure = damage.map(|damage| (damage.may_have_begun(plan, stream), damage.is_unsure(plan.scope)));
    partial.keep(&case, id, stream.begun(), unsure.unwrap_or_default());
    found
}

/// What a shard yields; partial results merge, in any order, to the result of the whole.
struct Partial {
    findings: Vec<Finding>,
    anomalies: Vec<Anomaly>,
    daily: Vec<DailyDeed>,
    uncounted: Vec<UncountedDeed>,
    sums: Sums,
    kept: KeptAll,
    started: Vec<u64>,
    asked: Vec<u64>,
    cases: u64,
    judged: u64,
    outside: Outside,
}

impl Partial {
    fn empty(graph: &Graph) -> Self {
        Self {
            findings: Vec::new(),
            anomalies: Vec::new(),
            daily: Vec::new(),
            uncounted: Vec::new(),
            sums: Sums::new(graph.levels.len()),
            kept: KeptAll::default(),
            started: vec![0; graph.standards.len()],
            asked: vec![0; graph.behaviours.len()],
            cases: 0,
            judged: 0,
            outside: Outside::default(),
        }
    }

    fn take(&mut self, case: &Case<'_, '_>, findings: Vec<Finding>) {
        for (standard, more) in &case.started {
            if let Some(so_far) = self.started.get_mut(*standard) {
                *so_far += more;
            }
        }
        for (behaviour, more) in case.behaviours.asked() {
            if let Some(so_far) = self.asked.get_mut(behaviour) {
                *so_far += more;
            }
        }
        self.outside += case.outside;
        self.outside += case.behaviours.outside();
        self.take_daily(case, &findings);
        self.findings.extend(findings);
        self.anomalies.extend(case.anomalies.iter().cloned());
    }

    /// Keeps what is judged over many findings, where anything is.
    fn keep(&mut self, case: &Case<'_, '_>, id: &Arc<str>, begun: Instant, unsure: (MayHaveBegun, bool)) {
        let graph = case.plan.graph;
        if graph.levels.is_empty() && graph.scorecards.is_empty() && graph.journeys.is_empty() {
            return;
        }
        self.sums.take_samples(case);
        self.kept.keep(case, id, begun, unsure);
    }

    /// Keeps what daily limits speak of, until all cases are known.
    fn take_daily(&mut self, case: &Case<'_, '_>, findings: &[Finding]) {
        let acts = findings.iter().filter(|finding| matches!(finding.detail, Detail::Act(_)));
        for (act, finding) in case.authority.acts.iter().zip(acts) {
            self.uncounted.extend(UncountedDeed::of(act));
            let Some(daily) = act.daily else { continue };
            self.daily.extend(DailyDeed::of(act.event, act.action, act.detail.cost, daily, false, &finding.id));
        }
        let approvals = findings.iter().filter(|finding| matches!(finding.detail, Detail::Approval(_)));
        for (asking, finding) in case.authority.approvals.iter().zip(approvals) {
            let (Some(daily), Some(event)) = (asking.daily, asking.asked) else { continue };
            let Some(action) = case.authority.action_of(asking.approval) else { continue };
            self.daily.extend(DailyDeed::of(event, action, asking.detail.amount, daily, true, &finding.id));
        }
    }

    fn merge(mut self, other: Partial) -> Partial {
        self.findings.extend(other.findings);
        self.anomalies.extend(other.anomalies);
        self.daily.extend(other.daily);
        self.uncounted.extend(other.uncounted);
        self.sums = self.sums.merge(other.sums);
        self.kept.merge(other.kept);
        for (mine, theirs) in self.started.iter_mut().zip(other.started) {
            *mine += theirs;
        }
        for (mine, theirs) in self.asked.iter_mut().zip(other.asked) {
            *mine += theirs;
        }
        self.cases += other.cases;
        self.judged += other.judged;
        self.outside += other.outside;
        self
    }

    fn finish(mut self, plan: &Plan<'_>, log: &Log, horizon: Horizon, loss: Loss) -> Evaluation {
        let graph = plan.graph;
        let Horizon { as_of, period, .. } = horizon;
        self.judge_daily_limits(graph);
        // What might have been a breach by its actor's day was explained beforehand.
        for kept in self.findings.iter_mut().filter(|finding| finding.verdict != Verdict::Breached) {
            kept.causes.clear();
            kept.remedies.clear();
        }
        // And so was why it might not be one.
        for told in self.findings.iter_mut().filter(|finding| finding.verdict != Verdict::Undetermined) {
            match &mut told.detail {
                Detail::Act(act) => act.unknown.clear(),
                Detail::Approval(approval) => approval.unknown.clear(),
                _ => {}
            }
        }
        let scorecards = scorecards::findings(graph, &self.kept, &self.findings);
        let journeys = journeys::findings(graph, &self.kept, &self.findings);
        self.findings.extend(scorecards.into_iter().chain(journeys));
        self.findings.sort_by(|one, other| one.order().cmp(&other.order()));
        self.anomalies.sort_by(|one, other| {
            (one.at, &one.case, one.place, one.standard).cmp(&(other.at, &other.case, other.place, other.standard))
        });
        self.sums.take_findings(graph, &self.findings, &self.kept, horizon);
        let (mut levels, windows_outside) = levels::judge(graph, &self.sums, horizon);
        levels::oblige(plan, log, &mut levels, as_of);
        let mut population = Population::count(graph, log, as_of, &self.findings, &self.started);
        population.count_behaviours(graph, &self.findings, &self.asked);
        population.cases = self.cases;
        population.cases_judged = self.judged;
        population.outside = self.outside;
        population.windows_outside = windows_outside.of_dates;
        population.count_levels(graph, &self.findings, &self.sums);
        if let Some(period) = period {
            population.flow = Some(Flow::over(&self.findings, period));
            population.outside_period.windows = windows_outside.of_period;
            let within = |finding: &Finding| period.0 <= finding.start && finding.start < period.1;
            self.findings
                .iter()
                .filter(|found| !within(found))
                .for_each(|found| population.outside_period.add(found.rule));
            self.findings.retain(within);
        }
        population.tally(graph, &self.findings);
        population.tally_levels(graph, &levels);
        Evaluation { as_of, period, loss, findings: self.findings, population, levels, anomalies: self.anomalies }
    }

    /// Sums each actor's acts of a day over all cases, in the order of the log; the act that passes
    /// the limit, and each after it, is beyond authority, and to ask for more than is left is needed.
    fn judge_daily_limits(&mut self, graph: &Graph) {
        let beyond = self.beyond_daily_limits(graph);
        for finding in &mut self.findings {
            let Some(day) = beyond.get(&finding.id) else { continue };
            match (&mut finding.detail, finding.verdict) {
                (Detail::Act(detail), Verdict::Met) if !day.is_beyond || day.may_be_less => {
                    finding.verdict = Verdict::Undetermined;
                    detail.fault = Some(ActFault::SpentUnknown);
                    detail.unknown.clone_from(&day.unknown);
                }
                (Detail::Approval(detail), Verdict::Breached) if !day.is_beyond || day.may_be_less => {
                    finding.verdict = Verdict::Undetermined;
                    detail.fault = Some(ApprovalFault::NotSaid);
                    detail.unknown.clone_from(&day.unknown);
                }
                _ if !day.is_beyond => {}
                (Detail::Act(detail), Verdict::Met) => {
                    finding.verdict = if day.perhaps_more { Verdict::Undetermined } else { Verdict::Breached };
                    detail.limit = Some(day.limit);
                    detail.per_day = true;
                    detail.spent_before = Some(day.spent_before);
                    detail.acts_before = day.acts_before;
                    let fault = if day.perhaps_more { ActFault::PowerUnknown } else { ActFault::BeyondLimit };
                    detail.fault = Some(fault);
                    finding.evidence.splice(0..0, day.earlier.iter().cloned());
                }
                (Detail::Approval(detail), _) => {
                    finding.verdict = Verdict::Met;
                    detail.fault = None;
                }
                _ => {}
            }
        }
    }

    /// The deeds that pass what is left of their actor's day, by their findings.
    fn beyond_daily_limits(&mut self, graph: &Graph) -> BTreeMap<String, BeyondDay> {
        self.daily.sort_by(|one, other| (one.at, &one.finding).cmp(&(other.at, &other.finding)));
        let mut days: BTreeMap<(Arc<str>, usize, String, String), Day<'_>> = BTreeMap::new();
        let mut beyond = BTreeMap::new();
        for deed in &self.daily {
            let day = graph.vocabulary.zone.date_of(deed.at.0).to_string();
            let key = (deed.actor.clone(), deed.action, day, deed.cost.currency.to_string());
            let Day { spent, acts } = days.entry(key).or_default();
            let limit = deed.limit.filter(|limit| limit.currency == deed.cost.currency);
            let before = self.uncounted.iter().filter(|act| {
                let same = act.actor == deed.actor && act.action == deed.action && act.at < deed.at;
                same && graph.vocabulary.zone.date_of(act.at.0) == graph.vocabulary.zone.date_of(deed.at.0)
            });
            let uncounted: Vec<&UncountedDeed> = before.collect();
            // At its greatest, a sum is beyond every limit that can be written.
            let is_beyond = limit.is_some_and(|limit| spent.saturating_add(deed.cost.amount) > limit.amount);
            if let Some(limit) = limit.filter(|_| is_beyond || !uncounted.is_empty()) {
                let latest = acts.iter().rev().take(authority::EARLIER_ACTS).rev();
                let of_day = BeyondDay {
                    limit,
                    spent_before: Money { amount: *spent, ..deed.cost },
                    acts_before: acts.len() as u64,
                    earlier: latest.map(|evidence| (*evidence).clone()).collect(),
                    is_beyond,
                    perhaps_more: deed.perhaps_more,
                    may_be_less: uncounted.iter().any(|act| act.may_lower),
                    unknown: uncounted.iter().flat_map(|act| act.doubts.iter().cloned()).collect(),
                };
                beyond.insert(deed.finding.clone(), of_day);
            }
            if !deed.asks {
                *spent = spent.saturating_add(deed.cost.amount);
                acts.push(&deed.evidence);
            }
        }
        beyond
    }
}

/// What an actor did of an action on a day, in a currency.
#[derive(Default)]
struct Day<'d> {
    spent: Decimal,
    acts: Vec<&'d Evidence>,
}

/// How a deed passes what is left of its actor's day.
struct BeyondDay {
    limit: Money,
    spent_before: Money,
    acts_before: u64,
    /// The latest of the acts before it on that day.
    earlier: Vec<Evidence>,
    /// Whether it does; else it cannot be told.
    is_beyond: bool,
    /// Whether a condition that cannot be told might give more.
    perhaps_more: bool,
    /// Whether less may have been spent before.
    may_be_less: bool,
    /// Why.
    unknown: Vec<UnknownFact>,
}
