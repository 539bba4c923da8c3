//! `mot test`: do these standards say what was meant?

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::Outcome;
use super::faults::{self, Told};
use super::format::{Chosen, among};
use super::options::{WIDTH, colour_out, complain, print_report};
use crate::graph::{Graph, Percent, Scenario, Trigger};
use crate::project::{Standards, roots, shown};
use crate::report::scenarios::{CoverageView, FORMATS, TestView, TestedFile, UsedFile};
use crate::report::{Paint, Style};
use crate::scenario;
use crate::source::FileId;

/// Run the scenarios of standards files: tiny logs, and what must come of them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mot test                               every .mot file here and below
  mot test standards/bank/bank.mot       the scenarios of one file
  mot test --filter weekend              those whose title speaks of a weekend
  mot test --coverage                    which lines of the standards no scenario exercises
  mot test --format junit > report.xml   for a CI server

A scenario stands beside the rules that it is about:
  scenario \"a ticket that is resolved late\" {
    2026-03-02 09:00  ticket.opened
    2026-03-02 15:30  ticket.resolved
    expect breached resolve, 30m late
  }

Exit codes: 0 all passed, 1 a scenario failed or too little is exercised, 2 faults in the standards, 3 no scenarios, or a file or
folder cannot be had.")]
pub struct Test {
    /// Files, or folders with `.mot` files in them and below
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Run only scenarios whose title contains this; capitals do not matter
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Tell which lines of the standards no scenario exercises
    #[arg(long)]
    coverage: bool,
    /// Exit with 1 if scenarios exercise less than this part of the lines; tells the coverage too
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    threshold: Option<Percent>,
    /// How to write the report
    #[arg(long, default_value = "text", value_parser = among(FORMATS))]
    format: Chosen<TestView>,
    /// Test standards that are a draft, or retired
    #[arg(long)]
    draft: bool,
}

impl Test {
    /// Runs every scenario of every file.
    pub fn run(&self) -> Outcome {
        let began = Instant::now();
        let files = match roots(&self.paths) {
            Ok(files) => files,
            Err((path, why)) => {
                complain(&format!("cannot test `{}`: {why}\n", shown(&path)));
                return Outcome::Unusable;
            }
        };
        if files.is_empty() {
            complain("there are no `.mot` files here\n");
            return Outcome::Unusable;
        }
        let mut tested: Vec<TestedFile> = Vec::new();
        let mut told = Told::default();
        let mut unsound = false;
        let mut example = None;
        let files = once_each(files);
        for path in &files {
            let standards = Standards::load(path);
            told.show(&standards.diagnostics, &standards.sources);
            unsound |= standards.has_errors();
            example = example.or_else(|| example_for(&standards.graph));
            tested.push(self.test(path, &files, &standards));
        }
        let view = TestView::new(tested);
        if view.summary.scenarios == 0 && !unsound {
            return self.nothing_to_run(&view, example);
        }
        if let Err(why) = self.write(&view, began) {
            complain(&format!("{why}\n"));
            return Outcome::Unusable;
        }
        let enough = self.is_enough(&view);
        match view.summary.failed {
            _ if unsound => Outcome::Faults,
            0 if enough => Outcome::Well,
            _ => Outcome::Breaches,
        }
    }

    /// Whether scenarios exercise as much as is asked for; tells if they do not.
    fn is_enough(&self, view: &TestView) -> bool {
        let (Some(threshold), Some(coverage)) = (self.threshold, &view.coverage) else { return true };
        let share = coverage.exercised;
        let enough = u128::from(share.part) * 10_000 >= u128::from(threshold.0) * u128::from(share.whole);
        if !enough {
            complain(&format!(
                "{} of {} lines are exercised ({share}): less than {threshold}\n",
                share.part, share.whole
            ));
        }
        enough
    }

