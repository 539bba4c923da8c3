//! What the times of all events say together: few that stand years away from the others, and how finely they are
//! told.

use super::intake::{Coarse, FarAway, Seen};
use super::{Event, ImportSummary};

use crate::calendar::{Duration, Instant, Zone};

/// A mistyped year is told only of a log that has this many other events.
const FEWEST_OTHERS: usize = 5;

/// Of so many events, one may stand far away.
const ONE_IN: usize = 100;

/// A gap shorter than this is no wonder.
const YEAR: Duration = Duration::from_hours(365 * 24);

/// Looks at events in order: at most one in a hundred of them (at least one) stands far away if the gap to the others
/// is longer than a year, and longer than the time from the first to the last of the others.
pub(super) fn look(events: &[Event], zone: &Zone, intake: &mut ImportSummary) {
    let (before, after) = far_away(events);
    let of = |index: Option<usize>| index.and_then(|index| events.get(index));
    let far = |count: usize, at: Option<usize>, others: Option<usize>| {
        let (at, others) = of(at).filter(|_| count > 0).zip(of(others))?;
        let seen = Seen { count: count as u64, source: at.place.source, line: at.place.line };
        Some(FarAway { seen, time: at.time, others: others.time })
    };
    let end = events.len() - after;
    intake.far_before = far(before, before.checked_sub(1), Some(before));
    intake.far_after = far(after, Some(end), end.checked_sub(1));
    intake.coarse = coarse(events, zone);
}

/// How many events stand far before, and far after, all others.
fn far_away(events: &[Event]) -> (usize, usize) {
    let count = events.len();
    let most = (count / ONE_IN).max(1);
    if count < FEWEST_OTHERS + 1 {
        return (0, 0);
    }
    let time = |index: usize| events.get(index).map_or(Instant::from_nanos(0), |event| event.time);
    let between = |from: usize, to: usize| time(to).since(time(from));
    let is_far = |gap: Duration, span: Duration| gap > YEAR && gap > span;
    // What may be far after is left out while looking at what is far before, and then the other way.
    let before = |last: usize| {
        (1..=most).rev().find(|first| *first < last && is_far(between(first - 1, *first), between(*first, last)))
    };
    let after = |first: usize| {
        let others = |many: &usize| count.checked_sub(many + 1).filter(|last| *last > first);
        (1..=most)
            .rev()
            .find(|many| others(many).is_some_and(|last| is_far(between(last, last + 1), between(first, last))))
    };
    let perhaps = before(count - 1 - most).unwrap_or_default();
    let after = after(perhaps).unwrap_or_default();
    let before = before(count - 1 - after).unwrap_or_default();
    if count - before - after < FEWEST_OTHERS { (0, 0) } else { (before, after) }
}

fn coarse(events: &[Event], zone: &Zone) -> Option<Coarse> {
    const MINUTE: i64 = 60 * 1_000_000_000;
    let whole_minutes = || events.iter().all(|event| event.time.as_nanos() % MINUTE == 0);
    let whole_days = || events.iter().all(|event| zone.local(event.time).time() == jiff::civil::Time::midnight());
    if events.len() < 2 || !whole_minutes() {
        return None;
    }
    Some(if whole_days() { Coarse::Days } else { Coarse::Minutes })
}
