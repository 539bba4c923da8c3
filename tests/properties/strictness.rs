//! What is proved to be at least as strict is never kept where the other is broken, whatever happens in a case.

use std::collections::BTreeMap;

use mot::compare::{Found, Looser, Strictness, changes};
use mot::engine::{self, Options, Rule, Verdict};
use mot::graph::{Graph, PromiseId};
use mot::log::{self, Input, Mapping};
use mot::project::{Standards, files};
use mot::source::{SourceFile, Sources};
use proptest::prelude::*;
use proptest::sample::select;

use crate::reference::bridge;

const HEAD: &str = r#"service desk { timezone "Asia/Shanghai" effective 2026-03-01 until 2026-04-30 }
case { vip: bool  tier: one of (low, high)  promised: time?  ends on over after 1 calendar day }
event a { robot: bool }
event b { robot: bool }
event c
event d
event e { robot: bool }
event over
role agent
role head leads agent
calendar office { mon..fri 09:00-12:00, 13:00-17:00  closed 2026-03-04 }
calendar short { mon..thu 10:00-16:00 }
calendar late { mon..fri 09:00-17:00  received after 15:00 counts as the next open day }
"#;

/// The same words in another order, and more of them.
const TURNED: &str = r#"service desk { timezone "Asia/Shanghai" effective 2026-03-01 until 2026-04-30 }
calendar late { mon..fri 09:00-17:00  received after 15:00 counts as the next open day }
calendar short { mon..thu 10:00-16:00 }
calendar office { mon..fri 09:00-12:00, 13:00-17:00  closed 2026-03-04 }
role head leads agent
role agent
event over
event z { robot: bool }
event e { why: text?  robot: bool }
event d
event c
event b { robot: bool }
event a { robot: bool }
case { size: number?  promised: time?  tier: one of (high, low, none)  vip: bool  ends on over after 1 calendar day }
segment special when vip
"#;

/// For each clause of a clock the ways in which it may be said.
const CLAUSES: [&[&str]; 9] = [
    &["from a", "from a where robot", "from a or e", "from 30m after a", "from a where vip", "from a or e where robot"],
    &["to b", "to b where not robot", "to b or c", "to c"],
    &["", "", "first"],
    &["", "cancel on d", "cancel on d where vip", "cancel on c or d"],
    &["", "pause on c resume on d", "pause on c resume on d or e", "pause on c where vip resume on d"],
    &["", "", "restart on e", "restart on d where vip"],
    &["", "", "reopen on e", "reopen on e within 7 calendar days", "reopen on d"],
    &[
        "",
        "",
        "counting office",
        "counting short",
        "counting late",
        "counting short when vip\n  counting office otherwise",
    ],
    &[
        "within 2h",
        "within 3h",
        "within 2h when vip\n  within 4h otherwise",
        "within 4h when tier is high\n  within 3h otherwise",
        "within 1h when robot\n  within 6h otherwise",
        "within 1 calendar day",
        "within 2 calendar days",
        "at once when vip\n  no target otherwise",
        "due at promised",
        "within 9h",
    ],
];

const BEHAVIOURS: [&str; 30] = [
    "every b needs a before",
    "every b where robot needs a before",
    "every b needs a where not robot before",
    "never b without a",
    "after a, b within 2h",
    "after a, b within 3h",
    "after a, b",
    "after a where robot, b within 2h",
    "never c",
    "never c after a",
    "never c within 2h after a",
    "never c within 3h after a",
    "at most 1 c",
    "at most 2 c",
    "at least 1 c",
    "exactly one c",
    "between a and b, c at least every 1h",
    "between a and b where robot, c at least every 2h",
    "on b, vip must hold",
    "on b, (vip and not robot) must hold",
    "every b or c needs a before",
    "every b needs a or d before",
    "after a or e, b within 2h",
    "after a, b or c within 2h",
    "never c or d after a",
    "never c within 3h after a or e",
    "at most 1 c or d",
    "at least 1 c or d where vip",
    "between a or e and b, c at least every 1h",
    "on b or e, (vip and not robot) must hold",
];

