//! What the resolver hands over to be proved: each condition and each table, with its place.

use crate::graph::build::Resolver;
use crate::graph::conditions::Scope;
use crate::graph::model::Condition;
use crate::source::{Span, Spanned};
use crate::syntax::tree;

/// What a condition is for: so what follows if it never holds, or always.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Job {
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
    pub job: Job,
    /// Where each part is written that `and` or `or` joins in it, in the order of the condition's parts.
    pub parts: Vec<Span>,
}

/// Rows of which the first that holds is taken.
pub struct AskedTable {
    /// What kind of table it is.
    pub name: &'static str,
    /// The rows.
    pub rows: Vec<AskedRow>,
    /// Whether it must say something for every case.
    pub for_all: bool,
    /// The standard whose targets these are, if they are.
    pub standard: Option<usize>,
}

/// A row of a table.
pub struct AskedRow {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub at: Span,
    /// Where its condition is written.
    pub when: Option<Span>,
}

/// All that is to be proved.
#[derive(Default)]
pub struct AskedFor {
    /// The conditions.
    pub conditions: Vec<Asked>,
    /// The tables.
    pub tables: Vec<AskedTable>,
}

impl Resolver<'_> {
    /// Resolves a condition, and asks for proof that it neither always nor never holds.
    pub fn condition_for(
        &mut self,
        job: Job,
        condition: &Spanned<tree::Condition>,
        scope: Scope<'_>,
    ) -> Option<Condition> {
        let resolved = self.condition(condition, scope)?;
        let parts = match &condition.node {
            tree::Condition::All(parts) | tree::Condition::Any(parts) => parts.as_slice(),
            _ => &[],
        };
        let parts = parts.iter().map(|part| part.span).collect();
        self.asked.conditions.push(Asked { condition: resolved.clone(), at: condition.span, job, parts });
        Some(resolved)
    }
}
