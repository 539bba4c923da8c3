//! Levels: shares, means, percentiles, rates and counts per window and group.

pub mod random;
mod rules;

use jiff::ToSpan;
use jiff::civil::Date;
use mot::engine::Verdict;

use super::calendar::Place;
use super::model::Minute;
use super::promise::{Promise, Ran};
use super::story::{Condition, Story, Triggers, Value};

/// Some levels over one clock and one behaviour, and what happened.
#[derive(Clone)]
pub struct World {
    pub zone: &'static str,
    pub promise: Promise,
    /// `on surveyed, score must be at least …`
    pub satisfied: i64,
    pub levels: Vec<Level>,
    pub story: Story,
    pub as_of: Option<Minute>,
}

#[derive(Clone, Debug)]
pub struct Level {
    pub measure: Measure,
    pub bound: Bound,
    pub window: Window,
    /// `for each …`
    pub groups: Vec<&'static str>,
    pub cancelled: Cancelled,
    pub undetermined_excluded: bool,
    /// `with at least …`
    pub with_at_least: Option<i64>,
}

#[derive(Clone, Debug)]
pub enum Measure {
    /// Percent of the clock's or the behaviour's findings.
    Share(Rule),
    /// Of the clock's elapsed time, in minutes.
    Elapsed(Statistic),
    /// Of the score of `surveyed`.
    Score(Statistic),
    Count(Triggers),
    /// Percent of others.
    Rate(Triggers, Triggers),
    /// Percent of the cases in which something is so.
    CasesWith(Condition),
    /// Percent of the cases in which a promise was kept.
    CasesKeeping(Rule),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Rule {
    Clock,
    Behaviour,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Statistic {
    Mean,
    Percentile(i64),
    Nps,
    Csat,
    Ces,
}

/// The number is in tenths.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Bound {
    AtLeast(i64),
    AtMost(i64),
    MoreThan(i64),
    LessThan(i64),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Window {
    Whole,
    Per(Span, By),
    /// So many local days.
    Rolling(i64),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Span {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// What of a clock says to which window it belongs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum By {
    Start,
    Due,
    Stop,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cancelled {
    Excluded,
    Missed,
    MetIfInTime,
}

/// What came of a level in a window and group.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    pub level: usize,
    /// The window's first minute; none for the whole log.
    pub from: Option<Minute>,
    pub group: Vec<Option<Value>>,
    pub verdict: Verdict,
    /// None where nothing can be said.
    pub value: Option<Ratio>,
    /// What it could be at worst and at best, by what cannot be determined.
    pub ends: Option<(Ratio, Ratio)>,
}

/// An exact number.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    pub part: i64,
    pub whole: i64,
}

/// One thing that a level counts.
#[derive(Clone)]
struct Item {
    at: Minute,
    group: Vec<Option<Value>>,
    what: What,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum What {
    Met,
    Missed,
    Undetermined,
    /// In the window, but not counted.
    Out,
    /// It may be counted yet.
    Open,
    Number(i64),
    /// An event that is counted, or may be.
    One,
    MayBeOne,
    /// An event that the counted ones are compared with, or may be.
    Base,
    MayBeBase,
}

// ── The judge ──

/// Judges every level; in the order of levels, windows and groups.
pub fn judge(world: &World) -> Vec<Found> {
    let Some(as_of) = world.as_of.or(world.story.events.last().map(|event| event.at)) else { return Vec::new() };
    let judge = Judge { world, place: Place::named(world.zone), story: world.story.until(as_of), as_of };
    world.levels.iter().enumerate().flat_map(|(index, level)| judge.level(index, level)).collect()
}

struct Judge<'w> {
    world: &'w World,
    place: Place,
    story: Story,
    as_of: Minute,
}

impl Judge<'_> {
    fn level(&self, index: usize, level: &Level) -> Vec<Found> {
        let items = self.items(level);
        let mut groups: Vec<Vec<Option<Value>>> = items.iter().map(|item| item.group.clone()).collect();
        // Where so many are asked for, none are too few: of all together, and on every day of the log.
        let counts_none = matches!(level.measure, Measure::Count(_)) && level.bound.asks_for_many();
        groups.extend((counts_none && level.groups.is_empty()).then(Vec::new));
        groups.sort();
        groups.dedup();
        let mut found = Vec::new();
        for group in groups {
            let items: Vec<&Item> = items.iter().filter(|item| item.group == group).collect();
            let mut dates: Vec<Date> = items.iter().map(|item| self.place.date_of(item.at)).collect();
            if counts_none {
                dates.extend(self.all_dates());
            }
            let mut windows: Vec<(Option<Date>, Option<Date>)> =
                dates.into_iter().map(|date| window(level.window, date)).collect();
            windows.sort();
            windows.dedup();
            for (first, beyond) in windows {
                let within = |item: &&&Item| {
                    let date = self.place.date_of(item.at);
                    first.is_none_or(|first| date >= first) && beyond.is_none_or(|beyond| date < beyond)
                };
                let whats: Vec<What> = items.iter().filter(within).map(|item| item.what).collect();
                let begins = |date: Date| self.place.first_minute(date.at(0, 0, 0, 0));
                let has_ended = beyond.is_none_or(|beyond| begins(beyond) <= self.as_of);
                let (verdict, value, ends) = verdict(level, &whats, has_ended);
                found.push(Found { level: index, from: first.map(begins), group: group.clone(), verdict, value, ends });
            }
        }
        found.sort_by(|one, other| (one.from, &one.group).cmp(&(other.from, &other.group)));
        found
    }

    /// From the first event to now.
    fn all_dates(&self) -> Vec<Date> {
        let Some(first) = self.story.events.first() else { return Vec::new() };
        let last = self.place.date_of(self.as_of);
        self.place.date_of(first.at).series(1.day()).take_while(|date| *date <= last).collect()
    }

    // ── What is counted ──

    fn items(&self, level: &Level) -> Vec<Item> {
        match &level.measure {
            Measure::Share(Rule::Clock) => self.clocks(level, |ran| share_of(ran.verdict, level.cancelled)),
            Measure::Share(Rule::Behaviour) => {
                let item = |(position, verdict)| self.of_event(level, position, share_of(verdict, level.cancelled));
                self.satisfied().into_iter().map(item).collect()
            }
            Measure::Elapsed(_) => self.clocks(level, elapsed_of),
            Measure::Score(_) => {
                let of_score = |score: Option<Value>| match score {
                    Some(Value::Number(score)) => What::Number(score),
                    _ => What::Out,
                };
                let item =
                    |position| self.of_event(level, position, of_score(self.story.events[position].own("score")));
                self.surveys().into_iter().map(item).collect()
            }
            Measure::Count(triggers) => self.events(level, triggers, [What::One, What::MayBeOne]),
            Measure::Rate(triggers, base) => [
                self.events(level, triggers, [What::One, What::MayBeOne]),
                self.events(level, base, [What::Base, What::MayBeBase]),
            ]
            .concat(),
            Measure::CasesWith(condition) => self.cases(level, |case| {
                let last = *self.story.of_case(case).last().unwrap();
                match self.story.holds(condition, last) {
                    Some(true) => What::Met,
                    Some(false) => What::Missed,
                    None => What::Undetermined,
                }
            }),
            Measure::CasesKeeping(rule) => self.cases(level, |case| self.keeps(case, *rule)),
        }
    }

    fn clocks(&self, level: &Level, what: impl Fn(&Ran) -> What) -> Vec<Item> {
        let mut items = Vec::new();
        for ran in self.world.promise.run(&self.story, self.as_of) {
            // What has not come yet is still to come.
            let stop = ran.end.map_or(self.as_of, |(_, at)| at);
            let at = match level.window {
                Window::Per(_, By::Due) => ran.due.unwrap_or(stop),
                Window::Per(_, By::Stop) => stop,
                _ => ran.start,
            };
            let group = level.groups.iter().map(|field| self.at_the_end(ran.case, field)).collect();
            items.push(Item { at, group, what: what(&ran) });
        }
        items
    }

    fn events(&self, level: &Level, triggers: &Triggers, [sure, may_be]: [What; 2]) -> Vec<Item> {
        let item = |position| match self.story.is_any(position, triggers) {
            Some(true) => Some(self.of_event(level, position, sure)),
            None => Some(self.of_event(level, position, may_be)),
            Some(false) => None,
        };
        (0..self.story.events.len()).filter_map(item).collect()
    }

    /// By a field of the event, else by what the case says in the end.
    fn of_event(&self, level: &Level, position: usize, what: What) -> Item {
        let event = &self.story.events[position];
        let group = level.groups.iter().map(|field| match *field {
            "team" => event.own(field),
            field => self.at_the_end(event.case, field),
        });
        Item { at: event.at, group: group.collect(), what }
    }

    fn cases(&self, level: &Level, what: impl Fn(usize) -> What) -> Vec<Item> {
        let item = |case: usize| {
            let what = what(case);
            let group = level.groups.iter().map(|field| self.at_the_end(case, field)).collect();
            Item { at: self.story.events[self.story.of_case(case)[0]].at, group, what }
        };
        self.story.cases().into_iter().map(item).collect()
    }

    fn at_the_end(&self, case: usize, field: &str) -> Option<Value> {
        self.story.standing(self.story.events.len() - 1, case, field)
    }

    /// All its decided findings of the case are met, and there is one; unless what cannot be told would
    /// have it otherwise.
    fn keeps(&self, case: usize, rule: Rule) -> What {
        let verdicts: Vec<Verdict> = match rule {
            Rule::Clock => {
                let ran = self.world.promise.run(&self.story, self.as_of).into_iter();
                ran.filter(|ran| ran.case == case).map(|ran| ran.verdict).collect()
            }
            Rule::Behaviour => {
                let satisfied = self.satisfied().into_iter();
                let of_case = satisfied.filter(|(position, _)| self.story.events[*position].case == case);
                of_case.map(|(_, verdict)| verdict).collect()
            }
        };
        let whats: Vec<What> = verdicts.iter().map(|verdict| share_of(*verdict, Cancelled::Excluded)).collect();
        let in_this_order = [What::Missed, What::Open, What::Undetermined, What::Met];
        in_this_order.into_iter().find(|what| whats.contains(what)).unwrap_or(What::Missed)
    }

    fn surveys(&self) -> Vec<usize> {
        (0..self.story.events.len()).filter(|position| self.story.events[*position].kind == "surveyed").collect()
    }

    fn satisfied(&self) -> Vec<(usize, Verdict)> {
        let verdict = |position: usize| match self.story.events[position].own("score") {
            None => Verdict::Undetermined,
            Some(score) if score >= Value::Number(self.world.satisfied) => Verdict::Met,
            Some(_) => Verdict::Breached,
        };
        self.surveys().into_iter().map(|position| (position, verdict(position))).collect()
    }
}

fn share_of(verdict: Verdict, cancelled: Cancelled) -> What {
    match verdict {
        Verdict::Met => What::Met,
        Verdict::Breached => What::Missed,
        Verdict::Undetermined => What::Undetermined,
        Verdict::Cancelled => match cancelled {
            Cancelled::Excluded => What::Out,
            Cancelled::Missed => What::Missed,
            Cancelled::MetIfInTime => What::Met,
        },
        Verdict::Running | Verdict::Paused | Verdict::AtRisk => What::Open,
        _ => What::Out,
    }
}

/// Of those that came to their stop, and of which nothing is in doubt.
fn elapsed_of(ran: &Ran) -> What {
    match ran.end {
        _ if ran.is_cancelled => What::Out,
        None => What::Open,
        Some(_) if ran.verdict == Verdict::Undetermined => What::Out,
        Some(_) => What::Number(ran.elapsed),
    }
}

// ── Windows ──

/// The first day of the window that a day belongs to, and the first beyond it.
fn window(window: Window, date: Date) -> (Option<Date>, Option<Date>) {
    let month = |month: i8| Date::new(date.year(), month, 1).unwrap();
    let (first, beyond) = match window {
        Window::Whole => return (None, None),
        Window::Rolling(days) => (date.saturating_sub((days - 1).days()), date.tomorrow().unwrap()),
        Window::Per(Span::Day, _) => (date, date.tomorrow().unwrap()),
        Window::Per(Span::Week, _) => {
            let monday = date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days());
            (monday, monday.saturating_add(7.days()))
        }
        Window::Per(Span::Month, _) => (month(date.month()), month(date.month()).saturating_add(1.month())),
        Window::Per(Span::Quarter, _) => {
            let first = month((date.month() - 1) / 3 * 3 + 1);
            (first, first.saturating_add(3.months()))
        }
        Window::Per(Span::Year, _) => (month(1), month(1).saturating_add(1.year())),
    };
    (Some(first), Some(beyond))
}

