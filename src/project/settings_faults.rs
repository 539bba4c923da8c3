//! What can be wrong with `mot.yaml`, and the words for it.

use crate::diagnostic::{Code, Fault, Severity, Words, codes};

/// What may stand at the top of `mot.yaml`.
pub(super) const KEYS: [&str; 8] =
    ["standards", "log", "mapping", "as_of", "period", "rejected", "severity", "outside"];

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
    fn code(&self) -> Code {
        match self {
            SettingsFault::CannotRead { .. } => codes::SETTINGS_CANNOT_READ,
            SettingsFault::UnknownKey { .. } => codes::SETTINGS_UNKNOWN_KEY,
            SettingsFault::Shape { .. } => codes::SETTINGS_SHAPE,
            SettingsFault::TwoMappings => codes::SETTINGS_TWO_MAPPINGS,
            SettingsFault::UnknownCode { .. } => codes::SETTINGS_UNKNOWN_CODE,
            SettingsFault::StaysAnError { .. } => codes::SETTINGS_STAYS_AN_ERROR,
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
