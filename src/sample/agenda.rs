//! What is still to come in a case, and what waits in it.

use std::rc::Rc;

use super::people::Person;

use crate::calendar::Instant;
use crate::graph::Condition;
use crate::vocabulary::{Reading, Value};

/// Something that will happen at an instant.
pub(super) enum AgendaItem {
    /// The next opening, if one is left.
    Open,
    /// An opening that was told before.
    Again(usize),
    /// A start after its delay.
    Start { standard: usize, kind: usize, fields: Rc<[Reading]> },
    /// A pause ends.
    Resume { clock: usize, line: usize },
    /// Somebody tells a role.
    Tell { clock: usize, escalation: usize, to: usize },
    /// The customer comes back.
    Reopen { clock: usize, line: usize },
    /// An event that no rule mentions.
    Aside(usize),
    /// Somebody thinks of an action, perhaps because of a standard that was not kept.
    Decide { action: usize, person: Person, because_of: Option<usize> },
    /// Somebody acts.
    Act { action: usize, amount: Option<Value>, person: Person },
    /// An approval is answered.
    Answer { approval: usize },
    /// A behaviour asks for something, or is broken.
    Behave { behaviour: usize, since: Instant, times: u32 },
    /// The case is closed, unless it goes on.
    Close { tries: u32 },
}

/// An event that should happen.
#[derive(Default)]
pub(super) struct IntendedEvent<'w> {
    pub kind: usize,
    /// What must hold of it.
    pub filter: Option<&'w Condition>,
    /// Fields that are settled.
    pub settled: Vec<(usize, Value)>,
    pub person: Option<Person>,
    /// Whether it may share its time with the event before it.
    pub may_tie: bool,
}

/// An approval that was asked for and waits.
pub struct Asking {
    /// The approval, by its index.
    pub approval: usize,
    /// Who asked.
    pub person: Person,
    /// For how much.
    pub amount: Option<Value>,
}

/// What an event did to the pauses of a standard, whether or not a clock ran.
pub(super) struct Hold {
    pub standard: usize,
    /// The key of which it speaks; none if of all.
    pub key: Option<Value>,
    /// The line; none if all of them.
    pub line: Option<usize>,
    pub begins: bool,
}
