//! The graph as flat tables: what each kind of event does, and calendars over the log's span.

use super::finding::EvidenceKind;
use super::levels::{Asked, LevelInputs};
use super::run_totals::Outside;
use super::stopwatch::Budget;
use super::truth::{Facts, Truth};

use crate::calendar::{Calendar, Counting, Duration, Instant, Zone};
use crate::graph::{
    Behaviour, ClockEvent, Condition, Conduct, Exemption, Graph, Limit, Operand, Percent, Promise, Standard, Trigger,
};

/// What an event does to a clock, in the order in which it is done within one event.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    /// Tells a role.
    Escalate,
    /// Stops.
    Stop,
    /// Cancels.
    Cancel,
    /// Restarts.
    Restart,
    /// Pauses, by the number of the line.
    Pause(usize),
    /// Resumes, by the number of the line.
    Resume(usize),
    /// Gives more time, by the number of the line.
    Extend(usize),
    /// Reopens, by the number of the line.
    Reopen(usize),
    /// Starts.
    Start,
}

/// One thing that a kind of event does to one clock; it happens if any of the filters holds.
#[derive(Clone, Debug)]
pub struct Effect<'g> {
    /// The standard.
    pub standard: usize,
    /// What it does.
    pub phase: Phase,
    /// The filters of the triggers that name this event; none is no filter.
    pub filters: Vec<Option<&'g Condition>>,
}

/// Everything that the fold looks up, made once a run.
#[derive(Debug)]
pub struct Plan<'g> {
    /// The graph it was made of.
    pub graph: &'g Graph,
    /// Whose events are folded together.
    pub scope: Scope,
    /// Calendars over the span of the run, by their index in the graph.
    calendars: Vec<Calendar>,
    /// The behaviours that name each kind of event, by kind.
    behaviours: Vec<Vec<usize>>,
    /// The behaviours that say something of every case as a whole.
    behaviours_of_the_case: Vec<usize>,
    /// What each kind of event does, by kind; standards in order, phases in order.
    effects: Vec<Vec<Effect<'g>>>,
    /// Whether facts are asked of what happened in a case, or how it stood.
    pub reads_history: bool,
    /// The escalations of each standard, by standard: indices in the graph.
    escalations: Vec<Vec<usize>>,
    /// Whether a target table reads the latest event of a kind, by kind.
    tables_read: Vec<bool>,
    /// What other rules wait for of each standard's clocks, by standard: the kind of the event and what
    /// must happen to the clock.
    turns: Vec<Vec<(usize, ClockEvent)>>,
    /// Of how many standards, one upon the other, each one waits to hear.
    depths: Vec<usize>,
    /// The exemptions that excuse a breach of each standard, and those that stop its clocks.
    excuses: Vec<Vec<usize>>,
    stops: Vec<Vec<usize>>,
    /// The instants at which windows of exemptions that stop clocks begin and end, in order.
    windows: Vec<Instant>,
    /// What levels take from events.
    pub sampling: LevelInputs<'g>,
    /// When levels ask how a case stands.
    pub levels_ask: Asked,
}

/// Whose events are folded together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Those of a case, for the rules that speak of one.
    Cases,
    /// Those of all cases of a party, for the rules `per party`.
    Parties,
}

impl Scope {
    /// Whether a rule is judged in it.
    pub fn takes(self, per_party: bool) -> bool {
        per_party == (self == Scope::Parties)
    }
}

