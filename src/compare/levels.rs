//! What holds on the whole: levels, scorecards, and the promise that nobody goes beyond what he may do.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::cases::Sought;
use super::differences::{Incomparable, Looser};
use super::{Contrast, Strictness};

use crate::graph::Authority;
use crate::graph::Scorecard;
use crate::graph::{Anchor, CancelledAs, Level, Measure, Quantity, Statistic, UndeterminedAs, Unit, Window};
use crate::graph::{Comparison, Condition};
use crate::proofs::TruthSet;

impl Strictness<'_> {
    /// How a level stands to another.
    pub fn levels(&self, mine: &Level, other: &Level) -> Contrast {
        let mut contrast = Contrast::default();
        if !self.same_measure(&mine.measure, &other.measure) {
            contrast.open(Incomparable::Measured { what: "what they measure" }, mine.span, other.span);
            return contrast;
        }
        bounds(&mut contrast, mine, other);
        windows(&mut contrast, mine, other);
        groups(&mut contrast, mine, other);
        denominators(&mut contrast, mine, other);
        contrast
    }

    fn same_measure(&self, mine: &Measure, other: &Measure) -> bool {
        match (mine, other) {
            (Measure::Elapsed(one, first), Measure::Elapsed(two, second)) => first == second && alike(*one, *two),
            (Measure::Field(one, first), Measure::Field(two, second)) => first == second && alike(*one, *two),
            (Measure::Count(one), Measure::Count(two)) => self.same(one, two),
            (Measure::Rate(one, first), Measure::Rate(two, second)) => self.same(one, two) && self.same(first, second),
            (Measure::CasesWith(one), Measure::CasesWith(two)) => self.same_condition(one, two),
            _ => mine == other,
        }
    }

    /// Whether two conditions hold of the same cases, and can be told of the same.
    fn same_condition(&self, one: &Condition, other: &Condition) -> bool {
        [TruthSet::TRUE, TruthSet::FALSE, TruthSet::UNKNOWN].into_iter().all(|truth| {
            let apart = [(Cow::Borrowed(one), truth), (Cow::Borrowed(other), truth.others())];
            self.case(&apart) == Sought::None
        })
    }

    /// How a scorecard stands to another.
    pub fn scorecards(&self, mine: &Scorecard, other: &Scorecard) -> Contrast {
        let mut contrast = Contrast::default();
        if mine.per_party != other.per_party {
            contrast.open(Incomparable::OtherScope, mine.span, other.span);
        }
        let weighed = |card: &Scorecard| {
            let lines = card.lines.iter().map(|line| (line.points, line.promises.clone()));
            lines.collect::<Vec<_>>()
        };
        if weighed(mine) != weighed(other) {
            contrast.open(Incomparable::Measured { what: "what they weigh" }, mine.span, other.span);
        }
        for fatal in other.fatal.iter().filter(|promise| !mine.fatal.contains(promise)) {
            let what = format!("`{}`, a breach of which is fatal,", self.graph.promise_name(*fatal));
            contrast.less(Looser::Leaves { what }, mine.span, other.span);
        }
        if mine.pass < other.pass {
            let (mine_pass, pass) = (mine.pass.normalize().to_string(), other.pass.normalize().to_string());
            contrast.less(
                Looser::Bound { of: "the score to pass", mine: mine_pass, other: pass },
                mine.span,
                other.span,
            );
        }
        contrast
    }

    /// How the promise that nobody goes beyond what he may do stands to another.
    pub fn authorities(&self, mine: &Authority, other: &Authority) -> Contrast {
        let mut contrast = Contrast::default();
        for action in other.actions.iter().filter(|action| !mine.actions.contains(action)) {
            let name = self.graph.actions.get(*action).map(|action| action.name.as_str()).unwrap_or_default();
            contrast.less(Looser::Leaves { what: format!("`{name}`") }, mine.span, other.span);
        }
        contrast
    }
}

