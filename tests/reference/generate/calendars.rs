//! Random calendars, periods and windows.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::model::*;
use super::ELSEWHERE;

pub fn calendar(zone: &'static str, centre: Date) -> impl Strategy<Value = Calendar> {
    let zones = prop_oneof![9 => Just(zone), 1 => Just(ELSEWHERE)];
    let days = proptest::array::uniform7(day());
    // One kind of exception a date: closed and opened on one date is an error.
    let exceptions = vec((-3..8_i64, option::of(hours())), 0..4);
    let received = option::weighted(0.25, (12..=20_i64).prop_map(|hour| hour * 60));
    (zones, days, 0..5_usize, exceptions, received).prop_map(
        move |(zone, mut weekdays, surely, exceptions, received_after)| {
            // A calendar that never opens keeps no promise, and this one is only walked for so long.
            weekdays[surely] = Day { hours: vec![Hours { opens: 540, closes: 1020 }], working: true };
            let mut calendar = Calendar { zone, weekdays, closed: Vec::new(), opened: Vec::new(), received_after };
            let mut taken = Vec::new();
            for (days, hours) in exceptions {
                let date = centre.saturating_add(days.days());
                if taken.contains(&date) {
                    continue;
                }
                taken.push(date);
                match hours {
                    Some(hours) => calendar.opened.push((date, hours)),
                    None => calendar.closed.push(date),
                }
            }
            calendar
        },
    )
}

fn day() -> impl Strategy<Value = Day> {
    let hours = prop_oneof![1 => Just(Vec::new()), 5 => hours()];
    (hours, proptest::bool::weighted(0.85)).prop_map(|(hours, working)| Day { hours, working })
}

/// Plain days, breaks, nights, days without end, and times at which clocks are changed.
fn hours() -> impl Strategy<Value = Vec<Hours>> {
    let plans: [&[(i64, i64)]; 9] = [
        &[(540, 1020)],
        &[(540, 720), (780, 1080)],
        &[(0, 1440)],
        &[(1320, 120)],
        &[(0, 60), (600, 660), (1410, 150)],
        &[(120, 180)],
        &[(90, 150), (480, 1200)],
        &[(1200, 1440)],
        &[(30, 1410)],
    ];
    let hours = |plan: &[(i64, i64)]| plan.iter().map(|&(opens, closes)| Hours { opens, closes }).collect();
    select(plans.map(hours).to_vec())
}

/// One span of dates or two, near the events.
pub fn period(centre: Date) -> impl Strategy<Value = Period> {
    let span = (-3..8_i64, 0..4_i64).prop_map(move |(days, more)| {
        let first = centre.saturating_add(days.days());
        (first, first.saturating_add(more.days()))
    });
    prop_oneof![3 => vec(span.clone(), 1), 1 => vec(span, 2)].prop_map(Period)
}

/// Where a window begins or ends.
pub fn edge(centre: Date) -> impl Strategy<Value = Edge> {
    let minute = prop_oneof![2 => Just(None), 3 => (0..144_i64).prop_map(|tens| Some(tens * 10))];
    (-3..8_i64, minute).prop_map(move |(days, minute)| Edge { date: centre.saturating_add(days.days()), minute })
}