impl<'g> Plan<'g> {
    /// A plan for events from `first` on, judged at `as_of`, with the rules of that scope.
    pub fn new(graph: &'g Graph, scope: Scope, first: Instant, as_of: Instant) -> Self {
        let in_scope = |per_party: bool| scope.takes(per_party);
        let kinds = graph.vocabulary.events.len() + graph.derived_events.len();
        let mut effects: Vec<Vec<Effect<'g>>> = vec![Vec::new(); kinds];
        let standards = graph.standards.iter().enumerate();
        let judged = |standard: &Standard| in_scope(standard.per_party) && standard.attributes.left_out.is_none();
        for (index, standard) in standards.filter(|(_, standard)| judged(standard)) {
            for (phase, trigger) in triggers(standard) {
                add(&mut effects, index, phase, trigger.event, trigger.filter.as_ref());
            }
        }
        let mut escalations = vec![Vec::new(); graph.standards.len()];
        let escalations_here = graph
            .escalations
            .iter()
            .enumerate()
            .filter(|(_, escalation)| graph.standards.get(escalation.standard).is_some_and(judged));
        for (index, escalation) in escalations_here {
            add(&mut effects, escalation.standard, Phase::Escalate, escalation.event, None);
            if let Some(of_standard) = escalations.get_mut(escalation.standard) {
                of_standard.push(index);
            }
        }
        for of_kind in &mut effects {
            of_kind.sort_by_key(|effect| (effect.standard, effect.phase));
        }
        let reach = Reach::of(graph);
        let last = as_of.saturating_add(reach.on_the_wall);
        let calendars = calendars(graph, (first, last), &reach);
        let of_standards = |stop: bool| {
            let of = |standard: usize| {
                let exemptions = graph.exemptions.iter().enumerate();
                let fit = exemptions
                    .filter(|(_, found)| found.stops_the_clock == stop && found.standards.contains(&standard));
                fit.map(|(index, _)| index).collect()
            };
            (0..graph.standards.len()).map(of).collect()
        };
        Self {
            graph,
            scope,
            calendars,
            effects,
            escalations,
            tables_read: tables_read(graph),
            behaviours: behaviours(graph, scope, kinds),
            behaviours_of_the_case: behaviours_of_the_case(graph, scope),
            turns: turns(graph),
            depths: graph.depths(),
            excuses: of_standards(false),
            stops: of_standards(true),
            windows: windows(&graph.exemptions),
            sampling: LevelInputs::new(graph),
            levels_ask: Asked::by(graph),
            reads_history: !graph.causes.is_empty() || !graph.facts.is_empty() || has_watched_moments(graph),
        }
    }

    /// What other rules wait for of a standard's clocks.
    pub fn turns(&self, standard: usize) -> &[(usize, ClockEvent)] {
        self.turns.get(standard).map(Vec::as_slice).unwrap_or_default()
    }

    /// Of how many standards, one upon the other, a standard waits to hear.
    pub fn depth(&self, standard: usize) -> usize {
        self.depths.get(standard).copied().unwrap_or_default()
    }

    /// The kind of event that tells of a turn of a standard's clocks, if any rule waits for it.
    pub fn kind_of(&self, standard: usize, turn: ClockEvent) -> Option<usize> {
        self.turns(standard).iter().find(|(_, known)| *known == turn).map(|(kind, _)| *kind)
    }

    /// The exemptions that excuse a breach of a standard, by their indices in the graph.
    pub fn excuses(&self, standard: usize) -> impl Iterator<Item = (usize, &'g Exemption)> {
        exemptions(self.graph, &self.excuses, standard)
    }

    /// The exemptions that stop the clocks of a standard, by their indices in the graph.
    pub fn stops(&self, standard: usize) -> impl Iterator<Item = (usize, &'g Exemption)> {
        exemptions(self.graph, &self.stops, standard)
    }

    /// The instants at which windows of exemptions begin and end.
    pub fn windows(&self) -> &[Instant] {
        &self.windows
    }

