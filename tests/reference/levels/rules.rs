//! The reference itself, on stories so small that anyone can add them up.

use mot::engine::Verdict::{Breached, Met, Running, Undetermined};

use super::*;
use crate::reference::story::{Event, Trigger};

/// Clocks of one case each, which start an hour apart from midnight on: with the minute at which each
/// is answered, if it is.
fn clocks(answers: &[Option<Minute>]) -> Vec<Event> {
    let vip = |event| Event { own: vec![("vip", Value::Yes(false))], ..event };
    let case = |(case, answer): (usize, &Option<Minute>)| {
        let start = 60 * Minute::try_from(case).unwrap();
        let answered = answer.map(|answer| Event::brought_about(start + answer, case, "answered"));
        [Some(vip(Event::brought_about(start, case, "opened"))), answered]
    };
    let mut events: Vec<Event> = answers.iter().enumerate().flat_map(case).flatten().collect();
    events.sort_by_key(|event| event.at);
    events
}

fn surveys(scores: &[i64]) -> Vec<Event> {
    let survey =
        |score: &i64| Event { own: vec![("score", Value::Number(*score))], ..Event::brought_about(0, 0, "surveyed") };
    scores.iter().map(survey).collect()
}

fn level(measure: Measure, bound: Bound, window: Window) -> Level {
    let (groups, cancelled) = (Vec::new(), Cancelled::Excluded);
    Level { measure, bound, window, groups, cancelled, undetermined: super::Undetermined::Open, with_at_least: None }
}

fn judged(level: Level, events: Vec<Event>, as_of: Minute) -> Vec<Found> {
    let promise = Promise {
        from: "opened",
        filter: None,
        to: "answered",
        cancel: Some("dropped"),
        pause: None,
        within: 30,
        beyond: None,
        unless: Some("vip"),
    };
    let (levels, story) = (vec![level], Story { events });
    judge(&World {
        zone: "UTC",
        promise,
        satisfied: 7,
        score_may_be_missing: false,
        ends_after: None,
        levels,
        story,
        as_of: Some(as_of),
    })
}

fn value(level: Level, events: Vec<Event>) -> Ratio {
    judged(level, events, 10_000)[0].value.unwrap()
}

fn number(part: i64) -> Ratio {
    Ratio { part, whole: 1 }
}

#[test]
fn a_share_is_of_what_was_met_and_missed() {
    let share = || level(Measure::Share(Rule::Clock), Bound::AtLeast(750), Window::Per(Span::Day, By::Start));
    let found = judged(share(), clocks(&[Some(30), Some(10), Some(31), Some(5)]), 1440);
    assert_eq!((found[0].verdict, found[0].value), (Met, Some(number(75))));
    let verdict = |answers: &[Option<Minute>], as_of| judged(share(), clocks(answers), as_of)[0].verdict;
    assert_eq!(verdict(&[Some(31), Some(10)], 1440), Breached);
    // The day is not over.
    assert_eq!(verdict(&[Some(31), Some(10)], 1439), Running);
    // Open and late is missed.
    assert_eq!(verdict(&[None, Some(10)], 1440), Breached);
}

#[test]
fn what_cannot_be_told_may_be_either_unless_it_is_said() {
    let events = || [clocks(&[Some(10)]), vec![Event::brought_about(100, 7, "opened")]].concat();
    let mut share = level(Measure::Share(Rule::Clock), Bound::AtLeast(600), Window::Whole);
    let found = judged(share.clone(), events(), 200);
    assert_eq!((found[0].verdict, found[0].ends), (Undetermined, Some((number(50), number(100)))));
    share.undetermined = super::Undetermined::Missed;
    assert_eq!(judged(share.clone(), events(), 200)[0].verdict, Breached);
    share.undetermined = super::Undetermined::Excluded;
    assert_eq!(judged(share.clone(), events(), 200)[0].verdict, Met);
    share.with_at_least = Some(2);
    assert_eq!(judged(share, events(), 200)[0].verdict, Undetermined);
}

