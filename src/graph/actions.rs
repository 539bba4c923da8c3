//! What employees may do, and who may do it.

use super::Condition;

use crate::source::Span;
use crate::vocabulary::LimitScope;
use crate::vocabulary::Money;

/// What an employee may do.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The event that shows it.
    pub event: usize,
    /// The field of that event that holds its cost.
    pub cost: Option<usize>,
    /// The events that give some of it back, each with its field that says how much.
    pub returns: Vec<(usize, usize)>,
    /// Where it is declared.
    pub span: Span,
}

impl Action {
    /// The field of an event of that kind that says how much it gives back; none if it gives nothing back.
    pub fn returned_by(&self, kind: usize) -> Option<usize> {
        self.returns.iter().find(|(event, _)| *event == kind).map(|(_, field)| *field)
    }
}

/// `empower ROLE { may ACTION … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Grant {
    /// The role.
    pub role: usize,
    /// The action.
    pub action: usize,
    /// Where: a touchpoint or moment, as a value of [`Places::kind`](super::Places::kind); anywhere else if none.
    pub at: Option<usize>,
    /// Up to what amounts.
    pub limits: Vec<(Money, LimitScope)>,
    /// When: what the role requires, and what the line says.
    pub condition: Option<Condition>,
    /// Where it is written.
    pub span: Span,
}

/// How asking and granting look in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Approval {
    /// The action that is asked for.
    pub action: usize,
    /// The event of asking.
    pub asked: usize,
    /// The event of granting.
    pub granted: usize,
    /// The event of refusing.
    pub refused: Option<usize>,
    /// The field that holds the amount: (event, field) of each event that has it.
    pub amount: Vec<(usize, usize)>,
    /// Where it is declared.
    pub span: Span,
}
