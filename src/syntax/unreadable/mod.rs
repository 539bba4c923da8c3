//! What to say of a slice that the grammar could not read.
//!
//! The slice is read again with a strict rule that must match all of it. Where that stops, and what
//! the grammar could have taken there, is the raw material; what the reader most likely meant by the
//! text at that place comes first. Words are offered in the language in which the slice is written.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use self::expected::in_words;
use self::keywords::BlockKind;
use super::faults::SyntaxFault;
use super::grammar::{Grammar, Rule};
use super::language::Language;
use super::words::Vocabulary;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::{FileId, Span};

mod common_mistakes;
mod expected;
pub(super) mod keywords;

pub use self::keywords::DECLARATIONS;
#[cfg(test)]
pub use self::keywords::heads;

/// The keyword of the declaration whose block this rule is, in the language of the declaration around `at`.
pub fn keyword(block: Rule, text: &str, at: usize) -> &'static str {
    let language = declared_in(text.get(..at).unwrap_or_default());
    BlockKind::find(block).map_or("block", |kind| kind.keyword(language))
}

/// Whether the text begins with a word that begins a declaration.
pub fn begins_declaration(text: &str) -> bool {
    DECLARATIONS.has(first_word(text))
}

/// Whether the text begins with a word that begins a clause in a block of this kind.
pub fn begins_clause(block: Rule, text: &str) -> bool {
    let begins = BlockKind::find(block).is_some_and(|kind| kind.has(head_of(text)));
    begins && !is_lone_condition(text)
}

/// Whether a Chinese condition stands here without what it is for.
fn is_lone_condition(text: &str) -> bool {
    let text = text.trim_end();
    text == "其余" || text.starts_with('当') && text.ends_with('时')
}

/// The name that an unreadable declaration would have declared: its second word.
pub fn declared_name(slice: &str) -> Option<String> {
    let mut words = slice.split(|c: char| c.is_whitespace() || matches!(c, '{' | '“' | '"' | '，' | '（'));
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
    let slice = Slice { file: slice.file, start: slice.start, written, language: Language::of(head) };
    if let Some(fault) = common_mistakes::hidden(written) {
        return slice.at_word(fault, 0);
    }
    if DECLARATIONS.has(head) {
        return slice.stopped(Rule::only_declaration, head);
    }
    if let Some(fault) = slice.rest_of_a_line(text) {
        return fault;
    }
    if let Some(fault) = slice.head_grown_together(DECLARATIONS.of(slice.language).iter().copied()) {
        return Diagnostic::new(fault, at_head);
    }
    let suggestion = did_you_mean(head, DECLARATIONS.all()).map(str::to_owned);
    let fault =
        SyntaxFault::UnknownDeclaration { found: word_at(written).to_owned(), suggestion, language: slice.language };
    Diagnostic::new(fault, at_head)
}

/// The fault of a line that could not be read, in a block that is opened at the byte `opened`.
pub fn clause(block: Rule, opened: usize, slice: Span, text: &str) -> Diagnostic {
    let written = text.get(slice.start..slice.end).unwrap_or_default();
    let head = head_of(written);
    let width = if head.is_empty() { written.chars().next().map_or(0, char::len_utf8) } else { head.len() };
    let at_head = Span::new(slice.file, slice.start, slice.start + width);
    let before = text.get(..slice.start).and_then(|before| before.lines().last()).unwrap_or_default();
    if common_mistakes::connects(head) && common_mistakes::mixes(before, head) {
        return Diagnostic::new(common_mistakes::mixed_and_or(head, before, written), at_head);
    }
    let Some(kind) = BlockKind::find(block) else {
        return Diagnostic::new(SyntaxFault::Unreadable, slice);
    };
    let around = declared_in(text.get(..opened).unwrap_or_default());
    let language = language_of(head, kind, around);
    let keyword = kind.keyword(around);
    let slice = Slice { file: slice.file, start: slice.start, written, language };
    let has_fields = matches!(block, Rule::case | Rule::event_fields);
    if is_lone_condition(written) {
        let fault = SyntaxFault::ConditionBehind { turned: format!("{} …", written.trim_end()) };
        return Diagnostic::new(fault, at_head);
    }
    if let Some(turned) = common_mistakes::turned(head, written) {
        return Diagnostic::new(SyntaxFault::ConditionInFront { turned }, at_head);
    }
    if has_fields && written.contains([':', '：']) {
        return slice.stopped(kind.clause, "field");
    }
    if kind.has(head) || kind.has_number(head, language) {
        return slice.stopped(kind.clause, head);
    }
    if let Some(fault) =
        common_mistakes::symbol(written, language).or_else(|| common_mistakes::meant(written, written, language))
    {
        return slice.at_word(fault, 0);
    }
    if let Some(fault) = slice.head_grown_together(kind.heads(language)) {
        return slice.at_word(fault, 0);
    }
    let weekdays = || common_mistakes::weekdays_meant(word_at(written));
    let suggestion = did_you_mean(head, kind.heads_from(language)).map(str::to_owned).or_else(weekdays);
    if has_fields {
        let expected = vec![match language {
            Language::English => "a field with its type, as in `amount: money`".into(),
            Language::Chinese => "a field with its type, as in `金额：金额`".into(),
        }];
        let fault = SyntaxFault::Expected { expected, found: shown(written), inside: keyword.into(), suggestion };
        return Diagnostic::new(fault, at_head);
    }
    let mut clauses: Vec<String> = kind.heads(language).map(|head| format!("`{head}`")).collect();
    clauses.extend(kind.numbered_example(language).map(str::to_owned));
    let found = word_at(written).to_owned();
    let fault = SyntaxFault::UnknownClause { found, declaration: keyword.into(), clauses, suggestion };
    Diagnostic::new(fault, at_head)
}

