//! What to say of a slice that the grammar could not read.
//!
//! The slice is read again with a strict rule that must match all of it. Where that stops, and what
//! the grammar could have taken there, is the raw material; what the reader most likely meant by the
//! text at that place comes first.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use super::faults::SyntaxFault;
use super::grammar::{Grammar, Rule};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::Span;

/// The words that begin declarations.
pub const DECLARATIONS: &[&str] = &[
    "service",
    "use",
    "role",
    "calendar",
    "period",
    "exempt",
    "case",
    "event",
    "segment",
    "touchpoint",
    "moment",
    "journey",
    "standard",
    "behaviour",
    "level",
    "scorecard",
    "escalate",
    "action",
    "empower",
    "approve",
    "authority",
    "cause",
    "remedy",
    "scenario",
];

/// The words that begin what any promise may carry.
const ATTRIBUTES: &[&str] =
    &["source", "owner", "severity", "material", "symptom", "element", "status", "review", "control", "never"];

/// A kind of block: the rule of its declaration, its keyword, the strict rule of its clauses, and
/// the words that begin one.
struct BlockKind {
    declaration: Rule,
    keyword: &'static str,
    clause: Rule,
    heads: &'static [&'static str],
    /// Whether its clauses may also be what any promise carries.
    attributes: bool,
}

impl BlockKind {
    fn heads(&self) -> impl Iterator<Item = &'static str> {
        let attributes = if self.attributes { ATTRIBUTES } else { &[] };
        self.heads.iter().chain(attributes).copied()
    }

    fn has(&self, head: &str) -> bool {
        self.heads().any(|known| known == head)
    }
}

