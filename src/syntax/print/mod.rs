//! From tree to text: the one canonical form of a standards file.
//!
//! [`Voice`] says what each part of the tree is in words, one function a construct, in files named
//! as those that build the tree. [`page`] puts the lines where they belong, with the comments and
//! blank lines of the source; [`lines`] aligns and breaks them.
//!
//! The rules: two blanks a level. One clause a line; a block that was written on one line stays on
//! one if it fits in 120 columns. Lines of one kind that stand directly below each other are aligned,
//! as are comments behind adjacent lines. A run of blank lines becomes one. A sentence that is too long
//! is broken before `when`, `or`, `and` and behind commas. Numbers and times stay as they are written.

mod conditions;
mod conduct;
mod declarations;
mod lines;
mod map;
mod mending;
mod names;
mod page;
mod promises;
mod scenarios;

use super::tree::*;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Span, Spanned};
use lines::{Line, lay_out};
use page::{Body, Page, Said};

/// The canonical text of a file, or its faults: what cannot be read is not formatted.
///
/// # Errors
///
/// The faults, in order of place.
pub fn format(source: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    let (tree, faults) = super::parse(FileId::default(), source);
    if faults.is_empty() { Ok(print(&tree, source.text())) } else { Err(faults) }
}

/// The canonical text of a tree. `source` is the text that it was built from, for its comments and
/// blank lines and for how its times are written; it is empty for a tree that nobody wrote.
pub fn print(tree: &File, source: &str) -> String {
    let voice = Voice { source };
    let mut page = Page::new(source);
    for declaration in &tree.declarations {
        page.declaration(declaration.span, voice.declaration(declaration));
    }
    lay_out(&page.finish())
}

/// Says parts of the tree in the words of the language.
struct Voice<'s> {
    source: &'s str,
}

impl Voice<'_> {
    fn declaration(&self, declaration: &Declaration) -> Said {
        match declaration {
            Declaration::Service(block) => self.block("service", block, "", |clause| self.service_clause(clause)),
            Declaration::Use(file) => Said { head: Line::alone(format!("use {}", self.text(file))), body: None },
            Declaration::Role(role) => self.role(role),
            Declaration::Calendar(block) => self.block("calendar", block, "", |clause| self.calendar_clause(clause)),
            Declaration::Period(period) => self.period(period),
            Declaration::Exempt(block) => self.block("exempt", block, "", |clause| self.exempt_clause(clause)),
            Declaration::Case(block) => self.case(block),
            Declaration::Event(event) => self.event(event),
            Declaration::Segment(segment) => self.segment(segment),
            Declaration::Touchpoint(block) => {
                self.block("touchpoint", block, "", |clause| self.touchpoint_clause(clause))
            }
            Declaration::Moment(moment) => self.moment(moment),
            Declaration::Journey(block) => self.block("journey", block, "", |clause| self.journey_clause(clause)),
            Declaration::Standard(standard) => self.standard(standard),
            Declaration::Behaviour(behaviour) => self.behaviour(behaviour),
            Declaration::Level(level) => self.level(level),
            Declaration::Scorecard(scorecard) => self.scorecard(scorecard),
            Declaration::Escalate(escalate) => self.escalate(escalate),
            Declaration::Action(action) => self.action(action),
            Declaration::Empower(empower) => self.empower(empower),
            Declaration::Approve(block) => self.block("approve", block, "", |clause| self.approve_clause(clause)),
            Declaration::Authority(authority) => self.authority(authority),
            Declaration::Cause(cause) => self.cause(cause),
            Declaration::Remedy(remedy) => self.remedy(remedy),
            Declaration::Scenario(scenario) => self.scenario(scenario),
        }
    }

    /// A keyword, a name, a label, what stands behind them, and clauses in braces.
    fn block<T>(
        &self,
        keyword: &'static str,
        block: &Block<T>,
        behind: &str,
        say: impl Fn(&Spanned<T>) -> Line,
    ) -> Said {
        let head = Line::row(keyword, self.head(keyword, &block.name, block.label.as_ref())).and(behind);
        Said { head, body: Some(Body::of(&block.clauses, say)) }
    }

    /// The cells of a keyword with its name, and of a label.
    fn head(&self, keyword: &str, name: &Name, label: Option<&Text>) -> [String; 2] {
        [format!("{keyword} {}", self.name(name)), self.label(label)]
    }

    /// A declaration of one line.
    fn single(&self, keyword: &'static str, name: &Name, label: Option<&Text>, behind: &[String]) -> Said {
        let cells = self.head(keyword, name, label).into_iter().chain(behind.iter().cloned());
        Said { head: Line::row(keyword, cells), body: None }
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
