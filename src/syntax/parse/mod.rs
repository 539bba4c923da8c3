//! From what the grammar matched to the tree.
//!
//! One function a rule, each found by the rule's name. A part that should be there and is not makes
//! the clause unreadable (`None`), never a panic.

use pest::iterators::{Pair, Pairs};
use unicode_normalization::UnicodeNormalization;

use super::faults::SyntaxFault;
use super::grammar::Rule;
use super::scan::{Piece, is_blank, pieces};
use super::tree::*;
use super::unreadable;
use super::words::Vocabulary;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::{FileId, Span, Spanned};

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
mod people;
mod remedies;
mod scenarios;
mod scorecards;
mod standards;
mod touchpoints;
mod vocabulary;

/// Builds the tree of one file, or of a portion of it, and collects its faults.
pub struct TreeBuilder<'i> {
    file: FileId,
    /// The whole text.
    text: &'i str,
    /// Where in it the portion begins.
    start: usize,
    faults: Vec<Diagnostic>,
}

/// What a block held: its clauses, and whether all could be read.
struct Clauses<T> {
    clauses: Vec<Spanned<T>>,
    broken: bool,
}

impl<'i> TreeBuilder<'i> {
    pub fn new(file: FileId, text: &'i str, start: usize) -> Self {
        Self { file, text, start, faults: Vec::new() }
    }

    pub fn into_faults(self) -> Vec<Diagnostic> {
        self.faults
    }

    pub fn file(&mut self, pairs: Pairs<'i, Rule>) -> File {
        let mut tree = File::default();
        for pair in pairs.flat_map(Pair::into_inner) {
            match pair.as_rule() {
                Rule::declaration => match only_child(&pair).and_then(|inner| self.declaration(inner)) {
                    Some(declaration) => tree.declarations.push(self.spanned(&pair, declaration)),
                    None => lose(&mut tree, pair.as_str()),
                },
                Rule::bad_declaration => {
                    let slice = self.span(&pair);
                    lose(&mut tree, pair.as_str());
                    self.faults.push(unreadable::declaration(slice, self.text));
                }
                _ => {}
            }
        }
        tree
    }

    fn declaration(&mut self, pair: Pair<'i, Rule>) -> Option<Declaration> {
        Some(match pair.as_rule() {
            Rule::service => Declaration::Service(self.block(&pair, Self::service_clause)?),
            Rule::use_file => Declaration::Use(self.text_in(&pair)?),
            Rule::role => Declaration::Role(self.role(&pair)?),
            Rule::calendar => Declaration::Calendar(self.block(&pair, Self::calendar_clause)?),
            Rule::period => Declaration::Period(self.period(&pair)?),
            Rule::exempt => Declaration::Exempt(self.block(&pair, Self::exempt_clause)?),
            Rule::case => Declaration::Case(self.case(&pair)),
            Rule::event => Declaration::Event(self.event(&pair)?),
            Rule::segment => Declaration::Segment(self.segment(&pair)?),
            Rule::touchpoint => Declaration::Touchpoint(self.block(&pair, Self::touchpoint_clause)?),
            Rule::moment => Declaration::Moment(self.moment(&pair)?),
            Rule::journey => Declaration::Journey(self.block(&pair, Self::journey_clause)?),
            Rule::standard => Declaration::Standard(self.standard(&pair)?),
            Rule::behaviour => Declaration::Behaviour(self.behaviour(&pair)?),
            Rule::level => Declaration::Level(self.level(&pair)?),
            Rule::scorecard => Declaration::Scorecard(self.scorecard(&pair)?),
            Rule::escalate => Declaration::Escalate(self.escalate(&pair)?),
            Rule::action => Declaration::Action(self.action(&pair)?),
            Rule::empower => Declaration::Empower(self.empower(&pair)?),
            Rule::approve => Declaration::Approve(self.block(&pair, Self::approve_clause)?),
            Rule::authority => Declaration::Authority(self.authority(&pair)?),
            Rule::cause => Declaration::Cause(self.cause(&pair)?),
            Rule::remedy => Declaration::Remedy(self.remedy(&pair)?),
            Rule::scenario => Declaration::Scenario(self.scenario(&pair)?),
            _ => return None,
        })
    }

    // ── Blocks ──────────────────────────────────────────────────────────────────────────────────

