//! The engine: a pure fold of a log over a plan.
//!
//! ```text
//! Plan::new(graph) ─► for each case: advance · apply · … · settle ─► Partial ─► merge ─► Evaluation
//! ```
//!
//! Nothing here reads a file, a clock or a global: the same graph, log and `as of` give the same
//! evaluation, whatever the number of shards.

mod authority;
mod because;
mod behaviours;
mod breach_weight;
mod case;
mod case_fields;
mod case_findings;
mod case_summaries;
mod causes;
mod clock_run;
mod daily_limits;
mod damage;
mod doubts;
mod duties;
mod event_key;
mod exact;
mod exemptions;
mod finding;
mod history;
mod journeys;
mod levels;
mod moments;
mod occurrence;
mod pauses;
mod plan;
mod remedies;
mod routing;
mod run_totals;
mod scorecards;
mod stopwatch;
pub(crate) mod truth;
mod words;
mod worked;

pub use damage::Loss;
pub use exact::{End, Exact, exact};
pub use finding::*;
pub use levels::{Days, Ends, Group, LevelDuty, LevelFinding, MemberOutcome, Undecided};
pub use run_totals::{Flow, Outside, OutsidePeriod, RunTotals, Tally};
pub use words::in_words;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use case::Case;
use case_summaries::{CaseSummaries, Unsure};
use daily_limits::Days as DailyDeeds;
use damage::{AllReads, Damage};
use levels::{Horizon, Sums};
use plan::{Plan, Scope};
use routing::{RoutedEvents, Routes};

use crate::calendar::{Duration, Instant};
use crate::graph::{Graph, Percent, Promise};
use crate::log::Log;
use crate::vocabulary::{Reading, Value};

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
    pub population: RunTotals,
    /// What came of every level, by (level, window, group).
    pub levels: Vec<LevelFinding>,
    /// What the clocks could not use, by (time, case).
    pub anomalies: Vec<Anomaly>,
    /// What rows that cannot be read may have begun and no finding speaks of, by (row, case, rule).
    pub unseen: Vec<Unseen>,
}

