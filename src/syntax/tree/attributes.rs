//! What any promise or place may carry.

use jiff::civil::Date;

use super::{Condition, Name, RowCondition, Status, Text};

use crate::source::Spanned;

/// What any promise, and some places, may carry.
#[derive(Clone, PartialEq, Debug)]
pub enum Attribute {
    /// `source "clause 3.2"`
    Source(Text),
    /// `owner "Customer care"`
    Owner(Text),
    /// `severity major when vip`
    Severity(Name, Option<RowCondition>),
    /// `material when amount is at least 10000 CNY`
    Material(Option<Spanned<Condition>>),
    /// `symptom delay`
    Symptom(Name),
    /// `element process`
    Element(Name),
    /// `status …`
    Status(Status),
    /// `review before 2027-01-01`
    ReviewBefore(Spanned<Date>),
    /// `control partial when …`
    Control(Name, Option<RowCondition>),
    /// `never exempt`
    NeverExempt,
    /// `at least as strict as law_of_2026`
    AtLeastAsStrict(Name),
    /// `looser than before "branches close at five since May"`
    LooserThanBefore(Text),
}
