//! What is left to be proved of a graph: each condition and each table, with its place.

use super::Condition;

use crate::source::Span;

/// What a condition is for: so what follows if it never holds, or always.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConditionRole {
    /// Whether a row of a table is for a case.
    Row,
    /// Whether an event starts a clock.
    Start,
    /// Whether it stops one.
    Stop,
    /// Whether it cancels one.
    Cancel,
    /// Whether it pauses one.
    Pause,
    /// Whether a paused clock runs on.
    Resume,
    /// Whether an event is meant, in any other sentence.
    Event,
    /// Who belongs to a segment.
    Segment,
    /// What is exempt.
    Exempt,
    /// Whether a cause explains a breach.
    Cause,
    /// Whether a moment is out of control.
    OutOfControl,
    /// When a role may do something.
    Power,
    /// Who is offered something.
    Offer,
    /// Which breaches are material.
    Material,
    /// When an event is believed.
    Trust,
    /// Which cases a share counts.
    Share,
    /// What must hold of an event.
    MustHold,
}

/// A condition, with its place and what it is for.
pub struct Asked {
    /// The condition.
    pub condition: Condition,
    /// Where it is written.
    pub at: Span,
    /// What it is for.
    pub job: ConditionRole,
    /// Where each part is written that `and` or `or` joins in it, in the order of the condition's parts.
    pub parts: Vec<Span>,
}

/// Rows of which the first that holds is taken.
pub struct ObligedTable {
    /// What kind of table it is.
    pub name: &'static str,
    /// The rows.
    pub rows: Vec<ObligedRow>,
    /// Whether it must say something for every case.
    pub for_all: bool,
    /// The standard whose targets these are, if they are.
    pub standard: Option<usize>,
}

/// A row of a table.
pub struct ObligedRow {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub at: Span,
    /// Where its condition is written.
    pub when: Option<Span>,
}

/// All that is to be proved.
#[derive(Default)]
pub struct ProofObligations {
    /// The conditions.
    pub conditions: Vec<Asked>,
    /// The tables.
    pub tables: Vec<ObligedTable>,
}

/// Where the parts of a vocabulary are declared; checks and faults point there.
#[derive(Debug, Default)]
pub struct Declared {
    /// Of each case field.
    pub case_fields: Vec<Span>,
    /// Of each event.
    pub events: Vec<Span>,
    /// Of each field of each event.
    pub event_fields: Vec<Vec<Span>>,
}
