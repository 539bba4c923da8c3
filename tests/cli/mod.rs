//! The commands as scripts see them: exit codes, files written, bad input of every kind.

mod causes;
mod diff;
mod reports;
mod severity;
mod versions;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use mot::report::evaluation::FORMATS;
use tempfile::TempDir;

/// A folder with standards, mapping and log, and `mot` run in it.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

const STANDARDS: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" }
event opened
event resolved
standard resolve "Resolve" { from opened to resolved within 4h }
"#;
const MAPPING: &str = "timezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\n";
const IN_TIME: &str = "case,event,time\nT1,opened,2026-03-02 09:00\nT1,resolved,2026-03-02 10:00\n";
pub(crate) const LATE: &str = "case,event,time\nT1,opened,2026-03-02 09:00\nT1,resolved,2026-03-02 20:00\n";

impl Desk {
    pub(crate) fn new(log: &str) -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        desk.write("desk.mot", STANDARDS).write("mapping.yaml", MAPPING).write("log.csv", log);
        desk.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n");
        desk
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> &Self {
        fs::write(self.folder.path().join(name), text).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    pub(crate) fn mot(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::cargo_bin("mot").unwrap();
        let output = command.current_dir(self.folder.path()).args(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Ran { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

#[test]
fn exit_codes_tell_how_it_went() {
    assert_eq!(Desk::new(IN_TIME).mot(&["eval"]).code, 0);
    assert_eq!(Desk::new(LATE).mot(&["eval"]).code, 1);
    assert_eq!(Desk::new(LATE).mot(&["eval", "--fail-on", "never"]).code, 0);
    assert_eq!(Desk::new(LATE).write("desk.mot", "service").mot(&["eval"]).code, 2);
    assert_eq!(Desk::new(LATE).write("desk.mot", "service").mot(&["check"]).code, 2);
    assert_eq!(Desk::new(LATE).mot(&["check"]).code, 0);
    assert_eq!(Desk::new(LATE).mot(&["check", "nowhere"]).code, 3);
    assert_eq!(Desk::new(LATE).mot(&["eval", "-l", "nowhere.csv"]).code, 3);
    assert_eq!(Desk::new(LATE).mot(&["eval", "--as-of", "soon"]).code, 3);
    assert_eq!(Desk::new(LATE).mot(&["evaluate"]).code, 3);
    assert_eq!(Desk::new(LATE).mot(&["--help"]).code, 0);
}

#[test]
fn the_report_of_a_breach() {
    let ran = Desk::new(LATE).mot(&["eval"]);
    insta::assert_snapshot!(ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    assert_eq!(ran.err, "");
}

#[test]
fn the_report_as_data() {
    let ran = Desk::new(LATE).mot(&["eval", "--format", "json"]);
    insta::assert_snapshot!(ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    let lines = Desk::new(LATE).mot(&["eval", "--format", "ndjson"]).out;
    let finding: serde_json::Value = serde_json::from_str(lines.trim_end()).unwrap();
    assert_eq!(finding["verdict"], "breached");
    assert_eq!(finding["clock"]["overshoot"], 7 * 3600);
}

#[test]
fn two_runs_write_the_same_bytes_and_a_manifest_says_of_what() {
    let desk = Desk::new(LATE);
    let run = || {
        desk.mot(&["eval", "--format", "json", "--out", "report.json"]);
        (desk.read("report.json"), desk.read("report.json.manifest.json"))
    };
    assert_eq!(run(), run());
    let manifest: serde_json::Value = serde_json::from_str(&desk.read("report.json.manifest.json")).unwrap();
    let digest = |name: &str| mot::project::digest(desk.read(name).as_bytes());
    assert_eq!(manifest["output"]["blake3"], digest("report.json"));
    let inputs = manifest["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 4);
    for input in inputs {
        assert_eq!(input["blake3"], digest(input["name"].as_str().unwrap()));
    }
}

#[test]
fn a_period_judges_what_starts_in_it_and_tells_what_was_open() {
    let log = "case,event,time\nT1,opened,2026-03-02 23:00\nT2,opened,2026-03-03 09:00\nT1,resolved,2026-03-03 10:00\n\
               T2,resolved,2026-03-03 11:00\nT3,opened,2026-03-04 09:00\n";
    let ran = Desk::new(log).mot(&["eval", "--period", "2026-03-03..2026-03-03", "--as-of", "2026-03-05"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("started from 2026-03-03 00:00 up to 2026-03-04 00:00"), "{}", ran.out);
    assert!(ran.out.contains("1 running before + 1 started or reopened = 2 ended + 0 running after"), "{}", ran.out);
}

#[test]
fn nothing_is_skipped_in_silence() {
    let log =
        "case,event,time\nT1,opened,2026-03-02 09:00\nT1,resolvd,2026-03-02 10:00\nT1,resolved,soon\nT2,resolved\n";
    let desk = Desk::new(log);
    let ran = desk.mot(&["eval"]);
    insta::assert_snapshot!(ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    let strict = desk.mot(&["eval", "--strict"]);
    assert_eq!(strict.code, 3);
    insta::assert_snapshot!(strict.err);
}

#[test]
fn private_fields_appear_in_no_output() {
    let desk =
        Desk::new("case,event,time,name\nT1,opened,2026-03-02 09:00,Li Lei\nT1,resolved,2026-03-02 20:00,Li Lei\n");
    desk.write(
        "desk.mot",
        r#"service desk { timezone "Asia/Shanghai" }
case { name: text private }
event opened
event resolved
standard resolve {
  from opened to resolved
  within 2h when name is "Li Lei"
  within 4h otherwise
}
"#,
    );
    for format in FORMATS {
        let ran = desk.mot(&["eval", "--format", format.name()]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.out.contains("name is (private)"), "{}", ran.out);
        let without_rule =
            ran.out.replace("within 2h when name is \\\"Li Lei\\\"", "").replace("when name is \"Li Lei\"", "");
        assert!(!without_rule.contains("Li Lei"), "{}", ran.out);
    }
}

#[test]
fn bad_input_of_any_kind_is_told_and_never_a_panic() {
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let truncated_gzip: Vec<u8> = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3];
    let logs: [&[u8]; 6] = [b"", b"\n", b"case,event\n", &binary, &truncated_gzip, b"\xff\xfe\x00"];
    for log in logs {
        let ran = Desk::new(IN_TIME).write("log.csv", log).mot(&["eval"]);
        assert!(ran.code == 3 && !ran.err.contains("panicked"), "{log:?}: {} {}", ran.code, ran.err);
        assert!(!ran.err.is_empty(), "{log:?}");
    }
    let standards: [&[u8]; 6] = [b"", b"\xff\xfe", &binary, b"{{{{{{{", b"service desk {", b"standard \"x\" for"];
    for text in standards {
        let ran = Desk::new(IN_TIME).write("desk.mot", text).mot(&["check"]);
        assert!(matches!(ran.code, 0 | 2) && !ran.err.contains("panicked"), "{text:?}: {} {}", ran.code, ran.err);
    }
    for nested in ["(".repeat(100_000), "not ".repeat(100_000), "{".repeat(100_000)] {
        let ran = Desk::new(IN_TIME).write("desk.mot", format!("segment x when {nested}")).mot(&["check"]);
        assert!(ran.code == 2 && ran.err.len() < 10_000, "{} {}", ran.code, ran.err.len());
    }
    for text in ["[", "a: b: c", "log: [1, 2", "unknown: 1", "- 1", "\u{0}"] {
        let ran = Desk::new(IN_TIME).write("mot.yaml", text).mot(&["eval"]);
        assert!(ran.code == 3 && !ran.err.contains("panicked"), "{text}: {} {}", ran.code, ran.err);
    }
}

#[test]
fn every_standards_file_of_the_project_is_sound() {
    for folder in ["standards", "examples"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let ran = Desk::new(IN_TIME).mot(&["check", path.to_str().unwrap()]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    }
}

/// `mot` run at the top of the project.
fn at_home(arguments: &[&str]) -> Ran {
    let output = Command::cargo_bin("mot").unwrap().current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output();
    let output = output.unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

#[test]
fn the_report_of_the_example() {
    let ran = at_home(&["eval", "examples/contact-centre", "--stories", "6"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    insta::assert_snapshot!(ran.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn the_log_of_the_example_is_a_sample_of_its_standards() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("again");
    let out = out.to_str().unwrap();
    let standards = "examples/contact-centre/contact-centre.mot";
    let request = ["--cases", "1000", "--from", "2026-03-02", "--days", "90", "--breaches", "8", "--seed", "7"];
    let ran = at_home(&[["sample", standards, "--out", out].as_slice(), &request].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["log.csv", "mapping.yaml"] {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/contact-centre").join(name);
        let (made, kept) = (fs::read(folder.path().join("again").join(name)).unwrap(), fs::read(example).unwrap());
        assert!(made == kept, "{name} differs from what `mot sample` makes");
    }
}

#[test]
fn the_rule_graph_is_drawn() {
    let mermaid = at_home(&["graph", "examples/contact-centre/contact-centre.mot"]);
    assert!(mermaid.code == 0 && mermaid.out.contains("flowchart"), "{}", mermaid.err);
    let json = at_home(&["graph", "examples/contact-centre/contact-centre.mot", "--format", "json"]);
    let graph: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(graph["nodes"].as_array().unwrap().len() > 10);
    assert!(
        at_home(&["graph", "examples/contact-centre/contact-centre.mot", "--format", "dot"]).out.starts_with("digraph")
    );
}

#[test]
fn a_draft_is_checked_and_judged_only_on_request() {
    let draft = STANDARDS.replace("version \"1\"", "status draft");
    let desk = Desk::new(IN_TIME);
    desk.write("desk.mot", draft);
    assert_eq!(desk.mot(&["check"]).code, 0);
    let ran = desk.mot(&["eval"]);
    assert!(ran.code == 3 && ran.err.contains("--draft"), "{}", ran.err);
    assert_eq!(desk.mot(&["eval", "--draft"]).code, 0);
}

#[test]
fn of_very_many_faults_the_first_are_shown_and_the_rest_counted() {
    let lines = "  nonsense\n".repeat(120);
    let ran = Desk::new(IN_TIME).write("desk.mot", format!("calendar office {{\n{lines}}}\n")).mot(&["check"]);
    assert_eq!((ran.code, ran.err.matches("syntax/unknown-clause").count()), (2, 100));
    assert!(ran.err.ends_with("… and 20 faults more\n\n"), "{}", ran.err);
    assert_eq!(ran.out, "desk.mot: 120 faults\n`mot explain syntax/unknown-clause` says more\n");
}

#[test]
fn a_cell_cannot_forge_a_line_of_the_report() {
    let log = "case,event,time\n\"T1\n  every sum holds\u{1b}[2J\",opened,2026-03-02 09:00\n\"T1\n  every sum holds\u{1b}[2J\",resolved,2026-03-02 20:00\n";
    let ran = Desk::new(log).mot(&["eval"]);
    assert!(ran.code == 1 && !ran.out.contains('\u{1b}'), "{}", ran.out);
    assert_eq!(ran.out.lines().filter(|line| line.trim() == "every sum holds").count(), 1);
}

#[test]
fn nothing_judged_is_no_success() {
    let log = "case,event,time\nT1,resolved,2026-03-02 09:00\n";
    let ran = Desk::new(log).mot(&["eval"]);
    assert!(ran.out.contains("nothing was judged"), "{}", ran.out);
}

#[test]
fn a_reopened_clock_does_not_run_between_stop_and_reopening() {
    let log = "case,event,time\nT1,opened,2026-03-01 09:00\nT1,resolved,2026-03-02 09:00\nT1,reopened,2026-03-05 09:00\n\
               T1,resolved,2026-03-06 09:00\n";
    for limit in ["4h", "1000h"] {
        let desk = Desk::new(log);
        let standard = format!("standard resolve {{ from opened to resolved reopen on reopened\n within {limit} }}");
        let head = "service desk { timezone \"Asia/Shanghai\" }\nevent opened\nevent resolved\nevent reopened\n";
        desk.write("desk.mot", format!("{head}{standard}\n"));
        let between = desk.mot(&["eval", "--period", "2026-03-03..2026-03-04"]).out;
        assert!(between.contains("0 running before + 0 started or reopened = 0 ended + 0 running after"), "{between}");
        let around = desk.mot(&["eval", "--period", "2026-03-02..2026-03-05"]).out;
        assert!(around.contains("1 running before + 1 started or reopened = 1 ended + 1 running after"), "{around}");
    }
}
