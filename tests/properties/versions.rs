//! Several versions of a service that say the same are one.

use mot::check::build_versions;
use mot::graph::Graph;
use mot::source::{SourceFile, Sources};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::reference::evaluator::Found;
use crate::reference::model::World;
use crate::reference::{bridge, generate, render};

proptest! {
    #![proptest_config(bridge::cases(32))]

    #[test]
    fn a_service_cut_into_two_versions_of_the_same_judges_as_one(world in generate::world(3), cut in any::<Index>()) {
        let log = bridge::log_of(&world);
        let graph = bridge::graph(&world);
        let day = graph.vocabulary.zone.date_of(cut.get(&log.events).time);
        let whole = bridge::found(&world, &graph, &bridge::evaluate(&graph, &log, world.as_of, 1));
        let mut apart: Vec<Found> = Vec::new();
        for graph in versions(&world, day) {
            let found = bridge::found(&world, &graph, &bridge::evaluate(&graph, &log, world.as_of, 1));
            apart = together(apart, found);
        }
        prop_assert_eq!(apart, whole);
    }
}

/// The standards up to the day before, and from the day on.
fn versions(world: &World, day: jiff::civil::Date) -> Vec<Graph> {
    let text = render::standards(world);
    let before = day.yesterday().unwrap();
    let dates = [format!("effective 1900-01-01 until {before}"), format!("effective {day}")];
    let mut sources = Sources::new();
    let trees = dates.map(|dates| {
        let file = SourceFile::new("version.mot", text.replacen("version \"1\"", &dates, 1));
        let id = sources.add(file.clone());
        [mot::syntax::parse(id, &file).0]
    });
    build_versions(&trees.each_ref().map(|version| version.as_slice()), &sources)
        .into_iter()
        .map(|(graph, faults)| {
            let errors =
                faults.iter().filter(|fault| fault.is_error() && !bridge::COMES_TO_NOTHING.contains(&fault.code()));
            assert_eq!(errors.count(), 0, "{faults:#?}");
            graph
        })
        .collect()
}

fn together(mut one: Vec<Found>, other: Vec<Found>) -> Vec<Found> {
    if one.is_empty() {
        return other;
    }
    for (one, other) in one.iter_mut().zip(other) {
        one.clocks.extend(other.clocks);
        one.grants.extend(other.grants);
    }
    one.into_iter().map(bridge::in_order).collect()
}
