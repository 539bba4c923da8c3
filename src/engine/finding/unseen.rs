//! What no finding speaks of.

use std::sync::Arc;

use super::fields::UnreadFact;
use super::rule::Rule;

/// Something that a row that cannot be read may have begun: there would be a finding if it did.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Unseen {
    /// The row.
    pub row: UnreadFact,
    /// The case; none if that cannot be told, or nothing else is known of it.
    pub case: Option<Arc<str>>,
    /// The rule; none if it may be any, for nothing says what happened.
    pub rule: Option<Rule>,
}
