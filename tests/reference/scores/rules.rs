//! The reference itself, on one case that anyone can score.

use mot::engine::Verdict::{Breached, Met, Running, Undetermined};

use super::*;

/// A judge of findings that are told, not found: each by its rule and verdict.
fn with(world: &World, findings: &[(Rule, Verdict)], check: impl Fn(&Judge<'_>)) {
    let finding =
        |(rule, verdict): &(Rule, Verdict)| Finding { rule: *rule, case: 0, verdict: *verdict, better: false };
    let findings = findings.iter().map(finding).collect();
    check(&Judge { world, findings, parties: Vec::new(), cases: vec![(0, 0)] });
}

fn world() -> World {
    let promises = conduct::World {
        zone: "UTC",
        calendars: Vec::new(),
        end: None,
        promise: crate::reference::promise::Promise {
            from: "asked",
            filter: None,
            to: "answered",
            cancel: None,
            pause: None,
            within: 30,
            beyond: None,
            unless: None,
        },
        promise_per_party: false,
        behaviours: Vec::new(),
        story: Default::default(),
        as_of: None,
    };
    let place = |moment, severity| Place { moment: Some(moment), severity };
    let places = vec![place(0, Some(Severity::Critical)), place(2, None), place(2, Some(Severity::Minor))];
    World { promises, places, scorecards: Vec::new(), journeys: Vec::new() }
}

/// Verdict and score, in percent.
fn card(findings: &[(Rule, Verdict)]) -> Option<(Verdict, Option<i64>, i64, i64)> {
    let card = Scorecard { lines: vec![(60, vec![0]), (40, vec![1])], fatal: vec![2], pass: 80, per_party: false };
    let judged = std::cell::RefCell::new(None);
    let percent = |ratio: Ratio| ratio.part / ratio.whole;
    with(&world(), findings, |judge| {
        let found = judge.card(0, &card, &[0]);
        let told = |card: Card| (card.verdict, card.score.map(percent), percent(card.low), percent(card.high));
        *judged.borrow_mut() = found.map(told);
    });
    judged.into_inner()
}

#[test]
fn points_are_earned_by_what_was_met() {
    assert_eq!(card(&[(0, Met), (1, Met), (1, Breached)]), Some((Met, Some(80), 80, 80)));
    assert_eq!(card(&[(0, Breached), (1, Met)]), Some((Breached, Some(40), 40, 40)));
    // A line of which nothing is known is left out.
    assert_eq!(card(&[(0, Met)]), Some((Met, Some(100), 100, 100)));
    assert_eq!(card(&[(2, Met)]), None);
}

#[test]
fn a_fatal_breach_leaves_nothing() {
    assert_eq!(card(&[(0, Met), (1, Met), (2, Breached)]), Some((Breached, Some(0), 0, 0)));
    assert_eq!(card(&[(0, Met), (1, Met), (2, Undetermined)]), Some((Undetermined, Some(100), 0, 100)));
}

#[test]
fn what_is_open_has_a_low_and_a_high_end() {
    assert_eq!(card(&[(0, Met), (1, Running)]), Some((Running, Some(100), 60, 100)));
    assert_eq!(card(&[(0, Breached), (1, Running)]), Some((Breached, Some(0), 0, 40)));
    assert_eq!(card(&[(0, Undetermined), (1, Met)]), Some((Undetermined, Some(100), 40, 100)));
}

#[test]
fn a_journey_is_its_peak_and_its_end() {
    let journey = Journey { through: vec![0, 1], end: 2, least: Some(0), per_party: false };
    let walk = |findings: &[(Rule, Verdict)]| {
        let judged = std::cell::RefCell::new(None);
        with(&world(), findings, |judge| {
            *judged.borrow_mut() = judge.walk(0, &journey, &[0]).map(|walk| (walk.verdict, walk.values));
        });
        judged.into_inner()
    };
    assert_eq!(walk(&[(0, Met), (1, Met)]), Some((Met, Some((1, 1)))));
    assert_eq!(walk(&[(0, Breached), (1, Met)]), Some((Breached, Some((-3, 1)))));
    // Of a tie the negative one is the peak.
    assert_eq!(walk(&[(0, Met), (2, Breached)]), Some((Breached, Some((-1, -1)))));
    assert_eq!(walk(&[(0, Breached)]), Some((Running, None)));
    assert_eq!(walk(&[]), None);
}
