//! What can be wrong with what a standards file says, and the words for it.

use crate::diagnostic::{Fault, Severity, Words};
use crate::graph::LimitScope;

/// A fault in the meaning of a standards file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GraphFault {
    /// Two declarations of one kind share a name.
    Duplicate {
        /// The kind, as in `role`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A clause that may stand once stands twice.
    ClauseTwice {
        /// The clause.
        clause: &'static str,
    },
    /// A name that nothing declares.
    Undeclared {
        /// The kind looked for.
        kind: &'static str,
        /// The name.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
        /// The kind that the name does belong to.
        is_a: Option<&'static str>,
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
    /// A value stands alone where a condition is needed (`priority is high or low`).
    ValueAlone {
        /// The value.
        value: String,
        /// A field that has it.
        field: String,
    },
    /// Two `service` headers in files that are read together.
    ServiceTwice,
    /// No `service` header.
    NoService,
    /// Three capitals that are no currency.
    NoSuchCurrency {
        /// The capitals.
        code: String,
    },
    /// A name that stands for two things where either could be meant.
    TwoMeanings {
        /// The name.
        name: String,
        /// What it may be.
        meanings: [&'static str; 2],
    },
    /// A declaration lacks something that it cannot do without.
    MissingClause {
        /// The declaration, as in "standard `resolve`".
        of: String,
        /// What is missing.
        what: &'static str,
        /// What to write.
        write: &'static str,
    },
    /// A role is told twice what it may do of an action.
    EmpoweredTwice {
        /// The role.
        role: String,
        /// The action.
        action: String,
    },
    /// An action whose event gives back what it spends.
    ReturnsItself {
        /// The action.
        action: String,
        /// The event.
        event: String,
    },
    /// An action of which something comes back, and that does not say what it costs.
    ReturnsNothing {
        /// The action.
        action: String,
    },
    /// An event that gives back what an action spends, said twice.
    ReturnsTwice {
        /// The action.
        action: String,
        /// The event.
        event: String,
    },
    /// A limit on an action that costs nothing.
    NothingToLimit {
        /// The action.
        action: String,
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
    /// A time zone that the bundled database does not know.
    UnknownZone {
        /// The name.
        name: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// A value of another type than the field it is compared with.
    WrongType {
        /// The field.
        field: String,
        /// Its type, as the language spells it.
        kind: String,
        /// The value, as written.
        value: String,
        /// A value that would do.
        example: String,
    },
    /// A name that is not among the values of a field.
    UnknownValue {
        /// The field.
        field: String,
        /// The name.
        value: String,
        /// The values there are.
        values: Vec<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// `is at least` asked of a field without an order.
    NoOrder {
        /// The field.
        field: String,
        /// Its type.
        kind: String,
    },
    /// A field that is no yes-or-no stands alone as a condition.
    NotYesOrNo {
        /// The field.
        field: String,
        /// Its type.
        kind: String,
    },
    /// A comparison asked of a segment.
    SegmentCompared {
        /// The segment.
        segment: String,
    },
    /// A field of the wrong type for its job.
    FieldType {
        /// The field.
        field: String,
        /// Its type.
        kind: String,
        /// The job.
        job: &'static str,
        /// The type needed.
        needed: &'static str,
    },
    /// Two amounts that meet are in two currencies.
    Currencies {
        /// One.
        one: String,
        /// The other.
        other: String,
    },
    /// `N working days` without a calendar to count them on.
    NoCalendar {
        /// The length of time, as written.
        limit: String,
        /// Whose calendar would say it.
        of: DaysOf,
    },
    /// A `per` field that an event of the clock does not have.
    KeyMissing {
        /// The field.
        field: String,
        /// The event.
        event: String,
    },
    /// An escalation level that does not lie above the one before.
    LevelOrder {
        /// This level.
        level: String,
        /// The one before.
        before: String,
    },
    /// An escalation of a level at a part of its window.
    LevelBeforeItsEnd {
        /// The part.
        at: String,
    },
    /// An escalation to a role that does not lead the one told before.
    NotAbove {
        /// The role.
        role: String,
        /// The role told before.
        before: String,
    },
    /// An escalation event without a field that tells the role, or with two.
    RoleField {
        /// The event.
        event: String,
        /// How many fields of type role it has.
        count: usize,
    },
    /// A part of a condition behind `or`, read as an event for want of parentheses.
    RestOfCondition {
        /// What is taken for an event.
        name: String,
        /// The condition as it was probably meant.
        condition: String,
    },
    /// A remedy that nobody may give.
    NobodyMay {
        /// What is offered.
        offer: String,
        /// The most that anyone may, who, and in what.
        most: Option<(String, String, LimitScope)>,
    },
    /// A date closed and opened at once.
    ClosedAndOpened {
        /// The date.
        date: String,
    },
    /// A range from a greater number to a smaller one.
    EmptyRange {
        /// What stands in front.
        least: String,
        /// What stands behind.
        most: String,
    },
    /// An end before its beginning.
    EndsBeforeItBegins {
        /// The same, turned round; none if it ends where it begins.
        turned: Option<String>,
    },
    /// Something that was written on purpose and comes to nothing, or a value out of its bounds.
    OutOfBounds {
        /// What was written.
        what: String,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A file that `use` names cannot be had.
    CannotUse {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// A file that `use` names lies outside of the project.
    UsesOutside {
        /// The file.
        file: String,
        /// The folder of the project.
        project: String,
    },
    /// More kinds of events, or more fields, than can be told apart.
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// A field of an event and the field of the case of the same name have two types.
    TwoTypes {
        /// The field.
        field: String,
        /// Its types: of the event, of the case.
        kinds: [String; 2],
    },
    /// A rule per party waits for one per case, or the other way round.
    TwoScopes {
        /// The one that is counted per party.
        per_party: String,
        /// The one that is counted per case.
        per_case: String,
    },
    /// A second sentence in a behaviour.
    SecondSentence {
        /// The behaviour.
        name: String,
        /// The second sentence, as written.
        said: String,
    },
    /// A number of times that is none.
    NoTimes {
        /// What says the same in words; none if it says nothing at all.
        never: Option<String>,
    },
    /// An event that must come behind one of its own kind, or must not.
    AgainstItself {
        /// The event.
        event: String,
        /// What says the same in words, if anything does.
        instead: Option<String>,
    },
    /// Behaviours that only the end of a case can judge, and no end.
    NoCaseEnd {
        /// The behaviours.
        behaviours: Vec<String>,
    },
    /// `started in` where nothing starts.
    NothingStarts,
    /// A fact about a breach where there is none.
    FactOutside {
        /// The fact, as written.
        fact: String,
    },
    /// A fact that only a clock has, asked of something without one.
    NoClock {
        /// The fact.
        fact: String,
        /// What it is asked of, as in "cause `untrained`".
        of: String,
    },
    /// A gift, or an offer for some cases, in a remedy for a level.
    NobodyIsThere {
        /// The level.
        level: String,
        /// Whether it is a gift.
        gives: bool,
    },
    /// A cause or a remedy for something that is counted over many cases.
    OfManyCases {
        /// `cause` or `remedy`.
        what: &'static str,
        /// The promise.
        promise: String,
        /// What it is, with its article.
        is: &'static str,
    },
    /// A remedy for a cause that explains none of the breaches it mends.
    CauseOfAnother {
        /// The cause.
        cause: String,
        /// The remedy.
        remedy: String,
    },
    /// A remedy improves what no cause points at.
    ImprovesNothing {
        /// What it improves.
        kind: String,
        /// The kinds that the causes have.
        kinds: Vec<String>,
    },
    /// A moment that may be out of control, and nothing is promised there.
    NothingPromised {
        /// The moment.
        moment: String,
    },
    /// A segment named as a proof.
    SegmentIsNoProof {
        /// The segment.
        segment: String,
    },
    /// An exemption for a standard that nothing exempts.
    NeverExempt {
        /// The standard.
        standard: String,
    },
    /// A local time in a calendar that clocks skip or show twice.
    OddTime {
        /// The local time.
        at: String,
        /// What is done about it.
        done: &'static str,
    },
}

/// Whose calendar would say what a working day is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DaysOf {
    /// The rule's own.
    Rule,
    /// An escalation counts what its standard counts.
    Escalation,
    /// A case counts none.
    Case,
}

impl Fault for GraphFault {
    fn code(&self) -> &'static str {
        match self {
            GraphFault::Duplicate { .. } => "name/twice",
            GraphFault::ClauseTwice { .. } => "clause/twice",
            GraphFault::Undeclared { .. } => "name/unknown",
            GraphFault::UnknownField { .. } => "name/unknown-field",
            GraphFault::NotOfAll { .. } => "name/not-of-all",
            GraphFault::ValueAlone { .. } => "type/value-alone",
            GraphFault::ServiceTwice => "service/twice",
            GraphFault::NoService => "service/missing",
            GraphFault::NoSuchCurrency { .. } => "type/no-such-currency",
            GraphFault::TwoMeanings { .. } => "name/two-meanings",
            GraphFault::MissingClause { .. } => "clause/missing",
            GraphFault::EmpoweredTwice { .. } => "empower/twice",
            GraphFault::NothingToLimit { .. } => "empower/nothing-to-limit",
            GraphFault::ReturnsItself { .. } => "empower/returns-itself",
            GraphFault::ReturnsNothing { .. } => "empower/returns-nothing",
            GraphFault::ReturnsTwice { .. } => "empower/returns-twice",
            GraphFault::Cycle { .. } => "graph/cycle",
            GraphFault::TooDeep { .. } => "graph/too-deep",
            GraphFault::UnknownZone { .. } => "time/unknown-zone",
            GraphFault::WrongType { .. } => "type/wrong-value",
            GraphFault::UnknownValue { .. } => "type/unknown-value",
            GraphFault::NoOrder { .. } => "type/no-order",
            GraphFault::NotYesOrNo { .. } => "type/not-yes-or-no",
            GraphFault::SegmentCompared { .. } => "type/segment-compared",
            GraphFault::FieldType { .. } => "type/wrong-field",
            GraphFault::Currencies { .. } => "type/two-currencies",
            GraphFault::NoCalendar { .. } => "time/no-calendar",
            GraphFault::KeyMissing { .. } => "clock/key-missing",
            GraphFault::LevelOrder { .. } => "escalate/order",
            GraphFault::LevelBeforeItsEnd { .. } => "escalate/level-before-its-end",
            GraphFault::NotAbove { .. } => "escalate/not-above",
            GraphFault::RoleField { .. } => "escalate/role-field",
            GraphFault::RestOfCondition { .. } => "name/unknown",
            GraphFault::NobodyMay { .. } => "remedy/nobody-may",
            GraphFault::ClosedAndOpened { .. } => "time/closed-and-opened",
            GraphFault::EmptyRange { .. } => "type/empty-range",
            GraphFault::EndsBeforeItBegins { .. } => "time/ends-before-it-begins",
            GraphFault::OutOfBounds { .. } => "value/out-of-bounds",
            GraphFault::CannotUse { .. } => "use/cannot-read",
            GraphFault::UsesOutside { .. } => "use/outside",
            GraphFault::TooMany { .. } => "event/too-many",
            GraphFault::TwoTypes { .. } => "type/two-types",
            GraphFault::TwoScopes { .. } => "party/two-scopes",
            GraphFault::SecondSentence { .. } => "behaviour/second-sentence",
            GraphFault::NoTimes { .. } => "behaviour/no-times",
            GraphFault::AgainstItself { .. } => "behaviour/against-itself",
            GraphFault::NoCaseEnd { .. } => "behaviour/no-case-end",
            GraphFault::NothingStarts => "condition/nothing-starts",
            GraphFault::FactOutside { .. } => "condition/fact-outside",
            GraphFault::NoClock { .. } => "cause/no-clock",
            GraphFault::NobodyIsThere { .. } => "remedy/nobody-is-there",
            GraphFault::OfManyCases { .. } => "cause/many-cases",
            GraphFault::CauseOfAnother { .. } => "remedy/other-cause",
            GraphFault::ImprovesNothing { .. } => "remedy/improves-nothing",
            GraphFault::NothingPromised { .. } => "moment/nothing-promised",
            GraphFault::SegmentIsNoProof { .. } => "exempt/no-proof",
            GraphFault::NeverExempt { .. } => "exempt/never",
            GraphFault::OddTime { .. } => "time/odd-local-time",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            GraphFault::OddTime { .. }
            | GraphFault::ImprovesNothing { .. }
            | GraphFault::NothingPromised { .. }
            | GraphFault::NoCaseEnd { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Warnings, and what was proved of the organisation rather than of the file.
    fn is_configurable(&self) -> bool {
        let proved =
            matches!(self, GraphFault::LevelOrder { .. } | GraphFault::NotAbove { .. } | GraphFault::NobodyMay { .. });
        proved || self.severity() == Severity::Warning
    }

    fn words(&self) -> Words {
        match self {
            GraphFault::Duplicate { kind, name } => Words {
                message: format!("there are two {} called `{name}`: wherever it is named, either could be meant", plural(kind)),
                label: "the second".into(),
                other: "the first".into(),
                help: Some("give one of them another name, or take one out".into()),
            },
            GraphFault::ClauseTwice { clause } => Words {
                message: format!("`{clause}` is said twice: which of the two holds, nobody could say"),
                label: "again here".into(),
                other: "first here".into(),
                help: Some("keep one of them".into()),
            },
            GraphFault::Undeclared { kind, name, suggestion, is_a } => unknown(kind, name, suggestion.as_deref(), *is_a),
            GraphFault::UnknownField { event, field, suggestion } => Words {
                message: format!("`{event}` has no field `{field}`: the log could never tell it"),
                label: "this field".into(),
                other: "the event is declared here".into(),
                help: Some(match suggestion {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => format!("declare it: `event {event} {{ {field}: text }}`"),
                }),
            },
            GraphFault::NotOfAll { field, event, lacking } => Words {
                message: match lacking {
                    Some(lacking) => format!(
                        "`{field}` is a field of `{event}`, and not of `{lacking}`: when that comes, it cannot be told"
                    ),
                    None => format!("`{field}` has not one type in all of these events: what it says would depend on which came"),
                },
                label: "any of the events may be meant here".into(),
                other: "declared here".into(),
                help: Some(match lacking {
                    Some(lacking) => format!("declare it for `{lacking}` too, or ask for `{field} of {event}`"),
                    None => format!("give it one type, or ask for `{field} of {event}`"),
                }),
            },
            GraphFault::ValueAlone { value, field } => Words {
                message: format!("`{value}` alone is no condition: it is a value of `{field}`, and whom this means would be a guess"),
                label: "what about it?".into(),
                help: Some(format!("write `{field} is {value}`; for several values, `{field} in ({value}, …)`")),
                ..Words::default()
            },
            GraphFault::ServiceTwice => Words {
                message: "two files that belong together both have a `service`: a deadline would have two time zones".into(),
                label: "the second".into(),
                other: "the first".into(),
                help: Some("keep the `service` of the main file; files that it uses have none".into()),
            },
            GraphFault::NoService => Words {
                message: "there is no `service`: nobody promises, and no time zone says when 17:00 is".into(),
                label: "it belongs at the top".into(),
                help: Some("add `service NAME \"Title\" { version \"1\" timezone \"Asia/Shanghai\" }`".into()),
                ..Words::default()
            },
            GraphFault::NoSuchCurrency { code } => Words {
                message: format!("`{code}` is not a currency: nobody can be given anything in it"),
                label: "this code".into(),
                help: Some("a currency is its three capital letters, as in `CNY`, `EUR`, `USD`".into()),
                ..Words::default()
            },
            GraphFault::TwoMeanings { name, meanings: [one, two] } => Words {
                message: format!("`{name}` can mean {one} or {two} here: a wrong guess would judge the wrong customers"),
                label: "which is meant?".into(),
                other: "the other meaning".into(),
                help: Some(if one.starts_with("a fact") {
                    "give the other one another name; where it alone is meant, write it in backticks".into()
                } else {
                    "give one of the two another name".into()
                }),
            },
            GraphFault::MissingClause { of, what, write } => Words {
                message: format!("{of} has no {what}: {}", without(what)),
                label: "declared here".into(),
                help: Some(format!("add `{write}`")),
                ..Words::default()
            },
            GraphFault::EmpoweredTwice { role, action } => Words {
                message: format!("`{role}` is told twice what it may do of `{action}`: who goes by one is held to the other"),
                label: "again here".into(),
                other: "first here".into(),
                help: Some("keep one; what differs from case to case is said with `when`".into()),
            },
            GraphFault::ReturnsItself { action, event } => Words {
                message: format!(
                    "`{event}` is what `{action}` spends, and would give it back at once: no limit would ever be reached"
                ),
                label: "gives back".into(),
                other: "spends".into(),
                help: Some("name the event that shows that the amount came back".into()),
            },
            GraphFault::ReturnsNothing { action } => Words {
                message: format!("something of `{action}` comes back, and nothing says what it costs"),
                label: "gives back".into(),
                other: "spends, and it is not said how much".into(),
                help: Some(format!("say it before what comes back: `action {action} is … costs FIELD, … returns FIELD`")),
            },
            GraphFault::ReturnsTwice { action, event } => Words {
                message: format!("`{event}` gives back what `{action}` spends twice"),
                label: "a second time".into(),
                other: "first here".into(),
                help: Some("keep the one whose field says how much came back".into()),
            },
            GraphFault::NothingToLimit { action } => Words {
                message: format!("`{action}` has no cost that this limit could hold for: no amount would ever be too much"),
                label: "this limit".into(),
                other: "declared here without a cost".into(),
                help: Some(format!("say what it costs, `action {action} is … costs FIELD`, or leave the limit out")),
            },
            GraphFault::Cycle { what, path } => Words {
                message: format!("{what} in a circle, and {}: {}", of_a_circle(what), quoted(path, " → ")),
                label: "this closes the circle".into(),
                help: Some("take out one step of the circle".into()),
                ..Words::default()
            },
            GraphFault::TooDeep { segment } => Words {
                message: format!(
                    "`{segment}` rests on more than 64 segments, one on the other: nobody could tell who belongs to it"
                ),
                label: "too deep from here on".into(),
                help: Some("say in its own condition what it means, or let the log carry it as a field".into()),
                ..Words::default()
            },
            GraphFault::UnknownZone { name, suggestion } => Words {
                message: format!("there is no time zone `{name}`: no deadline could be told"),
                label: "this zone".into(),
                help: Some(match suggestion {
                    Some(zone) => format!("did you mean `\"{zone}\"`?"),
                    None => {
                        "a zone is named by continent and city, as in `\"Asia/Shanghai\"` or `\"Europe/Berlin\"`".into()
                    }
                }),
                ..Words::default()
            },
            GraphFault::WrongType { field, kind, value, example } => Words {
                message: format!("`{field}` is {}, and `{value}` is not: the two never agree", type_in_words(kind)),
                label: "this value".into(),
                other: "declared here".into(),
                help: Some(match kind.as_str() {
                    "text" => format!("write it in quotation marks: `\"{value}\"`"),
                    _ => format!("write a value such as `{example}`"),
                }),
            },
            GraphFault::UnknownValue { field, value, values, suggestion } => Words {
                message: format!("`{field}` is never `{value}`: no case can have it"),
                label: "this value".into(),
                other: "its values are declared here".into(),
                help: Some(match suggestion {
                    Some(value) => format!("did you mean `{value}`?"),
                    None => format!("it is one of {}", quoted(values, ", ")),
                }),
            },
            GraphFault::NoOrder { field, kind } => Words {
                message: format!("`{field}` has no order that says what is more: whom this means would be a guess"),
                label: "more and less are asked here".into(),
                other: format!("declared here as `{kind}`"),
                help: Some(if kind.starts_with("one of") {
                    "if its values have an order, declare them least first: `low < normal < high`; else ask with `is` or `in (…)`".into()
                } else {
                    "ask with `is`, `is not` or `in (…)`".into()
                }),
            },
            GraphFault::NotYesOrNo { field, kind } => Words {
                message: format!(
                    "`{field}` alone is no condition: it is {}, not a yes or no, and whom this means would be a guess",
                    type_in_words(kind)
                ),
                label: "what about it?".into(),
                other: "declared here".into(),
                help: Some(format!("compare it with something, or ask `{field} is known`")),
            },
            GraphFault::SegmentCompared { segment } => Words {
                message: format!("`{segment}` is a segment: a case belongs to it or does not, so it has no value to compare"),
                label: "nothing to compare".into(),
                other: "declared here".into(),
                help: Some(format!("write `{segment}` alone, or `not {segment}`")),
            },
            GraphFault::FieldType { field, kind, job, needed } => Words {
                message: format!(
                    "`{field}` cannot be {job}: it is {}, and nobody can be told {}",
                    type_in_words(kind),
                    if *needed == "time" { "a date" } else { "how much" },
                ),
                label: format!("a {needed} is needed here"),
                other: "declared here".into(),
                help: Some(format!("name a field of type `{needed}`, or declare `{field}: {needed}`")),
            },
            GraphFault::Currencies { one, other } => Words {
                message: format!("{one} and {other} do not compare: which of them is more cannot be told"),
                label: "this currency".into(),
                other: "the other one".into(),
                help: Some("write both in one currency".into()),
            },
            GraphFault::NoCalendar { limit, of } => Words {
                message: format!(
                    "`{limit}` needs a calendar that says which days are working days: else a customer and an employee \
                     count to two dates"
                ),
                label: "working days of what?".into(),
                help: Some(
                    match of {
                        DaysOf::Rule => "add `counting NAME` with the name of a calendar, or write calendar days",
                        DaysOf::Escalation => {
                            "an escalation counts what its standard counts, and that is the wall clock: write hours or calendar days"
                        }
                        DaysOf::Case => "a case counts no calendar: write hours or calendar days",
                    }
                    .into(),
                ),
                ..Words::default()
            },
            GraphFault::KeyMissing { field, event } => Words {
                message: format!("`{event}` has no field `{field}`: nobody could tell which `{field}` is served and which still waits"),
                label: format!("one clock per `{field}`"),
                other: "this event starts or stops it".into(),
                help: Some(format!("declare it: `event {event} {{ {field}: text }}`")),
            },
            GraphFault::LevelOrder { level, before } => Words {
                message: format!("{level} does not come after {before}: whoever should be called last is called first"),
                label: "this level".into(),
                other: "the level before".into(),
                help: Some("put the levels in order, the earliest first".into()),
            },
            GraphFault::LevelBeforeItsEnd { at } => Words {
                message: format!("a level is missed when its window is over, not at {at} of it: people would be called for nothing"),
                label: "too early".into(),
                help: Some("write `at 100%`: its time counts from the end of the window".into()),
                ..Words::default()
            },
            GraphFault::NotAbove { role, before } => Words {
                message: format!("`{role}` does not lead `{before}`: the case goes to somebody who can do no more for the customer"),
                label: "this role".into(),
                other: "told before".into(),
                help: Some(format!("name a role that leads `{before}`, or declare `role {role} leads {before}`")),
            },
            GraphFault::RoleField { event, count } => Words {
                message: match count {
                    0 => format!("`{event}` does not say which role was told: every step would count as missed"),
                    _ => format!("`{event}` has {count} fields of type role: which one tells who was told?"),
                },
                label: "this event shows an escalation".into(),
                other: "declared here".into(),
                help: Some(match count {
                    0 => format!("give it a field of type role: `event {event} {{ to: role }}`"),
                    _ => "keep one of them".into(),
                }),
            },
            GraphFault::RestOfCondition { name, condition } => Words {
                message: format!("there is no event called `{name}`: what waits for it would wait for ever"),
                label: "behind `or` another event is read".into(),
                help: Some(format!("if it belongs to the condition, put that in parentheses: `where ({condition})`")),
                ..Words::default()
            },
            GraphFault::NobodyMay { offer, most } => Words {
                message: format!("nobody may give `{offer}`: a customer is offered what no employee can hand over"),
                label: "this offer".into(),
                other: "the most that anyone may".into(),
                help: Some(power_to_give(offer, most.as_ref())),
            },
            GraphFault::ClosedAndOpened { date } => Words {
                message: format!("{date} is both closed and opened: what is due then would be due on two days"),
                label: "opened here".into(),
                other: "closed here".into(),
                help: Some("keep one of the two".into()),
            },
            GraphFault::EmptyRange { least, most } => Words {
                message: format!("no number is from {least} to {most}: every value of a log would be set aside"),
                label: "the smaller number belongs in front".into(),
                help: Some(format!("write `{most}..{least}`")),
                ..Words::default()
            },
            GraphFault::EndsBeforeItBegins { turned } => Words {
                message: "this ends before it begins: what was meant for these days is held to all the others".into(),
                label: "the earlier one belongs in front".into(),
                help: turned.as_ref().map(|turned| format!("write `{turned}`")),
                ..Words::default()
            },
            GraphFault::OutOfBounds { what, allowed } => Words {
                message: format!("`{what}` will not do: {allowed}"),
                label: "this value".into(),
                ..Words::default()
            },
            GraphFault::CannotUse { file, why } => Words {
                message: format!("cannot use `{file}`, so all that it says is missing: {why}"),
                label: "this file".into(),
                help: Some("the path is relative to the file that says `use`".into()),
                ..Words::default()
            },
            GraphFault::UsesOutside { file, project } => Words {
                message: format!("`{file}` lies outside of the project, so it is not read and all that it says is missing"),
                label: "this file".into(),
                help: Some(format!(
                    "the project is the folder `{project}`; a `mot.yaml` above both files makes one project of them, \
                     and `outside: [FOLDER]` in the `mot.yaml` of a project allows it another folder"
                )),
                ..Words::default()
            },
            GraphFault::TooMany { what, most } => Words {
                message: format!("there are more than {most} {what}: they could not be told apart"),
                label: "the first one too many".into(),
                help: Some("tell kinds of events apart by a field: `event changed { status: one of (…) }`".into()),
                ..Words::default()
            },
            GraphFault::TwoTypes { field, kinds: [of_event, of_case] } => Words {
                message: format!("`{field}` of the event and `{field}` of the case are never the same: it would reach no customer"),
                label: format!("the case has {}", type_in_words(of_case)),
                other: format!("the event has {}", type_in_words(of_event)),
                help: Some("give both the same type".into()),
            },
            GraphFault::TwoScopes { per_party, per_case } => Words {
                message: format!("`{per_party}` is counted per party and `{per_case}` per case: neither can wait for the other"),
                label: "waits for the other".into(),
                other: "declared here".into(),
                help: Some("say `per party` in both, or in neither".into()),
            },
            GraphFault::SecondSentence { name, said } => Words {
                message: format!("behaviour `{name}` says two things: its findings could not tell which was broken"),
                label: "the second".into(),
                other: "the first".into(),
                help: Some(format!("give it a behaviour of its own: `behaviour NAME {{ {said} }}`")),
            },
            GraphFault::NoTimes { never } => Words {
                message: match never {
                    Some(_) => "no times at all is said with `never`".into(),
                    None => "nothing happens fewer than 0 times: this always holds, and asks nothing of anybody".into(),
                },
                label: "this number".into(),
                help: Some(match never {
                    Some(never) => format!("write `{never}`"),
                    None => "write `at least one`, or leave the behaviour out".into(),
                }),
                ..Words::default()
            },
            GraphFault::AgainstItself { event, instead } => Words {
                message: match instead {
                    Some(_) => format!("`{event}` must never come after one of its own: each from the second on breaks this"),
                    None => format!("the first `{event}` of a case never has one before it, so this is always broken"),
                },
                label: match instead {
                    Some(_) => "the same on both sides".into(),
                    None => "what must come first is itself one of these".into(),
                },
                help: Some(match instead {
                    Some(instead) => format!("write `{instead}`"),
                    None => "name the event that must come first, or tell the two apart with `where`".into(),
                }),
                ..Words::default()
            },
            GraphFault::NoCaseEnd { behaviours } => Words {
                message: format!(
                    "nothing says when a case is over, so {} {} `running` where nothing breaks {}",
                    quoted(behaviours, ", "),
                    if behaviours.len() == 1 { "stays" } else { "stay" },
                    if behaviours.len() == 1 { "it" } else { "them" },
                ),
                label: "only the end of a case tells".into(),
                help: Some("say when a case is over: `case { ends on EVENT after 7 calendar days }`".into()),
                ..Words::default()
            },
            GraphFault::NothingStarts => Words {
                message: "nothing starts here that could lie in a period: nobody could tell a customer whether this holds".into(),
                label: "of what?".into(),
                help: Some("say it where something starts: in a target row, a `where`, a severity".into()),
                ..Words::default()
            },
            GraphFault::FactOutside { fact } => Words {
                message: format!("`{fact}` is a fact about a breach, and here is none: it could not be known in time"),
                label: "of which breach?".into(),
                help: Some(format!(
                    "ask for it in the `when` of a `cause`, or in `out of control when`; if a field is meant, write it in backticks: \u{60}{fact}\u{60}"
                )),
                ..Words::default()
            },
            GraphFault::NoClock { fact, of } => Words {
                message: format!("`{fact}` is a fact about a clock, and {of} speaks of none: it would never hold"),
                label: "this could never be told".into(),
                help: Some("ask for `handovers`, `count of EVENT`, `time from EVENT to EVENT` or `waiting for approval`".into()),
                ..Words::default()
            },
            GraphFault::NobodyIsThere { level, gives } => Words {
                message: match gives {
                    true => format!("`{level}` is missed over many cases: there is no customer to give this to"),
                    false => format!("`{level}` is missed over many cases: there is none of whom this could be asked"),
                },
                label: "for one case".into(),
                other: "for this level".into(),
                help: Some("say what to do, for whatever case: `offer \"Add an early shift\"`".into()),
            },
            GraphFault::OfManyCases { what, promise, is } => Words {
                message: format!("`{promise}` is {is}, and a {what} speaks of one broken promise in one case: it would never be found"),
                label: "not a promise of its own in a case".into(),
                help: Some(format!("name the standards and behaviours that `{promise}` is made of")),
                ..Words::default()
            },
            GraphFault::CauseOfAnother { cause, remedy } => Words {
                message: format!("`{cause}` explains no breach that `{remedy}` mends: no customer would ever be offered it"),
                label: "this cause never holds here".into(),
                other: "it explains other promises".into(),
                help: Some(format!("name a cause of the same promise, or add the promise to `cause {cause} for …`")),
            },
            GraphFault::ImprovesNothing { kind, kinds } => Words {
                message: format!("`improve {kind}`: no cause of these breaches is of that kind, so effort goes where nothing was found"),
                label: "nothing points at it".into(),
                help: Some(format!("their causes are of kind {}; improve that, or add a cause", quoted(kinds, ", "))),
                ..Words::default()
            },
            GraphFault::NothingPromised { moment } => Words {
                message: format!("nobody looks whether `{moment}` is out of control: nothing is promised there"),
                label: "no standard or behaviour is `for` it".into(),
                help: Some(format!("promise something there: `standard NAME for {moment} {{ … }}`")),
                ..Words::default()
            },
            GraphFault::SegmentIsNoProof { segment } => Words {
                message: format!("`{segment}` is a segment, and a proof is a field that the log carries: an auditor would find no evidence"),
                label: "this proves nothing".into(),
                other: "declared here".into(),
                help: Some("name a field: `proof notice.id`".into()),
            },
            GraphFault::NeverExempt { standard } => Words {
                message: format!("`{standard}` says `never exempt`: customers were promised that nothing excuses it"),
                label: "an exemption for it".into(),
                other: "declared here".into(),
                help: Some("take it out of this list, or take `never exempt` out of the standard".into()),
            },
            GraphFault::OddTime { at, done } => {
                Words {
                    message: format!("{at} {done}"),
                    label: "these hours".into(),
                    help: Some("take a time outside the hour of the change; if it is meant as it stands, leave it".into()),
                    ..Words::default()
                }
            }
        }
    }
}

/// What follows for people when a declaration lacks something.
fn without(what: &str) -> &'static str {
    match what {
        "target" => "no customer is promised a time",
        "clock" => "nothing is measured, and no customer is promised anything",
        "measure" => "nothing is promised",
        "touchpoints" => "nobody knows which way a customer goes",
        "end" => "nobody knows what a customer sees last",
        "sentence that says what must happen" => "nobody is told what to do",
        "kind" => "nobody knows what to improve",
        "condition" => "it would take the blame for every breach",
        "effect" => "nobody knows what becomes of the cases that it is for",
        "window of time or condition" => "it would excuse every case",
        "event of asking" => "nobody sees who waits for an answer",
        "event of granting" => "an approved act could not be told from one that nobody approved",
        "level" => "nobody is ever told",
        "offer" => "nobody knows what to do for the customer",
        "party" => "nobody knows which cases are one customer's",
        "time zone" => "nobody knows when a day ends",
        "open hours" => "its clocks would never run",
        "line of points" => "nothing could be scored",
        "pass mark" => "nobody knows what is good enough",
        _ => "it cannot be used",
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

fn unknown(kind: &str, name: &str, suggestion: Option<&str>, is_a: Option<&str>) -> Words {
    let help = match (suggestion, is_a) {
        (_, Some(other)) => Some(format!("`{name}` is {}; here {} is meant", with_article(other), with_article(kind))),
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
fn follows_for_want_of(kind: &str) -> &'static str {
    match kind {
        "event" => ": what waits for it would wait for ever",
        "role" => ": nobody has that post",
        "calendar" => ": no hours can be counted on it",
        "period" => ": no day lies in it",
        "touchpoint or moment" | "touchpoint" | "moment" => ": no customer ever comes there",
        "promise" | "standard" | "behaviour" | "level" | "scorecard" => ": nobody is promised it",
        "action" => ": nobody can do it",
        "cause" => ": no breach is explained by it",
        "remedy" => ": no customer is offered it",
        "segment or field" | "field of the case" => ": whom it means cannot be told",
        _ => "",
    }
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// What to write so that someone may give an offer; `most` is who may give the most of it, and how much.
fn power_to_give(offer: &str, most: Option<&(String, String, LimitScope)>) -> String {
    let (action, amount) = offer.split_once(' ').map_or((offer, None), |(action, amount)| (action, Some(amount)));
    let per = match most {
        Some((_, _, LimitScope::Day)) => "day",
        _ => "case",
    };
    let up_to = amount.map(|amount| format!(" up to {amount} per {per}")).unwrap_or_default();
    match most {
        Some((role, limit, _)) => format!(
            "`{role}` may go up to {limit} per {per}: write `offer {action} {limit}`, or `empower {role} {{ may {action}{up_to} }}`"
        ),
        None => format!("empower a role: `empower ROLE {{ may {action}{up_to} }}`"),
    }
}

fn declare(kind: &str, name: &str) -> Option<String> {
    Some(match kind {
        "event" => format!("declare it: `event {name}`"),
        "role" => format!("declare it: `role {name}`"),
        "calendar" => format!("declare it: `calendar {name} {{ mon..fri 09:00-18:00 }}`"),
        "touchpoint or moment" => format!("declare it: `touchpoint {name} {{ stage use }}`"),
        "touchpoint" => format!("declare it: `touchpoint {name} {{ stage use }}`"),
        "cause" => format!("declare it: `cause {name} for STANDARD {{ kind process  when handovers is at least 2 }}`"),
        "action" => format!("declare it: `action {name} is EVENT costs FIELD`"),
        "segment or field" | "field of the case" => format!("declare it in `case {{ … }}`: `{name}: text`"),
        _ => return None,
    })
}

fn plural(kind: &str) -> String {
    match kind {
        "touchpoint or moment" => "places".into(),
        "remedy" => "remedies".into(),
        other => format!("{other}s"),
    }
}

fn quoted(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

/// A type with its article: "a number", "a choice of low < high".
fn type_in_words(kind: &str) -> String {
    match kind {
        "bool" => "a yes or no".into(),
        "money" => "an amount of money".into(),
        "text" | "number" | "duration" | "time" | "date" | "role" => format!("a {kind}"),
        list if list.contains('<') || list.starts_with("one of") => {
            format!("a choice of {}", list.trim_start_matches("one of "))
        }
        range => format!("a number in {range}"),
    }
}
