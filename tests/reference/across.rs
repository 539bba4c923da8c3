//! Across cases: promises kept to a party over all its cases, and events that reach many cases.

use std::fmt::{self, Write};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conduct::{self, PARTY};
use super::model::Minute;
use super::promise::{Promise, Ran};
use super::story::{self, Condition, Event, NO_CASE, Operand, Relation, Story, Value};

const ZONE: &str = "Asia/Shanghai";
const KINDS: [&str; 5] = ["complained", "called_back", "cancelled", "rebooked", "noted"];
/// The event that reaches every case with the same flight.
const REACHES: &str = "cancelled";

/// Two clocks, each per case or per party, and what happened.
#[derive(Clone)]
pub struct World {
    /// From `complained` to `called_back`, and from `cancelled` to `rebooked`.
    pub promises: [Promise; 2],
    pub per_party: [bool; 2],
    pub story: Story,
    pub as_of: Option<Minute>,
}

// ── The judge ──

/// The clocks of each promise. A party goes by the name of its first case.
pub fn judge(world: &World) -> [Vec<Ran>; 2] {
    let as_of = world.as_of.or(world.story.events.last().map(|event| event.at)).unwrap_or_default();
    let story = delivered(&world.story.until(as_of));
    [0, 1].map(|index| match world.per_party[index] {
        true => world.promises[index].run(&conduct::as_parties(&story), as_of),
        false => world.promises[index].run(&story, as_of),
    })
}

/// The story with an event for every case that is told. What its row says of a case it says of its
/// own.
pub fn delivered(story: &Story) -> Story {
    let mut whole = Story::default();
    for (position, event) in story.events.iter().enumerate() {
        whole.events.push(event.clone());
        let Some(flight) = event.own("flight").filter(|_| event.kind == REACHES) else { continue };
        for case in story.cases() {
            let has_begun = story.of_case(case).iter().any(|earlier| *earlier < position);
            if case != event.case && has_begun && story.standing(position, case, "flight") == Some(flight) {
                whole.events.push(Event { case, in_case: case, of_case: Vec::new(), ..event.clone() });
            }
        }
    }
    whole
}

// ── At random ──

/// A random world of so many cases at most.
pub fn world(cases: usize) -> impl Strategy<Value = World> {
    let origin = 29_540_000;
    let vip = select(vec![Relation::Known, Relation::Unknown]);
    let filter = option::of(vip.prop_map(|relation| Condition::Test(Operand::Case("vip"), relation)));
    let promise = |from, to| {
        (filter.clone(), 1..20_i64).prop_map(move |(filter, within)| Promise {
            from,
            filter,
            to,
            cancel: None,
            pause: None,
            within: within * 10,
            beyond: None,
            unless: None,
        })
    };
    let promises = [promise("complained", "called_back").boxed(), promise(REACHES, "rebooked").boxed()];
    let told = (vec(event(cases), 1..16), option::weighted(0.5, 0..200_i64));
    (promises, [any::<bool>(), any::<bool>()], told).prop_map(move |(promises, per_party, (events, as_of))| {
        let as_of = as_of.map(|steps| origin + steps * 10);
        World { promises, per_party, story: Story::follow(origin, events), as_of }
    })
}

fn event(cases: usize) -> impl Strategy<Value = (Minute, Event)> {
    let gap = prop_oneof![1 => Just(0), 4 => (1..6_i64).prop_map(|steps| steps * 10)];
    let word =
        |often: f64, words: [&'static str; 2]| option::weighted(often, select(words.to_vec()).prop_map(Value::Word));
    let vip = option::weighted(0.2, any::<bool>().prop_map(Value::Yes));
    let fields = (vip, word(0.75, ["ann", "bob"]), word(0.6, ["up", "down"]));
    let alone = proptest::bool::weighted(0.4);
    (gap, 0..cases, select(&KINDS[..]), fields, alone).prop_map(|(gap, case, kind, (vip, customer, flight), alone)| {
        let case = if alone && kind == REACHES { NO_CASE } else { case };
        // A column fills the field of the event and of the case.
        let own = if kind == REACHES { story::given([("flight", flight)]) } else { Vec::new() };
        let of_case = story::given([("vip", vip), (PARTY, customer), ("flight", flight)]);
        (gap, Event { own, of_case, ..Event::brought_about(0, case, kind) })
    })
}

// ── As people write it ──

pub fn standards(world: &World) -> String {
    let mut text = format!("service random {{\n  timezone \"{ZONE}\"\n}}\n");
    writeln!(text, "\ncase {{\n  vip: bool?\n  {PARTY}: text?\n  flight: text?\n  party {PARTY}\n}}\n").unwrap();
    for kind in KINDS.iter().filter(|kind| **kind != REACHES) {
        writeln!(text, "event {kind}").unwrap();
    }
    writeln!(text, "event {REACHES} {{ flight: text? }} reaches every case with the same flight\n").unwrap();
    for (index, promise) in world.promises.iter().enumerate() {
        let per_party = if world.per_party[index] { "  per party\n" } else { "" };
        writeln!(text, "{}{per_party}}}\n", promise.standard(&format!("promise{index}"))).unwrap();
    }
    text
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&story::told(&standards(self), &self.story, ZONE, self.as_of))
    }
}
