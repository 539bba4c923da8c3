//! What holds of all that is not a clock, whatever the standards and the log.

use std::collections::HashMap;

use mot::engine::{Finding, Rule};
use mot::graph::Graph;
use mot::log::Log;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::reference::model::Minute;
use crate::reference::story::{self, Story};
use crate::reference::{across, bridge, causes, conduct, levels, scores};

proptest! {
    #![proptest_config(bridge::cases(64))]

    #[test]
    fn later_events_never_change_what_came_of_conduct(world in conduct::random::world(3), cut in any::<Index>()) {
        let graph = bridge::graph_of(&conduct::random::standards(&world));
        nothing_final_changes(&graph, &world.story, cut)?;
    }

    #[test]
    fn later_events_never_bring_a_moment_under_control(world in causes::random::world(3), cut in any::<Index>()) {
        let graph = bridge::graph_of(&causes::random::standards(&world));
        nothing_final_changes(&graph, &world.story, cut)?;
    }

    #[test]
    fn shards_never_show_in_conduct(world in conduct::random::world(6)) {
        shards_never_show(&conduct::random::standards(&world), &world.story, world.as_of)?;
    }

    #[test]
    fn shards_never_show_in_levels(world in levels::random::world(8)) {
        shards_never_show(&levels::random::standards(&world), &world.story, world.as_of)?;
    }

    #[test]
    fn shards_never_show_in_causes(world in causes::random::world(6)) {
        shards_never_show(&causes::random::standards(&world), &world.story, world.as_of)?;
    }

    #[test]
    fn shards_never_show_in_scores(world in scores::random::world(6)) {
        shards_never_show(&scores::random::standards(&world), &world.promises.story, world.promises.as_of)?;
    }

    #[test]
    fn shards_never_show_across_cases(world in across::world(8)) {
        shards_never_show(&across::standards(&world), &world.story, world.as_of)?;
    }
}

/// What is final by some event is the same when all of the log is known.
fn nothing_final_changes(graph: &Graph, story: &Story, cut: Index) -> Result<(), TestCaseError> {
    let log = story::log_of(story, graph);
    let cut = cut.get(&log.events).time;
    let events = log.events.iter().filter(|event| event.time <= cut).cloned().collect();
    let known = Log { events, ..log.clone() };
    let later = bridge::evaluate(graph, &log, None, 1);
    let later: HashMap<&str, &Finding> = later.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect();
    for finding in bridge::evaluate(graph, &known, None, 1).findings.iter().filter(|finding| is_final(finding)) {
        let still = later.get(finding.id.as_str()).map(|later| later.verdict);
        prop_assert_eq!(still, Some(finding.verdict), "{:?}", finding);
    }
    Ok(())
}

fn is_final(finding: &Finding) -> bool {
    matches!(finding.rule, Rule::Behaviour(_) | Rule::Moment(_)) && !finding.verdict.is_open()
}

/// However many shards there are, every byte is the same.
fn shards_never_show(standards: &str, story: &Story, as_of: Option<Minute>) -> Result<(), TestCaseError> {
    let graph = bridge::graph_of(standards);
    let log = story::log_of(story, &graph);
    let bytes = |shards: usize| format!("{:?}", bridge::evaluate(&graph, &log, as_of, shards));
    let whole = bytes(1);
    for shards in [2, 3, 7] {
        prop_assert_eq!(&bytes(shards), &whole);
    }
    Ok(())
}
