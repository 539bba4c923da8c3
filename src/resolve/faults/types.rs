//! What is wrong with the type of a value or field.

use crate::diagnostic::{Code, Fault, Words, codes, quoted};

/// What is wrong with the type of a value or field.
#[derive(Clone, PartialEq, Debug)]
pub enum TypeFault {
    /// A value stands alone where a condition is needed (`priority is high or low`).
    ValueAlone {
        /// The value.
        value: String,
        /// A field that has it.
        field: String,
    },
    /// Three capitals that are no currency.
    NoSuchCurrency {
        /// The capitals.
        code: String,
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
    /// A range from a greater number to a smaller one.
    EmptyRange {
        /// What stands in front.
        least: String,
        /// What stands behind.
        most: String,
    },
    /// A field of an event and the field of the case of the same name have two types.
    TwoTypes {
        /// The field.
        field: String,
        /// Its types: of the event, of the case.
        kinds: [String; 2],
    },
}

impl Fault for TypeFault {
    fn code(&self) -> Code {
        match self {
            TypeFault::ValueAlone { .. } => codes::TYPE_VALUE_ALONE,
            TypeFault::NoSuchCurrency { .. } => codes::TYPE_NO_SUCH_CURRENCY,
            TypeFault::WrongType { .. } => codes::TYPE_WRONG_VALUE,
            TypeFault::UnknownValue { .. } => codes::TYPE_UNKNOWN_VALUE,
            TypeFault::NoOrder { .. } => codes::TYPE_NO_ORDER,
            TypeFault::NotYesOrNo { .. } => codes::TYPE_NOT_YES_OR_NO,
            TypeFault::SegmentCompared { .. } => codes::TYPE_SEGMENT_COMPARED,
            TypeFault::FieldType { .. } => codes::TYPE_WRONG_FIELD,
            TypeFault::Currencies { .. } => codes::TYPE_TWO_CURRENCIES,
            TypeFault::EmptyRange { .. } => codes::TYPE_EMPTY_RANGE,
            TypeFault::TwoTypes { .. } => codes::TYPE_TWO_TYPES,
        }
    }

    fn words(&self) -> Words {
        match self {
            TypeFault::ValueAlone { value, field } => Words {
                message: format!(
                    "`{value}` alone is no condition: it is a value of `{field}`, and whom this means would be a guess"
                ),
                label: "what about it?".into(),
                help: Some(format!("write `{field} is {value}`; for several values, `{field} in ({value}, …)`")),
                ..Words::default()
            },
            TypeFault::NoSuchCurrency { code } => Words {
                message: format!("`{code}` is not a currency: nobody can be given anything in it"),
                label: "this code".into(),
                help: Some("a currency is its three capital letters, as in `CNY`, `EUR`, `USD`".into()),
                ..Words::default()
            },
            TypeFault::WrongType { field, kind, value, example } => Words {
                message: format!("`{field}` is {}, and `{value}` is not: the two never agree", type_in_words(kind)),
                label: "this value".into(),
                other: "declared here".into(),
                help: Some(match kind.as_str() {
                    "text" => format!("write it in quotation marks: `\"{value}\"`"),
                    _ => format!("write a value such as `{example}`"),
                }),
            },
            TypeFault::UnknownValue { field, value, values, suggestion } => Words {
                message: format!("`{field}` is never `{value}`: no case can have it"),
                label: "this value".into(),
                other: "its values are declared here".into(),
                help: Some(match suggestion {
                    Some(value) => format!("did you mean `{value}`?"),
                    None => format!("it is one of {}", quoted(values, ", ")),
                }),
            },
            TypeFault::NoOrder { field, kind } => Words {
                message: format!("`{field}` has no order that says what is more: whom this means would be a guess"),
                label: "more and less are asked here".into(),
                other: format!("declared here as `{kind}`"),
                help: Some(if kind.starts_with("one of") {
                    "if its values have an order, declare them least first: `low < normal < high`; else ask with `is` or `in (…)`".into()
                } else {
                    "ask with `is`, `is not` or `in (…)`".into()
                }),
            },
            TypeFault::NotYesOrNo { field, kind } => Words {
                message: format!(
                    "`{field}` alone is no condition: it is {}, not a yes or no, and whom this means would be a guess",
                    type_in_words(kind)
                ),
                label: "what about it?".into(),
                other: "declared here".into(),
                help: Some(format!("compare it with something, or ask `{field} is known`")),
            },
            TypeFault::SegmentCompared { segment } => Words {
                message: format!(
                    "`{segment}` is a segment: a case belongs to it or does not, so it has no value to compare"
                ),
                label: "nothing to compare".into(),
                other: "declared here".into(),
                help: Some(format!("write `{segment}` alone, or `not {segment}`")),
            },
            TypeFault::FieldType { field, kind, job, needed } => Words {
                message: format!(
                    "`{field}` cannot be {job}: it is {}, and nobody can be told {}",
                    type_in_words(kind),
                    if *needed == "time" { "a date" } else { "how much" },
                ),
                label: format!("a {needed} is needed here"),
                other: "declared here".into(),
                help: Some(format!("name a field of type `{needed}`, or declare `{field}: {needed}`")),
            },
            TypeFault::Currencies { one, other } => Words {
                message: format!("{one} and {other} do not compare: which of them is more cannot be told"),
                label: "this currency".into(),
                other: "the other one".into(),
                help: Some("write both in one currency".into()),
            },
            TypeFault::EmptyRange { least, most } => Words {
                message: format!("no number is from {least} to {most}: every value of a log would be set aside"),
                label: "the smaller number belongs in front".into(),
                help: Some(format!("write `{most}..{least}`")),
                ..Words::default()
            },
            TypeFault::TwoTypes { field, kinds: [of_event, of_case] } => Words {
                message: format!(
                    "`{field}` of the event and `{field}` of the case are never the same: it would reach no customer"
                ),
                label: format!("the case has {}", type_in_words(of_case)),
                other: format!("the event has {}", type_in_words(of_event)),
                help: Some("give both the same type".into()),
            },
        }
    }
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