#[test]
fn a_score_that_is_unknown_may_be_any() {
    let survey = |score: Option<i64>| Event {
        own: score.map(|score| ("score", Value::Number(score))).into_iter().collect(),
        ..Event::brought_about(0, 0, "surveyed")
    };
    let of = |bound| {
        let events = vec![survey(Some(9)), survey(Some(3)), survey(None)];
        let found = judged(level(Measure::Score(Statistic::Mean), bound, Window::Whole), events, 10);
        (found[0].verdict, found[0].ends.unwrap())
    };
    let ends = (number(4), Ratio { part: 22, whole: 3 });
    assert_eq!(of(Bound::AtLeast(70)), (Undetermined, ends));
    assert_eq!(of(Bound::AtLeast(40)), (Met, ends));
    assert_eq!(of(Bound::LessThan(40)), (Breached, ends));
}

#[test]
fn a_percentile_is_the_nearest_rank_and_a_median_lies_in_the_middle() {
    let of = |percent, numbers: &[i64]| Statistic::Percentile(percent).of(numbers);
    let numbers = [15, 20, 35, 40, 50];
    assert_eq!([5, 30, 40, 51, 99].map(|percent| of(percent, &numbers).unwrap().part), [15, 20, 20, 35, 50]);
    assert_eq!(of(50, &numbers), Some(number(35)));
    assert_eq!(of(50, &[1, 97]), Some(number(49)));
    assert_eq!(of(50, &[1, 2, 3, 4]), Some(Ratio { part: 5, whole: 2 }));
}

#[test]
fn scores_are_promoters_less_detractors_or_the_top_two() {
    let of = |statistic| level(Measure::Score(statistic), Bound::AtLeast(0), Window::Whole);
    let scores = || surveys(&[10, 9, 8, 7, 6, 0, 10]);
    assert_eq!(value(of(Statistic::Nps), scores()), Ratio { part: 100, whole: 7 });
    assert_eq!(value(of(Statistic::Csat), scores()), Ratio { part: 300, whole: 7 });
    assert_eq!(value(of(Statistic::Mean), scores()), Ratio { part: 50, whole: 7 });
}

#[test]
fn windows_end_at_local_midnights() {
    let first = |window_, date: (i16, i8, i8)| {
        let (first, beyond) = window(window_, Date::new(date.0, date.1, date.2).unwrap());
        (first.unwrap().to_string(), beyond.unwrap().to_string())
    };
    let per = |span| Window::Per(span, By::Start);
    let days = |one: &str, other: &str| (one.to_owned(), other.to_owned());
    assert_eq!(first(per(Span::Week), (2026, 1, 1)), days("2025-12-29", "2026-01-05"));
    assert_eq!(first(per(Span::Month), (2026, 2, 28)), days("2026-02-01", "2026-03-01"));
    assert_eq!(first(per(Span::Quarter), (2026, 12, 31)), days("2026-10-01", "2027-01-01"));
    assert_eq!(first(Window::Rolling(3), (2026, 3, 1)), days("2026-02-27", "2026-03-02"));
}

#[test]
fn too_many_are_too_many_before_the_window_ends() {
    let count =
        |bound, window| level(Measure::Count(vec![Trigger { kind: "complained", filter: None }]), bound, window);
    let complaints = |minutes: &[Minute]| minutes.iter().map(|at| Event::brought_about(*at, 0, "complained")).collect();
    let per_day = Window::Per(Span::Day, By::Start);
    let verdict = |bound, window, as_of| {
        let found = judged(count(bound, window), complaints(&[10, 20, 1500]), as_of);
        found.into_iter().map(|found| found.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdict(Bound::AtMost(10), per_day, 1600), [Breached, Running]);
    assert_eq!(verdict(Bound::AtMost(10), per_day, 30), [Breached]);
    assert_eq!(verdict(Bound::AtLeast(10), per_day, 1600), [Met, Running]);
    // Each day with the one before it.
    assert_eq!(verdict(Bound::AtMost(20), Window::Rolling(2), 9000), [Met, Breached]);
}