// ── Verdicts ──

type Judged = (Verdict, Option<Ratio>, Option<(Ratio, Ratio)>);

fn verdict(level: &Level, whats: &[What], has_ended: bool) -> Judged {
    let count = |what: What| i64::try_from(whats.iter().filter(|other| **other == what).count()).unwrap();
    let (met, missed, undetermined) = (count(What::Met), count(What::Missed), count(What::Undetermined));
    let is_open = !has_ended || count(What::Open) > 0;
    let mut numbers: Vec<i64> = whats.iter().filter_map(|what| what.number()).collect();
    numbers.sort_unstable();
    let (value, of) = match &level.measure {
        Measure::Count(_) => return counted(level, count(What::One), count(What::MayBeOne), is_open),
        Measure::Rate(..) => {
            let (part, whole) = (count(What::One), count(What::Base));
            return rate(level, [part, part + count(What::MayBeOne)], [whole, whole + count(What::MayBeBase)], is_open);
        }
        Measure::Elapsed(statistic) | Measure::Score(statistic) => {
            (statistic.of(&numbers), i64::try_from(numbers.len()).unwrap())
        }
        Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => {
            let of = met + missed + if level.undetermined_excluded { 0 } else { undetermined };
            (percent(met, of), of)
        }
    };
    let all = met + missed + undetermined;
    let ends = percent(met, all).zip(percent(met + undetermined, all)).filter(|_| undetermined > 0);
    let verdict = match value {
        _ if is_open => Verdict::Running,
        Some(value) if of >= level.with_at_least.unwrap_or(1) => level.bound.verdict(value),
        _ => Verdict::Undetermined,
    };
    (verdict, value, ends)
}

