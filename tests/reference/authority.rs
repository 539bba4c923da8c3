//! Authority: who acted, asked and granted beyond what they may. One action, a few people, a few
//! cases, and a log in which no two events share a time. Some askings are escalations, too.

use std::collections::{HashMap, VecDeque};
use std::fmt::{self, Write};

use jiff::civil::Date;
use mot::engine::{ActFault, ApprovalFault};
use mot::log::{self, Log, Place};
use mot::vocabulary::{Currency, Money, Reading, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::bridge;
use super::calendar::Place as Zone;
use super::model::{Minute, ROLES};
use super::render::timestamp;

const ZONE: &str = "Asia/Shanghai";

/// Who may spend how much, and what they did.
#[derive(Clone)]
pub struct Office {
    /// By role, from the lowest: nothing said, or what is said.
    pub powers: Vec<Option<Power>>,
    /// The same at the desk.
    pub at_the_desk: Vec<Option<Power>>,
    /// A clock from `opened` to `closed`, of which someone must be told half-way: so many minutes, the
    /// role to tell, and within how many minutes. To ask is to tell.
    pub escalation: Option<(Minute, usize, Minute)>,
    pub deeds: Vec<Deed>,
}

/// Up to so much per case and per day; without a limit where none is written.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    pub per_case: Option<i64>,
    pub per_day: Option<i64>,
    pub requires: Option<Requirement>,
}

/// What must be true for a power to be one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Requirement {
    /// A field of the act.
    Certified,
    /// A field of the case.
    Vip,
}

#[derive(Clone, Copy, Debug)]
pub struct Deed {
    pub at: Minute,
    pub kind: DeedKind,
    pub case: usize,
    pub actor: Option<usize>,
    pub role: Option<usize>,
    pub amount: Option<i64>,
    /// Of an act.
    pub certified: Option<bool>,
    /// Of the case.
    pub vip: Option<bool>,
    /// The role that an asking tells.
    pub told: Option<usize>,
    /// Of the case: whether it is at the desk, and not in the shop.
    pub at_the_desk: Option<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeedKind {
    Act,
    Ask,
    Grant,
    Open,
    Close,
    Return,
}

/// What is wrong with a deed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judgement {
    Fine,
    Act(ActFault),
    Approval(ApprovalFault),
}

// ── The evaluator ──

/// Judges every deed, in the order of the log.
pub fn judge(office: &Office) -> Vec<Judgement> {
    let mut books = Books::new(office);
    office.deeds.iter().map(|deed| books.judge(deed)).collect()
}

struct Books<'o> {
    office: &'o Office,
    zone: Zone,
    /// What a role has spent in a case, without approved acts: under the powers of the desk, or others.
    by_case: HashMap<(usize, usize, bool), i64>,
    /// What an actor has spent on a day, without approved acts.
    by_day: HashMap<(usize, Date, bool), i64>,
    /// Who waits for an answer, by case; the one who asked first gets it first.
    asking: HashMap<usize, VecDeque<usize>>,
    /// What is left of a grant, by case and the one who asked; and whether it can be told that it is.
    granted: HashMap<(usize, usize), Vec<(i64, bool)>>,
    /// What was done in each case, in order.
    spent: HashMap<usize, Vec<Spent>>,
    /// What is known of the cases.
    vip: HashMap<usize, bool>,
    at_the_desk: HashMap<usize, bool>,
    /// Where it cannot be told how much was spent: by case and role, and by actor and day; and whether that may be
    /// less than nothing.
    uncounted_in_case: HashMap<(usize, usize), bool>,
    uncounted_on_day: HashMap<(usize, Date), bool>,
    /// What was spent on a day by nobody knows whom; none where nobody knows how much either, and whether that may be
    /// less than nothing.
    unnamed_on_day: HashMap<Date, (i64, Option<bool>)>,
}

/// An act, and what is left of it.
struct Spent {
    actor: Option<usize>,
    role: usize,
    day: Date,
    /// None where it cannot be told.
    left: Option<i64>,
    /// Whether it used up limits.
    counts: bool,
    /// Those of the desk.
    of_the_desk: bool,
}

