//! Facts in words.

use crate::engine::{AnomalyKind, DisplayValue, EvidenceKind, FieldFact};

pub const MASK: &str = "(private)";

pub fn fact_in_words(fact: &FieldFact) -> String {
    match &fact.shown {
        DisplayValue::Missing => format!("{} is not in the log", fact.name),
        DisplayValue::Malformed(text) => format!("{} is `{}`, which it cannot be", fact.name, text),
        DisplayValue::Value(value) => format!("{} is {}", fact.name, value),
        DisplayValue::Masked => format!("{} is {MASK}", fact.name),
        DisplayValue::Undetermined => format!("`{}` cannot be told", fact.name),
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

pub fn deed_in_words(deed: EvidenceKind) -> &'static str {
    match deed {
        EvidenceKind::Started => "started",
        EvidenceKind::Targeted => "chose the target",
        EvidenceKind::Retargeted => "retargeted",
        EvidenceKind::Paused => "paused",
        EvidenceKind::Resumed => "resumed",
        EvidenceKind::Restarted => "restarted",
        EvidenceKind::Reopened => "reopened",
        EvidenceKind::Stopped => "stopped",
        EvidenceKind::Cancelled => "cancelled",
        EvidenceKind::Escalated => "escalated",
        EvidenceKind::Acted => "acted",
        EvidenceKind::ActedBefore => "before",
        EvidenceKind::Returned => "returned",
        EvidenceKind::Empowered => "empowered",
        EvidenceKind::LostControl => "showed",
        EvidenceKind::Asked => "asked",
        EvidenceKind::Granted => "granted",
        EvidenceKind::Refused => "refused",
        EvidenceKind::Counted => "chose the calendar",
        EvidenceKind::Exempted => "exempted",
        EvidenceKind::Extended => "extended",
        EvidenceKind::Happened => "happened",
        EvidenceKind::Preceded => "before it",
        EvidenceKind::Answered => "answered",
        EvidenceKind::Kept => "kept up",
        EvidenceKind::Closed => "closed",
        EvidenceKind::Required => "required",
        EvidenceKind::CaseEnded => "ends case",
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
