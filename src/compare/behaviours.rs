//! Two behaviours: what each asks of which event, and what is enough for it.

use std::borrow::Cow;

use super::cases::{Sought, Wanted, started_by};
use super::counted_limits::{CountedLimit, Later, days_of};
use super::differences::{Does, Incomparable, Looser};
use super::{Contrast, Strictness};

use crate::graph::{Behaviour, Conduct, Times};
use crate::graph::{Condition, Limit, Trigger};
use crate::proofs::TruthSet;
use crate::source::Span;

impl Strictness<'_> {
    /// How a behaviour stands to another.
    pub fn behaviours(&self, mine: &Behaviour, other: &Behaviour) -> Contrast {
        let mut contrast = Contrast::default();
        if mine.per_party != other.per_party {
            contrast.open(Incomparable::OtherScope, mine.span, other.span);
        }
        let sentences = Sentences { strictness: self, mine, other };
        if sentences.compare(&mut contrast).is_none() {
            contrast.open(Incomparable::OtherKind, mine.span, other.span);
        }
        contrast
    }
}

/// Two sentences.
struct Sentences<'s, 'g> {
    strictness: &'s Strictness<'g>,
    mine: &'s Behaviour,
    other: &'s Behaviour,
}

impl Sentences<'_, '_> {
    /// None if they are of different kinds.
    fn compare(&self, contrast: &mut Contrast) -> Option<()> {
        use Conduct::{
            AtLeastEvery, ByRole, Follows, MustHold, NeedsBefore, Never, NeverAfter, NeverWithin, NeverWithout,
            OtherThan,
        };
        match (&self.mine.sentence, &self.other.sentence) {
            // Two ways to say that one thing comes before another.
            (
                NeedsBefore { every: one, needs: first } | NeverWithout { never: one, without: first },
                NeedsBefore { every: two, needs: second } | NeverWithout { never: two, without: second },
            ) => {
                self.asks(contrast, one, two);
                self.is_enough(contrast, Does::Answers, first, second);
            }
            (
                Follows { after: one, then: first, within: mine },
                Follows { after: two, then: second, within: other },
            ) => {
                self.asks(contrast, one, two);
                self.is_enough(contrast, Does::Answers, first, second);
                self.within(contrast, *mine, *other);
            }
            // Never at all is stricter than never behind, without or soon after something.
            (
                Never(one),
                Never(two)
                | NeverAfter { never: two, .. }
                | NeverWithout { never: two, .. }
                | NeverWithin { never: two, .. },
            ) => self.asks(contrast, one, two),
            (
                NeverAfter { never: one, after: first },
                NeverAfter { never: two, after: second } | NeverWithin { never: two, after: second, .. },
            ) => {
                self.asks(contrast, one, two);
                self.asks(contrast, first, second);
            }
            (
                NeverWithin { never: one, within: mine, after: first },
                NeverWithin { never: two, within: other, after: second },
            ) => {
                self.asks(contrast, one, two);
                self.asks(contrast, first, second);
                self.for_at_least(contrast, *mine, *other);
            }
            (mine @ (Conduct::Times { .. } | Never(_)), other @ Conduct::Times { .. }) => {
                self.times(contrast, mine, other)?;
            }
            (
                AtLeastEvery { from: one, to: first, keeps: kept, every: mine },
                AtLeastEvery { from: two, to: second, keeps: also, every: other },
            ) => {
                self.asks(contrast, one, two);
                self.is_enough(contrast, Does::Ends, first, second);
                self.is_enough(contrast, Does::Answers, kept, also);
                self.within(contrast, Some(*mine), Some(*other));
            }
            (MustHold { on: one, condition: mine }, MustHold { on: two, condition: other }) => {
                self.asks(contrast, one, two);
                self.must_hold(contrast, (one, mine), (two, other));
            }
            (OtherThan { every: one, other: first }, OtherThan { every: two, other: second }) => {
                self.asks(contrast, one, two);
                self.asks(contrast, first, second);
            }
            (ByRole { every: one, role: mine }, ByRole { every: two, role: other }) => {
                self.asks(contrast, one, two);
                self.by_role(contrast, *mine, *other);
            }
            _ => return None,
        }
        Some(())
    }

    /// What the other looks at, mine does too.
    fn asks(&self, contrast: &mut Contrast, mine: &[Trigger], other: &[Trigger]) {
        let all: Vec<&Trigger> = mine.iter().collect();
        self.strictness.does_less(contrast, Does::Asked, &all, other, self.span_of(mine, self.mine));
    }

    /// What is enough for mine is enough for the other.
    fn is_enough(&self, contrast: &mut Contrast, does: Does, mine: &[Trigger], other: &[Trigger]) {
        let all: Vec<&Trigger> = other.iter().collect();
        self.strictness.does_more(contrast, does, mine, &all, self.span_of(other, self.other));
    }

    /// Where some events are written, or the behaviour if none are.
    fn span_of(&self, triggers: &[Trigger], behaviour: &Behaviour) -> Span {
        triggers.first().map_or(behaviour.span, |trigger| trigger.span)
    }

