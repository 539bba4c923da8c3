//! Random worlds. They are small, and crowded: few kinds of events, few values, times that coincide,
//! weeks in which the clocks change.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::calendar::Place;
use super::model::*;

/// Days around which something odd happens to local time, or nothing at all.
const PLACES: [(&str, Date); 9] = [
    ("Asia/Shanghai", Date::constant(2026, 3, 4)),
    ("Asia/Shanghai", Date::constant(1991, 9, 15)),
    ("Europe/Berlin", Date::constant(2026, 3, 29)),
    ("Europe/Berlin", Date::constant(2026, 10, 25)),
    ("America/Sao_Paulo", Date::constant(2018, 2, 18)),
    ("America/Sao_Paulo", Date::constant(2018, 11, 4)),
    ("America/New_York", Date::constant(2026, 3, 8)),
    ("America/New_York", Date::constant(2026, 11, 1)),
    ("Australia/Lord_Howe", Date::constant(2026, 4, 5)),
];

/// Where clocks are not changed; calendars of a zone of their own take it.
const ELSEWHERE: &str = "Asia/Kolkata";

/// All times are multiples of so many minutes, so that a tenth of any span is whole minutes.
const STEP: i64 = 10;

/// A random world of at most so many cases.
pub fn world(cases: usize) -> impl Strategy<Value = World> {
    select(&PLACES[..]).prop_flat_map(move |(zone, date)| {
        let origin = Place::named(zone).first_minute(date.at(0, 0, 0, 0)) - 2 * 1440;
        let fixed = (vec(calendar(zone, date), 1..=2), condition(false, 1), standard());
        let random = (escalation(), vec(events(origin), 1..=cases), option::weighted(0.6, minutes(12_000)));
        (fixed, random).prop_map(move |((calendars, special, standard), (escalation, cases, as_of))| {
            let as_of = as_of.map(|minutes| origin + minutes);
            let mut world = World { zone, calendars, special, standard, escalation, cases, as_of };
            world.mend();
            world
        })
    })
}

impl World {
    /// The same world with clocks that go straight from a start to a stop.
    pub fn straight(mut self) -> World {
        let standard = &mut self.standard;
        (standard.delay, standard.reopen) = (None, None);
        standard.restarts.clear();
        self
    }

    /// The same world with nothing unknown in it, a budget in every row, and `answered` to stop the
    /// clock and do nothing else.
    pub fn decided(mut self) -> World {
        let decide = |condition: &mut Condition| {
            condition.each_field(&mut |field| {
                if *field == Field::FitOfNoted {
                    *field = Field::Vip;
                }
            })
        };
        decide(&mut self.special);
        let standard = &mut self.standard;
        standard.stops = vec![Trigger { kind: Kind::Answered, filter: None }];
        for (promise, _) in &mut standard.targets {
            if !matches!(promise, Promise::Within(_)) {
                *promise = Promise::AtOnce;
            }
        }
        let pauses = standard.pauses.iter_mut().flat_map(|pause| pause.on.iter_mut().chain(&mut pause.resume));
        for trigger in standard.starts.iter_mut().chain(&mut standard.cancels).chain(pauses) {
            if trigger.kind == Kind::Answered {
                trigger.kind = Kind::Opened;
            }
            trigger.filter.iter_mut().for_each(decide);
        }
        let rows = standard.targets.iter_mut().map(|(_, condition)| condition);
        rows.chain(standard.counting.iter_mut().map(|(_, condition)| condition)).flatten().for_each(decide);
        take_out_dead_rows(&mut standard.targets);
        take_out_dead_rows(&mut standard.counting);
        for events in &mut self.cases {
            for event in events.iter_mut().filter(|event| event.kind != Kind::Told) {
                event.own.fit.get_or_insert(0);
                if event.kind.has_leg() {
                    event.own.leg.get_or_insert(0);
                }
            }
            if let Some(first) = events.first_mut() {
                let CaseFields { priority, vip, size, promised } = first.case;
                let (priority, vip, size) = (priority.or(Some(0)), vip.or(Some(0)), size.or(Some(0)));
                first.case = CaseFields { priority, vip, size, promised };
            }
        }
        self
    }

