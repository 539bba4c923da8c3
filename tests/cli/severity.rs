//! How much a project minds each fault: `severity` in `mot.yaml`.

use super::Desk;

const A_ROW_THAT_NO_CASE_TAKES: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" }
case { vip: bool }
event opened
event resolved
standard resolve "Resolve" {
  from opened to resolved
  within 1h when vip
  within 2h when vip
  within 4h otherwise
}
"#;

const A_NAME_THAT_NOBODY_DECLARED: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" }
event opened
standard resolve "Resolve" { from opened to resolved within 4h }
"#;

fn minded(standards: &str, severity: &str) -> Desk {
    let desk = Desk::new(super::IN_TIME);
    let settings = "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n";
    desk.write("desk.mot", standards).write("mot.yaml", format!("{settings}severity:\n  {severity}\n"));
    desk
}

#[test]
fn what_was_proved_is_minded_as_the_project_says() {
    let as_it_is = minded(A_ROW_THAT_NO_CASE_TAKES, "moment/no-promise: ignore").mot(&["check"]);
    let explained = |count: &str| format!("desk.mot: {count}\n`mot explain table/dead-row` says more\n");
    assert_eq!((as_it_is.code, as_it_is.out), (2, explained("1 fault")), "{}", as_it_is.err);
    let less = minded(A_ROW_THAT_NO_CASE_TAKES, "table/dead-row: warning").mot(&["check"]);
    assert_eq!((less.code, less.out), (0, explained("1 warning")), "{}", less.err);
    let not = minded(A_ROW_THAT_NO_CASE_TAKES, "table/dead-row: ignore");
    assert_eq!((not.mot(&["check"]).code, not.mot(&["eval"]).code), (0, 0));
    assert_eq!(not.mot(&["check"]).err, "");
}

#[test]
fn a_project_minds_the_standards_in_its_folders_too() {
    let desk = minded(A_ROW_THAT_NO_CASE_TAKES, "table/dead-row: ignore");
    std::fs::create_dir(desk.folder.path().join("more")).unwrap();
    desk.write("more/other.mot", A_ROW_THAT_NO_CASE_TAKES);
    assert_eq!(desk.mot(&["check", "more/other.mot"]).code, 0);
    desk.write("more/mot.yaml", "severity:\n  table/dead-row: error\n");
    assert_eq!(desk.mot(&["check", "more/other.mot"]).code, 2);
}

#[test]
fn what_cannot_be_read_stays_an_error() {
    let ran = minded(A_NAME_THAT_NOBODY_DECLARED, "name/unknown: ignore").mot(&["check"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_severity_is_one_of_three_words() {
    let ran = minded(A_ROW_THAT_NO_CASE_TAKES, "table/dead-row: off").mot(&["check"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_code_that_no_fault_has_is_told() {
    let ran = minded(A_ROW_THAT_NO_CASE_TAKES, "table/ded-row: ignore").mot(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("settings/unknown-code") && ran.err.contains("did you mean `table/dead-row`?"),
        "{}",
        ran.err
    );
}

#[test]
fn settings_that_are_no_text_are_told() {
    let desk = Desk::new(super::IN_TIME);
    desk.write("mot.yaml", b"severity:\n  # \xff\n");
    let ran = desk.mot(&["check"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn settings_that_cannot_be_read_are_told() {
    let desk = Desk::new(super::IN_TIME);
    std::fs::remove_file(desk.folder.path().join("mot.yaml")).unwrap();
    std::fs::create_dir(desk.folder.path().join("mot.yaml")).unwrap();
    let ran = desk.mot(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot read `mot.yaml`") && ran.err.contains("this is a folder"), "{}", ran.err);
}

#[test]
fn a_fault_of_a_file_that_two_services_use_is_told_once() {
    let desk = minded(super::STANDARDS, "moment/no-promise: ignore");
    desk.write("words.mot", "event closed\nevent closed\n");
    for name in ["one", "two"] {
        desk.write(&format!("{name}.mot"), super::STANDARDS.replace("event opened", "use \"words.mot\"\nevent opened"));
    }
    let ran = desk.mot(&["check", "one.mot", "two.mot"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.matches("name/twice").count(), 1, "{}", ran.err);
    assert_eq!(
        ran.out,
        "one.mot: 1 fault\ntwo.mot: 1 fault, 1 of them told above\n`mot explain name/twice` says more\n"
    );
}
