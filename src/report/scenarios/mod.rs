//! What came of scenarios, for people, programs and CI: one view, one file a format.

mod coverage;
mod json;
#[cfg(feature = "cli")]
mod junit;
mod text;
mod words;

pub use coverage::{CoverageView, GapView, KindView};

use serde::Serialize;

use crate::calendar::zone_database_version;
use crate::diagnostic::{Code, Diagnostic, Fault, Words, codes};
use crate::graph::{Expectation, Graph};
use crate::report::Format;
use crate::report::evaluation::{Mot, View};
use crate::scenario::{Outcome, Run};
use crate::source::{Sources, Span};

/// The formats of a report; the first is the usual one.
pub const FORMATS: &[&dyn Format<TestView>] = &[
    &text::Text,
    &json::Json,
    #[cfg(feature = "cli")]
    &junit::Junit,
];

/// What came of the scenarios of all files.
#[derive(Clone, Debug, Serialize)]
pub struct TestView {
    /// What made it.
    pub mot: Mot,
    /// How many there were, and what came of them.
    pub summary: TestSummary,
    /// What they exercise, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoverageView>,
    /// The files, in order.
    pub files: Vec<TestedFile>,
}

/// How many there were, and what came of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct TestSummary {
    /// Files with a scenario that was run.
    pub files: usize,
    /// Scenarios run.
    pub scenarios: usize,
    /// Scenarios of which every expectation held.
    pub passed: usize,
    /// The others.
    pub failed: usize,
    /// Expectations of all of them.
    pub expectations: usize,
    /// Expectations that held.
    pub held: usize,
    /// Scenarios whose title the filter leaves out.
    pub left_out: usize,
    /// Files that were not tested: at fault, or a draft.
    pub files_not_tested: usize,
}

/// A file and its scenarios.
#[derive(Clone, Debug, Serialize)]
pub struct TestedFile {
    /// Its name.
    pub file: String,
    /// Why it was not tested; nothing if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_tested: Option<String>,
    /// Its scenarios that were run.
    pub scenarios: Vec<TestedScenario>,
    /// How many scenarios the filter leaves out.
    pub left_out: usize,
    /// Files that it uses whose scenarios are not run, for they are not tested themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_run: Vec<UsedFile>,
    /// What they exercise, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoverageView>,
    /// The texts, for pictures of what failed.
    #[serde(skip)]
    pub sources: Sources,
}

/// A file whose scenarios are not run, for it is only used.
#[derive(Clone, Debug, Serialize)]
pub struct UsedFile {
    /// Its name.
    pub file: String,
    /// How many scenarios it has.
    pub scenarios: usize,
}

/// A scenario that was run.
#[derive(Clone, Debug, Serialize)]
pub struct TestedScenario {
    /// What it is called.
    pub title: String,
    /// Where it is written.
    pub written: String,
    /// Whether every expectation held.
    pub passed: bool,
    /// Its expectations, in order.
    pub expectations: Vec<TestedExpectation>,
    /// Breaches that no expectation speaks of, in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_breached: Vec<String>,
}

/// An expectation and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct TestedExpectation {
    /// What was expected, as written.
    pub expected: String,
    /// Where it is written.
    pub written: String,
    /// Whether it held.
    pub passed: bool,
    /// What came instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// Its place.
    #[serde(skip)]
    pub at: Span,
}

impl TestView {
    /// The view of some files.
    pub fn new(files: Vec<TestedFile>) -> Self {
        let mut summary = TestSummary::default();
        for file in &files {
            summary.files += usize::from(!file.scenarios.is_empty());
            summary.files_not_tested += usize::from(file.not_tested.is_some());
            summary.left_out += file.left_out;
            for scenario in &file.scenarios {
                summary.scenarios += 1;
                summary.passed += usize::from(scenario.passed);
                summary.failed += usize::from(!scenario.passed);
                summary.expectations += scenario.expectations.len();
                summary.held += scenario.expectations.iter().filter(|expectation| expectation.passed).count();
            }
        }
        let mot = Mot { version: env!("CARGO_PKG_VERSION"), zone_database: zone_database_version() };
        let covered: Vec<&CoverageView> = files.iter().filter_map(|file| file.coverage.as_ref()).collect();
        let coverage = (!covered.is_empty()).then(|| CoverageView::together(covered));
        Self { mot, summary, coverage, files }
    }
}

impl TestedFile {
    /// A file whose scenarios were run.
    pub fn new(file: String, graph: &Graph, sources: &Sources, runs: &[Run], left_out: usize) -> Self {
        let scenarios = runs.iter().filter_map(|run| TestedScenario::new(graph, sources, run)).collect();
        let (not_tested, not_run, coverage) = (None, Vec::new(), None);
        Self { file, not_tested, scenarios, left_out, not_run, coverage, sources: sources.clone() }
    }

    /// A file that was not tested, and why.
    pub fn not_tested(file: String, why: String) -> Self {
        let (scenarios, not_run, sources) = (Vec::new(), Vec::new(), Sources::new());
        Self { file, not_tested: Some(why), scenarios, left_out: 0, not_run, coverage: None, sources }
    }
}

impl TestedScenario {
    fn new(graph: &Graph, sources: &Sources, run: &Run) -> Option<Self> {
        let said = graph.scenarios.get(run.scenario)?;
        let view = View::new(graph, sources, &run.log.intake, &run.evaluation);
        let words = words::Came { graph, run, view: &view };
        let expectations = said.expectations.iter().zip(&run.outcomes);
        Some(Self {
            title: said.title.clone(),
            written: sources.location(said.span),
            passed: run.passed(),
            expectations: expectations.map(|(said, outcome)| expectation(sources, &words, said, outcome)).collect(),
            also_breached: words.also_breached(),
        })
    }
}

fn expectation(sources: &Sources, words: &words::Came<'_>, said: &Expectation, outcome: &Outcome) -> TestedExpectation {
    let written = sources.slice(said.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let (got, mut why) = if outcome.passed { (None, Vec::new()) } else { words.instead(said, outcome) };
    why.retain(|line| !line.is_empty());
    TestedExpectation {
        expected: written,
        written: sources.location(said.span),
        passed: outcome.passed,
        got,
        why,
        at: said.span,
    }
}

/// An expectation that did not hold, as a diagnostic on its line.
#[derive(Debug)]
struct Failed {
    scenario: String,
    got: Option<String>,
    why: Vec<String>,
}

impl Fault for Failed {
    fn code(&self) -> Code {
        codes::SCENARIO_FAILED
    }

    fn words(&self) -> Words {
        Words {
            // The picture shows what was expected: it is the line.
            message: self.scenario.clone(),
            label: self.got.as_ref().map(|got| format!("got: {got}")).unwrap_or_default(),
            help: (!self.why.is_empty()).then(|| self.why.join("; ")),
            ..Words::default()
        }
    }
}

impl TestedScenario {
    /// The expectations that did not hold, each as a diagnostic on its line.
    fn failures(&self) -> impl Iterator<Item = Diagnostic> {
        let failed = self.expectations.iter().filter(|expectation| !expectation.passed);
        failed.map(|expectation| {
            let (got, why) = (expectation.got.clone(), expectation.why.clone());
            Diagnostic::new(Failed { scenario: self.title.clone(), got, why }, expectation.at)
        })
    }
}
