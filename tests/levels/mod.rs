//! What holds of levels and scorecards, whatever the log.

use std::collections::BTreeMap;

use mot::calendar::Instant;
use mot::engine::{self, Evaluation, MemberOutcome, Options, Rule, Verdict};
use mot::graph::Graph;
use mot::log::{Input, Log, Mapping};
use mot::source::{SourceFile, Sources};
use proptest::prelude::*;

use super::reference::bridge::cases;

const STANDARDS: &str = r#"
service desk { timezone "Europe/Berlin" }
case { channel: one of (phone, chat)?  party channel }
event opened
event closed
event dropped
event asked { score: 0..10? }
standard answer { from opened to closed cancel on dropped within 2h }
level a_day { at least 80% of answer per day, for each channel }
level a_week { at least 80% of answer per week }
level looking_back { at least 80% of answer in any 7 calendar days }
level typical { median of answer at most 1h per month }
level average { mean of answer at most 1h }
level promoters { nps of score of asked at least 10 per month, for each channel }
level drops { count of dropped at most 20% of opened per week }
level alive { count of opened at least 1 per week }
level kept { share of cases with answer at least 50% per month }
scorecard care { 10 points for speed: answer  pass 50 }
scorecard loyalty { 10 points for speed: answer  pass 50  per party }
level cared { at least 50% of care per month }
level phones { share of cases with channel is phone at least 50% per month }
"#;

/// What a case does: when it begins (in minutes), after how long it ends, how, its channel and its score.
type Told = (u32, u32, u8, u8, u8);

fn told() -> impl Strategy<Value = Vec<Told>> {
    let case = (0u32..60 * 24 * 40, 0u32..240, 0u8..3, 0u8..3, 0u8..12);
    prop::collection::vec(case, 1..20)
}

fn graph() -> Graph {
    let mut sources = Sources::new();
    let file = SourceFile::new("levels.mot", STANDARDS);
    let id = sources.add(file.clone());
    let (tree, faults) = mot::syntax::parse(id, &file);
    let (graph, more) = mot::check::check(&[tree], &sources);
    assert!(faults.is_empty() && more.iter().all(|fault| !fault.is_error()), "{more:#?}");
    graph
}

fn log(graph: &Graph, cases: &[Told]) -> Log {
    let mut csv = "time,case,event,channel,score\n".to_owned();
    // Over the change of the clocks on 29 March.
    let from = Instant::from_timestamp("2026-03-10T00:00:00Z".parse().unwrap());
    for (index, (begins, lasts, ends, channel, score)) in cases.iter().enumerate() {
        let at = |minutes: u32| from.saturating_add(mot::calendar::Duration::from_minutes(i64::from(minutes)));
        let channel = ["phone", "chat", ""][usize::from(*channel)];
        csv += &format!("{},c{index},opened,{channel},\n", at(*begins));
        match ends {
            0 => csv += &format!("{},c{index},closed,,\n", at(begins + lasts)),
            1 => csv += &format!("{},c{index},dropped,,\n", at(begins + lasts)),
            _ => {}
        }
        let score = if *score > 10 { String::new() } else { score.to_string() };
        csv += &format!("{},c{index},asked,,{score}\n", at(begins + lasts + 60));
    }
    let mapping = "timezone: UTC\ncase: case\nevent: event\ntime: time\n";
    let mapping = Mapping::parse(mapping, Default::default(), &graph.vocabulary).unwrap();
    let input = Input { name: "log.csv".into(), bytes: csv.as_bytes() };
    mot::log::read(&[input], &mapping, &graph.vocabulary, &|_| {}).unwrap()
}

fn judged(graph: &Graph, log: &Log, shards: usize) -> Evaluation {
    engine::evaluate(graph, log, &Options { shards, ..Options::default() })
}