    fn block<T>(
        &mut self,
        pair: &Pair<'i, Rule>,
        read: fn(&mut Self, Pair<'i, Rule>) -> Option<T>,
    ) -> Option<Block<T>> {
        let name = self.name_in(pair)?;
        let label = self.label_in(pair);
        let Clauses { clauses, broken } = self.clauses(pair, read);
        Some(Block { name, label, clauses, broken })
    }

    /// The clauses of the block in `pair`: every child that is neither head nor brace.
    fn clauses<T>(&mut self, pair: &Pair<'i, Rule>, read: fn(&mut Self, Pair<'i, Rule>) -> Option<T>) -> Clauses<T> {
        let mut found = Clauses { clauses: Vec::new(), broken: false };
        let (mut opened, mut last): (_, Option<Pair<'i, Rule>>) = (None, None);
        for child in pair.clone().into_inner() {
            let span = self.span(&child);
            match child.as_rule() {
                Rule::block_start => opened = Some(span),
                _ if opened.is_none() => {}
                Rule::block_end => opened = None,
                Rule::no_block_end => {
                    found.broken = true;
                    let at = opened.unwrap_or(span);
                    let declaration = unreadable::keyword(pair.as_rule(), self.text, at.start).to_owned();
                    self.faults.push(Diagnostic::new(SyntaxFault::Unclosed { declaration }, at));
                    opened = None;
                }
                Rule::bad_clause => {
                    found.broken = true;
                    let slice = self.with_its_beginning(pair.as_rule(), span, &mut found.clauses);
                    let block = opened.unwrap_or(span);
                    self.faults.push(unreadable::clause(pair.as_rule(), block.start, slice, self.text));
                }
                _ => {
                    let before = found.clauses.last().map(|clause| clause.span);
                    self.faults.extend(before.and_then(|before| self.stray_condition(before, &child)));
                    self.faults.extend(last.as_ref().and_then(|last| self.leading_condition(last, &child)));
                    last = Some(child.clone());
                    match read(self, child) {
                        Some(clause) => found.clauses.push(Spanned::new(clause, span)),
                        None => found.broken = true,
                    }
                }
            }
        }
        found
    }

    /// An English condition that begins the line of the next clause: it is read with the line above, and was perhaps
    /// meant for what stands behind it, as in Chinese.
    fn leading_condition(&self, clause: &Pair<'i, Rule>, next: &Pair<'i, Rule>) -> Option<Diagnostic> {
        let (whole, behind) = (self.span(clause), self.span(next));
        let said = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        // Mostly the next clause begins a line, and nothing more is asked.
        if said(whole.end, behind.start).contains('\n') {
            return None;
        }
        let condition = clause.clone().into_inner().flatten().filter(is_condition).last()?;
        let span = self.span(&condition);
        let begins_its_line = said(whole.start, span.start).trim_end_matches([' ', '\t', '\u{3000}']).ends_with('\n');
        let fault = SyntaxFault::StrayCondition {
            condition: said(span.start, span.end).to_owned(),
            clause: next.as_str().lines().next().unwrap_or_default().trim_end().to_owned(),
        };
        begins_its_line.then(|| Diagnostic::new(fault, span))
    }

    /// A Chinese condition at the end of the line of another clause, before a line break: it is read
    /// with what follows, and was perhaps meant for what stands in front of it, as in English.
    fn stray_condition(&self, before: Span, clause: &Pair<'i, Rule>) -> Option<Diagnostic> {
        if !clause.as_str().starts_with(['当', '其']) {
            return None;
        }
        let condition = clause.clone().into_inner().flatten().find(is_condition)?;
        let (span, whole) = (self.span(&condition), self.span(clause));
        let said = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        let is_first = span.start == whole.start && !said(before.end, span.start).contains('\n');
        let breaks = said(span.end, whole.end).trim_start_matches([' ', '\t', '\r', '\u{3000}']).starts_with('\n');
        let fault = SyntaxFault::StrayCondition {
            condition: said(span.start, span.end).to_owned(),
            clause: said(before.start, before.end).to_owned(),
        };
        (is_first && breaks).then(|| Diagnostic::new(fault, span))
    }

    /// A slice that goes on in the line of a clause is the rest of that clause: they are told as one,
    /// and what was read of it does not stand.
    fn with_its_beginning<T>(&self, block: Rule, rest: Span, clauses: &mut Vec<Spanned<T>>) -> Span {
        let Some(last) = clauses.last().map(|clause| clause.span) else { return rest };
        let between = self.text.get(last.end..rest.start).unwrap_or("\n");
        let starts_anew = unreadable::begins_clause(block, self.text.get(rest.start..rest.end).unwrap_or_default());
        if between.contains('\n') || starts_anew {
            return rest;
        }
        clauses.pop();
        last.to(rest)
    }

    // ── Names, texts, places ────────────────────────────────────────────────────────────────────

    fn name_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        let name = child(pair, Rule::name)?;
        Some(self.spanned(&name, unquoted(name.as_str())))
    }

