//! A standards file with all the files it uses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::inside::Inside;
use super::nearest::{Found, nearest};
use super::{Identity, InputFile, beside, read, shown};

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::resolve::{ClauseFault, NameFault};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax::{self, SyntaxFault, tree};

/// A standards file, read and checked together with the files it uses.
#[derive(Debug)]
pub struct Standards {
    /// The texts.
    pub sources: Sources,
    /// The rule graph; fit for use only if there is no error.
    pub graph: Graph,
    /// All faults of all files, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files as trees, the main one first.
    pub trees: Vec<tree::File>,
    /// The files, the main one first.
    pub inputs: Vec<InputFile>,
}

impl Standards {
    /// Reads and checks the file at `path`.
    pub fn load(path: &Path) -> Self {
        let mut loading = Loading::default();
        let read = loading.version(path);
        let (graph, faults) = check::check(&read.trees, &loading.sources);
        let severities = nearest(path, &mut loading.sources);
        read.with(graph, faults, severities, loading.sources)
    }

    /// Reads and checks several versions of a service, each from its own file, together.
    pub fn load_versions(paths: &[PathBuf]) -> Vec<Self> {
        let mut loading = Loading::default();
        let read: Vec<Read> = paths.iter().map(|path| loading.version(path)).collect();
        let trees: Vec<&[tree::File]> = read.iter().map(|read| read.trees.as_slice()).collect();
        let built = check::build_versions(&trees, &loading.sources);
        let severities: Vec<Found> = paths.iter().map(|path| nearest(path, &mut loading.sources)).collect();
        let together = read.into_iter().zip(built).zip(severities);
        let sources = loading.sources;
        together
            .map(|((read, (graph, faults)), severities)| read.with(graph, faults, severities, sources.clone()))
            .collect()
    }

    /// Whether anything keeps the standards from being used.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// What was read of one version.
#[derive(Default)]
struct Read {
    trees: Vec<tree::File>,
    diagnostics: Vec<Diagnostic>,
    inputs: Vec<InputFile>,
}

impl Read {
    fn with(self, graph: Graph, faults: Vec<Diagnostic>, found: Found, sources: Sources) -> Standards {
        let Read { trees, mut diagnostics, mut inputs } = self;
        // A file that could not even be read has no declarations to speak of.
        if !trees.is_empty() {
            diagnostics.extend(faults);
        }
        diagnostics = found.severities.apply(diagnostics);
        diagnostics.extend(found.faults);
        inputs.extend(found.input);
        diagnostics.sort_by_key(|fault| fault.at);
        Standards { sources, graph, diagnostics, trees, inputs }
    }
}

#[derive(Default)]
struct Loading {
    sources: Sources,
    read: Read,
    /// Where the project lies.
    inside: Inside,
    /// Files read or being read, whatever their names.
    seen: BTreeSet<Identity>,
    /// Files being read, the main one first: a file that uses one of these closes a circle.
    path: Vec<PathBuf>,
    /// The same, to be looked up: a chain of files may be long.
    open: BTreeSet<Identity>,
}

/// What is to be done for the files that use each other. Nothing recurses.
enum Step {
    /// Read a file; with the place that names it, unless the user does.
    File(PathBuf, Option<Span>),
    /// All that the innermost open file uses is read.
    Done,
}

impl Loading {
    /// Reads the file at `path` and all it uses.
    fn version(&mut self, path: &Path) -> Read {
        self.seen.clear();
        self.inside = Inside::of(path);
        let mut steps = vec![Step::File(path.to_path_buf(), None)];
        while let Some(step) = steps.pop() {
            match step {
                Step::File(path, used) => {
                    let more = self.file(&path, used);
                    // The first that is used is read first.
                    steps.extend(more.into_iter().rev());
                }
                Step::Done => {
                    if let Some(done) = self.path.pop().and_then(|done| Identity::of(&done)) {
                        self.open.remove(&done);
                    }
                }
            }
        }
        std::mem::take(&mut self.read)
    }

