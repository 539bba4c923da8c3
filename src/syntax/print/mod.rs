//! From tree to text: the one canonical form of a standards file, in either language.
//!
//! `Voice` says what each part of the tree is in words, one function a construct, its English and
//! its Chinese sentence side by side, in files named as those that build the tree. `page` puts the
//! lines where they belong, with the comments and blank lines of the source; `lines` aligns and
//! breaks them.
//!
//! The rules: two blanks a level. One clause a line; a block that was written on one line stays on
//! one if it fits in 120 columns. Lines of one kind that stand directly below each other are aligned,
//! as are comments behind adjacent lines. A run of blank lines becomes one. A sentence that is too long
//! is broken before `when`, `or`, `and` and behind commas. Numbers and times stay as they are written.
// A new clause of the language is to be named by the compiler wherever it must be handled.
#![warn(clippy::wildcard_enum_match_arm)]

mod actions;
mod attributes;
mod behaviours;
mod calendars;
mod causes;
mod conditions;
mod escalations;
mod exemptions;
mod header;
mod journeys;
mod levels;
mod lines;
mod names;
mod page;
mod people;
mod remedies;
mod scenarios;
mod scorecards;
mod standards;
mod touchpoints;
mod vocabulary;

use lines::{Line, lay_out};
use page::{Body, Page, PrintedBlock};

use super::SyntaxFault;
use super::language::Language;
use super::scan::{Piece, pieces};
use super::tree::*;
use super::words::Vocabulary;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Span, Spanned};

/// The canonical text of a file, or its faults: what cannot be read is not formatted, nor what may mean
/// something else than it seems to, for the canonical text would settle that unseen. Its keywords are of `language`; if none is asked for, of that in which most of its declarations are.
///
/// # Errors
///
/// The faults, in order of place.
pub fn format(source: &SourceFile, language: Option<Language>) -> Result<String, Vec<Diagnostic>> {
    let (tree, faults) = super::parse(FileId::default(), source);
    if !faults.is_empty() {
        return Err(faults);
    }
    let language = language.unwrap_or_else(|| language_of(&tree, source));
    let text = print(&tree, source.text(), language);
    match first_changed(&tree, &text) {
        Some(place) => Err(vec![Diagnostic::new(SyntaxFault::OtherMeaning, place)]),
        None => Ok(text),
    }
}

/// The first declaration that a text does not say as the tree does. A `when` may stand where one
/// language gives it to the clause above and the other does not.
fn first_changed(tree: &File, text: &str) -> Option<Span> {
    let (again, _) = super::parse(FileId::default(), &SourceFile::new("", text));
    let mut both = tree.declarations.iter().enumerate();
    let changed = both.find(|(place, declaration)| again.declarations.get(*place) != Some(declaration));
    changed.map(|(_, declaration)| declaration.span)
}

/// The canonical text of a tree. `source` is the text that it was built from, for its comments and
/// blank lines and for how its times are written; it is empty for a tree that nobody wrote.
pub fn print(tree: &File, source: &str, language: Language) -> String {
    let voice = Printer { source, language };
    let mut page = Page::new(source);
    for declaration in &tree.declarations {
        page.declaration(declaration.span, voice.declaration(declaration));
    }
    lay_out(&page.finish())
}

/// The language in which most declarations begin.
fn language_of(tree: &File, source: &SourceFile) -> Language {
    let is_english = |declaration: &&Spanned<Declaration>| {
        source.slice(declaration.span).starts_with(|first: char| first.is_ascii())
    };
    let english = tree.declarations.iter().filter(is_english).count();
    if 2 * english < tree.declarations.len() { Language::Chinese } else { Language::English }
}

/// Says parts of the tree in the words of a language.
struct Printer<'s> {
    source: &'s str,
    language: Language,
}

