//! Random levels and logs, and how a person would write them.

use std::fmt::{self, Write};

use jiff::civil::date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::reference::story::{self, Event, Fields, Operand, Relation, Trigger, words};

/// Midnights at which windows end, and a night with an hour too few.
const TURNS: [(&str, Date); 4] = [
    ("Asia/Shanghai", date(2026, 1, 1)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("America/New_York", date(2026, 6, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 6)),
];

const KINDS: [&str; 6] = ["opened", "answered", "dropped", "surveyed", "complained", "ordered"];

/// A random world of so many cases at most.
pub fn world(cases: usize) -> impl Strategy<Value = World> {
    select(&TURNS[..]).prop_flat_map(move |(zone, turn)| {
        let origin = Place::named(zone).first_minute(turn.at(0, 0, 0, 0)) - 2 * 1440;
        let promise = (1..20_i64, proptest::bool::ANY).prop_map(|(within, cancels)| Promise {
            from: "opened",
            filter: None,
            to: "answered",
            cancel: cancels.then_some("dropped"),
            pause: None,
            within: within * 30,
            beyond: None,
            unless: Some("vip"),
        });
        let told = (vec(event(cases), 1..30), option::weighted(0.5, 0..2000_i64));
        let scores = (3..9_i64, proptest::bool::weighted(0.4), option::weighted(0.4, 1..3_i64));
        (promise, scores, vec(level(), 1..=4), told).prop_map(move |(promise, scores, levels, (events, as_of))| {
            let (satisfied, score_may_be_missing, ends_after) = scores;
            let story = Story::follow(origin, events);
            let as_of = as_of.map(|steps| story.events[0].at.max(origin + steps * 10));
            World { zone, promise, satisfied, score_may_be_missing, levels, ends_after, story, as_of }
        })
    })
}

// ── At random ──

fn level() -> impl Strategy<Value = Level> {
    let cancelled = select(vec![Cancelled::Excluded, Cancelled::Missed, Cancelled::MetIfInTime]);
    let undetermined = prop_oneof![
        3 => Just(Undetermined::Open),
        1 => Just(Undetermined::Missed),
        1 => Just(Undetermined::Excluded),
    ];
    let rules = (cancelled, undetermined, option::weighted(0.4, 1..4_i64));
    (measure(), window(), groups(), rules).prop_map(|((measure, bound), window, groups, rules)| {
        let (cancelled, undetermined, with_at_least) = rules;
        let mut level = Level { measure, bound, window, groups, cancelled, undetermined, with_at_least };
        level.mend();
        level
    })
}

impl Level {
    /// Takes out what does not go together.
    fn mend(&mut self) {
        let is_of_clock = matches!(self.measure, Measure::Share(Rule::Clock) | Measure::Elapsed(_));
        let is_of_events = matches!(self.measure, Measure::Score(_) | Measure::Count(_) | Measure::Rate(..));
        let is_share = matches!(self.measure, Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_));
        if let (Window::Per(_, by), false) = (&mut self.window, is_of_clock) {
            *by = By::Start;
        }
        if !is_of_events {
            self.groups.retain(|field| *field != "team");
        }
        if !matches!(self.measure, Measure::Share(Rule::Clock)) {
            self.cancelled = Cancelled::Excluded;
        }
        if !is_share {
            self.undetermined = Undetermined::Open;
        }
        if matches!(self.measure, Measure::Count(_)) {
            self.with_at_least = None;
        }
    }
}

