//! What a row that cannot be read may be to a level: one more of what it counts, on some day, in some group.

use crate::calendar::Instant;
use crate::engine::levels::{Days, Part, Possible, Sums};
use crate::graph::{Anchor, Graph, Level, Measure, Operand, Trigger, Window};
use crate::log::{Event, Log, RowCase, UnreadableRow};

use super::{Changes, Damage, Lost, is_malformed, said_of_case};
use crate::engine::plan::{Plan, Scope};
use crate::engine::streams::Stream;

impl Damage<'_> {
    /// Tells the levels what there may be beside what is known.
    pub fn tell_levels(&self, graph: &Graph, sums: &mut Sums, as_of: Instant) {
        let own = self.by_case.values().flatten();
        for row in own.chain(&self.of_unknown_cases).chain(&self.of_unseen_cases) {
            for (index, level) in graph.levels.iter().enumerate() {
                for part in self.parts(graph, level, row) {
                    sums.take_perhaps(index, Possible { part, days: days(graph, level, row, as_of), group: None }, 1);
                }
            }
        }
    }

    /// The levels of which a row of these cases may put what is known into other windows or groups.
    pub fn unsure_levels(&self, plan: &Plan<'_>, stream: &Stream<'_>) -> Vec<usize> {
        let rows = self.rows_of(stream, plan.scope == Scope::Parties);
        let levels = self.reads.levels.iter().enumerate();
        levels.filter(|(_, reads)| rows.iter().any(|row| row.touches(reads))).map(|(index, _)| index).collect()
    }

    fn parts(&self, graph: &Graph, level: &Level, row: &UnreadableRow) -> Vec<Part> {
        let lost = Lost { row, count: 1, changes: Changes::All };
        let is = |triggers: &[Trigger]| triggers.iter().any(|trigger| lost.may_be(trigger.event));
        let subject = match &level.measure {
            Measure::Count(subject) | Measure::Rate(subject, _) => is(subject),
            Measure::Field(_, (event, _)) => lost.may_be(*event),
            Measure::CasesWith(_) | Measure::CasesKeeping(_) => !matches!(row.case, RowCase::Known(_)),
            Measure::Share(_) | Measure::Elapsed(..) => {
                level.findings_of().is_some_and(|promise| self.begun_by(graph, &lost).contains(&promise))
            }
        };
        let counterpart = matches!(&level.measure, Measure::Rate(_, counterpart) if is(counterpart));
        let parts = [subject.then_some(Part::Subject), counterpart.then_some(Part::Counterpart)];
        parts.into_iter().flatten().collect()
    }
}

/// The days on one of which it would count.
fn days(graph: &Graph, level: &Level, row: &UnreadableRow, as_of: Instant) -> Days {
    let zone = &graph.vocabulary.zone;
    let (from, to) = match level.window {
        // When it would be due, or come to its end, nobody knows.
        Window::Per(_, Anchor::Due | Anchor::Stop) => (Instant::MIN, Instant::MAX),
        _ => row.between,
    };
    Days { first: zone.date_of(from), last: zone.date_of(to.min(as_of.max(from))) }
}

/// The levels with a group that a cell says in a way that cannot be read.
pub fn with_unreadable_groups(graph: &Graph, log: &Log) -> Vec<usize> {
    let is_broken = |event: &Event, operand: &Operand| match operand {
        Operand::Case(field) => is_malformed(said_of_case(&event.case_fields, *field)),
        Operand::Latest(kind, slot) => usize::from(event.kind) == *kind && is_malformed(event.fields.get(*slot)),
        Operand::Own(slots) => {
            let slot = slots.iter().find(|(kind, _)| usize::from(event.kind) == *kind);
            slot.is_some_and(|(_, slot)| is_malformed(event.fields.get(*slot)))
        }
        Operand::Fact(_) => false,
    };
    let levels = graph.levels.iter().enumerate().filter(|(_, level)| !level.groups.is_empty());
    let broken = levels.filter(|(_, level)| {
        log.events.iter().any(|event| level.groups.iter().any(|group| is_broken(event, &group.field)))
    });
    broken.map(|(index, _)| index).collect()
}
