//! `mot check`: are these standards sound?

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use super::Outcome;
use super::faults::{self, Told};
use super::options::{complain, print};
use crate::graph::Graph;
use crate::project::{load_all, roots, shown};

/// Check standards files: read them, resolve every name, prove what can be proved
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mot check                              every .mot file here and below
  mot check standards/bank/bank.mot      one file, with the files it uses
  mot check 2025.mot 2026.mot            two versions of a service, and what the later one takes away

Exit codes: 0 sound, 2 faults, 3 a file or folder cannot be had.")]
pub struct Check {
    /// Files, or folders with `.mot` files in them and below
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
}

impl Check {
    /// Checks every file; all faults of all files are told.
    pub fn run(&self) -> Outcome {
        let files = match roots(&self.paths) {
            Ok(files) => files,
            Err((path, why)) => {
                complain(&format!("cannot check `{}`: {why}\n", shown(&path)));
                return Outcome::Unusable;
            }
        };
        if files.is_empty() {
            complain("there are no `.mot` files here\n");
            return Outcome::Unusable;
        }
        let mut unsound = false;
        let mut told = Told::default();
        let mut found = Vec::new();
        // The process ends here: the system takes the trees and graphs back faster than they could be given back.
        let loaded = ManuallyDrop::new(load_all(&files));
        for (file, standards) in loaded.iter() {
            let repeated = told.show(&standards.diagnostics, &standards.sources);
            unsound |= standards.has_errors();
            let name = shown(file);
            match faults::counted(&standards.diagnostics) {
                Some(counted) if repeated > 0 => print(&format!("{name}: {counted}, {repeated} of them told above\n")),
                Some(counted) => print(&format!("{name}: {counted}\n")),
                None => print(&format!("{name}: sound — {}\n", contents(&standards.graph))),
            }
            found.extend(&standards.diagnostics);
        }
        print(&faults::more(&found).unwrap_or_default());
        if unsound { Outcome::Faults } else { Outcome::Well }
    }
}

/// What a sound file holds, in one line.
fn contents(graph: &Graph) -> String {
    // One may speak of several standards.
    let escalations = (0..graph.escalations.len()).filter(|index| graph.declared_as(*index) == *index).count();
    let parts = [
        (graph.touchpoints.len(), "touchpoint", "touchpoints"),
        (graph.moments.len(), "moment", "moments"),
        (graph.standards.len(), "standard", "standards"),
        (graph.behaviours.len(), "behaviour", "behaviours"),
        (graph.levels.len(), "level", "levels"),
        (escalations, "escalation", "escalations"),
        (graph.causes.len(), "cause", "causes"),
        (graph.remedies.len(), "remedy", "remedies"),
        (graph.scenarios.len(), "scenario", "scenarios"),
    ];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    let words: Vec<String> =
        parts.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
    if words.is_empty() { "nothing promised yet".into() } else { words.join(", ") }
}
