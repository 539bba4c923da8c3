//! What a row that cannot be read may have begun.

use super::lost::Lost;
use super::reads::{AllReads, ClockReads};

use crate::calendar::Instant;
use crate::engine::finding::{Detail, Finding, Rule};
use crate::engine::plan::{Phase, triggers};
use crate::engine::routing::RoutedEvents;
use crate::graph::{Conduct, Graph, PromiseId, Standard, Trigger};
use crate::log::RowCase;

/// Where a row may have begun findings of a promise.
#[derive(Default)]
pub struct Begun {
    /// So many in its own place.
    pub own: u64,
    /// One at each of these events behind it.
    pub at: Vec<Instant>,
    /// So many at any time from its own on.
    pub later: u64,
}

impl Begun {
    /// How many there may be at most.
    pub fn most(&self) -> u64 {
        self.own + self.at.len() as u64 + self.later
    }
}

/// What is known around a row.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The case, or party.
    pub stream: &'a RoutedEvents<'a>,
    /// What was found of it.
    pub findings: &'a [Finding],
    /// All rows that may be of it.
    pub rows: &'a [Lost<'a>],
}

impl<'a> Around<'a> {
    /// What was found of the clocks of a standard.
    pub fn clocks_of(self, standard: usize) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.rule == Rule::Standard(standard))
    }

    /// Whether there is a clock of a standard, or may be one by another row.
    pub fn has_clocks(self, standard: usize, reads: &ClockReads, row: &Lost<'_>) -> bool {
        let others = self.rows.iter().filter(|other| other.row.place != row.row.place);
        self.clocks_of(standard).next().is_some()
            || others.flat_map(|other| other.of_kinds(&reads.phases)).flatten().any(|phase| *phase == Phase::Start)
    }
}

/// The promises of which a row may have begun another finding, and where.
pub fn begun_by(graph: &Graph, reads: &AllReads, around: Around<'_>, row: &Lost<'_>) -> Vec<(PromiseId, Begun)> {
    let stream = around.stream;
    let after = |begins: &dyn Fn(usize) -> bool| {
        let events = stream.events.iter().filter(|event| event.time >= row.from());
        events.filter(|event| begins(usize::from(event.kind))).map(|event| event.time).collect::<Vec<Instant>>()
    };
    let clocks = reads.clocks.iter().zip(&graph.standards).enumerate().map(|(index, (reads, standard))| {
        let named = |which: fn(&Phase) -> bool| row.of_kinds(&reads.phases).flatten().any(which);
        let touches = row.touches(&reads.around);
        // After another end, another start begins a clock that was none while one ran.
        let begin = |kind: usize| reads.phases.get(&kind).is_some_and(|phases| phases.iter().any(begins));
        let starts = stream.events.iter().filter(|event| begin(usize::from(event.kind))).count();
        let ignored = stream.cases.is_empty() || starts > around.clocks_of(index).count();
        let may_begin = may_begin_itself(index, (standard, reads), around, row);
        let own = if may_begin { row.count as u64 } else { 0 };
        // At its time, unless it begins later than what happens; what another clock brings about comes at any time.
        let is_delayed = standard.delay.is_some();
        let is_brought_about = |trigger: &Trigger| graph.turn(trigger.event).is_some();
        let waits = triggers(standard).any(|(phase, trigger)| begins(&phase) && is_brought_about(trigger));
        let brought_about = u64::from(touches && (waits || stream.cases.is_empty()));
        let begun = Begun {
            own: if is_delayed { 0 } else { own },
            at: if touches || named(ends) && ignored { after(&begin) } else { Vec::new() },
            later: brought_about + if is_delayed { own } else { 0 },
        };
        (PromiseId::Standard(index), begun)
    });
    let behaviours = graph.behaviours.iter().enumerate().map(|(index, behaviour)| {
        let sentence = &behaviour.sentence;
        // What happens behind the end of its case is not judged.
        let moves_the_end = row.touches(&reads.case_end);
        let touches = moves_the_end || reads.behaviours.get(index).is_some_and(|reads| row.touches(reads));
        // `never A after B` speaks of all that follows a B, and behind a B another `between A and B` may begin.
        let also = match sentence {
            Conduct::NeverAfter { .. } | Conduct::AtLeastEvery { .. } => sentence.other(),
            _ => &[],
        };
        let is_other = also.iter().any(|trigger| row.may_be(trigger.event));
        let is_judged = sentence.judged().iter().any(|trigger| row.may_be(trigger.event));
        // Of each case as a whole there is one, whatever happens in it.
        let of_the_case = matches!(sentence, Conduct::Never(_) | Conduct::Times { .. });
        let of_another = of_the_case && !matches!(row.row.case, RowCase::Known(_));
        let begin = |kind: usize| sentence.judged().iter().any(|trigger| trigger.event == kind);
        let brought_about = touches && sentence.judged().iter().any(|trigger| graph.turn(trigger.event).is_some());
        let begun = Begun {
            own: if of_another || is_other || is_judged { row.count as u64 } else { 0 },
            at: if touches || is_other { after(&begin) } else { Vec::new() },
            later: u64::from(brought_about || touches && stream.cases.is_empty()),
        };
        (PromiseId::Behaviour(index), begun)
    });
    let actions = graph.actions.iter().enumerate().filter(|(_, action)| row.may_be(action.event));
    let authorities = actions.flat_map(|(index, _)| graph.authorities_over(index)).map(PromiseId::Authority);
    let authorities = authorities.map(|authority| (authority, Begun { own: row.count as u64, ..Begun::default() }));
    clocks.chain(behaviours).chain(authorities).filter(|(_, begun)| begun.most() > 0).collect()
}

/// Whether a row may itself begin a clock, or another part of one with a verdict of its own.
pub fn may_begin_itself(
    standard: usize,
    (found, reads): (&Standard, &ClockReads),
    around: Around<'_>,
    row: &Lost<'_>,
) -> bool {
    let is = |which: fn(&Phase) -> bool| row.of_kinds(&reads.phases).flatten().any(which);
    let starts = is(|phase| *phase == Phase::Start);
    let goes_on = is(|phase| matches!(phase, Phase::Restart | Phase::Reopen(_)));
    // Where one runs already, another is ignored.
    let is_plain = found.key.is_none() && found.delay.is_none() && !is(ends);
    let is_alone = is_plain && row.count == 1 && around.rows.len() == 1;
    let is_ignored = || is_alone && around.clocks_of(standard).any(|clock| surely_runs_throughout(clock, row));
    starts && !is_ignored() || goes_on && around.has_clocks(standard, reads, row)
}

/// Whether a clock surely runs wherever a row may stand.
fn surely_runs_throughout(clock: &Finding, row: &Lost<'_>) -> bool {
    let (from, to) = row.row.between;
    match &clock.detail {
        Detail::Clock(account) => {
            let is_sure = account.unknown.is_empty() && account.end_unread.is_empty();
            is_sure && account.began < from && account.stop.is_none_or(|stop| to < stop)
        }
        _ => false,
    }
}

/// Whether a line begins a finding.
fn begins(phase: &Phase) -> bool {
    matches!(phase, Phase::Start | Phase::Restart | Phase::Reopen(_))
}

/// Whether a line ends a clock.
fn ends(phase: &Phase) -> bool {
    matches!(phase, Phase::Stop | Phase::Cancel)
}
