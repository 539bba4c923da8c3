//! Random scorecards and journeys, and how a person would write them.

use std::fmt::{self, Write};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::reference::story;

/// A random world of so many cases at most.
pub fn world(cases: usize) -> impl Strategy<Value = World> {
    conduct::random::world(cases).prop_flat_map(|promises| {
        let rules = promises.behaviours.len() + 1;
        let of_party: Vec<Rule> = (0..rules).collect();
        // What is judged for a party says nothing of one case.
        let is_of_case = |rule: &Rule| match rule.checked_sub(1) {
            None => !promises.promise_per_party,
            Some(sentence) => !promises.behaviours[sentence].per_party,
        };
        let of_case: Vec<Rule> = of_party.iter().copied().filter(is_of_case).collect();
        let of_case = if of_case.is_empty() { scorecard(of_party.clone(), true) } else { scorecard(of_case, false) };
        let scorecards = vec(prop_oneof![of_case, scorecard(of_party, true)], 0..=2);
        let places = vec(place(), rules);
        (Just(promises), places, scorecards, vec(journey(), 0..=2))
            .prop_map(|(promises, places, scorecards, journeys)| World { promises, places, scorecards, journeys })
    })
}

// ── At random ──

fn place() -> impl Strategy<Value = Place> {
    let severity = option::of(select(vec![Severity::Minor, Severity::Major, Severity::Critical]));
    (option::weighted(0.85, 0..TOUCHPOINT_OF.len()), severity).prop_map(|(moment, severity)| Place { moment, severity })
}

fn scorecard(rules: Vec<Rule>, per_party: bool) -> BoxedStrategy<Scorecard> {
    let some = |least: usize| subsequence(rules.clone(), least..=rules.len());
    let line = (1..=40_i64, some(1));
    (vec(line, 1..=3), some(0), 1..100_i64)
        .prop_map(move |(lines, fatal, pass)| Scorecard { lines, fatal, pass, per_party })
        .boxed()
}

fn journey() -> impl Strategy<Value = Journey> {
    let through = subsequence(vec![0_usize, 1, 2], 1..=3).prop_shuffle();
    let least = option::of((-4..=4_i64).prop_map(|halves| halves * 5));
    (through, 0..TOUCHPOINT_OF.len(), least, proptest::bool::weighted(0.3)).prop_map(
        |(mut through, end, least, per_party)| {
            // It ends where it leads to.
            through.retain(|touchpoint| *touchpoint != TOUCHPOINT_OF[end]);
            through.push(TOUCHPOINT_OF[end]);
            Journey { through, end, least, per_party }
        },
    )
}

// ── As people write it ──

pub fn standards(world: &World) -> String {
    let mut text = conduct::random::standards_with(&world.promises, |rule| {
        let place = world.places[rule];
        let severity =
            place.severity.map(|severity| format!("  severity {}\n", format!("{severity:?}").to_lowercase()));
        (place.moment.map(|moment| format!("m{moment}")), severity.unwrap_or_default())
    });
    for touchpoint in 0..3 {
        writeln!(text, "\ntouchpoint t{touchpoint} {{ stage use  channel phone  environment human }}").unwrap();
    }
    for (moment, touchpoint) in TOUCHPOINT_OF.iter().enumerate() {
        writeln!(text, "\nmoment m{moment} at t{touchpoint} {{ kind end  impact high }}").unwrap();
    }
    for (index, card) in world.scorecards.iter().enumerate() {
        writeln!(text, "\nscorecard s{index} {{").unwrap();
        for (line, (points, rules)) in card.lines.iter().enumerate() {
            writeln!(text, "  {points} points for line{line}: {}", names(rules)).unwrap();
        }
        if !card.fatal.is_empty() {
            writeln!(text, "  fatal {}", names(&card.fatal)).unwrap();
        }
        writeln!(text, "  pass {}{}\n}}", card.pass, per_party(card.per_party)).unwrap();
    }
    for (index, journey) in world.journeys.iter().enumerate() {
        let through: Vec<String> = journey.through.iter().map(|touchpoint| format!("t{touchpoint}")).collect();
        writeln!(text, "\njourney j{index} {{\n  through {}\n  ends with m{}", through.join(", "), journey.end)
            .unwrap();
        if let Some(least) = journey.least {
            let sign = if least < 0 { "-" } else { "" };
            writeln!(text, "  score at least {sign}{}.{}", least.abs() / 10, least.abs() % 10).unwrap();
        }
        writeln!(text, "{}}}", per_party(journey.per_party)).unwrap();
    }
    text
}

fn per_party(per_party: bool) -> &'static str {
    if per_party { "\n  per party\n" } else { "" }
}

fn names(rules: &[Rule]) -> String {
    let name = |rule: &Rule| if *rule == 0 { "promise".to_owned() } else { format!("b{}", rule - 1) };
    rules.iter().map(name).collect::<Vec<_>>().join(", ")
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let promises = &self.promises;
        f.write_str(&story::told(&standards(self), &promises.story, promises.zone, promises.as_of))
    }
}