/// What a role may do in a case, as far as it can be told where that is.
#[derive(Clone, Copy)]
enum Powers {
    /// Under the powers of the desk, or others.
    One(Option<Power>, bool),
    /// One or the other: nobody knows where.
    Either([Option<Power>; 2]),
}

impl<'o> Books<'o> {
    fn new(office: &'o Office) -> Self {
        let zone = Zone::named(ZONE);
        let (by_case, by_day) = (HashMap::new(), HashMap::new());
        Self {
            office,
            zone,
            by_case,
            by_day,
            asking: HashMap::new(),
            granted: HashMap::new(),
            spent: HashMap::new(),
            vip: HashMap::new(),
            at_the_desk: HashMap::new(),
            uncounted_in_case: HashMap::new(),
            uncounted_on_day: HashMap::new(),
            unnamed_on_day: HashMap::new(),
        }
    }

    fn judge(&mut self, deed: &Deed) -> Judgement {
        if let Some(vip) = deed.vip {
            self.vip.insert(deed.case, vip);
        }
        if let Some(at_the_desk) = deed.at_the_desk {
            self.at_the_desk.insert(deed.case, at_the_desk);
        }
        match deed.kind {
            DeedKind::Open | DeedKind::Close => return Judgement::Fine,
            DeedKind::Return => {
                self.give_back(deed);
                return Judgement::Fine;
            }
            DeedKind::Act | DeedKind::Ask | DeedKind::Grant => {}
        }
        match (deed.kind, deed.role, deed.amount) {
            (DeedKind::Act, Some(role), None | Some(..0)) => return self.uncounted(deed, deed.actor, role),
            (DeedKind::Act, Some(role), Some(amount)) if deed.actor.is_none() => {
                return self.act_of_nobody(deed, role, amount);
            }
            _ => {}
        }
        let (Some(actor), Some(role), Some(amount)) = (deed.actor, deed.role, deed.amount) else {
            return match deed.kind {
                DeedKind::Act if deed.role.is_none() => Judgement::Act(ActFault::NoRole),
                DeedKind::Act if deed.amount.is_none() => Judgement::Act(ActFault::NoAmount),
                DeedKind::Act => Judgement::Act(ActFault::NoActor),
                _ => Judgement::Approval(ApprovalFault::NotSaid),
            };
        };
        match deed.kind {
            DeedKind::Act => self.act(deed, actor, role, amount),
            DeedKind::Grant => self.grant(deed, actor, role, amount),
            _ => {
                self.asking.entry(deed.case).or_default().push_back(actor);
                self.ask(deed, actor, role, amount)
            }
        }
    }

    /// An act without an amount, or for less than nothing: what is spent from here on cannot be told.
    fn uncounted(&mut self, deed: &Deed, actor: Option<usize>, role: usize) -> Judgement {
        let is_negative = deed.amount.is_some();
        let day = self.zone.date_of(deed.at);
        if !is_negative {
            // What comes back of it is no more than it was.
            let spent = Spent { actor, role, day, left: None, counts: false, of_the_desk: false };
            self.spent.entry(deed.case).or_default().push(spent);
        }
        *self.uncounted_in_case.entry((deed.case, role)).or_default() |= is_negative;
        match actor {
            Some(actor) => *self.uncounted_on_day.entry((actor, day)).or_default() |= is_negative,
            None => {
                let (_, unknown) = self.unnamed_on_day.entry(day).or_default();
                *unknown = Some(unknown.unwrap_or_default() || is_negative);
            }
        }
        if let Some(actor) = actor.filter(|_| !is_negative) {
            self.doubt_grants(deed, actor);
        }
        Judgement::Act(if is_negative { ActFault::NegativeAmount } else { ActFault::NoAmount })
    }

