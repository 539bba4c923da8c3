//! What the log said of a field, as findings carry it.

use super::EvidenceKind;

use crate::log::Place;

/// A field and what the log said of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FieldFact {
    /// Its name, as in `amount of refund.issued`.
    pub name: String,
    /// What the log said, as people read it; masked where the field is private.
    pub shown: DisplayValue,
    /// The log line that said it, where it is one.
    pub place: Option<Place>,
}

impl FieldFact {
    /// A field that no single line of the log speaks of.
    pub fn of(name: impl Into<String>, shown: DisplayValue) -> Self {
        Self { name: name.into(), shown, place: None }
    }
}

/// What the log said of a field, as people may read it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum DisplayValue {
    /// Nothing.
    Missing,
    /// Something that is not of the field's type.
    Malformed(String),
    /// A value.
    Value(String),
    /// A value that no output may show.
    Masked,
    /// Something that cannot be told: it rests on what a clock brings about, or on what is not to be trusted.
    Undetermined,
}

impl DisplayValue {
    /// Whether there is something that cannot be read.
    pub fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed(_))
    }
}

/// A field that could not decide what it should.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct UnknownFact {
    /// What it should decide.
    pub about: EvidenceKind,
    /// The field.
    pub field: FieldFact,
    /// The log line, where one is to blame.
    pub place: Option<Place>,
}

/// A row that cannot be read and bears on a finding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct UnreadFact {
    /// Where it stands.
    pub place: Place,
    /// The kinds of event that it may be; nothing if it may be any.
    pub events: Vec<usize>,
    /// Whether it could turn the verdict; else only what was counted may be otherwise.
    pub turns: bool,
}
