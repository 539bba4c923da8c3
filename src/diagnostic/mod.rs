//! Faults, and the words for them.
//!
//! A room that finds a fault makes a [`Diagnostic`] of typed facts; message, labels and help derive
//! from those facts in one place, [`Fault::words`]. So a test can match on facts, a person reads
//! sentences, and both always agree.

pub(crate) mod codes;
pub mod pages;
mod render;
mod visible;

pub use codes::Code;
pub use render::{line, render};
pub use visible::{in_a_line, in_a_painted_line, in_a_report, in_json, is_hidden, visible};

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::source::Span;

/// How grave a fault is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth a look; the file can be used.
    Warning,
    /// The file cannot be used.
    Error,
}

/// What a person reads about a fault.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// One sentence, lower case, no full stop; the user's own names in backticks.
    pub message: String,
    /// What to write beside the place itself.
    pub label: String,
    /// What to write beside the other place, where two conflict.
    pub other: String,
    /// What to do about it, ready to paste where it can be.
    pub help: Option<String>,
}

/// A kind of fault: typed facts that know their code and their words.
pub trait Fault: Any + fmt::Debug + Send + Sync {
    /// The stable code, as `mot explain` knows it.
    fn code(&self) -> Code;
    /// How grave it is.
    fn severity(&self) -> Severity {
        Severity::Error
    }
    /// Whether the file means something all the same, so that a project may say how much it minds: a warning,
    /// or what was proved of a file that can be read. A name that nobody declared stays an error.
    fn is_configurable(&self) -> bool {
        self.severity() == Severity::Warning
    }
    /// What a person reads.
    fn words(&self) -> Words;
}

/// A fault at a place.
///
/// It keeps the facts; the words are made when somebody reads them.
///
/// ```
/// use mot::diagnostic::Severity;
/// use mot::source::SourceFile;
/// use mot::syntax::SyntaxFault;
///
/// let (_, faults) = mot::syntax::parse(mot::source::FileId::default(), &SourceFile::new("desk.mot", "sevice desk {}"));
/// let [fault] = faults.as_slice() else { panic!("one fault") };
/// assert!(matches!(fault.fault::<SyntaxFault>(), Some(SyntaxFault::UnknownDeclaration { .. })));
/// assert_eq!((fault.code(), fault.severity), ("syntax/unknown-declaration", Severity::Error));
/// ```
#[derive(Clone, Debug)]
pub struct Diagnostic {
    fault: Arc<dyn Fault>,
    /// How grave it is: as its kind is, or as the project minds it.
    pub severity: Severity,
    /// Where it is.
    pub at: Span,
    /// The other place that it conflicts with.
    pub other: Option<Span>,
}

impl Diagnostic {
    /// The fault `fault`, found at `at`.
    pub fn new(fault: impl Fault, at: Span) -> Self {
        Self { severity: fault.severity(), fault: Arc::new(fault), at, other: None }
    }

    /// Names the other place that this one conflicts with.
    #[must_use]
    pub fn against(mut self, other: Span) -> Self {
        self.other = Some(other);
        self
    }

    /// The stable code, as `mot explain` knows it.
    pub fn code(&self) -> &'static str {
        self.fault.code().as_str()
    }

    /// Whether a project may say how much it minds.
    pub fn is_configurable(&self) -> bool {
        self.fault.is_configurable()
    }

    /// What a person reads.
    pub fn words(&self) -> Words {
        self.fault.words()
    }

    /// The facts, if they are of that kind.
    pub fn fault<F: Fault>(&self) -> Option<&F> {
        let any: &dyn Any = &*self.fault;
        any.downcast_ref()
    }

    /// Whether it keeps the file from being used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Two are the same if people read the same of them at the same place.
impl PartialEq for Diagnostic {
    fn eq(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.code(), it.severity, it.at, it.other, it.words());
        of(self) == of(other)
    }
}

impl Eq for Diagnostic {}

/// `a`, `a or b`, `a, b or c`.
pub fn one_of(words: &[String]) -> String {
    match words {
        [] => "something else".into(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Names as people quote them, in backticks, with that between them.
pub fn quoted(names: &[String], between: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(between)
}

/// The candidate that the user most likely meant by `word`; none unless it is close.
///
/// Close means at most one slip in a short word and a third of its letters in a long one
/// (optimal string alignment distance, so two swapped letters are one slip). A Chinese word is close to a longer one
/// that ends with it, as 日历 is to 工作日历.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).clamp(1, 3);
    let ends = |candidate: &str| !word.is_ascii() && word.chars().count() > 1 && candidate.ends_with(word);
    let distance = |candidate: &str| if ends(candidate) { 1 } else { strsim::osa_distance(word, candidate) };
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn a_suggestion_is_close_or_absent() {
        let names = ["ticket.opened", "ticket.resolved", "vip"];
        assert_eq!(did_you_mean("ticket.opend", names), Some("ticket.opened"));
        assert_eq!(did_you_mean("vpi", names), Some("vip"));
        assert_eq!(did_you_mean("refund.issued", names), None);
        assert_eq!(did_you_mean("日历", ["服务", "工作日历"]), Some("工作日历"));
    }
}
