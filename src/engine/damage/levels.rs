//! What a row that cannot be read may be to a level: one more of what it counts, on some day, in some group.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Damage;
use super::begun::{Around, Begun, begun_by};
use super::hearing::{is_malformed, said_of_case};
use super::in_case::CaseDamage;
use super::lost::{Changes, Lost, constant_fields};
use super::reads::AllReads;

use crate::calendar::Instant;
use crate::engine::finding::Finding;
use crate::engine::levels::{Astray, Days, Extent, Group, Open, Part, Places, Possible, Strays, Sums, number_of};
use crate::engine::plan::Scope;
use crate::engine::routing::RoutedEvents;
use crate::engine::words::case_field;
use crate::graph::{Anchor, Graph, Level, Measure, Operand, PromiseId, Trigger, Window};
use crate::log::{Event, RowCase, UnreadableRow};
use crate::vocabulary::Reading;

impl<'l> Damage<'l> {
    /// Tells the levels what the rows of cases that are not known, or not seen, may be.
    pub fn tell_levels(&self, graph: &Graph, sums: &mut Sums, as_of: Instant) {
        let nowhere = RoutedEvents { cases: Vec::new(), events: Vec::new() };
        let lost = |row: &&'l UnreadableRow| Lost { row, count: 1, changes: Changes::All };
        for row in self.of_unknown_cases.iter().map(lost) {
            let around = Around { stream: &nowhere, findings: &[], rows: &[] };
            tell_row(graph, &self.reads, around, &row, (sums, as_of));
        }
        let mut by_case: BTreeMap<u32, Vec<Lost<'_>>> = BTreeMap::new();
        for row in &self.of_unseen_cases {
            if let RowCase::WithoutEvents(case) = row.case {
                by_case.entry(case).or_default().push(lost(row));
            }
        }
        for rows in by_case.values() {
            let around = Around { stream: &nowhere, findings: &[], rows };
            rows.iter().for_each(|row| tell_row(graph, &self.reads, around, row, (sums, as_of)));
        }
    }
}

impl CaseDamage<'_> {
    /// Tells the levels what there may be of a case or party beside what is known.
    pub fn tell_levels(&self, findings: &[Finding], as_of: Instant, sums: &mut Sums) {
        let (plan, stream) = (self.plan, self.stream);
        if plan.scope == Scope::Parties || plan.graph.levels.is_empty() {
            return;
        }
        for row in &self.rows {
            if matches!(row.row.case, RowCase::Known(case) if stream.cases.contains(&(case as usize))) {
                tell_row(plan.graph, self.reads, self.around(findings), row, (sums, as_of));
                self.tell_uncounted(self.around(findings), row, sums);
            }
        }
    }

    /// What a level did not count of a case, because of something that the row may have changed.
    fn tell_uncounted(&self, around: Around<'_>, row: &Lost<'_>, sums: &mut Sums) {
        let (graph, stream) = (self.plan.graph, self.stream);
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
            let group = group_by(graph, level, around, row);
            for (part, triggers) in counted {
                let is_filtered = |event: &&&Event| {
                    let mut named = triggers.iter().filter(|trigger| trigger.event == usize::from(event.kind));
                    named.any(|trigger| trigger.filter.is_some())
                };
                for event in stream.events.iter().filter(|event| event.time >= row.from()).filter(is_filtered) {
                    let day = zone.date_of(event.time);
                    let possible = Possible { part, days: Days { first: day, last: day }, group: group.clone() };
                    sums.take_perhaps(index, possible, &Open::once(row.row.place));
                }
            }
        }
    }

    /// What is known of a case or party and may belong to other groups or windows of levels.
    pub fn strays(&self) -> Strays {
        let (graph, stream, rows) = (self.plan.graph, self.stream, &self.rows);
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
                // The group of what began before such a row stands.
                let moving = rows.iter().filter(|row| moves(row)).map(Lost::from).min();
                let from = moving.filter(|_| !is_of_cases(level)).unwrap_or(Instant::MIN);
                let astray = if is_anchored { Astray::AnyDay } else { Astray::ThatDay(from) };
                strays.add(index, astray, &lines(rows, moves));
            }
        }
        strays
    }
}

fn tell_row(graph: &Graph, reads: &AllReads, around: Around<'_>, row: &Lost<'_>, (sums, as_of): (&mut Sums, Instant)) {
    for (index, level) in graph.levels.iter().enumerate() {
        let group = group_by(graph, level, around, row);
        for (part, begun) in parts(graph, level, (reads, around), row) {
            let mut tell = |days: Days, count: u64| {
                if count > 0 {
                    let open = Open { count, values: value_of(level, row), unread: Places::of(row.row.place) };
                    sums.take_perhaps(index, Possible { part, days, group: group.clone() }, &open);
                }
            };
            let (from, to) = row.row.between;
            tell(days(graph, level, (from, to), as_of), begun.own);
            begun.at.iter().for_each(|at| tell(days(graph, level, (*at, *at), as_of), 1));
            tell(days(graph, level, (from, as_of), as_of), begun.later);
        }
    }
}

