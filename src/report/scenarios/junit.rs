//! JUnit's XML, as CI servers read it: a suite a file, a test case a scenario.

use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::{TestView, TestedFile, TestedScenario};

use crate::diagnostic::{render, visible};

/// The report. It says nothing of times, so that two runs write the same bytes.
///
/// # Errors
///
/// None in practice: the report is written to memory.
pub fn report(view: &TestView, width: usize) -> Result<String, SerializeError> {
    let mut report = Report::new("mot");
    report.add_test_suites(view.files.iter().map(|file| suite(file, width)));
    let mut text = report.to_string()?;
    text.push('\n');
    Ok(visible(&text).into_owned())
}

fn suite(file: &TestedFile, width: usize) -> TestSuite {
    let mut suite = TestSuite::new(file.file.as_str());
    if let Some(why) = &file.not_tested {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(why.as_str());
        suite.add_test_case(in_file(TestCase::new("standards can be tested", status), file));
    }
    suite.add_test_cases(file.scenarios.iter().map(|scenario| case(file, scenario, width)));
    suite
}

fn case(file: &TestedFile, scenario: &TestedScenario, width: usize) -> TestCase {
    let status = if scenario.passed {
        TestCaseStatus::success()
    } else {
        let failures: Vec<_> = scenario.failures().collect();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let messages = scenario.expectations.iter().filter(|expectation| !expectation.passed);
        let messages =
            messages.map(|failed| format!("{}; got: {}", failed.expected, failed.got.as_deref().unwrap_or("")));
        status.set_message(messages.collect::<Vec<_>>().join("\n"));
        let pictures: Vec<String> =
            failures.iter().map(|failure| render(failure, &file.sources, false, width)).collect();
        status.set_description(pictures.join("\n"));
        status
    };
    in_file(TestCase::new(scenario.title.as_str(), status), file)
}

fn in_file(mut case: TestCase, file: &TestedFile) -> TestCase {
    case.set_classname(file.file.as_str());
    case
}