/// More can only come: too many are too many before the window ends.
fn counted(level: &Level, sure: i64, unsure: i64, is_open: bool) -> Judged {
    let [least, most] = [sure, sure + unsure].map(|part| Ratio { part, whole: 1 });
    let verdict = match level.bound.holds(least) {
        false if !level.bound.asks_for_many() => Verdict::Breached,
        _ if is_open => Verdict::Running,
        holds if holds != level.bound.holds(most) => Verdict::Undetermined,
        _ => level.bound.verdict(least),
    };
    (verdict, Some(least), Some((least, most)))
}

/// Of none, any are more than every part.
fn rate(level: &Level, part: [i64; 2], whole: [i64; 2], is_open: bool) -> Judged {
    let holds = |part: i64, whole: i64| match percent(part, whole) {
        Some(percent) => level.bound.holds(percent),
        None => part > 0 && level.bound.asks_for_many(),
    };
    let least = level.with_at_least.unwrap_or(if part[0] > 0 { 0 } else { 1 });
    let verdict = match () {
        () if is_open => Verdict::Running,
        () if whole[0] < least || holds(part[0], whole[1]) != holds(part[1], whole[0]) => Verdict::Undetermined,
        () if holds(part[0], whole[0]) => Verdict::Met,
        () => Verdict::Breached,
    };
    let ends = percent(part[0], whole[1]).zip(percent(part[1], whole[0]));
    (verdict, percent(part[0], whole[0]), ends)
}

