//! From the sums of days to a verdict for each window and group.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sum::{Counted, Group, Standing, Sum, Sums};
use super::windows::Days;
use super::{Ends, LevelFinding};
use crate::calendar::Instant;
use crate::engine::exact::{Exact, exact, fraction, whole};
use crate::engine::finding::{Grade, Verdict};
use crate::engine::grade::grade_without_a_case;
use crate::graph::{CancelledAs, Comparison, Graph, Level, Measure, Statistic, Window};
use crate::vocabulary::Type;

/// Between which instants levels are judged.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    /// The first event of the log.
    pub first: Instant,
    /// The instant at which things are judged.
    pub as_of: Instant,
    /// Only windows that begin in `[from, to)` are judged.
    pub period: Option<(Instant, Instant)>,
}

/// Windows that are not judged.
#[derive(Clone, Copy, Default, Debug)]
pub struct WindowsOutside {
    /// They began outside the dates in force.
    pub of_dates: u64,
    /// They began outside the period that was asked for.
    pub of_period: u64,
}

/// What came of every level, by level, window and group; and how many windows are not judged.
pub fn judge(graph: &Graph, sums: &Sums, horizon: Horizon) -> (Vec<LevelFinding>, WindowsOutside) {
    let all = all_days(graph, horizon);
    let mut findings = Vec::new();
    let mut outside = WindowsOutside::default();
    let levels = graph.levels.iter().enumerate().filter(|(_, level)| level.attributes.left_out.is_none());
    for (index, level) in levels {
        let judged = Judged { graph, index, level, horizon, all };
        let nothing = BTreeMap::new();
        let alone = (Group::new(), &nothing);
        let summed: Vec<_> = sums.of(index).collect();
        let groups = match summed.is_empty() && level.groups.is_empty() {
            true => vec![(&alone.0, alone.1)],
            false => summed,
        };
        for (group, days) in groups {
            for (days, sum) in judged.windows(days) {
                match (judged.begins_in_period(days), judged.is_in_force(days)) {
                    (true, true) => findings.push(judged.finding(group, days, &sum)),
                    (true, false) => outside.of_dates += 1,
                    (false, _) => outside.of_period += 1,
                }
            }
        }
    }
    findings.sort_by(|one, other| (one.level, one.days, &one.group).cmp(&(other.level, other.days, &other.group)));
    (findings, outside)
}

/// The days that a level without a window sums over: those of the period, or of the log.
fn all_days(graph: &Graph, horizon: Horizon) -> Days {
    let zone = &graph.vocabulary.zone;
    match horizon.period {
        Some((from, to)) => {
            let end = zone.date_of(to);
            // A period that ends at midnight does not reach into that day.
            let last = if zone.start_of_day(end) == to { end.yesterday().unwrap_or(end) } else { end };
            Days { first: zone.date_of(from), last }
        }
        None => Days { first: zone.date_of(horizon.first), last: zone.date_of(horizon.as_of) },
    }
}

/// A level that is being judged.
#[derive(Clone, Copy)]
struct Judged<'g> {
    graph: &'g Graph,
    index: usize,
    level: &'g Level,
    horizon: Horizon,
    all: Days,
}

/// A measure taken.
struct Taken {
    value: Option<Exact>,
    ends: Option<Ends>,
    part: Option<u64>,
    whole: Option<u64>,
    /// What `with at least` asks of.
    enough: bool,
    kept: bool,
    /// Whether what cannot be told could turn the verdict.
    turns: bool,
}

