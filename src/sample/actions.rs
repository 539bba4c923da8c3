//! What people do in a case: serve, escalate, act, ask and grant.

use std::rc::Rc;

use super::agenda::Asking;
use super::agenda::{AgendaItem, IntendedEvent};
use super::people::{Person, Power, power};
use super::plausible_values::part_of;
use super::timeline::CaseTimeline;

use crate::graph::{Approval, PromiseId};
use crate::vocabulary::{Money, Reading, Type, Value};

impl CaseTimeline<'_> {
    /// Who does what happens next; nobody for what customers do, and for what begins the case.
    pub(super) fn person_for(&mut self, kind: usize) -> Option<Person> {
        if let Some(answers) = self.waiting_for(kind) {
            return self.approver(answers);
        }
        if self.begins_with(kind) || self.world.is_by_customers(kind) {
            return None;
        }
        Some(self.serving_at(self.world.place_of(kind)))
    }

    /// Who serves the customer at a touchpoint: the same person, unless a colleague takes over.
    pub(super) fn serving_at(&mut self, touchpoint: Option<usize>) -> Person {
        if let Some(person) = self.serving.get(&touchpoint).filter(|_| !self.random.chance(5)) {
            return person.clone();
        }
        let person = self.world.cast.at_the_front(self.world.graph, touchpoint, &mut self.random);
        self.serving.insert(touchpoint, person.clone());
        person
    }

    // ── Escalation ──────────────────────────────────────────────────────────────────────────────

    /// A level fires: somebody tells its role in time, late, or never.
    pub(super) fn fire(&mut self, clock: usize, escalation: usize, level: usize) {
        let world = self.world;
        let Some(calendar) = self.clocks.get(clock).map(|clock| clock.calendar) else { return };
        let escalated = world.graph.escalations.get(escalation);
        let Some(level) = escalated.and_then(|escalation| escalation.levels.get(level)) else { return };
        let percent = match self.random.below(100) {
            0..84 => self.random.between(5, 90),
            84..93 => self.random.between(110, 250),
            _ => return,
        };
        let counting = world.calendars.counting(calendar);
        let until = world.calendars.end_of(level.within, calendar, self.now);
        let whole = until.map(|until| counting.open_time(self.now, until)).unwrap_or_default();
        if let Some(at) = counting.due(self.now, whole.percent(percent)) {
            self.cue_at(at, AgendaItem::Tell { clock, escalation, to: level.to });
        }
    }

    /// Somebody tells a role, or now and then one above it, if the clock still runs.
    pub(super) fn tell(&mut self, clock: usize, escalation: usize, to: usize) {
        let graph = self.world.graph;
        let Some(clock) = self.clocks.get(clock).filter(|clock| clock.runs()) else { return };
        let touchpoint = graph.standards.get(clock.standard).and_then(|standard| standard.touchpoint);
        let Some(escalation) = graph.escalations.get(escalation) else { return };
        let above: Vec<usize> = (0..graph.roles.len()).filter(|role| graph.is_or_leads(*role, to)).collect();
        let to = if self.random.chance(90) { to } else { self.random.pick(&above).copied().unwrap_or(to) };
        if self.random.chance(12) {
            self.raise();
        }
        let person = Some(self.serving_at(touchpoint));
        let settled = vec![(escalation.role_field, Value::Role(to))];
        self.happen(IntendedEvent { kind: escalation.event, settled, person, ..IntendedEvent::default() });
    }

    /// What is escalated is taken more seriously: an ordered field of the case, such as its
    /// priority, goes up. What the customer is (`customer.tier`) stays.
    fn raise(&mut self) {
        let fields = self.world.graph.vocabulary.case_fields.iter().zip(self.fields.iter());
        let raised = fields.map(|(field, reading)| match (&field.kind, reading) {
            (Type::Choice { ordered: true, values }, Reading::Known(Value::Choice(value)))
                if !field.name.contains('.') && value + 1 < values.len() =>
            {
                Reading::Known(Value::Choice(value + 1))
            }
            _ => reading.clone(),
        });
        self.fields = raised.collect();
        for index in 0..self.clocks.len() {
            if self.clocks.get(index).is_some_and(|clock| clock.runs()) {
                self.read_target(index);
            }
        }
    }

    // ── Actions ─────────────────────────────────────────────────────────────────────────────────

    /// After a clock has stopped, somebody may think of something to do: to mend, if it was late.
    pub(super) fn think_of_an_action(&mut self, clock: usize, kind: usize, late: bool) {
        let graph = self.world.graph;
        let Some(standard) = self.clocks.get(clock).map(|clock| clock.standard) else { return };
        if !self.random.chance(if late { 60 } else { 15 }) {
            return;
        }
        let remedies =
            graph.remedies.iter().filter(|remedy| late && remedy.promises.contains(&PromiseId::Standard(standard)));
        let offered: Vec<usize> = remedies.flat_map(|remedy| &remedy.offers).map(|offer| offer.action).collect();
        let any: Vec<usize> = (0..graph.actions.len()).collect();
        let Some(action) = self.random.pick(if offered.is_empty() { &any } else { &offered }).copied() else { return };
        let person = self.serving_at(self.world.place_of(kind));
        let because_of = late.then_some(standard);
        let wait = self.random.seconds(60, 1800);
        self.cue_in(wait, AgendaItem::Decide { action, person, because_of });
    }

    /// Acts within what the role may, asks for more, or goes beyond.
    pub(super) fn decide(&mut self, action: usize, person: Person, because_of: Option<usize>) {
        let (person, may) = self.empowered(action, person);
        let approval = self.world.graph.approvals.iter().position(|approval| approval.action == action);
        let offered = because_of.and_then(|standard| self.offered(standard, action));
        match (self.random.below(100), may, approval) {
            (0..8, Power::UpTo(limit), Some(approval)) => {
                let needless = self.amount_within(limit, offered);
                self.ask(approval, Some(needless), person);
            }
            (8..28, Power::UpTo(limit), Some(approval)) => {
                let more = part(limit, 105, 250, self);
                self.ask(approval, Some(more), person);
            }
            (28..36, Power::UpTo(limit), _) => {
                let beyond = part(limit, 102, 180, self);
                self.act(action, Some(beyond), person);
            }
            (_, Power::UpTo(limit), _) => {
                let amount = self.amount_within(limit, offered);
                self.act(action, Some(amount), person);
            }
            (_, Power::Unlimited, _) => self.act(action, offered.map(Value::Money), person),
            (0..70, Power::None, Some(approval)) => self.ask(approval, offered.map(Value::Money), person),
            (_, Power::None, _) => self.act(action, offered.map(Value::Money), person),
        }
    }

    /// Whoever may do nothing mostly leaves it to the lowest role that may do something.
    fn empowered(&mut self, action: usize, person: Person) -> (Person, Power) {
        let power_of = |timeline: &Self, role: Option<usize>| {
            role.map_or(Power::None, |role| power(timeline.facts(), role, action))
        };
        let may = power_of(self, person.role);
        let lowest = self.world.cast.lowest_empowered(self.facts(), action);
        match lowest.filter(|_| may == Power::None && self.random.chance(85)) {
            Some(role) => {
                let person = self.world.cast.somebody(self.world.graph, role, &mut self.random);
                let may = power_of(self, person.role);
                (person, may)
            }
            None => (person, may),
        }
    }

    /// What a remedy offers for a standard that was not kept.
    fn offered(&self, standard: usize, action: usize) -> Option<Money> {
        let remedies =
            self.world.graph.remedies.iter().filter(|remedy| remedy.promises.contains(&PromiseId::Standard(standard)));
        let mut offers = remedies.flat_map(|remedy| &remedy.offers);
        let facts = self.facts();
        offers.find(|offer| offer.action == action && facts.surely(offer.condition.as_ref()))?.amount
    }

    fn amount_within(&mut self, limit: Money, offered: Option<Money>) -> Value {
        match offered.filter(|offered| Power::UpTo(limit).covers(Some(*offered)) && self.random.chance(70)) {
            Some(offered) => Value::Money(offered),
            None => part(limit, 10, 95, self),
        }
    }

    /// Somebody acts.
    pub(super) fn act(&mut self, action: usize, amount: Option<Value>, person: Person) {
        let Some(action) = self.world.graph.actions.get(action) else { return };
        let settled = action.cost.zip(amount).into_iter().collect();
        self.happen(IntendedEvent { kind: action.event, settled, person: Some(person), ..IntendedEvent::default() });
    }

    // ── Approvals ───────────────────────────────────────────────────────────────────────────────

    fn ask(&mut self, approval: usize, amount: Option<Value>, person: Person) {
        let Some(declared) = self.world.graph.approvals.get(approval) else { return };
        let settled = amount_of(declared, declared.asked).zip(amount).into_iter().collect();
        self.happen(IntendedEvent { kind: declared.asked, settled, person: Some(person), ..IntendedEvent::default() });
    }

    /// An approval is granted or refused, unless a clock has seen to that.
    pub(super) fn answer(&mut self, approval: usize) {
        let Some(declared) = self.world.graph.approvals.get(approval) else { return };
        let Some(asking) = self.asked.iter().find(|asking| asking.approval == approval) else { return };
        let amount = asking.amount.clone();
        let refused = declared.refused.filter(|_| self.random.chance(15));
        let kind = refused.unwrap_or(declared.granted);
        let settled = amount_of(declared, kind).zip(amount).into_iter().collect();
        self.happen(IntendedEvent { kind, settled, ..IntendedEvent::default() });
    }

    /// The oldest asking that an event of this kind answers.
    fn waiting_for(&self, kind: usize) -> Option<usize> {
        self.asked.iter().position(|asking| {
            let approval = self.world.graph.approvals.get(asking.approval);
            approval.is_some_and(|approval| approval.granted == kind || approval.refused == Some(kind))
        })
    }

    /// Who answers: somebody with the power; now and then the one who asked, or somebody without.
    fn approver(&mut self, asking: usize) -> Option<Person> {
        let world = self.world;
        let asking = self.asked.get(asking)?;
        let action = world.graph.approvals.get(asking.approval)?.action;
        let asker = asking.person.clone();
        let amount = match asking.amount {
            Some(Value::Money(amount)) => Some(amount),
            _ => None,
        };
        match self.random.below(100) {
            0..5 => return Some(asker),
            5..9 => return asker.role.map(|role| world.cast.somebody(world.graph, role, &mut self.random)),
            _ => {}
        }
        let facts = super::facts::Facts { graph: world.graph, case: &self.fields, latest: &self.latest, own: None };
        world.cast.approver(facts, action, amount, &asker, &mut self.random).or(Some(asker))
    }

    /// What people do about an event: answer what was asked, do what was granted.
    pub(super) fn react(&mut self, kind: usize, fields: &Rc<[Reading]>, person: Option<Person>) {
        for (index, approval) in self.world.graph.approvals.iter().enumerate() {
            if approval.asked == kind
                && let Some(person) = person.clone()
            {
                let slot = amount_of(approval, kind);
                let amount = slot.and_then(|slot| fields.get(slot)).and_then(Reading::known).cloned();
                self.asked.push(Asking { approval: index, person, amount });
                // A few are never answered.
                if self.random.chance(95) {
                    let wait = self.random.seconds(120, 5400);
                    self.cue_in(wait, AgendaItem::Answer { approval: index });
                }
            }
            let answers = approval.granted == kind || approval.refused == Some(kind);
            let asking = self.asked.iter().position(|asking| answers && asking.approval == index);
            if let Some(asking) = asking.map(|asking| self.asked.remove(asking))
                && approval.granted == kind
            {
                let wait = self.random.seconds(60, 900);
                let (amount, person) = (asking.amount, asking.person);
                self.cue_in(wait, AgendaItem::Act { action: approval.action, amount, person });
            }
        }
    }
}

/// The field of an event that holds the amount of an approval.
fn amount_of(approval: &Approval, kind: usize) -> Option<usize> {
    approval.amount.iter().find(|(of, _)| *of == kind).map(|(_, slot)| *slot)
}

fn part(limit: Money, least: u32, most: u32, timeline: &mut CaseTimeline<'_>) -> Value {
    Value::Money(Money { amount: part_of(limit.amount, least, most, &mut timeline.random), ..limit })
}
