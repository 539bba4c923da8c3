//! From the sums of days to a verdict for each window and group.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::sum::{Extent, Group, MemberOutcome, Perhaps, Possible, Sum, Sums};
use super::values::{Values, statistic_of};
use super::windows::Days;
use super::{Ends, LevelFinding, Undecided};

use crate::calendar::Instant;
use crate::engine::breach_weight::grade_without_a_case;
use crate::engine::exact::{End, Exact, exact, fraction, whole};
use crate::engine::finding::{BreachWeight, Verdict};
use crate::graph::{CancelledAs, Comparison, Graph, Level, Measure, Statistic, UndeterminedAs, Window};
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
        let alone = Group::new();
        let mut groups: BTreeMap<&Group, &BTreeMap<Date, Sum>> = sums.of(index).collect();
        // What cannot be read may be all that there is of a group.
        for group in sums.possible(index).filter_map(|(possible, _)| possible.group.as_ref()) {
            groups.entry(group).or_insert(&nothing);
        }
        if groups.is_empty() && level.groups.is_empty() {
            groups.insert(&alone, &nothing);
        }
        for (group, days) in groups {
            for (days, sum) in judged.windows(group, days, sums) {
                match (judged.begins_in_period(days), judged.is_in_force(days)) {
                    (true, true) => {
                        findings.push(judged.finding(group, days, &sum, sums.has_open(index, days)));
                    }
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
    /// By what is known; none of nothing.
    value: Option<Exact>,
    /// The least and the most that it can be, by what is not; none if there may be nothing at all.
    ends: Option<Ends>,
    part: Option<u64>,
    whole: Option<u64>,
    /// Of how many it surely is, and of how many at most: what `with at least` asks of.
    sample: (u64, u64),
}

impl Judged<'_> {
    /// The windows of a group with anything in them, each with its sum, by their first days.
    fn windows(&self, group: &Group, days: &BTreeMap<Date, Sum>, sums: &Sums) -> BTreeMap<Days, Sum> {
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
        let of_group = |possible: &&Possible| match &possible.group {
            Some(of) => of == group,
            None => true,
        };
        let possible = || sums.possible(self.index).filter(|(possible, _)| of_group(possible));
        for (possible, _) in possible() {
            // What surely lies in one window may be all that lies there.
            let window = Days::of(self.level.window, possible.days.first, self.all);
            let is_of_group = possible.group.is_some() || self.level.groups.is_empty();
            if is_of_group && window.contains(possible.days.last) {
                windows.entry(window).or_default();
            }
        }
        if let Window::Rolling(_) = self.level.window {
            for (window, sum) in &mut windows {
                let before = days.range(window.first..window.last);
                before.for_each(|(_, earlier)| sum.add(earlier));
            }
        }
        for (possible, open) in possible() {
            for (_, sum) in windows.iter_mut().filter(|(window, _)| window.overlaps(possible.days)) {
                sum.perhaps(possible.part, open);
            }
        }
        windows
    }

    /// A day of each window in which something would be counted if it happened: none of it is a number too.
    /// Of what is to be no more than so many, groups have only windows with something in them, and of windows
    /// that look back there is, beside those, the first.
    fn empty_days(&self) -> Vec<Date> {
        let is_told = self.level.groups.is_empty() || !self.asks_for_no_more();
        if !matches!(self.level.measure, Measure::Count(_)) || !is_told {
            return Vec::new();
        }
        if matches!(self.level.window, Window::Rolling(_)) && self.asks_for_no_more() {
            return vec![self.all.first];
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

    /// Whether it is a bound from above.
    fn asks_for_no_more(&self) -> bool {
        matches!(self.level.comparison, Comparison::AtMost | Comparison::LessThan)
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

    /// `goes_on`: whether a case of these days may yet belong to this group or another.
    fn finding(&self, group: &Group, days: Days, sum: &Sum, goes_on: bool) -> LevelFinding {
        let zone = &self.graph.vocabulary.zone;
        let span = (zone.start_of_day(days.first), zone.end_of_day(days.last));
        let taken = self.measure(sum);
        // A log is over where it is judged.
        let of_the_log = self.level.window == Window::Whole && !self.is_of_the_period();
        let over = of_the_log || span.1 <= self.horizon.as_of;
        let open = !over || goes_on || sum.count(MemberOutcome::Open) > 0;
        let (verdict, undecided) = self.verdict(&taken, open);
        LevelFinding {
            id: id(self.level, days, group),
            level: self.index,
            days,
            span,
            group: group.clone(),
            verdict,
            grade: self.grade(),
            undecided,
            value: taken.value,
            ends: taken.ends.filter(|ends| ends.least != ends.most),
            part: taken.part,
            whole: taken.whole,
            members: sum
                .members
                .iter()
                .map(|(standing, members)| (*standing, members.iter().cloned().collect()))
                .collect(),
            values: sum.values.iter().map(|(value, count)| (*value, *count)).collect(),
            unknown: sum.values_unknown + sum.perhaps.subjects + sum.perhaps.counterparts,
            unread: sum.unread.iter().collect(),
            without_value: sum.without_value,
            duties: Vec::new(),
        }
    }

    fn grade(&self) -> BreachWeight {
        grade_without_a_case(&self.level.attributes)
    }

    /// The verdict that both ends agree on, and if there is none, why.
    fn verdict(&self, taken: &Taken, open: bool) -> (Verdict, Option<Undecided>) {
        let (fewest, most) = taken.sample;
        let asked = match self.level.measure {
            Measure::Count(_) => 0,
            _ => u64::from(self.level.least.unwrap_or_default()).max(1),
        };
        let ends = taken.ends.as_ref().map(|ends| (self.holds(&ends.least), self.holds(&ends.most)));
        let counts = matches!(self.level.measure, Measure::Count(_));
        match ends {
            // More will not make it fewer.
            Some((false, _)) if counts && self.asks_for_no_more() => (Verdict::Breached, None),
            _ if open => (Verdict::Running, None),
            _ if most == 0 && !counts => (Verdict::Undetermined, Some(Undecided::Nothing)),
            _ if most < asked => (Verdict::Undetermined, Some(Undecided::TooFew)),
            Some((true, true)) if fewest >= asked => (Verdict::Met, None),
            Some((false, false)) if fewest >= asked => (Verdict::Breached, None),
            _ => (Verdict::Undetermined, Some(Undecided::Unknown)),
        }
    }

    // ── Measures ────────────────────────────────────────────────────────────────────────────────

    fn measure(&self, sum: &Sum) -> Taken {
        match &self.level.measure {
            Measure::Share(_) | Measure::CasesWith(_) | Measure::CasesKeeping(_) => self.share(sum),
            Measure::Elapsed(statistic, _) => {
                let perhaps = sum.perhaps.subjects + sum.count(MemberOutcome::Undetermined);
                let unread = (perhaps, Extent::Anywhere);
                self.statistic(*statistic, sum, unread, &Type::Duration)
            }
            Measure::Field(statistic, (event, slot)) => {
                let kind = self.graph.vocabulary.events.get(*event).and_then(|event| event.fields.get(*slot));
                let kind = kind.map_or(&Type::Number, |field| &field.kind);
                self.statistic(*statistic, sum, (sum.perhaps.subjects, sum.perhaps.values), kind)
            }
            Measure::Count(_) => self.number_of(sum.subjects, sum.perhaps),
            Measure::Rate(..) => self.rate(sum),
        }
    }

    /// Met among met and missed; what is neither counts as the level says, or may be either.
    fn share(&self, sum: &Sum) -> Taken {
        let (mut met, mut missed) = (sum.count(MemberOutcome::Met), sum.count(MemberOutcome::Missed));
        match self.level.cancelled {
            CancelledAs::Excluded => {}
            CancelledAs::Missed => missed += sum.count(MemberOutcome::Cancelled),
            // It was cancelled before it was due, or it would have been breached.
            CancelledAs::MetIfInTime => met += sum.count(MemberOutcome::Cancelled),
        }
        let undetermined = sum.count(MemberOutcome::Undetermined);
        let mut either = sum.perhaps.subjects;
        match self.level.undetermined {
            UndeterminedAs::Either => either += undetermined,
            UndeterminedAs::Missed => missed += undetermined,
            UndeterminedAs::Excluded => {}
        }
        let sure = met + missed;
        let at = |part: u64, all: u64| Some(fraction(part, all)? * whole(100));
        let end = |part: u64| at(part, sure + either).map(End::At);
        // Until it is told, what cannot be determined is not met.
        let all = match self.level.undetermined {
            UndeterminedAs::Either => sure + undetermined,
            UndeterminedAs::Missed | UndeterminedAs::Excluded => sure,
        };
        // A case is a case, whatever is known of it; of a clock in doubt there may be none.
        let of_cases = matches!(self.level.measure, Measure::CasesWith(_) | Measure::CasesKeeping(_))
            && !self.level.untouched_excluded;
        let fewest = if of_cases && self.level.undetermined == UndeterminedAs::Either { all } else { sure };
        Taken {
            value: at(met, all),
            ends: end(met).zip(end(met + either)).map(|(least, most)| Ends { least, most }),
            part: Some(met),
            whole: Some(all),
            sample: (fewest, sure + either),
        }
    }

    fn number_of(&self, subjects: u64, perhaps: Perhaps) -> Taken {
        let most = subjects + perhaps.subjects;
        Taken {
            value: Some(whole(subjects)),
            ends: Some(Ends { least: End::At(whole(subjects)), most: End::At(whole(most)) }),
            part: Some(subjects),
            whole: None,
            sample: (subjects, most),
        }
    }

    /// So many of these for each hundred of those; any of these is more than every share of none.
    fn rate(&self, sum: &Sum) -> Taken {
        let at = |part: u64, all: u64| fraction(part, all).map(|share| share * whole(100));
        let end = |part: u64, all: u64| match at(part, all) {
            Some(rate) => Some(End::At(rate)),
            None => (part > 0).then_some(End::Above),
        };
        let (part, all) = (sum.subjects, sum.counterparts);
        let (most_part, most_all) = (part + sum.perhaps.subjects, all + sum.perhaps.counterparts);
        let of = |part: u64, all: u64| if self.level.least.is_none() { all.max(part.min(1)) } else { all };
        Taken {
            value: at(part, all),
            ends: end(part, most_all).zip(end(most_part, all)).map(|(least, most)| Ends { least, most }),
            part: Some(part),
            whole: Some(all),
            sample: (of(part, all), of(most_part, most_all)),
        }
    }

    /// A statistic of values of a type. Those that are unknown may lie anywhere within it, and those that
    /// are perhaps there between ends of their own.
    ///
    /// They may be missing too. But the more values lie at one end, the further every statistic moves to one side, or
    /// it stays: the least and the most are found with all of them or with none, and at an end of the type with all.
    fn statistic(&self, statistic: Statistic, sum: &Sum, (perhaps, values): (u64, Extent), kind: &Type) -> Taken {
        let known = sum.values.values().sum::<u64>();
        let unknown = sum.values_unknown + perhaps;
        let (least, most) = match (values, kind) {
            (Extent::Between(least, most), _) if sum.values_unknown == 0 => {
                (End::At(exact(least)), End::At(exact(most)))
            }
            (_, Type::Range(least, most)) => (End::At(exact(*least)), End::At(exact(*most))),
            (_, Type::Duration) => (End::At(whole(0)), End::Above),
            _ => (End::Below, End::Above),
        };
        let with = |at: &End| statistic_of(statistic, &Values { known: &sum.values, unknown, at }, kind);
        let without = statistic_of(statistic, &Values { known: &sum.values, unknown: 0, at: &End::Below }, kind);
        let without_them = || without.clone().filter(|_| sum.values_unknown == 0);
        let ends = with(&least).zip(with(&most)).map(|(least, most)| Ends {
            least: without_them().map_or(least.clone(), |none| none.min(least)),
            most: without_them().map_or(most.clone(), |none| none.max(most)),
        });
        Taken {
            value: without.and_then(|value| value.number().cloned()),
            ends,
            part: None,
            whole: Some(known),
            sample: (known + sum.values_unknown, known + unknown),
        }
    }

    fn holds(&self, value: &End) -> bool {
        self.level.comparison.holds(value.cmp(&End::At(exact(self.level.bound.amount()))))
    }
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