impl Printer<'_> {
    fn declaration(&self, declaration: &Declaration) -> PrintedBlock {
        match declaration {
            Declaration::Service(block) => {
                self.block(["service", "服务"], block, "", |clause| self.service_clause(clause))
            }
            Declaration::Use(file) => PrintedBlock { head: Line::alone(self.use_file(file)), body: None },
            Declaration::Role(role) => self.role(role),
            Declaration::Calendar(block) => {
                self.block(["calendar", "工作日历"], block, "", |clause| self.calendar_clause(clause))
            }
            Declaration::Period(period) => self.period(period),
            Declaration::Exempt(block) => {
                self.block(["exempt", "豁免"], block, "", |clause| self.exempt_clause(clause))
            }
            Declaration::Case(block) => self.case(block),
            Declaration::Event(event) => self.event(event),
            Declaration::Segment(segment) => self.segment(segment),
            Declaration::Touchpoint(block) => {
                self.block(["touchpoint", "接触点"], block, "", |clause| self.touchpoint_clause(clause))
            }
            Declaration::Moment(moment) => self.moment(moment),
            Declaration::Journey(block) => {
                self.block(["journey", "旅程"], block, "", |clause| self.journey_clause(clause))
            }
            Declaration::Standard(standard) => self.standard(standard),
            Declaration::Behaviour(behaviour) => self.behaviour(behaviour),
            Declaration::Level(level) => self.level(level),
            Declaration::Scorecard(scorecard) => self.scorecard(scorecard),
            Declaration::Escalate(escalate) => self.escalate(escalate),
            Declaration::Action(action) => self.action(action),
            Declaration::Empower(empower) => self.empower(empower),
            Declaration::Approve(block) => {
                self.block(["approve", "审批"], block, "", |clause| self.approve_clause(clause))
            }
            Declaration::Authority(authority) => self.authority(authority),
            Declaration::Cause(cause) => self.cause(cause),
            Declaration::Remedy(remedy) => self.remedy(remedy),
            Declaration::Scenario(scenario) => self.scenario(scenario),
        }
    }

    // ── What all sentences are made with ────────────────────────────────────────────────────────

    /// A sentence, in English or in Chinese.
    fn say(&self, english: impl Into<String>, chinese: impl Into<String>) -> String {
        match self.language {
            Language::English => english.into(),
            Language::Chinese => tight(&chinese.into()),
        }
    }

    /// A keyword of either language.
    fn keyword(&self, [english, chinese]: [&'static str; 2]) -> &'static str {
        match self.language {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }

    /// A word of a list of values.
    fn value(&self, list: Vocabulary, word: &str) -> String {
        list.word(word, self.language).to_owned()
    }

    /// A keyword and its value on a line.
    fn word(&self, keyword: [&'static str; 2], value: String) -> Line {
        Line::word(self.keyword(keyword), value)
    }

    /// A sentence on a line of its own.
    fn alone(&self, english: impl Into<String>, chinese: impl Into<String>) -> Line {
        Line::alone(self.say(english, chinese))
    }

    /// A row of cells, in the order of the language.
    fn row<const E: usize, const C: usize>(
        &self,
        table: &'static str,
        english: [String; E],
        chinese: [String; C],
    ) -> Line {
        match self.language {
            Language::English => Line::row(table, english),
            // A condition in front stays on the line of what it is for.
            Language::Chinese => Line::row(table, chinese.iter().map(|cell| tight(cell))).firm(),
        }
    }

    /// Parts with commas between them; the line may be broken behind each.
    fn list(&self, parts: impl IntoIterator<Item = String>) -> String {
        let comma = self.keyword([",\n", "、\n\n"]);
        parts.into_iter().collect::<Vec<_>>().join(comma)
    }

    /// A keyword, a name, a label, what stands behind them, and clauses in braces.
    fn block<T>(
        &self,
        keyword: [&'static str; 2],
        block: &Block<T>,
        behind: &str,
        say: impl Fn(&Spanned<T>) -> Line,
    ) -> PrintedBlock {
        let cells = self.head(keyword, &block.name, block.label.as_ref());
        PrintedBlock {
            head: Line::row(self.keyword(keyword), cells).and(behind),
            body: Some(Body::of(&block.clauses, say)),
        }
    }

    /// The cells of a keyword with its name, and of a label.
    fn head(&self, keyword: [&'static str; 2], name: &Name, label: Option<&Text>) -> [String; 2] {
        [format!("{} {}", self.keyword(keyword), self.name(name)), self.label(label)]
    }

    /// A declaration of one line.
    fn single(&self, keyword: [&'static str; 2], name: &Name, label: Option<&Text>, behind: &[String]) -> PrintedBlock {
        let cells = self.head(keyword, name, label).into_iter().chain(behind.iter().cloned());
        PrintedBlock { head: Line::row(self.keyword(keyword), cells), body: None }
    }

    fn use_file(&self, file: &Text) -> String {
        format!("{} {}", self.keyword(["use", "引用"]), self.text(file))
    }

    /// What stands at a place in the source.
    fn written(&self, place: Span) -> &str {
        self.source.get(place.start..place.end).unwrap_or_default()
    }
}

impl Body {
    fn of<T>(clauses: &[Spanned<T>], say: impl Fn(&Spanned<T>) -> Line) -> Body {
        let clauses = clauses.iter().map(|clause| Spanned::new(say(clause), clause.span)).collect();
        Body { clauses, mark: "", tail: String::new() }
    }
}

/// A Chinese sentence without blanks beside its parentheses, which have room of their own.
fn tight(sentence: &str) -> String {
    let mut whole = String::with_capacity(sentence.len());
    let mut pieces = pieces(sentence).map(|(_, piece)| piece).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Letter('（') => {
                whole.truncate(whole.trim_end_matches(' ').len());
                whole.push('（');
            }
            Piece::Letter(' ') if whole.ends_with('）') => {}
            // It may still be broken there.
            Piece::Letter('\n') if whole.ends_with('）') => {
                pieces.next_if_eq(&Piece::Letter('\n'));
                whole.push_str("\n\n");
            }
            Piece::Letter(letter) => whole.push(letter),
            Piece::Quoted(text) | Piece::Comment(text) => whole.push_str(text),
        }
    }
    whole
}
