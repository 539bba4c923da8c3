//! Touchpoints and moments of truth.

use super::{Attributes, Condition};

use crate::source::Span;

/// A place where customer and organisation meet.
#[derive(Clone, PartialEq, Debug)]
pub struct Touchpoint {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// `pre_purchase`, `purchase`, `use` or `after_sales`.
    pub stage: Option<String>,
    /// Channels.
    pub channels: Vec<String>,
    /// `human`, `physical`, `remote` or `digital`.
    pub environment: Option<String>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// A moment of truth.
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it happens at.
    pub touchpoint: Option<usize>,
    /// `peak`, `valley` or `end`.
    pub kind: Option<String>,
    /// `low` to `critical`.
    pub impact: Option<String>,
    /// What the customer expects.
    pub expects: Option<String>,
    /// When it is out of control, in a case.
    pub out_of_control: Option<Condition>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}
