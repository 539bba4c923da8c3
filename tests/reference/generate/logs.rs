//! Random logs.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::model::*;
use super::{Size, minutes};

pub fn events(origin: Minute, size: Size) -> impl Strategy<Value = Vec<Event>> {
    vec(event(origin, size.gap), 1..=size.events).prop_map(move |events| {
        let mut now = origin;
        let follow = |(gap, mut event): (Minute, Event)| {
            now += gap;
            event.at = now;
            event
        };
        events.into_iter().map(follow).collect()
    })
}

/// An event, and how long after the one before it.
fn event(origin: Minute, usual_gap: Minute) -> impl Strategy<Value = (Minute, Event)> {
    let gap = prop_oneof![
        2 => Just(0),
        3 => select(vec![10, 20, 30, 60, 120]),
        3 => minutes(usual_gap),
        1 => minutes(usual_gap * 2),
    ];
    let kind = prop_oneof![
        4 => Just(Kind::Opened),
        3 => Just(Kind::Answered),
        2 => Just(Kind::Held),
        2 => Just(Kind::Returned),
        1 => Just(Kind::Dropped),
        1 => Just(Kind::Noted),
        1 => Just(Kind::Told),
        1 => Just(Kind::Granted),
    ];
    let own =
        (option::weighted(0.9, 0..2_i64), option::weighted(0.8, 0..2_i64), option::weighted(0.9, minutes(10_000)));
    let case = (
        option::weighted(0.5, 0..4_i64),
        option::weighted(0.4, 0..2_i64),
        option::weighted(0.3, 0..4_i64),
        option::weighted(0.3, minutes(10_000)),
    );
    let role = || option::weighted(0.9, 0..ROLES.len());
    (gap, kind, own, case, role(), role()).prop_map(move |(gap, kind, own, case, role, acted_as)| {
        let time = |minutes: Minute| origin + minutes;
        let (leg, fit, deadline) = own;
        let own = match kind {
            Kind::Told => Own::default(),
            _ if kind.has_leg() => Own { leg, fit, deadline: deadline.map(time), is_untold: false },
            _ => Own { fit, ..Own::default() },
        };
        let (priority, vip, size, promised) = case;
        let case = CaseFields { priority, vip, size, promised: promised.map(time) };
        let role = role.filter(|_| kind.has_role());
        (gap, Event { at: origin, kind, own, case, role, acted_as })
    })
}