/// Which way each clause of a clock is said: of one clock, and of another that mostly says the same.
fn clocks() -> impl Strategy<Value = (Vec<usize>, Vec<usize>)> {
    let ways: Vec<_> = CLAUSES.iter().map(|ways| 0..ways.len()).collect();
    let other: Vec<_> = CLAUSES.iter().map(|ways| (0..ways.len(), prop::bool::weighted(0.75))).collect();
    (ways, other).prop_map(|(one, other)| {
        let other = one.iter().zip(other).map(|(one, (way, same))| if same { *one } else { way }).collect();
        (one, other)
    })
}

fn clock(name: &str, ways: &[usize]) -> String {
    let clauses: Vec<&str> = CLAUSES.iter().zip(ways).map(|(said, way)| said[*way]).collect();
    let clauses: Vec<&str> = clauses.into_iter().filter(|clause| !clause.is_empty()).collect();
    format!("standard {name} {{\n  {}\n}}\n", clauses.join("\n  "))
}

/// Cases of a few events each, at odd minutes of a week with a holiday.
fn told() -> impl Strategy<Value = Vec<Vec<(usize, i64, u8)>>> {
    let event = (0..6usize, select(vec![0, 1, 29, 30, 60, 61, 120, 121, 180, 240, 400, 900, 1440, 2000]), 0..16u8);
    prop::collection::vec(prop::collection::vec(event, 1..8), 120)
}

fn csv(cases: &[Vec<(usize, i64, u8)>]) -> String {
    let mut text = String::from("case,event,time,vip,tier,robot,promised\n");
    let monday: jiff::civil::DateTime = "2026-03-02T08:30".parse().unwrap();
    for (case, events) in cases.iter().enumerate() {
        let mut at = monday;
        for (index, (event, later, bits)) in events.iter().enumerate() {
            at = at.saturating_add(jiff::Span::new().minutes(*later));
            let name = ["a", "b", "c", "d", "e", "over"][*event];
            let bit = |bit: u8| bits & (1 << bit) != 0;
            let changed = index == 0 || bit(3);
            let vip = if changed { bit(0).to_string() } else { String::new() };
            let tier = if changed { if bit(1) { "high" } else { "low" } } else { "" };
            let robot = if ["a", "b", "e"].contains(&name) { bit(2).to_string() } else { String::new() };
            let promised = if index == 0 { "2026-03-02 12:00" } else { "" };
            text += &format!("case-{case},{name},{},{vip},{tier},{robot},{promised}\n", at.strftime("%Y-%m-%d %H:%M"));
        }
    }
    text
}

/// By case, whether each of two promises was broken in it.
fn broken(graph: &Graph, text: &str, rules: [Rule; 2]) -> BTreeMap<String, [bool; 2]> {
    const MAPPING: &str = "timezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\n";
    let mut sources = Sources::new();
    let file = sources.add(SourceFile::new("mapping.yaml", MAPPING));
    let mapping = Mapping::parse(MAPPING, file, &graph.vocabulary).unwrap();
    let inputs = [Input { name: "log.csv".into(), bytes: text.as_bytes() }];
    let log = log::read(&inputs, &mapping, &graph.vocabulary, &|_| {}).unwrap();
    let as_of = "2026-04-20T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let as_of = Some(mot::calendar::Instant::from_timestamp(as_of));
    let evaluation = engine::evaluate(graph, &log, &Options { as_of, period: None, allowed_loss: None, shards: 1 });
    let mut cases: BTreeMap<String, [bool; 2]> = BTreeMap::new();
    for finding in &evaluation.findings {
        for (place, rule) in rules.iter().enumerate() {
            if finding.rule == *rule && finding.verdict == Verdict::Breached {
                cases.entry(finding.case.to_string()).or_default()[place] = true;
            }
        }
    }
    cases
}

/// What must not be: the other broken, and this one not.
fn kept_while_the_other_is_broken(graph: &Graph, text: &str, rules: [Rule; 2]) -> Option<String> {
    let cases = broken(graph, text, rules);
    let case = cases.iter().find(|(_, [mine, other])| *other && !*mine)?.0;
    Some(text.lines().filter(|line| line.starts_with(&format!("{case},"))).collect::<Vec<_>>().join("\n"))
}

