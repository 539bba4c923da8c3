//! One case, told on one line of time: what comes next, and what it does to every clock.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use super::agenda::{AgendaItem, Asking, Hold, IntendedEvent};
use super::clock::stop_kind;
use super::clock::{Clock, Step};
use super::facts::Facts;
use super::people::Person;
use super::plausible_values::{Setting, Slot};
use super::played::{Behaved, Played, case_id};
use super::random::SeededRandom;
use super::world::World;

use crate::calendar::{Duration, Instant};
use crate::graph::{Standard, Trigger};
use crate::vocabulary::{Reading, Value};

/// A row of the log.
#[derive(Clone, Debug)]
pub struct Row {
    /// When.
    pub time: Instant,
    /// In which case, by its number.
    pub case: usize,
    /// The kind of event.
    pub kind: usize,
    /// Its fields.
    pub fields: Rc<[Reading]>,
    /// The fields of the case as they stand.
    pub case_fields: Rc<[Reading]>,
    /// Who did it.
    pub person: Option<Person>,
}

/// What came of a case.
pub struct Told {
    /// Its events, in order.
    pub rows: Vec<Row>,
    /// Its clocks, in the order of their starts.
    pub played: Vec<Played>,
    /// Its behaviours, as they were meant.
    pub behaved: Vec<Behaved>,
}

/// A case while it is told.
pub struct CaseTimeline<'w> {
    pub(super) world: &'w World<'w>,
    pub(super) random: SeededRandom,
    pub(super) now: Instant,
    case: usize,
    pub(super) fields: Rc<[Reading]>,
    pub(super) latest: Vec<Option<Rc<[Reading]>>>,
    pub(super) rows: Vec<Row>,
    pub(super) clocks: Vec<Clock>,
    pub(super) holds: Vec<Hold>,
    agenda: BTreeMap<(Instant, usize), AgendaItem>,
    item: usize,
    pub(super) openings: VecDeque<usize>,
    /// Whether a kind of stop comes late for a key: clocks that share it share their luck.
    pub(super) fates: Vec<(Option<usize>, Option<Value>, bool)>,
    /// Who serves the customer at each touchpoint.
    pub(super) serving: BTreeMap<Option<usize>, Person>,
    pub(super) asked: Vec<Asking>,
    pub(super) let_down: bool,
    /// Whether each behaviour is meant to be kept.
    pub(super) kept: Vec<bool>,
    /// Behaviours whose place the case has come to.
    pub(super) come_up: BTreeSet<usize>,
    /// How many events wait for what must come before them.
    pub(super) depth: u8,
}

/// No case has more events.
const LONGEST: usize = 60;

/// The grain of the log.
const SECOND: Duration = Duration::from_secs(1);

impl<'w> CaseTimeline<'w> {
    /// A case of which nothing has happened yet.
    pub fn new(world: &'w World<'w>, case: usize) -> Self {
        let mut random = SeededRandom::of(world.request.seed, case);
        let now = world.calendars.arrival(&mut random);
        let mut timeline = Self {
            world,
            random,
            now,
            case,
            fields: Rc::new([]),
            latest: vec![None; world.graph.vocabulary.events.len()],
            rows: Vec::new(),
            clocks: Vec::new(),
            holds: Vec::new(),
            agenda: BTreeMap::new(),
            item: 0,
            openings: VecDeque::new(),
            fates: Vec::new(),
            serving: BTreeMap::new(),
            asked: Vec::new(),
            let_down: false,
            kept: Vec::new(),
            come_up: BTreeSet::new(),
            depth: 0,
        };
        timeline.choose_manners();
        timeline.fields = timeline.case_as_meant();
        timeline.choose_openings();
        timeline
    }

    pub(super) fn case_fields(&mut self) -> Rc<[Reading]> {
        let fields = self.world.graph.vocabulary.case_fields.iter().enumerate();
        let value =
            |(index, field)| self.own_value(index, field).unwrap_or_else(|| self.reading(Slot::Case(index), field));
        fields.map(value).collect()
    }

