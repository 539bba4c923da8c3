//! Standards, behaviours, levels, scorecards, and what any promise may carry.

use mot::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conditions::*;
use super::{a_name, a_path, at, block, names, text, word};

pub fn standard() -> BoxedStrategy<Standard> {
    let block = block(standard_clause());
    (block, option::of(a_name())).prop_map(|(block, belongs_to)| Standard { block, belongs_to }).boxed()
}

fn standard_clause() -> BoxedStrategy<StandardClause> {
    let promise = prop_oneof![
        limit().prop_map(Promise::Within),
        Just(Promise::AtOnce),
        operand().prop_map(|operand| Promise::DueAt(at(operand))),
        Just(Promise::NoTarget),
    ];
    prop_oneof![
        (option::of(duration().prop_map(at)), triggers(), triggers())
            .prop_map(|(delay, from, to)| StandardClause::Clock { delay, from, to }),
        triggers().prop_map(StandardClause::Cancel),
        (triggers(), triggers()).prop_map(|(on, resume)| StandardClause::Pause { on, resume }),
        triggers().prop_map(StandardClause::Restart),
        (triggers(), option::of(limit().prop_map(at))).prop_map(|(on, within)| StandardClause::Reopen { on, within }),
        extend().prop_map(StandardClause::Extend),
        select(
            &[StandardClause::Each, StandardClause::First, StandardClause::PerParty, StandardClause::HoursFixed][..],
        ),
        a_path().prop_map(StandardClause::Per),
        (a_name(), row_condition()).prop_map(|(calendar, when)| StandardClause::Counting { calendar, when }),
        (any::<bool>(), promise.prop_map(at), row_condition())
            .prop_map(|(beyond, promise, when)| StandardClause::Target { beyond, promise, when }),
        vec(percent().prop_map(at), 1..4).prop_map(StandardClause::Warn),
        attribute().prop_map(StandardClause::Attribute),
    ]
    .boxed()
}

fn extend() -> BoxedStrategy<Extend> {
    (any::<bool>(), limit().prop_map(at), triggers(), option::of(a_name()))
        .prop_map(|(another, by, on, approved_by)| Extend { another, by, on, approved_by })
        .boxed()
}

// ── Behaviours ──────────────────────────────────────────────────────────────────────────────────

pub fn behaviour() -> BoxedStrategy<Behaviour> {
    let clause = prop_oneof![
        5 => conduct().prop_map(BehaviourClause::Sentence),
        1 => a_name().prop_map(BehaviourClause::Counting),
        1 => Just(BehaviourClause::PerParty),
        1 => attribute().prop_map(BehaviourClause::Attribute),
    ];
    let block = block(clause).prop_map(one_sentence);
    (block, option::of(a_name())).prop_map(|(block, belongs_to)| Behaviour { block, belongs_to }).boxed()
}

/// Of two sentences the second may be read as the end of the first: a file cannot say them.
fn one_sentence(mut block: Block<BehaviourClause>) -> Block<BehaviourClause> {
    let mut said = false;
    block.clauses.retain(|clause| {
        let sentence = matches!(clause.node, BehaviourClause::Sentence(_));
        !sentence || !std::mem::replace(&mut said, true)
    });
    block
}

fn conduct() -> BoxedStrategy<Conduct> {
    let limit = || limit().prop_map(at);
    prop_oneof![
        (triggers(), triggers()).prop_map(|(every, needs)| Conduct::NeedsBefore { every, needs }),
        (triggers(), triggers(), option::of(limit())).prop_map(|(after, then, within)| Conduct::Follows {
            after,
            then,
            within
        }),
        triggers().prop_map(Conduct::Never),
        (triggers(), triggers()).prop_map(|(never, after)| Conduct::NeverAfter { never, after }),
        (triggers(), triggers()).prop_map(|(never, without)| Conduct::NeverWithout { never, without }),
        (triggers(), limit(), triggers()).prop_map(|(never, within, after)| Conduct::NeverWithin {
            never,
            within,
            after
        }),
        (select(&[Times::AtMost, Times::AtLeast, Times::Exactly][..]), count().prop_map(at), triggers())
            .prop_map(|(times, count, of)| Conduct::Times { times, count, of }),
        (triggers(), triggers(), triggers(), limit()).prop_map(|(from, to, keeps, every)| Conduct::AtLeastEvery {
            from,
            to,
            keeps,
            every
        }),
        (triggers(), condition().prop_map(at)).prop_map(|(on, condition)| Conduct::MustHold { on, condition }),
        (triggers(), triggers()).prop_map(|(every, other)| Conduct::OtherThan { every, other }),
        (triggers(), a_name()).prop_map(|(every, role)| Conduct::ByRole { every, role }),
    ]
    .boxed()
}

// ── Levels ──────────────────────────────────────────────────────────────────────────────────────

