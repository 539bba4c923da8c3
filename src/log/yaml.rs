//! YAML as a tree that knows where each value stands, so that a fault in a mapping shows its line.
//!
//! A scalar is kept as it was spelled: `3.10` stays `3.10` and `yes` stays `yes`, because most
//! scalars of a mapping are names of columns and contents of cells.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Error, Location};

use crate::diagnostic::{Code, Diagnostic, Fault, Words, codes};
use crate::source::{FileId, Span, Spanned};

/// How deep lists and maps may stand in each other.
const DEEPEST: usize = 64;

/// How many values aliases may repeat: aliases of aliases could make a page of a line, and a library of a page.
const MOST_REPEATED: usize = 10_000;

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where; of a list or a map, where its first entry stands.
    pub span: Span,
    /// What.
    pub content: Content,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A scalar, as it was spelled, without its quotes.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order written; a key may repeat.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// Reads one YAML document.
    ///
    /// # Errors
    ///
    /// Text that is no YAML, at the place where that shows.
    pub fn parse(text: &str, file: FileId) -> Result<Node, Vec<Diagnostic>> {
        let options = serde_yaml::options! {
            duplicate_keys: DuplicateKeyPolicy::PassThrough,
            with_snippet: false,
            budget: serde_yaml::budget! { max_depth: DEEPEST },
            alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: MOST_REPEATED },
        };
        let raw = serde_yaml::from_str_with_options::<Raw>(text, options);
        let node = raw.map_err(|error| not_yaml(&error, text, file)).and_then(|raw| Page { text, file }.node(raw));
        node.map_err(|fault| vec![Diagnostic::new(fault.node, fault.span)])
    }

    /// The value under `key`, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|(name, _)| name.node == key).map(|(_, value)| value),
            Content::Text(_) | Content::List(_) => None,
        }
    }

    /// The scalar, with its place.
    pub fn text(&self) -> Option<Spanned<String>> {
        match &self.content {
            Content::Text(text) => Some(Spanned::new(text.clone(), self.span)),
            Content::List(_) | Content::Map(_) => None,
        }
    }
}

type Raw = serde_yaml::Spanned<RawContent>;

enum RawContent {
    Text(String),
    /// A number, a truth value or nothing: its spelling is taken from the page.
    Plain,
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

impl<'de> Deserialize<'de> for RawContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawContent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<RawContent, E> {
        Ok(RawContent::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_unit<E>(self) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_none<E>(self) -> Result<RawContent, E> {
        Ok(RawContent::Plain)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawContent, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawContent::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawContent, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawContent::Map(map))
    }
}

/// The text that a tree was read from.
struct Page<'a> {
    text: &'a str,
    file: FileId,
}

impl Page<'_> {
    fn node(&self, raw: Raw) -> Result<Node, Spanned<YamlFault>> {
        let span = self.span(raw.referenced);
        Ok(match raw.value {
            RawContent::Text(text) => Node { span, content: Content::Text(text) },
            RawContent::Plain => Node { span, content: Content::Text(self.spelling(raw.defined)) },
            RawContent::List(items) => {
                let items = items.into_iter().map(|item| self.node(item)).collect::<Result<Vec<_>, _>>()?;
                Node { span: items.first().map_or(span, |first| first.span), content: Content::List(items) }
            }
            RawContent::Map(entries) => {
                let entries = entries.into_iter().map(|entry| self.entry(entry)).collect::<Result<Vec<_>, _>>()?;
                Node { span: entries.first().map_or(span, |(key, _)| key.span), content: Content::Map(entries) }
            }
        })
    }

    fn entry(&self, (key, value): (Raw, Raw)) -> Result<(Spanned<String>, Node), Spanned<YamlFault>> {
        let key = self.node(key)?;
        let name = key.text().ok_or_else(|| Spanned::new(YamlFault::KeyIsNoText, key.span))?;
        Ok((name, self.node(value)?))
    }

    fn spelling(&self, location: Location) -> String {
        let span = self.span(location);
        self.text.get(span.start..span.end).unwrap_or_default().to_owned()
    }

    fn span(&self, location: Location) -> Span {
        let bytes = location.span();
        let start = bytes.byte_offset().and_then(|start| usize::try_from(start).ok());
        let length = bytes.byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        let start = start.unwrap_or_else(|| byte_of(self.text, location.line(), location.column()));
        Span::new(self.file, start, start + length)
    }
}

/// The byte at a line and a column, both from 1, the column in characters.
fn byte_of(text: &str, line: u64, column: u64) -> usize {
    let to_index = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let before: usize = text.split_inclusive('\n').take(to_index(line)).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default().lines().next().unwrap_or_default();
    before + rest.chars().take(to_index(column)).map(char::len_utf8).sum::<usize>()
}

