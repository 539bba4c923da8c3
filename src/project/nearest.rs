//! The settings that hold for a standards file.

use std::path::{Path, PathBuf};

use super::settings::Settings;
use super::settings_faults::SettingsFault;
use super::severities::Severities;
use super::{InputFile, read, shown, text_of};

use crate::diagnostic::{Diagnostic, Fault};
use crate::source::{SourceFile, Sources, Span};

/// What was found of severities for a standards file.
#[derive(Debug, Default)]
pub struct Found {
    /// What the project says.
    pub severities: Severities,
    /// The faults of the file that says it.
    pub faults: Vec<Diagnostic>,
    /// The file, where it says anything.
    pub input: Option<InputFile>,
}

impl Found {
    /// Nothing but why the file cannot be read.
    fn at_fault(fault: impl Fault, at: Span) -> Self {
        Self { faults: vec![Diagnostic::new(fault, at)], ..Self::default() }
    }
}

/// The severities of the `mot.yaml` in the folder of a standards file, or the nearest one above.
pub fn nearest(standards: &Path, sources: &mut Sources) -> Found {
    let Some(path) = settings_of(standards) else { return Found::default() };
    let name = shown(&path);
    let bytes = match read(&path) {
        Ok(bytes) => bytes,
        Err(why) => {
            let file = sources.add(SourceFile::new(name.as_str(), ""));
            return Found::at_fault(SettingsFault::CannotRead { file: name, why }, Span::new(file, 0, 0));
        }
    };
    let (text, fault) = text_of(&bytes);
    let file = sources.add(SourceFile::new(name.as_str(), text.as_str()));
    if let Some(fault) = fault {
        return Found::at_fault(fault, Span::new(file, text.len(), text.len()));
    }
    match Settings::parse(&path, &text, file) {
        Ok(settings) if settings.severities.is_empty() => Found::default(),
        Ok(settings) => {
            let input = Some(InputFile::of("settings", &name, &bytes));
            Found { severities: settings.severities, faults: Vec::new(), input }
        }
        Err(faults) => Found { faults, ..Found::default() },
    }
}

/// The `mot.yaml` in the folder of a standards file, or the nearest one above.
pub(super) fn settings_of(standards: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(standards).ok()?;
    let found = absolute
        .ancestors()
        .skip(1)
        .map(|folder| folder.join("mot.yaml"))
        .find(|path| path.symlink_metadata().is_ok())?;
    // As the user would write it, where it is here or below.
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| found.strip_prefix(here).ok().map(Path::to_path_buf));
    Some(below.unwrap_or(found))
}
