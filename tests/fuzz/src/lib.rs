//! What the targets share: a text read and checked, and changes that keep a text likely to be read.

mod mutate;

pub use mutate::mutate;

use mot::diagnostic::{Diagnostic, render};
use mot::graph::Graph;
use mot::source::{SourceFile, Sources};

/// What stands between standards, or a mapping, and the log that goes with them.
pub const LOG: &str = "--- log\n";

/// Standards, read and checked.
pub struct Standards {
    /// Their text.
    pub sources: Sources,
    /// What they say.
    pub graph: Graph,
    /// What is wrong with them.
    pub faults: Vec<Diagnostic>,
}

impl Standards {
    /// Reads and checks a text, as a file of that text would be.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let (text, None) = mot::project::text_of(bytes) else { return None };
        let mut sources = Sources::new();
        let file = SourceFile::new("fuzz.mot", text);
        let id = sources.add(file.clone());
        let (tree, mut faults) = mot::syntax::parse(id, &file);
        let (graph, more) = mot::check::check(&[tree], &sources);
        faults.extend(more);
        Some(Self { sources, graph, faults })
    }

    /// Whether nothing keeps them from being used.
    pub fn are_sound(&self) -> bool {
        !self.faults.iter().any(Diagnostic::is_error)
    }
}

/// What holds of any faults: each can be shown at its place, and none is told twice.
pub fn hold(faults: &[Diagnostic], sources: &Sources) {
    for (index, fault) in faults.iter().enumerate() {
        for span in [Some(fault.at), fault.other].into_iter().flatten() {
            let text = sources.get(span.file).map_or("", SourceFile::text);
            assert!(text.get(span.start..span.end).is_some(), "no such place: {fault:?}");
        }
        assert!(!fault.words().message.is_empty(), "no words: {fault:?}");
        assert!(!faults[..index].contains(fault), "told twice: {fault:?}");
        let drawn = render(fault, sources, false, 100);
        assert!(!drawn.starts_with(&format!("{}: ", fault.code())), "cannot be drawn: {fault:?}");
    }
}
