//! Scenarios, resolved: names are indices, times are instants.

use rust_decimal::Decimal;

use super::PromiseId;

use crate::calendar::{Duration, Instant};
use crate::source::Span;
use crate::vocabulary::Value;

/// A tiny log and what must come of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// What it is called.
    pub title: String,
    /// Its cases, by the order in which they come up; one that is never named has no name.
    pub cases: Vec<Option<String>>,
    /// What happens, in order of time; of one instant, as written.
    pub events: Vec<ScenarioEvent>,
    /// The instant at which things are judged; the last event's time if not said.
    pub as_of: Option<Instant>,
    /// What must come of it.
    pub expectations: Vec<Expectation>,
    /// Where it is declared.
    pub span: Span,
}

/// Something that happens in a scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct ScenarioEvent {
    /// When.
    pub at: Instant,
    /// In which case, by its index in [`Scenario::cases`]; none for an event that stands alone.
    pub case: Option<usize>,
    /// What, by its index in the vocabulary.
    pub event: usize,
    /// What is said of its own fields.
    pub fields: Vec<(usize, Value)>,
    /// What is said of the case; of its first event also what is given of it.
    pub case_fields: Vec<(usize, Value)>,
    /// Who did it.
    pub actor: Option<String>,
    /// In which role.
    pub role: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// What must come of a scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Expectation {
    /// What.
    pub what: Expected,
    /// In which case; without a word on it, in any.
    pub case: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, PartialEq, Debug)]
pub enum Expected {
    /// A verdict.
    Verdict {
        /// As the language spells it: `met`, `no_target`.
        verdict: String,
        /// Of what.
        of: Judged,
        /// How late, counted.
        late: Option<Duration>,
        /// The value of its `per` field.
        key: Option<Value>,
    },
    /// When a promise falls due.
    Due {
        /// When.
        at: Instant,
        /// The standard.
        standard: usize,
    },
    /// A role that must be told, and is not.
    MissingEscalation {
        /// The standard.
        standard: usize,
        /// The role.
        role: usize,
    },
    /// A remedy that is proposed, by its index.
    Remedy(usize),
    /// A cause that holds, by its index.
    Cause(usize),
    /// A breach without a cause.
    Unexplained(Judged),
    /// No breach: of this, or of anything.
    NoBreach(Option<Judged>),
    /// An asking for an action that was not needed.
    NeedlessApproval(usize),
    /// A score.
    Score {
        /// How much, or the least.
        score: Decimal,
        /// The most, where it is open.
        most: Option<Decimal>,
        /// The scorecard or journey.
        of: Judged,
    },
}

impl Expected {
    /// Whether it is of no case in particular: a level sums many.
    pub fn is_of_all_cases(&self) -> bool {
        let level = |of: &Judged| matches!(of, Judged::Promise(PromiseId::Level(_)));
        match self {
            Expected::Verdict { of, .. } => level(of),
            Expected::NoBreach(of) => of.as_ref().is_some_and(level),
            Expected::Due { .. }
            | Expected::MissingEscalation { .. }
            | Expected::Remedy(_)
            | Expected::Cause(_)
            | Expected::Unexplained(_)
            | Expected::NeedlessApproval(_)
            | Expected::Score { .. } => false,
        }
    }
}

/// What a verdict can be of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judged {
    /// A promise.
    Promise(PromiseId),
    /// An action, by its index.
    Action(usize),
    /// A journey, by its index.
    Journey(usize),
}
