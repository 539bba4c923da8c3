//! Why a promise was broken: facts of a case, causes that hold by them, what they call for, and
//! moments that are out of control.

pub mod random;
mod rules;

use mot::engine::Verdict;

use super::model::Minute;
use super::promise::Promise;
use super::story::{Event, Story, Truth, Value, all_true, any_true, not};

/// One clock, two sentences, what may have caused their breaches, and what happened.
#[derive(Clone)]
pub struct World {
    /// From `opened` to `answered`.
    pub promise: Promise,
    /// `after opened, called within …`
    pub callback: Minute,
    pub causes: Vec<Cause>,
    /// Of each remedy the causes that call for it.
    pub remedies: Vec<(Rule, Vec<usize>)>,
    /// Of the moment that the clock belongs to.
    pub out_of_control: When,
    /// `ends on answered after …`
    pub end: Option<Minute>,
    pub story: Story,
    pub as_of: Option<Minute>,
}

#[derive(Clone, Debug)]
pub struct Cause {
    pub of: Vec<Rule>,
    pub when: When,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rule {
    Promise,
    Callback,
    /// `never complained`
    Calm,
}

#[derive(Clone, PartialEq, Debug)]
pub enum When {
    /// At least, or less than, so much: minutes or a number.
    Fact(Fact, Compare, i64),
    /// The case's `vip`.
    Vip,
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Compare {
    AtLeast,
    LessThan,
    MoreThan,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fact {
    Overshoot,
    Paused,
    Handovers,
    CountOf(&'static str),
    TimeFrom(&'static str, &'static str),
    WaitingForApproval,
}

pub const BREACH: &str = "breach of promise";
pub const MET: &str = "promise met";

/// What came of a rule, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    pub rule: Rule,
    pub case: usize,
    pub start: Minute,
    pub verdict: Verdict,
    /// The causes that hold, and those of which it cannot be told.
    pub causes: Vec<(usize, bool)>,
    pub remedies: Vec<usize>,
}

/// What facts are read from: a part of a case.
struct Part<'s> {
    story: &'s Story,
    /// The positions of its events.
    positions: Vec<usize>,
    from: Minute,
    to: Minute,
    overshoot: Option<Minute>,
    paused: Option<Minute>,
}

// ── The judge ──

/// Judges the rules, in the order of rules, cases and starts.
pub fn judge(world: &World) -> Vec<Found> {
    let Some((story, as_of)) = world.as_it_is_known() else { return Vec::new() };
    let mut found = Vec::new();
    for ran in world.promise.run(&story, as_of) {
        let to = ran.end.map_or(as_of, |(_, at)| at);
        let (overshoot, paused) = (Some(ran.overshoot), Some(ran.paused));
        let part = Part { overshoot, paused, ..Part::of(&story, ran.case, ran.start, to) };
        found.push(world.found(Rule::Promise, ran.case, ran.start, ran.verdict, &part));
    }
    for (position, event) in story.events.iter().enumerate().filter(|(_, event)| !world.is_over(&story, event)) {
        let case = event.case;
        if event.kind == "opened" {
            let due = event.at + world.callback;
            let calls = story.events.iter().skip(position).filter(|event| event.case == case && event.kind == "called");
            let is_called = calls.into_iter().any(|call| call.at <= due && !world.is_over(&story, call));
            let verdict = match is_called {
                true => Verdict::Met,
                false if due < as_of => Verdict::Breached,
                false => Verdict::Running,
            };
            let part = Part::of(&story, case, event.at, due.min(as_of));
            found.push(world.found(Rule::Callback, case, event.at, verdict, &part));
        }
        if event.kind == "complained" {
            let part = Part::of(&story, case, event.at, event.at);
            found.push(world.found(Rule::Calm, case, event.at, Verdict::Breached, &part));
        }
    }
    for case in story.cases() {
        if !found.iter().any(|found| found.rule == Rule::Calm && found.case == case) {
            let start = story.events[story.of_case(case)[0]].at;
            let verdict =
                if world.end_of(&story, case).is_some_and(|end| end < as_of) { Verdict::Met } else { Verdict::Running };
            found.push(Found { rule: Rule::Calm, case, start, verdict, causes: Vec::new(), remedies: Vec::new() });
        }
    }
    found.sort_by_key(|found| (found.rule, found.case, found.start));
    found
}

/// Judges the moment in each case in which its clock has run: a case, since when, and how.
pub fn judge_moment(world: &World) -> Vec<(usize, Option<Minute>, Verdict)> {
    let Some((story, as_of)) = world.as_it_is_known() else { return Vec::new() };
    let ran = world.promise.run(&story, as_of);
    let mut found = Vec::new();
    for case in story.cases() {
        if !ran.iter().any(|ran| ran.case == case) {
            continue;
        }
        let end = world.end_of(&story, case).filter(|end| *end < as_of);
        let positions = story.of_case(case);
        let seen = positions.iter().copied().filter(|position| end.is_none_or(|end| story.events[*position].at <= end));
        let seen: Vec<usize> = seen.collect();
        let looks = seen.iter().map(|last| {
            let (from, to) = (story.events[positions[0]].at, story.events[*last].at);
            let mut part = Part::of(&story, case, from, to);
            part.positions.retain(|position| position <= last);
            (to, part.holds(&world.out_of_control))
        });
        let looks: Vec<(Minute, Truth)> = looks.collect();
        let broken = looks.iter().find(|(_, truth)| *truth == Some(true)).map(|(at, _)| *at);
        let verdict = match (broken, end, looks.last()) {
            (Some(_), ..) => Verdict::Breached,
            (None, Some(_), Some((_, None))) => Verdict::Undetermined,
            (None, Some(_), _) => Verdict::Met,
            (None, None, _) => Verdict::Running,
        };
        found.push((case, broken, verdict));
    }
    found
}

impl World {
    /// With what the clock has brought about.
    fn as_it_is_known(&self) -> Option<(Story, Minute)> {
        let as_of = self.as_of.or(self.story.events.last().map(|event| event.at))?;
        Some((self.promise.bring_about(&self.story.until(as_of), as_of, BREACH, MET), as_of))
    }

