//! Business time: when an organisation is open, and how much open time lies between two instants.
//!
//! A calendar is told in local times ([`Hours`]) and compiled into a table of UTC instants
//! ([`Calendar`]) that answers by binary search. Local times become instants in one place only
//! ([`Zone`]), so that daylight saving is decided once; from there on only instants are added.
//!
//! ```text
//! Hours ── over(from, to) ──► Calendar ──► due, open_time, next_open, close_of_working_day
//! ```
//!
//! ```
//! use mot::calendar::{Date, Duration, Hours, Interval, MinuteOfDay, Zone};
//!
//! let mut office = Hours::new(Zone::named("Europe/Berlin")?);
//! for weekday in office.weekdays.iter_mut().take(5) {
//!     let (opens, closes) = (MinuteOfDay::from_clock(9, 0), MinuteOfDay::from_clock(17, 0));
//!     weekday.extend(opens.zip(closes).map(|(opens, closes)| Interval { opens, closes }));
//! }
//! // Friday at half past four, three hours before Monday at half past eleven.
//! let friday = Date::constant(2026, 3, 6).at(16, 30, 0, 0);
//! let monday = Date::constant(2026, 3, 9).at(11, 30, 0, 0);
//! let (start, due) = (office.zone.opening(friday), office.zone.opening(monday));
//!
//! let calendar = office.over(start, due);
//! assert_eq!(calendar.due(start, Duration::from_hours(3)), Some(due));
//! assert_eq!(calendar.open_time(start, due).to_string(), "3h");
//! # Ok::<(), mot::calendar::UnknownZone>(())
//! ```
//!
//! This room knows nothing of rules, files or logs.

mod days;
mod hours;
mod instant;
mod table;
mod zone;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;

pub use days::OpenDay;
pub use hours::{DateRange, DayPlan, Hours, Interval, MinuteOfDay, OddTime};
pub use instant::{Duration, Instant};
pub use jiff::civil::{Date, DateTime};
pub use table::{Calendar, Counting};
pub use zone::{Oddity, UnknownZone, Zone, zone_database_version};
