//! The grammar and its table of pairs: each construct stands there in both languages.

use std::collections::BTreeSet;

use pest::Parser;

use super::grammar::{Grammar, Rule, keywords, spelling};
use super::language::Language;
use super::unreadable;
use super::words::Vocabulary;

const GRAMMAR: &str = include_str!("../../grammar/standards.pest");
const PAIRS: &str = include_str!("../../tests/chinese/pairs.txt");

/// The sentences of one language (0: English, 1: Chinese), each in its place.
fn sentences(language: usize) -> Vec<String> {
    let side = |line: &str| line.trim_matches(['[', ']']).split(" ⟷ ").nth(language).unwrap().to_owned();
    let mut place = "…".to_owned();
    let mut sentences = Vec::new();
    for line in PAIRS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.starts_with('[') {
            true => place = side(line),
            false => sentences.push(place.replacen('…', &side(line), 1)),
        }
    }
    sentences
}

/// The rules that reading those sentences uses.
fn used(language: usize) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for sentence in sentences(language) {
        let pairs = Grammar::parse(Rule::file, &sentence).unwrap();
        used.extend(pairs.flatten().map(|pair| format!("{:?}", pair.as_rule())));
    }
    used
}

/// What only one of the languages needs, for its order of words or its quotation marks.
const OF_ONE_LANGUAGE: [&str; 7] = ["delay", "later", "of_event", "of_field", "straight", "curly", "breach_of"];

/// Whether sentences are asked of the rule: not of one that is only there for faults, nor of one that
/// leaves no trace.
fn is_construct(rule: &str) -> bool {
    let for_faults = rule.starts_with("only_") || rule.starts_with("bad_") || matches!(rule, "EOI" | "no_block_end");
    let traceless = matches!(rule, "slip_of_words" | "to_line_end" | "unescaped" | "plain_name");
    let silent = GRAMMAR
        .lines()
        .any(|line| line.split_once('=').is_some_and(|(name, body)| name.trim() == rule && body.starts_with(" _{")));
    !for_faults && !traceless && !silent
}

#[test]
fn each_construct_has_its_pair() {
    let (english, chinese) = (used(0), used(1));
    let mut lacking = Vec::new();
    for rule in Rule::all_rules().iter().map(|rule| format!("{rule:?}")).filter(|rule| is_construct(rule)) {
        if OF_ONE_LANGUAGE.contains(&rule.as_str()) && (english.contains(&rule) || chinese.contains(&rule)) {
            continue;
        }
        let only_english = rule.starts_with("word_") && spelling(&rule, Language::Chinese).is_none();
        let only_chinese = spelling(&rule, Language::English).is_none() && spelling(&rule, Language::Chinese).is_some();
        if !only_chinese && !english.contains(&rule) {
            lacking.push(format!("{rule} in English"));
        }
        if !only_english && !chinese.contains(&rule) {
            lacking.push(format!("{rule} in Chinese"));
        }
    }
    assert!(lacking.is_empty(), "without a sentence in tests/chinese/pairs.txt: {lacking:#?}");
}

/// What a fault offers as the beginning of a line is a word of the language.
#[test]
fn each_head_is_a_word() {
    let words: BTreeSet<&str> = keywords().map(|(_, spelled)| spelled).collect();
    let values = Vocabulary::ALL.iter().flat_map(|list| list.words()).flat_map(|(one, other)| [*one, *other]);
    let known: BTreeSet<&str> = words.into_iter().chain(values).collect();
    // Two words with no blank between them: `恰好` and `一次`.
    for head in unreadable::heads().filter(|head| *head != "恰好一次") {
        assert!(known.contains(head), "`{head}` is no word of the grammar");
    }
}

#[test]
fn each_word_has_its_pair() {
    let (english, chinese) = (sentences(0).join(" "), sentences(1).join(" "));
    for (in_english, in_chinese) in Vocabulary::ALL.iter().flat_map(|list| list.words()) {
        let in_english = in_english.replace("no_target", "no target");
        assert!(english.contains(&in_english), "`{in_english}` stands in no sentence");
        assert!(chinese.contains(in_chinese), "`{in_chinese}` stands in no sentence");
    }
}