    /// Reads a file, and tells what is to be read next; `used` is the place that names it.
    fn file(&mut self, path: &Path, used: Option<Span>) -> Vec<Step> {
        let identity = Identity::of(path);
        if identity.as_ref().is_some_and(|identity| self.open.contains(identity)) {
            let from = self.path.iter().position(|open| Identity::of(open) == identity).unwrap_or_default();
            let circle = self.path.iter().skip(from).chain([&path.to_path_buf()]).map(|file| shown(file)).collect();
            let fault = NameFault::Cycle { what: "files use each other", path: circle };
            self.read.diagnostics.push(Diagnostic::new(fault, used.unwrap_or_default()));
            return Vec::new();
        }
        if identity.is_some_and(|identity| !self.seen.insert(identity)) {
            return Vec::new();
        }
        if used.is_some() && !self.inside.holds(path) {
            let fault = ClauseFault::UsesOutside { file: shown(path), project: shown(&self.inside.project) };
            self.read.diagnostics.push(Diagnostic::new(fault, used.unwrap_or_default()));
            return Vec::new();
        }
        // What is used is asked for by a file, which may not have any file read that it likes to name.
        let why_not = used.filter(|_| !is_called_standards(path)).map(|_| NOT_CALLED_STANDARDS.to_owned());
        match why_not.map_or_else(|| read(path), Err) {
            Ok(bytes) => self.text(path, &bytes),
            Err(why) => {
                self.cannot_use(path, why, used);
                Vec::new()
            }
        }
    }

    fn cannot_use(&mut self, path: &Path, why: String, used: Option<Span>) {
        let at = used.unwrap_or_else(|| {
            let file = self.sources.add(SourceFile::new(shown(path), ""));
            Span::new(file, 0, 0)
        });
        self.read.diagnostics.push(Diagnostic::new(ClauseFault::CannotUse { file: shown(path), why }, at));
    }

    fn text(&mut self, path: &Path, bytes: &[u8]) -> Vec<Step> {
        let name = shown(path);
        self.read.inputs.push(InputFile::of("standards", &name, bytes));
        let (text, fault) = text_of(bytes);
        let source = SourceFile::new(name, text);
        let file: FileId = self.sources.next();
        let (tree, faults) = syntax::parse(file, &source);
        // What neither is called standards nor holds any is something else, and its lines are nobody's to see.
        if tree.declarations.is_empty() && !is_called_standards(path) && !source.text().trim().is_empty() {
            self.cannot_use(path, format!("nothing in it is a declaration, and {NOT_CALLED_STANDARDS}"), None);
            return Vec::new();
        }
        self.sources.add(source.clone());
        if let Some(fault) = fault {
            let end = source.text().len();
            self.read.diagnostics.push(Diagnostic::new(fault, Span::new(file, end, end)));
            return Vec::new();
        }
        self.read.diagnostics.extend(faults);
        let steps: Vec<Step> =
            uses_in(&tree).map(|used| Step::File(beside(path, used), Some(used.span))).chain([Step::Done]).collect();
        self.read.trees.push(tree);
        self.path.push(path.to_path_buf());
        self.open.extend(Identity::of(path));
        steps
    }
}

const NOT_CALLED_STANDARDS: &str = "its name does not end in `.mot`";

/// Whether a file has the name of a standards file, links followed.
fn is_called_standards(path: &Path) -> bool {
    let is_mot = |path: &Path| path.extension().is_some_and(|extension| extension == "mot");
    is_mot(path) && path.canonicalize().map_or(true, |real| is_mot(&real))
}

/// The files that a file uses, as it names them.
fn uses_in(tree: &tree::File) -> impl Iterator<Item = &tree::Text> {
    tree.declarations.iter().filter_map(|declaration| match &declaration.node {
        tree::Declaration::Use(file) => Some(file),
        _ => None,
    })
}

/// The text that some bytes are, with line ends as the grammar knows them; where they are no text,
/// what can be read up to there and the fault.
pub fn text_of(bytes: &[u8]) -> (String, Option<SyntaxFault>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (with_line_ends(text), None),
        Err(error) => {
            let byte = error.valid_up_to();
            let readable = String::from_utf8_lossy(bytes.get(..byte).unwrap_or_default()).into_owned();
            (readable, Some(SyntaxFault::NotText { byte }))
        }
    }
}

