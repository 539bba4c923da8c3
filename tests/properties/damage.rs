//! Damage makes no false certainty: each definite verdict of a damaged log is the verdict of every completion of the
//! damage. What there would be to judge in one of them and is not known is told as perhaps begun. And it stays where it
//! is: damage in one case leaves all other cases' verdicts as they were.

use std::collections::{BTreeMap, BTreeSet};

use mot::calendar::Instant;
use mot::engine::{Detail, Evaluation, Finding, LevelFinding, Options, Rule, Verdict, evaluate};
use mot::graph::{Graph, Percent, UndeterminedAs};
use mot::log::{Event, Log, Reason, RowCase, SetAside, UnreadableRow};
use mot::vocabulary::Reading;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use crate::reference::{across, authority, bridge, causes, conduct, generate, levels, render, scores, story};

/// How many completions of each damage are looked at.
const COMPLETIONS: usize = 8;

proptest! {
    #![proptest_config(bridge::cases(64))]

    #[test]
    fn no_false_certainty_of_clocks(world in generate::world(2), seed in any::<u64>()) {
        // Where fields that are missing and fields that cannot be read meet, a clock in many thousands is told by none.
        compare(&bridge::graph(&world), &bridge::log_of(&world), seed).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn no_false_certainty_of_behaviours(world in conduct::random::world(3), seed in any::<u64>()) {
        let graph = bridge::graph_of(&conduct::random::standards(&world));
        sound(&graph, &story::log_of(&world.story, &graph), seed)?;
    }

    #[test]
    fn no_false_certainty_of_causes_and_moments(world in causes::random::world(3), seed in any::<u64>()) {
        let graph = bridge::graph_of(&causes::random::standards(&world));
        sound(&graph, &story::log_of(&world.story, &graph), seed)?;
    }

    #[test]
    fn no_false_certainty_of_scores(world in scores::random::world(3), seed in any::<u64>()) {
        let graph = bridge::graph_of(&scores::random::standards(&world));
        sound(&graph, &story::log_of(&world.promises.story, &graph), seed)?;
    }

    #[test]
    fn no_false_certainty_of_levels(world in levels::random::world(6), seed in any::<u64>()) {
        let graph = bridge::graph_of(&levels::random::standards(&world));
        sound(&graph, &story::log_of(&world.story, &graph), seed)?;
    }

    #[test]
    fn no_false_certainty_across_cases(world in across::world(5), seed in any::<u64>()) {
        let graph = bridge::graph_of(&across::standards(&world));
        sound(&graph, &story::log_of(&world.story, &graph), seed)?;
    }

    #[test]
    fn no_false_certainty_of_authority(office in authority::office(), seed in any::<u64>()) {
        let graph = bridge::graph_of(&authority::standards(&office));
        sound(&graph, &authority::log_of(&office), seed)?;
    }
}

/// As many random logs as one likes: `HUNT=10000 cargo test --test main damage -- --ignored --nocapture`
#[test]
#[ignore = "takes as long as one likes"]
fn hunt() {
    let logs: usize = std::env::var("HUNT").map_or(300, |logs| logs.parse().unwrap());
    let mut runner = TestRunner::new(Config::default());
    let mut told = Compared::default();
    macro_rules! through {
        ($name:literal, $random:expr, $text:expr, $log:expr) => {
            let before = told;
            for _ in 0..logs {
                let world = $random.new_tree(&mut runner).unwrap().current();
                let seed = any::<u64>().new_tree(&mut runner).unwrap().current();
                let text: String = $text(&world);
                let graph = bridge::graph_of(&text);
                match compare(&graph, &$log(&world, &graph), seed) {
                    Ok((compared, untold)) => {
                        told.add(compared);
                        if let Some(why) = untold.filter(|_| told.untold - before.untold <= 3) {
                            println!("{}: {why}\n{text}", $name);
                        }
                    }
                    Err(why) => {
                        told.unsound += 1;
                        if told.unsound - before.unsound <= 5 {
                            println!("{}: {why}\n{text}", $name);
                        }
                    }
                }
            }
            println!("{}: {logs} logs, {:?}", $name, told.since(before));
        };
    }
    through!("clocks", generate::world(2), render::standards, |world: &_, _| bridge::log_of(world));
    through!("behaviours", conduct::random::world(3), conduct::random::standards, |world: &conduct::World, graph| {
        story::log_of(&world.story, graph)
    });
    through!("causes", causes::random::world(3), causes::random::standards, |world: &causes::World, graph| {
        story::log_of(&world.story, graph)
    });
    through!("scores", scores::random::world(3), scores::random::standards, |world: &scores::World, graph| {
        story::log_of(&world.promises.story, graph)
    });
    through!("levels", levels::random::world(6), levels::random::standards, |world: &levels::World, graph| {
        story::log_of(&world.story, graph)
    });
    through!("across", across::world(5), across::standards, |world: &across::World, graph| {
        story::log_of(&world.story, graph)
    });
    through!("authority", authority::office(), authority::standards, |office: &_, _| authority::log_of(office));
    println!("{told:?}");
    assert_eq!(told.unsound, 0);
}

/// How much was compared.
#[derive(Clone, Copy, Default, Debug)]
struct Compared {
    unsound: usize,
    /// Logs in which something may have begun and nothing tells so.
    untold: usize,
    rows_lost: usize,
    cells_lost: usize,
    definite: usize,
    undetermined: usize,
}

impl Compared {
    fn add(&mut self, other: Compared) {
        self.untold += other.untold;
        self.rows_lost += other.rows_lost;
        self.cells_lost += other.cells_lost;
        self.definite += other.definite;
        self.undetermined += other.undetermined;
    }

    fn since(self, before: Compared) -> Compared {
        Compared {
            unsound: self.unsound - before.unsound,
            untold: self.untold - before.untold,
            rows_lost: self.rows_lost - before.rows_lost,
            cells_lost: self.cells_lost - before.cells_lost,
            definite: self.definite - before.definite,
            undetermined: self.undetermined - before.undetermined,
        }
    }
}

fn sound(graph: &Graph, log: &Log, seed: u64) -> Result<(), TestCaseError> {
    match compare(graph, log, seed) {
        Ok((_, None)) => Ok(()),
        Ok((_, Some(why))) | Err(why) => Err(TestCaseError::fail(why)),
    }
}

/// Damages a log, and holds what is said of it against completions of the damage.
fn compare(graph: &Graph, log: &Log, seed: u64) -> Result<(Compared, Option<String>), String> {
    let mut dice = Dice(seed | 1);
    let Some(as_of) = log.events.last().map(|event| event.time) else { return Ok(Default::default()) };
    let anywhere = dice.one_in(8);
    let allowed_loss = Some(if anywhere { Percent(0) } else { Percent::WHOLE });
    let options = Options { as_of: Some(as_of), allowed_loss, ..Options::default() };
    let damage = Damage::of(log, anywhere, &mut dice);
    let said = evaluate(graph, &damage.log, &options);
    let definite: Vec<&Finding> = said.findings.iter().filter(|found| is_definite(found.verdict)).collect();
    let touched = damage.cases();
    let mut untold = None;
    for number in 0..COMPLETIONS {
        let complete = if number == 0 { log.clone() } else { damage.completed(graph, log, &mut dice) };
        let truth = evaluate(graph, &complete, &options);
        if untold.is_none() {
            let begun = begun_untold(graph, &said, &truth);
            untold =
                begun.map(|finding| told("nothing tells that this may have begun", finding, &damage, &complete, &said));
        }
        for finding in &definite {
            agrees(graph, finding, &truth).map_err(|why| told(&why, finding, &damage, &complete, &said))?;
        }
        // Whoever says how the undetermined count has a verdict by that, whatever they were.
        let says_how = |level: &LevelFinding| graph.levels[level.level].undetermined != UndeterminedAs::Either;
        for level in said.levels.iter().filter(|level| is_definite(level.verdict) && !says_how(level)) {
            let so = truth.levels.iter().find(|found| found.id == level.id).map(|found| found.verdict);
            // Where something is still open, nothing is decided: but whatever comes of it was reckoned with.
            if so.is_some_and(|so| so != level.verdict && so != Verdict::Running) {
                return Err(format!(
                    "in a completion the level is {so:?}\n{level:?}\n{}",
                    told_damage(&damage, &complete)
                ));
            }
        }
        let elsewhere =
            truth.findings.iter().filter(|_| number == 0 && !anywhere && graph.reaches.iter().all(Option::is_none));
        for known in elsewhere.filter(|found| !graph.speaks_of_parties() && !touched.contains(&found.case)) {
            // What an actor may spend in a day reaches over all cases.
            if matches!(known.rule, Rule::Action(_) | Rule::Approval(_)) {
                continue;
            }
            let still = said.findings.iter().find(|found| found.id == known.id).map(|found| found.verdict);
            if still != Some(known.verdict) {
                return Err(told("damage in one case turned a verdict of another", known, &damage, &complete, &said));
            }
        }
    }
    let compared = Compared {
        unsound: 0,
        untold: usize::from(untold.is_some()),
        rows_lost: damage.log.unreadable.len(),
        cells_lost: damage.cells.len(),
        definite: definite.len(),
        undetermined: said.findings.len() - definite.len(),
    };
    Ok((compared, untold))
}

fn told(why: &str, finding: &Finding, damage: &Damage, complete: &Log, said: &Evaluation) -> String {
    let all: Vec<_> = said
        .findings
        .iter()
        .map(|found| format!("{:?} {} {} {:?}", found.rule, found.case, told_time(found.start), found.verdict))
        .collect();
    format!(
        "{why}\n{:?} {:?} {:?} start {} {:?}\n{}\n{:?}\nsaid {all:#?}",
        finding.rule,
        finding.verdict,
        finding.case,
        told_time(finding.start),
        finding.key,
        told_damage(damage, complete),
        finding.detail
    )
}

fn told_damage(damage: &Damage, complete: &Log) -> String {
    let row = |row: &UnreadableRow| {
        let (from, to) = row.between;
        let between = format!("{} to {}", told_time(from), told_time(to));
        format!("line {} {:?} kinds {:?} {between} {:?}", row.place.line, row.case, row.kinds, row.case_fields)
    };
    let lost: Vec<_> = damage.lost.iter().map(|(lost, _)| row(lost)).collect();
    let events: Vec<_> = complete.events.iter().map(told_event).collect();
    format!("lost {lost:#?}\ncells by index {:?}\ncomplete {events:#?}", damage.cells)
}

fn told_event(event: &Event) -> String {
    let Event { time, case, kind, fields, case_fields, actor, role, place } = event;
    let at = told_time(*time);
    format!("line {} {at} case {case} kind {kind} {fields:?} of case {case_fields:?} {actor:?} {role:?}", place.line)
}

/// In minutes, of which only the last digits matter.
fn told_time(at: Instant) -> String {
    match at {
        Instant::MIN => "min".into(),
        Instant::MAX => "max".into(),
        at => (at.as_nanos() / 60_000_000_000 % 1_000_000).to_string(),
    }
}

/// Whether what is said of a damaged log is so in a completion.
fn agrees(graph: &Graph, finding: &Finding, truth: &Evaluation) -> Result<(), String> {
    // A party goes by the name of its first case, and that may be another.
    let per_party = is_per_party(graph, finding.rule);
    let of_the_case = match &finding.detail {
        Detail::Conduct(detail) => detail.of_the_case,
        Detail::Score(_) | Detail::Journey(_) => true,
        // A moment is told once a case, when it is first seen out of control.
        Detail::Moment(_) => true,
        _ => false,
    };
    let same = |other: &&Finding| {
        let is_whole = matches!(&other.detail, Detail::Conduct(detail) if detail.of_the_case);
        (other.rule, &other.key) == (finding.rule, &finding.key)
            && (per_party || other.case == finding.case)
            && (of_the_case || (other.start == finding.start && !is_whole))
    };
    let mut candidates = truth.findings.iter().filter(same).peekable();
    if candidates.peek().is_none() {
        return Err("in a completion there is no such finding".into());
    }
    let verdicts: Vec<Verdict> = candidates.map(|found| found.verdict).collect();
    if verdicts.contains(&finding.verdict) { Ok(()) } else { Err(format!("in a completion it is {verdicts:?}")) }
}

/// A finding of a completion where a rule has more findings than are known, and nothing tells that more may have begun.
fn begun_untold<'t>(graph: &Graph, said: &Evaluation, truth: &'t Evaluation) -> Option<&'t Finding> {
    let mut known: BTreeMap<(Rule, &str), usize> = BTreeMap::new();
    said.findings.iter().for_each(|found| *known.entry((found.rule, &found.case)).or_default() += 1);
    let hear_of_others = graph.reaches.iter().any(Option::is_some);
    let cases: BTreeSet<&str> = said.findings.iter().map(|found| &*found.case).collect();
    truth.findings.iter().find(|found| {
        // What is judged over many findings is told by these.
        if matches!(found.rule, Rule::Scorecard(_) | Rule::Journey(_)) || is_per_party(graph, found.rule) {
            return false;
        }
        // A case of which nothing can be read is not judged as a whole, unless a row would break what it promises.
        let is_whole = match &found.detail {
            Detail::Conduct(detail) => detail.of_the_case,
            Detail::Moment(_) => true,
            _ => false,
        };
        if is_whole && found.verdict != Verdict::Breached && !cases.contains(&*found.case) {
            return false;
        }
        let left = known.entry((found.rule, &found.case)).or_default();
        let is_more = *left == 0;
        *left = left.saturating_sub(1);
        // Of the case as a whole there is one finding, which tells of what may break it.
        let is_open =
            |of: &&Finding| (of.rule, &of.case, of.verdict) == (found.rule, &found.case, Verdict::Undetermined);
        let of_the_case = |of: &Finding| matches!(&of.detail, Detail::Conduct(detail) if detail.of_the_case);
        if said.findings.iter().filter(is_open).any(of_the_case) {
            return false;
        }
        let is_told = said.unseen.iter().any(|unseen| {
            let of_the_case = unseen.case.as_ref().is_none_or(|case| hear_of_others || *case == found.case);
            of_the_case && unseen.rule.is_none_or(|rule| rule == found.rule)
        });
        is_more && !is_told
    })
}

