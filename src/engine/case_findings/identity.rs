//! What makes a finding the same in every run.

use crate::calendar::Instant;
use crate::engine::finding::Rule;
use crate::graph::Graph;

/// How many of the same rule at the same instant came before.
pub fn nth(told: &mut Vec<(Rule, Instant)>, rule: Rule, at: Instant) -> u32 {
    let before = told.iter().rev().take_while(|(_, earlier)| *earlier >= at);
    let before = before.filter(|(known, earlier)| *known == rule && *earlier == at).count();
    told.push((rule, at));
    u32::try_from(before).unwrap_or(u32::MAX)
}

/// A stable id: twelve hexadecimal digits of a hash of rule, case, key, start and ordinal.
pub fn finding_id(graph: &Graph, rule: Rule, case: &str, key: Option<&str>, start: Instant, ordinal: u32) -> String {
    let mut hash = blake3::Hasher::new();
    let start = start.as_nanos().to_string();
    let ordinal = ordinal.to_string();
    // A standard and an action may share a name.
    let kind = match rule {
        Rule::Standard(_) => "standard",
        Rule::Escalation(..) => "escalation",
        Rule::Action(_) => "action",
        Rule::Approval(_) => "approval",
        Rule::Extension(..) => "extension",
        Rule::Moment(_) => "moment",
        Rule::Behaviour(_) => "behaviour",
        Rule::Scorecard(_) => "scorecard",
        Rule::Journey(_) => "journey",
    };
    let line = match rule {
        Rule::Extension(_, line) => format!("{} {line}", rule.name(graph)),
        _ => rule.name(graph),
    };
    for part in [kind, &line, case, key.unwrap_or_default(), &start, &ordinal] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().to_hex().chars().take(12).collect()
}
