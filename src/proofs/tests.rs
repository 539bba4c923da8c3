//! The decision procedure against brute force, and its examples against the engine's own truth.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rust_decimal::Decimal;

use super::cells::{Cell, Read};
use super::segments::Segments;
use super::space::{Answer, Missing, Space};
use super::truth_set::TruthSet;

use crate::calendar::{Date, Duration, Instant};
use crate::engine::truth::{Facts, Latest, Own, Truth};
use crate::graph::{Comparison, Condition, Graph, Operand};
use crate::log::{Event, Place};
use crate::source::{SourceFile, Sources};
use crate::vocabulary::{Currency, Money, Reading, Value};

/// A field of each type, some of which may be missing; of the case, of the sentence's event, of the latest event
/// of another kind; a fact, two periods that touch, and segments upon segments.
const STANDARDS: &str = r#"
service tried { timezone "Asia/Shanghai" }
role agent
role lead leads agent
period first "First" 2026-03-01..2026-03-02
period second "Second" 2026-03-02..2026-03-04, 2026-03-06..2026-03-06
case {
  priority: low < normal < high?
  tier: one of (basic, silver, gold)
  visits: number?
  score: 1..3
  vip: bool
  cost: money?
  wait: duration
  day: date?
  at: time
  channel: text
  asked: role
}
event opened { amount: number }
event rated { stars: 1..3  kind: text? }
event closed
segment valued when vip or tier is gold
segment urgent when priority is at least normal and not valued
standard answer { from opened to closed within 1h }
cause busy for answer { kind staffing  when count of rated is at least 2 and handovers is at least 1 }
"#;