    fn found(&self, rule: Rule, case: usize, start: Minute, verdict: Verdict, part: &Part<'_>) -> Found {
        let (mut causes, mut remedies) = (Vec::new(), Vec::new());
        if verdict == Verdict::Breached {
            for (index, cause) in self.causes.iter().enumerate().filter(|(_, cause)| cause.of.contains(&rule)) {
                match part.holds(&cause.when) {
                    Some(true) => causes.push((index, true)),
                    None => causes.push((index, false)),
                    Some(false) => {}
                }
            }
            for (index, (of, caused_by)) in self.remedies.iter().enumerate() {
                let is_called_for =
                    caused_by.is_empty() || caused_by.iter().any(|cause| causes.contains(&(*cause, true)));
                if *of == rule && is_called_for {
                    remedies.push(index);
                }
            }
        }
        Found { rule, case, start, verdict, causes, remedies }
    }

    /// When a case ends: what comes behind is not of it.
    fn end_of(&self, story: &Story, case: usize) -> Option<Minute> {
        let after = self.end?;
        let mut end = None;
        for position in story.of_case(case) {
            let event = &story.events[position];
            if end.is_some_and(|end| event.at > end) {
                break;
            }
            if event.kind == "answered" {
                end = Some(event.at + after);
            }
        }
        end
    }

    fn is_over(&self, story: &Story, event: &Event) -> bool {
        self.end_of(story, event.case).is_some_and(|end| event.at > end)
    }
}

// ── Facts ──

impl When {
    /// Whether it asks what only a clock can tell.
    fn is_of_clock(&self) -> bool {
        match self {
            When::Fact(fact, ..) => matches!(fact, Fact::Overshoot | Fact::Paused),
            When::Vip => false,
            When::All(parts) | When::Any(parts) => parts.iter().any(When::is_of_clock),
            When::Not(inner) => inner.is_of_clock(),
        }
    }
}

impl<'s> Part<'s> {
    /// From one instant to another, both included, with what no clock tells.
    fn of(story: &'s Story, case: usize, from: Minute, to: Minute) -> Self {
        let is_inside = |position: &usize| (from..=to).contains(&story.events[*position].at);
        let positions = story.of_case(case).into_iter().filter(is_inside).collect();
        Self { story, positions, from, to, overshoot: None, paused: None }
    }

    fn holds(&self, when: &When) -> Truth {
        match when {
            When::Fact(fact, compare, number) => {
                let fact = self.fact(*fact)?;
                Some(match compare {
                    Compare::AtLeast => fact >= *number,
                    Compare::MoreThan => fact > *number,
                    Compare::LessThan => fact < *number,
                })
            }
            When::Vip => {
                let last = *self.positions.last()?;
                let vip = self.story.standing(last, self.story.events[last].case, "vip")?;
                Some(vip == Value::Yes(true))
            }
            When::All(parts) => all_true(parts.iter().map(|part| self.holds(part))),
            When::Any(parts) => any_true(parts.iter().map(|part| self.holds(part))),
            When::Not(inner) => not(self.holds(inner)),
        }
    }

    fn fact(&self, fact: Fact) -> Option<i64> {
        let events = || self.positions.iter().map(|position| &self.story.events[*position]);
        let count = |count: usize| Some(i64::try_from(count).unwrap());
        match fact {
            Fact::Overshoot => self.overshoot,
            Fact::Paused => self.paused,
            Fact::Handovers => {
                let actors: Vec<usize> = events().filter_map(|event| event.actor).collect();
                count(actors.windows(2).filter(|pair| pair[0] != pair[1]).count())
            }
            Fact::CountOf(kind) => count(events().filter(|event| event.kind == kind).count()),
            Fact::TimeFrom(from, to) => {
                let mut rest = events().skip_while(|event| event.kind != from);
                let from = rest.next()?;
                Some(rest.find(|event| event.kind == to)?.at - from.at)
            }
            Fact::WaitingForApproval => {
                let waits = self.waits();
                let waiting = |minute: &Minute| waits.iter().any(|(from, to)| from <= minute && minute < to);
                count((self.from..self.to).filter(waiting).count())
            }
        }
    }

    /// From each asking to its answer: who asked first is answered first.
    fn waits(&self) -> Vec<(Minute, Minute)> {
        let last = *self.positions.last().unwrap();
        let case = self.story.events[last].case;
        let mut waits: Vec<(Minute, Minute)> = Vec::new();
        for event in self.story.events[..=last].iter().filter(|event| event.case == case) {
            match event.kind {
                "asked" => waits.push((event.at, Minute::MAX)),
                "granted" | "refused" => {
                    if let Some(first) = waits.iter_mut().find(|(_, to)| *to == Minute::MAX) {
                        first.1 = event.at;
                    }
                }
                _ => {}
            }
        }
        waits
    }
}
