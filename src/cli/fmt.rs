//! `mot fmt`: standards files in their canonical form.

use std::io::{IsTerminal, Read, stdin, stdout};
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::options::{complain, print, print_painted};
use super::{Outcome, faults};
use crate::diagnostic::Diagnostic;
use crate::project::{files, read, shown, text_of, together};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax;
use crate::syntax::language::Language;

/// Write standards files in their canonical form
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mot fmt                                every .mot file here and below
  mot fmt standards/bank/bank.mot        one file
  mot fmt --check standards              would anything change? for continuous integration
  mot fmt --keywords zh bank.mot         with Chinese keywords
  mot fmt - < bank.mot                   from standard input to standard output

Only blanks, line ends, quotation marks and the like change, never what a file says. Comments stay
where they are. A file with faults stays as it is. Keywords change their language on request, and
where a file has both.

Exit codes: 0 all in form, 1 a file is not (with --check), 2 faults, 3 a file or folder cannot be had.")]
pub struct Format {
    /// Files, or folders with `.mot` files in them and below; `-` for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Write nothing: show what would change, and exit with 1 if anything would
    #[arg(long)]
    check: bool,
    /// The language of the keywords: English or Chinese. Names, texts and comments stay. Without it,
    /// each file keeps the language in which most of its declarations are
    #[arg(long, value_name = "LANGUAGE")]
    keywords: Option<Keywords>,
}

/// A language that keywords can be written in.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Keywords {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<Keywords> for Language {
    fn from(keywords: Keywords) -> Self {
        match keywords {
            Keywords::En => Language::English,
            Keywords::Zh => Language::Chinese,
        }
    }
}

/// How many lines of a difference are shown.
const SHOWN_LINES: usize = 40;

/// What became of a file.
enum Fate {
    InForm,
    /// Its canonical text.
    Changes(String),
    Faulty,
}

impl Format {
    /// Formats every file; all faults of all files are told.
    pub fn run(&self) -> Outcome {
        if self.paths.iter().any(|path| path.as_os_str() == "-") {
            return self.standard_input();
        }
        let files = match files(&self.paths) {
            Ok(files) => files,
            Err((path, why)) => return unusable(&path, &why),
        };
        if files.is_empty() {
            complain("there are no `.mot` files here\n");
            return Outcome::Unusable;
        }
        let (mut changed, mut faulty) = (0, false);
        for file in &files {
            let old = match read(file) {
                Ok(bytes) => bytes,
                Err(why) => return unusable(file, &why),
            };
            match self.format(&shown(file), &old) {
                Fate::InForm => {}
                Fate::Faulty => faulty = true,
                Fate::Changes(new) => {
                    changed += 1;
                    if self.check {
                        print(&difference(&shown(file), &String::from_utf8_lossy(&old), &new));
                    } else if let Err(why) = together(&[(file, &new)], &[]) {
                        complain(&format!("{why}\n"));
                        return Outcome::Unusable;
                    } else {
                        print(&format!("formatted {}\n", shown(file)));
                    }
                }
            }
        }
        self.summary(files.len(), changed, faulty)
    }

    fn summary(&self, files: usize, changed: usize, faulty: bool) -> Outcome {
        let all = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
        match (self.check, changed) {
            (true, 1..) => print(&format!("{changed} of {all} would change\n")),
            (_, 0) if !faulty => print(&format!("{all} in the canonical form\n")),
            _ => {}
        }
        match (faulty, self.check && changed > 0) {
            (true, _) => Outcome::Faults,
            (false, true) => Outcome::Unformatted,
            (false, false) => Outcome::Well,
        }
    }

    fn standard_input(&self) -> Outcome {
        let mut old = Vec::new();
        if let Err(error) = stdin().lock().read_to_end(&mut old) {
            return unusable(Path::new("-"), &error.to_string());
        }
        match (self.format("standard input", &old), self.check) {
            (Fate::Faulty, _) => return Outcome::Faults,
            (Fate::InForm, true) => {}
            (Fate::InForm, false) => hand_over(&String::from_utf8_lossy(&old)),
            (Fate::Changes(new), false) => hand_over(&new),
            (Fate::Changes(new), true) => {
                print(&difference("standard input", &String::from_utf8_lossy(&old), &new));
                return Outcome::Unformatted;
            }
        }
        Outcome::Well
    }

    /// Formats a text, and tells its faults.
    fn format(&self, name: &str, bytes: &[u8]) -> Fate {
        let (text, no_text) = text_of(bytes);
        let source = SourceFile::new(name, text.replace("\r\n", "\n"));
        let formatted = match no_text {
            Some(fault) => {
                let end = source.text().len();
                Err(vec![Diagnostic::new(fault, Span::new(FileId::default(), end, end))])
            }
            None => syntax::print::format(&source, self.keywords.map(Language::from)),
        };
        match formatted {
            Ok(new) => {
                // The whole file ends its lines as its first line does.
                let windows = text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
                let new = if windows { new.replace('\n', "\r\n") } else { new };
                if new.as_bytes() == bytes { Fate::InForm } else { Fate::Changes(new) }
            }
            Err(told) => {
                let mut sources = Sources::new();
                sources.add(source);
                faults::show(&told, &sources);
                Fate::Faulty
            }
        }
    }
}

/// Writes a file's text to standard output: letter by letter for a program, and fit to be shown at a terminal.
fn hand_over(text: &str) {
    if stdout().is_terminal() { print(text) } else { print_painted(text) }
}

fn unusable(path: &Path, why: &str) -> Outcome {
    complain(&format!("cannot format `{}`: {why}\n", shown(path)));
    Outcome::Unusable
}

/// The lines that change, with their neighbours.
fn difference(name: &str, old: &str, new: &str) -> String {
    let (old, new) = (old.replace('\r', ""), new.replace('\r', ""));
    let diff = TextDiff::from_lines(&old, &new);
    let whole = diff.unified_diff().context_radius(1).header(name, name).to_string();
    let mut lines: Vec<&str> = whole.lines().collect();
    let hidden = lines.len().saturating_sub(SHOWN_LINES);
    lines.truncate(SHOWN_LINES);
    let mut shown = lines.join("\n");
    shown.push('\n');
    if hidden > 0 {
        shown.push_str(&format!("… and {hidden} more lines\n"));
    }
    shown
}
