//! One run of a clock: from a start to its stop, with its target, its pauses and its verdict.

mod ends;
mod more_time;
mod pauses;
mod start_fields;
mod targets;

use indexmap::IndexSet;

use crate::calendar::{Duration, Instant};
use crate::engine::duties::NotificationDuty;
use crate::engine::finding::{
    Aim, Evidence, EvidenceKind, ExcuseFact, FieldFact, PauseFact, UnknownFact, Verdict, Why,
};
use crate::engine::plan::Plan;
use crate::engine::stopwatch::{Budget, Mark, Stopwatch};
use crate::engine::truth::Truth;
use crate::engine::worked::Worked;
use crate::graph::{ClockEvent, LevelTime, Limit, Percent};
use crate::log::{Event, Place};
use crate::vocabulary::Reading;

/// One run of a clock.
#[derive(Clone, Debug)]
pub struct ClockRun<'p> {
    /// The standard, by its index.
    pub standard: usize,
    /// The value of the `per` field.
    pub key: Option<String>,
    /// When it started; a reopened clock keeps it.
    pub start: Instant,
    /// When this instance began: at its start, or at the reopening that gave it a verdict of its own.
    pub began: Instant,
    /// From when it counts: the start, the next open day, or the last restart.
    pub counted_from: Instant,
    /// How many of the same start came before.
    pub ordinal: u32,
    /// The calendar that counts now, by its index.
    pub calendar: Option<usize>,
    /// The calendar that counted first: limits in days run to a day of it.
    first_calendar: Option<usize>,
    /// The hours that counted so far.
    worked: Worked,
    /// The verdict, once final.
    pub verdict: Option<Verdict>,
    /// Whether the verdict fell before the end: at due, or at a start that cannot be told.
    pub fell_early: bool,
    /// What the target table read when the verdict fell.
    pub target_fields: Vec<FieldFact>,
    /// The row of the target in force.
    pub target: SelectedRow,
    /// The due.
    pub due: Option<Mark>,
    /// The tighter line of `beyond expectation`.
    pub beyond: Option<Mark>,
    /// The row of `beyond expectation` that gives it.
    pub beyond_row: Option<usize>,
    /// The first warning.
    pub warning: Option<Mark>,
    /// From when on it was late, and what had been counted by then, once due is past.
    pub late_from: Option<(Instant, Duration)>,
    /// When it came to its stop or cancel, and what had been counted.
    pub end: Option<(Instant, Duration)>,
    /// Whether it stopped by the tighter line.
    pub beyond_met: Option<bool>,
    /// The pauses so far.
    pub pauses: Vec<PauseFact>,
    /// What could not be told and might have kept it from a breach.
    pub doubts: Vec<UnknownFact>,
    /// Why it cannot be told whether its breach is excused.
    pub excuse_doubts: Vec<UnknownFact>,
    /// The verdicts that something unknown may have given it.
    possible: Vec<Verdict>,
    /// Why it cannot be told that nothing ended it before its end.
    pub end_doubts: Vec<UnknownFact>,
    /// What may have held up its time since its verdict fell.
    pub later_doubts: Vec<UnknownFact>,
    /// What of its target cannot be read, and since when.
    unread_target: Option<(Instant, Vec<UnknownFact>)>,
    /// What of its target could not be read for a while: by it, parts of its time may have been reached earlier.
    pub earlier_doubts: Vec<UnknownFact>,
    /// Whether a clock of its key surely runs, even if it cannot be told since when.
    pub surely_runs: bool,
    /// Whether something unknown may have made its counted time another, also beside its verdict.
    pub time_in_doubt: bool,
    /// The log lines that decided it.
    pub evidence: Vec<Evidence>,
    /// Escalation levels on their way, and the duties of those that fired.
    pub levels: Vec<Level>,
    /// Escalations told since the start.
    pub told: Vec<Told>,
    /// Parts of the target that other rules wait for.
    pub parts: Vec<Part>,
    /// What happened to the clock that other rules may wait for, until the case passes it on.
    pub turns: Vec<Turn>,
    /// What excused it from a breach.
    pub excused: Option<ExcuseFact>,
    /// The time that was granted beside the table.
    pub extended: Extended,
    watch: Stopwatch<'p>,
    lines: Vec<Line>,
    own: StartFields,
}

/// A line that may stop the time: a pause of the standard, or an exemption.
#[derive(Clone, Copy, Debug)]
struct Line {
    why: Why,
    on: bool,
}

/// What the start event said, and the restarts since: the fields of the standard's own sentence.
#[derive(Clone, PartialEq, Debug)]
pub struct StartFields {
    kind: usize,
    fields: Vec<Reading>,
    /// The line of the start; none once a restart said some of them anew.
    place: Option<Place>,
}

/// Which target is in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectedRow {
    /// A row, by its index.
    Row(usize),
    /// A field that decides it is unknown.
    Undecided,
}

impl SelectedRow {
    /// The row, by its index.
    pub fn row(self) -> Option<usize> {
        match self {
            SelectedRow::Row(row) => Some(row),
            SelectedRow::Undecided => None,
        }
    }
}

/// A part of the target that other rules wait for.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which part.
    pub at: Percent,
    /// When it is reached; none before the target is known, and once it has been.
    pub mark: Option<Mark>,
    /// Whether it has been reached.
    pub fired: bool,
}

