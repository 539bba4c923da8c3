//! Names and texts: quoted where the grammar would read something else.

use pest::Parser;

use super::Printer;

use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::language::Language;
use crate::syntax::tree::{Name, Text};

/// Words that begin something else where a field is expected.
const NO_FIELDS: &[&str] = &[
    "overshoot",
    "paused",
    "handovers",
    "count",
    "time",
    "waiting",
    "超时时长",
    "暂停时长",
    "转手次数",
    "累计",
    "自",
    "等待审批时长",
    "始于",
];

impl Printer<'_> {
    /// A name, in backticks if it needs them.
    pub(super) fn name(&self, name: &str) -> String {
        if is_read_as(Rule::name, name) { name.to_owned() } else { quoted(name) }
    }

    /// Names, one after the other.
    pub(super) fn names(&self, names: &[Name]) -> String {
        self.list(names.iter().map(|name| self.name(name)))
    }

    /// A dotted path, with backticks around the parts that need them.
    pub(super) fn path(&self, path: &str) -> String {
        self.path_beside(path, &[])
    }

    /// A path that stands where `words` would be read as keywords.
    pub(super) fn path_beside(&self, path: &str, words: &[&str]) -> String {
        let parts: Vec<&str> = path.split('.').collect();
        if parts.contains(&"") {
            return quoted(path);
        }
        let part = |(place, part): (usize, &&str)| {
            let plain = match place {
                0 => is_read_as(Rule::name, part) && !words.contains(part),
                _ => is_read_as(Rule::path, &format!("x.{part}")),
            };
            if plain { (*part).to_owned() } else { quoted(part) }
        };
        parts.iter().enumerate().map(part).collect::<Vec<_>>().join(".")
    }

    /// A field, where the grammar might read a fact or a condition.
    pub(super) fn field_path(&self, path: &str) -> String {
        if NO_FIELDS.contains(&path) { quoted(path) } else { self.path_beside(path, &["等待审批时长"]) }
    }

    /// A name that is no keyword of its place.
    pub(super) fn name_beside(&self, name: &str, words: &[&str]) -> String {
        if words.contains(&name) { quoted(name) } else { self.name(name) }
    }

    /// A text in the quotation marks of the language; in straight ones if it holds a closing one.
    pub(super) fn text(&self, text: &str) -> String {
        match self.language {
            Language::Chinese if !text.contains('”') => format!("“{text}”"),
            Language::English | Language::Chinese => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        }
    }

    /// A label, if there is one.
    pub(super) fn label(&self, label: Option<&Text>) -> String {
        label.map(|label| self.text(label)).unwrap_or_default()
    }
}

/// What begins with a name, where one of `words` would be read as a keyword.
pub(super) fn beside(said: &str, words: &[&str]) -> String {
    let of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    let end = said.find(|letter: char| !of_name(letter)).unwrap_or(said.len());
    match said.split_at_checked(end) {
        Some((first, rest)) if words.contains(&first) => format!("{}{rest}", quoted(first)),
        _ => said.to_owned(),
    }
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}

/// Whether the grammar reads all of a text as that rule.
fn is_read_as(rule: Rule, text: &str) -> bool {
    let read = Grammar::parse(rule, text).ok().and_then(|mut pairs| pairs.next());
    !text.contains('`') && read.is_some_and(|pair| pair.as_str().len() == text.len())
}
