//! Files that are written: each in one step, several together or not at all, and none onto an input.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{InputFile, digest, shown};

/// Writes files together: each is written beside its place first, and put there once all are written. If one cannot
/// be put in its place, all are as they were.
///
/// # Errors
///
/// Why not, in words for the person who named the files: one of them is an input, or no file, or cannot be written.
pub fn together(files: &[(&Path, &str)], inputs: &[InputFile]) -> Result<(), String> {
    let mut placing: Vec<Placing> = Vec::new();
    for (path, text) in files {
        let written = target(path, inputs).and_then(|target| {
            Placing::beside(target, text).map_err(|error| format!("cannot write `{}`: {error}", shown(path)))
        });
        placing.push(written?);
    }
    for at in 0..placing.len() {
        let placed = placing.get_mut(at).map_or(Ok(()), Placing::place);
        if let Err(error) = placed {
            placing.iter_mut().take(at).rev().for_each(Placing::undo);
            let path = files.get(at).map(|(path, _)| shown(path)).unwrap_or_default();
            return Err(format!("cannot write `{path}`: {error}"));
        }
    }
    placing.iter_mut().for_each(|placing| placing.done = true);
    Ok(())
}

/// Where a file is written to: through a link, so that the file changes and not the link.
fn target(path: &Path, inputs: &[InputFile]) -> Result<PathBuf, String> {
    let words = |error: io::Error| format!("cannot write `{}`: {error}", shown(path));
    // What is no link and not there yet has a folder that is.
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(_) if path.symlink_metadata().is_ok() => {
            return Err(format!("cannot write `{}`: it is a link to nowhere", shown(path)));
        }
        Err(_) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            folder.canonicalize().map_err(words)?.join(path.file_name().unwrap_or_default())
        }
    };
    if target.exists() && !target.is_file() {
        return Err(format!("cannot write `{}`: it is no file", shown(path)));
    }
    if let Some(input) = inputs.iter().find(|input| is_input(&target, input)) {
        return Err(format!("cannot write `{}`: this run reads it as `{}` ({})", shown(path), input.name, input.role));
    }
    Ok(target)
}

/// Whether a file is an input, by its name or by what it holds.
fn is_input(target: &Path, input: &InputFile) -> bool {
    let named = Path::new(&input.name).canonicalize().is_ok_and(|input| input == target);
    let as_long = || fs::metadata(target).is_ok_and(|metadata| metadata.len() == input.bytes && input.bytes > 0);
    named || (as_long() && fs::read(target).is_ok_and(|bytes| digest(&bytes) == input.digest))
}

/// A file that is written beside its place.
struct Placing {
    target: PathBuf,
    beside: PathBuf,
    /// What stood there before, put aside.
    before: Option<PathBuf>,
    done: bool,
}

impl Placing {
    fn beside(target: PathBuf, text: &str) -> io::Result<Self> {
        let (mut file, beside) = new_file_beside(&target)?;
        // From here on, what is left over is taken away.
        let placing = Self { target, beside, before: None, done: false };
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        if let Ok(metadata) = fs::metadata(&placing.target) {
            fs::set_permissions(&placing.beside, metadata.permissions())?;
        }
        Ok(placing)
    }

    fn place(&mut self) -> io::Result<()> {
        if self.target.exists() {
            let (_, aside) = new_file_beside(&self.target)?;
            self.before = Some(aside.clone());
            fs::copy(&self.target, &aside)?;
        }
        fs::rename(&self.beside, &self.target)
    }

    fn undo(&mut self) {
        // Nothing better can be done where even this fails.
        let _ = match self.before.take() {
            Some(before) => fs::rename(before, &self.target),
            None => fs::remove_file(&self.target),
        };
    }
}

impl Drop for Placing {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = fs::remove_file(before);
        }
        if !self.done {
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// A file of a name that nobody has, in the folder of another.
fn new_file_beside(target: &Path) -> io::Result<(File, PathBuf)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let names = (0..100).map(|number| target.with_file_name(format!(".{name}.{}.{number}", std::process::id())));
    let mut error = io::Error::from(io::ErrorKind::AlreadyExists);
    for beside in names {
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => error = why,
            Err(why) => return Err(why),
        }
    }
    Err(error)
}
