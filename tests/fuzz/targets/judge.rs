//! Standards with their scenarios, and the lines of a small log as in `tests/eval`: whatever is sound is
//! judged, adds up, and comes out the same however the work is spread.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mot::calendar::Instant;
use mot::engine::{Options, evaluate};
use mot::graph::Graph;
use mot::log::{Input, Log, Mapping, read};
use mot::report::evaluation::{FORMATS, View};
use mot::report::{Style, scenarios};
use mot::sample::{Request, sample};
use mot::source::Sources;
use mot::scenario;
use mot_fuzz::{LOG, Standards, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| { mutate(data, size, most, seed) });

fuzz_target!(|bytes: &[u8]| {
    let Ok(whole) = std::str::from_utf8(bytes) else { return };
    let (standards, log) = whole.split_once(LOG).unwrap_or((whole, ""));
    let Some(Standards { sources, graph, .. }) = Standards::of(standards.as_bytes()).filter(Standards::are_sound)
    else {
        return;
    };
    let (events, as_of) = log.split_once("--- as of ").unwrap_or((log, ""));
    let zone = &graph.vocabulary.zone;
    let as_of = as_of.trim().replace(' ', "T").parse().ok().map(|local| zone.opening(local));
    if let Some(log) = read_lines(events, &graph) {
        judge(&graph, &sources, &log, as_of);
    }
    prove(&graph, &sources);
    make_up(&graph, &sources);
});

/// A log is judged, and what came of it adds up and can be told.
fn judge(graph: &Graph, sources: &Sources, log: &Log, as_of: Option<Instant>) {
    let [one, three] = [1, 3].map(|shards| evaluate(graph, log, &Options { as_of, period: None, allowed_loss: None, shards }));
    assert!(one == three, "shards show");
    let views = [View::new(graph, sources, &log.intake, &one)];
    assert!(views[0].reconciliation.reconciles, "{:?}", views[0].reconciliation);
    for format in FORMATS {
        assert!(!format.write(&views, Style::default()).expect("it is written").is_empty() || format.name() == "ndjson");
    }
}

/// The scenarios are run, and what came of them can be told.
fn prove(graph: &Graph, sources: &Sources) {
    let runs: Vec<_> = (0..graph.scenarios.len()).filter_map(|index| scenario::run(graph, sources, index)).collect();
    let tested = scenarios::TestedFile::new("fuzz.mot".into(), graph, sources, &runs, 0);
    let view = scenarios::TestView::new(vec![tested]);
    for format in scenarios::FORMATS {
        format.write(&view, Style::default()).expect("it is written");
    }
    scenarios::junit::report(&view, 100).expect("XML");
    scenarios::CoverageView::new(graph, sources, &runs);
}

/// A log that is made up for the standards is one that they can judge.
fn make_up(graph: &Graph, sources: &Sources) {
    let from = mot::calendar::Date::constant(2026, 3, 2);
    let made_up = sample(graph, &Request { seed: 1, cases: 2, from, days: 10, breaches: 0.5 });
    let mapping = Mapping::parse(&made_up.mapping, Default::default(), &graph.vocabulary).expect("a mapping");
    if made_up.events > 0 {
        let input = Input { name: "log.csv".into(), bytes: made_up.csv.as_bytes() };
        let log = read(&[input], &mapping, &graph.vocabulary, &|_| {}).expect("a log");
        judge(graph, sources, &log, None);
    }
}

/// A log of lines `DATE TIME CASE EVENT FIELD=VALUE … by ACTOR as ROLE`.
fn read_lines(lines: &str, graph: &Graph) -> Option<Log> {
    let objects = lines.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [date, time, case, event, rest @ ..] = words.as_slice() else { return None };
        let mut object = serde_json::Map::new();
        let mut set = |name: &str, value: &str| drop(object.insert(name.to_owned(), value.into()));
        set("time", &format!("{date} {time}"));
        set("case", if *case == "-" { "" } else { case });
        set("event", event);
        for pair in rest.windows(2) {
            match pair {
                ["by", actor] => set("actor", actor),
                ["as", role] => set("role", role),
                _ => {}
            }
        }
        for (name, value) in rest.iter().filter_map(|word| word.split_once('=')) {
            set(name, &value.replace('_', " "));
        }
        Some(serde_json::Value::from(object).to_string() + "\n")
    });
    let log: String = objects.collect();
    let zone = graph.vocabulary.zone.name();
    let mapping = format!("timezone: {zone}\ncase: case\nevent: event\ntime: time\nactor: actor\nrole: role\n");
    let mapping = Mapping::parse(&mapping, Default::default(), &graph.vocabulary).ok()?;
    let input = Input { name: "log.jsonl".into(), bytes: log.as_bytes() };
    read(&[input], &mapping, &graph.vocabulary, &|_| {}).ok()
}