/// Whether two statistics bound the same: of two percentiles the higher bounds more.
fn alike(one: Statistic, two: Statistic) -> bool {
    match (one, two) {
        (Statistic::Percentile(_), Statistic::Percentile(_)) => true,
        _ => one == two,
    }
}

/// Whether more is better.
fn asks_for_more(level: &Level) -> bool {
    matches!(level.comparison, Comparison::AtLeast | Comparison::MoreThan)
}

fn bounds(contrast: &mut Contrast, mine: &Level, other: &Level) {
    if asks_for_more(mine) != asks_for_more(other) {
        return contrast.open(Incomparable::Measured { what: "the side on which it is good" }, mine.span, other.span);
    }
    let Some((one, two)) = amount(mine.bound).zip(amount(other.bound)).filter(|_| same_unit(mine.bound, other.bound))
    else {
        return contrast.open(Incomparable::Measured { what: "the unit of the bound" }, mine.span, other.span);
    };
    let excludes = |level: &Level| matches!(level.comparison, Comparison::MoreThan | Comparison::LessThan);
    let further = if asks_for_more(mine) { one < two } else { one > two };
    let kinder = further || (one == two && excludes(other) && !excludes(mine));
    let percentile = |level: &Level| match level.measure {
        Measure::Elapsed(Statistic::Percentile(part), _) | Measure::Field(Statistic::Percentile(part), _) => part,
        Measure::Share(_)
        | Measure::Elapsed(..)
        | Measure::Field(..)
        | Measure::Count(_)
        | Measure::Rate(..)
        | Measure::CasesWith(_)
        | Measure::CasesKeeping(_) => 0,
    };
    let lower = match asks_for_more(mine) {
        true => percentile(mine) > percentile(other),
        false => percentile(mine) < percentile(other),
    };
    if kinder || lower {
        let said = |level: &Level| bound_words(level, percentile(level));
        let way = Looser::Bound { of: "its bound", mine: said(mine), other: said(other) };
        contrast.less(way, mine.span, other.span);
    }
}

/// `p90 at most 2h`
fn bound_words(level: &Level, percentile: u8) -> String {
    let bound = match level.bound {
        Quantity::Percent(value) => format!("{}%", value.normalize()),
        Quantity::Number(value) => value.normalize().to_string(),
        Quantity::Time(span) => span.to_string(),
        Quantity::Money(money) => money.to_string(),
    };
    let comparison = level.comparison.words().trim_start_matches("is ");
    match percentile {
        0 => format!("{comparison} {bound}"),
        50 => format!("median {comparison} {bound}"),
        part => format!("p{part} {comparison} {bound}"),
    }
}

fn amount(bound: Quantity) -> Option<Decimal> {
    Some(match bound {
        Quantity::Percent(value) | Quantity::Number(value) => value,
        Quantity::Time(span) => Decimal::from(span.as_nanos()),
        Quantity::Money(money) => money.amount,
    })
}

fn same_unit(one: Quantity, two: Quantity) -> bool {
    match (one, two) {
        (Quantity::Money(one), Quantity::Money(two)) => one.currency == two.currency,
        _ => std::mem::discriminant(&one) == std::mem::discriminant(&two),
    }
}

/// Whether a sum over parts that all keep the level keeps it too, so that smaller parts are stricter; for a count it
/// is the other way round.
fn is_an_average(level: &Level) -> bool {
    !matches!(level.measure, Measure::Count(_))
}

fn windows(contrast: &mut Contrast, mine: &Level, other: &Level) {
    if mine.window == other.window {
        return;
    }
    let smaller = lies_within(mine.window, other.window);
    let larger = lies_within(other.window, mine.window);
    let asks_for_count = !is_an_average(mine);
    // A count of at most so many over a longer time says the same of each part of it.
    let stricter = if asks_for_count && !asks_for_more(mine) { larger } else { smaller };
    if stricter && mine.least.is_none() {
        return;
    }
    if smaller || larger {
        let said = |level: &Level| window_words(level.window);
        return contrast.less(Looser::Wider { mine: said(mine), other: said(other) }, mine.span, other.span);
    }
    contrast.open(Incomparable::Measured { what: "the time over which they sum" }, mine.span, other.span);
}

