//! What happened in a case, kept where facts are asked of it, and the facts that it shows.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::case_fields::TrustedEvent;
use super::occurrence::Occurrence;
use super::truth::Truth;

use crate::calendar::{Duration, Instant};
use crate::graph::{Fact, Graph};
use crate::vocabulary::{Reading, Value};

/// Everything that happened in a case so far, in order; empty where no fact is asked.
#[derive(Default)]
pub struct History<'l> {
    happened: Vec<Happened>,
    /// The events of the log among them.
    events: Vec<TrustedEvent<'l>>,
    /// When each asking came, and its answer if there was one.
    waits: Vec<(Instant, Option<Instant>)>,
    /// The askings without an answer, oldest first, by case and approval.
    unanswered: BTreeMap<(u32, usize), VecDeque<usize>>,
}

/// Something that happened: an event of the log, or what a clock brought about.
struct Happened {
    kind: usize,
    at: Instant,
    actor: Option<Arc<str>>,
    sure: Truth,
}

impl<'l> History<'l> {
    /// Keeps something that happened; who did it, only if it is of this case.
    pub fn take(&mut self, occurrence: &Occurrence<'l>, is_own: bool) {
        let kind = usize::from(occurrence.kind);
        let actor = occurrence.actor.clone().filter(|_| is_own);
        let (at, sure) = (occurrence.time, occurrence.sure);
        self.happened.push(Happened { kind, at, actor, sure });
    }

    /// Keeps an event of the log.
    pub fn take_event(&mut self, graph: &Graph, heard: TrustedEvent<'l>) {
        self.events.push(heard);
        if !heard.is_own {
            return;
        }
        let (event, kind) = (heard.event, usize::from(heard.event.kind));
        for (index, approval) in graph.approvals.iter().enumerate() {
            let unanswered = self.unanswered.entry((event.case, index)).or_default();
            if approval.asked == kind {
                unanswered.push_back(self.waits.len());
                self.waits.push((event.time, None));
            }
            // The oldest asking that waits is answered.
            if (approval.granted == kind || approval.refused == Some(kind))
                && let Some(oldest) = unanswered.pop_front().and_then(|asking| self.waits.get_mut(asking))
            {
                oldest.1 = Some(event.time);
            }
        }
    }

    /// When the case began.
    pub fn began(&self) -> Option<Instant> {
        self.happened.first().map(|first| first.at)
    }

    /// The events of the log up to and including an instant.
    pub fn events_until(&self, until: Instant) -> impl Iterator<Item = TrustedEvent<'l>> {
        self.events.iter().copied().take_while(move |heard| heard.event.time <= until)
    }

    /// When an asking waited for its answer: from, and to if there was one.
    pub fn waits(&self) -> impl Iterator<Item = (Instant, Option<Instant>)> {
        self.waits.iter().copied()
    }

    /// What a fact says of the time from one instant to another, both included; none of a fact that is
    /// not told by what happened.
    pub fn read(&self, fact: Fact, from: Instant, to: Instant) -> Reading {
        let mut told = Telling::of(fact);
        let begins = self.happened.partition_point(|happened| happened.at < from);
        let happened = self.happened.iter().skip(begins).take_while(|happened| happened.at <= to);
        happened.for_each(|happened| told.take(happened));
        told.reading()
    }
}

/// A fact as it is told, one happening after the other.
pub struct Telling {
    fact: Fact,
    /// How many so far: of the event, or of changes of hands.
    count: u64,
    /// Who acted last.
    actor: Option<Arc<str>>,
    /// When the first event of a `time from` came, and the first of the other behind it.
    first: Option<Instant>,
    then: Option<Instant>,
    /// Whether it hangs on something that cannot be told to have happened.
    unsure: bool,
}

impl Telling {
    /// A fact of which nothing is told yet.
    pub fn of(fact: Fact) -> Self {
        Self { fact, count: 0, actor: None, first: None, then: None, unsure: false }
    }

