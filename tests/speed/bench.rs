//! How long reading and checking standards takes, as they grow; beside it a reader of YAML that only reads the
//! same rules as data.
//!
//! `cargo bench` measures; to try whether it runs, `cargo test --benches`.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use mot::graph::Graph;
use mot::source::{SourceFile, Sources};

mod rules;

use rules::{CLOCKS, DESKS, Kind};

/// Rules in a file.
const SIZES: [usize; 3] = [10, 1_000, 10_000];

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    for kind in [&CLOCKS, &DESKS] {
        measure(
            &mut criterion,
            &format!("check/{}", kind.name),
            |rules| kind.standards(rules),
            |text| {
                drop(black_box(check(text)));
            },
        );
        measure(
            &mut criterion,
            &format!("read/{}", kind.name),
            |rules| kind.standards(rules),
            |text| {
                drop(black_box(read(text)));
            },
        );
        measure(
            &mut criterion,
            &format!("yaml/{}", kind.name),
            |rules| kind.yaml(rules),
            |text| {
                drop(black_box(read_yaml(text)));
            },
        );
    }
    criterion.final_summary();
    for kind in [&CLOCKS, &DESKS] {
        compare(kind);
    }
}

/// Measures what is done with files of each size.
fn measure(criterion: &mut Criterion, name: &str, file: impl Fn(usize) -> String, done: impl Fn(&str)) {
    let mut group = criterion.benchmark_group(name);
    for size in SIZES {
        let text = file(size);
        let rules = u64::try_from(size).unwrap();
        group.throughput(Throughput::Elements(rules));
        group.bench_with_input(BenchmarkId::from_parameter(size), text.as_str(), |bencher, text| {
            bencher.iter(|| done(text));
        });
    }
    group.finish();
}

/// Says how much longer it takes to check the largest file than to read it as YAML: the best of runs in turn, for
/// other work on the machine only adds.
fn compare(kind: &Kind) {
    let largest = SIZES.into_iter().max().unwrap();
    let (standards, yaml) = (kind.standards(largest), kind.yaml(largest));
    let runs =
        (0..5).map(|_| [time(|| drop(black_box(check(&standards)))), time(|| drop(black_box(read_yaml(&yaml))))]);
    let [checked, read] = runs.reduce(|best, run| [best[0].min(run[0]), best[1].min(run[1])]).unwrap();
    let ratio = checked.as_secs_f64() / read.as_secs_f64();
    println!(
        "{largest} rules, {} in {} bytes: checked in {checked:.2?}, the same read as YAML in {read:.2?}: {ratio:.2} times \
         as long",
        kind.name,
        standards.len(),
    );
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Reads and checks a sound file, as `mot check` does.
fn check(text: &str) -> Graph {
    let mut sources = Sources::new();
    let file = SourceFile::new("rules.mot", text);
    let id = sources.add(file.clone());
    let (tree, unreadable) = mot::syntax::parse(id, &file);
    let (graph, faults) = mot::check::check(&[tree], &sources);
    assert!(unreadable.is_empty() && faults.is_empty(), "{unreadable:?} {faults:?}");
    graph
}

/// Only reads it.
fn read(text: &str) -> mot::syntax::tree::File {
    let mut sources = Sources::new();
    let file = SourceFile::new("rules.mot", text);
    let (tree, unreadable) = mot::syntax::parse(sources.add(file.clone()), &file);
    assert!(unreadable.is_empty(), "{unreadable:?}");
    tree
}

/// Reads a YAML document as data.
fn read_yaml(text: &str) -> serde_json::Value {
    let options = serde_yaml::options! { budget: None };
    serde_yaml::from_str_with_options(text, options).unwrap()
}
