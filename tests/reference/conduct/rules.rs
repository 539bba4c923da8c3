//! The reference itself, on stories so small that anyone can say what is right.

use mot::engine::Verdict::{self, Breached, Met, Running, Undetermined};

use super::*;
use crate::reference::story::{Operand, Trigger, Value};

fn a(kind: &'static str) -> Triggers {
    vec![Trigger { kind, filter: None }]
}

/// Only those that were fit; unknown where that is not said.
fn fit(kind: &'static str) -> Triggers {
    let fit = Condition::Test(Operand::Own("fit"), Relation::Is(Value::Yes(true)));
    vec![Trigger { kind, filter: Some(fit) }]
}

/// Events of one case, and the minute at which things are judged. The case ends an hour after it is
/// closed.
fn judged(sentence: Sentence, events: &[(Minute, &'static str)], as_of: Minute) -> Vec<(Minute, Verdict)> {
    let events = events.iter().map(|(at, kind)| Event::brought_about(*at, 0, kind)).collect();
    let found = judge(&world(sentence, false, events, as_of));
    found.into_iter().map(|found| (found.start, found.verdict)).collect()
}

fn world(sentence: Sentence, per_party: bool, events: Vec<Event>, as_of: Minute) -> World {
    World {
        zone: "UTC",
        calendars: Vec::new(),
        end: Some((a("closed"), Limit::Exact(60))),
        promise: Promise {
            from: "asked",
            filter: None,
            to: "answered",
            cancel: None,
            pause: None,
            within: 30,
            beyond: None,
            unless: None,
        },
        promise_per_party: false,
        behaviours: vec![Behaviour { sentence, counting: None, per_party }],
        story: Story { events },
        as_of: Some(as_of),
    }
}

#[test]
fn what_comes_before_is_told_by_position() {
    let needs = || Sentence::Needs(a("paid"), a("called"));
    assert_eq!(judged(needs(), &[(5, "called"), (5, "paid")], 9), [(5, Met)]);
    assert_eq!(judged(needs(), &[(5, "paid"), (5, "called")], 9), [(5, Breached)]);
    assert_eq!(
        judged(Sentence::Needs(a("paid"), fit("called")), &[(1, "called"), (5, "paid")], 9),
        [(5, Undetermined)]
    );
}

#[test]
fn one_answer_answers_all_that_wait() {
    let follows = || Sentence::Follows(a("asked"), a("called"), Some(Limit::Exact(10)));
    assert_eq!(judged(follows(), &[(0, "asked"), (5, "asked"), (10, "called")], 10), [(0, Met), (5, Met)]);
    assert_eq!(judged(follows(), &[(0, "asked"), (11, "called")], 11), [(0, Breached)]);
    // What falls due exactly when things are judged is open.
    assert_eq!(judged(follows(), &[(0, "asked")], 10), [(0, Running)]);
    assert_eq!(judged(follows(), &[(0, "asked")], 11), [(0, Breached)]);
}

#[test]
fn without_a_limit_only_the_end_of_the_case_tells() {
    let follows = || Sentence::Follows(a("asked"), a("called"), None);
    assert_eq!(judged(follows(), &[(0, "asked")], 1000), [(0, Running)]);
    assert_eq!(judged(follows(), &[(0, "asked"), (10, "closed")], 70), [(0, Running)]);
    assert_eq!(judged(follows(), &[(0, "asked"), (10, "closed")], 71), [(0, Breached)]);
    assert_eq!(judged(follows(), &[(0, "asked"), (10, "closed"), (70, "called")], 99), [(0, Met)]);
    assert_eq!(judged(follows(), &[(0, "asked"), (10, "closed"), (71, "called")], 99), [(0, Breached)]);
}

#[test]
fn never_is_told_of_each_or_once_of_the_case() {
    let never = || Sentence::Never(a("paid"));
    assert_eq!(judged(never(), &[(3, "asked")], 9), [(3, Running)]);
    assert_eq!(judged(never(), &[(3, "asked"), (4, "closed")], 99), [(3, Met)]);
    assert_eq!(judged(never(), &[(3, "asked"), (4, "paid"), (5, "paid")], 9), [(4, Breached), (5, Breached)]);
    assert_eq!(judged(Sentence::Never(fit("paid")), &[(3, "asked"), (4, "paid")], 9), [(4, Undetermined)]);
}

#[test]
fn never_after_begins_with_the_first() {
    let never = || Sentence::NeverAfter(a("paid"), a("asked"));
    assert_eq!(judged(never(), &[(1, "paid")], 9), []);
    assert_eq!(judged(never(), &[(1, "paid"), (2, "asked"), (3, "asked")], 9), [(2, Running)]);
    assert_eq!(judged(never(), &[(2, "asked"), (2, "paid")], 9), [(2, Breached)]);
}

#[test]
fn never_within_is_over_when_its_time_is() {
    let never = || Sentence::NeverWithin(a("paid"), Limit::Exact(10), a("asked"));
    assert_eq!(judged(never(), &[(0, "asked"), (10, "paid")], 10), [(0, Breached)]);
    assert_eq!(judged(never(), &[(0, "asked"), (11, "paid")], 11), [(0, Met)]);
    assert_eq!(judged(never(), &[(0, "asked")], 10), [(0, Running)]);
}

#[test]
fn counts_are_final_when_nothing_can_change_them() {
    let count = |bound| Sentence::Count(bound, 1, a("called"));
    let twice = [(0, "called"), (1, "called")];
    assert_eq!(judged(count(Bound::AtMost), &twice, 9), [(1, Breached)]);
    assert_eq!(judged(count(Bound::AtLeast), &twice, 9), [(0, Met)]);
    assert_eq!(judged(count(Bound::Exactly), &twice, 9), [(0, Breached)]);
    assert_eq!(judged(count(Bound::Exactly), &twice[..1], 9), [(0, Running)]);
    assert_eq!(judged(count(Bound::Exactly), &[(0, "called"), (1, "closed")], 99), [(0, Met)]);
    assert_eq!(judged(count(Bound::AtLeast), &[(1, "closed")], 99), [(1, Breached)]);
}

#[test]
fn a_gap_may_be_as_long_as_it_is_said_to_be() {
    let between = || Sentence::Between(a("asked"), a("answered"), a("called"), Limit::Exact(10));
    assert_eq!(judged(between(), &[(0, "asked"), (10, "called"), (20, "answered")], 20), [(0, Met)]);
    assert_eq!(judged(between(), &[(0, "asked"), (10, "called"), (21, "answered")], 21), [(0, Breached)]);
    assert_eq!(judged(between(), &[(0, "asked"), (10, "called")], 20), [(0, Running)]);
    assert_eq!(judged(between(), &[(0, "asked"), (10, "called")], 21), [(0, Breached)]);
    // A second opening inside the span is nothing; one behind it is a span of its own.
    let events = [(0, "asked"), (5, "asked"), (10, "answered"), (10, "asked")];
    assert_eq!(judged(between(), &events, 11), [(0, Met), (10, Running)]);
}

#[test]
fn four_eyes_need_two_names() {
    let other = || Sentence::Other(a("paid"), a("called"));
    let by = |kind, actor| Event { actor, ..Event::brought_about(0, 0, kind) };
    let verdict = |events: Vec<Event>| judge(&world(other(), false, events, 9))[0].verdict;
    assert_eq!(verdict(vec![by("called", Some(1)), by("paid", Some(2))]), Met);
    assert_eq!(verdict(vec![by("called", Some(1)), by("paid", Some(1))]), Breached);
    assert_eq!(verdict(vec![by("called", None), by("paid", Some(1))]), Undetermined);
    assert_eq!(verdict(vec![by("called", None), by("called", Some(1)), by("paid", Some(1))]), Breached);
    assert_eq!(verdict(vec![by("paid", None)]), Met);
}

#[test]
fn the_clock_brings_about_what_sentences_speak_of() {
    let after = || Sentence::Follows(a(BREACH), a("called"), Some(Limit::Exact(10)));
    assert_eq!(judged(after(), &[(0, "asked"), (30, "answered")], 99), []);
    assert_eq!(judged(after(), &[(0, "asked"), (40, "called")], 99), [(30, Met)]);
    assert_eq!(judged(after(), &[(0, "asked"), (30, "called")], 99), [(30, Breached)]);
}

#[test]
fn a_party_is_judged_over_all_its_cases() {
    let sentence = || Sentence::NeverWithin(a("asked"), Limit::CalendarDays(1, None), a("closed"));
    let of =
        |case, at, kind| Event { of_case: vec![(PARTY, Value::Word("ann"))], ..Event::brought_about(at, case, kind) };
    let events = || vec![of(4, 0, "closed"), of(7, 2879, "asked"), of(7, 2880, "asked")];
    let found = judge(&world(sentence(), true, events(), 3000));
    assert_eq!(found, [Found { behaviour: 0, case: 4, start: 0, verdict: Breached }]);
    let mut stranger = events();
    stranger[1].of_case.clear();
    assert_eq!(judge(&world(sentence(), true, stranger, 3000))[0].verdict, Met);
}
