//! The parser that `pest` makes of the two files in `grammar/`.

// The macro writes a public enum of rules without docs; the grammar file documents each.
#![allow(missing_docs)]

use super::language::Language;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/standards.pest"]
#[grammar = "../grammar/words.pest"]
pub struct Grammar;

/// The one place where keywords are spelled.
const WORDS: &str = include_str!("../../grammar/words.pest");

/// How a language spells a keyword, given its rule; nothing where it has none or the rule is no keyword.
pub fn spelling(rule: &str, language: Language) -> Option<&'static str> {
    keywords().find(|(known, spelled)| *known == rule && Language::of(spelled) == language).map(|(_, spelled)| spelled)
}

/// Every keyword: its rule and a spelling.
pub fn keywords() -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_keyword = |line: &&str| line.starts_with("word_") || line.starts_with("zh_");
    WORDS.lines().filter(is_keyword).flat_map(|line| {
        let rule = line.split_whitespace().next().unwrap_or_default();
        // Between quotation marks stands every other part.
        line.split('"').skip(1).step_by(2).map(move |spelled| (rule, spelled))
    })
}
