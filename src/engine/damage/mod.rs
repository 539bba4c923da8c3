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
mod behaviours;
mod cells;
mod hearing;
mod levels;
mod lost;
mod reads;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use bearing::{Bearing, Sight, is_granted};
use hearing::{firsts, may_change_the_party, reaches_others};
use lost::{Changes, Lost, changes, constant_fields, fact_of, may_act};

use super::case_summaries::{MayHaveBegun, Perhaps, Unsure};
use super::daily::PossibleDeed;
use super::finding::Unseen;
use super::finding::{Detail, Finding, Rule, Verdict};
use super::plan::{Phase, Plan, Scope};
use super::routing::RoutedEvents;

use crate::calendar::Instant;
use crate::graph::{Behaviour, Conduct, Graph, Percent, PromiseId, Standard};
use crate::log::{Log, RowCase, UnreadableRow};

pub use cells::{doubt as doubt_by_cells, unseen as unseen_by_clocks};
pub use hearing::unsure_hearing;
pub use levels::unreadable_groups;
pub use reads::AllReads;

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

/// So many rows are named by a finding; the account lists all.
const MOST_NAMED: usize = 10;

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
            some_reach: graph.reaches.iter().any(Option::is_some),
            reads: AllReads::of(graph),
        };
        let rows = log.unreadable.iter().filter(|row| anywhere || row.case != RowCase::Unknown);
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
                RowCase::WithoutEvents => {
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

    fn hear(&mut self, row: &'l UnreadableRow) {
        let alike = || Alike { earliest: row, count: 0, say_the_same: true };
        self.heard_by_all.entry(row.kinds.as_deref()).or_insert_with(alike).add(row);
    }

    /// Makes undetermined what a row of these cases could turn, and names the row.
    pub fn doubt(&self, plan: &Plan<'_>, stream: &RoutedEvents<'_>, findings: &mut [Finding]) {
        let rows = self.rows_of(stream, plan.scope == Scope::Parties);
        if rows.is_empty() {
            return;
        }
        let granted = granted(findings);
        let sight = Sight { plan, reads: &self.reads, rows: &rows, granted: &granted };
        for finding in findings {
            for row in &rows {
                let bearing = if plan.scope == Scope::Parties && self.is_of_any_party(row) {
                    sight.unless_decided_before(finding, row, Bearing::Verdict)
                } else {
                    sight.bearing(finding, row)
                };
                if bearing > Bearing::Nothing {
                    let turns = bearing == Bearing::Verdict;
                    if finding.unread.len() < MOST_NAMED || turns && finding.unread.iter().all(|fact| !fact.turns) {
                        finding.unread.push(row.fact(turns));
                    }
                    if let Detail::Clock(account) = &mut finding.detail {
                        account.time_in_doubt = true;
                    }
                }
            }
            if finding.unread.iter().any(|fact| fact.turns) {
                finding.verdict = Verdict::Undetermined;
                finding.causes.clear();
                finding.remedies.clear();
            }
        }
    }

    /// What of a case or party is not sure, beside its findings.
    pub fn unsure(&self, plan: &Plan<'_>, stream: &RoutedEvents<'_>, findings: &[Finding]) -> Unsure {
        let rows = self.rows_of(stream, plan.scope == Scope::Parties);
        let mut perhaps = MayHaveBegun::new();
        for row in &rows {
            for (promise, most) in self.begun_by(plan.graph, (stream, findings), row) {
                let known = perhaps.entry(promise).or_insert_with(|| Perhaps { row: row.fact(true), most: 0 });
                known.most = known.most.saturating_add(most);
            }
        }
        Unsure { perhaps, is_unsure: self.is_unsure(plan.scope), strays: self.strays(plan, stream, &rows) }
    }

    /// The promises of which a row may have begun another finding, and how many at most: one in its own place, and
    /// where it may change what the rule reads, one at each event that may begin one.
    fn begun_by(
        &self,
        graph: &Graph,
        (stream, findings): (&RoutedEvents<'_>, &[Finding]),
        row: &Lost<'_>,
    ) -> Vec<(PromiseId, u64)> {
        let at_events = |begins: &dyn Fn(usize) -> bool| {
            stream.events.iter().filter(|event| begins(usize::from(event.kind))).count() as u64
        };
        let most = |touches: bool, may_begin: bool, begins: &dyn Fn(usize) -> bool| {
            let own = if may_begin { row.count as u64 } else { 0 };
            if touches { own.max(1) + at_events(begins) } else { own }
        };
        let clocks = self.reads.clocks.iter().enumerate().map(|(index, reads)| {
            let begins = |phase: &Phase| matches!(phase, Phase::Start | Phase::Restart | Phase::Reopen(_));
            let ends = |phase: &Phase| matches!(phase, Phase::Stop | Phase::Cancel);
            let named = |which: fn(&Phase) -> bool| row.of_kinds(&reads.phases).flatten().any(which);
            let begin = |kind: usize| reads.phases.get(&kind).is_some_and(|phases| phases.iter().any(begins));
            // After another end, another start begins a clock that was none while one ran.
            let ignored = || {
                let starts = at_events(&begin);
                let clocks = findings.iter().filter(|finding| finding.rule == Rule::Standard(index)).count() as u64;
                stream.cases.is_empty() || starts > clocks
            };
            let may_begin = named(begins) || named(ends) && ignored();
            (PromiseId::Standard(index), most(row.touches(&reads.around), may_begin, &begin))
        });
        let behaviours = graph.behaviours.iter().enumerate().map(|(index, behaviour)| {
            let around = self.reads.behaviours.get(index).is_some_and(|reads| row.touches(reads));
            // `never A after B` speaks of all that follows a B, and behind a B another `between A and B` may begin.
            let also = match &behaviour.sentence {
                Conduct::NeverAfter { .. } | Conduct::AtLeastEvery { .. } => behaviour.sentence.other(),
                _ => &[],
            };
            let mut judged = behaviour.sentence.judged().iter().chain(also);
            // Of each case as a whole there is one, whatever happens in it.
            let of_the_case = matches!(behaviour.sentence, Conduct::Never(_) | Conduct::Times { .. });
            let of_another = of_the_case && !matches!(row.row.case, RowCase::Known(_));
            let begin = |kind: usize| behaviour.sentence.judged().iter().any(|trigger| trigger.event == kind);
            let most = most(around, of_another || judged.any(|trigger| row.may_be(trigger.event)), &begin);
            (PromiseId::Behaviour(index), most)
        });
        let actions = graph.actions.iter().enumerate().filter(|(_, action)| row.may_be(action.event));
        let authorities = actions.flat_map(|(index, _)| graph.authorities_over(index)).map(PromiseId::Authority);
        let authorities = authorities.map(|authority| (authority, row.count as u64));
        clocks.chain(behaviours).chain(authorities).filter(|(_, most)| *most > 0).collect()
    }

    /// What the rows of a case may have begun themselves, where no finding of the rule names the row.
    pub fn unseen(
        &self,
        plan: &Plan<'_>,
        stream: &RoutedEvents<'_>,
        id: &Arc<str>,
        findings: &[Finding],
    ) -> Vec<Unseen> {
        if plan.scope == Scope::Parties {
            return Vec::new();
        }
        let rows = stream.cases.iter().filter_map(|case| self.by_case.get(case)).flatten();
        let named = |rule: Option<Rule>, row: &UnreadableRow| {
            let names = |finding: &&Finding| finding.unread.iter().any(|fact| fact.place == row.place && fact.turns);
            findings.iter().filter(|finding| Some(finding.rule) == rule).any(|finding| names(&finding))
        };
        let mut unseen = Vec::new();
        for row in rows {
            for rule in self.begun_itself(plan.graph, row).into_iter().filter(|rule| !named(*rule, row)) {
                unseen.push(Unseen { row: fact_of(row, true), case: Some(id.clone()), rule });
            }
        }
        unseen
    }

    /// What rows of cases that are not known, or of which nothing else is, may have begun.
    pub fn unseen_elsewhere(&self, graph: &Graph) -> Vec<Unseen> {
        let rows = self.of_unknown_cases.iter().chain(&self.of_unseen_cases);
        let begun = |row: &UnreadableRow| {
            let unseen = |rule| Unseen { row: fact_of(row, true), case: None, rule };
            self.begun_itself(graph, row).into_iter().map(unseen).collect::<Vec<_>>()
        };
        rows.flat_map(|row| begun(row)).collect()
    }

    /// The rules of which a row may itself begin a finding: it starts a clock, is judged by a behaviour, is an act, or
    /// asks or grants. If nothing says what happened, it may be any.
    fn begun_itself(&self, graph: &Graph, row: &UnreadableRow) -> Vec<Option<Rule>> {
        let Some(kinds) = &row.kinds else { return vec![None] };
        let is = |kind: usize| kinds.iter().any(|known| usize::from(*known) == kind);
        let starts = |standard: &Standard| standard.starts.iter().any(|start| is(start.event));
        let standards = graph.standards.iter().enumerate().filter(|(_, standard)| starts(standard));
        let judged = |behaviour: &Behaviour| behaviour.sentence.judged().iter().any(|trigger| is(trigger.event));
        let of_each = |behaviour: &Behaviour| {
            !matches!(behaviour.sentence, Conduct::Never(_) | Conduct::Times { .. } | Conduct::NeverAfter { .. })
        };
        let behaviours = graph.behaviours.iter().enumerate();
        let behaviours = behaviours.filter(|(_, behaviour)| of_each(behaviour) && judged(behaviour));
        let actions = graph.actions.iter().enumerate().filter(|(_, action)| is(action.event));
        let standards = standards.map(|(index, _)| Rule::Standard(index));
        let behaviours = behaviours.map(|(index, _)| Rule::Behaviour(index));
        let actions = actions.map(|(index, _)| Rule::Action(index));
        let approvals = graph.approvals.iter().enumerate();
        let approvals = approvals.filter(|(_, found)| is(found.asked) || is(found.granted));
        let approvals = approvals.map(|(index, _)| Rule::Approval(index));
        standards.chain(behaviours).chain(actions).chain(approvals).map(Some).collect()
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
    pub fn is_unsure(&self, scope: Scope) -> bool {
        self.of_any_party.is_some() || scope == Scope::Cases && !self.of_unseen_cases.is_empty()
    }

    fn is_of_any_party(&self, row: &Lost<'_>) -> bool {
        self.of_any_party.is_some_and(|known| std::ptr::eq(known, row.row))
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

/// The actions of which a grant covers an act, or may.
fn granted(findings: &[Finding]) -> BTreeSet<usize> {
    let acts = findings.iter().filter_map(|finding| match (&finding.detail, finding.rule) {
        (Detail::Act(act), Rule::Action(action)) if is_granted(act) => Some(action),
        _ => None,
    });
    acts.collect()
}
