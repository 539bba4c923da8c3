//! Everything that is read from disk: standards with the files they use, settings, logs.
//!
//! The rooms below are pure; this one is where a path becomes text. Each file that was read is
//! remembered with its digest, so that a report can say what it was made of.

mod inside;
mod nearest;
mod reading;
mod settings;
mod settings_faults;
mod severities;
mod standards;
mod versions;
mod write;

pub use reading::{Identity, MOST_LOG, MOST_TEXT};
pub use settings::{LogFiles, Settings};
pub use settings_faults::SettingsFault;
pub use severities::Severities;
pub use standards::{Standards, each_once, files, roots, text_of};
pub use versions::load_all;
pub use write::together;

use std::path::{Path, PathBuf};

use crate::diagnostic::in_a_line;

/// A file that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputFile {
    /// What it was read as: `standards`, `mapping`, `log`, `settings`.
    pub role: &'static str,
    /// Its name, as the user gave it or as a file that uses it says.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its BLAKE3 digest, in hexadecimal.
    pub digest: String,
}

impl InputFile {
    /// The record of a file called `name` that holds `bytes`.
    pub fn of(role: &'static str, name: &str, bytes: &[u8]) -> Self {
        Self { role, name: name.to_owned(), bytes: bytes.len() as u64, digest: digest(bytes) }
    }
}

/// The BLAKE3 digest of some bytes, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// What a file of standards, settings or a mapping holds.
///
/// # Errors
///
/// Why it cannot be had, in words for the person who named it.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    reading::read(path, MOST_TEXT)
}

/// What a log holds, as it is stored.
///
/// # Errors
///
/// Why it cannot be had, in words for the person who named it.
pub fn read_log(path: &Path) -> Result<Vec<u8>, String> {
    reading::read(path, MOST_LOG)
}

/// A path as people write it, with `/` between its parts and no `./` in front; whatever letters it has, it may be
/// shown, and stays on one line.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    in_a_line(text.strip_prefix("./").unwrap_or(&text)).into_owned()
}

/// `path` as seen from the folder of `from`, with `..` and `.` worked out.
fn beside(from: &Path, path: &str) -> PathBuf {
    let mut whole = from.parent().map(Path::to_path_buf).unwrap_or_default();
    for part in Path::new(path).components() {
        match part {
            std::path::Component::ParentDir if whole.file_name().is_some() => {
                whole.pop();
            }
            std::path::Component::CurDir => {}
            other => whole.push(other),
        }
    }
    whole
}
