//! Limits per day: what an actor spent on a day, over all cases.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::authority::{Act, Approving, Authority, Daily, EARLIER_ACTS, Return, empowered};
use super::finding::{
    ActFault, ApprovalFault, Detail, Evidence, EvidenceKind, Finding, UnknownFact, UnreadFact, Verdict,
};
use super::words;

use crate::calendar::{Date, Instant};
use crate::graph::Graph;
use crate::log::{Event, Place};
use crate::vocabulary::{Currency, Money};

/// What bears on limits per day, until all cases are known.
#[derive(Clone, Debug, Default)]
pub struct Days {
    deeds: Vec<DailyDeed>,
    uncounted: Vec<UncountedDeed>,
    possible: Vec<PossibleDeed>,
}

/// A deed that counts for its actor's day, or an asking that the day may excuse.
#[derive(Clone, Debug)]
struct DailyDeed {
    actor: Arc<str>,
    /// The action, by its index.
    action: usize,
    /// When, and where in the log.
    at: (Instant, Place),
    /// When what it gives back was spent; else the same.
    of: Instant,
    cost: Money,
    daily: Daily,
    what: What,
    /// Its log line, for the acts after it.
    evidence: Evidence,
    /// Its finding.
    finding: String,
}

/// What a deed is to a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    /// It spends.
    Acts,
    /// It asks: nothing is spent.
    Asks,
    /// It gives back some of what was spent.
    Returns,
}

/// An act of which it cannot be told how much it spent, or whose it was.
#[derive(Clone, Debug)]
struct UncountedDeed {
    /// Who; anyone if nobody is named.
    actor: Option<Arc<str>>,
    action: usize,
    /// How much, where only the actor cannot be told.
    cost: Option<Money>,
    at: (Instant, Place),
    /// When what it gives back was spent; else the same.
    of: Instant,
    /// Whether it may have lowered what was spent.
    may_lower: bool,
    /// Why it cannot be told.
    doubts: Vec<UnknownFact>,
}

/// An act that there may be, for a row that cannot be read: one more, or one that would no longer count. It may add to
/// what was spent, or lower it.
#[derive(Clone, Debug)]
pub struct PossibleDeed {
    /// Who; anyone if that cannot be told.
    pub actor: Option<Arc<str>>,
    /// The action, by its index.
    pub action: usize,
    /// Between when and when, both included.
    pub between: (Instant, Instant),
    /// The row.
    pub row: UnreadFact,
}

impl Days {
    /// Takes in what was done and asked in a case, with its findings as they were judged.
    pub fn take(&mut self, graph: &Graph, authority: &Authority<'_, '_>, findings: &[Finding]) {
        let acts = findings.iter().filter(|finding| matches!(finding.detail, Detail::Act(_)));
        for (act, finding) in authority.acts.iter().zip(acts) {
            self.uncounted.extend(UncountedDeed::of(graph, act));
            self.possible.extend(PossibleDeed::of(act, finding));
            self.deeds.extend(act.daily.and_then(|daily| DailyDeed::of_act(act, daily, &finding.id)));
        }
        for found in &authority.returns {
            self.deeds.extend(DailyDeed::of_return(found));
            self.uncounted.extend(UncountedDeed::of_return(found));
        }
        let approvals = findings.iter().filter(|finding| matches!(finding.detail, Detail::Approval(_)));
        for (asking, finding) in authority.approvals.iter().zip(approvals) {
            let action = authority.action_of(asking.approval);
            self.deeds.extend(action.and_then(|action| DailyDeed::of_asking(asking, action, &finding.id)));
        }
    }

    /// Takes in what there may be beside what is known.
    pub fn take_possible(&mut self, possible: impl Iterator<Item = PossibleDeed>) {
        self.possible.extend(possible);
    }

    /// Both together.
    pub fn merge(&mut self, other: Days) {
        self.deeds.extend(other.deeds);
        self.uncounted.extend(other.uncounted);
        self.possible.extend(other.possible);
    }

    /// Judges each deed by its actor's day: the act that passes the limit, and each after it, is beyond authority, and
    /// to ask for more than is left is needed.
    pub fn judge(mut self, graph: &Graph, findings: &mut [Finding]) {
        let beyond = self.beyond(graph);
        for finding in findings {
            if let Some(day) = beyond.get(&finding.id) {
                day.bear_on(finding);
            }
        }
    }

