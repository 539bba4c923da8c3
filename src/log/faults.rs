//! What can be wrong with a mapping, and the words for it.

use super::date_order::DateOrder;
use super::formats;

use crate::diagnostic::{Code, Fault, Words, codes};

/// What can be wrong with a mapping: by itself, with the standards, or with the log that it is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MappingFault {
    /// A key that a mapping does not have.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was likely meant.
        meant: Option<String>,
        /// The keys that there are.
        known: Vec<&'static str>,
    },
    /// A key that stands twice.
    RepeatedKey {
        /// The key.
        key: String,
    },
    /// A key that must be there is not.
    MissingKey {
        /// The key.
        key: &'static str,
        /// What to write.
        example: &'static str,
    },
    /// Two keys that say the same thing in two ways.
    TwoWays {
        /// The key at hand.
        key: String,
        /// The key that it conflicts with.
        other: String,
    },
    /// A value of another shape than its key asks for.
    Shape {
        /// What the key asks for, in words.
        wanted: &'static str,
    },
    /// A format of files that cannot be read.
    UnknownFormat {
        /// The format.
        format: String,
    },
    /// A delimiter that is no single character.
    Delimiter {
        /// What was written.
        delimiter: String,
    },
    /// A time zone that the bundled database lacks.
    UnknownZone {
        /// The zone.
        zone: String,
        /// The zone that was likely meant.
        meant: Option<String>,
    },
    /// A pattern for times that cannot be used.
    TimeFormat {
        /// The pattern.
        format: String,
        /// Why not.
        why: String,
    },
    /// A format that stands twice in a list: it is never tried a second time.
    NeverTried {
        /// The format.
        format: String,
    },
    /// A column that was read in an order of day and month that its own values disprove.
    DateOrder {
        /// The column.
        column: String,
        /// The order in which it was read.
        order: DateOrder,
        /// A time that fits both orders, if there is one and it may be shown.
        guessed: Option<String>,
        /// A time that fits only the other order, if it may be shown.
        against: Option<String>,
        /// The line where that stands.
        line: u64,
    },
    /// A pattern for times on a field that holds none.
    TimeFormatOf {
        /// The type of the field, as the language spells it.
        kind: String,
    },
    /// An event that the standards lack.
    UnknownEvent {
        /// The event.
        event: String,
        /// The event that was likely meant.
        meant: Option<String>,
    },
    /// A field that the standards lack.
    UnknownField {
        /// The field.
        field: String,
        /// The field that was likely meant.
        meant: Option<String>,
    },
    /// A value map that leads to a value that the type lacks.
    UnknownValue {
        /// The value.
        value: String,
        /// The type, as the language spells it.
        kind: String,
        /// The value that was likely meant.
        meant: Option<String>,
    },
    /// A column that the log does not have.
    MissingColumn {
        /// The column.
        column: String,
        /// The name of the log.
        input: String,
        /// What its first line says of its columns.
        header: Header,
        /// The column that was likely meant.
        meant: Option<String>,
    },
    /// A column that fills a private field, and something that every report prints.
    PrivateColumn {
        /// The column.
        column: String,
        /// The private field.
        field: String,
        /// As what it would be printed.
        shown_as: String,
    },
    /// A column that is used, but whose name stands over several columns.
    AmbiguousColumn {
        /// The column.
        column: String,
        /// The name of the log.
        input: String,
        /// How many columns have that name.
        count: usize,
    },
    /// Local times, and no zone that they are in.
    NoTimezone {
        /// The column.
        column: String,
        /// The name of the log.
        input: String,
        /// How many cells.
        count: u64,
        /// The line of the first.
        line: u64,
        /// What it says; nothing if the column carries a private field.
        example: Option<String>,
    },
}

