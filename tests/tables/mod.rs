//! What `mot check` proves of conditions and tables, against brute force: random files, and for each the lines that
//! must carry a fault, found by looking at every case there is.
//!
//! `HUNT=100000 cargo test --test main tables::hunt -- --ignored --nocapture`; `HUNT_FROM=5` begins with another file.

mod brute;
mod cases;
mod generate;
mod smaller;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use mot::source::{SourceFile, Sources};

use self::world::World;

/// What is compared.
const CODES: [&str; 6] = [
    "condition/never-holds",
    "condition/always-holds",
    "table/dead-row",
    "table/no-otherwise",
    "table/overlap",
    "table/against-the-order",
];

#[test]
fn a_few_hundred_files_are_told_what_brute_force_finds() {
    let mut compared = Compared::default();
    for number in 0..400 {
        compared.file(number);
    }
    assert!(compared.disagreements.is_empty(), "{}", compared.disagreements.join("\n"));
}

#[test]
#[ignore = "takes as long as one likes"]
fn hunt() {
    let number_in = |name: &str, otherwise: u64| std::env::var(name).map_or(otherwise, |said| said.parse().unwrap());
    let (from, files) = (number_in("HUNT_FROM", 0), number_in("HUNT", 3_000));
    let begun = Instant::now();
    let mut compared = Compared::default();
    for number in from..from + files {
        compared.file(number);
        if compared.disagreements.len() == ENOUGH {
            break;
        }
    }
    println!("{compared}in {:?}", begun.elapsed());
    assert!(compared.disagreements.is_empty(), "{}", compared.disagreements.join("\n"));
}

/// After so many disagreements it is time to look at them.
const ENOUGH: usize = 5;

/// How much was compared.
#[derive(Default)]
struct Compared {
    files: usize,
    sound: usize,
    conditions: usize,
    rows: usize,
    faults: BTreeMap<&'static str, usize>,
    beside: BTreeMap<String, usize>,
    disagreements: Vec<String>,
}

impl Compared {
    fn file(&mut self, number: u64) {
        let world = generate::world(number);
        let text = world.text();
        let expected = expected(&world);
        self.files += 1;
        self.sound += usize::from(expected.is_empty());
        self.rows += text.lines.iter().filter(|(asked, _)| matches!(asked, world::Asked::Row(..))).count();
        self.conditions += text.lines.len();
        for (code, _) in &expected {
            *self.faults.entry(code).or_default() += 1;
        }
        for code in told(&text.text).beside {
            *self.beside.entry(code).or_default() += 1;
        }
        if disagreement(&world).is_some() {
            let world = smaller::smallest(world, |world| disagreement(world).is_some());
            let said = disagreement(&world).unwrap_or_default();
            self.disagreements.push(format!("file {number}\n{}\n{said}", world.text().text));
        }
    }
}

impl std::fmt::Display for Compared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Compared { files, sound, conditions, rows, .. } = self;
        writeln!(
            f,
            "{files} files, {sound} of them without a fault; {rows} rows, {conditions} places with a condition"
        )?;
        for (code, count) in &self.faults {
            writeln!(f, "{count:8} {code}")?;
        }
        writeln!(f, "told beside, and not compared: {:?}", self.beside)?;
        writeln!(f, "{} disagreements", self.disagreements.len())
    }
}

/// The faults that brute force finds, by code and line.
fn expected(world: &World) -> BTreeSet<(&'static str, usize)> {
    let text = world.text();
    let line = |asked| text.lines.iter().find(|(known, _)| *known == asked).map(|(_, line)| *line).unwrap();
    brute::judge(world).into_iter().map(|(code, asked)| (code, line(asked))).collect()
}

/// What the checker tells of a text.
struct Told {
    compared: BTreeSet<(&'static str, usize)>,
    beside: BTreeSet<String>,
    /// What keeps a file from being understood, or proved: such a file says nothing.
    amiss: Vec<String>,
}

fn told(text: &str) -> Told {
    let mut sources = Sources::new();
    let file = SourceFile::new("tried.mot", text);
    let id = sources.add(file.clone());
    let (tree, unreadable) = mot::syntax::parse(id, &file);
    let (_, faults) = mot::check::check(&[tree], &sources);
    let mut told = Told { compared: BTreeSet::new(), beside: BTreeSet::new(), amiss: Vec::new() };
    for fault in unreadable.iter().chain(&faults) {
        let line = text[..fault.at.start].lines().count().max(1);
        // What starts a line is counted with the lines before it.
        let line = line + usize::from(text[..fault.at.start].ends_with('\n'));
        if CODES.contains(&fault.code()) {
            told.compared.insert((fault.code(), line));
        } else if fault.code() == "proof/undecided" || (fault.is_error() && !fault.code().starts_with("clock/")) {
            told.amiss.push(format!("{} in line {line}: {}", fault.code(), fault.words().message));
        } else {
            told.beside.insert(fault.code().to_owned());
        }
    }
    told
}

/// Where the checker and brute force differ.
fn disagreement(world: &World) -> Option<String> {
    let (expected, told) = (expected(world), told(&world.text().text));
    let missed: Vec<_> = expected.difference(&told.compared).collect();
    let false_alarms: Vec<_> = told.compared.difference(&expected).collect();
    let agree = missed.is_empty() && false_alarms.is_empty() && told.amiss.is_empty();
    (!agree).then(|| format!("missed: {missed:?}\nfalse alarms: {false_alarms:?}\namiss: {:?}", told.amiss))
}
