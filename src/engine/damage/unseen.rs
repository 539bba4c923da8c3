//! What there may be to judge, and no finding speaks of.
//!
//! A row that cannot be read may be what a promise starts with, or may have let something that can be read begin
//! another: a reopening behind an end, an extension of a clock that ran. What hangs on such a clock may be too.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::begun::{Around, may_begin_itself};
use super::cells::left_open_by;
use super::earliest::earliest_part;
use super::lost::Lost;
use super::reads::{AllReads, ClockReads};

use crate::calendar::Instant;
use crate::engine::finding::{Detail, Evidence, EvidenceKind, Finding, Rule, UnreadFact, Unseen, Verdict};
use crate::engine::moments::{is_watched, moment_of};
use crate::engine::plan::{Phase, Plan, Scope, triggers};
use crate::graph::{ClockEvent, Conduct, LevelTime, Percent, Standard, Times, Trigger};
use crate::log::Place;

/// What is known of a case in which more may have begun.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub plan: &'a Plan<'a>,
    pub reads: &'a AllReads,
    pub around: Around<'a>,
    /// When the log is judged.
    pub as_of: Instant,
}

impl Known<'_> {
    /// The rules of which a row may have begun a finding that is not known; if nothing says what happened, it may be
    /// any.
    pub fn begun_by(&self, row: &Lost<'_>) -> Vec<Option<Rule>> {
        if row.row.kinds.is_none() {
            return vec![None];
        }
        let mut begun = BTreeSet::new();
        for (index, standard) in self.plan.graph.standards.iter().enumerate() {
            if self.may_begin_a_clock(index, standard, row) {
                begun.insert(Rule::Standard(index));
                let runs = (self.starts_at(index, row), self.as_of);
                self.follow_perhaps_begun(index, runs, &|_| false, &mut begun);
            }
            begun.extend(self.extended_by(index, standard, row).map(|line| Rule::Extension(index, line)));
        }
        let behaviours = self.plan.graph.behaviours.iter().enumerate();
        let behaviours = behaviours.filter(|(index, found)| self.may_be_judged(*index, &found.sentence, row));
        begun.extend(behaviours.map(|(index, _)| Rule::Behaviour(index)));
        let actions = self.plan.graph.actions.iter().enumerate().filter(|(_, action)| row.may_be(action.event));
        begun.extend(actions.map(|(index, _)| Rule::Action(index)));
        let approvals = self.plan.graph.approvals.iter().enumerate();
        let approvals = approvals.filter(|(_, found)| row.may_be(found.asked) || row.may_be(found.granted));
        begun.extend(approvals.map(|(index, _)| Rule::Approval(index)));
        self.add_moments(&mut begun);
        begun.into_iter().map(Some).collect()
    }

    /// Whether a finding speaks of what a clock may have brought about.
    fn is_told_of(&self, clock: &Finding, rule: Rule) -> bool {
        let mut of_rule = self.around.findings.iter().filter(|found| found.rule == rule);
        let is_of_clock = |event: usize| self.plan.graph.turn(event).is_some_and(|turn| is_of(clock, turn.standard));
        match rule {
            Rule::Escalation(..) => {
                of_rule.any(|found| matches!(&found.detail, Detail::Duty(duty) if duty.clock == clock.id))
            }
            // One that is sure began by something else.
            _ => of_rule
                .filter(|found| found.verdict == Verdict::Undetermined)
                .any(|found| found.start >= clock.start && found.evidence.iter().any(|line| is_of_clock(line.event))),
        }
    }

    /// A moment is judged where a rule of it has a finding.
    fn add_moments(&self, begun: &mut BTreeSet<Rule>) {
        let is_known = |moment: usize| self.around.findings.iter().any(|found| found.rule == Rule::Moment(moment));
        let moments: Vec<usize> = begun.iter().filter_map(|rule| moment_of(self.plan.graph, *rule)).collect();
        let judged = moments.into_iter().filter(|moment| is_watched(self.plan.graph, *moment, Scope::Cases));
        begun.extend(judged.filter(|moment| !is_known(*moment)).map(Rule::Moment));
    }

    // ── Clocks ──────────────────────────────────────────────────────────────────────────────────

    /// Whether a row may itself begin a clock, or let something that can be read begin one.
    fn may_begin_a_clock(&self, index: usize, standard: &Standard, row: &Lost<'_>) -> bool {
        let Some(reads) = self.reads.clocks.get(index) else { return false };
        let heard = triggers(standard).filter(|(phase, _)| begins_one(phase)).map(|(_, trigger)| trigger);
        may_begin_itself(index, (standard, reads), self.around, row)
            || acts_on(reads, row) && self.has_idle_starts(index)
            || self.may_let_hear(heard, row)
    }

    /// Whether a row may let a case hear of events of others.
    fn may_let_hear<'t>(&self, mut triggers: impl Iterator<Item = &'t Trigger>, row: &Lost<'_>) -> bool {
        let reach = |on: &Trigger| self.plan.graph.reaches.get(on.event).copied().flatten();
        triggers.any(|on| reach(on).is_some_and(|(_, field)| row.may_change(field)))
    }

    /// Whether there are events that begin clocks, and began none.
    fn has_idle_starts(&self, standard: usize) -> bool {
        let Some(reads) = self.reads.clocks.get(standard) else { return false };
        let is_start = |kind: usize| reads.phases.get(&kind).is_some_and(|phases| phases.iter().any(begins_one));
        let mut starts = self.around.stream.events.iter().filter(|event| is_start(usize::from(event.kind))).peekable();
        if starts.peek().is_none() {
            return false;
        }
        let began: HashSet<Place> = self.around.clocks_of(standard).flat_map(beginnings).collect();
        starts.any(|event| !began.contains(&event.place))
    }

    /// The earliest at which a clock may have started by a row: what may go on may have started before.
    fn starts_at(&self, standard: usize, row: &Lost<'_>) -> Instant {
        let phases =
            self.reads.clocks.get(standard).into_iter().flat_map(|reads| row.of_kinds(&reads.phases)).flatten();
        let mut others = phases.filter(|phase| !matches!(phase, Phase::Start | Phase::Escalate)).peekable();
        if others.peek().is_none() { row.from() } else { Instant::MIN }
    }

    /// What may come of a clock that runs at most from one time to another: its levels, what waits for it, and what
    /// comes of that in turn.
    fn follow_clock(
        &self,
        standard: usize,
        (start, end): (Instant, Instant),
        is_told: &dyn Fn(Rule) -> bool,
        begun: &mut BTreeSet<Rule>,
    ) {
        let graph = self.plan.graph;
        let reached = |part| earliest_part(self.plan, standard, part, start).filter(|at| *at <= end);
        let comes_to = |on: &Trigger| match graph.turn(on.event).filter(|turn| turn.standard == standard)?.what {
            ClockEvent::Met => Some(start),
            ClockEvent::Breach => reached(Percent::WHOLE),
            ClockEvent::Part(part) => reached(part),
        };
        let waits = |on: &Trigger| comes_to(on).is_some();
        let escalations = graph.escalations.iter().enumerate().filter(|(_, found)| found.standard == standard);
        let levels = escalations.flat_map(|(index, found)| {
            let fired = found.levels.iter().enumerate().filter(|(_, level)| match level.at {
                LevelTime::Part(part) => reached(part).is_some(),
                // Counted time passes no faster than that of the wall.
                LevelTime::After(time) => start.saturating_add(time) <= end,
            });
            fired.map(move |(level, _)| Rule::Escalation(index, level))
        });
        let behaviours = graph.behaviours.iter().enumerate();
        let behaviours = behaviours.filter(|(_, found)| begin_findings(&found.sentence).any(waits));
        let behaviours = behaviours.map(|(index, _)| Rule::Behaviour(index));
        let extensions = graph.standards.iter().enumerate().flat_map(|(index, other)| {
            let lines = other.extensions.iter().enumerate().filter(|(_, said)| said.on.iter().any(waits));
            lines.map(move |(line, _)| Rule::Extension(index, line))
        });
        begun.extend(levels.chain(behaviours).chain(extensions).filter(|rule| !is_told(*rule)));
        for (index, other) in graph.standards.iter().enumerate() {
            let rule = Rule::Standard(index);
            let begins = triggers(other).filter(|(phase, _)| begins_one(phase));
            if let Some(start) = begins.filter_map(|(_, on)| comes_to(on)).min()
                && !is_told(rule)
                && begun.insert(rule)
            {
                self.follow_perhaps_begun(index, (start, self.as_of), is_told, begun);
            }
        }
    }

    /// What may come of a clock that may have begun, and of extensions that may speak to it.
    fn follow_perhaps_begun(
        &self,
        standard: usize,
        runs: (Instant, Instant),
        is_told: &dyn Fn(Rule) -> bool,
        begun: &mut BTreeSet<Rule>,
    ) {
        let is_known = |on: &Trigger| self.count_of(|kind| kind == on.event) > 0;
        let lines = self.plan.graph.standards.get(standard).into_iter().flat_map(|found| &found.extensions).enumerate();
        let spoken = lines.filter(|(_, said)| said.on.iter().any(is_known));
        begun.extend(spoken.map(|(line, _)| Rule::Extension(standard, line)));
        self.follow_clock(standard, runs, is_told, begun);
    }

    /// The lines by which a row may extend a clock, or let an extension that can be read speak to one.
    fn extended_by(&self, index: usize, standard: &Standard, row: &Lost<'_>) -> impl Iterator<Item = usize> {
        let may_be = |on: &[Trigger]| on.iter().any(|trigger| row.may_be(trigger.event));
        let lines = standard.extensions.iter().enumerate().filter(|(_, said)| may_be(&said.on)).map(|(line, _)| line);
        let reads = self.reads.clocks.get(index);
        let has_clocks = || reads.is_some_and(|reads| self.around.has_clocks(index, reads, row));
        let mut extended: BTreeSet<usize> = lines.filter(|_| has_clocks()).collect();
        if reads.is_some_and(|reads| acts_on(reads, row)) {
            extended.extend(self.idle_extensions(index));
        }
        extended.into_iter()
    }

    /// The lines of which there are events that spoke to no clock.
    fn idle_extensions(&self, standard: usize) -> impl Iterator<Item = usize> {
        let lines = self.plan.graph.standards.get(standard).into_iter().flat_map(|standard| standard.extensions.iter());
        lines.enumerate().filter_map(move |(line, said)| {
            let known =
                self.around.findings.iter().filter(|found| found.rule == Rule::Extension(standard, line)).count();
            let is_extension = |kind: usize| said.on.iter().any(|trigger| trigger.event == kind);
            (self.count_of(is_extension) > known).then_some(line)
        })
    }

    // ── Behaviours ──────────────────────────────────────────────────────────────────────────────

    /// Whether there may be another finding of a behaviour.
    fn may_be_judged(&self, index: usize, sentence: &Conduct, row: &Lost<'_>) -> bool {
        let is = |triggers: &[Trigger]| triggers.iter().any(|trigger| row.may_be(trigger.event));
        let of_rule = || self.around.findings.iter().filter(|found| found.rule == Rule::Behaviour(index));
        let of_the_case = |found: &&Finding| matches!(&found.detail, Detail::Conduct(detail) if detail.of_the_case);
        let names = |found: &Finding| found.unread.iter().any(|fact| fact.turns && fact.place == row.row.place);
        // Of the case as a whole there is one, and it tells of the row; what is counted stands for good where it does not.
        let is_counted = matches!(sentence, Conduct::Times { .. });
        if of_rule().find(of_the_case).is_some_and(|found| is_counted || names(found)) {
            return false;
        }
        let is_one = match sentence {
            // Each is one too many; and of a case of which nothing is known, too little may have happened.
            Conduct::Times { times, .. } => {
                let is_unknown = self.around.stream.cases.is_empty();
                *times != Times::AtLeast && is(sentence.judged()) || is_unknown && *times != Times::AtMost
            }
            _ => begin_findings(sentence).any(|trigger| row.may_be(trigger.event)),
        };
        let reads = self.reads.behaviours.get(index);
        let may_let_count = reads.is_some_and(|reads| row.touches(reads)) || row.touches(&self.reads.case_end);
        let is_judged = |kind: usize| sentence.judged().iter().any(|trigger| trigger.event == kind);
        let known = of_rule().filter(|found| !of_the_case(found)).count();
        let turns = sentence.judged().iter().filter_map(|trigger| self.plan.graph.turn(trigger.event));
        let of_clocks = turns.map(|turn| self.around.clocks_of(turn.standard).count()).sum::<usize>();
        is_one
            || may_let_count && self.count_of(is_judged) + of_clocks > known
            || self.may_let_hear(sentence.judged().iter(), row)
    }

    /// Whether a span may have ended before it is known to, so that another began where nothing did.
    fn may_end_a_span_earlier(&self, behaviour: usize) -> bool {
        let Some(Conduct::AtLeastEvery { from, .. }) =
            self.plan.graph.behaviours.get(behaviour).map(|found| &found.sentence)
        else {
            return false;
        };
        let known = self.around.findings.iter().filter(|found| found.rule == Rule::Behaviour(behaviour)).count();
        self.count_of(|kind| from.iter().any(|trigger| trigger.event == kind)) > known
    }

    fn count_of(&self, is: impl Fn(usize) -> bool) -> usize {
        self.around.stream.events.iter().filter(|event| is(usize::from(event.kind))).count()
    }
}

