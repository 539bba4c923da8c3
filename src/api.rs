//! What a Rust program needs: standards that are sound, a log, what came of it, and a report.

use std::fmt;
use std::path::Path;

use crate::check::check;
use crate::diagnostic::{Diagnostic, line};
use crate::engine::{Evaluation, Options, evaluate};
use crate::graph::Graph;
use crate::log::{self, Input, Log, Mapping, ReadFault};
use crate::project;
use crate::report::evaluation::View;
use crate::source::{SourceFile, Sources};
use crate::syntax::parse;

/// Standards that can be used: read, resolved and proved, without an error.
#[derive(Clone, Debug)]
pub struct Standards {
    graph: Graph,
    sources: Sources,
    warnings: Vec<Diagnostic>,
}

impl Standards {
    /// Standards of one text; `name` is what faults call it.
    ///
    /// # Errors
    ///
    /// All faults of the text, if one of them is an error.
    ///
    /// ```
    /// let faults = mot::Standards::parse("desk.mot", "sevice desk {}").unwrap_err();
    /// assert!(faults.to_string().starts_with("desk.mot:1:1: error[syntax/unknown-declaration]"));
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self, Faults> {
        let mut sources = Sources::new();
        let file = SourceFile::new(name, text);
        let (tree, mut diagnostics) = parse(sources.add(file.clone()), &file);
        let (graph, more) = check(&[tree], &sources);
        diagnostics.extend(more);
        diagnostics.sort_by_key(|fault| fault.at);
        Self::of(graph, sources, diagnostics)
    }

    /// Standards of a file and all that it uses, as the `mot.yaml` above it minds their faults.
    ///
    /// # Errors
    ///
    /// All faults of all files, if one of them is an error.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Faults> {
        let project::Standards { graph, sources, diagnostics, .. } = project::Standards::load(path.as_ref());
        Self::of(graph, sources, diagnostics)
    }

    fn of(graph: Graph, sources: Sources, diagnostics: Vec<Diagnostic>) -> Result<Self, Faults> {
        match diagnostics.iter().any(Diagnostic::is_error) {
            false => Ok(Self { graph, sources, warnings: diagnostics }),
            true => Err(Faults { diagnostics, files: Vec::new(), sources }),
        }
    }

    /// The rules.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The texts that spans point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What is worth a look and no error, in order of place.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Reads a log by the YAML of a mapping.
    ///
    /// # Errors
    ///
    /// All faults of the mapping; else all that keeps the files from being read.
    ///
    /// ```
    /// # use mot::{Input, Standards};
    /// let standards = Standards::parse("desk.mot", "service desk { timezone \"UTC\" }\nevent call\n")?;
    /// let empty = Input { name: "calls.csv".into(), bytes: b"" };
    /// let faults = standards.read("case: id\nevent: what\ntime: at\n", &[empty]).unwrap_err();
    /// assert_eq!(faults.to_string(), "`calls.csv`: the file is empty\n");
    /// # Ok::<(), mot::Faults>(())
    /// ```
    pub fn read(&self, mapping: &str, files: &[Input<'_>]) -> Result<Log, Faults> {
        let mut sources = self.sources.clone();
        let file = sources.add(SourceFile::new("mapping", mapping));
        let mapping = match Mapping::parse(mapping, file, &self.graph.vocabulary) {
            Ok(mapping) => mapping,
            Err(diagnostics) => return Err(Faults { diagnostics, files: Vec::new(), sources }),
        };
        log::read(files, &mapping, &self.graph.vocabulary, &|_| {}).map_err(|found| {
            let mut faults = Faults { diagnostics: Vec::new(), files: Vec::new(), sources };
            for fault in found {
                match fault {
                    ReadFault::Mapping(diagnostic) => faults.diagnostics.push(diagnostic),
                    ReadFault::Input { .. } => faults.files.push(fault.to_string()),
                }
            }
            faults
        })
    }

    /// Judges a log. Whether more of it was lost than is allowed, [`Evaluation::loss`] says.
    pub fn judge(&self, log: &Log, options: &Options) -> Evaluation {
        evaluate(&self.graph, log, options)
    }

    /// What came of a log, with the names and texts of the standards: what each
    /// [`Format`](crate::report::Format) of a report writes down.
    pub fn report(&self, log: &Log, evaluation: &Evaluation) -> View {
        View::new(&self.graph, &self.sources, &log.intake, evaluation)
    }
}

/// Why standards or a log cannot be used. Its words are one line a fault, with its place.
#[derive(Clone, Debug)]
pub struct Faults {
    /// The faults of standards or a mapping, in order of place, warnings among them.
    pub diagnostics: Vec<Diagnostic>,
    /// Files that are no log, and why.
    pub files: Vec<String>,
    /// The texts that the faults point into.
    pub sources: Sources,
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostics.iter().try_for_each(|fault| f.write_str(&line(fault, &self.sources)))?;
        self.files.iter().try_for_each(|file| writeln!(f, "{file}"))
    }
}

impl std::error::Error for Faults {}
