//! One map of the YAML, its keys checked: what parsing a mapping is made of.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::log::faults::MappingFault;
use crate::log::yaml::{Content, Node};
use crate::source::{Span, Spanned};

/// Faults found so far; none is told twice.
#[derive(Default)]
pub(super) struct Faults {
    found: Vec<Diagnostic>,
    /// What tells two of them apart, of each.
    seen: HashSet<(Span, &'static str, String)>,
}

impl Faults {
    pub fn add(&mut self, fault: MappingFault, at: Span) {
        self.push(Diagnostic::new(fault, at));
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert((diagnostic.at, diagnostic.code(), diagnostic.words().message.clone())) {
            self.found.push(diagnostic);
        }
    }

    /// All faults, in the order of the file.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| diagnostic.at);
        self.found
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

/// Keys and values; of a key that repeats, the first.
pub(super) struct Section<'a> {
    pub span: Span,
    entries: Vec<(&'a Spanned<String>, &'a Node)>,
    /// Where each key stands among them: a mapping may have many.
    places: HashMap<&'a str, usize>,
}

impl<'a> Section<'a> {
    /// The map `node`, whatever its keys.
    pub fn open(node: &'a Node, wanted: &'static str, faults: &mut Faults) -> Option<Section<'a>> {
        let Content::Map(written) = &node.content else {
            faults.add(MappingFault::Shape { wanted }, node.span);
            return None;
        };
        let mut section = Section { span: node.span, entries: Vec::new(), places: HashMap::new() };
        for (key, value) in written {
            match section.entry(&key.node) {
                Some((first, _)) => {
                    let fault = MappingFault::RepeatedKey { key: key.node.clone() };
                    faults.push(Diagnostic::new(fault, key.span).against(first.span));
                }
                None => {
                    section.places.insert(&key.node, section.entries.len());
                    section.entries.push((key, value));
                }
            }
        }
        Some(section)
    }

    /// The map `node`, which has no keys but `known`.
    pub fn of(
        node: &'a Node,
        known: &[&'static str],
        wanted: &'static str,
        faults: &mut Faults,
    ) -> Option<Section<'a>> {
        let section = Section::open(node, wanted, faults)?;
        for (key, _) in &section.entries {
            if !known.contains(&key.node.as_str()) {
                let meant = did_you_mean(key, known.iter().copied()).map(str::to_owned);
                let fault = MappingFault::UnknownKey { key: key.node.clone(), meant, known: known.to_vec() };
                faults.add(fault, key.span);
            }
        }
        Some(section)
    }

    pub fn entries(&self) -> impl Iterator<Item = (&'a Spanned<String>, &'a Node)> {
        self.entries.iter().copied()
    }

    pub fn get(&self, key: &str) -> Option<&'a Node> {
        self.entry(key).map(|(_, value)| value)
    }

    pub fn entry(&self, key: &str) -> Option<(&'a Spanned<String>, &'a Node)> {
        self.entries.get(*self.places.get(key)?).copied()
    }

    /// The value of a key that must be there.
    pub fn need(&self, key: &'static str, example: &'static str, faults: &mut Faults) -> Option<&'a Node> {
        let value = self.get(key);
        if value.is_none() {
            faults.add(MappingFault::MissingKey { key, example }, self.span);
        }
        value
    }
}

/// The scalar `node`, which may not be empty.
pub(super) fn text(node: &Node, wanted: &'static str, faults: &mut Faults) -> Option<Spanned<String>> {
    let text = node.text().filter(|text| !text.is_empty());
    if text.is_none() {
        faults.add(MappingFault::Shape { wanted }, node.span);
    }
    text
}

/// The scalar `node`, or the scalars of the list `node`; not none.
pub(super) fn texts(node: &Node, wanted: &'static str, faults: &mut Faults) -> Option<Vec<Spanned<String>>> {
    match &node.content {
        Content::List(items) if !items.is_empty() => {
            Some(items.iter().filter_map(|item| text(item, wanted, faults)).collect())
        }
        _ => Some(vec![text(node, wanted, faults)?]),
    }
}
