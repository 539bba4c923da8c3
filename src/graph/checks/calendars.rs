//! Local times that clocks skip or show twice.

use jiff::ToSpan;

use super::Checked;
use crate::calendar::{Date, DateRange, Oddity};
use crate::graph::faults::GraphFault;

/// Warns of opening and closing times that fall into a change of the clocks while the standards are
/// in force; at most one warning a calendar, the others follow the same rule.
pub fn odd_local_times(checked: &mut Checked<'_>) {
    let Some(DateRange { first, last }) = checked.graph.service.effective else { return };
    // Of standards without an end, the first year: the next ones are like it.
    let last = if last == Date::MAX { first.saturating_add(1.year()) } else { last };
    for calendar in &checked.graph.calendars {
        let odd = calendar.hours.odd_times(DateRange { first, last });
        let Some(odd) = odd.first() else { continue };
        let done = match odd.oddity {
            Oddity::Gap(_) => {
                "does not exist, for the clocks skip it: it moves forward with them, and that night may be an hour shorter"
            }
            Oddity::Fold(_) => {
                "exists twice: an opening takes the first and a closing the last, and that night may be an hour longer"
            }
        };
        let at = format!("{} in calendar `{}`", odd.local.strftime("%Y-%m-%d %H:%M"), calendar.name);
        checked.fault(GraphFault::OddTime { at, done }, calendar.span, None);
    }
}
