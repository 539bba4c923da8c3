//! Random standards.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::model::*;
use super::conditions::{condition, table};

/// The standard of an index: it may speak of what came of those before it.
pub fn standard(index: usize) -> BoxedStrategy<Standard> {
    let delay = option::weighted(0.1, select(vec![10, 60, 600]));
    let clock = (delay, triggers(Kind::Opened, true, index), triggers(Kind::Answered, true, index));
    let cancels = maybe(0.3, triggers(Kind::Dropped, false, index));
    let pause = (triggers(Kind::Held, false, index), triggers(Kind::Returned, false, index));
    let pauses = vec(pause.prop_map(|(on, resume)| Pause { on, resume }), 0..=2);
    let restarts = maybe(0.2, triggers(Kind::Noted, false, index));
    let extensions = prop_oneof![2 => Just(Vec::new()), 1 => vec(extension(index), 1..=2)];
    let reopen = (triggers(Kind::Opened, false, index), option::of(limit()));
    let reopen = option::weighted(0.3, reopen.prop_map(|(on, within)| Reopen { on, within }));
    let modes = (
        proptest::bool::weighted(0.2),
        proptest::bool::weighted(0.3),
        proptest::bool::weighted(0.1),
        proptest::bool::weighted(0.2),
    );
    let counting = prop_oneof![2 => Just(Vec::new()), 3 => table(0..2_usize)];
    let warn = option::of((1..=10_i64).prop_map(|tenths| tenths * 10));
    let events = (clock, cancels, pauses, restarts, extensions, reopen);
    let terms = (modes, counting, table(promise()).boxed(), warn, escalation().boxed());
    let parts = (events, terms).prop_map(
        |((clock, cancels, pauses, restarts, extensions, reopen), (modes, counting, targets, warn, escalation))| {
            let ((delay, starts, stops), (first, per_leg, never_exempt, hours_fixed)) = (clock, modes);
            Standard {
                delay,
                starts,
                stops,
                cancels,
                pauses,
                restarts,
                extensions,
                reopen,
                first,
                per_leg,
                counting,
                hours_fixed,
                targets,
                warn,
                never_exempt,
                escalation,
            }
        },
    );
    parts.boxed()
}

fn extension(index: usize) -> BoxedStrategy<Extension> {
    let approved_by = option::weighted(0.6, 0..ROLES.len());
    (any::<bool>(), limit(), triggers(Kind::Granted, false, index), approved_by)
        .prop_map(|(another, by, on, approved_by)| Extension { another, by, on, approved_by })
        .boxed()
}

/// Mostly one usual event; sometimes another, several, or under a condition, or what came of a standard
/// before. The events that start and stop a clock must carry its key.
fn triggers(usual: Kind, keyed: bool, index: usize) -> BoxedStrategy<Vec<Trigger>> {
    let kinds = if keyed { &Kind::ALL[..3] } else { &Kind::ALL[..5] };
    let usual = if keyed || !usual.has_leg() || usual == Kind::Held { usual } else { Kind::Returned };
    let logged = prop_oneof![4 => Just(usual), 1 => select(kinds)];
    let on = logged.prop_map(What::Logged).boxed();
    let on = if index == 0 { on } else { prop_oneof![2 => on, 1 => came_of(index)].boxed() };
    let filter = option::weighted(0.25, condition(true, 1));
    let trigger = (on, filter).prop_map(|(on, filter)| Trigger { on, filter });
    prop_oneof![4 => vec(trigger.clone(), 1), 1 => vec(trigger, 2)].boxed()
}

/// What came of a standard before that of an index.
fn came_of(index: usize) -> impl Strategy<Value = What> {
    (0..index).prop_flat_map(|standard| {
        prop_oneof![
            3 => Just(What::Breach(standard)),
            2 => (1..=15_i64).prop_map(move |tenths| What::Reached(standard, tenths * 10)),
            2 => Just(What::Met(standard)),
        ]
    })
}

fn maybe(often: f64, triggers: impl Strategy<Value = Vec<Trigger>>) -> impl Strategy<Value = Vec<Trigger>> {
    option::weighted(often, triggers).prop_map(Option::unwrap_or_default)
}

fn limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        4 => select(vec![0, 10, 30, 60, 120, 240, 480, 900, 1800]).prop_map(Limit::Exact),
        1 => (1..=3_i64).prop_map(Limit::WorkingDays),
        1 => (1..=3_i64).prop_map(|days| Limit::CalendarDays(days, None)),
        1 => (1..=3_i64, 0..2_usize).prop_map(|(days, calendar)| Limit::CalendarDays(days, Some(calendar))),
    ]
}

fn promise() -> impl Strategy<Value = Promise> + Clone {
    prop_oneof![
        12 => limit().prop_map(Promise::Within),
        1 => Just(Promise::AtOnce),
        1 => Just(Promise::DueAtDeadline),
        1 => Just(Promise::DueAtPromised),
        1 => Just(Promise::NoTarget),
    ]
    .boxed()
}

/// Up to three levels, later and higher each.
fn escalation() -> impl Strategy<Value = Vec<Level>> {
    let level = (1..=5_i64, select(vec![0, 10, 30, 120]).prop_map(Limit::Exact), option::weighted(0.2, limit()));
    vec(level, 0..=3).prop_map(|levels| {
        let mut percent = 0;
        let levels = levels.into_iter().enumerate();
        let levels = levels.map(|(index, (tenths, usual, unusual))| {
            percent += tenths * 10;
            Level { percent, role: index + 1, within: unusual.unwrap_or(usual) }
        });
        levels.collect()
    })
}