    /// Takes out what the parts of a world say of each other that cannot be.
    fn mend(&mut self) {
        let (standard, calendars) = (&mut self.standard, self.calendars.len());
        for (calendar, _) in &mut standard.counting {
            *calendar %= calendars;
        }
        let counts = !standard.counting.is_empty();
        let mend = |limit: &mut Limit| match limit {
            // Working days need a calendar.
            Limit::WorkingDays(days) if !counts => *limit = Limit::CalendarDays(*days, None),
            Limit::CalendarDays(_, Some(calendar)) => *calendar %= calendars,
            _ => {}
        };
        let promises = standard.targets.iter_mut().filter_map(|(promise, _)| match promise {
            Promise::Within(limit) => Some(limit),
            _ => None,
        });
        let bounds = standard.reopen.iter_mut().filter_map(|reopen| reopen.within.as_mut());
        let levels = self.escalation.iter_mut().map(|level| &mut level.within);
        promises.chain(bounds).chain(levels).for_each(mend);
    }
}

impl Condition {
    fn each_field(&mut self, change: &mut impl FnMut(&mut Field)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter_mut().for_each(|part| part.each_field(change)),
            Condition::Not(inner) => inner.each_field(change),
            Condition::Special => {}
            Condition::Test(field, _) => change(field),
        }
    }
}

fn minutes(most: i64) -> impl Strategy<Value = Minute> {
    (0..=most / STEP).prop_map(|steps| steps * STEP)
}

// ── Calendars ──

fn calendar(zone: &'static str, centre: Date) -> impl Strategy<Value = Calendar> {
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

// ── Conditions ──

/// `own` if there is an event of the sentence.
fn condition(own: bool, depth: u32) -> BoxedStrategy<Condition> {
    let test = test(own);
    if depth == 0 {
        return test.boxed();
    }
    let part = move || condition(own, depth - 1);
    prop_oneof![
        6 => test,
        1 => vec(part(), 2..=3).prop_map(Condition::All),
        1 => vec(part(), 2..=3).prop_map(Condition::Any),
        1 => part().prop_map(|part| Condition::Not(Box::new(part))),
    ]
    .boxed()
}

fn test(own: bool) -> impl Strategy<Value = Condition> {
    let yes_or_no = if own {
        vec![Field::Vip, Field::Fit, Field::Fit, Field::FitOfNoted]
    } else {
        vec![Field::Vip, Field::FitOfNoted]
    };
    let equal = |most: i64| {
        prop_oneof![
            4 => (0..=most).prop_map(Test::Is),
            2 => (0..=most).prop_map(Test::IsNot),
            1 => Just(Test::Known),
            1 => Just(Test::Unknown),
        ]
    };
    let ordered = prop_oneof![
        (0..4_i64).prop_map(Test::AtLeast),
        (0..4_i64).prop_map(Test::AtMost),
        (0..4_i64).prop_map(Test::MoreThan),
        (0..4_i64).prop_map(Test::LessThan),
        (0..4_i64, 0..4_i64).prop_map(|(one, other)| Test::In(one, other)),
        (0..4_i64, 0..4_i64).prop_map(|(one, other)| Test::NotIn(one, other)),
    ];
    let ordered = prop_oneof![ordered, equal(3)];
    let field = select(vec![Field::Priority, Field::Priority, Field::Size]);
    prop_oneof![
        (select(yes_or_no), equal(1)).prop_map(|(field, test)| Condition::Test(field, test)),
        (field, ordered).prop_map(|(field, test)| Condition::Test(field, test)),
    ]
}

/// A condition of a row: the segment, too, which may not speak of itself.
fn row_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![1 => Just(Condition::Special), 5 => condition(true, 1)]
}

/// Some rows with conditions, all different, and one for all other cases.
fn table<T: Clone + std::fmt::Debug + 'static>(
    row: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Vec<(T, Option<Condition>)>> {
    let rows = prop_oneof![3 => Just(0_usize), 2 => Just(1), 1 => Just(2)].prop_flat_map({
        let row = row.clone();
        move |count| vec((row.clone(), row_condition().prop_map(Some)), count)
    });
    (rows, row).prop_map(|(mut table, last)| {
        table.push((last, None));
        take_out_dead_rows(&mut table);
        table
    })
}

/// A condition that stands above already takes all its cases.
fn take_out_dead_rows<T>(table: &mut Vec<(T, Option<Condition>)>) {
    let mut above = Vec::new();
    table.retain(|(_, condition)| {
        let is_new = !above.contains(condition);
        above.push(condition.clone());
        is_new
    });
}

