//! The checked rule graph as plain types: names are indices, values have types, limits have units.
//!
//! Everything is in the order in which it was declared. An index always points into the list of its
//! kind in the same [`Graph`]. A graph knows neither the text that it comes of nor the log that it judges.
// A new clause of the language is to be named by the compiler wherever it must be handled.
#![warn(clippy::wildcard_enum_match_arm)]

mod actions;
mod attributes;
mod authorities;
mod behaviours;
mod calendars;
mod causes;
mod clock_dependencies;
mod conditions;
pub mod cycles;
mod drafts;
mod escalations;
mod event_usage;
mod exemptions;
mod facts;
mod header;
mod journeys;
mod levels;
mod obligations;
mod people;
mod places;
mod promise_id;
mod remedies;
mod scenarios;
mod scorecards;
mod segments;
mod standards;
mod touchpoints;
mod triggers;
pub mod visit;

pub use crate::vocabulary::{Anchor, CancelledAs, Comparison, LimitScope, Statistic, Times, Unit};
pub use actions::{Action, Approval, Grant};
pub use attributes::{Attributes, Row};
pub use authorities::Authority;
pub use behaviours::{Behaviour, Conduct};
pub use calendars::{Calendar, CaseEnd, Period};
pub use causes::Cause;
pub use conditions::{Condition, Operand};
pub use escalations::{Escalation, EscalationLevel, LevelTime};
pub use exemptions::Exemption;
pub use facts::{Fact, facts_in};
pub use header::Service;
pub use journeys::Journey;
pub use levels::{Benchmark, Group, Level, LevelEscalation, Measure, Quantity, UndeterminedAs, Window};
pub use obligations::{Asked, ConditionRole, Declared, ObligedRow, ObligedTable, ProofObligations};
pub use people::Role;
pub use places::{Places, Told};
pub use promise_id::PromiseId;
pub use remedies::{OfferAction, OfferText, Remedy};
pub use scenarios::{Expectation, Expected, Judged, Scenario, ScenarioEvent};
pub use scorecards::{ScoreLine, Scorecard};
pub use segments::Segment;
pub use standards::{CountingRow, Extension, Key, Limit, Pause, Percent, Promise, Reopen, Standard, TargetRow};
pub use touchpoints::{Moment, Touchpoint};
pub use triggers::{ClockEvent, DerivedEvent, Trigger};

use crate::calendar::Zone;
use crate::source::Span;
use crate::vocabulary::Vocabulary;

/// A service's standards, resolved and typed.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The header.
    pub service: Service,
    /// What a log may say.
    pub vocabulary: Vocabulary,
    /// Labels of the events, by their index in the vocabulary.
    pub event_labels: Vec<Option<String>>,
    /// Roles; the same order as in the vocabulary.
    pub roles: Vec<Role>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// Named spans of days.
    pub periods: Vec<Period>,
    /// What no standard answers for.
    pub exemptions: Vec<Exemption>,
    /// Who a case belongs to, by the case field.
    pub party: Option<usize>,
    /// When a case is over.
    pub case_end: Option<CaseEnd>,
    /// What must hold of an event before it is believed, by event.
    pub trust: Vec<Option<Condition>>,
    /// The cases that an event reaches, by event: the event's field and the case field that must be equal.
    pub reaches: Vec<Option<(usize, usize)>>,
    /// What clocks bring about and other rules wait for; their indices follow those of the events.
    pub derived_events: Vec<DerivedEvent>,
    /// What tells where things happen.
    pub places: Places,
    /// Named conditions on the case.
    pub segments: Vec<Segment>,
    /// Touchpoints.
    pub touchpoints: Vec<Touchpoint>,
    /// Moments of truth.
    pub moments: Vec<Moment>,
    /// Clocks.
    pub standards: Vec<Standard>,
    /// What must, or must never, happen.
    pub behaviours: Vec<Behaviour>,
    /// Who is told when a promise slips.
    pub escalations: Vec<Escalation>,
    /// Who must be told when a level is missed.
    pub level_escalations: Vec<LevelEscalation>,
    /// What an employee may do.
    pub actions: Vec<Action>,
    /// Who may do what, as declared; see [`Graph::authority`] for what follows from it.
    pub grants: Vec<Grant>,
    /// How asking and granting look in the log.
    pub approvals: Vec<Approval>,
    /// The promises that nobody goes beyond what he may do.
    pub authorities: Vec<Authority>,
    /// What a case shows of how a promise was broken: all that conditions ask for.
    pub facts: Vec<Fact>,
    /// How to tell why a promise was broken.
    pub causes: Vec<Cause>,
    /// What to offer for a breach.
    pub remedies: Vec<Remedy>,
    /// How well promises are kept on the whole.
    pub levels: Vec<Level>,
    /// Promises weighed against each other in one case.
    pub scorecards: Vec<Scorecard>,
    /// Touchpoints in order, and the moment that ends them.
    pub journeys: Vec<Journey>,
    /// Tiny logs and what must come of them.
    pub scenarios: Vec<Scenario>,
}

