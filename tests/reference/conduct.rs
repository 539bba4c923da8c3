//! Behaviours: what must, or must never, happen in a case. Each sentence is judged by looking at the
//! whole story and asking what came before, what came later, and whether that is sure.

pub mod random;
mod rules;

use mot::engine::Verdict;

use super::deadline::Deadlines;
use super::model::{Calendar, Limit, Minute, ROLES};
use super::promise::{Promise, Ran};
use super::story::{Condition, Event, NO_CASE, Relation, Story, Triggers, Truth, Value, any_true, words};

/// Some sentences, and what happened.
#[derive(Clone)]
pub struct World {
    pub zone: &'static str,
    pub calendars: Vec<Calendar>,
    /// `ends on … after …`
    pub end: Option<(Triggers, Limit)>,
    /// A clock whose breach and whose end the sentences may speak of.
    pub promise: Promise,
    pub promise_per_party: bool,
    pub behaviours: Vec<Behaviour>,
    pub story: Story,
    pub as_of: Option<Minute>,
}

#[derive(Clone, Debug)]
pub struct Behaviour {
    pub sentence: Sentence,
    pub counting: Option<usize>,
    pub per_party: bool,
}

#[derive(Clone, Debug)]
pub enum Sentence {
    /// `every … needs … before`
    Needs(Triggers, Triggers),
    /// `never … without …`
    Without(Triggers, Triggers),
    /// `after …, …`, perhaps `within`
    Follows(Triggers, Triggers, Option<Limit>),
    Never(Triggers),
    /// `never … after …`
    NeverAfter(Triggers, Triggers),
    /// `never … within … after …`
    NeverWithin(Triggers, Limit, Triggers),
    /// `at most`, `at least`, `exactly`
    Count(Bound, usize, Triggers),
    /// `between … and …, … at least every …`
    Between(Triggers, Triggers, Triggers, Limit),
    /// `on …, … must hold`
    Must(Triggers, Condition),
    /// `every … must be by someone other than …`
    Other(Triggers, Triggers),
    /// `every … must be by … or above`
    Above(Triggers, usize),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Bound {
    AtMost,
    AtLeast,
    Exactly,
}

/// What came of a sentence: of which, in the case of which name, since when.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Found {
    pub behaviour: usize,
    pub case: usize,
    pub start: Minute,
    pub verdict: Verdict,
}

/// The field that says whose case it is.
pub const PARTY: &str = "customer";

/// What the clock brings about.
pub const BREACH: &str = "breach of promise";
pub const MET: &str = "promise met";

// ── The judge ──

/// Judges every sentence: findings in the order of the sentences, and in each of what they are about.
pub fn judge(world: &World) -> Vec<Found> {
    let Some(as_of) = world.as_of.or(world.story.events.last().map(|event| event.at)) else { return Vec::new() };
    let Some(first) = world.story.events.first() else { return Vec::new() };
    let deadlines = Deadlines::around(world.zone, &world.calendars, first.at);
    let known = world.story.until(as_of);
    let of_cases = world.with_clock(known.clone(), false, as_of);
    let of_parties = world.with_clock(as_parties(&known), true, as_of);
    let mut found = Vec::new();
    for (index, behaviour) in world.behaviours.iter().enumerate() {
        let story = if behaviour.per_party { &of_parties } else { &of_cases };
        for case in story.cases() {
            // What comes behind the end of its case is not seen.
            let is_seen = |position: &usize| {
                let event = &story.events[*position];
                end_of(event.in_case, world, &of_cases, &deadlines).is_none_or(|end| 2 * event.at <= end)
            };
            let positions = story.of_case(case).into_iter().filter(is_seen).collect();
            // A party has no end: it may always come back.
            let end = if behaviour.per_party { None } else { end_of(case, world, &of_cases, &deadlines) };
            let end = end.filter(|end| *end < 2 * as_of);
            let scope = Scope { story, deadlines: &deadlines, positions, end, as_of };
            let judged = scope.judge(behaviour).into_iter();
            found.extend(judged.map(|(start, verdict)| Found { behaviour: index, case, start, verdict }));
        }
    }
    found
}

impl World {
    /// The story with what the clock brings about in it.
    fn with_clock(&self, story: Story, per_party: bool, as_of: Minute) -> Story {
        if self.promise_per_party != per_party {
            return story;
        }
        let mut story = self.promise.bring_about(&story, as_of, BREACH, MET);
        // What a party's clock brings about is in no case that could end.
        let brought_about = |event: &&mut Event| per_party && [BREACH, MET].contains(&event.kind);
        story.events.iter_mut().filter(brought_about).for_each(|event| event.in_case = NO_CASE);
        story
    }

