//! What can be wrong with a scenario, and the words for it.

use crate::diagnostic::{Code, Fault, Severity, Words, codes, quoted};

/// A fault of a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ScenarioFault {
    /// Two scenarios of one file share a title.
    Twice {
        /// The title.
        title: String,
    },
    /// A scenario without events.
    NothingHappens {
        /// Its title.
        title: String,
    },
    /// A scenario without expectations.
    NothingExpected {
        /// Its title.
        title: String,
    },
    /// A case that no event names.
    NoSuchCase {
        /// The case.
        case: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// `given` without a case, where every event names one.
    WhichCase {
        /// The cases.
        cases: Vec<String>,
    },
    /// An event before the one above it.
    Backwards,
    /// An event after the instant at which things are judged.
    AfterAsOf,
    /// A field that neither the event nor the case has.
    NoSuchField {
        /// The field.
        field: String,
        /// The event; none where only the case is spoken of.
        event: Option<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A field with two values.
    FieldTwice {
        /// The field.
        field: String,
    },
    /// How late something is that is no clock.
    NoClock {
        /// The promise or action.
        promise: String,
    },
    /// How late something is that is not breached.
    NotLate {
        /// The verdict.
        verdict: String,
    },
    /// A case of a level.
    OfAllCases {
        /// The case.
        case: String,
    },
    /// A key of something that has none.
    NoKey {
        /// The promise or action.
        promise: String,
    },
    /// A role that a standard is never escalated to.
    NeverEscalated {
        /// The standard.
        standard: String,
        /// The role.
        role: String,
        /// The roles that it is escalated to.
        roles: Vec<String>,
    },
    /// An action that nobody asks for.
    NeverApproved {
        /// The action.
        action: String,
    },
    /// A promise that has no score.
    NoScore {
        /// The promise.
        promise: String,
    },
}

impl Fault for ScenarioFault {
    fn code(&self) -> Code {
        match self {
            ScenarioFault::Twice { .. } => codes::SCENARIO_TWICE,
            ScenarioFault::NothingHappens { .. } => codes::SCENARIO_NOTHING_HAPPENS,
            ScenarioFault::NothingExpected { .. } => codes::SCENARIO_NOTHING_EXPECTED,
            ScenarioFault::NoSuchCase { .. } => codes::SCENARIO_NO_SUCH_CASE,
            ScenarioFault::WhichCase { .. } => codes::SCENARIO_WHICH_CASE,
            ScenarioFault::Backwards => codes::SCENARIO_BACKWARDS,
            ScenarioFault::AfterAsOf => codes::SCENARIO_AFTER_AS_OF,
            ScenarioFault::NoSuchField { .. } => codes::SCENARIO_NO_SUCH_FIELD,
            ScenarioFault::FieldTwice { .. } => codes::SCENARIO_FIELD_TWICE,
            ScenarioFault::NoClock { .. } => codes::SCENARIO_NO_CLOCK,
            ScenarioFault::NotLate { .. } => codes::SCENARIO_NOT_LATE,
            ScenarioFault::OfAllCases { .. } => codes::SCENARIO_OF_ALL_CASES,
            ScenarioFault::NoKey { .. } => codes::SCENARIO_NO_KEY,
            ScenarioFault::NeverEscalated { .. } => codes::SCENARIO_NEVER_ESCALATED,
            ScenarioFault::NeverApproved { .. } => codes::SCENARIO_NEVER_APPROVED,
            ScenarioFault::NoScore { .. } => codes::SCENARIO_NO_SCORE,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            ScenarioFault::Backwards => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn words(&self) -> Words {
        match self {
            ScenarioFault::Twice { title } => against(
                "the first",
                words(
                    format!("there are two scenarios called \"{title}\": when one fails, nobody can say which"),
                    "the second",
                    "say in the title what this one shows that the other does not",
                ),
            ),
            ScenarioFault::NothingHappens { title } => words(
                format!("nothing happens in \"{title}\", so it proves nothing of any customer"),
                "no event",
                "say what happens, and when: `2026-03-02 09:00 ticket.opened`",
            ),
            ScenarioFault::NothingExpected { title } => words(
                format!("\"{title}\" expects nothing, so it cannot fail"),
                "no expectation",
                "say what must come of it: `expect breached resolve, 30m late`, or `expect no breach`",
            ),
            ScenarioFault::NoSuchCase { case, suggestion } => words(
                format!("nothing happens in a case `{case}`: what should hold of this customer is proved of nobody"),
                "this case",
                match suggestion {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("say at an event that it happens there: `… for {case}`"),
                },
            ),
            ScenarioFault::WhichCase { cases } => match cases.first() {
                Some(first) => words(
                    "every event here names its case, and this does not say which one it speaks of",
                    "of which case?",
                    format!("write `given {first} {{ … }}`"),
                ),
                None => words(
                    "no event here is of a case of which anything could be given",
                    "of which case?",
                    "an event that reaches cases has none itself: let one of the case's own come first",
                ),
            },
            ScenarioFault::Backwards => against(
                "than this",
                words(
                    "this happens before the line above it, so it may prove something else than it seems to",
                    "earlier",
                    "it is judged in order of time: check the date, or move the line up",
                ),
            ),
            ScenarioFault::AfterAsOf => against(
                "than this",
                words(
                    "this happens after the instant at which the scenario is judged, so nothing sees it",
                    "later",
                    "take it out, or move `as of` behind it",
                ),
            ),
            ScenarioFault::NoSuchField { field, event, suggestion } => words(
                match event {
                    Some(event) => {
                        format!("neither `{event}` nor the case has a field `{field}`: nothing would look at its value")
                    }
                    None => format!("the case has no field `{field}`: nothing would look at its value"),
                },
                "this field",
                match (suggestion, event) {
                    (Some(known), _) => format!("did you mean `{known}`?"),
                    (None, Some(event)) => format!("declare it: `event {event} {{ {field}: text }}`"),
                    (None, None) => format!("declare it in `case {{ … }}`: `{field}: text`"),
                },
            ),
            ScenarioFault::FieldTwice { field } => against(
                "first here",
                words(
                    format!("`{field}` is said twice: which of the two holds of this customer would be a guess"),
                    "again here",
                    "keep one of them",
                ),
            ),
            ScenarioFault::NoClock { promise } => words(
                format!("only a standard is late: `{promise}` has no clock"),
                "how late",
                format!("write `expect breached {promise}`"),
            ),
            ScenarioFault::NotLate { verdict } => words(
                format!("what is {verdict} is not late: one half of this is not so"),
                "how late",
                "take it out, or expect `breached`; `expect due … of …` says when something falls due",
            ),
            ScenarioFault::OfAllCases { case } => words(
                "a level is of all cases: of one customer alone it says nothing",
                "of this case alone?",
                format!("take `for {case}` out"),
            ),
            ScenarioFault::NoKey { promise } => words(
                format!("`{promise}` has no clock for each value of a field: nothing is promised of this one"),
                "which of them?",
                "take it out; only a standard with `per FIELD` has several clocks",
            ),
            ScenarioFault::NeverEscalated { standard, role, roles } => words(
                format!("`{standard}` is never escalated to `{role}`: what nobody has to do cannot be missing"),
                "this role",
                match roles.as_slice() {
                    [] => format!("declare it: `escalate {standard}, seen as EVENT {{ at 80% to {role} within 15m }}`"),
                    roles => format!("it is escalated to {}", quoted(roles, ", ")),
                },
            ),
            ScenarioFault::NeverApproved { action } => words(
                format!("nobody asks for an approval of `{action}`: none is ever needless"),
                "this action",
                format!("say how asking looks: `approve {action} {{ asked by EVENT  granted by EVENT }}`"),
            ),
            ScenarioFault::NoScore { promise } => words(
                format!("`{promise}` has no score: it is kept or broken"),
                "this promise",
                format!("a scorecard has one; of a promise say the verdict: `expect met {promise}`"),
            ),
        }
    }
}

fn words(message: impl Into<String>, label: &str, help: impl Into<String>) -> Words {
    Words { message: message.into(), label: label.into(), help: Some(help.into()), ..Words::default() }
}

/// The same, with what to write beside the other place.
fn against(other: &str, words: Words) -> Words {
    Words { other: other.into(), ..words }
}
