//! Trees of standards files, made up: every declaration and every clause, with names that are hard
//! to write. They need not make sense, only be sayable.

mod conditions;
mod declarations;
mod promises;
mod scenarios;

use std::sync::LazyLock;

use mot::source::{Span, Spanned};
use mot::syntax::tree::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A file.
pub fn files() -> BoxedStrategy<File> {
    let declarations = vec(declarations::declaration().prop_map(at), 1..6);
    declarations.prop_map(|declarations| File { declarations, ..File::default() }).boxed()
}

/// A node at no place.
fn at<T>(node: T) -> Spanned<T> {
    Spanned::new(node, Span::default())
}

/// Every word of the grammar, and every part of one: the names most easily misread.
static KEYWORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let grammar = concat!(include_str!("../../../grammar/words.pest"), include_str!("../../../grammar/standards.pest"));
    let quoted = grammar.split('"').skip(1).step_by(2);
    let is_word = |word: &&str| !word.is_empty() && word.chars().all(|letter| letter.is_alphabetic() || letter == '_');
    quoted.filter(is_word).map(str::to_owned).collect()
});

fn plain_name() -> BoxedStrategy<String> {
    let names = vec!["resolve", "agent", "vip", "first-answer", "age_group", "x", "投诉", "支行长", "n2", "résumé"];
    select(names).prop_map(str::to_owned).boxed()
}

/// A name, in NFC, without the backticks that may quote it.
fn name() -> BoxedStrategy<String> {
    let odd =
        vec!["3rd floor", "a.b", "名 称", "x-", "-x", "a#b", "a\"b", "{", "80%", "CNY", "2h", "a, b", "“q”", ".", "20"];
    prop_oneof![
        4 => plain_name(),
        3 => select(&KEYWORDS[..]),
        1 => select(odd).prop_map(str::to_owned),
    ]
    .boxed()
}

fn a_name() -> BoxedStrategy<Name> {
    name().prop_map(at).boxed()
}

fn names() -> BoxedStrategy<Vec<Name>> {
    vec(a_name(), 1..4).boxed()
}

fn path() -> BoxedStrategy<String> {
    vec(name(), 1..4).prop_map(|parts| parts.join(".")).boxed()
}

fn a_path() -> BoxedStrategy<Name> {
    path().prop_map(at).boxed()
}

fn text() -> BoxedStrategy<Text> {
    let texts = vec![
        "",
        "Answer promptly",
        "有结果",
        "a \"quoted\" word",
        "back\\slash\\",
        "# no comment",
        "“curly”",
        "tab\there { } ( ) `",
        "a text that is long enough to be the reason why a line with some others in it does not fit any more",
    ];
    select(texts).prop_map(|text| at(text.to_owned())).boxed()
}

fn label() -> BoxedStrategy<Option<Text>> {
    option::of(text()).boxed()
}

/// One of the words that a clause may say.
fn word(words: &'static [&'static str]) -> BoxedStrategy<Name> {
    select(words).prop_map(|word| at(word.to_owned())).boxed()
}

fn block<T: std::fmt::Debug + 'static>(clause: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Block<T>> {
    (a_name(), label(), vec(clause.prop_map(at), 0..5))
        .prop_map(|(name, label, clauses)| Block { name, label, clauses, broken: false })
        .boxed()
}