/// Whether a verdict says that something was so. What is open may yet be anything.
fn is_definite(verdict: Verdict) -> bool {
    verdict != Verdict::Undetermined && !verdict.is_open()
}

fn is_per_party(graph: &Graph, rule: Rule) -> bool {
    match rule {
        Rule::Standard(index) => graph.standards[index].per_party,
        Rule::Behaviour(index) => graph.behaviours[index].per_party,
        Rule::Scorecard(index) => graph.scorecards[index].per_party,
        Rule::Journey(index) => graph.journeys[index].per_party,
        Rule::Escalation(index, _) => graph.standards[graph.escalations[index].standard].per_party,
        Rule::Extension(index, _) => graph.standards[index].per_party,
        _ => false,
    }
}

/// A damaged log, and what was lost.
struct Damage {
    log: Log,
    /// The rows that were lost, by the index of their event.
    lost: Vec<(UnreadableRow, usize)>,
    /// The cells that were lost: the index of the event in the log, and the cell.
    cells: Vec<(usize, Cell)>,
    /// The case of each row before any was lost.
    cases_of_rows: Vec<u32>,
    seen: Seen,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Cell {
    Own(usize),
    Case(usize),
    Role,
}

impl Damage {
    fn of(log: &Log, anywhere: bool, dice: &mut Dice) -> Self {
        let mut damage = Self {
            log: Log { unseen_cases: log.cases.clone(), ..log.clone() },
            lost: Vec::new(),
            cells: Vec::new(),
            cases_of_rows: log.events.iter().map(|event| event.case).collect(),
            seen: Seen::of(log),
        };
        let rows = dice.below(3);
        let mut lost: Vec<usize> = (0..rows).map(|_| dice.below(log.events.len())).collect();
        lost.sort_unstable();
        lost.dedup();
        for _ in 0..dice.below(if rows == 0 { 3 } else { 2 }) + usize::from(rows == 0) {
            let index = dice.below(log.events.len());
            if let Some(cell) = some_cell(&log.events[index], dice).filter(|_| !lost.contains(&index)) {
                damage.lose_cell(index, cell);
            }
        }
        let in_order = dice.one_in(2);
        for index in &lost {
            let row = damage.lost_row(log, *index, &lost, (in_order, anywhere), dice);
            damage.lost.push((row, *index));
        }
        let mut number = 0;
        damage.log.events.retain(|_| {
            number += 1;
            !lost.contains(&(number - 1))
        });
        damage.log.unreadable = damage.lost.iter().map(|(row, _)| row.clone()).collect();
        damage.log.intake.rows_read = log.events.len() as u64;
        let aside = |row: &UnreadableRow| SetAside {
            source: row.place.source,
            line: row.place.line,
            reason: Reason::NoEvent,
            text: None,
        };
        damage.log.intake.set_aside = damage.log.unreadable.iter().map(aside).collect();
        damage
    }