    /// What came of the clock.
    pub fn clocks(&self, as_of: Minute) -> Vec<Ran> {
        let story = self.story.until(as_of);
        self.promise.run(&if self.promise_per_party { as_parties(&story) } else { story }, as_of)
    }
}

/// The story with every party as one case that goes by the name of its first.
pub fn as_parties(story: &Story) -> Story {
    let parties = parties(story);
    let moved = |event: &Event| {
        let cases = parties.iter().find(|cases| cases.contains(&event.case))?;
        Some(Event { case: cases[0], ..event.clone() })
    };
    Story { events: story.events.iter().filter_map(moved).collect() }
}

/// The cases of each party: a case whose party is unknown at its first event belongs to none.
pub fn parties(story: &Story) -> Vec<Vec<usize>> {
    let mut parties: Vec<(Value, Vec<usize>)> = Vec::new();
    for case in story.cases() {
        let Some(party) = story.events[story.of_case(case)[0]].of_case(PARTY) else { continue };
        match parties.iter_mut().find(|(known, _)| *known == party) {
            Some((_, cases)) => cases.push(case),
            None => parties.push((party, vec![case])),
        }
    }
    parties.into_iter().map(|(_, cases)| cases).collect()
}

/// A case, or all cases of a party, as the sentences see it.
struct Scope<'s> {
    story: &'s Story,
    deadlines: &'s Deadlines<'s>,
    /// The events, without what came after the end.
    positions: Vec<usize>,
    /// When it ended, if it has.
    /// In halves of minutes.
    end: Option<i64>,
    as_of: Minute,
}

/// An event that is one of those asked for, or may be.
#[derive(Clone, Copy)]
struct Occurrence {
    position: usize,
    at: Minute,
    sure: bool,
}

type Judged = Vec<(Minute, Verdict)>;