    /// What a kind of event does.
    pub fn effects(&self, kind: usize) -> &[Effect<'g>] {
        self.effects.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The behaviours that name a kind of event, by their indices in the graph.
    pub fn behaviours(&self, kind: usize) -> &[usize] {
        self.behaviours.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The behaviours that say something of every case as a whole, by their indices in the graph.
    pub fn behaviours_of_the_case(&self) -> &[usize] {
        &self.behaviours_of_the_case
    }

    /// Whether any behaviour looks at these events.
    pub fn has_behaviours(&self) -> bool {
        self.behaviours.iter().any(|of_kind| !of_kind.is_empty())
    }

    /// Whether these standards are in force on the day of an instant.
    pub fn in_force(&self, at: Instant) -> bool {
        self.graph.service.is_in_force_on(self.graph.vocabulary.zone.date_of(at))
    }

    /// What begins at an instant outside the dates in force: who judges it.
    pub fn outside(&self, at: Instant) -> Outside {
        let day = self.graph.vocabulary.zone.date_of(at);
        let elsewhere = self.graph.service.other_versions.iter().any(|days| days.contains(day));
        Outside { of_other_versions: u64::from(elsewhere), of_none: u64::from(!elsewhere) }
    }

    /// The escalations of a standard.
    pub fn escalations(&self, standard: usize) -> &[usize] {
        self.escalations.get(standard).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a target table reads the latest event of a kind.
    pub fn table_reads(&self, kind: usize) -> bool {
        self.tables_read.get(kind).copied().unwrap_or_default()
    }

    /// A calendar to count on; none is the wall clock.
    pub fn counting(&self, calendar: Option<usize>) -> Counting<'_> {
        match calendar.and_then(|calendar| self.calendars.get(calendar)) {
            Some(calendar) => Counting::Calendar(calendar),
            None => Counting::Wall,
        }
    }

    /// From when a clock that starts at `start` counts: late receipt counts as the next open day.
    pub fn counted_from(&self, calendar: Option<usize>, start: Instant) -> Instant {
        match self.counting(calendar) {
            Counting::Calendar(calendar) => calendar.received(start),
            Counting::Wall => start,
        }
    }

    /// The instant at which a limit that begins at `from` ends, on a calendar without pauses.
    pub fn limit_end(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<Instant> {
        match limit {
            Limit::Exact(amount) => self.counting(calendar).due(from, amount),
            Limit::WorkingDays(_) | Limit::CalendarDays(..) => self.day_end(limit, calendar, from),
        }
    }

    /// Where so much more from a due ends. What is promised for midnight is promised for the day before.
    pub fn another_end(&self, limit: Limit, calendar: Option<usize>, due: Instant) -> Option<Instant> {
        match limit {
            Limit::Exact(_) => self.limit_end(limit, calendar, due),
            Limit::WorkingDays(_) | Limit::CalendarDays(..) => self.day_end(limit, calendar, due.just_before()),
        }
    }

    /// When a clock without pauses that starts at `start` would be due.
    pub fn clock_end(&self, limit: Limit, calendar: Option<usize>, start: Instant) -> Option<Instant> {
        let from = self.counted_from(calendar, start);
        self.counting(calendar).due(from, self.budget(limit, calendar, from)?.most())
    }

    /// Until when a clock that stopped at `stopped` may be reopened.
    pub fn reopen_bound(&self, within: Limit, calendar: Option<usize>, stopped: Instant) -> Option<Instant> {
        match within {
            Limit::Exact(amount) => stopped.checked_add(amount),
            // Reopening is told in the service's days, whatever the clock counts.
            Limit::CalendarDays(..) => self.day_end(within, None, stopped),
            Limit::WorkingDays(_) => self.day_end(within, calendar, stopped),
        }
    }

    /// The calendar that a standard counts in this case, and whether that can be told: all rows still possible
    /// name it.
    pub fn calendar_for(&self, standard: usize, facts: Facts<'_>) -> (Option<usize>, bool) {
        let rows = self.graph.standards.get(standard).map(|standard| standard.counting.as_slice());
        let mut possible: Option<usize> = None;
        for row in rows.unwrap_or_default() {
            let truth = facts.holds(row.condition.as_ref());
            match possible {
                _ if truth == Truth::False => continue,
                Some(calendar) if calendar != row.calendar => return (possible, false),
                _ => possible = Some(row.calendar),
            }
            if truth == Truth::True {
                break;
            }
        }
        (possible, true)
    }

    /// The day to whose close a limit in days runs that begins at `from`.
    pub fn last_day(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<jiff::civil::Date> {
        let counted = calendar.and_then(|calendar| self.calendars.get(calendar));
        let day = self.zone(calendar).date_of(from);
        match limit {
            Limit::Exact(_) => None,
            Limit::WorkingDays(days) => counted?.working_day(day, days),
            Limit::CalendarDays(days, moved) => {
                let last = day.checked_add(jiff::Span::new().days(i64::from(days))).ok()?;
                let open = moved.and_then(|calendar| self.calendars.get(calendar)?.next_open_day(last));
                Some(open.unwrap_or(last))
            }
        }
    }

    /// The last instant of a limit in days that runs to the close of a day on a calendar.
    pub fn close_of(&self, limit: Limit, calendar: Option<usize>, day: jiff::civil::Date) -> Instant {
        let zone = self.zone(calendar);
        match (limit, calendar.and_then(|calendar| self.calendars.get(calendar))) {
            (Limit::WorkingDays(_), Some(counted)) => zone.last_until(counted.close_of(day)),
            _ => zone.last_of_day(day),
        }
    }

    /// The conditions that decide a start, or the calendar it counts.
    pub fn start_conditions(&self, standard: usize, about: EvidenceKind) -> Vec<&'g Condition> {
        let Some(standard) = self.graph.standards.get(standard) else { return Vec::new() };
        match about {
            EvidenceKind::Counted => standard.counting.iter().filter_map(|row| row.condition.as_ref()).collect(),
            _ => standard.starts.iter().filter_map(|start| start.filter.as_ref()).collect(),
        }
    }

    /// The counted time from `from` that a limit gives; none beyond what the calendar knows.
    pub fn budget(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<Budget> {
        match limit {
            Limit::Exact(amount) => Some(Budget::exactly(amount)),
            Limit::WorkingDays(_) | Limit::CalendarDays(..) => {
                Some(self.budget_until(self.day_end(limit, calendar, from)?, calendar, from))
            }
        }
    }

    /// The counted time from `from` up to a last instant that is in time.
    pub fn budget_until(&self, last: Instant, calendar: Option<usize>, from: Instant) -> Budget {
        let counting = self.counting(calendar);
        let up = self.zone(calendar).time_is_up(last);
        Budget { amount: counting.open_time(from, up), is_open: !counting.open_time(last, up).is_zero() }
    }

    /// The zone of a calendar, or the service's.
    pub fn zone(&self, calendar: Option<usize>) -> &Zone {
        let counted = calendar.and_then(|calendar| self.calendars.get(calendar));
        counted.map_or(&self.graph.vocabulary.zone, Calendar::zone)
    }

    /// The last instant of a limit in days.
    fn day_end(&self, limit: Limit, calendar: Option<usize>, from: Instant) -> Option<Instant> {
        Some(self.close_of(limit, calendar, self.last_day(limit, calendar, from)?))
    }
}

/// Calendars over the span of a run. Where a clock goes over from one to another, each must reach as far as all.
fn calendars(graph: &Graph, (first, last): (Instant, Instant), reach: &Reach) -> Vec<Calendar> {
    let reaching = |last: Instant| -> Vec<Calendar> {
        let calendars = graph.calendars.iter();
        calendars.map(|calendar| calendar.hours.reaching(first, last, reach.counted, reach.working_days)).collect()
    };
    let calendars = reaching(last);
    if !graph.standards.iter().any(Standard::has_changing_hours) {
        return calendars;
    }
    reaching(calendars.iter().map(|calendar| calendar.covers().1).max().unwrap_or(last))
}

/// How far beyond the last instant calendars must reach, so that every due can be told.
struct Reach {
    on_the_wall: Duration,
    counted: Duration,
    working_days: u32,
}

impl Reach {
    fn of(graph: &Graph) -> Self {
        let mut reach = Self { on_the_wall: Duration::ZERO, counted: Duration::from_hours(24), working_days: 2 };
        let parts = graph.derived_events.iter().filter_map(|waited| match waited.what {
            ClockEvent::Part(part) => Some(part),
            ClockEvent::Breach | ClockEvent::Met => None,
        });
        let levels = graph.escalations.iter().flat_map(|escalation| &escalation.levels).map(|level| level.at);
        let most = levels.chain(parts).max();
        let most = most.unwrap_or(Percent(10_000)).max(Percent(10_000));
        for standard in &graph.standards {
            for row in standard.targets.iter().chain(&standard.beyond) {
                if let Promise::Within(limit) = row.promise {
                    reach.take(limit, most);
                }
            }
            for extension in &standard.extensions {
                reach.add(extension.by, most);
            }
            for reopen in &standard.reopens {
                if let Some(within) = reopen.within {
                    reach.take(within, Percent(10_000));
                }
            }
        }
        for level in graph.escalations.iter().flat_map(|escalation| &escalation.levels) {
            reach.take(level.within, Percent(10_000));
        }
        let limits = graph.behaviours.iter().filter_map(|behaviour| behaviour.sentence.limit());
        for limit in limits.chain(graph.case_end.iter().map(|end| end.after)) {
            reach.take(limit, Percent(10_000));
        }
        // A duty may follow a threshold: both ahead.
        reach.counted = reach.counted.saturating_mul(2);
        reach.working_days = reach.working_days.saturating_mul(2);
        reach
    }

    /// What comes on top of a target.
    fn add(&mut self, limit: Limit, most: Percent) {
        let mut more = Self { on_the_wall: Duration::ZERO, counted: Duration::ZERO, working_days: 0 };
        more.take(limit, most);
        self.on_the_wall = self.on_the_wall.saturating_add(more.on_the_wall);
        self.counted = self.counted.saturating_add(more.counted);
        self.working_days = self.working_days.saturating_add(more.working_days);
    }

    fn take(&mut self, limit: Limit, most: Percent) {
        match limit {
            Limit::Exact(amount) => self.counted = self.counted.max(most.of(amount)),
            Limit::WorkingDays(days) => {
                let times = most.0.div_ceil(10_000);
                self.working_days = self.working_days.max(days.saturating_mul(times).saturating_add(2));
            }
            Limit::CalendarDays(..) => self.on_the_wall = self.on_the_wall.max(most.of(days_of(limit))),
        }
    }
}

/// A limit in days as time on the wall, generously.
fn days_of(limit: Limit) -> Duration {
    match limit {
        Limit::Exact(amount) => amount,
        Limit::WorkingDays(days) | Limit::CalendarDays(days, _) => Duration::from_hours(25 * (i64::from(days) + 2)),
    }
}

/// Every trigger of a standard with what it does.
pub(super) fn triggers(standard: &Standard) -> impl Iterator<Item = (Phase, &Trigger)> {
    fn all(phase: Phase, triggers: &[Trigger]) -> impl Iterator<Item = (Phase, &Trigger)> {
        triggers.iter().map(move |trigger| (phase, trigger))
    }
    let pauses =
        standard.pauses.iter().enumerate().flat_map(|(line, pause)| {
            all(Phase::Pause(line), &pause.on).chain(all(Phase::Resume(line), &pause.resume))
        });
    let extensions =
        standard.extensions.iter().enumerate().flat_map(|(line, extension)| all(Phase::Extend(line), &extension.on));
    let reopens = standard.reopens.iter().enumerate().flat_map(|(line, reopen)| all(Phase::Reopen(line), &reopen.on));
    all(Phase::Stop, &standard.stops)
        .chain(all(Phase::Cancel, &standard.cancels))
        .chain(all(Phase::Restart, &standard.restarts))
        .chain(pauses)
        .chain(extensions)
        .chain(reopens)
        .chain(all(Phase::Start, &standard.starts))
}

fn add<'g>(
    effects: &mut [Vec<Effect<'g>>],
    standard: usize,
    phase: Phase,
    event: usize,
    filter: Option<&'g Condition>,
) {
    let Some(of_kind) = effects.get_mut(event) else { return };
    match of_kind.iter_mut().find(|effect| effect.standard == standard && effect.phase == phase) {
        Some(effect) => effect.filters.push(filter),
        None => of_kind.push(Effect { standard, phase, filters: vec![filter] }),
    }
}

fn exemptions<'g>(
    graph: &'g Graph,
    of_standards: &[Vec<usize>],
    standard: usize,
) -> impl Iterator<Item = (usize, &'g Exemption)> {
    let indices = of_standards.get(standard).cloned().unwrap_or_default();
    indices.into_iter().filter_map(|index| Some((index, graph.exemptions.get(index)?)))
}

/// Whether any moment says when it is out of control.
fn has_watched_moments(graph: &Graph) -> bool {
    graph.moments.iter().any(|moment| moment.out_of_control.is_some())
}

/// What rules wait for of each standard's clocks.
fn turns(graph: &Graph) -> Vec<Vec<(usize, ClockEvent)>> {
    let mut turns = vec![Vec::new(); graph.standards.len()];
    for (index, waited) in graph.derived_events.iter().enumerate() {
        if let Some(of_standard) = turns.get_mut(waited.standard) {
            of_standard.push((graph.vocabulary.events.len() + index, waited.what));
        }
    }
    // Parts of one target that come at one instant come in their order.
    turns.iter_mut().for_each(|of_standard| of_standard.sort_by_key(|(_, turn)| *turn));
    turns
}

/// The behaviours that name each kind of event.
fn behaviours(graph: &Graph, scope: Scope, kinds: usize) -> Vec<Vec<usize>> {
    let mut behaviours = vec![Vec::new(); kinds];
    for (index, behaviour) in judged_behaviours(graph, scope) {
        for trigger in behaviour.sentence.triggers() {
            if let Some(of_kind) = behaviours.get_mut(trigger.event).filter(|of_kind| of_kind.last() != Some(&index)) {
                of_kind.push(index);
            }
        }
    }
    behaviours
}

fn judged_behaviours(graph: &Graph, scope: Scope) -> impl Iterator<Item = (usize, &Behaviour)> {
    let behaviours = graph.behaviours.iter().enumerate();
    behaviours.filter(move |(_, behaviour)| scope.takes(behaviour.per_party) && behaviour.attributes.left_out.is_none())
}

/// Those of which something can be said though nothing that they name ever happens, or only at the end.
fn behaviours_of_the_case(graph: &Graph, scope: Scope) -> Vec<usize> {
    let of_the_case =
        |sentence: &Conduct| matches!(sentence, Conduct::Never(_) | Conduct::NeverAfter { .. } | Conduct::Times { .. });
    judged_behaviours(graph, scope)
        .filter(|(_, behaviour)| of_the_case(&behaviour.sentence))
        .map(|(index, _)| index)
        .collect()
}

/// The beginnings and ends of windows that stop clocks, in order, each once.
fn windows(exemptions: &[Exemption]) -> Vec<Instant> {
    let windows =
        exemptions.iter().filter(|exemption| exemption.stops_the_clock).filter_map(|exemption| exemption.window);
    let mut instants: Vec<Instant> = windows.flat_map(|(from, to)| [from, to]).collect();
    instants.sort_unstable();
    instants.dedup();
    instants
}

/// For each kind of event, whether a table that follows the case reads its latest occurrence.
fn tables_read(graph: &Graph) -> Vec<bool> {
    let mut read = vec![false; graph.vocabulary.events.len()];
    let rows = || graph.standards.iter().flat_map(|standard| standard.targets.iter().chain(&standard.beyond));
    let conditions = rows().filter_map(|row| row.condition.as_ref());
    let hours = graph.standards.iter().filter(|standard| standard.has_changing_hours());
    let hours = hours.flat_map(|standard| &standard.counting).filter_map(|row| row.condition.as_ref());
    let promised = rows().filter_map(|row| match &row.promise {
        Promise::DueAt(operand) => Some(operand),
        _ => None,
    });
    for operand in conditions.chain(hours).flat_map(|condition| condition.operands(graph)).chain(promised) {
        if let Operand::Latest(kind, _) = operand
            && let Some(flag) = read.get_mut(*kind)
        {
            *flag = true;
        }
    }
    read
}