    fn lose_cell(&mut self, index: usize, cell: Cell) {
        let event = &mut self.log.events[index];
        let lost = Reading::Malformed("?".into());
        match cell {
            Cell::Own(field) => event.fields[field] = lost,
            Cell::Case(place) => event.case_fields[place].1 = lost,
            Cell::Role => event.role = lost,
        }
        self.cells.push((index, cell));
    }

    fn lost_row(
        &self,
        log: &Log,
        index: usize,
        lost: &[usize],
        (in_order, anywhere): (bool, bool),
        dice: &mut Dice,
    ) -> UnreadableRow {
        let event = &log.events[index];
        let time_known = dice.one_in(4);
        let stays = |other: &usize| !lost.contains(other);
        let before = (0..index).rev().find(stays).map_or(Instant::MIN, |other| log.events[other].time);
        let after = (index + 1..log.events.len()).find(stays).map_or(Instant::MAX, |other| log.events[other].time);
        let has_others = |case: u32| (0..log.events.len()).any(|other| stays(&other) && log.events[other].case == case);
        let case = match () {
            () if anywhere && dice.one_in(2) => RowCase::Unknown,
            () if has_others(event.case) => RowCase::Known(event.case),
            () => RowCase::WithoutEvents(event.case),
        };
        let kinds = (!dice.one_in(4)).then(|| vec![event.kind]);
        let event_fields = if kinds.is_some() && !dice.one_in(4) { event.fields.clone() } else { Vec::new() };
        UnreadableRow {
            place: event.place,
            case,
            kinds,
            between: match (time_known, in_order) {
                (true, _) => (event.time, event.time),
                (_, true) => (before, after),
                _ => (Instant::MIN, Instant::MAX),
            },
            case_fields: (!dice.one_in(4)).then(|| event.case_fields.clone()),
            event_fields,
            actor: event.actor.clone().filter(|_| !dice.one_in(3)),
        }
    }

