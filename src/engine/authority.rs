//! Who may do what: acts, approvals, and approvals that were not needed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::calendar::Instant;
use crate::graph::{Grant, Graph, LimitScope};
use crate::log::{Event, Place};
use crate::vocabulary::{Currency, Field, Money, Reading, Value};

use super::case::role_of;
use super::finding::{
    ActDetail, ActFault, ApprovalDetail, ApprovalFault, Deed, Evidence, FieldFact, UnknownFact, Verdict,
};
use super::plan::Plan;
use super::population::Outside;
use super::truth::{Facts, Own, Truth};
use super::words;

/// Acts, askings and grants of one case so far.
pub struct Authority<'p, 'l> {
    graph: &'p Graph,
    /// What each role has spent on each action in this case, without approved acts.
    spent: BTreeMap<(usize, usize, Currency), Decimal>,
    /// Acts of which it cannot be told how much they spent, or in which role.
    uncounted: Vec<Uncounted>,
    /// Askings without an answer, oldest first.
    asked: Vec<Asked<'l>>,
    /// Grants with something left.
    granted: Vec<Granted>,
    /// Acts, judged.
    pub acts: Vec<Act<'l>>,
    /// Askings and grants, judged.
    pub approvals: Vec<Approving<'l>>,
}

/// An act, judged against what its role may do in the case.
#[derive(Clone, Debug)]
pub struct Act<'l> {
    /// The action, by its index.
    pub action: usize,
    /// The event.
    pub event: &'l Event,
    /// The verdict.
    pub verdict: Verdict,
    /// What decided it.
    pub detail: ActDetail,
    /// How it stands to daily limits, unless an approval covers it.
    pub daily: Option<Daily>,
    /// The latest of the earlier acts that its limit counts too, if it is beyond that.
    pub earlier: Vec<Evidence>,
    /// Whether it cannot be told how much it spent, or in which role; and if so, whether that may be less than
    /// nothing.
    pub uncounted: Option<bool>,
}

/// An act of which it cannot be told how much it spent, or in which role.
struct Uncounted {
    action: usize,
    role: Option<usize>,
    /// Whether it may have lowered what was spent.
    may_lower: bool,
    doubts: Vec<UnknownFact>,
}

/// How many earlier acts a finding shows; how many there were it tells beside them.
pub const EARLIER_ACTS: usize = 20;

/// How a deed stands to daily limits: an act counts for its actor's day, whether or not its own role
/// has a limit.
#[derive(Clone, Copy, Debug)]
pub struct Daily {
    /// The limit of its role, if it has one.
    pub limit: Option<Money>,
    /// Whether a condition that cannot be told might give more.
    pub perhaps_more: bool,
}

/// An asking or a grant, judged.
#[derive(Clone, Debug)]
pub struct Approving<'l> {
    /// The approval, by its index.
    pub approval: usize,
    /// The asking.
    pub asked: Option<&'l Event>,
    /// The answer.
    pub answered: Option<&'l Event>,
    /// The verdict.
    pub verdict: Verdict,
    /// What decided it.
    pub detail: ApprovalDetail,
    /// The daily limit of the one who asked, where it may show that the asking was needed.
    pub daily: Option<Daily>,
}

struct Asked<'l> {
    approval: usize,
    event: &'l Event,
    amount: Option<Money>,
    /// Where its finding stands in `approvals`.
    finding: usize,
}

/// What is left of a grant.
struct Granted {
    action: usize,
    to: Option<Arc<str>>,
    /// The amount left; none for one act within the approver's own limit.
    left: Option<Money>,
    /// The approver's own limit, for a grant without an amount.
    within: Option<Money>,
    /// Why the approver's power is in doubt, if it is.
    doubts: Option<Vec<UnknownFact>>,
}

/// What a role may do of an action.
struct Power {
    /// Whether it may at all.
    may: Truth,
    /// Up to what per case; none without limit.
    per_case: Option<Money>,
    /// Up to what per day; none without limit.
    per_day: Option<Money>,
    /// Whether an unknown condition might give more.
    perhaps_more: bool,
    /// The grants that hold, by their indices.
    grants: Vec<usize>,
    /// The fields that keep it from being told whether more hold.
    unknown: Vec<FieldFact>,
}