    fn names_in(&mut self, pair: &Pair<'i, Rule>) -> Vec<Name> {
        children(pair, Rule::name).map(|name| self.spanned(&name, unquoted(name.as_str()))).collect()
    }

    fn path_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Name> {
        let path = child(pair, Rule::path)?;
        Some(self.spanned(&path, unquoted(path.as_str())))
    }

    /// A word that is a value, in the spelling of the tree.
    fn word(&mut self, pair: &Pair<'i, Rule>, rule: Rule) -> Option<Name> {
        let word = child(pair, rule)?;
        let english = Vocabulary::read_by(rule).map_or(word.as_str(), |list| list.english(word.as_str()));
        Some(self.spanned(&word, english.to_owned()))
    }

    fn label_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Text> {
        child(pair, Rule::label).and_then(|label| self.text_in(&label))
    }

    fn text_in(&mut self, pair: &Pair<'i, Rule>) -> Option<Text> {
        self.text(&child(pair, Rule::text)?)
    }

    fn text(&mut self, pair: &Pair<'i, Rule>) -> Option<Text> {
        let written = only_child(pair)?;
        let text = match written.as_rule() {
            Rule::straight if written.as_str().contains('\\') => {
                written.as_str().replace("\\\"", "\"").replace("\\\\", "\\")
            }
            _ => written.as_str().to_owned(),
        };
        Some(self.spanned(pair, text))
    }

    fn or_fault<T>(
        &mut self,
        pair: &Pair<'i, Rule>,
        value: Option<T>,
        fault: impl FnOnce(String) -> SyntaxFault,
    ) -> Option<Spanned<T>> {
        let span = self.span(pair);
        if value.is_none() {
            self.faults.push(Diagnostic::new(fault(pair.as_str().to_owned()), span));
        }
        value.map(|value| Spanned::new(value, span))
    }

    fn spanned<T>(&self, pair: &Pair<'i, Rule>, node: T) -> Spanned<T> {
        Spanned::new(node, self.span(pair))
    }

    /// The place of `pair`, without the blanks and comments that a failed optional part leaves at its
    /// end.
    fn span(&self, pair: &Pair<'i, Rule>) -> Span {
        let start = self.start + pair.as_span().start();
        Span::new(self.file, start, start + said_length(pair.as_str()))
    }
}

/// Keeps of an unreadable declaration what it would have declared.
fn lose(tree: &mut File, declaration: &str) {
    // Also one whose keyword was misspelt: that is told already.
    tree.lost_service |= did_you_mean(unreadable::first_word(declaration), ["service", "服务"]).is_some();
    tree.lost.extend(unreadable::declared_name(declaration));
}

fn child<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    children(pair, rule).next()
}

fn is_condition(pair: &Pair<'_, Rule>) -> bool {
    matches!(pair.as_rule(), Rule::when | Rule::otherwise)
}

/// Whether one of `rules` is in `pair`.
fn has(pair: &Pair<'_, Rule>, rules: &[Rule]) -> bool {
    pair.clone().into_inner().any(|child| rules.contains(&child.as_rule()))
}

fn children<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> impl Iterator<Item = Pair<'i, Rule>> + use<'i> {
    pair.clone().into_inner().filter(move |child| child.as_rule() == rule)
}

fn only_child<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().next()
}

/// The length of a text up to its last character that is neither blank nor comment.
fn said_length(text: &str) -> usize {
    // Most end with a letter, on a line without a comment.
    let commented = text.bytes().rev().find(|byte| matches!(byte, b'\n' | b'#')) == Some(b'#');
    if !commented && text.chars().next_back().is_some_and(|letter| !is_blank(letter)) {
        return text.len();
    }
    let says = |piece: &Piece<'_>| match piece {
        Piece::Comment(_) => false,
        Piece::Quoted(_) => true,
        Piece::Letter(letter) => !is_blank(*letter),
    };
    pieces(text).filter(|(_, piece)| says(piece)).last().map_or(0, |(at, piece)| at + piece.len())
}

/// A name without the backticks that quote it or one of its parts, in NFC.
fn unquoted(written: &str) -> String {
    // Most stand as they are.
    if written.is_ascii() && !written.contains('`') {
        return written.to_owned();
    }
    written.chars().filter(|letter| *letter != '`').nfc().collect()
}
