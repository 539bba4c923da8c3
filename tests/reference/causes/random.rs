//! Random causes and logs, and how a person would write them.

use std::fmt::{self, Write};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::reference::story;

const ZONE: &str = "Asia/Shanghai";
const KINDS: [&str; 9] =
    ["opened", "answered", "held", "returned", "called", "complained", "asked", "granted", "refused"];
const RULES: [Rule; 3] = [Rule::Promise, Rule::Callback, Rule::Calm];

/// A random world of so many cases at most.
pub fn world(cases: usize) -> impl Strategy<Value = World> {
    let origin = 29_540_000;
    let promise = (1..20_i64).prop_map(|within| Promise {
        from: "opened",
        filter: None,
        to: "answered",
        cancel: None,
        pause: Some(("held", "returned")),
        within: within * 10,
        beyond: None,
        unless: None,
    });
    let causes = vec((subsequence(&RULES[..], 1..=3), when(false)), 0..4);
    let causes = causes.prop_map(|causes| causes.into_iter().map(|(of, when)| Cause { of, when }).collect::<Vec<_>>());
    let remedies = vec((select(&RULES[..]), vec(0..4_usize, 0..3)), 0..3);
    let told = (vec(event(cases), 1..16), option::weighted(0.5, 0..200_i64), option::of(0..30_i64));
    (promise, (1..20_i64, causes), remedies, when(true), told).prop_map(
        move |(promise, (callback, causes), remedies, out_of_control, (events, as_of, end))| {
            let as_of = as_of.map(|steps| origin + steps * 10);
            let (story, end) = (Story::follow(origin, events), end.map(|steps| steps * 10));
            let callback = callback * 10;
            let mut world = World { promise, callback, causes, remedies, out_of_control, end, story, as_of };
            world.mend();
            world
        },
    )
}

impl World {
    /// What only a clock can tell is asked of a clock, too. A remedy can only be caused by what may cause a breach of its rule.
    fn mend(&mut self) {
        for cause in &mut self.causes {
            if cause.when.is_of_clock() && !cause.of.contains(&Rule::Promise) {
                cause.of.push(Rule::Promise);
            }
        }
        for (of, caused_by) in &mut self.remedies {
            caused_by.retain(|cause| self.causes.get(*cause).is_some_and(|cause| cause.of.contains(of)));
            caused_by.sort_unstable();
            caused_by.dedup();
        }
    }
}

// ── At random ──

/// What a moment looks at does not change from one event to the next.
fn when(of_moment: bool) -> BoxedStrategy<When> {
    let kinds = if of_moment {
        vec!["answered", "called", "complained", BREACH, MET]
    } else {
        vec!["answered", "called", "held", BREACH]
    };
    let counted = prop_oneof![
        3 => select(kinds).prop_map(Fact::CountOf),
        1 => Just(Fact::Handovers),
    ];
    let pairs = vec![("opened", "called"), ("held", "returned"), ("called", "called"), ("asked", "granted")];
    let between = select(pairs).prop_map(|(from, to)| Fact::TimeFrom(from, to));
    let timed = if of_moment {
        between.boxed()
    } else {
        prop_oneof![Just(Fact::Overshoot), Just(Fact::Paused), between, Just(Fact::WaitingForApproval)].boxed()
    };
    let compare = || select(vec![Compare::AtLeast, Compare::MoreThan, Compare::LessThan]);
    let fact = prop_oneof![
        (counted, compare(), 0..4_i64).prop_map(|(fact, compare, count)| When::Fact(fact, compare, count)),
        (timed, compare(), 0..12_i64).prop_map(|(fact, compare, steps)| When::Fact(fact, compare, steps * 10)),
    ];
    let one = prop_oneof![6 => fact, 1 => Just(When::Vip)];
    let two = vec(one.clone(), 2).boxed();
    prop_oneof![
        5 => one.clone(),
        1 => two.clone().prop_map(When::All),
        1 => two.prop_map(When::Any),
        1 => one.prop_map(|one| When::Not(Box::new(one))),
    ]
    .boxed()
}

