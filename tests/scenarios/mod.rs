//! `mot test`: each `.mot` file here is a case; its snapshot is what a person reads, or what CI reads.

use assert_cmd::Command;

/// `mot test` run in this folder: exit code and both outputs.
fn mot_test(arguments: &[&str]) -> (i32, String, String) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let output = Command::cargo_bin("mot").unwrap().current_dir(folder).arg("test").args(arguments).output().unwrap();
    let text = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        // How long it took is all that differs between two runs.
        text.lines().map(|line| line.split(" in 0.").next().unwrap().to_owned() + "\n").collect::<String>()
    };
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn told(arguments: &[&str]) -> String {
    let (code, out, err) = mot_test(arguments);
    let err = if err.is_empty() { err } else { format!("--- on standard error\n{err}") };
    format!("{out}{err}--- exit code {code}\n")
}

#[test]
fn each_file_is_told_what_came_of_its_scenarios() {
    insta::glob!("*.mot", |path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        insta::assert_snapshot!(told(&[name]));
    });
}

#[test]
fn a_filter_leaves_scenarios_out() {
    let (code, out, _) = mot_test(&["lateness.mot", "--filter", "FRIDAY"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("1 scenario in 1 file: 1 passed, 0 failed, 3 left out"), "{out}");
    insta::assert_snapshot!(told(&["lateness.mot", "--filter", "midnight"]));
}

#[test]
fn the_report_as_data() {
    insta::assert_snapshot!(told(&["lateness.mot", "draft.mot", "--format", "json"]).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn the_report_for_ci() {
    insta::assert_snapshot!(told(&["lateness.mot", "draft.mot", "--format", "junit"]));
}

#[test]
fn a_draft_is_tested_on_request() {
    let (code, out, _) = mot_test(&["draft.mot", "--draft"]);
    assert!(code == 0 && out.contains("1 passed"), "{out}");
}

#[test]
fn a_file_that_is_used_brings_its_scenarios_only_when_named_itself() {
    let (_, out, _) = mot_test(&["shared/desk.mot"]);
    assert!(out.contains("the desk's own") && !out.contains("the shared one"), "{out}");
    let (code, out, _) = mot_test(&["shared/desk.mot", "shared/refunds.mot", "shared/desk.mot"]);
    assert!(code == 0 && out.contains("2 scenarios in 2 files"), "{out}");
}

#[test]
fn what_cannot_be_had_is_no_success() {
    assert_eq!(mot_test(&["nowhere.mot"]).0, 3);
    assert_eq!(mot_test(&["snapshots"]).0, 3);
}

#[test]
fn the_scenarios_of_the_project_pass() {
    let (code, out, err) = mot_test(&["../../standards", "../../examples"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
}
