//! The engine and the reference agree on levels.

use jiff::civil::Date;
use mot::engine::{Ends, Evaluation, LevelFinding, Verdict};
use num_rational::BigRational;
use proptest::prelude::*;

use crate::reference::levels::random::{standards, world};
use crate::reference::levels::{Measure, Ratio, Window, World, judge};
use crate::reference::story::{self, Value};
use crate::reference::{bridge, calendar};

proptest! {
    #![proptest_config(bridge::cases(256))]

    #[test]
    fn the_engine_measures_as_the_language_page_says(world in world(6)) {
        let (found, said) = both(&world);
        prop_assert_eq!(found, said, "\nleft: the engine; right: the reference");
    }
}

proptest! {
    #![proptest_config(bridge::cases(128))]

    /// A verdict over a window is the last word: whatever happens later, it stays as it was told. What is too
    /// many before the window ends may only become more.
    #[test]
    fn what_comes_later_changes_no_window_that_is_closed(world in world(6), cut in 0..30_usize) {
        let graph = bridge::graph_of(&standards(&world));
        let log = story::log_of(&world.story, &graph);
        let cut = world.story.events.get(cut).map(|event| event.at);
        let [before, after] = [cut, None].map(|as_of| bridge::evaluate(&graph, &log, as_of, 2));
        let is_judged = |found: &&LevelFinding| {
            found.verdict != Verdict::Running && world.levels[found.level].window != Window::Whole
        };
        for found in before.levels.iter().filter(is_judged) {
            let later = after.levels.iter().find(|later| later.id == found.id);
            prop_assert_eq!(later.map(|later| later.verdict), Some(found.verdict));
            if found.span.1 <= before.as_of {
                prop_assert_eq!(later, Some(found));
            }
        }
    }
}

/// What the engine found, and what the reference says.
pub fn both(world: &World) -> (Vec<Told>, Vec<Told>) {
    let graph = bridge::graph_of(&standards(world));
    let evaluation = bridge::evaluate(&graph, &story::log_of(&world.story, &graph), world.as_of, 2);
    (found(world, &evaluation), said(world))
}

/// What both say of a level in a window and group.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Told {
    level: usize,
    first: Option<Date>,
    group: Vec<Option<String>>,
    verdict: Verdict,
    value: Option<BigRational>,
    ends: Option<(BigRational, BigRational)>,
}

fn found(world: &World, evaluation: &Evaluation) -> Vec<Told> {
    let mut told = Vec::new();
    for found in &evaluation.levels {
        let level = &world.levels[found.level];
        let whole = level.window == Window::Whole;
        let least_and_most = |ends: &Ends| Some((ends.least.number()?.clone(), ends.most.number()?.clone()));
        told.push(Told {
            level: found.level,
            first: (!whole).then_some(found.days.first),
            group: found.group.iter().map(|value| value.as_ref().map(ToString::to_string)).collect(),
            verdict: found.verdict,
            value: found.value.clone(),
            ends: found.ends.as_ref().and_then(least_and_most),
        });
    }
    told.sort();
    told
}

fn said(world: &World) -> Vec<Told> {
    let place = calendar::Place::named(world.zone);
    let word = |value: &Option<Value>| value.map(|value| value.to_string());
    let mut told = Vec::new();
    for said in judge(world) {
        let level = &world.levels[said.level];
        let nanos = if matches!(level.measure, Measure::Elapsed(_)) { 60_000_000_000_i64 } else { 1 };
        let exact = |ratio: Ratio| BigRational::new((ratio.part * nanos).into(), ratio.whole.into());
        // The ends are told only where they differ.
        let ends = said.ends.map(|(least, most)| (exact(least), exact(most)));
        told.push(Told {
            level: said.level,
            first: said.from.map(|from| place.date_of(from)),
            group: said.group.iter().map(word).collect(),
            verdict: said.verdict,
            value: said.value.map(exact),
            ends: ends.filter(|(least, most)| least != most),
        });
    }
    told.sort();
    told
}