// ── The standard ──

fn standard() -> impl Strategy<Value = Standard> {
    let delay = option::weighted(0.1, select(vec![10, 60, 600]));
    let clock = (delay, triggers(Kind::Opened, true), triggers(Kind::Answered, true));
    let cancels = maybe(0.3, triggers(Kind::Dropped, false));
    let pause = (triggers(Kind::Held, false), triggers(Kind::Returned, false));
    let pauses = vec(pause.prop_map(|(on, resume)| Pause { on, resume }), 0..=2);
    let restarts = maybe(0.2, triggers(Kind::Noted, false));
    let reopen = (triggers(Kind::Opened, false), option::of(limit()));
    let reopen = option::weighted(0.3, reopen.prop_map(|(on, within)| Reopen { on, within }));
    let modes = (proptest::bool::weighted(0.2), proptest::bool::weighted(0.3));
    let counting = prop_oneof![2 => Just(Vec::new()), 3 => table(0..2_usize)];
    let warn = option::of((1..=10_i64).prop_map(|tenths| tenths * 10));
    let parts = (clock, cancels, pauses, restarts, reopen);
    let terms = (modes, counting, table(promise()), warn);
    (parts, terms).prop_map(|((clock, cancels, pauses, restarts, reopen), (modes, counting, targets, warn))| {
        let ((delay, starts, stops), (first, per_leg)) = (clock, modes);
        Standard { delay, starts, stops, cancels, pauses, restarts, reopen, first, per_leg, counting, targets, warn }
    })
}

/// Mostly one usual event; sometimes another, several, or under a condition. The events that start
/// and stop a clock must carry its key.
fn triggers(usual: Kind, keyed: bool) -> impl Strategy<Value = Vec<Trigger>> {
    let kinds = if keyed { &Kind::ALL[..3] } else { &Kind::ALL[..5] };
    let usual = if keyed || !usual.has_leg() || usual == Kind::Held { usual } else { Kind::Returned };
    let kind = prop_oneof![4 => Just(usual), 1 => select(kinds)];
    let filter = option::weighted(0.25, condition(true, 1));
    let trigger = (kind, filter).prop_map(|(kind, filter)| Trigger { kind, filter });
    prop_oneof![4 => vec(trigger.clone(), 1), 1 => vec(trigger, 2)]
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

// ── The log ──

fn events(origin: Minute) -> impl Strategy<Value = Vec<Event>> {
    vec(event(origin), 1..12).prop_map(move |events| {
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
fn event(origin: Minute) -> impl Strategy<Value = (Minute, Event)> {
    let gap = prop_oneof![
        2 => Just(0),
        3 => select(vec![10, 20, 30, 60, 120]),
        3 => minutes(1440),
        1 => minutes(2880),
    ];
    let kind = prop_oneof![
        4 => Just(Kind::Opened),
        3 => Just(Kind::Answered),
        2 => Just(Kind::Held),
        2 => Just(Kind::Returned),
        1 => Just(Kind::Dropped),
        1 => Just(Kind::Noted),
        1 => Just(Kind::Told),
    ];
    let own =
        (option::weighted(0.9, 0..2_i64), option::weighted(0.8, 0..2_i64), option::weighted(0.9, minutes(10_000)));
    let case = (
        option::weighted(0.5, 0..4_i64),
        option::weighted(0.4, 0..2_i64),
        option::weighted(0.3, 0..4_i64),
        option::weighted(0.3, minutes(10_000)),
    );
    (gap, kind, own, case, option::weighted(0.9, 0..ROLES.len())).prop_map(move |(gap, kind, own, case, to)| {
        let time = |minutes: Minute| origin + minutes;
        let (leg, fit, deadline) = own;
        let own = match kind {
            Kind::Told => Own::default(),
            _ if kind.has_leg() => Own { leg, fit, deadline: deadline.map(time) },
            _ => Own { fit, ..Own::default() },
        };
        let (priority, vip, size, promised) = case;
        let case = CaseFields { priority, vip, size, promised: promised.map(time) };
        let to = to.filter(|_| kind == Kind::Told);
        (gap, Event { at: origin, kind, own, case, to })
    })
}
