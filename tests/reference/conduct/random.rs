//! Random sentences and stories, and how a person would write them.

use std::fmt::{self, Write};

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use jiff::civil::{Date, date};

use crate::reference::calendar::Place;
use crate::reference::model::{Day, Hours};
use crate::reference::render;
use crate::reference::story::{self, Operand, Trigger};

/// Days around which the clocks change, or do not.
const PLACES: [(&str, Date); 4] = [
    ("Asia/Shanghai", date(2026, 3, 4)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
];

const KINDS: [&str; 4] = ["asked", "answered", "called", "paid"];
const SCORES: i64 = 5;

/// A random world of so many cases at most.
pub fn world(cases: usize) -> impl Strategy<Value = World> {
    select(&PLACES[..]).prop_flat_map(move |(zone, date)| {
        let origin = Place::named(zone).first_minute(date.at(0, 0, 0, 0)) - 1440;
        let calendars = vec(calendar(zone), 1..=2);
        let ends =
            prop_oneof![3 => triggers(), 1 => (triggers(), triggers()).prop_map(|(one, other)| [one, other].concat())];
        let end = option::weighted(0.5, (ends, limit(false)));
        let told = (vec(behaviour(), 1..=3), vec(event(cases), 1..14), option::weighted(0.5, 0..900_i64));
        (calendars, end, (promise(), proptest::bool::weighted(0.2)), told).prop_map(
            move |(calendars, end, promise, (behaviours, events, as_of))| {
                let (promise, promise_per_party) = promise;
                let as_of = as_of.map(|steps| origin + steps * 10);
                let story = Story::follow(origin, events);
                let mut world = World { zone, calendars, end, promise, promise_per_party, behaviours, story, as_of };
                world.mend();
                world
            },
        )
    })
}

impl World {
    /// Takes out what cannot be said of these calendars.
    fn mend(&mut self) {
        let calendars = self.calendars.len();
        let mend = |limit: &mut Limit, counts: bool| match limit {
            Limit::WorkingDays(days) if !counts => *limit = Limit::CalendarDays(*days, None),
            Limit::CalendarDays(_, Some(calendar)) => *calendar %= calendars,
            _ => {}
        };
        self.end.iter_mut().for_each(|(_, limit)| mend(limit, false));
        let of_clock = |triggers: &Triggers| triggers.iter().any(|trigger| [BREACH, MET].contains(&trigger.kind));
        // A clock per case says nothing of a party, one per party nothing of a case, and what a case says
        // of itself is not what its party does: where both are judged, an event alone ends a case.
        let says_both = self.promise_per_party || self.behaviours.iter().any(|behaviour| behaviour.per_party);
        self.end.take_if(|(triggers, _)| says_both && of_clock(triggers));
        if let Some((triggers, _)) = self.end.as_mut().filter(|_| says_both) {
            triggers.iter_mut().for_each(|trigger| trigger.filter = None);
        }
        for Behaviour { sentence, counting, per_party } in &mut self.behaviours {
            // What is judged per party can only wait for what is counted per party.
            if sentence.triggers().into_iter().any(of_clock) {
                *per_party = self.promise_per_party;
            }
            counting.iter_mut().for_each(|calendar| *calendar %= calendars);
            match sentence {
                Sentence::Follows(_, _, Some(limit))
                | Sentence::NeverWithin(_, limit, _)
                | Sentence::Between(_, _, _, limit) => mend(limit, counting.is_some()),
                _ => *counting = None,
            }
        }
    }
}

impl Sentence {
    fn triggers(&self) -> Vec<&Triggers> {
        match self {
            Sentence::Never(one) | Sentence::Count(_, _, one) | Sentence::Must(one, _) | Sentence::Above(one, _) => {
                vec![one]
            }
            Sentence::Needs(one, other)
            | Sentence::Without(one, other)
            | Sentence::Follows(one, other, _)
            | Sentence::NeverAfter(one, other)
            | Sentence::NeverWithin(one, _, other)
            | Sentence::Other(one, other) => vec![one, other],
            Sentence::Between(one, other, third, _) => vec![one, other, third],
        }
    }
}

// ── At random ──

/// A week of breaks and nights, in which some days are closed.
fn calendar(zone: &'static str) -> impl Strategy<Value = Calendar> {
    let plans: [&[(i64, i64)]; 5] = [&[(540, 1020)], &[(540, 720), (780, 1080)], &[(0, 1440)], &[(1320, 120)], &[]];
    let hours = |plan: &[(i64, i64)]| plan.iter().map(|&(opens, closes)| Hours { opens, closes }).collect();
    let plans: Vec<Vec<Hours>> = plans.iter().copied().map(hours).collect();
    let surely = plans[0].clone();
    let day = (select(plans), proptest::bool::weighted(0.85)).prop_map(|(hours, working)| Day { hours, working });
    let received = option::weighted(0.25, (12..=20_i64).prop_map(|hour| hour * 60));
    (proptest::array::uniform7(day), 0..5_usize, received).prop_map(move |(mut weekdays, open, received_after)| {
        weekdays[open] = Day { hours: surely.clone(), working: true };
        Calendar { zone, weekdays, closed: Vec::new(), opened: Vec::new(), received_after }
    })
}

fn promise() -> impl Strategy<Value = Promise> {
    let pause = option::weighted(0.3, Just(("called", "paid")));
    (1..30_i64, option::of(1..10_i64), pause).prop_map(|(within, beyond, pause)| Promise {
        from: "asked",
        filter: None,
        to: "answered",
        cancel: None,
        pause,
        within: within * 10,
        beyond: beyond.filter(|beyond| *beyond < within).map(|beyond| beyond * 10),
        unless: None,
    })
}

fn behaviour() -> impl Strategy<Value = Behaviour> {
    let counting = option::weighted(0.4, 0..2_usize);
    (sentence(), counting, proptest::bool::weighted(0.25)).prop_map(|(sentence, counting, per_party)| Behaviour {
        sentence,
        counting,
        per_party,
    })
}

fn sentence() -> impl Strategy<Value = Sentence> {
    let two = || apart(2).prop_map(|mut two| (two.remove(0), two.remove(0)));
    let bound = select(vec![Bound::AtMost, Bound::AtLeast, Bound::Exactly]);
    prop_oneof![
        two().prop_map(|(each, partner)| Sentence::Needs(each, partner)),
        two().prop_map(|(each, partner)| Sentence::Without(each, partner)),
        (two(), option::weighted(0.7, limit(true)))
            .prop_map(|((each, then), limit)| Sentence::Follows(each, then, limit)),
        triggers().prop_map(Sentence::Never),
        two().prop_map(|(never, after)| Sentence::NeverAfter(never, after)),
        (two(), limit(true)).prop_map(|((never, after), limit)| Sentence::NeverWithin(never, limit, after)),
        (bound, 1..=3_usize, triggers()).prop_map(|(bound, count, each)| Sentence::Count(bound, count, each)),
        (apart(3), limit(true)).prop_map(|(mut three, limit)| {
            Sentence::Between(three.remove(0), three.remove(0), three.remove(0), limit)
        }),
        (plain(1), must()).prop_map(|(mut on, condition)| Sentence::Must(on.remove(0), condition)),
        plain(2).prop_map(|mut two| Sentence::Other(two.remove(0), two.remove(0))),
        (plain(1), 0..ROLES.len()).prop_map(|(mut each, role)| Sentence::Above(each.remove(0), role)),
    ]
}

/// One event, perhaps under a condition; sometimes one that the clock brings about.
fn triggers() -> impl Strategy<Value = Triggers> {
    apart(1).prop_map(|mut one| one.remove(0))
}

/// So many that never are the same event.
fn apart(count: usize) -> BoxedStrategy<Vec<Triggers>> {
    let brought_about = select(vec![BREACH, MET]).prop_flat_map(trigger);
    let with_one = (plain(count), brought_about).prop_map(|(mut triggers, brought_about)| {
        triggers[0] = vec![brought_about];
        triggers
    });
    prop_oneof![6 => plain(count), 1 => with_one.prop_shuffle()].boxed()
}

/// The same, of events that people bring about; one of them may be any of several.
fn plain(count: usize) -> BoxedStrategy<Vec<Triggers>> {
    let one_of_its_own = |kind| trigger(kind).prop_map(|trigger| vec![trigger]);
    let kinds = subsequence(&KINDS[..], count).prop_shuffle();
    let alone = kinds.prop_flat_map(move |kinds| kinds.into_iter().map(one_of_its_own).collect::<Vec<_>>());
    // Of another kind, or of the same kind once more.
    let kinds = prop_oneof![
        2 => subsequence(&KINDS[..], count + 1).prop_shuffle(),
        1 => subsequence(&KINDS[..], count).prop_shuffle().prop_map(|kinds| [vec![kinds[0]], kinds].concat()),
    ];
    let beside = kinds.prop_flat_map(|kinds| kinds.into_iter().map(trigger).collect::<Vec<_>>()).prop_map(|triggers| {
        let [first, second, rest @ ..] = &triggers[..] else { unreachable!("one more than are asked for") };
        let of_one = rest.iter().map(|trigger| vec![trigger.clone()]);
        std::iter::once(vec![first.clone(), second.clone()]).chain(of_one).collect()
    });
    prop_oneof![3 => alone, 1 => beside.prop_shuffle()].boxed()
}

fn trigger(kind: &'static str) -> BoxedStrategy<Trigger> {
    let filter = option::weighted(0.35, condition(KINDS.contains(&kind)));
    filter.prop_map(move |filter| Trigger { kind, filter }).boxed()
}

/// `own` if the event of the sentence has fields of its own.
fn condition(own: bool) -> BoxedStrategy<Condition> {
    let fit = if own { Operand::Own("fit") } else { Operand::Case("vip") };
    let score = if own { Operand::Own("score") } else { Operand::Latest("score", "called") };
    let yes = select(vec![fit, Operand::Case("vip"), Operand::Latest("fit", "called")]);
    let equal = |value: BoxedStrategy<Value>| {
        prop_oneof![
            4 => value.clone().prop_map(Relation::Is),
            2 => value.prop_map(Relation::IsNot),
            1 => Just(Relation::Known),
            1 => Just(Relation::Unknown),
        ]
    };
    let yes = (yes, equal(any::<bool>().prop_map(Value::Yes).boxed()));
    let relation = (1..=SCORES, 1..=SCORES).prop_flat_map(|(one, other)| {
        let [one, other] = [one, other].map(Value::Number);
        select(vec![Relation::AtLeast(one), Relation::AtMost(one), Relation::In(one, other), Relation::Is(one)])
    });
    let test =
        prop_oneof![yes, (Just(score), relation)].prop_map(|(operand, relation)| Condition::Test(operand, relation));
    let two = vec(test.clone(), 2).boxed();
    prop_oneof![
        6 => test.clone(),
        1 => two.clone().prop_map(Condition::All),
        1 => two.prop_map(Condition::Any),
        1 => test.prop_map(|test| Condition::Not(Box::new(test))),
    ]
    .boxed()
}

/// What must hold of an event: mostly one thing of one field.
fn must() -> impl Strategy<Value = Condition> {
    let one = (1..=SCORES, 1..=SCORES).prop_flat_map(|(one, other)| {
        let [one, other] = [one, other].map(Value::Number);
        let relations = [Relation::AtLeast(one), Relation::AtMost(one), Relation::Is(one), Relation::IsNot(one)];
        select([&relations[..], &[Relation::In(one, other), Relation::Known]].concat())
    });
    let fit = any::<bool>().prop_map(|yes| Condition::Test(Operand::Own("fit"), Relation::Is(Value::Yes(yes))));
    let score = one.prop_map(|relation| Condition::Test(Operand::Own("score"), relation));
    prop_oneof![1 => fit, 2 => score, 1 => condition(false)]
}

fn limit(counting: bool) -> impl Strategy<Value = Limit> {
    let days = if counting { Limit::WorkingDays as fn(i64) -> Limit } else { |days| Limit::CalendarDays(days, None) };
    prop_oneof![
        4 => select(vec![10, 30, 60, 120, 240, 900]).prop_map(Limit::Exact),
        1 => (1..=2_i64).prop_map(days),
        1 => (1..=3_i64, option::of(0..2_usize)).prop_map(move |(count, moved)| {
            Limit::CalendarDays(count, moved.filter(|_| counting))
        }),
    ]
}

/// An event, and how long after the one before it.
fn event(cases: usize) -> impl Strategy<Value = (Minute, Event)> {
    let gap = prop_oneof![
        2 => Just(0),
        3 => select(vec![10, 20, 30, 60, 120]),
        2 => (0..144_i64).prop_map(|steps| steps * 10),
    ];
    let fit = option::weighted(0.75, any::<bool>().prop_map(Value::Yes));
    let score = option::weighted(0.75, (1..=SCORES).prop_map(Value::Number));
    let vip = option::weighted(0.3, any::<bool>().prop_map(Value::Yes));
    let customer = option::weighted(0.75, select(vec!["ann", "bob"]).prop_map(Value::Word));
    let fields = (fit, score, vip, customer);
    let who = (option::weighted(0.85, 0..3_usize), option::weighted(0.85, 0..ROLES.len()));
    (gap, 0..cases, select(&KINDS[..]), fields, who).prop_map(|(gap, case, kind, (fit, score, vip, customer), who)| {
        let (own, of_case) =
            (story::given([("fit", fit), ("score", score)]), story::given([("vip", vip), (PARTY, customer)]));
        (gap, Event { own, of_case, actor: who.0, role: who.1, ..Event::brought_about(0, case, kind) })
    })
}

// ── As people write it ──

pub fn standards(world: &World) -> String {
    standards_with(world, |_| (None, String::new()))
}

/// With what else is said of the clock, then of each sentence: where it belongs, and more lines.
pub fn standards_with(world: &World, more: impl Fn(usize) -> (Option<String>, String)) -> String {
    let mut text = format!("service random {{\n  timezone \"{}\"\n}}\n\n{}", world.zone, story::roles());
    for (index, calendar) in world.calendars.iter().enumerate() {
        text += &render::calendar_text(index, calendar);
    }
    writeln!(text, "\ncase {{\n  vip: bool?\n  {PARTY}: text?\n  party {PARTY}").unwrap();
    if let Some((triggers, after)) = &world.end {
        writeln!(text, "  ends on {} after {}", words(triggers), render::limit_text(*after)).unwrap();
    }
    text += "}\n\n";
    for kind in KINDS {
        writeln!(text, "event {kind} {{ fit: bool?, score: 1..{SCORES}? }}").unwrap();
    }
    let belongs = |rule: usize| more(rule).0.map(|place| format!(" for {place}")).unwrap_or_default();
    let name = format!("promise{}", belongs(0));
    let per_party = if world.promise_per_party { "  per party\n" } else { "" };
    write!(text, "\n{}{per_party}{}}}\n", world.promise.standard(&name), more(0).1).unwrap();
    for (index, behaviour) in world.behaviours.iter().enumerate() {
        let sentence = sentence_text(&behaviour.sentence);
        writeln!(text, "\nbehaviour b{index}{} {{\n  {sentence}", belongs(index + 1)).unwrap();
        if let Some(calendar) = behaviour.counting {
            writeln!(text, "  counting c{calendar}").unwrap();
        }
        if behaviour.per_party {
            text += "  per party\n";
        }
        text += &more(index + 1).1;
        text += "}\n";
    }
    text
}

fn sentence_text(sentence: &Sentence) -> String {
    match sentence {
        Sentence::Needs(each, partner) => format!("every {} needs {} before", words(each), words(partner)),
        Sentence::Without(each, partner) => format!("never {} without {}", words(each), words(partner)),
        Sentence::Follows(each, then, None) => format!("after {}, {}", words(each), words(then)),
        Sentence::Follows(each, then, Some(limit)) => {
            format!("after {}, {} within {}", words(each), words(then), render::limit_text(*limit))
        }
        Sentence::Never(never) => format!("never {}", words(never)),
        Sentence::NeverAfter(never, after) => format!("never {} after {}", words(never), words(after)),
        Sentence::NeverWithin(never, limit, after) => {
            format!("never {} within {} after {}", words(never), render::limit_text(*limit), words(after))
        }
        Sentence::Count(bound, count, each) => {
            let bound = match bound {
                Bound::AtMost => "at most",
                Bound::AtLeast => "at least",
                Bound::Exactly => "exactly",
            };
            let count = if *count == 1 { "one".to_owned() } else { count.to_string() };
            format!("{bound} {count} {}", words(each))
        }
        Sentence::Between(from, to, every, limit) => {
            let limit = render::limit_text(*limit);
            format!("between {} and {}, {} at least every {limit}", words(from), words(to), words(every))
        }
        Sentence::Must(on, condition) => format!("on {}, {}", words(on), must_text(condition)),
        Sentence::Other(each, than) => format!("every {} must be by someone other than {}", words(each), words(than)),
        Sentence::Above(each, role) => format!("every {} must be by {} or above", words(each), ROLES[*role]),
    }
}

fn must_text(condition: &Condition) -> String {
    match condition {
        Condition::Test(operand, relation) => match relation {
            Relation::Is(value) => format!("{operand} must be {value}"),
            Relation::IsNot(value) => format!("{operand} must not be {value}"),
            Relation::AtLeast(value) => format!("{operand} must be at least {value}"),
            Relation::AtMost(value) => format!("{operand} must be at most {value}"),
            Relation::In(one, other) => format!("{operand} must be in ({one}, {other})"),
            Relation::Known => format!("{operand} must be known"),
            Relation::Unknown => format!("({condition}) must hold"),
        },
        _ => format!("({condition}) must hold"),
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&story::told(&standards(self), &self.story, self.zone, self.as_of))
    }
}