/// Whether a condition could go on where only these could stand. Where `where` could, an event has been named: what
/// stands in front of it joined events.
fn goes_on_as_condition(expected: &[Rule]) -> bool {
    let joins = [Rule::word_and, Rule::word_or].iter().any(|joins| expected.contains(joins));
    joins && !expected.contains(&Rule::word_where)
}

/// The language in which a line is written: that of the word it begins with, else of what it stands in.
fn language_of(head: &str, kind: &BlockKind, around: Language) -> Language {
    let is_english = kind.heads(Language::English).any(|known| known == head);
    match Language::of(head) {
        Language::Chinese => Language::Chinese,
        Language::English if is_english => Language::English,
        Language::English => around,
    }
}

/// The language of the last declaration that begins in `before`.
fn declared_in(before: &str) -> Language {
    let begun = before.lines().rev().map(first_word).find(|word| DECLARATIONS.has(word));
    begun.map_or(Language::English, Language::of)
}

/// A piece of a file that could not be read, in the language in which it is written.
struct Slice<'t> {
    file: FileId,
    start: usize,
    written: &'t str,
    language: Language,
}

impl Slice<'_> {
    /// Reads it strictly and tells where that stops.
    fn stopped(&self, strict: Rule, inside: &str) -> Diagnostic {
        let Err(error) = Grammar::parse(strict, self.written) else {
            // The strict rule took it: what is wrong stands around it, not in it.
            return self.expected(0, vec!["nothing more".into()], inside, None);
        };
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let (before, rest) = self.written.split_at_checked(at).unwrap_or_default();
        let rules = match error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives,
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        if let Some(fault) = common_mistakes::meant(rest, before, self.language) {
            return self.at_word(fault, at);
        }
        let word = first_word(rest);
        if goes_on_as_condition(&rules) && common_mistakes::connects(word) && common_mistakes::mixes(before, word) {
            return self.at_word(common_mistakes::mixed_and_or(word, before, rest), at);
        }
        if is_lone_condition(rest) {
            let turned = format!("{} {}", rest.trim(), before.lines().last().unwrap_or_default().trim());
            return self.at_word(SyntaxFault::ConditionBehind { turned }, at);
        }
        // A verdict is one of so many words that they are not listed, only suggested.
        let verdicts =
            if rules.contains(&Rule::expected) { Vocabulary::Verdict.words_of(self.language) } else { Vec::new() };
        let mut expected: Vec<String> = Vec::new();
        for words in rules.into_iter().filter_map(|rule| in_words(rule, self.language)) {
            if !expected.contains(&words) {
                expected.push(words);
            }
        }
        // The words that stand in backticks.
        let keywords = || expected.iter().flat_map(|words| words.split('`').skip(1).step_by(2));
        if let Some(fault) = common_mistakes::grown_together(rest, before, keywords()) {
            return self.grown_together(fault, at);
        }
        let suggestion = did_you_mean(first_word(rest), keywords().chain(verdicts)).map(str::to_owned);
        if expected.is_empty() {
            return self.at_word(SyntaxFault::NothingMore { found: shown(rest) }, at);
        }
        expected.truncate(6);
        self.expected(at, expected, inside, suggestion)
    }

    /// What does not belong to the declaration that begins this line, and was read as far as it is sound.
    fn rest_of_a_line(&self, text: &str) -> Option<Diagnostic> {
        let start = text.get(..self.start)?.rfind('\n').map_or(0, |end_of_line| end_of_line + 1);
        let written = text.get(start..self.start + self.written.len())?;
        let head = first_word(written);
        if start == self.start || !DECLARATIONS.has(head) {
            return None;
        }
        let whole = Slice { file: self.file, start, written, language: Language::of(head) };
        Some(whole.stopped(Rule::only_declaration, head)).filter(|fault| fault.at.start >= self.start)
    }

    fn expected(&self, at: usize, expected: Vec<String>, inside: &str, suggestion: Option<String>) -> Diagnostic {
        let found = shown(self.written.get(at..).unwrap_or_default());
        self.at_word(SyntaxFault::Expected { expected, found, inside: inside.into(), suggestion }, at)
    }

    /// A keyword of `heads` with which the name behind it has grown together.
    fn head_grown_together(&self, heads: impl Iterator<Item = &'static str>) -> Option<SyntaxFault> {
        let end = self.written.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
        let head = self.written.get(..end.unwrap_or(self.written.len())).unwrap_or_default();
        let longest = heads.filter(|known| Language::of(known) == Language::Chinese && head.starts_with(known));
        let keyword = longest.max_by_key(|known| known.len())?;
        let apart = format!("{keyword} {}", head.strip_prefix(keyword).filter(|name| !name.is_empty())?);
        Some(SyntaxFault::GrownTogether { written: head.to_owned(), keyword: keyword.to_owned(), apart })
    }

    /// At the name in front of the place or, if that is sound, at the place.
    fn grown_together(&self, fault: SyntaxFault, at: usize) -> Diagnostic {
        let before = self.written.get(..at).unwrap_or_default().trim_end();
        let name = common_mistakes::last_name(before);
        match &fault {
            SyntaxFault::GrownTogether { written, .. } if written == name => {
                let start = self.start + before.len() - name.len();
                Diagnostic::new(fault, Span::new(self.file, start, start + name.len()))
            }
            _ => self.at_word(fault, at),
        }
    }

    /// `fault` at the word that stands `offset` bytes into the slice; at the slice's end, on its last word.
    fn at_word(&self, fault: SyntaxFault, offset: usize) -> Diagnostic {
        let rest = self.written.get(offset..).unwrap_or_default();
        let start = self.start + offset;
        let word = word_at(rest);
        if matches!(fault, SyntaxFault::BareDays { .. } | SyntaxFault::NoUnit { .. } | SyntaxFault::LongUnit { .. }) {
            let before = self.written.get(..offset).unwrap_or_default().trim_end();
            let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let end = if matches!(fault, SyntaxFault::NoUnit { .. }) { before.len() } else { offset + word.len() };
            if digits < before.len() {
                return Diagnostic::new(fault, Span::new(self.file, self.start + digits, self.start + end));
            }
        }
        if word.is_empty() {
            let end = self.start + self.written.trim_end().len();
            return Diagnostic::new(fault, Span::new(self.file, end.min(start), end.min(start)));
        }
        let width = match fault {
            SyntaxFault::Hidden { letter } => letter.len_utf8(),
            _ if rest.starts_with(['"', '“']) => rest.lines().next().unwrap_or(word).trim_end().len(),
            _ => word.len(),
        };
        Diagnostic::new(fault, Span::new(self.file, start, start + width))
    }
}

/// What stands here, as a person would point at it.
fn shown(rest: &str) -> String {
    let word = word_at(rest);
    if word.is_empty() { "the end of the line".into() } else { format!("`{word}`") }
}

/// The text up to the next blank; a lone mark of punctuation is a word too.
fn word_at(rest: &str) -> &str {
    const MARKS: [char; 12] = ['{', '}', ',', ';', '(', ')', '，', '；', '、', '：', '（', '）'];
    if rest.starts_with(['\n', '\r']) {
        return "";
    }
    let end = rest.find(|c: char| c.is_whitespace() || MARKS.contains(&c));
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

/// The same, without the number that may follow a Chinese word with no blank between (`达80%`).
fn head_of(written: &str) -> &str {
    let word = first_word(written);
    let digits = word.find(|c: char| c.is_ascii_digit());
    match digits.filter(|_| Language::of(word) == Language::Chinese) {
        Some(at) if at > 0 => word.get(..at).unwrap_or(word),
        _ => word,
    }
}