/// What may have begun, and whether it did hangs on what a row or a cell leaves open: on a clock, or the end of a span.
pub fn begun_by_undetermined<'k>(
    known: impl FnOnce() -> Known<'k>,
    findings: &[Finding],
    id: &Arc<str>,
) -> Vec<Unseen> {
    let left_open: Vec<_> = findings.iter().filter_map(|finding| Some((finding, left_open_by(finding)?))).collect();
    if left_open.is_empty() {
        return Vec::new();
    }
    let known = known();
    let earliest = known.around.rows.iter().map(Lost::from).min();
    let mut unseen = Vec::new();
    for (finding, row) in left_open {
        let mut begun = BTreeSet::new();
        match finding.rule {
            Rule::Standard(standard) => {
                begun.extend(Some(finding.rule).filter(|_| known.has_idle_starts(standard)));
                begun.extend(known.idle_extensions(standard).map(|line| Rule::Extension(standard, line)));
                let start = earliest.map_or(finding.start, |earliest| earliest.min(finding.start));
                let runs = (start, end_of(finding).unwrap_or(known.as_of));
                known.follow_clock(standard, runs, &|rule| known.is_told_of(finding, rule), &mut begun);
            }
            Rule::Behaviour(behaviour) => {
                begun.extend(Some(finding.rule).filter(|_| known.may_end_a_span_earlier(behaviour)));
            }
            _ => {}
        }
        known.add_moments(&mut begun);
        unseen.extend(told(begun.into_iter().map(Some), &row, Some(id)));
    }
    unseen
}

