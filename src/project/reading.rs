//! Bytes from disk: of regular files only, up to a bound, and each file once whatever its names are.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

const MEBIBYTE: u64 = 1024 * 1024;

/// The most bytes of standards, settings or a mapping.
pub const MOST_TEXT: u64 = 64 * MEBIBYTE;

/// The most bytes of a log, as it is stored.
pub const MOST_LOG: u64 = 4096 * MEBIBYTE;

/// What a file is, whatever it is called: two names of one file have the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Identity(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] std::path::PathBuf);

impl Identity {
    /// Of the file at `path`; none if there is no such file.
    pub fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            fs::metadata(path).ok().map(|file| Self((file.dev(), file.ino())))
        }
        #[cfg(not(unix))]
        {
            fs::canonicalize(path).ok().map(Self)
        }
    }
}

/// What the file at `path` holds, or why it cannot be had, in words for the person who named it. A file of more than
/// `most` bytes is not read.
///
/// A pipe that nobody writes to blocks, and a device has no end: only the standard input and the pipes of a shell
/// (`/dev/stdin`, `/dev/fd/63`) are read beside regular files.
///
/// # Errors
///
/// The words, when the file cannot be read.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let in_words = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "this file may not be read by you".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        _ => error.to_string(),
    };
    let about = fs::metadata(path).map_err(in_words)?;
    if about.is_dir() {
        return Err("this is a folder, not a file".to_owned());
    }
    if !about.is_file() && !is_given_by_the_shell(path, &about) {
        return Err("this is a pipe or a device, not a file".to_owned());
    }
    let too_large = || format!("it holds more than {} MiB, the most that is read of such a file", most / MEBIBYTE);
    if about.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    let file = File::open(path).map_err(in_words)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(in_words)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// Whether a path is a stream that whoever runs the command has opened for it: it has a writer, or is a terminal.
fn is_given_by_the_shell(path: &Path, about: &Metadata) -> bool {
    let opened = ["/dev/stdin", "/dev/fd", "/proc/self/fd"].iter().any(|folder| path.starts_with(folder));
    opened && (!is_device(about) || File::open(path).is_ok_and(|file| io::IsTerminal::is_terminal(&file)))
}

#[cfg(unix)]
fn is_device(about: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    about.file_type().is_char_device() || about.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}
