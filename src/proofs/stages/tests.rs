//! What is told of stages, against all that could happen: every order of stages, each taking all its time.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::source::{SourceFile, Sources};

const EVENTS: [&str; 4] = ["a", "b", "c", "d"];
const GRADES: [&str; 3] = ["low", "middle", "high"];

/// A clock: where it starts and stops, and the hours it gives to each grade, if any.
#[derive(Clone, Debug)]
struct Clock {
    from: usize,
    to: usize,
    hours: [Option<u32>; 3],
}

impl Clock {
    fn text(&self, name: usize) -> String {
        let row = |hours: Option<u32>| match hours {
            None => "no target".to_owned(),
            Some(0) => "at once".to_owned(),
            Some(hours) => format!("within {hours}h"),
        };
        let mut text = format!("standard s{name} {{ from {} to {}\n", EVENTS[self.from], EVENTS[self.to]);
        for (grade, hours) in GRADES.iter().zip(self.hours).take(2) {
            writeln!(text, "{} when grade is {grade}", row(hours)).unwrap();
        }
        text + &row(self.hours[2]) + " otherwise }\n"
    }
}

fn clock() -> impl Strategy<Value = Clock> {
    let hours = || prop_oneof![1 => Just(None), 8 => (0u32..5).prop_map(Some)];
    let ends = select(vec![(0, 1), (1, 2), (2, 3), (0, 2), (1, 3), (0, 3), (3, 0), (2, 1), (0, 0)]);
    (ends, [hours(), hours(), hours()]).prop_map(|((from, to), hours)| Clock { from, to, hours })
}

/// The standards that are told of.
fn told(clocks: &[Clock]) -> BTreeSet<usize> {
    let mut text = "service s { timezone \"Asia/Shanghai\" }\ncase { grade: low < middle < high }\n".to_owned();
    EVENTS.iter().for_each(|event| writeln!(text, "event {event}").unwrap());
    text.extend(clocks.iter().enumerate().map(|(name, clock)| clock.text(name)));
    let mut sources = Sources::new();
    let source = SourceFile::new("stages.mot", text);
    let file = sources.add(source.clone());
    let (tree, faults) = crate::syntax::parse(file, &source);
    assert_eq!(faults, vec![]);
    let faults = crate::check::check(&[tree], &sources).1;
    let told = faults.iter().filter(|fault| fault.code() == "clock/stages-add-up");
    let whole = |fault: &crate::diagnostic::Diagnostic| {
        let message = fault.words().message;
        let (_, rest) = message.split_once("more than `s").unwrap();
        rest.split_once('`').unwrap().0.parse().unwrap()
    };
    told.map(whole).collect()
}

/// The verdicts of a clock over events at hours: whether each was met; none for what still runs.
fn verdicts(clock: &Clock, target: u32, log: &[(u32, usize)]) -> Vec<Option<bool>> {
    let (mut verdicts, mut since) = (Vec::new(), None);
    for (at, event) in log {
        if *event == clock.to
            && let Some(start) = since.take()
        {
            verdicts.push(Some(at - start <= target));
        }
        if *event == clock.from {
            since = since.or(Some(*at));
        }
    }
    verdicts.extend(since.map(|_| None));
    verdicts
}

/// Whether some stages, each taking all its time, are all met while the whole is not.
fn is_longer(clocks: &[Clock], whole: usize, grade: usize, stages: &[usize]) -> bool {
    let target = |clock: usize| clocks[clock].hours[grade];
    let Some(promised) = target(whole) else { return false };
    if let (Some(first), true) = (stages.first(), stages.len() > 1) {
        let mut log = vec![(0, clocks[*first].from)];
        for stage in stages {
            let (now, at) = *log.last().unwrap();
            let Some(hours) = target(*stage).filter(|_| clocks[*stage].from == at) else { return false };
            log.push((now + hours, clocks[*stage].to));
        }
        let met = |stage: &usize| verdicts(&clocks[*stage], target(*stage).unwrap(), &log) == [Some(true)];
        let spans = clocks[whole].from == clocks[*first].from && clocks[whole].to == log.last().unwrap().1;
        let late = verdicts(&clocks[whole], promised, &log).first() == Some(&Some(false));
        if spans && late && stages.iter().all(met) {
            return true;
        }
    }
    let others = (0..clocks.len()).filter(|next| *next != whole && !stages.contains(next));
    others.into_iter().any(|next| is_longer(clocks, whole, grade, &[stages, &[next]].concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_told_of_stages_can_happen_and_nothing_else_can(clocks in vec(clock(), 3..6)) {
        let possible = |whole: &usize| (0..GRADES.len()).any(|grade| is_longer(&clocks, *whole, grade, &[]));
        let possible: BTreeSet<usize> = (0..clocks.len()).filter(possible).collect();
        prop_assert_eq!(told(&clocks), possible);
    }
}
