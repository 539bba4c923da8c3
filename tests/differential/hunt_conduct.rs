//! A long hunt through all that is not a clock; and how much was compared.
//!
//! `HUNT=10000 cargo test --test main hunt_conduct -- --ignored --nocapture`

use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use super::{causes as why, conduct as sentences, levels as measures, scores as weights};
use crate::reference::story::Story;
use crate::reference::{causes, conduct, levels, scores};

#[test]
#[ignore = "takes as long as one likes"]
fn hunt() {
    let worlds = std::env::var("HUNT").map_or(300, |worlds| worlds.parse().unwrap());
    let conduct = through(worlds, conduct::random::world(4), |world| &world.story, sentences::both);
    let levels = through(worlds, levels::random::world(8), |world| &world.story, measures::both);
    let causes = through(worlds, causes::random::world(4), |world| &world.story, why::both);
    let scores = through(worlds, scores::random::world(4), |world| &world.promises.story, weights::both);
    assert_eq!(conduct + levels + causes + scores, 0);
}

/// How often both disagree in so many worlds; the first are shown.
fn through<W: Debug, T: PartialEq + Debug>(
    worlds: usize,
    random: impl Strategy<Value = W>,
    story: impl Fn(&W) -> &Story,
    both: impl Fn(&W) -> (Vec<T>, Vec<T>),
) -> usize {
    let mut runner = TestRunner::new(Config::default());
    let (mut events, mut findings, mut disagreements) = (0, 0, 0);
    for _ in 0..worlds {
        let world = random.new_tree(&mut runner).unwrap().current();
        events += story(&world).events.len();
        let (found, said) = both(&world);
        if found == said {
            findings += said.len();
            continue;
        }
        disagreements += 1;
        if disagreements <= 3 {
            println!("{world:?}\nengine    {found:?}\nreference {said:?}");
        }
    }
    println!("{worlds} worlds, {events} events, {findings} findings compared, {disagreements} disagreements");
    disagreements
}
