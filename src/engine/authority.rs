//! Who may do what: acts, approvals, and approvals that were not needed.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::graph::{Grant, Graph, LimitScope};
use crate::log::Event;
use crate::vocabulary::{Currency, Field, Money, Reading, Value};

use super::case::role_of;
use super::demands::Demanded;
use super::finding::{
    ActDetail, ActFault, ApprovalDetail, ApprovalFault, Evidence, EvidenceKind, FieldFact, UnknownFact, Verdict,
};
use super::plan::Plan;
use super::run_totals::Outside;
use super::truth::{Facts, Own, Truth};
use super::words;

/// Acts, askings and grants of one case so far.
pub struct Authority<'p, 'l> {
    graph: &'p Graph,
    /// What each role has spent on each action in this case, without approved acts.
    spent: BTreeMap<(usize, usize, Currency), Decimal>,
    /// Acts of which it cannot be told how much they spent, or in which role.
    uncounted: Vec<Uncounted>,
    returned_too_much: bool,
    /// Askings without an answer, oldest first.
    asked: Vec<Asked<'l>>,
    /// Grants with something left.
    granted: Vec<Granted>,
    /// Acts, judged.
    pub acts: Vec<Act<'l>>,
    /// What was given back.
    pub returns: Vec<Return<'l>>,
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
    /// Why not all sums count it as it is, if they do not.
    pub uncounted: Option<NotCounted>,
    /// How much of it was given back.
    returned: Decimal,
}

/// What gave back some of what an act spent.
#[derive(Clone, Debug)]
pub struct Return<'l> {
    /// The action, by its index.
    pub action: usize,
    /// The act.
    pub of: &'l Event,
    /// The event that gives it back.
    pub by: &'l Event,
    /// How much; none if that cannot be told.
    pub amount: Option<Money>,
    /// Why.
    pub unknown: Vec<UnknownFact>,
}

/// An act of which it cannot be told what it adds to a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotCounted {
    /// Whether it may have lowered what was spent.
    pub may_lower: bool,
    /// Whether that holds of its actor's day too, whichever the role.
    pub of_the_day: bool,
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
    amount: Named,
    /// Where its finding stands in `approvals`.
    finding: usize,
}

/// What is left of a grant.
struct Granted {
    action: usize,
    /// The one who asked.
    to: Asker,
    /// The amount left; none for one act within the approver's own limit.
    left: Named,
    /// The approver's own limit, for a grant without an amount.
    within: Option<Money>,
    /// Why it cannot be told whether it is one, or whether it is used up.
    doubts: Vec<UnknownFact>,
}

/// Who asked for what was granted.
enum Asker {
    Known(Arc<str>),
    /// Somebody whom the log does not name.
    Unnamed,
    /// Nobody, as far as the log says.
    Nobody,
}

/// The amount that an asking or a grant names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Nothing,
    /// Something, and it cannot be told what.
    Untold,
    Amount(Money),
}

