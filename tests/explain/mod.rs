//! `mot explain`: every code has a page, and every page does what it says.
//!
//! The blocks of a page's `## Wrong` are the files of a folder, those of `## Mended` take the place of
//! the ones with their name: `mot` is `standards.mot`, `yaml mapping` is `mapping.yaml`, and a word with
//! a full stop is a name itself, as in `mot 2026.mot`. A block `text command` says how `mot` is run there;
//! else a folder with a log or a mapping is evaluated and any other checked.

mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use mot::diagnostic::pages;
use tempfile::TempDir;

use page::{Block, Page};

/// Codes whose page cannot show a file: it could not be read, would be no text, would be too long, or none is
/// known.
const NOT_SHOWN: [&str; 4] = ["event/too-many", "settings/cannot-read", "syntax/not-text", "syntax/unreadable"];

/// Codes that are told of another fault, and so never alone.
const NEVER_ALONE: [(&str, &str); 1] = [("settings/stays-an-error", "name/unknown")];

#[test]
fn every_page_shows_its_fault_and_how_to_mend_it() {
    let mut wrong = Vec::new();
    for path in files_below("src/diagnostic/pages", "md") {
        let text = fs::read_to_string(&path).unwrap();
        let code = code_of(&path);
        match Page::read(&text, &code) {
            Ok(page) => wrong.extend(shown_wrongly(&page).into_iter().map(|why| format!("{code}: {why}"))),
            Err(why) => wrong.push(format!("{code}: {why}")),
        }
        if pages::find(&code).map(|page| page.text) != Some(text.as_str()) {
            wrong.push(format!("{code}: `mot explain` has another text, or none"));
        }
    }
    assert!(wrong.is_empty(), "{} pages are not as they should be:\n{}", wrong.len(), wrong.join("\n"));
}

/// What of a page does not hold.
fn shown_wrongly(page: &Page<'_>) -> Vec<String> {
    let mut told = Vec::new();
    if page.wrong.is_empty() && NOT_SHOWN.contains(&page.code) {
        return told;
    }
    let folder = TempDir::new().unwrap();
    put(&folder, &page.wrong);
    let wrong = run(&folder, &page.wrong);
    let beside = NEVER_ALONE.iter().filter(|(code, _)| *code == page.code).map(|(_, beside)| *beside);
    let expected: BTreeSet<String> = beside.chain([page.code]).map(str::to_owned).collect();
    if wrong.codes != expected {
        told.push(format!("`Wrong` is told {:?}\n{}", wrong.codes, wrong.text));
    }
    put(&folder, &page.mended);
    let all: Vec<Block<'_>> = page.mended.iter().chain(&page.wrong).copied().collect();
    let mended = run(&folder, &all);
    if !mended.codes.is_empty() || mended.exit > 1 {
        told.push(format!("`Mended` is told {:?}, exit code {}\n{}", mended.codes, mended.exit, mended.text));
    }
    if page.mended.iter().any(|block| block.language == "mot") {
        let formatted = mot(&folder, &["fmt", "--check"]);
        if formatted.exit != 0 {
            told.push(format!("`Mended` is not in the canonical form\n{}", formatted.text));
        }
    }
    told
}

fn put(folder: &TempDir, blocks: &[Block<'_>]) {
    for block in blocks.iter().filter(|block| !block.is_command()) {
        fs::write(folder.path().join(block.file()), block.text).unwrap();
    }
}

/// What a run of `mot` told, and the codes in it.
struct Told {
    text: String,
    codes: BTreeSet<String>,
    exit: i32,
}

/// Runs what the blocks say; the first command counts.
fn run(folder: &TempDir, blocks: &[Block<'_>]) -> Told {
    if let Some(command) = blocks.iter().find(|block| block.is_command()) {
        let words: Vec<&str> = command.text.split_whitespace().skip(1).collect();
        return mot(folder, &words);
    }
    let settings = folder.path().join("mot.yaml");
    match blocks.iter().any(|block| ["csv", "ndjson", "yaml"].contains(&block.language)) {
        true if settings.exists() => mot(folder, &["eval"]),
        true => mot(folder, &["eval", "-s", "standards.mot", "-l", "log.csv", "-m", "mapping.yaml"]),
        false => mot(folder, &["check"]),
    }
}

fn mot(folder: &TempDir, words: &[&str]) -> Told {
    let output = Command::cargo_bin("mot").unwrap().current_dir(folder.path()).args(words).output().unwrap();
    let text = [output.stderr, output.stdout].concat();
    let text = String::from_utf8(text).unwrap();
    // A fault is drawn under its code, which stands in a line of its own.
    let codes = text.lines().map(str::trim).filter(|line| is_code(line)).map(str::to_owned).collect();
    Told { text, codes, exit: output.status.code().unwrap() }
}

/// Whether a word could be a code: two words of small letters about a slash.
fn is_code(word: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    word.split_once('/').is_some_and(|(family, name)| plain(family) && plain(name))
}

fn files_below(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|found| found == extension) => files.push(path),
                false => {}
            }
        }
    }
    files.sort();
    files
}

/// The code that a page's path says.
fn code_of(path: &Path) -> String {
    let family = path.parent().unwrap().file_name().unwrap();
    format!("{}/{}", family.to_str().unwrap(), path.file_stem().unwrap().to_str().unwrap())
}

#[test]
fn a_code_is_explained_and_an_unknown_one_corrected() {
    let folder = TempDir::new().unwrap();
    let page = mot(&folder, &["explain", "table/dead-row"]);
    assert_eq!(page.exit, 0);
    insta::assert_snapshot!(page.text);
    let unknown = mot(&folder, &["explain", "table/ded-row", "weather"]);
    assert_eq!(unknown.exit, 3);
    insta::assert_snapshot!(unknown.text);
}

#[test]
fn the_list_has_every_code_once() {
    let told = mot(&TempDir::new().unwrap(), &["explain"]);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for word in told.text.lines().filter_map(|line| line.split_whitespace().next()).filter(|word| is_code(word)) {
        *times.entry(word).or_default() += 1;
    }
    let all: BTreeMap<&str, usize> = pages::all().iter().map(|page| (page.code, 1)).collect();
    assert_eq!(times, all);
}

#[test]
fn a_check_leads_to_the_page_once() {
    let folder = TempDir::new().unwrap();
    let dead = pages::find("table/dead-row").unwrap();
    put(&folder, &Page::read(dead.text, dead.code).unwrap().wrong);
    let told = mot(&folder, &["check"]);
    assert_eq!(told.text.matches("mot explain").count(), 1);
    assert!(told.text.ends_with("standards.mot: 1 fault\n`mot explain table/dead-row` says more\n"), "{}", told.text);
}