impl<'p, 'l> Authority<'p, 'l> {
    /// Nothing done yet.
    pub fn new(graph: &'p Graph) -> Self {
        Self {
            graph,
            spent: BTreeMap::new(),
            uncounted: Vec::new(),
            asked: Vec::new(),
            granted: Vec::new(),
            acts: Vec::new(),
            approvals: Vec::new(),
        }
    }

    /// Leaves what was done outside the dates in force to those who judge it; how much that is. What was
    /// spent by it in the case is spent all the same.
    pub fn leave_to_others(&mut self, plan: &Plan<'_>) -> Outside {
        let mut outside = Outside::default();
        let mut is_ours = |event: Option<&Event>| {
            let Some(at) = event.map(|event| event.time).filter(|at| !plan.in_force(*at)) else { return true };
            outside += plan.outside(at);
            false
        };
        self.acts.retain(|act| is_ours(Some(act.event)));
        self.approvals.retain(|approving| is_ours(approving.asked.or(approving.answered)));
        outside
    }

    /// Takes in one event: acts first, for a grant covers later acts only.
    ///
    /// `demanded`: whether a level of an escalation demands what an asking by this event does.
    pub fn apply(&mut self, event: &'l Event, facts: Facts<'_>, demanded: bool) {
        let kind = usize::from(event.kind);
        for (action, declared) in self.graph.actions.iter().enumerate() {
            if declared.event == kind {
                self.act(action, declared.cost, event, facts);
            }
        }
        for (approval, declared) in self.graph.approvals.iter().enumerate() {
            if declared.asked == kind {
                self.ask(approval, event, facts, demanded);
            }
            if declared.granted == kind {
                self.grant(approval, event, facts);
            }
            if declared.refused == Some(kind) {
                self.answer(approval, event);
            }
        }
    }

    // ── Acts ────────────────────────────────────────────────────────────────────────────────────

    fn act(&mut self, action: usize, cost_slot: Option<usize>, event: &'l Event, facts: Facts<'_>) {
        let cost = cost_slot.map(|slot| money_of(event.fields.get(slot)));
        let negative = cost.flatten().is_some_and(|cost| is_negative(cost.amount));
        let untold = |fault| (Verdict::Undetermined, act_detail(cost.flatten(), Some(fault)), None);
        let (verdict, mut detail, daily) = match (role_of(&event.role), cost) {
            (None, _) => untold(ActFault::NoRole),
            (_, Some(None)) => untold(ActFault::NoAmount),
            _ if negative => untold(ActFault::NegativeAmount),
            (Some(role), cost) => self.judge(action, role, cost.flatten(), event, facts),
        };
        let is_counted =
            !matches!(detail.fault, Some(ActFault::NoRole | ActFault::NoAmount | ActFault::NegativeAmount));
        if !is_counted {
            detail.unknown = self.unsaid(event, cost_slot.filter(|_| cost == Some(None) || negative));
            let (role, doubts) = (role_of(&event.role), detail.unknown.clone());
            self.uncounted.push(Uncounted { action, role, may_lower: negative, doubts });
        } else if detail.fault == Some(ActFault::NoActor) {
            detail.unknown.extend(self.unsaid(event, None));
        } else if detail.fault == Some(ActFault::TwoCurrencies) {
            detail.unknown.extend(self.unsaid(event, cost_slot));
        }
        let uncounted = (!is_counted).then_some(negative);
        let mut act = Act { action, event, verdict, detail, daily, earlier: Vec::new(), uncounted };
        if act.detail.fault == Some(ActFault::BeyondLimit) {
            self.show_earlier(&mut act);
        }
        self.acts.push(act);
    }

    /// What the log does not say of who did something, and for how much.
    fn unsaid(&self, event: &Event, amount: Option<usize>) -> Vec<UnknownFact> {
        let kind = usize::from(event.kind);
        let role = role_of(&event.role).is_none().then(|| words::not_said("role", self.graph, kind));
        let actor = event.actor.is_none().then(|| words::not_said("actor", self.graph, kind));
        let amount = amount.map(|slot| words::event_field(self.graph, kind, slot, event.fields.get(slot)));
        role.into_iter().chain(actor).chain(amount).map(|field| empowered(field, event)).collect()
    }