    /// The deeds that pass what is left of their actor's day, or may, by their findings.
    fn beyond(&mut self, graph: &Graph) -> HashMap<String, Day> {
        self.deeds.sort_by(|one, other| (one.at, &one.finding).cmp(&(other.at, &other.finding)));
        let date_of = |at: Instant| graph.vocabulary.zone.date_of(at);
        let uncounted = Uncounted::of(&self.uncounted, date_of);
        let possible = Possible::of(&self.possible);
        let mut spent: HashMap<(&str, usize, Option<usize>, Date, Currency), Spent<'_>> = HashMap::new();
        let mut beyond = HashMap::new();
        for deed in &self.deeds {
            let date = date_of(deed.at.0);
            let spent = spent.entry((&deed.actor, deed.action, deed.daily.at, date, deed.cost.currency)).or_default();
            if let Some(limit) = deed.daily.limit.filter(|limit| limit.currency == deed.cost.currency) {
                // At its greatest, a sum is beyond every limit that can be written.
                let sum = spent.amount.saturating_add(deed.cost.amount);
                let is_beyond = sum > limit.amount;
                let before = uncounted.before(deed, date, limit.amount.saturating_sub(sum));
                let row = possible.before(deed, date_of);
                if is_beyond || !before.0.is_empty() || row.is_some() {
                    beyond.insert(deed.finding.clone(), spent.day(deed, limit, is_beyond, before, row));
                }
            }
            match deed.what {
                What::Asks => {}
                What::Acts => spent.add(&deed.evidence, deed.cost.amount),
                // What comes back on another day gives nothing to that one.
                What::Returns if date_of(deed.of) == date => spent.add(&deed.evidence, -deed.cost.amount),
                What::Returns => {}
            }
        }
        beyond
    }
}

impl DailyDeed {
    /// An act whose log line says who and how much.
    fn of_act(act: &Act<'_>, daily: Daily, finding: &str) -> Option<Self> {
        Self::of(act.event.actor.as_ref(), act.event, act.action, act.detail.cost?, daily, finding)
    }

    /// An asking that the day may excuse.
    fn of_asking(asking: &Approving<'_>, action: usize, finding: &str) -> Option<Self> {
        let asked = asking.asked?;
        let deed = Self::of(asked.actor.as_ref(), asked, action, asking.detail.amount?, asking.daily?, finding)?;
        Some(Self { what: What::Asks, ..deed })
    }

    /// What came back of an act, whoever gave it back.
    fn of_return(found: &Return<'_>) -> Option<Self> {
        let daily = Daily { limit: None, perhaps_more: false, at: found.at };
        let deed = Self::of(found.of.actor.as_ref(), found.by, found.action, found.amount?, daily, "")?;
        let evidence = Evidence { amount: found.amount, ..Evidence::of(EvidenceKind::Returned, found.by) };
        Some(Self { what: What::Returns, of: found.of.time, evidence, ..deed })
    }

    fn of(
        actor: Option<&Arc<str>>,
        event: &Event,
        action: usize,
        cost: Money,
        daily: Daily,
        finding: &str,
    ) -> Option<Self> {
        let (actor, at) = (actor?.clone(), (event.time, event.place));
        let evidence = Evidence { amount: Some(cost), ..Evidence::of(EvidenceKind::ActedBefore, event) };
        let finding = finding.to_owned();
        Some(Self { actor, action, at, of: event.time, cost, daily, what: What::Acts, evidence, finding })
    }
}

impl UncountedDeed {
    /// An act whose amount cannot be told, or whether it counts, or whose it was.
    fn of(graph: &Graph, act: &Act<'_>) -> Option<Self> {
        let event = act.event;
        let (actor, action, at) = (event.actor.clone(), act.action, (event.time, event.place));
        let deed = |cost, may_lower, doubts| Self { actor, action, cost, at, of: at.0, may_lower, doubts };
        match act.uncounted.filter(|uncounted| uncounted.of_the_day) {
            Some(uncounted) => Some(deed(None, uncounted.may_lower, act.detail.unknown.clone())),
            None if event.actor.is_none() => {
                let unnamed = empowered(words::not_said("actor", graph, usize::from(event.kind)), event);
                act.detail.cost.map(|cost| deed(Some(cost), false, vec![unnamed]))
            }
            None => None,
        }
    }

    /// What came back of an act, if it cannot be told how much.
    fn of_return(found: &Return<'_>) -> Option<Self> {
        let (actor, at) = (Some(found.of.actor.clone()?), (found.by.time, found.by.place));
        let (action, of, doubts) = (found.action, found.of.time, found.unknown.clone());
        let is_untold = found.amount.is_none();
        is_untold.then_some(Self { actor, action, cost: None, at, of, may_lower: true, doubts })
    }
}

impl PossibleDeed {
    /// An act of which a row that cannot be read may decide whether it counts.
    fn of(act: &Act<'_>, finding: &Finding) -> Option<Self> {
        // What a row may have granted counts for no day.
        let counts = |fact: &&UnreadFact| fact.turns || act.verdict == Verdict::Met;
        let row = finding.unread.iter().find(counts)?.clone();
        let at = act.event.time;
        Some(Self { actor: act.event.actor.clone(), action: act.action, between: (at, at), row })
    }
}

