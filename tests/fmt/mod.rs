//! `mot fmt`: each `.mot` file here is a case, untidy as people write; its snapshot is the canonical
//! form. What must hold of every file is tried on made-up trees and texts.

mod command;
mod sprinkled;
mod trees;

use std::fs;
use std::path::{Path, PathBuf};

use mot::diagnostic::Diagnostic;
use mot::source::{FileId, SourceFile};
use mot::syntax::language::Language;
use mot::syntax::print::{format, print};
use mot::syntax::{parse, tree};
use proptest::prelude::*;

use super::reference::bridge::cases;
use sprinkled::{comments, sprinkled};

const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

#[test]
fn each_file_has_one_canonical_form() {
    insta::glob!("*.mot", |path| {
        let text = fs::read_to_string(path).unwrap();
        let formatted = formatted(&text, None);
        hold(&text, &formatted);
        insta::assert_snapshot!(formatted);
    });
}

/// The same files in the other language.
#[test]
fn each_file_has_one_canonical_form_in_chinese() {
    insta::glob!("*.mot", |path| {
        let text = fs::read_to_string(path).unwrap();
        let chinese = formatted(&text, Some(Language::Chinese));
        hold(&text, &chinese);
        insta::assert_snapshot!(chinese);
    });
}

#[test]
fn every_file_of_the_project_says_the_same_in_form() {
    for path in standards_files() {
        let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n").replace('\r', "\n");
        if format(&SourceFile::new("file.mot", text.as_str()), None).is_err() {
            continue;
        }
        hold(&text, &formatted(&text, None));
        let english = formatted(&text, Some(Language::English));
        let chinese = formatted(&english, Some(Language::Chinese));
        hold(&english, &chinese);
        assert_eq!(formatted(&chinese, Some(Language::English)), english, "{}", path.display());
    }
}

#[test]
fn our_own_standards_are_in_form() {
    for path in standards_files().iter().filter(|path| !path.components().any(|part| part.as_os_str() == "tests")) {
        let text = fs::read_to_string(path).unwrap();
        assert!(formatted(&text, None) == text, "{}: run `mot fmt`", path.display());
    }
}

/// What a native writer put side by side is what the formatter makes of either.
#[test]
fn each_sentence_is_printed_in_both_languages() {
    for (english, chinese) in super::chinese::pairs() {
        for language in LANGUAGES {
            assert_eq!(formatted(&english, Some(language)), formatted(&chinese, Some(language)));
        }
        hold(&english, &formatted(&english, Some(Language::Chinese)));
    }
}

/// In English `when` belongs to the clause above it, if that may have one: the file stays as it is.
#[test]
fn what_one_language_cannot_say_is_told() {
    let chinese = "原因 等待 适用于 答复 {\n  列为重要\n  成立条件 超时时长 超过 1 小时\n}\n";
    assert_eq!(formatted(chinese, None), chinese);
    let faults = format(&SourceFile::new("file.mot", chinese), Some(Language::English)).unwrap_err();
    assert_eq!(faults[0].code(), "syntax/other-meaning");
    let when_first = "原因 等待 适用于 答复 {\n  成立条件 超时时长 超过 1 小时\n  列为重要\n}\n";
    assert!(
        formatted(when_first, Some(Language::English)).contains("\n  when overshoot is more than 1h\n  material\n")
    );
}

proptest! {
    #![proptest_config(cases(128))]

    /// What is printed reads as what was printed, in either language, and is printed the same again.
    #[test]
    fn a_printed_tree_reads_as_itself(file in trees::files()) {
        let [english, chinese] = LANGUAGES.map(|language| print(&file, "", language));
        for (text, language) in [(&english, Language::English), (&chinese, Language::Chinese)] {
            let again = parsed(text);
            prop_assert_eq!(&again, &file, "{}", text);
            prop_assert_eq!(&print(&again, "", language), text);
        }
        let english = formatted(&english, None);
        let chinese = formatted(&english, Some(Language::Chinese));
        prop_assert_eq!(formatted(&chinese, Some(Language::English)), english, "{}", chinese);
    }

    /// However a text is broken over lines, and wherever comments stand in it: nothing of it is lost.
    #[test]
    fn comments_survive_wherever_they_stand(
        file in trees::files(),
        blanks in prop::collection::vec(sprinkled::blank(), 400),
        language in prop::sample::select(LANGUAGES.to_vec()),
    ) {
        let text = sprinkled(&print(&file, "", language), &blanks);
        prop_assert_eq!(&parsed(&text), &file, "{}", text);
        for asked in [None, Some(Language::English), Some(Language::Chinese)] {
            hold(&text, &formatted(&text, asked));
        }
    }
}

/// What holds of a text and its canonical form.
fn hold(text: &str, formatted: &str) {
    assert_eq!(parsed(formatted), parsed(text), "what it says changed:\n{text}\n---\n{formatted}");
    assert_eq!(comments(formatted), comments(text), "comments changed:\n{text}\n---\n{formatted}");
    let again = self::formatted(formatted, None);
    assert_eq!(again, formatted, "formatting twice differs:\n{text}\n---\n{formatted}");
    for line in formatted.lines() {
        assert_eq!(line.trim_end(), line, "blanks at the end of a line");
    }
    assert!(formatted.is_empty() || formatted.ends_with('\n') && !formatted.ends_with("\n\n"), "{formatted:?}");
    assert!(!formatted.contains("\n\n\n"), "two blank lines:\n{formatted}");
}

fn formatted(text: &str, language: Option<Language>) -> String {
    format(&SourceFile::new("file.mot", text), language).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"))
}

fn parsed(text: &str) -> tree::File {
    let (tree, faults) = parse(FileId::default(), &SourceFile::new("file.mot", text));
    assert!(!faults.iter().any(Diagnostic::is_error), "{faults:#?}\n{text}");
    tree
}

fn standards_files() -> Vec<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    mot::project::files(&["standards", "examples", "tests", "src"].map(|folder| home.join(folder))).unwrap()
}
