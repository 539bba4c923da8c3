//! The fold over one case: `advance`, `apply`, `settle`.

use std::collections::{BTreeMap, VecDeque};

use std::sync::Arc;

use crate::calendar::Instant;
use crate::graph::{ClockEvent, Condition, Graph, Key};
use crate::log::{Event, Log, Place};
use crate::vocabulary::Reading;

use super::authority::Authority;
use super::behaviours::Behaviours;
use super::case_fields::{self, CaseFields, CaseSnapshot, TrustedEvent};
use super::clock_run::{ClockRun, Told};
use super::demands;
use super::duties::NotificationDuty;
use super::extensions::Granting;
use super::finding::{
    Anomaly, AnomalyKind, DisplayValue, Evidence, EvidenceKind, FieldFact, Holder, UNKNOWN_KEY, UnknownFact,
};
use super::history::History;
use super::levels::{Asked, LevelInput, OverTime};
use super::moments::Moments;
use super::occurrence::{ClockOf, Occurrence};
use super::pauses::AllPauses;
use super::plan::{Effect, Phase, Plan, Scope};
use super::run_totals::Outside;
use super::truth::{Facts, Latest, Truth};
use super::words::{self, unknown_fields};

/// The state of one case.
pub struct Case<'p, 'l> {
    pub(super) plan: &'p Plan<'p>,
    log: &'l Log,
    /// The case that it is named by, by its index in the log.
    pub index: usize,
    /// The cases whose own events these are: one, or all of a party, in order.
    own: Vec<usize>,
    /// The case's fields as they stand.
    pub fields: CaseFields,
    /// The latest event of each kind.
    pub latest: Vec<Latest<'l>>,
    /// The clocks of each standard that has had any, by key.
    pub(super) clocks: BTreeMap<usize, BTreeMap<Option<String>, KeyedClock<'p>>>,
    /// Why it cannot be told that no clock runs.
    pub(super) unsure: BTreeMap<usize, Unsure>,
    /// What is on hold, whether or not a clock runs.
    pub(super) pauses: AllPauses,
    /// Starts that wait for their delay.
    pub(super) waiting: Vec<Waiting<'l>>,
    /// What was done, asked and granted.
    pub authority: Authority<'p, 'l>,
    /// Clocks that have come to their end for good.
    pub finished: Vec<ClockRun<'p>>,
    /// What the clocks could not use.
    pub anomalies: Vec<Anomaly>,
    /// How many clocks were started or reopened with a verdict of their own, by standard.
    pub started: BTreeMap<usize, u64>,
    /// Who acted last.
    pub holder: Option<Holder>,
    /// What must, or must never, happen.
    pub behaviours: Behaviours,
    /// Grants of more time.
    pub extensions: Vec<Granting>,
    /// What happened, where facts are asked of it.
    pub history: History<'l>,
    /// Moments of truth that may be out of control.
    pub moments: Moments,
    /// What lay outside the dates in force.
    pub outside: Outside,
    /// What clocks brought about and is still to be passed on.
    pending: VecDeque<Occurrence<'l>>,
    /// What was met meanwhile: it is passed on behind all else that one event brings about.
    met: Vec<Occurrence<'l>>,
    /// How many ends of exemptions' windows have passed.
    windows_passed: usize,
    /// What levels take of its events.
    pub sampled: Vec<LevelInput<'l>>,
    /// How it stood to levels over time.
    pub over_time: OverTime,
}

/// The clocks of one key.
#[derive(Default)]
pub(super) struct KeyedClock<'p> {
    pub(super) running: Option<ClockRun<'p>>,
    /// The last one that ended; it may be reopened.
    pub(super) last: Option<ClockRun<'p>>,
    /// Whether any has started.
    pub(super) started: bool,
}

/// Why it cannot be told that no clock of a standard runs, beside those that are known.
#[derive(Default)]
pub(super) struct Unsure {
    /// Of the keys that no event named.
    pub(super) of_all: Vec<UnknownFact>,
    /// Of a key that an event named.
    pub(super) of_key: BTreeMap<Option<String>, Vec<UnknownFact>>,
}

