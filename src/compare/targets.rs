//! Target tables: for each case, the row that each clock takes, and which of them gives more time.

use std::collections::HashMap;

use super::cases::{Sought, Wanted, own, started_by, taken};
use super::clocks::Pair;
use super::counted_limits::{CountedLimit, Later, days_of};
use super::differences::{Incomparable, Looser};
use super::{Contrast, Strictness};

use crate::calendar::{DateRange, Duration};
use crate::graph::{Condition, CountingRow, Limit, Promise, Standard, TargetRow};
use crate::proofs::{Missing, TruthSet, operand_name};

/// How a row of one table stands to a row of the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    /// It gives no more time.
    NoLater,
    /// It gives more time, whenever both start.
    Longer,
    /// It is due later for some start.
    Due(Later),
    /// It cannot be told.
    Open(Unclear),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Unclear {
    Instant,
    Hours,
}

/// The tables of two clocks, for what one event starts.
struct Tables<'s, 'g> {
    strictness: &'s Strictness<'g>,
    pair: Pair<'g>,
    event: usize,
    days: DateRange,
    /// What was found of two limits on two calendars.
    known: HashMap<String, Stands>,
}

impl<'g> Strictness<'g> {
    /// Tells of cases that are given more time.
    pub fn targets(&self, contrast: &mut Contrast, pair: Pair<'g>) {
        let graph = self.graph;
        let hours = pair.mine.counting.iter().chain(&pair.other.counting);
        let hours = hours.filter_map(|row| graph.calendars.get(row.calendar)).map(|calendar| &calendar.hours);
        let days = days_of(graph.service.effective, hours);
        let mut events: Vec<usize> = pair.other.starts.iter().map(|start| start.event).collect();
        events.retain(|event| pair.mine.starts.iter().any(|start| start.event == *event));
        events.sort_unstable();
        events.dedup();
        for event in events {
            Tables { strictness: self, pair, event, days, known: HashMap::new() }.compare(contrast);
        }
    }
}

