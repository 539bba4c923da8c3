//! Who acts: people with stable names, a few in each role.

use std::rc::Rc;

use super::facts::Facts;
use super::random::SeededRandom;

use crate::graph::{Graph, LimitScope};
use crate::vocabulary::Money;

/// Somebody who acts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// The name in the log: `agent_07`.
    pub name: Rc<str>,
    /// The role, by its index.
    pub role: Option<usize>,
}

/// What a role may do of an action in one case.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Power {
    /// Nothing.
    None,
    /// Up to an amount.
    UpTo(Money),
    /// Without limit.
    Unlimited,
}

/// Everybody who may act.
pub struct Cast {
    /// How many people each role has.
    people: Vec<u32>,
    /// The roles that lead nobody: who serves customers.
    front: Vec<usize>,
    /// The roles, lowest first.
    upward: Vec<usize>,
}

impl Cast {
    /// A dozen people in each role that leads nobody, fewer above.
    pub fn of(graph: &Graph) -> Self {
        let leads_leaders = |role: usize| {
            let led = graph.roles.get(role).map(|role| role.leads.as_slice()).unwrap_or_default();
            led.iter().any(|led| graph.roles.get(*led).is_some_and(|led| !led.leads.is_empty()))
        };
        let front: Vec<usize> =
            graph.roles.iter().enumerate().filter(|(_, role)| role.leads.is_empty()).map(|(index, _)| index).collect();
        let people = (0..graph.roles.len()).map(|role| match role {
            role if front.contains(&role) => 12,
            role if leads_leaders(role) => 2,
            _ => 4,
        });
        Self { people: people.collect(), front, upward: graph.roles_from_the_lowest() }
    }

    /// Somebody of a role.
    pub fn somebody(&self, graph: &Graph, role: usize, random: &mut SeededRandom) -> Person {
        let number = random.between(1, self.people.get(role).copied().unwrap_or(1));
        let name = graph.roles.get(role).map_or("staff", |role| role.name.as_str());
        Person { name: format!("{name}_{number:02}").into(), role: Some(role) }
    }

    /// Somebody who serves customers at a touchpoint.
    pub fn at_the_front(&self, graph: &Graph, touchpoint: Option<usize>, random: &mut SeededRandom) -> Person {
        let place = touchpoint.unwrap_or_default() % self.front.len().max(1);
        match self.front.get(place) {
            Some(role) => self.somebody(graph, *role, random),
            None => Person { name: format!("staff_{:02}", random.between(1, 12)).into(), role: None },
        }
    }

    /// Somebody else than `asker`, of the lowest role above that may do the action at that cost.
    pub fn approver(
        &self,
        facts: Facts<'_>,
        action: usize,
        amount: Option<Money>,
        asker: &Person,
        random: &mut SeededRandom,
    ) -> Option<Person> {
        let graph = facts.graph;
        let above = |role: usize| asker.role.is_some_and(|asker| role != asker && graph.is_or_leads(role, asker));
        let may = |role: &&usize| above(**role) && power(facts, **role, action).covers(amount);
        let role = self.upward.iter().find(may).or_else(|| self.upward.iter().find(|role| above(**role)))?;
        Some(self.somebody(graph, *role, random))
    }

    /// The lowest role with some power over an action.
    pub fn lowest_empowered(&self, facts: Facts<'_>, action: usize) -> Option<usize> {
        self.upward.iter().copied().find(|role| power(facts, *role, action) != Power::None)
    }
}

/// What a role may do of an action in this case: the greatest limit of the grants that hold.
pub fn power(facts: Facts<'_>, role: usize, action: usize) -> Power {
    let mut power = Power::None;
    for grant in facts.graph.authority(role, action) {
        if !facts.surely(grant.condition.as_ref()) {
            continue;
        }
        let limit = grant.limits.iter().find(|(_, scope)| *scope == LimitScope::Case).map(|(limit, _)| *limit);
        power = match (power, limit) {
            (Power::Unlimited, _) | (_, None) => Power::Unlimited,
            (Power::UpTo(most), Some(limit)) if limit.currency == most.currency && limit.amount <= most.amount => power,
            (_, Some(limit)) => Power::UpTo(limit),
        };
    }
    power
}

impl Power {
    /// Whether it covers that cost.
    pub fn covers(self, amount: Option<Money>) -> bool {
        match (self, amount) {
            (Power::None, _) => false,
            (Power::Unlimited, _) | (_, None) => true,
            (Power::UpTo(limit), Some(amount)) => limit.currency == amount.currency && amount.amount <= limit.amount,
        }
    }
}
