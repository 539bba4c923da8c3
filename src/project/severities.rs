//! How much a project minds each fault: `severity` in the nearest `mot.yaml`.
//!
//! ```yaml
//! severity:
//!   moment/no-promise: ignore
//!   time/holidays-end: error
//! ```

use super::settings_faults::SettingsFault;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;

/// What a project says of the faults of its files.
#[derive(Clone, Debug, Default)]
pub struct Severities(Vec<SeverityOverride>);

/// A code, and how much the project minds it; none to ignore it.
#[derive(Clone, Debug)]
struct SeverityOverride {
    code: Spanned<String>,
    severity: Option<Severity>,
}

impl Severities {
    /// The words for a severity, in the order in which they are told.
    pub const WORDS: &str = "`ignore`, `warning` or `error`";

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes one line; false if `word` is none of [`Severities::WORDS`].
    pub fn mind(&mut self, code: Spanned<String>, word: &str) -> bool {
        let severity = match word {
            "ignore" => None,
            "warning" => Some(Severity::Warning),
            "error" => Some(Severity::Error),
            _ => return false,
        };
        self.0.push(SeverityOverride { code, severity });
        true
    }

    /// The faults as the project minds them. What stands whatever a project says is told of, once a line.
    pub fn apply(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let of = |code: &str| self.0.iter().find(|minded| minded.code.node == code);
        let mut told = Vec::new();
        let mut minded: Vec<Diagnostic> = Vec::new();
        for mut fault in faults {
            match of(fault.code()) {
                Some(line) if fault.is_configurable() => {
                    let Some(severity) = line.severity else { continue };
                    fault.severity = severity;
                }
                Some(line) if line.severity != Some(Severity::Error) && !told.contains(&line.code.span) => {
                    told.push(line.code.span);
                    let stays = SettingsFault::StaysAnError { code: line.code.node.clone() };
                    minded.push(Diagnostic::new(stays, line.code.span));
                }
                _ => {}
            }
            minded.push(fault);
        }
        minded
    }
}