impl Scope<'_> {
    fn occurrences(&self, triggers: &Triggers) -> Vec<Occurrence> {
        let occurrence = |position: &usize| {
            let (position, at) = (*position, self.story.events[*position].at);
            match self.story.is_any(position, triggers) {
                Some(true) => Some(Occurrence { position, at, sure: true }),
                None => Some(Occurrence { position, at, sure: false }),
                Some(false) => None,
            }
        };
        self.positions.iter().filter_map(occurrence).collect()
    }

    fn judge(&self, behaviour: &Behaviour) -> Judged {
        let of = |triggers: &Triggers| self.occurrences(triggers);
        let due = |limit: Limit, from: Minute| self.deadlines.due(limit, from, behaviour.counting);
        match &behaviour.sentence {
            Sentence::Needs(each, partner) | Sentence::Without(each, partner) => self.needs(&of(each), &of(partner)),
            Sentence::Follows(each, then, None) => self.follows(&of(each), &of(then)),
            Sentence::Follows(each, then, Some(limit)) => {
                self.follows_within(&of(each), &of(then), |from| due(*limit, from))
            }
            Sentence::Never(never) => self.at_most(0, &of(never)),
            Sentence::NeverAfter(never, after) => self.never_after(&of(never), &of(after)),
            Sentence::NeverWithin(never, limit, after) => {
                self.never_within(&of(never), &of(after), |from| due(*limit, from))
            }
            Sentence::Count(Bound::AtMost, most, each) => self.at_most(*most, &of(each)),
            Sentence::Count(Bound::AtLeast, least, each) => self.at_least(*least, &of(each)),
            Sentence::Count(Bound::Exactly, count, each) => self.exactly(*count, &of(each)),
            Sentence::Between(from, to, every, limit) => {
                self.between(&of(from), &of(to), &of(every), |from| due(*limit, from))
            }
            Sentence::Must(on, condition) => {
                let judge = |one: Occurrence| (one.at, one.judged(self.story.holds(condition, one.position)));
                of(on).into_iter().map(judge).collect()
            }
            Sentence::Other(each, than) => self.other(&of(each), &of(than)),
            Sentence::Above(each, role) => {
                let judge = |one: Occurrence| {
                    let acted = self.story.events[one.position].role;
                    (one.at, one.judged(acted.map(|acted| acted >= *role)))
                };
                of(each).into_iter().map(judge).collect()
            }
        }
    }

    fn needs(&self, each: &[Occurrence], partner: &[Occurrence]) -> Judged {
        let judge = |one: &Occurrence| {
            let earlier = partner.iter().filter(|partner| partner.position < one.position);
            (one.at, one.judged(happened(earlier)))
        };
        each.iter().map(judge).collect()
    }

    fn follows(&self, each: &[Occurrence], then: &[Occurrence]) -> Judged {
        let judge = |one: &Occurrence| {
            let answered = happened(then.iter().filter(|then| then.position > one.position));
            match answered {
                Some(true) => (one.at, one.judged(answered)),
                _ if self.end.is_none() => (one.at, Verdict::Running),
                _ => (one.at, one.judged(answered)),
            }
        };
        each.iter().map(judge).collect()
    }

    fn follows_within(&self, each: &[Occurrence], then: &[Occurrence], due: impl Fn(Minute) -> i64) -> Judged {
        let judge = |one: &Occurrence| {
            let due = due(one.at);
            let answered = happened(then.iter().filter(|then| then.position > one.position && 2 * then.at <= due));
            match answered {
                Some(true) => (one.at, one.judged(answered)),
                _ if 2 * self.as_of <= due => (one.at, Verdict::Running),
                _ => (one.at, one.judged(answered)),
            }
        };
        each.iter().map(judge).collect()
    }

    /// From the first that may have been, one for the case if nothing is wrong.
    fn never_after(&self, never: &[Occurrence], after: &[Occurrence]) -> Judged {
        let Some(first) = after.first() else { return Vec::new() };
        let judge = |one: &Occurrence| {
            let forbidden = happened(after.iter().filter(|after| after.position < one.position));
            (one.at, one.violating(forbidden))
        };
        let found: Judged = never.iter().filter(|one| one.position > first.position).map(judge).collect();
        if !found.is_empty() {
            return found;
        }
        // If none of them surely happened, there may be nothing to judge.
        let sure = after.iter().any(|after| after.sure);
        let verdict = if self.end.is_some() && !sure { Verdict::Undetermined } else { self.met_at_the_end() };
        vec![(first.at, verdict)]
    }

    fn never_within(&self, never: &[Occurrence], after: &[Occurrence], due: impl Fn(Minute) -> i64) -> Judged {
        let judge = |one: &Occurrence| {
            let due = due(one.at);
            let violated = happened(never.iter().filter(|never| never.position > one.position && 2 * never.at <= due));
            match violated {
                Some(true) if one.sure => (one.at, Verdict::Breached),
                Some(true) => (one.at, Verdict::Undetermined),
                _ if 2 * self.as_of <= due => (one.at, Verdict::Running),
                None => (one.at, Verdict::Undetermined),
                Some(false) => (one.at, one.judged(Some(true))),
            }
        };
        after.iter().map(judge).collect()
    }

    /// Each beyond the most, and each that may be.
    fn at_most(&self, most: usize, each: &[Occurrence]) -> Judged {
        let mut found = Vec::new();
        for (before, one) in each.iter().enumerate() {
            let sure_before = each[..before].iter().filter(|one| one.sure).count();
            match one.sure && sure_before >= most {
                true => found.push((one.at, Verdict::Breached)),
                false if before >= most => found.push((one.at, Verdict::Undetermined)),
                false => {}
            }
        }
        if found.is_empty() { vec![(self.first(), self.met_at_the_end())] } else { found }
    }

    fn at_least(&self, least: usize, each: &[Occurrence]) -> Judged {
        let sure = each.iter().filter(|one| one.sure).count();
        let verdict = match self.end {
            _ if sure >= least => Verdict::Met,
            None => Verdict::Running,
            Some(_) if each.len() < least => Verdict::Breached,
            Some(_) => Verdict::Undetermined,
        };
        vec![(self.first(), verdict)]
    }

    fn exactly(&self, count: usize, each: &[Occurrence]) -> Judged {
        let sure = each.iter().filter(|one| one.sure).count();
        let verdict = match self.end {
            _ if sure > count => Verdict::Breached,
            None => Verdict::Running,
            Some(_) if each.len() < count => Verdict::Breached,
            Some(_) if sure == count && each.len() == count => Verdict::Met,
            Some(_) => Verdict::Undetermined,
        };
        vec![(self.first(), verdict)]
    }

    /// One span after the other: the next begins at the first `from` behind the end of the last.
    fn between(
        &self,
        from: &[Occurrence],
        to: &[Occurrence],
        every: &[Occurrence],
        due: impl Fn(Minute) -> i64,
    ) -> Judged {
        let mut found = Vec::new();
        let mut free_from = 0;
        while let Some(opening) = from.iter().find(|one| one.position >= free_from) {
            let closing = to.iter().find(|one| one.sure && one.position > opening.position);
            found.push((opening.at, self.span(opening, closing, to, every, &due)));
            let Some(closing) = closing else { break };
            free_from = closing.position;
        }
        found
    }

    fn span(
        &self,
        opening: &Occurrence,
        closing: Option<&Occurrence>,
        to: &[Occurrence],
        every: &[Occurrence],
        due: impl Fn(Minute) -> i64,
    ) -> Verdict {
        let inside = |one: &&Occurrence| {
            one.position > opening.position && closing.is_none_or(|closing| one.position < closing.position)
        };
        // What ends the last gap: the closing event, the end of the case, or nothing yet.
        let last = closing.map(|closing| 2 * closing.at).or(self.end).unwrap_or(2 * self.as_of);
        let mut gaps = vec![opening];
        gaps.extend(every.iter().filter(inside).filter(|one| one.sure));
        for (index, from) in gaps.iter().enumerate() {
            let until = gaps.get(index + 1).map_or(last, |next| 2 * next.at);
            let over = due(from.at);
            if over < until {
                // It would be in order if one that is not sure told in this gap, or had ended the span.
                let ended = to.iter().filter(inside).any(|one| 2 * one.at <= over);
                let told = every.iter().filter(inside).any(|one| one.position > from.position && 2 * one.at <= over);
                return if opening.sure && !ended && !told { Verdict::Breached } else { Verdict::Undetermined };
            }
        }
        match closing.is_some() || self.end.is_some() {
            true => opening.judged(Some(true)),
            false => Verdict::Running,
        }
    }

    /// Four eyes.
    fn other(&self, each: &[Occurrence], than: &[Occurrence]) -> Judged {
        let actor = |one: &Occurrence| self.story.events[one.position].actor;
        let judge = |one: &Occurrence| {
            let same = any_true(than.iter().filter(|than| than.position < one.position).map(|than| {
                let same = match (actor(one), actor(than)) {
                    (Some(one), Some(other)) => Some(one == other),
                    _ => None,
                };
                // It matters only if it was one of those at all.
                match (than.sure, same) {
                    (_, Some(false)) => Some(false),
                    (true, same) => same,
                    (false, _) => None,
                }
            }));
            (one.at, one.judged(same.map(|same| !same)))
        };
        each.iter().map(judge).collect()
    }

    fn met_at_the_end(&self) -> Verdict {
        if self.end.is_some() { Verdict::Met } else { Verdict::Running }
    }

    /// When the case began.
    fn first(&self) -> Minute {
        self.story.events[self.positions[0]].at
    }
}

