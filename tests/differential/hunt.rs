//! A long hunt for a disagreement, through worlds of all sizes; and how much was compared.
//!
//! `HUNT=10000 cargo test --test main hunt -- --ignored --nocapture`

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use crate::reference::bridge;
use crate::reference::evaluator::{self, Found};
use crate::reference::generate::{self, Size};
use crate::reference::model::World;

/// Small and crowded, long, and many cases long.
const SIZES: [Size; 3] = [
    Size { cases: 2, events: 11, gap: 1440 },
    Size { cases: 6, events: 40, gap: 360 },
    Size { cases: 20, events: 100, gap: 60 },
];

/// After so many disagreements it is time to look at them.
const ENOUGH: usize = 5;

/// After so many worlds it says how far it has come.
const A_WHILE: usize = 1000;

/// How long it takes at most to make a disagreement smaller.
const PATIENCE: Duration = Duration::from_secs(40);

#[test]
#[ignore = "takes as long as one likes"]
fn hunt() {
    let worlds = std::env::var("HUNT").map_or(300, |worlds| worlds.parse().unwrap());
    let mut runner = TestRunner::new(Config::default());
    let sizes = std::env::var("HUNT_SIZES").map_or(SIZES.len(), |sizes| sizes.parse().unwrap());
    let strategies = SIZES.map(generate::world_of);
    let mut compared = Compared::default();
    let begun = Instant::now();
    let mut disagreements = 0;
    for number in 0..worlds {
        let world = strategies[number % sizes].new_tree(&mut runner).unwrap().current();
        let came = Came::of(&world, &mut compared);
        if number % A_WHILE == A_WHILE - 1 {
            println!("{} events in {} worlds, {:.0?}", compared.events, compared.worlds, begun.elapsed());
        }
        if came != Came::Agree {
            disagreements += 1;
            println!("{}", shown(world, &came));
        }
        if disagreements == ENOUGH {
            break;
        }
    }
    println!("{compared:#?}\nin {:?}, {disagreements} disagreements", begun.elapsed());
    assert_eq!(disagreements, 0);
}

/// How much the engine and the reference were compared in.
#[derive(Default, Debug)]
struct Compared {
    worlds: usize,
    cases: usize,
    events: usize,
    clocks: usize,
    duties: usize,
    grants: usize,
    verdicts: BTreeMap<evaluator::Verdict, usize>,
    outcomes: BTreeMap<evaluator::GrantOutcome, usize>,
}

impl Compared {
    fn add(&mut self, world: &World, said: &[Found]) {
        self.worlds += 1;
        self.cases += world.cases.len();
        self.events += world.cases.iter().map(Vec::len).sum::<usize>();
        for clock in said.iter().flat_map(|found| &found.clocks) {
            self.clocks += 1;
            self.duties += clock.duties.len();
            *self.verdicts.entry(clock.verdict).or_default() += 1;
        }
        for grant in said.iter().flat_map(|found| &found.grants) {
            self.grants += 1;
            *self.outcomes.entry(grant.came_to).or_default() += 1;
        }
    }
}

/// What the engine found and the reference said, where they disagree.
fn compare(world: &World, compared: &mut Compared) -> Option<(Vec<Found>, Vec<Found>)> {
    let graph = bridge::graph(world);
    let log = bridge::log_of(world);
    let found = bridge::found(world, &graph, &bridge::evaluate(&graph, &log, world.as_of, 1));
    let said: Vec<Found> = evaluator::judge(world).into_iter().map(bridge::in_order).collect();
    compared.add(world, &said);
    (found != said).then_some((found, said))
}

/// What comes of a comparison.
#[derive(PartialEq)]
enum Came {
    Agree,
    Disagree,
    /// One of the two panicked, with that message.
    Panic(String),
}

impl Came {
    fn of(world: &World, compared: &mut Compared) -> Self {
        match std::panic::catch_unwind(AssertUnwindSafe(|| compare(world, compared).is_some())) {
            Ok(false) => Self::Agree,
            Ok(true) => Self::Disagree,
            Err(panic) => Self::Panic(panic.downcast_ref::<String>().cloned().unwrap_or_default()),
        }
    }
}

/// The smallest world of which still comes the same, and in what they disagree.
fn shown(world: World, came: &Came) -> String {
    let begun = Instant::now();
    let same = |world: &World| Came::of(world, &mut Compared::default()) == *came;
    let world = world.smallest(same, || begun.elapsed() < PATIENCE);
    let mut text = format!("{world:?}");
    if let Came::Panic(message) = came {
        return text + message;
    }
    let (found, said) = compare(&world, &mut Compared::default()).unwrap();
    for (case, (found, said)) in found.iter().zip(&said).enumerate() {
        text +=
            &format!("case {case}\n{}", difference("engine   ", found, said) + &difference("reference", said, found));
    }
    text
}

/// What one says and the other does not.
fn difference(who: &str, one: &Found, other: &Found) -> String {
    let clocks = one.clocks.iter().filter(|clock| !other.clocks.contains(clock)).map(|clock| format!("{clock:?}"));
    let grants = one.grants.iter().filter(|grant| !other.grants.contains(grant)).map(|grant| format!("{grant:?}"));
    clocks.chain(grants).map(|line| format!("  {who} {line}\n")).collect()
}