    /// One opening or several, in the order in which they are declared; now and then the first comes
    /// again some time later.
    fn choose_openings(&mut self) {
        let world = self.world;
        if world.openings.is_empty() {
            return self.tell_without_clocks();
        }
        let count = 1 + self.random.early_index(world.openings.len().min(4));
        let mut chosen = BTreeSet::new();
        for _ in 0..count {
            if let Some(opening) = self.random.pick(&world.openings).copied() {
                chosen.extend([world.first_of_its_kin(opening), opening]);
            }
        }
        self.openings.extend(chosen);
        self.cue_in(Duration::ZERO, AgendaItem::Open);
        if self.random.chance(6)
            && let Some(first) = self.openings.front().copied()
        {
            let wait = self.random.seconds(3 * 3600, 60 * 3600);
            self.cue_in(wait, AgendaItem::Again(first));
        }
    }

    /// Where no standard starts a clock, there are still events and acts to tell.
    fn tell_without_clocks(&mut self) {
        let world = self.world;
        let mut at = Duration::ZERO;
        for aside in &world.asides {
            if self.random.chance(60) {
                self.cue_in(at, AgendaItem::Aside(aside.kind));
                at = at.saturating_add(self.random.seconds(60, 7200));
            }
        }
        for action in 0..world.graph.actions.len() {
            let person = self.serving_at(None);
            self.cue_in(at, AgendaItem::Decide { action, person, because_of: None });
        }
    }

    // ── The line of time ────────────────────────────────────────────────────────────────────────

    /// Tells the case, up to the end of the log.
    pub fn play(mut self) -> Told {
        while self.rows.len() < LONGEST && self.now < self.world.calendars.end && self.go_on() {}
        let (calendars, case) = (&self.world.calendars, case_id(self.case));
        let kept = self.kept.iter().enumerate();
        let behaved = kept.map(|(behaviour, kept)| Behaved { case: case.clone(), behaviour, kept: *kept });
        let behaved = behaved.collect();
        let played = self.clocks.iter().map(|clock| Played {
            case: case.clone(),
            standard: clock.standard,
            start: clock.start,
            outcome: clock.outcome_at(calendars, calendars.end),
        });
        Told { played: played.collect(), behaved, rows: self.rows }
    }

    /// Does what comes next; false if nothing does.
    fn go_on(&mut self) -> bool {
        let clock = self.next_clock();
        let item = self.agenda.first_key_value().map(|((at, _), _)| *at);
        if item.is_some_and(|at| clock.is_none_or(|(then, _)| at <= then)) {
            if let Some(((at, _), item)) = self.agenda.pop_first() {
                self.now = self.now.max(at);
                self.follow(item);
            }
            return true;
        }
        let Some((at, index)) = clock else { return false };
        self.now = self.now.max(at);
        self.step(index);
        true
    }

    fn next_clock(&self) -> Option<(Instant, usize)> {
        let clocks = self.clocks.iter().enumerate();
        clocks.filter_map(|(index, clock)| Some((clock.next(&self.world.calendars)?, index))).min()
    }

    pub(super) fn cue_in(&mut self, wait: Duration, item: AgendaItem) {
        self.cue_at(self.now.saturating_add(wait), item);
    }

    pub(super) fn cue_at(&mut self, at: Instant, item: AgendaItem) {
        self.item += 1;
        self.agenda.insert((at, self.item), item);
    }

    fn follow(&mut self, item: AgendaItem) {
        match item {
            AgendaItem::Open => self.open_next(),
            AgendaItem::Again(kind) => self.open(kind),
            AgendaItem::Start { standard, kind, fields } => self.start(standard, kind, &fields),
            AgendaItem::Resume { clock, line } => self.resume(clock, line),
            AgendaItem::Tell { clock, escalation, to } => self.tell(clock, escalation, to),
            AgendaItem::Reopen { clock, line } => self.reopen(clock, line),
            AgendaItem::Aside(kind) => {
                if !self.is_out_of_place(kind) {
                    self.happen(IntendedEvent { kind, ..IntendedEvent::default() });
                }
            }
            AgendaItem::Decide { action, person, because_of } => self.decide(action, person, because_of),
            AgendaItem::Act { action, amount, person } => self.act(action, amount, person),
            AgendaItem::Answer { approval } => self.answer(approval),
            AgendaItem::Behave { behaviour, since, times } => self.behave(behaviour, since, times),
            AgendaItem::Close { tries } => self.close(tries),
        }
    }

