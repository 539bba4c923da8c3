//! The reference itself, on one case of which anyone can say why it went wrong.

use super::*;

/// Opened at 0, held from 10 to 30, asked at 40 and granted at 70, answered at 100, within half an
/// hour; by two people in turn.
fn world(out_of_control: When) -> World {
    let events = [
        (0, "opened", Some(0)),
        (10, "held", Some(0)),
        (30, "returned", None),
        (40, "asked", Some(0)),
        (70, "granted", Some(1)),
        (70, "called", None),
        (100, "answered", Some(0)),
    ];
    let events = events.map(|(at, kind, actor)| Event { actor, ..Event::brought_about(at, 0, kind) }).to_vec();
    let promise = Promise {
        from: "opened",
        filter: None,
        to: "answered",
        cancel: None,
        pause: Some(("held", "returned")),
        within: 30,
        beyond: None,
        unless: None,
    };
    let (causes, remedies) = (Vec::new(), Vec::new());
    World { promise, callback: 30, causes, remedies, out_of_control, end: None, story: Story { events }, as_of: None }
}

fn exactly(fact: Fact, number: i64) -> When {
    When::All(vec![
        When::Fact(fact, Compare::AtLeast, number),
        When::Not(Box::new(When::Fact(fact, Compare::MoreThan, number))),
    ])
}

/// The causes that hold of the rule's breach.
fn causes(rule: Rule, whens: Vec<When>) -> Vec<(usize, bool)> {
    let mut world = world(When::Vip);
    world.causes = whens.into_iter().map(|when| Cause { of: vec![rule], when }).collect();
    let found = judge(&world).into_iter().find(|found| found.rule == rule).unwrap();
    assert_eq!(found.verdict, Verdict::Breached);
    found.causes
}

#[test]
fn a_clock_has_all_the_facts() {
    let whens = vec![
        exactly(Fact::Overshoot, 50),
        exactly(Fact::Paused, 20),
        exactly(Fact::Handovers, 2),
        exactly(Fact::CountOf("called"), 1),
        exactly(Fact::TimeFrom("held", "called"), 60),
        exactly(Fact::WaitingForApproval, 30),
    ];
    assert_eq!(causes(Rule::Promise, whens), [0, 1, 2, 3, 4, 5].map(|cause| (cause, true)));
}

#[test]
fn a_sentence_is_read_up_to_its_decision() {
    // The call came too late, at 70; the decision fell at 30.
    let whens = vec![
        exactly(Fact::CountOf("called"), 0),
        exactly(Fact::TimeFrom("held", "returned"), 20),
        When::Fact(Fact::TimeFrom("held", "called"), Compare::AtLeast, 0),
        When::Fact(Fact::Overshoot, Compare::AtLeast, 0),
        When::Vip,
    ];
    assert_eq!(causes(Rule::Callback, whens), [(0, true), (1, true), (2, false), (3, false), (4, false)]);
}

#[test]
fn a_remedy_waits_for_its_cause() {
    let mut world = world(When::Vip);
    world.causes = vec![Cause { of: vec![Rule::Promise], when: exactly(Fact::Paused, 0) }];
    world.remedies = vec![(Rule::Promise, vec![0]), (Rule::Promise, Vec::new())];
    assert_eq!(judge(&world)[0].remedies, [1]);
}

#[test]
fn out_of_control_is_found_when_it_comes_true() {
    let at = |when| judge_moment(&world(when));
    assert_eq!(at(When::Fact(Fact::CountOf(BREACH), Compare::AtLeast, 1)), [(0, Some(50), Verdict::Breached)]);
    assert_eq!(at(When::Fact(Fact::CountOf(BREACH), Compare::AtLeast, 2)), [(0, None, Verdict::Running)]);
}
