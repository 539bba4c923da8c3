//! Rows that cannot be read: which verdicts they could turn.
//!
//! ```text
//! Log::unreadable ─► Damage ─► for each case: its rows ─► bearing on each finding ─► undetermined, or it stands
//! ```
//!
//! A case is judged as if those rows were not there; then each finding is held against each row. A verdict
//! that some event in the row's place could turn is undetermined and names the row; one that none could turn
//! stands. Whatever falls before the earliest time of a row stands: later events never change a final verdict.

mod bearing;
mod begun;
mod behaviours;
mod cells;
mod earliest;
mod hearing;
mod in_case;
mod levels;
mod lost;
mod reads;
mod unseen;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use hearing::{firsts, may_change_the_party, reaches_others};
use in_case::CaseDamage;
use lost::{Changes, Lost, changes, constant_fields, fact_of, may_act};
use unseen::told;

use super::daily_limits::PossibleDeed;
use super::finding::Unseen;
use super::plan::{Plan, Scope};
use super::routing::RoutedEvents;

use crate::calendar::Instant;
use crate::graph::{Graph, Percent};
use crate::log::{Log, RowCase, UnreadableRow};

pub use begun::Around;
pub use cells::doubt as doubt_by_cells;
pub use hearing::unsure_hearing;
pub use levels::unreadable_groups;
pub use reads::AllReads;
pub use unseen::{Known, begun_by_undetermined, unseen_once};

/// The rows of a log that cannot be read, by the cases that they may bear on.
#[derive(Debug)]
pub struct Damage<'l> {
    /// Of each case.
    by_case: HashMap<usize, Vec<&'l UnreadableRow>>,
    /// Those whose case cannot be read.
    of_unknown_cases: Vec<&'l UnreadableRow>,
    /// Those that any case may hear of, by the kinds that they may be.
    heard_by_all: BTreeMap<Option<&'l [u16]>, Alike<'l>>,
    /// Those of cases of which no event can be read.
    of_unseen_cases: Vec<&'l UnreadableRow>,
    /// The earliest that may have put a case into another party: nothing that is told of a party is sure.
    of_any_party: Option<&'l UnreadableRow>,
    /// Whether events of some kind reach other cases.
    some_reach: bool,
    ties_are_ranked: bool,
    as_of: Instant,
    reads: AllReads,
}

/// Rows that may be the same kinds of event. There may be as many as a log has, and what any of them could turn, the
/// earliest could.
#[derive(Debug)]
struct Alike<'l> {
    earliest: &'l UnreadableRow,
    count: usize,
    /// Whether all say the same of the case.
    say_the_same: bool,
}

impl<'l> Alike<'l> {
    fn add(&mut self, row: &'l UnreadableRow) {
        self.count += 1;
        self.say_the_same &= row.case_fields == self.earliest.case_fields && row.case == self.earliest.case;
        if row.between.0 < self.earliest.between.0 {
            self.earliest = row;
        }
    }
}

/// How many rows of a log could not be used, and how many may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Loss {
    /// Rows that could not be used.
    pub rows: u64,
    /// Of all rows that were read.
    pub of: u64,
    /// The share that a project allows.
    pub allowed: Percent,
}

impl Loss {
    /// The loss of a log.
    pub fn of(log: &Log, allowed: Percent) -> Self {
        Self { rows: log.intake.rows_set_aside(), of: log.intake.rows_read, allowed }
    }

    /// Whether it is more than allowed.
    pub fn is_beyond(self) -> bool {
        u128::from(self.rows) * 10_000 > u128::from(self.of) * u128::from(self.allowed.0)
    }
}

impl<'l> Damage<'l> {
    /// The damage of a log that may matter; none where there is none.
    ///
    /// A row whose case cannot be read counts only if more than the allowed share of all rows is lost.
    pub fn of(
        graph: &Graph,
        log: &'l Log,
        unsure_hearing: &'l [UnreadableRow],
        as_of: Instant,
        loss: Loss,
    ) -> Option<Self> {
        if log.unreadable.is_empty() && unsure_hearing.is_empty() {
            return None;
        }
        let anywhere = loss.is_beyond();
        let mut damage = Self {
            by_case: HashMap::new(),
            of_unknown_cases: Vec::new(),
            heard_by_all: BTreeMap::new(),
            of_unseen_cases: Vec::new(),
            of_any_party: None,
            ties_are_ranked: log.ties_are_ranked,
            as_of,
            some_reach: graph.reaches.iter().any(Option::is_some),
            reads: AllReads::of(graph),
        };
        // What reaches every case with the same field needs no case of its own.
        let is_heard = |row: &UnreadableRow| row.kinds.is_some() && reaches_others(graph, row);
        let rows = log.unreadable.iter();
        let rows = rows.filter(|row| anywhere || row.case != RowCase::Unknown || is_heard(row));
        let rows = rows.chain(unsure_hearing).filter(|row| row.between.0 <= as_of);
        for row in rows.clone() {
            match row.case {
                RowCase::Known(case) => {
                    damage.by_case.entry(case as usize).or_default().push(row);
                    // Other cases may hear of it too.
                    if reaches_others(graph, row) {
                        damage.hear(row);
                    }
                }
                RowCase::WithoutEvents(_) => {
                    damage.of_unseen_cases.push(row);
                    if reaches_others(graph, row) {
                        damage.hear(row);
                    }
                }
                RowCase::Unknown => {
                    damage.of_unknown_cases.push(row);
                    damage.hear(row);
                }
            }
        }
        if let Some(party) = graph.party.filter(|_| graph.speaks_of_parties()) {
            let begun = firsts(log);
            let may_change = rows.filter(|row| may_change_the_party(row, party, &begun));
            damage.of_any_party = may_change.min_by_key(|row| row.between.0);
        }
        Some(damage)
    }