    fn cases(&self) -> Vec<std::sync::Arc<str>> {
        let rows = self.lost.iter().map(|(_, index)| self.cases_of_rows[*index]);
        // Cells were lost before rows were taken out: their events are found by what they are.
        let broken = |event: &&Event| {
            let malformed = |reading: &Reading| matches!(reading, Reading::Malformed(_));
            event.fields.iter().any(malformed)
                || event.case_fields.iter().any(|(_, reading)| malformed(reading))
                || malformed(&event.role)
        };
        let cells = self.log.events.iter().filter(broken).map(|event| event.case);
        let all = rows.chain(cells);
        all.filter_map(|case| self.log.cases.get(case as usize).cloned()).collect()
    }

    /// One way in which what was lost may have been.
    fn completed(&self, graph: &Graph, log: &Log, dice: &mut Dice) -> Log {
        let mut complete = log.clone();
        for (index, cell) in &self.cells {
            self.seen.fill(&mut complete.events[*index], *cell, dice);
        }
        for (row, index) in &self.lost {
            let event = &mut complete.events[*index];
            self.seen.vary(graph, row, event, log, dice);
        }
        let absent: Vec<_> =
            self.lost.iter().filter(|_| dice.one_in(4)).map(|(_, index)| log.events[*index].place).collect();
        complete.events.retain(|event| !absent.contains(&event.place));
        complete.events.sort_by_key(|event| (event.time, event.place));
        complete
    }
}

fn some_cell(event: &Event, dice: &mut Dice) -> Option<Cell> {
    let own = (0..event.fields.len()).filter(|field| event.fields[*field].known().is_some()).map(Cell::Own);
    let case =
        (0..event.case_fields.len()).filter(|place| event.case_fields[*place].1.known().is_some()).map(Cell::Case);
    let role = event.role.known().map(|_| Cell::Role);
    let cells: Vec<Cell> = own.chain(case).chain(role).collect();
    (!cells.is_empty()).then(|| cells[dice.below(cells.len())])
}

/// The values that a log has of each field.
struct Seen {
    own: BTreeMap<(u16, usize), Vec<Reading>>,
    case: BTreeMap<u16, Vec<Reading>>,
    roles: Vec<Reading>,
    times: Vec<Instant>,
}

impl Seen {
    fn of(log: &Log) -> Self {
        let mut seen = Self { own: BTreeMap::new(), case: BTreeMap::new(), roles: Vec::new(), times: Vec::new() };
        for event in &log.events {
            for (field, reading) in event.fields.iter().enumerate().filter(|(_, reading)| reading.known().is_some()) {
                seen.own.entry((event.kind, field)).or_default().push(reading.clone());
            }
            for (field, reading) in event.case_fields.iter().filter(|(_, reading)| reading.known().is_some()) {
                seen.case.entry(*field).or_default().push(reading.clone());
            }
            seen.roles.extend(event.role.known().map(|_| event.role.clone()));
            seen.times.push(event.time);
        }
        seen
    }