    /// An act by nobody knows whom: a grant may cover it, and it may be of anyone's day.
    fn act_of_nobody(&mut self, deed: &Deed, role: usize, amount: i64) -> Judgement {
        let day = self.zone.date_of(deed.at);
        let mut grants = self.granted.iter().filter(|((case, _), _)| *case == deed.case).flat_map(|(_, left)| left);
        let may_be_granted = grants.any(|(left, _)| *left >= amount);
        let fault = match self.in_case(deed, role, amount) {
            Some(ActFault::NoPower | ActFault::BeyondLimit) if may_be_granted => Some(ActFault::NoActor),
            None if self.limits(deed, role).is_some_and(|power| power.per_day.is_some()) => Some(ActFault::NoActor),
            fault => fault,
        };
        let place = self.place_of_powers(deed, role);
        let (counts, of_the_desk) = (place.is_some(), place.unwrap_or_default());
        let spent = Spent { actor: None, role, day, left: Some(amount), counts, of_the_desk };
        self.spent.entry(deed.case).or_default().push(spent);
        if counts {
            *self.by_case.entry((deed.case, role, of_the_desk)).or_default() += amount;
            self.unnamed_on_day.entry(day).or_default().0 += amount;
        } else {
            self.uncounted_in_case.entry((deed.case, role)).or_default();
            let (_, unknown) = self.unnamed_on_day.entry(day).or_default();
            *unknown = Some(unknown.unwrap_or_default());
        }
        fault.map_or(Judgement::Fine, Judgement::Act)
    }

    /// What comes back is of the latest acts first, and lowers the day of an act only on that day.
    fn give_back(&mut self, deed: &Deed) {
        let today = self.zone.date_of(deed.at);
        let acts = self.spent.entry(deed.case).or_default();
        let told = deed.amount.filter(|amount| *amount >= 0);
        let mut back = told.unwrap_or_default();
        let mut index = acts.len();
        let mut untold = told.is_none();
        while !untold && index > 0 {
            index -= 1;
            let act = &mut acts[index];
            let Some(left) = &mut act.left else {
                untold = back > 0;
                continue;
            };
            let of_this = (*left).min(back);
            *left -= of_this;
            back -= of_this;
            if act.counts {
                *self.by_case.entry((deed.case, act.role, act.of_the_desk)).or_default() -= of_this;
            }
            if let Some(actor) = act.actor.filter(|_| act.counts && act.day == today) {
                *self.by_day.entry((actor, today, act.of_the_desk)).or_default() -= of_this;
            }
        }
        if untold {
            // Of the acts before, nobody knows what came back.
            for role in 0..ROLES.len() {
                self.uncounted_in_case.insert((deed.case, role), true);
            }
            let before = acts[..index].iter().filter(|act| act.counts && act.day == today);
            for actor in before.filter_map(|act| act.actor) {
                self.uncounted_on_day.insert((actor, today), true);
            }
        }
    }