/// An event, and how long after the one before it.
fn event(cases: usize) -> impl Strategy<Value = (Minute, Event)> {
    let gap = prop_oneof![1 => Just(0), 4 => (1..6_i64).prop_map(|steps| steps * 10)];
    let vip = option::weighted(0.2, any::<bool>().prop_map(Value::Yes));
    (gap, 0..cases, select(&KINDS[..]), vip, option::weighted(0.8, 0..3_usize)).prop_map(
        |(gap, case, kind, vip, actor)| {
            // Who asks and who answers is known, or it would not be a question of waiting alone.
            let speaks = ["asked", "granted", "refused"].contains(&kind);
            let actor = if speaks { Some(actor.unwrap_or_default()) } else { actor };
            let of_case = story::given([("vip", vip)]);
            (gap, Event { of_case, actor, role: speaks.then_some(0), ..Event::brought_about(0, case, kind) })
        },
    )
}

// ── As people write it ──

pub fn standards(world: &World) -> String {
    let mut text = format!("service random {{\n  timezone \"{ZONE}\"\n}}\n\n{}", story::roles());
    text += "\ncase {\n  vip: bool?\n";
    if let Some(end) = world.end {
        writeln!(text, "  ends on answered after {end}m").unwrap();
    }
    text += "}\n\n";
    for kind in KINDS {
        writeln!(text, "event {kind}").unwrap();
    }
    text += "event refunded\n
action refund is refunded
empower agent { may refund }
approve refund {
  asked by asked
  granted by granted
  refused by refused
}

touchpoint desk { stage use  channel phone  environment human }

moment answer at desk {
  kind peak
  impact high
";
    writeln!(text, "  out of control when {}\n}}\n", when_text(&world.out_of_control)).unwrap();
    text += &world.promise.standard("promise for answer");
    writeln!(text, "}}\n\nbehaviour callback {{\n  after opened, called within {}m\n}}", world.callback).unwrap();
    text += "\nbehaviour calm {\n  never complained\n}\n";
    for (index, cause) in world.causes.iter().enumerate() {
        let rules: Vec<&str> = cause.of.iter().map(|rule| rule.name()).collect();
        writeln!(text, "\ncause c{index} \"Cause {index}\" for {} {{\n  kind process", rules.join(", ")).unwrap();
        writeln!(text, "  when {}\n}}", when_text(&cause.when)).unwrap();
    }
    for (index, (of, caused_by)) in world.remedies.iter().enumerate() {
        writeln!(text, "\nremedy r{index} for {} {{\n  offer \"Apologise {index} times\"", of.name()).unwrap();
        if !caused_by.is_empty() {
            let causes: Vec<String> = caused_by.iter().map(|cause| format!("c{cause}")).collect();
            writeln!(text, "  caused by {}", causes.join(", ")).unwrap();
        }
        text += "}\n";
    }
    text
}

fn when_text(when: &When) -> String {
    let joined = |parts: &[When], word: &str| {
        parts.iter().map(|part| format!("({})", when_text(part))).collect::<Vec<_>>().join(word)
    };
    match when {
        When::All(parts) => joined(parts, " and "),
        When::Any(parts) => joined(parts, " or "),
        When::Not(inner) => format!("not ({})", when_text(inner)),
        When::Vip => "vip".into(),
        When::Fact(fact, compare, number) => {
            let compare = match compare {
                Compare::AtLeast => "is at least",
                Compare::MoreThan => "is more than",
                Compare::LessThan => "is less than",
            };
            let (fact, unit) = match fact {
                Fact::Overshoot => ("overshoot".into(), "m"),
                Fact::Paused => ("paused".into(), "m"),
                Fact::Handovers => ("handovers".into(), ""),
                Fact::CountOf(kind) => (format!("count of {kind}"), ""),
                Fact::TimeFrom(from, to) => (format!("time from {from} to {to}"), "m"),
                Fact::WaitingForApproval => ("waiting for approval".into(), "m"),
            };
            format!("{fact} {compare} {number}{unit}")
        }
    }
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Rule::Promise => "promise",
            Rule::Callback => "callback",
            Rule::Calm => "calm",
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&story::told(&standards(self), &self.story, ZONE, self.as_of))
    }
}
