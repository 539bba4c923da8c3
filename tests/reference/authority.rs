//! Authority: who acted, asked and granted beyond what they may. One action, a few people, a few
//! cases, and a log in which no two events share a time.

use std::collections::{HashMap, VecDeque};
use std::fmt::{self, Write};

use jiff::civil::Date;
use mot::engine::{ActFault, ApprovalFault};
use mot::log::{self, Intake, Log, Place};
use mot::vocabulary::{Currency, Money, Reading, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

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
    pub deeds: Vec<Deed>,
}

/// Up to so much per case and per day; without a limit where none is written.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    pub per_case: Option<i64>,
    pub per_day: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
pub struct Deed {
    pub at: Minute,
    pub kind: DeedKind,
    pub case: usize,
    pub actor: Option<usize>,
    pub role: Option<usize>,
    pub amount: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeedKind {
    Act,
    Ask,
    Grant,
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
    /// What a role has spent in a case, without approved acts.
    by_case: HashMap<(usize, usize), i64>,
    /// What an actor has spent on a day, without approved acts.
    by_day: HashMap<(usize, Date), i64>,
    /// Who waits for an answer, by case; the one who asked first gets it first.
    asking: HashMap<usize, VecDeque<usize>>,
    /// What is left of a grant, by case and the one who asked.
    granted: HashMap<(usize, usize), Vec<i64>>,
}

impl<'o> Books<'o> {
    fn new(office: &'o Office) -> Self {
        let zone = Zone::named(ZONE);
        let (by_case, by_day) = (HashMap::new(), HashMap::new());
        Self { office, zone, by_case, by_day, asking: HashMap::new(), granted: HashMap::new() }
    }

    fn judge(&mut self, deed: &Deed) -> Judgement {
        let (Some(actor), Some(role), Some(amount)) = (deed.actor, deed.role, deed.amount) else {
            return match deed.kind {
                DeedKind::Act if deed.role.is_none() => Judgement::Act(ActFault::NoRole),
                DeedKind::Act if deed.amount.is_none() => Judgement::Act(ActFault::NoAmount),
                DeedKind::Act => Judgement::Act(ActFault::NoActor),
                DeedKind::Ask | DeedKind::Grant => Judgement::Approval(ApprovalFault::NotSaid),
            };
        };
        match deed.kind {
            DeedKind::Act => self.act(deed, actor, role, amount),
            DeedKind::Ask => {
                self.asking.entry(deed.case).or_default().push_back(actor);
                match self.own_limits(deed, actor, role, amount) {
                    None => Judgement::Approval(ApprovalFault::Needless),
                    Some(_) => Judgement::Fine,
                }
            }
            DeedKind::Grant => self.grant(deed, actor, role, amount),
        }
    }

