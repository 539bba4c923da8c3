//! Where the files of a project lie: `use` reaches no further.
//!
//! A standards file may come from anybody. If it could name any file, whoever checks it would read, and show, what is
//! none of its business.

use std::path::{Path, PathBuf};

use super::nearest::settings_of;
use super::{Settings, read, text_of};

use crate::source::FileId;

/// The folders that a standards file may use files of.
#[derive(Clone, Debug, Default)]
pub struct Inside {
    /// The folder of the project, as people write it.
    pub project: PathBuf,
    /// All of them, links followed.
    folders: Vec<PathBuf>,
}

impl Inside {
    /// Those of the project of a standards file: the folder of the nearest `mot.yaml`, and those that it names as
    /// `outside`; without one, the folder of the file.
    pub fn of(standards: &Path) -> Self {
        let folder = |file: &Path| file.parent().filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_path_buf);
        let settings = settings_of(standards);
        let here = || PathBuf::from(".");
        let project = folder(settings.as_deref().unwrap_or(standards)).unwrap_or_else(here);
        // What is wrong with the settings is told where the severities are read.
        let allowed = settings.and_then(|path| {
            let (text, fault) = text_of(&read(&path).ok()?);
            let settings = Settings::parse(&path, &text, FileId::default()).ok().filter(|_| fault.is_none())?;
            Some(settings.outside)
        });
        let folders = std::iter::once(&project).chain(allowed.iter().flatten());
        let folders = folders.filter_map(|folder| folder.canonicalize().ok()).collect();
        Self { project, folders }
    }

    /// Whether a file lies in one of them, or in a folder below, links followed. Of a file that is not there its name
    /// tells.
    pub fn holds(&self, file: &Path) -> bool {
        let named = |path: &'_ Path| if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_path_buf() };
        // The nearest folder that is there, where the file is not.
        let real = file.ancestors().find_map(|path| named(path).canonicalize().ok());
        real.is_some_and(|real| self.folders.iter().any(|folder| real.starts_with(folder)))
    }
}
