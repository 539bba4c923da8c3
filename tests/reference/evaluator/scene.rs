//! A case as it stands at an instant: what its fields say, what conditions and tables come to, and how
//! time is counted.

use jiff::civil::Date;

use super::super::calendar::{OpenMinutes, Place};
use super::super::model::*;
use super::Happening;
use super::instance::{Budget, Instance, Target, Until};

/// All that stays the same from case to case.
pub struct Surroundings<'w> {
    pub world: &'w World,
    service: Place,
    calendars: Vec<OpenMinutes<'w>>,
    /// From when to when each exemption holds, if it says so.
    windows: Vec<Option<(Minute, Minute)>>,
    pub as_of: Minute,
}

impl<'w> Surroundings<'w> {
    pub fn of(world: &'w World, first: Minute, last: Minute) -> Self {
        let service = Place::named(world.zone);
        let as_of = world.as_of.unwrap_or(last);
        let known = (first, last.max(as_of));
        let calendars = world.calendars.iter().map(|calendar| OpenMinutes::around(calendar, known)).collect();
        let windows = world.exemptions.iter().map(|exemption| {
            let (from, to) = exemption.window?;
            Some((service.beginning(from), service.end(to)))
        });
        let windows = windows.collect();
        Surroundings { world, service, calendars, windows, as_of }
    }
}

/// What is known of a case at an instant.
pub struct Scene<'w> {
    pub around: &'w Surroundings<'w>,
    fields: CaseFields,
    noted: Own,
}

/// Of what a condition speaks beside the case: an event's own fields, a clock's start.
#[derive(Clone, Copy)]
pub struct Of {
    pub own: Own,
    pub start: Option<Minute>,
}

impl Of {
    pub fn event(event: &Happening) -> Self {
        Of { own: event.own, start: None }
    }

    pub fn clock(instance: &Instance) -> Self {
        Of { own: instance.own, start: Some(instance.start) }
    }
}

impl<'w> Scene<'w> {
    pub fn before_all(around: &'w Surroundings<'w>) -> Self {
        Scene { around, fields: CaseFields::default(), noted: Own::default() }
    }

    /// An event of the log. An empty cell keeps the old value. A model that is not trusted says nothing:
    /// neither whether it happened, nor what its fields are.
    pub fn take(&mut self, event: &Event) -> Happening {
        let (old, new) = (self.fields, event.case);
        self.fields = CaseFields {
            priority: new.priority.or(old.priority),
            vip: new.vip.or(old.vip),
            size: new.size.or(old.size),
            promised: new.promised.or(old.promised),
        };
        let kind = event.kind;
        let mut trust = self.around.world.trust.iter().filter(|(told, _)| *told == kind);
        let of = Of { own: event.own, start: None };
        let is_sure = trust.all(|(_, condition)| self.holds(condition, of) == Some(true));
        let own = if is_sure { event.own } else { Own { is_untold: true, ..Own::default() } };
        if kind == Kind::Noted {
            self.noted = own;
        }
        let named = event.role.filter(|_| is_sure);
        let role = if kind.has_role() { named } else { event.acted_as };
        Happening { at: event.at, what: What::Logged(kind), is_sure, own, leg: kind.has_leg().then_some(own.leg), role }
    }

    // ── Conditions ──

    pub fn value(&self, field: Field, own: Own) -> Value {
        match field {
            Field::Priority => self.fields.priority,
            Field::Vip => self.fields.vip,
            Field::Size => self.fields.size,
            Field::Fit => own.fit,
            Field::FitOfNoted => self.noted.fit,
        }
    }

    /// A condition that is not written holds.
    pub fn is_true(&self, condition: &Option<Condition>, of: Of) -> Option<bool> {
        condition.as_ref().map_or(Some(true), |condition| self.holds(condition, of))
    }

    /// Three-valued: unknown only as long as nothing known decides.
    fn holds(&self, condition: &Condition, of: Of) -> Option<bool> {
        match condition {
            Condition::All(parts) => all(&parts.iter().map(|part| self.holds(part, of)).collect::<Vec<_>>()),
            Condition::Any(parts) => any(&parts.iter().map(|part| self.holds(part, of)).collect::<Vec<_>>()),
            Condition::Not(inner) => self.holds(inner, of).map(|holds| !holds),
            Condition::Special => self.holds(&self.around.world.special, of),
            Condition::StartedIn(period) => Some(self.is_in_period(*period, of.start.unwrap())),
            Condition::Test(field, test) => {
                let value = self.value(*field, of.own);
                let is_untold = match field {
                    Field::Priority | Field::Vip | Field::Size => false,
                    Field::Fit => of.own.is_untold,
                    Field::FitOfNoted => self.noted.is_untold,
                };
                match test {
                    Test::Known | Test::Unknown if is_untold && value.is_none() => None,
                    Test::Known => Some(value.is_some()),
                    Test::Unknown => Some(value.is_none()),
                    Test::Is(one) => value.map(|value| value == *one),
                    Test::IsNot(one) => value.map(|value| value != *one),
                    Test::AtLeast(one) => value.map(|value| value >= *one),
                    Test::AtMost(one) => value.map(|value| value <= *one),
                    Test::MoreThan(one) => value.map(|value| value > *one),
                    Test::LessThan(one) => value.map(|value| value < *one),
                    Test::In(one, other) => value.map(|value| value == *one || value == *other),
                    Test::NotIn(one, other) => value.map(|value| value != *one && value != *other),
                }
            }
        }
    }