fn level(graph: &Graph, name: &str) -> usize {
    graph.levels.iter().position(|level| level.name == name).unwrap()
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn parts_of_a_log_combine_to_the_result_of_the_whole(told in told()) {
        let graph = graph();
        let log = log(&graph, &told);
        let whole = judged(&graph, &log, 1);
        prop_assert!(whole.population.reconciles());
        for shards in [2, 3, 7, 20] {
            prop_assert_eq!(&judged(&graph, &log, shards), &whole);
        }
    }

    /// Counted again from the findings, day by day.
    #[test]
    fn a_share_is_what_anyone_can_count_from_its_findings(told in told()) {
        let graph = graph();
        let evaluation = judged(&graph, &log(&graph, &told), 3);
        let zone = &graph.vocabulary.zone;
        let mut days: BTreeMap<String, (u64, u64, u64)> = BTreeMap::new();
        for finding in &evaluation.findings {
            if !matches!(finding.rule, Rule::Standard(_)) {
                continue;
            }
            let day = days.entry(zone.date_of(finding.start).to_string()).or_default();
            match finding.verdict {
                Verdict::Met => day.0 += 1,
                Verdict::Breached => day.1 += 1,
                verdict if verdict.is_open() => day.2 += 1,
                _ => {}
            }
        }
        let a_day = level(&graph, "a_day");
        let mut found: BTreeMap<String, (u64, u64, u64)> = BTreeMap::new();
        for result in evaluation.levels.iter().filter(|result| result.level == a_day) {
            let day = found.entry(result.days.first.to_string()).or_default();
            let part = result.part.unwrap();
            day.0 += part;
            day.1 += result.whole.unwrap() - part;
            day.2 += result.count(MemberOutcome::Open);
            let over = result.span.1 <= evaluation.as_of && result.count(MemberOutcome::Open) == 0;
            let (part, whole) = (part, result.whole.unwrap());
            let verdict = match (over, whole) {
                (false, _) => Verdict::Running,
                (true, 0) => Verdict::Undetermined,
                (true, _) if part * 100 >= whole * 80 => Verdict::Met,
                (true, _) => Verdict::Breached,
            };
            prop_assert_eq!(result.verdict, verdict);
        }
        prop_assert_eq!(found, days);
    }

    /// A window that looks back seven days holds what its days hold.
    #[test]
    fn a_window_holds_what_its_days_hold(told in told()) {
        let graph = graph();
        let evaluation = judged(&graph, &log(&graph, &told), 2);
        let of = |name: &str| {
            let index = level(&graph, name);
            evaluation.levels.iter().filter(move |result| result.level == index)
        };
        for name in ["looking_back", "a_week"] {
            for window in of(name) {
                let days = of("a_day").filter(|day| window.days.contains(day.days.first));
                let wholes: u64 = days.map(|day| day.whole.unwrap()).sum();
                prop_assert_eq!(window.whole, Some(wholes));
            }
        }
    }
}

/// Only windows that begin in a period are judged, and a level without a window sums over the period.
#[test]
fn a_period_has_the_windows_that_begin_in_it() {
    let graph = graph();
    let minutes = |day: u32| day * 24 * 60;
    let told: Vec<Told> = (0..30).map(|day| (minutes(day), 30, 0, 0, 9)).collect();
    let log = log(&graph, &told);
    let zone = &graph.vocabulary.zone;
    let (from, to) = ("2026-03-15".parse().unwrap(), "2026-03-31".parse().unwrap());
    let period = Some((zone.start_of_day(from), zone.end_of_day(to)));
    let evaluation = engine::evaluate(&graph, &log, &Options { period, ..Options::default() });
    let windows = |name: &str| {
        let index = level(&graph, name);
        let of_level = evaluation.levels.iter().filter(move |result| result.level == index);
        of_level.map(|result| (result.days.first.to_string(), result.whole)).collect::<Vec<_>>()
    };
    assert_eq!(
        windows("a_week"),
        [("2026-03-16", 7), ("2026-03-23", 7), ("2026-03-30", 7)].map(|(day, of)| (day.to_owned(), Some(of)))
    );
    assert_eq!(windows("average"), [("2026-03-15".to_owned(), Some(17))]);
    assert_eq!(windows("typical"), []);
}
