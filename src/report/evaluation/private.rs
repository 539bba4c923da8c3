//! What a private field says is not told by what is worked out of it: where a promise is due at a private field, the
//! due is masked, and so is how late it was.

use super::labels::Labels;

use crate::calendar::Instant;
use crate::engine::{ClockDetail, Rule};
use crate::graph::{Operand, Promise, TargetRow};
use crate::report::When;
use crate::report::words::MASK;

impl When {
    /// An instant that no output may show.
    pub(super) fn masked() -> Self {
        Self { at: Instant::from_nanos(0), exact: MASK.to_owned(), local: MASK.to_owned() }
    }
}

impl Labels<'_> {
    /// Whether the due of a clock is what a private field says.
    pub(super) fn due_is_private(&self, rule: Rule, account: &ClockDetail) -> bool {
        let row = account.target.row.and_then(|row| self.standard(rule)?.targets.get(row));
        row.is_some_and(|row| self.promises_private(row))
    }

    /// Whether some due of a rule is what a private field says.
    pub(super) fn some_due_is_private(&self, rule: Rule) -> bool {
        self.standard(rule).is_some_and(|standard| standard.targets.iter().any(|row| self.promises_private(row)))
    }

    /// An instant that a rule's due tells.
    pub(super) fn when_due(&self, at: Instant, private: bool) -> When {
        if private { When::masked() } else { self.when(at) }
    }

    pub(super) fn promises_private(&self, row: &TargetRow) -> bool {
        let Promise::DueAt(operand) = &row.promise else { return false };
        let vocabulary = &self.graph.vocabulary;
        let of_event = |kind: &usize, slot: &usize| {
            vocabulary.events.get(*kind).and_then(|event| event.fields.get(*slot)).is_some_and(|field| field.private)
        };
        match operand {
            Operand::Case(field) => vocabulary.case_fields.get(*field).is_some_and(|field| field.private),
            Operand::Own(slots) => slots.iter().any(|(kind, slot)| of_event(kind, slot)),
            Operand::Latest(kind, slot) => of_event(kind, slot),
            Operand::Fact(_) | Operand::Here => false,
        }
    }
}
