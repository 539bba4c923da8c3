//! What a row that cannot be read may be to a level: one more of what it counts, on some day, in some group.

use super::Damage;
use super::hearing::{is_malformed, said_of_case};
use super::lost::{Changes, Lost};

use crate::calendar::Instant;
use crate::engine::finding::Finding;
use crate::engine::levels::{Astray, Days, Open, Part, Places, Possible, Strays, Sums};
use crate::engine::plan::{Plan, Scope};
use crate::engine::routing::RoutedEvents;
use crate::graph::{Anchor, Graph, Level, Measure, Operand, PromiseId, Trigger, Window};
use crate::log::{Event, RowCase, UnreadableRow};

impl Damage<'_> {
    /// Tells the levels what the rows of cases that are not known, or not seen, may be.
    pub fn tell_levels(&self, graph: &Graph, sums: &mut Sums, as_of: Instant) {
        let nowhere = RoutedEvents { cases: Vec::new(), events: Vec::new() };
        for row in self.of_unknown_cases.iter().chain(&self.of_unseen_cases) {
            self.tell_row(graph, (&nowhere, &[]), &Lost { row, count: 1, changes: Changes::All }, (sums, as_of));
        }
    }

    /// Tells the levels what there may be of a case or party beside what is known.
    pub fn tell_levels_of(
        &self,
        plan: &Plan<'_>,
        (stream, findings): (&RoutedEvents<'_>, &[Finding]),
        as_of: Instant,
        sums: &mut Sums,
    ) {
        if plan.scope == Scope::Parties || plan.graph.levels.is_empty() {
            return;
        }
        for row in &self.rows_of(stream, false) {
            if matches!(row.row.case, RowCase::Known(case) if stream.cases.contains(&(case as usize))) {
                self.tell_row(plan.graph, (stream, findings), row, (sums, as_of));
                self.tell_uncounted(plan.graph, stream, row, sums);
            }
        }
    }

    /// What a level did not count of a case, because of something that the row may have changed.
    fn tell_uncounted(&self, graph: &Graph, stream: &RoutedEvents<'_>, row: &Lost<'_>, sums: &mut Sums) {
        let zone = &graph.vocabulary.zone;
        for (index, (level, reads)) in graph.levels.iter().zip(&self.reads.levels).enumerate() {
            let counted = match &level.measure {
                _ if !row.touches(reads) => continue,
                Measure::Count(subject) => vec![(Part::Subject, subject)],
                Measure::Rate(subject, counterpart) => {
                    vec![(Part::Subject, subject), (Part::Counterpart, counterpart)]
                }
                _ => continue,
            };
            for (part, triggers) in counted {
                let is_filtered = |event: &&&Event| {
                    let mut named = triggers.iter().filter(|trigger| trigger.event == usize::from(event.kind));
                    named.any(|trigger| trigger.filter.is_some())
                };
                for event in stream.events.iter().filter(|event| event.time >= row.from()).filter(is_filtered) {
                    let day = zone.date_of(event.time);
                    let possible = Possible { part, days: Days { first: day, last: day }, group: None };
                    sums.take_perhaps(index, possible, &Open::once(row.row.place));
                }
            }
        }
    }

    fn tell_row(
        &self,
        graph: &Graph,
        known: (&RoutedEvents<'_>, &[Finding]),
        row: &Lost<'_>,
        (sums, as_of): (&mut Sums, Instant),
    ) {
        for (index, level) in graph.levels.iter().enumerate() {
            for (part, most) in self.parts(graph, level, known, row) {
                let days = days(graph, level, row.row, most > 1, as_of);
                let open = Open { count: most, unread: Places::of(row.row.place) };
                sums.take_perhaps(index, Possible { part, days, group: None }, &open);
            }
        }
    }

    /// What is known of a case or party and may belong to other groups or windows of levels.
    pub fn strays(&self, plan: &Plan<'_>, stream: &RoutedEvents<'_>, rows: &[Lost<'_>]) -> Strays {
        let graph = plan.graph;
        let zone = &graph.vocabulary.zone;
        let mut strays = Strays::default();
        let Some(earliest) = rows.iter().map(Lost::from).min() else { return strays };
        let ends = |row: &Lost<'_>| graph.case_end.is_some() && row.touches(&self.reads.case_end);
        for (index, (level, reads)) in graph.levels.iter().zip(&self.reads.levels).enumerate() {
            // A case belongs to the window that it began in, and counts as it stood at its end.
            if is_of_cases(level) && earliest <= stream.begun() {
                let before = lines(rows, |row| row.from() <= stream.begun());
                strays.add(index, Astray::Since(zone.date_of(earliest)), &before);
            }
            let moves = |row: &Lost<'_>| row.touches(reads) || is_of_cases(level) && ends(row);
            if rows.iter().any(moves) {
                let is_anchored = matches!(level.window, Window::Per(_, Anchor::Due | Anchor::Stop));
                strays.add(index, if is_anchored { Astray::AnyDay } else { Astray::ThatDay }, &lines(rows, moves));
            }
        }
        strays
    }

    fn parts(
        &self,
        graph: &Graph,
        level: &Level,
        known: (&RoutedEvents<'_>, &[Finding]),
        row: &Lost<'_>,
    ) -> Vec<(Part, u64)> {
        let is = |triggers: &[Trigger]| u64::from(triggers.iter().any(|trigger| row.may_be(trigger.event)));
        let subject = match &level.measure {
            Measure::Count(subject) | Measure::Rate(subject, _) => is(subject),
            Measure::Field(_, (event, _)) => u64::from(row.may_be(*event)),
            Measure::CasesWith(_) | Measure::CasesKeeping(_) => u64::from(known.0.cases.is_empty()),
            Measure::Share(_) | Measure::Elapsed(..) => {
                let begun = self.begun_by(graph, known, row).into_iter();
                begun.filter(|(promise, _)| level.findings_of() == Some(*promise)).map(|(_, most)| most).sum()
            }
        };
        let counterpart = if let Measure::Rate(_, counterpart) = &level.measure { is(counterpart) } else { 0 };
        let parts = [(Part::Subject, subject), (Part::Counterpart, counterpart)];
        parts.into_iter().filter(|(_, most)| *most > 0).collect()
    }
}

/// The lines of some rows.
fn lines(rows: &[Lost<'_>], which: impl Fn(&Lost<'_>) -> bool) -> Places {
    let mut lines = Places::default();
    rows.iter().filter(|row| which(row)).for_each(|row| lines.add(&Places::of(row.row.place)));
    lines
}

/// Whether a level counts cases, by the day on which each began.
fn is_of_cases(level: &Level) -> bool {
    matches!(level.measure, Measure::CasesWith(_) | Measure::CasesKeeping(_) | Measure::Share(PromiseId::Scorecard(_)))
}

/// The days on one of which it would count; where it may begin what other events say, from it on.
fn days(graph: &Graph, level: &Level, row: &UnreadableRow, of_others: bool, as_of: Instant) -> Days {
    let zone = &graph.vocabulary.zone;
    let (from, to) = match level.window {
        // When it would be due, or come to its end, nobody knows.
        Window::Per(_, Anchor::Due | Anchor::Stop) => (Instant::MIN, Instant::MAX),
        _ if of_others => (row.between.0, as_of),
        _ => row.between,
    };
    Days { first: zone.date_of(from), last: zone.date_of(to.min(as_of.max(from))) }
}

/// What may belong to other groups, for a cell of these events that says the group in a way that cannot be read.
pub fn unreadable_groups(graph: &Graph, events: &[&Event]) -> Strays {
    let mut strays = Strays::default();
    let is_broken = |event: &Event, operand: &Operand| match operand {
        Operand::Case(field) => is_malformed(said_of_case(&event.case_fields, *field)),
        Operand::Latest(kind, slot) => usize::from(event.kind) == *kind && is_malformed(event.fields.get(*slot)),
        Operand::Own(slots) => {
            let slot = slots.iter().find(|(kind, _)| usize::from(event.kind) == *kind);
            slot.is_some_and(|(_, slot)| is_malformed(event.fields.get(*slot)))
        }
        Operand::Fact(_) => false,
    };
    let groups = graph
        .levels
        .iter()
        .enumerate()
        .flat_map(|(index, level)| level.groups.iter().map(move |group| (index, &group.field)));
    for (level, field) in groups {
        for event in events.iter().filter(|event| is_broken(event, field)) {
            strays.add(level, Astray::ThatDay, &Places::of(event.place));
        }
    }
    strays
}