    /// What the case of a row is called, of which no event can be read.
    fn name_of(log: &Log, row: &UnreadableRow) -> Option<Arc<str>> {
        match row.case {
            RowCase::WithoutEvents(case) => log.unseen_cases.get(case as usize).cloned(),
            RowCase::Known(_) | RowCase::Unknown => None,
        }
    }

    fn hear(&mut self, row: &'l UnreadableRow) {
        let alike = || Alike { earliest: row, count: 0, say_the_same: true };
        self.heard_by_all.entry(row.kinds.as_deref()).or_insert_with(alike).add(row);
    }

    /// What rows of cases that are not known, or of which nothing else is, may have begun.
    pub fn unseen_elsewhere(&self, plan: &Plan<'_>, log: &Log) -> Vec<Unseen> {
        let nowhere = RoutedEvents { cases: Vec::new(), events: Vec::new() };
        let lost = |row: &&'l UnreadableRow| Lost { row, count: 1, changes: Changes::All };
        let of_any = self.of_unknown_cases.iter().map(|row| (row, None, vec![lost(row)]));
        let of_unseen = self.of_unseen_cases.iter().map(|row| {
            let same_case = self.of_unseen_cases.iter().filter(|other| other.case == row.case);
            (row, Self::name_of(log, row), same_case.map(lost).collect())
        });
        let mut unseen = Vec::new();
        for (row, case, rows) in of_any.chain(of_unseen) {
            let around = Around { stream: &nowhere, findings: &[], rows: &rows };
            let known = Known { plan, reads: &self.reads, around, as_of: self.as_of };
            unseen.extend(told(known.begun_by(&lost(row)), &fact_of(row, true), case.as_ref()));
        }
        unseen
    }

    /// The acts that there may be beside those that are known.
    pub fn possible_deeds(&self, graph: &Graph) -> impl Iterator<Item = PossibleDeed> {
        let own = self.by_case.values().flatten();
        let rows = own.chain(&self.of_unknown_cases).chain(&self.of_unseen_cases);
        rows.flat_map(|row| {
            let actions = graph.actions.iter().enumerate().filter(|(_, action)| may_act(row, action));
            actions.map(|(action, declared)| PossibleDeed {
                // What comes back is of another's day; and of whose, another act may change.
                actor: row.actor.clone().filter(|_| declared.returns.is_empty()),
                action,
                between: row.between,
                row: fact_of(row, true),
            })
        })
    }

    /// Whether it cannot be told which cases belong together; or, of a case, whether its party goes by its name.
    fn is_unsure(&self, scope: Scope) -> bool {
        self.of_any_party.is_some() || scope == Scope::Cases && !self.of_unseen_cases.is_empty()
    }

    /// What the rows do to a case or a party.
    pub fn in_case<'a>(&'a self, plan: &'a Plan<'a>, stream: &'a RoutedEvents<'a>) -> CaseDamage<'a> {
        CaseDamage {
            plan,
            stream,
            reads: &self.reads,
            rows: self.rows_of(stream, plan.scope == Scope::Parties),
            of_any_party: self.of_any_party,
            ties_are_ranked: self.ties_are_ranked,
            as_of: self.as_of,
            is_unsure: self.is_unsure(plan.scope),
        }
    }

    fn rows_of<'a>(&'a self, stream: &RoutedEvents<'_>, per_party: bool) -> Vec<Lost<'a>> {
        let mut own: Vec<&'l UnreadableRow> =
            stream.cases.iter().filter_map(|case| self.by_case.get(case)).flatten().copied().collect();
        if per_party {
            let all = self.of_any_party.iter().chain(&self.of_unseen_cases);
            let more = all.filter(|row| !own.iter().any(|known| std::ptr::eq(*known, **row)));
            let more: Vec<&'l UnreadableRow> = more.copied().collect();
            own.extend(more);
        }
        if own.is_empty() && self.heard_by_all.is_empty() {
            return Vec::new();
        }
        let constant = constant_fields(stream);
        let untold = HashMap::new();
        // What was said before a case is first heard of may have let it hear of others earlier.
        let constant = |row: &UnreadableRow| match self.some_reach && row.between.0 < stream.begun() {
            true => &untold,
            false => &constant,
        };
        let known = own.iter().map(|row| Lost { row, count: 1, changes: changes(row, constant(row), true) });
        let heard = self.heard_by_all.values().map(|alike| Lost {
            row: alike.earliest,
            count: alike.count,
            changes: match alike.say_the_same {
                true => changes(alike.earliest, constant(alike.earliest), alike.earliest.case == RowCase::Unknown),
                false => Changes::All,
            },
        });
        known.chain(heard).collect()
    }
}