impl Unsure {
    /// Why, whichever the key.
    pub(super) fn all(&self) -> impl Iterator<Item = &UnknownFact> {
        self.of_all.iter().chain(self.of_key.values().flatten())
    }
}

/// A start that waits for its delay.
#[derive(Clone)]
pub(super) struct Waiting<'l> {
    pub(super) at: Instant,
    pub(super) standard: usize,
    pub(super) event: Occurrence<'l>,
}

/// What fires next.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Timer {
    at: Instant,
    /// At one instant, what others wait for comes before them: what stops a clock at due is in time.
    depth: usize,
    what: Firing,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Firing {
    Window,
    Due(usize, Option<String>),
    Part(usize, Option<String>, usize),
    Level(usize, Option<String>, usize),
    Duty(usize, Option<String>, usize),
    Start(usize),
    /// Last of all: what clocks bring about at an instant may still answer in time.
    Conduct,
}

impl<'p, 'l> Case<'p, 'l> {
    /// A case of which nothing is known yet.
    pub fn new(plan: &'p Plan<'p>, log: &'l Log, own: &[usize]) -> Self {
        let graph = plan.graph;
        Self {
            plan,
            log,
            index: own.first().copied().unwrap_or_default(),
            own: own.to_vec(),
            fields: CaseFields::unknown(graph),
            latest: vec![Latest::None; graph.vocabulary.events.len()],
            clocks: BTreeMap::new(),
            unsure: BTreeMap::new(),
            pauses: AllPauses::new(),
            waiting: Vec::new(),
            authority: Authority::new(graph),
            finished: Vec::new(),
            anomalies: Vec::new(),
            started: BTreeMap::new(),
            holder: None,
            behaviours: Behaviours::default(),
            extensions: Vec::new(),
            history: History::default(),
            moments: Moments::of(graph, plan.scope),
            outside: Outside::default(),
            pending: VecDeque::new(),
            met: Vec::new(),
            windows_passed: 0,
            sampled: Vec::new(),
            over_time: OverTime::default(),
        }
    }

    // ── Time passes ─────────────────────────────────────────────────────────────────────────────

    /// Fires everything that falls due before `to`, in order.
    pub fn advance(&mut self, to: Instant) {
        while let Some(timer) = self.next_timer().filter(|timer| timer.at < to) {
            self.fire(timer);
        }
    }

    fn next_timer(&self) -> Option<Timer> {
        let mut next: Option<Timer> = None;
        let mut offer = |at: Option<Instant>, depth: usize, what: &dyn Fn() -> Firing| {
            if let Some(at) = at.filter(|at| next.as_ref().is_none_or(|next| *at <= next.at)) {
                let timer = Timer { at, depth, what: what() };
                if next.as_ref().is_none_or(|next| timer < *next) {
                    next = Some(timer);
                }
            }
        };
        for (standard, slots) in self.clocks.iter().map(|(standard, slots)| (*standard, slots)) {
            let depth = self.plan.depth(standard);
            for (key, slot) in slots {
                let Some(running) = &slot.running else { continue };
                if running.verdict.is_none() {
                    offer(running.due.and_then(|due| due.at), depth, &|| Firing::Due(standard, key.clone()));
                }
                for (index, part) in running.parts.iter().enumerate().filter(|(_, part)| !part.fired) {
                    offer(part.mark.and_then(|mark| mark.at), depth, &|| Firing::Part(standard, key.clone(), index));
                }
                for (index, level) in running.levels.iter().enumerate() {
                    match &level.duty {
                        None => {
                            let at = level.mark.and_then(|mark| mark.at);
                            offer(at, depth, &|| Firing::Level(standard, key.clone(), index));
                        }
                        Some(duty) => offer(duty.waits_for(), depth, &|| Firing::Duty(standard, key.clone(), index)),
                    }
                }
            }
        }
        offer(self.plan.windows().get(self.windows_passed).copied(), 0, &|| Firing::Window);
        for (index, waiting) in self.waiting.iter().enumerate() {
            offer(Some(waiting.at), self.plan.depth(waiting.standard), &|| Firing::Start(index));
        }
        offer(self.behaviours.next(), usize::MAX, &|| Firing::Conduct);
        next
    }