fn graph() -> Graph {
    let mut sources = Sources::new();
    let source = SourceFile::new("tried.mot", STANDARDS);
    let file = sources.add(source.clone());
    let (tree, unreadable) = crate::syntax::parse(file, &source);
    let (graph, faults) = crate::check::check(&[tree], &sources);
    let errors: Vec<_> = unreadable.iter().chain(&faults).filter(|fault| fault.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    graph
}

fn number(tenths: i64) -> Value {
    Value::Number(Decimal::new(tenths, 1))
}

fn money(amount: i64, code: &str) -> Value {
    Value::Money(Money { amount: amount.into(), currency: Currency::new(code).unwrap() })
}

fn hours(hours: i64) -> Instant {
    // From midnight of 1 March 2026 in Shanghai.
    let midnight = "2026-02-28T16:00:00Z".parse::<jiff::Timestamp>().unwrap();
    Instant::from_nanos(Instant::from_timestamp(midnight).as_nanos() + hours * 3_600_000_000_000)
}

fn day(day: i8) -> Value {
    Value::Date(Date::constant(2026, 3, day))
}

/// What can be read, the values it is compared with, and all values that it is tried with: finer than any cell.
fn domains() -> Vec<(Operand, Vec<Value>, Vec<Value>)> {
    let choices = |count: usize| (0..count).map(Value::Choice).collect::<Vec<_>>();
    let numbers = |tenths: &[i64]| tenths.iter().map(|tenths| number(*tenths)).collect::<Vec<_>>();
    let texts = |texts: &[&str]| texts.iter().map(|text| Value::Text((*text).into())).collect::<Vec<_>>();
    let bools = vec![Value::Bool(true), Value::Bool(false)];
    let spans = |minutes: &[i64]| {
        minutes.iter().map(|minutes| Value::Duration(Duration::from_minutes(*minutes))).collect::<Vec<_>>()
    };
    let times = |at: &[i64]| at.iter().map(|at| Value::Time(hours(*at))).collect::<Vec<_>>();
    let roles = vec![Value::Role(0), Value::Role(1)];
    let halves: Vec<i64> = (-1..9).map(|half| half * 5).collect();
    let amounts = [("CNY", [0, 10, 15, 20, 25]), ("EUR", [5, 10, 15, 20, 30]), ("USD", [1, 2, 3, 4, 5])];
    let amounts = amounts.iter().flat_map(|(code, amounts)| amounts.iter().map(|amount| money(*amount, code)));
    vec![
        (Operand::Case(0), choices(3), choices(3)),
        (Operand::Case(1), choices(3), choices(3)),
        (Operand::Case(2), numbers(&[10, 20, 30]), numbers(&halves)),
        (Operand::Case(3), numbers(&[10, 20, 30]), numbers(&[10, 15, 20, 25, 30])),
        (Operand::Case(4), bools.clone(), bools),
        (Operand::Case(5), vec![money(10, "CNY"), money(20, "CNY"), money(10, "EUR")], amounts.collect()),
        (Operand::Case(6), spans(&[0, 60, 120]), spans(&[0, 30, 60, 90, 120, 300])),
        (Operand::Case(7), vec![day(2), day(3), day(6)], (1..8).map(day).collect()),
        (Operand::Case(8), times(&[0, 24]), times(&[-1, 0, 12, 24, 30])),
        (Operand::Case(9), texts(&["a", "b", "other"]), texts(&["a", "b", "other", "c"])),
        (Operand::Case(10), roles.clone(), roles),
        (Operand::Own(vec![(0, 0)]), numbers(&[10, 20, 30]), numbers(&halves)),
        (Operand::Latest(1, 0), numbers(&[10, 20, 30]), numbers(&[10, 15, 20, 25, 30])),
        (Operand::Latest(1, 1), texts(&["a", "b"]), texts(&["a", "b", "c"])),
        (Operand::Fact(0), numbers(&[0, 10, 15, 20]), numbers(&[0, 10, 20, 30])),
    ]
}

/// Instants on either side of each end of a period, and inside and outside of each.
fn starts() -> Vec<Instant> {
    [-1, 0, 23, 24, 40, 48, 72, 95, 96, 110, 119, 120, 143, 144, 200].map(hours).into()
}

/// A question of few readings, so that all cases can be tried.
#[derive(Clone, Debug)]
struct Question {
    reads: Vec<usize>,
    conditions: Vec<Condition>,
    wanted: Vec<TruthSet>,
}

fn test(read: usize) -> BoxedStrategy<Condition> {
    let domains = domains();
    let (operand, constants, _) = domains[read].clone();
    let ordered = !matches!(read, 1 | 4 | 9 | 10 | 13);
    let comparisons = match ordered {
        true => vec![
            Comparison::Is,
            Comparison::IsNot,
            Comparison::AtLeast,
            Comparison::AtMost,
            Comparison::MoreThan,
            Comparison::LessThan,
        ],
        false => vec![Comparison::Is, Comparison::IsNot],
    };
    let count = constants.len();
    let known = Condition::Known(operand.clone());
    let one_of = {
        let operand = operand.clone();
        subsequence(constants.clone(), 1..=count).prop_map(move |some| Condition::OneOf(operand.clone(), some))
    };
    let is_true = Condition::IsTrue(operand.clone());
    let compare = (select(comparisons), select(constants))
        .prop_map(move |(comparison, value)| Condition::Compare(operand.clone(), comparison, value));
    match read {
        4 => prop_oneof![Just(is_true), compare, Just(known)].boxed(),
        _ => prop_oneof![4 => compare, 1 => one_of, 1 => Just(known)].boxed(),
    }
}

fn condition(reads: Vec<usize>) -> BoxedStrategy<Condition> {
    let mut leaves: Vec<BoxedStrategy<Condition>> = reads.iter().map(|read| test(*read)).collect();
    leaves.push(select(vec![Condition::StartedIn(0), Condition::StartedIn(1)]).boxed());
    if [0, 1, 4].iter().all(|read| reads.contains(read)) {
        leaves.push(select(vec![Condition::Segment(0), Condition::Segment(1)]).boxed());
    }
    let leaf = proptest::strategy::Union::new(leaves);
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::Any),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

fn question() -> impl Strategy<Value = Question> {
    let some = subsequence((0..domains().len()).collect::<Vec<_>>(), 1..=2);
    let reads = prop_oneof![3 => some, 1 => Just(vec![0, 1, 4])];
    reads.prop_flat_map(|reads| {
        let conditions = prop::collection::vec(condition(reads.clone()), 1..4);
        let truths = select(vec![
            TruthSet::TRUE,
            TruthSet::FALSE,
            TruthSet::UNKNOWN,
            TruthSet::TRUE | TruthSet::UNKNOWN,
            TruthSet::FALSE | TruthSet::UNKNOWN,
            TruthSet::TRUE | TruthSet::FALSE,
        ]);
        (Just(reads), conditions, prop::collection::vec(truths, 3)).prop_map(|(reads, conditions, wanted)| Question {
            reads,
            conditions,
            wanted,
        })
    })
}

/// One case as a log would tell it.
struct Told {
    case: Vec<Reading>,
    own: Vec<Reading>,
    rated: Event,
    shown: Vec<Reading>,
    started: Instant,
}

impl Told {
    fn nothing() -> Self {
        let missing = |count: usize| vec![Reading::Missing; count];
        let place = Place { source: 0, line: 1, position: 0 };
        let rated = Event {
            time: hours(0),
            case: 0,
            kind: 1,
            fields: missing(2),
            case_fields: Vec::new(),
            actor: None,
            role: Reading::Missing,
            place,
        };
        Self { case: missing(11), own: missing(1), rated, shown: missing(2), started: hours(0) }
    }

    fn say(&mut self, operand: &Operand, reading: Reading) {
        let slot = match operand {
            Operand::Case(field) => &mut self.case[*field],
            Operand::Own(_) => &mut self.own[0],
            Operand::Latest(_, slot) => &mut self.rated.fields[*slot],
            Operand::Fact(fact) => &mut self.shown[*fact],
            Operand::Here => return,
        };
        *slot = reading;
    }

    /// What the engine makes of a condition.
    fn truth(&self, graph: &Graph, condition: &Condition) -> TruthSet {
        let latest = [Latest::None, Latest::Told(&self.rated), Latest::None];
        let own = Some(Own { kind: 0, fields: &self.own, place: None });
        let facts = Facts {
            graph,
            case: &self.case,
            said_in: &[],
            latest: &latest,
            own,
            started: Some(self.started),
            shown: &self.shown,
        };
        match facts.truth(condition) {
            Truth::True => TruthSet::TRUE,
            Truth::False => TruthSet::FALSE,
            Truth::Unknown => TruthSet::UNKNOWN,
        }
    }

    fn answers(&self, graph: &Graph, question: &Question) -> bool {
        let asked = question.conditions.iter().zip(&question.wanted);
        asked.clone().all(|(condition, wanted)| self.truth(graph, condition).are_among(*wanted))
    }
}

/// All that a field is tried with.
fn tried(graph: &Graph, operand: &Operand, values: &[Value], missing: Missing) -> Vec<Reading> {
    let may_be_missing = missing == Missing::Any || super::cells::may_be_missing(graph, &Read::Field(operand.clone()));
    let known = values.iter().cloned().map(Reading::Known);
    // What is not of its type leaves unknown whatever is asked of it: proofs speak of what a cell may say.
    known.chain(may_be_missing.then_some(Reading::Missing)).collect()
}

/// Whether any case answers the question, all being tried; and how many were.
fn brute_force(graph: &Graph, question: &Question, missing: Missing) -> (bool, usize) {
    let domains = domains();
    let choices: Vec<(&Operand, Vec<Reading>)> = question
        .reads
        .iter()
        .map(|read| (&domains[*read].0, tried(graph, &domains[*read].0, &domains[*read].2, missing)))
        .collect();
    let mut cases = 0;
    for started in starts() {
        let mut odometer = vec![0; choices.len()];
        loop {
            let mut told = Told::nothing();
            told.started = started;
            for ((operand, readings), at) in choices.iter().zip(&odometer) {
                told.say(operand, readings[*at].clone());
            }
            cases += 1;
            if told.answers(graph, question) {
                return (true, cases);
            }
            let Some(turn) = (0..choices.len()).rev().find(|index| odometer[*index] + 1 < choices[*index].1.len())
            else {
                break;
            };
            odometer[turn] += 1;
            odometer[turn + 1..].fill(0);
        }
    }
    (false, cases)
}

/// A case that an answer names; what it leaves open is filled by `pick`.
fn told(space: &Space<'_>, settled: &[Option<usize>], pick: usize, missing: Missing, graph: &Graph) -> Told {
    let mut told = Told::nothing();
    for ((read, cells), cell) in space.readings().zip(settled) {
        let may_be_missing = missing == Missing::Any || super::cells::may_be_missing(graph, read);
        let allowed: Vec<&Cell> = cells.iter().filter(|cell| may_be_missing || **cell != Cell::Missing).collect();
        let cell = cell.map_or_else(|| allowed[pick % allowed.len()], |cell| &cells[cell]);
        match (read, cell) {
            (Read::Field(operand), Cell::Known(value)) => told.say(operand, Reading::Known(value.clone())),
            (Read::Start, Cell::Known(Value::Time(at))) => told.started = *at,
            _ => {}
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(600),
        rng_seed: proptest::test_runner::RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// The search finds a case if there is one among all that can be told apart, and its example is one.
    #[test]
    fn the_search_agrees_with_brute_force(question in question(), pick in 0usize..64) {
        let graph = graph();
        let space = Space::of(&graph, &question.conditions, &Segments::of(&graph)).unwrap();
        let wanted: Vec<_> = question.wanted.iter().copied().enumerate().take(question.conditions.len()).collect();
        for missing in [Missing::Any, Missing::Marked] {
            let (exists, _) = brute_force(&graph, &question, missing);
            match space.find(&wanted, missing) {
                Answer::Case(case) => {
                    prop_assert!(exists, "no case answers {question:#?}");
                    let told = told(&space, &case, pick, missing, &graph);
                    prop_assert!(told.answers(&graph, &question), "no example of {question:#?}: {case:?}");
                }
                Answer::None => prop_assert!(!exists, "there is a case of {question:#?}"),
                Answer::Undecided => prop_assert!(false, "so small a question is decided"),
            }
        }
    }
}

#[test]
fn sets_of_truths_are_kleenes_truths_member_by_member() {
    let one = [TruthSet::TRUE, TruthSet::FALSE, TruthSet::UNKNOWN];
    let rank = |truth: TruthSet| match truth {
        TruthSet::FALSE => 0,
        TruthSet::UNKNOWN => 1,
        _ => 2,
    };
    let sets: Vec<Vec<TruthSet>> =
        (1..8usize).map(|bits| (0..3).filter(|bit| bits & (1 << bit) != 0).map(|bit| one[bit]).collect()).collect();
    let set = |members: &[TruthSet]| members.iter().fold(TruthSet::NONE, |so_far, truth| so_far | *truth);
    for a in &sets {
        for b in &sets {
            let both = a.iter().flat_map(|a| b.iter().map(|b| if rank(*a) < rank(*b) { *a } else { *b }));
            let either = a.iter().flat_map(|a| b.iter().map(|b| if rank(*a) > rank(*b) { *a } else { *b }));
            assert_eq!(set(a).and(set(b)), set(&both.collect::<Vec<_>>()));
            assert_eq!(set(a).or(set(b)), set(&either.collect::<Vec<_>>()));
        }
    }
}

/// Nine guests and eight chairs, no two on one: nobody sees at a glance that it cannot be.
#[test]
fn what_takes_too_long_is_undecided() {
    let chairs: Vec<String> = (0..8).map(|chair| format!("chair_{chair}")).collect();
    let guests: String = (0..9).map(|guest| format!("  guest_{guest}: one of ({})\n", chairs.join(", "))).collect();
    let text = format!("service feast {{ timezone \"UTC\" }}\ncase {{\n{guests}}}\n");
    let mut sources = Sources::new();
    let source = SourceFile::new("feast.mot", text.as_str());
    let file = sources.add(source.clone());
    let (graph, _) = crate::check::check(&[crate::syntax::parse(file, &source).0], &sources);
    let sits = |guest, chair| Condition::Compare(Operand::Case(guest), Comparison::Is, Value::Choice(chair));
    let conditions = |guests: usize| {
        let pairs = (0..guests).flat_map(move |one| (one + 1..guests).map(move |other| (one, other)));
        pairs.flat_map(|(one, other)| (0..8).map(move |chair| (one, other, chair)))
    };
    let seated = |guests: usize| {
        let both =
            conditions(guests).map(|(one, other, chair)| Condition::All(vec![sits(one, chair), sits(other, chair)]));
        let both: Vec<Condition> = both.collect();
        let space = Space::of(&graph, &both, &Segments::of(&graph)).unwrap();
        let wanted: Vec<_> = (0..both.len()).map(|index| (index, TruthSet::FALSE)).collect();
        space.find(&wanted, Missing::Any)
    };
    assert!(matches!(seated(8), Answer::Case(_)));
    assert_eq!(seated(9), Answer::Undecided);
}