impl Judged<'_> {
    /// The windows with anything in them, each with its sum, by their first days.
    fn windows(&self, days: &BTreeMap<Date, Sum>) -> BTreeMap<Days, Sum> {
        let mut windows: BTreeMap<Days, Sum> = BTreeMap::new();
        for day in self.empty_days() {
            windows.entry(Days::of(self.level.window, day, self.all)).or_default();
        }
        for (day, sum) in days {
            let window = Days::of(self.level.window, *day, self.all);
            // A level without a window sums over the period, if there is one.
            if self.is_of_the_period() && !self.all.contains(*day) {
                continue;
            }
            windows.entry(window).or_default().add(sum);
        }
        if let Window::Rolling(_) = self.level.window {
            for (window, sum) in &mut windows {
                let before = days.range(window.first..window.last);
                before.for_each(|(_, earlier)| sum.add(earlier));
            }
        }
        windows
    }

    /// A day of each window in which a level that asks for many would find none: no event is too few.
    fn empty_days(&self) -> Vec<Date> {
        let asks_for_many = matches!(self.level.comparison, Comparison::AtLeast | Comparison::MoreThan);
        if !asks_for_many || !matches!(self.level.measure, Measure::Count(_)) {
            return Vec::new();
        }
        let zone = &self.graph.vocabulary.zone;
        let last = zone.date_of(self.horizon.as_of).min(self.all.last);
        let mut days = Vec::new();
        let mut next = Some(self.all.first);
        while let Some(day) = next.filter(|day| *day <= last) {
            days.push(day);
            next = match self.level.window {
                Window::Rolling(_) => day.tomorrow().ok(),
                window => Days::of(window, day, self.all).last.tomorrow().ok(),
            };
        }
        days
    }

    /// Whether the period is its window.
    fn is_of_the_period(&self) -> bool {
        self.level.window == Window::Whole && self.horizon.period.is_some()
    }

    /// A window is judged by the version in force at its start.
    fn is_in_force(&self, days: Days) -> bool {
        self.level.window == Window::Whole || self.graph.service.is_in_force_on(days.first)
    }

    fn begins_in_period(&self, days: Days) -> bool {
        let zone = &self.graph.vocabulary.zone;
        let Some((from, to)) = self.horizon.period.filter(|_| self.level.window != Window::Whole) else { return true };
        let begins = zone.start_of_day(days.first);
        from <= begins && begins < to
    }

    fn finding(&self, group: &Group, days: Days, sum: &Sum) -> LevelFinding {
        let zone = &self.graph.vocabulary.zone;
        let span = (zone.start_of_day(days.first), zone.end_of_day(days.last));
        let taken = self.measure(sum);
        // A log is over where it is judged.
        let of_the_log = self.level.window == Window::Whole && !self.is_of_the_period();
        let over = of_the_log || span.1 <= self.horizon.as_of;
        let open = !over || sum.count(Standing::Open) > 0;
        LevelFinding {
            id: id(self.level, days, group),
            level: self.index,
            days,
            span,
            group: group.clone(),
            verdict: self.verdict(&taken, open),
            grade: self.grade(),
            too_few: !open && !taken.enough,
            value: taken.value,
            ends: taken.ends.filter(|_| taken.turns),
            part: taken.part,
            whole: taken.whole,
            members: sum
                .members
                .iter()
                .map(|(standing, members)| (*standing, members.iter().cloned().collect()))
                .collect(),
            values: sum.values.iter().map(|(value, count)| (*value, *count)).collect(),
            unknown: sum.values_unknown + sum.subjects.possible + sum.counterparts.possible,
            duties: Vec::new(),
        }
    }

    fn grade(&self) -> Grade {
        grade_without_a_case(&self.level.attributes)
    }

    fn verdict(&self, taken: &Taken, open: bool) -> Verdict {
        let counts = matches!(self.level.measure, Measure::Count(_));
        let no_more_than = matches!(self.level.comparison, Comparison::AtMost | Comparison::LessThan);
        // A share says by rule what the undetermined count as; of a number of events nothing does.
        let in_doubt = taken.turns && matches!(self.level.measure, Measure::Count(_) | Measure::Rate(..));
        match taken.kept {
            // More will not make it fewer.
            false if counts && no_more_than => Verdict::Breached,
            _ if open => Verdict::Running,
            _ if !taken.enough || in_doubt => Verdict::Undetermined,
            true => Verdict::Met,
            false => Verdict::Breached,
        }
    }

    // ── Measures ────────────────────────────────────────────────────────────────────────────────

    fn measure(&self, sum: &Sum) -> Taken {
        match &self.level.measure {
            Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => self.share(sum),
            Measure::Elapsed(statistic, _) => self.statistic(*statistic, sum, None),
            Measure::Field(statistic, (event, slot)) => {
                let kind = self.graph.vocabulary.events.get(*event).and_then(|event| event.fields.get(*slot));
                self.statistic(*statistic, sum, kind.map(|field| &field.kind))
            }
            Measure::Count(_) => self.number_of(sum.subjects),
            Measure::Rate(..) => self.rate(sum.subjects, sum.counterparts),
        }
    }

    /// Met among met and missed; what is neither counts as the level says.
    fn share(&self, sum: &Sum) -> Taken {
        let (mut met, mut missed) = (sum.count(Standing::Met), sum.count(Standing::Missed));
        match self.level.cancelled {
            CancelledAs::Excluded => {}
            CancelledAs::Missed => missed += sum.count(Standing::Cancelled),
            // It was cancelled before it was due, or it would have been breached.
            CancelledAs::MetIfInTime => met += sum.count(Standing::Cancelled),
        }
        let undetermined = sum.count(Standing::Undetermined);
        let all = met + missed + if self.level.undetermined_missed { undetermined } else { 0 };
        let at = |part: u64, all: u64| Some(fraction(part, all)? * whole(100));
        let ends = (at(met, met + missed + undetermined), at(met + undetermined, met + missed + undetermined));
        let value = at(met, all);
        let kept = value.as_ref().is_some_and(|value| self.holds(value));
        let turns = match (&ends.0, &ends.1) {
            (Some(least), Some(most)) => self.holds(least) != self.holds(most),
            _ => false,
        };
        Taken {
            value,
            ends: Some(Ends { least: ends.0, most: ends.1 }),
            part: Some(met),
            whole: Some(all),
            enough: self.is_enough(all),
            kept,
            turns: turns && undetermined > 0,
        }
    }

    fn number_of(&self, subjects: Counted) -> Taken {
        let value = whole(subjects.certain);
        let most = whole(subjects.certain + subjects.possible);
        let (kept, kept_at_most) = (self.holds(&value), self.holds(&most));
        Taken {
            ends: Some(Ends { least: Some(value.clone()), most: Some(most) }),
            value: Some(value),
            part: Some(subjects.certain),
            whole: None,
            enough: true,
            kept,
            turns: kept != kept_at_most,
        }
    }

    /// So many of these for each hundred of those; any of these is more than every share of none.
    fn rate(&self, subjects: Counted, counterparts: Counted) -> Taken {
        let at = |part: u64, all: u64| fraction(part, all).map(|share| share * whole(100));
        let holds = |part: u64, all: u64| match at(part, all) {
            Some(rate) => self.holds(&rate),
            None => part > 0 && matches!(self.level.comparison, Comparison::AtLeast | Comparison::MoreThan),
        };
        let (part, all) = (subjects.certain, counterparts.certain);
        let (most_part, most_all) = (part + subjects.possible, all + counterparts.possible);
        let turns = holds(part, most_all) != holds(most_part, all) || holds(part, all) != holds(part, most_all);
        Taken {
            value: at(part, all),
            ends: Some(Ends { least: at(part, most_all), most: at(most_part, all) }),
            part: Some(part),
            whole: Some(all),
            enough: self.is_enough(all) || (self.level.least.is_none() && part > 0),
            kept: holds(part, all),
            turns: turns && subjects.possible + counterparts.possible > 0,
        }
    }

    fn statistic(&self, statistic: Statistic, sum: &Sum, kind: Option<&Type>) -> Taken {
        let count = sum.values.values().sum::<u64>();
        let value = statistic_of(statistic, &sum.values, count, kind);
        let kept = value.as_ref().is_some_and(|value| self.holds(value));
        let (part, enough) = (None, self.is_enough(count));
        Taken { value, ends: None, part, whole: Some(count), enough, kept, turns: false }
    }

    fn is_enough(&self, count: u64) -> bool {
        count >= u64::from(self.level.least.unwrap_or_default()).max(1)
    }

    fn holds(&self, value: &Exact) -> bool {
        self.level.comparison.holds(value.cmp(&exact(self.level.bound.amount())))
    }
}