/// Whether each window of the one lies within a window of the other.
fn lies_within(one: Window, other: Window) -> bool {
    match (one, other) {
        (_, Window::Whole) => true,
        (Window::Per(one, first), Window::Per(other, second)) => {
            let nested = match one {
                Unit::Day => true,
                Unit::Week => other == Unit::Week,
                Unit::Month | Unit::Quarter | Unit::Year => other >= one,
            };
            first == second && nested
        }
        _ => false,
    }
}

fn window_words(window: Window) -> String {
    let unit = |unit: Unit| match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
    };
    let anchor = |anchor: Anchor| match anchor {
        Anchor::Start => "",
        Anchor::Due => " of due",
        Anchor::Stop => " of stop",
    };
    match window {
        Window::Whole => "over all the time".into(),
        Window::Per(each, by) => format!("per {}{}", unit(each), anchor(by)),
        Window::Rolling(days) => format!("in any {days} calendar days"),
    }
}

fn groups(contrast: &mut Contrast, mine: &Level, other: &Level) {
    let lacks = |some: &Level, all: &Level| {
        all.groups.iter().any(|group| !some.groups.iter().any(|known| known.field == group.field))
    };
    let (coarser, finer) = (lacks(mine, other), lacks(other, mine));
    let looser = if is_an_average(mine) || asks_for_more(mine) { coarser } else { finer };
    if looser {
        let said = |level: &Level| match level.groups.is_empty() {
            true => "for all together".to_owned(),
            false => {
                let names: Vec<&str> = level.groups.iter().map(|group| group.name.as_str()).collect();
                format!("for each {}", names.join(", "))
            }
        };
        contrast.less(Looser::Wider { mine: said(mine), other: said(other) }, mine.span, other.span);
    } else if finer && mine.least.is_some() {
        contrast.open(Incomparable::Measured { what: "how many make a group large enough" }, mine.span, other.span);
    }
}

fn denominators(contrast: &mut Contrast, mine: &Level, other: &Level) {
    let kind = |level: &Level| match level.cancelled {
        CancelledAs::Missed => (0, "cancelled missed"),
        CancelledAs::Excluded => (1, "cancelled excluded"),
        CancelledAs::MetIfInTime => (2, "cancelled met if in time"),
    };
    let ((one, here), (two, there)) = (kind(mine), kind(other));
    let kinder = if asks_for_more(mine) { one > two } else { one < two };
    let mut told = |of, here: String, there: String| {
        contrast.less(Looser::Bound { of, mine: here, other: there }, mine.span, other.span);
    };
    if kinder {
        told("what it says of the cancelled", here.into(), there.into());
    }
    // Where nothing is said, it is met only if it is met either way.
    let leniency = |level: &Level| match (level.undetermined, asks_for_more(mine)) {
        (UndeterminedAs::Either, _) => (0, "undetermined met or missed"),
        (UndeterminedAs::Missed, more) => (if more { 0 } else { 2 }, "undetermined missed"),
        (UndeterminedAs::Excluded, _) => (1, "undetermined excluded"),
    };
    let ((one, here), (two, there)) = (leniency(mine), leniency(other));
    if one > two {
        told("what it says of the undetermined", here.into(), there.into());
    }
    let untouched = |level: &Level| match level.untouched_excluded {
        true => (if asks_for_more(mine) { 1 } else { 0 }, "untouched excluded"),
        false => (if asks_for_more(mine) { 0 } else { 1 }, "untouched missed"),
    };
    let ((one, here), (two, there)) = (untouched(mine), untouched(other));
    if one > two {
        told("what it says of cases that were never touched", here.into(), there.into());
    }
    let least = |level: &Level| level.least.unwrap_or(1);
    if least(mine) > least(other) {
        told("the smallest group that is judged", least(mine).to_string(), least(other).to_string());
    }
}