    fn fire(&mut self, timer: Timer) {
        let at = timer.at;
        match timer.what {
            Firing::Window => {
                self.windows_passed += 1;
                self.follow_exemptions(at);
            }
            Firing::Due(standard, key) => {
                let plan = self.plan;
                let facts = self.fields.facts(plan.graph, &self.latest);
                let slot = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(&key));
                if let Some(running) = slot.and_then(|slot| slot.running.as_mut()) {
                    running.fall_due(plan, facts, at);
                }
                self.queue_clock_events(standard, &key);
            }
            Firing::Part(standard, key, part) => {
                let running = self.running(standard, &key);
                if let Some((running, part)) = running.and_then(|running| {
                    let at = running.parts.get_mut(part).map(|part| {
                        part.fired = true;
                        part.at
                    })?;
                    Some((running, at))
                }) {
                    running.turns.push((ClockEvent::Part(part), at, running.is_sure_of_parts()));
                }
                self.queue_clock_events(standard, &key);
            }
            Firing::Level(standard, key, level) => self.fire_level(standard, &key, level, at),
            Firing::Duty(standard, key, level) => {
                let level = self.running(standard, &key).and_then(|running| running.levels.get_mut(level));
                if let Some(duty) = level.and_then(|level| level.duty.as_mut()) {
                    duty.miss();
                }
            }
            Firing::Start(index) => {
                let waiting = self.waiting.remove(index);
                self.start(waiting.standard, &waiting.event, at);
            }
            Firing::Conduct => self.behaviours.fire(self.plan, at),
        }
        self.drain_clock_events();
        self.look_at_moments(at, None);
    }

    /// Queues what happened to a clock, where a rule waits for it.
    pub(super) fn queue_clock_events(&mut self, standard: usize, key: &Option<String>) {
        let plan = self.plan;
        let case = self.index;
        let Some(running) = self.running(standard, key).filter(|running| !running.turns.is_empty()) else { return };
        let place = running.evidence.last().map(|evidence| evidence.place).unwrap_or_default();
        for (turn, at, sure) in std::mem::take(&mut running.turns) {
            let Some(kind) = plan.kind_of(standard, turn) else { continue };
            let clock = ClockOf { standard, key: key.clone() };
            let occurrence = Occurrence::brought_about(kind, at, case, clock, sure, place);
            match turn {
                ClockEvent::Met => self.met.push(occurrence),
                ClockEvent::Breach | ClockEvent::Part(_) => self.pending.push_back(occurrence),
            }
        }
    }

    /// Takes in what clocks brought about, in order, and what comes of that in turn: promises that wait
    /// for each other never form a circle, so it comes to an end.
    fn drain_clock_events(&mut self) {
        while let Some(occurrence) = self.pending.pop_front() {
            let facts = self.fields.facts(self.plan.graph, &self.latest).started(occurrence.time);
            self.sampled.extend(self.plan.sampling.take(&occurrence, facts));
            self.effects_of(&occurrence);
        }
    }

    /// Stops and releases clocks under exemptions, as things stand.
    fn follow_exemptions(&mut self, at: Instant) {
        if self.plan.graph.exemptions.iter().all(|exemption| !exemption.stops_the_clock) {
            return;
        }
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        for slot in self.clocks.values_mut().flat_map(BTreeMap::values_mut) {
            if let Some(running) = &mut slot.running {
                running.follow_exemptions(self.plan, facts, at);
            }
        }
    }

    fn fire_level(&mut self, standard: usize, key: &Option<String>, index: usize, at: Instant) {
        let plan = self.plan;
        let Some(running) = self.running(standard, key) else { return };
        let calendar = running.calendar;
        let told = running.told.clone();
        let of_time = [running.doubts.clone(), running.later_doubts.clone()].concat();
        let doubts = (of_time, running.end_doubts.clone(), running.earlier_doubts.clone());
        let Some(level) = running.levels.get_mut(index) else { return };
        let (escalation, step) = level.of;
        let Some(said) = plan.graph.escalations.get(escalation).and_then(|found| found.levels.get(step)) else {
            return;
        };
        let mut duty = NotificationDuty::fired(at, plan.limit_end(said.within, calendar, at), doubts);
        for told in told.iter().filter(|told| told.escalation == escalation) {
            take_told(plan.graph, &mut duty, said.to, told);
        }
        level.duty = Some(duty);
    }

    pub(super) fn running(&mut self, standard: usize, key: &Option<String>) -> Option<&mut ClockRun<'p>> {
        self.clocks.get_mut(&standard)?.get_mut(key)?.running.as_mut()
    }

    // ── An event happens ────────────────────────────────────────────────────────────────────────

    /// Takes in one event. Everything due before it must have fired.
    pub fn apply(&mut self, event: &'l Event) {
        let is_own = self.is_own(event);
        // Whether an event is trusted may hang on what it says of the case itself.
        let changed = self.fields.take(event, is_own);
        let occurrence = self.with_trust(event);
        let heard = TrustedEvent { event, trusted: occurrence.sure == Truth::True, is_own };
        case_fields::take_latest(&mut self.latest, event, heard.trusted);
        self.follow_levels(changed, event.time);
        self.take_holder(heard);
        if self.plan.reads_history {
            self.history.take_event(self.plan.graph, heard);
        }
        let demanded = demands::of(self, event);
        self.targets_follow(event);
        self.follow_exemptions(event.time);
        self.effects_of(&occurrence);
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(event).started(event.time);
        // Acts are judged, and events counted, where they were done, once.
        if heard.is_own && self.plan.scope == Scope::Cases {
            self.sampled.extend(self.plan.sampling.take(&occurrence, facts));
            self.authority.apply(event, facts, &demanded);
            if self.authority.has_returned_too_much() {
                self.report_anomaly(AnomalyKind::ReturnsTooMuch, None, &occurrence);
            }
            if self.authority.is_below_zero(event) {
                self.report_anomaly(AnomalyKind::NegativeAmount, None, &occurrence);
            }
        }
        self.drain_clock_events();
        self.look_at_moments(event.time, Some(event));
    }

    /// Whether an event is of this case, and not one of another that reaches it.
    fn is_own(&self, event: &Event) -> bool {
        self.own.binary_search(&(event.case as usize)).is_ok()
    }

    fn effects_of(&mut self, occurrence: &Occurrence<'l>) {
        let plan = self.plan;
        if plan.reads_history {
            self.history.take(occurrence, self.is_own(occurrence));
            self.tell_moments();
        }
        for effect in plan.effects(usize::from(occurrence.kind)) {
            self.effect(effect, occurrence);
        }
        self.pending.extend(self.met.drain(..));
        let facts = self.fields.facts(plan.graph, &self.latest);
        if self.behaviours.happen(plan, facts, occurrence) {
            self.report_anomaly(AnomalyKind::AfterCaseEnd, None, occurrence);
        }
    }

    /// An event of the log, doubted where what must hold of it does not surely hold.
    fn with_trust(&self, event: &'l Event) -> Occurrence<'l> {
        let asked = self.plan.graph.trust.get(usize::from(event.kind)).and_then(Option::as_ref);
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(event);
        match asked {
            Some(asked) if facts.truth(asked) != Truth::True => {
                Occurrence::doubted(event, unknown_fields(self.plan.graph, facts, [asked]))
            }
            _ => Occurrence::of(event),
        }
    }

    /// Keeps how the case stands to levels, where that may have changed.
    fn follow_levels(&mut self, changed: bool, now: Instant) {
        let asked = match self.plan.levels_ask {
            Asked::Never => false,
            Asked::OfFields => changed || self.over_time.is_empty(),
            Asked::OfEvents => true,
        };
        if asked {
            self.over_time.take(self.fields.facts(self.plan.graph, &self.latest), now);
        }
    }

    fn take_holder(&mut self, heard: TrustedEvent<'l>) {
        let event = heard.event;
        let role = event.role.role();
        if heard.is_own && (event.actor.is_some() || role.is_some()) {
            self.holder = Some(Holder { actor: event.actor.clone(), role });
        }
    }

    fn targets_follow(&mut self, event: &Event) {
        if event.case_fields.is_empty() && !self.plan.table_reads(usize::from(event.kind)) {
            return;
        }
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        let mut fell = Vec::new();
        for (standard, slots) in &mut self.clocks {
            for (key, slot) in slots {
                let Some(running) = slot.running.as_mut().filter(|running| running.verdict.is_none()) else { continue };
                let aims = |clock: &ClockRun<'_>| (clock.target, clock.due.map(|due| due.goal), clock.calendar);
                let (aim, before) = (running.aim(), aims(running));
                running.retarget(self.plan, facts, (event.time, event.place));
                if aims(running) != before {
                    running.tell_change(aim, event);
                }
                if !running.turns.is_empty() {
                    fell.push((*standard, key.clone()));
                }
            }
        }
        for (standard, key) in fell {
            self.queue_clock_events(standard, &key);
        }
    }

    fn effect(&mut self, effect: &Effect<'_>, event: &Occurrence<'l>) {
        // A start tests its filters itself: a delayed one when its time has come, not now.
        if effect.phase == Phase::Start {
            self.start_or_wait(effect.standard, event);
            return;
        }
        let truth = self.truth_of(&effect.filters, event, event.time);
        if truth == Truth::False {
            return;
        }
        match effect.phase {
            Phase::Escalate => self.escalate(effect.standard, event),
            Phase::Extend(line) => self.extend(effect, line, truth, event),
            Phase::Reopen(line) => self.reopen(effect, line, truth, event),
            _ => self.apply_to_clocks(effect, truth, event),
        }
    }

    /// Whether any of the filters holds.
    pub(super) fn truth_of(&self, filters: &[Option<&Condition>], event: &Occurrence<'l>, at: Instant) -> Truth {
        let facts = self.fields.facts(self.plan.graph, &self.latest).about(&**event).started(at);
        filters.iter().fold(Truth::False, |so_far, filter| so_far.or(facts.holds(*filter))).and(event.sure)
    }

    /// Stop, cancel, restart, pause, resume: of every running clock that the event speaks of.
    fn apply_to_clocks(&mut self, effect: &Effect<'_>, truth: Truth, event: &Occurrence<'l>) {
        self.hold(effect, truth, event);
        if matches!(effect.phase, Phase::Stop | Phase::Cancel) && truth == Truth::True {
            self.surely_none_runs(effect.standard, event);
        }
        let spoken = self.keys_of(effect.standard, event);
        let mut touched = false;
        for (key, key_known) in spoken {
            let truth = if key_known { truth } else { Truth::Unknown };
            touched |= self.apply_to_clock(effect, &key, truth, event);
        }
        if !touched && effect.phase == Phase::Stop && truth == Truth::True && self.is_odd_stop(effect.standard, event) {
            self.report_anomaly(AnomalyKind::StopWithoutStart, effect.standard, event);
        }
    }

    /// Whether a stop without a running clock is worth a word: not after the only start that counts,
    /// and not after a cancel, which ended what this would have stopped.
    fn is_odd_stop(&self, standard: usize, event: &Occurrence<'l>) -> bool {
        let first_only = self.plan.graph.standards.get(standard).is_some_and(|standard| standard.first);
        let key = match self.key(standard, event) {
            EventKey::Known(key) => Some(key),
            EventKey::None | EventKey::Unknown => None,
        };
        let slot = self.clocks.get(&standard).and_then(|slots| slots.get(&key));
        let Some(last) = slot.and_then(|slot| slot.last.as_ref()) else { return true };
        let was_cancelled = last.evidence.last().is_some_and(|last| last.deed == EvidenceKind::Cancelled);
        !(first_only || was_cancelled)
    }

    /// The keys of running clocks that an event acts on, each with whether that is certain.
    pub(super) fn keys_of(&self, standard: usize, event: &Occurrence<'l>) -> Vec<(Option<String>, bool)> {
        let Some(slots) = self.clocks.get(&standard) else { return Vec::new() };
        let running = slots.iter().filter(|(_, slot)| slot.running.is_some()).map(|(key, _)| key.clone());
        match self.key(standard, event) {
            EventKey::None => running.map(|key| (key, true)).collect(),
            EventKey::Known(key) => {
                running.filter(|known| *known == Some(key.clone())).map(|key| (key, true)).collect()
            }
            EventKey::Unknown => running.map(|key| (key, false)).collect(),
        }
    }

    /// Does one thing to one running clock; whether there was something to do.
    fn apply_to_clock(
        &mut self,
        effect: &Effect<'_>,
        key: &Option<String>,
        truth: Truth,
        event: &Occurrence<'l>,
    ) -> bool {
        let plan = self.plan;
        let facts = self.fields.facts(plan.graph, &self.latest);
        let Some(slot) = self.clocks.get_mut(&effect.standard).and_then(|slots| slots.get_mut(key)) else {
            return false;
        };
        let Some(running) = slot.running.as_mut() else { return false };
        if truth == Truth::Unknown {
            let matters = match effect.phase {
                Phase::Pause(line) => !running.is_paused_by(line),
                Phase::Resume(line) => running.is_paused_by(line),
                _ => true,
            };
            running.time_in_doubt |= matters;
            if matters {
                running.perhaps(plan, effect.phase, doubts(plan.graph, effect, facts, event));
            }
            if effect.phase == Phase::Stop {
                running.perhaps_met(plan, event.time);
                self.queue_clock_events(effect.standard, key);
                return true;
            }
        }
        match (effect.phase, truth) {
            (Phase::Stop, Truth::True) => {
                if running.verdict.is_none() {
                    running.explain(plan, facts);
                }
                running.stop(plan, event);
                self.queue_clock_events(effect.standard, key);
                self.ended(effect.standard, key);
            }
            (Phase::Cancel, Truth::True) => {
                if running.verdict.is_none() {
                    running.explain(plan, facts);
                }
                running.cancel(plan, event);
                self.ended(effect.standard, key);
            }
            (Phase::Restart, Truth::True) => self.restart(effect.standard, key, event),
            (Phase::Pause(line), Truth::True) => {
                running.pause(line, event);
                self.stands_still(effect.standard, key.as_ref(), line);
            }
            (Phase::Resume(line), Truth::True | Truth::Unknown) => running.resume(line, event),
            _ => {}
        }
        true
    }

    /// A clock came to its end: it may yet be reopened.
    pub(super) fn ended(&mut self, standard: usize, key: &Option<String>) {
        let Some(slot) = self.clocks.get_mut(&standard).and_then(|slots| slots.get_mut(key)) else { return };
        let ended = slot.running.take();
        self.finished.extend(std::mem::replace(&mut slot.last, ended));
    }

    fn escalate(&mut self, standard: usize, event: &Occurrence<'l>) {
        let plan = self.plan;
        let spoken = self.key(standard, event);
        // A clock that stopped may be reopened: whom it told since its start is told.
        let reopens = plan.graph.standards.get(standard).is_some_and(|standard| !standard.reopens.is_empty());
        for escalation in plan.escalations(standard) {
            let Some(said) = plan.graph.escalations.get(*escalation) else { continue };
            let reading = event.fields.get(said.role_field);
            let named = reading.and_then(Reading::role);
            let untold = || words::event_field(plan.graph, usize::from(event.kind), said.role_field, reading);
            // Of which clock it speaks is as uncertain as its key.
            let role = match key_doubt(plan.graph, standard, event) {
                Some(doubt) => Err(doubt.field),
                None => named.ok_or_else(untold),
            };
            let role =
                role.map_err(|field| UnknownFact { about: EvidenceKind::Escalated, field, place: Some(event.place) });
            let evidence =
                Evidence { told: named.filter(|_| role.is_ok()), ..Evidence::of(EvidenceKind::Escalated, event) };
            let told = Told { escalation: *escalation, role, evidence };
            for (key, slot) in self.clocks.get_mut(&standard).into_iter().flatten() {
                if matches!(&spoken, EventKey::Known(of) if key.as_ref() != Some(of)) {
                    continue;
                }
                let last = slot.last.iter_mut().filter(|_| reopens);
                for clock in last.chain(slot.running.iter_mut()) {
                    clock.told.push(told.clone());
                    for level in clock.levels.iter_mut().filter(|level| level.of.0 == *escalation) {
                        let to = said.levels.get(level.of.1).map(|level| level.to);
                        if let (Some(duty), Some(to)) = (&mut level.duty, to) {
                            take_told(plan.graph, duty, to, &told);
                        }
                    }
                }
            }
        }
    }

    pub(super) fn key(&self, standard: usize, event: &Occurrence<'l>) -> EventKey {
        let key = self.plan.graph.standards.get(standard).and_then(|standard| standard.key.as_ref());
        let kind = usize::from(event.kind);
        if let Some(clock) = &event.clock {
            return self.key_of_clock(key, clock);
        }
        let Some(slot) = key.and_then(|key| key.slots.get(kind).copied().flatten()) else { return EventKey::None };
        let reading = event.fields.get(slot);
        match reading.and_then(Reading::known) {
            Some(_) => EventKey::Known(words::shown(self.plan.graph, kind, slot, reading)),
            None => EventKey::Unknown,
        }
    }

    /// The key that something a clock brought about names: that clock's own, where both are told apart by
    /// the same field. What a clock brings about whose start did not say its key may be of any.
    fn key_of_clock(&self, key: Option<&Key>, clock: &ClockOf) -> EventKey {
        let theirs = self.plan.graph.standards.get(clock.standard).and_then(|standard| standard.key.as_ref());
        match (key.zip(theirs), &clock.key) {
            (Some((mine, theirs)), Some(key)) if mine.name == theirs.name => match key.as_str() {
                UNKNOWN_KEY => EventKey::Unknown,
                _ => EventKey::Known(key.clone()),
            },
            _ => EventKey::None,
        }
    }

    pub(super) fn report_anomaly(
        &mut self,
        kind: AnomalyKind,
        standard: impl Into<Option<usize>>,
        event: &Occurrence<'l>,
    ) {
        self.report_anomaly_at(kind, standard.into(), (usize::from(event.kind), event.time, event.place));
    }

    /// The same of an event that is told by its kind, its time and its place.
    pub(super) fn report_anomaly_at(
        &mut self,
        kind: AnomalyKind,
        standard: Option<usize>,
        (event, at, place): (usize, Instant, Place),
    ) {
        // What happens outside the dates in force, others tell of.
        if !self.plan.in_force(at) {
            return;
        }
        let case = self.log.cases.get(self.index).cloned().unwrap_or_else(|| "".into());
        self.anomalies.push(Anomaly { kind, standard, case, event, at, place });
    }

    // ── The end ─────────────────────────────────────────────────────────────────────────────────

    /// Fires what falls due before `as_of` and hands over every clock, ended or not, oldest first.
    pub fn settle(&mut self, as_of: Instant) -> Vec<ClockRun<'p>> {
        self.advance(as_of);
        self.take_unused_pauses();
        self.behaviours.settle(self.plan);
        self.outside += self.authority.leave_to_others(self.plan);
        let plan = self.plan;
        let mut all = std::mem::take(&mut self.finished);
        for slot in self.clocks.values_mut().flat_map(BTreeMap::values_mut) {
            all.extend(slot.last.take());
            all.extend(slot.running.take());
        }
        all.retain(|clock| plan.in_force(clock.start));
        let facts = self.fields.facts(self.plan.graph, &self.latest);
        for open in all.iter_mut().filter(|instance| instance.verdict.is_none()) {
            open.settle(self.plan, facts);
        }
        all
    }

    /// The graph that the case is judged by.
    pub fn graph(&self) -> &'p Graph {
        self.plan.graph
    }

    /// The cases whose own events these are, by their ids.
    pub fn ids(&self) -> impl Iterator<Item = Arc<str>> {
        self.own.iter().filter_map(|case| self.log.cases.get(*case).cloned())
    }

    /// What conditions may read as things stand.
    pub fn facts(&self) -> Facts<'_> {
        self.fields.facts(self.plan.graph, &self.latest)
    }

    /// How the case's fields stood at an instant, after all that the log says of it.
    pub fn fields_at(&self, at: Instant) -> CaseSnapshot<'l> {
        CaseSnapshot::after(self.plan.graph, self.history.events_until(at))
    }
}