/// A row that may be anything says so once.
pub fn unseen_once(all: BTreeSet<Unseen>) -> Vec<Unseen> {
    let of = |unseen: &Unseen| (unseen.row.place, unseen.case.clone());
    let anything: HashSet<_> = all.iter().filter(|unseen| unseen.rule.is_none()).map(of).collect();
    all.into_iter().filter(|unseen| unseen.rule.is_none() || !anything.contains(&of(unseen))).collect()
}

/// What begins a finding of a sentence: `never A after B` speaks of all that follows a B, and behind a B another
/// `between A and B` may begin.
fn begin_findings(sentence: &Conduct) -> impl Iterator<Item = &Trigger> {
    let also = match sentence {
        Conduct::NeverAfter { .. } | Conduct::AtLeastEvery { .. } => sentence.other(),
        _ => &[],
    };
    sentence.judged().iter().chain(also)
}

/// The same row, for each rule.
pub fn told(rules: impl IntoIterator<Item = Option<Rule>>, row: &UnreadFact, case: Option<&Arc<str>>) -> Vec<Unseen> {
    rules.into_iter().map(|rule| Unseen { row: row.clone(), case: case.cloned(), rule }).collect()
}

/// Whether a clock is one of a standard.
fn is_of(clock: &Finding, standard: usize) -> bool {
    clock.rule == Rule::Standard(standard)
}

/// When a clock came to its end, if it has.
fn end_of(clock: &Finding) -> Option<Instant> {
    match &clock.detail {
        Detail::Clock(account) => account.stop,
        _ => None,
    }
}

/// The log lines that began a clock.
fn beginnings(clock: &Finding) -> impl Iterator<Item = Place> {
    let began = match &clock.detail {
        Detail::Clock(account) => account.began,
        _ => clock.start,
    };
    let begins = move |line: &&Evidence| match line.deed {
        EvidenceKind::Started => true,
        // Before a verdict a restart begins no other; behind one that fell early, nor does a reopening.
        EvidenceKind::Restarted | EvidenceKind::Reopened => line.at == began,
        _ => false,
    };
    clock.evidence.iter().filter(begins).map(|line| line.place)
}

/// Whether a row may change what comes of a clock.
fn acts_on(reads: &ClockReads, row: &Lost<'_>) -> bool {
    row.touches(&reads.around) || row.of_kinds(&reads.phases).flatten().any(|phase| *phase != Phase::Escalate)
}

/// Whether a line begins a clock, or another part of one with a verdict of its own.
fn begins_one(phase: &Phase) -> bool {
    matches!(phase, Phase::Start | Phase::Restart | Phase::Reopen(_))
}