/// Runs the standards over a log.
pub fn evaluate(graph: &Graph, log: &Log, options: &Options) -> Evaluation {
    let first = log.events.first().map_or(Instant::from_nanos(0), |event| event.time);
    let last = log.events.last().map_or(first, |event| event.time);
    let as_of = options.as_of.or(log.last()).unwrap_or(last);
    let (earliest, latest) = promised(graph, log, (first, last));
    let (from, to) = (first.min(earliest), as_of.max(latest));
    let plans = [Scope::Cases, Scope::Parties].map(|scope| Plan::new(graph, scope, from, to));
    let streams = Routes::of(graph, log, as_of);
    let loss = Loss::of(log, options.allowed_loss.unwrap_or(Options::LOST));
    let unsure_hearing = damage::unsure_hearing(graph, log);
    let damage = Damage::of(graph, log, &unsure_hearing, as_of, loss);
    let shards = options.shards.max(1);
    let reads = LazyCell::new(|| AllReads::of(graph));
    let doubts = Doubts { as_of, damage: damage.as_ref(), reads: &|| &reads };
    let mut partial = (0..shards)
        .map(|shard| {
            run_shard(&plans, log, &streams, &doubts, |stream| shard_of(log, &streams, stream, shards) == shard)
        })
        .fold(Partial::empty(graph), Partial::merge);
    partial.sums.take_alone(&plans[0], log, as_of, |event| damage::unreadable_groups(graph, &[event]));
    if let Some(damage) = &damage {
        damage.tell_levels(graph, &mut partial.sums, as_of);
        partial.unseen.extend(damage.unseen_elsewhere(&plans[0], log));
        partial.daily.take_possible(damage.possible_deeds(graph));
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
fn shard_of(log: &Log, streams: &Routes<'_>, stream: &RoutedEvents<'_>, shards: usize) -> usize {
    let home = stream.first().and_then(|case| streams.home.get(case));
    let id = home.and_then(|case| log.cases.get(*case));
    let hash = blake3::hash(id.map(|id| id.as_bytes()).unwrap_or_default());
    let word = hash.as_bytes().first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    usize::try_from(word % shards as u64).unwrap_or_default()
}

/// What is asked of a case once it was judged by what can be read.
struct Doubts<'a> {
    as_of: Instant,
    damage: Option<&'a Damage<'a>>,
    /// What each rule looks at; found out where it is asked.
    reads: &'a dyn Fn() -> &'a AllReads,
}

fn run_shard(
    [of_cases, of_parties]: &[Plan<'_>; 2],
    log: &Log,
    streams: &Routes<'_>,
    doubts: &Doubts<'_>,
    mine: impl Fn(&RoutedEvents<'_>) -> bool,
) -> Partial {
    let mut partial = Partial::empty(of_cases.graph);
    for stream in streams.cases.iter().filter(|stream| mine(stream)) {
        partial.cases += 1;
        partial.judged += u64::from(run(of_cases, log, stream, doubts, &mut partial));
    }
    for stream in streams.parties.iter().filter(|stream| mine(stream)) {
        run(of_parties, log, stream, doubts, &mut partial);
    }
    partial
}

/// Folds the events of a case or a party; whether anything was found.
fn run(plan: &Plan<'_>, log: &Log, stream: &RoutedEvents<'_>, doubts: &Doubts<'_>, partial: &mut Partial) -> bool {
    let Some(id) = stream.first().and_then(|case| log.cases.get(case)) else { return false };
    let Doubts { as_of, damage, reads } = *doubts;
    let mut case = Case::new(plan, log, &stream.cases);
    for event in &stream.events {
        case.advance(event.time);
        case.apply(event);
    }
    let clocks = case.settle(as_of);
    let mut findings = case_findings::findings(plan, &case, id, clocks, as_of);
    let damage = damage.map(|damage| damage.in_case(plan, stream));
    let damage = damage.as_ref();
    damage::doubt_by_cells(plan.graph, reads, case.behaviours.unread_end(), &mut findings);
    if let Some(damage) = damage {
        damage.doubt(&mut findings);
        damage.tell_levels(&findings, as_of, &mut partial.sums);
        partial.unseen.extend(damage.unseen(id, &findings));
    }
    let rows = damage.map(|damage| damage.rows.as_slice()).unwrap_or_default();
    let around = damage::Around { stream, findings: &findings, rows };
    let known = || damage::Known { plan, reads: reads(), around, as_of };
    partial.unseen.extend(damage::begun_by_undetermined(known, &findings, id));
    let mut unsure = damage.map(|damage| damage.unsure(&findings)).unwrap_or_default();
    let found = !findings.is_empty();
    partial.take(&case, findings);
    unsure.strays.extend(damage::unreadable_groups(plan.graph, &stream.events));
    partial.keep(&case, id, stream.begun(), unsure);
    found
}

/// What a shard yields; partial results merge, in any order, to the result of the whole.
struct Partial {
    findings: Vec<Finding>,
    anomalies: Vec<Anomaly>,
    unseen: BTreeSet<Unseen>,
    daily: DailyDeeds,
    sums: Sums,
    kept: CaseSummaries,
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
            unseen: BTreeSet::new(),
            daily: DailyDeeds::default(),
            sums: Sums::new(graph.levels.len()),
            kept: CaseSummaries::default(),
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
        self.daily.take(case.graph(), &case.authority, &findings);
        self.findings.extend(findings);
        self.anomalies.extend(case.anomalies.iter().cloned());
    }

    /// Keeps what is judged over many findings, where anything is.
    fn keep(&mut self, case: &Case<'_, '_>, id: &Arc<str>, begun: Instant, unsure: Unsure) {
        let graph = case.plan.graph;
        if graph.levels.is_empty() && graph.scorecards.is_empty() && graph.journeys.is_empty() {
            return;
        }
        self.sums.take_samples(case, &unsure.strays);
        self.kept.keep(case, id, begun, unsure);
    }

    fn merge(mut self, other: Partial) -> Partial {
        self.findings.extend(other.findings);
        self.anomalies.extend(other.anomalies);
        self.unseen.extend(other.unseen);
        self.daily.merge(other.daily);
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
        std::mem::take(&mut self.daily).judge(graph, &mut self.findings);
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
        levels::check_notifications(plan, log, &mut levels, as_of);
        let mut population = RunTotals::count(graph, log, as_of, &self.findings, &self.started);
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
        Evaluation {
            as_of,
            period,
            loss,
            findings: self.findings,
            population,
            levels,
            anomalies: self.anomalies,
            unseen: damage::unseen_once(self.unseen),
        }
    }
}