impl Fault for MappingFault {
    fn code(&self) -> Code {
        match self {
            MappingFault::UnknownKey { .. } => codes::MAPPING_UNKNOWN_KEY,
            MappingFault::RepeatedKey { .. } => codes::MAPPING_REPEATED_KEY,
            MappingFault::MissingKey { .. } => codes::MAPPING_MISSING_KEY,
            MappingFault::TwoWays { .. } => codes::MAPPING_TWO_WAYS,
            MappingFault::Shape { .. } => codes::MAPPING_SHAPE,
            MappingFault::UnknownFormat { .. } => codes::MAPPING_UNKNOWN_FORMAT,
            MappingFault::Delimiter { .. } => codes::MAPPING_DELIMITER,
            MappingFault::UnknownZone { .. } => codes::MAPPING_UNKNOWN_TIMEZONE,
            MappingFault::TimeFormat { .. } | MappingFault::TimeFormatOf { .. } => codes::MAPPING_TIME_FORMAT,
            MappingFault::NeverTried { .. } => codes::MAPPING_NEVER_TRIED,
            MappingFault::DateOrder { .. } => codes::MAPPING_DAY_AND_MONTH,
            MappingFault::UnknownEvent { .. } => codes::MAPPING_UNKNOWN_EVENT,
            MappingFault::UnknownField { .. } => codes::MAPPING_UNKNOWN_FIELD,
            MappingFault::UnknownValue { .. } => codes::MAPPING_UNKNOWN_VALUE,
            MappingFault::MissingColumn { .. } => codes::MAPPING_MISSING_COLUMN,
            MappingFault::PrivateColumn { .. } => codes::MAPPING_PRIVATE_COLUMN,
            MappingFault::AmbiguousColumn { .. } => codes::MAPPING_AMBIGUOUS_COLUMN,
            MappingFault::NoTimezone { .. } => codes::MAPPING_NO_TIMEZONE,
        }
    }

    fn words(&self) -> Words {
        let (message, label) = self.sentence();
        Words { message, label: label.to_owned(), other: self.other().to_owned(), help: self.help() }
    }
}

impl MappingFault {
    fn sentence(&self) -> (String, &'static str) {
        match self {
            MappingFault::UnknownKey { key, .. } => {
                (format!("`{key}` is not a key here: what it says would not be done"), "not known")
            }
            MappingFault::RepeatedKey { key } => {
                (format!("`{key}` stands twice: only one of them could count"), "again here")
            }
            MappingFault::MissingKey { key, .. } => {
                (format!("the mapping does not say `{key}`{}", follows_for_want_of(key)), "in this mapping")
            }
            MappingFault::TwoWays { key, other } => {
                (format!("`{key}` and `{other}` cannot stand together: one row would be read in two ways"), "this key")
            }
            MappingFault::Shape { wanted } => {
                (format!("expected {wanted}; as it stands, the log cannot be read"), "this is something else")
            }
            MappingFault::UnknownFormat { format } => (
                format!("`{format}` is not a format that can be read: no customer of the log could be judged"),
                "this format",
            ),
            MappingFault::Delimiter { delimiter } => (
                format!("the delimiter `{delimiter}` is not one plain character: no row could be told into columns"),
                "this delimiter",
            ),
            MappingFault::UnknownZone { zone, .. } => {
                (format!("`{zone}` is not a known time zone: nobody could say who was in time"), "this zone")
            }
            MappingFault::TimeFormat { format, why } => {
                (format!("`{format}` cannot be used to read times: {why}"), "this format")
            }
            MappingFault::NeverTried { format } => {
                (format!("`{format}` stands twice: it is never tried a second time"), "again here")
            }
            MappingFault::DateOrder { column, order, guessed, against, line } => {
                let shown =
                    |text: &Option<String>| text.as_ref().map_or_else(String::new, |text| format!(" (`{text}`)"));
                let message = format!(
                    "the column `{column}` is read as {order}{}, and line {line}{} can only be {}: every date would be \
                     another day",
                    shown(guessed),
                    shown(against),
                    order.other()
                );
                (message, "this column")
            }
            MappingFault::TimeFormatOf { kind } => (
                format!("a time format is of no use for a field of type `{kind}`: it holds no time"),
                "not a time, not a date",
            ),
            MappingFault::UnknownEvent { event, .. } => {
                (format!("the standards have no event `{event}`: these rows would count for nothing"), "this event")
            }
            MappingFault::UnknownField { field, .. } => {
                (format!("the standards have no field `{field}`: what hangs on it would stay unknown"), "this field")
            }
            MappingFault::UnknownValue { value, kind, .. } => {
                (format!("`{value}` is not a value of `{kind}`: no case could have it"), "this value")
            }
            MappingFault::MissingColumn { column, input, .. } => (
                format!("`{input}` has no column `{column}`: what is read from it would be missing in every row"),
                "this column",
            ),
            MappingFault::PrivateColumn { column, field, shown_as } => (
                format!("the column `{column}` fills the private field `{field}`, and would be printed as {shown_as}"),
                "private",
            ),
            MappingFault::AmbiguousColumn { column, input, count } => (
                format!("`{input}` has {count} columns called `{column}`: which of them counts would be a guess"),
                "which of them",
            ),
            MappingFault::NoTimezone { column, input, count, line, example } => {
                let times = if *count == 1 { "1 time" } else { &format!("{count} times") };
                let example = example.as_ref().map_or_else(String::new, |example| format!(": `{example}`"));
                let message = format!(
                    "{times} in column `{column}` of `{input}` without a time zone, so who was late would be a guess; \
                     the first at line {line}{example}"
                );
                (message, "local times")
            }
        }
    }

