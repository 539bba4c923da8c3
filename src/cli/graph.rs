//! `mot graph`: the rule graph as a picture or as data.

use std::path::PathBuf;

use super::format::{Chosen, among};
use super::options::{complain, print_report};
use super::{Outcome, faults};
use crate::project::Standards;
use crate::report::drawing::{Drawing, FORMATS};
use crate::report::{Paint, Style};

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
    #[arg(long, default_value = "mermaid", value_parser = among(FORMATS))]
    format: Chosen<Drawing>,
}

impl DrawGraph {
    /// Draws it on standard output.
    pub fn run(&self) -> Outcome {
        let standards = Standards::load(&self.standards);
        faults::show(&standards.diagnostics, &standards.sources);
        if standards.has_errors() {
            return Outcome::Faults;
        }
        match self.format.write(&Drawing::of(&standards.graph), Style::default()) {
            Ok(text) => print_report(&text, Paint::default()),
            Err(error) => {
                complain(&format!("{error}\n"));
                return Outcome::Unusable;
            }
        }
        Outcome::Well
    }
}
