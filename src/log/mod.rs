//! Files → events.
//!
//! ```text
//! CSV, NDJSON ──► records ──► rows ──► fold ──► Log
//!                 unpack,     mapping  snapshots,
//!                 project     applied  order
//! ```
//!
//! A [`Mapping`] says which column is what; the vocabulary of the standards says what a log may say;
//! [`read()`] brings both together. Nothing is skipped in silence: [`ImportSummary`] accounts for every row.
//! This room knows nothing of rules.

mod cells;
mod column_times;
mod columns;
mod date_order;
mod digest;
mod faults;
mod formats;
mod input;
mod intake;
mod mapping;
mod masks;
mod read;
mod records;
mod repeats;
mod rows;
mod snapshots;
mod span_of_time;
mod time;
mod unreadable;
pub mod yaml;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use crate::calendar::Instant;
use crate::diagnostic::Diagnostic;
use crate::vocabulary::Reading;

pub use date_order::DateOrder;
pub use faults::{Header, MappingFault};
pub use input::InputFault;
pub use intake::{
    Coarse, Doubt, DoubtfulTimes, FarAway, ImportSummary, Malformed, ManyLines, Reason, Repeated, RepeatedRows, Seen,
    SetAside, SourceIntake,
};
pub use mapping::Mapping;
pub use read::read;
pub use records::{Format, Input};
pub use unreadable::{RowCase, UnreadableRow};

/// The events of a log, in order, and the account of how they were read.
#[derive(Clone, Default, Debug)]
pub struct Log {
    /// The cases, by the order of their first events; [`Event::case`] is an index into it.
    pub cases: Vec<Arc<str>>,
    /// Cases of which no event can be read; [`RowCase::WithoutEvents`] is an index into it.
    pub unseen_cases: Vec<Arc<str>>,
    /// The events in the order of time, source, row and position in the mapping; where events of one
    /// case tie and the mapping ranks them, in that rank.
    pub events: Vec<Event>,
    /// Whether the mapping ranks kinds of event that tie.
    pub ties_are_ranked: bool,
    /// What may have happened beside them, in the order of the files.
    pub unreadable: Vec<UnreadableRow>,
    /// What became of every row.
    pub intake: ImportSummary,
}

/// Something that happened in a case.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// When.
    pub time: Instant,
    /// In which case, by its index in [`Log::cases`]; [`Event::NO_CASE`] if it stands alone.
    pub case: u32,
    /// What, by its index in the events of the vocabulary.
    pub kind: u16,
    /// What the log says of each field of that kind of event.
    pub fields: Vec<Reading>,
    /// What the row says of the case: index of the field and reading; what it does not say is left
    /// out.
    pub case_fields: Vec<(u16, Reading)>,
    /// Who did it.
    pub actor: Option<Arc<str>>,
    /// In which role.
    pub role: Reading,
    /// Where the log says so.
    pub place: Place,
}

impl Log {
    /// The time of the last event, but for events that stand years after all others.
    pub fn last(&self) -> Option<Instant> {
        let others = self.intake.far_after.map(|far| far.others);
        others.or(self.events.last().map(|event| event.time))
    }
}

impl Event {
    /// The case of an event that stands alone.
    pub const NO_CASE: u32 = u32::MAX;
}

/// A place in a log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Place {
    /// The file, by its index in [`ImportSummary::sources`].
    pub source: u16,
    /// The line where the record starts, from 1; a header is a line too.
    pub line: u64,
    /// Which of the events that the record gave.
    pub position: u16,
}

/// Why a log cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadFault {
    /// The mapping does not fit the log.
    Mapping(Diagnostic),
    /// A file is no log.
    Input {
        /// Its name, as the user gave it.
        name: String,
        /// Why not.
        fault: InputFault,
    },
}

impl std::error::Error for ReadFault {}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadFault::Mapping(diagnostic) => f.write_str(&diagnostic.words().message),
            ReadFault::Input { name, fault } => write!(f, "`{name}`: {fault}"),
        }
    }
}