impl Graph {
    /// What a clock brings about, if `event` is no event of the log.
    pub fn turn(&self, event: usize) -> Option<DerivedEvent> {
        let index = event.checked_sub(self.vocabulary.events.len())?;
        self.derived_events.get(index).copied()
    }

    /// The name of an event, or the words of a virtual one.
    pub fn event_name(&self, event: usize) -> String {
        if let Some(kind) = self.vocabulary.events.get(event) {
            return kind.name.clone();
        }
        let Some(DerivedEvent { standard, what }) = self.turn(event) else { return String::new() };
        let of = self.standards.get(standard).map(|standard| standard.name.as_str()).unwrap_or_default();
        match what {
            ClockEvent::Breach => format!("breach of {of}"),
            ClockEvent::Part(part) => format!("{of} at {part}"),
            ClockEvent::Met => format!("{of} met"),
        }
    }

    /// Whether any rule is judged over all cases of a party.
    pub fn speaks_of_parties(&self) -> bool {
        self.standards.iter().any(|standard| standard.per_party)
            || self.behaviours.iter().any(|behaviour| behaviour.per_party)
            || self.scorecards.iter().any(|scorecard| scorecard.per_party)
            || self.journeys.iter().any(|journey| journey.per_party)
    }

    /// Whether a promise is made to a party and not to a case.
    pub fn is_per_party(&self, promise: PromiseId) -> bool {
        match promise {
            PromiseId::Standard(index) => self.standards.get(index).is_some_and(|found| found.per_party),
            PromiseId::Behaviour(index) => self.behaviours.get(index).is_some_and(|found| found.per_party),
            PromiseId::Scorecard(index) => self.scorecards.get(index).is_some_and(|found| found.per_party),
            PromiseId::Level(_) | PromiseId::Authority(_) => false,
        }
    }

    /// Whether `role` is `other` or leads it, directly or through others.
    pub fn is_or_leads(&self, role: usize, other: usize) -> bool {
        role == other
            || self.roles.get(role).is_some_and(|above| above.leads.iter().any(|led| self.is_or_leads(*led, other)))
    }

    /// What `role` may do of `action` where no place has powers of its own.
    pub fn authority(&self, role: usize, action: usize) -> Vec<&Grant> {
        self.authority_at(role, action, None)
    }