    fn test(&self, path: &Path, files: &[PathBuf], standards: &Standards) -> TestedFile {
        let name = shown(path);
        if standards.has_errors() {
            let counted = faults::counted(&standards.diagnostics).unwrap_or_default();
            return TestedFile::not_tested(name, format!("{counted} in the standards"));
        }
        let graph = &standards.graph;
        if let Some(status) = graph.service.unfit().filter(|_| !self.draft) {
            return TestedFile::not_tested(
                name,
                format!("these standards are {status}; `--draft` tests them all the same"),
            );
        }
        // What files that it uses prove is theirs to prove.
        let own = graph.scenarios.iter().enumerate().filter(|(_, scenario)| scenario.span.file == FileId::default());
        let (chosen, left_out): (Vec<_>, Vec<_>) = own.partition(|(_, scenario)| self.is_chosen(scenario));
        let runs: Vec<_> =
            chosen.iter().filter_map(|(index, _)| scenario::run(graph, &standards.sources, *index)).collect();
        let mut tested = TestedFile::new(name, graph, &standards.sources, &runs, left_out.len());
        tested.not_run = only_used(files, standards);
        if self.coverage || self.threshold.is_some() {
            tested.coverage = Some(CoverageView::new(graph, &standards.sources, &runs));
        }
        tested
    }

    fn is_chosen(&self, scenario: &Scenario) -> bool {
        let title = scenario.title.to_lowercase();
        self.filter.as_ref().is_none_or(|filter| title.contains(&filter.to_lowercase()))
    }

    fn write(&self, view: &TestView, began: Instant) -> Result<(), String> {
        let paint = Paint { on: colour_out() };
        let style = Style { paint, width: WIDTH, took: Some(began.elapsed()), ..Style::default() };
        let report = self.format.write(view, style).map_err(|error| error.to_string())?;
        print_report(&report, paint);
        Ok(())
    }

    /// Nothing was run: that is no success.
    fn nothing_to_run(&self, view: &TestView, example: Option<String>) -> Outcome {
        for file in &view.files {
            if let Some(why) = &file.not_tested {
                complain(&format!("{}: {why}\n", file.file));
            }
        }
        match &self.filter {
            Some(filter) if view.summary.left_out > 0 => {
                let count = view.summary.left_out;
                complain(&format!("none of {count} scenarios has a title that contains `{filter}`\n"));
            }
            _ if view.summary.files_not_tested == view.files.len() => {}
            _ => {
                let example = example.unwrap_or_default();
                complain(&format!(
                    "there are no scenarios here: write one beside the rules that it is about\n{example}"
                ));
            }
        }
        Outcome::Unusable
    }
}

/// A part of the whole: `80%`, or `80`.
fn percent(text: &str) -> Result<Percent, String> {
    text.parse().map_err(|()| "a percentage from 0% to 100%, with at most two decimals: `80%`".to_owned())
}

/// The files that a tested file uses and that have scenarios, without those that are tested themselves.
fn only_used(files: &[PathBuf], standards: &Standards) -> Vec<UsedFile> {
    let own = standards.sources.iter().skip(1).map(|(file, source)| UsedFile {
        file: source.name().to_owned(),
        scenarios: standards.graph.scenarios.iter().filter(|scenario| scenario.span.file == file).count(),
    });
    own.filter(|used| used.scenarios > 0 && files.iter().all(|file| shown(file) != used.file)).collect()
}

fn once_each(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut once: Vec<PathBuf> = Vec::new();
    for file in files {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    once
}

/// A scenario for the first standard of a file, ready to be pasted into it.
fn example_for(graph: &Graph) -> Option<String> {
    let standard = graph.standards.first()?;
    let event = |trigger: Option<&Trigger>| Some(graph.event_name(trigger?.event));
    let (start, stop) = (event(standard.starts.first())?, event(standard.stops.first())?);
    let name = &standard.name;
    Some(format!(
        "\nscenario \"{name} is kept\" {{\n  2026-03-02 09:00  {start}\n  2026-03-02 09:01  {stop}\n  expect met {name}\n}}\n"
    ))
}
