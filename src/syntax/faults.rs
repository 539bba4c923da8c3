//! What can be wrong with the text of a standards file, and the words for it.

use super::language::Language;
use super::unreadable::keywords::DECLARATIONS;

use crate::calendar::Date;
use crate::diagnostic::{Code, Fault, Severity, Words, codes, one_of};

/// A fault in the text of a standards file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SyntaxFault {
    /// A declaration begins with a word that begins none.
    UnknownDeclaration {
        /// The word.
        found: String,
        /// The one that was probably meant.
        suggestion: Option<String>,
        /// The language in which to offer words.
        language: Language,
    },
    /// A line in a block begins with a word that begins no clause there.
    UnknownClause {
        /// The word.
        found: String,
        /// The declaration that holds the block.
        declaration: String,
        /// The words that may begin a clause there.
        clauses: Vec<String>,
        /// The one that was probably meant.
        suggestion: Option<String>,
    },
    /// Something else was expected at this place.
    Expected {
        /// What could stand here, in the reader's words.
        expected: Vec<String>,
        /// What stands here.
        found: String,
        /// The keyword of the clause or declaration.
        inside: String,
        /// A keyword that the word found was probably meant to be.
        suggestion: Option<String>,
    },
    /// A symbol where the language has a word.
    Symbol {
        /// The symbol.
        symbol: String,
        /// The word.
        word: String,
    },
    /// A letter that nobody sees, pasted along with the text.
    Hidden {
        /// The letter.
        letter: char,
    },
    /// `30 minutes`, `30 分`: each unit of time has one spelling.
    LongUnit {
        /// The number.
        number: String,
        /// The word for the unit.
        word: String,
        /// The time as the language writes it.
        short: String,
    },
    /// Something where the clause has come to its end.
    NothingMore {
        /// What stands here.
        found: String,
    },
    /// `7 days` or `7d`: a day is either a working day or a calendar day.
    BareDays {
        /// How many.
        count: String,
        /// Whether weeks were written.
        weeks: bool,
        /// The language in which to offer units.
        language: Language,
    },
    /// A number where a time was expected.
    NoUnit {
        /// The number.
        number: String,
        /// The language in which to offer units.
        language: Language,
    },
    /// A number in full-width digits.
    FullWidth {
        /// What was written.
        found: String,
        /// The same in plain digits.
        plain: String,
    },
    /// A Chinese keyword and a name with no blank between: read as one name.
    GrownTogether {
        /// What was written.
        written: String,
        /// The keyword.
        keyword: String,
        /// Both, set apart.
        apart: String,
    },
    /// A Chinese condition behind what it is for.
    ConditionBehind {
        /// The line in its right order.
        turned: String,
    },
    /// An English condition in front of what it is for.
    ConditionInFront {
        /// The line in its right order.
        turned: String,
    },
    /// A condition that stands with one line and is read with another: a Chinese one at the end of a line with the
    /// line below, an English one at its beginning with the line above.
    StrayCondition {
        /// The condition.
        condition: String,
        /// The clause beside it.
        clause: String,
    },
    /// A date written in another order or with other marks.
    DateShape {
        /// What was written.
        found: String,
    },
    /// `a and b or c`
    MixedAndOr {
        /// The second of the two words.
        found: String,
        /// The condition as it may be read, if it has three parts.
        readings: Option<[String; 2]>,
    },
    /// A `{` whose `}` never comes.
    Unclosed {
        /// The declaration.
        declaration: String,
    },
    /// A quotation mark without its partner on the same line.
    UnclosedText {
        /// The mark that closes it.
        closing: char,
    },
    /// A `}` that closes nothing.
    StrayBrace,
    /// A date or time of day that no calendar has.
    NoSuchDate {
        /// What was written.
        found: String,
    },
    /// Three capitals that are no currency.
    NoSuchCurrency {
        /// What was written.
        found: String,
    },
    /// A number too large to compute with.
    TooLarge {
        /// What was written.
        found: String,
    },
    /// Nesting beyond what anyone writes.
    TooDeep {
        /// How deep it may go.
        deepest: usize,
    },
    /// The file is not text.
    NotText {
        /// The first byte that is no UTF-8.
        byte: usize,
    },
    /// The formatter would change what a declaration says.
    OtherMeaning,
    /// The grammar gave up; a fault of Mot.
    Unreadable,
}