/// A statistic of values, exact; none of no values.
fn statistic_of(
    statistic: Statistic,
    values: &BTreeMap<Decimal, u64>,
    count: u64,
    kind: Option<&Type>,
) -> Option<Exact> {
    let share = |holds: &dyn Fn(&Decimal) -> bool| {
        let number = values.iter().filter(|(value, _)| holds(value)).map(|(_, count)| count).sum::<u64>();
        Some(fraction(number, count)? * whole(100))
    };
    match statistic {
        Statistic::Mean | Statistic::Ces => {
            let total = values.iter().map(|(value, count)| exact(*value) * whole(*count));
            (count > 0).then(|| total.sum::<Exact>() / whole(count))
        }
        Statistic::Percentile(percent) => nearest_rank(values, count, percent).map(exact),
        Statistic::Nps => {
            let (promoters, detractors) = (Decimal::from(9), Decimal::from(6));
            Some(share(&|score| *score >= promoters)? - share(&|score| *score <= detractors)?)
        }
        Statistic::Csat => {
            let Some(Type::Range(_, most)) = kind else { return None };
            let second = most.checked_sub(Decimal::ONE)?;
            share(&|score| *score >= second)
        }
    }
}

/// The smallest value with at least so many percent of all at it or below.
fn nearest_rank(values: &BTreeMap<Decimal, u64>, count: u64, percent: u8) -> Option<Decimal> {
    let rank = (u128::from(percent) * u128::from(count)).div_ceil(100);
    let mut below = 0u128;
    let mut ranked = values.iter().map(|(value, count)| {
        below += u128::from(*count);
        (*value, below)
    });
    ranked.find(|(_, below)| *below >= rank.max(1)).map(|(value, _)| value)
}