fn not_yaml(error: &Error, text: &str, file: FileId) -> Spanned<YamlFault> {
    let message = match error.without_snippet() {
        Error::MultipleDocuments { .. } => "more than one document in one file".to_owned(),
        other => plain(without_place(&other.to_string())),
    };
    let place = error.location().unwrap_or(Location::UNKNOWN);
    let start = byte_of(text, place.line(), place.column()).min(text.len());
    let length = text.get(start..).and_then(|rest| rest.chars().next()).filter(|char| *char != '\n');
    let end = start + length.map_or(0, char::len_utf8);
    Spanned::new(YamlFault::Syntax { message }, Span::new(file, start, end))
}

/// What the parser says of its own limits, in words for whoever wrote the file.
fn plain(message: &str) -> String {
    match message {
        "recursion limit exceeded" => format!("lists and maps stand more than {DEEPEST} deep in each other"),
        depth if depth.starts_with("budget breached: Depth") => plain("recursion limit exceeded"),
        budget if budget.starts_with("budget breached") || budget.starts_with("alias replay limit") => {
            "it comes to more than any mapping needs".to_owned()
        }
        circle if circle.starts_with("recursive references") => "this value holds itself".to_owned(),
        other => other.to_owned(),
    }
}

/// The message without the line and column that the parser puts at its end: the picture shows them.
fn without_place(message: &str) -> &str {
    message.split_once(" at line ").map_or(message, |(before, _)| before)
}

/// What can be wrong with a YAML file whatever it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum YamlFault {
    /// It is no YAML.
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A key that is a list or a map.
    KeyIsNoText,
}

impl Fault for YamlFault {
    fn code(&self) -> Code {
        match self {
            YamlFault::Syntax { .. } => codes::YAML_SYNTAX,
            YamlFault::KeyIsNoText => codes::YAML_KEY,
        }
    }

    fn words(&self) -> Words {
        let (message, label, help) = match self {
            YamlFault::Syntax { message } => (
                format!("this is not YAML: {message}"),
                "here",
                message.starts_with("mapping values").then_some("a text with a colon in it stands in quotation marks"),
            ),
            YamlFault::KeyIsNoText => (
                "a key must be plain text: nobody can tell what a list or a map stands for".to_owned(),
                "this key is a list or a map",
                Some("write a line of its own for each"),
            ),
        };
        Words { message, label: label.to_owned(), help: help.map(str::to_owned), ..Words::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    fn parse(text: &str) -> (Sources, Result<Node, Vec<Diagnostic>>) {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("mapping.yaml", text));
        (sources, Node::parse(text, file))
    }

    #[test]
    fn a_scalar_keeps_its_spelling() {
        let (_, node) = parse("a: 3.10\nb: yes\nc: NULL\nd: \"L1\"\ne: 0x1F\n");
        let node = node.unwrap();
        let spelled: Vec<_> = ["a", "b", "c", "d", "e"].map(|key| node.get(key).unwrap().text().unwrap().node).into();
        assert_eq!(spelled, ["3.10", "yes", "NULL", "L1", "0x1F"]);
    }

    #[test]
    fn a_value_knows_its_place_beside_chinese_text() {
        let (sources, node) = parse("case: 编号\nevent: {column: 事件}\n");
        let column = node.unwrap().get("event").unwrap().get("column").unwrap().span;
        assert_eq!(sources.slice(column), "事件");
        assert_eq!(sources.location(column), "mapping.yaml:2:17");
    }

    #[test]
    fn broken_yaml_is_shown_where_it_breaks() {
        let (sources, node) = parse("case: a\ntime: b: c\n");
        let fault = node.unwrap_err().remove(0);
        assert_eq!(sources.location(fault.at), "mapping.yaml:2:8");
        assert_eq!(fault.words().message, "this is not YAML: mapping values are not allowed in this context");
    }

    #[test]
    fn what_no_mapping_needs_is_an_error() {
        let laughs: String = ["b", "c", "d", "e", "f", "g"].iter().fold("a: &a [1]\n".to_owned(), |text, name| {
            let before = text.lines().last().and_then(|line| line.chars().next()).unwrap();
            format!("{text}{name}: &{name} [{}]\n", vec![format!("*{before}"); 20].join(", "))
        });
        for (text, message) in [
            ("[".repeat(100_000), "lists and maps stand more than 64 deep in each other"),
            ("- ".repeat(100), "lists and maps stand more than 64 deep in each other"),
            ("a: &a [*a]".to_owned(), "this value holds itself"),
            (laughs, "it comes to more than any mapping needs"),
        ] {
            let fault = parse(&text).1.unwrap_err().remove(0);
            assert_eq!((fault.code(), fault.words().message), ("yaml/syntax", format!("this is not YAML: {message}")));
        }
    }
}