fn measure() -> impl Strategy<Value = (Measure, Bound)> {
    let rule = || select(vec![Rule::Clock, Rule::Behaviour]);
    let of_numbers = || {
        let mean = prop_oneof![Just(Statistic::Mean), select(vec![10, 50, 75, 90, 99]).prop_map(Statistic::Percentile)];
        mean.boxed()
    };
    let score = prop_oneof![
        2 => (of_numbers(), 1..100_i64),
        1 => (Just(Statistic::Nps), (-9..=9_i64).prop_map(|tens| tens * 100)),
        1 => (Just(Statistic::Csat), percents()),
        1 => (Just(Statistic::Ces), 1..100_i64),
    ];
    let condition = select(vec![
        Condition::Test(Operand::Case("channel"), Relation::Is(Value::Word("phone"))),
        Condition::Test(Operand::Case("region"), Relation::Known),
        Condition::Test(Operand::Latest("score", "surveyed"), Relation::AtLeast(Value::Number(7))),
    ]);
    prop_oneof![
        4 => (rule().prop_map(Measure::Share), percents()),
        2 => (of_numbers().prop_map(Measure::Elapsed), (1..60_i64).prop_map(|steps| steps * 100)),
        3 => score.prop_map(|(statistic, tenths)| (Measure::Score(statistic), tenths)),
        2 => (triggers().prop_map(Measure::Count), (1..6_i64).prop_map(|count| count * 10)),
        2 => ((triggers(), triggers()).prop_map(|(part, whole)| Measure::Rate(part, whole)), percents()),
        1 => (condition.prop_map(Measure::CasesWith), percents()),
        1 => (rule().prop_map(Measure::CasesKeeping), percents()),
    ]
    .prop_flat_map(|(measure, tenths)| {
        let bounds = vec![Bound::AtLeast, Bound::AtMost, Bound::MoreThan, Bound::LessThan as fn(i64) -> Bound];
        select(bounds).prop_map(move |bound| (measure.clone(), bound(tenths)))
    })
}

/// What a share can reach and can miss.
fn percents() -> impl Strategy<Value = i64> {
    prop_oneof![(1..20_i64).prop_map(|twentieths| twentieths * 50), Just(333), Just(667)]
}

fn window() -> impl Strategy<Value = Window> {
    let span = select(vec![Span::Day, Span::Day, Span::Week, Span::Month, Span::Quarter, Span::Year]);
    let by = prop_oneof![3 => Just(By::Start), 1 => Just(By::Due), 1 => Just(By::Stop)];
    prop_oneof![
        1 => Just(Window::Whole),
        3 => (span, by).prop_map(|(span, by)| Window::Per(span, by)),
        1 => (1..5_i64).prop_map(Window::Rolling),
    ]
}

fn groups() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        2 => Just(Vec::new()),
        3 => subsequence(&["channel", "region", "team"][..], 1..=2),
    ]
}

fn triggers() -> impl Strategy<Value = Triggers> {
    let low = Condition::Test(Operand::Own("score"), Relation::AtMost(Value::Number(6)));
    let phone = Condition::Test(Operand::Case("channel"), Relation::Is(Value::Word("phone")));
    let plain = select(vec!["complained", "ordered", "opened"]).prop_map(|kind| Trigger { kind, filter: None });
    let filtered = select(vec![("surveyed", low), ("complained", phone)])
        .prop_map(|(kind, filter)| Trigger { kind, filter: Some(filter) });
    let one = prop_oneof![3 => plain, 1 => filtered].boxed();
    prop_oneof![3 => vec(one.clone(), 1), 1 => vec(one, 2)]
}