    fn within(&self, contrast: &mut Contrast, mine: Option<Limit>, other: Option<Limit>) {
        match (mine, other) {
            (_, None) => {}
            (None, Some(other)) => self.bound(contrast, "its time", "by the end of the case".into(), other.to_string()),
            (Some(mine), Some(other)) => self.no_later(contrast, mine, other, false),
        }
    }

    fn for_at_least(&self, contrast: &mut Contrast, mine: Limit, other: Limit) {
        self.no_later(contrast, mine, other, true);
    }

    /// That one limit ends no later than the other; turned around, no earlier.
    fn no_later(&self, contrast: &mut Contrast, mine: Limit, other: Limit, turned: bool) {
        let graph = self.strictness.graph;
        let calendars = [self.mine.calendar, self.other.calendar];
        let hours = calendars.iter().flatten().filter_map(|calendar| graph.calendars.get(*calendar));
        let days = days_of(graph.service.effective, hours.map(|calendar| &calendar.hours));
        let one = CountedLimit::of_a_behaviour(graph, mine, self.mine.calendar);
        let two = CountedLimit::of_a_behaviour(graph, other, self.other.calendar);
        let later = if turned { two.is_later_than(&one, false, days) } else { one.is_later_than(&two, false, days) };
        match later {
            Later::Never | Later::UnlessPaused => {}
            Later::Always => self.bound(contrast, "its time", mine.to_string(), other.to_string()),
            Later::From(start, first, second) => {
                let (first, second) = if turned { (second, first) } else { (first, second) };
                let local = |at| graph.vocabulary.zone.local(at);
                let way = Looser::Due { case: None, start: local(start), mine: local(first), other: local(second) };
                contrast.less(way, self.mine.span, self.other.span);
            }
        }
    }

    fn bound(&self, contrast: &mut Contrast, of: &'static str, mine: String, other: String) {
        contrast.less(Looser::Bound { of, mine, other }, self.mine.span, self.other.span);
    }

    /// Counts; none if they point in different directions.
    fn times(&self, contrast: &mut Contrast, mine: &Conduct, other: &Conduct) -> Option<()> {
        let (my_times, my_count, my_event) = counted(mine)?;
        let (their_times, their_count, their_event) = counted(other)?;
        let at_most = |times: Times| times != Times::AtLeast;
        let at_least = |times: Times| times != Times::AtMost;
        if (at_most(their_times) && !at_most(my_times)) || (at_least(their_times) && !at_least(my_times)) {
            return None;
        }
        let said = |times: Times, count: u32| match times {
            Times::AtMost => format!("at most {count}"),
            Times::AtLeast => format!("at least {count}"),
            Times::Exactly => format!("exactly {count}"),
        };
        let looser =
            (at_most(their_times) && my_count > their_count) || (at_least(their_times) && my_count < their_count);
        if looser {
            self.bound(contrast, "its count", said(my_times, my_count), said(their_times, their_count));
        }
        if at_most(their_times) {
            self.asks(contrast, my_event, their_event);
        }
        if at_least(their_times) {
            self.is_enough(contrast, Does::Answers, my_event, their_event);
        }
        Some(())
    }

    /// What fails the other fails mine.
    fn must_hold(&self, contrast: &mut Contrast, mine: (&[Trigger], &Condition), other: (&[Trigger], &Condition)) {
        for trigger in other.0 {
            // An event that mine does not look at is told already.
            let Some(at) = mine.0.iter().find(|known| known.event == trigger.event).map(|known| known.span) else {
                continue;
            };
            let mut wanted: Vec<Wanted<'_>> = vec![
                (Cow::Borrowed(other.1), TruthSet::FALSE),
                (Cow::Borrowed(mine.1), TruthSet::TRUE | TruthSet::UNKNOWN),
            ];
            wanted.extend(trigger.filter.iter().map(|filter| (Cow::Borrowed(filter), TruthSet::TRUE)));
            match self.strictness.case(&started_by(wanted, trigger.event)) {
                Sought::None => {}
                Sought::Undecided => contrast.open(Incomparable::TooMany, at, trigger.span),
                Sought::Case(case) => {
                    let event = self.strictness.graph.event_name(trigger.event);
                    contrast.less(Looser::Event { does: Does::Passes, event, case }, at, trigger.span);
                }
            }
        }
    }

    fn by_role(&self, contrast: &mut Contrast, mine: usize, other: usize) {
        let graph = self.strictness.graph;
        if graph.is_or_leads(mine, other) {
            return;
        }
        let role = |role: usize| graph.roles.get(role).map(|role| role.name.clone()).unwrap_or_default();
        self.bound(contrast, "who may do it", format!("{} or above", role(mine)), format!("{} or above", role(other)));
    }
}

/// How often what must happen; never is at most no times.
fn counted(conduct: &Conduct) -> Option<(Times, u32, &[Trigger])> {
    match conduct {
        Conduct::Times { times, count, of } => Some((*times, *count, of)),
        Conduct::Never(of) => Some((Times::AtMost, 0, of)),
        Conduct::NeedsBefore { .. }
        | Conduct::Follows { .. }
        | Conduct::NeverAfter { .. }
        | Conduct::NeverWithout { .. }
        | Conduct::NeverWithin { .. }
        | Conduct::AtLeastEvery { .. }
        | Conduct::MustHold { .. }
        | Conduct::OtherThan { .. }
        | Conduct::ByRole { .. } => None,
    }
}
