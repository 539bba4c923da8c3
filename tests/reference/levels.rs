//! Levels: shares, means, percentiles, rates and counts per window and group.

pub mod random;
mod rules;

use jiff::ToSpan;
use jiff::civil::Date;
use mot::engine::Verdict;
use num_rational::BigRational as BigRatio;

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
    /// Whether a survey may come without a score; else one without has one that the log does not say.
    pub score_may_be_missing: bool,
    pub levels: Vec<Level>,
    /// A case ends with the so manyth local day after an answer, if anything ends it.
    pub ends_after: Option<i64>,
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
    pub undetermined: Undetermined,
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

/// What a share makes of what cannot be determined.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Undetermined {
    /// Nothing is said: it may turn out as anything.
    Open,
    Missed,
    Excluded,
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
    /// The least and the most that it could be, by what is unknown, if both are numbers.
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
    /// Whether it is a case that goes on: it may yet belong to any group.
    goes_on: bool,
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
    /// A score that the log does not say.
    AnyScore,
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
        let all = self.items(level);
        let items = &all;
        let mut groups: Vec<Vec<Option<Value>>> = items.iter().map(|item| item.group.clone()).collect();
        // None are a number too: of all together, and on every day of the log.
        let counts_none = matches!(level.measure, Measure::Count(_));
        groups.extend((counts_none && level.groups.is_empty()).then(Vec::new));
        groups.sort();
        groups.dedup();
        let mut found = Vec::new();
        for group in groups {
            let items: Vec<&Item> = items.iter().filter(|item| item.group == group).collect();
            let mut dates: Vec<Date> = items.iter().map(|item| self.place.date_of(item.at)).collect();
            if counts_none && (level.groups.is_empty() || level.bound.asks_for_many()) {
                let looks_back = matches!(level.window, Window::Rolling(_)) && !level.bound.asks_for_many();
                dates.extend(self.all_dates().into_iter().take(if looks_back { 1 } else { usize::MAX }));
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
                let mut whats: Vec<What> = items.iter().filter(within).map(|item| item.what).collect();
                if all.iter().filter(|item| within(&item)).any(|item| item.goes_on) {
                    whats.push(What::Open);
                }
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
                    _ if self.world.score_may_be_missing => What::Out,
                    _ => What::AnyScore,
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
            Measure::CasesWith(condition) => {
                self.cases(level, |case, closed| match self.story.holds(condition, self.last_until(case, closed)) {
                    Some(true) => What::Met,
                    Some(false) => What::Missed,
                    None => What::Undetermined,
                })
            }
            Measure::CasesKeeping(rule) => self.cases(level, |case, closed| self.keeps(case, *rule, closed)),
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
            let group = level.groups.iter().map(|field| self.stood(ran.case, field, ran.start)).collect();
            items.push(Item { at, group, what: what(&ran), goes_on: false });
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

    /// By a field of the event, else by what the case said then.
    fn of_event(&self, level: &Level, position: usize, what: What) -> Item {
        let event = &self.story.events[position];
        let group = level.groups.iter().map(|field| match *field {
            "team" => event.own(field),
            field => self.stood(event.case, field, event.at),
        });
        Item { at: event.at, group: group.collect(), what, goes_on: false }
    }

    fn cases(&self, level: &Level, what: impl Fn(usize, Minute) -> What) -> Vec<Item> {
        let item = |case: usize| {
            let begun = self.story.events[self.story.of_case(case)[0]].at;
            let closed = self.closed(level, case, begun);
            let what = closed.map_or(What::Open, |closed| what(case, closed));
            let stood = |field: &&str| self.stood(case, field, closed.unwrap_or(self.as_of));
            let group = level.groups.iter().map(stood).collect();
            Item { at: begun, group, what, goes_on: closed.is_none() }
        };
        self.story.cases().into_iter().map(item).collect()
    }

    /// The last minute of which a case tells a level: that before its end; where nothing ends it, that before
    /// the end of the window that it began in.
    fn closed(&self, level: &Level, case: usize, begun: Minute) -> Option<Minute> {
        let (_, beyond) = match level.window {
            Window::Rolling(_) => window(Window::Rolling(1), self.place.date_of(begun)),
            window_ => window(window_, self.place.date_of(begun)),
        };
        let beyond = beyond.map(|beyond| self.place.first_minute(beyond.at(0, 0, 0, 0)));
        match (self.end_of(case), beyond, self.world.ends_after) {
            (Some(end), ..) => Some(end - 1),
            (None, None, _) => Some(self.as_of),
            (None, Some(_), Some(_)) => None,
            (None, Some(beyond), None) => Some(self.as_of.min(beyond - 1)),
        }
    }

    /// The first minute behind a case that has ended: another answer before it moves it.
    fn end_of(&self, case: usize) -> Option<Minute> {
        let days = self.world.ends_after?;
        let end = |at: Minute| {
            let last = self.place.date_of(at).saturating_add(days.days());
            self.place.first_minute(last.tomorrow().unwrap().at(0, 0, 0, 0))
        };
        let mut ends = None;
        for position in self.story.of_case(case) {
            let event = &self.story.events[position];
            if ends.is_some_and(|ends| event.at >= ends) {
                break;
            }
            if event.kind == "answered" {
                ends = Some(end(event.at));
            }
        }
        ends.filter(|end| *end <= self.as_of)
    }

    /// What the case said by the end of a minute.
    fn stood(&self, case: usize, field: &str, at: Minute) -> Option<Value> {
        self.story.standing(self.last_until(case, at), case, field)
    }

    fn last_until(&self, case: usize, at: Minute) -> usize {
        let positions = self.story.of_case(case);
        *positions.iter().rfind(|position| self.story.events[**position].at <= at).unwrap()
    }

    /// All its decided findings of the case are met, and there is one; unless what cannot be told would
    /// have it otherwise.
    fn keeps(&self, case: usize, rule: Rule, closed: Minute) -> What {
        let verdicts: Vec<Verdict> = match rule {
            Rule::Clock => {
                let ran = self.world.promise.run(&self.story, self.as_of).into_iter();
                ran.filter(|ran| ran.case == case && ran.start <= closed).map(|ran| ran.verdict).collect()
            }
            Rule::Behaviour => {
                let satisfied = self.satisfied().into_iter();
                let of_case = satisfied.filter(|(position, _)| {
                    let event = &self.story.events[*position];
                    event.case == case && event.at <= closed
                });
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
        // A behaviour does not see what comes behind the end of the case.
        let is_over = |position: &usize| {
            let event = &self.story.events[*position];
            self.end_of(event.case).is_some_and(|end| event.at >= end)
        };
        self.surveys().into_iter().filter(|at| !is_over(at)).map(|position| (position, verdict(position))).collect()
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

/// Of those that came to their stop: how long it took is known, whatever was promised.
fn elapsed_of(ran: &Ran) -> What {
    match ran.end {
        _ if ran.is_cancelled => What::Out,
        None => What::Open,
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

/// The verdict that every completion of what is unknown comes to; the value by what is known, and the
/// smallest and the largest of all completions.
fn verdict(level: &Level, whats: &[What], has_ended: bool) -> Judged {
    let known = Tally::of(whats);
    let completions = known.completions(level);
    let is_open = !has_ended || known.open > 0;
    let verdicts: Vec<Verdict> = completions.iter().map(|tally| tally.verdict(level)).collect();
    let agree = verdicts.iter().all(|verdict| *verdict == verdicts[0]);
    // More can only come: too many are too many before the window ends.
    let too_many = matches!(level.measure, Measure::Count(_)) && !level.bound.asks_for_many();
    let verdict = match if agree { verdicts[0] } else { Verdict::Undetermined } {
        Verdict::Breached if too_many => Verdict::Breached,
        _ if is_open => Verdict::Running,
        agreed => agreed,
    };
    let mut value = known.value(level);
    if level.undetermined != Undetermined::Excluded && known.undetermined > 0 {
        value = percent(known.met, known.met + known.missed + known.undetermined);
    }
    // More than any part of none is no number.
    let is_any = completions.iter().any(|tally| tally.bases == 0 && tally.ones > 0);
    let is_rate = matches!(level.measure, Measure::Rate(..));
    let mut values: Vec<Ratio> = completions.iter().filter_map(|tally| tally.value(level)).collect();
    values.sort_by_key(|value| BigRatio::new(value.part.into(), value.whole.into()));
    let ends = values.first().copied().zip(values.last().copied()).filter(|_| !(is_rate && is_any));
    (verdict, value, ends)
}

/// How many of what.
#[derive(Default)]
struct Tally {
    met: i64,
    missed: i64,
    undetermined: i64,
    open: i64,
    numbers: Vec<i64>,
    any_scores: i64,
    ones: i64,
    may_be_ones: i64,
    bases: i64,
    may_be_bases: i64,
}

impl Tally {
    fn of(whats: &[What]) -> Self {
        let mut tally = Tally::default();
        for what in whats {
            match what {
                What::Met => tally.met += 1,
                What::Missed => tally.missed += 1,
                What::Undetermined => tally.undetermined += 1,
                What::Open => tally.open += 1,
                What::Out => {}
                What::Number(number) => tally.numbers.push(*number),
                What::AnyScore => tally.any_scores += 1,
                What::One => tally.ones += 1,
                What::MayBeOne => tally.may_be_ones += 1,
                What::Base => tally.bases += 1,
                What::MayBeBase => tally.may_be_bases += 1,
            }
        }
        tally.numbers.sort_unstable();
        tally
    }

    /// Everything that it may be once all is known.
    fn completions(&self, level: &Level) -> Vec<Tally> {
        let mut all = Vec::new();
        for (met, missed) in self.ways_to_decide(level) {
            for ones in 0..=self.may_be_ones {
                for bases in 0..=self.may_be_bases {
                    for scores in scores(self.any_scores) {
                        let mut whole = Tally {
                            met: self.met + met,
                            missed: self.missed + missed,
                            ones: self.ones + ones,
                            bases: self.bases + bases,
                            numbers: [self.numbers.clone(), scores].concat(),
                            ..Tally::default()
                        };
                        whole.numbers.sort_unstable();
                        all.push(whole);
                    }
                }
            }
        }
        all
    }

    /// Of what cannot be determined, how many are met and missed; a clock may also be neither, a case not.
    fn ways_to_decide(&self, level: &Level) -> Vec<(i64, i64)> {
        let all = self.undetermined;
        let of_cases = matches!(level.measure, Measure::CasesWith(_) | Measure::CasesKeeping(_));
        match level.undetermined {
            Undetermined::Missed => vec![(0, all)],
            Undetermined::Excluded => vec![(0, 0)],
            Undetermined::Open if of_cases => (0..=all).map(|met| (met, all - met)).collect(),
            Undetermined::Open => (0..=all).flat_map(|met| (0..=all - met).map(move |missed| (met, missed))).collect(),
        }
    }

    fn value(&self, level: &Level) -> Option<Ratio> {
        match &level.measure {
            Measure::Count(_) => Some(Ratio { part: self.ones, whole: 1 }),
            Measure::Rate(..) => percent(self.ones, self.bases),
            Measure::Elapsed(statistic) | Measure::Score(statistic) => statistic.of(&self.numbers),
            Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => {
                percent(self.met, self.met + self.missed)
            }
        }
    }

    /// The verdict where all is known.
    fn verdict(&self, level: &Level) -> Verdict {
        let of = match &level.measure {
            Measure::Count(_) => 1,
            // Of none, any are more than every part.
            Measure::Rate(..) if level.with_at_least.is_none() && self.ones > 0 => 1,
            Measure::Rate(..) => self.bases,
            Measure::Elapsed(_) | Measure::Score(_) => i64::try_from(self.numbers.len()).unwrap(),
            Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => self.met + self.missed,
        };
        match self.value(level) {
            _ if of < level.with_at_least.unwrap_or(1) => Verdict::Undetermined,
            Some(value) => level.bound.verdict(value),
            None if level.bound.asks_for_many() => Verdict::Met,
            None => Verdict::Breached,
        }
    }
}

/// Every choice of so many scores; of many only those that are all alike.
fn scores(many: i64) -> Vec<Vec<i64>> {
    if many > 3 {
        return (0..=10).map(|score| vec![score; usize::try_from(many).unwrap()]).collect();
    }
    let mut all = vec![Vec::new()];
    for _ in 0..many {
        let longer = |scores: &Vec<i64>| {
            let from = scores.last().copied().unwrap_or(0);
            let scores = scores.clone();
            (from..=10).map(move |score| [scores.clone(), vec![score]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
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
            // Of two in the middle, what lies between them.
            Statistic::Percentile(50) => {
                let middle = [(numbers.len() - 1) / 2, numbers.len() / 2].map(|index| numbers[index]);
                Some(Ratio { part: middle.iter().sum(), whole: 2 })
            }
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
