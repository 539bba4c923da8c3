//! A long hunt for a disagreement, through worlds of all sizes; and how much was compared.
//!
//! `HUNT=10000 cargo test --test main hunt -- --ignored --nocapture`; of a world that takes long it says the number, and
//! `HUNT_FROM=4711 HUNT=1 HUNT_SEED=…` goes through that one alone.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

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
const A_WHILE: u64 = 1000;

/// A world that takes so long is worth a look.
const LONG: Duration = Duration::from_secs(3);

/// How long it takes at most to make a disagreement smaller.
const PATIENCE: Duration = Duration::from_secs(40);

#[test]
#[ignore = "takes as long as one likes"]
fn hunt() {
    let asked = |name: &str| std::env::var(name).ok().map(|said| said.parse::<u64>().unwrap());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let (seed, first) = (asked("HUNT_SEED").unwrap_or_else(now), asked("HUNT_FROM").unwrap_or(0));
    println!("seed {seed}");
    let sizes = asked("HUNT_SIZES").unwrap_or(SIZES.len() as u64);
    let strategies = SIZES.map(generate::world_of);
    let mut compared = Compared::default();
    let begun = Instant::now();
    let at = Arc::new(AtomicU64::new(first));
    tell_of_long_worlds(at.clone());
    let mut disagreements = 0;
    for number in first..first + asked("HUNT").unwrap_or(300) {
        at.store(number, Ordering::Relaxed);
        let mut runner = runner_of(seed, number);
        let world = strategies[(number % sizes) as usize].new_tree(&mut runner).unwrap().current();
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

/// The dice for one world.
fn runner_of(seed: u64, number: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&number.to_le_bytes());
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Says each world that is still at work after some seconds.
fn tell_of_long_worlds(at: Arc<AtomicU64>) {
    std::thread::spawn(move || {
        let mut before = None;
        loop {
            std::thread::sleep(LONG);
            let now = at.load(Ordering::Relaxed);
            if before.replace(now) == Some(now) {
                println!("world {now} takes long");
            }
        }
    });
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