/// The text with every line end as the grammar knows it: a carriage return alone ends a line too, and
/// a comment must not swallow what stands behind it. Places stay where they are.
fn with_line_ends(text: &str) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    let mut letters = text.chars().peekable();
    let mut whole = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let alone = letter == '\r' && letters.peek() != Some(&'\n');
        whole.push(if alone { '\n' } else { letter });
    }
    whole
}

/// The standards files at some paths: a file is itself; of a folder, every `.mot` file in it and
/// below that no other of them uses.
///
/// # Errors
///
/// The path and why, for one that cannot be had.
pub fn roots(paths: &[PathBuf]) -> Result<Vec<PathBuf>, (PathBuf, String)> {
    let mut roots = Vec::new();
    for path in paths {
        let found = files_at(path)?;
        if path.is_dir() { roots.extend(roots_of(found)) } else { roots.extend(found) }
    }
    Ok(each_once(roots))
}

/// Of some files those that no other uses; and of those that use each other in a circle, which would hide them all,
/// the first. A file under several names is one.
fn roots_of(found: Vec<PathBuf>) -> Vec<PathBuf> {
    let found = each_once(found);
    let identities: Vec<Option<Identity>> = found.iter().map(|file| Identity::of(file)).collect();
    let uses: BTreeMap<Identity, BTreeSet<Identity>> = found
        .iter()
        .zip(&identities)
        .filter_map(|(file, identity)| {
            Some((identity.clone()?, uses_of(file).iter().filter_map(|used| Identity::of(used)).collect()))
        })
        .collect();
    let used: BTreeSet<&Identity> = uses.values().flatten().collect();
    let mut reached: BTreeSet<&Identity> = BTreeSet::new();
    let mut roots = Vec::new();
    for only_unused in [true, false] {
        for (file, identity) in found.iter().zip(&identities) {
            let Some(identity) = identity else {
                // A link to nowhere: to read it tells.
                roots.extend(only_unused.then_some(file));
                continue;
            };
            if (only_unused && used.contains(identity)) || reached.contains(identity) {
                continue;
            }
            roots.push(file);
            let mut open = vec![identity];
            while let Some(file) = open.pop() {
                if reached.insert(file) {
                    open.extend(uses.get(file).into_iter().flatten());
                }
            }
        }
    }
    roots.sort_unstable();
    roots.into_iter().cloned().collect()
}

/// All standards files at some paths, also those that others use, each once.
///
/// # Errors
///
/// The path and why, for one that cannot be had.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, (PathBuf, String)> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(files_at(path)?);
    }
    Ok(each_once(files))
}

/// Each file under the first of its names.
pub fn each_once(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    let (mut seen, mut named) = (BTreeSet::new(), BTreeSet::new());
    files.retain(|file| match Identity::of(file) {
        Some(identity) => seen.insert(identity),
        None => named.insert(file.clone()),
    });
    files
}

fn files_at(path: &Path) -> Result<Vec<PathBuf>, (PathBuf, String)> {
    if path.is_dir() {
        let mut files = Vec::new();
        walk(path, &mut BTreeSet::new(), &mut files).map_err(|error| (path.to_path_buf(), error.to_string()))?;
        Ok(files)
    } else if path.exists() {
        Ok(vec![path.to_path_buf()])
    } else {
        Err((path.to_path_buf(), "there is no such file or folder".into()))
    }
}

/// The standards files in a folder and below; a folder that is reached a second time, by a link, is passed by.
fn walk(folder: &Path, seen: &mut BTreeSet<Identity>, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if Identity::of(folder).is_some_and(|identity| !seen.insert(identity)) {
        return Ok(());
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        let hidden = entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if entry.is_dir() && !hidden {
            walk(&entry, seen, files)?;
        } else if entry.extension().is_some_and(|extension| extension == "mot") {
            files.push(entry);
        }
    }
    Ok(())
}

/// The files that a file uses; none if it cannot be read (that is told when it is loaded).
fn uses_of(path: &Path) -> Vec<PathBuf> {
    let text = read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let source = SourceFile::new(shown(path), text);
    let (tree, _) = syntax::parse(FileId::default(), &source);
    uses_in(&tree).map(|file| beside(path, file)).collect()
}
