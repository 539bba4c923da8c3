//! What a row that cannot be read may be to a level: one more of what it counts, on some day, in some group.

use crate::calendar::Instant;
use crate::engine::levels::{Days, Part, Possible, Sums};
use crate::graph::{Anchor, Graph, Level, Measure, Trigger, Window};
use crate::log::{RowCase, UnreadableRow};

use super::{Changes, Damage, Lost};

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
