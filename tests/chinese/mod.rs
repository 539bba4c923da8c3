//! The Chinese surface: what is said in either language gives the same tree.

mod industries;

use mot::source::{SourceFile, Sources};
use mot::syntax::tree;

/// The tree of `text`, or what is wrong with it.
fn read(text: &str) -> Result<tree::File, String> {
    let mut sources = Sources::new();
    let file = SourceFile::new("sentence.mot", text);
    let id = sources.add(file.clone());
    let (tree, faults) = mot::syntax::parse(id, &file);
    let told: Vec<String> = faults.iter().map(|fault| mot::diagnostic::render(fault, &sources, false, 100)).collect();
    if told.is_empty() { Ok(tree) } else { Err(told.join("\n")) }
}

/// Every pair of sentences, each in the place where it stands.
pub fn pairs() -> Vec<(String, String)> {
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chinese/pairs.txt")).unwrap();
    let mut place = ("…", "…");
    let mut pairs = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (english, chinese) = line.trim_matches(['[', ']']).split_once(" ⟷ ").expect(line);
        if line.starts_with('[') {
            place = (english, chinese);
        } else {
            pairs.push((place.0.replacen('…', english, 1), place.1.replacen('…', chinese, 1)));
        }
    }
    pairs
}

#[test]
fn each_sentence_says_the_same_in_both_languages() {
    let mut wrong = Vec::new();
    for (english, chinese) in pairs() {
        match (read(&english), read(&chinese)) {
            (Ok(one), Ok(other)) if one == other && one.declarations.len() == 1 => {}
            (one, other) => wrong.push(format!("{english}\n{chinese}\n{one:#?}\n{other:#?}")),
        }
    }
    assert!(wrong.is_empty(), "{} pairs differ\n\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn a_whole_file_says_the_same_in_both_languages() {
    let english = read(include_str!("contact-centre.mot")).unwrap();
    let chinese = read(include_str!("contact-centre.zh.mot")).unwrap();
    assert_eq!(english, chinese);
}

/// A file as a bank would write it: Chinese throughout, names included.
#[test]
fn a_file_with_chinese_names_is_sound() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chinese/bank-complaints.zh.mot");
    let standards = mot::project::Standards::load(std::path::Path::new(path));
    assert_eq!(standards.diagnostics, []);
}

/// Languages may change from line to line.
#[test]
fn one_file_may_mix_languages() {
    let english = include_str!("contact-centre.mot").split("\n\n");
    let chinese = include_str!("contact-centre.zh.mot").split("\n\n");
    let mixed: Vec<&str> = english.zip(chinese).enumerate().map(|(at, pair)| [pair.0, pair.1][at % 2]).collect();
    assert_eq!(read(&mixed.join("\n\n")), read(include_str!("contact-centre.mot")));
}
