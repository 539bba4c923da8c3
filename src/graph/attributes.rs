//! What any promise or place may carry beside what it says itself.

use super::{Condition, PromiseId};

use crate::calendar::Date;
use crate::source::Span;

/// What is said of a promise or a place beside what it says itself.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Attributes {
    /// What it implements: law, contract, handbook.
    pub sources: Vec<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// How grave a breach is: rows, first match wins; the spelling of the language.
    pub severity: Vec<Row>,
    /// Whether a breach is material: always, or under a condition.
    pub material: Option<Option<Condition>>,
    /// `delay`, `information`, `attitude` or `product`.
    pub symptom: Option<String>,
    /// `product`, `process`, `platform` or `brand`.
    pub element: Option<String>,
    /// `draft`, `retired` or who approved it and when.
    pub status: Option<String>,
    /// Why it is not judged in this run: it, or its place, is a draft or retired.
    pub left_out: Option<String>,
    /// The day by which someone must look at it again.
    pub review_before: Option<Date>,
    /// `full`, `partial` or `none`: rows, first match wins.
    pub control: Vec<Row>,
    /// Whether no exemption reaches it.
    pub never_exempt: bool,
    /// Why it asks less than the version before, and where that is said.
    pub looser_than_before: Option<(String, Span)>,
    /// The promise that it must be at least as strict as, and where that is said.
    pub as_strict_as: Option<(PromiseId, Span)>,
}

/// A row of a table of words.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// The word.
    pub word: String,
}