/// Acts of which it cannot be told what they add to an actor's day, in order.
struct Uncounted<'d> {
    groups: HashMap<UncountedOf<'d>, Vec<UpTo<'d>>>,
}

/// An actor, or anyone; an action; a day; and a currency where it is told how much.
type UncountedOf<'d> = (Option<&'d str>, usize, Date, Option<Currency>);

/// An act, and what it and all before it come to.
struct UpTo<'d> {
    act: &'d UncountedDeed,
    /// How much they cost, as far as that is told.
    cost: Decimal,
    /// Whether any of them may have lowered what was spent.
    may_lower: bool,
}

impl<'d> Uncounted<'d> {
    fn of(deeds: &'d [UncountedDeed], date_of: impl Fn(Instant) -> Date) -> Self {
        let mut groups: HashMap<UncountedOf<'d>, Vec<UpTo<'d>>> = HashMap::new();
        for act in deeds.iter().filter(|deed| date_of(deed.of) == date_of(deed.at.0)) {
            let of = (act.actor.as_deref(), act.action, date_of(act.at.0), act.cost.map(|cost| cost.currency));
            let cost = act.cost.map_or(Decimal::ZERO, |cost| cost.amount);
            groups.entry(of).or_default().push(UpTo { act, cost, may_lower: act.may_lower });
        }
        for group in groups.values_mut() {
            group.sort_by_key(|up_to| up_to.act.at);
            let (mut cost, mut may_lower) = (Decimal::ZERO, false);
            for up_to in group {
                cost = cost.saturating_add(up_to.cost);
                may_lower |= up_to.may_lower;
                (up_to.cost, up_to.may_lower) = (cost, may_lower);
            }
        }
        Self { groups }
    }

    /// Why it cannot be told how a deed stands to its day, of which so much is left; and whether less may have been
    /// spent before than is known.
    fn before(&self, deed: &DailyDeed, date: Date, left: Decimal) -> (Vec<UnknownFact>, bool) {
        let of = |actor, currency| {
            let group = self.groups.get(&(actor, deed.action, date, currency)).map_or(&[][..], Vec::as_slice);
            group.split_at(group.partition_point(|up_to| up_to.act.at < deed.at)).0
        };
        let unnamed = of(None, Some(deed.cost.currency));
        let may_pass = unnamed.last().is_some_and(|up_to| up_to.cost > left);
        let groups = [of(Some(&*deed.actor), None), of(None, None), if may_pass { unnamed } else { &[] }];
        let may_be_less = groups.iter().filter_map(|group| group.last()).any(|up_to| up_to.may_lower);
        let latest = groups.iter().flat_map(|group| group.iter().rev().take(EARLIER_ACTS).rev());
        let mut doubts: Vec<UnknownFact> = Vec::new();
        for doubt in latest.flat_map(|up_to| &up_to.act.doubts) {
            if !doubts.contains(doubt) {
                doubts.push(doubt.clone());
            }
        }
        (doubts, may_be_less)
    }
}

/// Acts that there may be, such that those that may bear on a day are found at once.
struct Possible<'d> {
    groups: HashMap<PossibleOf<'d>, Vec<(Instant, &'d PossibleDeed)>>,
}

/// An actor, or anyone, and an action. Of each the acts stand in order of their earliest instant, each with the one among
/// it and all before it that may have happened last.
type PossibleOf<'d> = (Option<&'d str>, usize);

impl<'d> Possible<'d> {
    fn of(deeds: &'d [PossibleDeed]) -> Self {
        let mut groups: HashMap<PossibleOf<'d>, Vec<(Instant, &PossibleDeed)>> = HashMap::new();
        for deed in deeds {
            groups.entry((deed.actor.as_deref(), deed.action)).or_default().push((deed.between.0, deed));
        }
        for group in groups.values_mut() {
            group.sort_by_key(|(from, deed)| (*from, deed.between.1, deed.row.place));
            let mut last: Option<&PossibleDeed> = None;
            for (_, deed) in group {
                *deed = last.filter(|last| last.between.1 >= deed.between.1).unwrap_or(deed);
                last = Some(deed);
            }
        }
        Self { groups }
    }

    /// A row that may be an act of the same actor and day, before a deed.
    fn before(&self, deed: &DailyDeed, date_of: impl Fn(Instant) -> Date) -> Option<UnreadFact> {
        [Some(&*deed.actor), None].into_iter().find_map(|actor| {
            let group = self.groups.get(&(actor, deed.action))?;
            let (_, last) = group.get(group.partition_point(|(from, _)| *from <= deed.at.0).checked_sub(1)?)?;
            let reaches = last.between.1 >= deed.at.0 || date_of(last.between.1) == date_of(deed.at.0);
            reaches.then(|| last.row.clone())
        })
    }
}