    /// Days are the service's.
    fn is_in_period(&self, period: usize, minute: Minute) -> bool {
        let date = self.around.service.date_of(minute);
        let Period(spans) = &self.around.world.periods[period];
        spans.iter().any(|(first, last)| (*first..=*last).contains(&date))
    }

    /// The rows of a table that may be the first that holds: unknown ones, up to a true one.
    pub fn possible<'t, T>(&self, table: &'t [(T, Option<Condition>)], of: Of) -> Vec<&'t T> {
        let mut possible = Vec::new();
        for (row, condition) in table {
            match self.is_true(condition, of) {
                Some(false) => {}
                None => possible.push(row),
                Some(true) => {
                    possible.push(row);
                    break;
                }
            }
        }
        possible
    }

    // ── Exemptions ──

    /// Whether an exemption holds for a clock now: inside its window, its condition true, and proved.
    pub fn is_exempt(&self, exemption: usize, inside: bool, instance: &Instance) -> Option<bool> {
        let Exemption { condition, proof, .. } = &self.around.world.exemptions[exemption];
        let holds = all(&[Some(inside), self.is_true(condition, Of::clock(instance))]);
        let proved = proof.is_none_or(|proof| self.value(proof, Own::default()).is_some());
        if holds == Some(true) && !proved { None } else { holds }
    }

    /// Whether an instant lies in an exemption's window.
    pub fn is_inside(&self, exemption: usize, now: Minute) -> bool {
        self.around.windows[exemption].is_none_or(|(from, to)| from <= now && now < to)
    }

    /// Whether a window begins or ends now.
    pub fn is_edge(&self, exemption: usize, now: Minute) -> bool {
        self.around.windows[exemption].is_some_and(|(from, to)| now == from || now == to)
    }

    // ── Targets ──

    /// The first row that holds, with what was granted beside it; undecided if that is unknown and the
    /// rows still possible disagree.
    pub fn target(&self, standard: &Standard, instance: &Instance) -> Target {
        let possible = self.possible(&standard.targets, Of::clock(instance));
        if !all_agree(&possible) {
            return Target::Undecided;
        }
        let budget = |limit: Limit| Target::Budget(self.budget(limit, instance));
        let promised =
            |field: Option<Minute>| field.map_or(Target::Undecided, |minute| Target::Promised(Until::and_with(minute)));
        let row = match possible.first() {
            None => Target::Undecided,
            Some(Promise::NoTarget) => Target::Nothing,
            Some(Promise::AtOnce) => Target::Budget(Budget::exactly(0)),
            Some(Promise::Within(limit)) => budget(*limit),
            Some(Promise::DueAtDeadline) => promised(instance.own.deadline),
            Some(Promise::DueAtPromised) => promised(self.fields.promised),
        };
        let total = match (row, instance.granted.total) {
            (Target::Budget(_) | Target::Promised(_), Some(total)) => budget(total),
            (row, _) => row,
        };
        let later = |due, (limit, _): &(Limit, Budget)| self.end_of_another(*limit, due, instance.calendar);
        let longer = |budget: Budget, (limit, more): &(Limit, Budget)| Budget {
            minutes: budget.minutes + more.minutes,
            is_open: if matches!(limit, Limit::Exact(_)) { budget.is_open } else { more.is_open },
        };
        match total {
            Target::Budget(budget) => Target::Budget(instance.granted.more.iter().fold(budget, longer)),
            Target::Promised(due) => Target::Promised(instance.granted.more.iter().fold(due, later)),
            none => none,
        }
    }

    /// Days become the counting time from the start to their end.
    pub fn budget(&self, limit: Limit, instance: &Instance) -> Budget {
        let (first, from) = instance.days_from;
        match limit {
            Limit::Exact(minutes) => Budget::exactly(minutes),
            Limit::WorkingDays(_) | Limit::CalendarDays(..) => {
                let until = self.close_of(limit, self.last_day(limit, from, first), instance.calendar);
                let [before, minutes] =
                    [until.minute - 1, until.minute].map(|minute| self.counted_by(instance, minute));
                Budget { minutes, is_open: until.is_open && before < minutes }
            }
        }
    }

    /// The time that counts from the beginning to a minute, paused or not: on the hours as they were, and as they
    /// are since the last change.
    pub fn counted_by(&self, instance: &Instance, to: Minute) -> Minute {
        let since = instance.hours_since;
        let before = instance.counted.iter().filter(|minute| **minute < since.min(to)).count();
        Minute::try_from(before).unwrap() + self.counted(instance.calendar, since, to.max(since))
    }

    /// Where nothing counts right before the end of a day, the day is over for the clock before.
    pub fn budget_until(&self, until: Until, from: Minute, calendar: Option<usize>) -> Budget {
        let minutes = self.counted(calendar, from, until.minute);
        Budget { minutes, is_open: until.is_open && self.counts(calendar, until.minute - 1) }
    }

    // ── Counting time ──

    /// The instant at which a length of time from an instant ends; exact time is on the wall.
    pub fn end_of(&self, limit: Limit, from: Minute, calendar: Option<usize>) -> Until {
        match limit {
            Limit::Exact(minutes) => Until::and_with(from + minutes),
            days => self.close_of(days, self.last_day(days, from, calendar), calendar),
        }
    }

    /// The last of so many days after the day of an instant.
    fn last_day(&self, limit: Limit, from: Minute, calendar: Option<usize>) -> Date {
        let counted = calendar.map(|calendar| &self.around.calendars[calendar]);
        let place = counted.map_or(&self.around.service, |calendar| &calendar.place);
        match limit {
            Limit::Exact(_) => unreachable!("exact time has no days"),
            Limit::WorkingDays(days) => counted.unwrap().working_day(place.date_of(from), days),
            Limit::CalendarDays(days, moved) => {
                let mut last = place.date_of(from);
                for _ in 0..days {
                    last = last.tomorrow().unwrap();
                }
                moved.map_or(last, |moved| self.around.calendars[moved].open_date(last))
            }
        }
    }

    /// A working day ends as it closes for the last time, any other at its end; so does one that never opens.
    fn close_of(&self, limit: Limit, day: Date, calendar: Option<usize>) -> Until {
        let counted = calendar.map(|calendar| &self.around.calendars[calendar]);
        let place = counted.map_or(&self.around.service, |calendar| &calendar.place);
        let closes = match limit {
            Limit::WorkingDays(_) => counted.and_then(|counted| counted.close_of(day)),
            _ => None,
        };
        let minute = closes.unwrap_or_else(|| place.end_of_day(day));
        Until { minute, is_open: place.is_midnight(minute) }
    }

    /// So much more from a due: exact time is counted, days follow the day of the due. What is due at
    /// midnight is due at the end of a day, not at the beginning of the next.
    pub fn end_of_another(&self, limit: Limit, due: Until, calendar: Option<usize>) -> Until {
        match limit {
            Limit::Exact(minutes) => Until {
                minute: self.after(calendar, due.minute, minutes),
                is_open: due.is_open && self.counts(calendar, due.minute - 1),
            },
            days => self.end_of(days, due.minute - 1, calendar),
        }
    }

    pub fn received(&self, calendar: Option<usize>, at: Minute) -> Minute {
        calendar.map_or(at, |calendar| self.around.calendars[calendar].received(at))
    }

    pub fn counts(&self, calendar: Option<usize>, minute: Minute) -> bool {
        calendar.is_none_or(|calendar| self.around.calendars[calendar].is_open(minute))
    }

    pub fn counted(&self, calendar: Option<usize>, from: Minute, to: Minute) -> Minute {
        match calendar {
            None => (to - from).max(0),
            Some(calendar) => self.around.calendars[calendar].open_minutes(from, to),
        }
    }

    /// The earliest minute at which so much time has been counted; for no time at all, the first
    /// that counts.
    pub fn after(&self, calendar: Option<usize>, from: Minute, budget: Minute) -> Minute {
        if budget == 0 {
            return (from..).find(|minute| self.counts(calendar, *minute)).unwrap();
        }
        let mut counted = 0;
        let mut minute = from;
        while counted < budget {
            counted += i64::from(self.counts(calendar, minute));
            minute += 1;
        }
        minute
    }
}

/// True if one is, else unknown if one is.
pub fn any(outcomes: &[Option<bool>]) -> Option<bool> {
    let unknown = outcomes.contains(&None);
    if outcomes.contains(&Some(true)) {
        Some(true)
    } else if unknown {
        None
    } else {
        Some(false)
    }
}

/// False if one is, else unknown if one is.
pub fn all(outcomes: &[Option<bool>]) -> Option<bool> {
    let unknown = outcomes.contains(&None);
    if outcomes.contains(&Some(false)) {
        Some(false)
    } else if unknown {
        None
    } else {
        Some(true)
    }
}

pub fn all_agree<T: PartialEq>(rows: &[T]) -> bool {
    rows.windows(2).all(|pair| pair[0] == pair[1])
}