impl Occurrence {
    /// An event that asks for something: a lack of it is a breach only if both are sure, and if it is not sure itself
    /// there may be nothing to judge.
    fn judged(&self, kept: Truth) -> Verdict {
        match kept {
            Some(true) if self.sure => Verdict::Met,
            Some(false) if self.sure => Verdict::Breached,
            _ => Verdict::Undetermined,
        }
    }

    /// An event that is forbidden if that is so.
    fn violating(&self, forbidden: Truth) -> Verdict {
        if self.sure && forbidden == Some(true) { Verdict::Breached } else { Verdict::Undetermined }
    }
}

/// Whether any of them happened.
fn happened<'o>(occurrences: impl Iterator<Item = &'o Occurrence>) -> Truth {
    any_true(occurrences.map(|one| one.sure.then_some(true)))
}

/// When a case ends, in halves of minutes: so long after the latest event that ends it. What comes behind
/// is not of it.
fn end_of(case: usize, world: &World, story: &Story, deadlines: &Deadlines<'_>) -> Option<i64> {
    let (triggers, after) = world.end.as_ref()?;
    let mut end = None;
    for position in story.of_case(case) {
        let at = story.events[position].at;
        if end.is_some_and(|end| 2 * at > end) {
            break;
        }
        if story.is_any(position, triggers) == Some(true) {
            end = Some(deadlines.on_the_wall(*after, at));
        }
    }
    end
}
