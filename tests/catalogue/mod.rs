//! The library in `standards/`: each industry is whole, no number pretends, and the catalogue says what is there.
//!
//! `UPDATE_CATALOGUE=1 cargo test --test main catalogue` looks up the lines that the catalogue points to anew.

mod asked;
mod numbers;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("standards")
}

/// The folders of industries, by name; what is shared by all is none.
fn industries() -> Vec<String> {
    let entries = std::fs::read_dir(library()).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "common");
    names.sort();
    names
}

/// All standards files of the library, those in `common` too.
fn files() -> Vec<PathBuf> {
    let mut folders = vec![library()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "mot") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// A path as the catalogue writes it.
fn shown(path: &Path) -> String {
    path.strip_prefix(library()).unwrap().to_string_lossy().replace('\\', "/")
}

fn mot(arguments: &[&str]) -> (i32, String) {
    let folder = env!("CARGO_MANIFEST_DIR");
    let output = Command::cargo_bin("mot").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code().unwrap(), told)
}

#[test]
fn each_industry_has_its_page_and_its_line_in_the_catalogue() {
    let catalogue = std::fs::read_to_string(library().join("README.md")).unwrap();
    for industry in industries() {
        let page = library().join(&industry).join("README.md");
        assert!(page.exists(), "{industry} has no README.md");
        let line = format!("| [`{industry}`]({industry}/) |");
        assert!(catalogue.contains(&line), "the catalogue does not say `{line}`");
    }
}

#[test]
fn each_industry_is_sound_without_a_warning() {
    let (code, told) = mot(&["check", "standards"]);
    assert!(code == 0 && !told.contains("warning"), "{told}");
}

#[test]
fn each_line_of_each_industry_is_exercised_by_a_scenario() {
    let (code, told) = mot(&["test", "standards", "--coverage", "--threshold", "100%"]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn a_sample_of_each_industry_reconciles() {
    for file in files().iter().filter(|file| !shown(file).starts_with("common/")) {
        let standards = file.to_str().unwrap();
        // A file that others use has nothing of its own to judge.
        if !std::fs::read_to_string(file).unwrap().lines().any(is_a_service) {
            continue;
        }
        let folder = TempDir::new().unwrap();
        let out = folder.path().to_str().unwrap();
        let (code, told) = mot(&["sample", standards, "--out", out, "--cases", "60"]);
        assert_eq!(code, 0, "{told}");
        assert_eq!(mot(&["sample", standards, "--out", out]).0, 3, "a file was written over");
        let (code, told) = mot(&["eval", out]);
        let name = shown(file);
        assert!(code <= 1 && told.contains("every sum holds"), "{name}: {told}");
        assert!(!told.contains("set aside") && !told.contains("unknown event"), "{name}: {told}");
    }
}

fn is_a_service(line: &str) -> bool {
    line.starts_with("service ") || line.starts_with("服务 ")
}
