//! Scorecards: promises weighed against each other in one case.

use rust_decimal::Decimal;

use super::{Attributes, PromiseId};

use crate::source::Span;

/// Promises weighed against each other in one case.
#[derive(Clone, PartialEq, Debug)]
pub struct Scorecard {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it belongs to, directly or through its moment.
    pub touchpoint: Option<usize>,
    /// The moment it belongs to.
    pub moment: Option<usize>,
    /// What it weighs.
    pub lines: Vec<ScoreLine>,
    /// The promises of which a single breach takes all points.
    pub fatal: Vec<PromiseId>,
    /// The score that must be reached, of 100.
    pub pass: Decimal,
    /// Whether it weighs all cases of a party together.
    pub per_party: bool,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// `30 points for commitment: keep_promises`
#[derive(Clone, PartialEq, Debug)]
pub struct ScoreLine {
    /// How many points.
    pub points: Decimal,
    /// What for.
    pub group: String,
    /// The promises.
    pub promises: Vec<PromiseId>,
    /// Where it is written.
    pub span: Span,
}

impl Scorecard {
    /// Every promise that it weighs, or that is fatal to it.
    pub fn promises(&self) -> impl Iterator<Item = PromiseId> {
        self.lines.iter().flat_map(|line| &line.promises).chain(&self.fatal).copied()
    }
}