proptest! {
    #![proptest_config(bridge::cases(48))]

    #[test]
    fn a_clock_that_is_at_least_as_strict_is_never_kept_alone((one, other) in clocks(), cases in told()) {
        let text = format!("{HEAD}{}{}", clock("mine", &one), clock("other", &other));
        let graph = bridge::graph_of(&text);
        let contrast = Strictness::of(&graph).contrast(PromiseId::Standard(0), PromiseId::Standard(1)).unwrap();
        if contrast.is_at_least_as_strict() {
            let kept = kept_while_the_other_is_broken(&graph, &csv(&cases), [Rule::Standard(0), Rule::Standard(1)]);
            prop_assert_eq!(kept, None, "{}", text);
        }
    }

    /// It makes no difference whether two promises stand in one file, or in one each.
    #[test]
    fn two_versions_compare_as_two_promises_of_one((one, other) in clocks()) {
        let graph = bridge::graph_of(&format!("{HEAD}{}{}", clock("mine", &one), clock("other", &other)));
        let strictness = Strictness::of(&graph);
        let [less, more] = [(0, 1), (1, 0)].map(|(mine, other)| {
            strictness.contrast(PromiseId::Standard(mine), PromiseId::Standard(other)).unwrap()
        });
        let new = bridge::graph_of(&format!("{HEAD}{}", clock("same", &one)));
        let old = bridge::graph_of(&format!("{TURNED}{}", clock("same", &other)));
        let change = &changes(&new, &old)[0];
        let ways = |found: &[Found<Looser>]| found.iter().map(|found| found.what.clone()).collect::<Vec<_>>();
        prop_assert_eq!(ways(&change.looser), ways(&less.looser));
        prop_assert_eq!(ways(&change.stricter).len(), ways(&more.looser).len());
        prop_assert_eq!(change.undecided.len(), less.undecided.len() + more.undecided.len());
    }

    #[test]
    fn a_behaviour_that_is_at_least_as_strict_is_never_kept_alone(
        one in select(BEHAVIOURS.to_vec()),
        other in select(BEHAVIOURS.to_vec()),
        cases in told(),
    ) {
        let text = format!("{HEAD}behaviour mine {{ {one} }}\nbehaviour other {{ {other} }}\n");
        let graph = bridge::graph_of(&text);
        let contrast = Strictness::of(&graph).contrast(PromiseId::Behaviour(0), PromiseId::Behaviour(1)).unwrap();
        if contrast.is_at_least_as_strict() {
            let kept = kept_while_the_other_is_broken(&graph, &csv(&cases), [Rule::Behaviour(0), Rule::Behaviour(1)]);
            prop_assert_eq!(kept, None, "{}", text);
        }
    }
}

/// A promise is as strict as itself: nothing is undecided that says the same.
#[test]
fn each_promise_is_as_strict_as_itself() {
    for (clause, ways) in CLAUSES.iter().enumerate() {
        for way in 0..ways.len() {
            let mut said = vec![0; CLAUSES.len()];
            said[clause] = way;
            let text = format!("{HEAD}{}{}", clock("mine", &said), clock("other", &said));
            let graph = bridge::graph_of(&text);
            let contrast = Strictness::of(&graph).contrast(PromiseId::Standard(0), PromiseId::Standard(1)).unwrap();
            assert!(contrast.is_at_least_as_strict(), "{text}{contrast:#?}");
        }
    }
    for sentence in BEHAVIOURS {
        let text = format!("{HEAD}behaviour mine {{ {sentence} }}\nbehaviour other {{ {sentence} }}\n");
        let graph = bridge::graph_of(&text);
        let contrast = Strictness::of(&graph).contrast(PromiseId::Behaviour(0), PromiseId::Behaviour(1)).unwrap();
        assert!(contrast.is_at_least_as_strict(), "{text}{contrast:#?}");
    }
}

/// Standards that did not change ask neither less nor more.
#[test]
fn the_library_is_as_strict_as_itself() {
    for file in files(&["standards".into(), "examples".into()]).unwrap() {
        let graph = Standards::load(&file).graph;
        for change in changes(&graph, &graph) {
            let found = (&change.looser, &change.stricter, &change.undecided);
            let nothing = found.0.is_empty() && found.1.is_empty() && found.2.is_empty();
            assert!(nothing, "{} {change:#?}", file.display());
        }
    }
}