impl<'g> Tables<'_, 'g> {
    fn compare(&mut self, contrast: &mut Contrast) {
        let (mine, other) = (self.pair.mine, self.pair.other);
        for index in 0..mine.targets.len() {
            if !self.row(contrast, index) {
                self.waits(contrast, index);
            }
        }
        if mine.targets.is_empty() && !other.targets.is_empty() {
            contrast.open(Incomparable::TooMany, mine.span, other.span);
        }
    }

    /// Whether a row of mine was told of: it gives more time than some row of the other.
    fn row(&mut self, contrast: &mut Contrast, index: usize) -> bool {
        let (mine, other) = (self.pair.mine, self.pair.other);
        let (my_calendars, their_calendars) = (calendars(mine), calendars(other));
        for (place, theirs) in other.targets.iter().enumerate() {
            for (one, calendar) in my_calendars.iter().enumerate() {
                for (two, their_calendar) in their_calendars.iter().enumerate() {
                    let Some(row) = mine.targets.get(index) else { return false };
                    let stands = self.stands(row, *calendar, theirs, *their_calendar);
                    if stands == Stands::NoLater {
                        continue;
                    }
                    match self.joint(index, place, one, two) {
                        Sought::Case(case) => {
                            if self.tell(contrast, stands, case, row, theirs) {
                                return true;
                            }
                        }
                        Sought::Undecided => contrast.open(Incomparable::TooMany, row.span, theirs.span),
                        Sought::None if self.apart(index, place, one, two) => {
                            contrast.open(Incomparable::ChangingCase, row.span, theirs.span);
                        }
                        Sought::None => {}
                    }
                }
            }
        }
        false
    }

    fn tell(
        &self,
        contrast: &mut Contrast,
        stands: Stands,
        case: Option<String>,
        mine: &TargetRow,
        other: &TargetRow,
    ) -> bool {
        let local = |at| self.strictness.graph.vocabulary.zone.local(at);
        let way = match stands {
            Stands::Due(Later::From(start, one, two)) => {
                Looser::Due { case, start: local(start), mine: local(one), other: local(two) }
            }
            Stands::Longer | Stands::Due(_) => {
                Looser::Target { case, mine: self.promise(&mine.promise), other: self.promise(&other.promise) }
            }
            Stands::Open(Unclear::Instant) => {
                contrast.open(Incomparable::PromisedInstant, mine.span, other.span);
                return false;
            }
            Stands::Open(Unclear::Hours) => {
                contrast.open(Incomparable::HoursAndPauses, mine.span, other.span);
                return false;
            }
            Stands::NoLater => return false,
        };
        contrast.less(way, mine.span, other.span);
        true
    }

    /// What a row promises, as the language says it.
    fn promise(&self, promise: &Promise) -> String {
        match promise {
            Promise::Within(limit) => format!("within {limit}"),
            Promise::AtOnce => "at once".into(),
            Promise::DueAt(operand) => format!("due at {}", operand_name(self.strictness.graph, operand)),
            Promise::NoTarget => "no target".into(),
        }
    }

    /// A case that takes both rows, and counts both calendars.
    fn joint(&self, mine: usize, other: usize, my_calendar: usize, their_calendar: usize) -> Sought {
        let rows = self.rows(mine, other);
        let calendars = self.calendars(my_calendar, their_calendar);
        let Some((rows, calendars)) = rows.zip(calendars) else { return Sought::None };
        let all: Vec<Wanted<'_>> = rows.into_iter().chain(calendars).collect();
        // What begins the clock makes the plainer example; but a case may change later.
        let start = self.pair.other.starts.iter().find(|start| start.event == self.event);
        let filter = start.and_then(|start| start.filter.as_ref());
        if let Some(filter) = filter {
            let begun = all.iter().cloned().chain([(std::borrow::Cow::Borrowed(filter), TruthSet::TRUE)]).collect();
            if let found @ Sought::Case(_) = self.ask(begun, Missing::Any) {
                return found;
            }
        }
        self.ask(all, Missing::Any)
    }

    /// Whether one case takes both rows, and one counts both calendars.
    fn apart(&self, mine: usize, other: usize, my_calendar: usize, their_calendar: usize) -> bool {
        let exists = |wanted: Option<Vec<Wanted<'_>>>| {
            wanted.is_some_and(|wanted| self.ask(wanted, Missing::Any) != Sought::None)
        };
        exists(self.rows(mine, other)) && exists(self.calendars(my_calendar, their_calendar))
    }

    fn rows(&self, mine: usize, other: usize) -> Option<Vec<Wanted<'g>>> {
        let mut wanted = taken(&conditions(&self.pair.mine.targets), mine, TruthSet::TRUE)?;
        wanted.extend(taken(&conditions(&self.pair.other.targets), other, TruthSet::TRUE)?);
        Some(wanted)
    }

    fn calendars(&self, mine: usize, other: usize) -> Option<Vec<Wanted<'g>>> {
        let of = |rows: &'g [CountingRow], index: usize| match rows.is_empty() {
            true => Some(Vec::new()),
            false => {
                let rows: Vec<_> = rows.iter().map(|row| row.condition.as_ref()).collect();
                taken(&rows, index, TruthSet::TRUE)
            }
        };
        let mut wanted = of(&self.pair.mine.counting, mine)?;
        wanted.extend(of(&self.pair.other.counting, other)?);
        Some(wanted)
    }

    fn ask(&self, wanted: Vec<Wanted<'_>>, missing: Missing) -> Sought {
        self.strictness.case_with(&started_by(wanted, self.event), missing)
    }

    /// Tells of a row that waits for what may be missing, in a case to which the other gives its time.
    fn waits(&self, contrast: &mut Contrast, index: usize) {
        let (mine, other) = (self.pair.mine, self.pair.other);
        let mut possible = mine.targets.iter().skip(index).map(|row| &row.promise);
        let first = possible.next();
        if possible.all(|promise| Some(promise) == first) {
            return;
        }
        let Some(wait) = taken(&conditions(&mine.targets), index, TruthSet::UNKNOWN) else { return };
        for (place, theirs) in other.targets.iter().enumerate() {
            if theirs.promise == Promise::NoTarget {
                continue;
            }
            let Some(takes) = taken(&conditions(&other.targets), place, TruthSet::TRUE) else { return };
            let all = wait.iter().cloned().chain(takes).collect();
            if let (Sought::Case(Some(case)), Some(row)) = (self.ask(all, Missing::Marked), mine.targets.get(index)) {
                return contrast.less(
                    Looser::Waits { case, other: self.promise(&theirs.promise) },
                    row.span,
                    theirs.span,
                );
            }
        }
    }

    /// How a row on one calendar stands to a row on another.
    fn stands(
        &mut self,
        mine: &TargetRow,
        calendar: Option<usize>,
        other: &TargetRow,
        theirs: Option<usize>,
    ) -> Stands {
        let at_once = Limit::Exact(Duration::ZERO);
        let limit = |promise: &Promise| match promise {
            Promise::Within(limit) => Some(*limit),
            Promise::AtOnce => Some(at_once),
            Promise::DueAt(_) | Promise::NoTarget => None,
        };
        let (one, two) = match (&mine.promise, &other.promise) {
            (_, Promise::NoTarget) => return Stands::NoLater,
            (Promise::NoTarget, _) => return Stands::Longer,
            (Promise::DueAt(one), Promise::DueAt(two)) if own(one, self.event) == own(two, self.event) => {
                return Stands::NoLater;
            }
            (one, two) => match limit(one).zip(limit(two)) {
                Some(both) => both,
                None => return Stands::Open(Unclear::Instant),
            },
        };
        let key = format!("{one:?} {calendar:?} {two:?} {theirs:?}");
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let graph = self.strictness.graph;
        let (one, two) = (CountedLimit::of_a_clock(graph, one, calendar), CountedLimit::of_a_clock(graph, two, theirs));
        let stands = match one.is_later_than(&two, self.pair.may_be_paused(graph), self.days) {
            Later::Never => Stands::NoLater,
            Later::Always => Stands::Longer,
            Later::UnlessPaused => Stands::Open(Unclear::Hours),
            later @ Later::From(..) => Stands::Due(later),
        };
        self.known.insert(key, stands);
        stands
    }
}

fn conditions(rows: &[TargetRow]) -> Vec<Option<&Condition>> {
    rows.iter().map(|row| row.condition.as_ref()).collect()
}

/// The calendar of each row; none is the wall clock.
fn calendars(standard: &Standard) -> Vec<Option<usize>> {
    match standard.counting.is_empty() {
        true => vec![None],
        false => standard.counting.iter().map(|row| Some(row.calendar)).collect(),
    }
}
