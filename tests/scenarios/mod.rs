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
    assert!(out.contains("1 scenario in 1 file: 1 passed, 0 failed, 4 left out"), "{out}");
    insta::assert_snapshot!(told(&["lateness.mot", "--filter", "midnight"]));
}

#[test]
fn the_report_as_data() {
    insta::assert_snapshot!(
        told(&["lateness.mot", "draft.mot", "--format", "json"]).replace(env!("CARGO_PKG_VERSION"), "VERSION")
    );
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
    assert!(out.contains("uses shared/refunds.mot, whose 1 scenario"), "{out}");
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

#[test]
fn a_scenario_is_written_in_chinese_too() {
    let (code, out, err) = mot_test(&["../chinese/bank-complaints.zh.mot", "../chinese/contact-centre.zh.mot"]);
    assert!(code == 0 && out.contains("2 scenarios in 2 files: 2 passed"), "{out}{err}");
}

#[test]
fn what_no_scenario_exercises_is_listed() {
    insta::assert_snapshot!(told(&["partly-exercised.mot", "--coverage"]));
    let (_, json, _) = mot_test(&["partly-exercised.mot", "--coverage", "--format", "json"]);
    let view: serde_json::Value = serde_json::from_str(&json).unwrap();
    let gaps = view["coverage"]["not_exercised"].as_array().unwrap().len() as u64;
    let exercised = &view["coverage"]["exercised"];
    assert_eq!(exercised["part"].as_u64().unwrap() + gaps, exercised["whole"].as_u64().unwrap());
}

#[test]
fn too_little_exercised_is_no_success() {
    let (code, out, err) = mot_test(&["partly-exercised.mot", "--threshold", "60%"]);
    assert!(code == 1 && out.contains("3 passed, 0 failed") && err.contains("less than 60%"), "{out}{err}");
    assert_eq!(mot_test(&["partly-exercised.mot", "--threshold", "10"]).0, 0);
    assert_eq!(mot_test(&["everything-exercised.mot", "--threshold", "100%"]).0, 0);
    assert_eq!(mot_test(&["everything-exercised.mot", "--threshold", "101%"]).0, 3);
    assert_eq!(mot_test(&["everything-exercised.mot", "no-scenarios.mot", "--threshold", "51%"]).0, 1);
}

#[test]
fn scenarios_exercise_every_line_of_the_standards() {
    let (code, out, err) = mot_test(&["../../standards", "--threshold", "100%"]);
    assert_eq!(code, 0, "{out}{err}");
}
