//! Scenarios: a tiny log and what must come of it.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::{DayOrTime, Literal, Name, Text};

use crate::calendar::Duration;
use crate::source::Spanned;

/// `scenario "an urgent ticket runs out of its four hours" { … }`
#[derive(Clone, PartialEq, Debug)]
pub struct Scenario {
    /// What it is called.
    pub title: Text,
    /// Its lines, in order.
    pub clauses: Vec<Spanned<ScenarioClause>>,
    /// Whether a line could not be read.
    pub broken: bool,
}

/// A line of a scenario.
#[derive(Clone, PartialEq, Debug)]
pub enum ScenarioClause {
    /// `given { priority: urgent }`
    Given {
        /// The case, where there are several.
        case: Option<Name>,
        /// What is known of it from the beginning.
        fields: Vec<Spanned<FieldValue>>,
    },
    /// `2026-03-02 09:00 ticket.opened by agent_7 as agent`
    Event(ScenarioEvent),
    /// `as of 2026-03-18 09:00`; of a day its end
    AsOf(Spanned<DayOrTime>),
    /// `expect …`
    Expect(Expectation),
}

/// `priority: urgent`
#[derive(Clone, PartialEq, Debug)]
pub struct FieldValue {
    /// The field.
    pub field: Name,
    /// What it says.
    pub value: Spanned<Literal>,
}

/// An event of a scenario's log.
#[derive(Clone, PartialEq, Debug)]
pub struct ScenarioEvent {
    /// When, in the zone of the service.
    pub at: Spanned<DateTime>,
    /// What.
    pub event: Name,
    /// Its fields, and fields of the case that it changes.
    pub fields: Vec<Spanned<FieldValue>>,
    /// Who did it.
    pub by: Option<Name>,
    /// In which role.
    pub role: Option<Name>,
    /// In which case, where there are several.
    pub case: Option<Name>,
}

/// What must come of a scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Expectation {
    /// What.
    pub what: Expected,
    /// In which case, where there are several.
    pub case: Option<Name>,
}

/// What is expected.
#[derive(Clone, PartialEq, Debug)]
pub enum Expected {
    /// `breached resolve, 30m late`
    Verdict {
        /// The verdict as the language spells it in English: `met`, `at_risk`, `no_target`.
        verdict: Name,
        /// The promise or action.
        promise: Name,
        /// How late, counted.
        late: Option<Spanned<Duration>>,
        /// The value of its `per` field.
        key: Option<Spanned<Literal>>,
    },
    /// `due 2026-03-02 14:00 of resolve`, `due end of 2026-03-02 of resolve`
    Due {
        /// When.
        at: Spanned<DayOrTime>,
        /// The standard.
        standard: Name,
    },
    /// `missing escalation of resolve to team_lead`
    MissingEscalation {
        /// The standard.
        of: Name,
        /// The role.
        to: Name,
    },
    /// `remedy apology_and_credit`
    Remedy(Name),
    /// `cause no_authority`
    Cause(Name),
    /// `unexplained resolve`
    Unexplained(Name),
    /// `no breach of resolve`
    NoBreach(Option<Name>),
    /// `needless approval of refund`
    NeedlessApproval(Name),
    /// `score 85 of five_c`, `score 80 to 100 of five_c`
    Score {
        /// How much, or the least.
        score: Spanned<Decimal>,
        /// The most, where what is not decided leaves both ends open.
        most: Option<Spanned<Decimal>>,
        /// The scorecard or journey.
        of: Name,
    },
}
