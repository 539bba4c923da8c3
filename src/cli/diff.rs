//! `mot diff`: what do new standards ask less, and what more?

use std::path::{Path, PathBuf};

use super::format::{Chosen, among};
use super::options::{colour_out, complain, print_report};
use super::{Outcome, faults};
use crate::project::{Standards, roots, shown};
use crate::report::differences::{Differences, FORMATS, Version};
use crate::report::{Paint, Style};
use crate::source::Sources;

/// Compare two versions of standards: what is promised less, more, no longer, or anew
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each promise of the new standards is held against the one of the same name in the old ones. A way in which it asks
less or more is told with a case that shows it; what cannot be compared is told as well.

Examples:
  mot diff bank-2025.mot bank-2026.mot
  mot diff old/standards standards --fail-on looser      for a pull request
  mot diff old.mot new.mot --format json

Exit codes: 0 compared, 1 a promise asks less and --fail-on is looser, 2 faults in the standards, 3 a file or folder
cannot be had.")]
pub struct Diff {
    /// The old standards: a file, or a folder with `.mot` files
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new standards
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// How to write what differs
    #[arg(long, default_value = "text", value_parser = among(FORMATS))]
    format: Chosen<[Differences]>,
    /// When to exit with 1
    #[arg(long, value_enum, default_value_t = FailOn::Never)]
    fail_on: FailOn,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
enum FailOn {
    /// When a promise asks less than before, or is gone
    Looser,
    /// Never
    Never,
}

impl Diff {
    /// Compares, and writes what differs on standard output.
    pub fn run(&self) -> Outcome {
        let (old, new) = match (loaded(&self.old), loaded(&self.new)) {
            (Ok(old), Ok(new)) => (old, new),
            (Err(outcome), _) | (_, Err(outcome)) => return outcome,
        };
        let compared = compared(&old, &new);
        let style = Style { paint: Paint { on: colour_out() }, ..Style::default() };
        match self.format.write(&compared, style) {
            Ok(text) => print_report(&text, style.paint),
            Err(error) => {
                complain(&format!("{error}\n"));
                return Outcome::Unusable;
            }
        }
        let looser = compared.iter().any(|service| service.looser > 0);
        if looser && self.fail_on == FailOn::Looser { Outcome::Looser } else { Outcome::Well }
    }
}

/// The standards at a path. Warnings are for `check`; only what keeps them from being compared is told.
fn loaded(path: &Path) -> Result<Vec<Loaded>, Outcome> {
    let files = roots(&[path.to_path_buf()]).map_err(|(path, why)| {
        complain(&format!("cannot compare `{}`: {why}\n", shown(&path)));
        Outcome::Unusable
    })?;
    if files.is_empty() {
        complain(&format!("there are no `.mot` files in `{}`\n", shown(path)));
        return Err(Outcome::Unusable);
    }
    let load = |file: &PathBuf| {
        let within = file.strip_prefix(path).map_or_else(|_| file.clone(), Path::to_path_buf);
        Loaded { within, standards: Standards::load(file) }
    };
    let loaded: Vec<Loaded> = files.iter().map(load).collect();
    let unsound: Vec<&Loaded> = loaded.iter().filter(|loaded| loaded.standards.has_errors()).collect();
    for loaded in &unsound {
        faults::show(&loaded.standards.diagnostics, &loaded.standards.sources);
    }
    if unsound.is_empty() { Ok(loaded) } else { Err(Outcome::Faults) }
}

/// Standards, and their path within the folder that was named.
struct Loaded {
    within: PathBuf,
    standards: Standards,
}

impl Loaded {
    fn service(&self) -> &str {
        &self.standards.graph.service.name
    }

    fn version(&self) -> Version<'_> {
        let Standards { graph, sources, trees, .. } = &self.standards;
        Version { graph, sources, trees }
    }

    /// Its own former self: the file at the same place, or else the same service.
    fn former<'o>(&self, old: &'o [Loaded]) -> Option<&'o Loaded> {
        let same_place = old.iter().find(|before| before.within == self.within && before.service() == self.service());
        same_place.or_else(|| old.iter().find(|before| before.service() == self.service()))
    }
}

/// Each service of the new standards with its former self; two alone are one service, whatever they are called.
fn compared(old: &[Loaded], new: &[Loaded]) -> Vec<Differences> {
    if let ([old], [new]) = (old, new) {
        return vec![Differences::between(old.version(), new.version())];
    }
    let (sources, graph) = (Sources::new(), crate::check::check(&[], &Sources::new()).0);
    let nothing = Version { graph: &graph, sources: &sources, trees: &[] };
    let mut compared = Vec::new();
    for loaded in new {
        let before = loaded.former(old).map_or(nothing, Loaded::version);
        compared.push(Differences::between(before, loaded.version()));
    }
    for gone in old.iter().filter(|before| !new.iter().any(|loaded| loaded.service() == before.service())) {
        let differences = Differences::between(gone.version(), nothing);
        compared.push(Differences { service: gone.service().to_owned(), ..differences });
    }
    compared
}
