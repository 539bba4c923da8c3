//! Standards: promises that a clock measures.

use std::sync::Arc;

use super::{Attributes, Condition, Operand, Trigger};

use crate::calendar::Duration;
use crate::source::Span;
use crate::vocabulary::{Type, Vocabulary};

/// A promise that a clock measures.
#[derive(Clone, PartialEq, Debug)]
pub struct Standard {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// The touchpoint it belongs to, directly or through its moment.
    pub touchpoint: Option<usize>,
    /// The moment it belongs to.
    pub moment: Option<usize>,
    /// How long after its start event the clock starts; exact time on the wall.
    pub delay: Option<Duration>,
    /// What starts it.
    pub starts: Vec<Trigger>,
    /// What stops it.
    pub stops: Vec<Trigger>,
    /// What cancels it.
    pub cancels: Vec<Trigger>,
    /// What pauses it, each line with a state of its own.
    pub pauses: Vec<Pause>,
    /// What restarts it.
    pub restarts: Vec<Trigger>,
    /// What reopens it.
    pub reopens: Vec<Reopen>,
    /// What gives it more time, each line once.
    pub extensions: Vec<Extension>,
    /// Whether it is counted over all cases of a party.
    pub per_party: bool,
    /// Whether only the first start of a case counts.
    pub first: bool,
    /// The field whose values have a clock each.
    pub key: Option<Key>,
    /// The calendars it counts, first match wins; none is the wall clock.
    pub counting: Vec<CountingRow>,
    /// Whether the calendar is chosen at the start for good; else it follows the case.
    pub hours_fixed: bool,
    /// Its targets, first match wins.
    pub targets: Vec<TargetRow>,
    /// Tighter lines: met, and better than promised.
    pub beyond: Vec<TargetRow>,
    /// Parts of the target at which it is at risk.
    pub warnings: Vec<Percent>,
    /// What else is said of it.
    pub attributes: Attributes,
    /// Where it is declared.
    pub span: Span,
}

/// One `pause … resume …` line.
#[derive(Clone, PartialEq, Debug)]
pub struct Pause {
    /// What stops the time.
    pub on: Vec<Trigger>,
    /// What lets it run again.
    pub resume: Vec<Trigger>,
}

/// One `reopen` line.
#[derive(Clone, PartialEq, Debug)]
pub struct Reopen {
    /// What reopens.
    pub on: Vec<Trigger>,
    /// Until how long after the stop.
    pub within: Option<Limit>,
}

/// One `extend` line.
#[derive(Clone, PartialEq, Debug)]
pub struct Extension {
    /// `another D` adds to the present due; `to D` is the new total.
    pub another: bool,
    /// By how much, or to what.
    pub by: Limit,
    /// What grants it.
    pub on: Vec<Trigger>,
    /// The lowest role that may grant it.
    pub approved_by: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// The field of a `per` clause.
#[derive(Clone, PartialEq, Debug)]
pub struct Key {
    /// The field's name.
    pub name: String,
    /// Where each event kind keeps it, by the event's index; `None` for an event without it. All keys of
    /// one name share it: there may be many events, and many standards.
    pub slots: Arc<[Option<usize>]>,
}

impl Key {
    /// The type of the field.
    pub fn kind<'v>(&self, vocabulary: &'v Vocabulary) -> Option<&'v Type> {
        let fields = vocabulary.events.iter().zip(self.slots.iter());
        fields.filter_map(|(event, slot)| event.fields.get((*slot)?)).map(|field| &field.kind).next()
    }
}

/// A row of a `counting` table.
#[derive(Clone, PartialEq, Debug)]
pub struct CountingRow {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// The calendar.
    pub calendar: usize,
    /// Where it is written.
    pub span: Span,
}

/// A row of a target table.
#[derive(Clone, PartialEq, Debug)]
pub struct TargetRow {
    /// For which cases; `None` for all others.
    pub condition: Option<Condition>,
    /// What is promised.
    pub promise: Promise,
    /// The row as written.
    pub said: String,
    /// Where it is written.
    pub span: Span,
}

/// What a row promises.
#[derive(Clone, PartialEq, Debug)]
pub enum Promise {
    /// A length of time.
    Within(Limit),
    /// At the start, or at the next opening.
    AtOnce,
    /// The instant that a field holds.
    DueAt(Operand),
    /// Nothing.
    NoTarget,
}

/// A length of time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Limit {
    /// Exact time.
    Exact(Duration),
    /// To the close of the nth working day.
    WorkingDays(u32),
    /// To the end of the nth local day, moved to the next open day of a calendar if asked.
    CalendarDays(u32, Option<usize>),
}

/// A part of a target, in hundredths of a percent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Percent(pub u32);

impl Percent {
    /// All of it.
    pub const WHOLE: Percent = Percent(10_000);

    /// That part of `whole`, rounded up to the nanosecond.
    pub fn of(self, whole: Duration) -> Duration {
        const WHOLE: std::num::NonZeroU32 = match std::num::NonZeroU32::new(10_000) {
            Some(whole) => whole,
            None => std::num::NonZeroU32::MIN,
        };
        whole.ratio(self.0, WHOLE)
    }
}

/// `1%`, `0.25`: up to all of it, in hundredths of a percent.
impl std::str::FromStr for Percent {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.trim().trim_end_matches('%').trim_end();
        let number: rust_decimal::Decimal = number.parse().map_err(|_| ())?;
        let hundredths = number.checked_mul(100.into()).ok_or(())?;
        let whole = u32::try_from(hundredths).map_err(|_| ())?;
        if hundredths.fract().is_zero() && whole <= Percent::WHOLE.0 { Ok(Percent(whole)) } else { Err(()) }
    }
}

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}%", rust_decimal::Decimal::new(i64::from(self.0), 2).normalize())
    }
}

/// As the language says it: `3 working days`.
impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Limit::Exact(amount) => write!(f, "{amount}"),
            Limit::WorkingDays(1) => write!(f, "1 working day"),
            Limit::WorkingDays(days) => write!(f, "{days} working days"),
            Limit::CalendarDays(1, _) => write!(f, "1 calendar day"),
            Limit::CalendarDays(days, _) => write!(f, "{days} calendar days"),
        }
    }
}

impl Standard {
    /// Whether it only measures: it has rows, and none of them has a target.
    pub fn is_without_target(&self) -> bool {
        !self.targets.is_empty() && self.targets.iter().all(|row| row.promise == Promise::NoTarget)
    }

    /// Whether a clock may go over from one calendar to another.
    pub fn has_changing_hours(&self) -> bool {
        self.counting.len() > 1 && !self.hours_fixed
    }

    /// Every event that does something to its clocks.
    pub fn triggers(&self) -> impl Iterator<Item = &Trigger> {
        let pauses = self.pauses.iter().flat_map(|pause| pause.on.iter().chain(&pause.resume));
        let reopens = self.reopens.iter().flat_map(|reopen| &reopen.on);
        let extensions = self.extensions.iter().flat_map(|extension| &extension.on);
        let ends = self.starts.iter().chain(&self.stops).chain(&self.cancels).chain(&self.restarts);
        ends.chain(pauses).chain(reopens).chain(extensions)
    }
}