pub fn level() -> BoxedStrategy<Level> {
    let cancelled = vec![CancelledAs::Excluded, CancelledAs::Missed, CancelledAs::MetIfInTime];
    let clause = prop_oneof![
        4 => measure().prop_map(|measure| LevelClause::Measure(Box::new(measure))),
        1 => select(cancelled).prop_map(LevelClause::Cancelled),
        1 => any::<bool>().prop_map(|missed| LevelClause::Undetermined { missed }),
        1 => any::<bool>().prop_map(|missed| LevelClause::Untouched { missed }),
        1 => count().prop_map(|least| LevelClause::WithAtLeast(at(least))),
        1 => (quantity().prop_map(at), text()).prop_map(|(quantity, whose)| LevelClause::Benchmark(quantity, whose)),
        1 => attribute().prop_map(LevelClause::Attribute),
    ];
    (block(clause), option::of(a_name())).prop_map(|(block, belongs_to)| Level { block, belongs_to }).boxed()
}

fn quantity() -> BoxedStrategy<Literal> {
    prop_oneof![
        duration().prop_map(Literal::Duration),
        money().prop_map(Literal::Money),
        percent().prop_map(Literal::Percent),
        number().prop_map(Literal::Number),
    ]
    .boxed()
}

fn measure() -> BoxedStrategy<Measure> {
    let part = || percent().prop_map(Literal::Percent);
    let what = prop_oneof![
        (a_name().prop_map(Measured::Share), part()),
        (statistic(), quantity()),
        (triggers().prop_map(Measured::Count), number().prop_map(Literal::Number)),
        ((triggers(), triggers()).prop_map(|(of, among)| Measured::Rate(of, among)), part()),
        (condition().prop_map(|condition| Measured::ShareOfCases(at(condition))), part()),
    ];
    let groups = vec(operand().prop_map(at), 0..3);
    (what, bound(), option::of(window().prop_map(at)), groups)
        .prop_map(|((what, bound), comparison, window, groups)| Measure {
            what,
            comparison,
            bound: at(bound),
            window,
            groups,
        })
        .boxed()
}

fn statistic() -> BoxedStrategy<Measured> {
    let statistic = prop_oneof![
        select(&[Statistic::Mean, Statistic::Nps, Statistic::Csat, Statistic::Ces][..]),
        (1u8..=99).prop_map(Statistic::Percentile),
    ];
    let sample = prop_oneof![
        a_path().prop_map(Sample::Elapsed),
        (a_path(), a_path()).prop_map(|(field, event)| Sample::Field { field, event }),
    ];
    (statistic.prop_map(at), sample).prop_map(|(statistic, sample)| Measured::Statistic(statistic, sample)).boxed()
}

fn window() -> BoxedStrategy<Window> {
    let units = vec![Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];
    let anchors = vec![Anchor::Start, Anchor::Due, Anchor::Stop];
    prop_oneof![
        (select(units), select(anchors)).prop_map(|(unit, anchor)| Window::Per(unit, anchor)),
        limit().prop_map(|limit| Window::InAny(at(limit))),
    ]
    .boxed()
}

// ── Scorecards ──────────────────────────────────────────────────────────────────────────────────

pub fn scorecard() -> BoxedStrategy<Scorecard> {
    let clause = prop_oneof![
        (number().prop_map(at), a_name(), names()).prop_map(|(points, group, promises)| ScorecardClause::Points {
            points,
            group,
            promises
        }),
        names().prop_map(ScorecardClause::Fatal),
        number().prop_map(|mark| ScorecardClause::Pass(at(mark))),
        Just(ScorecardClause::PerParty),
        attribute().prop_map(ScorecardClause::Attribute),
    ];
    (block(clause), option::of(a_name())).prop_map(|(block, belongs_to)| Scorecard { block, belongs_to }).boxed()
}

// ── What any promise may carry ──────────────────────────────────────────────────────────────────

pub fn status() -> BoxedStrategy<Status> {
    prop_oneof![
        Just(Status::Draft),
        Just(Status::Retired),
        (text(), date().prop_map(at)).prop_map(|(by, on)| Status::Approved { by, on }),
    ]
    .boxed()
}

pub fn attribute() -> BoxedStrategy<Attribute> {
    let severity = word(&["minor", "major", "critical"]);
    prop_oneof![
        text().prop_map(Attribute::Source),
        text().prop_map(Attribute::Owner),
        (severity, row_condition()).prop_map(|(severity, row)| Attribute::Severity(severity, row)),
        option::of(condition().prop_map(at)).prop_map(Attribute::Material),
        word(&["delay", "information", "attitude", "product"]).prop_map(Attribute::Symptom),
        word(&["product", "process", "platform", "brand"]).prop_map(Attribute::Element),
        status().prop_map(Attribute::Status),
        date().prop_map(|date| Attribute::ReviewBefore(at(date))),
        (word(&["full", "partial", "none"]), row_condition())
            .prop_map(|(control, row)| Attribute::Control(control, row)),
        Just(Attribute::NeverExempt),
        a_name().prop_map(Attribute::AtLeastAsStrict),
        text().prop_map(Attribute::LooserThanBefore),
    ]
    .boxed()
}
