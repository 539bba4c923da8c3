//! JUnit's XML, as CI servers read it: a suite a file, a test case a scenario.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{TestView, TestedFile, TestedScenario};

use crate::diagnostic::{render, visible};
use crate::report::{Format, Style, WriteError};

/// A suite a file, a test case a scenario. It says nothing of times, so that two runs write the same bytes.
#[derive(Debug)]
pub struct Junit;

impl Format<TestView> for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "XML as CI servers read it"
    }

    fn write(&self, view: &TestView, style: Style) -> Result<String, WriteError> {
        let mut report = Report::new("mot");
        report.add_test_suites(view.files.iter().map(|file| suite(file, style.width)));
        let text = report.to_string().map_err(WriteError::of)? + "\n";
        Ok(visible(&text).into_owned())
    }
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
