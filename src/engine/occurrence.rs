//! What happens in a case: events of the log, and what clocks bring about.

use std::borrow::Cow;
use std::ops::Deref;

use super::clock_run::Turn;
use super::finding::{EvidenceKind, FieldFact, UnknownFact};
use super::truth::Truth;

use crate::log::{Event, Place};
use crate::vocabulary::Reading;

/// Something that happens in a case. It reads like the event that it is.
#[derive(Clone, Debug)]
pub struct Occurrence<'l> {
    event: Cow<'l, Event>,
    /// Whether it surely happened: never false.
    pub sure: Truth,
    /// Of which clock it tells, if a clock brought it about.
    pub clock: Option<ClockOf>,
    /// Why it cannot be told that it happened: what it says that keeps it from being trusted, or what cannot be told
    /// of the clock.
    pub doubts: Vec<UnknownFact>,
}

/// The clock that brought something about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClockOf {
    /// Its standard, by its index.
    pub standard: usize,
    /// The value of its `per` field.
    pub key: Option<String>,
}

impl Deref for Occurrence<'_> {
    type Target = Event;
    fn deref(&self) -> &Event {
        &self.event
    }
}

impl<'l> Occurrence<'l> {
    /// An event of the log.
    pub fn of(event: &'l Event) -> Self {
        Self { event: Cow::Borrowed(event), sure: Truth::True, clock: None, doubts: Vec::new() }
    }

    /// An event of the log that is not to be trusted: what it says of itself is unknown.
    pub fn doubted(event: &Event, below_trust: Vec<FieldFact>) -> Self {
        let (about, place) = (EvidenceKind::Happened, Some(event.place));
        let doubts = below_trust.into_iter().map(|field| UnknownFact { about, field, place }).collect();
        let fields = vec![Reading::Untold; event.fields.len()];
        let event = Cow::Owned(Event { fields, ..event.clone() });
        Self { event, sure: Truth::Unknown, clock: None, doubts }
    }

    /// What a clock brought about; its place is that of the log line that the clock last heard of.
    pub fn brought_about(kind: usize, turn: Turn, case: usize, clock: ClockOf, place: Place) -> Self {
        let event = Event {
            time: turn.at,
            case: u32::try_from(case).unwrap_or(u32::MAX),
            kind: u16::try_from(kind).unwrap_or(u16::MAX),
            fields: Vec::new(),
            case_fields: Vec::new(),
            actor: None,
            role: Reading::Missing,
            place,
        };
        Self { event: Cow::Owned(event), sure: turn.sure, clock: Some(clock), doubts: turn.doubts }
    }
}