    fn ask(&self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Judgement {
        let not_said = Judgement::Approval(ApprovalFault::NotSaid);
        let demanded = self.office.demands(deed);
        if demanded == Some(true) {
            return Judgement::Fine;
        }
        if amount < 0 {
            return not_said;
        }
        // More than a day of nothing else allows.
        let limits = self.limits(deed, role).filter(|_| self.are_alike(deed, role));
        let too_much = limits.and_then(|power| power.per_day).is_some_and(|limit| amount > limit);
        let may_be_less = self.uncounted_in_case.get(&(deed.case, role)) == Some(&true);
        match self.in_case(deed, role, amount) {
            Some(ActFault::PowerUnknown) if self.place_of_powers(deed, role).is_none() && too_much => {
                if self.are_held(deed, role) { Judgement::Fine } else { not_said }
            }
            Some(ActFault::PowerUnknown) => not_said,
            Some(ActFault::SpentUnknown) if !too_much || may_be_less => not_said,
            Some(_) => Judgement::Fine,
            None if too_much => Judgement::Fine,
            None => match self.on_day(deed, actor, role, amount) {
                Some(ActFault::SpentUnknown) => not_said,
                Some(_) => Judgement::Fine,
                None if demanded.is_none() => not_said,
                None => Judgement::Approval(ApprovalFault::Needless),
            },
        }
    }

    /// It can no longer be told what is left for this actor.
    fn doubt_grants(&mut self, deed: &Deed, actor: usize) {
        self.granted.entry((deed.case, actor)).or_default().iter_mut().for_each(|(_, is_sure)| *is_sure = false);
    }

    /// Approved acts use up neither limit.
    fn act(&mut self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Judgement {
        let is_granted = self.granted.entry((deed.case, actor)).or_default().iter().any(|(left, _)| *left >= amount);
        let day = self.zone.date_of(deed.at);
        let place = self.place_of_powers(deed, role);
        let (counts, of_the_desk) = (!is_granted && place.is_some(), place.unwrap_or_default());
        let spent = Spent { actor: Some(actor), role, day, left: Some(amount), counts, of_the_desk };
        self.spent.entry(deed.case).or_default().push(spent);
        let grants = self.granted.entry((deed.case, actor)).or_default();
        if let Some((left, is_sure)) = grants.iter_mut().find(|(left, _)| *left >= amount) {
            *left -= amount;
            if *is_sure {
                return Judgement::Fine;
            }
            self.doubt_grants(deed, actor);
            // What the role may do anyway, granted or not.
            let is_unlimited = self.limits(deed, role).is_some_and(|power| power.per_day.is_none());
            let may_anyway = is_unlimited && self.in_case(deed, role, amount).is_none();
            self.uncounted_in_case.entry((deed.case, role)).or_default();
            self.uncounted_on_day.entry((actor, self.zone.date_of(deed.at))).or_default();
            return if may_anyway { Judgement::Fine } else { Judgement::Act(ActFault::GrantUnknown) };
        }
        let in_case = self.in_case(deed, role, amount);
        let fault = in_case.or_else(|| self.on_day(deed, actor, role, amount));
        match place {
            Some(of_the_desk) => {
                *self.by_case.entry((deed.case, role, of_the_desk)).or_default() += amount;
                *self.by_day.entry((actor, day, of_the_desk)).or_default() += amount;
            }
            // Of which place's limits it took, nobody can say.
            None => {
                self.uncounted_in_case.entry((deed.case, role)).or_default();
                self.uncounted_on_day.entry((actor, day)).or_default();
            }
        }
        fault.map_or(Judgement::Fine, Judgement::Act)
    }

    /// What keeps a role from spending so much in the case without asking.
    fn in_case(&self, deed: &Deed, role: usize, amount: i64) -> Option<ActFault> {
        let (power, of_the_desk) = match self.powers(deed, role) {
            Powers::One(power, of_the_desk) => (power, of_the_desk),
            Powers::Either(powers) => {
                let held = powers.map(|power| power.map_or(Some(false), |power| self.is_fulfilled(power, deed)));
                let per_day = powers.iter().flatten().any(|power| power.per_day.is_some());
                let per_case = powers.iter().flatten().filter_map(|power| power.per_case).min();
                // Each place has sums of its own.
                let spent =
                    |of_the_desk| self.by_case.get(&(deed.case, role, of_the_desk)).copied().unwrap_or_default();
                let most = spent(true).max(spent(false)) + amount;
                let uncounted = self.uncounted_in_case.get(&(deed.case, role)).filter(|_| per_case.is_some());
                return match held {
                    [Some(false), Some(false)] => Some(ActFault::NoPower),
                    [Some(true), Some(true)] if !per_day && per_case.is_none_or(|limit| most <= limit) => {
                        within(true, uncounted)
                    }
                    _ => Some(ActFault::PowerUnknown),
                };
            }
        };
        let Some(power) = power else { return Some(ActFault::NoPower) };
        match self.is_fulfilled(power, deed) {
            Some(true) => {}
            Some(false) => return Some(ActFault::NoPower),
            None => return Some(ActFault::PowerUnknown),
        }
        let limit = power.per_case?;
        let spent = self.by_case.get(&(deed.case, role, of_the_desk)).copied().unwrap_or_default();
        // Less than nothing is never spent.
        let beyond = self.is_beyond_alone(power, amount);
        let uncounted = self.uncounted_in_case.get(&(deed.case, role)).filter(|_| !beyond);
        within(spent + amount <= limit, uncounted)
    }

    /// Whether so much is more than any limit of the role, whatever else was spent.
    fn is_beyond_alone(&self, power: Power, amount: i64) -> bool {
        [power.per_case, power.per_day].into_iter().flatten().any(|limit| amount > limit)
    }

    /// What keeps an actor from spending so much on the day.
    fn on_day(&self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Option<ActFault> {
        let Powers::One(power, of_the_desk) = self.powers(deed, role) else { return None };
        let limit = power?.per_day?;
        let day = (actor, self.zone.date_of(deed.at));
        let spent = self.by_day.get(&(day.0, day.1, of_the_desk)).copied().unwrap_or_default();
        let (unnamed, unknown) = self.unnamed_on_day.get(&day.1).copied().unwrap_or_default();
        let may_pass = spent + amount + unnamed > limit;
        let uncounted = self.uncounted_on_day.get(&day).copied();
        let uncounted = [uncounted, unknown, may_pass.then_some(false)].into_iter().flatten().max();
        within(spent + amount <= limit, uncounted.filter(|_| amount <= limit).as_ref())
    }

    /// What is said of a role itself, there or anywhere, replaces all it inherits.
    fn powers(&self, deed: &Deed, role: usize) -> Powers {
        let at = |at_the_desk: bool| {
            let own = (0..=role).rev().find_map(|role| {
                let there = self.office.at_the_desk[role].filter(|_| at_the_desk).map(|power| (power, true));
                there.or(self.office.powers[role].map(|power| (power, false)))
            });
            (own.map(|(power, _)| power), own.is_some_and(|(_, of_the_desk)| of_the_desk))
        };
        let has_places = self.office.at_the_desk.iter().any(Option::is_some);
        match self.at_the_desk.get(&deed.case) {
            None if has_places => Powers::Either([at(false).0, at(true).0]),
            place => {
                let (power, of_the_desk) = at(place.copied().unwrap_or_default());
                Powers::One(power, of_the_desk)
            }
        }
    }

    /// Whether the powers of the desk hold; none where nobody can tell.
    fn place_of_powers(&self, deed: &Deed, role: usize) -> Option<bool> {
        match self.powers(deed, role) {
            Powers::One(_, of_the_desk) => Some(of_the_desk),
            Powers::Either(_) => None,
        }
    }

    /// The limits of a role; the lesser ones, where it is one of two.
    fn limits(&self, deed: &Deed, role: usize) -> Option<Power> {
        let lesser = |one: Option<i64>, two: Option<i64>| one.into_iter().chain(two).min();
        match self.powers(deed, role) {
            Powers::One(power, _) => power,
            Powers::Either([Some(one), Some(two)]) => Some(Power {
                per_case: lesser(one.per_case, two.per_case),
                per_day: lesser(one.per_day, two.per_day),
                ..one
            }),
            Powers::Either([one, two]) => one.or(two),
        }
    }

    /// Whether the limits are the same, wherever it is.
    fn are_alike(&self, deed: &Deed, role: usize) -> bool {
        match self.powers(deed, role) {
            Powers::One(..) => true,
            Powers::Either(powers) => {
                let [one, two] = powers.map(|power| power.map(|power| (power.per_case, power.per_day)));
                one == two
            }
        }
    }

    /// Whether a role surely has its powers, wherever it is.
    fn are_held(&self, deed: &Deed, role: usize) -> bool {
        match self.powers(deed, role) {
            Powers::One(power, _) => power.is_some_and(|power| self.is_fulfilled(power, deed) == Some(true)),
            Powers::Either(powers) => {
                powers.iter().all(|power| power.is_some_and(|power| self.is_fulfilled(power, deed) == Some(true)))
            }
        }
    }

    /// Only an act has its own fields.
    fn is_fulfilled(&self, power: Power, deed: &Deed) -> Option<bool> {
        match power.requires {
            None => Some(true),
            Some(Requirement::Certified) => deed.certified.filter(|_| deed.kind == DeedKind::Act),
            Some(Requirement::Vip) => self.vip.get(&deed.case).copied(),
        }
    }

    /// The one who asked does not grant, nor does a role that may not spend as much itself.
    fn grant(&mut self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Judgement {
        let asker = self.asking.entry(deed.case).or_default().pop_front();
        if asker == Some(actor) {
            return Judgement::Approval(ApprovalFault::OwnAct);
        }
        if amount < 0 {
            return Judgement::Approval(ApprovalFault::NotSaid);
        }
        // Grants of which nobody knows where are made none.
        let Powers::One(power, _) = self.powers(deed, role) else {
            return Judgement::Approval(ApprovalFault::NotSaid);
        };
        match power.map(|power| self.is_fulfilled(power, deed)) {
            None | Some(Some(false)) => return Judgement::Approval(ApprovalFault::NoPower),
            Some(None) => return Judgement::Approval(ApprovalFault::NotSaid),
            Some(Some(true)) => {}
        }
        if power.is_none_or(|power| [power.per_case, power.per_day].into_iter().flatten().any(|limit| amount > limit)) {
            return Judgement::Approval(ApprovalFault::NoPower);
        }
        // Nobody asked: it cannot be told whether they granted it to themselves.
        let Some(asker) = asker else { return Judgement::Approval(ApprovalFault::NotSaid) };
        self.granted.entry((deed.case, asker)).or_default().push((amount, true));
        Judgement::Fine
    }
}

/// What is wrong with an act that lies within a limit or not, by what is known to be spent; and by what may be, or
/// may be less.
fn within(is_within: bool, uncounted: Option<&bool>) -> Option<ActFault> {
    match (is_within, uncounted) {
        (true, None) => None,
        (true, Some(_)) | (false, Some(true)) => Some(ActFault::SpentUnknown),
        (false, _) => Some(ActFault::BeyondLimit),
    }
}

impl Office {
    /// Whether a level that fell due demands to tell the role that an asking tells; none where that cannot be told.
    fn demands(&self, asking: &Deed) -> Option<bool> {
        let Some((promise, role, within)) = self.escalation else { return Some(false) };
        let before = self.deeds.iter().filter(|deed| deed.case == asking.case && deed.at < asking.at);
        let reaches = |told: Option<usize>| told.map(|told| told >= role);
        let mut opened = None;
        let mut told = Some(false);
        for deed in before {
            match deed.kind {
                DeedKind::Open if opened.is_none() => (opened, told) = (Some(deed.at), Some(false)),
                DeedKind::Close => opened = None,
                DeedKind::Ask if opened.is_some_and(|opened| deed.at <= opened + promise / 2 + within) => {
                    told = any_of(told, reaches(deed.told));
                }
                _ => {}
            }
        }
        let fires = opened.map(|opened| opened + promise / 2);
        let in_time = fires.is_some_and(|fires| fires < asking.at && asking.at <= fires + within);
        // All three must hold.
        any_of(any_of(Some(!in_time), told), reaches(asking.told).map(|reaches| !reaches)).map(|none| !none)
    }
}

/// Whether one of two holds; none where that cannot be told.
fn any_of(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    if one == Some(true) || other == Some(true) { Some(true) } else { one.zip(other).map(|_| false) }
}

// ── As people write it ──

pub fn standards(office: &Office) -> String {
    let mut text = format!("service random {{\n  timezone \"{ZONE}\"\n  currency CNY\n}}\n\n");
    for (index, role) in ROLES.iter().enumerate() {
        let leads = index.checked_sub(1).map(|below| format!(" leads {}", ROLES[below])).unwrap_or_default();
        writeln!(text, "role {role}{leads}").unwrap();
    }
    text += "\ntouchpoint desk { stage use }\ntouchpoint shop { stage use }\n";
    text += "\ncase {\n  vip: bool?\n  place: touchpoint?\n}\n\n";
    text += "event refund.issued { amount: money?, certified: bool? }\n";
    text += "event refund.asked { amount: money?, to: role? }\n";
    text += "event refund.granted { amount: money? }\nevent opened\nevent closed\n";
    text += "event refund.returned { amount: money? }\n";
    text += "\naction refund is refund.issued costs amount, refund.returned returns amount\n\n";
    let anywhere = ROLES.iter().zip(&office.powers).map(|(role, power)| (role, "", power));
    let there = ROLES.iter().zip(&office.at_the_desk).map(|(role, power)| (role, " at desk", power));
    for (role, place, power) in anywhere.chain(there) {
        let Some(power) = power else { continue };
        let limits = [(power.per_case, "case"), (power.per_day, "day")];
        let limits = limits.iter().filter_map(|(limit, per)| limit.map(|limit| format!("{limit} CNY per {per}")));
        let limits = limits.collect::<Vec<_>>().join(", ");
        let up_to = if limits.is_empty() { "" } else { " up to " };
        let requires = match power.requires {
            None => "",
            Some(Requirement::Certified) => " requires certified",
            Some(Requirement::Vip) => " requires vip",
        };
        writeln!(text, "empower {role}{place}{requires} {{ may refund{up_to}{limits} }}").unwrap();
    }
    if let Some((promise, role, within)) = office.escalation {
        writeln!(text, "\nstandard resolve {{\n  from opened to closed\n  within {promise}m\n}}").unwrap();
        writeln!(text, "\nescalate resolve, seen as refund.asked {{").unwrap();
        writeln!(text, "  at 50% to {} within {within}m\n}}", ROLES[role]).unwrap();
    }
    text + "\napprove refund {\n  asked by refund.asked\n  granted by refund.granted\n  amount amount\n}\n"
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}", standards(self))?;
        for Deed { at, kind, case, actor, role, amount, certified, vip, told, at_the_desk } in &self.deeds {
            let [role, told] = [role, told].map(|role| role.map(|role| ROLES[role]));
            write!(f, "{} case {case}: {kind:?} {amount:?} by {actor:?} as {role:?}", timestamp(*at))?;
            writeln!(f, " certified {certified:?} vip {vip:?} told {told:?} at the desk {at_the_desk:?}")?;
        }
        Ok(())
    }
}

pub fn log_of(office: &Office) -> Log {
    let cases = (0..3).map(|case| bridge::case_name(case).into()).collect();
    let money = |amount: i64| Value::Money(Money { amount: amount.into(), currency: Currency::new("CNY").unwrap() });
    let yes = |yes: Option<bool>| yes.map_or(Reading::Missing, |yes| Reading::Known(Value::Bool(yes)));
    let role = |role: Option<usize>| role.map_or(Reading::Missing, |role| Reading::Known(Value::Role(role)));
    let fields = |deed: &Deed| {
        let amount = deed.amount.map_or(Reading::Missing, |amount| Reading::Known(money(amount)));
        match deed.kind {
            DeedKind::Act => vec![amount, yes(deed.certified)],
            DeedKind::Ask => vec![amount, role(deed.told)],
            DeedKind::Grant | DeedKind::Return => vec![amount],
            DeedKind::Open | DeedKind::Close => Vec::new(),
        }
    };
    let event = |(line, deed): (u64, &Deed)| log::Event {
        time: bridge::instant(deed.at),
        case: u32::try_from(deed.case).unwrap(),
        kind: deed.kind as u16,
        fields: fields(deed),
        case_fields: {
            let vip = deed.vip.map(|vip| (0, Reading::Known(Value::Bool(vip))));
            let place = deed.at_the_desk.map(|there| (1, Reading::Known(Value::Choice(usize::from(!there)))));
            vip.into_iter().chain(place).collect()
        },
        actor: deed.actor.map(|actor| format!("person-{actor}").into()),
        role: role(deed.role),
        place: Place { source: 0, line, position: 0 },
    };
    Log { cases, events: (2..).zip(&office.deeds).map(event).collect(), ..Log::default() }
}

// ── At random ──

pub fn office() -> impl Strategy<Value = Office> {
    let limit = || option::of((1..=10_i64).prop_map(|tens| tens * 10));
    let requires = option::weighted(0.3, select(vec![Requirement::Certified, Requirement::Vip]));
    let power = (limit(), limit(), requires);
    let power = power.prop_map(|(per_case, per_day, requires)| Power { per_case, per_day, requires }).boxed();
    let powers = vec(option::weighted(0.6, power.clone()), ROLES.len());
    let some_there = vec(option::weighted(0.5, power), ROLES.len());
    let at_the_desk = prop_oneof![Just(vec![None; ROLES.len()]), some_there];
    let escalation = option::of((1..60_i64, 1..ROLES.len(), 1..30_i64));
    let escalation =
        escalation.prop_map(|found| found.map(|(promise, role, within)| (promise * 20, role, within * 10)));
    (powers, at_the_desk, escalation, vec(deed(), 1..15)).prop_map(|(powers, at_the_desk, escalation, deeds)| {
        let mut now = 29_540_000;
        let follow = |(gap, deed): (Minute, Deed)| {
            now += gap;
            Deed { at: now, ..deed }
        };
        let mut office = Office { powers, at_the_desk, escalation, deeds: deeds.into_iter().map(follow).collect() };
        office.mend();
        office
    })
}

impl Office {
    /// Who has a power only under a condition asks, and does not grant: what comes of a grant of which
    /// nobody can tell whether it is one is a question of its own.
    fn mend(&mut self) {
        let has_places = self.at_the_desk.iter().any(Option::is_some);
        let is_conditional = |role: usize| {
            let all = self.powers[..=role].iter().chain(&self.at_the_desk[..=role]);
            all.flatten().any(|power| power.requires.is_some())
        };
        let mut told: Vec<usize> = Vec::new();
        for deed in &mut self.deeds {
            told.extend(deed.at_the_desk.map(|_| deed.case));
            let is_untold = has_places && !told.contains(&deed.case);
            if deed.kind == DeedKind::Grant && (is_untold || deed.role.is_some_and(is_conditional)) {
                deed.kind = DeedKind::Ask;
            }
        }
    }
}

fn deed() -> impl Strategy<Value = (Minute, Deed)> {
    let kind = prop_oneof![
        4 => Just(DeedKind::Act),
        3 => Just(DeedKind::Ask),
        2 => Just(DeedKind::Grant),
        2 => Just(DeedKind::Open),
        1 => Just(DeedKind::Close),
        1 => Just(DeedKind::Return),
    ];
    let said = |most: usize| (0..most).prop_map(Some);
    let usual = (1..=6_i64).prop_map(|tens| Some(tens * 10));
    let negative = (1..=6_i64).prop_map(|tens| Some(-tens * 10));
    let amount = prop_oneof![12 => usual, 1 => negative, 1 => Just(None)];
    let yes = |often: f64| option::weighted(often, proptest::bool::weighted(0.7));
    let told = option::weighted(0.8, 0..ROLES.len());
    let of_case = (yes(0.4), option::weighted(0.5, any::<bool>()));
    let deed = (kind, 0..3_usize, (said(3), said(ROLES.len())), amount, (yes(0.8), of_case), told);
    let is_named = proptest::bool::weighted(0.9);
    (1..400_i64, is_named, deed).prop_map(
        |(gap, is_named, (kind, case, (actor, role), amount, (certified, (vip, at_the_desk)), told))| {
            let actor = actor.filter(|_| is_named || !matches!(kind, DeedKind::Act | DeedKind::Return));
            // Who asks or grants need not say for how much; that is a sentence of its own.
            let may_be_unsaid = matches!(kind, DeedKind::Act | DeedKind::Return);
            let amount = if may_be_unsaid { amount } else { amount.or(Some(10)) };
            (gap, Deed { at: 0, kind, case, actor, role, amount, certified, vip, told, at_the_desk })
        },
    )
}