    fn other(&self) -> &'static str {
        match self {
            MappingFault::TwoWays { .. } => "the other key",
            MappingFault::RepeatedKey { .. } | MappingFault::NeverTried { .. } => "first here",
            _ => "",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            MappingFault::UnknownKey { meant: None, known, .. } => Some(format!("one of {}", list(known))),
            MappingFault::UnknownZone { meant: None, .. } => {
                Some("a zone is named by continent and city: `timezone: Asia/Shanghai`".to_owned())
            }
            MappingFault::UnknownEvent { meant: None, event } => {
                Some(format!("declare it in the standards: `event {event}`; or leave its rows out with `ignore`"))
            }
            MappingFault::UnknownField { meant: None, .. } => {
                Some("declare it in the standards, for the case or for an event; or take this line out".to_owned())
            }
            MappingFault::UnknownKey { meant, .. }
            | MappingFault::UnknownZone { meant, .. }
            | MappingFault::UnknownEvent { meant, .. }
            | MappingFault::UnknownField { meant, .. }
            | MappingFault::UnknownValue { meant, .. } => did_you_mean(meant),
            MappingFault::MissingKey { example, .. } => Some(format!("add `{example}`")),
            MappingFault::UnknownFormat { .. } => {
                Some(format!("write {}; a spreadsheet can be saved as CSV", formats::named("format: ")))
            }
            MappingFault::Delimiter { .. } => Some("write `delimiter: \";\"`, or `\"\\t\"` for a tab".to_owned()),
            MappingFault::TimeFormat { format, .. } => Some(match in_percents(format) {
                Some(meant) => format!("write `\"{meant}\"`"),
                None => "for example `\"%d/%m/%Y %H:%M\"`, `epoch s` or `epoch ms`".to_owned(),
            }),
            MappingFault::MissingColumn { header, meant, .. } => Some(missing_column(header, meant)),
            MappingFault::PrivateColumn { field, .. } => {
                Some(format!("read it from another column, declare it `private` too, or take `private` from `{field}`"))
            }
            MappingFault::AmbiguousColumn { .. } => {
                Some("give each a name of its own in the first line of the log".to_owned())
            }
            MappingFault::NoTimezone { .. } => Some("say where the clock stood: `timezone: Asia/Shanghai`".to_owned()),
            MappingFault::RepeatedKey { .. } | MappingFault::TwoWays { .. } => Some("keep one of them".to_owned()),
            MappingFault::NeverTried { .. } => Some("keep the first of them".to_owned()),
            MappingFault::DateOrder { order, .. } => Some(match order {
                DateOrder::DayFirst => "put the month first in `time_format`, as in `\"%m/%d/%Y %H:%M\"`".to_owned(),
                DateOrder::MonthFirst => "put the day first in `time_format`, as in `\"%d/%m/%Y %H:%M\"`".to_owned(),
            }),
            MappingFault::TimeFormatOf { .. } => {
                Some("take it out, or declare the field as a `time` or a `date` in the standards".to_owned())
            }
            // What is expected is what to write.
            MappingFault::Shape { .. } => None,
        }
    }
}

