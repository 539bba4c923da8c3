//! What is written: all of it or nothing, and never over what was read.

use std::fs::File;
use std::process::Stdio;

use super::Place;

/// `mot` with its standard output going nowhere.
#[cfg(target_os = "linux")]
fn into_a_full_disk(place: &Place, arguments: &[&str]) -> (Option<i32>, String) {
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin("mot"))
        .current_dir(place.folder.path())
        .args(arguments)
        .stdout(Stdio::from(File::options().write(true).open("/dev/full").unwrap()))
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_told() {
    let place = Place::new();
    for arguments in [
        &["eval"][..],
        &["eval", "--format", "json"],
        &["check"],
        &["graph", "desk.mot"],
        &["diff", "desk.mot", "desk.mot"],
        &["explain"],
        &["explain", "table/dead-row"],
        &["fmt", "--check"],
        &["sample", "desk.mot", "--out", "made"],
        &["completions", "bash"],
        &["--help"],
        &["eval", "--help"],
        &["--version"],
    ] {
        let (code, err) = into_a_full_disk(&place, arguments);
        assert!(code == Some(3) && err.contains("cannot write to standard output"), "{arguments:?}: {code:?} {err}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let place = Place::new();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("mot"))
        .current_dir(place.folder.path())
        .args(["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn a_report_is_never_written_over_what_was_read() {
    let place = Place::new();
    place.write("part.mot", "event escalated\n");
    place.write("desk.mot", format!("use \"part.mot\"\n{}", super::STANDARDS));
    let inputs = ["desk.mot", "part.mot", "log.csv", "mapping.yaml", "mot.yaml"];
    let before = inputs.map(|name| place.read(name));
    for name in inputs {
        for out in [name.to_owned(), format!("./{name}"), format!("folder/../{name}")] {
            std::fs::create_dir_all(place.path("folder")).unwrap();
            let ran = place.mot(&["eval", "--out", &out]);
            assert!(ran.code == 3 && ran.err.contains(name), "{out}: {} {}", ran.code, ran.err);
        }
    }
    assert_eq!(inputs.map(|name| place.read(name)), before);
    // Nor is its manifest, if that is the name of an input.
    place.write("report.manifest.json", super::LATE);
    let ran = place.mot(&["eval", "-l", "report.manifest.json", "--out", "report"]);
    assert!(ran.code == 3 && !place.names().contains(&"report".to_owned()), "{}", ran.err);
    assert_eq!(place.read("report.manifest.json"), super::LATE);
}

#[test]
#[cfg(unix)]
fn nor_through_links() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    symlink(place.path("log.csv"), place.path("report.json")).unwrap();
    symlink("report.json", place.path("again.json")).unwrap();
    symlink(place.folder.path(), place.path("here")).unwrap();
    symlink("nowhere", place.path("dangling.json")).unwrap();
    for out in ["report.json", "again.json", "here/log.csv", "dangling.json", "/dev/null", "here"] {
        let ran = place.mot(&["eval", "--format", "json", "--out", out]);
        assert!(ran.code == 3 && ran.err.contains("cannot write"), "{out}: {} {}", ran.code, ran.err);
    }
    assert_eq!(place.read("log.csv"), super::LATE);
    // A log read through a link is the log all the same.
    let ran = place.mot(&["eval", "-l", "again.json", "--out", "log.csv"]);
    assert!(ran.code == 3, "{}", ran.err);
    assert_eq!(place.read("log.csv"), super::LATE);
}

#[test]
fn report_and_manifest_are_written_together_or_not_at_all() {
    let place = Place::new();
    std::fs::create_dir(place.path("report.json.manifest.json")).unwrap();
    place.write("report.json", "as it was");
    let before = place.names();
    let ran = place.mot(&["eval", "--format", "json", "--out", "report.json"]);
    assert_eq!((ran.code, place.read("report.json").as_str()), (3, "as it was"), "{}", ran.err);
    assert_eq!(place.names(), before, "nothing lies about");
    std::fs::remove_dir(place.path("report.json.manifest.json")).unwrap();
    let ran = place.mot(&["eval", "--format", "json", "--out", "report.json"]);
    assert!(ran.code == 1 && place.read("report.json").contains("\"findings\""), "{}", ran.err);
    assert_eq!(place.names().len(), before.len(), "nothing lies about: {:?}", place.names());
    // Again, over the report of the run before.
    assert_eq!(place.mot(&["eval", "--format", "json", "--out", "report.json"]).code, 1);
    assert_eq!(place.mot(&["eval", "--out", "no/such/folder/report"]).code, 3);
}

#[test]
fn a_sample_is_not_written_over_its_standards() {
    let place = Place::empty();
    place.write("log.csv", super::STANDARDS);
    let ran = place.mot(&["sample", "log.csv", "--out", ".", "--force"]);
    assert!(ran.code == 3 && place.names() == ["log.csv"], "{} {:?}", ran.err, place.names());
    assert_eq!(place.read("log.csv"), super::STANDARDS);
}
