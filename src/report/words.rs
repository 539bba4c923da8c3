//! Facts in words.

use crate::engine::{AnomalyKind, Deed, FieldFact, Shown};

pub const MASK: &str = "(private)";

pub fn fact_in_words(fact: &FieldFact) -> String {
    match &fact.shown {
        Shown::Missing => format!("{} is not in the log", fact.name),
        Shown::Malformed(text) => format!("{} is `{}`, which it cannot be", fact.name, text),
        Shown::Value(value) => format!("{} is {}", fact.name, value),
        Shown::Masked => format!("{} is {MASK}", fact.name),
        Shown::Untold => format!("`{}` cannot be told", fact.name),
    }
}

/// A value by which clocks or groups are told apart; `unknown` where the log does not say it, which a value of that
/// spelling is not.
pub fn or_unknown(value: Option<&str>) -> String {
    match value {
        None => "unknown".to_owned(),
        Some("unknown") => "\"unknown\"".to_owned(),
        Some(value) => value.to_owned(),
    }
}

/// `once`, `3 times`
pub fn times(count: u64) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}

/// "Case 7" is called so already.
pub fn case_title(id: &str) -> String {
    if id.to_lowercase().starts_with("case") { id.to_owned() } else { format!("case {id}") }
}

pub fn deed_in_words(deed: Deed) -> &'static str {
    match deed {
        Deed::Started => "started",
        Deed::Targeted => "chose the target",
        Deed::Retargeted => "retargeted",
        Deed::Paused => "paused",
        Deed::Resumed => "resumed",
        Deed::Restarted => "restarted",
        Deed::Reopened => "reopened",
        Deed::Stopped => "stopped",
        Deed::Cancelled => "cancelled",
        Deed::Escalated => "escalated",
        Deed::Acted => "acted",
        Deed::ActedBefore => "before",
        Deed::Returned => "returned",
        Deed::Empowered => "empowered",
        Deed::LostControl => "showed",
        Deed::Asked => "asked",
        Deed::Granted => "granted",
        Deed::Refused => "refused",
        Deed::Counted => "chose the calendar",
        Deed::Exempted => "exempted",
        Deed::Extended => "extended",
        Deed::Happened => "happened",
        Deed::Preceded => "before it",
        Deed::Answered => "answered",
        Deed::Kept => "kept up",
        Deed::Closed => "closed",
        Deed::Required => "required",
        Deed::CaseEnded => "ends case",
    }
}

pub fn anomaly_in_words(kind: AnomalyKind) -> &'static str {
    match kind {
        AnomalyKind::StopWithoutStart => "stops a clock that does not run",
        AnomalyKind::StartWhileRunning => "starts a clock that runs already",
        AnomalyKind::ReopenWithoutStop => "reopens what was never stopped",
        AnomalyKind::ReopenTooLate => "reopens too late",
        AnomalyKind::ReturnsTooMuch => "returns more than was spent in its case: what is too much counts for nothing",
        AnomalyKind::PauseUnused => "pauses no clock: none stood still by it",
        AnomalyKind::NegativeAmount => "speaks of an amount below zero: nobody knows what it is",
        AnomalyKind::AfterCaseEnd => "comes after the end of its case: behaviours do not look at it",
        AnomalyKind::ExtendWithoutClock => "gives more time to a clock that does not run",
    }
}
