//! The engine and the reference agree on all that is not a clock.

use mot::engine::{Detail, Evaluation, Finding, Rule};
use mot::source::{SourceFile, Sources};
use proptest::prelude::*;

use crate::reference::promise::Ran;
use crate::reference::{across, bridge, causes, conduct, levels, scores, story};

fn parses(text: &str) -> Result<(), TestCaseError> {
    let mut sources = Sources::new();
    let source = SourceFile::new("random.mot", text);
    let file = sources.add(source.clone());
    let (_, faults) = mot::syntax::parse(file, &source);
    prop_assert!(faults.is_empty(), "{:#?}\n{}", faults, text);
    Ok(())
}

proptest! {
    #![proptest_config(bridge::cases(256))]

    #[test]
    fn conduct_parses(world in conduct::random::world(3)) {
        parses(&conduct::random::standards(&world))?;
        conduct::judge(&world);
    }

    #[test]
    fn levels_parse(world in levels::random::world(6)) {
        parses(&levels::random::standards(&world))?;
        levels::judge(&world);
    }

    #[test]
    fn causes_parse(world in causes::random::world(3)) {
        parses(&causes::random::standards(&world))?;
        causes::judge(&world);
        causes::judge_moment(&world);
    }

    #[test]
    fn scores_parse(world in scores::random::world(3)) {
        parses(&scores::random::standards(&world))?;
        scores::judge(&world);
    }

    #[test]
    fn parties_and_events_that_reach_many_cases(world in across::world(4)) {
        let graph = bridge::graph_of(&across::standards(&world));
        let evaluation = bridge::evaluate(&graph, &story::log_of(&world.story, &graph), world.as_of, 2);
        let said = across::judge(&world).map(|ran| in_order(ran.iter().map(clock_said).collect()));
        let found = [0, 1].map(|index| in_order(clocks(&evaluation, index)));
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
    }
}

/// A clock in words that both have: case, start, verdict, due, end, elapsed.
type Clock = (String, i64, String, Option<i64>, Option<i64>, i64);

fn clock_said(ran: &Ran) -> Clock {
    let end = ran.end.map(|(_, at)| at);
    (bridge::case_name(ran.case), ran.start, ran.verdict.spelling().to_owned(), ran.due, end, ran.elapsed)
}

fn clocks(evaluation: &Evaluation, standard: usize) -> Vec<Clock> {
    let clock = |finding: &Finding| {
        let Detail::Clock(account) = &finding.detail else { return None };
        let (due, stop) = (account.due.map(bridge::minute), account.stop.map(bridge::minute));
        let elapsed = bridge::whole_minutes(account.elapsed.as_nanos());
        let verdict = finding.verdict.spelling().to_owned();
        (finding.rule == Rule::Standard(standard))
            .then(|| (finding.case.to_string(), bridge::minute(finding.start), verdict, due, stop, elapsed))
    };
    evaluation.findings.iter().filter_map(clock).collect()
}

fn in_order<T: Ord>(mut found: Vec<T>) -> Vec<T> {
    found.sort();
    found
}