    /// Why it cannot be told how much a role has spent on an action before, and whether it may be less.
    fn uncounted(&self, role: usize, action: usize) -> (Vec<UnknownFact>, bool) {
        let counts = |act: &&Uncounted| act.action == action && act.role.is_none_or(|of| of == role);
        let acts: Vec<&Uncounted> = self.uncounted.iter().filter(counts).collect();
        let doubts = acts.iter().flat_map(|act| act.doubts.iter().cloned()).collect();
        (doubts, acts.iter().any(|act| act.may_lower))
    }

    /// The acts of the same role before this one that count towards the same limit.
    fn show_earlier(&self, act: &mut Act<'l>) {
        let currency = |act: &Act<'_>| act.detail.cost.map(|cost| cost.currency);
        let counts = |other: &&Act<'l>| {
            // What an approval covers uses up no limit.
            let counted = other.daily.is_some() && other.action == act.action;
            counted && role_of(&other.event.role) == role_of(&act.event.role) && currency(other) == currency(act)
        };
        let earlier: Vec<&Act<'l>> = self.acts.iter().filter(counts).collect();
        act.detail.acts_before = earlier.len() as u64;
        let latest = earlier.into_iter().rev().take(EARLIER_ACTS).rev();
        act.earlier = latest.map(|act| Evidence::of(Deed::ActedBefore, act.event)).collect();
    }

    fn judge(
        &mut self,
        action: usize,
        role: usize,
        cost: Option<Money>,
        event: &Event,
        facts: Facts<'_>,
    ) -> (Verdict, ActDetail, Option<Daily>) {
        if let Some(doubts) = self.use_grant(action, cost, event.actor.as_ref()) {
            let fault = doubts.is_some().then_some(ActFault::PowerUnknown);
            let verdict = if doubts.is_some() { Verdict::Undetermined } else { Verdict::Met };
            let detail = ActDetail { unknown: doubts.unwrap_or_default(), ..act_detail(cost, fault) };
            return (verdict, detail, None);
        }
        let power = self.power(role, action, facts);
        let before = cost.map(|cost| Money { amount: self.spent_by(role, action, cost.currency), ..cost });
        if let Some(cost) = cost {
            let spent = self.spent.entry((role, action, cost.currency)).or_default();
            *spent = spent.saturating_add(cost.amount);
        }
        let grants = power.grants.clone();
        let mut detail = ActDetail { limit: power.per_case, spent_before: before, grants, ..act_detail(cost, None) };
        // Kept for the act's day, which may yet hang on it.
        detail.unknown = power.unknown.iter().cloned().map(|field| empowered(field, event)).collect();
        let within = power.may_spend(cost, before);
        let (uncounted, may_be_less) = self.uncounted(role, action);
        let is_limited = power.per_case.is_some() && !uncounted.is_empty();
        let (verdict, fault) = match (within, power.may) {
            (Truth::True, _) if is_limited => (Verdict::Undetermined, Some(ActFault::SpentUnknown)),
            (Truth::False, Truth::True) if is_limited && may_be_less => {
                (Verdict::Undetermined, Some(ActFault::SpentUnknown))
            }
            (Truth::True, _) if power.per_day.is_some() && event.actor.is_none() => {
                (Verdict::Undetermined, Some(ActFault::NoActor))
            }
            (Truth::True, _) if differ(power.per_day, cost) => (Verdict::Undetermined, Some(ActFault::TwoCurrencies)),
            (Truth::True, _) => (Verdict::Met, None),
            (Truth::Unknown, _) => {
                let two = differ(power.per_case, cost);
                let fault = if two { ActFault::TwoCurrencies } else { ActFault::PowerUnknown };
                (Verdict::Undetermined, Some(fault))
            }
            // An unnamed actor may be the one whom a grant covers.
            (Truth::False, _) if event.actor.is_none() && self.granted.iter().any(|grant| grant.action == action) => {
                (Verdict::Undetermined, Some(ActFault::NoActor))
            }
            (Truth::False, Truth::False) => (Verdict::Breached, Some(ActFault::NoPower)),
            (Truth::False, _) => (Verdict::Breached, Some(ActFault::BeyondLimit)),
        };
        if fault == Some(ActFault::SpentUnknown) {
            detail.unknown = uncounted;
        }
        detail.fault = fault;
        (verdict, detail, Some(power.daily()))
    }

    /// Uses up a grant that covers the act; why its approver's power is in doubt, if it is.
    fn use_grant(
        &mut self,
        action: usize,
        cost: Option<Money>,
        actor: Option<&Arc<str>>,
    ) -> Option<Option<Vec<UnknownFact>>> {
        let actor = actor?;
        let covers = |grant: &Granted| match (grant.left, cost) {
            (Some(left), Some(cost)) => left.currency == cost.currency && cost.amount <= left.amount,
            (Some(_), None) => true,
            (None, Some(cost)) => {
                grant.within.is_none_or(|limit| limit.currency == cost.currency && cost.amount <= limit.amount)
            }
            (None, None) => true,
        };
        let index = self
            .granted
            .iter()
            .position(|grant| grant.action == action && grant.to.as_ref() == Some(actor) && covers(grant))?;
        let grant = self.granted.get_mut(index)?;
        let doubtful = grant.doubts.clone();
        match (&mut grant.left, cost) {
            (Some(left), Some(cost)) if cost.amount < left.amount => left.amount -= cost.amount,
            _ => {
                self.granted.remove(index);
            }
        }
        Some(doubtful)
    }

    fn spent_by(&self, role: usize, action: usize, currency: Currency) -> Decimal {
        self.spent.get(&(role, action, currency)).copied().unwrap_or_default()
    }

    /// Whether a role may do an action of that cost now, in this case and unasked.
    pub fn may_now(&self, role: usize, action: usize, cost: Option<Money>, facts: Facts<'_>) -> Truth {
        // There is no act yet whose fields a condition could read.
        let kind = self.graph.actions.get(action).map_or(0, |action| action.event);
        let power = self.power(role, action, facts.about(Own { kind, fields: &[], place: None }));
        let before = cost.map(|cost| Money { amount: self.spent_by(role, action, cost.currency), ..cost });
        power.covers(cost, before)
    }

    /// What an asking or a grant says of the act that it speaks of: its fields of the same name and type.
    fn foretold(&self, action: usize, event: &Event) -> (usize, Vec<Reading>) {
        let kind = self.graph.actions.get(action).map_or(0, |action| action.event);
        let kinds = &self.graph.vocabulary.events;
        let theirs = kinds.get(usize::from(event.kind));
        let said = |field: &Field| {
            let (slot, known) = theirs.and_then(|kind| Some((kind.field(&field.name)?, kind)))?;
            known.fields.get(slot).filter(|same| same.kind == field.kind)?;
            event.fields.get(slot).cloned()
        };
        let fields = kinds.get(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        (kind, fields.iter().map(|field| said(field).unwrap_or_default()).collect())
    }

    /// What a role may do of an action: the greatest limit in each dimension of all grants that hold.
    fn power(&self, role: usize, action: usize, facts: Facts<'_>) -> Power {
        let mut power = Power {
            may: Truth::False,
            per_case: None,
            per_day: None,
            perhaps_more: false,
            grants: Vec::new(),
            unknown: Vec::new(),
        };
        let grants = self.graph.authority(role, action);
        let holding: Vec<_> = grants.iter().map(|grant| (facts.holds(grant.condition.as_ref()), *grant)).collect();
        power.may = holding.iter().fold(Truth::False, |so_far, (holds, _)| so_far.or(*holds));
        power.perhaps_more = holding.iter().any(|(holds, _)| *holds == Truth::Unknown);
        let open = holding.iter().filter(|(holds, _)| *holds == Truth::Unknown);
        let open: Vec<_> = open.filter_map(|(_, grant)| grant.condition.as_ref()).collect();
        if !open.is_empty() {
            power.unknown = words::unknown_fields(self.graph, facts, open);
        }
        let holding = holding.iter().filter(|(holds, _)| *holds == Truth::True).map(|(_, grant)| *grant);
        let index = |held: &Grant| self.graph.grants.iter().position(|grant| std::ptr::eq(grant, held));
        power.grants = holding.clone().filter_map(index).collect();
        // Only a grant that names no limit at all is without limit.
        if holding.clone().any(|grant| grant.limits.is_empty()) {
            return power;
        }
        for (limit, scope) in holding.flat_map(|grant| &grant.limits) {
            let greatest = match scope {
                LimitScope::Case => &mut power.per_case,
                LimitScope::Day => &mut power.per_day,
            };
            *greatest = Some(greatest.map_or(*limit, |known| greater(known, *limit)));
        }
        power
    }

    /// The action that an approval is about, by its index.
    pub fn action_of(&self, approval: usize) -> Option<usize> {
        self.graph.approvals.get(approval).map(|declared| declared.action)
    }

    // ── Approvals ───────────────────────────────────────────────────────────────────────────────

    fn ask(&mut self, approval: usize, event: &'l Event, facts: Facts<'_>, demanded: bool) {
        let Some(declared) = self.graph.approvals.get(approval) else { return };
        let (kind, fields) = self.foretold(declared.action, event);
        let facts = facts.about(Own { kind, fields: &fields, place: Some(event.place) });
        let amount = self.amount(approval, event);
        let not_said = (Verdict::Undetermined, Some(ApprovalFault::NotSaid));
        let negative = amount.flatten().is_some_and(|amount| is_negative(amount.amount));
        let (mut daily, mut grants, mut unknown) = (None, Vec::new(), Vec::new());
        let (verdict, fault) = match (role_of(&event.role), amount) {
            // To tell somebody was due, whatever the asker might have done alone.
            _ if demanded => (Verdict::Met, None),
            (None, _) | (_, Some(None)) => not_said,
            _ if negative => not_said,
            (Some(role), amount) => {
                let amount = amount.flatten();
                let (uncounted, may_be_less) = self.uncounted(role, declared.action);
                let power = self.power(role, declared.action, facts);
                let before = amount
                    .map(|amount| Money { amount: self.spent_by(role, declared.action, amount.currency), ..amount });
                grants.clone_from(&power.grants);
                unknown.extend(power.unknown.iter().cloned().map(|field| empowered(field, event)));
                match power.covers(amount, before) {
                    Truth::True | Truth::False
                        if power.per_case.is_some()
                            && !uncounted.is_empty()
                            && power.may == Truth::True
                            && (may_be_less || power.covers(amount, before) == Truth::True) =>
                    {
                        unknown = uncounted;
                        not_said
                    }
                    Truth::True if power.per_day.is_some() && event.actor.is_none() => not_said,
                    Truth::True => {
                        daily = Some(power.daily());
                        (Verdict::Breached, Some(ApprovalFault::Needless))
                    }
                    Truth::False => (Verdict::Met, None),
                    Truth::Unknown => not_said,
                }
            }
        };
        if fault == Some(ApprovalFault::NotSaid) && unknown.is_empty() {
            unknown = self.unsaid(event, self.amount_slot(approval, event));
        }
        let amount = amount.flatten();
        self.asked.push(Asked { approval, event, amount, finding: self.approvals.len() });
        let detail = ApprovalDetail { amount, fault, asking: true, lost: None, grants, unknown };
        self.approvals.push(Approving { approval, asked: Some(event), answered: None, verdict, detail, daily });
    }

    /// The oldest asking that waits is answered.
    fn answer(&mut self, approval: usize, event: &'l Event) -> Option<Asked<'l>> {
        let index = self.asked.iter().position(|asked| asked.approval == approval)?;
        let asked = self.asked.remove(index);
        if let Some(finding) = self.approvals.get_mut(asked.finding) {
            finding.answered = Some(event);
            finding.detail.lost = Some(event.time.since(asked.event.time));
        }
        Some(asked)
    }

    fn grant(&mut self, approval: usize, event: &'l Event, facts: Facts<'_>) {
        let Some(declared) = self.graph.approvals.get(approval) else { return };
        let (kind, fields) = self.foretold(declared.action, event);
        let facts = facts.about(Own { kind, fields: &fields, place: Some(event.place) });
        let asked = self.answer(approval, event);
        let said = self.amount(approval, event).flatten();
        let amount = said.or(asked.as_ref().and_then(|asked| asked.amount));
        let asker = asked.as_ref().and_then(|asked| asked.event.actor.clone());
        let own_act = asker.is_some() && asker == event.actor;
        let power = role_of(&event.role).map(|role| self.power(role, declared.action, facts));
        let negative = amount.is_some_and(|amount| is_negative(amount.amount));
        let may = power.as_ref().filter(|_| !negative);
        let may = may.map_or(Truth::Unknown, |power| power.covers(amount, None));
        let (verdict, fault) = match may {
            _ if own_act => (Verdict::Breached, Some(ApprovalFault::OwnAct)),
            Truth::True if asker.is_some() && event.actor.is_some() => (Verdict::Met, None),
            Truth::False => (Verdict::Breached, Some(ApprovalFault::NoPower)),
            Truth::True | Truth::Unknown => (Verdict::Undetermined, Some(ApprovalFault::NotSaid)),
        };
        let grants = power.as_ref().map(|power| power.grants.clone()).unwrap_or_default();
        let asked = asked.map(|asked| asked.event);
        let unknown = match fault {
            Some(ApprovalFault::NotSaid) => self.grant_unsaid(approval, event, asked, power.as_ref()),
            _ => Vec::new(),
        };
        if verdict != Verdict::Breached && !negative {
            let within = power.and_then(|power| power.per_case);
            let doubts = (may == Truth::Unknown).then(|| unknown.clone());
            self.granted.push(Granted { action: declared.action, to: asker, left: amount, within, doubts });
        }
        let detail = ApprovalDetail { amount, fault, asking: false, lost: None, grants, unknown };
        self.approvals.push(Approving { approval, asked, answered: Some(event), verdict, detail, daily: None });
    }

    /// Why it cannot be told whether a grant is one.
    fn grant_unsaid(
        &self,
        approval: usize,
        event: &Event,
        asked: Option<&Event>,
        power: Option<&Power>,
    ) -> Vec<UnknownFact> {
        let fields = power.map(|power| power.unknown.clone()).unwrap_or_default();
        let mut unknown: Vec<UnknownFact> = fields.into_iter().map(|field| empowered(field, event)).collect();
        unknown.extend(self.unsaid(event, self.amount_slot(approval, event)));
        let asking = self.graph.approvals.get(approval).map(|declared| declared.asked);
        match (asked, asking) {
            (Some(asked), _) if asked.actor.is_none() => {
                unknown.push(empowered(words::not_said("actor", self.graph, usize::from(asked.kind)), asked));
            }
            (None, Some(asking)) => unknown.push(empowered(words::not_said("actor", self.graph, asking), event)),
            _ => {}
        }
        unknown
    }

    /// Whether an event acts, asks or grants for less than nothing.
    pub fn is_below_zero(&self, event: &Event) -> bool {
        let kind = usize::from(event.kind);
        let acts = self.graph.actions.iter().filter(|action| action.event == kind).filter_map(|action| action.cost);
        let approvals = self.graph.approvals.iter().flat_map(|approval| &approval.amount);
        let slots = acts.chain(approvals.filter(|(of, _)| *of == kind).map(|(_, slot)| *slot));
        slots.filter_map(|slot| money_of(event.fields.get(slot))).any(|money| is_negative(money.amount))
    }

    /// Where an event of an approval names its amount.
    fn amount_slot(&self, approval: usize, event: &Event) -> Option<usize> {
        let kind = usize::from(event.kind);
        let declared = self.graph.approvals.get(approval)?;
        declared.amount.iter().find(|(of, _)| *of == kind).map(|(_, slot)| *slot)
    }

    /// The amount that an event names: none if the approval has no amount there, none inside if the
    /// log does not say it although the field must be there.
    fn amount(&self, approval: usize, event: &Event) -> Option<Option<Money>> {
        let kind = usize::from(event.kind);
        let declared = self.graph.approvals.get(approval)?;
        let (_, slot) = declared.amount.iter().find(|(of, _)| *of == kind)?;
        let optional = self.graph.vocabulary.events.get(kind)?.fields.get(*slot)?.optional;
        let amount = money_of(event.fields.get(*slot));
        if amount.is_none() && optional { None } else { Some(amount) }
    }
}

impl Power {
    /// Whether it covers that cost, after what was spent before.
    fn may_spend(&self, cost: Option<Money>, before: Option<Money>) -> Truth {
        if self.may != Truth::True {
            return self.may;
        }
        self.within(self.per_case, cost, before)
    }

    /// Whether it covers that cost, with what was spent before in the case, in a day of nothing else.
    fn covers(&self, cost: Option<Money>, before: Option<Money>) -> Truth {
        match (self.may_spend(cost, before), self.within(self.per_day, cost, None)) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    fn within(&self, limit: Option<Money>, cost: Option<Money>, before: Option<Money>) -> Truth {
        let Some(limit) = limit else { return Truth::True };
        // A limit, and nothing said of how much.
        let Some(cost) = cost.filter(|cost| cost.currency == limit.currency) else { return Truth::Unknown };
        let total = before.map_or(Decimal::ZERO, |before| before.amount).saturating_add(cost.amount);
        match total <= limit.amount {
            true => Truth::True,
            false if self.perhaps_more => Truth::Unknown,
            false => Truth::False,
        }
    }

    fn daily(&self) -> Daily {
        Daily { limit: self.per_day, perhaps_more: self.perhaps_more }
    }
}

/// Whether a limit and a cost are in two currencies.
fn differ(limit: Option<Money>, cost: Option<Money>) -> bool {
    limit.zip(cost).is_some_and(|(limit, cost)| limit.currency != cost.currency)
}

/// The greater of two limits; of two currencies the first.
fn greater(one: Money, other: Money) -> Money {
    if other.currency == one.currency && other.amount > one.amount { other } else { one }
}

fn money_of(reading: Option<&Reading>) -> Option<Money> {
    match reading.and_then(Reading::known) {
        Some(Value::Money(money)) => Some(*money),
        _ => None,
    }
}

fn act_detail(cost: Option<Money>, fault: Option<ActFault>) -> ActDetail {
    ActDetail {
        cost,
        limit: None,
        per_day: false,
        spent_before: None,
        acts_before: 0,
        fault,
        grants: Vec::new(),
        unknown: Vec::new(),
    }
}

/// A field that decides whether whoever acted, asked or granted may.
fn empowered(field: FieldFact, event: &Event) -> UnknownFact {
    UnknownFact { about: Deed::Empowered, field, place: Some(event.place) }
}

fn is_negative(amount: Decimal) -> bool {
    amount < Decimal::ZERO
}

/// An act of an actor of which it cannot be told how much it spent.
#[derive(Clone, Debug)]
pub struct UncountedDeed {
    /// Who.
    pub actor: Arc<str>,
    /// The action, by its index.
    pub action: usize,
    /// When, and where in the log.
    pub at: (Instant, Place),
    /// Whether it may have lowered what was spent.
    pub may_lower: bool,
    /// Why it cannot be told.
    pub doubts: Vec<UnknownFact>,
}

impl UncountedDeed {
    /// An act whose amount cannot be told, by someone who is named.
    pub fn of(act: &Act<'_>) -> Option<Self> {
        let may_lower = act.uncounted?;
        // In whichever role: a day is its actor's.
        let unsaid = matches!(act.detail.fault, Some(ActFault::NoAmount | ActFault::NegativeAmount));
        let unsaid = unsaid || act.detail.cost.is_none();
        let (actor, at) = (act.event.actor.clone()?, (act.event.time, act.event.place));
        unsaid.then(|| Self { actor, action: act.action, at, may_lower, doubts: act.detail.unknown.clone() })
    }
}

/// A deed that counts for its actor's day, or an asking that the day may excuse, for the judgement
/// over all cases.
#[derive(Clone, Debug)]
pub struct DailyDeed {
    /// Who.
    pub actor: Arc<str>,
    /// The action, by its index.
    pub action: usize,
    /// When, and where in the log.
    pub at: (Instant, Place),
    /// What it costs.
    pub cost: Money,
    /// The limit, if there is one.
    pub limit: Option<Money>,
    /// Whether a condition that cannot be told might give more.
    pub perhaps_more: bool,
    /// Whether it only asks: nothing is spent.
    pub asks: bool,
    /// Its log line, for the acts after it.
    pub evidence: Evidence,
    /// Its finding.
    pub finding: String,
}

impl DailyDeed {
    /// A deed whose log line says who and how much.
    pub fn of(
        event: &Event,
        action: usize,
        cost: Option<Money>,
        daily: Daily,
        asks: bool,
        finding: &str,
    ) -> Option<Self> {
        let (actor, at) = (event.actor.clone()?, (event.time, event.place));
        let Daily { limit, perhaps_more } = daily;
        let evidence = Evidence::of(Deed::ActedBefore, event);
        Some(Self { actor, action, at, cost: cost?, limit, perhaps_more, asks, evidence, finding: finding.to_owned() })
    }
}