    fn take(&mut self, happened: &Happened) {
        match self.fact {
            Fact::CountOf(kind) if kind == happened.kind => {
                self.count += 1;
                self.unsure |= happened.sure != Truth::True;
            }
            Fact::TimeFrom(from, to) => self.take_time(from, to, happened),
            Fact::Handovers => {
                let Some(actor) = &happened.actor else { return };
                let changes = self.actor.as_ref().is_some_and(|before| before != actor);
                self.count += u64::from(changes);
                self.actor = Some(actor.clone());
            }
            Fact::CountOf(_) | Fact::Overshoot | Fact::Paused | Fact::WaitingForApproval => {}
        }
    }

    fn take_time(&mut self, from: usize, to: usize, happened: &Happened) {
        let slot = match self.first {
            None if happened.kind == from => &mut self.first,
            Some(_) if self.then.is_none() && happened.kind == to => &mut self.then,
            _ => return,
        };
        *slot = Some(happened.at);
        self.unsure |= happened.sure != Truth::True;
    }

    fn reading(&self) -> Reading {
        let value = match self.fact {
            _ if self.unsure => None,
            Fact::CountOf(_) | Fact::Handovers => Some(Value::Number(Decimal::from(self.count))),
            Fact::TimeFrom(..) => self.first.zip(self.then).map(|(first, then)| Value::Duration(then.since(first))),
            Fact::Overshoot | Fact::Paused | Fact::WaitingForApproval => None,
        };
        value.map_or(Reading::Missing, Reading::Known)
    }
}

/// What a case shows of itself as it goes: facts from its first event to now, told as things happen.
#[derive(Default)]
pub struct Running {
    told: Vec<Option<Telling>>,
}

impl Running {
    /// Of these facts, out of so many.
    pub fn of(facts: &[Fact], wanted: &[usize]) -> Self {
        let told = facts.iter().enumerate();
        Self { told: told.map(|(index, fact)| wanted.contains(&index).then(|| Telling::of(*fact))).collect() }
    }

    /// Takes in the latest that happened.
    pub fn take(&mut self, history: &History<'_>) {
        let Some(latest) = history.happened.last() else { return };
        self.told.iter_mut().flatten().for_each(|told| told.take(latest));
    }

    /// What each fact says now; nothing of those that are not told by what happened.
    pub fn readings(&self) -> Vec<Reading> {
        self.told.iter().map(|told| told.as_ref().map_or(Reading::Missing, Telling::reading)).collect()
    }
}

/// How much time intervals cover between two instants, each instant once; an interval without an end
/// lasts to the end.
pub fn covered(intervals: impl Iterator<Item = (Instant, Option<Instant>)>, from: Instant, to: Instant) -> Duration {
    let clipped = intervals.map(|(begins, ends)| (begins.max(from), ends.unwrap_or(to).min(to)));
    let mut clipped: Vec<(Instant, Instant)> = clipped.filter(|(begins, ends)| begins < ends).collect();
    clipped.sort_unstable();
    let (mut whole, mut until) = (Duration::ZERO, from);
    for (begins, ends) in clipped {
        let begins = begins.max(until);
        if begins < ends {
            whole = whole.saturating_add(ends.since(begins));
            until = ends;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Instant {
        Instant::from_nanos(minutes * 60_000_000_000)
    }

    fn minutes(intervals: &[(i64, Option<i64>)], from: i64, to: i64) -> Duration {
        covered(intervals.iter().map(|(begins, ends)| (at(*begins), ends.map(at))), at(from), at(to))
    }

    #[test]
    fn what_overlaps_covers_each_instant_once() {
        assert_eq!(minutes(&[(0, Some(10)), (5, Some(15))], 0, 60), Duration::from_minutes(15));
        assert_eq!(minutes(&[(5, Some(15)), (0, Some(20))], 0, 60), Duration::from_minutes(20));
    }

    #[test]
    fn what_lies_outside_covers_nothing() {
        assert_eq!(minutes(&[(0, Some(10)), (50, None)], 5, 60), Duration::from_minutes(15));
        assert_eq!(minutes(&[(0, Some(5)), (60, None)], 5, 60), Duration::ZERO);
    }
}