impl Fault for SyntaxFault {
    fn code(&self) -> Code {
        match self {
            SyntaxFault::UnknownDeclaration { .. } => codes::SYNTAX_UNKNOWN_DECLARATION,
            SyntaxFault::UnknownClause { .. } => codes::SYNTAX_UNKNOWN_CLAUSE,
            SyntaxFault::Expected { .. } => codes::SYNTAX_EXPECTED,
            SyntaxFault::Symbol { .. } => codes::SYNTAX_SYMBOL,
            SyntaxFault::Hidden { .. } => codes::SYNTAX_HIDDEN_LETTER,
            SyntaxFault::LongUnit { .. } => codes::SYNTAX_LONG_UNIT,
            SyntaxFault::NothingMore { .. } => codes::SYNTAX_NOTHING_MORE,
            SyntaxFault::BareDays { .. } => codes::SYNTAX_BARE_DAYS,
            SyntaxFault::NoUnit { .. } => codes::SYNTAX_NO_UNIT,
            SyntaxFault::FullWidth { .. } => codes::SYNTAX_FULL_WIDTH,
            SyntaxFault::GrownTogether { .. } => codes::SYNTAX_GROWN_TOGETHER,
            SyntaxFault::ConditionBehind { .. } => codes::SYNTAX_CONDITION_BEHIND,
            SyntaxFault::ConditionInFront { .. } => codes::SYNTAX_CONDITION_IN_FRONT,
            SyntaxFault::StrayCondition { .. } => codes::SYNTAX_STRAY_CONDITION,
            SyntaxFault::DateShape { .. } => codes::SYNTAX_DATE_SHAPE,
            SyntaxFault::MixedAndOr { .. } => codes::SYNTAX_AND_OR,
            SyntaxFault::Unclosed { .. } => codes::SYNTAX_UNCLOSED,
            SyntaxFault::UnclosedText { .. } => codes::SYNTAX_UNCLOSED_TEXT,
            SyntaxFault::StrayBrace => codes::SYNTAX_STRAY_BRACE,
            SyntaxFault::NoSuchDate { .. } => codes::SYNTAX_NO_SUCH_DATE,
            SyntaxFault::NoSuchCurrency { .. } => codes::SYNTAX_NO_SUCH_CURRENCY,
            SyntaxFault::TooLarge { .. } => codes::SYNTAX_TOO_LARGE,
            SyntaxFault::TooDeep { .. } => codes::SYNTAX_TOO_DEEP,
            SyntaxFault::NotText { .. } => codes::SYNTAX_NOT_TEXT,
            SyntaxFault::OtherMeaning => codes::SYNTAX_OTHER_MEANING,
            SyntaxFault::Unreadable => codes::SYNTAX_UNREADABLE,
        }
    }

