//! Random worlds. They are small, and crowded: few kinds of events, few values, times that coincide,
//! weeks in which the clocks change.

mod calendars;
mod conditions;
mod logs;
mod standards;

use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub use self::calendars::calendar;
use self::calendars::{edge, period};
pub use self::conditions::take_out_dead_rows;
use self::conditions::{condition, exemption_condition, trust};
use self::logs::events;
use self::standards::standard;
use super::calendar::Place;
use super::model::*;

/// Days around which something odd happens to local time, or nothing at all.
pub const PLACES: [(&str, Date); 9] = [
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

/// How many periods a world has.
const PERIODS: usize = 2;

/// All times are multiples of so many minutes, so that a tenth of any span is whole minutes.
const STEP: i64 = 10;

/// How much happens in a world.
#[derive(Clone, Copy)]
pub struct Size {
    /// At most so many cases, of at most so many events each.
    pub cases: usize,
    pub events: usize,
    /// Mostly at most so long after one another.
    pub gap: Minute,
}

/// A random world of at most so many cases.
pub fn world(cases: usize) -> BoxedStrategy<World> {
    world_of(Size { cases, events: 11, gap: 1440 })
}

pub fn world_of(size: Size) -> BoxedStrategy<World> {
    let worlds = select(&PLACES[..]).prop_flat_map(move |(zone, date)| {
        let origin = Place::named(zone).first_minute(date.at(0, 0, 0, 0)) - 2 * 1440;
        let calendars = (vec(calendar(zone, date), 1..=2).boxed(), vec(period(date), PERIODS));
        let conditions = (condition(false, 1), option::weighted(0.1, trust()));
        let standards = (standard(0), option::weighted(0.6, (standard(1), option::weighted(0.4, standard(2)))));
        let exemptions = prop_oneof![2 => Just(Vec::new()), 1 => vec(exemption(date), 1..=2)];
        let standards = (standards, any::<bool>(), exemptions);
        let log = (vec(events(origin, size), 1..=size.cases).boxed(), option::weighted(0.6, minutes(12_000)));
        (calendars, conditions, standards, log).prop_map(
            move |(
                (calendars, periods),
                (special, trust),
                (standards, written_backwards, exemptions),
                (cases, as_of),
            )| {
                let (first, more) = standards;
                let (second, third) = more.unzip();
                let standards = [Some(first), second, third.flatten()].into_iter().flatten().collect();
                let trust = trust.into_iter().collect();
                let as_of = as_of.map(|minutes| origin + minutes);
                let mut world = World {
                    zone,
                    calendars,
                    periods,
                    exemptions,
                    special,
                    trust,
                    standards,
                    written_backwards,
                    cases,
                    as_of,
                };
                world.mend();
                world
            },
        )
    });
    worlds.boxed()
}

fn exemption(centre: Date) -> BoxedStrategy<Exemption> {
    let window = || (edge(centre), edge(centre)).prop_map(|(one, other)| Some((one.min(other), one.max(other))));
    let when = || exemption_condition().prop_map(Some);
    let bounds = prop_oneof![
        3 => (window(), Just(None)),
        2 => (Just(None), when()),
        2 => (window(), when()),
    ];
    let proof = option::weighted(0.2, select(vec![Field::Size, Field::Vip]));
    let standards = prop_oneof![2 => Just(Vec::new()), 1 => vec(0..STANDARDS.len(), 1..=2)];
    (bounds, standards, any::<bool>(), proof)
        .prop_map(|((window, condition), standards, stops_the_clock, proof)| Exemption {
            window,
            condition,
            standards,
            stops_the_clock,
            proof,
        })
        .boxed()
}

impl World {
    /// The same world with its first standard alone, and clocks that go straight from a start to a stop.
    pub fn straight(mut self) -> World {
        self.standards.truncate(1);
        self.mend();
        let standard = &mut self.standards[0];
        (standard.delay, standard.reopen) = (None, None);
        standard.restarts.clear();
        self
    }

    /// The same world with nothing unknown in it, a budget in every row, and `answered` to stop the
    /// clocks and do nothing else.
    pub fn decided(mut self) -> World {
        let decide = |condition: &mut Condition| condition.ask_instead(Field::FitOfNoted, Field::Vip);
        decide(&mut self.special);
        self.trust.clear();
        for standard in &mut self.standards {
            standard.stops.clear();
            for (promise, _) in &mut standard.targets {
                if !matches!(promise, Promise::Within(_)) {
                    *promise = Promise::AtOnce;
                }
            }
            for trigger in standard.triggers_mut() {
                if trigger.on == What::Logged(Kind::Answered) {
                    trigger.on = What::Logged(Kind::Opened);
                }
                trigger.filter.iter_mut().for_each(decide);
            }
            standard.stops = vec![Trigger { on: What::Logged(Kind::Answered), filter: None }];
            let rows = standard.targets.iter_mut().map(|(_, condition)| condition);
            rows.chain(standard.counting.iter_mut().map(|(_, condition)| condition)).flatten().for_each(decide);
            take_out_dead_rows(&mut standard.targets);
            take_out_dead_rows(&mut standard.counting);
        }
        self.cases.iter_mut().for_each(|events| tell_all(events));
        self
    }

    /// Takes out what the parts of a world say of each other that cannot be.
    pub fn mend(&mut self) {
        let service = Place::named(self.zone);
        for exemption in &mut self.exemptions {
            // What ends as it begins lasts to the end of the day.
            if let Some((from, to)) = &mut exemption.window
                && service.end(*to) <= service.beginning(*from)
            {
                to.minute = None;
            }
            let reaches = |standard: usize| self.standards.get(standard).is_some_and(|standard| !standard.never_exempt);
            exemption.standards.retain(|standard| reaches(*standard));
            exemption.standards.sort_unstable();
            exemption.standards.dedup();
        }
        let (mut keyed, mut in_steps) = (Vec::new(), Vec::new());
        for standard in &mut self.standards {
            standard.mend_calendars(self.calendars.len());
            standard.mend_triggers(&keyed);
            keyed.push(standard.per_leg);
            let is_in_steps = standard.mend_percents(&in_steps);
            in_steps.push(is_in_steps);
        }
    }
}

impl Standard {
    fn mend_calendars(&mut self, calendars: usize) {
        for (calendar, _) in &mut self.counting {
            *calendar %= calendars;
        }
        let counts = !self.counting.is_empty();
        for limit in self.limits_mut() {
            match limit {
                // Working days need a calendar.
                Limit::WorkingDays(days) if !counts => *limit = Limit::CalendarDays(*days, None),
                Limit::CalendarDays(_, Some(calendar)) => *calendar %= calendars,
                _ => {}
            }
        }
    }

    /// What happens at a part of another target is at a whole minute, but not in steps: parts of what counts
    /// from there may be no whole minutes, and are left out. Whether the standard's own times are in steps.
    fn mend_percents(&mut self, in_steps: &[bool]) -> bool {
        let whole = |percent: i64| if percent <= 100 { 100 } else { 200 };
        let mut own = true;
        for trigger in self.triggers_mut() {
            own &= match &mut trigger.on {
                What::Logged(_) => true,
                What::Reached(standard, percent) => {
                    if !in_steps[*standard] {
                        *percent = whole(*percent);
                    }
                    false
                }
                What::Breach(standard) | What::Met(standard) => in_steps[*standard],
            };
        }
        if !own {
            self.warn = self.warn.map(whole);
            for (above, level) in (1..).zip(&mut self.escalation) {
                level.percent = above * 100;
            }
        }
        own
    }

    /// What came of a standard has no fields of its own, and a key only if its clocks have one: those of
    /// the standards before are known.
    fn mend_triggers(&mut self, keyed: &[bool]) {
        for trigger in self.triggers_mut().filter(|trigger| trigger.on.standard().is_some()) {
            trigger.filter.iter_mut().for_each(|filter| filter.ask_instead(Field::Fit, Field::FitOfNoted));
        }
        for extension in &mut self.extensions {
            if extension.on.iter().any(|trigger| trigger.on.standard().is_some()) {
                extension.approved_by = None;
            }
        }
        let mut clock = self.starts.iter().chain(&self.stops).filter_map(|trigger| trigger.on.standard());
        self.per_leg &= clock.all(|standard| keyed[standard]);
        if self.starts.iter().any(|trigger| trigger.on.standard().is_some()) {
            for (promise, condition) in &mut self.targets {
                condition.iter_mut().for_each(|condition| condition.ask_instead(Field::Fit, Field::Vip));
                if *promise == Promise::DueAtDeadline {
                    *promise = Promise::DueAtPromised;
                }
            }
            for (_, condition) in &mut self.counting {
                condition.iter_mut().for_each(|condition| condition.ask_instead(Field::Fit, Field::Vip));
            }
            take_out_dead_rows(&mut self.targets);
            take_out_dead_rows(&mut self.counting);
        }
    }
}

/// Every event says all that it can say, and the first one says what the case is.
fn tell_all(events: &mut [Event]) {
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

impl Condition {
    fn ask_instead(&mut self, of: Field, other: Field) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter_mut().for_each(|part| part.ask_instead(of, other));
            }
            Condition::Not(inner) => inner.ask_instead(of, other),
            Condition::Test(field, _) if *field == of => *field = other,
            Condition::Test(..) | Condition::Special | Condition::StartedIn(_) => {}
        }
    }
}

fn minutes(most: i64) -> impl Strategy<Value = Minute> {
    (0..=most / STEP).prop_map(|steps| steps * STEP)
}