    fn step(&mut self, index: usize) {
        let Some(clock) = self.clocks.get_mut(index) else { return };
        let (Some((_, step)), Some(standard)) =
            (clock.path.pop_front(), self.world.graph.standards.get(clock.standard))
        else {
            return;
        };
        match step {
            Step::Pause(line) => {
                let on = standard.pauses.get(line).map(|pause| pause.on.as_slice()).unwrap_or_default();
                self.trigger(index, on, false);
            }
            Step::Restart => self.trigger(index, &standard.restarts, false),
            Step::Level(escalation, level) => self.fire(index, escalation, level),
            Step::Turn(kind) => self.apply(kind, &Rc::from([])),
            Step::Cancel => {
                let cancel = self.random.pick(&standard.cancels).filter(|cancel| !self.is_out_of_place(cancel.event));
                self.trigger(index, cancel.map(std::slice::from_ref).unwrap_or_default(), false);
            }
            Step::Stop => self.stop(index, standard),
        }
    }

    fn open_next(&mut self) {
        if let Some(kind) = self.openings.pop_front() {
            self.open(kind);
            let wait = self.random.seconds(120, 2400);
            self.cue_in(wait, AgendaItem::Open);
        }
    }

    fn open(&mut self, kind: usize) {
        let world = self.world;
        let starts = world.graph.standards.iter().flat_map(|standard| &standard.starts);
        let filters: Vec<_> = starts.filter(|start| start.event == kind).map(|start| start.filter.as_ref()).collect();
        let filter = self.random.pick(&filters).copied().flatten();
        if !self.happen(IntendedEvent { kind, filter, ..IntendedEvent::default() }) {
            self.happen(IntendedEvent { kind, ..IntendedEvent::default() });
        }
    }

    // ── Steps of a clock ────────────────────────────────────────────────────────────────────────

    /// The first event of `triggers` that can happen, for that clock.
    fn trigger(&mut self, index: usize, triggers: &'w [Trigger], may_tie: bool) {
        let Some(clock) = self.clocks.get(index) else { return };
        let key = clock.key.clone();
        let slots = self.world.graph.standards.get(clock.standard).and_then(|standard| standard.key.as_ref());
        let first = self.random.early_index(triggers.len());
        for trigger in triggers.iter().cycle().skip(first).take(triggers.len()) {
            let slot = slots.and_then(|key| key.slots.get(trigger.event).copied().flatten());
            let settled = slot.zip(key.clone()).into_iter().collect();
            let filter = trigger.filter.as_ref();
            if self.happen(IntendedEvent { kind: trigger.event, filter, settled, person: None, may_tie }) {
                return;
            }
        }
    }

    fn stop(&mut self, index: usize, standard: &'w Standard) {
        if self.another_is_later(index) {
            return;
        }
        if let Some(sooner) = self.sooner_promise(index) {
            self.stop_first(sooner);
            self.stop_a_little_later(index);
            return;
        }
        let at_once = self.clocks.get(index).is_some_and(|clock| {
            let budget = clock.budget.unwrap_or(SECOND);
            budget < SECOND && !clock.is_beyond(clock.elapsed(&self.world.calendars, self.now))
        });
        self.trigger(index, &standard.stops, at_once);
    }

    /// Whether a clock that shares the stop is meant to be late, and has not been yet.
    fn another_is_later(&self, index: usize) -> bool {
        let Some(mine) = self.clocks.get(index).filter(|clock| clock.late) else { return false };
        self.clocks.iter().enumerate().any(|(other, clock)| {
            let shares = other != index && clock.late && clock.means_to_stop() && self.share_stop(clock, mine);
            shares && clock.stops_at(&self.world.calendars).is_none_or(|at| at > self.now)
        })
    }

    /// A clock of the same start with a shorter target and another stop: that comes first.
    fn sooner_promise(&self, index: usize) -> Option<usize> {
        let mine = self.clocks.get(index)?;
        self.clocks.iter().position(|clock| {
            let same_start = clock.start == mine.start && clock.budget < mine.budget;
            same_start && clock.means_to_stop() && !self.share_stop(clock, mine)
        })
    }

