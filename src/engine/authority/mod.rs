//! Who may do what: acts, approvals, and approvals that were not needed.

mod acts;
mod amounts;
mod approvals;
mod demanded;
mod grants;
mod power;
mod returns;

pub use amounts::empowered;
pub use demanded::Demanded;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::engine::finding::{ActDetail, ApprovalDetail, Evidence, FieldFact, UnknownFact, Verdict};
use crate::engine::plan::Plan;
use crate::engine::run_totals::Outside;
use crate::engine::truth::{Facts, Truth};
use crate::graph::Graph;
use crate::log::Event;
use crate::vocabulary::{Currency, Money};

/// Acts, askings and grants of one case so far.
pub struct Authority<'p, 'l> {
    graph: &'p Graph,
    /// What each role has spent on each action in this case, without approved acts: at each place that has powers of its
    /// own, and elsewhere.
    spent: BTreeMap<(usize, usize, Option<usize>, Currency), Decimal>,
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
    /// The place whose powers the act used.
    pub at: Option<usize>,
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
    /// The place whose powers it is; none where none has its own.
    pub at: Option<usize>,
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
    /// The place whose powers these are; none where none has its own.
    at: Option<usize>,
    /// Why it cannot be told where it happens, if that matters.
    unknown_place: Option<FieldFact>,
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

    /// The action that an approval is about, by its index.
    pub fn action_of(&self, approval: usize) -> Option<usize> {
        self.graph.approvals.get(approval).map(|declared| declared.action)
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
        let within = self.within(self.per_case, cost, before);
        match self.may {
            // Each place has sums of its own: it is within the limit if it is within the least, by the greatest sum.
            Truth::True if before.is_some() && self.unknown_place.is_some() => match (within, self.per_day) {
                (Truth::True, None) => Truth::True,
                _ => Truth::Unknown,
            },
            Truth::True => within,
            may => may,
        }
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
        Daily { limit: self.per_day, perhaps_more: self.perhaps_more, at: self.at }
    }
}
