//! How people behave in a case: behaviours are kept, or broken on purpose, as often as clocks are.

use std::rc::Rc;

use super::agenda::{AgendaItem, IntendedEvent};
use super::facts::Facts;
use super::fields::TRIES;
use super::people::Person;
use super::timeline::CaseTimeline;

use crate::calendar::{Duration, Instant};
use crate::graph::{Behaviour, Conduct, Limit, Times, Trigger};
use crate::vocabulary::Reading;

/// Where a sentence names no time.
const SOON: Duration = Duration::from_hours(4);
/// So many events in a row lead up to one another, and so often something is kept up.
const DEEPEST: u8 = 4;
const MOST_TIMES: u32 = 12;

impl<'w> CaseTimeline<'w> {
    fn behaviour(&self, index: usize) -> Option<&'w Behaviour> {
        self.world.graph.behaviours.get(index)
    }

    /// The behaviours, and whether each is meant to be kept.
    fn meant(&self) -> Vec<(usize, &'w Behaviour, bool)> {
        let behaviours = self.world.graph.behaviours.iter().zip(&self.kept).enumerate();
        behaviours.map(|(index, (behaviour, kept))| (index, behaviour, *kept)).collect()
    }

    /// Decides, once a case, which behaviours are kept in it.
    pub(super) fn choose_manners(&mut self) {
        let breaches = self.world.request.breaches;
        self.kept = self.world.graph.behaviours.iter().map(|_| !self.random.share(breaches)).collect();
    }

    /// The fields of the case, such that what must hold of them holds where it is meant to.
    pub(super) fn case_as_meant(&mut self) -> Rc<[Reading]> {
        let mut fields = self.case_fields();
        for _ in 0..TRIES {
            let facts = Facts { graph: self.world.graph, case: &fields, latest: &self.latest, own: None };
            let as_meant = self.meant().into_iter().all(|(_, behaviour, kept)| match &behaviour.sentence {
                Conduct::MustHold { condition, .. } => facts.holds(condition).is_none_or(|holds| holds == kept),
                _ => true,
            });
            if as_meant {
                break;
            }
            fields = self.case_fields();
        }
        fields
    }

    // ── Before an event ─────────────────────────────────────────────────────────────────────────

    /// Lets happen what must come before an event of this kind.
    pub(super) fn prepare(&mut self, kind: usize) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        for (_, behaviour, kept) in self.meant() {
            let (Conduct::NeedsBefore { every, needs: first } | Conduct::NeverWithout { never: every, without: first }) =
                &behaviour.sentence
            else {
                continue;
            };
            if kept && self.may_be(every, kind) && !self.has_happened(first, None) {
                self.bring_about(first);
            }
        }
        self.depth -= 1;
    }

    /// Whether kept forbid that an event of this kind happens now.
    pub(super) fn is_out_of_place(&self, kind: usize) -> bool {
        self.meant().into_iter().filter(|(_, _, kept)| *kept).any(|(_, behaviour, _)| {
            let judged = match &behaviour.sentence {
                Conduct::Never(never) | Conduct::NeverAfter { never, .. } | Conduct::NeverWithin { never, .. } => never,
                Conduct::Times { times: Times::AtMost | Times::Exactly, of, .. } => of,
                _ => return false,
            };
            self.may_be(judged, kind)
                && match &behaviour.sentence {
                    Conduct::NeverAfter { after, .. } | Conduct::NeverWithin { after, .. } => {
                        self.has_happened(after, None)
                    }
                    Conduct::Times { of, count, .. } => self.times(of) >= *count,
                    _ => true,
                }
        })
    }

    /// Whether an event that says this is as its behaviours are meant to come out.
    pub(super) fn is_as_meant(&self, facts: Facts<'_>, kind: usize) -> bool {
        self.meant().into_iter().all(|(_, behaviour, kept)| match &behaviour.sentence {
            Conduct::MustHold { on, condition } if any_is(on, kind, facts) => facts.holds(condition) == Some(kept),
            _ => true,
        })
    }

    /// Who does it, where a behaviour says who may.
    pub(super) fn person_by_manners(&mut self, kind: usize, person: Option<Person>) -> Option<Person> {
        let mut person = person;
        for (_, behaviour, kept) in self.meant() {
            match &behaviour.sentence {
                Conduct::ByRole { every, role } if kept && self.may_be(every, kind) => {
                    let may = person.as_ref().and_then(|person| person.role);
                    if !may.is_some_and(|may| self.world.graph.is_or_leads(may, *role)) {
                        person = Some(self.world.cast.somebody(self.world.graph, *role, &mut self.random));
                    }
                }
                Conduct::OtherThan { every, other } if self.may_be(every, kind) => {
                    let Some(first) = self.doer_of(other) else { continue };
                    if !kept {
                        person = Some(first);
                    } else if let Some(role) = first.role {
                        for _ in 0..DEEPEST {
                            if person.as_ref().is_none_or(|person| person.name == first.name) {
                                person = Some(self.world.cast.somebody(self.world.graph, role, &mut self.random));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        person
    }

    // ── Behind an event ─────────────────────────────────────────────────────────────────────────

    /// What people do, or fail to do, because of an event of this kind.
    pub(super) fn go_on_as_meant(&mut self, kind: usize) {
        for (index, behaviour, kept) in self.meant() {
            match (&behaviour.sentence, kept) {
                (Conduct::Follows { after, within, .. }, true) if self.may_be(after, kind) => {
                    self.cue_within(index, *within, behaviour);
                }
                (Conduct::AtLeastEvery { from, every, .. }, true) if self.may_be(from, kind) => {
                    self.cue_within(index, Some(*every), behaviour);
                }
                (Conduct::NeverAfter { after, .. }, false) if self.may_be(after, kind) => {
                    self.cue_within(index, None, behaviour);
                }
                (Conduct::NeverWithin { after, within, .. }, false) if self.may_be(after, kind) => {
                    self.cue_within(index, Some(*within), behaviour);
                }
                (Conduct::Never(_), false) | (Conduct::Times { .. }, _) if self.comes_up(index, behaviour, kind) => {
                    self.cue_within(index, None, behaviour);
                }
                _ => {}
            }
        }
    }

    /// Whether the case has come to where a behaviour belongs, for the first time.
    fn comes_up(&mut self, index: usize, behaviour: &Behaviour, kind: usize) -> bool {
        let here = behaviour.touchpoint.is_none() || self.world.place_of(kind) == behaviour.touchpoint;
        here && self.come_up.insert(index)
    }

    fn cue_within(&mut self, index: usize, within: Option<Limit>, behaviour: &Behaviour) {
        let whole = within.and_then(|within| self.world.calendars.budget(within, behaviour.calendar, self.now));
        let wait = self.random.part(whole.unwrap_or(SOON), 10, 80);
        if let Some(at) = self.world.calendars.counting(behaviour.calendar).due(self.now, wait) {
            self.cue_at(at, AgendaItem::Behave { behaviour: index, since: self.now, times: 1 });
        }
    }

    /// Does what a behaviour asks for, or what it forbids.
    pub(super) fn behave(&mut self, index: usize, since: Instant, times: u32) {
        let (Some(behaviour), Some(kept)) = (self.behaviour(index), self.kept.get(index).copied()) else { return };
        match &behaviour.sentence {
            Conduct::Follows { then, .. } if !self.has_happened(then, Some(since)) => self.bring_about(then),
            Conduct::AtLeastEvery { to, keeps, every, .. } => {
                let goes_on = times < MOST_TIMES && !self.has_happened(to, Some(since)) && self.is_going_on();
                if goes_on {
                    self.bring_about(keeps);
                    let whole = self.world.calendars.budget(*every, behaviour.calendar, self.now);
                    let wait = self.random.part(whole.unwrap_or(SOON), 50, 90);
                    if let Some(at) = self.world.calendars.counting(behaviour.calendar).due(self.now, wait) {
                        self.cue_at(at, AgendaItem::Behave { behaviour: index, since, times: times + 1 });
                    }
                }
            }
            Conduct::Never(never) | Conduct::NeverAfter { never, .. } | Conduct::NeverWithin { never, .. } => {
                self.bring_about(never);
            }
            Conduct::Times { times, count, of } => {
                let wanted = match (times, kept) {
                    (Times::AtLeast | Times::Exactly, true) => *count,
                    (Times::AtMost | Times::Exactly, false) => count.saturating_add(1),
                    _ => return,
                };
                for _ in self.times(of)..wanted.min(MOST_TIMES) {
                    self.bring_about(of);
                }
            }
            _ => {}
        }
    }

    /// The end of the case, once nothing else is to come; most cases are closed.
    pub(super) fn close(&mut self, tries: u32) {
        let Some(end) = self.world.graph.case_end.as_ref().and_then(|end| end.on.first()) else { return };
        let end = std::slice::from_ref(end);
        if self.is_going_on() && tries > 0 {
            let wait = self.random.seconds(3600, 86_400);
            return self.cue_in(wait, AgendaItem::Close { tries: tries - 1 });
        }
        if !self.is_going_on() && !self.has_happened(end, None) && self.random.chance(85) {
            self.bring_about(end);
        }
    }

    // ── What has happened ───────────────────────────────────────────────────────────────────────

    /// Lets one of these events happen, if the log can say so.
    fn bring_about(&mut self, any_of: &'w [Trigger]) {
        let of_the_log = |trigger: &&Trigger| trigger.event < self.world.graph.vocabulary.events.len();
        let choices: Vec<&'w Trigger> = any_of.iter().filter(of_the_log).collect();
        let chosen = if choices.len() > 1 { self.random.pick(&choices).copied() } else { choices.first().copied() };
        if let Some(trigger) = chosen {
            self.happen(IntendedEvent {
                kind: trigger.event,
                filter: trigger.filter.as_ref(),
                ..IntendedEvent::default()
            });
        }
    }

    /// Whether an event of this kind may be meant by one of these triggers, before all its fields are known.
    fn may_be(&self, any_of: &[Trigger], kind: usize) -> bool {
        any_of.iter().filter(|trigger| trigger.event == kind).any(|trigger| {
            let filter = trigger.filter.as_ref();
            filter.is_none_or(|filter| self.facts().holds(filter) != Some(false))
        })
    }

    fn happened<'s>(&'s self, any_of: &'s [Trigger]) -> impl Iterator<Item = &'s super::timeline::Row> {
        let facts = self.facts();
        self.rows.iter().rev().filter(move |row| any_is(any_of, row.kind, facts.about(row.kind, &row.fields)))
    }

    fn has_happened(&self, any_of: &[Trigger], since: Option<Instant>) -> bool {
        self.happened(any_of).any(|row| since.is_none_or(|since| row.time > since))
    }

    fn times(&self, any_of: &[Trigger]) -> u32 {
        u32::try_from(self.happened(any_of).count()).unwrap_or(u32::MAX)
    }

    fn doer_of(&self, any_of: &[Trigger]) -> Option<Person> {
        self.happened(any_of).next()?.person.clone()
    }

    /// Whether a clock of the case still runs.
    fn is_going_on(&self) -> bool {
        self.clocks.iter().any(super::clock::Clock::runs)
    }
}

/// Whether an event of this kind, of which this is known, is surely what one of these triggers waits for.
fn any_is(any_of: &[Trigger], kind: usize, facts: Facts<'_>) -> bool {
    any_of.iter().any(|trigger| trigger.event == kind && facts.surely(trigger.filter.as_ref()))
}
