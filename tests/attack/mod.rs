//! What real and hostile files do to the commands: each kind of attack that was ever found to work, repeated.
//!
//! Every run is held to the same: it ends by itself with one of the exit codes that are declared, nothing panics,
//! what it writes is bounded, and no letter of it moves the cursor of a terminal, turns a line round or hides. A run
//! that hangs is ended and fails; the time that takes is no expectation of how fast anything is.

#[cfg(unix)]
mod files_and_folders;
mod keys;
mod members;
mod output;
mod private_values;
mod quotation_marks;
mod terminal;
mod times;
mod uses;
mod work;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder that files are planted in.
struct Place {
    folder: TempDir,
}

/// What came of a run.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

/// A run that takes longer hangs: any other takes a small part of it.
const HANGS: Duration = Duration::from_secs(100);

/// No run writes more than that.
const MOST_WRITTEN: usize = 2_000_000;

const STANDARDS: &str = r#"service desk "Service desk" { version "1" timezone "Asia/Shanghai" }
event opened
event resolved
standard resolve "Resolve" { from opened to resolved within 4h }
"#;
const MAPPING: &str = "timezone: Asia/Shanghai\ncase: case\nevent: event\ntime: time\n";
const LATE: &str = "case,event,time\nT1,opened,2026-03-02 09:00\nT1,resolved,2026-03-02 20:00\n";

impl Place {
    fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A project of which one promise is broken.
    fn new() -> Self {
        let place = Self::empty();
        place.write("desk.mot", STANDARDS).write("mapping.yaml", MAPPING).write("log.csv", LATE);
        place.write("mot.yaml", "standards: desk.mot\nlog: log.csv\nmapping: mapping.yaml\n");
        place
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// All files and links in the folder and below, by name.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("mot").unwrap();
        command.current_dir(self.folder.path()).args(arguments).timeout(HANGS);
        command
    }

    /// Runs `mot`, and holds the run to what every run is held to.
    fn mot(&self, arguments: &[&str]) -> Ran {
        let ran = self.unseen(arguments);
        for (stream, text) in [("output", &ran.out), ("errors", &ran.err)] {
            let raw = text.char_indices().find(|(_, letter)| *letter != '\n' && is_raw(*letter));
            let near = |at: usize| text.chars().take(at + 60).collect::<String>();
            assert!(raw.is_none(), "{arguments:?}: {raw:?} in its {stream}: {:?}", raw.map(|(at, _)| near(at)));
        }
        ran
    }

    /// The same, of a run that hands over letters as they stand.
    fn unseen(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("what is written is text");
        let code = output.status.code().unwrap_or_else(|| panic!("{arguments:?} was killed: {output:?}"));
        let ran = Ran { code, out: text(&output.stdout), err: text(&output.stderr) };
        assert!((0..=3).contains(&code), "{arguments:?} ends with {code}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
        assert!(ran.out.len() + ran.err.len() < MOST_WRITTEN, "{arguments:?} writes too much");
        ran
    }
}

/// Letters that a terminal obeys, or that nobody sees.
fn is_raw(letter: char) -> bool {
    let hidden = [
        '\u{AD}',
        '\u{61C}',
        '\u{180E}',
        '\u{200B}',
        '\u{200C}',
        '\u{200D}',
        '\u{200E}',
        '\u{200F}',
        '\u{2028}',
        '\u{2029}',
        '\u{2060}',
        '\u{FEFF}',
        '\u{E0041}',
    ];
    letter.is_control()
        || hidden.contains(&letter)
        || ('\u{202A}'..='\u{202E}').contains(&letter)
        || ('\u{2066}'..='\u{2069}').contains(&letter)
}
