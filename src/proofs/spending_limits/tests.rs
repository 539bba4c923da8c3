//! What is told of powers, against every case: who may spend what in it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::source::{SourceFile, Sources};

const TIERS: [&str; 3] = ["basic", "silver", "gold"];
const ROLES: [&str; 3] = ["agent", "lead", "manager"];

/// `may refund up to 200 EUR per case, 500 EUR per day when tier in (…)`
#[derive(Clone, PartialEq, Debug)]
struct Line {
    case: Option<u32>,
    day: Option<u32>,
    tiers: Vec<usize>,
}

impl Line {
    fn text(&self) -> String {
        let limits = match (self.case, self.day) {
            (None, None) => String::new(),
            (Some(case), None) => format!(" up to {case} EUR per case"),
            (None, Some(day)) => format!(" up to {day} EUR per day"),
            (Some(case), Some(day)) => format!(" up to {case} EUR per case, {day} EUR per day"),
        };
        let tiers: Vec<&str> = self.tiers.iter().map(|tier| TIERS[*tier]).collect();
        match tiers.len() {
            0 | 3 => format!("may refund{limits}\n"),
            _ => format!("may refund{limits} when tier in ({})\n", tiers.join(", ")),
        }
    }

    fn holds(&self, tier: usize) -> bool {
        [0, 3].contains(&self.tiers.len()) || self.tiers.contains(&tier)
    }
}

fn line() -> impl Strategy<Value = Line> {
    let amount = || prop_oneof![1 => Just(None), 3 => (1u32..4).prop_map(Some)];
    let tiers = select(vec![vec![], vec![0], vec![1, 2], vec![0, 2], vec![2]]);
    (amount(), amount(), tiers).prop_map(|(case, day, tiers)| Line { case, day, tiers })
}

/// What is told, of which role.
fn told(roles: &[Vec<Line>]) -> BTreeSet<(&'static str, usize)> {
    let mut text =
        "service s { timezone \"Europe/Berlin\" currency EUR }\ncase { tier: one of (basic, silver, gold) }\n\
                    role agent\nrole lead leads agent\nrole manager leads lead\nevent paid { amount: money }\n\
                    action refund is paid costs amount\n"
            .to_owned();
    for (role, lines) in ROLES.iter().zip(roles) {
        let lines: String = lines.iter().map(Line::text).collect();
        writeln!(text, "empower {role} {{ {lines} }}").unwrap();
    }
    let mut sources = Sources::new();
    let source = SourceFile::new("powers.mot", text);
    let file = sources.add(source.clone());
    let (tree, faults) = crate::syntax::parse(file, &source);
    assert_eq!(faults, vec![]);
    let faults = crate::check::check(&[tree], &sources).1;
    let about = |code: &str| ["empower/shrinks", "empower/adds-nothing"].contains(&code);
    let role = |words: &str| ROLES.iter().position(|role| words.split('`').nth(1) == Some(role));
    let words = |fault: &crate::diagnostic::Diagnostic| {
        // A case may stand before the role.
        let message = fault.words().message.clone();
        let said =
            message.split_once("`, `").filter(|_| message.starts_with("where")).map(|(_, said)| format!("`{said}"));
        said.unwrap_or(message)
    };
    let faults = faults.iter().filter(|fault| about(fault.code()));
    faults.map(|fault| (fault.code(), role(&words(fault)).unwrap())).collect()
}

/// The most that lines give in a tier, in one case and in one day; nothing if none holds.
fn power(lines: &[&Line], tier: usize) -> Option<(u32, u32)> {
    let held: Vec<&&Line> = lines.iter().filter(|line| line.holds(tier)).collect();
    let without = held.iter().any(|line| line.case.is_none() && line.day.is_none());
    let most = |limits: Vec<Option<u32>>| {
        if without { u32::MAX } else { limits.into_iter().flatten().max().unwrap_or(u32::MAX) }
    };
    let case = most(held.iter().map(|line| line.case).collect());
    let day = most(held.iter().map(|line| line.day).collect());
    (!held.is_empty()).then_some((case, day))
}

/// What ought to be told of a role: what those before it have, it inherits.
fn ought(roles: &[Vec<Line>], role: usize) -> Option<&'static str> {
    let own: Vec<&Line> = roles[role].iter().collect();
    let inherited: Vec<&Line> =
        roles[..role].iter().rev().find(|lines| !lines.is_empty()).into_iter().flatten().collect();
    let tiers = || 0..TIERS.len();
    let alike = |one: &[&Line], other: &[&Line]| tiers().all(|tier| power(one, tier) == power(other, tier));
    let less = |tier: usize| match (power(&own, tier), power(&inherited, tier)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some((case, day)), Some((most, most_a_day))) => case.min(day) < most.min(most_a_day) || day < most_a_day,
    };
    if own.is_empty() {
        return None;
    }
    if !inherited.is_empty() && tiers().any(less) {
        return Some("empower/shrinks");
    }
    let without = |skipped: usize| -> Vec<&Line> {
        let others = own.iter().enumerate().filter(|(index, _)| *index != skipped);
        others.map(|(_, line)| *line).collect()
    };
    let idle = (0..own.len()).any(|line| own.len() > 1 && alike(&own, &without(line)));
    ((!inherited.is_empty() && alike(&own, &inherited)) || idle).then_some("empower/adds-nothing")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_told_of_powers_is_so_in_some_case_and_nothing_else_is(
        mut roles in [vec(line(), 0..3), vec(line(), 0..3), vec(line(), 0..3)],
    ) {
        for lines in &mut roles {
            // Two lines of one condition are told of in another way.
            let mut seen: Vec<Vec<usize>> = Vec::new();
            lines.retain(|line| !seen.contains(&line.tiers) && { seen.push(line.tiers.clone()); true });
        }
        let ought: BTreeSet<_> =
            (0..ROLES.len()).filter_map(|role| Some((ought(&roles, role)?, role))).collect();
        prop_assert_eq!(told(&roles), ought);
    }
}
