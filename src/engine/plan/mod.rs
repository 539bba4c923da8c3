//! The graph as flat tables: what each kind of event does, and calendars over the log's span.
// A new clause of the language is to be named by the compiler wherever it must be handled.
#![warn(clippy::wildcard_enum_match_arm)]

mod effects;
mod reach;
mod tables;

pub use effects::{Effect, Phase, Scope, triggers};

use effects::{add, exemptions};
use reach::{Reach, calendars};
use tables::{behaviours, behaviours_of_the_case, has_watched_moments, tables_read, turns, windows};

use crate::calendar::{Calendar, Counting, Instant, Zone};
use crate::engine::finding::EvidenceKind;
use crate::engine::levels::{Asked, LevelInputs};
use crate::engine::run_totals::Outside;
use crate::engine::stopwatch::Budget;
use crate::engine::truth::{Facts, Truth};
use crate::graph::{ClockEvent, Condition, Exemption, Graph, Limit, Standard};

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
        if about == EvidenceKind::Counted {
            return standard.counting.iter().filter_map(|row| row.condition.as_ref()).collect();
        }
        standard.starts.iter().filter_map(|start| start.filter.as_ref()).collect()
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
        let up = last.time_is_up();
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