/// An event, and how long after the one before it.
fn event(cases: usize) -> impl Strategy<Value = (Minute, Event)> {
    let gap = prop_oneof![
        1 => Just(0),
        4 => (1..12_i64).prop_map(|steps| steps * 10),
        2 => (12..288_i64).prop_map(|steps| steps * 10),
    ];
    let word = |words: &[&'static str]| option::weighted(0.5, select(words.to_vec()).prop_map(Value::Word));
    let of_case = (word(&["phone", "web"]), word(&["north", "south"]));
    let vip = option::weighted(0.85, proptest::bool::weighted(0.2).prop_map(Value::Yes));
    let score = option::weighted(0.85, (0..=10_i64).prop_map(Value::Number));
    let own = (vip, score, word(&["red", "blue"]));
    (gap, 0..cases, select(&KINDS[..]), of_case, own).prop_map(|(gap, case, kind, (channel, region), own)| {
        let (vip, score, team) = own;
        let own = match kind {
            "opened" => story::given([("vip", vip), ("team", team)]),
            "surveyed" => story::given([("score", score), ("team", team)]),
            "complained" | "ordered" => story::given([("team", team)]),
            _ => Fields::new(),
        };
        let of_case = story::given([("channel", channel), ("region", region)]);
        (gap, Event { own, of_case, ..Event::brought_about(0, case, kind) })
    })
}

// ── As people write it ──

pub fn standards(world: &World) -> String {
    let mut text = format!("service random {{\n  timezone \"{}\"\n}}\n", world.zone);
    let missing = if world.score_may_be_missing { "?" } else { "" };
    let ends = world.ends_after.map(|days| format!("  ends on answered after {days} calendar days\n"));
    write!(
        text,
        "
case {{
  channel: one of (phone, web)?
  region: one of (north, south)?
{}}}
",
        ends.unwrap_or_default()
    )
    .unwrap();
    text += "

event opened { vip: bool?, team: text? }
event answered
event dropped
";
    writeln!(text, "event surveyed {{ score: 0..10{missing}, team: text? }}").unwrap();
    text += "event complained { team: text? }
event ordered { team: text? }

";
    text += &world.promise.standard("promise");
    writeln!(text, "}}\n\nbehaviour satisfied {{\n  on surveyed, score must be at least {}\n}}", world.satisfied)
        .unwrap();
    for (index, level) in world.levels.iter().enumerate() {
        text += &level_text(index, level);
    }
    text
}

fn level_text(index: usize, level: &Level) -> String {
    let (bound, tenths) = match level.bound {
        Bound::AtLeast(tenths) => ("at least", tenths),
        Bound::AtMost(tenths) => ("at most", tenths),
        Bound::MoreThan(tenths) => ("more than", tenths),
        Bound::LessThan(tenths) => ("less than", tenths),
    };
    let number = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, rest.abs()),
    };
    let measure = match &level.measure {
        Measure::Share(rule) => format!("{bound} {number}% of {}", rule.name()),
        Measure::Elapsed(statistic) => format!("{} of promise {bound} {}m", statistic.name(), tenths / 10),
        Measure::Score(Statistic::Csat) => format!("csat of score of surveyed {bound} {number}%"),
        Measure::Score(statistic) => format!("{} of score of surveyed {bound} {number}", statistic.name()),
        Measure::Count(triggers) => format!("count of {} {bound} {number}", words(triggers)),
        Measure::Rate(part, whole) => {
            format!("count of {} {bound} {number}% of {}", words(part), words(whole))
        }
        Measure::CasesWith(condition) => format!("share of cases with {condition} {bound} {number}%"),
        Measure::CasesKeeping(rule) => format!("share of cases with {} {bound} {number}%", rule.name()),
    };
    let mut text = format!("\nlevel l{index} {{\n  {measure}{}", window_text(level.window));
    if !level.groups.is_empty() {
        write!(text, ", for each {}", level.groups.join(", ")).unwrap();
    }
    text += "\n";
    match level.cancelled {
        Cancelled::Excluded => {}
        Cancelled::Missed => text += "  cancelled missed\n",
        Cancelled::MetIfInTime => text += "  cancelled met if in time\n",
    }
    match level.undetermined {
        Undetermined::Open => {}
        Undetermined::Missed => text += "  undetermined missed\n",
        Undetermined::Excluded => text += "  undetermined excluded\n",
    }
    if let Some(least) = level.with_at_least {
        writeln!(text, "  with at least {least}").unwrap();
    }
    text + "}\n"
}

fn window_text(window: Window) -> String {
    match window {
        Window::Whole => String::new(),
        Window::Rolling(days) => format!(" in any {days} calendar days"),
        Window::Per(span, by) => {
            let span = format!("{span:?}").to_lowercase();
            let by = match by {
                By::Start => "",
                By::Due => " of due",
                By::Stop => " of stop",
            };
            format!(" per {span}{by}")
        }
    }
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Rule::Clock => "promise",
            Rule::Behaviour => "satisfied",
        }
    }
}

impl Statistic {
    fn name(self) -> String {
        match self {
            Statistic::Mean => "mean".into(),
            Statistic::Percentile(50) => "median".into(),
            Statistic::Percentile(percent) => format!("p{percent}"),
            Statistic::Nps => "nps".into(),
            Statistic::Csat => "csat".into(),
            Statistic::Ces => "ces".into(),
        }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&story::told(&standards(self), &self.story, self.zone, self.as_of))
    }
}
