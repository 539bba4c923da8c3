//! The engine and the reference agree on all that is not a clock.

use mot::engine::{Detail, Evaluation, Finding, Rule, Verdict};
use proptest::prelude::*;

use crate::reference::promise::Ran;
use crate::reference::{across, bridge, conduct, story};

proptest! {
    #![proptest_config(bridge::cases(192))]

    #[test]
    fn the_engine_judges_conduct_as_the_language_page_says(world in conduct::random::world(3)) {
        let (found, said) = both(&world);
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
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

/// What the engine found, and what the reference says.
pub fn both(world: &conduct::World) -> (Vec<Sentence>, Vec<Sentence>) {
    let graph = bridge::graph_of(&conduct::random::standards(world));
    let evaluation = bridge::evaluate(&graph, &story::log_of(&world.story, &graph), world.as_of, 2);
    (sentences(&evaluation), in_order(said(world)))
}

/// What both say of a sentence: which, in which case, since when, and how.
pub type Sentence = (usize, String, i64, Verdict);

fn said(world: &conduct::World) -> Vec<Sentence> {
    let found = conduct::judge(world).into_iter();
    found.map(|found| (found.behaviour, bridge::case_name(found.case), found.start, found.verdict)).collect()
}

fn sentences(evaluation: &Evaluation) -> Vec<Sentence> {
    let sentence = |finding: &Finding| match finding.rule {
        Rule::Behaviour(index) => {
            Some((index, finding.case.to_string(), bridge::minute(finding.start), finding.verdict))
        }
        _ => None,
    };
    in_order(evaluation.findings.iter().filter_map(sentence).collect())
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