fn parts(graph: &Graph, level: &Level, (reads, around): (&AllReads, Around<'_>), row: &Lost<'_>) -> Vec<(Part, Begun)> {
    let once = |is: bool| Begun { own: u64::from(is), ..Begun::default() };
    let is = |triggers: &[Trigger]| once(triggers.iter().any(|trigger| row.may_be(trigger.event)));
    let subject = match &level.measure {
        Measure::Count(subject) | Measure::Rate(subject, _) => vec![is(subject)],
        Measure::Field(_, (event, slot)) => {
            vec![once(row.may_be(*event) && !is_without_value(graph, (*event, *slot), row))]
        }
        Measure::CasesWith(_) | Measure::CasesKeeping(_) => vec![once(around.stream.cases.is_empty())],
        Measure::Share(_) | Measure::Elapsed(..) => {
            let begun = begun_by(graph, reads, around, row).into_iter();
            begun.filter(|(promise, _)| level.findings_of() == Some(*promise)).map(|(_, begun)| begun).collect()
        }
    };
    let counterpart = match &level.measure {
        Measure::Rate(_, counterpart) => vec![is(counterpart)],
        _ => Vec::new(),
    };
    let subject = subject.into_iter().map(|begun| (Part::Subject, begun));
    subject.chain(counterpart.into_iter().map(|begun| (Part::Counterpart, begun))).collect()
}

/// The group of what a row is, or begins, where all that is said of the case is alike; none if it may be any.
fn group_by(graph: &Graph, level: &Level, around: Around<'_>, row: &Lost<'_>) -> Option<Group> {
    if row.row.case == RowCase::Unknown {
        return None;
    }
    if level.groups.is_empty() {
        return Some(Group::new());
    }
    let constant = constant_fields(around.stream);
    let of_field = |field: &Operand| match field {
        Operand::Case(field) => {
            let said = said_by_all(around, row, (*field, &constant))?;
            Some(Some(Arc::from(case_field(graph, *field, said))))
        }
        _ => None,
    };
    level.groups.iter().map(|group| of_field(&group.field)).collect()
}

/// What every row of a case says of a field; none if some may say otherwise, or it stood otherwise when the row came.
fn said_by_all<'r>(
    around: Around<'_>,
    row: &'r Lost<'_>,
    (field, constant): (usize, &HashMap<u16, &'r Reading>),
) -> Option<&'r Reading> {
    let own = said_of_case(row.row.case_fields.as_ref()?, field);
    let known = constant.iter().find(|(known, _)| usize::from(**known) == field).map(|(_, said)| *said);
    let is_new = around.stream.events.is_empty();
    let is_behind = !is_new && around.stream.begun() < row.from();
    let said = own.or(known.filter(|_| is_behind)).filter(|said| said.known().is_some())?;
    let says_the_same = |other: &Lost<'_>| {
        let fields = other.row.case_fields.as_ref().filter(|_| other.count == 1);
        fields.is_some_and(|fields| said_of_case(fields, field).is_none_or(|other| other == said))
    };
    let is_alike = |other: &Lost<'_>| match &other.changes {
        Changes::These(fields) if !fields.contains(&field) => true,
        _ => says_the_same(other),
    };
    let stands = is_new || known == Some(said);
    (stands && around.rows.iter().all(is_alike)).then_some(said)
}

/// The value that a level of a field would take of a row.
fn value_of(level: &Level, row: &Lost<'_>) -> Extent {
    match level.measure {
        Measure::Field(_, (_, slot)) => {
            Extent::of(row.row.event_fields.get(slot).and_then(|said| number_of(said, level.bound)))
        }
        _ => Extent::Anywhere,
    }
}

/// Whether a row says nothing of a field that may be missing.
fn is_without_value(graph: &Graph, (event, slot): (usize, usize), row: &Lost<'_>) -> bool {
    let field = graph.vocabulary.events.get(event).and_then(|event| event.fields.get(slot));
    field.is_some_and(|field| field.optional) && matches!(row.row.event_fields.get(slot), Some(Reading::Missing))
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

/// The days on one of which it would count.
fn days(graph: &Graph, level: &Level, between: (Instant, Instant), as_of: Instant) -> Days {
    let zone = &graph.vocabulary.zone;
    let (from, to) = match level.window {
        // When it would be due, or come to its end, nobody knows.
        Window::Per(_, Anchor::Due | Anchor::Stop) => (Instant::MIN, Instant::MAX),
        _ => between,
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
        Operand::Fact(_) | Operand::Here => false,
    };
    let groups = graph
        .levels
        .iter()
        .enumerate()
        .flat_map(|(index, level)| level.groups.iter().map(move |group| (index, &group.field)));
    for (level, field) in groups {
        for event in events.iter().filter(|event| is_broken(event, field)) {
            strays.add(level, Astray::ThatDay(event.time), &Places::of(event.place));
        }
    }
    strays
}