    /// What `role` may do of `action` at a place: what the role's own `empower` says there, or else anywhere, replaces all
    /// it inherits; else what the roles it leads may do there; nothing said is no power.
    pub fn authority_at(&self, role: usize, action: usize, place: Option<usize>) -> Vec<&Grant> {
        let own = |at: Option<usize>| -> Vec<&Grant> {
            let is_it = |grant: &&Grant| (grant.role, grant.action, grant.at) == (role, action, at);
            self.grants.iter().filter(is_it).collect()
        };
        // The most specific wins: a moment, its touchpoint, anywhere.
        let wider = place.and_then(|place| self.touchpoint_of(place)).filter(|wider| Some(*wider) != place);
        let places = place.map(Some).into_iter().chain(wider.map(Some)).chain([None]);
        if let Some(own) = places.map(own).find(|own| !own.is_empty()) {
            return own;
        }
        let led = self.roles.get(role).map(|role| role.leads.as_slice()).unwrap_or_default();
        let mut grants: Vec<&Grant> = Vec::new();
        for grant in led.iter().flat_map(|led| self.authority_at(*led, action, place)) {
            if !grants.iter().any(|known| std::ptr::eq(*known, grant)) {
                grants.push(grant);
            }
        }
        grants
    }

    /// The touchpoint of a place: itself, or that of the moment.
    pub fn touchpoint_of(&self, place: usize) -> Option<usize> {
        match place.checked_sub(self.touchpoints.len()) {
            None => Some(place),
            Some(moment) => self.moments.get(moment)?.touchpoint,
        }
    }

    /// ` at hotline`, for powers that hold at a place only.
    pub fn at_place(&self, place: Option<usize>) -> String {
        let name = |place: usize| match place.checked_sub(self.touchpoints.len()) {
            None => self.touchpoints.get(place).map(|touchpoint| touchpoint.name.as_str()),
            Some(moment) => self.moments.get(moment).map(|moment| moment.name.as_str()),
        };
        place.and_then(name).map(|name| format!(" at {name}")).unwrap_or_default()
    }

    /// The places at which a role has powers of its own over an action, anywhere first.
    pub fn places_of_power(&self, action: usize) -> Vec<Option<usize>> {
        let mut places = vec![None];
        for grant in self.grants.iter().filter(|grant| grant.action == action) {
            if !places.contains(&grant.at) {
                places.push(grant.at);
            }
        }
        places
    }

    /// The roles from the lowest up: each after all roles that it leads, else in the order declared.
    pub fn roles_from_the_lowest(&self) -> Vec<usize> {
        let mut order = Vec::new();
        for role in 0..self.roles.len() {
            self.after_those_it_leads(role, &mut order);
        }
        order
    }

    fn after_those_it_leads(&self, role: usize, order: &mut Vec<usize>) {
        if order.contains(&role) {
            return;
        }
        for led in self.roles.get(role).map(|role| role.leads.as_slice()).unwrap_or_default() {
            self.after_those_it_leads(*led, order);
        }
        order.push(role);
    }
}

impl Graph {
    /// A graph that says nothing.
    pub fn empty() -> Self {
        Self {
            service: Service {
                name: String::new(),
                label: None,
                version: None,
                effective: None,
                other_versions: Vec::new(),
                currency: None,
                owner: None,
                status: None,
                review_before: None,
                span: Span::default(),
            },
            vocabulary: Vocabulary {
                case_fields: Vec::new(),
                events: Vec::new(),
                roles: Vec::new(),
                currency: None,
                zone: Zone::utc(),
            },
            event_labels: Vec::new(),
            roles: Vec::new(),
            calendars: Vec::new(),
            periods: Vec::new(),
            exemptions: Vec::new(),
            party: None,
            case_end: None,
            trust: Vec::new(),
            reaches: Vec::new(),
            derived_events: Vec::new(),
            places: Places::default(),
            segments: Vec::new(),
            touchpoints: Vec::new(),
            moments: Vec::new(),
            standards: Vec::new(),
            behaviours: Vec::new(),
            escalations: Vec::new(),
            level_escalations: Vec::new(),
            actions: Vec::new(),
            grants: Vec::new(),
            approvals: Vec::new(),
            authorities: Vec::new(),
            facts: Vec::new(),
            causes: Vec::new(),
            remedies: Vec::new(),
            levels: Vec::new(),
            scorecards: Vec::new(),
            journeys: Vec::new(),
            scenarios: Vec::new(),
        }
    }
}