    fn fill(&self, event: &mut Event, cell: Cell, dice: &mut Dice) {
        let values = match cell {
            Cell::Own(field) => &self.own[&(event.kind, field)],
            Cell::Case(place) => &self.case[&event.case_fields[place].0],
            Cell::Role => &self.roles,
        };
        let value = values[dice.below(values.len())].clone();
        match cell {
            Cell::Own(field) => event.fields[field] = value,
            Cell::Case(place) => event.case_fields[place].1 = value,
            Cell::Role => event.role = value,
        }
    }

    fn vary(&self, graph: &Graph, row: &UnreadableRow, event: &mut Event, log: &Log, dice: &mut Dice) {
        if row.kinds.is_none() && dice.one_in(2) {
            event.kind = u16::try_from(dice.below(graph.vocabulary.events.len())).unwrap();
            let fields = graph.vocabulary.events[usize::from(event.kind)].fields.len();
            event.fields = (0..fields)
                .map(|field| match self.own.get(&(event.kind, field)) {
                    Some(values) if !dice.one_in(4) => values[dice.below(values.len())].clone(),
                    _ => Reading::Missing,
                })
                .collect();
        }
        if row.case == RowCase::Unknown && dice.one_in(2) {
            event.case = log.events[dice.below(log.events.len())].case;
        }
        if row.case_fields.is_none() {
            let mut said = |values: &Vec<Reading>| values[dice.below(values.len())].clone();
            event.case_fields = self.case.iter().map(|(field, values)| (*field, said(values))).collect();
            event.case_fields.retain(|_| dice.one_in(2));
        }
        if row.actor.is_none() && dice.one_in(2) {
            event.actor = log.events[dice.below(log.events.len())].actor.clone();
        }
        let (from, to) = row.between;
        if from < to && !dice.one_in(4) {
            let near = self.times[dice.below(self.times.len())].as_nanos();
            let aside = (dice.below(2_000) as i64 - 1_000) * 60_000_000_000 * i64::from(!dice.one_in(3));
            event.time = Instant::from_nanos(near.saturating_add(aside)).max(from).min(to);
        }
    }
}

/// A little random generator: what it damages is told by its seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from((self.next() >> 16) % bound.max(1) as u64).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}