/// What it means for people that a mapping lacks a key.
fn follows_for_want_of(key: &str) -> &'static str {
    match key {
        "case" => ": no row would belong to a customer",
        "event" => ": no row would say what happened",
        "time" => ": nobody could say who was in time",
        _ => "",
    }
}

/// The letters with which other programs write a pattern for times, and what they are here.
const LETTERS: [(&str, &str); 12] = [
    ("YYYY", "%Y"),
    ("yyyy", "%Y"),
    ("YY", "%y"),
    ("yy", "%y"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("dd", "%d"),
    ("HH", "%H"),
    ("hh", "%H"),
    ("mm", "%M"),
    ("SS", "%S"),
    ("ss", "%S"),
];

/// A pattern for times in the letters of other programs (`DD.MM.YYYY`) as it is written here.
fn in_percents(format: &str) -> Option<String> {
    if format.contains('%') {
        return None;
    }
    let written = LETTERS.iter().fold(format.to_owned(), |text, (letters, here)| text.replace(letters, here));
    let rest = LETTERS.iter().fold(written.clone(), |text, (_, here)| text.replace(here, ""));
    (written.contains('%') && !rest.contains(char::is_alphabetic)).then_some(written)
}

fn did_you_mean(meant: &Option<String>) -> Option<String> {
    meant.as_ref().map(|meant| format!("did you mean `{meant}`?"))
}

/// How many columns are listed for whoever looks for one.
const MOST_COLUMNS: usize = 40;

/// What the first line of a log says of its columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Header {
    /// Their names.
    Names(Vec<String>),
    /// One column, in which this delimiter stands.
    OtherDelimiter(char),
    /// The line is a JSON object.
    Object,
    /// Perhaps a row of values that nobody may see.
    Hidden,
}

impl Header {
    /// What may be told of a header.
    pub(super) fn of(names: &[String], hidden: bool) -> Self {
        let delimiter = |only: &String| [';', '\t', '|'].into_iter().find(|delimiter| only.contains(*delimiter));
        match names {
            [first, ..] if first.starts_with('{') => Header::Object,
            [only] if delimiter(only).is_some() => delimiter(only).map_or(Header::Hidden, Header::OtherDelimiter),
            _ if hidden => Header::Hidden,
            names => Header::Names(names.to_vec()),
        }
    }
}

fn missing_column(header: &Header, meant: &Option<String>) -> String {
    let names = match header {
        Header::OtherDelimiter(delimiter) => {
            return format!("the log has one column; add `delimiter: {:?}`?", delimiter.to_string());
        }
        Header::Object => return "the log looks like NDJSON: write `format: ndjson`".to_owned(),
        Header::Hidden => {
            return "its first line must name the columns; none of those that the mapping names is there, and what \
                    is there may be private"
                .to_owned();
        }
        Header::Names(names) => names,
    };
    did_you_mean(meant).unwrap_or_else(|| match names.get(MOST_COLUMNS..) {
        Some(rest @ [_, ..]) => {
            format!("its columns are {} and {} more", list(names.get(..MOST_COLUMNS).unwrap_or(names)), rest.len())
        }
        _ => format!("its columns are {}", list(names)),
    })
}

fn list<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}
