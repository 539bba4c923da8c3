//! The simplest of clocks, on the wall: what levels, scores and causes are made of.

use mot::engine::Verdict;

use super::model::Minute;
use super::story::{Condition, Event, Story, Value};

/// `from … to … within …`, perhaps with a cancel, a pause, and cases to which nothing is promised.
#[derive(Clone, Debug)]
pub struct Promise {
    pub from: &'static str,
    /// `from … where …`, which is never unknown.
    pub filter: Option<Condition>,
    pub to: &'static str,
    pub cancel: Option<&'static str>,
    /// From the one to the other no time counts.
    pub pause: Option<(&'static str, &'static str)>,
    pub within: Minute,
    /// `beyond expectation within …`
    pub beyond: Option<Minute>,
    /// `no target when … is true`: a field of the start.
    pub unless: Option<&'static str>,
}

/// What came of one clock.
#[derive(Clone, PartialEq, Debug)]
pub struct Ran {
    pub case: usize,
    pub start: Minute,
    pub due: Option<Minute>,
    /// By which event it began.
    pub began: usize,
    /// By which event and when it came to its stop or cancel.
    pub end: Option<(usize, Minute)>,
    /// Whether that was a cancel.
    pub is_cancelled: bool,
    pub verdict: Verdict,
    /// Met, and better than promised.
    pub better: bool,
    /// Counted time to its end, or to now.
    pub elapsed: Minute,
    /// Counted time beyond due.
    pub overshoot: Minute,
    /// The time that did not count.
    pub paused: Minute,
}

impl Promise {
    /// As people write it, but for the closing brace.
    pub fn standard(&self, name: &str) -> String {
        let filter = self.filter.as_ref().map(|filter| format!(" where ({filter})")).unwrap_or_default();
        let mut text = format!("standard {name} {{\n  from {}{filter} to {}\n", self.from, self.to);
        if let Some(cancel) = self.cancel {
            text += &format!("  cancel on {cancel}\n");
        }
        if let Some((pause, resume)) = self.pause {
            text += &format!("  pause on {pause} resume on {resume}\n");
        }
        match self.unless {
            Some(field) => text += &format!("  no target when {field} is true\n  within {}m otherwise\n", self.within),
            None => text += &format!("  within {}m\n", self.within),
        }
        if let Some(beyond) = self.beyond {
            text += &format!("  beyond expectation within {beyond}m\n");
        }
        text
    }

