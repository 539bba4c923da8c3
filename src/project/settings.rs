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
use super::severities::Severities;
use crate::diagnostic::{Diagnostic, Fault, Severity, Words, did_you_mean, pages};
use crate::graph::Percent;
use crate::log::yaml::{Content, Node};
use crate::source::{FileId, Span, Spanned};

const KEYS: [&str; 8] = ["standards", "log", "mapping", "as_of", "period", "rejected", "severity", "outside"];

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

/// What can be wrong with `mot.yaml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingsFault {
    /// The file is there, and cannot be read.
    CannotRead {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// A key that is none.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was meant.
        suggestion: Option<String>,
    },
    /// A value of another kind.
    Shape {
        /// Its key.
        key: String,
        /// What is needed.
        wanted: &'static str,
    },
    /// A mapping in `log` and one beside it.
    TwoMappings,
    /// A code that no fault has.
    UnknownCode {
        /// The code.
        code: String,
        /// The code that was meant.
        suggestion: Option<&'static str>,
    },
    /// A fault that stands whatever a project says.
    StaysAnError {
        /// Its code.
        code: String,
    },
}

impl Fault for SettingsFault {
    fn code(&self) -> &'static str {
        match self {
            SettingsFault::CannotRead { .. } => "settings/cannot-read",
            SettingsFault::UnknownKey { .. } => "settings/unknown-key",
            SettingsFault::Shape { .. } => "settings/shape",
            SettingsFault::TwoMappings => "settings/two-mappings",
            SettingsFault::UnknownCode { .. } => "settings/unknown-code",
            SettingsFault::StaysAnError { .. } => "settings/stays-an-error",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            SettingsFault::StaysAnError { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn words(&self) -> Words {
        match self {
            SettingsFault::CannotRead { file, why } => Words {
                message: format!("cannot read `{file}`, so nobody knows how much its project minds a fault: {why}"),
                label: "this file".into(),
                help: Some("mend it, or take it away".into()),
                ..Words::default()
            },
            SettingsFault::UnknownKey { key, suggestion } => Words {
                message: format!("`{key}` is no setting: what it says would not be done"),
                label: "this key".into(),
                help: Some(match suggestion {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("settings are {}", KEYS.map(|known| format!("`{known}`")).join(", ")),
                }),
                ..Words::default()
            },
            SettingsFault::Shape { key, wanted } => {
                Words { message: format!("`{key}` needs {wanted}"), label: "this value".into(), ..Words::default() }
            }
            SettingsFault::TwoMappings => Words {
                message: "there are two mappings, in `log` and as `mapping`: one row would be read in two ways".into(),
                label: "a mapping".into(),
                other: "and a file with a mapping".into(),
                help: Some("keep one of them".into()),
            },
            SettingsFault::UnknownCode { code, suggestion } => Words {
                message: format!("no fault has the code `{code}`: this line changes nothing of what people are told"),
                label: "this code".into(),
                help: Some(match suggestion {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "`mot explain` lists all codes".into(),
                }),
                ..Words::default()
            },
            SettingsFault::StaysAnError { code } => Words {
                message: format!("`{code}` stays an error: nobody can be judged by what cannot be read"),
                label: "this cannot be minded less".into(),
                help: Some("take this line out, and mend the fault where it stands".into()),
                ..Words::default()
            },
        }
    }
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