impl What {
    fn number(self) -> Option<i64> {
        match self {
            What::Number(number) => Some(number),
            _ => None,
        }
    }
}

fn percent(part: i64, whole: i64) -> Option<Ratio> {
    (whole > 0).then_some(Ratio { part: 100 * part, whole })
}

impl Statistic {
    /// Of numbers in order.
    fn of(self, numbers: &[i64]) -> Option<Ratio> {
        let count = i64::try_from(numbers.len()).unwrap();
        let among = |from: i64, to: i64| {
            i64::try_from(numbers.iter().filter(|number| (from..=to).contains(*number)).count()).unwrap()
        };
        if count == 0 {
            return None;
        }
        match self {
            Statistic::Mean | Statistic::Ces => Some(Ratio { part: numbers.iter().sum(), whole: count }),
            // The smallest of which at least so many are as small or smaller.
            Statistic::Percentile(percent) => {
                let enough = |number: &&i64| 100 * among(i64::MIN, **number) >= percent * count;
                Some(Ratio { part: *numbers.iter().find(enough).unwrap(), whole: 1 })
            }
            Statistic::Nps => percent(among(9, 10) - among(0, 6), count),
            Statistic::Csat => percent(among(9, 10), count),
        }
    }
}

impl Bound {
    fn verdict(self, value: Ratio) -> Verdict {
        if self.holds(value) { Verdict::Met } else { Verdict::Breached }
    }

    fn asks_for_many(self) -> bool {
        matches!(self, Bound::AtLeast(_) | Bound::MoreThan(_))
    }

    pub fn holds(self, value: Ratio) -> bool {
        let tenths = 10 * value.part;
        match self {
            Bound::AtLeast(least) => tenths >= least * value.whole,
            Bound::AtMost(most) => tenths <= most * value.whole,
            Bound::MoreThan(least) => tenths > least * value.whole,
            Bound::LessThan(most) => tenths < most * value.whole,
        }
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.part * other.whole == other.part * self.whole
    }
}