    /// Approved acts use up neither limit.
    fn act(&mut self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Judgement {
        let grants = self.granted.entry((deed.case, actor)).or_default();
        if let Some(left) = grants.iter_mut().find(|left| **left >= amount) {
            *left -= amount;
            return Judgement::Fine;
        }
        let fault = self.own_limits(deed, actor, role, amount);
        *self.by_case.entry((deed.case, role)).or_default() += amount;
        *self.by_day.entry((actor, self.zone.date_of(deed.at))).or_default() += amount;
        fault.map_or(Judgement::Fine, Judgement::Act)
    }

    /// What keeps an actor from spending so much without asking.
    fn own_limits(&self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Option<ActFault> {
        let Some(power) = self.power(role) else { return Some(ActFault::NoPower) };
        let case = self.by_case.get(&(deed.case, role)).copied().unwrap_or_default();
        let day = self.by_day.get(&(actor, self.zone.date_of(deed.at))).copied().unwrap_or_default();
        let within = power.per_case.is_none_or(|limit| case + amount <= limit)
            && power.per_day.is_none_or(|limit| day + amount <= limit);
        (!within).then_some(ActFault::BeyondLimit)
    }

    /// What is said of a role itself replaces all it inherits.
    fn power(&self, role: usize) -> Option<Power> {
        self.office.powers[..=role].iter().rev().find_map(|power| *power)
    }

    /// The one who asked does not grant, nor does a role that may not spend as much itself.
    fn grant(&mut self, deed: &Deed, actor: usize, role: usize, amount: i64) -> Judgement {
        let asker = self.asking.entry(deed.case).or_default().pop_front();
        if asker == Some(actor) {
            return Judgement::Approval(ApprovalFault::OwnAct);
        }
        let power = self.power(role);
        if power.is_none_or(|power| [power.per_case, power.per_day].into_iter().flatten().any(|limit| amount > limit)) {
            return Judgement::Approval(ApprovalFault::NoPower);
        }
        // Nobody asked: it cannot be told whether they granted it to themselves.
        let Some(asker) = asker else { return Judgement::Approval(ApprovalFault::NotSaid) };
        self.granted.entry((deed.case, asker)).or_default().push(amount);
        Judgement::Fine
    }
}

// ── As people write it ──

pub fn standards(office: &Office) -> String {
    let mut text = format!("service random {{\n  timezone \"{ZONE}\"\n  currency CNY\n}}\n\n");
    for (index, role) in ROLES.iter().enumerate() {
        let leads = index.checked_sub(1).map(|below| format!(" leads {}", ROLES[below])).unwrap_or_default();
        writeln!(text, "role {role}{leads}").unwrap();
    }
    text += "\ncase {\n  vip: bool?\n}\n\n";
    for kind in ["issued", "asked", "granted"] {
        writeln!(text, "event refund.{kind} {{ amount: money? }}").unwrap();
    }
    text += "\naction refund is refund.issued costs amount\n\n";
    for (role, power) in ROLES.iter().zip(&office.powers) {
        let Some(power) = power else { continue };
        let limits = [(power.per_case, "case"), (power.per_day, "day")];
        let limits = limits.iter().filter_map(|(limit, per)| limit.map(|limit| format!("{limit} CNY per {per}")));
        let limits = limits.collect::<Vec<_>>().join(", ");
        let up_to = if limits.is_empty() { "" } else { " up to " };
        writeln!(text, "empower {role} {{ may refund{up_to}{limits} }}").unwrap();
    }
    text + "\napprove refund {\n  asked by refund.asked\n  granted by refund.granted\n  amount amount\n}\n"
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n{}", standards(self))?;
        for Deed { at, kind, case, actor, role, amount } in &self.deeds {
            let role = role.map(|role| ROLES[role]);
            writeln!(f, "{} case {case}: {kind:?} {amount:?} by {actor:?} as {role:?}", timestamp(*at))?;
        }
        Ok(())
    }
}

pub fn log_of(office: &Office) -> Log {
    let cases = (0..3).map(|case| bridge::case_name(case).into()).collect();
    let money = |amount: i64| Value::Money(Money { amount: amount.into(), currency: Currency::new("CNY").unwrap() });
    let event = |(line, deed): (u64, &Deed)| log::Event {
        time: bridge::instant(deed.at),
        case: u32::try_from(deed.case).unwrap(),
        kind: deed.kind as u16,
        fields: vec![deed.amount.map_or(Reading::Missing, |amount| Reading::Known(money(amount)))],
        case_fields: Vec::new(),
        actor: deed.actor.map(|actor| format!("person-{actor}").into()),
        role: deed.role.map_or(Reading::Missing, |role| Reading::Known(Value::Role(role))),
        place: Place { source: 0, line, position: 0 },
    };
    Log { cases, events: (2..).zip(&office.deeds).map(event).collect(), intake: Intake::default() }
}

// ── At random ──

pub fn office() -> impl Strategy<Value = Office> {
    let limit = || option::of((1..=10_i64).prop_map(|tens| tens * 10));
    let power = (limit(), limit()).prop_map(|(per_case, per_day)| Power { per_case, per_day });
    let powers = vec(option::weighted(0.6, power), ROLES.len());
    (powers, vec(deed(), 1..15)).prop_map(|(powers, deeds)| {
        let mut now = 29_540_000;
        let follow = |(gap, deed): (Minute, Deed)| {
            now += gap;
            Deed { at: now, ..deed }
        };
        Office { powers, deeds: deeds.into_iter().map(follow).collect() }
    })
}

fn deed() -> impl Strategy<Value = (Minute, Deed)> {
    let kind = prop_oneof![2 => Just(DeedKind::Act), 1 => Just(DeedKind::Ask), 1 => Just(DeedKind::Grant)];
    let said = |most: usize| (0..most).prop_map(Some);
    let amount = (1..=6_i64).prop_map(|tens| Some(tens * 10));
    let deed = (kind, 0..3_usize, said(3), said(ROLES.len()), amount);
    (1..400_i64, deed)
        .prop_map(|(gap, (kind, case, actor, role, amount))| (gap, Deed { at: 0, kind, case, actor, role, amount }))
}