/// What an actor did of an action on a day, in a currency.
#[derive(Default)]
struct Spent<'d> {
    amount: Decimal,
    acts: u64,
    /// The acts, and what came back of them.
    lines: Vec<&'d Evidence>,
}

impl<'d> Spent<'d> {
    fn add(&mut self, line: &'d Evidence, amount: Decimal) {
        self.amount = self.amount.saturating_add(amount);
        self.acts += u64::from(line.deed == EvidenceKind::ActedBefore);
        self.lines.push(line);
    }

    /// How a deed stands to it.
    fn day(
        &self,
        deed: &DailyDeed,
        limit: Money,
        is_beyond: bool,
        (unknown, may_be_less): (Vec<UnknownFact>, bool),
        row: Option<UnreadFact>,
    ) -> Day {
        let latest = self.lines.iter().rev().take(EARLIER_ACTS).rev();
        Day {
            limit,
            spent_before: Money { amount: self.amount, ..deed.cost },
            acts_before: self.acts,
            earlier: latest.map(|evidence| (*evidence).clone()).collect(),
            is_beyond,
            is_beyond_alone: deed.cost.amount > limit.amount,
            perhaps_more: deed.daily.perhaps_more,
            may_be_less,
            unknown,
            row,
        }
    }
}

/// How a deed stands to what is left of its actor's day.
struct Day {
    limit: Money,
    spent_before: Money,
    acts_before: u64,
    /// The latest of the acts before it on that day.
    earlier: Vec<Evidence>,
    /// Whether it passes what is left, by what is known.
    is_beyond: bool,
    /// Whether it passes the limit alone, whatever else was spent.
    is_beyond_alone: bool,
    /// Whether a condition that cannot be told might give more.
    perhaps_more: bool,
    /// Whether less may have been spent before than is known.
    may_be_less: bool,
    /// What cannot be told of the acts before.
    unknown: Vec<UnknownFact>,
    /// A row that may be another act before it, or for which an act before it may not count.
    row: Option<UnreadFact>,
}

impl Day {
    /// What cannot be told of the acts before, where it may turn what is known.
    fn is_unknown(&self) -> bool {
        !self.unknown.is_empty() && !self.is_beyond_alone && (!self.is_beyond || self.may_be_less)
    }

    /// The row that may turn what is known.
    fn row(&self) -> Option<&UnreadFact> {
        self.row.as_ref().filter(|_| !self.is_beyond_alone)
    }

    fn bear_on(&self, finding: &mut Finding) {
        match (&mut finding.detail, finding.verdict) {
            (Detail::Act(detail), Verdict::Met) if self.is_unknown() => {
                finding.verdict = Verdict::Undetermined;
                detail.fault = Some(ActFault::SpentUnknown);
                detail.unknown.clone_from(&self.unknown);
            }
            (Detail::Approval(detail), Verdict::Breached) if self.is_unknown() => {
                finding.verdict = Verdict::Undetermined;
                detail.fault = Some(ApprovalFault::NotSaid);
                detail.unknown.clone_from(&self.unknown);
            }
            (Detail::Act(_), Verdict::Met) | (Detail::Approval(_), Verdict::Breached) if self.row().is_some() => {
                finding.verdict = Verdict::Undetermined;
                finding.unread.extend(self.row().cloned());
            }
            _ if !self.is_beyond => {}
            // Such a row may have granted it: then it counts for no day.
            (Detail::Act(_), Verdict::Met) if !finding.unread.is_empty() => {
                finding.verdict = Verdict::Undetermined;
                finding.unread.iter_mut().for_each(|row| row.turns = true);
            }
            (Detail::Act(detail), Verdict::Met) => {
                finding.verdict = if self.perhaps_more { Verdict::Undetermined } else { Verdict::Breached };
                detail.limit = Some(self.limit);
                detail.per_day = true;
                detail.spent_before = Some(self.spent_before).filter(|_| !self.may_be_less);
                detail.acts_before = self.acts_before;
                let fault = if self.perhaps_more { ActFault::PowerUnknown } else { ActFault::BeyondLimit };
                detail.fault = Some(fault);
                finding.evidence.splice(0..0, self.earlier.iter().cloned());
            }
            (Detail::Approval(detail), Verdict::Breached) => {
                finding.verdict = Verdict::Met;
                detail.fault = None;
            }
            // Whether or not it told somebody whom it had to.
            (Detail::Approval(detail), Verdict::Undetermined)
                if !self.is_unknown() && self.row().is_none() && finding.unread.is_empty() =>
            {
                finding.verdict = Verdict::Met;
                (detail.fault, detail.unknown) = (None, Vec::new());
            }
            _ => {}
        }
    }
}