impl Named {
    fn known(self) -> Option<Money> {
        match self {
            Named::Amount(money) => Some(money),
            Named::Nothing | Named::Untold => None,
        }
    }
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
            returned_too_much: false,
            asked: Vec::new(),
            granted: Vec::new(),
            acts: Vec::new(),
            returns: Vec::new(),
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
    pub fn apply(&mut self, event: &'l Event, facts: Facts<'_>, demanded: &Demanded) {
        let kind = usize::from(event.kind);
        for (action, declared) in self.graph.actions.iter().enumerate() {
            if declared.event == kind {
                self.act(action, declared.cost, event, facts);
            }
            if let Some(slot) = declared.returned_by(kind) {
                self.give_back(action, slot, event);
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
        let judged = match cost {
            Some(None) => self.act_without_amount(action, cost_slot, event),
            Some(Some(below)) if is_negative(below.amount) => self.act_below_zero(cost_slot, event, below),
            _ => self.act_of(action, cost.flatten(), event, facts),
        };
        let Judged { verdict, mut detail, daily, uncounted } = judged;
        match detail.fault {
            Some(ActFault::NoActor) => detail.unknown.extend(self.unsaid(event, None)),
            Some(ActFault::TwoCurrencies) => detail.unknown.extend(self.unsaid(event, cost_slot)),
            _ => {}
        }
        if let Some(NotCounted { may_lower, .. }) = uncounted {
            let (role, doubts) = (role_of(&event.role), detail.unknown.clone());
            self.uncounted.push(Uncounted { action, role, may_lower, doubts });
        }
        let mut act =
            Act { action, event, verdict, detail, daily, earlier: Vec::new(), uncounted, returned: Decimal::ZERO };
        if act.detail.fault == Some(ActFault::BeyondLimit) {
            self.show_earlier(&mut act);
        }
        self.acts.push(act);
    }

    /// It may have used up what was granted, and more.
    fn act_without_amount(&mut self, action: usize, slot: Option<usize>, event: &Event) -> Judged {
        let role = role_of(&event.role);
        let fault = if role.is_none() { ActFault::NoRole } else { ActFault::NoAmount };
        let unknown = self.unsaid(event, slot);
        // Something stands there that cannot be read: it may have been less than nothing.
        let may_lower = slot.is_some_and(|slot| matches!(event.fields.get(slot), Some(Reading::Malformed(_))));
        self.doubt_grants(action, event.actor.as_ref(), &unknown);
        Judged {
            verdict: Verdict::Undetermined,
            detail: ActDetail { unknown, ..act_detail(None, Some(fault)) },
            daily: None,
            uncounted: Some(NotCounted { may_lower, of_the_day: true }),
        }
    }

    fn act_below_zero(&self, slot: Option<usize>, event: &Event, cost: Money) -> Judged {
        let role = role_of(&event.role);
        let fault = if role.is_none() { ActFault::NoRole } else { ActFault::NegativeAmount };
        let unknown = self.unsaid(event, slot);
        Judged {
            verdict: Verdict::Undetermined,
            detail: ActDetail { unknown, ..act_detail(Some(cost), Some(fault)) },
            daily: None,
            uncounted: Some(NotCounted { may_lower: true, of_the_day: true }),
        }
    }

    /// An act whose amount is known, or of an action that has none: covered by a grant, or by what its role may do.
    fn act_of(&mut self, action: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> Judged {
        if let Some(doubts) = self.use_grant(action, cost, event.actor.as_ref()) {
            let is_sure = doubts.is_empty();
            let is_met = is_sure || self.may_unasked(action, cost, event, facts);
            let fault = (!is_met).then_some(ActFault::GrantUnknown);
            return Judged {
                verdict: if is_met { Verdict::Met } else { Verdict::Undetermined },
                detail: ActDetail { unknown: doubts, ..act_detail(cost, fault) },
                daily: None,
                uncounted: (!is_sure).then_some(NotCounted { may_lower: false, of_the_day: true }),
            };
        }
        match role_of(&event.role) {
            Some(role) => self.judge(action, role, cost, event, facts),
            // A day is its actor's, in whichever role.
            None => Judged {
                verdict: Verdict::Undetermined,
                detail: ActDetail { unknown: self.unsaid(event, None), ..act_detail(cost, Some(ActFault::NoRole)) },
                daily: cost.map(|_| Daily { limit: None, perhaps_more: false }),
                uncounted: Some(NotCounted { may_lower: false, of_the_day: false }),
            },
        }
    }

    /// Some of what was spent on an action in the case comes back: of the latest acts first, whoever did them.
    fn give_back(&mut self, action: usize, slot: usize, event: &'l Event) {
        let said = money_of(event.fields.get(slot)).filter(|said| !is_negative(said.amount));
        let Some(mut left) = said else { return self.give_back_untold(action, slot, event) };
        for index in (0..self.acts.len()).rev() {
            let Some(act) = self.acts.get_mut(index).filter(|act| act.action == action) else { continue };
            let Some(cost) = act.detail.cost.filter(|cost| cost.currency == left.currency) else { continue };
            let back = (cost.amount - act.returned).max(Decimal::ZERO).min(left.amount);
            if back.is_zero() {
                continue;
            }
            act.returned += back;
            left.amount -= back;
            let amount = Money { amount: back, ..left };
            // What an approval covered used up no limit.
            if act.daily.is_some() {
                if let Some(role) = role_of(&act.event.role)
                    && let Some(spent) = self.spent.get_mut(&(role, action, left.currency))
                {
                    *spent -= back;
                }
                self.returns.push(Return {
                    action,
                    of: act.event,
                    by: event,
                    amount: Some(amount),
                    unknown: Vec::new(),
                });
            }
        }
        self.returned_too_much |= !left.amount.is_zero();
    }

    /// Nobody knows how much came back, nor of which of the acts.
    fn give_back_untold(&mut self, action: usize, slot: usize, event: &'l Event) {
        let field = words::event_field(self.graph, usize::from(event.kind), slot, event.fields.get(slot));
        let unknown = vec![empowered(field, event)];
        self.uncounted.push(Uncounted { action, role: None, may_lower: true, doubts: unknown.clone() });
        let of_action = self.acts.iter().filter(|act| act.action == action && act.daily.is_some());
        let returns =
            of_action.map(|act| Return { action, of: act.event, by: event, amount: None, unknown: unknown.clone() });
        self.returns.extend(returns);
    }

    /// Whether the latest event gave back more than was spent.
    pub fn has_returned_too_much(&mut self) -> bool {
        std::mem::take(&mut self.returned_too_much)
    }

    /// What the log does not say of who did something, and for how much.
    fn unsaid(&self, event: &Event, amount: Option<usize>) -> Vec<UnknownFact> {
        let kind = usize::from(event.kind);
        let role = role_of(&event.role).is_none().then(|| words::unsaid_role(self.graph, event));
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
        let returned = |found: &&Return<'l>| earlier.iter().any(|act| std::ptr::eq(act.event, found.of));
        let returns = self.returns.iter().filter(returned);
        let returns =
            returns.map(|found| Evidence { amount: found.amount, ..Evidence::of(EvidenceKind::Returned, found.by) });
        let spent = |act: &&Act<'_>| act.detail.cost;
        let acts = earlier
            .iter()
            .map(|act| Evidence { amount: spent(act), ..Evidence::of(EvidenceKind::ActedBefore, act.event) });
        let mut all: Vec<Evidence> = acts.chain(returns).collect();
        all.sort_by_key(|line| (line.at, line.place));
        act.earlier = all.split_off(all.len().saturating_sub(EARLIER_ACTS));
    }

    fn judge(&mut self, action: usize, role: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> Judged {
        let power = self.power(role, action, facts);
        let before = self.before(role, action, cost);
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
            (Truth::True, _) if is_limited && power.covers(cost, None) != Truth::False => {
                (Verdict::Undetermined, Some(ActFault::SpentUnknown))
            }
            // Less than nothing is never spent: what is beyond the limit alone is beyond it in any case.
            (Truth::False, Truth::True) if is_limited && may_be_less && power.covers(cost, None) != Truth::False => {
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
            // Who is not named may be the one whom a grant covers.
            (Truth::False, _) if self.is_perhaps_granted(action, cost, event) => {
                (Verdict::Undetermined, Some(ActFault::NoActor))
            }
            (Truth::False, Truth::False) => (Verdict::Breached, Some(ActFault::NoPower)),
            (Truth::False, _) => (Verdict::Breached, Some(ActFault::BeyondLimit)),
        };
        if fault == Some(ActFault::NoActor) {
            let granted = self.granted.iter().filter(|grant| grant.action == action && grant.covers(cost));
            detail.unknown.extend(granted.flat_map(|grant| grant.doubts.iter().cloned()));
        }
        if fault == Some(ActFault::SpentUnknown) {
            detail.unknown = uncounted;
        }
        if fault == Some(ActFault::BeyondLimit) && may_be_less {
            // It is beyond alone: how much was spent before, nobody can say.
            detail.spent_before = None;
        }
        detail.fault = fault;
        Judged { verdict, detail, daily: Some(power.daily()), uncounted: None }
    }

    /// Whether an actor who is not named may be the one who asked for what was granted.
    fn is_perhaps_granted(&self, action: usize, cost: Option<Money>, event: &Event) -> bool {
        self.granted.iter().filter(|grant| grant.action == action && grant.covers(cost)).any(|grant| match grant.to {
            Asker::Unnamed => true,
            Asker::Known(_) => event.actor.is_none(),
            Asker::Nobody => false,
        })
    }

    /// Of these grants it can no longer be told whether they are used up.
    fn doubt_grants(&mut self, action: usize, actor: Option<&Arc<str>>, doubts: &[UnknownFact]) {
        let theirs = self.granted.iter_mut().filter(|grant| grant.is_of(action, actor));
        theirs.for_each(|grant| grant.doubts.extend_from_slice(doubts));
    }

    /// Whether whoever acts may do it anyway, granted or not.
    fn may_unasked(&self, action: usize, cost: Option<Money>, event: &Event, facts: Facts<'_>) -> bool {
        role_of(&event.role).is_some_and(|role| {
            let power = self.power(role, action, facts);
            let before = self.before(role, action, cost);
            let is_told = power.per_case.is_none() || self.uncounted(role, action).0.is_empty();
            is_told && power.per_day.is_none() && power.may_spend(cost, before) == Truth::True
        })
    }

    /// Uses up a grant that covers the act; why it cannot be told whether it does.
    fn use_grant(&mut self, action: usize, cost: Option<Money>, actor: Option<&Arc<str>>) -> Option<Vec<UnknownFact>> {
        actor?;
        let index = self.granted.iter().position(|grant| grant.is_of(action, actor) && grant.covers(cost))?;
        let grant = self.granted.get_mut(index)?;
        let doubts = grant.doubts.clone();
        match (&mut grant.left, cost) {
            (Named::Amount(left), Some(cost)) if cost.amount < left.amount => left.amount -= cost.amount,
            // How much is left of what cannot be told, nobody knows.
            (Named::Untold, _) => {}
            _ => {
                self.granted.remove(index);
            }
        }
        // If it was none, another was used.
        self.doubt_grants(action, actor, &doubts);
        Some(doubts)
    }

    /// What a role has spent before an act of that cost.
    fn before(&self, role: usize, action: usize, cost: Option<Money>) -> Option<Money> {
        cost.map(|cost| Money { amount: self.spent_by(role, action, cost.currency), ..cost })
    }

    fn spent_by(&self, role: usize, action: usize, currency: Currency) -> Decimal {
        self.spent.get(&(role, action, currency)).copied().unwrap_or_default()
    }

    /// Whether a role may do an action of that cost now, in this case and unasked.
    pub fn may_now(&self, role: usize, action: usize, cost: Option<Money>, facts: Facts<'_>) -> Truth {
        // There is no act yet whose fields a condition could read.
        let kind = self.graph.actions.get(action).map_or(0, |action| action.event);
        let power = self.power(role, action, facts.about(Own { kind, fields: &[], place: None }));
        let before = self.before(role, action, cost);
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

    fn ask(&mut self, approval: usize, event: &'l Event, facts: Facts<'_>, demanded: &Demanded) {
        let Some(action) = self.action_of(approval) else { return };
        let amount = self.amount(approval, event);
        let (verdict, daily, grants, unknown) = self.judge_asking(approval, action, event, facts, demanded);
        let fault = match verdict {
            Verdict::Met => None,
            Verdict::Breached => Some(ApprovalFault::Needless),
            _ => Some(ApprovalFault::NotSaid),
        };
        self.asked.push(Asked { approval, event, amount, finding: self.approvals.len() });
        let detail = ApprovalDetail { amount: amount.known(), fault, asking: true, lost: None, grants, unknown };
        self.approvals.push(Approving { approval, asked: Some(event), answered: None, verdict, detail, daily });
    }

    /// Whether an asking was needed: its verdict, its standing to the asker's day, the grants that hold, and what
    /// cannot be told.
    fn judge_asking(
        &self,
        approval: usize,
        action: usize,
        event: &Event,
        facts: Facts<'_>,
        demanded: &Demanded,
    ) -> (Verdict, Option<Daily>, Vec<usize>, Vec<UnknownFact>) {
        // To tell somebody was due, whatever the asker might have done alone.
        if demanded.truth == Truth::True {
            return (Verdict::Met, None, Vec::new(), Vec::new());
        }
        let not_said = |grants, unknown: Vec<UnknownFact>| {
            let unknown = if unknown.is_empty() { self.unsaid_of_approval(approval, event) } else { unknown };
            (Verdict::Undetermined, None, grants, unknown)
        };
        let amount = self.amount(approval, event);
        let negative = amount.known().is_some_and(|amount| is_negative(amount.amount));
        let Some(role) = role_of(&event.role).filter(|_| amount != Named::Untold && !negative) else {
            return not_said(Vec::new(), Vec::new());
        };
        let (kind, fields) = self.foretold(action, event);
        let facts = facts.about(Own { kind, fields: &fields, place: Some(event.place) });
        let amount = amount.known();
        let (uncounted, may_be_less) = self.uncounted(role, action);
        let power = self.power(role, action, facts);
        let before = self.before(role, action, amount);
        let grants = power.grants.clone();
        let covers = power.covers(amount, before);
        let is_limited = power.per_case.is_some() && power.may == Truth::True && !uncounted.is_empty();
        match covers {
            Truth::True | Truth::False
                if is_limited
                    && (may_be_less || covers == Truth::True)
                    && power.covers(amount, None) != Truth::False =>
            {
                not_said(grants, uncounted)
            }
            Truth::False => (Verdict::Met, None, grants, Vec::new()),
            Truth::True if demanded.truth == Truth::Unknown => not_said(grants, demanded.unknown.clone()),
            Truth::True if power.per_day.is_some() && event.actor.is_none() => not_said(grants, Vec::new()),
            Truth::True => {
                let unknown = power.unknown.iter().cloned().map(|field| empowered(field, event)).collect();
                (Verdict::Breached, Some(power.daily()), grants, unknown)
            }
            Truth::Unknown => {
                let unknown = power.unknown.iter().cloned().map(|field| empowered(field, event)).collect();
                not_said(grants, unknown)
            }
        }
    }

    /// What the log does not say of an asking or a grant.
    fn unsaid_of_approval(&self, approval: usize, event: &Event) -> Vec<UnknownFact> {
        let slot = self.amount_slot(approval, event);
        let amount = self.amount(approval, event);
        let is_told = amount.known().is_some_and(|amount| !is_negative(amount.amount));
        let unsaid = self.unsaid(event, slot.filter(|_| !is_told));
        // An amount that is said, in a currency that no limit has.
        if unsaid.is_empty() { self.unsaid(event, slot) } else { unsaid }
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
        let amount = match self.amount(approval, event) {
            Named::Nothing => asked.as_ref().map_or(Named::Nothing, |asked| asked.amount),
            said => said,
        };
        let to = match asked.as_ref().map(|asked| asked.event.actor.clone()) {
            Some(Some(asker)) => Asker::Known(asker),
            Some(None) => Asker::Unnamed,
            None => Asker::Nobody,
        };
        let own_act = matches!(&to, Asker::Known(asker) if Some(asker) == event.actor.as_ref());
        let power = role_of(&event.role).map(|role| self.power(role, declared.action, facts));
        let negative = amount.known().is_some_and(|amount| is_negative(amount.amount));
        let may = power.as_ref().filter(|_| !negative && amount != Named::Untold);
        let may = may.map_or(Truth::Unknown, |power| power.covers(amount.known(), None));
        let (verdict, fault) = match may {
            _ if own_act => (Verdict::Breached, Some(ApprovalFault::OwnAct)),
            Truth::True if matches!(to, Asker::Known(_)) && event.actor.is_some() => (Verdict::Met, None),
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
            // Who granted it may be the one who asked.
            let is_sure = may == Truth::True && event.actor.is_some() && !matches!(to, Asker::Unnamed);
            let doubts = if is_sure { Vec::new() } else { unknown.clone() };
            self.granted.push(Granted { action: declared.action, to, left: amount, within, doubts });
        }
        let amount = amount.known();
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
        let is_told = self.amount(approval, event) != Named::Untold;
        unknown.extend(self.unsaid(event, self.amount_slot(approval, event).filter(|_| !is_told)));
        let asking = self.graph.approvals.get(approval).map(|declared| declared.asked);
        match (asked, asking) {
            (Some(asked), _) if asked.actor.is_none() => {
                unknown.push(empowered(words::not_said("actor", self.graph, usize::from(asked.kind)), asked));
            }
            (None, Some(asking)) => unknown.push(empowered(words::not_said("actor", self.graph, asking), event)),
            _ => {}
        }
        if unknown.is_empty() { self.unsaid_of_approval(approval, event) } else { unknown }
    }

    /// Whether an event acts, asks or grants for less than nothing.
    pub fn is_below_zero(&self, event: &Event) -> bool {
        let kind = usize::from(event.kind);
        let acts = self.graph.actions.iter().filter(|action| action.event == kind).filter_map(|action| action.cost);
        let acts = acts.chain(self.graph.actions.iter().filter_map(|action| action.returned_by(kind)));
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

    /// The amount that an event names.
    fn amount(&self, approval: usize, event: &Event) -> Named {
        let kind = usize::from(event.kind);
        let Some(slot) = self.amount_slot(approval, event) else { return Named::Nothing };
        let field = self.graph.vocabulary.events.get(kind).and_then(|kind| kind.fields.get(slot));
        match event.fields.get(slot) {
            reading if money_of(reading).is_some() => money_of(reading).map_or(Named::Untold, Named::Amount),
            None | Some(Reading::Missing) if field.is_some_and(|field| field.optional) => Named::Nothing,
            _ => Named::Untold,
        }
    }
}

impl Granted {
    fn is_of(&self, action: usize, actor: Option<&Arc<str>>) -> bool {
        self.action == action && matches!(&self.to, Asker::Known(to) if Some(to) == actor)
    }

    fn covers(&self, cost: Option<Money>) -> bool {
        let Some(cost) = cost else { return true };
        let covers = |limit: Money| limit.currency == cost.currency && cost.amount <= limit.amount;
        match self.left {
            Named::Amount(left) => covers(left),
            Named::Untold => true,
            Named::Nothing => self.within.is_none_or(covers),
        }
    }
}

/// What came of an act.
struct Judged {
    verdict: Verdict,
    detail: ActDetail,
    daily: Option<Daily>,
    uncounted: Option<NotCounted>,
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
pub fn empowered(field: FieldFact, event: &Event) -> UnknownFact {
    UnknownFact { about: EvidenceKind::Empowered, field, place: Some(event.place) }
}

fn is_negative(amount: Decimal) -> bool {
    amount < Decimal::ZERO
}