    fn severity(&self) -> Severity {
        match self {
            SyntaxFault::StrayCondition { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn words(&self) -> Words {
        match self {
            SyntaxFault::UnknownDeclaration { found, suggestion, language } => Words {
                message: format!("`{found}` does not begin a declaration: nobody is promised what it says"),
                label: "this word".into(),
                help: Some(match suggestion {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("a declaration begins with one of: {}", DECLARATIONS.of(*language).join(", ")),
                }),
                ..Words::default()
            },
            SyntaxFault::UnknownClause { found, declaration, clauses, suggestion } => Words {
                message: format!("`{found}` says nothing in `{declaration}`: what is meant by it does not count"),
                label: "this word".into(),
                help: Some(match suggestion {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("in `{declaration}` a line begins with {}", one_of(clauses)),
                }),
                ..Words::default()
            },
            SyntaxFault::Expected { expected, found, inside, suggestion } => Words {
                message: format!("expected {}, found {found}", one_of(expected)),
                label: format!("`{inside} …` cannot go on like this, so nobody can rely on it"),
                help: match suggestion {
                    Some(word) => Some(format!("did you mean `{word}`?")),
                    None => two_at_once(expected, found),
                },
                ..Words::default()
            },
            SyntaxFault::Symbol { symbol, word } => Words {
                message: format!("`{}` is written `{word}` here, so that everyone reads the same", symbol.trim()),
                label: "this".into(),
                help: Some(format!("write `{word}`")),
                ..Words::default()
            },
            SyntaxFault::Hidden { letter } => Words {
                message: format!(
                    "a letter that nobody sees stands here, `{letter}`: the word is another one than it looks"
                ),
                label: "here, though it looks like nothing".into(),
                help: Some("take it out: write the line again by hand".into()),
                ..Words::default()
            },
            SyntaxFault::LongUnit { number, word, short } => Words {
                message: match Language::of(word) {
                    Language::English => format!(
                        "times are written short: `{number} {word}` is `{short}`, so that one time is written one way"
                    ),
                    Language::Chinese => {
                        format!("`{number} {word}` is written `{short}` here, so that one time is written one way")
                    }
                },
                label: "this time".into(),
                help: Some(format!("write `{short}`")),
                ..Words::default()
            },
            SyntaxFault::NothingMore { found } => Words {
                message: format!("{found} cannot stand here: nobody could tell what it changes"),
                label: "what comes before it says all it can".into(),
                help: two_at_once(&[], found).or(Some("put it on a line of its own, or take it out".into())),
                ..Words::default()
            },
            SyntaxFault::BareDays { count, weeks, language } => bare_days(count, *weeks, *language),
            SyntaxFault::NoUnit { number, language } => Words {
                message: format!("`{number}` has no unit: one reader takes it for seconds, and another for hours"),
                label: "how long is that?".into(),
                help: Some(match language {
                    Language::English => format!(
                        "write `{number}s`, `{number}m`, `{number}h`, `{number} working days` or `{number} calendar days`"
                    ),
                    Language::Chinese => format!(
                        "write `{number} 秒`, `{number} 分钟`, `{number} 小时`, `{number} 个工作日` or `{number} 个自然日`"
                    ),
                }),
                ..Words::default()
            },
            SyntaxFault::FullWidth { found, plain } => Words {
                message: format!(
                    "`{found}` is in full-width digits: whoever looks for `{plain}` does not find this promise"
                ),
                label: "this number".into(),
                help: Some(format!("write `{plain}`")),
                ..Words::default()
            },
            SyntaxFault::GrownTogether { written, keyword, apart } => Words {
                message: format!("`{written}` is read as one name, and `{keyword}` is missing"),
                label: "one name".into(),
                help: Some(format!("set the keyword off with a blank: `{apart}`")),
                ..Words::default()
            },
            SyntaxFault::ConditionBehind { turned } => Words {
                message:
                    "in Chinese a condition stands in front of what it is for: here it would be read with the next line"
                        .into(),
                label: "this condition".into(),
                help: Some(format!("write `{turned}`")),
                ..Words::default()
            },
            SyntaxFault::ConditionInFront { turned } => Words {
                message: "a condition stands behind what it is for: here it would be read with the line above".into(),
                label: "this condition".into(),
                help: Some(format!("write `{turned}`")),
                ..Words::default()
            },
            SyntaxFault::StrayCondition { condition, clause } => Words {
                label: "this condition".into(),
                ..match Language::of(condition) {
                    Language::English => Words {
                        message: format!(
                            "`{condition}` is read with the line above it: what stands behind it is for all others"
                        ),
                        help: Some(format!("if it is for `{clause}`, put it behind: `{clause} {condition}`")),
                        ..Words::default()
                    },
                    Language::Chinese => Words {
                        message: format!(
                            "`{condition}` is read with the line below it: what stands in front of it is for every case"
                        ),
                        help: Some(format!("if it is for `{clause}`, put it in front: `{condition} {clause}`")),
                        ..Words::default()
                    },
                }
            },
            SyntaxFault::DateShape { found } => Words {
                message: format!(
                    "`{found}` is not a date as Mot reads it: with one order for all, nobody takes April 3 for March 4"
                ),
                label: "this date".into(),
                help: Some(match plain_dates(found) {
                    Some(dates) => format!("write `{dates}`"),
                    None => "a date is year-month-day with two digits for month and day: `2026-01-31`".into(),
                }),
                ..Words::default()
            },
            SyntaxFault::MixedAndOr { found, readings } => Words {
                message: match Language::of(found) {
                    Language::English => {
                        "`and` and `or` in one condition need parentheses: the two readings mean different cases".into()
                    }
                    Language::Chinese => {
                        "`且` and `或` in one condition need parentheses: the two readings mean different cases".into()
                    }
                },
                label: format!("this `{found}` could be read in two ways"),
                help: Some(match (readings, Language::of(found)) {
                    (Some([one, other]), _) => format!("write `{one}`, or `{other}`"),
                    (None, Language::English) => {
                        "put parentheses around what belongs together: `(a and b) or c`, or `a and (b or c)`".into()
                    }
                    (None, Language::Chinese) => {
                        "put parentheses around what belongs together: `（甲 且 乙）或 丙`, or `甲 且（乙 或 丙）`"
                            .into()
                    }
                }),
                ..Words::default()
            },
            SyntaxFault::Unclosed { declaration } => Words {
                message: format!("this `{declaration}` is not closed: what follows may have got into it"),
                label: "opened here".into(),
                help: Some("add a `}` after its last line".into()),
                ..Words::default()
            },
            SyntaxFault::UnclosedText { closing } => Words {
                message: "this text has no closing quotation mark: the rest of its line is taken for its words".into(),
                label: "opened here".into(),
                help: Some(format!("add `{closing}` at its end; a text stands on one line")),
                ..Words::default()
            },
            SyntaxFault::StrayBrace => Words {
                message: "this `}` closes nothing: what it was to close may have ended sooner than it looks".into(),
                label: "here".into(),
                help: Some("take it out, or look for a `{` that is missing above".into()),
                ..Words::default()
            },
            SyntaxFault::NoSuchDate { found } => Words {
                message: format!("no calendar and no clock has `{found}`: what it says falls on no day"),
                label: "this date or time".into(),
                help: Some(existing(found)),
                ..Words::default()
            },
            SyntaxFault::NoSuchCurrency { found } => Words {
                message: format!("`{found}` is not a currency: nobody can be given anything in it"),
                label: "this code".into(),
                help: Some("a currency is its three capital letters, as in `CNY`, `EUR`, `USD`".into()),
                ..Words::default()
            },
            SyntaxFault::TooLarge { found } => Words {
                message: format!("`{found}` is too large: it is beyond every lifetime, or beyond all money"),
                label: "this number".into(),
                help: Some("write a smaller one".into()),
                ..Words::default()
            },
            SyntaxFault::TooDeep { deepest } => Words {
                message: format!("this condition is nested more than {deepest} deep: nobody could tell whom it is for"),
                label: "too deep from here on".into(),
                help: Some("give its parts names: `segment name when …`".into()),
                ..Words::default()
            },
            SyntaxFault::NotText { byte } => Words {
                message: format!("this file is not text in UTF-8 (first at byte {byte}): nothing that it says is read"),
                label: "here".into(),
                help: Some("save it as UTF-8 in your editor".into()),
                ..Words::default()
            },
            SyntaxFault::OtherMeaning => Words {
                message: "in the canonical form this would say something else".into(),
                label: "so the file stays as it is".into(),
                help: Some("write its `when` first, and one sentence in a behaviour".into()),
                ..Words::default()
            },
            SyntaxFault::Unreadable => Words {
                message: "Mot could not read this file; the fault is Mot's".into(),
                label: "from here on".into(),
                help: Some("please report it with the file".into()),
                ..Words::default()
            },
        }
    }
}

/// What to do where a sentence is to ask for two things at once.
fn two_at_once(expected: &[String], found: &str) -> Option<String> {
    let or = if matches!(found, "`且`" | "`（`") { "或" } else { "or" };
    let is_expected = |what: &str| expected.iter().any(|words| words == what);
    match found {
        "`and`" | "`且`" if is_expected(&format!("`{or}`")) => {
            Some(format!("events are joined by `{or}`; what asks for both is two promises"))
        }
        "`and`" | "`且`" => Some("a sentence asks for one thing: what asks for both is two promises".into()),
        "`(`" | "`（`" if is_expected("an event") => {
            Some(format!("events stand without parentheses: `a {or} b`; what asks for both is two promises"))
        }
        _ => None,
    }
}

fn bare_days(count: &str, weeks: bool, language: Language) -> Words {
    let factor = if weeks { 7 } else { 1 };
    let days = count.parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    let unit = if weeks { "weeks" } else { "days" };
    let choices = match days {
        Some(days) if language == Language::Chinese => {
            format!("`{days} 个工作日`, `{days} 个自然日` or `{} 小时`", days.saturating_mul(24))
        }
        Some(1) => "`1 working day`, `1 calendar day` or `24h`".to_owned(),
        Some(days) => {
            format!("`{days} working days`, `{days} calendar days` or `{}h`", days.saturating_mul(24))
        }
        None => "working days, calendar days or hours".to_owned(),
    };
    Words {
        message: format!(
            "`{count}` {unit} can mean working days or calendar days: a customer and an employee count to two dates"
        ),
        label: "which?".into(),
        help: Some(format!("write {choices}")),
        ..Words::default()
    }
}

/// A date, or a span of days, as the language writes it.
fn plain_dates(found: &str) -> Option<String> {
    let dates: Option<Vec<String>> = found.split("..").map(plain_date).collect();
    dates.map(|dates| dates.join(".."))
}

/// A date in other marks, or with fewer digits, as the language writes it.
fn plain_date(found: &str) -> Option<String> {
    let mut parts = found.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
    let (year, month, day) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(year.parse().ok()?, month, day).ok().map(|date| date.to_string())
}

/// What to write instead of a date or a time of day that there is not.
fn existing(found: &str) -> String {
    let first_of_month = found.rsplit_once('-').and_then(|(month, _)| plain_date(&format!("{month}-01")));
    match first_of_month.and_then(|first| first.parse::<Date>().ok()) {
        Some(first) => format!("the last day of that month is `{}`", first.last_of_month()),
        None if found.contains(':') => "a time of day goes from `00:00` to `24:00`".into(),
        None => "a date is year-month-day, and a year has twelve months: `2026-01-31`".into(),
    }
}
