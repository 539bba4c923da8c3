//! What is wrong with a name.

use crate::diagnostic::{Code, Fault, Words, codes, quoted};
use crate::vocabulary::Kind;

/// What is wrong with a name.
#[derive(Clone, PartialEq, Debug)]
pub enum NameFault {
    /// Two declarations of one kind share a name.
    Duplicate {
        /// The kind, as in `role`.
        kind: Kind,
        /// The name.
        name: String,
    },
    /// A name that nothing declares.
    Undeclared {
        /// The kind looked for.
        kind: Kind,
        /// The name.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
        /// The kind that the name does belong to.
        is_a: Option<Kind>,
    },
    /// A field that an event does not have.
    UnknownField {
        /// The event.
        event: String,
        /// The field.
        field: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A field that not every event of the sentence has, with one type.
    NotOfAll {
        /// The field.
        field: String,
        /// An event that has it.
        event: String,
        /// An event that has not; none if all have it, with different types.
        lacking: Option<String>,
    },
    /// A name that stands for two things where either could be meant.
    TwoMeanings {
        /// The name.
        name: String,
        /// What it may be.
        meanings: [&'static str; 2],
    },
    /// A part of a condition behind `or`, read as an event for want of parentheses.
    RestOfCondition {
        /// What is taken for an event.
        name: String,
        /// The condition as it was probably meant.
        condition: String,
    },
    /// A path that comes back to where it began.
    Cycle {
        /// What goes round.
        what: &'static str,
        /// The names on the way, the first one again at the end.
        path: Vec<String>,
    },
    /// A segment that rests on others, and these on others, too many times over.
    TooDeep {
        /// The segment.
        segment: String,
    },
}

impl Fault for NameFault {
    fn code(&self) -> Code {
        match self {
            NameFault::Duplicate { .. } => codes::NAME_TWICE,
            NameFault::Undeclared { .. } => codes::NAME_UNKNOWN,
            NameFault::UnknownField { .. } => codes::NAME_UNKNOWN_FIELD,
            NameFault::NotOfAll { .. } => codes::NAME_NOT_OF_ALL,
            NameFault::TwoMeanings { .. } => codes::NAME_TWO_MEANINGS,
            NameFault::RestOfCondition { .. } => codes::NAME_UNKNOWN,
            NameFault::Cycle { .. } => codes::GRAPH_CYCLE,
            NameFault::TooDeep { .. } => codes::GRAPH_TOO_DEEP,
        }
    }

    fn words(&self) -> Words {
        match self {
            NameFault::Duplicate { kind, name } => Words {
                message: format!(
                    "there are two {} called `{name}`: wherever it is named, either could be meant",
                    plural(*kind)
                ),
                label: "the second".into(),
                other: "the first".into(),
                help: Some("give one of them another name, or take one out".into()),
            },
            NameFault::Undeclared { kind, name, suggestion, is_a } => {
                unknown(*kind, name, suggestion.as_deref(), *is_a)
            }
            NameFault::UnknownField { event, field, suggestion } => Words {
                message: format!("`{event}` has no field `{field}`: the log could never tell it"),
                label: "this field".into(),
                other: "the event is declared here".into(),
                help: Some(match suggestion {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => format!("declare it: `event {event} {{ {field}: text }}`"),
                }),
            },
            NameFault::NotOfAll { field, event, lacking } => Words {
                message: match lacking {
                    Some(lacking) => format!(
                        "`{field}` is a field of `{event}`, and not of `{lacking}`: when that comes, it cannot be told"
                    ),
                    None => format!(
                        "`{field}` has not one type in all of these events: what it says would depend on which came"
                    ),
                },
                label: "any of the events may be meant here".into(),
                other: "declared here".into(),
                help: Some(match lacking {
                    Some(lacking) => format!("declare it for `{lacking}` too, or ask for `{field} of {event}`"),
                    None => format!("give it one type, or ask for `{field} of {event}`"),
                }),
            },
            NameFault::TwoMeanings { name, meanings: [one, two] } => Words {
                message: format!(
                    "`{name}` can mean {one} or {two} here: a wrong guess would judge the wrong customers"
                ),
                label: "which is meant?".into(),
                other: "the other meaning".into(),
                help: Some(if one.starts_with("a fact") {
                    "give the other one another name; where it alone is meant, write it in backticks".into()
                } else {
                    "give one of the two another name".into()
                }),
            },
            NameFault::RestOfCondition { name, condition } => Words {
                message: format!("there is no event called `{name}`: what waits for it would wait for ever"),
                label: "behind `or` another event is read".into(),
                help: Some(format!("if it belongs to the condition, put that in parentheses: `where ({condition})`")),
                ..Words::default()
            },
            NameFault::Cycle { what, path } => Words {
                message: format!("{what} in a circle, and {}: {}", of_a_circle(what), quoted(path, " → ")),
                label: "this closes the circle".into(),
                help: Some("take out one step of the circle".into()),
                ..Words::default()
            },
            NameFault::TooDeep { segment } => Words {
                message: format!(
                    "`{segment}` rests on more than 64 segments, one on the other: nobody could tell who belongs to it"
                ),
                label: "too deep from here on".into(),
                help: Some("say in its own condition what it means, or let the log carry it as a field".into()),
                ..Words::default()
            },
        }
    }
}

/// What follows for people when things go round.
fn of_a_circle(what: &str) -> &'static str {
    match what {
        "roles lead each other" => "nobody is left to turn to",
        "segments use each other" => "nobody could say who belongs to them",
        "standards wait for each other" => "none of them ever starts",
        _ => "none of them can be read first",
    }
}

/// The words for a name that nothing has.
fn unknown(kind: Kind, name: &str, suggestion: Option<&str>, is_a: Option<Kind>) -> Words {
    let help = match (suggestion, is_a) {
        (_, Some(other)) => {
            Some(format!("`{name}` is {}; here {} is meant", other.with_article(), kind.with_article()))
        }
        (Some(suggestion), None) => Some(format!("did you mean `{suggestion}`?")),
        (None, None) => declare(kind, name),
    };
    Words {
        message: format!("there is no {kind} called `{name}`{}", follows_for_want_of(kind)),
        label: "not declared".into(),
        help,
        ..Words::default()
    }
}

/// What it means for people that nothing of this kind has the name.
fn follows_for_want_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Event => ": what waits for it would wait for ever",
        Kind::Role => ": nobody has that post",
        Kind::Calendar => ": no hours can be counted on it",
        Kind::Period => ": no day lies in it",
        Kind::Place | Kind::Touchpoint | Kind::Moment => ": no customer ever comes there",
        Kind::Promise | Kind::Standard | Kind::Behaviour | Kind::Level | Kind::Scorecard => ": nobody is promised it",
        Kind::Action => ": nobody can do it",
        Kind::Cause => ": no breach is explained by it",
        Kind::Remedy => ": no customer is offered it",
        Kind::SegmentOrField | Kind::CaseField => ": whom it means cannot be told",
        _ => "",
    }
}

/// How it would be declared; none if that takes more than a line.
fn declare(kind: Kind, name: &str) -> Option<String> {
    Some(match kind {
        Kind::Event => format!("declare it: `event {name}`"),
        Kind::Role => format!("declare it: `role {name}`"),
        Kind::Calendar => format!("declare it: `calendar {name} {{ mon..fri 09:00-18:00 }}`"),
        Kind::Place => format!("declare it: `touchpoint {name} {{ stage use }}`"),
        Kind::Touchpoint => format!("declare it: `touchpoint {name} {{ stage use }}`"),
        Kind::Cause => {
            format!("declare it: `cause {name} for STANDARD {{ kind process  when handovers is at least 2 }}`")
        }
        Kind::Action => format!("declare it: `action {name} is EVENT costs FIELD`"),
        Kind::SegmentOrField | Kind::CaseField => format!("declare it in `case {{ … }}`: `{name}: text`"),
        _ => return None,
    })
}

fn plural(kind: Kind) -> String {
    match kind {
        Kind::Place => "places".into(),
        Kind::Remedy => "remedies".into(),
        other => format!("{other}s"),
    }
}
