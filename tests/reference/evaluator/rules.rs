//! The evaluator by itself: small worlds made by hand, each of which says a rule of the language page.

use jiff::civil::{Date, date};

use super::super::calendar::Place;
use super::super::model::*;
use super::{Clock, GrantOutcome, Verdict, judge};

const DAY: Date = date(2026, 3, 4);

/// A minute of the day on which everything happens, or of a later one.
fn at(hour: i64, minute: i64) -> Minute {
    Place::named("Asia/Shanghai").first_minute(DAY.at(0, 0, 0, 0)) + hour * 60 + minute
}

/// One clock of an hour from `opened` to `answered`, and nothing else.
fn world(events: Vec<Event>) -> World {
    World {
        zone: "Asia/Shanghai",
        calendars: Vec::new(),
        periods: Vec::new(),
        exemptions: Vec::new(),
        special: Condition::Test(Field::Vip, Test::Is(1)),
        trust: Vec::new(),
        standards: vec![standard(Kind::Opened.into(), Kind::Answered.into())],
        written_backwards: false,
        cases: vec![events],
        as_of: Some(at(72, 0)),
    }
}

impl From<Kind> for What {
    fn from(kind: Kind) -> Self {
        What::Logged(kind)
    }
}

fn standard(start: What, stop: What) -> Standard {
    Standard {
        delay: None,
        starts: on(start),
        stops: on(stop),
        cancels: Vec::new(),
        pauses: Vec::new(),
        restarts: Vec::new(),
        extensions: Vec::new(),
        reopen: None,
        first: false,
        per_leg: false,
        counting: Vec::new(),
        hours_fixed: false,
        targets: vec![(Promise::Within(Limit::Exact(60)), None)],
        warn: None,
        never_exempt: false,
        escalation: Vec::new(),
    }
}

fn on(what: What) -> Vec<Trigger> {
    vec![Trigger { on: what, filter: None }]
}

fn event(hour: i64, minute: i64, kind: Kind) -> Event {
    let (own, case) = (Own::default(), CaseFields::default());
    Event { at: at(hour, minute), kind, own, case, role: None, acted_as: None }
}

fn exemption(from: i64, to: i64, stops_the_clock: bool) -> Exemption {
    let edge = |hour: i64| Edge { date: DAY, minute: Some(hour * 60) };
    Exemption {
        window: Some((edge(from), edge(to))),
        condition: None,
        standards: Vec::new(),
        stops_the_clock,
        proof: None,
    }
}

fn clocks(world: &World) -> Vec<Clock> {
    judge(world).remove(0).clocks
}

fn verdicts(world: &World) -> Vec<Verdict> {
    clocks(world).iter().map(|clock| clock.verdict).collect()
}

#[test]
fn a_breach_starts_a_clock_at_its_due() {
    let mut world = world(vec![event(9, 0, Kind::Opened), event(10, 30, Kind::Answered)]);
    world.standards.push(standard(What::Breach(0), Kind::Answered.into()));
    let clocks = clocks(&world);
    assert_eq!((clocks[1].start, clocks[1].due, clocks[1].verdict), (at(10, 0), Some(at(11, 0)), Verdict::Met));
}

#[test]
fn what_a_breach_stops_at_due_is_in_time_whatever_is_written_first() {
    let mut world = world(vec![event(9, 0, Kind::Opened)]);
    world.standards.push(standard(Kind::Opened.into(), What::Breach(0)));
    for backwards in [false, true] {
        world.written_backwards = backwards;
        let mut verdicts = verdicts(&world);
        verdicts.sort();
        assert_eq!(verdicts, [Verdict::Met, Verdict::Breached]);
    }
}

#[test]
fn a_part_of_a_target_comes_once_and_not_while_paused() {
    let (mut held, mut returned) = (event(9, 10, Kind::Held), event(9, 50, Kind::Returned));
    (held.own.leg, returned.own.leg) = (None, None);
    let mut world = world(vec![event(9, 0, Kind::Opened), held, returned]);
    world.standards[0].pauses = vec![Pause { on: on(Kind::Held.into()), resume: on(Kind::Returned.into()) }];
    world.standards.push(standard(What::Reached(0, 50), Kind::Dropped.into()));
    let starts: Vec<Minute> = clocks(&world)[1..].iter().map(|clock| clock.start).collect();
    assert_eq!(starts, [at(10, 10)]);
}

#[test]
fn each_line_gives_more_time_once_and_only_before_due() {
    let granted = |hour, minute| event(hour, minute, Kind::Granted);
    let mut world = world(vec![event(9, 0, Kind::Opened), granted(9, 30), granted(9, 40), granted(11, 0)]);
    let another = Extension { another: true, by: Limit::Exact(60), on: on(Kind::Granted.into()), approved_by: None };
    world.standards[0].extensions = vec![another];
    let found = judge(&world).remove(0);
    assert_eq!(found.clocks[0].due, Some(at(11, 0)));
    let came_to: Vec<_> = found.grants.iter().map(|grant| grant.came_to).collect();
    assert_eq!(came_to, [GrantOutcome::Extended, GrantOutcome::Twice, GrantOutcome::Late]);
}