    fn share_stop(&self, one: &Clock, other: &Clock) -> bool {
        let stop = |clock: &Clock| self.world.graph.standards.get(clock.standard).and_then(stop_kind);
        stop(one) == stop(other)
    }

    fn stop_first(&mut self, index: usize) {
        let Some(clock) = self.clocks.get_mut(index) else { return };
        clock.path.retain(|(_, step)| *step != Step::Stop);
        if let Some(standard) = self.world.graph.standards.get(clock.standard) {
            self.trigger(index, &standard.stops, false);
        }
    }

    fn stop_a_little_later(&mut self, index: usize) {
        let wait = self.random.seconds(5, 120);
        let (calendars, now) = (&self.world.calendars, self.now);
        let Some(clock) = self.clocks.get_mut(index).filter(|clock| clock.runs()) else { return };
        let elapsed = clock.elapsed(calendars, now);
        let left = clock.budget.map_or(wait, |budget| budget.saturating_sub(elapsed));
        let wait = if clock.late { wait } else { wait.min(left) };
        clock.path.push_front((elapsed.saturating_add(wait), Step::Stop));
    }

    fn resume(&mut self, index: usize, line: usize) {
        let Some(clock) = self.clocks.get(index).filter(|clock| clock.is_paused_by(line)) else { return };
        let standard = self.world.graph.standards.get(clock.standard);
        if let Some(pause) = standard.and_then(|standard| standard.pauses.get(line)) {
            self.trigger(index, &pause.resume, false);
        }
    }

    fn reopen(&mut self, index: usize, line: usize) {
        let Some(clock) = self.clocks.get(index).filter(|clock| !clock.runs()) else { return };
        let standard = self.world.graph.standards.get(clock.standard);
        let reopen = standard.and_then(|standard| standard.reopens.get(line));
        let reopen = reopen.filter(|reopen| !reopen.on.iter().any(|on| self.is_out_of_place(on.event)));
        if let Some(reopen) = reopen {
            self.trigger(index, &reopen.on, false);
        }
    }

    // ── An event happens ────────────────────────────────────────────────────────────────────────

    /// Writes an event down and lets it act; false if it cannot be as wished.
    pub(super) fn happen(&mut self, intended: IntendedEvent<'_>) -> bool {
        if intended.kind >= self.world.graph.vocabulary.events.len() {
            return false;
        }
        self.prepare(intended.kind);
        let Some(fields) = self.make_fields(&intended) else { return false };
        let time = self.stamp(intended.may_tie);
        if time >= self.world.calendars.end {
            self.now = time;
            return false;
        }
        let person = intended.person.or_else(|| self.person_for(intended.kind));
        let person = self.person_by_manners(intended.kind, person);
        self.now = time;
        let fields: Rc<[Reading]> = fields.into();
        if let Some(latest) = self.latest.get_mut(intended.kind) {
            *latest = Some(fields.clone());
        }
        self.rows.push(Row {
            time,
            case: self.case,
            kind: intended.kind,
            fields: fields.clone(),
            case_fields: self.fields.clone(),
            person: person.clone(),
        });
        self.apply(intended.kind, &fields);
        self.react(intended.kind, &fields, person);
        self.go_on_as_meant(intended.kind);
        true
    }

    /// Whole seconds, and after the event before it.
    fn stamp(&self, may_tie: bool) -> Instant {
        let nanos = self.now.as_nanos();
        let now = Instant::from_nanos(nanos.saturating_add((-nanos).rem_euclid(SECOND.as_nanos())));
        let Some(last) = self.rows.last().map(|row| row.time) else { return now };
        now.max(if may_tie { last } else { last.saturating_add(SECOND) })
    }

    /// When and where values are made up now.
    pub(super) fn setting(&self) -> Setting<'w> {
        Setting {
            now: self.now,
            zone: self.world.calendars.zone(),
            case: self.case,
            cases: self.world.request.cases,
            serial: self.rows.len() + 1,
            let_down: self.let_down,
        }
    }

    /// What conditions may read now.
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts { graph: self.world.graph, case: &self.fields, latest: &self.latest, own: None }
    }

    /// Whether the case begins with this kind of event: customers come with it, nobody serves yet.
    pub(super) fn begins_with(&self, kind: usize) -> bool {
        self.rows.first().is_none_or(|first| first.kind == kind)
    }
}
