//! `mot.yaml`: what a folder's commands need no flags for.
//!
//! ```yaml
//! standards: contact-centre.mot
//! log: log.csv                 # or a list; or a map: `file:` and the mapping's own keys
//! mapping: mapping.yaml        # not needed where `log:` holds the mapping
//! as_of: 2026-03-31 18:00
//! period: 2026-01-01..2026-03-31
//! rejected: at most 1%         # how many rows may be lost before the run is worth nothing
//! severity:                    # how much each fault is minded, by its code
//!   moment/no-promise: ignore  # or `warning`, or `error`
//! outside: ../shared           # or a list: folders beside this one whose files standards may use
//! ```

use std::path::{Path, PathBuf};

use super::beside;
use super::settings_faults::{KEYS, SettingsFault};
use super::severities::Severities;

use crate::diagnostic::{Diagnostic, did_you_mean, pages};
use crate::graph::Percent;
use crate::log::yaml::{Content, Node};
use crate::source::{FileId, Span, Spanned};

/// The settings of a folder.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The standards file.
    pub standards: Vec<PathBuf>,
    /// The logs.
    pub log: LogFiles,
    /// The mapping file.
    pub mapping: Option<PathBuf>,
    /// The instant at which things are judged, as written.
    pub as_of: Option<Spanned<String>>,
    /// The period, as written.
    pub period: Option<Spanned<String>>,
    /// The share of rows that may be lost.
    pub rejected: Option<Percent>,
    /// How much each fault is minded.
    pub severities: Severities,
    /// Folders outside of this one whose files standards may use.
    pub outside: Vec<PathBuf>,
}

/// The logs of a folder.
#[derive(Clone, Debug, Default)]
pub struct LogFiles {
    /// The files.
    pub files: Vec<PathBuf>,
    /// The mapping, where `log:` holds it.
    pub mapping: Option<Node>,
}

impl Settings {
    /// Reads the settings at `path`; paths in it are relative to it.
    ///
    /// # Errors
    ///
    /// All its faults.
    pub fn parse(path: &Path, text: &str, file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let node = Node::parse(text, file)?;
        let mut reading = Reading { path, faults: Vec::new(), settings: Settings::default() };
        reading.map(&node);
        if reading.faults.is_empty() { Ok(reading.settings) } else { Err(reading.faults) }
    }
}

struct Reading<'a> {
    path: &'a Path,
    faults: Vec<Diagnostic>,
    settings: Settings,
}

impl Reading<'_> {
    fn fault(&mut self, fault: SettingsFault, at: Span) {
        self.faults.push(Diagnostic::new(fault, at));
    }

    fn map(&mut self, node: &Node) {
        let Content::Map(entries) = &node.content else {
            let wanted = "lines such as `standards: contact-centre.mot`";
            self.fault(SettingsFault::Shape { key: "mot.yaml".into(), wanted }, node.span);
            return;
        };
        for (key, value) in entries {
            match key.node.as_str() {
                "standards" => self.settings.standards = self.files(key, value),
                "mapping" => self.settings.mapping = self.file(key, value),
                "log" => self.log(key, value),
                "as_of" => self.settings.as_of = self.text(key, value, "an instant such as `2026-03-31 18:00`"),
                "severity" => self.severities(key, value),
                "outside" => self.settings.outside = self.files(key, value),
                "rejected" => self.rejected(key, value),
                "period" => self.settings.period = self.text(key, value, "a period such as `2026-01-01..2026-03-31`"),
                unknown => {
                    let suggestion = did_you_mean(unknown, KEYS).map(str::to_owned);
                    self.fault(SettingsFault::UnknownKey { key: unknown.to_owned(), suggestion }, key.span);
                }
            }
        }
        if let (Some(_), Some(inline)) = (&self.settings.mapping, &self.settings.log.mapping) {
            let named = entries.iter().find(|(key, _)| key.node == "mapping").map_or(inline.span, |(key, _)| key.span);
            self.faults.push(Diagnostic::new(SettingsFault::TwoMappings, inline.span).against(named));
        }
    }

    /// `at most 1%`
    fn rejected(&mut self, key: &Spanned<String>, value: &Node) {
        let wanted = "a share of the rows, such as `at most 1%`";
        let Some(text) = self.text(key, value, wanted) else { return };
        let share = text.node.trim();
        match share.strip_prefix("at most").unwrap_or(share).parse() {
            Ok(share) => self.settings.rejected = Some(share),
            Err(()) => self.fault(SettingsFault::Shape { key: key.node.clone(), wanted }, value.span),
        }
    }

    /// A map of codes, each with how much it is minded.
    fn severities(&mut self, key: &Spanned<String>, value: &Node) {
        let Content::Map(entries) = &value.content else {
            let wanted = "lines such as `moment/no-promise: ignore`";
            self.fault(SettingsFault::Shape { key: key.node.clone(), wanted }, value.span);
            return;
        };
        for (code, value) in entries {
            if pages::find(&code.node).is_none() {
                let suggestion = pages::nearest(&code.node);
                self.fault(SettingsFault::UnknownCode { code: code.node.clone(), suggestion }, code.span);
            }
            let word = value.text();
            let taken = word.is_some_and(|word| self.settings.severities.mind(code.clone(), &word.node));
            if !taken {
                let wanted = Severities::WORDS;
                self.fault(SettingsFault::Shape { key: code.node.clone(), wanted }, value.span);
            }
        }
    }

    fn text(&mut self, key: &Spanned<String>, value: &Node, wanted: &'static str) -> Option<Spanned<String>> {
        let text = value.text();
        if text.is_none() {
            self.fault(SettingsFault::Shape { key: key.node.clone(), wanted }, value.span);
        }
        text
    }

    fn file(&mut self, key: &Spanned<String>, value: &Node) -> Option<PathBuf> {
        let text = self.text(key, value, "the name of a file")?;
        Some(beside(self.path, &text))
    }

    fn files(&mut self, key: &Spanned<String>, value: &Node) -> Vec<PathBuf> {
        match &value.content {
            Content::List(items) => items.iter().filter_map(|item| self.file(key, item)).collect(),
            _ => self.file(key, value).into_iter().collect(),
        }
    }

    /// One file, several, or a map of `file` and the mapping's own keys.
    fn log(&mut self, key: &Spanned<String>, value: &Node) {
        let Content::Map(entries) = &value.content else {
            self.settings.log.files = self.files(key, value);
            return;
        };
        let (files, mapping): (Vec<_>, Vec<_>) = entries.iter().cloned().partition(|(key, _)| key.node == "file");
        for (key, value) in &files {
            let named = self.files(key, value);
            self.settings.log.files.extend(named);
        }
        if !mapping.is_empty() {
            self.settings.log.mapping = Some(Node { span: value.span, content: Content::Map(mapping) });
        }
    }
}