/// A stable id: twelve hexadecimal digits of a hash of level, window and group.
fn id(level: &Level, days: Days, group: &Group) -> String {
    let mut hash = blake3::Hasher::new();
    let (first, last) = (days.first.to_string(), days.last.to_string());
    let said = |value: &Option<Arc<str>>| match value {
        Some(value) => format!("is {value}"),
        None => "unknown".to_owned(),
    };
    let parts = ["level".to_owned(), level.name.clone(), first, last].into_iter().chain(group.iter().map(said));
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().to_hex().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[i64]) -> BTreeMap<Decimal, u64> {
        let mut counted = BTreeMap::new();
        for value in values {
            *counted.entry(Decimal::from(*value)).or_default() += 1;
        }
        counted
    }

    fn rank(of: &[i64], percent: u8) -> Option<Decimal> {
        nearest_rank(&values(of), of.len() as u64, percent)
    }

    #[test]
    fn a_percentile_is_the_smallest_value_with_so_many_at_or_below() {
        let ten = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
        assert_eq!(rank(&ten, 90), Some(90.into()));
        assert_eq!(rank(&ten, 91), Some(100.into()));
        assert_eq!(rank(&ten, 50), Some(50.into()));
        assert_eq!(rank(&ten, 1), Some(10.into()));
        assert_eq!(rank(&[7], 99), Some(7.into()));
        assert_eq!(rank(&[3, 3, 3, 9], 75), Some(3.into()));
        assert_eq!(rank(&[3, 3, 3, 9], 76), Some(9.into()));
        assert_eq!(rank(&[], 50), None);
    }

    #[test]
    fn a_net_promoter_score_is_promoters_less_detractors_in_points() {
        let scores = values(&[10, 9, 8, 7, 6, 0]);
        assert_eq!(statistic_of(Statistic::Nps, &scores, 6, None), Some(whole(0)));
        let scores = values(&[10, 9, 7]);
        assert_eq!(statistic_of(Statistic::Nps, &scores, 3, None), Some(Exact::new(200.into(), 3.into())));
    }

    #[test]
    fn means_are_exact() {
        let thirds = values(&[1, 1, 2]);
        assert_eq!(statistic_of(Statistic::Mean, &thirds, 3, None), Some(Exact::new(4.into(), 3.into())));
        let scale = Type::Range(1.into(), 5.into());
        let scores = values(&[5, 4, 3, 1]);
        assert_eq!(statistic_of(Statistic::Csat, &scores, 4, Some(&scale)), Some(whole(50)));
    }
}
