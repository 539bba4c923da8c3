//! Text, for people: a line a scenario, a picture of each expectation that did not hold, and the sums.

use super::{CoverageView, TestSummary, TestView, TestedFile, TestedScenario};

use crate::diagnostic::render;
use crate::report::{Format, Style, WriteError};
use crate::report::{Lines, Share, Table};

/// A line a scenario, a picture of each expectation that did not hold, and the sums.
#[derive(Debug)]
pub struct Text;

impl Format<TestView> for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "For people"
    }

    fn write(&self, view: &TestView, style: Style) -> Result<String, WriteError> {
        Ok(report(view, style))
    }
}

/// The whole text.
fn report(view: &TestView, style: Style) -> String {
    Lines::of(style.paint, |lines| {
        for file in &view.files {
            of_file(file, style, lines);
        }
        if let Some(coverage) = &view.coverage {
            of_coverage(coverage, lines);
        }
        let sums = sums(view.summary, Style { paint: lines.paint, ..style });
        lines.line(&sums);
    })
}

/// What is exercised, and each line that is not.
fn of_coverage(coverage: &CoverageView, lines: &mut Lines) {
    let (paint, share) = (lines.paint, coverage.exercised);
    lines.line(&paint.heading(&format!("exercised: {} of {} lines ({share})", share.part, share.whole)));
    let mut table = Table::default();
    for kind in &coverage.kinds {
        let Share { part, whole } = kind.exercised;
        table.row([kind.kind.to_owned(), format!("{part} of {whole}")]);
    }
    for line in table.lines() {
        lines.line(&format!("  {line}"));
    }
    if !coverage.not_exercised.is_empty() {
        lines.line("  no scenario exercises");
    }
    for gap in &coverage.not_exercised {
        lines.line(&format!("    {}  {} of `{}`: {}", paint.faint(&gap.written), gap.kind, gap.of, gap.said));
    }
    lines.line("");
}

fn of_file(file: &TestedFile, style: Style, lines: &mut Lines) {
    let paint = lines.paint;
    lines.line(&paint.heading(&file.file));
    if let Some(why) = &file.not_tested {
        lines.line(&format!("  {} {why}", paint.warn("not tested:")));
        lines.line("");
        return;
    }
    if file.scenarios.is_empty() {
        let none = if file.left_out == 0 { "no scenarios" } else { "no scenario of that title" };
        lines.line(&format!("  {}", paint.faint(none)));
    }
    for used in &file.not_run {
        let count = counted(used.scenarios, "scenario");
        let note = format!("uses {}, whose {count} run only where that file is tested itself", used.file);
        lines.line(&format!("  {}", paint.faint(&note)));
    }
    for scenario in &file.scenarios {
        of_scenario(scenario, lines);
    }
    lines.line("");
    for failure in file.scenarios.iter().flat_map(TestedScenario::failures) {
        lines.drawing(&render(&failure, &file.sources, paint.on, style.width));
        lines.line("");
    }
}

fn of_scenario(scenario: &TestedScenario, lines: &mut Lines) {
    let paint = lines.paint;
    let came = if scenario.passed { paint.good("✓ passed") } else { paint.bad("✗ failed") };
    lines.line(&format!("  {came}  {}", scenario.title));
    if !scenario.also_breached.is_empty() {
        let breached = format!("also breached, and not spoken of: {}", scenario.also_breached.join(", "));
        lines.line(&format!("            {}", paint.faint(&breached)));
    }
}

fn sums(summary: TestSummary, style: Style) -> String {
    let paint = style.paint;
    if summary.scenarios == 0 {
        return paint.warn("nothing was tested");
    }
    let passed = format!("{} passed", summary.passed);
    let failed = format!("{} failed", summary.failed);
    let mut parts = vec![
        if summary.passed > 0 { paint.good(&passed) } else { passed },
        if summary.failed > 0 { paint.bad(&failed) } else { failed },
    ];
    if summary.left_out > 0 {
        parts.push(format!("{} left out", summary.left_out));
    }
    if summary.files_not_tested > 0 {
        parts.push(paint.warn(&format!("{} not tested", counted(summary.files_not_tested, "file"))));
    }
    let took = style.took.map(|took| format!(" in {:.2}s", took.as_secs_f64())).unwrap_or_default();
    format!(
        "{} in {}: {} — {} of {} held{took}",
        counted(summary.scenarios, "scenario"),
        counted(summary.files, "file"),
        parts.join(", "),
        summary.held,
        counted(summary.expectations, "expectation"),
    )
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}
