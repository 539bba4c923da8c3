//! `mot graph`: the rule graph as a picture or as data.

use std::path::PathBuf;

use super::options::print;
use super::{Outcome, faults};
use crate::project::Standards;
use crate::report::drawing;

/// Draw the rule graph of a standards file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mot graph bank.mot                              Mermaid, for Markdown pages
  mot graph bank.mot --format dot | dot -Tsvg -o bank.svg
  mot graph bank.mot --format json                nodes and edges, for other tools

Exit codes: 0 drawn, 2 faults in the standards.")]
pub struct DrawGraph {
    /// The standards file
    #[arg(value_name = "FILE")]
    standards: PathBuf,
    /// How to draw it
    #[arg(long, value_enum, default_value_t = Format::Mermaid)]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// A Mermaid flowchart
    Mermaid,
    /// Graphviz
    Dot,
    /// Nodes and edges
    Json,
}

impl DrawGraph {
    /// Draws it on standard output.
    pub fn run(&self) -> Outcome {
        let standards = Standards::load(&self.standards);
        faults::show(&standards.diagnostics, &standards.sources);
        if standards.has_errors() {
            return Outcome::Faults;
        }
        print(&match self.format {
            Format::Mermaid => drawing::mermaid(&standards.graph),
            Format::Dot => drawing::dot(&standards.graph),
            Format::Json => drawing::json(&standards.graph),
        });
        Outcome::Well
    }
}
