//! What is found of an act, an approval, or a grant of more time.

use super::UnknownFact;

use crate::calendar::{Duration, Instant};
use crate::vocabulary::Money;

/// An act of an employee.
#[derive(Clone, PartialEq, Debug)]
pub struct ActDetail {
    /// What it cost.
    pub cost: Option<Money>,
    /// What the role may spend: the limit that was passed, or the one that held.
    pub limit: Option<Money>,
    /// Over what the limit sums.
    pub per_day: bool,
    /// What the role (or on that day the actor) had spent before.
    pub spent_before: Option<Money>,
    /// How many earlier acts that counts; the latest of them are among the evidence.
    pub acts_before: u64,
    /// What is wrong with it; none if nothing is.
    pub fault: Option<ActFault>,
    /// The grants of power that held for it, by their indices.
    pub grants: Vec<usize>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// What can be wrong with an act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActFault {
    /// Nothing empowers the role to it.
    NoPower,
    /// Beyond what the role may spend.
    BeyondLimit,
    /// The log does not say in which role.
    NoRole,
    /// The log does not say for how much, or not as an amount.
    NoAmount,
    /// The log does not say who.
    NoActor,
    /// The amount and the limit are in two currencies.
    TwoCurrencies,
    /// A condition of the role's power cannot be told.
    PowerUnknown,
    /// What was granted may cover it, and may not.
    GrantUnknown,
    /// Its amount is less than nothing.
    NegativeAmount,
    /// It cannot be told how much was spent before within the same limit.
    SpentUnknown,
}

/// An approval.
#[derive(Clone, PartialEq, Debug)]
pub struct ApprovalDetail {
    /// The amount.
    pub amount: Option<Money>,
    /// What is wrong with it; none if nothing is.
    pub fault: Option<ApprovalFault>,
    /// Whether this is the asking; else the granting.
    pub asking: bool,
    /// Whether it asks for what whoever asks may never do unasked, whatever else was done.
    pub beyond_alone: bool,
    /// The time lost between asking and the answer.
    pub lost: Option<Duration>,
    /// The grants of power that held for whoever asked or granted, by their indices.
    pub grants: Vec<usize>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// A grant of more time.
#[derive(Clone, PartialEq, Debug)]
pub struct ExtensionDetail {
    /// The start of the clock that it is about.
    pub clock_start: Instant,
    /// The role that granted it, by its index.
    pub by: Option<usize>,
    /// The lowest role that may, by its index; none if anyone may.
    pub needed: Option<usize>,
    /// When the promise was due before, as things stood.
    pub due_before: Option<Instant>,
    /// When it was due after.
    pub due_after: Option<Instant>,
    /// What is wrong with it; none if nothing is.
    pub fault: Option<ExtensionFault>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// What can be wrong with a grant of more time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExtensionFault {
    /// The verdict had fallen, or the due had come.
    Late,
    /// The same line gave time before.
    Twice,
    /// The role may not grant it.
    NotAuthorised,
    /// It gives no more time than there is.
    ExtendsNothing,
    /// A field that decides it is not in the log.
    NotSaid,
}

/// What can be wrong with an approval.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApprovalFault {
    /// The one who asked granted it.
    OwnAct,
    /// The approver's role lacks the power.
    NoPower,
    /// The asker's own authority covered it.
    Needless,
    /// The log does not say who asked or granted, in which role, or for how much.
    NotSaid,
}