const BLOCKS: &[BlockKind] = &[
    BlockKind {
        declaration: Rule::service,
        keyword: "service",
        clause: Rule::only_service_clause,
        heads: &["version", "effective", "timezone", "currency", "owner", "status", "source", "review"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::calendar,
        keyword: "calendar",
        clause: Rule::only_calendar_clause,
        heads: &["mon", "tue", "wed", "thu", "fri", "sat", "sun", "closed", "opened", "received", "timezone", "source"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::exempt,
        keyword: "exempt",
        clause: Rule::only_exempt_clause,
        heads: &["from", "when", "for", "excuse", "stop", "proof", "source"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::case,
        keyword: "case",
        clause: Rule::only_case_clause,
        heads: &["party", "ends"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::event_fields,
        keyword: "event",
        clause: Rule::only_event_clause,
        heads: &[],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::touchpoint,
        keyword: "touchpoint",
        clause: Rule::only_touchpoint_clause,
        heads: &["stage", "channel", "environment"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::moment,
        keyword: "moment",
        clause: Rule::only_moment_clause,
        heads: &["kind", "impact", "expects", "out"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::journey,
        keyword: "journey",
        clause: Rule::only_journey_clause,
        heads: &["through", "ends", "score", "per"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::standard,
        keyword: "standard",
        clause: Rule::only_standard_clause,
        heads: &[
            "from", "cancel", "pause", "restart", "reopen", "extend", "each", "first", "per", "counting", "within",
            "at", "due", "no", "beyond", "warn",
        ],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::behaviour,
        keyword: "behaviour",
        clause: Rule::only_behaviour_clause,
        heads: &["every", "after", "never", "at", "exactly", "between", "on", "counting", "per"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::level,
        keyword: "level",
        clause: Rule::only_level_clause,
        heads: &[
            "at",
            "more",
            "less",
            "share",
            "count",
            "mean",
            "median",
            "nps",
            "csat",
            "ces",
            "cancelled",
            "undetermined",
            "with",
            "benchmark",
        ],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::scorecard,
        keyword: "scorecard",
        clause: Rule::only_scorecard_clause,
        heads: &["fatal", "pass", "per"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::escalate,
        keyword: "escalate",
        clause: Rule::only_escalate_clause,
        heads: &["at"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::empower,
        keyword: "empower",
        clause: Rule::only_empower_clause,
        heads: &["may"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::approve,
        keyword: "approve",
        clause: Rule::only_approve_clause,
        heads: &["asked", "granted", "refused", "amount"],
        attributes: false,
    },
    BlockKind {
        declaration: Rule::authority_block,
        keyword: "authority",
        clause: Rule::only_authority_clause,
        heads: &[],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::cause,
        keyword: "cause",
        clause: Rule::only_cause_clause,
        heads: &["kind", "when"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::remedy,
        keyword: "remedy",
        clause: Rule::only_remedy_clause,
        heads: &["offer", "improve", "caused"],
        attributes: true,
    },
    BlockKind {
        declaration: Rule::scenario,
        keyword: "scenario",
        clause: Rule::only_scenario_clause,
        heads: &["given", "as", "expect"],
        attributes: false,
    },
];

/// The keyword of the declaration whose block this rule is.
pub fn keyword(block: Rule) -> &'static str {
    BLOCKS.iter().find(|kind| kind.declaration == block).map_or("block", |kind| kind.keyword)
}

/// Whether the text begins with a word that begins a clause in some block.
pub fn begins_clause(text: &str) -> bool {
    let head = first_word(text);
    BLOCKS.iter().any(|kind| kind.has(head))
}

/// The name that an unreadable declaration would have declared: its second word.
pub fn declared_name(slice: &str) -> Option<String> {
    let mut words = slice.split(|c: char| c.is_whitespace() || c == '{');
    words.next()?;
    let name = words.find(|word| !word.is_empty())?;
    name.starts_with(char::is_alphabetic).then(|| name.to_owned())
}

/// The fault of a declaration that could not be read.
pub fn declaration(slice: Span, text: &str) -> Diagnostic {
    let written = text.get(slice.start..slice.end).unwrap_or_default();
    let head = first_word(written);
    let at_head = Span::new(slice.file, slice.start, slice.start + head.len());
    if written.starts_with('}') {
        return Diagnostic::new(SyntaxFault::StrayBrace, Span::new(slice.file, slice.start, slice.start + 1));
    }
    if !DECLARATIONS.contains(&head) {
        let suggestion = did_you_mean(head, DECLARATIONS.iter().copied()).map(str::to_owned);
        let fault = SyntaxFault::UnknownDeclaration { found: word_at(written).to_owned(), suggestion };
        return Diagnostic::new(fault, at_head);
    }
    stopped(Rule::only_declaration, slice, written, head)
}

/// The fault of a line in a block that could not be read.
pub fn clause(block: Rule, slice: Span, text: &str) -> Diagnostic {
    let written = text.get(slice.start..slice.end).unwrap_or_default();
    let head = first_word(written);
    let width = if head.is_empty() { written.chars().next().map_or(0, char::len_utf8) } else { head.len() };
    let at_head = Span::new(slice.file, slice.start, slice.start + width);
    if matches!(head, "and" | "or") {
        return Diagnostic::new(SyntaxFault::MixedAndOr { found: head.to_owned() }, at_head);
    }
    let Some(kind) = BLOCKS.iter().find(|kind| kind.declaration == block) else {
        return Diagnostic::new(SyntaxFault::Unreadable, slice);
    };
    let is_field = matches!(block, Rule::case | Rule::event_fields) && written.contains(':');
    if is_field || kind.has(head) || (kind.keyword == "calendar" && head.contains("..")) {
        return stopped(kind.clause, slice, written, if is_field { "field" } else { head });
    }
    if let Some(fault) = meant(written, "").filter(|fault| matches!(fault, SyntaxFault::Symbol { .. })) {
        return at_word(fault, slice, 0, written);
    }
    if let Some(fault) = meant(written, written) {
        return at_word(fault, slice, 0, written);
    }
    if matches!(block, Rule::case | Rule::event_fields) {
        let fault = SyntaxFault::Expected {
            expected: vec!["a field with its type, as in `amount: money`".into()],
            found: shown(written),
            inside: kind.keyword.into(),
            suggestion: did_you_mean(head, kind.heads()).map(str::to_owned),
        };
        return Diagnostic::new(fault, at_head);
    }
    let fault = SyntaxFault::UnknownClause {
        found: word_at(written).to_owned(),
        declaration: kind.keyword.into(),
        clauses: kind.heads().map(|head| format!("`{head}`")).collect(),
        suggestion: did_you_mean(head, kind.heads()).map(str::to_owned),
    };
    Diagnostic::new(fault, at_head)
}

/// Reads `written` strictly and tells where that stops.
fn stopped(strict: Rule, slice: Span, written: &str, inside: &str) -> Diagnostic {
    let Err(error) = Grammar::parse(strict, written) else {
        // The strict rule took it: what is wrong stands around it, not in it.
        let fault = SyntaxFault::Expected {
            expected: vec!["nothing more".into()],
            found: shown(written),
            inside: inside.into(),
            suggestion: None,
        };
        return Diagnostic::new(fault, slice);
    };
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let rest = written.get(at..).unwrap_or_default();
    if let Some(fault) = meant(rest, written.get(..at).unwrap_or_default()) {
        return at_word(fault, slice, at, written);
    }
    let rules = match error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let mut expected: Vec<String> = Vec::new();
    for rule in rules {
        let words = in_words(rule);
        if let Some(words) = words.filter(|words| !expected.contains(words)) {
            expected.push(words);
        }
    }
    let keywords = expected.iter().filter_map(|words| words.strip_prefix('`')?.strip_suffix('`'));
    let suggestion = did_you_mean(first_word(rest), keywords).map(str::to_owned);
    if expected.is_empty() {
        return at_word(SyntaxFault::NothingMore { found: shown(rest) }, slice, at, written);
    }
    if expected.len() > 6 {
        expected.truncate(6);
    }
    let fault = SyntaxFault::Expected { expected, found: shown(rest), inside: inside.into(), suggestion };
    at_word(fault, slice, at, written)
}

/// What the writer most likely meant by the text where reading stopped, if it is one of the slips
/// that everyone makes; `before` is the text in front of it.
fn meant(rest: &str, before: &str) -> Option<SyntaxFault> {
    const SYMBOLS: &[(&str, &str)] = &[
        ("==", "is"),
        ("!=", "is not"),
        ("<>", "is not"),
        (">=", "is at least"),
        ("<=", "is at most"),
        ("=", "is"),
        (">", "is more than"),
        ("<", "is less than"),
        ("&&", "and"),
        ("||", "or"),
        ("!", "not"),
        ("//", "#"),
        ("if ", "when"),
        ("else", "otherwise"),
        ("equals", "is"),
        ("greater", "is more than"),
        ("business day", "working day"),
    ];
    let symbol = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol));
    if let Some((symbol, word)) = symbol {
        return Some(SyntaxFault::Symbol { symbol: (*symbol).into(), word: (*word).into() });
    }
    if rest.starts_with('“') && rest.lines().next().is_some_and(|line| !line.contains('”')) {
        return Some(SyntaxFault::UnclosedText);
    }
    if rest.starts_with('"') && rest.lines().next().is_some_and(|line| line.matches('"').count() % 2 == 1) {
        return Some(SyntaxFault::UnclosedText);
    }
    if matches!(first_word(rest), "and" | "or") && mixes(before, first_word(rest)) {
        return Some(SyntaxFault::MixedAndOr { found: first_word(rest).into() });
    }
    meant_by_number(rest, before)
}

/// Whether the condition before already uses the other of `and` and `or`.
fn mixes(before: &str, word: &str) -> bool {
    let other = if word == "and" { "or" } else { "and" };
    before.split_whitespace().any(|earlier| earlier == other)
}

fn meant_by_number(rest: &str, before: &str) -> Option<SyntaxFault> {
    // Reading may stop in front of the number, or behind it at the unit that is not there.
    let digits_before = before.len() - before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let behind = before.trim_end();
    let behind_number = behind.get(behind.len().saturating_sub(digits_before)..).unwrap_or_default().trim();
    let (number, after) = if rest.starts_with(|c: char| c.is_ascii_digit()) {
        rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?
    } else {
        (behind_number, rest)
    };
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if after.starts_with(['/', '.', '年']) && number.len() == 4 {
        return Some(SyntaxFault::DateShape { found: word_at(rest).into() });
    }
    let unit = first_word(after.trim_start());
    match unit {
        "d" | "day" | "days" => Some(SyntaxFault::BareDays { count: number.into(), weeks: false }),
        "h" | "m" | "s" if wants_time(before) => Some(long_unit(number, unit, unit.chars().next()?)),
        "H" | "hrs" | "hr" => Some(long_unit(number, unit, 'h')),
        "second" | "seconds" | "sec" => Some(long_unit(number, unit, 's')),
        "minute" | "minutes" | "min" => Some(long_unit(number, unit, 'm')),
        "hour" | "hours" => Some(long_unit(number, unit, 'h')),
        "w" | "week" | "weeks" => Some(SyntaxFault::BareDays { count: number.into(), weeks: true }),
        _ if wants_time(before) && (after.is_empty() || after.starts_with(['\n', ' ', '}'])) => {
            Some(SyntaxFault::NoUnit { number: number.into() })
        }
        _ => None,
    }
}

fn long_unit(number: &str, word: &str, unit: char) -> SyntaxFault {
    SyntaxFault::LongUnit { number: number.into(), word: word.into(), unit }
}

/// Whether the word before the place asks for a length of time.
fn wants_time(before: &str) -> bool {
    let without_number = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    ["within", "after", "every"].contains(&without_number.split_whitespace().last().unwrap_or_default())
}

/// What a rule is called in front of a reader; nothing for what would not help.
fn in_words(rule: Rule) -> Option<String> {
    let named = match rule {
        Rule::name | Rule::place | Rule::promise | Rule::calendar_name => "a name",
        Rule::path | Rule::operand | Rule::of_event => "a name",
        Rule::triggers | Rule::trigger => "an event",
        Rule::text | Rule::label | Rule::straight | Rule::curly => "a text in quotation marks",
        Rule::limit | Rule::duration | Rule::count | Rule::working_days | Rule::calendar_days => {
            "a length of time such as `4h` or `2 working days`"
        }
        Rule::date | Rule::date_range | Rule::last_date => "a date such as `2026-01-31`",
        Rule::time_of_day | Rule::opening_hours | Rule::hours => "hours such as `09:00-18:00`",
        Rule::percent => "a share such as `80%`",
        Rule::money | Rule::spending_limit => "an amount such as `200 CNY`",
        Rule::currency_code => "a currency such as `CNY`",
        Rule::number => "a number",
        Rule::value | Rule::bool | Rule::date_time => "a value",
        Rule::value_list => "values in parentheses",
        Rule::condition | Rule::term | Rule::comparison | Rule::filter => "a condition",
        Rule::weekday => "a day of the week",
        Rule::field_type | Rule::plain_type => {
            "a type such as `text`, `number`, `bool`, `money`, `time` or `low < high`"
        }
        Rule::block_start => "`{`",
        Rule::stage_name => "`pre_purchase`, `purchase`, `use` or `after_sales`",
        Rule::environment_name => "`human`, `physical`, `remote` or `digital`",
        Rule::moment_kind_name => "`peak`, `valley` or `end`",
        Rule::impact_name => "`low`, `medium`, `high` or `critical`",
        Rule::severity_name => "`minor`, `major` or `critical`",
        Rule::symptom_name => "`delay`, `information`, `attitude` or `product`",
        Rule::evidence_source => "`log`, `survey`, `interview`, `inspection`, `market` or `model`",
        Rule::cause_kind => {
            "`empowerment`, `training`, `communication`, `staffing`, `process`, `product` or `external`"
        }
        Rule::EOI | Rule::block_end | Rule::no_block_end | Rule::bad_clause | Rule::negation | Rule::parentheses => {
            return None;
        }
        other => {
            let name = format!("{other:?}");
            return name.strip_prefix("word_").map(|word| format!("`{word}`"));
        }
    };
    Some(named.to_owned())
}

/// `fault` at the word that stands `offset` bytes into the slice; at the slice's end, on its last word.
fn at_word(fault: SyntaxFault, slice: Span, offset: usize, written: &str) -> Diagnostic {
    let rest = written.get(offset..).unwrap_or_default();
    let start = slice.start + offset;
    let word = word_at(rest);
    if matches!(fault, SyntaxFault::BareDays { .. } | SyntaxFault::NoUnit { .. } | SyntaxFault::LongUnit { .. }) {
        let before = written.get(..offset).unwrap_or_default().trim_end();
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let end = if matches!(fault, SyntaxFault::NoUnit { .. }) { before.len() } else { offset + word.len() };
        if digits < before.len() {
            return Diagnostic::new(fault, Span::new(slice.file, slice.start + digits, slice.start + end));
        }
    }
    if word.is_empty() {
        let end = slice.start + written.trim_end().len();
        return Diagnostic::new(fault, Span::new(slice.file, end.min(start), end.min(start)));
    }
    let width = if rest.starts_with('"') { rest.lines().next().unwrap_or(word).trim_end().len() } else { word.len() };
    Diagnostic::new(fault, Span::new(slice.file, start, start + width))
}

/// What stands here, as a person would point at it.
fn shown(rest: &str) -> String {
    let word = word_at(rest);
    if word.is_empty() { "the end of the line".into() } else { format!("`{word}`") }
}

/// The text up to the next blank; a lone mark of punctuation is a word too.
fn word_at(rest: &str) -> &str {
    if rest.starts_with(['\n', '\r']) {
        return "";
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ';' | '(' | ')'));
    match end {
        Some(0) => rest.chars().next().and_then(|first| rest.get(..first.len_utf8())).unwrap_or_default().trim(),
        Some(end) => rest.get(..end).unwrap_or_default(),
        None => rest,
    }
}

/// The letters that a slice begins with.
pub fn first_word(written: &str) -> &str {
    let end = written.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
    written.get(..end.unwrap_or(written.len())).unwrap_or_default()
}