/// The key that an event names.
pub(super) enum EventKey {
    /// The standard has no key, or the event does not declare it: it speaks of all.
    None,
    /// This one.
    Known(String),
    /// It should name one and does not.
    Unknown,
}

/// A duty hears of an escalation: to its role or above it is done; to nobody that can be read, a doubt.
fn take_told(graph: &Graph, duty: &mut NotificationDuty, to: usize, told: &Told) {
    match &told.role {
        Ok(role) if graph.is_or_leads(*role, to) => duty.tell(&told.evidence),
        Ok(_) => {}
        Err(untold) => duty.doubt(&told.evidence, untold),
    }
}

/// Why something that an event may have done cannot be told.
pub(super) fn doubts(graph: &Graph, effect: &Effect<'_>, facts: Facts<'_>, event: &Occurrence<'_>) -> Vec<UnknownFact> {
    let about = match effect.phase {
        Phase::Stop => EvidenceKind::Stopped,
        Phase::Cancel => EvidenceKind::Cancelled,
        Phase::Restart => EvidenceKind::Restarted,
        Phase::Pause(_) => EvidenceKind::Paused,
        Phase::Resume(_) => EvidenceKind::Resumed,
        Phase::Reopen(_) => EvidenceKind::Reopened,
        Phase::Extend(_) => EvidenceKind::Extended,
        Phase::Start => EvidenceKind::Started,
        Phase::Escalate => EvidenceKind::Escalated,
    };
    let filters = effect.filters.iter().copied().flatten();
    let facts = facts.about(&**event).started(event.time);
    let mut doubts: Vec<UnknownFact> = unknown_fields(graph, facts, filters)
        .into_iter()
        .map(|field| UnknownFact { about, field, place: Some(event.place) })
        .collect();
    doubts.extend(unsure(graph, event, about));
    doubts.extend(key_doubt(graph, effect.standard, event).map(|doubt| UnknownFact { about, ..doubt }));
    doubts
}

/// Why something cannot be told to have happened at all.
pub(super) fn unsure(graph: &Graph, event: &Occurrence<'_>, about: EvidenceKind) -> Vec<UnknownFact> {
    let untold = event.sure == Truth::Unknown && event.below_trust.is_empty();
    let untold = untold.then(|| FieldFact::of(graph.event_name(usize::from(event.kind)), DisplayValue::Undetermined));
    let fields = event.below_trust.iter().cloned().chain(untold);
    fields.map(|field| UnknownFact { about, field, place: Some(event.place) }).collect()
}

/// The missing `per` field of an event that should name it.
pub(super) fn key_doubt(graph: &Graph, standard: usize, event: &Event) -> Option<UnknownFact> {
    let key = graph.standards.get(standard)?.key.as_ref()?;
    let kind = usize::from(event.kind);
    let slot = key.slots.get(kind).copied().flatten()?;
    let reading = event.fields.get(slot).filter(|reading| reading.known().is_none())?;
    let field = words::event_field(graph, kind, slot, Some(reading));
    Some(UnknownFact { about: EvidenceKind::Started, field, place: Some(event.place) })
}