/// Something that happened to a clock, and that other rules may wait for.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What.
    pub what: ClockEvent,
    /// When.
    pub at: Instant,
    /// Whether it surely happened: never false.
    pub sure: Truth,
    /// Why that cannot be told.
    pub doubts: Vec<UnknownFact>,
}

/// Time that was granted beside the table.
#[derive(Clone, Default, Debug)]
pub struct Extended {
    /// The new total from the start, in place of the row's.
    pub to: Option<Limit>,
    /// What was added: as it is written, and as counted time.
    pub more: Vec<(Limit, Budget)>,
    /// The lines that acted.
    pub lines: Vec<usize>,
}

/// A level of an escalation on its way.
#[derive(Clone, Debug)]
pub struct Level {
    /// The escalation and the level, by their indices.
    pub of: (usize, usize),
    /// When it stands.
    pub at: LevelTime,
    /// When it fires; none before the target is known.
    pub mark: Option<Mark>,
    /// What came of it, once it fired.
    pub duty: Option<NotificationDuty>,
}

/// An escalation that was told.
#[derive(Clone, Debug)]
pub struct Told {
    /// The escalation, by its index.
    pub escalation: usize,
    /// The role, by its index, or why it cannot be told whom it told, or of which clock.
    pub role: Result<usize, UnknownFact>,
    /// The event.
    pub evidence: Evidence,
}

/// What a start needs to know beside the event.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// The standard, by its index.
    pub standard: usize,
    /// When the clock starts.
    pub at: Instant,
    /// The calendar it counts.
    pub calendar: Option<usize>,
}

impl<'p> ClockRun<'p> {
    /// A clock that starts with `event`; `own` are the fields that its tables read.
    pub fn start(
        plan: &'p Plan<'_>,
        beginning: Beginning,
        key: Option<String>,
        event: &Event,
        own: StartFields,
    ) -> Self {
        let counted_from = plan.counted_from(beginning.calendar, beginning.at);
        let pauses = plan.graph.standards.get(beginning.standard).map_or(0, |standard| standard.pauses.len());
        let exempt = plan.stops(beginning.standard).map(|(index, _)| Why::Exempt(index));
        let lines = std::iter::repeat_n(Why::Paused, pauses).chain(exempt).map(|why| Line { why, on: false });
        let parts = plan.turns(beginning.standard).iter().filter_map(|(_, turn)| match turn {
            ClockEvent::Part(at) => Some(Part { at: *at, mark: None, fired: false }),
            ClockEvent::Breach | ClockEvent::Met => None,
        });
        let levels = plan.escalations(beginning.standard).iter().flat_map(|escalation| {
            let levels = plan.graph.escalations.get(*escalation).map(|found| found.levels.as_slice());
            let levels = levels.unwrap_or_default().iter().enumerate();
            levels.map(|(level, said)| Level { of: (*escalation, level), at: said.at, mark: None, duty: None })
        });
        Self {
            standard: beginning.standard,
            key,
            start: beginning.at,
            began: beginning.at,
            counted_from,
            ordinal: 0,
            calendar: beginning.calendar,
            first_calendar: beginning.calendar,
            worked: Worked::from(counted_from, beginning.calendar),
            verdict: None,
            fell_early: false,
            target_fields: Vec::new(),
            target: SelectedRow::Undecided,
            due: None,
            beyond: None,
            beyond_row: None,
            warning: None,
            late_from: None,
            end: None,
            beyond_met: None,
            pauses: Vec::new(),
            doubts: Vec::new(),
            excuse_doubts: Vec::new(),
            possible: Vec::new(),
            end_doubts: Vec::new(),
            later_doubts: Vec::new(),
            unread_target: None,
            earlier_doubts: Vec::new(),
            surely_runs: true,
            time_in_doubt: false,
            evidence: vec![Evidence::of(EvidenceKind::Started, event)],
            levels: levels.collect(),
            told: Vec::new(),
            parts: parts.collect(),
            turns: Vec::new(),
            excused: None,
            extended: Extended::default(),
            watch: Stopwatch::started(plan.counting(beginning.calendar), counted_from),
            lines: lines.collect(),
            own,
        }
    }

    /// The start event, for conditions on it.
    pub fn own(&self) -> &StartFields {
        &self.own
    }

    /// What has been counted up to `now`.
    pub fn elapsed(&self, now: Instant) -> Duration {
        self.watch.elapsed(now)
    }

    /// Something happened to it that other rules may wait for; where that is not sure, by all that cannot be told of it.
    pub fn comes_to(&mut self, what: ClockEvent, at: Instant, sure: Truth) {
        let doubts = if sure == Truth::True { Vec::new() } else { self.all_doubts() };
        self.turns.push(Turn { what, at, sure, doubts });
    }

    fn all_doubts(&self) -> Vec<UnknownFact> {
        let of_verdict = self.doubts.iter().chain(&self.excuse_doubts).chain(&self.end_doubts);
        let all: IndexSet<&UnknownFact> = of_verdict.chain(&self.later_doubts).chain(self.unread_before()).collect();
        all.into_iter().cloned().collect()
    }

    /// What it aims at, as things stand.
    pub fn aim(&self) -> Aim {
        Aim { row: self.target.row(), due: self.due.and_then(|due| due.at), calendar: self.calendar }
    }
}