#[test]
fn another_day_after_a_due_at_midnight_ends_with_the_next_day() {
    let mut world = world(vec![event(9, 0, Kind::Opened), event(9, 30, Kind::Granted)]);
    let day = Limit::CalendarDays(1, None);
    world.standards[0].targets = vec![(Promise::Within(day), None)];
    let another = Extension { another: true, by: day, on: on(Kind::Granted.into()), approved_by: None };
    world.standards[0].extensions = vec![another];
    assert_eq!(clocks(&world)[0].due, Some(at(72, 0)));
}

#[test]
fn whoever_may_grant_is_that_role_or_one_above() {
    let grants =
        [(Some(0), GrantOutcome::NotAuthorised), (None, GrantOutcome::NotSaid), (Some(2), GrantOutcome::Extended)];
    for (role, came_to) in grants {
        let mut world = world(vec![event(9, 0, Kind::Opened), Event { role, ..event(9, 30, Kind::Granted) }]);
        let (by, on) = (Limit::Exact(240), on(Kind::Granted.into()));
        world.standards[0].extensions = vec![Extension { another: false, by, on, approved_by: Some(1) }];
        let found = judge(&world).remove(0);
        assert_eq!(found.grants[0].came_to, came_to);
        let verdict = if role.is_none() { Verdict::Undetermined } else { Verdict::Breached };
        assert_eq!(found.clocks[0].verdict, verdict, "of a clock that nobody stops");
    }
}

#[test]
fn an_exemption_excuses_what_falls_due_in_it_if_it_is_proved() {
    let mut world = world(vec![event(9, 0, Kind::Opened)]);
    world.exemptions = vec![exemption(10, 12, false)];
    assert_eq!(verdicts(&world), [Verdict::Exempt]);
    world.exemptions[0].proof = Some(Field::Size);
    assert_eq!(verdicts(&world), [Verdict::Undetermined]);
    world.standards[0].never_exempt = true;
    assert_eq!(verdicts(&world), [Verdict::Breached]);
}

#[test]
fn an_exemption_stops_the_clock_from_its_first_instant_to_its_end() {
    let mut world = world(vec![event(9, 30, Kind::Opened)]);
    world.exemptions = vec![exemption(10, 12, true)];
    assert_eq!(clocks(&world)[0].due, Some(at(12, 30)));
    // Whether its condition holds cannot be told: the clock runs, and its breach is in doubt.
    world.exemptions = vec![Exemption { window: None, ..exemption(0, 0, true) }];
    world.exemptions[0].condition = Some(Condition::Test(Field::Vip, Test::Is(1)));
    assert_eq!(verdicts(&world), [Verdict::Undetermined]);
}

#[test]
fn what_is_reopened_into_an_exemption_reaches_nothing_before_its_end() {
    let events = [(9, 0, Kind::Opened), (9, 30, Kind::Held), (9, 30, Kind::Answered), (10, 30, Kind::Returned)];
    let mut world = world(events.map(|(hour, minute, kind)| event(hour, minute, kind)).into());
    world.exemptions = vec![exemption(10, 12, true)];
    let standard = &mut world.standards[0];
    standard.pauses = vec![Pause { on: on(Kind::Held.into()), resume: on(Kind::Noted.into()) }];
    standard.reopen = Some(Reopen { on: on(Kind::Returned.into()), within: None });
    standard.escalation = vec![Level { percent: 50, role: 1, within: Limit::Exact(15) }];
    let reopened = &clocks(&world)[1];
    assert_eq!((reopened.duties[0].due, reopened.due), (at(12, 15), Some(at(12, 30))));
}

#[test]
fn what_an_untrusted_model_says_is_unknown() {
    let told = |fit| Event { own: Own { fit, ..Own::default() }, ..event(9, 0, Kind::Opened) };
    for (fit, verdict) in
        [(Some(1), Verdict::Breached), (Some(0), Verdict::Undetermined), (None, Verdict::Undetermined)]
    {
        let mut world = world(vec![told(fit)]);
        world.trust = vec![(Kind::Opened, Condition::Test(Field::Fit, Test::Is(1)))];
        assert_eq!(verdicts(&world), [verdict]);
    }
}

#[test]
fn a_period_has_the_starts_of_its_days() {
    let mut world = world(vec![event(9, 0, Kind::Opened), event(9, 30, Kind::Answered), event(24, 0, Kind::Opened)]);
    world.periods = vec![Period(vec![(DAY, DAY)])];
    world.standards[0].targets.insert(0, (Promise::NoTarget, Some(Condition::StartedIn(0))));
    assert_eq!(verdicts(&world), [Verdict::NoTarget, Verdict::Breached]);
}