    /// The story with what the clocks bring about: their ends right behind the events that end them,
    /// their breaches behind all events of the instant at which they are due.
    pub fn bring_about(&self, story: &Story, as_of: Minute, breach: &'static str, met: &'static str) -> Story {
        let ranked = story.events.iter().enumerate().map(|(position, event)| ((event.at, position, 0), event.clone()));
        let mut ranked: Vec<((Minute, usize, usize), Event)> = ranked.collect();
        for ran in self.run(story, as_of) {
            match (ran.verdict, ran.due, ran.end) {
                (Verdict::Breached, Some(due), _) => {
                    ranked.push(((due, usize::MAX, ran.case), Event::brought_about(due, ran.case, breach)));
                }
                (Verdict::Met, _, Some((position, at))) => {
                    ranked.push(((at, position, 1), Event::brought_about(at, ran.case, met)));
                }
                _ => {}
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        Story { events: ranked.into_iter().map(|(_, event)| event).collect() }
    }

    /// The clocks of a story that ends at `as_of`, in the order of their starts.
    pub fn run(&self, story: &Story, as_of: Minute) -> Vec<Ran> {
        story.cases().into_iter().flat_map(|case| self.run_in(story, &story.of_case(case), as_of)).collect()
    }

    fn run_in(&self, story: &Story, positions: &[usize], as_of: Minute) -> Vec<Ran> {
        let mut ran = Vec::new();
        let kind = |index: &usize| story.events[positions[*index]].kind;
        let holds = |index: &usize| {
            self.filter.as_ref().is_none_or(|filter| story.holds(filter, positions[*index]) == Some(true))
        };
        let mut next = 0;
        while let Some(start) = (next..positions.len()).find(|index| kind(index) == self.from && holds(index)) {
            let ends = |index: &usize| kind(index) == self.to || Some(kind(index)) == self.cancel;
            let end = (start + 1..positions.len()).find(ends);
            next = end.map_or(positions.len(), |end| end + 1);
            let before: Vec<&Event> = positions[..start].iter().map(|position| &story.events[*position]).collect();
            ran.push(self.judge(story, &before, &positions[start..next], end.is_some(), as_of));
        }
        ran
    }

    /// One clock by what came before it and the positions of the events from its start to its end.
    fn judge(&self, story: &Story, before: &[&Event], positions: &[usize], has_ended: bool, as_of: Minute) -> Ran {
        let own = positions.iter().map(|position| &story.events[*position]);
        let events: Vec<&Event> = before.iter().copied().chain(own).collect();
        let events = events.as_slice();
        let start = events[before.len()];
        let end = events.last().filter(|_| has_ended);
        let until = end.map_or(as_of, |end| end.at);
        let counts: Vec<bool> = (start.at..until).map(|minute| !self.is_paused(events, minute)).collect();
        let elapsed = count(&counts);
        let target = match self.unless.map(|field| start.own(field)) {
            None | Some(Some(Value::Yes(false))) => Some(self.within),
            _ => None,
        };
        // An end comes too late for what was reached before its last minute.
        let before = counts.split_last().map(|(_, before)| count(before));
        let too_late_for = |line: Minute| before.is_some_and(|before| before >= line);
        let late = target.is_some_and(too_late_for);
        let verdict = match (end, target) {
            (_, Some(_)) if late => Verdict::Breached,
            // It may have been breached before.
            (_, None) if self.unless.is_some_and(|field| start.own(field).is_none()) => Verdict::Undetermined,
            (Some(end), Some(_)) if Some(end.kind) == self.cancel => Verdict::Cancelled,
            (Some(_), Some(_)) => Verdict::Met,
            (None, Some(_)) if self.is_paused(events, until) => Verdict::Paused,
            (None, Some(_)) => Verdict::Running,
            (_, None) => Verdict::NoTarget,
        };
        let reached = |target| (0..=counts.len()).find(|minutes| count(&counts[..*minutes]) >= target);
        let due = target.and_then(|target| match reached(target) {
            Some(minutes) => Some(start.at + Minute::try_from(minutes).unwrap()),
            None if self.is_paused(events, until) => None,
            None => Some(until + target - elapsed),
        });
        Ran {
            case: start.case,
            start: start.at,
            due,
            began: positions[0],
            is_cancelled: end.is_some_and(|end| Some(end.kind) == self.cancel),
            end: end.map(|end| (positions[positions.len() - 1], end.at)),
            verdict,
            better: verdict == Verdict::Met && self.beyond.is_some_and(|beyond| !too_late_for(beyond)),
            elapsed,
            overshoot: target.filter(|_| late).map_or(0, |target| elapsed - target),
            paused: until - start.at - elapsed,
        }
    }

    /// Whether the minute that begins then does not count: the case is on hold, perhaps since before the start.
    fn is_paused(&self, events: &[&Event], minute: Minute) -> bool {
        let Some((pause, resume)) = self.pause else { return false };
        let so_far = events.iter().filter(|event| event.at <= minute);
        let ends = |event: &Event| event.kind == self.to || Some(event.kind) == self.cancel;
        let after =
            |paused: bool, event: &Event| (paused && !ends(event) || event.kind == pause) && event.kind != resume;
        so_far.fold(false, |paused, event| after(paused, event))
    }
}

fn count(minutes: &[bool]) -> Minute {
    Minute::try_from(minutes.iter().filter(|counts| **counts).count()).unwrap()
}
