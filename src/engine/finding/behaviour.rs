//! What is found of a behaviour.

use super::{FieldFact, UnknownFact};

use crate::calendar::Instant;

/// What a behaviour came to.
#[derive(Clone, PartialEq, Debug)]
pub struct ConductDetail {
    /// Until when something must happen, or must not.
    pub due: Option<Instant>,
    /// When the verdict fell; none while it is open.
    pub decided: Option<Instant>,
    /// Whether it is about the case as a whole; else about the first event of that kind in its evidence.
    pub of_the_case: bool,
    /// What is wrong, or would be if it were sure; none if nothing is.
    pub fault: Option<ConductFault>,
    /// The fields that had to be so, and what they said.
    pub fields: Vec<FieldFact>,
    /// Why it cannot be determined.
    pub unknown: Vec<UnknownFact>,
}

/// How a behaviour can be broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConductFault {
    /// What it needs did not come before.
    NothingBefore,
    /// Nothing answered in time, or before the case ended.
    Unanswered,
    /// It must never happen.
    Forbidden,
    /// It happened too soon.
    TooSoon,
    /// It happened that often, and must not.
    TooMany(u32),
    /// It happened that often, and must more often.
    TooFew(u32),
    /// Nothing kept it up in time.
    Gap,
    /// What must hold does not.
    DoesNotHold,
    /// One person did both.
    SamePerson,
    /// It was done in this role.
    WrongRole(usize),
    /// The log does not say in which role it was done.
    NoRole,
}
